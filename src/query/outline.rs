//! A resolved query in words that a reporter understands, part by part.

use super::{Clause, DayField, FieldName, Pattern, Within};
use morgue_article::date::{Date, DateSpan};
use morgue_article::token::Form;

/// A part of a resolved query, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// What it asks for.
    pub says: String,
    /// The same for the index.
    pub clause: Clause,
    /// What it is made of.
    pub parts: Vec<Outline>,
}

/// Says what `clause` asks for; `leaves` are what was typed for each of its leaves, in order.
pub(super) fn outline<'l>(clause: &Clause, leaves: &mut impl Iterator<Item = &'l str>) -> Outline {
    let (says, parts) = match clause {
        Clause::All => ("every article".to_owned(), Vec::new()),
        Clause::Nothing => ("nothing: the query has no word to look for".to_owned(), Vec::new()),
        Clause::And(clauses) => ("all of these".to_owned(), each(clauses, "", leaves)),
        Clause::Or(clauses) => ("one of these at least".to_owned(), each(clauses, "", leaves)),
        Clause::Not(clause) => ("every article without this".to_owned(), vec![outline(clause, leaves)]),
        Clause::Boost { clause: inner, factor } => {
            let part = outline(inner, leaves);
            (format!("{} (counts {factor} times)", part.says), part.parts)
        }
        Clause::List { required, need_optional, optional, excluded } => {
            let says = match (optional.len(), *need_optional) {
                (0, _) => "all of these".to_owned(),
                (1, true) => "these".to_owned(),
                (_, true) if required.is_empty() => {
                    "one of these at least; articles with more of them, close together, come first".to_owned()
                }
                (_, true) => "these, and of those not required one at least".to_owned(),
                (_, false) => "these; the optional ones bring an article forward".to_owned(),
            };
            let may = if *need_optional { "" } else { "optional: " };
            let must = if optional.is_empty() { "" } else { "required: " };
            let mut parts = each(required, must, leaves);
            parts.extend(each(optional, may, leaves));
            parts.extend(each(excluded, "excluded: ", leaves));
            (says, parts)
        }
        leaf => (leaf_says(leaf, leaves.next().unwrap_or_default()), Vec::new()),
    };
    Outline { says, clause: clause.clone(), parts }
}

fn each<'l>(clauses: &[Clause], before: &str, leaves: &mut impl Iterator<Item = &'l str>) -> Vec<Outline> {
    let one = |clause| {
        let part = outline(clause, leaves);
        Outline { says: format!("{before}{}", part.says), ..part }
    };
    clauses.iter().map(one).collect()
}

fn leaf_says(clause: &Clause, typed: &str) -> String {
    match clause {
        Clause::Text { pattern, .. } | Clause::Words { pattern, .. } => pattern_says(pattern, typed),
        Clause::Name { keys, .. } => match keys.len() {
            0 => format!("{typed}: a name that no article has"),
            _ => format!("{typed}: named in the article, in any spelling"),
        },
        Clause::Days { field: DayField::Published, span } => format!("{typed}: published {}", days_say(*span)),
        Clause::Days { field: DayField::Date, span } => format!("{typed}: speaks of days {}", days_say(*span)),
        Clause::Has(FieldName::Days(DayField::Published)) => format!("{typed}: has a day of publication"),
        Clause::Has(field) => format!("{typed}: has anything in {}:", field.name()),
        _ => typed.to_owned(),
    }
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
