//! The trained model (weights and lexicon) and its file format.
//!
//! The file is one zstd frame. It contains the line `FORMAT`; log2 of the number of buckets (u32); the weights `follows`
//! (i16); the weights of the buckets (i8), one column for each label; the number of entries of the lexicon (u32); the
//! differences of their sorted hashes, in 4 byte planes; their `lists` (u16); and 3 columns of `clusters` (u16). Numbers
//! are little endian.

use std::sync::{Arc, OnceLock};

use super::label::{LABELS, Label};
use super::lexicon::{LexiconEntry, NameLexicon};

/// The number of weights in a bucket: one for each label, and one unused so that a row is 16 bytes.
pub(crate) const ROW: usize = 16;

const FORMAT: &[u8] = b"morgue names 1\n";

/// The largest size of an unpacked model, in bytes. A model with the most buckets (2^24) is smaller.
const MOST_BYTES: usize = 1 << 28;

/// The weights and the lexicon of the tagger.
#[derive(Debug, Clone, Default)]
pub(crate) struct TaggerModel {
    /// log2 of the number of buckets.
    pub(crate) bucket_bits: u32,
    /// One row of weights for each bucket.
    pub(crate) weights: Vec<[i8; ROW]>,
    /// The weight of a label (second index) after another one (first index), in the unit of `weights`.
    pub(crate) follows: [[i16; LABELS]; LABELS],
    /// The lexicon of words and phrases.
    pub(crate) lexicon: NameLexicon,
}

/// Why a model file cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ModelError {
    /// The file is not a zstd frame.
    #[error("the model file is not a valid zstd frame")]
    Packing(#[from] std::io::Error),
    /// The file has another format, or it ends too early.
    #[error("the model file has an unknown format or is cut off; train the model again")]
    Format,
}

impl TaggerModel {
    /// The model that the crate carries. It is unpacked once and shared by all threads.
    pub(super) fn embedded() -> Arc<TaggerModel> {
        static MODEL: OnceLock<Arc<TaggerModel>> = OnceLock::new();
        let model = MODEL.get_or_init(|| {
            let packed = include_bytes!("model/names.zst");
            Arc::new(TaggerModel::from_bytes(packed).expect("the embedded model is valid (a test reads it)"))
        });
        Arc::clone(model)
    }

    /// Reads the bytes of a model file.
    pub(super) fn from_bytes(packed: &[u8]) -> Result<TaggerModel, ModelError> {
        let bytes = zstd::bulk::decompress(packed, MOST_BYTES)?;
        let mut rest = ModelReader(bytes.as_slice());
        if rest.take(FORMAT.len())? != FORMAT {
            return Err(ModelError::Format);
        }
        let bucket_bits = rest.number()?;
        if bucket_bits > 24 {
            return Err(ModelError::Format);
        }
        let mut follows = [[0; LABELS]; LABELS];
        for weight in follows.as_flattened_mut() {
            *weight = i16::from_le_bytes(rest.array()?);
        }
        let buckets = 1 << bucket_bits;
        let columns: Vec<&[u8]> = (0..LABELS).map(|_| rest.take(buckets)).collect::<Result<_, _>>()?;
        let mut weights = vec![[0; ROW]; buckets];
        // Blocks of rows stay in the cache while the columns are written to them.
        for (block, rows) in weights.chunks_mut(1024).enumerate() {
            for (label, column) in columns.iter().enumerate() {
                for (row, &weight) in rows.iter_mut().zip(&column[block * 1024..]) {
                    row[label] = weight as i8;
                }
            }
        }
        let lexicon = rest.lexicon()?;
        Ok(TaggerModel { bucket_bits, weights, follows, lexicon })
    }

    /// The bytes of the model file. `entries` are the entries of the lexicon, sorted by hash.
    #[cfg(feature = "train")]
    pub(crate) fn to_bytes(&self, entries: &[LexiconEntry]) -> std::io::Result<Vec<u8>> {
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

    /// The row of `weights` for the hash of a feature.
    pub(crate) fn bucket(&self, hash: u64) -> usize {
        (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - self.bucket_bits)) as usize
    }

    /// The weight of the label `after` directly after the label `before`.
    pub(super) fn follow(&self, before: Label, after: Label) -> i32 {
        i32::from(self.follows[before as usize][after as usize])
    }
}

/// The part of the unpacked file that is not read yet.
struct ModelReader<'a>(&'a [u8]);

impl<'a> ModelReader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ModelError::Format)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        self.take(N)?.try_into().map_err(|_| ModelError::Format)
    }

    fn number(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn lexicon(&mut self) -> Result<NameLexicon, ModelError> {
        let count = self.number()? as usize;
        let mut steps = Vec::with_capacity(4);
        for _ in 0..4 {
            steps.push(self.take(count)?);
        }
        let lists = self.take(count.checked_mul(2).ok_or(ModelError::Format)?)?;
        let mut clusters = Vec::with_capacity(3);
        for _ in 0..3 {
            clusters.push(self.take(count * 2)?);
        }
        let pair = |column: &[u8], i: usize| u16::from_le_bytes([column[2 * i], column[2 * i + 1]]);
        let mut hash = 0u32;
        Ok(NameLexicon::new((0..count).map(|i| {
            let step = u32::from_le_bytes([steps[0][i], steps[1][i], steps[2][i], steps[3][i]]);
            hash = hash.wrapping_add(step);
            let clusters = [pair(clusters[0], i), pair(clusters[1], i), pair(clusters[2], i)];
            LexiconEntry { hash, lists: pair(lists, i), clusters }
        })))
    }
}
