//! PDF: the text of the pages in reading order, as one article for each file.
//!
//! A PDF knows neither words nor lines nor columns, only where each glyph is drawn. `interpreter` runs the drawing
//! programs of the pages and gets text runs; `rows` joins them into rows; `columns` finds the reading order;
//! `paragraphs` joins lines into paragraphs and repairs hyphenated words. These last three modules are the main value
//! of this reader: crates for PDF return text in drawing order. `file`, `object`, `filter`, `font`, `cmap` and
//! `names` decode the file format.
//!
//! Why an own reader: with the crates that were tried in 2026, a small file takes all memory or overflows the stack,
//! which no guard can catch. `pdf-extract` 0.12 overflows the stack on a file of 723 bytes; `lopdf` (below it) takes
//! 2 GB for 1 MB of packed blanks; `hayro-syntax` 0.9 unpacks without a limit. Not tried: `pdf_oxide` 0.3, because of
//! its 40 dependencies, and the limits that newer versions of `lopdf` have. This reader counts all bytes that it
//! unpacks, parses and runs, and limits each depth (see `file` and docs/FORMATS.md). The expected outcomes for the
//! PDF files of the corpus are in tests/formats.tsv.

mod cmap;
mod columns;
mod file;
mod filter;
mod font;
mod interpreter;
mod names;
mod object;
mod paragraphs;
mod rows;

use super::fault::Fault;
use super::office;
use super::stated::split_keywords;
use super::title_line::{fits_title, is_title_line};
use super::{Options, Record};
use file::File;
use morgue_article::text::letters_and_digits;
use morgue_article::{RawArticle, SkipReason};
use object::{Dict, Object};
use paragraphs::Paragraph;

/// A headline is set at least that many times larger than the body text.
const LARGER: f64 = 1.25;

/// Limit of steps for finding the reading order: STEPS plus STEPS_PER_BYTE times the file size. A page of 10 kB takes
/// some hundred thousand.
const STEPS: usize = 50_000_000;
const STEPS_PER_BYTE: usize = 100;

pub(super) const MAGIC: &[u8] = b"%PDF-";

/// Reads a PDF.
pub(super) fn read(record: &Record, options: &Options) -> Result<RawArticle, Fault> {
    let limit = options.max_record_bytes;
    let file = File::new(&record.bytes, limit)?;
    let stated = StatedInfo::of(&file)?;
    let mut interpreter = interpreter::PageInterpreter::new(&file, limit);
    let mut pages = Vec::new();
    for page in file.pages()? {
        pages.push(rows::rows(interpreter.page(page)?));
    }
    let text = || pages.iter().flatten().flatten().flat_map(|run| run.text.chars());
    let letters = text().count();
    if text().filter(|&letter| runs_from_right(letter)).count() * 3 > letters {
        let why = "a PDF in a script that runs from right to left; save it as text";
        return Err(Fault::new(SkipReason::UnknownFormat, why));
    }
    if letters == 0 || interpreter.unmapped_glyphs > letters {
        let why = match (interpreter.unmapped_glyphs, interpreter.pictures) {
            (0, 0) => "its pages are empty",
            (0, _) => "its pages are pictures; recognize their text first, by OCR",
            _ => "its fonts do not say which letters they show; recognize its text first, by OCR",
        };
        return Err(Fault::new(SkipReason::NoText, why));
    }
    rows::drop_heads(&mut pages);
    let size = rows::usual_size(pages.iter().flatten().flatten());
    let mut columns = columns::Columns { size, steps_left: STEPS + STEPS_PER_BYTE * record.bytes.len() };
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
    let title = take_title(&mut paragraphs, on_first, size, stated.title);
    let body: Vec<String> = paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
    Ok(RawArticle {
        title,
        body: body.join("\n\n"),
        byline: office::byline(stated.author),
        keywords: stated.keywords,
        ..RawArticle::default()
    })
}

/// Is it a letter of Hebrew, Arabic or a similar script? PDFs draw them in any order, mostly the last letter first.
fn runs_from_right(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// Takes the headline out of the text: the stated title if it is on the first page or if nothing larger is there;
/// else the largest text of the first page, or a short first line.
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

/// What the file states about itself.
#[derive(Default)]
struct StatedInfo {
    title: Option<String>,
    author: Option<String>,
    keywords: Vec<String>,
}

impl StatedInfo {
    fn of(file: &File<'_>) -> Result<StatedInfo, Fault> {
        let Object::Dict(info) = file.resolve(file.trailer.get("Info"))? else { return Ok(StatedInfo::default()) };
        let text = |key: &str| text(file, &info, key);
        let keywords = text("Keywords")?.unwrap_or_default();
        Ok(StatedInfo {
            title: office::stated_title(text("Title")?),
            author: text("Author")?,
            keywords: split_keywords(&keywords).map(str::to_owned).collect(),
        })
    }
}

/// A text of the stated information: UTF-16, UTF-8 or almost Latin-1.
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
