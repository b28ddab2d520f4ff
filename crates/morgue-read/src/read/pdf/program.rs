//! The programs that draw pages, run for their text alone. What comes of a page is its *pieces*: runs of letters on one
//! line with where they stand.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::fault::Fault;
use super::file::{File, Page};
use super::font::Font;
use super::object::{Dict, Lexer, Object};
use morgue_article::SkipReason;

/// Drawings within drawings that are gone into.
const DEEPEST: usize = 12;

/// States that are put aside at a time.
const MOST_STATES: usize = 256;

/// More pieces on a page are no text.
const MOST_PIECES: usize = 100_000;

/// What a piece counts beside its letters: bytes.
const PIECE: usize = 16;

/// Objects before a word of a program: those of a long line of text with all of its gaps.
const MOST_OPERANDS: usize = 64;

/// A gap that is narrower than this is within a word; one that is wider than the other is more than the blank between
/// two words. Ems.
const WORD_GAP: f64 = 0.16;
pub(super) const WIDE_GAP: f64 = 0.9;

/// A run of letters on one line of a page. Points, from the left and from the bottom.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) y: f64,
    /// The height of the type.
    pub(super) size: f64,
    /// Quarters by which it is turned.
    pub(super) turned: u8,
}

/// A matrix `[a b c d e f]`.
type Matrix = [f64; 6];

const UNMOVED: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn product(m: &Matrix, n: &Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

#[derive(Clone)]
struct State {
    moved: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_gap: f64,
    word_gap: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Runs the programs of one file.
pub(super) struct Runner<'f, 'b> {
    file: &'f File<'b>,
    fonts: FxHashMap<u32, Rc<Font>>,
    pieces: Vec<Piece>,
    /// Letters that may still come: bytes.
    text_left: usize,
    /// Glyphs that show nothing that their font could tell.
    pub(super) untold: usize,
    /// Pictures that were drawn.
    pub(super) pictures: usize,
}

impl<'f, 'b> Runner<'f, 'b> {
    pub(super) fn new(file: &'f File<'b>, most_text: usize) -> Self {
        let (fonts, pieces, untold, pictures) = Default::default();
        Runner { file, fonts, pieces, text_left: most_text, untold, pictures }
    }

    /// The pieces of a page that stand upright, or are all turned alike.
    pub(super) fn page(&mut self, page: Page) -> Result<Vec<Piece>, Fault> {
        let (program, resources, turned) = self.file.page(page)?;
        let state = State {
            moved: [
                UNMOVED,
                [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
                [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
                [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
            ][usize::from(turned % 4)],
            font: None,
            size: 1.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        self.run(&program, &resources, state, 0)?;
        let mut pieces = std::mem::take(&mut self.pieces);
        let mut letters = [0; 4];
        for piece in &pieces {
            letters[usize::from(piece.turned)] += piece.text.len();
        }
        let most = (0..4).rev().max_by_key(|&turned| letters[turned]).unwrap_or(0);
        pieces.retain(|piece| usize::from(piece.turned) == most && !piece.text.trim().is_empty());
        Ok(pieces)
    }

    fn run(&mut self, program: &[u8], resources: &Dict, mut state: State, depth: usize) -> Result<(), Fault> {
        self.file.work(program.len())?;
        let fonts = self.file.dict(resources, "Font")?;
        let drawings = self.file.dict(resources, "XObject")?;
        let mut own_fonts: FxHashMap<String, Rc<Font>> = FxHashMap::default();
        let mut states: Vec<State> = Vec::new();
        let (mut line, mut at) = (UNMOVED, UNMOVED);
        // What is marked as not of the text: running heads, numbers of pages, rules.
        let mut marks: Vec<bool> = Vec::new();
        let mut lexer = Lexer::new(program, 0);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(object) = lexer.object() {
            let Object::Word(word) = object else {
                if operands.len() < MOST_OPERANDS {
                    operands.push(object);
                }
                continue;
            };
            let number = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
            let matrix = || [number(0), number(1), number(2), number(3), number(4), number(5)];
            let is_shown = !marks.contains(&true);
            match word.as_str() {
                "q" if states.len() < MOST_STATES => states.push(state.clone()),
                "Q" => state = states.pop().unwrap_or(state),
                "cm" => state.moved = product(&matrix(), &state.moved),
                "BT" => (line, at) = (UNMOVED, UNMOVED),
                "Tc" => state.letter_gap = number(0),
                "Tw" => state.word_gap = number(0),
                "Tz" => state.stretch = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Tf" => {
                    state.size = number(1);
                    let name = operands.first().and_then(Object::name).unwrap_or_default();
                    state.font = match own_fonts.get(name) {
                        Some(font) => Some(font.clone()),
                        None => {
                            let font = self.font(fonts.get(name))?;
                            own_fonts.extend(font.clone().map(|font| (name.to_owned(), font)));
                            font
                        }
                    };
                }
                "Td" | "TD" => {
                    if word == "TD" {
                        state.leading = -number(1);
                    }
                    line = product(&[1.0, 0.0, 0.0, 1.0, number(0), number(1)], &line);
                    at = line;
                }
                "Tm" => (line, at) = (matrix(), matrix()),
                "T*" | "'" | "\"" => {
                    if word == "\"" {
                        (state.word_gap, state.letter_gap) = (number(0), number(1));
                    }
                    line = product(&[1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], &line);
                    at = line;
                    if let (Some(Object::Bytes(text)), true) = (operands.last(), word != "T*") {
                        self.show(text, &state, &mut at, is_shown)?;
                    }
                }
                "Tj" => {
                    if let Some(Object::Bytes(text)) = operands.first() {
                        self.show(text, &state, &mut at, is_shown)?;
                    }
                }
                "TJ" => {
                    if let Some(Object::Array(parts)) = operands.first() {
                        for part in parts {
                            match part {
                                Object::Bytes(text) => self.show(text, &state, &mut at, is_shown)?,
                                Object::Number(back) => advance(&mut at, -back / 1000.0 * state.size * state.stretch),
                                _ => {}
                            }
                        }
                    }
                }
                "BMC" | "BDC" if marks.len() < MOST_STATES => {
                    marks.push(operands.first().and_then(Object::name) == Some("Artifact"));
                }
                "EMC" => drop(marks.pop()),
                "Do" if is_shown => {
                    let name = operands.first().and_then(Object::name).unwrap_or_default();
                    if let Some(&Object::Ref(drawing)) = drawings.get(name) {
                        self.draw(drawing, resources, &state, depth)?;
                    }
                }
                // A picture in the program itself: bytes up to a word of their own.
                "ID" => {
                    self.pictures += 1;
                    let rest = &program[lexer.at..];
                    let end = memchr::memmem::find_iter(rest, b"EI").find(|&end| {
                        let around = [end.checked_sub(1).and_then(|before| rest.get(before)), rest.get(end + 2)];
                        around.iter().all(|byte| byte.is_none_or(|&byte| super::object::is_blank(byte)))
                    });
                    lexer.at += end.map_or(rest.len(), |end| end + 2);
                }
                _ => {}
            }
            operands.clear();
        }
        Ok(())
    }

    fn font(&mut self, font: Option<&Object>) -> Result<Option<Rc<Font>>, Fault> {
        let number = if let Some(&Object::Ref(number)) = font { Some(number) } else { None };
        if let Some(known) = number.and_then(|number| self.fonts.get(&number)) {
            return Ok(Some(known.clone()));
        }
        let Object::Dict(dict) = self.file.resolve(font)? else { return Ok(None) };
        let font = Rc::new(Font::read(self.file, &dict)?);
        self.fonts.extend(number.map(|number| (number, font.clone())));
        Ok(Some(font))
    }

    /// Runs the program of a drawing within a page.
    fn draw(&mut self, number: u32, around: &Dict, state: &State, depth: usize) -> Result<(), Fault> {
        let Some(stream) = self.file.stream(number)? else { return Ok(()) };
        match self.file.resolve(stream.dict.get("Subtype"))?.name() {
            Some("Form") if depth < DEEPEST => {}
            Some("Image") => {
                self.pictures += 1;
                return Ok(());
            }
            _ => return Ok(()),
        }
        let program = self.file.unpack(&stream)?;
        let mut state = state.clone();
        if let [a, b, c, d, e, f] = self.file.array(&stream.dict, "Matrix")?.as_slice() {
            let moved = [a, b, c, d, e, f].map(|part| part.number().unwrap_or(0.0));
            state.moved = product(&moved, &state.moved);
        }
        let own = self.file.dict(&stream.dict, "Resources")?;
        self.run(&program, if own.is_empty() { around } else { &own }, state, depth + 1)
    }

    fn show(&mut self, text: &[u8], state: &State, at: &mut Matrix, is_shown: bool) -> Result<(), Fault> {
        let Some(font) = &state.font else { return Ok(()) };
        for glyph in font.glyphs(text) {
            let width = f64::from(glyph.width) * state.size;
            let gaps = state.letter_gap + if glyph.is_blank { state.word_gap } else { 0.0 };
            let drawn = product(&[state.stretch, 0.0, 0.0, 1.0, 0.0, state.rise], &product(at, &state.moved));
            advance(at, (width + gaps) * state.stretch);
            match glyph.letters {
                Some(letters) if is_shown => self.put(&letters, &drawn, width, state.size)?,
                Some(_) => {}
                None => self.untold += 1,
            }
        }
        Ok(())
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Fault> {
        let left = self.text_left.checked_sub(bytes);
        self.text_left =
            left.ok_or_else(|| Fault::new(SkipReason::TooLarge, "its text is larger than a record may be"))?;
        Ok(())
    }

    /// Puts letters to the piece that they go on from, or into a new one.
    fn put(&mut self, letters: &str, drawn: &Matrix, width: f64, size: f64) -> Result<(), Fault> {
        let [a, b, c, d, x, y] = *drawn;
        let (turned, left, y, scale) = match () {
            () if a.abs() >= b.abs() && a >= 0.0 => (0, x, y, a),
            () if a.abs() >= b.abs() => (2, -x, -y, -a),
            () if b >= 0.0 => (1, y, -x, b),
            () => (3, -y, x, -b),
        };
        let right = left + width * scale;
        let size = size.abs() * c.hypot(d);
        if !(left.is_finite() && right.is_finite() && y.is_finite() && size.is_finite()) || size <= 0.0 {
            return Ok(());
        }
        self.spend(letters.len())?;
        if let Some(last) = self.pieces.last_mut()
            && last.turned == turned
            && (last.y - y).abs() < 0.1 * size
            && (0.8..1.25).contains(&(last.size / size))
        {
            let gap = (left - last.right) / size;
            if (-0.4..WIDE_GAP).contains(&gap) {
                if gap > WORD_GAP && !last.text.ends_with(' ') && letters != " " {
                    last.text.push(' ');
                }
                last.text.push_str(letters);
                last.right = last.right.max(right);
                return Ok(());
            }
        }
        self.spend(PIECE)?;
        if self.pieces.len() >= MOST_PIECES {
            return Err(Fault::new(
                SkipReason::TooLarge,
                format!("a page of it has more than {MOST_PIECES} pieces of text"),
            ));
        }
        self.pieces.push(Piece { text: letters.to_owned(), left, right, y, size, turned });
        Ok(())
    }
}

/// Moves on along the line.
fn advance(at: &mut Matrix, by: f64) {
    at[4] += by * at[0];
    at[5] += by * at[1];
}
