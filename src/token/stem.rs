//! Stems of exact forms, remembered.

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::Stemming;

/// How many forms are remembered; when as many are known, all are forgotten. A memory of 65,536 forms finds 99 of 100
/// words of news and takes about 5 MB.
const REMEMBERED: usize = 1 << 16;
/// Forms of more bytes than this have no stem.
const LONGEST: usize = 40;

/// A stemmer with a memory.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    known: FxHashMap<Box<str>, Option<Box<str>>>,
}

impl Stems {
    pub(super) fn new(stemming: Stemming) -> Stems {
        let stemmer = match stemming {
            Stemming::English => Some(Stemmer::new(Algorithm::English)),
            Stemming::None => None,
        };
        Stems { stemmer, known: FxHashMap::default() }
    }

    /// The stem of an exact form where it differs from it. Only words of ASCII letters alone have one.
    pub(super) fn stem(&mut self, form: &str) -> Option<&str> {
        if !self.is_stemmable(form) {
            return None;
        }
        let stemmer = self.stemmer.as_ref()?;
        // A second look-up on a miss, as the borrow of a hit would last to the end of the function.
        if !self.known.contains_key(form) {
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            let stem = stemmer.stem(form);
            let stem = (!stem.is_empty() && stem != form).then(|| Box::from(&*stem));
            self.known.insert(form.into(), stem);
        }
        self.known.get(form)?.as_deref()
    }

    /// Whether a form is one that is stemmed, its stem being itself or another.
    pub(super) fn is_stemmable(&self, form: &str) -> bool {
        self.stemmer.is_some() && (3..=LONGEST).contains(&form.len()) && form.bytes().all(|b| b.is_ascii_lowercase())
    }
}
