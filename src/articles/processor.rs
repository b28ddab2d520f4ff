//! Articles from memory: a page or a record of fields in, an annotated article out.

use morgue_article::{Annotations, Article, RawArticle, Skip};
use morgue_read::normalize::normalize;
use morgue_read::read;

use super::Stages;

/// Makes annotated articles of pages and of records in memory, in the same way as files are read. It holds the names
/// model and buffers, so each thread keeps one.
///
/// ```
/// use morgue::RawArticle;
/// use morgue::articles::Processor;
///
/// let mut processor = Processor::new();
/// let raw = RawArticle {
///     title: Some("Bridge opens".into()),
///     body: "HARWICK, May 3, 2023 - Ann Lee opened the bridge on Monday.".into(),
///     ..RawArticle::default()
/// };
/// let (article, annotations) = processor.article(raw)?;
/// assert_eq!(article.dateline.unwrap().place.as_deref(), Some("HARWICK"));
/// assert!(annotations.entities.iter().any(|entity| entity.name == "Ann Lee"));
/// # Ok::<(), morgue::Skip>(())
/// ```
pub struct Processor {
    stages: Stages,
}

impl Processor {
    /// Loads the names model.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Processor {
        Processor { stages: Stages::new() }
    }

    /// Normalizes and annotates a record.
    ///
    /// # Errors
    /// The [`Skip`] if the record is not usable as an article, for example because it has no text.
    pub fn article(&mut self, raw: RawArticle) -> Result<(Article, Annotations), Skip> {
        let article = normalize(raw)?;
        let annotations = self.stages.annotate(&article);
        Ok((article, annotations))
    }

    /// Reads, normalizes and annotates a page of the web: the bytes of its HTML, the address it was fetched from, and the
    /// day or time of the fetch, if these are known.
    ///
    /// # Errors
    /// The [`Skip`] if the page is not an article: an index page, an error page, a consent wall.
    pub fn page(
        &mut self,
        html: &[u8],
        url: Option<&str>,
        fetched: Option<&str>,
    ) -> Result<(Article, Annotations), Skip> {
        self.article(read::page(html, url, fetched)?)
    }
}
