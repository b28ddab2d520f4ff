//! Reads a file of queries. Each line is `qid TAB query text`; the qid of a line without a TAB is the number of the line.
//! A file whose name ends in `.csv` is a table: with the columns `qid` and `query` where the first row names them, else
//! with one column of queries, else with a column of qids and a column of queries.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::failure::Failure;

/// A query text and its id in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypedQuery {
    /// The id in the file, or the number of the line.
    pub qid: String,
    /// The query text.
    pub text: String,
}

/// Reads the file; `-` is standard input.
pub(super) fn read(path: &Path) -> Result<Vec<TypedQuery>, Failure> {
    let mut bytes = Vec::new();
    let result = if path == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    let cannot_read =
        |why: &dyn std::fmt::Display| Failure::Usage(format!("cannot read the queries of {}: {why}", path.display()));
    result.map_err(|error| cannot_read(&error))?;
    let text = String::from_utf8(bytes).map_err(|_| cannot_read(&"it is not UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);

    let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let queries = if is_csv { from_csv(text).map_err(|error| cannot_read(&error))? } else { from_lines(text) };
    if queries.is_empty() {
        return Err(cannot_read(&"there is no query in it; write one per line, `qid TAB query`"));
    }
    Ok(queries)
}

fn from_lines(text: &str) -> Vec<TypedQuery> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(i, line)| match line.split_once('\t') {
            Some((qid, text)) if !qid.trim().is_empty() => {
                TypedQuery { qid: qid.trim().to_owned(), text: text.trim().to_owned() }
            }
            _ => TypedQuery { qid: (i + 1).to_string(), text: line.trim().to_owned() },
        })
        .collect()
}

fn from_csv(text: &str) -> Result<Vec<TypedQuery>, csv::Error> {
    let mut table = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>()?;
    let column = |names: &[&str]| {
        let first = rows.first()?;
        first.iter().position(|cell| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name)))
    };
    let query_by_name = column(&["query", "text", "q"]);
    let (query_column, qid_column) = match query_by_name {
        Some(query) => (query, column(&["qid", "id"])),
        None if rows.iter().all(|row| row.len() == 1) => (0, None),
        None => (1, Some(0)),
    };
    let queries = rows.iter().enumerate().skip(usize::from(query_by_name.is_some())).filter_map(|(i, row)| {
        let text = row.get(query_column)?.trim();
        let qid = qid_column.and_then(|at| row.get(at)).map(str::trim).filter(|qid| !qid.is_empty());
        (!text.is_empty())
            .then(|| TypedQuery { qid: qid.map_or_else(|| (i + 1).to_string(), str::to_owned), text: text.to_owned() })
    });
    Ok(queries.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(queries: Vec<TypedQuery>) -> Vec<(String, String)> {
        queries.into_iter().map(|query| (query.qid, query.text)).collect()
    }

    fn expected(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(qid, text)| ((*qid).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn the_qid_of_a_line_without_one_is_its_number() {
        let text = "q1\tdam collapse\r\n\n#MeToo\nq2\t\"a\tb\"\n";
        assert_eq!(pairs(from_lines(text)), expected(&[("q1", "dam collapse"), ("3", "#MeToo"), ("q2", "\"a\tb\"")]));
    }

    #[test]
    fn columns_are_found_by_name_or_by_number() {
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
