//! The file around the objects of a PDF. The table at its end that says where each stands is not used: objects are found
//! where they are, so that a wrong table does no harm; of two with one number the later stands. Objects are read when
//! they are asked for, and nothing is kept of them.

use std::cell::Cell;

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::fault::Fault;
use super::filter;
use super::object::{Dict, Lexer, Object, is_blank};
use morgue_article::SkipReason;

/// Bytes that may be unpacked, parsed and gone through of any file, and so many more for each of its own. A page of a
/// newspaper with all of its drawings takes 2 to 8 for each.
const WORK: u64 = 64 << 20;
const WORK_A_BYTE: u64 = 20;

/// What copying a part of an object counts, and what an entry of a font's tables does, which stays: bytes.
const PART: usize = 16;
pub(super) const ENTRY: usize = 256;

/// Files have no more objects.
const MOST_OBJECTS: usize = 1_000_000;

/// References to references that are followed.
const LONGEST_CHAIN: usize = 16;

/// A file and where its objects are.
pub(super) struct File<'b> {
    bytes: &'b [u8],
    places: FxHashMap<u32, Place>,
    /// Unpacked streams of objects, by number.
    packs: FxHashMap<u32, Vec<u8>>,
    /// What is said of the whole file, of all its revisions.
    pub(super) trailer: Dict,
    work_left: Cell<u64>,
    /// A stream unpacks to no more, nor do all those of objects together: bytes.
    limit: usize,
}

#[derive(Clone, Copy)]
enum Place {
    /// A byte of the file.
    At(usize),
    /// A byte of an unpacked stream of objects.
    In(u32, usize),
}

/// A stream, packed as it is.
pub(super) struct Stream<'b> {
    pub(super) dict: Dict,
    packed: &'b [u8],
    /// Where its bytes end in the file.
    end: usize,
}

/// A page: the number of its object, and those of the nodes of the tree of pages that say something for it. 0 is none.
#[derive(Clone, Copy, Default)]
pub(super) struct Page {
    number: u32,
    resources: u32,
    rotate: u32,
}

impl<'b> File<'b> {
    pub(super) fn new(bytes: &'b [u8], limit: usize) -> Result<File<'b>, Fault> {
        let work_left = Cell::new(WORK + WORK_A_BYTE * bytes.len() as u64);
        let (places, packs, trailer) = Default::default();
        let mut file = File { bytes, places, packs, trailer, work_left, limit };
        let packs = file.find_objects()?;
        file.find_packed(&packs)?;
        if file.trailer.contains_key("Encrypt") {
            return Err(Fault::new(SkipReason::Unreadable, "encrypted; save it without a password"));
        }
        Ok(file)
    }

    /// Counts bytes that are gone through.
    ///
    /// # Errors
    /// They are more than any PDF of this size needs.
    pub(super) fn work(&self, bytes: usize) -> Result<(), Fault> {
        let left = self.work_left.get().checked_sub(bytes as u64);
        let what = || format!("its parts unpack to more than {} bytes", WORK + WORK_A_BYTE * self.bytes.len() as u64);
        self.work_left.set(left.ok_or_else(|| Fault::new(SkipReason::Bomb, what()))?);
        Ok(())
    }

    /// Finds where objects begin; those that are streams of objects.
    fn find_objects(&mut self) -> Result<Vec<u32>, Fault> {
        let mut packs = Vec::new();
        let mut at = 0;
        while let Some(found) = memmem::find(&self.bytes[at..], b"obj").map(|found| at + found) {
            self.find_trailers(at, found)?;
            at = found + 3;
            let Some(number) = number_before(&self.bytes[..found]) else { continue };
            self.place(number, Place::At(at))?;
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

    fn place(&mut self, number: u32, place: Place) -> Result<(), Fault> {
        self.places.insert(number, place);
        if self.places.len() > MOST_OBJECTS {
            return Err(Fault::new(SkipReason::TooLarge, format!("it has more than {MOST_OBJECTS} objects")));
        }
        Ok(())
    }

    fn take_trailer(&mut self, dict: &Dict) {
        for key in ["Root", "Info", "Encrypt"] {
            self.trailer.extend(dict.get(key).map(|value| (key.to_owned(), value.clone())));
        }
    }

    /// Finds the objects that are packed together in streams.
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
                    (Some(Place::At(own)), Some(Place::At(pack))) => pack < own,
                    _ => false,
                };
                if !is_older {
                    self.place(id as u32, Place::In(number, first.saturating_add(offset as usize)))?;
                }
            }
            self.packs.insert(number, bytes);
        }
        Ok(())
    }

    /// An object by its number; null where there is none.
    pub(super) fn get(&self, number: u32) -> Result<Object, Fault> {
        let (bytes, at) = match self.places.get(&number) {
            Some(&Place::At(at)) => (self.bytes, at),
            Some(&Place::In(pack, at)) => (self.packs.get(&pack).map_or(&[][..], Vec::as_slice), at),
            None => return Ok(Object::Null),
        };
        let mut lexer = Lexer::new(bytes, at.min(bytes.len()));
        let object = lexer.referring();
        self.work(lexer.at.saturating_sub(at) + 64)?;
        Ok(object.unwrap_or(Object::Null))
    }

    /// The object itself, or that to which it refers.
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

    /// A dictionary of another one; an empty one where there is none.
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

    /// A number of a dictionary.
    pub(super) fn number(&self, dict: &Dict, key: &str) -> Result<Option<f64>, Fault> {
        Ok(self.resolve(dict.get(key))?.number())
    }

    /// A stream by its number.
    pub(super) fn stream(&self, number: u32) -> Result<Option<Stream<'b>>, Fault> {
        let Some(&Place::At(at)) = self.places.get(&number) else { return Ok(None) };
        let mut lexer = Lexer::new(self.bytes, at);
        let object = lexer.object();
        self.work(lexer.at - at)?;
        if let Some(Object::Dict(dict)) = object { self.stream_at(dict, lexer.at) } else { Ok(None) }
    }

    /// The stream whose dictionary ends at a byte. One whose length is wrong ends where it says that it does.
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

    /// What a stream holds.
    ///
    /// # Errors
    /// It unpacks to more than a record may hold.
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
    /// There is no list of pages, or one of them is missing: the file is cut off or damaged.
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

    /// What draws a page, one stream after another; what it draws with, and how it is turned: quarters, clockwise.
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

/// The number of an object, before its generation and `obj`.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let rest = before_number(bytes)?;
    let number = before_number(rest)?;
    let digits = rest[number.len()..].trim_ascii();
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// What stands before the last number and the blanks after it.
fn before_number(bytes: &[u8]) -> Option<&[u8]> {
    let blanks = bytes.iter().rev().take(8).take_while(|&&byte| is_blank(byte)).count();
    let bytes = &bytes[..bytes.len() - blanks];
    let digits = bytes.iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then(|| &bytes[..bytes.len() - digits])
}
