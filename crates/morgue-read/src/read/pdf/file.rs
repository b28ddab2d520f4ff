//! The objects of a PDF file. The table at its end that says where each object is is not used: objects are found by
//! scanning, so that a wrong table does no harm. Of two objects with one number the later one counts. An object is
//! parsed when it is asked for, and nothing is cached.

use std::cell::Cell;

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::fault::Fault;
use super::filter;
use super::object::{Dict, Lexer, Object, is_blank};
use morgue_article::SkipReason;

/// Work budget in bytes (unpacked + parsed + scanned): BASE_WORK plus WORK_PER_INPUT_BYTE times the file size. A page
/// of a newspaper with all its drawings takes 2 to 8 bytes of work for each byte.
const BASE_WORK: u64 = 64 << 20;
const WORK_PER_INPUT_BYTE: u64 = 20;

/// Costs in bytes of the work budget: a part of an object that is copied, and an entry of a font's tables, which is
/// kept in memory.
const PART: usize = 16;
pub(super) const ENTRY: usize = 256;

/// Limit of objects in a file.
const MAX_OBJECTS: usize = 1_000_000;

/// Limit of references that are followed one after another.
const LONGEST_CHAIN: usize = 16;

/// A file and where its objects are.
pub(super) struct File<'b> {
    bytes: &'b [u8],
    places: FxHashMap<u32, ObjectPlace>,
    /// Unpacked object streams, by number.
    packs: FxHashMap<u32, Vec<u8>>,
    /// The trailer dictionaries of all revisions together.
    pub(super) trailer: Dict,
    work_left: Cell<u64>,
    /// Limit of the unpacked size of a stream, and of all object streams together. Bytes.
    limit: usize,
}

#[derive(Clone, Copy)]
enum ObjectPlace {
    /// A position in the file.
    At(usize),
    /// A position in an unpacked object stream.
    In(u32, usize),
}

/// A stream, still packed.
pub(super) struct Stream<'b> {
    pub(super) dict: Dict,
    packed: &'b [u8],
    /// Where its bytes end in the file.
    end: usize,
}

/// A page: the numbers of its object and of the nodes of the page tree that it inherits from. 0 means none.
#[derive(Clone, Copy, Default)]
pub(super) struct Page {
    number: u32,
    resources: u32,
    rotate: u32,
}

impl<'b> File<'b> {
    pub(super) fn new(bytes: &'b [u8], limit: usize) -> Result<File<'b>, Fault> {
        let work_left = Cell::new(BASE_WORK + WORK_PER_INPUT_BYTE * bytes.len() as u64);
        let (places, packs, trailer) = Default::default();
        let mut file = File { bytes, places, packs, trailer, work_left, limit };
        let packs = file.find_objects()?;
        file.find_packed(&packs)?;
        if file.trailer.contains_key("Encrypt") {
            return Err(Fault::new(SkipReason::Unreadable, "encrypted; save it without a password"));
        }
        Ok(file)
    }

    /// Takes bytes from the work budget.
    ///
    /// # Errors
    /// The budget is used up: no real PDF of this size needs as much.
    pub(super) fn work(&self, bytes: usize) -> Result<(), Fault> {
        let left = self.work_left.get().checked_sub(bytes as u64);
        let what = || {
            format!("its parts unpack to more than {} bytes", BASE_WORK + WORK_PER_INPUT_BYTE * self.bytes.len() as u64)
        };
        self.work_left.set(left.ok_or_else(|| Fault::new(SkipReason::Bomb, what()))?);
        Ok(())
    }

    /// Finds where objects begin; returns the numbers of object streams.
    fn find_objects(&mut self) -> Result<Vec<u32>, Fault> {
        let mut packs = Vec::new();
        let mut at = 0;
        while let Some(found) = memmem::find(&self.bytes[at..], b"obj").map(|found| at + found) {
            self.find_trailers(at, found)?;
            at = found + 3;
            let Some(number) = number_before(&self.bytes[..found]) else { continue };
            self.place(number, ObjectPlace::At(at))?;
            let mut lexer = Lexer::new(self.bytes, at);
            let object = lexer.object();
            self.work(lexer.at - at)?;
            let Some(Object::Dict(dict)) = object else { continue };
            let Some(stream) = self.stream_at(dict, lexer.at)? else { continue };
            match stream.dict.get("Type").and_then(Object::name) {
                Some("ObjStm") => packs.push(number),
                Some("XRef") => self.take_trailer(&stream.dict),
                _ => {}
            }
            at = stream.end;
        }
        self.find_trailers(at, self.bytes.len())?;
        Ok(packs)
    }

    fn find_trailers(&mut self, from: usize, to: usize) -> Result<(), Fault> {
        for found in memmem::find_iter(&self.bytes[from..to], b"trailer") {
            let mut lexer = Lexer::new(self.bytes, from + found + 7);
            let object = lexer.object();
            self.work(lexer.at - from - found)?;
            if let Some(Object::Dict(dict)) = object {
                self.take_trailer(&dict);
            }
        }
        Ok(())
    }

    fn place(&mut self, number: u32, place: ObjectPlace) -> Result<(), Fault> {
        self.places.insert(number, place);
        if self.places.len() > MAX_OBJECTS {
            return Err(Fault::new(SkipReason::TooLarge, format!("it has more than {MAX_OBJECTS} objects")));
        }
        Ok(())
    }

    fn take_trailer(&mut self, dict: &Dict) {
        for key in ["Root", "Info", "Encrypt"] {
            self.trailer.extend(dict.get(key).map(|value| (key.to_owned(), value.clone())));
        }
    }

    /// Finds the objects that are packed in object streams.
    fn find_packed(&mut self, packs: &[u32]) -> Result<(), Fault> {
        let mut held = 0;
        for &number in packs {
            let Some(stream) = self.stream(number)? else { continue };
            let bytes = self.unpack(&stream)?;
            held += bytes.len();
            if held > self.limit {
                return Err(Fault::new(
                    SkipReason::TooLarge,
                    format!("its objects unpack to more than {} bytes", self.limit),
                ));
            }
            let first = stream.dict.get("First").and_then(Object::number).unwrap_or(0.0) as usize;
            let mut lexer = Lexer::new(&bytes, 0);
            while lexer.at < first {
                let (Some(Object::Number(id)), Some(Object::Number(offset))) = (lexer.object(), lexer.object()) else {
                    break;
                };
                let is_older = match (self.places.get(&(id as u32)), self.places.get(&number)) {
                    (Some(ObjectPlace::At(own)), Some(ObjectPlace::At(pack))) => pack < own,
                    _ => false,
                };
                if !is_older {
                    self.place(id as u32, ObjectPlace::In(number, first.saturating_add(offset as usize)))?;
                }
            }
            self.packs.insert(number, bytes);
        }
        Ok(())
    }

    /// The object with a number; null if there is none.
    pub(super) fn get(&self, number: u32) -> Result<Object, Fault> {
        let (bytes, at) = match self.places.get(&number) {
            Some(&ObjectPlace::At(at)) => (self.bytes, at),
            Some(&ObjectPlace::In(pack, at)) => (self.packs.get(&pack).map_or(&[][..], Vec::as_slice), at),
            None => return Ok(Object::Null),
        };
        let mut lexer = Lexer::new(bytes, at.min(bytes.len()));
        let object = lexer.referring();
        self.work(lexer.at.saturating_sub(at) + 64)?;
        Ok(object.unwrap_or(Object::Null))
    }

    /// The object itself, or the object that it refers to.
    pub(super) fn resolve(&self, object: Option<&Object>) -> Result<Object, Fault> {
        let Some(object) = object else { return Ok(Object::Null) };
        self.work(PART * object.parts())?;
        let mut object = object.clone();
        for _ in 0..LONGEST_CHAIN {
            let Object::Ref(number) = object else { return Ok(object) };
            object = self.get(number)?;
        }
        Ok(Object::Null)
    }

    /// A dictionary inside another one; empty if it is missing.
    pub(super) fn dict(&self, dict: &Dict, key: &str) -> Result<Dict, Fault> {
        match self.resolve(dict.get(key))? {
            Object::Dict(dict) => Ok(dict),
            _ => Ok(Dict::new()),
        }
    }

    pub(super) fn array(&self, dict: &Dict, key: &str) -> Result<Vec<Object>, Fault> {
        match self.resolve(dict.get(key))? {
            Object::Array(array) => Ok(array),
            _ => Ok(Vec::new()),
        }
    }

    /// A number in a dictionary.
    pub(super) fn number(&self, dict: &Dict, key: &str) -> Result<Option<f64>, Fault> {
        Ok(self.resolve(dict.get(key))?.number())
    }

    /// The stream with a number.
    pub(super) fn stream(&self, number: u32) -> Result<Option<Stream<'b>>, Fault> {
        let Some(&ObjectPlace::At(at)) = self.places.get(&number) else { return Ok(None) };
        let mut lexer = Lexer::new(self.bytes, at);
        let object = lexer.object();
        self.work(lexer.at - at)?;
        if let Some(Object::Dict(dict)) = object { self.stream_at(dict, lexer.at) } else { Ok(None) }
    }

    /// The stream whose dictionary ends at `at`. If its stated length is wrong, it ends at `endstream`.
    fn stream_at(&self, dict: Dict, at: usize) -> Result<Option<Stream<'b>>, Fault> {
        let mut lexer = Lexer::new(self.bytes, at);
        lexer.skip_blanks();
        let Some(rest) = self.bytes[lexer.at..].strip_prefix(b"stream") else { return Ok(None) };
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        let length = self.number(&dict, "Length")?.map(|length| length as usize);
        let is_end = |length: &usize| {
            let after = rest.get(*length..).unwrap_or_default();
            let blank = after.iter().take(4).take_while(|&&byte| is_blank(byte)).count();
            after[blank..].starts_with(b"endstream")
        };
        let length = match length.filter(is_end) {
            Some(length) => length,
            None => {
                let length = memmem::find(rest, b"endstream").unwrap_or(rest.len());
                self.work(length)?;
                length
            }
        };
        let end = self.bytes.len() - rest.len() + length;
        Ok(Some(Stream { dict, packed: &rest[..length], end }))
    }

    /// The unpacked bytes of a stream.
    ///
    /// # Errors
    /// They exceed the limit of a record.
    pub(super) fn unpack(&self, stream: &Stream<'_>) -> Result<Vec<u8>, Fault> {
        let mut dict = stream.dict.clone();
        for key in ["Filter", "DecodeParms"] {
            if let Some(object @ Object::Ref(_)) = dict.get(key) {
                let object = self.resolve(Some(object))?;
                dict.insert(key.to_owned(), object);
            }
        }
        let bytes = filter::unpack(&dict, stream.packed, self.limit);
        self.work(stream.packed.len() + bytes.len())?;
        if bytes.len() > self.limit {
            return Err(Fault::new(
                SkipReason::Bomb,
                format!("a stream of it unpacks to more than {} bytes", self.limit),
            ));
        }
        Ok(bytes)
    }

    /// The pages in their order.
    ///
    /// # Errors
    /// The page tree or a page is missing: the file is cut off or damaged.
    pub(super) fn pages(&self) -> Result<Vec<Page>, Fault> {
        let damaged = |what: String| Fault::new(SkipReason::Damaged, what);
        let no_list = || damaged("no list of pages: it is cut off, or not whole".to_owned());
        let Object::Dict(catalog) = self.resolve(self.trailer.get("Root"))? else { return Err(no_list()) };
        let Some(&Object::Ref(root)) = catalog.get("Pages") else { return Err(no_list()) };
        let mut pages = Vec::new();
        let mut seen = FxHashSet::default();
        let mut waiting = vec![Page { number: root, ..Page::default() }];
        while let Some(mut page) = waiting.pop() {
            if !seen.insert(page.number) {
                return Err(damaged(format!("page {} of its list leads back into the list", pages.len() + 1)));
            }
            let Object::Dict(node) = self.get(page.number)? else {
                return Err(damaged(format!("page {} is missing: it is cut off, or not whole", pages.len() + 1)));
            };
            if node.contains_key("Resources") {
                page.resources = page.number;
            }
            if node.contains_key("Rotate") {
                page.rotate = page.number;
            }
            if !node.contains_key("Kids") {
                pages.push(page);
                continue;
            }
            for kid in self.array(&node, "Kids")?.into_iter().rev() {
                if let Object::Ref(number) = kid {
                    waiting.push(Page { number, ..page });
                }
            }
        }
        Ok(pages)
    }

    /// The program of a page (its content streams one after another), its resources, and its rotation clockwise in
    /// quarters.
    pub(super) fn page(&self, page: Page) -> Result<(Vec<u8>, Dict, u8), Fault> {
        let of =
            |number: u32| self.get(number).map(|node| if let Object::Dict(node) = node { node } else { Dict::new() });
        let contents = of(page.number)?.remove("Contents");
        let parts = match self.resolve(contents.as_ref())? {
            Object::Array(parts) => parts,
            _ => contents.into_iter().collect(),
        };
        let mut program = Vec::new();
        for part in parts {
            let Object::Ref(number) = part else { continue };
            let Some(stream) = self.stream(number)? else { continue };
            program.extend(self.unpack(&stream)?);
            program.push(b'\n');
            if program.len() > self.limit {
                return Err(Fault::new(
                    SkipReason::TooLarge,
                    format!("a page of it takes more than {} bytes", self.limit),
                ));
            }
        }
        let turned = self.number(&of(page.rotate)?, "Rotate")?.unwrap_or(0.0);
        Ok((program, self.dict(&of(page.resources)?, "Resources")?, (turned / 90.0).rem_euclid(4.0) as u8))
    }
}

/// The number of an object, which is before its generation and `obj`.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let rest = before_number(bytes)?;
    let number = before_number(rest)?;
    let digits = rest[number.len()..].trim_ascii();
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// The bytes before the last number and the blanks after it.
fn before_number(bytes: &[u8]) -> Option<&[u8]> {
    let blanks = bytes.iter().rev().take(8).take_while(|&&byte| is_blank(byte)).count();
    let bytes = &bytes[..bytes.len() - blanks];
    let digits = bytes.iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then(|| &bytes[..bytes.len() - digits])
}
