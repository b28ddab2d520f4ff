//! Reads gold names: articles in which all names are marked. A file has one `token TAB tag` per line (IOB2 tags), a
//! blank line between sentences, and between articles a line that begins with `-DOC-` and a tab. The running text is rebuilt from the tokens, so that the
//! project's tokenizer cuts it as it cuts other articles.

use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use flate2::read::GzDecoder;
use morgue_article::{Article, EntityKind, Zone};

use super::DataError;

/// The token and the tag of a line.
pub(super) type TaggedToken = (String, String);

/// The sentences of one article.
pub(super) type TaggedArticle = Vec<Vec<TaggedToken>>;

/// One article with its gold names.
#[derive(Debug)]
pub struct GoldArticle {
    /// The article, with the text rebuilt from the tokens.
    pub article: Article,
    /// The names: byte ranges of the article's text, and kinds. The kind `None` is another kind (works, events,
    /// nationalities).
    pub names: Vec<(Range<usize>, Option<EntityKind>)>,
}

impl GoldArticle {
    /// The articles of a file. A file whose name ends with `.gz` is unpacked. If `has_titles` is set, the first sentence of
    /// each article is its title.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn read_all(path: &Path, has_titles: bool) -> Result<Vec<GoldArticle>, DataError> {
        let articles = read_tagged(path)?;
        Ok(articles.iter().map(|article| GoldArticle::rebuild(article, has_titles)).collect())
    }

    /// Rebuilds an article from its tokens.
    pub(super) fn rebuild(sentences: &TaggedArticle, has_title: bool) -> GoldArticle {
        let mut article = Article::default();
        let mut names = Vec::new();
        let mut paragraph = ParagraphBuilder::default();
        for (number, sentence) in sentences.iter().enumerate() {
            for (token, tag) in sentence {
                paragraph.push(token, tag);
            }
            paragraph.no_blank = false;
            let is_title = has_title && number == 0;
            let is_last = number + 1 == sentences.len();
            if is_title || is_last || !ends_with_full_stop(sentence) {
                let base = article.text.len();
                article.push(if is_title { Zone::Title } else { Zone::Body }, &paragraph.text);
                let in_article = |(range, kind): (Range<usize>, _)| (base + range.start..base + range.end, kind);
                names.extend(paragraph.names.drain(..).map(in_article));
                paragraph = ParagraphBuilder::default();
            }
        }
        GoldArticle { article, names }
    }
}

/// Whether a sentence ends with punctuation. A sentence without it, such as a heading, is a paragraph of its own.
fn ends_with_full_stop(sentence: &[TaggedToken]) -> bool {
    const ENDS: &[char] = &['.', '!', '?', '"', '”', '’', '\'', ')', ':'];
    sentence.last().is_some_and(|(token, _)| token.ends_with(ENDS))
}

/// The articles of a file, as tokens. A file whose name ends with `.gz` is unpacked.
pub(super) fn read_tagged(path: &Path) -> Result<Vec<TaggedArticle>, DataError> {
    let text = read_text(path)?;
    let mut articles: Vec<TaggedArticle> = vec![vec![vec![]]];
    for line in text.lines() {
        let article = articles.last_mut().expect("the list is never empty");
        match line.split_once('\t') {
            Some(("-DOC-", _)) => articles.push(vec![vec![]]),
            Some((token, tag)) => {
                let sentence = article.last_mut().expect("the list is never empty");
                sentence.push((token.to_owned(), tag.to_owned()));
            }
            None => article.push(vec![]),
        }
    }
    for article in &mut articles {
        article.retain(|sentence| !sentence.is_empty());
    }
    articles.retain(|article| !article.is_empty());
    Ok(articles)
}

/// The text of a file. A file whose name ends with `.gz` is unpacked.
pub(super) fn read_text(path: &Path) -> Result<String, DataError> {
    let read = || -> io::Result<String> {
        if path.extension().is_none_or(|extension| extension != "gz") {
            return fs::read_to_string(path);
        }
        let mut text = String::new();
        GzDecoder::new(File::open(path)?).read_to_string(&mut text)?;
        Ok(text)
    };
    read().map_err(|source| DataError::File { path: path.to_owned(), source })
}

/// Builds the text of a paragraph from tokens: it decides where the blanks are.
#[derive(Default)]
struct ParagraphBuilder {
    text: String,
    names: Vec<(Range<usize>, Option<EntityKind>)>,
    /// The last token.
    before: String,
    /// Whether the next token follows without a blank.
    no_blank: bool,
    in_double_quotes: bool,
    in_single_quotes: bool,
    in_name: bool,
}

impl ParagraphBuilder {
    fn push(&mut self, token: &str, tag: &str) {
        let no_blank = self.no_blank || self.text.is_empty() || self.joins_left(token);
        self.no_blank = self.joins_right(token);
        if !no_blank {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(token);
        let end = self.text.len();
        match tag.split_once('-') {
            Some(("I", _)) if self.in_name => {
                if let Some((range, _)) = self.names.last_mut() {
                    range.end = end;
                }
            }
            Some((_, kind)) => self.names.push((start..end, kind_of(kind))),
            None => {}
        }
        self.in_name = tag != "O";
        token.clone_into(&mut self.before);
    }

    /// Whether this token follows the one before without a blank.
    fn joins_left(&mut self, token: &str) -> bool {
        match token {
            "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "”" | "’" | "…" | "..." | "°" => true,
            "\"" => self.in_double_quotes,
            "'" => self.in_single_quotes || self.before.ends_with('s'),
            "-" | "/" => self.before.ends_with(char::is_alphanumeric),
            _ => token.starts_with(['\'', '’']) || token == "n't",
        }
    }

    /// Whether the token after this one follows without a blank.
    fn joins_right(&mut self, token: &str) -> bool {
        match token {
            "(" | "[" | "$" | "£" | "€" | "#" | "@" | "“" | "‘" => true,
            "\"" => {
                self.in_double_quotes = !self.in_double_quotes;
                self.in_double_quotes
            }
            "'" => {
                let closes = self.in_single_quotes || self.before.ends_with('s');
                self.in_single_quotes = !closes;
                self.in_single_quotes
            }
            "-" | "/" => self.before.ends_with(char::is_alphanumeric),
            _ => false,
        }
    }
}

/// The kind of entity that a gold tag names (`PER` of `B-PER`); `None` for every other tag.
pub(super) fn kind_of(kind: &str) -> Option<EntityKind> {
    match kind {
        "PER" => Some(EntityKind::Person),
        "ORG" => Some(EntityKind::Org),
        "LOC" => Some(EntityKind::Place),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_rebuilt_with_its_names() {
        let tokens = [
            ("\"", "O"),
            ("We", "O"),
            ("left", "O"),
            (",", "O"),
            ("\"", "O"),
            ("said", "O"),
            ("Ann", "B-PER"),
            ("Hale", "I-PER"),
            ("'s", "O"),
            ("aide", "O"),
            ("(", "O"),
            ("Acme", "B-ORG"),
            (")", "O"),
            (".", "O"),
        ];
        let sentence = tokens.map(|(token, tag)| (token.to_owned(), tag.to_owned())).to_vec();
        let gold = GoldArticle::rebuild(&vec![sentence], false);
        assert_eq!(gold.article.text.trim_end(), "\"We left,\" said Ann Hale's aide (Acme).");
        let names: Vec<_> = gold.names.iter().map(|(range, kind)| (&gold.article.text[range.clone()], *kind)).collect();
        assert_eq!(names, [("Ann Hale", Some(EntityKind::Person)), ("Acme", Some(EntityKind::Org))]);
    }
}
