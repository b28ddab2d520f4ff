//! `morgue index`.

use crate::harness::{DAILY, ProgramRun, Sandbox, hit_ids};

/// The tally of a run with `--format json`.
fn tally(run: &ProgramRun) -> serde_json::Value {
    let mut lines = run.json();
    run.check(lines.len() == 1, "one line of tally");
    lines.remove(0)
}

fn index_json(sandbox: &Sandbox, args: &[&str]) -> serde_json::Value {
    let mut all = vec!["index", "--format", "json"];
    all.extend(args);
    tally(&sandbox.run(&all).code(0))
}

#[test]
fn articles_go_in_and_the_tally_tells_what_became_of_them() {
    let sandbox = Sandbox::with_daily();
    let run = sandbox.run(&["index", "news"]).code(0).stdout_is_empty();
    run.stderr_has("6 records read in 1 file of news").stderr_has("6  added").stderr_has("index now holds 6 articles");
}

#[test]
fn the_default_is_corpus_into_index() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/daily.jsonl", DAILY);
    sandbox.run(&["index"]).code(0).stderr_has("of corpus");
    assert!(sandbox.join("index").is_dir());
    sandbox.run(&["search", "levee"]).code(0).stdout_has("[Levee] holds");
}

#[test]
fn ingest_is_another_name() {
    let sandbox = Sandbox::with_daily();
    sandbox.run(&["ingest", "news"]).code(0).stderr_has("6  added");
}

#[test]
fn a_second_run_reads_nothing_and_changes_nothing() {
    let sandbox = Sandbox::indexed();
    let before = sandbox.run(&["search", "dam", "--format", "json"]).code(0).stdout;
    let again = index_json(&sandbox, &["news"]);
    assert_eq!((&again["read"], &again["unchanged"]), (&6.into(), &6.into()), "{again}");
    assert_eq!((&again["files_unchanged"], &again["bytes"]), (&1.into(), &0.into()), "{again}");
    assert_eq!(sandbox.run(&["search", "dam", "--format", "json"]).code(0).stdout, before);
}

#[test]
fn what_an_earlier_run_passed_over_is_told_as_such() {
    let sandbox = Sandbox::with_daily();
    sandbox.write("news/words.txt", "alpha\nbeta\ngamma\n");
    sandbox.run(&["index", "news"]).code(0).stderr_has("words.txt");
    let again = sandbox.run(&["index", "news"]).code(0);
    let again = again.stderr_has("1  file skipped: not an article").stderr_has("1 by an earlier run; --reread");
    assert!(!again.stderr.contains("more; --verbose"), "nothing more can be named: {}", again.stderr);
}

#[test]
fn a_changed_file_is_read_again_and_its_vanished_records_go() {
    let sandbox = Sandbox::indexed();
    let lines: Vec<&str> = DAILY.lines().collect();
    let changed = lines[1..].join("\n").replace("river trout", "river eel");
    sandbox.write("news/daily.jsonl", changed);
    let tally = index_json(&sandbox, &["news"]);
    assert_eq!((&tally["replaced"], &tally["removed"]), (&1.into(), &1.into()), "{tally}");
    assert_eq!(hit_ids(&sandbox, &["eel"]), ["m6"]);
    assert!(hit_ids(&sandbox, &["trout recipe"]).contains(&"m6".to_owned()));
    assert!(!hit_ids(&sandbox, &["*"]).contains(&"m1".to_owned()));
}

#[test]
fn what_is_read_is_what_is_counted() {
    let sandbox = Sandbox::with_daily();
    sandbox.write("news/more.jsonl", "{\"id\":\"m1\",\"title\":\"x\",\"body\":\"\"}\nnot json at all\n{\"body\":\"One more article. It has two sentences.\"}\n");
    let tally = index_json(&sandbox, &["news"]);
    let n = |name: &str| tally[name].as_u64().expect("a number");
    let skipped: u64 = tally["skipped"].as_object().expect("by reason").values().filter_map(|n| n.as_u64()).sum();
    assert_eq!(n("read"), n("added") + n("replaced") + n("unchanged") + n("same_id") + skipped, "{tally}");
    assert_eq!(n("read"), 9, "{tally}");
}

#[test]
fn strict_makes_a_skip_an_exit_code() {
    let sandbox = Sandbox::with_daily();
    sandbox.write("news/words.txt", "alpha\nbeta\ngamma\n");
    sandbox.run(&["index", "news"]).code(0).stderr_has("words.txt");
    sandbox.run(&["index", "news", "--reread", "--strict"]).code(1).stderr_has("words.txt");
    std::fs::remove_file(sandbox.join("news/words.txt")).expect("remove");
    sandbox.run(&["index", "news", "--reread", "--strict"]).code(0);
}

#[test]
fn quiet_says_nothing_and_verbose_names_all() {
    let sandbox = Sandbox::with_daily();
    for i in 0..5 {
        sandbox.write(&format!("news/words{i}.txt"), "alpha\nbeta\ngamma\n");
    }
    sandbox.run(&["index", "news"]).code(0).stderr_has("and 2 more; --verbose names all");
    sandbox.run(&["index", "news", "--reread", "--verbose"]).code(0).stderr_has("words4.txt");
    sandbox.run(&["index", "news", "--reread", "--quiet"]).code(0).stdout_is_empty().stderr_is_empty();
}

#[test]
fn a_run_that_reads_no_article_is_told_loudly() {
    let sandbox = Sandbox::new();
    sandbox.write("news/picture.bin", [0u8, 159, 146, 150, 0, 0, 1, 2, 3]);
    sandbox.run(&["index", "news"]).code(0).stderr_has("warning: no article was read from news");
    sandbox.run(&["index", "news", "--quiet"]).code(0).stderr_has("warning: no article was read from news");
    std::fs::create_dir(sandbox.join("nothing")).expect("a folder");
    sandbox.run(&["index", "nothing"]).code(0).stderr_has("there is no file in it");
}

#[test]
fn a_missing_path_is_an_error() {
    let sandbox = Sandbox::indexed();
    sandbox.run(&["index", "nowhere"]).code(2).stderr_has("error:").stderr_has("nowhere");
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6);
}

#[test]
fn standard_input_is_read_as_any_file() {
    let sandbox = Sandbox::new();
    sandbox.run_with_input(&["index", "-"], DAILY.as_bytes()).code(0).stderr_has("6  added");
    assert_eq!(hit_ids(&sandbox, &["levee"]), ["m3"]);
}

#[test]
fn streams_do_not_overwrite_each_other_unseen() {
    let sandbox = Sandbox::new();
    let article = |town: &str| {
        format!("{{\"title\":\"Ferry of {town}\",\"body\":\"The ferry of {town} sank. All were saved.\"}}\n")
    };
    let index = |args: &[&str], text: &str| {
        let mut all = vec!["index", "-"];
        all.extend(args);
        sandbox.run_with_input(&all, text.as_bytes()).code(0)
    };
    let count = || sandbox.run(&["search", "ferry", "--count"]).stdout.trim().to_owned();
    // Without ids of their own, records of two streams are two, and those of the same stream again are the same.
    index(&[], &article("Merrow")).stderr_has("1  added");
    index(&[], &article("Oxmouth")).stderr_has("1  added");
    let run = index(&[], &article("Merrow")).stderr_has("1  unchanged");
    run.check(!run.stderr.contains("warning"), "no warning");
    assert_eq!(count(), "2");
    // Articles with an id of their own are identified by it, and a warning reports a replacement.
    let with_id = |town: &str| article(town).replacen('{', "{\"id\":7,", 1);
    index(&[], &with_id("Saltby")).stderr_has("1  added");
    index(&[], &with_id("Tarn")).stderr_has("1 article of standard input replaced earlier ones").stderr_has("--name");
    assert_eq!(count(), "3");
    index(&["--name", "other"], &with_id("Saltby")).stderr_has("1  added");
    assert_eq!(count(), "4");
    sandbox.run(&["show", "stdin/other#7"]).code(0).stdout_has("own id    7");
    sandbox.run(&["search", "ferry path:other"]).code(0).stdout_has("1 article");
    sandbox.run(&["index", "-", "--name", "a/b"]).code(2).stderr_has("letters");
    sandbox.write("news/a.jsonl", article("Tarn"));
    sandbox.run(&["index", "news", "--name", "x"]).code(2).stderr_has("standard input");
}

#[test]
fn a_second_writer_waits_then_names_the_first() {
    let sandbox = Sandbox::indexed();
    let mut writer = sandbox.spawn_writer();
    let holder = format!("process {}", writer.id());
    sandbox.run(&["search", "levee"]).code(0).stdout_has("[Levee] holds");
    sandbox.run(&["index", "news"]).code(2).stderr_has("is being written by").stderr_has(&holder);
    // One that is done within the patience of the other lets it through.
    let second = sandbox.spawn(&["delete", "m1"]);
    std::thread::sleep(std::time::Duration::from_millis(500));
    drop(writer.stdin.take());
    assert!(writer.wait_with_output().expect("it ends").status.success());
    assert!(second.wait_with_output().expect("it ends").status.success());
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 5);
}

#[test]
fn fields_of_other_names_are_mapped() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "news/a.jsonl",
        "{\"hed\":\"Ferry sinks\",\"story_text\":\"The ferry sank at noon. All were saved.\"}\n",
    );
    sandbox.run(&["index", "news", "--map", "title=hed", "--map", "body=story_text"]).code(0);
    sandbox.run(&["search", "title:ferry"]).code(0).stdout_has("[Ferry] sinks");
    sandbox.run(&["index", "news", "--map", "nosuch=x"]).code(2).stderr_has("there is no field `nosuch`");
    sandbox
        .write("names/b.jsonl", "{\"title\":\"Mine closes\",\"text\":\"It closed on Monday.\",\"who\":[\"Bo Ek\"]}\n");
    sandbox.run(&["index", "names", "--map", "person=who"]).code(0);
    sandbox.run(&["search", "person:\"Bo Ek\""]).code(0).stdout_has("Mine closes");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("news/many.jsonl", crate::harness::many_articles(400));
    sandbox.write("news/daily.jsonl", DAILY);
    let answer = |index: &str, threads: &str| {
        sandbox.run(&["index", "news", "--index", index, "--threads", threads]).code(0);
        sandbox
            .run(&["search", "merrow dam crack", "--limit", "all", "--format", "json", "--index", index])
            .code(0)
            .stdout
    };
    assert_eq!(answer("one", "1"), answer("eight", "8"));
}

#[test]
fn prune_forgets_what_is_gone() {
    let sandbox = Sandbox::indexed();
    sandbox.write(
        "news/other.jsonl",
        "{\"id\":\"z\",\"title\":\"Ferry sinks\",\"body\":\"The ferry sank at noon. All were saved.\"}\n",
    );
    sandbox.run(&["index", "news"]).code(0);
    std::fs::remove_file(sandbox.join("news/other.jsonl")).expect("remove");
    sandbox.run(&["index", "news"]).code(0);
    assert_eq!(hit_ids(&sandbox, &["ferry"]), ["z"], "without --prune it stays");
    sandbox.run(&["index", "news", "--prune"]).code(0).stderr_has("1  removed");
    assert!(hit_ids(&sandbox, &["ferry"]).is_empty());
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6);
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
    let sandbox = Sandbox::indexed();
    let titles = |expected: &[&str]| {
        let lines = sandbox.run(&["search", "ferry", "--format", "json"]).json();
        let titles: Vec<_> = lines.iter().filter_map(|line| line["title"].as_str()).collect();
        assert_eq!(titles, expected);
    };
    sandbox.write("news/a.zip", zipped(&[("1.json", "First")]));
    sandbox.write("news/b.zip", zipped(&[("1.json", "Second"), ("2.json", "Third")]));
    sandbox.run(&["index", "news"]).code(0).stderr_has("1  added").stderr_has("2  replaced");
    titles(&["Third"]);
    sandbox.write("news/b.zip", zipped(&[("1.json", "Second")]));
    sandbox.run(&["index", "news"]).code(0);
    titles(&["Second"]);
    // The archive that it hid comes back into its own when the other goes.
    std::fs::remove_file(sandbox.join("news/b.zip")).expect("remove");
    sandbox.run(&["index", "news", "--prune"]).code(0).stderr_has("1  removed");
    titles(&["First"]);
    std::fs::remove_file(sandbox.join("news/a.zip")).expect("remove");
    sandbox.run(&["index", "news", "--prune"]).code(0).stderr_has("1  removed");
    titles(&[]);
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6);
}

#[test]
fn prune_asks_twice_before_forgetting_most() {
    let sandbox = Sandbox::indexed();
    sandbox.write(
        "news/other.jsonl",
        "{\"id\":\"z\",\"title\":\"Ferry sinks\",\"body\":\"The ferry sank at noon. All were saved.\"}\n",
    );
    sandbox.run(&["index", "news"]).code(0);
    std::fs::remove_file(sandbox.join("news/daily.jsonl")).expect("remove");
    sandbox.run(&["index", "news", "--prune"]).code(2).stderr_has("--prune=force");
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 7);
    sandbox.run(&["index", "news", "--prune=force"]).code(0).stderr_has("6  removed");
    assert_eq!(hit_ids(&sandbox, &["*"]), ["z"]);
}

#[test]
fn a_search_in_a_folder_goes_on_while_another_writes() {
    let sandbox = Sandbox::indexed();
    let mut writer = sandbox.spawn_writer();
    let searched = sandbox.run(&["search", "levee", "--in", "news"]);
    drop(writer.stdin.take());
    let written = writer.wait_with_output().expect("it ends");
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    searched.code(0).stdout_has("[Levee] holds").stderr_has("searches what is committed");
}

#[test]
fn a_panic_of_the_callback_ends_the_call_with_that_panic() {
    let sandbox = Sandbox::new();
    let index = morgue::Index::open_or_create(sandbox.join("index")).expect("a new index");
    // The stream repeats one article without end: the call returns only because the panic stops it.
    let stream = crate::articles::Endless::new(&std::sync::Arc::default());
    let ingest = std::panic::AssertUnwindSafe(|| {
        morgue::ingest::ingest_stream("endless", stream, &index, &morgue::Options::default(), |event| {
            if let morgue::ingest::Event::Progress { articles: 1.., .. } = event {
                panic!("the callback fails");
            }
        })
    });
    let panic = std::panic::catch_unwind(ingest).expect_err("the panic of the callback");
    assert_eq!(panic.downcast_ref(), Some(&"the callback fails"));
}
