//! Finds the documents of one segment that satisfy a pattern of positions, and the number of matches in each.

use fixedbitset::FixedBitSet;
use tantivy::SegmentReader;
use tantivy::schema::Field;

use super::postings::{DocCounts, PositionCursor, TermsCursor, counts};
use super::ranges::{self, Effort, UnitEnds};
use crate::index::schema::{Fields, bound};
use crate::matching::{Pattern, PositionRange};
use crate::query::{Field as WordField, Within};

/// The field, or the zone of the text, in which a pattern is searched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope {
    pub(crate) field: Field,
    /// `Title`, `Lede`, `Body` or `Caption` of the text.
    pub(crate) zone: Option<WordField>,
}

/// The documents that satisfy `pattern` in `scope`. Deleted documents may be among them only if no positions are read.
pub(crate) fn find(
    segment: &SegmentReader,
    fields: &Fields,
    scope: Scope,
    pattern: &Pattern,
    effort: &Effort,
) -> tantivy::Result<DocCounts> {
    if let (Pattern::Terms(terms), None) = (pattern, scope.zone) {
        return counts(segment, scope.field, terms);
    }
    let candidates = candidates(segment, scope.field, pattern)?;
    let mut reader = PatternReader::open(segment, scope.field, pattern)?;
    let mut bounds = TextBounds::open(segment, fields, scope, pattern)?;
    let mut found = DocCounts::default();
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

/// The documents that have all words without which the pattern cannot match.
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

/// The ends of sentences, paragraphs and zones in the current document. Only those that the pattern needs are read.
struct TextBounds {
    sentences: Option<PositionCursor>,
    paragraphs: Option<PositionCursor>,
    zone: Option<ZoneCursors>,
    /// True outside the text: there every value is one sentence and one paragraph, and the gaps between values are wider
    /// than any distance.
    whole_values: bool,
    ends: UnitEnds,
    /// The positions of the zone.
    window: PositionRange,
    buffer: Vec<u32>,
}

/// The zone in which a pattern is searched, with cursors over the ends of zones that limit it.
enum ZoneCursors {
    /// From the first position to the end of the title.
    Title(PositionCursor),
    /// From the end of the title to the end of the body or of the lede.
    AfterTitle(PositionCursor, PositionCursor),
    /// Everything after title and body: the captions.
    AfterTitleAndBody(PositionCursor, PositionCursor),
}

impl TextBounds {
    fn open(segment: &SegmentReader, fields: &Fields, scope: Scope, pattern: &Pattern) -> tantivy::Result<TextBounds> {
        let cursor = |name: &str| PositionCursor::open(segment, fields.bounds, name);
        let in_text = scope.field == fields.text;
        let when = |needed: bool, name: &str| needed.then(|| cursor(name)).transpose();
        Ok(TextBounds {
            sentences: when(in_text && needs(pattern, BoundingUnit::Sentence), bound::SENTENCE)?,
            paragraphs: when(in_text && needs(pattern, BoundingUnit::Paragraph), bound::PARAGRAPH)?,
            zone: match scope.zone {
                Some(WordField::Title) => Some(ZoneCursors::Title(cursor(bound::TITLE)?)),
                Some(WordField::Lede) => Some(ZoneCursors::AfterTitle(cursor(bound::TITLE)?, cursor(bound::LEDE)?)),
                Some(WordField::Body) => Some(ZoneCursors::AfterTitle(cursor(bound::TITLE)?, cursor(bound::BODY)?)),
                Some(_) => Some(ZoneCursors::AfterTitleAndBody(cursor(bound::TITLE)?, cursor(bound::BODY)?)),
                None => None,
            },
            whole_values: !in_text,
            ends: UnitEnds::default(),
            window: PositionRange { first: 0, last: u32::MAX },
            buffer: Vec::new(),
        })
    }

    /// Reads the bounds of `doc`. The document must not be smaller than in the call before.
    fn move_to(&mut self, doc: u32) {
        if let Some(sentences) = &mut self.sentences {
            sentences.positions(doc, &mut self.ends.sentences);
        }
        if let Some(paragraphs) = &mut self.paragraphs {
            paragraphs.positions(doc, &mut self.ends.paragraphs);
        }
        let mut end = |cursor: &mut PositionCursor| {
            cursor.positions(doc, &mut self.buffer);
            self.buffer.last().copied()
        };
        let empty = PositionRange { first: 1, last: 0 };
        let after = |end: Option<u32>| end.map_or(0, |end| end + 1);
        self.window = match &mut self.zone {
            None => return,
            Some(ZoneCursors::Title(title)) => end(title).map_or(empty, |last| PositionRange { first: 0, last }),
            Some(ZoneCursors::AfterTitle(title, last)) => {
                end(last).map_or(empty, |last| PositionRange { first: after(end(title)), last })
            }
            Some(ZoneCursors::AfterTitleAndBody(title, body)) => {
                PositionRange { first: after(end(title).max(end(body))), last: u32::MAX }
            }
        };
    }
}

/// The units of text whose ends limit a proximity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BoundingUnit {
    Sentence,
    Paragraph,
}

impl BoundingUnit {
    /// The unit that limits a proximity; `None` for a distance in words.
    fn of(within: Within) -> Option<BoundingUnit> {
        match within {
            Within::Sentence => Some(BoundingUnit::Sentence),
            Within::Paragraph => Some(BoundingUnit::Paragraph),
            Within::Words(_) | Within::WordsInOrder(_) => None,
        }
    }
}

/// Whether the pattern needs the ends of these units.
fn needs(pattern: &Pattern, unit: BoundingUnit) -> bool {
    match pattern {
        Pattern::Terms(_) => false,
        Pattern::Phrase { items: patterns, .. } | Pattern::Or(patterns) => {
            patterns.iter().any(|pattern| needs(pattern, unit))
        }
        Pattern::Near { left, right, within } | Pattern::NotNear { left, right, within } => {
            BoundingUnit::of(*within) == Some(unit) || needs(left, unit) || needs(right, unit)
        }
    }
}

/// Reads the matches of a pattern, document by document in ascending order.
enum PatternReader {
    Terms(TermsCursor),
    Phrase { items: Vec<(PatternReader, Vec<PositionRange>)>, slop: u8 },
    Pair { sides: Box<[(PatternReader, Vec<PositionRange>); 2]>, within: Within, negated: bool },
    Or { readers: Vec<PatternReader>, buffer: Vec<PositionRange> },
}

impl PatternReader {
    fn open(segment: &SegmentReader, field: Field, pattern: &Pattern) -> tantivy::Result<PatternReader> {
        let open = |pattern: &Pattern| PatternReader::open(segment, field, pattern);
        let with_buffer = |pattern: &Pattern| Ok((open(pattern)?, Vec::new()));
        let pair = |left: &Pattern, right: &Pattern, within: Within, negated: bool| {
            let sides = Box::new([with_buffer(left)?, with_buffer(right)?]);
            Ok(PatternReader::Pair { sides, within, negated })
        };
        match pattern {
            Pattern::Terms(terms) => TermsCursor::open(segment, field, terms).map(PatternReader::Terms),
            Pattern::Phrase { items, slop } => {
                let items = items.iter().map(with_buffer).collect::<tantivy::Result<_>>()?;
                Ok(PatternReader::Phrase { items, slop: *slop })
            }
            Pattern::Near { left, right, within } => pair(left, right, *within, false),
            Pattern::NotNear { left, right, within } => pair(left, right, *within, true),
            Pattern::Or(patterns) => {
                let readers = patterns.iter().map(open).collect::<tantivy::Result<_>>()?;
                Ok(PatternReader::Or { readers, buffer: Vec::new() })
            }
        }
    }

    /// Writes the matches in `doc` to `out`, sorted by start.
    fn ranges(&mut self, doc: u32, bounds: &TextBounds, effort: &Effort, out: &mut Vec<PositionRange>) {
        match self {
            PatternReader::Terms(cursor) => {
                cursor.ranges(doc, out);
                let window = bounds.window;
                out.retain(|range| range.first >= window.first && range.last <= window.last);
                effort.spend(out.len());
            }
            PatternReader::Phrase { items, slop } => {
                out.clear();
                for (reader, ranges) in items.iter_mut() {
                    reader.ranges(doc, bounds, effort, ranges);
                    if ranges.is_empty() {
                        return;
                    }
                }
                ranges::phrase(items, *slop, effort, out);
            }
            PatternReader::Pair { sides, within, negated } => {
                out.clear();
                let [(left, left_ranges), (right, right_ranges)] = &mut **sides;
                left.ranges(doc, bounds, effort, left_ranges);
                if left_ranges.is_empty() {
                    return;
                }
                right.ranges(doc, bounds, effort, right_ranges);
                let within = match within {
                    Within::Sentence | Within::Paragraph if bounds.whole_values => Within::Words(u8::MAX),
                    Within::Sentence | Within::Paragraph | Within::Words(_) | Within::WordsInOrder(_) => *within,
                };
                let combine = if *negated { ranges::not_near } else { ranges::near };
                combine(left_ranges, right_ranges, within, &bounds.ends, effort, out);
            }
            PatternReader::Or { readers, buffer } => {
                out.clear();
                for reader in readers {
                    reader.ranges(doc, bounds, effort, buffer);
                    out.append(buffer);
                }
                ranges::sort_and_dedup(out);
            }
        }
    }
}
