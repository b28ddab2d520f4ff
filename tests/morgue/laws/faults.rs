//! Faults that a planner could have, planted on one side of the comparison: the definition gets a clause, or articles,
//! with a small error. The comparison finds a difference in the same way, whichever side has the fault.

use morgue::article::{EntityKind, Zone};
use morgue::date::DateSpan;
use morgue::matching::{Clause, Pattern};
use morgue::query::{Field, Within};
use morgue::token::Form;

use super::archive::ArchivedArticle;

/// Faults in the clause that a query becomes.
#[allow(clippy::type_complexity)] // a table is easier to read without type aliases
pub const IN_CLAUSES: &[(&str, fn(&mut Clause))] = &[
    ("W/n reaches one position too far", |c| each_within(c, &mut |within| further(within, 1))),
    ("W/n reaches one position too short", |c| each_within(c, &mut |within| further(within, -1))),
    ("W/n asks for an order", |c| {
        each_within(c, &mut |within| {
            if let Within::Words(n) = *within {
                *within = Within::WordsInOrder(n);
            }
        });
    }),
    ("PRE/n forgets the order", |c| {
        each_within(c, &mut |within| {
            if let Within::WordsInOrder(n) = *within {
                *within = Within::Words(n);
            }
        });
    }),
    ("W/S reaches over the paragraph", |c| change_within(c, Within::Sentence, Within::Paragraph)),
    ("W/P stays in the sentence", |c| change_within(c, Within::Paragraph, Within::Sentence)),
    ("W/S is any distance in the zone", |c| change_within(c, Within::Sentence, Within::Words(255))),
    ("NOT W/n is W/n", |c| {
        each_pattern(c, &mut |pattern| {
            if let Pattern::NotNear { left, right, within } = pattern.clone() {
                *pattern = Pattern::Near { left, right, within };
            }
        });
    }),
    ("NOT W/n looks at its left side only", |c| {
        each_pattern(c, &mut |pattern| {
            if let Pattern::NotNear { left, .. } = pattern.clone() {
                *pattern = *left;
            }
        });
    }),
    ("NOT W/n has its sides exchanged", |c| {
        each_pattern(c, &mut |pattern| {
            if let Pattern::NotNear { left, right, .. } = pattern {
                std::mem::swap(left, right);
            }
        });
    }),
    ("W of W binds to the right", |c| {
        each_pattern(c, &mut |pattern| {
            if let Pattern::Near { left, right: last, within } = pattern.clone()
                && let Pattern::Near { left: first, right: middle, within: inner } = *left
            {
                let right = Box::new(Pattern::Near { left: middle, right: last, within });
                *pattern = Pattern::Near { left: first, right, within: inner };
            }
        });
    }),
    ("a phrase takes no other words inside", |c| {
        each_phrase(c, &mut |_, slop| *slop = 0);
    }),
    ("a phrase takes one other word more", |c| {
        each_phrase(c, &mut |_, slop| *slop = slop.saturating_add(1));
    }),
    ("a phrase loses its last word", |c| {
        each_phrase(c, &mut |items, _| _ = items.pop());
    }),
    ("a phrase is in any order", |c| {
        each_pattern(c, &mut |pattern| {
            if let Pattern::Phrase { items, slop } = pattern
                && items.len() == 2
            {
                let (left, right) = (Box::new(items[0].clone()), Box::new(items[1].clone()));
                *pattern = Pattern::Near { left, right, within: Within::Words(slop.saturating_add(1)) };
            }
        });
    }),
    ("a group of alternatives loses its last", |c| {
        each_pattern(c, &mut |pattern| {
            if let Pattern::Or(patterns) = pattern {
                _ = patterns.pop();
            }
        });
    }),
    ("AND is OR", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::And(clauses) = clause.clone() {
                *clause = Clause::Or(clauses);
            }
        });
    }),
    ("OR is AND", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Or(clauses) = clause.clone() {
                *clause = Clause::And(clauses);
            }
        });
    }),
    ("NOT is dropped", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Not(inner) = clause.clone() {
                *clause = *inner;
            }
        });
    }),
    ("what a list excludes is let in", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::List { excluded, .. } = clause {
                excluded.clear();
            }
        });
    }),
    ("what a list requires is optional", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::List { required, optional, need_optional, .. } = clause
                && !required.is_empty()
            {
                optional.append(required);
                *need_optional = true;
            }
        });
    }),
    ("a list needs none of its words", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::List { need_optional, .. } = clause {
                *need_optional = false;
            }
        });
    }),
    ("a list with requirements needs one word more", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::List { need_optional, optional, .. } = clause {
                *need_optional = !optional.is_empty();
            }
        });
    }),
    ("a pattern loses its last expansion", |c| {
        each_pattern(c, &mut |pattern| {
            if let Pattern::Terms(terms) = pattern
                && terms.len() > 2
            {
                _ = terms.pop();
            }
        });
    }),
    ("a fuzzy word has no neighbors", |c| {
        each_pattern(c, &mut |pattern| {
            if let Pattern::Terms(terms) = pattern {
                terms.retain(|term| term.weight >= 1.0);
            }
        });
    }),
    ("a bare word is exact", |c| {
        each_pattern(c, &mut |pattern| {
            if let Pattern::Terms(terms) = pattern {
                terms.iter_mut().for_each(|term| term.form = exact_for_stem(term.form));
            }
        });
    }),
    ("US is us", |c| {
        each_pattern(c, &mut |pattern| {
            if let Pattern::Terms(terms) = pattern {
                for term in terms.iter_mut().filter(|term| term.form == Form::Marked) {
                    (term.form, term.text) = (Form::Exact, term.text.to_lowercase());
                }
            }
        });
    }),
    ("a zone is the whole text", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Text { zone, .. } = clause {
                *zone = None;
            }
        });
    }),
    ("the lede is the body", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Text { zone: Some(zone @ Field::Lede), .. } = clause {
                *zone = Field::Body;
            }
        });
    }),
    ("another field than the text", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Words { field, .. } = clause {
                *field = Field::Section;
            }
        });
    }),
    ("a name loses a spelling's key", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Name { keys, .. } = clause {
                _ = keys.pop();
            }
        });
    }),
    ("a name is of any kind", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Name { kind, .. } = clause {
                *kind = None;
            }
        });
    }),
    ("a name is a person's", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Name { kind, .. } = clause {
                *kind = Some(EntityKind::Person);
            }
        });
    }),
    ("days end one day early", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Days { span, .. } = clause {
                let last = span.last().add_days(-1);
                *span = DateSpan::new(span.first(), last).unwrap_or(*span);
            }
        });
    }),
    ("days begin one day late", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Days { span, .. } = clause {
                let first = span.first().add_days(1);
                *span = DateSpan::new(first, span.last()).unwrap_or(*span);
            }
        });
    }),
    ("field:* is everything", |c| {
        each_clause(c, &mut |clause| {
            if let Clause::Has { .. } = clause {
                *clause = Clause::All;
            }
        });
    }),
];

/// Faults in the data that is read from an article.
#[allow(clippy::type_complexity)] // a table is easier to read without type aliases
pub const IN_ARTICLES: &[(&str, fn(&mut Vec<ArchivedArticle>))] = &[
    ("sentences end one position late", |articles| {
        for one in articles {
            one.tokens.sentence_ends.iter_mut().for_each(|end| *end += 1);
        }
    }),
    ("a paragraph's end is lost", |articles| {
        for one in articles {
            one.tokens.paragraph_ends.retain(|end| end % 2 == 0);
        }
    }),
    ("the body begins one position late", |articles| {
        for one in articles {
            for (_, window) in one.tokens.zones.iter_mut().filter(|(zone, _)| *zone == Zone::Body) {
                window.start += 1;
            }
        }
    }),
    ("the title reaches one position short", |articles| {
        for one in articles {
            for (_, window) in one.tokens.zones.iter_mut().filter(|(zone, _)| *zone == Zone::Title) {
                window.end -= 1;
            }
        }
    }),
    ("zones follow each other without a gap", |articles| {
        for one in articles {
            let mut next = 0;
            for (_, window) in &one.tokens.zones {
                let gone = window.start - next;
                for token in one.tokens.tokens.iter_mut().filter(|token| window.contains(&(token.position))) {
                    token.position -= gone;
                }
                next += window.end - window.start;
            }
        }
    }),
    ("compounds cover one position", |articles| {
        for one in articles {
            one.tokens.tokens.iter_mut().for_each(|token| token.width = 1);
        }
    }),
    ("wholes of compounds are lost", |articles| {
        for one in articles {
            one.tokens.tokens.retain(|token| token.width == 1);
        }
    }),
    ("an article is lost in a merge", |articles| articles.truncate(articles.len() - 5)),
    ("the second line of bylines is not read", |articles| {
        for one in articles {
            one.stored.article.byline.truncate(1);
        }
    }),
    ("days that are not whole inside count", |articles| {
        for one in articles {
            if let Some(published) = &mut one.stored.article.published {
                published.span = DateSpan::day(published.span.first());
            }
        }
    }),
    ("names without a mention are lost", |articles| {
        for one in articles {
            one.stored.annotations.entities.retain(|entity| !entity.mentions.is_empty());
        }
    }),
];

fn exact_for_stem(form: Form) -> Form {
    if form == Form::Stem { Form::Exact } else { form }
}

fn further(within: &mut Within, by: i16) {
    if let Within::Words(n) | Within::WordsInOrder(n) = within {
        *n = n.saturating_add_signed(by as i8);
    }
}

fn change_within(clause: &mut Clause, from: Within, to: Within) {
    each_within(clause, &mut |within| {
        if *within == from {
            *within = to;
        }
    });
}

fn each_within(clause: &mut Clause, change: &mut dyn FnMut(&mut Within)) {
    each_pattern(clause, &mut |pattern| {
        if let Pattern::Near { within, .. } | Pattern::NotNear { within, .. } = pattern {
            change(within);
        }
    });
}

fn each_phrase(clause: &mut Clause, change: &mut dyn FnMut(&mut Vec<Pattern>, &mut u8)) {
    each_pattern(clause, &mut |pattern| {
        if let Pattern::Phrase { items, slop } = pattern {
            change(items, slop);
        }
    });
}

/// Changes every pattern of a clause, inner patterns first.
fn each_pattern(clause: &mut Clause, change: &mut dyn FnMut(&mut Pattern)) {
    fn visit(pattern: &mut Pattern, change: &mut dyn FnMut(&mut Pattern)) {
        match pattern {
            Pattern::Terms(_) => {}
            Pattern::Phrase { items, .. } | Pattern::Or(items) => items.iter_mut().for_each(|item| visit(item, change)),
            Pattern::Near { left, right, .. } | Pattern::NotNear { left, right, .. } => {
                visit(left, change);
                visit(right, change);
            }
        }
        change(pattern);
    }
    each_clause(clause, &mut |clause| {
        if let Clause::Text { pattern, .. } | Clause::Words { pattern, .. } = clause {
            visit(pattern, change);
        }
    });
}

/// Changes every clause in a clause, inner clauses first.
fn each_clause(clause: &mut Clause, change: &mut dyn FnMut(&mut Clause)) {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) => clauses.iter_mut().for_each(|clause| each_clause(clause, change)),
        Clause::Not(clause) | Clause::Boost { clause, .. } => each_clause(clause, change),
        Clause::List { required, optional, excluded, .. } => {
            for clause in required.iter_mut().chain(optional).chain(excluded) {
                each_clause(clause, change);
            }
        }
        _ => {}
    }
    change(clause);
}
