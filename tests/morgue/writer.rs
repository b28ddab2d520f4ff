//! The long-lived writer of the library, and searches next to it.

use morgue::article::Zone;
use morgue::index::Added;
use morgue::{Article, Cancel, ErrorKind, Holder, Index, Options, Query, Request, ingest};

use crate::harness::Sandbox;

fn article(own_id: &str, title: &str) -> Article {
    let mut article = Article { own_id: Some(own_id.to_owned()), ..Article::default() };
    article.push(Zone::Title, title);
    article.push(Zone::Body, "Ann Lee opened the gate of the dam on 3 May 2023.");
    article
}

fn new_index(sandbox: &Sandbox) -> Index {
    Index::open_or_create(sandbox.join("index")).expect("a new index")
}

fn request(text: &str) -> Request {
    Request::new(Query::parse(text).expect("a query"))
}

fn count(index: &Index, text: &str) -> u64 {
    index.searcher().expect("a searcher").search(&request(text)).expect("hits").count
}

#[test]
fn an_article_from_memory_is_found_after_the_commit() {
    let sandbox = Sandbox::new();
    let index = new_index(&sandbox);
    let mut writer = index.writer().expect("a writer").named("sandbox");
    let mut searcher = index.searcher().expect("a searcher");
    assert_eq!(writer.add(article("a", "Gate opens")).expect("added"), Added::New);
    assert_eq!(count(&index, "gate"), 0, "nothing is committed");
    writer.commit().expect("committed");
    assert_eq!(count(&index, "gate person:\"Ann Lee\" date:2023-05-03"), 1, "it is annotated as files are");
    assert_eq!(searcher.search(&request("gate")).expect("hits").count, 0, "a searcher keeps its state");
    assert!(searcher.refresh().expect("refreshed"));
    assert_eq!(searcher.search(&request("gate")).expect("hits").count, 1);
    assert!(!searcher.refresh().expect("nothing newer"));
    let hit = &searcher.search(&request("gate")).expect("hits").hits[0];
    assert_eq!((hit.id.as_str(), hit.path.as_str(), hit.record), ("sandbox#a", "sandbox", 1));
}

#[test]
fn the_writer_says_what_became_of_each_article() {
    let sandbox = Sandbox::new();
    let index = new_index(&sandbox);
    let mut writer = index.writer().expect("a writer");
    let newer = Article { version: 2, ..article("a", "Second edition") };
    assert_eq!(writer.add(article("a", "First edition")).expect("added"), Added::New);
    assert_eq!(writer.add(article("a", "First edition")).expect("added"), Added::Unchanged);
    assert_eq!(writer.add(newer.clone()).expect("added"), Added::Replaced);
    writer.commit().expect("committed");
    assert_eq!(writer.add(newer).expect("added"), Added::Unchanged);
    assert_eq!(writer.add(article("a", "First edition")).expect("added"), Added::SameId);
    writer.commit().expect("committed");
    assert_eq!((count(&index, "second"), count(&index, "first")), (1, 0));
}

#[test]
fn articles_without_any_id_are_known_by_their_content() {
    let sandbox = Sandbox::new();
    let index = new_index(&sandbox);
    let mut writer = index.writer().expect("a writer");
    let anonymous = |title: &str| Article { own_id: None, ..article("", title) };
    assert_eq!(writer.add(anonymous("Gate opens")).expect("added"), Added::New);
    assert_eq!(writer.add(anonymous("Gate closes")).expect("added"), Added::New);
    assert_eq!(writer.add(anonymous("Gate opens")).expect("added"), Added::Unchanged);
}

#[test]
fn what_is_not_committed_can_be_rolled_back_or_dropped() {
    let sandbox = Sandbox::new();
    let index = new_index(&sandbox);
    let mut writer = index.writer().expect("a writer");
    writer.add(article("a", "Gate opens")).expect("added");
    writer.commit().expect("committed");
    writer.add(article("b", "Levee holds")).expect("added");
    assert_eq!(writer.delete("a").expect("deleted"), 1);
    writer.rollback().expect("rolled back");
    writer.commit().expect("committed");
    assert_eq!((count(&index, "gate"), count(&index, "levee")), (1, 0));
    assert_eq!(writer.add(article("b", "Levee holds")).expect("added"), Added::New);
    drop(writer);
    assert_eq!((count(&index, "gate"), count(&index, "levee")), (1, 0));
    assert!(index.verify().expect("verified").is_empty());
    index.writer().expect("the lock is free again");
}

#[test]
fn an_article_is_deleted_by_its_id_or_own_id_before_and_after_the_commit() {
    let sandbox = Sandbox::new();
    let index = new_index(&sandbox);
    let mut writer = index.writer().expect("a writer");
    for id in ["a", "b", "c"] {
        writer.add(article(id, &format!("Gate {id}"))).expect("added");
    }
    assert_eq!(writer.delete("a").expect("deleted"), 1);
    assert_eq!(writer.delete("memory#b").expect("deleted"), 1);
    writer.commit().expect("committed");
    assert_eq!(count(&index, "gate"), 1);
    assert_eq!(writer.delete("c").expect("deleted"), 1);
    assert_eq!(writer.delete("c").expect("deleted"), 0, "it is gone already");
    assert_eq!(writer.delete("d").expect("deleted"), 0);
    assert_eq!(writer.add(article("c", "Gate again")).expect("added"), Added::New);
    writer.finish().expect("finished");
    assert_eq!(count(&index, "gate"), 1);
}

#[test]
fn an_article_whose_parts_do_not_fit_is_refused() {
    let sandbox = Sandbox::new();
    let index = new_index(&sandbox);
    let mut writer = index.writer().expect("a writer");
    let mut wrong = article("a", "Gate opens");
    wrong.parts[1].range.end = 1_000;
    let error = writer.add(wrong).expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::InvalidArticle);
    assert_eq!(writer.add(article("a", "Gate opens")).expect("added"), Added::New);
}

#[test]
fn an_article_with_an_invalid_user_field_is_refused() {
    let sandbox = Sandbox::new();
    let index = new_index(&sandbox);
    let mut writer = index.writer().expect("a writer");
    let mut wrong = article("a", "Gate opens");
    wrong.extra.insert("Client Name".to_owned(), vec!["Acme".to_owned()]);
    let error = writer.add(wrong).expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::InvalidUserField);
    assert_eq!(writer.add(article("a", "Gate opens")).expect("added"), Added::New);
}

#[test]
fn a_writer_goes_to_another_thread_and_locks_the_others_out() {
    let sandbox = Sandbox::new();
    let index = new_index(&sandbox);
    let mut writer = index.writer().expect("a writer");
    let cancel = Cancel::new();
    let waiting = index.with_cancel(&cancel);
    let waiter = std::thread::spawn(move || waiting.writer().err().map(|error| error.kind()));
    let adder = std::thread::spawn(move || writer.add(article("a", "Gate opens")).map(|added| (added, writer)));
    let (added, _writer) = adder.join().expect("joined").expect("added");
    assert_eq!(added, Added::New);
    cancel.cancel();
    assert_eq!(waiter.join().expect("joined"), Some(ErrorKind::Cancelled));
    match index.writer().err().expect("locked") {
        morgue::Error::Locked { holder, .. } => assert_eq!(holder, Holder::ThisProcess),
        error => panic!("{error:?}"),
    }
}

#[test]
fn files_and_memory_share_an_index() {
    let sandbox = Sandbox::with_daily();
    let index = new_index(&sandbox);
    ingest([sandbox.join("news")], &index, &Options::default(), |_| ()).expect("a run");
    let mut writer = index.writer().expect("a writer");
    writer.add(article("a", "Levee of Ashford")).expect("added");
    writer.finish().expect("finished");
    let before = count(&index, "*");
    let tally = ingest([sandbox.join("news")], &index, &Options::default(), |_| ()).expect("a run");
    assert_eq!((tally.unchanged, tally.added, tally.removed), (6, 0, 0));
    assert_eq!((before, count(&index, "*")), (7, 7));
}

#[test]
fn every_hit_and_every_article_can_be_pulled() {
    let sandbox = Sandbox::with_daily();
    let index = new_index(&sandbox);
    ingest([sandbox.join("news")], &index, &Options::default(), |_| ()).expect("a run");
    let searcher = index.searcher().expect("a searcher");
    let request = request("dam");
    let scan = searcher.scan(&request).expect("a scan");
    assert_eq!(scan.answer().count, 4);
    let pulled: Vec<String> = scan.map(|hit| hit.expect("a hit").id).collect();
    let mut pushed = Vec::new();
    searcher
        .each(&request, &mut |hit| {
            pushed.push(hit.id);
            Ok(())
        })
        .expect("all hits");
    assert_eq!(pulled, pushed);
    let of_query: Vec<String> =
        searcher.articles_of(&request).expect("articles").map(|stored| stored.expect("one").article.id).collect();
    assert_eq!(of_query, pulled);
    assert_eq!(searcher.articles().filter(Result::is_ok).count(), 6);

    let cancel = Cancel::new();
    let heard = searcher.with_cancel(&cancel);
    let (mut scan, mut articles) = (heard.scan(&request).expect("a scan"), heard.articles());
    cancel.cancel();
    assert!(matches!(scan.next(), Some(Err(morgue::Error::Cancelled))));
    assert!(scan.next().is_none());
    assert!(matches!(articles.next(), Some(Err(morgue::Error::Cancelled))));
    assert!(articles.next().is_none());
    assert_eq!(heard.search(&request).expect_err("cancelled").kind(), ErrorKind::Cancelled);
    assert_eq!(heard.stats(3).expect_err("cancelled").kind(), ErrorKind::Cancelled);
    assert_eq!(index.with_cancel(&cancel).verify().expect_err("cancelled").kind(), ErrorKind::Cancelled);
}
