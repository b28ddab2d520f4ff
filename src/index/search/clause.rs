//! Which documents of one segment satisfy a clause: sets of documents, combined as the clause says.
//!
//! Every node of the clause becomes one set over the whole segment. That is what makes the count exact, the order of
//! summing the query's own, and the same articles come out whatever the segments; at a word of memory for 64 documents
//! it is also fast.

use fixedbitset::FixedBitSet;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, SegmentReader, Term};

use super::pattern::{self, Place};
use super::postings::Counts;
use super::ranges::Effort;
use crate::index::name_term::terms_of;
use crate::index::schema::{Fields, WORD_FIELDS, bound, days_of_term, sortable};
use crate::matching::{Clause, Pattern};
use crate::query::{DayField, Field as WordField, FieldName};
use morgue_article::EntityKind;
use morgue_article::date::DateSpan;

/// The documents of a segment that satisfy a clause, and what scoring needs to know of its parts.
pub(crate) struct Found {
    pub(crate) bits: FixedBitSet,
    pub(crate) parts: Parts,
}

/// What a clause is made of, as far as it can score.
pub(crate) enum Parts {
    /// Does not score: filters, negatives.
    None,
    /// Scores by itself.
    Leaf {
        counts: Counts,
        /// Whether longer documents count less: so for words of the text.
        by_length: bool,
    },
    /// Scores by its parts, in query order.
    Several(Vec<Found>),
    /// Scores by its part, so many times.
    Boosted(Box<Found>, f32),
}

/// Finds clauses in one segment.
pub(crate) struct Finder<'s> {
    pub(crate) segment: &'s SegmentReader,
    pub(crate) fields: &'s Fields,
    pub(crate) effort: &'s Effort,
}

impl Finder<'_> {
    fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.segment.max_doc() as usize)
    }

    fn all(&self) -> FixedBitSet {
        let mut bits = self.none();
        bits.insert_range(..);
        bits
    }

    /// The documents that satisfy `clause`, deleted ones among them.
    pub(crate) fn find(&self, clause: &Clause) -> tantivy::Result<Found> {
        let filter = |bits| Found { bits, parts: Parts::None };
        Ok(match clause {
            Clause::All => filter(self.all()),
            Clause::Nothing => filter(self.none()),
            Clause::Text { zone, pattern } => {
                self.leaf(self.pattern(Place { field: self.fields.text, zone: *zone }, pattern)?, true)
            }
            Clause::Words { field, pattern } => {
                let place = Place { field: self.fields.words(Some(*field)), zone: None };
                self.leaf(self.pattern(place, pattern)?, false)
            }
            Clause::Name { kind, keys } => {
                let bits = self.named(*kind, keys)?;
                let docs: Vec<u32> = bits.ones().map(|doc| doc as u32).collect();
                let counts = Counts { counts: vec![1; docs.len()], docs, near: None };
                Found { bits, parts: Parts::Leaf { counts, by_length: false } }
            }
            Clause::Days { field, span } => filter(self.days(*field, *span)?),
            Clause::Has(name) => filter(self.has(*name)?),
            Clause::Not(clause) => {
                let mut bits = self.find(clause)?.bits;
                bits.toggle_range(..);
                filter(bits)
            }
            Clause::And(clauses) => {
                let parts = self.find_all(clauses)?;
                let mut bits = self.all();
                parts.iter().for_each(|part| bits.intersect_with(&part.bits));
                Found { bits, parts: Parts::Several(parts) }
            }
            Clause::Or(clauses) => {
                let parts = self.find_all(clauses)?;
                let mut bits = self.none();
                parts.iter().for_each(|part| bits.union_with(&part.bits));
                Found { bits, parts: Parts::Several(parts) }
            }
            Clause::List { required, need_optional, optional, excluded } => {
                let mut parts = self.find_all(required)?;
                let mut bits = self.all();
                parts.iter().for_each(|part| bits.intersect_with(&part.bits));
                let optional = self.find_all(optional)?;
                if *need_optional {
                    let mut any = self.none();
                    optional.iter().for_each(|part| any.union_with(&part.bits));
                    bits.intersect_with(&any);
                }
                for clause in excluded {
                    bits.difference_with(&self.find(clause)?.bits);
                }
                parts.extend(optional);
                Found { bits, parts: Parts::Several(parts) }
            }
            Clause::Boost { clause, factor } => {
                let found = self.find(clause)?;
                Found { bits: found.bits.clone(), parts: Parts::Boosted(Box::new(found), *factor) }
            }
        })
    }

    fn find_all(&self, clauses: &[Clause]) -> tantivy::Result<Vec<Found>> {
        clauses.iter().map(|clause| self.find(clause)).collect()
    }

    fn pattern(&self, place: Place, pattern: &Pattern) -> tantivy::Result<Counts> {
        pattern::find(self.segment, self.fields, place, pattern, self.effort)
    }

    fn leaf(&self, counts: Counts, by_length: bool) -> Found {
        Found { bits: counts.bits(self.segment.max_doc()), parts: Parts::Leaf { counts, by_length } }
    }

    /// Documents that name any of the entities with these keys.
    fn named(&self, kind: Option<EntityKind>, keys: &[String]) -> tantivy::Result<FixedBitSet> {
        let mut bits = self.none();
        for kind in EntityKind::ALL.into_iter().filter(|each| kind.is_none_or(|kind| kind == *each)) {
            let index = self.segment.inverted_index(self.fields.names(kind))?;
            for key in keys {
                let (from, to) = terms_of(key);
                let mut terms = index.terms().range().ge(&from).lt(&to).into_stream()?;
                while terms.advance() {
                    add_docs(&index, terms.value(), &mut bits)?;
                }
            }
        }
        Ok(bits)
    }

    /// Documents with a span that lies wholly inside the asked one.
    pub(crate) fn days(&self, field: DayField, span: DateSpan) -> tantivy::Result<FixedBitSet> {
        let field = match field {
            DayField::Date => self.fields.date,
            DayField::Published => self.fields.published,
        };
        let mut bits = self.none();
        let index = self.segment.inverted_index(field)?;
        let mut to = sortable(span.last()).to_vec();
        to.extend([0xff; 5]);
        let mut terms = index.terms().range().ge(sortable(span.first())).le(&to).into_stream()?;
        while terms.advance() {
            if days_of_term(terms.key()).is_some_and(|(_, last)| last <= span.last().days()) {
                add_docs(&index, terms.value(), &mut bits)?;
            }
        }
        Ok(bits)
    }

    /// Documents that have anything in the field.
    fn has(&self, name: FieldName) -> tantivy::Result<FixedBitSet> {
        let fields = self.fields;
        match name {
            FieldName::Words(WordField::Title) => self.with_term(fields.bounds, bound::TITLE),
            FieldName::Words(WordField::Lede) => self.with_term(fields.bounds, bound::LEDE),
            FieldName::Words(WordField::Body) => self.with_term(fields.bounds, bound::BODY),
            FieldName::Words(WordField::Caption) => self.with_term(fields.bounds, bound::CAPTION),
            FieldName::Words(WordField::Name(Some(kind))) => self.with_term(fields.has, kind.name()),
            FieldName::Words(WordField::Name(None)) => {
                let mut bits = self.none();
                for kind in EntityKind::ALL {
                    bits.union_with(&self.with_term(fields.has, kind.name())?);
                }
                Ok(bits)
            }
            FieldName::Words(field) => {
                let name = WORD_FIELDS.iter().find(|(word_field, _)| *word_field == field).map_or("", |(_, name)| name);
                self.with_term(fields.has, name)
            }
            FieldName::Days(DayField::Date) => self.with_term(fields.has, "date"),
            FieldName::Days(DayField::Published) => self.with_term(fields.has, "published"),
        }
    }

    /// Documents with a raw term.
    pub(crate) fn with_term(&self, field: Field, text: &str) -> tantivy::Result<FixedBitSet> {
        let mut bits = self.none();
        let index = self.segment.inverted_index(field)?;
        if let Some(info) = index.get_term_info(&Term::from_field_text(field, text))? {
            add_docs(&index, &info, &mut bits)?;
        }
        Ok(bits)
    }

    /// Documents read from the file or folder `path`.
    pub(crate) fn below(&self, path: &str) -> tantivy::Result<FixedBitSet> {
        let mut bits = self.none();
        let index = self.segment.inverted_index(self.fields.file)?;
        let path = path.trim_end_matches('/');
        let mut terms = index.terms().range().ge(path).into_stream()?;
        while terms.advance() && terms.key().starts_with(path.as_bytes()) {
            if std::str::from_utf8(terms.key()).is_ok_and(|file| crate::index::is_below(file, path)) {
                add_docs(&index, terms.value(), &mut bits)?;
            }
        }
        Ok(bits)
    }
}

/// Adds all documents of a term.
pub(crate) fn add_docs(
    index: &InvertedIndexReader,
    info: &tantivy::postings::TermInfo,
    bits: &mut FixedBitSet,
) -> tantivy::Result<()> {
    let mut blocks = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while blocks.block_len() > 0 {
        blocks.docs().iter().for_each(|&doc| bits.insert(doc as usize));
        blocks.advance();
    }
    Ok(())
}

/// How many of the matches have every item of a bare list; `None` where the query is no list of two or more, or where
/// all have to have every item.
pub(crate) fn count_all_words(clause: &Clause, matched: &[(Found, FixedBitSet)]) -> Option<u64> {
    let Clause::List { required, need_optional, optional, .. } = clause else { return None };
    let free = optional.len() - usize::from(*need_optional && optional.len() == 1);
    if free == 0 || optional.len() + required.len() < 2 {
        return None;
    }
    let count = matched.iter().map(|(found, bits)| {
        let Parts::Several(parts) = &found.parts else { return 0 };
        let mut all = bits.clone();
        parts.iter().for_each(|part| all.intersect_with(&part.bits));
        all.count_ones(..) as u64
    });
    Some(count.sum())
}
