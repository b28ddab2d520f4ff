//! Regular expressions over words: which ones are allowed, and how large they may be.

use regex_automata::MatchKind;
use regex_automata::dfa::{StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::syntax;

/// An automaton over whole folded words.
pub(super) type Automaton = dense::DFA<Vec<u32>>;

/// The greatest memory of one expression's automaton, in bytes. It is enough for any class of letters, repeated some dozen
/// times.
const MAX_BYTES: usize = 1 << 20;

/// The greatest memory of the automata of all expressions of one query, in bytes, and the greatest number of them.
const MAX_BYTES_OF_ALL: usize = 4 << 20;
const MAX_EXPRESSIONS: usize = 256;

/// The memory and the number of the expressions of one query so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    bytes: usize,
    expressions: usize,
}

impl Budget {
    /// Checks an expression. The error has a message and a remedy.
    pub(super) fn check(&mut self, source: &str) -> Result<(), (String, String)> {
        self.expressions += 1;
        if self.expressions > MAX_EXPRESSIONS || self.bytes > MAX_BYTES_OF_ALL {
            let message = "there are too many regular expressions in one query".to_string();
            return Err((message, "join some of them with | or write wildcards".to_string()));
        }
        self.bytes += compile(source)?.memory_usage();
        Ok(())
    }
}

/// The automaton of an expression, anchored at both ends.
pub(super) fn compile(source: &str) -> Result<Automaton, (String, String)> {
    let hir = syntax::parse_with(&fold(source), &syntax::Config::new().nest_limit(100)).map_err(|error| {
        let what = match &error {
            regex_syntax::Error::Parse(error) => error.kind().to_string(),
            regex_syntax::Error::Translate(error) => error.kind().to_string(),
            _ => error.to_string(),
        };
        (format!("the regular expression cannot be read: {what}"), unreadable(source))
    })?;
    let looks = hir.properties().look_set();
    if looks.contains_word() || looks.contains_anchor_line() {
        let message = "the regular expression looks around, which word expressions cannot";
        return Err((
            message.to_string(),
            "leave out \\b, \\B and (?m): it is matched against whole words".to_string(),
        ));
    }
    automaton(&hir).ok_or_else(|| {
        let message = "the regular expression is too large";
        (message.to_string(), "write smaller repetitions, or several expressions with OR".to_string())
    })
}

/// The beginning of every word that the expression matches.
pub(super) fn prefix(source: &str) -> String {
    let Ok(hir) = syntax::parse_with(&fold(source), &syntax::Config::new().nest_limit(100)) else {
        return String::new();
    };
    let literals = regex_syntax::hir::literal::Extractor::new().extract(&hir);
    let bytes = literals.longest_common_prefix().unwrap_or_default();
    let whole = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    whole.to_string()
}

/// The automaton of a parsed expression, anchored at both ends; `None` if it is too large.
fn automaton(hir: &regex_syntax::hir::Hir) -> Option<Automaton> {
    use regex_syntax::hir::{Hir, Look};
    let anchored = Hir::concat(vec![hir.clone(), Hir::look(Look::End)]);
    let nfa = thompson::Compiler::new()
        .configure(
            thompson::Config::new().nfa_size_limit(Some(MAX_BYTES)).which_captures(thompson::WhichCaptures::None),
        )
        .build_from_hir(&anchored)
        .ok()?;
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .match_kind(MatchKind::All)
                .dfa_size_limit(Some(MAX_BYTES))
                .determinize_size_limit(Some(MAX_BYTES)),
        )
        .build_from_nfa(&nfa)
        .ok()
}

fn unreadable(source: &str) -> String {
    let lookaround = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|look| source.contains(look));
    let backreference = source.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_digit());
    if lookaround || backreference {
        return "look-around and back-references cannot be used; write the words out with |".to_string();
    }
    "correct it, or write it as text in quotes".to_string()
}

/// Folds the letters of an expression in the same way as words are folded. Names of classes and flags are kept.
fn fold(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                out.push(c);
                out.extend(chars.next());
                if chars.peek() == Some(&'{') {
                    copy_through('}', &mut chars, &mut out);
                }
            }
            '(' if chars.peek() == Some(&'?') => {
                out.push(c);
                while let Some(c) = chars.next_if(|c| !matches!(c, ')' | ':' | '>')) {
                    out.push(c);
                }
            }
            '[' if chars.peek() == Some(&':') => {
                out.push(c);
                copy_through(']', &mut chars, &mut out);
            }
            _ => {
                let folded = morgue_article::token::fold(c.encode_utf8(&mut [0; 4]));
                // A letter that folds to several letters would become several atoms.
                let one = folded.chars().nth(1).is_none() && !folded.is_empty();
                if one { out.push_str(&folded) } else { out.push(c) }
            }
        }
    }
    out
}

fn copy_through(last: char, chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    for c in chars.by_ref() {
        out.push(c);
        if c == last {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_folded_and_classes_are_not() {
        let table = [
            ("Café", "cafe"),
            (r"\W\S\p{Greek}\x{41}", r"\W\S\p{Greek}\x{41}"),
            ("(?P<Name>A)", "(?P<Name>a)"),
            ("[[:Alpha:]B]", "[[:Alpha:]b]"),
        ];
        for (source, expected) in table {
            assert_eq!(fold(source), expected, "{source}");
        }
    }

    #[test]
    fn expressions_that_cannot_be_used_are_errors() {
        for source in ["a(", "a)", "[a", "(?=a)b", r"(a)\1", r"\bdam\b", "(?m)^a", "*a", "a{9", "\\"] {
            assert!(compile(source).is_err(), "{source}");
        }
        assert!(compile("(?=a)b").unwrap_err().1.contains("look-around"));
        assert!(compile(r"(\w{90}){90}").unwrap_err().0.contains("too large"));
        assert!(compile(&"(".repeat(500)).is_err());
        for source in ["a", "collaps(e|ed)", r"\w+gate", "^dam$", "a+?", r"\p{Greek}+", "colou?r[a-z]{0,3}"] {
            assert!(compile(source).is_ok(), "{source}");
        }
    }

    #[test]
    fn the_number_of_expressions_is_limited() {
        let mut budget = Budget::default();
        let refused = (0..MAX_EXPRESSIONS + 1).find(|_| budget.check("a").is_err());
        assert_eq!(refused, Some(MAX_EXPRESSIONS));
    }
}
