//! Plain text -> article, its title on the first line; and telling prose from tables, word lists and notes to the
//! reader, which lie beside articles and are none.

use super::{Record, charset};
use morgue_article::RawArticle;

/// Extensions under which plain text is an article; none is one as well.
const EXTENSIONS: [&str; 2] = ["txt", "text"];

/// Files that tell about the files beside them.
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

/// Longer first lines are paragraphs. Characters.
const LONGEST_TITLE: usize = 250;

/// Lines of a list before one is seen as a list.
const LIST_LINES: usize = 25;

/// Why a text that begins with `head` (the whole text, or its first tens of thousands of bytes) is not an article.
pub(super) fn why_not(name: &str, head: &[u8]) -> Option<&'static str> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, extension) = match file.rsplit_once('.') {
        Some((stem, extension)) if is_extension(extension) => (stem, extension),
        _ => (file, ""),
    };
    if !extension.is_empty() && !EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)) {
        return Some("plain text is an article only as .txt, .text or without an extension");
    }
    let stem = stem.split(['.', '-', '_']).next().unwrap_or(stem);
    // The name alone does not condemn a dated file such as `news-2019-05-06.txt`.
    let is_note =
        NOTES.iter().any(|note| stem.eq_ignore_ascii_case(note)) && !file.bytes().any(|byte| byte.is_ascii_digit());
    if is_note {
        return Some("a note about the files beside it");
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

/// Why the text of a message that says what it is has no story in it.
pub(super) fn why_no_prose(text: &str) -> Option<&'static str> {
    match () {
        () if is_list(text) => Some(LIST),
        () if !has_sentences(text, 1) => Some("no sentence in it"),
        () => None,
    }
}

fn is_extension(extension: &str) -> bool {
    (1..=5).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && extension.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Whether most lines are short and end no sentence, or have a table's tabs.
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

/// Whether at least so many sentences end in the text.
fn has_sentences(text: &str, wanted: usize) -> bool {
    let mut found = 0;
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    let mut last = ' ';
    while let Some(letter) = letters.next() {
        let ends = match letter {
            '。' | '！' | '？' | '।' | '۔' => true,
            '.' | '!' | '?' | '…' => {
                // `U.S.` and `J.` end no sentence for sure; a word, number or quotation does.
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

pub(super) fn read(record: &Record) -> RawArticle {
    let text = charset::decode(&record.bytes, None);
    let (title, body) = part_title(&text);
    RawArticle {
        origin: record.origin.clone(),
        title: title.map(str::to_owned),
        body: body.to_owned(),
        ..RawArticle::default()
    }
}

/// The title, if the first line is one, and what follows it.
fn part_title(text: &str) -> (Option<&str>, &str) {
    let text = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let title = first.trim();
    if title.chars().nth(LONGEST_TITLE).is_some() || rest.trim().is_empty() {
        return (None, text);
    }
    let next = rest.lines().next().unwrap_or_default().trim();
    // A hard-wrapped paragraph goes on in the next line; so does a headline that ends in a full stop rarely.
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
            assert_eq!(part_title(text), (title, body));
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
            assert_eq!(why_not(name, text.as_bytes()).is_none(), is_article, "{name}: {text:.60}");
        }
    }
}
