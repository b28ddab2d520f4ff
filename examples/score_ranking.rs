//! Ranking on a set of judged questions: nDCG@10, MRR and success@10 of `--plain` searches.
//!
//! `cargo run --release --example score_ranking -- newsquiz .635` reads `retrieval/newsquiz` in the data folder
//! (`$MORGUE_DATA`, or `../shared/data`) and fails below the floor of nDCG@10. Gains are the judgements themselves and
//! the discount is the logarithm to base 2 of the rank + 1 (Järvelin and Kekäläinen, 2002), as in trec_eval.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

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

    let mut relevant: HashMap<String, HashMap<String, u32>> = HashMap::new();
    for line in std::fs::read_to_string(folder.join("qrels.tsv"))?.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [query, _, id, gain] = fields[..] else { return Err(format!("no judgement: {line}").into()) };
        relevant.entry(query.to_owned()).or_default().insert(id.to_owned(), gain.parse()?);
    }
    let (mut ndcg, mut mrr, mut success, mut judged) = (0.0, 0.0, 0.0, 0.0);
    for line in std::fs::read_to_string(folder.join("queries.tsv"))?.lines() {
        let (query, text) = line.split_once('\t').ok_or("a query is an id, a tab and a text")?;
        let Some(relevant) = relevant.get(query) else { continue };
        let ranking = searcher.ranking(&Request::new(Query::plain(text)).limit(10))?;
        let gain = |id: &str| f64::from(relevant.get(id).copied().unwrap_or(0));
        let mut gains = Vec::new();
        for entry in &ranking.entries {
            let ids = searcher.ids(entry)?;
            gains.push(gain(ids.own_id.as_deref().unwrap_or(&ids.id)));
        }
        let mut ideal: Vec<f64> = relevant.values().map(|&gain| f64::from(gain)).collect();
        ideal.sort_by(|a, b| b.total_cmp(a));
        ideal.truncate(10);
        ndcg += discounted(&gains) / discounted(&ideal);
        let first = gains.iter().position(|&gain| gain > 0.0);
        mrr += first.map_or(0.0, |place| 1.0 / (place + 1) as f64);
        success += f64::from(u8::from(first.is_some()));
        judged += 1.0;
    }
    let (ndcg, mrr, success) = (ndcg / judged, mrr / judged, success / judged);
    println!("{set}: {judged} queries, nDCG@10 {ndcg:.4}, MRR@10 {mrr:.4}, success@10 {success:.4} (floor {floor})");
    Ok(if ndcg < floor { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn discounted(gains: &[f64]) -> f64 {
    gains.iter().enumerate().map(|(place, gain)| gain / (place as f64 + 2.0).log2()).sum()
}
