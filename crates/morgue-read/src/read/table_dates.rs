//! The order of day and month in the columns of a table. `05/03/2019` can be read in two ways; one `13/03/2019` in the
//! same column says which one its program writes.

use csv::ReaderBuilder;
use morgue_article::date::{Order, parse_published, parse_published_as};

use super::input::Input;

/// Bytes that are read ahead, step by step, while a column has only days that can be read in two ways. A daily paper
/// has 200 articles of 5 KB: 16 MiB hold two weeks, and the second one has days above 12.
const STEPS: [usize; 3] = [256 << 10, 2 << 20, 16 << 20];

/// A longer value is not a date. Bytes.
const LONGEST_VALUE: usize = 64;

/// What the values of a column say about its order.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    day_first: bool,
    month_first: bool,
    /// There is a day that can be read in two ways.
    is_needed: bool,
}

impl Evidence {
    /// The order as one byte of [`orders`].
    fn byte(self) -> u8 {
        match (self.is_needed, self.day_first, self.month_first) {
            (true, true, false) => b'd',
            (true, false, true) => b'm',
            _ => b'-',
        }
    }

    fn is_open(self) -> bool {
        self.is_needed && !self.day_first && !self.month_first
    }

    fn add(&mut self, value: &str) {
        let Some(numbers) = value.split([' ', 'T', ',']).find_map(Numbers::of) else { return };
        let [first, second] = numbers.day_and_month;
        match (first > 12, second > 12) {
            (true, true) => {
                self.day_first = true;
                self.month_first = true;
            }
            // `13/03/05` may begin with its year.
            (true, false) if numbers.year > 31 => self.day_first = true,
            (true, false) => {}
            (false, true) => self.month_first = true,
            (false, false) => self.is_needed |= first != second,
        }
    }
}

/// The numbers of `05/03/2019`, `05-03-2019` or `05/03/19`. Days with full stops have one order everywhere.
struct Numbers {
    day_and_month: [u16; 2],
    year: u16,
}

impl Numbers {
    fn of(word: &str) -> Option<Numbers> {
        let mark = if word.contains('/') { '/' } else { '-' };
        let mut numbers = word.split(mark);
        let (first, second, year) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let is_year = year.len() == 4 || year.len() == 2 && mark == '/';
        if numbers.next().is_some() || !(1..=2).contains(&first.len()) || !(1..=2).contains(&second.len()) || !is_year {
            return None;
        }
        let number = |digits: &str| {
            let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { digits.parse::<u16>().ok() } else { None }
        };
        Some(Numbers { day_and_month: [number(first)?, number(second)?], year: number(year)? })
    }
}

/// The order in each column of the rows in the window, read ahead as far as needed: `d` for day first, `m` for month
/// first, `-` for a column that does not need or does not settle it.
pub(super) fn orders(input: &mut Input<'_>, delimiter: u8) -> Vec<u8> {
    let mut evidence = Vec::new();
    for step in STEPS {
        input.want(step);
        evidence = evidence_in(input.window(), delimiter);
        if input.window().len() < step || !evidence.iter().any(|column: &Evidence| column.is_open()) {
            break;
        }
    }
    let mut orders: Vec<u8> = evidence.into_iter().map(Evidence::byte).collect();
    let used = orders.iter().rposition(|&order| order != b'-').map_or(0, |last| last + 1);
    orders.truncate(used);
    orders
}

fn evidence_in(rows: &[u8], delimiter: u8) -> Vec<Evidence> {
    let mut columns: Vec<Evidence> = Vec::new();
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(rows);
    let mut row = csv::ByteRecord::new();
    while reader.read_byte_record(&mut row).is_ok_and(|is_row| is_row) {
        for (column, value) in row.iter().enumerate().take(super::table::MAX_COLUMNS) {
            let is_short = (6..=LONGEST_VALUE).contains(&value.len());
            if is_short && let Ok(value) = str::from_utf8(value) {
                if columns.len() <= column {
                    columns.resize(column + 1, Evidence::default());
                }
                columns[column].add(value.trim());
            }
        }
    }
    columns
}

/// A date in the order of its column: spelled as ISO 8601 where only the order says which day it is.
pub(super) fn in_order(value: &str, order: Option<&u8>) -> String {
    let order = match order {
        Some(b'd') => Order::DayFirst,
        Some(b'm') => Order::MonthFirst,
        _ => return value.to_owned(),
    };
    let ordered = if parse_published(value).is_none() { parse_published_as(value, Some(order)) } else { None };
    ordered.map_or_else(|| value.to_owned(), |span| span.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::tests::articles_of;
    use super::*;

    fn days(values: &[&str]) -> Vec<String> {
        let rows = values.iter().map(|value| format!("Bridge opens,\"{value}\",It opened.\n"));
        let table = format!("title,date,body\n{}", rows.collect::<String>());
        let articles = articles_of("a.csv", table.as_bytes()).into_iter();
        articles
            .map(|article| {
                let day = article.published.and_then(|date| parse_published(&date.text));
                day.map_or_else(|| "-".to_owned(), |day| day.to_string())
            })
            .collect()
    }

    #[test]
    fn one_day_above_twelve_settles_the_column() {
        for (values, expected) in [
            (&["05/03/2019", "13/03/2019"][..], &["2019-03-05", "2019-03-13"][..]),
            (&["13/03/2019", "05/03/2019"], &["2019-03-13", "2019-03-05"]),
            (&["05/03/2019", "03/13/2019"], &["2019-05-03", "2019-03-13"]),
            (&["5/3/2019 10:30", "28/2/2019 9:00"], &["2019-03-05", "2019-02-28"]),
            (&["05-03-2019", "13-03-2019"], &["2019-03-05", "2019-03-13"]),
            (&["3/5/19", "3/13/19"], &["2019-03-05", "2019-03-13"]),
            (&["05/03/1998", "2019-05-06", "13/03/1998"], &["1998-03-05", "2019-05-06", "1998-03-13"]),
            (&["05/03/2019", ""], &["-", "-"]),
            // Nothing settles it, or the column contradicts itself.
            (&["05/03/2019", "07/11/2019"], &["-", "-"]),
            (&["05/03/2019", "13/03/2019", "03/13/2019"], &["-", "2019-03-13", "2019-03-13"]),
            (&["4/4/2019", "13/03/2019"], &["2019-04-04", "2019-03-13"]),
        ] {
            assert_eq!(days(values), expected, "{values:?}");
        }
    }

    #[test]
    fn each_column_has_its_own_order() {
        let table = "title;updated;date;body\na;05/03/2019;07/08/2019;x\nb;13/03/2019;07/28/2019;y\n";
        let article = articles_of("a.csv", table.as_bytes()).remove(0);
        assert_eq!(article.modified.as_deref(), Some("2019-03-05"));
        assert_eq!(article.published.unwrap().text, "2019-07-08");
    }

    #[test]
    fn the_column_is_read_ahead() {
        let body = "It opened on Monday. ".repeat(500);
        let mut values: Vec<(String, String)> = (0..100).map(|_| ("05/03/2019".to_owned(), body.clone())).collect();
        values.push(("13/03/2019".to_owned(), body.clone()));
        let rows = values.iter().map(|(day, body)| format!("{day}\t{body}\n"));
        let table = format!("date\ttext\n{}", rows.collect::<String>());
        let articles = articles_of("a.tsv", table.as_bytes());
        assert_eq!(articles.len(), 101);
        assert_eq!(articles[0].published.as_ref().unwrap().text, "2019-03-05");
    }
}
