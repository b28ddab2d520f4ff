//! The stored article with its annotations, packed into few bytes. Hits are printed from it, and an index can be rebuilt
//! from it. A range is stored as its distance from the range before. A name is stored as a reference to a mention in the
//! text, if the text has this spelling.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::hit::Stored;
use morgue_article::date::{Date, DateSpan};
use morgue_article::{
    Annotations, Article, DateOrigin, Dateline, Entity, EntityKind, Mention, Origin, Part, Published, Zone,
};

/// The serialized form: the fields of [`Article`] and [`Annotations`], with borrowed texts.
#[derive(Serialize, Deserialize)]
struct Packed<'s> {
    text: &'s str,
    /// The zone, the distance from the end of the part before, and the length, in bytes.
    parts: Vec<(Zone, usize, usize)>,
    id: &'s str,
    own_id: Option<&'s str>,
    path: &'s str,
    version: u64,
    url: Option<&'s str>,
    source: Option<&'s str>,
    #[serde(borrow)]
    byline: Vec<&'s str>,
    #[serde(borrow)]
    dateline: Option<PackedDateline<'s>>,
    language: Option<&'s str>,
    section: Option<&'s str>,
    #[serde(borrow)]
    keywords: Vec<&'s str>,
    published: Option<(Days, DateOrigin)>,
    modified: Option<i32>,
    fetched: Option<i32>,
    #[serde(borrow)]
    stated: Vec<(EntityKind, &'s str)>,
    #[serde(borrow)]
    extra: Vec<(&'s str, Vec<&'s str>)>,
    #[serde(borrow)]
    entities: Vec<PackedEntity<'s>>,
    /// The distance from the start of the mention before, the length (both in bytes), and the days.
    dates: Vec<(usize, usize, Option<Days>)>,
}

#[derive(Serialize, Deserialize)]
struct PackedDateline<'s> {
    text: &'s str,
    place: Option<&'s str>,
    day: Option<i32>,
    wire: Option<&'s str>,
}

#[derive(Serialize, Deserialize)]
struct PackedEntity<'s> {
    kind: EntityKind,
    #[serde(borrow)]
    name: Name<'s>,
    /// `None` if the key is the name in lower case.
    key: Option<&'s str>,
    /// The distance from the start of the mention before, and the length, in bytes.
    mentions: Vec<(usize, usize)>,
}

#[derive(Serialize, Deserialize)]
enum Name<'s> {
    /// The text of the mention with this index.
    Mentioned(usize),
    /// The name itself, because no mention has this spelling.
    Spelled(&'s str),
}

/// The first day ([`Date::days`]), and the number of days from it to the last day.
type Days = (i32, i32);

/// Writes an article and its annotations.
pub(super) fn pack(article: &Article, annotations: &Annotations) -> Vec<u8> {
    let packed = Packed {
        text: &article.text,
        parts: distances(article.parts.iter().map(|part| &part.range), true)
            .zip(&article.parts)
            .map(|((gap, len), part)| (part.zone, gap, len))
            .collect(),
        id: &article.id,
        own_id: article.own_id.as_deref(),
        path: &article.origin.path,
        version: article.version,
        url: article.url.as_deref(),
        source: article.source.as_deref(),
        byline: article.byline.iter().map(String::as_str).collect(),
        dateline: article.dateline.as_ref().map(|dateline| PackedDateline {
            text: &dateline.text,
            place: dateline.place.as_deref(),
            day: dateline.day.map(Date::days),
            wire: dateline.wire.as_deref(),
        }),
        language: article.language.as_deref(),
        section: article.section.as_deref(),
        keywords: article.keywords.iter().map(String::as_str).collect(),
        published: article.published.map(|published| (days(published.span), published.from)),
        modified: article.modified.map(Date::days),
        fetched: article.fetched.map(Date::days),
        stated: article.stated.iter().map(|(kind, name)| (*kind, name.as_str())).collect(),
        extra: article
            .extra
            .iter()
            .map(|(name, values)| (name.as_str(), values.iter().map(String::as_str).collect()))
            .collect(),
        entities: annotations.entities.iter().map(|entity| pack_entity(&article.text, entity)).collect(),
        dates: distances(annotations.dates.iter().map(|mention| &mention.range), false)
            .zip(&annotations.dates)
            .map(|((gap, len), mention)| (gap, len, mention.value.map(days)))
            .collect(),
    };
    let mut bytes = postcard::to_stdvec(&packed).expect("strings and numbers always serialize");
    bytes.extend_from_slice(&article.origin.record.to_le_bytes());
    bytes
}

/// Everything that [`pack`] wrote except the number of the record, which is not content of the article.
pub(super) fn without_record(bytes: &[u8]) -> &[u8] {
    bytes.split_last_chunk::<8>().map_or(bytes, |(rest, _)| rest)
}

/// Reads back what [`pack`] wrote.
pub(super) fn unpack(bytes: &[u8]) -> postcard::Result<Stored> {
    let (packed, record): (Packed<'_>, &[u8]) = postcard::take_from_bytes(bytes)?;
    let record = u64::from_le_bytes(record.try_into().map_err(|_| postcard::Error::DeserializeUnexpectedEnd)?);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let all = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    let day = |days: Option<i32>| days.and_then(Date::from_days);
    let part_ranges = ranges(packed.parts.iter().map(|&(_, gap, len)| (gap, len)), true);
    let date_ranges = ranges(packed.dates.iter().map(|&(gap, len, _)| (gap, len)), false);
    let annotations = Annotations {
        entities: packed.entities.into_iter().map(|entity| unpack_entity(packed.text, entity)).collect(),
        dates: date_ranges
            .zip(&packed.dates)
            .map(|(range, (_, _, days))| Mention { range, value: days.and_then(span) })
            .collect(),
    };
    let article = Article {
        parts: part_ranges.zip(&packed.parts).map(|(range, &(zone, _, _))| Part { zone, range }).collect(),
        text: packed.text.to_owned(),
        id: packed.id.to_owned(),
        own_id: owned(packed.own_id),
        origin: Origin { path: packed.path.into(), record },
        version: packed.version,
        url: owned(packed.url),
        source: owned(packed.source),
        byline: all(packed.byline),
        dateline: packed.dateline.map(|dateline| Dateline {
            text: dateline.text.to_owned(),
            place: owned(dateline.place),
            day: day(dateline.day),
            wire: owned(dateline.wire),
        }),
        language: owned(packed.language),
        section: owned(packed.section),
        keywords: all(packed.keywords),
        published: packed.published.and_then(|(days, from)| Some(Published { span: span(days)?, from })),
        modified: day(packed.modified),
        fetched: day(packed.fetched),
        stated: packed.stated.into_iter().map(|(kind, name)| (kind, name.to_owned())).collect(),
        extra: packed.extra.into_iter().map(|(name, values)| (name.to_owned(), all(values))).collect(),
    };
    Ok(Stored { article, annotations })
}

fn pack_entity<'s>(text: &'s str, entity: &'s Entity) -> PackedEntity<'s> {
    let mentioned = entity.mentions.iter().position(|range| text.get(range.clone()) == Some(&entity.name));
    PackedEntity {
        kind: entity.kind,
        name: mentioned.map_or(Name::Spelled(&entity.name), Name::Mentioned),
        key: (entity.key != entity.name.to_lowercase()).then_some(&entity.key),
        mentions: distances(entity.mentions.iter(), false).collect(),
    }
}

fn unpack_entity(text: &str, entity: PackedEntity<'_>) -> Entity {
    let mentions: Vec<Range<usize>> = ranges(entity.mentions.into_iter(), false).collect();
    let name = match entity.name {
        Name::Spelled(name) => name,
        Name::Mentioned(number) => mentions.get(number).and_then(|range| text.get(range.clone())).unwrap_or_default(),
    };
    Entity {
        kind: entity.kind,
        name: name.to_owned(),
        key: entity.key.map_or_else(|| name.to_lowercase(), str::to_owned),
        mentions,
    }
}

/// Each range as its distance from the end (`from_end`) or the start of the range before, and its length. A negative
/// distance wraps around; [`ranges`] wraps it back.
fn distances<'r>(
    ranges: impl Iterator<Item = &'r Range<usize>>,
    from_end: bool,
) -> impl Iterator<Item = (usize, usize)> {
    ranges.scan(0usize, move |before, range| {
        let gap = range.start.wrapping_sub(*before);
        *before = if from_end { range.end } else { range.start };
        Some((gap, range.end.wrapping_sub(range.start)))
    })
}

/// The inverse of [`distances`].
fn ranges(distances: impl Iterator<Item = (usize, usize)>, from_end: bool) -> impl Iterator<Item = Range<usize>> {
    distances.scan(0usize, move |before, (gap, len)| {
        let start = before.wrapping_add(gap);
        let end = start.wrapping_add(len);
        *before = if from_end { end } else { start };
        Some(start..end)
    })
}

fn days(span: DateSpan) -> Days {
    let first = span.first().days();
    (first, span.last().days() - first)
}

fn span((first, more): Days) -> Option<DateSpan> {
    DateSpan::new(Date::from_days(first)?, Date::from_days(first.checked_add(more)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_articles_are_unpacked_unchanged() {
        let mut article = Article {
            id: "urn:a".into(),
            own_id: Some("7".into()),
            origin: Origin { path: "wire/a.json".into(), record: 3 },
            version: 20_190_112,
            url: Some("https://courier.example/7".into()),
            source: Some("The Courier".into()),
            byline: vec!["Ann Lee".into(), "Jo Marsh".into()],
            dateline: Some(Dateline {
                text: "ASHFORD, March 3 (Wire)".into(),
                place: Some("ASHFORD".into()),
                day: Date::new(1998, 3, 3),
                wire: Some("Wire".into()),
            }),
            language: Some("en".into()),
            section: Some("Local".into()),
            keywords: vec!["dams".into()],
            published: Some(Published { span: DateSpan::month(1950, 2).unwrap(), from: DateOrigin::Url }),
            modified: Date::new(1998, 3, 5),
            fetched: Date::new(2020, 1, 1),
            stated: vec![(EntityKind::Place, "Ashford".into())],
            extra: [("client".to_owned(), vec!["Acme".to_owned(), "Acme Ltd".to_owned()])].into(),
            ..Article::default()
        };
        article.push(Zone::Title, "Dam fails");
        article.push(Zone::Body, "Mayor Jo Marsh left Ashford on 3 March 1998. Marsh is 40.");
        article.push(Zone::Caption, "The dam.");
        let entity = |kind, name: &str, key: &str, mentions: &[Range<usize>]| Entity {
            kind,
            name: name.into(),
            key: key.into(),
            mentions: mentions.to_vec(),
        };
        let annotations = Annotations {
            entities: vec![
                entity(EntityKind::Person, "Jo Marsh", "jo marsh", &[16..24, 55..60]),
                entity(EntityKind::Place, "Ashford", "ashford", &[30..37, 50..51]),
                entity(EntityKind::Org, "U.S. Corps", "united states corps", &[]),
            ],
            dates: vec![
                Mention { range: 41..53, value: Some(DateSpan::day(Date::new(1998, 3, 3).unwrap())) },
                Mention { range: 60..62, value: None },
            ],
        };
        let stored = Stored { article, annotations };
        let bytes = pack(&stored.article, &stored.annotations);
        assert_eq!(unpack(&bytes).unwrap(), stored);
        assert!(bytes.len() < 430, "{}", bytes.len());
        let mut moved = stored.clone();
        moved.article.origin.record = 4;
        let moved = pack(&moved.article, &moved.annotations);
        assert!(moved != bytes && without_record(&moved) == without_record(&bytes));
        for end in 0..bytes.len() {
            assert!(unpack(&bytes[..end]).is_err(), "cut at {end}");
        }
        let empty = Stored { article: Article::default(), annotations: Annotations::default() };
        assert_eq!(unpack(&pack(&empty.article, &empty.annotations)).unwrap(), empty);
    }
}
