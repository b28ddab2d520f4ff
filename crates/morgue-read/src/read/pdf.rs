//! PDF: the text of pages, in the order in which they are read. A PDF knows neither words nor lines nor columns, only where
//! each letter stands: pages are run (`program`), letters made rows (`rows`), rows put in order (`columns`) and
//! made paragraphs (`paragraphs`).
//!
//! Read by our own reader, as a small file can ask for all memory or all of the stack; `file` counts what is gone through.

mod cmap;
mod columns;
mod file;
mod filter;
mod font;
mod names;
mod object;
mod paragraphs;
mod program;
mod rows;

use super::fault::Fault;
use super::office::{self, fits_title, is_title_line};
use super::stated::split_keywords;
use super::{Options, Record};
use file::File;
use morgue_article::text::letters_and_digits;
use morgue_article::{RawArticle, SkipReason};
use object::{Dict, Object};
use paragraphs::Paragraph;

/// The larger type of a headline, over that of most letters.
const LARGER: f64 = 1.25;

/// Steps in which the pages of any file are put in order, and so many more for each of its bytes: a page of 10 kB takes
/// some hundred thousand.
const STEPS: usize = 50_000_000;
const STEPS_A_BYTE: usize = 100;

pub(super) const MAGIC: &[u8] = b"%PDF-";

/// Reads a PDF.
pub(super) fn read(record: &Record, options: &Options) -> Result<RawArticle, Fault> {
    let limit = options.max_record_bytes;
    let file = File::new(&record.bytes, limit)?;
    let about = About::of(&file)?;
    let mut runner = program::Runner::new(&file, limit);
    let mut pages = Vec::new();
    for page in file.pages()? {
        pages.push(rows::rows(runner.page(page)?));
    }
    let text = || pages.iter().flatten().flatten().flat_map(|piece| piece.text.chars());
    let letters = text().count();
    if text().filter(|&letter| runs_from_right(letter)).count() * 3 > letters {
        let why = "a PDF in a script that runs from right to left; save it as text";
        return Err(Fault::new(SkipReason::UnknownFormat, why));
    }
    if letters == 0 || runner.untold > letters {
        let why = match (runner.untold, runner.pictures) {
            (0, 0) => "its pages are empty",
            (0, _) => "its pages are pictures; recognize their text first, by OCR",
            _ => "its fonts do not tell what letters they show; recognize its text first, by OCR",
        };
        return Err(Fault::new(SkipReason::NoText, why));
    }
    rows::drop_heads(&mut pages);
    let size = rows::usual_size(pages.iter().flatten().flatten());
    let mut columns = columns::Columns { size, steps_left: STEPS + STEPS_A_BYTE * record.bytes.len() };
    let mut blocks = Vec::new();
    let mut first_page = 0;
    for (at, rows) in pages.into_iter().enumerate() {
        let too_many = || Fault::new(SkipReason::TooLarge, "its pages have too many parts to be put in order");
        blocks.extend(columns.blocks(rows).ok_or_else(too_many)?);
        if at == 0 {
            first_page = blocks.len();
        }
    }
    let on_first = paragraphs::paragraphs(&blocks[..first_page]).len();
    let mut paragraphs = paragraphs::paragraphs(&blocks);
    let title = take_title(&mut paragraphs, on_first, size, about.title);
    let body: Vec<String> = paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
    Ok(RawArticle {
        title,
        body: body.join("\n\n"),
        byline: office::byline(about.author),
        keywords: about.keywords,
        ..RawArticle::default()
    })
}

/// Hebrew, Arabic and their like. Their letters are drawn in any order, mostly the last first.
fn runs_from_right(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// The headline, taken off the text: the one stated for the file, where it stands on the first page or nothing larger does;
/// else what is set in the largest type there, or a short first line.
fn take_title(paragraphs: &mut Vec<Paragraph>, on_first: usize, size: f64, stated: Option<String>) -> Option<String> {
    let first_page = &paragraphs[..on_first.min(paragraphs.len())];
    if let Some(stated) = &stated {
        let found =
            first_page.iter().position(|paragraph| letters_and_digits(&paragraph.text) == letters_and_digits(stated));
        if let Some(found) = found {
            return Some(paragraphs.remove(found).text);
        }
    }
    let largest = first_page
        .iter()
        .filter(|paragraph| fits_title(&paragraph.text) && paragraph.text.contains(char::is_alphabetic));
    let largest = largest.map(|paragraph| paragraph.size).fold(0.0, f64::max);
    if largest >= LARGER * size {
        let is_large = |paragraph: &Paragraph| paragraph.size > 0.95 * largest;
        let from = first_page.iter().position(is_large)?;
        let lines = first_page[from..].iter().take_while(|paragraph| is_large(paragraph)).count();
        let title: Vec<String> = paragraphs.drain(from..from + lines).map(|paragraph| paragraph.text).collect();
        return Some(title.join(" "));
    }
    match stated.filter(|stated| stated.trim().matches(' ').count() >= 2) {
        Some(stated) => Some(stated),
        None if paragraphs.len() > 1 && first_page.first().is_some_and(|first| is_title_line(&first.text)) => {
            Some(paragraphs.remove(0).text)
        }
        None => None,
    }
}

/// What is said of the file.
#[derive(Default)]
struct About {
    title: Option<String>,
    author: Option<String>,
    keywords: Vec<String>,
}

impl About {
    fn of(file: &File<'_>) -> Result<About, Fault> {
        let Object::Dict(info) = file.resolve(file.trailer.get("Info"))? else { return Ok(About::default()) };
        let text = |key: &str| text(file, &info, key);
        let keywords = text("Keywords")?.unwrap_or_default();
        Ok(About {
            title: office::stated_title(text("Title")?),
            author: text("Author")?,
            keywords: split_keywords(&keywords).map(str::to_owned).collect(),
        })
    }
}

/// A text of what is said of the file: UTF-16, UTF-8 or nearly Latin-1.
fn text(file: &File<'_>, dict: &Dict, key: &str) -> Result<Option<String>, Fault> {
    let Object::Bytes(bytes) = file.resolve(dict.get(key))? else { return Ok(None) };
    let (text, ..) = match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding.decode(&bytes),
        None => encoding_rs::WINDOWS_1252.decode(&bytes),
    };
    Ok(Some(text.into_owned()).filter(|text| !text.trim().is_empty()))
}

#[cfg(test)]
pub(super) mod tests;
