//! Which documents of one segment satisfy a pattern of positions, and how often.

use fixedbitset::FixedBitSet;
use tantivy::SegmentReader;
use tantivy::schema::Field;

use super::postings::{Counts, Cursor, Positions, counts};
use super::ranges::{self, Effort, Ends, Range};
use crate::index::schema::{Fields, bound};
use crate::matching::Pattern;
use crate::query::{Field as WordField, Within};

/// A field, or a zone of the text, in which a pattern must hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) field: Field,
    /// `Title`, `Lede`, `Body` or `Caption` of the text.
    pub(crate) zone: Option<WordField>,
}

/// The documents that satisfy `pattern` at `place`; without deleted ones where positions are read.
pub(crate) fn find(
    segment: &SegmentReader,
    fields: &Fields,
    place: Place,
    pattern: &Pattern,
    effort: &Effort,
) -> tantivy::Result<Counts> {
    if let (Pattern::Terms(terms), None) = (pattern, place.zone) {
        return counts(segment, place.field, terms);
    }
    let candidates = candidates(segment, place.field, pattern)?;
    let mut reader = Reader::open(segment, place.field, pattern)?;
    let mut bounds = Bounds::open(segment, fields, place, pattern)?;
    let mut found = Counts::default();
    let mut ranges = Vec::new();
    for doc in candidates.ones().map(|doc| doc as u32).filter(|&doc| !segment.is_deleted(doc)) {
        bounds.move_to(doc);
        reader.ranges(doc, &bounds, effort, &mut ranges);
        if !ranges.is_empty() {
            found.push(doc, ranges.len() as u32);
        }
        if effort.is_spent() {
            break;
        }
    }
    Ok(found)
}

/// Documents that hold the words which the pattern cannot do without.
fn candidates(segment: &SegmentReader, field: Field, pattern: &Pattern) -> tantivy::Result<FixedBitSet> {
    let both = |left: &Pattern, right: &Pattern| -> tantivy::Result<FixedBitSet> {
        let mut bits = candidates(segment, field, left)?;
        bits.intersect_with(&candidates(segment, field, right)?);
        Ok(bits)
    };
    match pattern {
        Pattern::Terms(terms) => Ok(counts(segment, field, terms)?.bits(segment.max_doc())),
        Pattern::Near { left, right, .. } => both(left, right),
        Pattern::NotNear { left, .. } => candidates(segment, field, left),
        Pattern::Phrase { items, .. } => {
            let mut bits = FixedBitSet::with_capacity(segment.max_doc() as usize);
            bits.insert_range(..);
            for item in items {
                bits.intersect_with(&candidates(segment, field, item)?);
            }
            Ok(bits)
        }
        Pattern::Or(patterns) => {
            let mut bits = FixedBitSet::with_capacity(segment.max_doc() as usize);
            for pattern in patterns {
                bits.union_with(&candidates(segment, field, pattern)?);
            }
            Ok(bits)
        }
    }
}

/// Ends of sentences, paragraphs and zones of the document at hand; reads only those that the pattern needs.
struct Bounds {
    sentences: Option<Positions>,
    paragraphs: Option<Positions>,
    zone: Option<Zone>,
    /// Outside the text every value is one sentence and one paragraph; values are far apart.
    whole_values: bool,
    ends: Ends,
    /// Positions of the zone.
    window: Range,
    buffer: Vec<u32>,
}

/// The zone in which a pattern must hold, by the ends of zones that tell it.
enum Zone {
    /// From the first position to the end of the title.
    Title(Positions),
    /// Between the end of the title and that of the body, or of its lede.
    AfterTitle(Positions, Positions),
    /// After title and body: the captions.
    AfterBoth(Positions, Positions),
}

impl Bounds {
    fn open(segment: &SegmentReader, fields: &Fields, place: Place, pattern: &Pattern) -> tantivy::Result<Bounds> {
        let cursor = |name: &str| Positions::open(segment, fields.bounds, name);
        let in_text = place.field == fields.text;
        let when = |needed: bool, name: &str| needed.then(|| cursor(name)).transpose();
        Ok(Bounds {
            sentences: when(in_text && needs(pattern, Within::Sentence), bound::SENTENCE)?,
            paragraphs: when(in_text && needs(pattern, Within::Paragraph), bound::PARAGRAPH)?,
            zone: match place.zone {
                Some(WordField::Title) => Some(Zone::Title(cursor(bound::TITLE)?)),
                Some(WordField::Lede) => Some(Zone::AfterTitle(cursor(bound::TITLE)?, cursor(bound::LEDE)?)),
                Some(WordField::Body) => Some(Zone::AfterTitle(cursor(bound::TITLE)?, cursor(bound::BODY)?)),
                Some(_) => Some(Zone::AfterBoth(cursor(bound::TITLE)?, cursor(bound::BODY)?)),
                None => None,
            },
            whole_values: !in_text,
            ends: Ends::default(),
            window: (0, u32::MAX),
            buffer: Vec::new(),
        })
    }

    fn move_to(&mut self, doc: u32) {
        if let Some(sentences) = &mut self.sentences {
            sentences.of(doc, &mut self.ends.sentences);
        }
        if let Some(paragraphs) = &mut self.paragraphs {
            paragraphs.of(doc, &mut self.ends.paragraphs);
        }
        let mut end = |cursor: &mut Positions| {
            cursor.of(doc, &mut self.buffer);
            self.buffer.last().copied()
        };
        let none = (1, 0);
        let after = |end: Option<u32>| end.map_or(0, |end| end + 1);
        self.window = match &mut self.zone {
            None => return,
            Some(Zone::Title(title)) => end(title).map_or(none, |end| (0, end)),
            Some(Zone::AfterTitle(title, last)) => end(last).map_or(none, |last| (after(end(title)), last)),
            Some(Zone::AfterBoth(title, body)) => (after(end(title).max(end(body))), u32::MAX),
        };
    }
}

/// Whether the pattern asks for ends of this kind.
fn needs(pattern: &Pattern, kind: Within) -> bool {
    match pattern {
        Pattern::Terms(_) => false,
        Pattern::Phrase { items: patterns, .. } | Pattern::Or(patterns) => {
            patterns.iter().any(|pattern| needs(pattern, kind))
        }
        Pattern::Near { left, right, within } | Pattern::NotNear { left, right, within } => {
            *within == kind || needs(left, kind) || needs(right, kind)
        }
    }
}

/// Reads the ranges of a pattern, document by document.
enum Reader {
    Terms(Cursor),
    Phrase { items: Vec<(Reader, Vec<Range>)>, slop: u8 },
    Pair { sides: Box<[(Reader, Vec<Range>); 2]>, within: Within, negated: bool },
    Or { readers: Vec<Reader>, buffer: Vec<Range> },
}

impl Reader {
    fn open(segment: &SegmentReader, field: Field, pattern: &Pattern) -> tantivy::Result<Reader> {
        let open = |pattern: &Pattern| Reader::open(segment, field, pattern);
        let with_buffer = |pattern: &Pattern| Ok((open(pattern)?, Vec::new()));
        let pair = |left: &Pattern, right: &Pattern, within: Within, negated: bool| {
            let sides = Box::new([with_buffer(left)?, with_buffer(right)?]);
            Ok(Reader::Pair { sides, within, negated })
        };
        match pattern {
            Pattern::Terms(terms) => Cursor::open(segment, field, terms).map(Reader::Terms),
            Pattern::Phrase { items, slop } => {
                let items = items.iter().map(with_buffer).collect::<tantivy::Result<_>>()?;
                Ok(Reader::Phrase { items, slop: *slop })
            }
            Pattern::Near { left, right, within } => pair(left, right, *within, false),
            Pattern::NotNear { left, right, within } => pair(left, right, *within, true),
            Pattern::Or(patterns) => {
                let readers = patterns.iter().map(open).collect::<tantivy::Result<_>>()?;
                Ok(Reader::Or { readers, buffer: Vec::new() })
            }
        }
    }

    /// The ranges in `doc`, sorted by start.
    fn ranges(&mut self, doc: u32, bounds: &Bounds, effort: &Effort, out: &mut Vec<Range>) {
        match self {
            Reader::Terms(cursor) => {
                cursor.ranges(doc, out);
                let (first, last) = bounds.window;
                out.retain(|range| range.0 >= first && range.1 <= last);
                effort.spend(out.len());
            }
            Reader::Phrase { items, slop } => {
                out.clear();
                for (reader, ranges) in items.iter_mut() {
                    reader.ranges(doc, bounds, effort, ranges);
                    if ranges.is_empty() {
                        return;
                    }
                }
                ranges::phrase(items, *slop, effort, out);
            }
            Reader::Pair { sides, within, negated } => {
                out.clear();
                let [(left, left_ranges), (right, right_ranges)] = &mut **sides;
                left.ranges(doc, bounds, effort, left_ranges);
                if left_ranges.is_empty() {
                    return;
                }
                right.ranges(doc, bounds, effort, right_ranges);
                let within = match within {
                    Within::Sentence | Within::Paragraph if bounds.whole_values => Within::Words(u8::MAX),
                    within => *within,
                };
                let combine = if *negated { ranges::not_near } else { ranges::near };
                combine(left_ranges, right_ranges, within, &bounds.ends, effort, out);
            }
            Reader::Or { readers, buffer } => {
                out.clear();
                for reader in readers {
                    reader.ranges(doc, bounds, effort, buffer);
                    out.append(buffer);
                }
                ranges::settle(out);
            }
        }
    }
}
