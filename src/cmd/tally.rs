//! The tally of a run in words: what became of all records, and the first few that were passed over for each reason.

use std::collections::BTreeMap;
use std::path::PathBuf;

use morgue::{Index, SkipReason, Tally};

use super::console::Console;
use super::index::Run;
use super::print::{count_of, grouped};

/// Two tallies as one.
pub fn sum(a: Tally, b: Tally) -> Tally {
    let by_reason = |mut a: BTreeMap<SkipReason, u64>, b: BTreeMap<SkipReason, u64>| {
        for (reason, n) in b {
            *a.entry(reason).or_default() += n;
        }
        a
    };
    Tally {
        read: a.read + b.read,
        added: a.added + b.added,
        replaced: a.replaced + b.replaced,
        unchanged: a.unchanged + b.unchanged,
        same_id: a.same_id + b.same_id,
        skipped: by_reason(a.skipped, b.skipped),
        files_skipped: by_reason(a.files_skipped, b.files_skipped),
        removed: a.removed + b.removed,
        files: a.files + b.files,
        files_unchanged: a.files_unchanged + b.files_unchanged,
        bytes: a.bytes + b.bytes,
        text_bytes: a.text_bytes + b.text_bytes,
        roots: a.roots.into_iter().chain(b.roots).collect(),
    }
}

/// Tells the tally on standard error.
pub fn tell(run: &Run<'_>, paths: &[PathBuf], index: &Index, all_named: bool, console: &Console) {
    if console.quiet() {
        return;
    }
    for line in lines(run, paths, all_named) {
        console.note(&line);
    }
    // The run is done and safe: an index that cannot be measured is no reason to call it failed.
    if let Ok(stats) = index.searcher().and_then(|searcher| searcher.stats(0)) {
        let articles = count_of(stats.articles, "article");
        console.note(&format!("{} now holds {articles} in {}", index.path().display(), megabytes(stats.bytes)));
    }
}

fn lines(run: &Run<'_>, paths: &[PathBuf], all_named: bool) -> Vec<String> {
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
    let mut outcome = |n: u64, what: &str| {
        if n > 0 {
            lines.push(format!("{:>9}  {what}", grouped(n)));
        }
    };
    outcome(tally.added, "added");
    outcome(tally.replaced, "replaced by a newer version");
    outcome(tally.unchanged, "unchanged");
    outcome(tally.same_id, "with the id of another, later record");
    outcome(tally.removed, "removed, as their files or records are gone");
    for (is_file, reasons) in [(false, &tally.skipped), (true, &tally.files_skipped)] {
        for (&reason, &n) in reasons {
            let what = if is_file { "passed over whole" } else { "passed over" };
            let noun = if is_file { "file" } else { "record" };
            let plural = if n == 1 { "" } else { "s" };
            lines.push(format!("{:>9}  {noun}{plural} {what}: {}", grouped(n), reason.describe()));
            let mut detail = |text: &str| lines.push(format!("{:>13}{text}", ""));
            let (now, examples) = match run.watch.passed_over.get(&(is_file, reason)) {
                Some(alike) => (alike.count, alike.examples.as_slice()),
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

/// Bytes for people.
pub fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}
