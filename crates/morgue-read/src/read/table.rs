//! Tables (CSV, TSV and so on): one article per row; the names in the header say which column is which field. The form
//! of the table is recognized by content (`table_form`), and a quoted field may span lines. The shared context of the
//! rows is the header, below a line with the order of day and month in each column (`table_dates`), so that each row can
//! be read on its own.

use std::sync::Arc;

use csv::ReaderBuilder;
use csv_core::ReadRecordResult;
use memchr::{memchr, memchr_iter};

use super::cut::{Cut, Cutter, RecordBytes};
use super::fault::Fault;
use super::fields::{Field, Fields, field_of};
use super::input::Input;
use super::table_dates;
use super::table_form::TableForm;
use super::user_fields::user_field_of;
use super::value::Value;
use super::{Options, Record, charset, format};
use morgue_article::{RawArticle, SkipReason};

/// A table with more columns is not one of articles.
pub(super) const MAX_COLUMNS: usize = 1000;

/// Cuts a table into rows. The parser says where each row ends; its fields are parsed later, on another thread.
pub(super) struct Table {
    parser: csv_core::Reader,
    /// What the parser writes; not used.
    parsed: ([u8; 4096], [usize; 64]),
    form: TableForm,
    /// The orders of the columns and the header, each with a line end.
    header: Option<Arc<[u8]>>,
    /// The lines above the header are behind the position.
    started: bool,
    /// The line of the next byte, from 1.
    line: u64,
    ended: bool,
}

impl Cutter for Table {
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        if !self.started {
            self.started = true;
            self.consume_lines_above_header(input);
        }
        while !self.ended {
            let row = match self.row(input, limit)? {
                Ok(row) => row,
                Err(fault) => return Some(Err(fault)),
            };
            if row.bytes.trim_ascii().is_empty() {
                continue;
            }
            if self.header.is_some() {
                return Some(Ok(row));
            }
            let orders = table_dates::orders(input, self.form.delimiter);
            self.header = Some([&orders[..], b"\n", &row.bytes, b"\n"].concat().into());
        }
        None
    }

    fn shared_context(&self) -> Option<Arc<[u8]>> {
        self.header.clone()
    }
}

impl Table {
    pub(super) fn new(form: TableForm) -> Self {
        let newline = csv_core::Terminator::Any(b'\n');
        let parser = csv_core::ReaderBuilder::new().delimiter(form.delimiter).terminator(newline).build();
        Table { parser, parsed: ([0; 4096], [0; 64]), form, header: None, started: false, line: 1, ended: false }
    }

    fn consume_lines_above_header(&mut self, input: &mut Input<'_>) {
        if self.form.header_at == 0 {
            return;
        }
        input.want(format::HEAD);
        let blank = input.window().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.consume(input, (blank + self.form.header_at).min(input.window().len()));
    }

    /// The next row, without its line end.
    fn row(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        self.consume_blank_lines(input);
        let mut line = self.line;
        let mut dropped = false;
        let mut passed = 0;
        loop {
            let (read, is_whole) = self.parse(&input.window()[passed..]);
            passed += read;
            if is_whole {
                break;
            }
            if passed > limit {
                dropped = true;
                self.consume(input, passed);
                passed = 0;
            }
            match input.more() {
                Ok(true) if passed == 0 && !dropped => {
                    self.consume_blank_lines(input);
                    line = self.line;
                }
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    return self.last_row(input.window(), line, dropped, limit);
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Fault::io(&error, input)));
                }
            }
        }
        let row = &input.window()[..passed - 1];
        let row = row.strip_suffix(b"\r").unwrap_or(row);
        let bytes = if dropped || row.len() > limit { None } else { Some(row.to_vec()) };
        self.consume(input, passed);
        Some(match bytes {
            Some(bytes) => Ok(RecordBytes { bytes, line }),
            None => Err(self.too_large(limit)),
        })
    }

    /// The row at the end of the input, which has no line end.
    fn last_row(&mut self, row: &[u8], line: u64, dropped: bool, limit: usize) -> Option<Cut> {
        if dropped {
            return Some(Err(self.too_large(limit)));
        }
        if row.is_empty() {
            return None;
        }
        // A line end would close any row but one with an open quote.
        let (_, is_whole) = self.parse(b"\n");
        if is_whole {
            return Some(Ok(RecordBytes { bytes: row.to_vec(), line }));
        }
        let detail = format!("the quote of the row that begins in line {line} does not close");
        Some(Err(Fault::new(SkipReason::Damaged, detail)))
    }

    /// Parses up to the end of the row: how many bytes were read, and whether the row ends there.
    fn parse(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut read = 0;
        // The parser takes an empty slice for the end of the input.
        while read < bytes.len() {
            let (fields, ends) = &mut self.parsed;
            let (result, more, _, _) = self.parser.read_record(&bytes[read..], fields, ends);
            read += more;
            if result == ReadRecordResult::Record {
                return (read, true);
            }
        }
        (read, false)
    }

    /// The parser would add blank lines to the row after them.
    fn consume_blank_lines(&mut self, input: &mut Input<'_>) {
        let blank = input.window().iter().take_while(|&&byte| byte == b'\n').count();
        self.consume(input, blank);
    }

    fn consume(&mut self, input: &mut Input<'_>, bytes: usize) {
        self.line += memchr_iter(b'\n', &input.window()[..bytes]).count() as u64;
        input.consume(bytes);
    }

    fn too_large(&self, limit: usize) -> Fault {
        Fault::too_large(&format!("the row that ends in line {}", self.line.saturating_sub(1)), limit)
    }
}

/// Reads one row.
pub(super) fn read(record: &Record, delimiter: u8, options: &Options) -> Result<RawArticle, Fault> {
    let damaged = |what: &str| Fault::new(SkipReason::Damaged, format!("{what}, at line {}", record.line));
    let context = record.shared_context.as_deref().unwrap_or_default();
    let orders_end = memchr(b'\n', context).unwrap_or(0);
    let orders = &context[..orders_end];
    let header = context.get(orders_end + 1..).unwrap_or_default();
    let bytes = [header, &record.bytes].concat();
    let text = charset::decode(&bytes, None);
    // Some databases write zero bytes for an empty value.
    let text = if text.contains('\0') { text.replace('\0', "").into() } else { text };
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = reader.records();
    let (Some(Ok(names)), Some(Ok(values))) = (rows.next(), rows.next()) else {
        return Err(damaged("a row that cannot be split into fields"));
    };
    if values.len() > names.len().max(1) || names.len() > MAX_COLUMNS {
        return Err(damaged(&format!("a row of {} fields under a header of {}", values.len(), names.len())));
    }
    let mut fields = Fields::default();
    for (column, (name, value)) in names.iter().zip(&values).enumerate() {
        let name = name.trim().trim_start_matches('\u{feff}');
        if matches!(value.trim(), "NULL" | "\\N" | "NaN" | "None") {
            continue;
        }
        if let Some(extra) = user_field_of(name, &options.map) {
            fields.put_extra(extra, Value::Text(value.to_owned()));
        } else if let Some((field, rank)) = field_of(name, &options.map) {
            let is_date = matches!(field, Field::Published | Field::Modified | Field::Fetched);
            let order = if is_date { orders.get(column) } else { None };
            fields.put(field, rank, Value::Text(table_dates::in_order(value, order)));
        }
    }
    if fields.is_empty() {
        return Err(Fault::new(SkipReason::NoText, "neither title nor text in the row"));
    }
    Ok(fields.into_article())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{articles_of, outcomes_of, skip_of};
    use super::*;
    use morgue_article::Skip;

    fn outcomes(bytes: &[u8]) -> Vec<String> {
        let describe = |outcome: Result<RawArticle, Skip>| match outcome {
            Ok(article) => format!("{}|{}", article.title.unwrap_or_default(), article.body),
            Err(skip) => format!("!{}: {}", skip.reason.describe(), skip.detail),
        };
        outcomes_of("a.csv", bytes).into_iter().map(describe).collect()
    }

    #[test]
    fn rows_are_articles() {
        let table = "\u{feff}headline,author,published,text\r\n\
            Bridge opens,Ann Ode,2019-05-06,\"It opened, \"\"at last\"\".\n\nAll came.\"\r\n\r\nInn burns,,2019-05-07,NULL\n";
        let articles = articles_of("a.csv", table.as_bytes());
        assert_eq!(articles[0].body, "It opened, \"at last\".\n\nAll came.");
        assert_eq!(articles[0].byline, ["Ann Ode"]);
        assert_eq!(articles[0].published.as_ref().unwrap().text, "2019-05-06");
        assert_eq!((articles[1].title.as_deref(), articles[1].body.as_str()), (Some("Inn burns"), ""));
        assert_eq!((articles.len(), articles[1].origin.record), (2, 2));
    }

    #[test]
    fn lines_above_the_header_are_not_rows() {
        let rows = "Bridge opens;It opened.\nInn burns;It burnt.\n";
        for above in ["sep=;\n", "\n\"sep=;\"\r\n", "The Ledger;\n", "Export of May\n\nMade by Ann Ode\n"] {
            let table = format!("{above}title;body\n{rows}");
            assert_eq!(outcomes(table.as_bytes()), ["Bridge opens|It opened.", "Inn burns|It burnt."], "{above}");
        }
        let utf_16: Vec<u8> = "\u{feff}sep=\t\ntitle\tbody\na\tb\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(outcomes(&utf_16), ["a|b"]);
        let damaged = "sep=;\ntitle;body\na;b;c\n";
        assert_eq!(outcomes(damaged.as_bytes()), ["!damaged: a row of 3 fields under a header of 2, at line 3"]);
    }

    #[test]
    fn a_wrong_row_does_not_cost_the_next() {
        let table = "title,body\na,b\0c\n,\n5\" plate,x\nd,e,f,g\nlast,row";
        assert_eq!(
            outcomes(table.as_bytes()),
            [
                "a|bc",
                "!no text: neither title nor text in the row",
                "5\" plate|x",
                "!damaged: a row of 4 fields under a header of 2, at line 5",
                "last|row",
            ]
        );
        let blank_lines = "\n\ntitle,body\n\n\na,b,c";
        assert_eq!(outcomes(blank_lines.as_bytes()), ["!damaged: a row of 3 fields under a header of 2, at line 6"]);
        let open = "title,body\na,\"b\nc,d\n";
        assert_eq!(outcomes(open.as_bytes()), ["!damaged: the quote of the row that begins in line 2 does not close"]);
        assert_eq!(outcomes(b"title,body\n"), ["!empty: no record in it"]);
        assert_eq!(skip_of("runs.csv", "qid,docid,rank\n1,2,3\n").reason, SkipReason::NotAnArticle);
    }
}
