//! `morgue search`.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::harness::{DAILY, Desk, found, many_articles};

#[test]
fn hits_are_ranked_and_show_why() {
    let desk = Desk::indexed();
    let ran = desk.run(&["search", "dam collapse"]).code(0);
    ran.says(" 1  [Dam] [collapse] at Merrow")
        .says("Merrow Courier · 2019-03-14")
        .says("news/daily.jsonl#m1")
        .says("4 articles, 3 with all words")
        .tells("index · ");
}

#[test]
fn no_hits_is_one_and_an_error_is_two() {
    let desk = Desk::indexed();
    desk.run(&["search", "zeppelin"]).code(1).says("0 articles");
    let ran = desk.run(&["search", "persn:putin dam"]).code(2).says_nothing();
    ran.tells("error: ").tells("persn:putin dam").tells("^~~~~~").tells("person:");
    desk.run(&["search", "date:someday"]).code(2).says_nothing().tells("^~");
    desk.run(&["search"]).code(2).says_nothing().tells("QUERY");
    desk.run(&["search", ""]).code(2).tells("the query is empty");
    desk.run(&["search", "dam", "--limit", "many"]).code(2).tells("--limit");
    desk.run(&["search", "dam", "--index", "nowhere"]).code(2).tells("there is no index in nowhere");
}

#[test]
fn what_was_repaired_is_told() {
    let desk = Desk::indexed();
    for (query, note) in [
        ("dam AND", "note: AND has nothing after it and is passed over"),
        ("(dam OR levee", "note: the parenthesis at byte 0 is not closed: it reaches to the end"),
        ("\"dam collapse", "note: the quote at byte 0 is not closed: all after it is read as one phrase"),
    ] {
        desk.run(&["search", query]).code(0).tells(note);
        let lines = desk.run(&["search", query, "--format", "json"]).code(0).json();
        assert_eq!(format!("note: {}", lines[0]["notes"][0].as_str().expect("a note")), note);
    }
    desk.run(&["search", "🌊"]).code(1).tells("note: the query has no word to look for");
}

#[test]
fn all_words_are_counted_where_some_may_be_missing() {
    let desk = Desk::indexed();
    desk.run(&["search", "dam flood"]).code(0).says(" with all words");
    desk.run(&["search", "+dam flood"]).code(0).says(" with all words");
    let ran = desk.run(&["search", "published:2019 dam"]).code(0);
    ran.check(!ran.stdout.contains("with all words"), "every article of the day has the only word");
}

#[test]
fn in_indexes_first_and_lists_that_folder_only() {
    let desk = Desk::with_daily();
    desk.write(
        "other/a.jsonl",
        "{\"id\":\"o\",\"title\":\"Another dam\",\"body\":\"A dam of another place. It stands.\"}\n",
    );
    desk.run(&["search", "dam", "--in", "news/"]).code(0).says("[Dam] collapse").tells("6 articles read from news");
    desk.run(&["search", "dam", "--in", "other"]).code(0).says("1 article\n").says("Another [dam]");
    let again = desk.run(&["search", "dam", "--in", "news"]).code(0).says("[Dam] collapse");
    again.check(!again.stderr.contains("read from") && !again.stdout.contains("Another"), "nothing read, news only");
    assert_eq!(found(&desk, &["dam", "--in", "./other/"]), ["o"]);
    assert_eq!(found(&desk, &["dam", "--in", "other/a.jsonl"]), ["o"]);
    assert_eq!(found(&desk, &["dam"]).len(), 5);
}

#[test]
fn order_and_pages() {
    let desk = Desk::indexed();
    assert_eq!(found(&desk, &["*", "--sort", "newest"]), ["m5", "m4", "m3", "m2", "m1", "m6"]);
    assert_eq!(found(&desk, &["*", "--sort", "oldest"]), ["m1", "m2", "m3", "m4", "m5", "m6"]);
    for sort in ["relevance", "newest", "oldest"] {
        let whole = found(&desk, &["dam flood", "--sort", sort]);
        let page = |offset: &str| {
            let args = ["search", "dam flood", "--sort", sort, "--limit", "2", "--offset", offset, "--format", "json"];
            desk.run(&args).own_ids()
        };
        let pages: Vec<String> = ["0", "2", "4"].iter().flat_map(|offset| page(offset)).collect();
        assert_eq!(pages, whole, "{sort}");
        assert_eq!(found(&desk, &["dam flood", "--sort", sort, "--offset", "3"]), whole[3..], "{sort}");
    }
    desk.run(&["search", "*", "--limit", "2"]).code(0).says("6 articles; these are 1 to 2 (--offset 2 for more)");
    desk.run(&["search", "*", "--offset", "99"]).code(0).says("the offset is past the last one");
    desk.run(&["search", "*", "--limit", "18446744073709551615"]).code(0).says("6 articles\n");
    desk.run(&["search", "*", "--offset", "18446744073709551615"]).code(0).says("past the last one");
}

#[test]
fn flags_change_what_a_query_means() {
    let desk = Desk::indexed();
    assert_eq!(found(&desk, &["dam levee", "--all"]), ["m3"]);
    assert_eq!(found(&desk, &["dam levee"]).len(), 4);
    assert_eq!(found(&desk, &["--", "-dam"]), ["m4", "m6"]);
    assert!(found(&desk, &["-q", "dam AND nobody", "--plain"]).len() > 1, "AND is a word");
    assert_eq!(found(&desk, &["levee", "held"]), found(&desk, &["levee held"]));
}

#[test]
fn relative_days_count_from_today() {
    let desk = Desk::indexed();
    assert_eq!(found(&desk, &["published:2019-03", "--sort", "oldest"]), ["m1", "m2"]);
    assert_eq!(found(&desk, &["published:2019-05..", "--sort", "oldest"]), ["m4", "m5"]);
    assert_eq!(found(&desk, &["published:7d", "--today", "2020-01-10"]), ["m5"]);
    assert_eq!(found(&desk, &["published:yesterday", "--today", "2020-01-10"]), ["m5"]);
    desk.run(&["search", "*", "--today", "2019-02-30"]).code(2).tells("2019-02-30");
}

#[test]
fn facets_and_timelines_are_drawn() {
    let desk = Desk::indexed();
    let ran = desk.run(&["search", "*", "--facet", "source,byline:1", "--timeline", "month"]).code(0);
    ran.says("Sources (2)")
        .says("3  Merrow Courier")
        .says("Bylines (2)")
        .says("2019-03     █")
        .says("2020-01     █")
        .says("undated     █");
    desk.run(&["search", "*", "--timeline", "year", "--timeline-of", "date"]).code(0).says("Days mentioned, by year");
    desk.run(&["search", "*", "--facet", "animal"]).code(2).tells("the facets are");
    desk.run(&["search", "*", "--facet", "source", "--format", "csv"]).code(2).tells("--format json");
}

#[test]
fn counts_alone() {
    let desk = Desk::indexed();
    assert_eq!(desk.run(&["search", "dam", "--count"]).code(0).stdout, "4\n");
    assert_eq!(desk.run(&["search", "zeppelin", "--count"]).code(1).stdout, "0\n");
}

#[test]
fn a_table_for_spreadsheets() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", "{\"id\":\"=1+1\",\"title\":\"=HYPERLINK(\\\"x\\\"), \\\"quoted\\\"\",\"body\":\"A ferry sank. All were saved.\"}\n");
    desk.run(&["index", "news"]).code(0);
    let ran = desk.run(&["search", "ferry", "--format", "csv"]).code(0);
    let mut lines = ran.stdout.lines();
    assert_eq!(lines.next(), Some("rank,score,id,own_id,title,source,published,byline,url,lang,path,record,snippet"));
    let row = lines.next().expect("a row");
    assert!(row.contains(",'=1+1,\"'=HYPERLINK(\"\"x\"\"), \"\"quoted\"\"\","), "{row}");
    assert!(ran.stdout.ends_with("\r\n"));
}

#[test]
fn a_run_for_trec_eval() {
    let desk = Desk::indexed();
    desk.write("topics.tsv", "q1\tlevee sandbags\nq2\tzeppelin\nq3\ttrout\n");
    let ran = desk.run(&["search", "--queries", "topics.tsv", "--format", "trec"]).code(0);
    let rows: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!(rows.len(), 2, "{}", ran.stdout);
    assert_eq!((&rows[0][..4], rows[0][5]), (&["q1", "Q0", "m3", "1"][..], "morgue"));
    assert_eq!(&rows[1][..4], ["q3", "Q0", "m6", "1"]);
    assert!(rows[0][4].parse::<f64>().expect("a score") > 0.0);
}

#[test]
fn many_queries_in_one_run() {
    let desk = Desk::indexed();
    desk.write("topics.csv", "id,query\na,\"dam, levee\"\nb,nosuch:thing\nc,trout\n");
    let ran = desk.run(&["search", "--queries", "topics.csv"]).code(2);
    ran.says("== a: dam, levee").says("== c: trout").tells("query b is skipped").tells("nosuch");
    desk.write("topics.csv", "dam\nzeppelin\n");
    let ran = desk.run(&["search", "--queries", "topics.csv", "--count"]).code(0);
    assert_eq!(ran.stdout, "4\t1\tdam\n0\t2\tzeppelin\n");
    let ran = desk.run(&["search", "--queries", "topics.csv", "--count", "--format", "csv"]).code(0);
    assert_eq!(ran.stdout, "qid,query,count\r\n1,dam,4\r\n2,zeppelin,0\r\n");
    desk.write("topics.tsv", "");
    desk.run(&["search", "--queries", "topics.tsv"]).code(2).tells("there is no query in it");
    desk.run(&["search", "--queries", "missing.tsv"]).code(2).tells("missing.tsv");
    desk.run_with_input(&["search", "--queries", "-", "--count"], b"x\tdam\n").code(0).says("4\tx\tdam");
}

#[test]
fn a_query_that_asks_for_too_much_is_refused() {
    let desk = Desk::new();
    let body = "ab ac ".repeat(2000);
    desk.write("news/a.jsonl", format!("{{\"id\":\"a\",\"title\":\"Letters\",\"body\":\"{body}\"}}\n"));
    desk.run(&["index", "news"]).code(0);
    desk.run(&["search", "a* W/5 ab"]).code(0);
    desk.run(&["search", "a* W/255 a* W/255 a*"]).code(2).tells("too many places").tells("smaller distance");
    desk.run(&["search", &"*a ".repeat(17)]).code(2).tells("more than 16").tells("^");
    desk.write("topics.tsv", "q1\ta* W/255 a* W/255 a*\nq2\tletters\n");
    desk.run(&["search", "--queries", "topics.tsv"]).code(2).tells("query q1 is skipped").says("== q2: letters");
}

#[test]
fn every_line_fits_eighty_columns() {
    let desk = Desk::indexed();
    desk.write("news/cjk.jsonl", "{\"id\":\"k\",\"title\":\"市政府宣布堤坝已经修复并且将在明年春天重新开放给所有的市民和游客使用的消息传遍全城大街小巷\",\"body\":\"市政府宣布堤坝已经修复。dam 👩‍👩‍👧‍👧 dam. 市政府宣布堤坝已经修复并且将在明年春天重新开放给所有的市民和游客使用。\"}\n");
    desk.run(&["index", "news"]).code(0);
    let ran = desk.run(&["search", "dam", "--limit", "all", "--facet", "source,lang", "--timeline", "year"]).code(0);
    for line in ran.stdout.lines().filter(|line| !line.contains("news/")) {
        ran.check(unicode_width::UnicodeWidthStr::width(line) <= 80, &format!("at most 80 columns: {line}"));
    }
}

#[test]
fn colors_only_where_they_are_wanted() {
    let desk = Desk::indexed();
    let colored = |args: &[&str], env: &[(&str, &str)]| {
        let mut command = desk.command(args);
        command.envs(env.iter().copied());
        let output = command.output().expect("it runs");
        desk.ran(&command, output).code(0).stdout.contains('\u{1b}')
    };
    let always = ["search", "dam", "--color", "always"];
    assert!(!colored(&["search", "dam"], &[]), "a pipe is no terminal");
    assert!(colored(&always, &[]));
    assert!(colored(&always, &[("NO_COLOR", "1")]), "a flag is stronger than the environment");
    assert!(!colored(&["search", "dam", "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&["search", "dam"], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
    let ran = desk.run(&always).code(0);
    ran.check(!ran.stdout.contains('['.to_string().as_str()) || !ran.stdout.contains("[dam]"), "no brackets in color");
}

#[test]
fn the_index_is_named_by_flag_or_environment() {
    let desk = Desk::with_daily();
    desk.run(&["index", "news", "--index", "elsewhere"]).code(0).tells("elsewhere now holds");
    let mut command = desk.command(&["search", "levee"]);
    command.env("MORGUE_INDEX", "elsewhere");
    let output = command.output().expect("it runs");
    desk.ran(&command, output).code(0).says("[Levee]").tells("elsewhere · ");
    desk.run(&["search", "levee", "--index", "elsewhere", "--quiet"]).code(0).says("[Levee]").tells_nothing();
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    let desk = Desk::indexed();
    for format in ["text", "json", "csv", "trec"] {
        let ask = || desk.run(&["search", "dam flood", "--format", format]).code(0).stdout;
        assert_eq!(ask(), ask(), "{format}");
    }
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let desk = Desk::new();
    desk.write("news/many.jsonl", many_articles(1500));
    desk.run(&["index", "news"]).code(0);
    for format in ["text", "json", "csv", "trec"] {
        let mut command = desk.command(&["search", "*", "--limit", "all", "--quiet", "--format", format]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().expect("a pipe")).read_line(&mut first).expect("a line");
        let output = child.wait_with_output().expect("it ends");
        assert!(!first.is_empty());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
        assert_eq!(output.status.code(), Some(0), "{format}");
    }
}

#[test]
fn every_hit_streams_without_a_ceiling() {
    let desk = Desk::new();
    desk.write("news/many.jsonl", many_articles(1500));
    desk.run(&["index", "news"]).code(0);
    for sort in ["relevance", "newest", "oldest"] {
        let ran = desk.run(&["search", "merrow report", "--limit", "all", "--sort", sort, "--format", "json"]).code(0);
        let ids = ran.own_ids();
        assert_eq!(ids.len(), 1500, "{sort}");
        let first = desk.run(&["search", "merrow report", "--limit", "20", "--sort", sort, "--format", "json"]).code(0);
        assert_eq!(first.own_ids(), ids[..20], "{sort}");
        let ranks: Vec<u64> = ran.json().iter().skip(1).map(|hit| hit["rank"].as_u64().expect("a rank")).collect();
        assert!(ranks.iter().copied().eq(1..=1500), "{sort}");
    }
}

#[test]
fn results_that_cannot_be_written_are_an_error() {
    let desk = Desk::indexed();
    for args in [&["search", "dam"][..], &["show", "m1"], &["stats"], &["man"], &["completions", "bash"]] {
        let mut command = desk.command(args);
        command
            .stdout(std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full"))
            .stderr(Stdio::piped());
        let output = command.spawn().expect("it starts").wait_with_output().expect("it ends");
        desk.ran(&command, output).code(2).tells("cannot write the results");
    }
}

#[test]
fn the_manual_and_the_completions_are_printed() {
    let desk = Desk::new();
    desk.run(&["man"]).code(0).says(".TH morgue 1");
    desk.run(&["man", "search"]).code(0).says("\\-\\-queries");
    desk.run(&["man", "nosuch"]).code(2).tells("nosuch");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        desk.run(&["completions", shell]).code(0).says("timeline");
    }
    desk.run(&["--help"]).code(0).says("Examples:");
    for args in [&["help"][..], &["help", "search"], &["search", "--help"]] {
        desk.run(args).code(0).says("Examples:");
    }
    desk.run(&["help", "query"]).code(0).says("# The query language");
    desk.run(&["help", "nosuch"]).code(2).tells("there is no command `nosuch`");
    desk.run(&["search", "--help"]).code(0).says("Exit code:");
    desk.run(&["--version"]).code(0).says("morgue ");
    desk.run(&["serch"]).code(2).tells("search");
}

#[test]
fn a_json_answer_survives_any_text() {
    let desk = Desk::new();
    desk.write("news/a.jsonl", DAILY.replace("river trout", "river \\u001b[31m\\\"trout\\\" \\u202e\\ud83d\\udc1f"));
    desk.run(&["index", "news"]).code(0);
    let ran = desk.run(&["search", "trout"]).code(0);
    ran.check(!ran.stdout.contains(['\u{1b}', '\u{202e}']), "nothing that disturbs a terminal");
    desk.run(&["search", "trout", "--format", "json"]).code(0).json();
}
