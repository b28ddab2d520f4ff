//! How a typed run without blanks is looked up: which forms satisfy each of its words.

use std::ops::Range;

use super::cut::{Cutter, Manner};
use super::{Form, Tokenizer, Tokens};

/// One word of a typed run: what satisfies it at one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedWord {
    /// Bytes of the typed text.
    pub range: Range<usize>,
    /// The forms that satisfy an exact look-up (quotes, `=`): one.
    pub exact: Vec<(Form, String)>,
    /// The forms that satisfy a stemmed look-up (a bare word): one or two.
    pub stemmed: Vec<(Form, String)>,
    /// How many positions it covers: 1, or more for an `AT&T`, which is looked up as one.
    pub width: u8,
}

impl Tokenizer {
    /// How `text`, one run without blanks, is looked up: as words at positions one after another. Empty where it has
    /// no letter or digit. `all_caps` says that the text around is all capitals (or that the field does not tell
    /// `US` from `us`), so that capitals ask for nothing.
    ///
    /// A word that carries a mark (`US`, `U.S.`, `$5`) asks for its marked form alone; an `AT&T` asks for its marked
    /// whole alone; any other compound asks for its parts in order, without marks, so that `COVID-19`, `covid-19` and
    /// `covid 19` find each other. A stemmed look-up asks for the stem, and for the exact form of the same letters
    /// only where that is its own stem.
    ///
    /// ```
    /// use morgue::token::{Form, Stemming, Tokenizer};
    ///
    /// let mut tokenizer = Tokenizer::new(Stemming::English);
    /// let words = tokenizer.typed("U.S.", false);
    /// assert_eq!(words[0].exact, [(Form::Marked, "US".to_string())]);
    /// let words = tokenizer.typed("us", false);
    /// assert_eq!(words[0].exact, [(Form::Exact, "us".to_string())]);
    /// let words = tokenizer.typed("dams", false);
    /// assert_eq!(words[0].exact, [(Form::Exact, "dams".to_string())]);
    /// assert_eq!(words[0].stemmed, [(Form::Stem, "dam".to_string()), (Form::Exact, "dam".to_string())]);
    /// let words = tokenizer.typed("COVID-19", false);
    /// assert_eq!(words[0].exact, [(Form::Exact, "covid".to_string())]);
    /// assert_eq!(words[1].exact, [(Form::Exact, "19".to_string())]);
    /// ```
    pub fn typed(&mut self, text: &str, all_caps: bool) -> Vec<TypedWord> {
        let mut tokens = Tokens::default();
        let mut cutter = Cutter { stems: &mut self.stems, out: &mut tokens, next: 0 };
        cutter.paragraph(super::within_limit(text), 0, Manner { all_caps, sentences: false, folded: false });
        let mut words: Vec<TypedWord> = Vec::new();
        let mut free = 0;
        for at_position in tokens.tokens.chunk_by(|a, b| a.position == b.position) {
            if at_position[0].position < free {
                continue;
            }
            let marked_whole = at_position.iter().find(|token| token.width > 1 && token.form == Form::Marked);
            let marked_word = at_position.iter().find(|token| !token.joined && token.form == Form::Marked);
            let chosen = marked_whole.or(marked_word).unwrap_or(&at_position[0]);
            free = chosen.position + u32::from(chosen.width);
            let text = tokens.text(chosen).to_string();
            let range = chosen.range.start as usize..chosen.range.end as usize;
            let stemmed = match chosen.form {
                Form::Marked => vec![(Form::Marked, text.clone())],
                _ => self.stemmed(&text),
            };
            words.push(TypedWord { range, exact: vec![(chosen.form, text)], stemmed, width: chosen.width });
        }
        words
    }

    /// The forms that satisfy a stemmed look-up of an exact form.
    fn stemmed(&mut self, exact: &str) -> Vec<(Form, String)> {
        let Some(stem) = self.stems.stem(exact).map(str::to_string) else {
            let mut forms = vec![(Form::Exact, exact.to_string())];
            if self.stems.is_stemmable(exact) {
                forms.insert(0, (Form::Stem, exact.to_string()));
            }
            return forms;
        };
        let is_own_stem = self.stems.stem(&stem).is_none();
        let mut forms = vec![(Form::Stem, stem.clone())];
        if is_own_stem {
            forms.push((Form::Exact, stem));
        }
        forms
    }

    /// How many positions an exact or marked form covers: 1, or the number of parts of a compound's whole. For forms
    /// met in an index, where a wildcard may expand to `covid` and `covid-19`.
    ///
    /// ```
    /// use morgue::token::{Stemming, Tokenizer};
    ///
    /// let mut tokenizer = Tokenizer::new(Stemming::None);
    /// assert_eq!(tokenizer.width("covid"), 1);
    /// assert_eq!(tokenizer.width("covid-19"), 2);
    /// assert_eq!(tokenizer.width("$5.93"), 1);
    /// ```
    pub fn width(&mut self, form: &str) -> u8 {
        if form.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return 1;
        }
        let mut tokens = Tokens::default();
        let mut cutter = Cutter { stems: &mut self.stems, out: &mut tokens, next: 0 };
        cutter.paragraph(super::within_limit(form), 0, Manner { all_caps: false, sentences: false, folded: true });
        tokens.words.clamp(1, 255) as u8
    }
}
