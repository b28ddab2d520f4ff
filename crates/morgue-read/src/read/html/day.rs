//! The day on which a page was published: from JSON-LD, `<meta>` fields, marked elements, the address, else from the
//! text near the title. Places that are right more often come first.

use morgue_article::date::{Date, DateSpan, Order, Precision, day_in_address, parse_published_as};
use morgue_article::{DateOrigin, RawDate};

use super::super::written_day;
use super::jsonld::JsonLd;
use super::page::{MarkedElement, Page};
use super::publication_line::day_of_line;
use morgue_article::text::letters_and_digits;

/// Facts from outside the page that help to read its dates.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayContext<'k> {
    /// The address.
    pub(super) url: Option<&'k str>,
    /// The day of the fetch; a later day of publication is not accepted.
    pub(super) fetched: Option<Date>,
    /// Which number of `01/02/2006` is the month, from the page's language and country.
    pub(super) order: Option<Order>,
}

/// The day of publication in ISO 8601. `title` is the headline that was chosen.
pub(super) fn published(
    page: &Page<'_>,
    stated: &JsonLd,
    title: Option<&str>,
    known: DayContext<'_>,
) -> Option<RawDate> {
    let near = NearTitle { page, known, title: title_at(page, title) };
    let field = |text: &str| known.read(text).map(|span| near.local(span, text));
    let marked = |is: &dyn Fn(&MarkedElement) -> bool| {
        let days = page.days.iter().filter(|day| !says_modified(day) && is(day));
        days.filter_map(|day| day.value.as_deref().and_then(field).or_else(|| known.read(&day.text))).next()
    };
    let from_fields = || {
        let article = stated.published.as_deref().and_then(field);
        article
            .or_else(|| PUBLISHED.iter().find_map(|name| meta(page, name).find_map(field)))
            .or_else(|| marked(&|day| day.label.contains("datepublished") || day.label.contains("pubdate")))
            .or_else(|| stated.created.as_deref().and_then(field))
            .or_else(|| CREATED.iter().find_map(|name| meta(page, name).find_map(field)))
            .or_else(|| marked(&|day| day.tag == "time" && says_published(day)))
    };
    let from_elements = || {
        marked(&|day| says_published(day) && near.has(day))
            .or_else(|| marked(&|day| day.tag == "time" && near.has(day)))
            .or_else(|| marked(&|day| near.has(day)))
    };
    let from_url = || known.url.and_then(day_in_address).map(DateSpan::day).filter(|span| known.believes(*span));
    let from_text = || near.written().or_else(|| marked(&|day| !day.aside)).or_else(|| near.written_below());
    let make = |span: DateSpan, from| RawDate { text: span.to_string(), from };
    from_fields()
        .map(|span| make(span, DateOrigin::Metadata))
        .or_else(|| from_url().map(|span| make(span, DateOrigin::Url)))
        .or_else(|| from_elements().map(|span| make(span, DateOrigin::Metadata)))
        .or_else(|| from_text().map(|span| make(span, DateOrigin::Text)))
}

/// When the page was last changed, as the page spells it.
pub(super) fn modified(page: &Page<'_>, stated: &JsonLd, known: DayContext<'_>) -> Option<String> {
    let named =
        || MODIFIED.iter().find_map(|name| meta(page, name).find(|text| known.read(text).is_some()).map(str::to_owned));
    let item = || {
        let day = page.days.iter().find(|day| day.label.contains("datemodified"))?;
        day.value.clone().filter(|value| known.read(value).is_some())
    };
    stated.modified.clone().filter(|text| known.read(text).is_some()).or_else(named).or_else(item)
}

/// Names of `<meta>` fields that state the day of publication, the most reliable first.
const PUBLISHED: [&str; 31] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "article:published",
    "publication_date",
    "publish-date",
    "publish_date",
    "published-date",
    "publishdate",
    "pubdate",
    "pub_date",
    "rnews:datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "citation_date",
    "cxenseparse:recs:publishtime",
    "bt:pubdate",
    "cse-pubdate",
    "ptime",
    "displaydate",
    "originalpublicationdate",
    "dateposted",
    "article_date_original",
    "article-publication-date",
];

/// Names of `<meta>` fields that mostly state it.
const CREATED: [&str; 14] = [
    "date",
    "dc.date",
    "dcterms.date",
    "created",
    "datecreated",
    "creation_date",
    "date.created",
    "article.created",
    "dcsext.articlefirstpublished",
    "analyticsattributes.articledate",
    "shareaholic:article_published_time",
    "timestamp",
    "time",
    "og:pubdate",
];

const MODIFIED: [&str; 11] = [
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "modified",
    "article.updated",
    "utime",
];

fn meta<'p>(page: &'p Page<'_>, name: &'p str) -> impl Iterator<Item = &'p str> {
    page.metas.iter().filter(move |(known, _)| known == name).map(|(_, content)| content.as_str())
}

impl DayContext<'_> {
    /// The day that a date field spells.
    fn read(&self, text: &str) -> Option<DateSpan> {
        let span =
            parse_published_as(text, self.order).or_else(|| written_day::find(text, self.order).map(DateSpan::day))?;
        (span.precision() == Precision::Day && self.believes(span)).then_some(span)
    }

    /// Can a web page have been published on that day?
    fn believes(&self, span: DateSpan) -> bool {
        span.first().year() >= FIRST_YEAR && self.fetched.is_none_or(|fetched| span.first() <= fetched)
    }
}

/// No publication is older. Web pages are younger, but archives put old papers online with the day in a field.
const FIRST_YEAR: i16 = 1850;

fn says_published(day: &MarkedElement) -> bool {
    ["publish", "entry-date", "pubdate", "posted", "created"].iter().any(|word| day.label.contains(word))
}

fn says_modified(day: &MarkedElement) -> bool {
    let updated = ["modified", "updated", "lastmod"].iter().any(|word| day.label.contains(word));
    updated && !day.label.contains("publish")
}

/// A day this near to the title is that of the article: bytes of text before and after it.
const BEFORE_TITLE: usize = 400;
const AFTER_TITLE: usize = 2_000;

/// Where the title is: the heading that repeats it, else the first heading.
fn title_at(page: &Page<'_>, title: Option<&str>) -> Option<usize> {
    let title = title.map(letters_and_digits).filter(|title| !title.is_empty());
    let says_it =
        |heading: &&MarkedElement| title.as_ref().is_some_and(|title| letters_and_digits(&heading.text) == *title);
    let first = || page.headings.iter().find(|heading| heading.tag == "h1" && !heading.text.is_empty());
    page.headings.iter().find(says_it).or_else(first).map(|heading| heading.at)
}

/// The text around the title.
struct NearTitle<'p> {
    page: &'p Page<'p>,
    known: DayContext<'p>,
    title: Option<usize>,
}

impl NearTitle<'_> {
    fn has(&self, day: &MarkedElement) -> bool {
        let Some(title) = self.title else { return !day.aside };
        !day.aside && day.at + BEFORE_TITLE >= title && day.at <= title + AFTER_TITLE
    }

    /// The days in the lines after the title, then those in the lines just before it.
    fn days(&self) -> impl Iterator<Item = DateSpan> {
        let title = self.title.unwrap_or(0);
        let lines = &self.page.lines;
        let after = lines.iter().filter(move |(at, _)| *at >= title && *at <= title + AFTER_TITLE);
        let before = lines.iter().rev().filter(move |(at, _)| *at < title && at + BEFORE_TITLE >= title);
        after.chain(before).filter_map(|(_, line)| self.day(line))
    }

    fn written(&self) -> Option<DateSpan> {
        self.days().next()
    }

    /// The first day further below, in a line that has little more than the day.
    fn written_below(&self) -> Option<DateSpan> {
        let title = self.title.unwrap_or(0);
        let lines = self.page.lines.iter().filter(|(at, line)| *at >= title && line.len() <= 40);
        lines.filter_map(|(_, line)| self.day(line)).next()
    }

    fn day(&self, line: &str) -> Option<DateSpan> {
        let line = if line.contains('&') { htmlize::unescape(line) } else { line.into() };
        day_of_line(&line, self.known.order).map(DateSpan::day).filter(|span| self.known.believes(*span))
    }

    /// The day in the newsroom's time zone, if a field states an instant in UTC. It is the day that the page shows
    /// its readers or has in its address, provided that the instant falls on that day in some time zone.
    fn local(&self, span: DateSpan, text: &str) -> DateSpan {
        let Some(hour) = hour_in_utc(text) else { return span };
        let shown = self.page.days.iter().filter(|day| self.has(day)).filter_map(|day| self.known.read(&day.text));
        let in_url = self.known.url.and_then(day_in_address).map(DateSpan::day);
        let days = in_url.into_iter().chain(shown.take(2)).chain(self.days().take(2));
        let apart: Vec<i32> = days.map(|day| day.first().days() - span.first().days()).collect();
        if apart.contains(&0) {
            return span;
        }
        // Time zones are 12 hours behind UTC to 14 hours ahead.
        let fits = |days: &&i32| (**days == -1 && hour < 12) || (**days == 1 && hour >= 10);
        let day = apart.iter().find(fits).and_then(|days| Date::from_days(span.first().days() + days));
        day.map_or(span, DateSpan::day)
    }
}

/// The hour of an instant in UTC: `2019-03-05T23:10:00Z`.
fn hour_in_utc(text: &str) -> Option<u8> {
    let text = text.trim();
    let is_utc = ["Z", "+00:00", "+0000", "UTC", "GMT"].iter().any(|end| text.ends_with(end));
    let clock = text.split(['T', ' ']).find(|part| part.as_bytes().get(2) == Some(&b':'))?;
    is_utc.then(|| clock[..2].parse().ok().filter(|hour| *hour < 24))?
}

/// Which number of `01/02/2006` is the month, from the page's language and address.
pub(super) fn order(language: Option<&str>, url: Option<&str>) -> Option<Order> {
    let language = language.unwrap_or_default().to_ascii_lowercase();
    let host = url.and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest.split('/').next().unwrap_or(rest));
    let country = host.rsplit('.').next().unwrap_or_default();
    let is_american = matches!(language.as_str(), "en-us" | "en_us") || matches!(country, "us" | "gov" | "mil");
    let is_foreign = !language.is_empty() && !language.starts_with("en");
    if url.is_some_and(|url| ["/en-gb/", "/en-au/", "/en-in/", "/en-ie/"].iter().any(|part| url.contains(part))) {
        return Some(Order::DayFirst);
    }
    match (is_american, is_foreign) {
        _ if country.len() == 2 && !matches!(country, "us" | "tv" | "io" | "co" | "me" | "ph") => Some(Order::DayFirst),
        (_, true) => Some(Order::DayFirst),
        (true, _) => Some(Order::MonthFirst),
        _ if language.len() == 5 => Some(Order::DayFirst),
        _ if host.ends_with(".com") => Some(Order::MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{jsonld, page};
    use super::*;

    fn day_of(html: &str, url: Option<&str>, fetched: Option<&str>) -> Option<(String, DateOrigin)> {
        let page = page::read(html).unwrap();
        let known = DayContext {
            url,
            fetched: fetched.map(|day| day.parse::<DateSpan>().unwrap().first()),
            order: order(page.language.as_deref(), url),
        };
        let found = published(&page, &jsonld::read(&page.scripts), None, known)?;
        Some((found.text, found.from))
    }

    #[test]
    fn a_day_is_read_from_all_its_places() {
        use DateOrigin::{Metadata, Text, Url};
        let json = "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"2019-03-05T23:00:00-05:00\"}</script>";
        for (html, expected) in [
            (json, Some(("2019-03-05", Metadata))),
            ("<meta property=article:published_time content=2019-03-05T10:00:00Z>", Some(("2019-03-05", Metadata))),
            ("<meta property=article:modified_time content=2019-03-05T10:00:00Z>", None),
            ("<h1>A</h1><time itemprop=datePublished datetime=2019-03-05>today</time>", Some(("2019-03-05", Metadata))),
            (
                "<h1>A</h1><time class=updated datetime=2019-04-05>x</time><time datetime=2019-03-05>y</time>",
                Some(("2019-03-05", Metadata)),
            ),
            ("<h1>A</h1><div class=article-date>Tuesday, March 5, 2019</div>", Some(("2019-03-05", Metadata))),
            ("<h1>A</h1><p>Von Ann Lund, 5. März 2019</p>", Some(("2019-03-05", Text))),
            ("<h1>A</h1><p>In 2019, 300 people</p>", None),
            ("<footer>5 March 2019</footer>", None),
        ] {
            let expected = expected.map(|(day, from)| (day.to_owned(), from));
            assert_eq!(day_of(html, None, None), expected, "{html}");
        }
        let url = Some("https://n.example/2019/03/05/bridge");
        assert_eq!(day_of("<h1>A</h1><p>1 May 2018</p>", url, None), Some(("2019-03-05".into(), Url)));
    }

    #[test]
    fn an_instant_in_utc_becomes_the_day_of_the_newsroom() {
        let page = |instant: &str, shown: &str| {
            format!("<meta property=article:published_time content={instant}><h1>A</h1><p>{shown}</p>")
        };
        for (instant, shown, expected) in [
            ("2019-03-05T02:10:00Z", "March 4, 2019", "2019-03-04"),
            ("2019-03-05T02:10:00Z", "March 5, 2019", "2019-03-05"),
            ("2019-03-05T18:10:00Z", "March 4, 2019", "2019-03-05"),
            ("2019-03-05T18:10:00+00:00", "March 6, 2019", "2019-03-06"),
            ("2019-03-05T02:10:00-05:00", "March 4, 2019", "2019-03-05"),
            ("2019-03-05T02:10:00Z", "in 2018", "2019-03-05"),
        ] {
            assert_eq!(day_of(&page(instant, shown), None, None).unwrap().0, expected, "{instant} {shown}");
        }
    }

    #[test]
    fn no_day_is_after_the_fetch() {
        let html = "<meta property=article:published_time content=2019-03-05><h1>A</h1><p>2 March 2019</p>";
        assert_eq!(day_of(html, None, Some("2019-03-05")).unwrap().0, "2019-03-05");
        assert_eq!(day_of(html, None, Some("2019-03-04")).unwrap().0, "2019-03-02");
    }

    #[test]
    fn the_order_of_day_and_month_follows_language_and_country() {
        for (language, url, expected) in [
            (Some("en-US"), None, Some(Order::MonthFirst)),
            (Some("de"), None, Some(Order::DayFirst)),
            (Some("en-GB"), None, Some(Order::DayFirst)),
            (Some("en"), Some("https://n.example.co.uk/a"), Some(Order::DayFirst)),
            (Some("en"), Some("https://example.com/a"), Some(Order::MonthFirst)),
            (None, None, None),
        ] {
            assert_eq!(order(language, url), expected, "{language:?} {url:?}");
        }
    }
}
