//! Fonts: which letters the bytes of a text show, and how wide each is. The shapes of glyphs are not read.

use encoding_rs::{BIG5, EUC_KR, Encoding as Charset, GBK, SHIFT_JIS};
use memchr::memmem;
use rustc_hash::FxHashMap;

use super::super::fault::Fault;
use super::cmap::ToUnicode;
use super::file::{ENTRY, File};
use super::names::{self, Encoding};
use super::object::{Dict, Lexer, Object};

/// No code on a page is greater.
const LAST_CODE: u32 = 0xffff;

/// The parts of a font that its text needs.
pub(super) struct Font {
    codes: Codes,
    /// Widths of codes, in ems.
    widths: FxHashMap<u32, f32>,
    /// The width of all other codes, in ems.
    width: f32,
}

enum Codes {
    /// One byte for each code.
    Narrow(Vec<Option<String>>),
    /// Two bytes for each code, with the font's own table.
    Wide(ToUnicode),
    /// Two bytes for each code, which are UTF-16.
    Utf16,
    /// One or two bytes for each code, in an older charset.
    Charset(&'static Charset),
}

/// One code of a text.
pub(super) struct Glyph {
    /// Its letters; `None` if the font has no Unicode mapping for it.
    pub(super) letters: Option<String>,
    /// Its width, in ems.
    pub(super) width: f32,
    /// It is the blank of one byte, which word spacing widens.
    pub(super) is_blank: bool,
}

impl Font {
    pub(super) fn read(file: &File<'_>, dict: &Dict) -> Result<Font, Fault> {
        // The tables that are built from the font count against the work budget, too.
        file.work(4096)?;
        let to_unicode = match dict.get("ToUnicode") {
            Some(&Object::Ref(number)) => file.stream(number)?,
            _ => None,
        };
        let letters = match to_unicode {
            Some(stream) => ToUnicode::read(&file.unpack(&stream)?),
            None => ToUnicode::default(),
        };
        file.work(ENTRY * letters.len())?;
        let kind = file.resolve(dict.get("Subtype"))?;
        if kind.name() == Some("Type0") { Font::wide(file, dict, letters) } else { Font::narrow(file, dict, &letters) }
    }

    fn narrow(file: &File<'_>, dict: &Dict, letters: &ToUnicode) -> Result<Font, Fault> {
        let descriptor = file.dict(dict, "FontDescriptor")?;
        let (base, differences) = match file.resolve(dict.get("Encoding"))? {
            Object::Name(name) => (Encoding::named(&name), Vec::new()),
            Object::Dict(encoding) => {
                let base = file.resolve(encoding.get("BaseEncoding"))?.name().and_then(Encoding::named);
                (base, file.array(&encoding, "Differences")?)
            }
            _ => (None, Vec::new()),
        };
        let mut own: Vec<Option<String>> = vec![None; 256];
        if base.is_none()
            && let Some(&Object::Ref(number)) = descriptor.get("FontFile")
            && let Some(program) = file.stream(number)?
        {
            built_in(&file.unpack(&program)?, &mut own);
        }
        let mut code = 0;
        for object in differences {
            match object {
                Object::Number(number) => code = number as usize,
                Object::Name(name) => {
                    if let Some(own) = own.get_mut(code) {
                        *own = Some(name);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        // A font of pictures (Type 3) has letters only where it names them.
        let is_symbolic = matches!(file.resolve(dict.get("BaseFont"))?.name(), Some("Symbol" | "ZapfDingbats"));
        let base = base.unwrap_or(Encoding::Standard);
        let shown = |code: u8| {
            let named = own[usize::from(code)].as_deref().and_then(names::letters);
            letters.get(code.into()).or(named).or_else(|| {
                let letter = base.letter(code).filter(|_| !is_symbolic && own[usize::from(code)].is_none());
                letter.map(String::from)
            })
        };
        let codes: Vec<_> = (0..=255).map(shown).collect();

        let em = match file.array(dict, "FontMatrix")?.first().and_then(Object::number) {
            Some(scale) if scale > 0.0 => scale as f32,
            _ => 0.001,
        };
        let first = file.number(dict, "FirstChar")?.unwrap_or(0.0) as u32;
        let stated = file.array(dict, "Widths")?;
        let name = file.resolve(dict.get("BaseFont"))?.name().unwrap_or_default().to_owned();
        let mut widths = FxHashMap::default();
        if stated.is_empty() {
            let width = |letters: &Option<String>| standard_width(&name, letters.as_deref().unwrap_or("n"));
            widths.extend(codes.iter().enumerate().map(|(code, letters)| (code as u32, width(letters))));
        }
        for (code, width) in (first..=LAST_CODE).zip(stated.iter().take(256)) {
            widths.insert(code, file.resolve(Some(width))?.number().unwrap_or(0.0) as f32 * em);
        }
        let width = file.number(&descriptor, "MissingWidth")?.unwrap_or(0.0) as f32 * em;
        Ok(Font { codes: Codes::Narrow(codes), widths, width })
    }

    fn wide(file: &File<'_>, dict: &Dict, letters: ToUnicode) -> Result<Font, Fault> {
        let under = file.array(dict, "DescendantFonts")?;
        let Object::Dict(under) = file.resolve(under.first())? else {
            return Ok(Font { codes: Codes::Wide(letters), widths: FxHashMap::default(), width: 1.0 });
        };
        let encoding = file.resolve(dict.get("Encoding"))?;
        let has = |part: &str| encoding.name().is_some_and(|name| name.contains(part));
        let codes = if has("UCS2") || has("UTF16") {
            Codes::Utf16
        } else if has("RKSJ") {
            Codes::Charset(SHIFT_JIS)
        } else if has("GB") && !has("Identity") {
            Codes::Charset(GBK)
        } else if has("B5") {
            Codes::Charset(BIG5)
        } else if has("KSC") {
            Codes::Charset(EUC_KR)
        } else {
            Codes::Wide(letters)
        };
        let mut widths = FxHashMap::default();
        let width = file.number(&under, "DW")?.unwrap_or(1000.0) as f32 / 1000.0;
        // `first [width ...]`, or `first last width`.
        let stated = file.array(&under, "W")?;
        let mut at = 0;
        while let Some(first) = stated.get(at).and_then(Object::number) {
            let second = file.resolve(stated.get(at + 1))?;
            let third = stated.get(at + 2).and_then(Object::number);
            match (second, third) {
                (Object::Array(each), _) => {
                    file.work(ENTRY / 16 * each.len())?;
                    for (code, width) in (first as u32..=LAST_CODE).zip(&each) {
                        widths.insert(code, width.number().unwrap_or(0.0) as f32 / 1000.0);
                    }
                    at += 2;
                }
                (Object::Number(last), Some(width)) => {
                    let last = (last as u32).min(LAST_CODE);
                    file.work(ENTRY / 16 * last.saturating_sub(first as u32) as usize)?;
                    widths.extend((first as u32..=last).map(|code| (code, width as f32 / 1000.0)));
                    at += 3;
                }
                _ => break,
            }
        }
        Ok(Font { codes, widths, width })
    }

    /// The codes of a text, one by one.
    pub(super) fn glyphs<'t>(&'t self, mut text: &'t [u8]) -> impl Iterator<Item = Glyph> + 't {
        std::iter::from_fn(move || {
            let &first = text.first()?;
            let pair = text.get(..2).map_or(u32::from(first), |pair| u32::from(pair[0]) << 8 | u32::from(pair[1]));
            let (code, length, letters) = match &self.codes {
                Codes::Narrow(codes) => (u32::from(first), 1, codes[usize::from(first)].clone()),
                Codes::Wide(letters) => (pair, 2, letters.get(pair)),
                Codes::Utf16 => {
                    let length = if (0xd8..0xdc).contains(&first) { 4 } else { 2 };
                    (pair, length, Some(super::cmap::text_of(&text[..text.len().min(length)])))
                }
                Codes::Charset(charset) => {
                    let is_half = *charset == SHIFT_JIS && (0xa1..=0xdf).contains(&first);
                    let length = if first < 0x80 || is_half { 1 } else { 2 };
                    let letters = charset.decode_without_bom_handling(&text[..text.len().min(length)]).0.into_owned();
                    (pair, length, Some(letters))
                }
            };
            text = &text[text.len().min(length)..];
            let letters = letters.filter(|letters| !letters.contains('\u{fffd}'));
            let width = match self.codes {
                Codes::Charset(_) if length == 1 => 0.5,
                Codes::Charset(_) | Codes::Utf16 => self.width,
                _ => self.widths.get(&code).copied().unwrap_or(self.width),
            };
            Some(Glyph { letters, width, is_blank: length == 1 && first == b' ' })
        })
    }
}

/// The glyph names of the codes in an embedded Type 1 font: `dup 65 /A put`.
fn built_in(program: &[u8], names: &mut [Option<String>]) {
    let Some(start) = memmem::find(program, b"/Encoding") else { return };
    let program = &program[start..program.len().min(start + (16 << 10))];
    for found in memmem::find_iter(program, b"dup ") {
        let mut lexer = Lexer::new(program, found + 4);
        if let (Some(Object::Number(code)), Some(Object::Name(name))) = (lexer.object(), lexer.object())
            && let Some(slot) = names.get_mut(code as usize)
        {
            *slot = Some(name);
        }
    }
}

/// Widths of the characters from blank to `~` in Helvetica and in Times, in thousandths of an em. Every viewer has
/// these fonts, so files do not embed them.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

fn standard_width(font: &str, letters: &str) -> f32 {
    use unicode_normalization::UnicodeNormalization;
    if font.contains("Courier") {
        return 0.6;
    }
    let widths = if font.contains("Times") { &TIMES } else { &HELVETICA };
    // A letter with an accent is as wide as the letter without.
    let base = letters.nfd().next().unwrap_or('n');
    let at = (base as usize).checked_sub(32).filter(|&at| at < widths.len()).unwrap_or('n' as usize - 32);
    let bold = if font.contains("Bold") { 1.06 } else { 1.0 };
    f32::from(widths[at]) / 1000.0 * bold
}
