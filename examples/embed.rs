//! Morgue inside another program: indexes a folder of articles, searches once, and prints the hits.
//!
//!     cargo run --example embed -- corpus 'dam collapse'

use std::error::Error;

use morgue::ingest::Event;
use morgue::{Index, Query, Request, ingest};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(folder), Some(text)) = (args.next(), args.next()) else {
        return Err("usage: embed FOLDER QUERY".into());
    };
    let place = tempfile::tempdir()?;
    let index = Index::open_or_create(place.path().join("index"))?;
    let tally = ingest([folder], &index, &Default::default(), |event| {
        if let Event::Skipped(skip) = event {
            eprintln!("skipped: {skip}");
        }
    })?;
    eprintln!("{} articles", tally.added);

    let searcher = index.searcher()?;
    let hits = searcher.search(&Request::new(Query::parse(&text)?).limit(5))?;
    for hit in &hits {
        println!("{:7.3}  {}", hit.score, hit.title);
        println!("         {}", hit.snippet.marked("[", "]"));
    }
    println!("{} in all", hits.count);
    Ok(())
}
