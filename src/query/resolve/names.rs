//! Resolves names: words -> keys of entities, through all spellings of the index and the user's aliases.

use super::wildcards::{WildWord, wild_words};
use super::{Named, Resolver};
use crate::query::Clause;
use crate::query::names::NameWord;
use crate::query::notes::brief;
use crate::query::{Field, KnownName, NamePattern, Node, WordPattern, name_words};
use morgue_article::EntityKind;
use morgue_article::token::fold;

impl Resolver<'_> {
    /// The clause of a name; `None` if it has no word.
    pub(super) fn name(&mut self, node: &Node, kind: Option<EntityKind>) -> Option<Clause> {
        let words = self.words_of_name(node);
        if words.is_empty() {
            return None;
        }
        let whole = matches!(node, Node::Phrase { .. } | Node::Word { exact: true, .. });
        let pattern = NamePattern { words };
        let mut found = self.dictionary.names(kind, &pattern, whole);
        let with = self.with;
        for group in with.aliases.groups() {
            let spellings: Vec<Vec<String>> = group.iter().map(|name| name_words(self.tokenizer, name)).collect();
            if !spellings.iter().any(|words| pattern.matches(words, whole)) {
                continue;
            }
            for words in spellings {
                let pattern = NamePattern { words: words.into_iter().map(NameWord::Exact).collect() };
                found.extend(self.dictionary.names(kind, &pattern, true));
            }
        }
        if found.is_empty() {
            self.note_unknown_name(node, kind, &pattern, whole);
        }
        found.sort_unstable_by(|a, b| b.docs.cmp(&a.docs).then_with(|| a.name.cmp(&b.name)));
        found.dedup();
        let leaf = self.leaf(node, Some(Field::Name(kind)));
        self.named.push(Named { typed: self.leaves[leaf.index()].typed.clone(), names: found.clone() });
        let mut keys: Vec<String> = found.into_iter().map(|name| name.key).collect();
        keys.sort_unstable();
        keys.dedup();
        Some(Clause::Name { leaf, kind, keys })
    }

    fn words_of_name(&mut self, node: &Node) -> Vec<NameWord> {
        match node {
            Node::Word { text, .. } => name_words(self.tokenizer, text).into_iter().map(NameWord::Exact).collect(),
            Node::Phrase { items, .. } => items.iter().flat_map(|item| self.words_of_name(item)).collect(),
            Node::Wildcard(text) => {
                let words = wild_words(self.tokenizer, text).into_iter().flat_map(|word| match word {
                    WildWord::Plain(word) => {
                        let folded = fold(&text[word.range.clone()]);
                        name_words(self.tokenizer, &folded).into_iter().map(NameWord::Exact).collect::<Vec<_>>()
                    }
                    WildWord::Wild(text) => vec![NameWord::Pattern(WordPattern::wildcard(&text))],
                });
                words.collect()
            }
            Node::Fuzzy { text, edits } => {
                let fuzzy = |word: String| NameWord::Pattern(WordPattern::fuzzy(&word, *edits));
                name_words(self.tokenizer, text).into_iter().map(fuzzy).collect()
            }
            Node::Regex(source) => WordPattern::regex(source).map(NameWord::Pattern).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Adds a note that no article has the name, with the most similar name if there is one.
    fn note_unknown_name(&mut self, node: &Node, kind: Option<EntityKind>, asked: &NamePattern, whole: bool) {
        let field = kind.map_or("entity", EntityKind::name);
        let text = brief(&match node {
            Node::Word { text, .. } | Node::Wildcard(text) | Node::Fuzzy { text, .. } => text.clone(),
            Node::Phrase { items, .. } => items.iter().map(word_of).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        });
        match self.near_name(kind, asked, whole) {
            Some(near) => self.notes.add(format!("no article names {text}; did you mean {field}:\"{}\"?", near.name)),
            None if matches!(node, Node::Phrase { .. }) => {
                self.notes.add(format!("no article has the name {field}:\"{text}\""));
            }
            None => self.notes.add(format!("no article has the name {field}:{text}")),
        }
    }

    /// The most frequent name whose words differ from those of the query by one or two letters.
    fn near_name(&mut self, kind: Option<EntityKind>, asked: &NamePattern, whole: bool) -> Option<KnownName> {
        if !self.may_suggest() {
            return None;
        }
        let within = |most: u8| {
            let fuzzy = |word: &NameWord| match word {
                NameWord::Exact(word) if word.chars().count() > 2 => {
                    let edits = if word.chars().count() > 4 { most } else { 1 };
                    NameWord::Pattern(WordPattern::fuzzy(word, edits))
                }
                word => word.clone(),
            };
            NamePattern { words: asked.words.iter().map(fuzzy).collect() }
        };
        let nearer = within(1);
        let mut known: Vec<(bool, KnownName)> = Vec::new();
        for name in self.dictionary.names(kind, &within(2), whole) {
            known.push((nearer.matches(&name_words(self.tokenizer, &name.name), whole), name));
        }
        let order = |(near, name): &(bool, KnownName)| (*near, name.docs, std::cmp::Reverse(name.name.clone()));
        known.into_iter().max_by_key(order).map(|(_, name)| name)
    }
}

fn word_of(node: &Node) -> &str {
    match node {
        Node::Word { text, .. } | Node::Wildcard(text) => text,
        _ => "",
    }
}
