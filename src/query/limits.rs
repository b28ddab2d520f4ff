//! Limits of the words and patterns of one query. No list typed by hand has more, and a search for all of them takes no
//! longer than a second.

use super::chunk::{is_letter, is_wild};
use super::lex::{Lexeme, Placed};
use super::{MAX_OPEN_PATTERNS, MAX_PATTERNS, MAX_WORDS, Node, QueryError};
use morgue_article::token::writes_no_blanks;

/// The numbers that are limited.
#[derive(Debug, Default, Clone, Copy)]
struct QuerySize {
    words: usize,
    patterns: usize,
    /// Patterns without a fixed beginning.
    open: usize,
}

/// Returns an error at the place where a limit is exceeded.
pub(super) fn check(lexemes: &[Placed]) -> Result<(), QueryError> {
    let mut counts = QuerySize::default();
    for Placed { lexeme, at } in lexemes {
        let Lexeme::Leaf(node) = lexeme else { continue };
        counts.add(node);
        let refused = |message: String, remedy: &str| Err(QueryError::new(at.clone(), message, remedy));
        if counts.words > MAX_WORDS {
            let message = format!("the query has more than {MAX_WORDS} words");
            return refused(message, "leave some out, or split it into several queries");
        }
        if counts.patterns > MAX_PATTERNS {
            let message = format!("the query has more than {MAX_PATTERNS} wildcards, fuzzy words and expressions");
            return refused(message, "write some of them out as words, or split it into several queries");
        }
        if counts.open > MAX_OPEN_PATTERNS {
            let message = format!(
                "the query has more than {MAX_OPEN_PATTERNS} fuzzy words, expressions, and wildcards that begin with *"
            );
            return refused(
                message,
                "each of these compares all words of the index: begin some with letters, as in dam*",
            );
        }
    }
    Ok(())
}

impl QuerySize {
    fn add(&mut self, node: &Node) {
        match node {
            Node::Word { text, .. } => self.words += words_in(text),
            Node::Phrase { items, .. } => items.iter().for_each(|item| self.add(item)),
            Node::Wildcard(text) => {
                self.words += words_in(text);
                let wild = text.split(|c| !is_letter(c) && c != '*' && c != '?').filter(|word| is_wild(word));
                for word in wild {
                    self.patterns += 1;
                    self.open += usize::from(word.starts_with('*'));
                }
            }
            Node::Fuzzy { text, .. } => {
                let words = words_in(text);
                self.words += words;
                self.patterns += words;
                self.open += words;
            }
            Node::Regex(_) => {
                self.words += 1;
                self.patterns += 1;
                self.open += 1;
            }
            _ => self.words += 1,
        }
    }
}

/// The approximate number of words that a typed run is cut into: one for each run of letters, and one for each character
/// of a script without blanks.
pub(super) fn words_in(text: &str) -> usize {
    let mut words = 0;
    let mut inside = false;
    for c in text.chars() {
        let letter = is_letter(c);
        words += usize::from(letter && (!inside || writes_no_blanks(c)));
        inside = letter;
    }
    words.max(1)
}

#[cfg(test)]
mod tests {
    use crate::query::{MAX_OPEN_PATTERNS, MAX_PATTERNS, MAX_WORDS, Query};

    #[test]
    fn a_query_above_a_limit_is_refused_at_its_place() {
        let table = [
            ("dam ", MAX_WORDS, "1024 words"),
            ("\"dam dam\" ", MAX_WORDS / 2, "1024 words"),
            ("dam-dam ", MAX_WORDS / 2, "1024 words"),
            ("東京 ", MAX_WORDS / 2, "1024 words"),
            ("title:* ", MAX_WORDS, "1024 words"),
            ("dam* ", MAX_PATTERNS, "wildcards"),
            ("d?m ", MAX_PATTERNS, "wildcards"),
            ("*dam ", MAX_OPEN_PATTERNS, "begin with *"),
            ("dam~ ", MAX_OPEN_PATTERNS, "fuzzy"),
            ("/dam/ ", MAX_OPEN_PATTERNS, "expressions"),
        ];
        for (unit, most, expected) in table {
            assert!(Query::parse(&unit.repeat(most)).is_ok(), "{unit}");
            let error = Query::parse(&unit.repeat(most + 1)).unwrap_err();
            assert!(error.message.contains(expected), "{unit}: {error}");
            assert_eq!(error.at.start, unit.len() * most, "{unit}");
        }
    }

    #[test]
    fn plain_text_is_cut_with_a_note() {
        let query = Query::plain(&"dam ".repeat(MAX_WORDS + 1));
        assert_eq!(query.notes().len(), 1, "{:?}", query.notes());
        assert_eq!(Query::parse(&query.to_string()).unwrap().root, query.root);
        assert!(Query::plain(&"dam ".repeat(MAX_WORDS)).notes().is_empty());
    }
}
