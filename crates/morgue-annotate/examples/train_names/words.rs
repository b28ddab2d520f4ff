//! Builds the lexicon from the list of names and the word clusters, each cut by the project's own tokenizer.

use std::collections::BTreeMap;
use std::path::Path;

use morgue_annotate::entities::lexicon::{Entry, LISTS, LONGEST_RUN, STARTS_RUN, and_then};
use morgue_annotate::entities::words::hash;
use morgue_article::token::{Form, Stemming, Tokenizer, Tokens};

use crate::gold::text_of;

/// The entries of the lexicon, sorted by hash.
pub fn entries(data: &Path) -> Result<Vec<Entry>, String> {
    let mut tokenizer = Tokenizer::new(Stemming::None);
    let mut tokens = Tokens::default();
    let mut cut = |text: &str| -> Vec<u32> {
        tokenizer.text(text, &mut tokens);
        let words = tokens.tokens.iter().filter(|token| token.form == Form::Exact && token.width == 1);
        words.map(|token| hash(tokens.text(token).as_bytes())).collect()
    };
    let mut entries: BTreeMap<u32, Entry> = BTreeMap::new();
    for line in text_of(&data.join("gazetteer.tsv.gz"))?.lines() {
        let Some((name, kinds)) = line.split_once('\t') else { continue };
        let lists = LISTS.iter().enumerate().filter(|(_, list)| kinds.as_bytes().contains(list));
        let lists = lists.fold(0, |lists, (bit, _)| lists | 1 << bit);
        let words = cut(name);
        if words.is_empty() || words.len() > LONGEST_RUN {
            continue;
        }
        let run = words[1..].iter().fold(words[0], |run, &word| and_then(run, word));
        entries.entry(run).or_default().lists |= lists;
        if words.len() > 1 {
            entries.entry(words[0]).or_default().lists |= STARTS_RUN;
        }
    }
    for line in text_of(&data.join("clusters.tsv.gz"))?.lines() {
        let mut columns = line.split('\t');
        let Some(words) = columns.next().map(&mut cut) else { continue };
        let ids: Vec<u16> = columns.filter_map(|id| id.parse().ok()).collect();
        if let ([word], [coarse, middle, fine]) = (words.as_slice(), ids.as_slice()) {
            let clusters = &mut entries.entry(*word).or_default().clusters;
            if *clusters == [0; 3] {
                *clusters = [coarse + 1, middle + 1, fine + 1];
            }
        }
    }
    entries.remove(&0);
    Ok(entries.into_iter().map(|(hash, entry)| Entry { hash, ..entry }).collect())
}
