//! Finds the documents of one segment that satisfy a clause: sets of documents, combined by the operators of the clause.
//!
//! Every node of the clause becomes one set over the whole segment. This makes the count exact and the order of summing
//! the query's own order, and the same articles are found however they are divided into segments. It is also fast: one
//! machine word of memory holds 64 documents.

use fixedbitset::FixedBitSet;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, SegmentReader, Term};

use super::pattern::{self, Scope};
use super::postings::DocCounts;
use super::ranges::Effort;
use crate::index::encode;
use crate::index::name_term::terms_of;
use crate::index::schema::{Fields, WORD_FIELDS, bound, days_of_term, sortable};
use crate::matching::{Clause, LeafId, Pattern};
use crate::query::{DayField, Field as WordField, FieldName, Term as WordTerm};
use morgue_article::EntityKind;
use morgue_article::date::DateSpan;

/// The documents of a segment that satisfy a clause, and the data for scoring them.
pub(crate) struct ClauseMatches {
    pub(crate) bits: FixedBitSet,
    pub(crate) scored: Scored,
}

/// The parts of a clause that contribute to the score.
pub(crate) enum Scored {
    /// No part: the clause is a filter or a negation.
    Nothing,
    /// The clause is a leaf that contributes by itself.
    Leaf {
        leaf: LeafId,
        counts: DocCounts,
        /// Whether occurrences count less in longer documents. This is so for words of the text.
        by_length: bool,
    },
    /// The parts of the clause contribute, in query order.
    Parts(Vec<ClauseMatches>),
}

/// The pattern with the terms that it has in the field of all user fields, for the user field `name`.
fn in_extra(name: &str, pattern: &Pattern) -> Pattern {
    let one = |pattern: &Pattern| Box::new(in_extra(name, pattern));
    let each = |patterns: &[Pattern]| patterns.iter().map(|pattern| in_extra(name, pattern)).collect();
    match pattern {
        Pattern::Terms(terms) => {
            let in_extra = |term: &WordTerm| WordTerm { text: encode::extra_text(name, &term.text), ..term.clone() };
            Pattern::Terms(terms.iter().map(in_extra).collect())
        }
        Pattern::Phrase { items, slop } => Pattern::Phrase { items: each(items), slop: *slop },
        Pattern::Near { left, right, within } => Pattern::Near { left: one(left), right: one(right), within: *within },
        Pattern::NotNear { left, right, within } => {
            Pattern::NotNear { left: one(left), right: one(right), within: *within }
        }
        Pattern::Or(patterns) => Pattern::Or(each(patterns)),
    }
}

/// Evaluates clauses in one segment.
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

    /// The documents that satisfy `clause`. Deleted documents may be among them.
    pub(crate) fn find(&self, clause: &Clause) -> tantivy::Result<ClauseMatches> {
        let filter = |bits| ClauseMatches { bits, scored: Scored::Nothing };
        Ok(match clause {
            Clause::All => filter(self.all()),
            Clause::Nothing => filter(self.none()),
            Clause::Text { leaf, zone, pattern } => {
                let counts = self.pattern(Scope { field: self.fields.text, zone: *zone }, pattern)?;
                self.leaf(*leaf, counts, true)
            }
            Clause::Words { leaf, field, pattern } => {
                let scope = Scope { field: self.fields.words(Some(*field)), zone: None };
                let counts = match field {
                    WordField::Extra(name) => self.pattern(scope, &in_extra(name.as_str(), pattern))?,
                    _ => self.pattern(scope, pattern)?,
                };
                self.leaf(*leaf, counts, false)
            }
            Clause::Name { leaf, kind, keys } => {
                let bits = self.named(*kind, keys)?;
                let docs: Vec<u32> = bits.ones().map(|doc| doc as u32).collect();
                let counts = DocCounts { counts: vec![1; docs.len()], docs, near: None };
                ClauseMatches { bits, scored: Scored::Leaf { leaf: *leaf, counts, by_length: false } }
            }
            Clause::Days { field, span, .. } => filter(self.days(*field, *span)?),
            Clause::Has { field, .. } => filter(self.has(*field)?),
            Clause::Not(clause) => {
                let mut bits = self.find(clause)?.bits;
                bits.toggle_range(..);
                filter(bits)
            }
            Clause::And(clauses) => {
                let parts = self.find_all(clauses)?;
                let mut bits = self.all();
                parts.iter().for_each(|part| bits.intersect_with(&part.bits));
                ClauseMatches { bits, scored: Scored::Parts(parts) }
            }
            Clause::Or(clauses) => {
                let parts = self.find_all(clauses)?;
                let mut bits = self.none();
                parts.iter().for_each(|part| bits.union_with(&part.bits));
                ClauseMatches { bits, scored: Scored::Parts(parts) }
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
                ClauseMatches { bits, scored: Scored::Parts(parts) }
            }
            // The factor is part of the weights of the leaves.
            Clause::Boost { clause, .. } => self.find(clause)?,
        })
    }

    fn find_all(&self, clauses: &[Clause]) -> tantivy::Result<Vec<ClauseMatches>> {
        clauses.iter().map(|clause| self.find(clause)).collect()
    }

    fn pattern(&self, scope: Scope, pattern: &Pattern) -> tantivy::Result<DocCounts> {
        pattern::find(self.segment, self.fields, scope, pattern, self.effort)
    }

    fn leaf(&self, leaf: LeafId, counts: DocCounts, by_length: bool) -> ClauseMatches {
        ClauseMatches { bits: counts.bits(self.segment.max_doc()), scored: Scored::Leaf { leaf, counts, by_length } }
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

    /// Documents with a day or span of days that lies wholly inside `span`.
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

    /// Documents that have a value in the field.
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
            FieldName::Words(WordField::Extra(name)) => self.with_term(fields.has, &name.to_string()),
            FieldName::Words(field) => {
                let name = WORD_FIELDS.iter().find(|(word_field, _)| *word_field == field).map_or("", |(_, name)| name);
                self.with_term(fields.has, name)
            }
            FieldName::Days(DayField::Date) => self.with_term(fields.has, "date"),
            FieldName::Days(DayField::Published) => self.with_term(fields.has, "published"),
        }
    }

    /// Documents that have the raw term `text` in `field`.
    pub(crate) fn with_term(&self, field: Field, text: &str) -> tantivy::Result<FixedBitSet> {
        let mut bits = self.none();
        let index = self.segment.inverted_index(field)?;
        if let Some(info) = index.get_term_info(&Term::from_field_text(field, text))? {
            add_docs(&index, &info, &mut bits)?;
        }
        Ok(bits)
    }

    /// Documents that were read from the file `path`, or from files below the folder `path`.
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

/// Adds all documents of a term to `bits`.
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

/// The number of matches that have every item of a bare list. It is `None` if the query is not a list of two or more
/// items, or if every item is required anyway. For each segment, `matched` has the evaluated clause and the live documents
/// that match.
pub(crate) fn count_all_words(clause: &Clause, matched: &[(ClauseMatches, FixedBitSet)]) -> Option<u64> {
    let Clause::List { required, need_optional, optional, .. } = clause else { return None };
    let only_choice = *need_optional && optional.len() == 1;
    if optional.is_empty() || only_choice || optional.len() + required.len() < 2 {
        return None;
    }
    let count = matched.iter().map(|(found, bits)| {
        let Scored::Parts(parts) = &found.scored else { return 0 };
        let mut all = bits.clone();
        parts.iter().for_each(|part| all.intersect_with(&part.bits));
        all.count_ones(..) as u64
    });
    Some(count.sum())
}
