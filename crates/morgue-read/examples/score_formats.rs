//! Reads every file of `$MORGUE_DATA/formats` (by default `../shared/data/formats`) and compares the outcome of each
//! record with the reviewed listing in `tests/formats.tsv`.
//!
//! ```text
//! cargo run --release --example score_formats
//! MORGUE_RENEW=1 cargo run --release --example score_formats    # then review the difference by eye
//! ```
//!
//! One line per record: path, record, title, day of publication, byline, number of paragraphs of the body and its first
//! words; or `!` and the reason for the skip. Only as many words as are needed to distinguish articles.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use morgue_article::{Article, Zone};
use morgue_read::normalize::normalize;
use morgue_read::read;

/// The listing, from the root of the project.
const LISTING: &str = "tests/formats.tsv";

const HEAD: &str = "\
# The outcome of each record of the files in formats/ of the data folder: path, record, title, day, byline, paragraphs,
# first words; or ! and the reason for the skip. Made by the example score_formats, and reviewed against the files by eye.
";

fn main() -> ExitCode {
    match compare() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("score_formats: {error}");
            ExitCode::from(2)
        }
    }
}

fn compare() -> Result<bool, Box<dyn std::error::Error>> {
    let data = std::env::var_os("MORGUE_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let folder = data.join("formats");
    let rows = rows(&folder)?;
    let articles = rows.iter().filter(|row| !row.contains("\t! ")).count();
    println!("formats   {} records: {articles} articles, {} skipped", rows.len(), rows.len() - articles);
    if std::env::var_os("MORGUE_RENEW").is_some() {
        std::fs::write(LISTING, format!("{HEAD}{}\n", rows.join("\n")))?;
        return Ok(true);
    }
    let listing = std::fs::read_to_string(LISTING).map_err(|error| format!("{LISTING}: {error}"))?;
    let listed: Vec<&str> = listing.lines().filter(|line| !line.starts_with('#')).collect();
    let lost = listed.iter().filter(|line| !rows.iter().any(|row| row == *line));
    let lost = lost.inspect(|line| println!("-{line}")).count();
    let new = rows.iter().filter(|row| !listed.contains(&row.as_str())).inspect(|row| println!("+{row}")).count();
    if lost + new > 0 {
        println!("FAILED    {lost} lines of {LISTING} are no longer true, {new} are not in it");
    }
    Ok(lost + new == 0)
}

fn rows(folder: &Path) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let options = read::Options::default();
    let root = read::root_name(folder);
    let short = |path: &str| path.strip_prefix(&*root).unwrap_or(path).trim_start_matches('/').to_owned();
    let mut rows = Vec::new();
    for file in read::walk(folder) {
        let file = file.map_err(|skip| skip.to_string())?;
        for record in read::open(&file, &options) {
            let outcome = record.and_then(|record| normalize(record.read(&options)?));
            rows.push(match outcome {
                Ok(article) => row(&short(&article.origin.path), &article),
                Err(skip) => {
                    let record = skip.record.map_or_else(|| "-".to_owned(), |record| record.to_string());
                    let path = short(&skip.path.to_string_lossy());
                    format!("{path}\t{record}\t! {}: {}", skip.reason.describe(), words(&skip.detail, 12))
                }
            });
        }
    }
    Ok(rows)
}

fn row(path: &str, article: &Article) -> String {
    let published = article.published.map_or_else(|| "-".to_owned(), |published| published.span.to_string());
    let byline = if article.byline.is_empty() { "-".to_owned() } else { words(&article.byline.join("; "), 6) };
    let body: Vec<&str> = article.texts(Zone::Body).collect();
    let mut row = format!("{path}\t{}\t{}\t{published}\t{byline}", article.origin.record, words(article.title(), 6));
    let first = body.first().map_or_else(|| "-".to_owned(), |text| words(text, 4));
    write!(row, "\t{}\t{first}", body.len()).expect("a string takes all that is written to it");
    row
}

/// The first words of a text; `-` where there are none. A text in a script without blanks is cut after some letters.
fn words(text: &str, most: usize) -> String {
    let first: Vec<&str> = text.split_whitespace().take(most).collect();
    match first.join(" ") {
        line if line.is_empty() => "-".to_owned(),
        line => line.chars().take(100.min(most * 16)).collect(),
    }
}
