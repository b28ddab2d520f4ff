//! The trained model and its file: what the weights are, what is known of words, and how both are packed.
//!
//! The file is one zstd frame of: a line that names the format; the number of buckets as a power of two; the weights of
//! one label following another; the weights of every bucket, label by label; the lexicon, sorted by hash, column by
//! column. Numbers are little endian.

use std::sync::{Arc, OnceLock};

use super::label::{LABELS, Label};
use super::lexicon::{Entry, Lexicon};

/// Weights a bucket: the labels, and one left free so that a row is 16 bytes.
pub const ROW: usize = 16;

const FORMAT: &[u8] = b"morgue names 1\n";

/// The largest model that is read, unpacked: one of 2^24 buckets is smaller.
const MOST_BYTES: usize = 1 << 28;

/// What the tagger knows.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Buckets are this power of two.
    pub bucket_bits: u32,
    /// One row of weights a bucket.
    pub weights: Vec<[i8; ROW]>,
    /// Weight of a label (second index) after another (first index), in the units of `weights`.
    pub follows: [[i16; LABELS]; LABELS],
    /// What is known of words.
    pub lexicon: Lexicon,
}

/// A model file that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadModel {
    /// It is not a zstd frame.
    #[error("the model is not packed as it should be")]
    Packing(#[from] std::io::Error),
    /// It is of another format, or ends too early.
    #[error("the model is not of the format that this program reads: train it again")]
    Format,
}

impl Model {
    /// The model that the program carries; unpacked once, shared by all threads.
    pub fn embedded() -> Arc<Model> {
        static MODEL: OnceLock<Arc<Model>> = OnceLock::new();
        let model = MODEL.get_or_init(|| {
            let packed = include_bytes!("model/names.zst");
            Arc::new(Model::from_bytes(packed).expect("the embedded model is read by a test"))
        });
        Arc::clone(model)
    }

    /// Reads what [`Model::to_bytes`] wrote.
    pub fn from_bytes(packed: &[u8]) -> Result<Model, BadModel> {
        let bytes = zstd::bulk::decompress(packed, MOST_BYTES)?;
        let mut rest = Reader(bytes.as_slice());
        if rest.take(FORMAT.len())? != FORMAT {
            return Err(BadModel::Format);
        }
        let bucket_bits = rest.number()?;
        if bucket_bits > 24 {
            return Err(BadModel::Format);
        }
        let mut follows = [[0; LABELS]; LABELS];
        for weight in follows.as_flattened_mut() {
            *weight = i16::from_le_bytes(rest.array()?);
        }
        let buckets = 1 << bucket_bits;
        let columns: Vec<&[u8]> = (0..LABELS).map(|_| rest.take(buckets)).collect::<Result<_, _>>()?;
        let mut weights = vec![[0; ROW]; buckets];
        // Some rows at a time, so that they stay in the cache while the columns are written into them.
        for (block, rows) in weights.chunks_mut(1024).enumerate() {
            for (label, column) in columns.iter().enumerate() {
                for (row, &weight) in rows.iter_mut().zip(&column[block * 1024..]) {
                    row[label] = weight as i8;
                }
            }
        }
        let lexicon = rest.lexicon()?;
        Ok(Model { bucket_bits, weights, follows, lexicon })
    }

    /// The model as its file holds it. `entries` are those of the lexicon, sorted by hash.
    pub fn to_bytes(&self, entries: &[Entry]) -> std::io::Result<Vec<u8>> {
        let mut bytes = FORMAT.to_vec();
        bytes.extend(self.bucket_bits.to_le_bytes());
        bytes.extend(self.follows.as_flattened().iter().flat_map(|weight| weight.to_le_bytes()));
        for label in 0..LABELS {
            bytes.extend(self.weights.iter().map(|row| row[label] as u8));
        }
        bytes.extend((entries.len() as u32).to_le_bytes());
        let mut last = 0;
        let mut steps: Vec<u32> =
            entries.iter().map(|entry| entry.hash - std::mem::replace(&mut last, entry.hash)).collect();
        for _ in 0..4 {
            bytes.extend(steps.iter().map(|step| *step as u8));
            steps.iter_mut().for_each(|step| *step >>= 8);
        }
        bytes.extend(entries.iter().flat_map(|entry| entry.lists.to_le_bytes()));
        for level in 0..3 {
            bytes.extend(entries.iter().flat_map(|entry| entry.clusters[level].to_le_bytes()));
        }
        zstd::bulk::compress(&bytes, 19)
    }

    /// The bucket of a feature's hash.
    pub fn bucket(&self, hash: u64) -> usize {
        (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - self.bucket_bits)) as usize
    }

    /// The weight of `after` following `before`.
    pub fn follow(&self, before: Label, after: Label) -> i32 {
        i32::from(self.follows[before as usize][after as usize])
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], BadModel> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(BadModel::Format)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BadModel> {
        self.take(N)?.try_into().map_err(|_| BadModel::Format)
    }

    fn number(&mut self) -> Result<u32, BadModel> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn lexicon(&mut self) -> Result<Lexicon, BadModel> {
        let count = self.number()? as usize;
        let mut steps = Vec::with_capacity(4);
        for _ in 0..4 {
            steps.push(self.take(count)?);
        }
        let lists = self.take(count.checked_mul(2).ok_or(BadModel::Format)?)?;
        let mut clusters = Vec::with_capacity(3);
        for _ in 0..3 {
            clusters.push(self.take(count * 2)?);
        }
        let pair = |column: &[u8], i: usize| u16::from_le_bytes([column[2 * i], column[2 * i + 1]]);
        let mut hash = 0u32;
        Ok(Lexicon::new((0..count).map(|i| {
            let step = u32::from_le_bytes([steps[0][i], steps[1][i], steps[2][i], steps[3][i]]);
            hash = hash.wrapping_add(step);
            let clusters = [pair(clusters[0], i), pair(clusters[1], i), pair(clusters[2], i)];
            Entry { hash, lists: pair(lists, i), clusters }
        })))
    }
}
