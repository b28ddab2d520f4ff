//! Recognizes a table of articles by its first lines: its delimiter, and where its header begins. Spreadsheets and
//! databases write lines above the header: `sep=;`, which names the delimiter for Excel, or a title of the export.

use csv::{ReaderBuilder, StringRecord};
use memchr::{memchr, memchr3};

use super::fields::{Fields, field_of};
use super::value::Value;
use super::{Options, charset};

/// Delimiters of fields; where two give equally many columns, the last one counts.
const DELIMITERS: [u8; 4] = *b",\t;|";

/// A longer first row is not a header. Bytes.
const LONGEST_HEADER: usize = 64 << 10;

/// Lines that are searched for a header. Exports have one to three lines of titles above it.
const MAX_LINES: usize = 8;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TableForm {
    /// The byte between two fields.
    pub(super) delimiter: u8,
    /// Bytes of the lines above the header, without blanks at the start of the stream.
    pub(super) header_at: usize,
}

/// Why a table is not one of articles.
type NotArticles = &'static str;

/// The form of a table of articles that begins with `head`: its header names fields of an article, one of them a title
/// or a text. `Some(Err)` says why a table is not one of articles; `None`: the bytes are not a table.
pub(super) fn recognize(name: &str, head: &[u8], options: &Options) -> Option<Result<TableForm, NotArticles>> {
    let has_extension = [".csv", ".tsv", ".tab", ".psv"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let first_end = first_row_end(head)?;
    if let Some(delimiter) = stated_delimiter(&head[..first_end]) {
        let header_at = first_end + blank_length(&head[first_end..]);
        let rest = &head[header_at..];
        let line = &rest[..first_row_end(rest)?];
        let is_header = delimiter_of_header(line, &[delimiter], true, options)?.is_ok();
        let form = if is_header { Some(TableForm { delimiter, header_at }) } else { below(head, header_at, options) };
        return Some(form.ok_or(NO_TEXT));
    }
    let first = delimiter_of_header(&head[..first_end], &DELIMITERS, has_extension, options);
    match first {
        Some(Ok(delimiter)) => Some(Ok(TableForm { delimiter, header_at: 0 })),
        Some(Err(why)) => Some(below(head, first_end, options).ok_or(why)),
        // A title line can have a single column, or end like a sentence.
        None if has_extension => below(head, first_end, options).map(Ok),
        None => None,
    }
}

const NO_TEXT: NotArticles = "no column has a usual name for a title or a text; name one with --map";

/// The form of a table whose header is in one of the lines below `start`. Such a header has at least two names of
/// fields, no fewer than other names, and more names than any line above it has values: rows of values are not headers.
fn below(head: &[u8], start: usize, options: &Options) -> Option<TableForm> {
    let mut header_at = start;
    for _ in 0..MAX_LINES {
        header_at += blank_length(&head[header_at..]);
        let rest = &head[header_at..];
        let line = &rest[..first_row_end(rest)?];
        if line.is_empty() {
            return None;
        }
        let text = charset::decode(line, None);
        let (delimiter, names) = widest(&text, &DELIMITERS)?;
        let known = known_names(&names, options);
        let is_widest = filled(&names) > widest_line(&head[..header_at], delimiter);
        let has_names = known >= 2 && known * 2 >= names.len() && is_header(&names);
        if is_widest && has_names && has_title_or_text(&names, options) {
            return Some(TableForm { delimiter, header_at });
        }
        header_at += line.len();
    }
    None
}

/// The delimiter in `sep=;`, which may be in quotes and have delimiters after it.
fn stated_delimiter(line: &[u8]) -> Option<u8> {
    let line = line.trim_ascii_start();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let (name, rest) = line.split_at_checked(4)?;
    let (&delimiter, rest) = rest.split_first()?;
    let is_delimiter = delimiter == b'\t' || delimiter.is_ascii_punctuation() && delimiter != b'"';
    let is_rest = rest.iter().all(|byte| matches!(byte, b'"' | b' ' | b',' | b';' | b'\t') || *byte == delimiter);
    (name.eq_ignore_ascii_case(b"sep=") && is_delimiter && is_rest).then_some(delimiter)
}

/// The delimiter of a line that is a header; `Some(Err)` where the name of the file says that it is one, but no name in
/// it is a title or a text.
fn delimiter_of_header(
    line: &[u8],
    delimiters: &[u8],
    is_table: bool,
    options: &Options,
) -> Option<Result<u8, NotArticles>> {
    if line.len() > LONGEST_HEADER || memchr(0, line).is_some() {
        return None;
    }
    let text = charset::decode(line, None);
    let (delimiter, names) = widest(&text, delimiters)?;
    let known = known_names(&names, options);
    let has_text = has_title_or_text(&names, options);
    if names.len() < 2 {
        // A file of one column is a table only where its name says so.
        let is_text = is_table && has_text && known == 1;
        return is_text.then_some(Ok(delimiter));
    }
    let is_surely_header = is_table || known >= 2 && known * 4 >= names.len();
    if is_header(&names) && has_text && is_surely_header {
        return Some(Ok(delimiter));
    }
    is_table.then_some(Err(NO_TEXT))
}

/// The delimiter that gives the most columns, and the names in them.
fn widest(line: &str, delimiters: &[u8]) -> Option<(u8, StringRecord)> {
    let rows = delimiters.iter().map(|&delimiter| (delimiter, first_row(line.as_bytes(), delimiter)));
    rows.max_by_key(|(_, names)| names.len())
}

/// The columns with a value.
fn filled(row: &StringRecord) -> usize {
    row.iter().filter(|value| !value.trim().is_empty()).count()
}

/// The most values in one of the lines.
fn widest_line(lines: &[u8], delimiter: u8) -> usize {
    let lines = lines.split(|&byte| byte == b'\n');
    lines.map(|line| filled(&first_row(charset::decode(line, None).as_bytes(), delimiter))).max().unwrap_or(0)
}

fn known_names(names: &StringRecord, options: &Options) -> usize {
    names.iter().filter_map(|name| field_of(name.trim(), &options.map)).count()
}

/// Prose may well have commas in its first line, but not between names of fields alone.
fn is_header(names: &StringRecord) -> bool {
    names.iter().all(|name| name.chars().count() <= 40 && !name.trim_end().ends_with(['.', '!', '?']))
}

fn has_title_or_text(names: &StringRecord, options: &Options) -> bool {
    let mut fields = Fields::default();
    for name in names {
        if let Some((field, rank)) = field_of(name.trim(), &options.map) {
            fields.put(field, rank, Value::Text("x".to_owned()));
        }
    }
    !fields.is_empty()
}

/// The end of the first row, without its line end; `None` where a quote does not close.
fn first_row_end(bytes: &[u8]) -> Option<usize> {
    let mut quoted = false;
    let mut at = 0;
    while let Some(found) = memchr3(b'"', b'\n', b'\r', &bytes[at..]).map(|found| at + found) {
        match bytes[found] {
            b'"' => quoted = !quoted,
            _ if !quoted => return Some(found),
            _ => {}
        }
        at = found + 1;
    }
    (!quoted).then_some(bytes.len())
}

/// Bytes of the line ends and blank lines at the start. A tab can be an empty first field.
fn blank_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r' | b' ')).count()
}

/// The fields of the first row. Wrong quotes give odd fields, never an error.
fn first_row(bytes: &[u8], delimiter: u8) -> StringRecord {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes);
    reader.records().next().and_then(Result::ok).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognized(name: &str, head: &str) -> Option<Result<(u8, usize), NotArticles>> {
        let form = recognize(name, head.as_bytes(), &Options::default());
        form.map(|form| form.map(|form| (form.delimiter, form.header_at)))
    }

    #[test]
    fn tables_of_articles_are_recognized_by_their_header() {
        let header = |name: &str, line: &str| recognized(name, &format!("{line}\n1\n"));
        for (name, line, expected) in [
            ("-", "id,title,body,date", Some(Ok((b',', 0)))),
            ("a.csv", "\"id\";\"headline\";\"text, whole\"", Some(Ok((b';', 0)))),
            ("a.txt", "Title\tAuthor\tDate", Some(Ok((b'\t', 0)))),
            ("a.csv", "x|y|z|content", Some(Ok((b'|', 0)))),
            ("a.txt", "x|y|z|p|q|r|content", None),
            ("a.csv", "text", Some(Ok((b'|', 0)))),
            ("a.txt", "text", None),
            ("a.txt", "In the text, the author said, it ends.", None),
        ] {
            assert_eq!(header(name, line), expected, "{line}");
        }
        assert!(header("a.csv", "qid,docid,rank").unwrap().is_err());
        let map = vec![("body".to_owned(), "stück".to_owned())];
        let options = Options { map, ..Options::default() };
        let form = TableForm { delimiter: b',', header_at: 0 };
        assert_eq!(recognize("a.csv", "nr,stück\n".as_bytes(), &options), Some(Ok(form)));
    }

    #[test]
    fn a_first_line_can_name_the_delimiter() {
        for (line, delimiter) in [
            ("sep=;", b';'),
            ("SEP=;", b';'),
            ("\"sep=;\"", b';'),
            ("sep=;,,", b';'),
            ("sep=;;;", b';'),
            ("sep=,", b','),
            ("sep=\t", b'\t'),
            ("sep=|", b'|'),
            ("sep=^", b'^'),
            ("sep=; ", b';'),
        ] {
            for end in ["\n", "\r\n", "\n\n"] {
                let names = ["title", "date", "body"].join(str::from_utf8(&[delimiter]).unwrap());
                let table = format!("{line}{end}{names}{end}a{end}");
                let expected = Some(Ok((delimiter, line.len() + end.len())));
                assert_eq!(recognized("export", &table), expected, "{table}");
            }
        }
        assert_eq!(recognized("a.txt", "sep=a story of the quay\ntitle,body\n"), None);
        assert!(recognized("a.csv", "sep=;\nqid;docid;rank\n1;2;3\n").unwrap().is_err());
    }

    #[test]
    fn the_header_can_be_below_lines_of_titles() {
        let header = "title,date,body\n";
        for above in [
            "Export of 2 articles,,\n",
            "Export of 2 articles\n",
            "The Ledger: all stories of May.\n",
            "\"The Ledger, archive\"\n",
            "The Ledger\nMade on 6 May 2019, by Ann Ode\n\n",
            "Search: bridge,,\nFrom: 2019-05-01,,\nTo: 2019-05-31,,\n",
            "Results,2\r\n\r\n",
            "Newspaper export 2019;;\n",
            ",,\n",
            "# made by ledger-export 1.2\n",
        ] {
            assert_eq!(
                recognized("a.csv", &format!("{above}{header}a,b,c\n")),
                Some(Ok((b',', above.len()))),
                "{above}"
            );
        }
        // Rows of values are not headers.
        assert!(recognized("a.csv", "qid,docid,rank\n1,title of it,3\n4,body,title\n").unwrap().is_err());
        assert_eq!(recognized("a.txt", "The Ledger\ntitle,date,body\n"), None);
    }
}
