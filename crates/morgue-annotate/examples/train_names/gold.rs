//! Reads gold names: files of `token TAB tag` (IOB2; a blank line between sentences, `-DOC-` between articles). The
//! running text is put together again from the tokens, so that the project's own tokenizer cuts it as it cuts articles.

use std::io::Read;
use std::ops::Range;
use std::path::Path;

use morgue_article::{Article, EntityKind, Zone};

/// A token and its tag, as the file has them.
pub type Tagged = (String, String);

/// One article: its sentences.
pub type Sentences = Vec<Vec<Tagged>>;

/// One article with its names.
pub struct Gold {
    pub article: Article,
    /// Where the names stand, and what they are; `None` is another kind (works, events, nationalities).
    pub names: Vec<(Range<usize>, Option<EntityKind>)>,
}

/// The articles of a file, as tokens. A file that ends with `.gz` is unpacked.
pub fn read(path: &Path) -> Result<Vec<Sentences>, String> {
    let text = text_of(path)?;
    let mut articles: Vec<Sentences> = vec![vec![vec![]]];
    for line in text.lines() {
        let article = articles.last_mut().expect("there is always one");
        match line.split_once('\t') {
            Some(("-DOC-", _)) => articles.push(vec![vec![]]),
            Some((token, tag)) => {
                article.last_mut().expect("there is always one").push((token.to_owned(), tag.to_owned()));
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

/// The text of a file, unpacked when its name ends with `.gz`.
pub fn text_of(path: &Path) -> Result<String, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut text = String::new();
        let file = std::fs::File::open(path).map_err(told)?;
        flate2::read::GzDecoder::new(file).read_to_string(&mut text).map_err(told)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(told)
}

/// Puts an article's text together. Its first sentence is the title where `titled` says so.
pub fn rebuild(sentences: &Sentences, titled: bool) -> Gold {
    let mut article = Article::default();
    let mut names = Vec::new();
    let mut paragraph = Paragraph::default();
    for (number, sentence) in sentences.iter().enumerate() {
        for (token, tag) in sentence {
            paragraph.push(token, tag);
        }
        paragraph.glue = false;
        let ends =
            sentence.last().is_some_and(|(token, _)| token.ends_with(['.', '!', '?', '"', '”', '’', '\'', ')', ':']));
        let title = titled && number == 0;
        if title || !ends || number + 1 == sentences.len() {
            let base = article.text.len();
            article.push(if title { Zone::Title } else { Zone::Body }, &paragraph.text);
            names.extend(paragraph.names.drain(..).map(|(range, kind)| (base + range.start..base + range.end, kind)));
            paragraph = Paragraph::default();
        }
    }
    Gold { article, names }
}

#[derive(Default)]
struct Paragraph {
    text: String,
    names: Vec<(Range<usize>, Option<EntityKind>)>,
    before: String,
    /// No blank before the next token.
    glue: bool,
    open_quote: bool,
    open_single: bool,
    in_name: bool,
}

impl Paragraph {
    fn push(&mut self, token: &str, tag: &str) {
        let glue = self.glue || self.text.is_empty() || self.sticks_left(token);
        self.glue = self.sticks_right(token);
        if !glue {
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

    /// Whether no blank stands before this token.
    fn sticks_left(&mut self, token: &str) -> bool {
        let after_digit = self.before.ends_with(|char: char| char.is_ascii_digit());
        match token {
            "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "”" | "’" | "…" | "..." | "°" => true,
            "\"" => self.open_quote,
            "'" => self.open_single || self.before.ends_with('s'),
            "-" | "/" => self.before.ends_with(char::is_alphanumeric),
            _ if token.starts_with(['\'', '’']) || token == "n't" => true,
            _ if after_digit && token.starts_with(|char: char| char.is_ascii_digit()) => false,
            _ => false,
        }
    }

    /// Whether no blank stands after this token.
    fn sticks_right(&mut self, token: &str) -> bool {
        match token {
            "(" | "[" | "$" | "£" | "€" | "#" | "@" | "“" | "‘" => true,
            "\"" => {
                self.open_quote = !self.open_quote;
                self.open_quote
            }
            "'" => {
                let closes = self.open_single || self.before.ends_with('s');
                self.open_single = !closes;
                self.open_single
            }
            "-" | "/" => self.before.ends_with(char::is_alphanumeric),
            "," | "." | ":" => false,
            _ => false,
        }
    }
}

/// The kind that a label of the gold names; `None` for other kinds.
pub fn kind_of(kind: &str) -> Option<EntityKind> {
    match kind {
        "PER" => Some(EntityKind::Person),
        "ORG" => Some(EntityKind::Org),
        "LOC" => Some(EntityKind::Place),
        _ => None,
    }
}
