//! Ranking on a set of judged questions: nDCG@10, MRR and success@10 of `--plain` searches.
//!
//! `cargo run --release --example score_ranking -- newsquiz .635` reads `retrieval/newsquiz` in the data folder
//! (`$MORGUE_DATA`, or `../shared/data`) and fails below the floor of nDCG@10. [`morgue::evaluation`] has the measures.

use std::path::PathBuf;
use std::process::ExitCode;

use morgue::evaluation::{Judgements, Measure, Run, evaluate};
use morgue::{Index, Query, Request, ingest};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<ExitCode, Failure> {
    let mut args = std::env::args().skip(1);
    let set = args.next().ok_or("name a set below retrieval/")?;
    let floor: f64 = args.next().map_or(Ok(0.0), |floor| floor.parse())?;
    let data = PathBuf::from(std::env::var("MORGUE_DATA").unwrap_or_else(|_| "../shared/data".into()));
    let folder = data.join("retrieval").join(&set);

    let index_folder = tempfile::tempdir()?;
    let index = Index::open_or_create(index_folder.path())?;
    ingest([folder.join("docs.jsonl.gz")], &index, &Default::default(), |_| ())?;
    let searcher = index.searcher()?;

    let judgements: Judgements = std::fs::read_to_string(folder.join("qrels.tsv"))?.parse()?;
    let mut run = Run::default();
    for line in std::fs::read_to_string(folder.join("queries.tsv"))?.lines() {
        let (query, text) = line.split_once('\t').ok_or("a query is an id, a tab and a text")?;
        for entry in &searcher.ranking(&Request::new(Query::plain(text)).limit(10))?.entries {
            let ids = searcher.ids(entry)?;
            run.push(query, ids.own_id.as_deref().unwrap_or(&ids.id));
        }
    }
    let evaluation = evaluate(&judgements, &run);
    let [ndcg, mrr, success] =
        [Measure::Ndcg10, Measure::ReciprocalRank, Measure::Success10].map(|measure| evaluation.mean(measure));
    let judged = evaluation.queries.len();
    println!("{set}: {judged} queries, nDCG@10 {ndcg:.4}, MRR@10 {mrr:.4}, success@10 {success:.4} (floor {floor})");
    Ok(if ndcg < floor { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
