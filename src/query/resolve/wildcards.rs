//! Cuts a typed wildcard into words. It may have more than one (`anti-vax*`), and not all of them have wildcards.

use super::Resolver;
use crate::query::chunk::{Piece, is_letter, pieces};
use crate::query::{Field, WordPattern};
use crate::query::{Pattern, Term};
use morgue_article::token::{Form, Tokenizer, TypedWord, fold};

/// One word of a typed wildcard.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum WildWord {
    /// A word without wildcards, in its exact form. Its range is bytes of the whole typed text.
    Plain(TypedWord),
    /// A word with wildcards, folded.
    Wild(String),
}

impl Resolver<'_> {
    /// The patterns of a typed wildcard, one for each of its words.
    pub(super) fn wildcard(&mut self, text: &str, field: Option<Field>) -> Vec<Pattern> {
        let words = wild_words(self.tokenizer, text);
        let pattern = |word| match word {
            WildWord::Plain(word) => {
                let term = |(form, text): (Form, String)| Term { form, text, width: word.width, weight: 1.0 };
                Pattern::Terms(word.exact.into_iter().map(term).collect())
            }
            WildWord::Wild(text) => {
                let pattern = WordPattern::wildcard(&text);
                self.expand(text, &pattern, field)
            }
        };
        words.into_iter().map(pattern).collect()
    }
}

/// Cuts a typed wildcard into words as the tokenizer does. A wildcard is part of the word that it touches.
pub(super) fn wild_words(tokenizer: &mut Tokenizer, text: &str) -> Vec<WildWord> {
    let pieces = pieces(text);
    let mut words = Vec::new();
    let mut wild: Option<String> = None;
    for (i, piece) in pieces.iter().enumerate() {
        let literal = match piece {
            Piece::Any => {
                wild.get_or_insert_default().push('*');
                continue;
            }
            Piece::One => {
                wild.get_or_insert_default().push('?');
                continue;
            }
            Piece::Text(literal) => literal,
        };
        let typed = tokenizer.typed(literal, true);
        // The pieces are slices of `text`, so pointers give the offset.
        let base = literal.as_ptr() as usize - text.as_ptr() as usize;
        let touches_before = wild.is_some() && literal.starts_with(is_letter);
        let touches_after = i + 1 < pieces.len() && literal.ends_with(is_letter);
        if !touches_before || typed.is_empty() {
            words.extend(wild.take().map(WildWord::Wild));
        }
        let last = typed.len().saturating_sub(1);
        for (j, mut word) in typed.into_iter().enumerate() {
            let (first, last) = (j == 0 && touches_before, j == last && touches_after);
            if !first && !last {
                word.range = base + word.range.start..base + word.range.end;
                words.push(WildWord::Plain(word));
                continue;
            }
            // Before a wildcard, a final 's is kept.
            let end = if last { literal.len() } else { word.range.end };
            let start = if first { 0 } else { word.range.start };
            let folded = fold(&literal[start..end]).replace('.', "");
            wild.get_or_insert_default().push_str(folded.trim_start_matches(|c| !is_letter(c)));
            if !last {
                words.extend(wild.take().map(WildWord::Wild));
            }
        }
    }
    words.extend(wild.map(WildWord::Wild));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use morgue_article::token::Stemming;

    #[test]
    fn words_of_wildcards() {
        let mut tokenizer = Tokenizer::new(Stemming::English);
        let table = [
            ("collaps*", "collaps*"),
            ("Café*", "cafe*"),
            ("wom?n", "wom?n"),
            ("*gate", "*gate"),
            ("anti-vax*", "=anti vax*"),
            ("COVID-1*", "=covid 1*"),
            ("*-gate", "=gate"),
            ("post*-war", "post* =war"),
            ("O'B*", "o'b*"),
            ("Obama's*", "obama's*"),
            ("U.S*", "us*"),
            ("#Me*", "me*"),
            ("$5*", "5*"),
            ("日本*", "=日 本*"),
            ("🌊*gate-dam", "*gate =dam"),
            ("example.com/story*", "=example =com story*"),
        ];
        for (text, expected) in table {
            let words = wild_words(&mut tokenizer, text);
            let shown = words.iter().map(|word| match word {
                WildWord::Plain(word) => format!("={}", word.exact[0].1),
                WildWord::Wild(text) => text.clone(),
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{text}");
            for word in &words {
                let WildWord::Plain(word) = word else { continue };
                assert_eq!(fold(&text[word.range.clone()]), word.exact[0].1, "{text}");
            }
        }
    }
}
