//! JSON Lines as README.md describes them. These types repeat those of the library on purpose: a field that is added,
//! removed or changed breaks a test before it breaks the program of a user.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::harness::{ProgramRun, Sandbox};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    r#type: String,
    morgue: u32,
    qid: Option<String>,
    query: String,
    count: u64,
    count_all_words: Option<u64>,
    sort: String,
    offset: u64,
    limit: Option<u64>,
    notes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a field that is only read must be there all the same")]
struct Hit {
    r#type: String,
    qid: Option<String>,
    rank: u64,
    score: f64,
    id: String,
    own_id: Option<String>,
    title: String,
    title_marks: Vec<Range>,
    source: Option<String>,
    published: Option<String>,
    #[serde(default)]
    byline: Vec<String>,
    url: Option<String>,
    lang: Option<String>,
    path: String,
    record: u64,
    snippet: Snippet,
    why: Option<Why>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Explanation {
    r#type: String,
    qid: Option<String>,
    tree: String,
    outline: Part,
    patterns: Vec<Became>,
    names: Vec<Became>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    says: String,
    articles: u64,
    #[serde(default)]
    parts: Vec<Part>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Became {
    typed: String,
    words: Vec<(String, u64)>,
    total: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Why {
    reasons: Vec<Reason>,
    nearness: f64,
    lede: f64,
    names: f64,
    words: u64,
    average_words: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    part: String,
    times: u64,
    found: Vec<String>,
    articles: u64,
    points: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    start: usize,
    end: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Snippet {
    fragments: Vec<Fragment>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a field that is only read must be there all the same")]
struct Fragment {
    zone: String,
    text: String,
    marks: Vec<Range>,
    cut_before: bool,
    cut_after: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facet {
    r#type: String,
    qid: Option<String>,
    facet: String,
    values: Vec<(String, u64)>,
    distinct: u64,
    without: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Timeline {
    r#type: String,
    qid: Option<String>,
    unit: String,
    of_mentions: bool,
    bins: Vec<(String, u64)>,
    undated: u64,
}

/// The lines of one type.
#[track_caller]
fn lines<T: DeserializeOwned>(run: &ProgramRun, r#type: &str) -> Vec<T> {
    let lines = run.json().into_iter().filter(|line| line["type"] == r#type);
    let read =
        |line: serde_json::Value| serde_json::from_value(line.clone()).map_err(|error| format!("{error}: {line}"));
    match lines.map(read).collect::<Result<Vec<T>, _>>() {
        Ok(lines) => lines,
        Err(error) => {
            run.check(false, &error);
            unreachable!("the check above has failed")
        }
    }
}

#[test]
fn a_search_prints_a_header_and_its_hits() {
    let sandbox = Sandbox::indexed();
    let run = sandbox.run(&["search", "dam collapse", "--format", "json", "--limit", "2"]).code(0);
    let [search] = &lines::<Search>(&run, "search")[..] else { panic!("one header: {}", run.stdout) };
    assert_eq!((search.morgue, search.query.as_str()), (1, "dam collapse"));
    assert_eq!((search.count, search.count_all_words), (4, Some(3)));
    assert_eq!((search.offset, search.limit, search.sort.as_str()), (0, Some(2), "relevance"));
    assert!(search.qid.is_none() && search.notes.is_empty() && search.r#type == "search");

    let hits = lines::<Hit>(&run, "hit");
    assert_eq!(hits.len(), 2);
    let hit = &hits[0];
    assert_eq!((hit.rank, hit.own_id.as_deref()), (1, Some("m1")));
    assert_eq!((hit.path.as_str(), hit.record), ("news/daily.jsonl", 1));
    assert_eq!((hit.source.as_deref(), hit.published.as_deref()), (Some("Merrow Courier"), Some("2019-03-14")));
    assert_eq!(hit.byline, ["Ada Quist"]);
    assert_eq!(&hit.title[hit.title_marks[0].start..hit.title_marks[0].end], "Dam");
    let fragment = &hit.snippet.fragments[0];
    let marked: Vec<&str> = fragment.marks.iter().map(|mark| &fragment.text[mark.start..mark.end]).collect();
    assert_eq!(marked, ["dam", "collapsed"]);
    assert_eq!(fragment.zone, "body");
    assert_eq!(run.json().len(), 3, "nothing else");
}

#[test]
fn an_explanation_follows_the_header_and_each_hit_says_why() {
    let sandbox = Sandbox::indexed();
    let text = "dam -collaps* person:nobody";
    let run = sandbox.run(&["search", "dam -collaps* published:2019", "--explain", "--format", "json"]).code(0);
    assert_eq!(run.json()[1]["type"], "explanation");
    let [explanation] = &lines::<Explanation>(&run, "explanation")[..] else { panic!("one: {}", run.stdout) };
    assert!(explanation.r#type == "explanation" && explanation.qid.is_none());
    assert_eq!(explanation.tree, "[dam -collaps* {published: 2019}]");
    assert_eq!((explanation.outline.articles, explanation.outline.parts.len()), (1, 3));
    let says: Vec<(&str, u64)> = explanation.outline.parts.iter().map(|part| (&*part.says, part.articles)).collect();
    assert_eq!(says[0], ("required: published:2019: published from 2019-01-01 to 2019-12-31", 4));
    assert_eq!(says[1], ("dam, in all its forms", 4));
    assert_eq!(says[2], ("excluded: collaps*: any of 2 words", 3));
    assert!(explanation.outline.parts.iter().all(|part| part.parts.is_empty()));
    let [pattern] = &explanation.patterns[..] else { panic!("one pattern: {explanation:?}") };
    assert_eq!((pattern.typed.as_str(), pattern.total), ("collaps*", 2));
    assert_eq!(pattern.words, [("collapse".to_owned(), 3), ("collapsed".to_owned(), 1)]);
    assert!(explanation.names.is_empty());

    let hits = lines::<Hit>(&run, "hit");
    let why = hits[0].why.as_ref().expect("why");
    let [reason] = &why.reasons[..] else { panic!("one reason: {why:?}") };
    assert_eq!((reason.part.as_str(), reason.times, reason.articles), ("dam", 1, 4));
    assert_eq!(reason.found, ["dam"]);
    assert!(
        (reason.points + why.lede - hits[0].score).abs() < 0.001 && why.nearness == 0.0 && why.names == 0.0,
        "{why:?} {}",
        hits[0].score
    );
    assert!(why.words > 10 && why.average_words > 10);

    let run = sandbox.run(&["search", text, "--explain", "--format", "json"]);
    let names = &lines::<Explanation>(&run, "explanation")[0].names;
    assert_eq!((names[0].typed.as_str(), names[0].total, names[0].words.len()), ("person:nobody", 0, 0));
    sandbox.run(&["search", "dam", "--explain", "--format", "csv"]).code(2).stderr_has("--format json");
}

#[test]
fn facets_and_timeline_follow_the_hits() {
    let sandbox = Sandbox::indexed();
    let args = ["search", "*", "--format", "json", "--limit", "1", "--facet", "source:1", "--timeline", "year"];
    let run = sandbox.run(&args).code(0);
    let [facet] = &lines::<Facet>(&run, "facet")[..] else { panic!("one facet: {}", run.stdout) };
    assert_eq!((facet.facet.as_str(), facet.distinct, facet.without), ("source", 2, 0));
    assert_eq!(facet.values, [("Merrow Courier".to_owned(), 3)]);
    let [timeline] = &lines::<Timeline>(&run, "timeline")[..] else { panic!("one timeline: {}", run.stdout) };
    assert_eq!((timeline.unit.as_str(), timeline.of_mentions, timeline.undated), ("year", false, 1));
    assert_eq!(timeline.bins, [("2019-01-01".to_owned(), 4), ("2020-01-01".to_owned(), 1)]);
    assert!(facet.qid.is_none() && timeline.qid.is_none());
    assert_eq!((facet.r#type.as_str(), timeline.r#type.as_str()), ("facet", "timeline"));
}

#[test]
fn every_line_of_many_queries_has_its_qid() {
    let sandbox = Sandbox::indexed();
    sandbox.write("q.tsv", "a\tlevee\nb\ttrout\n");
    let args = ["search", "--queries", "q.tsv", "--format", "json", "--facet", "source", "--timeline", "month"];
    let run = sandbox.run(&args).code(0);
    let qids: Vec<String> = run.json().iter().map(|line| line["qid"].as_str().expect("a qid").to_owned()).collect();
    assert_eq!(qids, ["a", "a", "a", "a", "b", "b", "b", "b"]);
}

#[test]
fn a_limit_of_all_has_no_limit_in_its_header() {
    let sandbox = Sandbox::indexed();
    let run = sandbox.run(&["search", "*", "--limit", "all", "--format", "json"]).code(0);
    let header = &lines::<Search>(&run, "search")[0];
    assert_eq!((header.limit, header.count), (None, 6));
    assert_eq!(lines::<Hit>(&run, "hit").len(), 6);
    let run = sandbox.run(&["search", "*", "--count", "--format", "json"]).code(0);
    assert_eq!(lines::<Search>(&run, "search")[0].count, 6);
    assert_eq!(run.json().len(), 1);
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a field that is only read must be there all the same")]
struct Read {
    id: String,
    own_id: Option<String>,
    path: String,
    record: u64,
    title: Option<String>,
    published: Option<String>,
    published_from: Option<String>,
    modified: Option<String>,
    fetched: Option<String>,
    source: Option<String>,
    #[serde(default)]
    byline: Vec<String>,
    dateline: Option<String>,
    url: Option<String>,
    language: Option<String>,
    section: Option<String>,
    #[serde(default)]
    keywords: Vec<String>,
    version: Option<u64>,
    #[serde(default)]
    person: Vec<String>,
    #[serde(default)]
    org: Vec<String>,
    #[serde(default)]
    place: Vec<String>,
    #[serde(default)]
    extra: std::collections::BTreeMap<String, Vec<String>>,
    body: String,
    #[serde(default)]
    captions: Vec<Caption>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a field that is only read must be there all the same")]
struct Caption {
    text: String,
    caption: Option<String>,
    credit: Option<String>,
}

#[test]
fn read_prints_articles_without_an_index() {
    let sandbox = Sandbox::with_daily();
    let run = sandbox.run(&["read", "news"]).code(0);
    let articles: Vec<Read> =
        run.json().into_iter().map(|line| serde_json::from_value(line).expect("the fields")).collect();
    assert_eq!(articles.len(), 6);
    assert_eq!(articles[0].title.as_deref(), Some("Dam collapse at Merrow floods the valley"));
    assert_eq!(articles[0].published_from.as_deref(), Some("metadata"));
    assert_eq!(articles[0].body.split("\n\n").count(), 2);
    assert!(!sandbox.join("index").exists());

    sandbox.write("again/all.jsonl", &run.stdout);
    let again = sandbox.run(&["read", "again"]).code(0);
    let bodies = |run: &ProgramRun| -> Vec<serde_json::Value> {
        run.json()
            .into_iter()
            .map(|line| serde_json::json!([line["title"], line["body"], line["published"], line["byline"]]))
            .collect()
    };
    assert_eq!(bodies(&again), bodies(&run), "what is printed can be read again");
    sandbox.run(&["read", "nowhere"]).code(2).stderr_has("nowhere");
    sandbox.run_with_input(&["read", "-"], run.stdout.as_bytes()).code(0).stdout_has("Levee holds");
}

#[test]
fn show_stats_and_index_print_one_object_each() {
    let sandbox = Sandbox::with_daily();
    let tally = sandbox.run(&["index", "news", "--format", "json"]).code(0).json();
    assert_eq!((&tally[0]["type"], &tally[0]["morgue"], &tally[0]["added"]), (&"tally".into(), &1.into(), &6.into()));
    let stats = sandbox.run(&["stats", "--format", "json"]).code(0).json();
    assert_eq!((&stats[0]["type"], &stats[0]["articles"], &stats[0]["dated"]), (&"stats".into(), &6.into(), &5.into()));
    let article = sandbox.run(&["show", "m4", "--format", "json"]).code(0).json().remove(0);
    assert_eq!((&article["type"], &article["morgue"]), (&"article".into(), &1.into()));
    let text = article["article"]["text"].as_str().expect("the text");
    let dates = article["annotations"]["dates"].as_array().expect("dates");
    let day = |date: &serde_json::Value| {
        let at = |end: &str| date["range"][end].as_u64().expect("a byte") as usize;
        (text[at("start")..at("end")].to_owned(), date["value"].as_str().expect("days").to_owned())
    };
    let expected = [("Monday", "2019-05-20"), ("12 January 2019", "2019-01-12")];
    assert_eq!(dates.iter().map(day).collect::<Vec<_>>(), expected.map(|(text, day)| (text.into(), day.into())));
}
