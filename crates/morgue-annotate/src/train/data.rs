//! The data folder: what a model is trained on and measured on.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::DataError;
use super::build_lexicon;
use super::examples::{ExampleBuilder, ExampleCounts};
use super::gold_names::{GoldArticle, read_tagged};
use super::perceptron::{self, Example, Settings};
use super::spelling_pairs::{GoldEntities, read_entities};
use crate::entities::EntityFinder;
use crate::entities::lexicon::{LexiconEntry, NameLexicon};
use crate::entities::model::TaggerModel;

/// A set of articles that a model is measured on, and not trained on.
#[derive(Debug)]
pub struct HeldOut {
    /// The name of the set.
    pub name: String,
    /// Its articles.
    pub articles: Vec<GoldArticle>,
    /// The gold entities of its articles. It is empty if the set has no gold entities.
    pub entities: Vec<GoldEntities>,
}

/// The lexicon, the training examples and the held-out sets of a data folder.
pub struct TrainingData {
    entries: Vec<LexiconEntry>,
    lexicon: NameLexicon,
    examples: Vec<Example>,
    counts: ExampleCounts,
    bucket_bits: u32,
    /// The sets to measure on.
    pub held_out: Vec<HeldOut>,
}

impl TrainingData {
    /// Reads the data folder for models with two to the power of `bucket_bits` buckets. The README of the model describes
    /// the folder. The parts of `news-gold` in `hold_out` and the set `gum-news` are held out.
    ///
    /// # Errors
    ///
    /// If a file is missing or cannot be read.
    pub fn read(data: &Path, hold_out: &[String], bucket_bits: u32) -> Result<TrainingData, DataError> {
        let ner = data.join("ner");
        let news = ner.join("news-gold");
        let entries = build_lexicon::entries(&ner)?;
        let lexicon = NameLexicon::new(entries.iter().copied());
        let mut builder = ExampleBuilder::new(&lexicon, bucket_bits);
        let mut held_out = Vec::new();
        for name in parts_of_news(&news)? {
            let path = news.join(format!("{name}.tsv"));
            if hold_out.contains(&name) {
                let articles = GoldArticle::read_all(&path, true)?;
                let entities = read_entities(&news.join(format!("{name}.jsonl")))?;
                held_out.push(HeldOut { name, articles, entities });
            } else {
                builder.add_all(&read_tagged(&path)?, true, true);
            }
        }
        builder.add_all(&read_tagged(&ner.join("wikigold.tsv"))?, false, true);
        builder.add_all(&read_tagged(&ner.join("gum-open.tsv"))?, false, false);
        let gum_news = GoldArticle::read_all(&ner.join("gum-news.tsv"), false)?;
        held_out.push(HeldOut { name: "gum-news".to_owned(), articles: gum_news, entities: vec![] });
        let ExampleBuilder { examples, counts, .. } = builder;
        Ok(TrainingData { entries, lexicon, examples, counts, bucket_bits, held_out })
    }

    /// The number of entries of the lexicon.
    pub fn lexicon_entries(&self) -> usize {
        self.entries.len()
    }

    /// The number of training examples. Each candidate (a run of words that may hold names) is one example.
    pub fn examples(&self) -> usize {
        self.examples.len()
    }

    /// How many gold names the training examples have and lack.
    pub fn example_counts(&self) -> ExampleCounts {
        self.counts
    }

    /// Learns a model. The same data and settings give the same model.
    pub fn learn(&self, settings: &Settings) -> TrainedModel<'_> {
        let mut model = perceptron::learn(&self.examples, self.bucket_bits, settings);
        model.lexicon = self.lexicon.clone();
        TrainedModel { model: Arc::new(model), entries: &self.entries }
    }
}

/// A model that was trained on a data folder.
pub struct TrainedModel<'a> {
    model: Arc<TaggerModel>,
    entries: &'a [LexiconEntry],
}

impl TrainedModel<'_> {
    /// A finder that uses the model.
    pub fn finder(&self) -> EntityFinder {
        EntityFinder::with_model(Arc::clone(&self.model))
    }

    /// The bytes of the model file.
    ///
    /// # Errors
    ///
    /// If the model cannot be compressed.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        self.model.to_bytes(self.entries)
    }
}

/// The names of the parts of `news-gold`, sorted.
fn parts_of_news(folder: &Path) -> Result<Vec<String>, DataError> {
    let entries = fs::read_dir(folder).map_err(|source| DataError::File { path: folder.to_owned(), source })?;
    let files = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = files.filter_map(|name| Some(name.strip_suffix(".tsv")?.to_owned())).collect();
    names.sort_unstable();
    Ok(names)
}
