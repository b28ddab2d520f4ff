//! Describes a resolved query in words that a reporter understands, part by part.

use super::{Clause, DayField, FieldName, Leaf, LeafId, Pattern, Within};
use morgue_article::date::{Date, DateSpan};
use morgue_article::token::Form;

/// A part of a resolved query, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The description.
    pub says: String,
    /// The clause that is described.
    pub clause: Clause,
    /// The parts of the clause.
    pub parts: Vec<Outline>,
}

/// Describes `clause`, which has these `leaves`.
pub(super) fn outline(clause: &Clause, leaves: &[Leaf]) -> Outline {
    let each = |clauses: &[Clause], before: &str| -> Vec<Outline> {
        let parts = clauses.iter().map(|clause| outline(clause, leaves));
        parts.map(|part| Outline { says: format!("{before}{}", part.says), ..part }).collect()
    };
    let typed = |leaf: &LeafId| leaves.get(leaf.index()).map_or("", |leaf| leaf.typed.as_str());
    let (says, parts) = match clause {
        Clause::All => ("every article".to_owned(), Vec::new()),
        Clause::Nothing => ("nothing: the query has no word to look for".to_owned(), Vec::new()),
        Clause::And(clauses) => ("all of these".to_owned(), each(clauses, "")),
        Clause::Or(clauses) => ("one of these at least".to_owned(), each(clauses, "")),
        Clause::Not(clause) => ("every article without this".to_owned(), vec![outline(clause, leaves)]),
        Clause::Boost { clause: inner, factor } => {
            let part = outline(inner, leaves);
            (format!("{} (counts {factor} times)", part.says), part.parts)
        }
        Clause::List { required, need_optional, optional, excluded } => {
            let says = match (optional.len(), *need_optional) {
                (0, _) => "all of these",
                (1, true) => "these",
                (_, true) if required.is_empty() => {
                    "one of these at least; articles with more of them, close together, come first"
                }
                (_, true) => "these, and of those not required one at least",
                (_, false) => "these; the optional ones bring an article forward",
            };
            let may = if *need_optional { "" } else { "optional: " };
            let must = if optional.is_empty() { "" } else { "required: " };
            let mut parts = each(required, must);
            parts.extend(each(optional, may));
            parts.extend(each(excluded, "excluded: "));
            (says.to_owned(), parts)
        }
        Clause::Text { leaf, pattern, .. } | Clause::Words { leaf, pattern, .. } => {
            (pattern_says(pattern, typed(leaf)), Vec::new())
        }
        Clause::Name { leaf, keys, .. } => {
            let says =
                if keys.is_empty() { "a name that no article has" } else { "named in the article, in any spelling" };
            (format!("{}: {says}", typed(leaf)), Vec::new())
        }
        Clause::Days { leaf, field, span } => {
            let verb = match field {
                DayField::Published => "published",
                DayField::Date => "speaks of days",
            };
            (format!("{}: {verb} {}", typed(leaf), days_say(*span)), Vec::new())
        }
        Clause::Has { leaf, field: FieldName::Days(DayField::Published) } => {
            (format!("{}: has a day of publication", typed(leaf)), Vec::new())
        }
        Clause::Has { leaf, field } => (format!("{}: has anything in {}:", typed(leaf), field.name()), Vec::new()),
    };
    Outline { says, clause: clause.clone(), parts }
}

fn pattern_says(pattern: &Pattern, typed: &str) -> String {
    match pattern {
        Pattern::Terms(terms) => {
            let is = |form: Form| terms.iter().any(|term| term.form == form);
            match terms.len() {
                0 => format!("{typed}: no word"),
                _ if is(Form::Stem) => format!("{typed}, in all its forms"),
                _ if is(Form::Marked) => format!("{typed}, as it is marked by capitals, dots or signs"),
                1 => format!("{typed}, as it is written"),
                words => format!("{typed}: any of {words} words"),
            }
        }
        Pattern::Phrase { slop: 0, .. } => format!("{typed}: the words one after another"),
        Pattern::Phrase { slop, .. } => format!("{typed}: the words in order, with at most {slop} others inside"),
        Pattern::Near { within, .. } => format!("{typed}: {}", within_says(*within)),
        Pattern::NotNear { within, .. } => {
            format!("{typed}: the first, where the second is not {}", not_within_says(*within))
        }
        Pattern::Or(_) => format!("{typed}: any of these"),
    }
}

fn within_says(within: Within) -> String {
    match within {
        Within::Words(1) => "next to each other, in either order".to_owned(),
        Within::Words(n) => format!("within {n} words of each other, in either order"),
        Within::WordsInOrder(1) => "next to each other, in this order".to_owned(),
        Within::WordsInOrder(n) => format!("within {n} words of each other, in this order"),
        Within::Sentence => "in one sentence".to_owned(),
        Within::Paragraph => "in one paragraph".to_owned(),
    }
}

fn not_within_says(within: Within) -> String {
    match within {
        Within::Words(n) => format!("within {n} words of it"),
        Within::WordsInOrder(n) => format!("among the {n} words after it"),
        Within::Sentence => "in its sentence".to_owned(),
        Within::Paragraph => "in its paragraph".to_owned(),
    }
}

fn days_say(span: DateSpan) -> String {
    match (span.first(), span.last()) {
        (first, last) if first == last => format!("on {first}"),
        (Date::MIN, last) => format!("until {last}"),
        (first, Date::MAX) => format!("from {first} on"),
        (first, last) => format!("from {first} to {last}"),
    }
}
