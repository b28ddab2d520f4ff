//! Builds the lexicon from the list of names and the word clusters. The project's tokenizer cuts both into words.

use std::collections::BTreeMap;
use std::path::Path;

use morgue_article::token::{Form, Stemming, Tokenizer, Tokens};

use super::DataError;
use super::gold_names::read_text;
use crate::entities::lexicon::{LISTS, LONGEST_PHRASE, LexiconEntry, STARTS_PHRASE, phrase_hash};
use crate::entities::words::hash;

/// The entries of the lexicon, sorted by hash. `folder` is the folder `ner` of the data folder.
pub(super) fn entries(folder: &Path) -> Result<Vec<LexiconEntry>, DataError> {
    let mut tokenizer = Tokenizer::new(Stemming::None);
    let mut tokens = Tokens::default();
    let mut word_hashes = |text: &str| -> Vec<u32> {
        tokenizer.text(text, &mut tokens);
        let words = tokens.tokens.iter().filter(|token| token.form == Form::Exact && token.width == 1);
        words.map(|token| hash(tokens.text(token).as_bytes())).collect()
    };
    let mut entries: BTreeMap<u32, LexiconEntry> = BTreeMap::new();
    for line in read_text(&folder.join("gazetteer.tsv.gz"))?.lines() {
        let Some((name, kinds)) = line.split_once('\t') else { continue };
        let words = word_hashes(name);
        let Some(phrase) = phrase_hash(words.iter().copied()).filter(|_| words.len() <= LONGEST_PHRASE) else {
            continue;
        };
        let lists = LISTS.iter().enumerate().filter(|(_, list)| kinds.as_bytes().contains(list));
        entries.entry(phrase).or_default().lists |= lists.fold(0, |lists, (bit, _)| lists | 1 << bit);
        if words.len() > 1 {
            entries.entry(words[0]).or_default().lists |= STARTS_PHRASE;
        }
    }
    for line in read_text(&folder.join("clusters.tsv.gz"))?.lines() {
        let mut columns = line.split('\t');
        let Some(words) = columns.next().map(&mut word_hashes) else { continue };
        let ids: Vec<u16> = columns.filter_map(|id| id.parse().ok()).collect();
        if let ([word], [coarse, middle, fine]) = (words.as_slice(), ids.as_slice()) {
            let clusters = &mut entries.entry(*word).or_default().clusters;
            if *clusters == [0; 3] {
                *clusters = [coarse + 1, middle + 1, fine + 1];
            }
        }
    }
    entries.remove(&0);
    Ok(entries.into_iter().map(|(hash, entry)| LexiconEntry { hash, ..entry }).collect())
}
