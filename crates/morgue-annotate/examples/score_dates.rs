//! Scores date mentions against TimeBank, 183 news articles whose time expressions were marked by hand (TIMEX3).
//!
//!     cargo run --release --example score_dates -- --floor-f1 .88 --floor-value .82
//!
//! The first score is the F1 of our mentions against the gold mentions of type DATE and TIME. Mentions match if they
//! overlap. A mention that overlaps a gold DURATION or SET only counts as wrong. The second score is of values: the share
//! of exactly right days, over the gold DATE mentions that have a calendar value and overlap a mention of ours.
//!
//! The corpus is the folder `timeml/TimeBank` in `$MORGUE_DATA`, which is `../shared/data` by default. The program fails if
//! a score is below its floor. `--misses` lists every miss with the text around it. `--speed` measures the speed over 20
//! passes through the corpus.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};

use morgue_annotate::dates;
use morgue_article::date::{Date, DateSpan};
use morgue_article::{Article, DateOrigin, Mention, Published, Zone};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let options = Options::from_args(env::args().skip(1))?;
    let data = env::var_os("MORGUE_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let cases = read_cases(&data.join("timeml/TimeBank"))?;
    let mut score = Score::default();
    for case in &cases {
        score.add(case, options.misses);
    }
    println!("{score}");
    if options.speed {
        println!("{:.0} MB/s", speed(&cases));
    }
    score.check(&options)
}

#[derive(Default)]
struct Options {
    floor_f1: f64,
    floor_value: f64,
    misses: bool,
    speed: bool,
}

impl Options {
    fn from_args(mut args: impl Iterator<Item = String>) -> Result<Options, Failure> {
        let mut options = Options::default();
        while let Some(arg) = args.next() {
            let mut number = || args.next().ok_or("a floor needs a number")?.parse::<f64>().map_err(Failure::from);
            match arg.as_str() {
                "--floor-f1" => options.floor_f1 = number()?,
                "--floor-value" => options.floor_value = number()?,
                "--misses" => options.misses = true,
                "--speed" => options.speed = true,
                other => return Err(format!("unknown option {other}").into()),
            }
        }
        Ok(options)
    }
}

/// One article and its gold mentions.
struct Case {
    name: String,
    article: Article,
    gold: Vec<Gold>,
}

/// One TIMEX3 element. The range is bytes of the article's text.
struct Gold {
    kind: String,
    value: String,
    range: Range<usize>,
}

fn read_cases(folder: &Path) -> Result<Vec<Case>, Failure> {
    let entries =
        fs::read_dir(folder).map_err(|e| format!("cannot read {}: {e}; set MORGUE_DATA", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "tml"));
    paths.sort();
    paths.iter().map(|path| Ok(read_case(path, &fs::read_to_string(path)?))).collect()
}

fn read_case(path: &Path, markup: &str) -> Case {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let created = between(markup, "<DCT>", "</DCT>").and_then(|dct| attribute(dct, "value"));
    let published = created.and_then(|value| value.get(..10)?.parse::<Date>().ok());
    let mut article = Article {
        published: published.map(|day| Published { span: day.into(), from: DateOrigin::Metadata }),
        ..Article::default()
    };
    let mut gold = Vec::new();
    for paragraph in between(markup, "<TEXT>", "</TEXT>").unwrap_or_default().split("\n\n") {
        let start = article.text.len();
        let (text, marks) = strip(paragraph);
        article.push(Zone::Body, &text);
        gold.extend(
            marks.into_iter().map(|gold| Gold { range: gold.range.start + start..gold.range.end + start, ..gold }),
        );
    }
    Case { name, article, gold }
}

/// The text without tags and with blanks for line ends, and its TIMEX3 elements.
fn strip(markup: &str) -> (String, Vec<Gold>) {
    let (mut text, mut gold, mut rest) = (String::new(), Vec::new(), markup);
    while let Some(at) = rest.find(['<', '&', '\n']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('\n') {
            text.push(' ');
            rest = after;
        } else if rest.starts_with('&') {
            let entities = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\'')];
            let (len, c) = entities.iter().find(|(e, _)| rest.starts_with(e)).map_or((1, '&'), |(e, c)| (e.len(), *c));
            text.push(c);
            rest = &rest[len..];
        } else {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            let tag = &rest[..end];
            if tag.starts_with("<TIMEX3") {
                let attribute = |name| attribute(tag, name).unwrap_or_default().to_string();
                gold.push(Gold { kind: attribute("type"), value: attribute("value"), range: text.len()..text.len() });
            } else if tag == "</TIMEX3>"
                && let Some(last) = gold.last_mut()
            {
                last.range.end = text.len();
            }
            rest = &rest[end..];
        }
    }
    text.push_str(rest);
    (text, gold)
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end)?.0)
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    between(tag, &format!(" {name}=\""), "\"")
}

#[derive(Default)]
struct Score {
    ours: usize,
    ours_right: usize,
    gold: usize,
    gold_found: usize,
    valued: usize,
    valued_right: usize,
}

impl Score {
    fn add(&mut self, case: &Case, list_misses: bool) {
        let ours = dates::find(&case.article);
        let is_wanted = |gold: &&Gold| matches!(gold.kind.as_str(), "DATE" | "TIME");
        for mention in &ours {
            let right = case.gold.iter().filter(is_wanted).any(|gold| overlaps(&gold.range, &mention.range));
            self.ours += 1;
            self.ours_right += usize::from(right);
            if !right && list_misses {
                let other = case.gold.iter().find(|gold| overlaps(&gold.range, &mention.range));
                let kind = other.map_or("", |gold| gold.kind.as_str());
                println!("wrong    {kind:8} {}", show(case, &mention.range));
            }
        }
        for gold in case.gold.iter().filter(is_wanted) {
            let found: Vec<&Mention<_>> = ours.iter().filter(|ours| overlaps(&ours.range, &gold.range)).collect();
            self.gold += 1;
            self.gold_found += usize::from(!found.is_empty());
            if found.is_empty() && list_misses {
                println!("missed   {:12} {}", gold.value, show(case, &gold.range));
            }
            let Some(days) = days_of(&gold.value).filter(|_| gold.kind == "DATE" && !found.is_empty()) else {
                continue;
            };
            let right = found.iter().any(|ours| ours.value == Some(days));
            self.valued += 1;
            self.valued_right += usize::from(right);
            if !right && list_misses {
                let ours = found[0].value.map_or("-".to_string(), |days| days.to_string());
                println!("value    {:12} ours {ours:24} {}", gold.value, show(case, &found[0].range));
            }
        }
    }

    fn f1(&self) -> f64 {
        2.0 * share(self.ours_right, self.ours) * share(self.gold_found, self.gold)
            / (share(self.ours_right, self.ours) + share(self.gold_found, self.gold)).max(f64::MIN_POSITIVE)
    }

    fn check(&self, options: &Options) -> Result<(), Failure> {
        let value = share(self.valued_right, self.valued);
        if self.f1() < options.floor_f1 || value < options.floor_value {
            return Err(format!("below the floors: F1 {}, value {}", options.floor_f1, options.floor_value).into());
        }
        Ok(())
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (precision, recall) = (share(self.ours_right, self.ours), share(self.gold_found, self.gold));
        let value = share(self.valued_right, self.valued);
        write!(
            f,
            "dates on TimeBank: F1 {:.3} (precision {precision:.3} of {}, recall {recall:.3} of {})",
            self.f1(),
            self.ours,
            self.gold
        )?;
        write!(f, ", value right {value:.3} of {}", self.valued)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn show(case: &Case, range: &Range<usize>) -> String {
    let text = &case.article.text;
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (from, to) = (floor(range.start.saturating_sub(50)), floor((range.end + 40).min(text.len())));
    let published = case.article.published.map_or(String::new(), |published| published.span.to_string());
    let marked = format!("{}[{}]{}", &text[from..range.start], &text[range.clone()], &text[range.end..to]);
    format!("{:24} {published} {}", case.name, marked.replace('\n', " / "))
}

/// The days of a TIMEX3 value that names a part of the calendar.
fn days_of(value: &str) -> Option<DateSpan> {
    if let Ok(span) = value.parse::<DateSpan>() {
        return Some(span);
    }
    let number = |text: &str| text.parse::<i16>().ok();
    let span = |first: DateSpan, last: DateSpan| DateSpan::new(first.first(), last.last());
    match value.len() {
        2 => return span(DateSpan::year(number(value)? * 100 + 1)?, DateSpan::year(number(value)? * 100 + 100)?),
        3 => return span(DateSpan::year(number(value)? * 10)?, DateSpan::year(number(value)? * 10 + 9)?),
        _ => {}
    }
    let (year, part) = (number(value.get(..4)?)?, value.get(5..)?);
    let months = |first: u8, count: i32| {
        let first = Date::new(year, first, 1)?;
        DateSpan::new(first, first.add_months(count - 1).last_of_month())
    };
    match part {
        "SP" => months(3, 3),
        "SU" => months(6, 3),
        "FA" => months(9, 3),
        "WI" => months(12, 3),
        "H1" | "H2" => months(number(&part[1..])? as u8 * 6 - 5, 6),
        "Q1" | "Q2" | "Q3" | "Q4" => months(number(&part[1..])? as u8 * 3 - 2, 3),
        _ => {
            let week = number(part.strip_prefix('W')?.get(..2)?)?;
            // The first week of a year is the one that contains 4 January.
            let fourth = Date::new(year, 1, 4)?;
            let monday = fourth.add_days(7 * i32::from(week - 1) - fourth.weekday() as i32);
            match part.get(3..)? {
                "" => DateSpan::new(monday, monday.add_days(6)),
                "-WE" => DateSpan::new(monday.add_days(5), monday.add_days(6)),
                _ => None,
            }
        }
    }
}

/// The speed in megabytes of article text per second, on one thread.
fn speed(cases: &[Case]) -> f64 {
    let (mut bytes, mut mentions, start) = (0, 0, Instant::now());
    for case in cases.iter().cycle().take(cases.len() * 20) {
        bytes += case.article.text.len();
        mentions += dates::find(&case.article).len();
    }
    assert!(mentions > 0, "TimeBank has dates");
    bytes as f64 / 1e6 / start.elapsed().as_secs_f64()
}
