//! Raw articles from memory into an index.

use crate::error::Result;
use crate::index::{Added, IndexWriter, id_by_content};
use morgue_article::{RawArticle, Skip};
use morgue_read::normalize::normalize;

impl IndexWriter {
    /// Adds a record of fields: it is normalized and annotated as a record of a file is. A record that cannot be used is
    /// a [`Skip`], which is a value and not an error of the writer.
    ///
    /// A record without an origin path gets the writer's name as path and the next number as record. One without an id
    /// of its own or an address gets an id from its content.
    ///
    /// # Errors
    /// If the index cannot be written.
    ///
    /// ```
    /// use morgue::index::Added;
    /// use morgue::{Index, RawArticle};
    ///
    /// let folder = tempfile::tempdir()?;
    /// let index = Index::open_or_create(folder.path().join("index"))?;
    /// let mut writer = index.writer()?.named("desk");
    /// let raw = RawArticle { body: "HARWICK, May 3, 2023 - The bridge opened.".into(), ..RawArticle::default() };
    /// assert_eq!(writer.add_raw(raw)?, Ok(Added::New));
    /// let skip = writer.add_raw(RawArticle::default())?.unwrap_err();
    /// assert_eq!(skip.to_string(), "desk record 2: no text");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add_raw(&mut self, mut raw: RawArticle) -> Result<std::result::Result<Added, Skip>> {
        if raw.origin.path.is_empty() {
            raw.origin = self.next_origin();
        }
        let mut article = match normalize(raw) {
            Ok(article) => article,
            Err(skip) => return Ok(Err(skip)),
        };
        let has_own_name =
            article.own_id.is_some() || article.id != format!("{}#{}", article.origin.path, article.origin.record);
        if !has_own_name {
            article.id = id_by_content(&article);
        }
        self.add(article).map(Ok)
    }
}
