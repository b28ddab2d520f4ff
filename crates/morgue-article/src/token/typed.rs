//! The words of a query: which forms of the index satisfy each typed word.

use std::ops::Range;

use super::cut::{CutOptions, Cutter};
use super::{Form, Tokenizer, Tokens};

/// One typed word, and the forms that satisfy it at one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedWord {
    /// The range in the typed text, in bytes.
    pub range: Range<usize>,
    /// The one form that satisfies an exact look-up (quotes, `=`).
    pub exact: Vec<(Form, String)>,
    /// The one or two forms that satisfy a stemmed look-up (a bare word).
    pub stemmed: Vec<(Form, String)>,
    /// The number of positions that it covers: 1, or more for `AT&T`, which is looked up as one word.
    pub width: u8,
}

impl Tokenizer {
    /// The words to look up for `text`, one run without blanks, at consecutive positions. Empty if `text` has no
    /// letter or digit. `all_caps` says that the text around is all in capitals, or that the field does not
    /// distinguish `US` from `us`; then capitals have no meaning.
    ///
    /// - `US`, `U.S.` and `$5` are looked up by their marked form only. A stemmed look-up also takes the plural or
    ///   singular: `NGO` and `NGOs`.
    /// - `AT&T` is looked up by the marked form of the whole only.
    /// - Any other compound is looked up by its parts in order, without marked forms, so that `COVID-19`, `covid-19`
    ///   and `covid 19` find each other.
    /// - A stemmed look-up takes the stem, and the exact form with the same letters only if that form is its own stem.
    ///
    /// ```
    /// use morgue_article::token::{Form, Stemming, Tokenizer};
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
        cutter.paragraph(super::within_limit(text), 0, CutOptions { all_caps, sentences: false, folded: false });
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
                Form::Marked => marked_numbers(&text),
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

    /// The number of positions that an exact or marked form covers: 1, or the number of parts of a whole compound.
    /// This is for forms in an index, where a wildcard may expand to `covid` and `covid-19`.
    ///
    /// ```
    /// use morgue_article::token::{Stemming, Tokenizer};
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
        cutter.paragraph(super::within_limit(form), 0, CutOptions { all_caps: false, sentences: false, folded: true });
        tokens.words.clamp(1, 255) as u8
    }
}

/// The forms that satisfy a stemmed look-up of a marked form. `NGO` and `NGOs` find each other; a sum finds only
/// itself.
fn marked_numbers(mark: &str) -> Vec<(Form, String)> {
    let mut forms = vec![(Form::Marked, mark.to_string())];
    match mark.strip_suffix('s') {
        Some(singular) => forms.push((Form::Marked, singular.to_string())),
        None if mark.starts_with(char::is_alphanumeric) && !mark.contains('&') => {
            forms.push((Form::Marked, format!("{mark}s")));
        }
        None => {}
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Stemming;

    /// Words with a blank between them. Each is: the forms of an exact look-up, `|`, the forms of a stemmed look-up,
    /// with `~` before a stem, `!` before a marked form and `/n` after a word of n positions.
    fn look_up(text: &str, all_caps: bool) -> String {
        let show = |forms: &[(Form, String)]| {
            let shown = forms.iter().map(|(form, text)| format!("{}{text}", ["", "~", "!"][*form as usize]));
            shown.collect::<Vec<_>>().join(",")
        };
        let words = Tokenizer::new(Stemming::English).typed(text, all_caps).into_iter().map(|word| {
            let width = if word.width > 1 { format!("/{}", word.width) } else { String::new() };
            format!("{}|{}{width}", show(&word.exact), show(&word.stemmed))
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn typed_runs() {
        for (text, expected) in [
            ("", ""),
            ("--", ""),
            ("dam", "dam|~dam,dam"),
            ("Dams", "dams|~dam,dam"),
            ("skis", "skis|~ski,ski"),
            // The stem of `eas` would be `ea`: a text's `eas` is another word.
            ("easing", "easing|~eas"),
            ("us", "us|us"),
            ("US", "!US|!US,!USs"),
            ("U.S.", "!US|!US,!USs"),
            ("U.S.'s", "!US|!US,!USs"),
            ("u.s.", "us|us"),
            ("NATO", "!NATO|!NATO,!NATOs"),
            ("Nato", "nato|~nato,nato"),
            ("NGOs", "!NGOs|!NGOs,!NGO"),
            ("iPhones", "iphones|~iphon,iphon"),
            ("I", "i|i"),
            ("O'Brien", "o'brien|o'brien"),
            ("Obama’s", "obama|~obama,obama"),
            ("$5", "!$5|!$5"),
            ("€1,200", "!€1200|!€1200"),
            ("1,200", "1200|1200"),
            ("10:30", "10|10 30|30"),
            ("COVID-19", "covid|~covid,covid 19|19"),
            ("U.S.-led", "us|us led|~led,led"),
            ("AT&T", "!AT&T|!AT&T/2"),
            ("at&t", "at|at t|t"),
            ("R&D", "!R&D|!R&D/2"),
            ("example.com", "example|~exampl,exampl com|~com,com"),
            ("C++", "c++|c++"),
            ("#MeToo", "metoo|~metoo,metoo"),
            ("and/or", "and|~and,and or|or"),
            ("US/UK", "!US|!US,!USs !UK|!UK,!UKs"),
            ("東京", "東|東 京|京"),
            ("café", "cafe|~cafe,cafe"),
        ] {
            assert_eq!(look_up(text, false), expected, "{text}");
        }
    }

    #[test]
    fn among_capitals_only_dots_tell() {
        for (text, expected) in
            [("US", "us|us"), ("NATO", "nato|~nato,nato"), ("U.S.", "!US|!US,!USs"), ("AT&T", "!AT&T|!AT&T/2")]
        {
            assert_eq!(look_up(text, true), expected, "{text}");
        }
    }

    #[test]
    fn ranges_are_of_the_typed_text() {
        let words = Tokenizer::new(Stemming::English).typed("“COVID-19’s", false);
        assert_eq!(words.iter().map(|word| word.range.clone()).collect::<Vec<_>>(), [3..8, 9..11]);
    }

    #[test]
    fn widths() {
        let mut tokenizer = Tokenizer::new(Stemming::English);
        for (form, width) in [
            ("dam", 1),
            ("3.5", 1),
            ("o'brien", 1),
            ("c++", 1),
            ("$5", 1),
            ("covid-19", 2),
            ("at&t", 2),
            ("AT&T", 2),
            ("10:30", 2),
            ("1.2.3", 3),
            ("u.s", 2),
            ("a-b-c-d-e-f-g-h", 8),
            ("", 1),
        ] {
            assert_eq!(tokenizer.width(form), width, "{form}");
        }
    }
}
