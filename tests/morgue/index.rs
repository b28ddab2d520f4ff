//! `morgue index`.

use crate::harness::{DAILY, Desk, Ran, found};

/// The tally of a run with `--format json`.
fn tally(ran: &Ran) -> serde_json::Value {
    let mut lines = ran.json();
    ran.check(lines.len() == 1, "one line of tally");
    lines.remove(0)
}

fn index_json(desk: &Desk, args: &[&str]) -> serde_json::Value {
    let mut all = vec!["index", "--format", "json"];
    all.extend(args);
    tally(&desk.run(&all).code(0))
}

#[test]
fn articles_go_in_and_the_tally_tells_what_became_of_them() {
    let desk = Desk::with_daily();
    let ran = desk.run(&["index", "news"]).code(0).says_nothing();
    ran.tells("6 records read in 1 file of news").tells("6  added").tells("index now holds 6 articles");
}

#[test]
fn the_default_is_corpus_into_index() {
    let desk = Desk::new();
    desk.write("corpus/daily.jsonl", DAILY);
    desk.run(&["index"]).code(0).tells("of corpus");
    assert!(desk.join("index").is_dir());
    desk.run(&["search", "levee"]).code(0).says("[Levee] holds");
}

#[test]
fn ingest_is_another_name() {
    let desk = Desk::with_daily();
    desk.run(&["ingest", "news"]).code(0).tells("6  added");
}

#[test]
fn a_second_run_reads_nothing_and_changes_nothing() {
    let desk = Desk::indexed();
    let before = desk.run(&["search", "dam", "--format", "json"]).code(0).stdout;
    let again = index_json(&desk, &["news"]);
    assert_eq!((&again["read"], &again["unchanged"]), (&6.into(), &6.into()), "{again}");
    assert_eq!((&again["files_unchanged"], &again["bytes"]), (&1.into(), &0.into()), "{again}");
    assert_eq!(desk.run(&["search", "dam", "--format", "json"]).code(0).stdout, before);
}

#[test]
fn what_an_earlier_run_passed_over_is_told_as_such() {
    let desk = Desk::with_daily();
    desk.write("news/words.txt", "alpha\nbeta\ngamma\n");
    desk.run(&["index", "news"]).code(0).tells("words.txt");
    let again = desk.run(&["index", "news"]).code(0);
    let again = again.tells("1  file skipped: not an article").tells("1 by an earlier run; --reread");
    assert!(!again.stderr.contains("more; --verbose"), "nothing more can be named: {}", again.stderr);
}

#[test]
fn a_changed_file_is_read_again_and_its_vanished_records_go() {
    let desk = Desk::indexed();
    let lines: Vec<&str> = DAILY.lines().collect();
    let changed = lines[1..].join("\n").replace("river trout", "river eel");
    desk.write("news/daily.jsonl", changed);
    let tally = index_json(&desk, &["news"]);
    assert_eq!((&tally["replaced"], &tally["removed"]), (&1.into(), &1.into()), "{tally}");
    assert_eq!(found(&desk, &["eel"]), ["m6"]);
    assert!(found(&desk, &["trout recipe"]).contains(&"m6".to_owned()));
    assert!(!found(&desk, &["*"]).contains(&"m1".to_owned()));
}

#[test]
fn what_is_read_is_what_is_counted() {
    let desk = Desk::with_daily();
    desk.write("news/more.jsonl", "{\"id\":\"m1\",\"title\":\"x\",\"body\":\"\"}\nnot json at all\n{\"body\":\"One more article. It has two sentences.\"}\n");
    let tally = index_json(&desk, &["news"]);
    let n = |name: &str| tally[name].as_u64().expect("a number");
    let skipped: u64 = tally["skipped"].as_object().expect("by reason").values().filter_map(|n| n.as_u64()).sum();
    assert_eq!(n("read"), n("added") + n("replaced") + n("unchanged") + n("same_id") + skipped, "{tally}");
    assert_eq!(n("read"), 9, "{tally}");
}

#[test]
fn strict_makes_a_skip_an_exit_code() {
    let desk = Desk::with_daily();
    desk.write("news/words.txt", "alpha\nbeta\ngamma\n");
    desk.run(&["index", "news"]).code(0).tells("words.txt");
    desk.run(&["index", "news", "--reread", "--strict"]).code(1).tells("words.txt");
    std::fs::remove_file(desk.join("news/words.txt")).expect("remove");
    desk.run(&["index", "news", "--reread", "--strict"]).code(0);
}

#[test]
fn quiet_says_nothing_and_verbose_names_all() {
    let desk = Desk::with_daily();
    for i in 0..5 {
        desk.write(&format!("news/words{i}.txt"), "alpha\nbeta\ngamma\n");
    }
    desk.run(&["index", "news"]).code(0).tells("and 2 more; --verbose names all");
    desk.run(&["index", "news", "--reread", "--verbose"]).code(0).tells("words4.txt");
    desk.run(&["index", "news", "--reread", "--quiet"]).code(0).says_nothing().tells_nothing();
}

#[test]
fn a_run_that_reads_no_article_is_told_loudly() {
    let desk = Desk::new();
    desk.write("news/picture.bin", [0u8, 159, 146, 150, 0, 0, 1, 2, 3]);
    desk.run(&["index", "news"]).code(0).tells("warning: no article was read from news");
    desk.run(&["index", "news", "--quiet"]).code(0).tells("warning: no article was read from news");
    std::fs::create_dir(desk.join("nothing")).expect("a folder");
    desk.run(&["index", "nothing"]).code(0).tells("there is no file in it");
}

#[test]
fn a_missing_path_is_an_error() {
    let desk = Desk::indexed();
    desk.run(&["index", "nowhere"]).code(2).tells("error:").tells("nowhere");
    assert_eq!(found(&desk, &["*"]).len(), 6);
}

#[test]
fn standard_input_is_read_as_any_file() {
    let desk = Desk::new();
    desk.run_with_input(&["index", "-"], DAILY.as_bytes()).code(0).tells("6  added");
    assert_eq!(found(&desk, &["levee"]), ["m3"]);
}

#[test]
fn streams_do_not_overwrite_each_other_unseen() {
    let desk = Desk::new();
    let article = |town: &str| {
        format!("{{\"title\":\"Ferry of {town}\",\"body\":\"The ferry of {town} sank. All were saved.\"}}\n")
    };
    let index = |args: &[&str], text: &str| {
        let mut all = vec!["index", "-"];
        all.extend(args);
        desk.run_with_input(&all, text.as_bytes()).code(0)
    };
    let count = || desk.run(&["search", "ferry", "--count"]).stdout.trim().to_owned();
    // Without ids of their own, records of two streams are two, and those of the same stream again are the same.
    index(&[], &article("Merrow")).tells("1  added");
    index(&[], &article("Oxmouth")).tells("1  added");
    let ran = index(&[], &article("Merrow")).tells("1  unchanged");
    ran.check(!ran.stderr.contains("warning"), "no warning");
    assert_eq!(count(), "2");
    // Articles with an id of their own are identified by it, and a warning reports a replacement.
    let with_id = |town: &str| article(town).replacen('{', "{\"id\":7,", 1);
    index(&[], &with_id("Saltby")).tells("1  added");
    index(&[], &with_id("Tarn")).tells("1 article of standard input replaced earlier ones").tells("--name");
    assert_eq!(count(), "3");
    index(&["--name", "other"], &with_id("Saltby")).tells("1  added");
    assert_eq!(count(), "4");
    desk.run(&["show", "stdin/other#7"]).code(0).says("own id    7");
    desk.run(&["search", "ferry path:other"]).code(0).says("1 article");
    desk.run(&["index", "-", "--name", "a/b"]).code(2).tells("letters");
    desk.write("news/a.jsonl", article("Tarn"));
    desk.run(&["index", "news", "--name", "x"]).code(2).tells("standard input");
}

#[test]
fn a_second_writer_waits_then_names_the_first() {
    let desk = Desk::indexed();
    let mut writer = desk.spawn_writer();
    let holder = format!("process {}", writer.id());
    desk.run(&["search", "levee"]).code(0).says("[Levee] holds");
    desk.run(&["index", "news"]).code(2).tells("is being written by").tells(&holder);
    // One that is done within the patience of the other lets it through.
    let second = desk.spawn(&["delete", "m1"]);
    std::thread::sleep(std::time::Duration::from_millis(500));
    drop(writer.stdin.take());
    assert!(writer.wait_with_output().expect("it ends").status.success());
    assert!(second.wait_with_output().expect("it ends").status.success());
    assert_eq!(found(&desk, &["*"]).len(), 5);
}

#[test]
fn fields_of_other_names_are_mapped() {
    let desk = Desk::new();
    desk.write(
        "news/a.jsonl",
        "{\"hed\":\"Ferry sinks\",\"story_text\":\"The ferry sank at noon. All were saved.\"}\n",
    );
    desk.run(&["index", "news", "--map", "title=hed", "--map", "body=story_text"]).code(0);
    desk.run(&["search", "title:ferry"]).code(0).says("[Ferry] sinks");
    desk.run(&["index", "news", "--map", "nosuch=x"]).code(2).tells("there is no field `nosuch`");
    desk.write("names/b.jsonl", "{\"title\":\"Mine closes\",\"text\":\"It closed on Monday.\",\"who\":[\"Bo Ek\"]}\n");
    desk.run(&["index", "names", "--map", "person=who"]).code(0);
    desk.run(&["search", "person:\"Bo Ek\""]).code(0).says("Mine closes");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let desk = Desk::new();
    desk.write("news/many.jsonl", crate::harness::many_articles(400));
    desk.write("news/daily.jsonl", DAILY);
    let answer = |index: &str, threads: &str| {
        desk.run(&["index", "news", "--index", index, "--threads", threads]).code(0);
        desk.run(&["search", "merrow dam crack", "--limit", "all", "--format", "json", "--index", index]).code(0).stdout
    };
    assert_eq!(answer("one", "1"), answer("eight", "8"));
}

#[test]
fn prune_forgets_what_is_gone() {
    let desk = Desk::indexed();
    desk.write(
        "news/other.jsonl",
        "{\"id\":\"z\",\"title\":\"Ferry sinks\",\"body\":\"The ferry sank at noon. All were saved.\"}\n",
    );
    desk.run(&["index", "news"]).code(0);
    std::fs::remove_file(desk.join("news/other.jsonl")).expect("remove");
    desk.run(&["index", "news"]).code(0);
    assert_eq!(found(&desk, &["ferry"]), ["z"], "without --prune it stays");
    desk.run(&["index", "news", "--prune"]).code(0).tells("1  removed");
    assert!(found(&desk, &["ferry"]).is_empty());
    assert_eq!(found(&desk, &["*"]).len(), 6);
}

/// A zip archive of one article a member.
fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, title) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        let article =
            format!("{{\"id\":\"urn:x:1\",\"title\":\"{title}\",\"body\":\"The ferry sank. All were saved.\"}}");
        archive.write_all(article.as_bytes()).expect("a Vec takes all");
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn what_an_archive_no_longer_holds_goes() {
    let desk = Desk::indexed();
    let titles = |expected: &[&str]| {
        let lines = desk.run(&["search", "ferry", "--format", "json"]).json();
        let titles: Vec<_> = lines.iter().filter_map(|line| line["title"].as_str()).collect();
        assert_eq!(titles, expected);
    };
    desk.write("news/a.zip", zipped(&[("1.json", "First")]));
    desk.write("news/b.zip", zipped(&[("1.json", "Second"), ("2.json", "Third")]));
    desk.run(&["index", "news"]).code(0).tells("1  added").tells("2  replaced");
    titles(&["Third"]);
    desk.write("news/b.zip", zipped(&[("1.json", "Second")]));
    desk.run(&["index", "news"]).code(0);
    titles(&["Second"]);
    // The archive that it hid comes back into its own when the other goes.
    std::fs::remove_file(desk.join("news/b.zip")).expect("remove");
    desk.run(&["index", "news", "--prune"]).code(0).tells("1  removed");
    titles(&["First"]);
    std::fs::remove_file(desk.join("news/a.zip")).expect("remove");
    desk.run(&["index", "news", "--prune"]).code(0).tells("1  removed");
    titles(&[]);
    assert_eq!(found(&desk, &["*"]).len(), 6);
}

#[test]
fn prune_asks_twice_before_forgetting_most() {
    let desk = Desk::indexed();
    desk.write(
        "news/other.jsonl",
        "{\"id\":\"z\",\"title\":\"Ferry sinks\",\"body\":\"The ferry sank at noon. All were saved.\"}\n",
    );
    desk.run(&["index", "news"]).code(0);
    std::fs::remove_file(desk.join("news/daily.jsonl")).expect("remove");
    desk.run(&["index", "news", "--prune"]).code(2).tells("--prune=force");
    assert_eq!(found(&desk, &["*"]).len(), 7);
    desk.run(&["index", "news", "--prune=force"]).code(0).tells("6  removed");
    assert_eq!(found(&desk, &["*"]), ["z"]);
}

#[test]
fn a_search_in_a_folder_goes_on_while_another_writes() {
    let desk = Desk::indexed();
    let mut writer = desk.spawn_writer();
    let searched = desk.run(&["search", "levee", "--in", "news"]);
    drop(writer.stdin.take());
    let written = writer.wait_with_output().expect("it ends");
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    searched.code(0).says("[Levee] holds").tells("searches what is committed");
}

#[test]
fn a_panic_of_the_callback_ends_the_call_with_that_panic() {
    let desk = Desk::new();
    desk.write("news/many.jsonl", crate::harness::many_articles(5000));
    let index = morgue::Index::open_or_create(desk.join("index")).expect("a new index");
    let mut panicked_at = None;
    let ingest = std::panic::AssertUnwindSafe(|| {
        morgue::ingest([desk.join("news")], &index, &morgue::Options::default(), |event| {
            if let morgue::ingest::Event::Progress { articles: 3, .. } = event {
                panicked_at = Some(std::time::Instant::now());
                panic!("the callback fails");
            }
        })
    });
    let panic = std::panic::catch_unwind(ingest).expect_err("the panic of the callback");
    assert_eq!(panic.downcast_ref(), Some(&"the callback fails"));
    let elapsed = panicked_at.expect("a third article").elapsed();
    assert!(elapsed < std::time::Duration::from_secs(1), "the call ended {elapsed:?} after the panic");
}
