//! A long-lived writer inside another program: articles from memory go in while another thread searches. Ctrl-C or any
//! other thread can cancel: here a timer does.
//!
//!     cargo run --example writer

use std::error::Error;
use std::thread;
use std::time::Duration;

use morgue::article::Zone;
use morgue::{Article, Cancel, Index, Query, RawArticle, Request};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let index = Index::open_or_create(folder.path().join("index"))?;

    // Every call of this handle, of its searchers and of its writers stops once `cancel` is cancelled.
    let cancel = Cancel::new();
    let mut searcher = index.with_cancel(&cancel).searcher()?;
    let searching = thread::spawn(move || -> morgue::Result<u64> {
        let request = Request::new(Query::parse("ferry")?);
        loop {
            searcher.refresh()?; // sees the latest commit
            match searcher.search(&request) {
                Ok(hits) if hits.count >= 2 => return Ok(hits.count),
                Ok(_) => thread::sleep(Duration::from_millis(20)),
                Err(error) => return Err(error),
            }
        }
    });
    let timer = cancel.clone();
    thread::spawn(move || {
        thread::sleep(Duration::from_secs(60));
        timer.cancel();
    });

    // The name is the origin of these articles, and keeps their ids apart from those of other sources.
    let mut writer = index.writer()?.named("desk");
    let mut article = Article { own_id: Some("1".to_owned()), ..Article::default() };
    article.push(Zone::Title, "Ferry strike ends");
    article.push(Zone::Body, "The crews of the ferry returned on Tuesday, said Ann Lee, the harbor master.");
    println!("{:?}", writer.add(article)?);
    writer.commit()?; // safe from here on, and visible to new searches

    // Fields as a source spells them are normalized first. A record that cannot be used is a value, not an error.
    let raw = RawArticle {
        title: Some("New ferry for Oxmouth".to_owned()),
        body: "OXMOUTH, May 3, 2023 - The new ferry sailed for the first time.".to_owned(),
        ..RawArticle::default()
    };
    for raw in [raw, RawArticle::default()] {
        match writer.add_raw(raw)? {
            Ok(added) => println!("{added:?}"),
            Err(skip) => println!("skipped: {skip}"),
        }
    }
    writer.finish()?;

    println!("{} articles found", searching.join().expect("the thread does not panic")?);
    Ok(())
}
