//! Runs the programs that draw pages, for their text alone. The result is the *text runs* of a page: letters on one
//! line and where they are.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::fault::Fault;
use super::file::{File, Page};
use super::font::Font;
use super::object::{Dict, Lexer, Object};
use morgue_article::SkipReason;

/// Limit of drawings within drawings.
const MAX_DEPTH: usize = 12;

/// Limit of saved graphics states.
const MAX_STATES: usize = 256;

/// A page with more text runs is not text.
const MAX_RUNS: usize = 100_000;

/// What a text run costs in addition to its letters. Bytes.
const RUN_COST: usize = 16;

/// Operands before an operator: enough for a long line of text with all of its gaps.
const MAX_OPERANDS: usize = 64;

/// A gap narrower than WORD_GAP is within a word. A gap wider than WIDE_GAP is more than the blank between two words.
/// Ems.
const WORD_GAP: f64 = 0.16;
pub(super) const WIDE_GAP: f64 = 0.9;

/// Letters on one line of a page. Lengths are in points, from the left and from the bottom.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TextRun {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) y: f64,
    /// The height of the type.
    pub(super) size: f64,
    /// The rotation in quarters.
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
struct GraphicsState {
    moved: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_gap: f64,
    word_gap: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Interprets the page programs of one file.
pub(super) struct PageInterpreter<'f, 'b> {
    file: &'f File<'b>,
    fonts: FxHashMap<u32, Rc<Font>>,
    runs: Vec<TextRun>,
    /// Limit of text that may still come. Bytes.
    text_left: usize,
    /// Glyphs without a Unicode mapping.
    pub(super) unmapped_glyphs: usize,
    /// Pictures that were drawn.
    pub(super) pictures: usize,
}

impl<'f, 'b> PageInterpreter<'f, 'b> {
    pub(super) fn new(file: &'f File<'b>, most_text: usize) -> Self {
        let (fonts, runs, unmapped_glyphs, pictures) = Default::default();
        PageInterpreter { file, fonts, runs, text_left: most_text, unmapped_glyphs, pictures }
    }

    /// The text runs of a page in the rotation that most of its letters have.
    pub(super) fn page(&mut self, page: Page) -> Result<Vec<TextRun>, Fault> {
        let (program, resources, turned) = self.file.page(page)?;
        let state = GraphicsState {
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
        let mut runs = std::mem::take(&mut self.runs);
        let mut letters = [0; 4];
        for run in &runs {
            letters[usize::from(run.turned)] += run.text.len();
        }
        let most = (0..4).rev().max_by_key(|&turned| letters[turned]).unwrap_or(0);
        runs.retain(|run| usize::from(run.turned) == most && !run.text.trim().is_empty());
        Ok(runs)
    }

    fn run(&mut self, program: &[u8], resources: &Dict, mut state: GraphicsState, depth: usize) -> Result<(), Fault> {
        self.file.work(program.len())?;
        let fonts = self.file.dict(resources, "Font")?;
        let drawings = self.file.dict(resources, "XObject")?;
        let mut own_fonts: FxHashMap<String, Rc<Font>> = FxHashMap::default();
        let mut states: Vec<GraphicsState> = Vec::new();
        let (mut line, mut at) = (UNMOVED, UNMOVED);
        // For each open mark, whether its content is an artifact: running heads, page numbers, rules.
        let mut marks: Vec<bool> = Vec::new();
        let mut lexer = Lexer::new(program, 0);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(object) = lexer.object() {
            let Object::Word(word) = object else {
                if operands.len() < MAX_OPERANDS {
                    operands.push(object);
                }
                continue;
            };
            let number = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
            let matrix = || [number(0), number(1), number(2), number(3), number(4), number(5)];
            let is_shown = !marks.contains(&true);
            match word.as_str() {
                "q" if states.len() < MAX_STATES => states.push(state.clone()),
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
                "BMC" | "BDC" if marks.len() < MAX_STATES => {
                    marks.push(operands.first().and_then(Object::name) == Some("Artifact"));
                }
                "EMC" => drop(marks.pop()),
                "Do" if is_shown => {
                    let name = operands.first().and_then(Object::name).unwrap_or_default();
                    if let Some(&Object::Ref(drawing)) = drawings.get(name) {
                        self.draw(drawing, resources, &state, depth)?;
                    }
                }
                // An inline picture: its bytes end with an operator of their own.
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

    /// Runs the program of a drawing (form XObject) on a page.
    fn draw(&mut self, number: u32, around: &Dict, state: &GraphicsState, depth: usize) -> Result<(), Fault> {
        let Some(stream) = self.file.stream(number)? else { return Ok(()) };
        match self.file.resolve(stream.dict.get("Subtype"))?.name() {
            Some("Form") if depth < MAX_DEPTH => {}
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

    fn show(&mut self, text: &[u8], state: &GraphicsState, at: &mut Matrix, is_shown: bool) -> Result<(), Fault> {
        let Some(font) = &state.font else { return Ok(()) };
        for glyph in font.glyphs(text) {
            let width = f64::from(glyph.width) * state.size;
            let gaps = state.letter_gap + if glyph.is_blank { state.word_gap } else { 0.0 };
            let drawn = product(&[state.stretch, 0.0, 0.0, 1.0, 0.0, state.rise], &product(at, &state.moved));
            advance(at, (width + gaps) * state.stretch);
            match glyph.letters {
                Some(letters) if is_shown => self.put(&letters, &drawn, width, state.size)?,
                Some(_) => {}
                None => self.unmapped_glyphs += 1,
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

    /// Appends letters to the text run that they continue, or starts a new one.
    fn put(&mut self, letters: &str, drawn: &Matrix, width: f64, size: f64) -> Result<(), Fault> {
        let [a, b, c, d, x, y] = *drawn;
        let (turned, left, y, scale) = if a.abs() >= b.abs() && a >= 0.0 {
            (0, x, y, a)
        } else if a.abs() >= b.abs() {
            (2, -x, -y, -a)
        } else if b >= 0.0 {
            (1, y, -x, b)
        } else {
            (3, -y, x, -b)
        };
        let right = left + width * scale;
        let size = size.abs() * c.hypot(d);
        if !(left.is_finite() && right.is_finite() && y.is_finite() && size.is_finite()) || size <= 0.0 {
            return Ok(());
        }
        self.spend(letters.len())?;
        if let Some(last) = self.runs.last_mut()
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
        self.spend(RUN_COST)?;
        if self.runs.len() >= MAX_RUNS {
            return Err(Fault::new(
                SkipReason::TooLarge,
                format!("a page of it has more than {MAX_RUNS} runs of text"),
            ));
        }
        self.runs.push(TextRun { text: letters.to_owned(), left, right, y, size, turned });
        Ok(())
    }
}

/// Moves along the line.
fn advance(at: &mut Matrix, by: f64) {
    at[4] += by * at[0];
    at[5] += by * at[1];
}
