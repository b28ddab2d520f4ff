//! `morgue search`.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::harness::{DAILY, Sandbox, hit_ids, many_articles};

#[test]
fn hits_are_ranked_and_show_why() {
    let sandbox = Sandbox::indexed();
    let run = sandbox.run(&["search", "dam collapse"]).code(0);
    run.stdout_has(" 1  [Dam] [collapse] at Merrow")
        .stdout_has("Merrow Courier · 2019-03-14")
        .stdout_has("news/daily.jsonl#m1")
        .stdout_has("4 articles, 3 with all words")
        .stderr_has("index · ");
}

#[test]
fn the_exit_code_is_1_without_hits_and_2_after_an_error() {
    let sandbox = Sandbox::indexed();
    sandbox.run(&["search", "zeppelin"]).code(1).stdout_has("0 articles");
    let run = sandbox.run(&["search", "persn:putin dam"]).code(2).stdout_is_empty();
    run.stderr_has("error: ").stderr_has("persn:putin dam").stderr_has("^~~~~~").stderr_has("person:");
    sandbox.run(&["search", "date:someday"]).code(2).stdout_is_empty().stderr_has("^~");
    sandbox.run(&["search"]).code(2).stdout_is_empty().stderr_has("QUERY");
    sandbox.run(&["search", ""]).code(2).stderr_has("the query is empty");
    sandbox.run(&["search", "dam", "--limit", "many"]).code(2).stderr_has("--limit");
    sandbox.run(&["search", "dam", "--index", "nowhere"]).code(2).stderr_has("there is no index in nowhere");
}

#[test]
fn repairs_of_a_query_are_reported() {
    let sandbox = Sandbox::indexed();
    for (query, note) in [
        ("dam AND", "note: AND has nothing after it and is ignored"),
        ("(dam OR levee", "note: the parenthesis at byte 0 is not closed: it reaches to the end"),
        ("\"dam collapse", "note: the quote at byte 0 is not closed: all after it is read as one phrase"),
    ] {
        sandbox.run(&["search", query]).code(0).stderr_has(note);
        let lines = sandbox.run(&["search", query, "--format", "json"]).code(0).json();
        assert_eq!(format!("note: {}", lines[0]["notes"][0].as_str().expect("a note")), note);
    }
    sandbox.run(&["search", "🌊"]).code(1).stderr_has("note: the query has no word to look for");
}

#[test]
fn articles_with_all_words_are_counted_where_words_are_optional() {
    let sandbox = Sandbox::indexed();
    sandbox.run(&["search", "dam flood"]).code(0).stdout_has(" with all words");
    sandbox.run(&["search", "+dam flood"]).code(0).stdout_has(" with all words");
    let run = sandbox.run(&["search", "published:2019 dam"]).code(0);
    run.check(!run.stdout.contains("with all words"), "every article of the day has the only word");
}

#[test]
fn in_indexes_first_and_lists_only_that_folder() {
    let sandbox = Sandbox::with_daily();
    sandbox.write(
        "other/a.jsonl",
        "{\"id\":\"o\",\"title\":\"Another dam\",\"body\":\"A dam of another place. It stands.\"}\n",
    );
    sandbox
        .run(&["search", "dam", "--in", "news/"])
        .code(0)
        .stdout_has("[Dam] collapse")
        .stderr_has("6 articles read from news");
    sandbox.run(&["search", "dam", "--in", "other"]).code(0).stdout_has("1 article\n").stdout_has("Another [dam]");
    let again = sandbox.run(&["search", "dam", "--in", "news"]).code(0).stdout_has("[Dam] collapse");
    again.check(!again.stderr.contains("read from") && !again.stdout.contains("Another"), "nothing read, news only");
    assert_eq!(hit_ids(&sandbox, &["dam", "--in", "./other/"]), ["o"]);
    assert_eq!(hit_ids(&sandbox, &["dam", "--in", "other/a.jsonl"]), ["o"]);
    assert_eq!(hit_ids(&sandbox, &["dam"]).len(), 5);
}

#[test]
fn pages_continue_the_order_of_the_hits() {
    let sandbox = Sandbox::indexed();
    assert_eq!(hit_ids(&sandbox, &["*", "--sort", "newest"]), ["m5", "m4", "m3", "m2", "m1", "m6"]);
    assert_eq!(hit_ids(&sandbox, &["*", "--sort", "oldest"]), ["m1", "m2", "m3", "m4", "m5", "m6"]);
    for sort in ["relevance", "newest", "oldest"] {
        let whole = hit_ids(&sandbox, &["dam flood", "--sort", sort]);
        let page = |offset: &str| {
            let args = ["search", "dam flood", "--sort", sort, "--limit", "2", "--offset", offset, "--format", "json"];
            sandbox.run(&args).own_ids()
        };
        let pages: Vec<String> = ["0", "2", "4"].iter().flat_map(|offset| page(offset)).collect();
        assert_eq!(pages, whole, "{sort}");
        assert_eq!(hit_ids(&sandbox, &["dam flood", "--sort", sort, "--offset", "3"]), whole[3..], "{sort}");
    }
    sandbox
        .run(&["search", "*", "--limit", "2"])
        .code(0)
        .stdout_has("6 articles; these are 1 to 2 (--offset 2 for more)");
    sandbox.run(&["search", "*", "--offset", "99"]).code(0).stdout_has("the offset is past the last one");
    sandbox.run(&["search", "*", "--limit", "18446744073709551615"]).code(0).stdout_has("6 articles\n");
    sandbox.run(&["search", "*", "--offset", "18446744073709551615"]).code(0).stdout_has("past the last one");
}

#[test]
fn flags_change_the_meaning_of_a_query() {
    let sandbox = Sandbox::indexed();
    assert_eq!(hit_ids(&sandbox, &["dam levee", "--all"]), ["m3"]);
    assert_eq!(hit_ids(&sandbox, &["dam levee"]).len(), 4);
    assert_eq!(hit_ids(&sandbox, &["--", "-dam"]), ["m4", "m6"]);
    assert!(hit_ids(&sandbox, &["-q", "dam AND nobody", "--plain"]).len() > 1, "AND is a word");
    assert_eq!(hit_ids(&sandbox, &["levee", "held"]), hit_ids(&sandbox, &["levee held"]));
}

#[test]
fn relative_days_count_from_today() {
    let sandbox = Sandbox::indexed();
    assert_eq!(hit_ids(&sandbox, &["published:2019-03", "--sort", "oldest"]), ["m1", "m2"]);
    assert_eq!(hit_ids(&sandbox, &["published:2019-05..", "--sort", "oldest"]), ["m4", "m5"]);
    assert_eq!(hit_ids(&sandbox, &["published:7d", "--today", "2020-01-10"]), ["m5"]);
    assert_eq!(hit_ids(&sandbox, &["published:yesterday", "--today", "2020-01-10"]), ["m5"]);
    sandbox.run(&["search", "*", "--today", "2019-02-30"]).code(2).stderr_has("2019-02-30");
}

#[test]
fn facets_and_timelines_are_printed() {
    let sandbox = Sandbox::indexed();
    let run = sandbox.run(&["search", "*", "--facet", "source,byline:1", "--timeline", "month"]).code(0);
    run.stdout_has("Sources (2)")
        .stdout_has("3  Merrow Courier")
        .stdout_has("Bylines (2)")
        .stdout_has("2019-03     █")
        .stdout_has("2020-01     █")
        .stdout_has("undated     █");
    sandbox
        .run(&["search", "*", "--timeline", "year", "--timeline-of", "date"])
        .code(0)
        .stdout_has("Days mentioned, by year");
    sandbox.run(&["search", "*", "--facet", "animal"]).code(2).stderr_has("the facets are");
    sandbox.run(&["search", "*", "--facet", "source", "--format", "csv"]).code(2).stderr_has("--format json");
}

#[test]
fn count_prints_only_a_number() {
    let sandbox = Sandbox::indexed();
    assert_eq!(sandbox.run(&["search", "dam", "--count"]).code(0).stdout, "4\n");
    assert_eq!(sandbox.run(&["search", "zeppelin", "--count"]).code(1).stdout, "0\n");
}

#[test]
fn csv_is_safe_for_spreadsheets() {
    let sandbox = Sandbox::new();
    sandbox.write("news/a.jsonl", "{\"id\":\"=1+1\",\"title\":\"=HYPERLINK(\\\"x\\\"), \\\"quoted\\\"\",\"body\":\"A ferry sank. All were saved.\"}\n");
    sandbox.run(&["index", "news"]).code(0);
    let run = sandbox.run(&["search", "ferry", "--format", "csv"]).code(0);
    let mut lines = run.stdout.lines();
    assert_eq!(lines.next(), Some("rank,score,id,own_id,title,source,published,byline,url,lang,path,record,snippet"));
    let row = lines.next().expect("a row");
    assert!(row.contains(",'=1+1,\"'=HYPERLINK(\"\"x\"\"), \"\"quoted\"\"\","), "{row}");
    assert!(run.stdout.ends_with("\r\n"));
}

#[test]
fn trec_prints_a_run_for_trec_eval() {
    let sandbox = Sandbox::indexed();
    sandbox.write("topics.tsv", "q1\tlevee sandbags\nq2\tzeppelin\nq3\ttrout\n");
    let run = sandbox.run(&["search", "--queries", "topics.tsv", "--format", "trec"]).code(0);
    let rows: Vec<Vec<&str>> = run.stdout.lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!(rows.len(), 2, "{}", run.stdout);
    assert_eq!((&rows[0][..4], rows[0][5]), (&["q1", "Q0", "m3", "1"][..], "morgue"));
    assert_eq!(&rows[1][..4], ["q3", "Q0", "m6", "1"]);
    assert!(rows[0][4].parse::<f64>().expect("a score") > 0.0);
}

#[test]
fn a_file_of_queries_is_answered_in_one_run() {
    let sandbox = Sandbox::indexed();
    sandbox.write("topics.csv", "id,query\na,\"dam, levee\"\nb,nosuch:thing\nc,trout\n");
    let run = sandbox.run(&["search", "--queries", "topics.csv"]).code(2);
    run.stdout_has("== a: dam, levee").stdout_has("== c: trout").stderr_has("query b is skipped").stderr_has("nosuch");
    sandbox.write("topics.csv", "dam\nzeppelin\n");
    let run = sandbox.run(&["search", "--queries", "topics.csv", "--count"]).code(0);
    assert_eq!(run.stdout, "4\t1\tdam\n0\t2\tzeppelin\n");
    let run = sandbox.run(&["search", "--queries", "topics.csv", "--count", "--format", "csv"]).code(0);
    assert_eq!(run.stdout, "qid,query,count\r\n1,dam,4\r\n2,zeppelin,0\r\n");
    sandbox.write("topics.tsv", "");
    sandbox.run(&["search", "--queries", "topics.tsv"]).code(2).stderr_has("there is no query in it");
    sandbox.run(&["search", "--queries", "missing.tsv"]).code(2).stderr_has("missing.tsv");
    sandbox.run_with_input(&["search", "--queries", "-", "--count"], b"x\tdam\n").code(0).stdout_has("4\tx\tdam");
}

#[test]
fn a_query_with_too_many_matches_is_refused() {
    let sandbox = Sandbox::new();
    let body = "ab ac ".repeat(2000);
    sandbox.write("news/a.jsonl", format!("{{\"id\":\"a\",\"title\":\"Letters\",\"body\":\"{body}\"}}\n"));
    sandbox.run(&["index", "news"]).code(0);
    sandbox.run(&["search", "a* W/5 ab"]).code(0);
    sandbox
        .run(&["search", "a* W/255 a* W/255 a*"])
        .code(2)
        .stderr_has("too many places")
        .stderr_has("smaller distance");
    sandbox.run(&["search", &"*a ".repeat(17)]).code(2).stderr_has("more than 16").stderr_has("^");
    sandbox.write("topics.tsv", "q1\ta* W/255 a* W/255 a*\nq2\tletters\n");
    sandbox
        .run(&["search", "--queries", "topics.tsv"])
        .code(2)
        .stderr_has("query q1 is skipped")
        .stdout_has("== q2: letters");
}

#[test]
fn every_line_fits_eighty_columns() {
    let sandbox = Sandbox::indexed();
    sandbox.write("news/cjk.jsonl", "{\"id\":\"k\",\"title\":\"市政府宣布堤坝已经修复并且将在明年春天重新开放给所有的市民和游客使用的消息传遍全城大街小巷\",\"body\":\"市政府宣布堤坝已经修复。dam 👩‍👩‍👧‍👧 dam. 市政府宣布堤坝已经修复并且将在明年春天重新开放给所有的市民和游客使用。\"}\n");
    sandbox.run(&["index", "news"]).code(0);
    let run = sandbox.run(&["search", "dam", "--limit", "all", "--facet", "source,lang", "--timeline", "year"]).code(0);
    for line in run.stdout.lines().filter(|line| !line.contains("news/")) {
        run.check(unicode_width::UnicodeWidthStr::width(line) <= 80, &format!("at most 80 columns: {line}"));
    }
}

#[test]
fn colors_follow_the_flag_and_the_environment() {
    let sandbox = Sandbox::indexed();
    let colored = |args: &[&str], env: &[(&str, &str)]| {
        let mut command = sandbox.command(args);
        command.envs(env.iter().copied());
        let output = command.output().expect("it runs");
        sandbox.finished(&command, output).code(0).stdout.contains('\u{1b}')
    };
    let always = ["search", "dam", "--color", "always"];
    assert!(!colored(&["search", "dam"], &[]), "a pipe is no terminal");
    assert!(colored(&always, &[]));
    assert!(colored(&always, &[("NO_COLOR", "1")]), "a flag is stronger than the environment");
    assert!(!colored(&["search", "dam", "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&["search", "dam"], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
    let run = sandbox.run(&always).code(0);
    run.check(!run.stdout.contains('['.to_string().as_str()) || !run.stdout.contains("[dam]"), "no brackets in color");
}

#[test]
fn the_index_is_named_by_flag_or_environment() {
    let sandbox = Sandbox::with_daily();
    sandbox.run(&["index", "news", "--index", "elsewhere"]).code(0).stderr_has("elsewhere now holds");
    let mut command = sandbox.command(&["search", "levee"]);
    command.env("MORGUE_INDEX", "elsewhere");
    let output = command.output().expect("it runs");
    sandbox.finished(&command, output).code(0).stdout_has("[Levee]").stderr_has("elsewhere · ");
    sandbox
        .run(&["search", "levee", "--index", "elsewhere", "--quiet"])
        .code(0)
        .stdout_has("[Levee]")
        .stderr_is_empty();
}

#[test]
fn the_same_query_prints_the_same_bytes() {
    let sandbox = Sandbox::indexed();
    for format in ["text", "json", "csv", "trec"] {
        let ask = || sandbox.run(&["search", "dam flood", "--format", format]).code(0).stdout;
        assert_eq!(ask(), ask(), "{format}");
    }
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let sandbox = Sandbox::new();
    sandbox.write("news/many.jsonl", many_articles(1500));
    sandbox.run(&["index", "news"]).code(0);
    for format in ["text", "json", "csv", "trec"] {
        let mut command = sandbox.command(&["search", "*", "--limit", "all", "--quiet", "--format", format]);
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
fn limit_all_lists_every_hit() {
    let sandbox = Sandbox::new();
    sandbox.write("news/many.jsonl", many_articles(1500));
    sandbox.run(&["index", "news"]).code(0);
    for sort in ["relevance", "newest", "oldest"] {
        let run =
            sandbox.run(&["search", "merrow report", "--limit", "all", "--sort", sort, "--format", "json"]).code(0);
        let ids = run.own_ids();
        assert_eq!(ids.len(), 1500, "{sort}");
        let first =
            sandbox.run(&["search", "merrow report", "--limit", "20", "--sort", sort, "--format", "json"]).code(0);
        assert_eq!(first.own_ids(), ids[..20], "{sort}");
        let ranks: Vec<u64> = run.json().iter().skip(1).map(|hit| hit["rank"].as_u64().expect("a rank")).collect();
        assert!(ranks.iter().copied().eq(1..=1500), "{sort}");
    }
}

#[test]
fn results_that_cannot_be_written_are_an_error() {
    let sandbox = Sandbox::indexed();
    for args in [&["search", "dam"][..], &["show", "m1"], &["stats"], &["man"], &["completions", "bash"]] {
        let mut command = sandbox.command(args);
        command
            .stdout(std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full"))
            .stderr(Stdio::piped());
        let output = command.spawn().expect("it starts").wait_with_output().expect("it ends");
        sandbox.finished(&command, output).code(2).stderr_has("cannot write the results");
    }
}

#[test]
fn help_manual_and_completions_are_printed() {
    let sandbox = Sandbox::new();
    sandbox.run(&["man"]).code(0).stdout_has(".TH morgue 1");
    sandbox.run(&["man", "search"]).code(0).stdout_has("\\-\\-queries");
    sandbox.run(&["man", "nosuch"]).code(2).stderr_has("nosuch");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        sandbox.run(&["completions", shell]).code(0).stdout_has("timeline");
    }
    sandbox.run(&["--help"]).code(0).stdout_has("Examples:");
    for args in [&["help"][..], &["help", "search"], &["search", "--help"]] {
        sandbox.run(args).code(0).stdout_has("Examples:");
    }
    sandbox.run(&["help", "query"]).code(0).stdout_has("# The query language");
    sandbox.run(&["help", "nosuch"]).code(2).stderr_has("there is no command `nosuch`");
    sandbox.run(&["search", "--help"]).code(0).stdout_has("Exit code:");
    sandbox.run(&["--version"]).code(0).stdout_has("morgue ");
    sandbox.run(&["serch"]).code(2).stderr_has("search");
}

#[test]
fn no_text_disturbs_the_terminal_or_breaks_json() {
    let sandbox = Sandbox::new();
    sandbox.write("news/a.jsonl", DAILY.replace("river trout", "river \\u001b[31m\\\"trout\\\" \\u202e\\ud83d\\udc1f"));
    sandbox.run(&["index", "news"]).code(0);
    let run = sandbox.run(&["search", "trout"]).code(0);
    run.check(!run.stdout.contains(['\u{1b}', '\u{202e}']), "nothing that disturbs a terminal");
    sandbox.run(&["search", "trout", "--format", "json"]).code(0).json();
}
