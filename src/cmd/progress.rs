//! Shows the progress of a run: a bar with the rate and the remaining time on a terminal. It also collects what was
//! skipped.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::ingest::Event;
use crate::{Skip, SkipReason};

use super::console::Console;
use super::print::grouped;

/// The number of examples that are kept of the skips with one reason.
const MAX_EXAMPLES: usize = 3;

/// Follows a run.
pub(super) struct ProgressWatch<'c> {
    console: &'c Console,
    bar: Option<ProgressBar>,
    name_all: bool,
    roots: Vec<PathBuf>,
    /// Roots of this run that could not be read.
    pub lost_roots: Vec<Skip>,
    /// What was skipped, by (whether it is a whole file, reason).
    pub skipped: BTreeMap<(bool, SkipReason), SkipExamples>,
}

/// What this run skipped for one reason.
#[derive(Default)]
pub(super) struct SkipExamples {
    /// The number of all.
    pub count: u64,
    /// The first few, in words.
    pub examples: Vec<String>,
}

impl<'c> ProgressWatch<'c> {
    /// `roots` are the paths of the run; `name_all` prints every skip at once.
    pub(super) fn new(console: &'c Console, roots: &[PathBuf], name_all: bool) -> ProgressWatch<'c> {
        let has_bar = !console.is_quiet() && io::stderr().is_terminal();
        ProgressWatch {
            console,
            bar: has_bar.then(new_bar),
            name_all,
            roots: roots.to_vec(),
            lost_roots: Vec::new(),
            skipped: BTreeMap::new(),
        }
    }

    /// Updates the bar, and keeps a skip.
    pub(super) fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Found { bytes, .. } => self.with_bar(|bar| bar.set_length(*bytes)),
            Event::Progress { bytes, articles } => self.with_bar(|bar| {
                bar.set_position(*bytes);
                bar.set_message(format!("{} articles", grouped(*articles)));
            }),
            Event::Skipped(skip) => self.skip(skip),
            _ => {}
        }
    }

    /// Removes the bar from the terminal.
    pub(super) fn finish(&self) {
        self.with_bar(ProgressBar::finish_and_clear);
    }

    fn with_bar(&self, act: impl FnOnce(&ProgressBar)) {
        if let Some(bar) = &self.bar {
            act(bar);
        }
    }

    fn skip(&mut self, skip: &Skip) {
        if skip.record.is_none() && skip.reason == SkipReason::Unreadable && self.roots.contains(&skip.path) {
            self.lost_roots.push(skip.clone());
        }
        let skipped = self.skipped.entry((skip.record.is_none(), skip.reason)).or_default();
        skipped.count += 1;
        if skipped.examples.len() < MAX_EXAMPLES {
            skipped.examples.push(place_and_detail(skip));
        }
        if self.name_all {
            match &self.bar {
                Some(bar) => bar.suspend(|| self.console.note(&skip.to_string())),
                None => self.console.note(&skip.to_string()),
            }
        }
    }
}

/// A skip in words, without its reason.
fn place_and_detail(skip: &Skip) -> String {
    let mut out = skip.path.display().to_string();
    if let Some(record) = skip.record {
        out.push_str(&format!(" record {record}"));
    }
    if !skip.detail.is_empty() {
        out.push_str(": ");
        out.push_str(&skip.detail);
    }
    out
}

fn new_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:24} {percent:>3} %  {decimal_bytes_per_sec}  {eta} left  {msg}")
        .map(|style| style.progress_chars("━╸─"))
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    bar.set_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
