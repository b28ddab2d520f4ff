//! Plain text: an article with its title on the first line. Tables, word lists and notes to the reader, which are often
//! found next to articles, are recognized and skipped.

use super::title_line::fits_title;
use super::{Record, charset};
use morgue_article::RawArticle;

/// Extensions of plain text that may be an article; a name without an extension may be one, too.
const EXTENSIONS: [&str; 2] = ["txt", "text"];

/// Names of files that describe the files next to them.
const NOTES: [&str; 24] = [
    "readme",
    "license",
    "licence",
    "copying",
    "copyright",
    "changelog",
    "changes",
    "news",
    "authors",
    "contributors",
    "contributing",
    "notice",
    "install",
    "todo",
    "makefile",
    "dockerfile",
    "robots",
    "requirements",
    "cmakelists",
    "stopwords",
    "manifest",
    "source",
    "sources",
    "index",
];

/// A text with fewer lines of a list is not a list.
const LIST_LINES: usize = 25;

/// Why a text that begins with `head` (the whole text, or its first tens of thousands of bytes) is not an article;
/// `None` where it is one.
pub(super) fn why_not_an_article(name: &str, head: &[u8]) -> Option<&'static str> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, extension) = match file.rsplit_once('.') {
        Some((stem, extension)) if is_extension(extension) => (stem, extension),
        _ => (file, ""),
    };
    if !extension.is_empty() && !EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)) {
        return Some("plain text is an article only as .txt, .text or without an extension");
    }
    let stem = stem.split(['.', '-', '_']).next().unwrap_or(stem);
    // A name with a date, such as `news-2019-05-06.txt`, may be an article.
    let is_note =
        NOTES.iter().any(|note| stem.eq_ignore_ascii_case(note)) && !file.bytes().any(|byte| byte.is_ascii_digit());
    if is_note {
        return Some("a note about the files next to it");
    }
    let text = charset::decode(head, None);
    if is_list(&text) {
        return Some(LIST);
    }
    if !has_sentences(&text, 2) {
        return Some("less than two sentences");
    }
    None
}

const LIST: &str = "a list or table, not prose";

/// Why the text of an agency's message is not a story; `None` where it is one. One sentence is enough, since the format
/// itself says that the text is a message.
pub(super) fn why_not_a_story(text: &str) -> Option<&'static str> {
    if is_list(text) {
        return Some(LIST);
    }
    if !has_sentences(text, 1) {
        return Some("no sentence in it");
    }
    None
}

/// Zero bytes, or more control characters than text has.
pub(super) fn is_binary(head: &[u8]) -> bool {
    let head = &head[..head.len().min(4096)];
    let odd = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    memchr::memchr(0, head).is_some() || odd * 20 > head.len()
}

fn is_extension(extension: &str) -> bool {
    (1..=5).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && extension.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Are most lines short without ending a sentence, or do they have tabs as in a table?
fn is_list(text: &str) -> bool {
    let (mut lines, mut listed) = (0usize, 0usize);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        lines += 1;
        let ends = line
            .trim_end_matches(['"', '\'', '”', '’', ')', '»'])
            .ends_with(['.', '!', '?', '…', '。', '！', '？', ',', ':', ';']);
        let is_short = line.chars().nth(45).is_none();
        listed += usize::from((is_short && !ends) || line.matches('\t').count() >= 2);
    }
    listed >= LIST_LINES && listed * 10 >= lines * 7
}

/// Do at least `wanted` sentences end in the text?
fn has_sentences(text: &str, wanted: usize) -> bool {
    let mut found = 0;
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    let mut last = ' ';
    while let Some(letter) = letters.next() {
        let ends = match letter {
            '。' | '！' | '？' | '।' | '۔' => true,
            '.' | '!' | '?' | '…' => {
                // The dots of `U.S.` and `J.` may be inside a sentence; a dot after a word, number or quotation ends one.
                (last.is_alphanumeric() && before.is_alphanumeric()
                    || !last.is_alphanumeric() && !last.is_whitespace() && last != '.')
                    && letters.peek().is_none_or(|next| next.is_whitespace() || "\"'”’)»]".contains(*next))
            }
            _ => false,
        };
        if ends {
            found += 1;
            if found == wanted {
                return true;
            }
        }
        before = last;
        last = letter;
    }
    false
}

/// Reads a text.
pub(super) fn read(record: &Record) -> RawArticle {
    let text = charset::decode(&record.bytes, None);
    let (title, body) = split_title(&text);
    RawArticle { title: title.map(str::to_owned), body: body.to_owned(), ..RawArticle::default() }
}

/// The title, if the first line is one, and the text after it.
fn split_title(text: &str) -> (Option<&str>, &str) {
    let text = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let title = first.trim();
    if !fits_title(title) || rest.trim().is_empty() {
        return (None, text);
    }
    let next = rest.lines().next().unwrap_or_default().trim();
    // A first line that goes on in the next one belongs to a wrapped paragraph; a headline has no sentence inside it.
    let goes_on = next.starts_with(char::is_lowercase) || title.ends_with([',', '-', ';']);
    let is_sentence = title.ends_with('.') && !title.ends_with("..") && title.contains(". ");
    if !next.is_empty() && goes_on || is_sentence {
        return (None, text);
    }
    (Some(title), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_title() {
        for (text, title, body) in [
            ("Bridge opens\n\nIt opened. All came.", Some("Bridge opens"), "\nIt opened. All came."),
            ("\u{feff}\n  Bridge opens \r\nIt opened.", Some("Bridge opens"), "It opened."),
            ("It opened. All came.", None, "It opened. All came."),
            (
                "The mayor said that the\nbridge would open. It did.",
                None,
                "The mayor said that the\nbridge would open. It did.",
            ),
            ("It opened. All came.\n\nThen it rained.", None, "It opened. All came.\n\nThen it rained."),
            ("Will it open?\nIt will.", Some("Will it open?"), "It will."),
            ("", None, ""),
        ] {
            assert_eq!(split_title(text), (title, body));
        }
    }

    #[test]
    fn prose_is_an_article_and_lists_are_not() {
        let prose = "Bridge opens\n\nIt opened on Monday. All came.";
        let words: String = (0..40).map(|n| format!("word{n}\n")).collect();
        let table: String = (0..40).map(|n| format!("{n}\t0\tdoc{n} and a longer text that ends.\t1\n")).collect();
        let mixed = format!("Some notes. They explain the list.\n\n{words}");
        for (name, text, is_article) in [
            ("a.txt", prose, true),
            ("A.TEXT", prose, true),
            ("dir.d/story", prose, true),
            ("story.2019", prose, true),
            ("-", prose, true),
            ("a.md", prose, false),
            ("a.tsv", prose, false),
            ("README.txt", prose, false),
            ("readme", prose, false),
            ("news-2019.txt", prose, true),
            ("a.txt", "One sentence only.", false),
            ("a.txt", "The U.S. and the U.K. signed", false),
            ("a.txt", "He said: “No.” She said: “Yes.”", true),
            ("a.txt", "橋が開通した。市長が祝った。", true),
            ("a.txt", &words, false),
            ("a.txt", &table, false),
            ("a.txt", &mixed, false),
        ] {
            assert_eq!(why_not_an_article(name, text.as_bytes()).is_none(), is_article, "{name}: {text:.60}");
        }
    }
}
