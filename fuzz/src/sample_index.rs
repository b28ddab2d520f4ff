//! An index of the sample articles, and the law that its answers must obey.

use std::path::Path;

use morgue::hit::Stored;
use morgue::matching::Matcher;
use morgue::token::{Stemming, Tokenizer, Tokens};
use morgue::{Index, Request, Searcher, ingest};

/// Articles, and an index of them.
pub struct SampleIndex {
    searcher: Searcher,
    articles: Vec<(Stored, Tokens)>,
    tokenizer: Tokenizer,
}

impl SampleIndex {
    /// Indexes one folder of the samples in a new temporary folder.
    pub fn new() -> SampleIndex {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/harwick-courier");
        let folder = std::env::temp_dir().join(format!("morgue-fuzz-{}", std::process::id()));
        let index = Index::open_or_create(&folder).expect("an empty folder");
        ingest([samples], &index, &Default::default(), |_| {}).expect("articles");
        let searcher = index.searcher().expect("an index");
        let mut tokenizer = Tokenizer::new(Stemming::English);
        let mut articles = Vec::new();
        let read = searcher.each_article(&mut |stored| {
            let stored = stored?;
            let mut tokens = Tokens::default();
            tokenizer.article(&stored.article, &mut tokens);
            articles.push((stored, tokens));
            Ok(())
        });
        read.expect("articles");
        SampleIndex { searcher, articles, tokenizer }
    }

    /// Fails unless the index finds the articles that `matching` finds.
    pub fn search(&mut self, request: &Request) {
        let hits = self.searcher.search(request).expect("an answer");
        let resolved = self.searcher.resolve(request).expect("a clause");
        let matcher = Matcher::new(&resolved.clause);
        let tokenizer = &mut self.tokenizer;
        let meant = self.articles.iter().filter(|(stored, tokens)| {
            matcher.matches(&stored.article, tokens, &stored.annotations, tokenizer).is_some()
        });
        assert_eq!(hits.count, meant.count() as u64, "{request:?}");
        hits.hits.iter().for_each(|hit| drop(hit.snippet.marked("[", "]")));
    }
}
