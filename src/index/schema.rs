//! The fields of the index, and the conversion of one article into one document.
//!
//! All words of an article are in one field, `text`, in one position space. The ends of zones, sentences and paragraphs are
//! in the field `bounds`, so that they do not count as length.

use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use xxhash_rust::xxh3::xxh3_64;

use super::encode::{self, PACKED};
use super::name_term::name_term;
use super::stored;
use crate::matching;
use crate::query::Field as WordField;
use morgue_article::date::{Date, DateSpan};
use morgue_article::token::{Form, Tokenizer, Tokens, ZONE_GAP};
use morgue_article::{Annotations, Article, EntityKind, ExtraName, Zone};

/// Terms of the `bounds` field: the last position of the title, of the lede, of the body, of each caption, of each
/// sentence and of each paragraph.
pub(crate) mod bound {
    pub(crate) const TITLE: &str = "t";
    pub(crate) const LEDE: &str = "l";
    pub(crate) const BODY: &str = "b";
    pub(crate) const CAPTION: &str = "c";
    pub(crate) const SENTENCE: &str = "s";
    pub(crate) const PARAGRAPH: &str = "p";
}

/// The fields that hold words, except the text and the user fields, in the order of `Fields::words`.
pub(crate) const WORD_FIELDS: [(WordField, &str); 9] = [
    (WordField::Byline, "byline"),
    (WordField::Dateline, "dateline"),
    (WordField::Source, "source"),
    (WordField::Url, "url"),
    (WordField::Path, "path"),
    (WordField::Id, "id"),
    (WordField::Lang, "lang"),
    (WordField::Section, "section"),
    (WordField::Keyword, "keyword"),
];

/// The fields, by their use.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// Words of title, body and captions.
    pub(crate) text: Field,
    /// Ends of zones, sentences and paragraphs: see [`bound`].
    pub(crate) bounds: Field,
    /// The names of the fields that the article has, as raw terms.
    pub(crate) has: Field,
    words: [Field; WORD_FIELDS.len()],
    /// Words of all user fields: see [`encode::extra_text`].
    pub(crate) extra: Field,
    names: [Field; 3],
    /// The spans of days that the text mentions, as terms: see [`day_term`].
    pub(crate) date: Field,
    /// The span of publication, as a term.
    pub(crate) published: Field,
    /// The article's id, raw.
    pub(crate) key: Field,
    /// The source's own id, raw.
    pub(crate) own: Field,
    /// The file that the article was read from, raw.
    pub(crate) file: Field,
    record: Field,
    version: Field,
    digest: Field,
    length: Field,
    first_day: Field,
    last_day: Field,
    facet_source: Field,
    facet_byline: Field,
    facet_lang: Field,
    /// Values of all user fields: see [`encode::extra_text`].
    facet_extra: Field,
    /// The stored article and annotations, packed.
    pub(crate) stored: Field,
}

/// The names of the columns, for readers of columns.
pub(crate) mod column {
    pub(crate) const KEY: &str = "key";
    pub(crate) const OWN: &str = "own";
    pub(crate) const FILE: &str = "file";
    pub(crate) const RECORD: &str = "record";
    pub(crate) const VERSION: &str = "version";
    pub(crate) const DIGEST: &str = "digest";
    pub(crate) const LENGTH: &str = "length";
    pub(crate) const FIRST_DAY: &str = "first_day";
    pub(crate) const LAST_DAY: &str = "last_day";
    pub(crate) const SOURCE: &str = "facet_source";
    pub(crate) const BYLINE: &str = "facet_byline";
    pub(crate) const LANG: &str = "facet_lang";
    pub(crate) const EXTRA: &str = "facet_extra";
}

impl Fields {
    /// The schema, and the fields in it.
    pub(crate) fn build() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let packed = |record| {
            let indexing =
                TextFieldIndexing::default().set_tokenizer(PACKED).set_index_option(record).set_fieldnorms(false);
            TextOptions::default().set_indexing_options(indexing)
        };
        let positions = packed(IndexRecordOption::WithFreqsAndPositions);
        let raw_indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        let raw = TextOptions::default().set_indexing_options(raw_indexing);
        let raw_fast = raw.clone().set_fast("raw");
        let fast = TextOptions::default().set_fast("raw");
        let fields = Fields {
            text: schema.add_text_field("text", positions.clone()),
            bounds: schema.add_text_field("bounds", positions.clone()),
            has: schema.add_text_field("has", raw),
            words: WORD_FIELDS.map(|(_, name)| schema.add_text_field(name, positions.clone())),
            extra: schema.add_text_field("extra", positions.clone()),
            names: EntityKind::ALL.map(|kind| schema.add_text_field(kind.name(), raw_fast.clone())),
            date: schema.add_bytes_field("date", tantivy::schema::INDEXED),
            published: schema.add_bytes_field("published", tantivy::schema::INDEXED),
            key: schema.add_text_field(column::KEY, raw_fast.clone()),
            own: schema.add_text_field(column::OWN, raw_fast.clone()),
            file: schema.add_text_field(column::FILE, raw_fast),
            record: schema.add_u64_field(column::RECORD, FAST),
            version: schema.add_u64_field(column::VERSION, FAST),
            digest: schema.add_u64_field(column::DIGEST, FAST),
            length: schema.add_u64_field(column::LENGTH, FAST),
            first_day: schema.add_i64_field(column::FIRST_DAY, FAST),
            last_day: schema.add_i64_field(column::LAST_DAY, FAST),
            facet_source: schema.add_text_field(column::SOURCE, fast.clone()),
            facet_byline: schema.add_text_field(column::BYLINE, fast.clone()),
            facet_lang: schema.add_text_field(column::LANG, fast.clone()),
            facet_extra: schema.add_text_field(column::EXTRA, fast),
            stored: schema.add_bytes_field("article", STORED),
        };
        (schema.build(), fields)
    }

    /// The field of names of one kind.
    pub(crate) fn names(&self, kind: EntityKind) -> Field {
        self.names[kind as usize]
    }

    /// The engine's field that holds the words of `field`. It is the text for `None` and for the zones of the text.
    pub(crate) fn words(&self, field: Option<WordField>) -> Field {
        if let Some(WordField::Extra(_)) = field {
            return self.extra;
        }
        WORD_FIELDS
            .iter()
            .position(|(word_field, _)| Some(*word_field) == field)
            .map_or(self.text, |place| self.words[place])
    }
}

/// An article that is ready to be added. Many threads prepare articles; one thread adds them.
pub(crate) struct Prepared {
    /// The article's id.
    pub(crate) key: String,
    pub(crate) rank: Rank,
    /// The digest of the stored article without the number of the record.
    pub(crate) digest: u64,
    /// Bytes of its text.
    pub(crate) text_bytes: u64,
    pub(crate) document: TantivyDocument,
}

/// Orders the records of one id: the index holds the record with the greatest rank.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    pub(crate) version: u64,
    /// The file that the record was read from.
    pub(crate) path: String,
    /// The number of the record in the file.
    pub(crate) record: u64,
}

/// Makes documents from articles. It holds buffers, so each thread keeps its own.
pub(crate) struct Preparer {
    fields: Fields,
    field_tokens: Tokens,
    packed: String,
}

impl Preparer {
    pub(crate) fn new(fields: Fields) -> Preparer {
        Preparer { fields, field_tokens: Tokens::default(), packed: String::new() }
    }

    /// Makes the document of an article whose tokens are `tokens`. `tokenizer` cuts the other fields of words.
    pub(crate) fn prepare(
        &mut self,
        article: &Article,
        annotations: &Annotations,
        tokens: &Tokens,
        tokenizer: &mut Tokenizer,
    ) -> Prepared {
        let fields = &self.fields;
        let mut document = TantivyDocument::default();
        let mut has: Vec<&str> = Vec::new();

        encode::pack_tokens(tokens, &mut self.packed);
        document.add_text(fields.text, &self.packed);
        pack_bounds(article, tokens, &mut self.packed);
        document.add_text(fields.bounds, &self.packed);

        for (place, (field, name)) in WORD_FIELDS.iter().enumerate() {
            self.packed.clear();
            let mut packer = encode::Packer::new(&mut self.packed);
            for value in matching::values(*field, article) {
                tokenizer.text(value, &mut self.field_tokens);
                packer.push_value(&self.field_tokens, ZONE_GAP);
            }
            if !self.packed.is_empty() {
                document.add_text(fields.words[place], &self.packed);
                has.push(name);
            }
        }
        self.add_user_fields(article, tokenizer, &mut document);
        let fields = &self.fields;
        for entity in &annotations.entities {
            let name = name_term(&entity.key, &entity.name);
            document.add_text(fields.names(entity.kind), &name);
        }
        for kind in EntityKind::ALL {
            if annotations.entities.iter().any(|entity| entity.kind == kind) {
                has.push(kind.name());
            }
        }
        let mut spans: Vec<DateSpan> = annotations.dates.iter().filter_map(|mention| mention.value).collect();
        spans.sort_unstable();
        spans.dedup();
        for span in &spans {
            document.add_bytes(fields.date, &day_term(*span));
        }
        if !spans.is_empty() {
            has.push("date");
        }
        if let Some(published) = article.published {
            document.add_bytes(fields.published, &day_term(published.span));
            document.add_i64(fields.first_day, i64::from(published.span.first().days()));
            document.add_i64(fields.last_day, i64::from(published.span.last().days()));
            has.push("published");
        }
        for name in has {
            document.add_text(fields.has, name);
        }
        document.add_text(fields.key, &article.id);
        if let Some(own) = &article.own_id {
            document.add_text(fields.own, own);
        }
        document.add_text(fields.file, &article.origin.path);
        document.add_u64(fields.record, article.origin.record);
        document.add_u64(fields.version, article.version);
        document.add_u64(fields.length, u64::from(tokens.words));
        for (field, value) in [(fields.facet_source, &article.source), (fields.facet_lang, &article.language)] {
            if let Some(value) = value {
                document.add_text(field, value);
            }
        }
        for byline in &article.byline {
            document.add_text(fields.facet_byline, byline);
        }
        let stored = stored::pack(article, annotations);
        let digest = xxh3_64(stored::without_record(&stored));
        document.add_u64(fields.digest, digest);
        document.add_bytes(fields.stored, &stored);
        Prepared {
            key: article.id.clone(),
            rank: Rank {
                version: article.version,
                path: article.origin.path.to_string(),
                record: article.origin.record,
            },
            digest,
            text_bytes: article.text.len() as u64,
            document,
        }
    }

    /// Adds the user fields: their words, their values for facets, and the names of those that the article has.
    fn add_user_fields(&mut self, article: &Article, tokenizer: &mut Tokenizer, document: &mut TantivyDocument) {
        self.packed.clear();
        let mut packer = encode::Packer::new(&mut self.packed);
        for (name, values) in &article.extra {
            let Ok(full_name) = ExtraName::new(name) else { continue };
            let mut has_word = false;
            for value in values {
                tokenizer.text(value, &mut self.field_tokens);
                has_word |= !self.field_tokens.tokens.is_empty();
                packer.push_extra_value(name, &self.field_tokens, ZONE_GAP);
                document.add_text(self.fields.facet_extra, encode::extra_text(name, value));
            }
            if has_word {
                document.add_text(self.fields.has, full_name.to_string());
            }
        }
        if !self.packed.is_empty() {
            document.add_text(self.fields.extra, &self.packed);
        }
    }
}

/// A span of days as a term that sorts by first day, then by last.
pub(crate) fn day_term(span: DateSpan) -> [u8; 8] {
    let mut term = [0; 8];
    term[..4].copy_from_slice(&sortable(span.first()));
    term[4..].copy_from_slice(&sortable(span.last()));
    term
}

/// A day as four bytes whose order is the order of days.
pub(crate) fn sortable(day: Date) -> [u8; 4] {
    ((day.days() as u32) ^ (1 << 31)).to_be_bytes()
}

/// The first and last day (as [`Date::days`]) of a span's term.
pub(crate) fn days_of_term(term: &[u8]) -> Option<(i32, i32)> {
    let day = |bytes: &[u8]| Some((u32::from_be_bytes(bytes.try_into().ok()?) ^ (1 << 31)) as i32);
    Some((day(term.get(..4)?)?, day(term.get(4..8)?)?))
}

/// Packs the ends of zones, sentences and paragraphs, in order of position.
fn pack_bounds(article: &Article, tokens: &Tokens, packed: &mut String) {
    let mut ends: Vec<(u32, &str)> = Vec::new();
    for (zone, positions) in &tokens.zones {
        let term = match zone {
            Zone::Title => bound::TITLE,
            Zone::Body => bound::BODY,
            Zone::Caption | Zone::Credit => bound::CAPTION,
        };
        ends.push((positions.end - 1, term));
    }
    ends.extend(lede_end(article, tokens).map(|end| (end, bound::LEDE)));
    ends.extend(tokens.sentence_ends.iter().map(|&end| (end, bound::SENTENCE)));
    ends.extend(tokens.paragraph_ends.iter().map(|&end| (end, bound::PARAGRAPH)));
    ends.sort_unstable();
    packed.clear();
    let mut packer = encode::Packer::new(packed);
    for (position, term) in ends {
        packer.push(position, Form::Exact, term);
    }
}

/// The last position of the first paragraph of the body; `None` if that paragraph has no words.
fn lede_end(article: &Article, tokens: &Tokens) -> Option<u32> {
    let lede = &article.parts.iter().find(|part| part.zone == Zone::Body)?.range;
    let (_, body) = tokens.zones.iter().find(|(zone, _)| *zone == Zone::Body)?;
    tokens.paragraph_ends.iter().copied().find(|end| body.contains(end)).filter(|&end| {
        let first = tokens.tokens.partition_point(|token| token.position < end);
        tokens.tokens[first..].first().is_some_and(|token| (token.range.end as usize) <= lede.end)
    })
}
