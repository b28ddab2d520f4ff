//! Resolves words, phrases, wildcards, fuzzy words, expressions and proximity to patterns of terms.

use super::{Expanded, Resolver};
use crate::query::notes::brief;
use crate::query::{Field, MAX_EXPANSIONS, Node, WordPattern};
use crate::query::{Pattern, Term};
use morgue_article::token::{Form, TypedWord, fold};

impl Resolver<'_> {
    /// The pattern of a word, phrase, proximity or group of alternatives; `None` if it has no word.
    pub(super) fn pattern(&mut self, node: &Node, field: Option<Field>) -> Option<Pattern> {
        match node {
            Node::Word { text, exact } => {
                let words = self.typed(text, field);
                in_order(words.iter().map(|word| self.word(word, *exact, field)).collect(), 0)
            }
            Node::Phrase { items, slop } => {
                let items = items.iter().flat_map(|item| self.phrase_item(item, field)).collect();
                in_order(items, *slop)
            }
            Node::Wildcard(text) => in_order(self.wildcard(text, field), 0),
            Node::Fuzzy { text, edits } => in_order(self.fuzzy(text, *edits, field), 0),
            Node::Regex(source) => {
                // The lexer has compiled the expression, so there is no error here.
                let pattern = WordPattern::regex(source).ok()?;
                Some(self.expand(format!("/{source}/"), &pattern, field))
            }
            Node::Or(nodes) => {
                let mut patterns: Vec<Pattern> = nodes.iter().filter_map(|node| self.pattern(node, field)).collect();
                if patterns.len() < 2 { patterns.pop() } else { Some(Pattern::Or(patterns)) }
            }
            Node::Near { left, right, within, negated } => {
                let nothing = || Pattern::Terms(Vec::new());
                let left = Box::new(self.pattern(left, field).unwrap_or_else(nothing));
                let right = Box::new(self.pattern(right, field).unwrap_or_else(nothing));
                let within = *within;
                Some(if *negated {
                    Pattern::NotNear { left, right, within }
                } else {
                    Pattern::Near { left, right, within }
                })
            }
            Node::Field { field, node } => self.pattern(node, Some(*field)),
            Node::Boost { node, .. } => self.pattern(node, field),
            // The parser refuses all others as sides.
            _ => None,
        }
    }

    fn phrase_item(&mut self, item: &Node, field: Option<Field>) -> Vec<Pattern> {
        match item {
            Node::Word { text, .. } => {
                let words = self.typed(text, field);
                words.iter().map(|word| self.word(word, true, field)).collect()
            }
            Node::Wildcard(text) => self.wildcard(text, field),
            _ => Vec::new(),
        }
    }

    /// The words of a typed run. In fields outside the text, capitals have no meaning.
    fn typed(&mut self, text: &str, field: Option<Field>) -> Vec<TypedWord> {
        let outside_text = field.is_some_and(|field| !field.is_zone());
        self.tokenizer.typed(text, self.all_caps || outside_text)
    }

    /// The forms of one word.
    fn word(&mut self, word: &TypedWord, exact: bool, field: Option<Field>) -> Pattern {
        let forms = if exact { &word.exact } else { &word.stemmed };
        if field.is_none_or(Field::is_zone) {
            self.note_about(word, forms);
        }
        let term =
            |(form, text): &(Form, String)| Term { form: *form, text: text.clone(), width: word.width, weight: 1.0 };
        Pattern::Terms(forms.iter().map(term).collect())
    }

    /// The patterns of a fuzzy word. If the tokenizer cuts it into several words, each one is fuzzy, except single
    /// characters.
    fn fuzzy(&mut self, text: &str, edits: u8, field: Option<Field>) -> Vec<Pattern> {
        let words = self.tokenizer.typed(text, true);
        let alone = words.len() == 1;
        let pattern = |word: &TypedWord, this: &mut Self| {
            let folded = fold(&text[word.range.clone()]).replace('.', "");
            let edits = if alone || folded.chars().nth(1).is_some() { edits } else { 0 };
            this.expand(format!("{folded}~{edits}"), &WordPattern::fuzzy(&folded, edits), field)
        };
        words.iter().map(|word| pattern(word, self)).collect()
    }

    /// The words of the index that match `pattern`. Each edit halves the weight of a fuzzy neighbor.
    pub(super) fn expand(&mut self, typed: String, pattern: &WordPattern, field: Option<Field>) -> Pattern {
        let outside_text = field.filter(|field| !field.is_zone());
        let key = (outside_text, typed);
        if let Some(known) = self.expansions.get(&key) {
            return known.clone();
        }
        let mut found = self.dictionary.expand(outside_text, pattern, MAX_EXPANSIONS);
        let typed = key.1.clone();
        match found.terms.len() as u64 {
            0 => self.notes.add(format!("{} matches no word", brief(&typed))),
            count if count < found.total => self.notes.add(format!(
                "{} matches {} words: the {count} most frequent are looked for",
                brief(&typed),
                found.total
            )),
            _ => {}
        }
        found.terms.sort_unstable_by(|a, b| b.docs.cmp(&a.docs).then_with(|| a.text.cmp(&b.text)));
        let words = found.terms.iter().map(|term| (term.text.clone(), term.docs)).collect();
        self.expanded.push(Expanded { typed, words, total: found.total });
        let mut terms: Vec<Term> = Vec::with_capacity(found.terms.len());
        for term in found.terms {
            let width = self.tokenizer.width(&term.text);
            let weight = [1.0, 0.5, 0.25][usize::from(term.edits.min(2))];
            terms.push(Term { form: Form::Exact, text: term.text, width, weight });
        }
        terms.sort_unstable_by(|a, b| a.text.cmp(&b.text));
        let pattern = Pattern::Terms(terms);
        self.expansions.insert(key, pattern.clone());
        pattern
    }
}

/// A phrase of the items. A single item is not a phrase.
fn in_order(mut items: Vec<Pattern>, slop: u8) -> Option<Pattern> {
    if items.len() < 2 { items.pop() } else { Some(Pattern::Phrase { items, slop }) }
}
