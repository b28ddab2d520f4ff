//! Names as they are asked for, and the aliases that a user gives.

mod sieve;

use super::WordPattern;
use morgue_article::EntityKind;
use morgue_article::token::{Form, LONGEST_FORM, Stemming, Tokenizer, Tokens};

pub(crate) use sieve::NameSieve;
pub(super) use sieve::letters;

/// The words of a name, as a query asks for them.
#[derive(Debug, Clone)]
pub struct NamePattern {
    pub(super) words: Vec<NameWord>,
}

/// One word of a name.
#[derive(Debug, Clone)]
pub(super) enum NameWord {
    /// This exact form.
    Exact(String),
    /// A wildcard, fuzzy word or regular expression.
    Pattern(WordPattern),
}

impl NameWord {
    fn matches(&self, word: &str) -> bool {
        match self {
            NameWord::Exact(exact) => exact == word,
            NameWord::Pattern(pattern) => pattern.matches(word).is_some(),
        }
    }
}

impl NamePattern {
    /// The name spelled so.
    pub fn of(tokenizer: &mut Tokenizer, name: &str) -> NamePattern {
        NamePattern { words: name_words(tokenizer, name).into_iter().map(NameWord::Exact).collect() }
    }

    /// Does a name of these words ([`name_words`]) match: as a whole, or somewhere in it, its words one after another?
    pub fn matches<S: AsRef<str>>(&self, words: &[S], whole: bool) -> bool {
        let count = self.words.len();
        if count == 0 || count > words.len() || whole && count != words.len() {
            return false;
        }
        words.windows(count).any(|run| run.iter().zip(&self.words).all(|(word, asked)| asked.matches(word.as_ref())))
    }

    /// The name asked for in lower case, where it is asked for letter by letter.
    pub fn text(&self) -> Option<String> {
        let words = self.words.iter().map(|word| match word {
            NameWord::Exact(exact) => Some(exact.as_str()),
            NameWord::Pattern(_) => None,
        });
        words.collect::<Option<Vec<&str>>>().filter(|words| !words.is_empty()).map(|words| words.join(" "))
    }
}

/// The words of a name: exact forms, those of compounds apart.
pub fn name_words(tokenizer: &mut Tokenizer, name: &str) -> Vec<String> {
    let mut tokens = Tokens::default();
    words_in(&mut tokens, tokenizer, name).into_iter().map(str::to_owned).collect()
}

fn words_in<'t>(tokens: &'t mut Tokens, tokenizer: &mut Tokenizer, name: &str) -> Vec<&'t str> {
    tokenizer.text(name, tokens);
    let parts = tokens.tokens.iter().filter(|token| token.form == Form::Exact && token.width == 1);
    parts.map(|token| tokens.text(token)).collect()
}

/// Cuts many names into words, as [`name_words`] does.
pub(crate) struct NameCutter {
    tokenizer: Tokenizer,
    tokens: Tokens,
    lower: String,
}

impl NameCutter {
    pub(crate) fn new() -> NameCutter {
        NameCutter { tokenizer: Tokenizer::new(Stemming::None), tokens: Tokens::default(), lower: String::new() }
    }

    /// The words of one name.
    pub(crate) fn words(&mut self, name: &str) -> Vec<&str> {
        // Most names are plain letters and blanks; these need no tokenizer, which would take longer than the search.
        if name.len() <= LONGEST_FORM && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ') {
            self.lower.clear();
            self.lower.push_str(name);
            self.lower.make_ascii_lowercase();
            return self.lower.split(' ').filter(|word| !word.is_empty()).collect();
        }
        words_in(&mut self.tokens, &mut self.tokenizer, name)
    }
}

/// Names that a user declares to be one: groups of spellings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    groups: Vec<Vec<String>>,
}

impl Aliases {
    /// Reads lines of `canonical name TAB alias`. Empty lines and those that begin with `#` are passed over; the error
    /// is the number of the first other line without a tab, from 1.
    ///
    /// ```
    /// use morgue::query::Aliases;
    ///
    /// let aliases = Aliases::read("Vladimir Putin\tWladimir Putin\nVladimir Putin\tPoutine\n").unwrap();
    /// assert_eq!(aliases.groups().next().unwrap(), ["Vladimir Putin", "Wladimir Putin", "Poutine"]);
    /// assert_eq!(Aliases::read("Putin, Vladimir"), Err(1));
    /// ```
    pub fn read(text: &str) -> Result<Aliases, usize> {
        let mut pairs = Vec::new();
        for (i, line) in text.lines().enumerate() {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (canonical, alias) = line.split_once('\t').ok_or(i + 1)?;
            pairs.push((canonical.trim().to_string(), alias.trim().to_string()));
        }
        Ok(pairs.into_iter().collect())
    }

    /// The spellings of each name, the canonical one first.
    pub fn groups(&self) -> impl Iterator<Item = &[String]> {
        self.groups.iter().map(Vec::as_slice)
    }
}

/// Names that a user declares to be none: what was taken for a person, organisation or place, and is not worth
/// counting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StopEntities {
    names: Vec<(Option<EntityKind>, String)>,
}

impl StopEntities {
    /// Reads one name a line; `person:`, `org:` or `place:` before it means names of that kind only. Empty lines and
    /// those that begin with `#` are passed over.
    ///
    /// ```
    /// use morgue::article::EntityKind;
    /// use morgue::query::StopEntities;
    ///
    /// let stops = StopEntities::read("# not people\nperson:May\nGetty Images\n");
    /// let names: Vec<_> = stops.names().collect();
    /// assert_eq!(names, [(Some(EntityKind::Person), "May"), (None, "Getty Images")]);
    /// ```
    pub fn read(text: &str) -> StopEntities {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let names = lines.map(|line| {
            let of_kind = EntityKind::ALL.into_iter().find_map(|kind| {
                let name = line.strip_prefix(kind.name())?.strip_prefix(':')?;
                Some((Some(kind), name.trim().to_string()))
            });
            of_kind.unwrap_or_else(|| (None, line.to_string()))
        });
        StopEntities { names: names.filter(|(_, name)| !name.is_empty()).collect() }
    }

    /// Each name, and of which kind; `None` is every kind.
    pub fn names(&self) -> impl Iterator<Item = (Option<EntityKind>, &str)> {
        self.names.iter().map(|(kind, name)| (*kind, name.as_str()))
    }
}

impl FromIterator<(String, String)> for Aliases {
    /// Pairs of canonical name and alias.
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Aliases {
        let mut groups: Vec<Vec<String>> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for (canonical, alias) in pairs {
            let place = *places.entry(canonical.clone()).or_insert_with(|| {
                groups.push(vec![canonical]);
                groups.len() - 1
            });
            if !groups[place].contains(&alias) {
                groups[place].push(alias);
            }
        }
        Aliases { groups }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn many_names_are_cut_as_one_is(name in "[A-Za-z .'-]{0,40}", plain in "[A-Za-z ]{0,40}") {
            let mut cutter = NameCutter::new();
            for name in [name, plain] {
                let expected = name_words(&mut Tokenizer::new(Stemming::English), &name);
                prop_assert_eq!(cutter.words(&name), expected);
            }
        }
    }

    #[test]
    fn names_match_by_words_and_as_a_whole() {
        let mut tokenizer = Tokenizer::new(Stemming::English);
        let table = [
            ("putin", "Vladimir Putin", true, false),
            ("Vladimir Putin", "VLADIMIR PUTIN", true, true),
            ("vladimir v", "Vladimir Putin", false, false),
            ("o'brien", "Pat O’Brien", true, false),
            ("jean luc", "Jean-Luc Picard", true, false),
            ("us", "U.S.", true, true),
            ("at&t", "AT&T Inc.", true, false),
            ("", "Putin", false, false),
        ];
        for (asked, name, somewhere, whole) in table {
            let pattern = NamePattern::of(&mut tokenizer, asked);
            let words = name_words(&mut tokenizer, name);
            assert_eq!(pattern.matches(&words, false), somewhere, "{asked} in {name} {words:?}");
            assert_eq!(pattern.matches(&words, true), whole, "{asked} is {name} {words:?}");
        }
    }
}
