//! Trains the model that finds names, and measures how well a model finds names (feature `train`).
//!
//! [`TrainingData::read`] reads a data folder, [`TrainingData::learn`] learns a [`TrainedModel`] from it. The binary
//! `train_names` is the command line over this module. [`GoldArticle`], [`count_names`] and [`count_pairs`] measure any
//! [`EntityFinder`](crate::entities::EntityFinder); the example `score_names` measures the embedded model with them.

use std::io;
use std::path::PathBuf;

mod build_lexicon;
mod data;
mod examples;
mod gold_names;
mod measure;
mod perceptron;
mod recase;
mod spelling_pairs;

pub use data::{HeldOut, TrainedModel, TrainingData};
pub use examples::ExampleCounts;
pub use gold_names::GoldArticle;
pub use measure::{CountsByKind, NameCounts, ScoreTable, count_names};
pub use perceptron::Settings;
pub use spelling_pairs::{GoldEntities, PairError, count_pairs, read_entities};

/// Why a file of the data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The file or folder cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// A line of the file is not valid JSON.
    #[error("{}: {source}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: serde_json::Error,
    },
}
