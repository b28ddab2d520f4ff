//! A file of many queries. `qid TAB query text` a line (a line without a TAB is a query whose qid is its line's
//! number), or CSV when the name ends in `.csv`: columns `qid` and `query` by their headers, else one column of
//! queries, else a column of qids and one of queries.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::failure::Failure;

/// A query text and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// As the file has it, or the number of its line.
    pub qid: String,
    /// The query text.
    pub text: String,
}

/// Reads the file; `-` is standard input.
pub fn read(path: &Path) -> Result<Vec<Numbered>, Failure> {
    let mut bytes = Vec::new();
    let result = match path == Path::new("-") {
        true => io::stdin().lock().read_to_end(&mut bytes),
        false => File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    let told =
        |why: &dyn std::fmt::Display| Failure::Usage(format!("cannot read the queries of {}: {why}", path.display()));
    result.map_err(|error| told(&error))?;
    let text = String::from_utf8(bytes).map_err(|_| told(&"it is not UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);

    let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let queries = if is_csv { from_csv(text).map_err(|error| told(&error))? } else { from_lines(text) };
    if queries.is_empty() {
        return Err(told(&"there is no query in it; write one a line, `qid TAB query`"));
    }
    Ok(queries)
}

fn from_lines(text: &str) -> Vec<Numbered> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| match line.split_once('\t') {
            Some((qid, text)) if !qid.trim().is_empty() => {
                Numbered { qid: qid.trim().to_owned(), text: text.trim().to_owned() }
            }
            _ => Numbered { qid: (i + 1).to_string(), text: line.trim().to_owned() },
        })
        .collect()
}

fn from_csv(text: &str) -> Result<Vec<Numbered>, csv::Error> {
    let mut table = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>()?;
    let column = |names: &[&str]| {
        let first = rows.first()?;
        first.iter().position(|cell| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name)))
    };
    let headed = column(&["query", "text", "q"]);
    let (query_column, qid_column) = match headed {
        Some(query) => (query, column(&["qid", "id"])),
        None if rows.iter().all(|row| row.len() == 1) => (0, None),
        None => (1, Some(0)),
    };
    let queries = rows.iter().enumerate().skip(usize::from(headed.is_some())).filter_map(|(i, row)| {
        let text = row.get(query_column)?.trim();
        let qid = qid_column.and_then(|at| row.get(at)).map(str::trim).filter(|qid| !qid.is_empty());
        (!text.is_empty())
            .then(|| Numbered { qid: qid.map_or_else(|| (i + 1).to_string(), str::to_owned), text: text.to_owned() })
    });
    Ok(queries.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(queries: Vec<Numbered>) -> Vec<(String, String)> {
        queries.into_iter().map(|query| (query.qid, query.text)).collect()
    }

    fn expected(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(qid, text)| ((*qid).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn lines_have_a_qid_or_a_number() {
        let text = "q1\tdam collapse\r\n\n#MeToo\nq2\t\"a\tb\"\n";
        assert_eq!(pairs(from_lines(text)), expected(&[("q1", "dam collapse"), ("3", "#MeToo"), ("q2", "\"a\tb\"")]));
    }

    #[test]
    fn tables_are_read_by_their_headers_or_their_width() {
        let table: [(&str, &[(&str, &str)]); 4] = [
            ("Query,note,QID\n\"dam, burst\",x,7\n,y,8\n", &[("7", "dam, burst")]),
            ("dam\nlevee\n", &[("1", "dam"), ("2", "levee")]),
            ("a1,dam\na2,\"\"\"dam burst\"\"\"\n", &[("a1", "dam"), ("a2", "\"dam burst\"")]),
            ("", &[]),
        ];
        for (text, want) in table {
            assert_eq!(pairs(from_csv(text).expect("a table")), expected(want), "{text}");
        }
    }
}
