//! Names as a query asks for them, and the user's lists of aliases and of stopped names.

use super::WordPattern;
use morgue_article::EntityKind;
use morgue_article::token::{Form, Tokenizer, Tokens};

/// The words of a name, as a query asks for them.
#[derive(Debug, Clone)]
pub struct NamePattern {
    pub(crate) words: Vec<NameWord>,
}

/// One word of a name.
#[derive(Debug, Clone)]
pub(crate) enum NameWord {
    /// Exactly this form.
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
    /// A pattern that matches this name, word by word.
    pub fn of(tokenizer: &mut Tokenizer, name: &str) -> NamePattern {
        NamePattern { words: name_words(tokenizer, name).into_iter().map(NameWord::Exact).collect() }
    }

    /// Whether a name with these words ([`name_words`]) matches. If `whole` is true, all its words must match; otherwise a
    /// run of its words is enough.
    pub fn matches<S: AsRef<str>>(&self, words: &[S], whole: bool) -> bool {
        let count = self.words.len();
        if count == 0 || count > words.len() || whole && count != words.len() {
            return false;
        }
        words.windows(count).any(|run| run.iter().zip(&self.words).all(|(word, asked)| asked.matches(word.as_ref())))
    }

    /// The name in lower case; `None` if the pattern has a wildcard, fuzzy word or regular expression.
    pub fn text(&self) -> Option<String> {
        let words = self.words.iter().map(|word| match word {
            NameWord::Exact(exact) => Some(exact.as_str()),
            NameWord::Pattern(_) => None,
        });
        words.collect::<Option<Vec<&str>>>().filter(|words| !words.is_empty()).map(|words| words.join(" "))
    }
}

/// The words of a name: exact forms. A compound has a word for each of its parts.
pub fn name_words(tokenizer: &mut Tokenizer, name: &str) -> Vec<String> {
    let mut tokens = Tokens::default();
    name_words_in(&mut tokens, tokenizer, name).into_iter().map(str::to_owned).collect()
}

/// The same as [`name_words`], as slices of `tokens`.
pub(crate) fn name_words_in<'t>(tokens: &'t mut Tokens, tokenizer: &mut Tokenizer, name: &str) -> Vec<&'t str> {
    tokenizer.text(name, tokens);
    let parts = tokens.tokens.iter().filter(|token| token.form == Form::Exact && token.width == 1);
    parts.map(|token| tokens.text(token)).collect()
}

/// Groups of names that the user declares to be one name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    groups: Vec<Vec<String>>,
}

impl Aliases {
    /// Reads lines of `canonical name TAB alias`. Empty lines and lines that begin with `#` are skipped.
    ///
    /// # Errors
    /// The number (from 1) of the first other line without a tab.
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

    /// The names of each group, the canonical one first.
    pub fn groups(&self) -> impl Iterator<Item = &[String]> {
        self.groups.iter().map(Vec::as_slice)
    }
}

/// Names that the user stops: text that was wrongly taken for a person, organisation or place, or that is not worth
/// counting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StopEntities {
    names: Vec<(Option<EntityKind>, String)>,
}

impl StopEntities {
    /// Reads one name per line. With `person:`, `org:` or `place:` before it, only names of that kind are stopped. Empty
    /// lines and lines that begin with `#` are skipped.
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

    /// Each name with its kind; `None` is every kind.
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
    use super::*;
    use morgue_article::token::Stemming;

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
