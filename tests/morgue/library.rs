//! The library as another program uses it: the calls that README.md shows, and the promises of their documentation.

use std::ops::ControlFlow;

use morgue::ingest::Event;
use morgue::{Cancel, ErrorKind, Index, Options, Query, Request, Sort, ingest};

use crate::harness::{Sandbox, many_articles};

fn indexed(sandbox: &Sandbox) -> Index {
    let index = Index::open_or_create(sandbox.join("index")).expect("a new index");
    let mut skips = 0;
    let count = |event: Event<'_>| skips += u64::from(matches!(event, Event::Skipped(_)));
    let tally = ingest([sandbox.join("news")], &index, &Options::default(), count).expect("a run");
    assert_eq!((tally.read, tally.added, skips), (6, 6, 0));
    index
}

#[test]
fn articles_in_and_hits_out() {
    let sandbox = Sandbox::with_daily();
    let searcher = indexed(&sandbox).searcher().expect("a searcher");
    let query = Query::parse(r#""dam collapsed" OR levee"#).expect("a query");
    let hits = searcher.search(&Request::new(query).limit(5)).expect("hits");
    assert_eq!(hits.count, 1);
    for hit in &hits {
        assert_eq!(hit.title, "Levee holds at Oxmouth");
        assert!(hit.snippet.marked("[", "]").contains("[levee]"), "{:?}", hit.snippet);
    }
}

#[test]
fn a_searcher_is_shared_by_threads_and_keeps_its_state() {
    let sandbox = Sandbox::with_daily();
    let index = indexed(&sandbox);
    let searcher = index.searcher().expect("a searcher");
    let count = |text: &str| {
        let query = Query::parse(text).expect("a query");
        searcher.search(&Request::new(query).sort(Sort::Newest)).expect("hits").count
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(count("dam"), 4));
        }
    });
    assert_eq!(index.delete("m1").expect("deleted"), 1);
    assert_eq!(count("dam"), 4, "this searcher looks at the state it was made from");
    let query = Query::parse("dam").expect("a query");
    assert_eq!(index.searcher().expect("a searcher").search(&Request::new(query)).expect("hits").count, 3);
}

#[test]
fn errors_have_a_kind_a_path_and_a_remedy() {
    let sandbox = Sandbox::new();
    let folder = sandbox.join("nothing");
    let error = Index::open(&folder).err().expect("an error");
    assert_eq!((error.kind(), error.path()), (ErrorKind::NoIndex, Some(folder.as_path())));
    assert!(error.remedy().is_some_and(|remedy| remedy.contains("create")), "{error:?}");
    assert!(!error.to_string().contains('`'), "the library names no command: {error}");
    let error = Query::parse("persn:x").expect_err("an error");
    assert!(error.remedy.contains("person"), "{error:?}");
    assert_eq!(&"persn:x"[error.at.clone()], "persn:");
    assert_eq!(morgue::Error::from(error).kind(), ErrorKind::Query);
}

#[test]
fn a_run_that_is_stopped_commits_what_it_has_read_and_goes_on_later() {
    let sandbox = Sandbox::new();
    sandbox.write("news/many.jsonl", many_articles(300));
    let news = sandbox.join("news");
    let index = Index::open_or_create(sandbox.join("index")).expect("a new index");
    let count = || index.searcher().expect("a searcher").stats(0).expect("figures").articles;
    let stop_after = |wanted: u64| {
        move |event: Event<'_>| match event {
            Event::Progress { articles, .. } if articles >= wanted => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    };
    let tally = ingest([&news], &index, &Options::default(), stop_after(100)).expect("a run");
    assert_eq!((tally.cancelled, tally.added, count()), (true, 100, 100));

    let cancel = Cancel::new();
    let options = Options { cancel: cancel.clone(), ..Options::default() };
    let tally = ingest([&news], &index, &options, |event| {
        if matches!(event, Event::Progress { articles: 50.., .. }) {
            cancel.cancel();
        }
    });
    let tally = tally.expect("a run");
    assert_eq!((tally.cancelled, tally.unchanged, tally.added, count()), (true, 100, 50, 150));

    let tally = ingest([&news], &index, &Options::default(), |_| ()).expect("a run");
    assert_eq!((tally.cancelled, tally.unchanged, tally.added, count()), (false, 150, 150, 300));
    assert!(index.verify().expect("verified").is_empty());
}
