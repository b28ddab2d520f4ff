//! The raw engine with its own tokenizer and fields, in the usual setup.

use std::path::Path;
use std::time::{Duration, Instant};

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, TokenStream};
use tantivy::{Index, Searcher, TantivyDocument, Term};

use super::{Failure, Text};

mod stemmer;

pub struct Baseline {
    searcher: Searcher,
    title: Field,
    body: Field,
    exact: Option<Field>,
    index: Index,
}

impl Baseline {
    /// Indexes `texts` with 2 threads. `exact` adds the body a second time, without stemming.
    pub fn build(texts: &[Text], exact: bool, folder: &Path) -> Result<(Duration, Baseline), Failure> {
        let mut schema = Schema::builder();
        let indexing = |tokenizer| {
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        };
        let stemmed = TextOptions::default().set_indexing_options(indexing("en_stem")) | STORED;
        let title = schema.add_text_field("title", stemmed.clone());
        let body = schema.add_text_field("body", stemmed);
        let plain = TextOptions::default().set_indexing_options(indexing("default"));
        let exact = exact.then(|| schema.add_text_field("exact", plain));
        std::fs::create_dir_all(folder)?;
        let index = Index::create_in_dir(folder, schema.build())?;
        let stems = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(40))
            .filter(LowerCaser)
            .filter(stemmer::EnglishStems);
        index.tokenizers().register("en_stem", stems.build());
        let start = Instant::now();
        let mut writer = index.writer_with_num_threads(2, 160 << 20)?;
        for text in texts {
            let mut document = TantivyDocument::default();
            document.add_text(title, &text.title);
            document.add_text(body, &text.body);
            if let Some(exact) = exact {
                document.add_text(exact, &text.body);
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let time = start.elapsed();
        let searcher = index.reader()?.searcher();
        Ok((time, Baseline { searcher, title, body, exact, index }))
    }

    fn words(&self, field: Field, text: &str) -> Result<Vec<Term>, Failure> {
        let mut analyzer = self.index.tokenizer_for_field(field)?;
        let mut stream = analyzer.token_stream(text);
        let mut terms = Vec::new();
        while let Some(token) = stream.next() {
            terms.push(Term::from_field_text(field, &token.text));
        }
        Ok(terms)
    }

    /// The first ten documents with any of the words, in title or body.
    pub fn top(&self, text: &str) -> Result<usize, Failure> {
        let mut any: Vec<Box<dyn Query>> = Vec::new();
        for field in [self.title, self.body] {
            for term in self.words(field, text)? {
                any.push(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)));
            }
        }
        Ok(self.searcher.search(&BooleanQuery::union(any), &TopDocs::with_limit(10).order_by_score())?.len())
    }

    /// The first ten documents with the words as a phrase in the exact body.
    pub fn phrase(&self, text: &str) -> Result<usize, Failure> {
        let field = self.exact.ok_or("baseline B has the exact field")?;
        let query = PhraseQuery::new(self.words(field, text)?);
        Ok(self.searcher.search(&query, &TopDocs::with_limit(10).order_by_score())?.len())
    }
}
