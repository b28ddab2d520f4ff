//! The iterator `articles`: articles without an index, for programs that keep them elsewhere.

use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use morgue::articles::{self, Articles, Source, articles};
use morgue::export::ArticleRecord;
use morgue::{Cancel, SkipReason};

use crate::harness::{DAILY, Sandbox, many_articles};

/// Ends a test that hangs. It is no measure of speed: the machine may be busy.
const HANG: Duration = Duration::from_secs(60);

fn bytes(name: &str, bytes: impl Into<Vec<u8>>) -> Source {
    Source::Bytes { name: name.to_owned(), bytes: bytes.into() }
}

/// Titles of articles, and reasons of skips.
fn outcomes(articles: Articles) -> Vec<String> {
    articles
        .map(|outcome| match outcome {
            Ok((article, _)) => article.title().to_owned(),
            Err(skip) => skip.reason.describe().to_owned(),
        })
        .collect()
}

/// Runs `act`, which must end although its source is endless.
fn must_end<T>(act: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = act();
    assert!(start.elapsed() < HANG, "it took {:?}", start.elapsed());
    done
}

/// An endless stream of articles that counts its bytes.
pub struct Endless {
    line: Vec<u8>,
    at: usize,
    read: Arc<AtomicU64>,
}

impl Endless {
    /// A stream that adds to `read` the bytes that are read of it.
    pub fn new(read: &Arc<AtomicU64>) -> Endless {
        let body = "The levee of Oxmouth held through the night. ".repeat(200);
        let line = format!("{{\"title\":\"Levee holds\",\"body\":\"{body}\"}}\n").into_bytes();
        Endless { line, at: 0, read: read.clone() }
    }

    fn source(read: &Arc<AtomicU64>) -> Source {
        Source::Reader { name: "endless".to_owned(), reader: Box::new(Endless::new(read)) }
    }
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let rest = &self.line[self.at..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at = (self.at + count) % self.line.len();
        self.read.fetch_add(count as u64, Ordering::SeqCst);
        Ok(count)
    }
}

#[test]
fn sources_of_all_kinds_are_read_in_order() {
    let sandbox = Sandbox::with_daily();
    sandbox.write("news/words.txt", "alpha\nbeta\ngamma\n");
    let one = |title: &str| format!("{{\"title\":\"{title}\",\"body\":\"Some text of it.\"}}\n");
    let reader = Box::new(std::io::Cursor::new(one("Of a reader")));
    let sources = [
        bytes("first", one("Of bytes")),
        sandbox.join("news").into(),
        Source::Reader { name: "second".to_owned(), reader },
        sandbox.join("nowhere").into(),
        bytes("third", one("Third") + "not json\n"),
    ];
    let read = outcomes(articles(sources, &articles::Options::default()));
    assert_eq!(read.len(), 1 + 7 + 1 + 1 + 2);
    assert_eq!((&*read[0], &*read[7], &*read[8]), ("Of bytes", "not an article", "Of a reader"));
    assert_eq!(read[9..], ["unreadable", "Third", "damaged"]);
}

#[test]
fn annotations_are_given_where_they_are_asked_for() {
    let lines = r#"{"title": "Bridge opens", "body": "Ann Lee opened the bridge in Harwick on May 3, 2023."}"#;
    for annotate in [false, true] {
        let options = articles::Options { annotate, ..Default::default() };
        let outcome = articles([bytes("a.jsonl", lines)], &options).next().expect("one record");
        let (_, annotations) = outcome.expect("an article");
        assert_eq!(annotations.is_some(), annotate);
        assert!(annotations.is_none_or(|found| found.dates.len() == 1 && !found.entities.is_empty()));
    }
}

#[test]
fn the_articles_are_those_that_an_index_holds() {
    let sandbox = Sandbox::with_daily();
    sandbox.write("news/many.jsonl", many_articles(300));
    sandbox.run(&["index", "news"]).code(0);
    let searcher = morgue::Index::open(sandbox.join("index")).and_then(|index| index.searcher()).expect("a searcher");
    let mut indexed = Vec::new();
    searcher
        .each_article(&mut |stored| {
            let stored = stored?;
            indexed.push((stored.article.text, stored.annotations));
            Ok(())
        })
        .expect("all articles");
    let options = articles::Options { annotate: true, ..Default::default() };
    let read = articles([sandbox.join("news")], &options).map(|outcome| outcome.expect("an article"));
    let mut read: Vec<_> = read.map(|(article, found)| (article.text, found.expect("annotations"))).collect();
    indexed.sort_by(|a, b| a.0.cmp(&b.0));
    read.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(read.len(), 306);
    assert!(read == indexed);
}

#[test]
fn a_record_is_read_back_as_the_same_article() {
    let first: Vec<_> = articles([bytes("daily.jsonl", DAILY)], &articles::Options::default())
        .map(|outcome| outcome.expect("an article").0)
        .collect();
    let lines: String = first.iter().map(|article| ArticleRecord::new(article).to_json() + "\n").collect();
    let again = articles([bytes("again.jsonl", lines)], &articles::Options::default());
    for (before, outcome) in first.iter().zip(again) {
        let (after, _) = outcome.expect("an article");
        assert_eq!((&after.text, &after.parts, &after.source), (&before.text, &before.parts, &before.source));
        assert_eq!((&after.published, &after.byline), (&before.published, &before.byline));
    }
}

#[test]
fn an_iterator_dropped_half_way_ends_its_threads() {
    let read = Arc::new(AtomicU64::new(0));
    let mut outcomes = articles([Endless::source(&read)], &articles::Options::default());
    assert_eq!(outcomes.by_ref().take(100).filter(Result::is_ok).count(), 100);
    must_end(|| drop(outcomes));
    // The thread that reads the stream is not waited for; it ends at its next record.
    let start = Instant::now();
    while Arc::strong_count(&read) > 1 {
        assert!(start.elapsed() < HANG, "the reader is let go of");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn what_is_under_way_is_bounded() {
    let read = Arc::new(AtomicU64::new(0));
    let mut outcomes = articles([Endless::source(&read)], &articles::Options::default());
    assert!(outcomes.next().is_some());
    let mut before = 0;
    loop {
        std::thread::sleep(Duration::from_millis(100));
        let now = read.load(Ordering::SeqCst);
        if now == before {
            break;
        }
        before = now;
    }
    assert!(before < 64 << 20, "{before} bytes were read ahead of the one article that was taken");
}

#[test]
fn a_signal_ends_the_iterator() {
    let read = Arc::new(AtomicU64::new(0));
    let cancel = Cancel::new();
    let options = articles::Options { cancel: cancel.clone(), ..Default::default() };
    let mut outcomes = articles([Endless::source(&read)], &options);
    assert!(outcomes.by_ref().take(10).all(|outcome| outcome.is_ok()));
    cancel.cancel();
    assert!(must_end(|| outcomes.next()).is_none());
    assert!(outcomes.next().is_none(), "it has ended for good");
}

#[test]
fn a_reader_that_blocks_does_not_hold_up_a_stop() {
    struct Blocked(mpsc::Receiver<()>);
    impl Read for Blocked {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            self.0.recv().map(|()| 0).map_err(std::io::Error::other)
        }
    }
    let (unblock, blocked) = mpsc::channel();
    let reader = Box::new(Blocked(blocked));
    let cancel = Cancel::new();
    let options = articles::Options { cancel: cancel.clone(), ..Default::default() };
    let mut outcomes = articles([Source::Reader { name: "blocked".to_owned(), reader }], &options);
    cancel.cancel();
    assert!(must_end(|| outcomes.next()).is_none());
    must_end(|| drop(outcomes));
    drop(unblock);
}

#[test]
fn the_iterator_goes_to_another_thread() {
    fn is_owned_and_send<T: Send + 'static>(_: &T) {}
    let outcomes = articles([bytes("daily.jsonl", DAILY)], &articles::Options::default());
    is_owned_and_send(&outcomes);
    let count = std::thread::spawn(move || outcomes.count()).join().expect("no panic");
    assert_eq!(count, 6);
}

#[test]
fn a_reader_that_fails_is_a_skip() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the line is down"))
        }
    }
    let source = Source::Reader { name: "line".to_owned(), reader: Box::new(Fails) };
    let skip = articles([source], &articles::Options::default()).next().expect("one outcome").expect_err("a skip");
    assert_eq!((skip.reason, skip.record), (SkipReason::Unreadable, None));
}
