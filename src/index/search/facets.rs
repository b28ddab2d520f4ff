//! Counts over all matches, by value and by calendar unit. The counts are exact: every match is counted.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use fixedbitset::FixedBitSet;
use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;
use tantivy::schema::IndexRecordOption;

use crate::hit::{Facet, FacetCounts, Timeline, Unit};
use crate::index::columns::Columns;
use crate::index::encode::extra_range;
use crate::index::name_term::{name_of, terms_of};
use crate::index::naming::Naming;
use crate::index::schema::{Fields, column, days_of_term};
use morgue_article::EntityKind;
use morgue_article::date::{Date, DateSpan};

/// A segment and its matches.
pub(crate) struct Matches<'m> {
    pub(crate) segment: &'m SegmentReader,
    pub(crate) bits: &'m FixedBitSet,
}

/// Counts the matches by the values of one facet and lists the `top` most frequent values. Names are counted by key and
/// shown in their most frequent spelling, or in the spelling that `naming` gives them.
pub(crate) fn facet(
    facet: Facet,
    top: usize,
    matches: &[Matches<'_>],
    naming: &Naming,
) -> tantivy::Result<FacetCounts> {
    let mut groups: HashMap<String, Group> = HashMap::new();
    let mut named: BTreeMap<usize, u64> = BTreeMap::new();
    let mut without = 0;
    for Matches { segment, bits } in matches {
        let Some(values) = segment.fast_fields().str(column_of(facet))? else {
            without += bits.count_ones(..) as u64;
            continue;
        };
        let ords = extra_ords(facet, &values)?;
        let given = kind_of(facet).map(|kind| given(&values, kind, naming)).transpose()?.unwrap_or_default();
        let counts = count_values(&values, bits, &given, ords.as_ref());
        without += counts.without;
        counts.named.into_iter().for_each(|(place, count)| *named.entry(place).or_default() += count);
        let mut value = String::new();
        for (ord, count) in (0..).zip(counts.by_ord).filter(|(_, count)| *count > 0) {
            values.ord_to_str(ord, &mut value)?;
            // A name's term is its key and its spelling; any other value is its own key.
            if let Facet::Extra(name) = facet {
                let prefix = extra_range(name.as_str()).0;
                value.drain(..prefix.len().min(value.len()));
            }
            let (key, spelling) = name_of(&value).unwrap_or((&value, Cow::Borrowed(&value)));
            let group = groups.entry(key.to_owned()).or_default();
            group.count += count;
            *group.spellings.entry(spelling.into_owned()).or_default() += count;
        }
    }
    let distinct = (groups.len() + named.len()) as u64;
    let named = named.into_iter().map(|(place, count)| (naming.canonical(place).to_owned(), count));
    let mut values: Vec<(String, u64)> = groups.into_values().map(Group::shown).chain(named).collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    values.truncate(top);
    Ok(FacetCounts { facet, values, distinct, without })
}

/// The names of one segment that the user has aliased or stopped, by ordinal. `None` is a stopped name; otherwise the value
/// is the index of the name in [`Naming`].
type Given = HashMap<u64, Option<usize>>;

fn given(values: &StrColumn, kind: EntityKind, naming: &Naming) -> tantivy::Result<Given> {
    let mut given = Given::new();
    let merged = naming.merged(kind).map(|(key, place)| (key, Some(place)));
    for (key, place) in merged.chain(naming.stopped(kind).map(|key| (key, None))) {
        let (from, to) = terms_of(key);
        let mut names = values.dictionary().range().ge(&from).lt(&to).into_stream()?;
        while names.advance() {
            given.insert(names.term_ord(), place);
        }
    }
    Ok(given)
}

#[derive(Default)]
struct Group {
    count: u64,
    spellings: HashMap<String, u64>,
}

impl Group {
    /// The most frequent spelling (of equals, the first in alphabetical order) and the count.
    fn shown(self) -> (String, u64) {
        let most = self.spellings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        (most.map(|(spelling, _)| spelling).unwrap_or_default(), self.count)
    }
}

fn kind_of(facet: Facet) -> Option<EntityKind> {
    match facet {
        Facet::Person => Some(EntityKind::Person),
        Facet::Org => Some(EntityKind::Org),
        Facet::Place => Some(EntityKind::Place),
        Facet::Source | Facet::Byline | Facet::Lang | Facet::Extra(_) => None,
    }
}

fn column_of(facet: Facet) -> &'static str {
    match facet {
        Facet::Person => EntityKind::Person.name(),
        Facet::Org => EntityKind::Org.name(),
        Facet::Place => EntityKind::Place.name(),
        Facet::Source => column::SOURCE,
        Facet::Byline => column::BYLINE,
        Facet::Lang => column::LANG,
        Facet::Extra(_) => column::EXTRA,
    }
}

/// The ordinals of the values of a user field; `None` for all other facets, which have a column of their own.
fn extra_ords(facet: Facet, values: &StrColumn) -> tantivy::Result<Option<Range<u64>>> {
    let Facet::Extra(name) = facet else { return Ok(None) };
    let (from, to) = extra_range(name.as_str());
    let mut terms = values.dictionary().range().ge(&from).lt(&to).into_stream()?;
    let mut ords = 0..0;
    while terms.advance() {
        if ords.is_empty() {
            ords.start = terms.term_ord();
        }
        ords.end = terms.term_ord() + 1;
    }
    Ok(Some(ords))
}

/// The counts of one segment.
struct ValueCounts {
    /// By the ordinal of the value.
    by_ord: Vec<u64>,
    /// By the index of a name that represents several names.
    named: BTreeMap<usize, u64>,
    /// The number of matches without a value.
    without: u64,
}

/// Counts the values of one segment. An article has only one entity for each key, so two spellings of a name are not
/// counted twice. Names that are one name because of the user's aliases count once.
fn count_values(values: &StrColumn, bits: &FixedBitSet, given: &Given, ords: Option<&Range<u64>>) -> ValueCounts {
    let mut counts = ValueCounts { by_ord: vec![0; values.num_terms()], named: BTreeMap::new(), without: 0 };
    let (mut seen, mut places): (Vec<u64>, Vec<usize>) = (Vec::new(), Vec::new());
    for doc in bits.ones() {
        seen.clear();
        let is_asked_for = |ord: &u64| ords.is_none_or(|ords| ords.contains(ord));
        seen.extend(values.term_ords(doc as u32).filter(is_asked_for));
        seen.sort_unstable();
        seen.dedup();
        if !given.is_empty() {
            places.clear();
            seen.retain(|ord| match given.get(ord) {
                None => true,
                Some(place) => {
                    places.extend(place);
                    false
                }
            });
            places.sort_unstable();
            places.dedup();
            places.iter().for_each(|&place| *counts.named.entry(place).or_default() += 1);
        }
        counts.without += u64::from(seen.is_empty() && places.is_empty());
        seen.iter().for_each(|&ord| counts.by_ord[ord as usize] += 1);
    }
    counts
}

/// Counts the matches by calendar unit, either by day of publication or by the days that they mention.
pub(crate) fn timeline(
    unit: Unit,
    of_mentions: bool,
    fields: &Fields,
    matches: &[Matches<'_>],
) -> tantivy::Result<Timeline> {
    let mut bins: BTreeMap<Date, u64> = BTreeMap::new();
    let mut undated = 0;
    let field = if of_mentions { fields.date } else { fields.published };
    for Matches { segment, bits } in matches {
        let mut dated = FixedBitSet::with_capacity(segment.max_doc() as usize);
        // An article that mentions ten days of one month counts once in that month. Terms come in order of their first
        // day, so the documents of one unit come together.
        let mut in_unit = FixedBitSet::with_capacity(segment.max_doc() as usize);
        let mut current = None;
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let Some(start) = days_of_term(terms.key()).and_then(|days| unit_of(unit, days)) else { continue };
            if current != Some(start) {
                close_unit(current.replace(start), &mut in_unit, &mut bins);
            }
            let mut blocks = index.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            while blocks.block_len() > 0 {
                for &doc in blocks.docs().iter().filter(|&&doc| bits.contains(doc as usize)) {
                    in_unit.insert(doc as usize);
                }
                blocks.advance();
            }
            dated.union_with(&in_unit);
        }
        close_unit(current, &mut in_unit, &mut bins);
        undated += (bits.count_ones(..) - dated.count_ones(..)) as u64;
    }
    Ok(Timeline { unit, of_mentions, bins: fill_gaps(unit, bins), undated })
}

fn close_unit(start: Option<Date>, documents: &mut FixedBitSet, bins: &mut BTreeMap<Date, u64>) {
    let count = documents.count_ones(..) as u64;
    if let (Some(start), 1..) = (start, count) {
        *bins.entry(start).or_default() += count;
        documents.clear();
    }
}

/// The first day of the unit that contains the whole span; `None` if no unit does.
fn unit_of(unit: Unit, (first, last): (i32, i32)) -> Option<Date> {
    let (first, last) = (Date::from_days(first)?, Date::from_days(last)?);
    let start = |day: Date| match unit {
        Unit::Year => Date::new(day.year(), 1, 1),
        Unit::Month => Date::new(day.year(), day.month(), 1),
        Unit::Week => Some(day.add_days(-(day.weekday() as i32))),
        Unit::Day => Some(day),
    };
    start(first).filter(|begin| start(last) == Some(*begin))
}

/// A gap of more empty bins than this is not filled, so that one wrong date does not print ten thousand lines.
const LONGEST_GAP: usize = 400;

fn fill_gaps(unit: Unit, bins: BTreeMap<Date, u64>) -> Vec<(Date, u64)> {
    let mut filled: Vec<(Date, u64)> = Vec::with_capacity(bins.len());
    for (start, count) in bins {
        if let Some(&(last, _)) = filled.last() {
            let mut empty = Vec::new();
            let mut next = following(unit, last);
            while next < start && empty.len() <= LONGEST_GAP {
                empty.push((next, 0));
                next = following(unit, next);
            }
            if empty.len() <= LONGEST_GAP {
                filled.append(&mut empty);
            }
        }
        filled.push((start, count));
    }
    filled
}

fn following(unit: Unit, start: Date) -> Date {
    match unit {
        Unit::Year => start.add_months(12),
        Unit::Month => start.add_months(1),
        Unit::Week => start.add_days(7),
        Unit::Day => start.add_days(1),
    }
}

/// The number of matches with a day of publication, and the span from the first to the last of these days.
pub(crate) fn published(matches: &[Matches<'_>]) -> tantivy::Result<(u64, Option<DateSpan>)> {
    let mut dated = 0;
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    for Matches { segment, bits } in matches {
        let columns = Columns::open(segment)?;
        for doc in bits.ones() {
            let days = columns.first_day.first(doc as u32).zip(columns.last_day.first(doc as u32));
            if let Some((from, to)) = days {
                dated += 1;
                first = first.min(from);
                last = last.max(to);
            }
        }
    }
    let day = |days: i64| i32::try_from(days).ok().and_then(Date::from_days);
    Ok((dated, day(first).zip(day(last)).and_then(|(first, last)| DateSpan::new(first, last))))
}
