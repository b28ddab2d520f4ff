//! Prints the tally of a run: the number of records by result, and the first few that were skipped for each reason.

use std::path::PathBuf;

use crate::Index;

use super::console::Console;
use super::print::{count_of, grouped, megabytes};
use super::reading::IngestRun;

/// Prints the tally on the standard error.
pub(super) fn print(run: &IngestRun<'_>, paths: &[PathBuf], index: &Index, all_named: bool, console: &Console) {
    if console.is_quiet() {
        return;
    }
    for line in lines(run, paths, all_named) {
        console.note(&line);
    }
    // The run is finished and safe, so an index that cannot be measured is not an error.
    if let Ok(stats) = index.searcher().and_then(|searcher| searcher.stats(0)) {
        let articles = count_of(stats.articles, "article");
        console.note(&format!("{} now holds {articles} in {}", index.path().display(), megabytes(stats.bytes)));
    }
}

fn lines(run: &IngestRun<'_>, paths: &[PathBuf], all_named: bool) -> Vec<String> {
    let tally = &run.tally;
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let seconds = run.time.as_secs_f64();
    let mut lines = vec![format!(
        "{} read in {} of {}: {} in {seconds:.1} s ({:.1} MB/s)",
        count_of(tally.read, "record"),
        count_of(tally.files, "file"),
        paths.join(", "),
        megabytes(tally.bytes),
        tally.bytes as f64 / 1e6 / seconds.max(1e-3),
    )];
    let mut result = |n: u64, what: &str| {
        if n > 0 {
            lines.push(format!("{:>9}  {what}", grouped(n)));
        }
    };
    result(tally.added, "added");
    result(tally.replaced, "replaced by a newer version");
    result(tally.unchanged, "unchanged");
    result(tally.same_id, "with the id of another, later record");
    result(tally.removed, "removed, as their files or records are gone");
    for (is_file, reasons) in [(false, &tally.skipped), (true, &tally.files_skipped)] {
        for (&reason, &n) in reasons {
            let noun = if is_file { "file" } else { "record" };
            let plural = if n == 1 { "" } else { "s" };
            lines.push(format!("{:>9}  {noun}{plural} skipped: {}", grouped(n), reason.describe()));
            let mut detail = |text: &str| lines.push(format!("{:>13}{text}", ""));
            let (now, examples) = match run.watch.skipped.get(&(is_file, reason)) {
                Some(skipped) => (skipped.count, skipped.examples.as_slice()),
                None => (0, [].as_slice()),
            };
            if !all_named {
                examples.iter().for_each(|example| detail(example));
                let more = now - examples.len() as u64;
                if more > 0 {
                    detail(&format!("and {} more; --verbose names all", grouped(more)));
                }
            }
            let before = n.saturating_sub(now);
            if before > 0 {
                detail(&format!("{} by an earlier run; --reread reads unchanged files too", grouped(before)));
            }
        }
    }
    lines
}
