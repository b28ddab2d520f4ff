//! What is told while files are read: a bar with rate and time left on a terminal, and what was passed over.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use morgue::ingest::Event;
use morgue::{Skip, SkipReason};

use super::console::Console;
use super::print::grouped;

/// How many of the things passed over for one reason are named.
const NAMED: usize = 3;

/// Follows a run.
pub struct Watch<'c> {
    console: &'c Console,
    bar: Option<ProgressBar>,
    name_all: bool,
    roots: Vec<PathBuf>,
    /// Roots of this run that could not be read.
    pub lost_roots: Vec<Skip>,
    /// What was passed over, whole files (`true`) apart from records, by reason.
    pub passed_over: BTreeMap<(bool, SkipReason), PassedOver>,
}

/// What this run passed over for one reason.
#[derive(Default)]
pub struct PassedOver {
    /// How many.
    pub count: u64,
    /// The first few.
    pub examples: Vec<String>,
}

impl<'c> Watch<'c> {
    /// `roots` are what was asked for; `name_all` names everything passed over at once.
    pub fn new(console: &'c Console, roots: &[PathBuf], name_all: bool) -> Watch<'c> {
        let wanted = !console.quiet() && io::stderr().is_terminal();
        Watch {
            console,
            bar: wanted.then(bar),
            name_all,
            roots: roots.to_vec(),
            lost_roots: Vec::new(),
            passed_over: BTreeMap::new(),
        }
    }

    /// Takes notice of what happened.
    pub fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Found { bytes, .. } => self.with_bar(|bar| bar.set_length(*bytes)),
            Event::Progress { bytes, articles } => self.with_bar(|bar| {
                bar.set_position(*bytes);
                bar.set_message(format!("{} articles", grouped(*articles)));
            }),
            Event::Skipped(skip) => self.skipped(skip),
            _ => {}
        }
    }

    /// Takes the bar off the terminal.
    pub fn finish(&self) {
        self.with_bar(ProgressBar::finish_and_clear);
    }

    fn with_bar(&self, act: impl FnOnce(&ProgressBar)) {
        if let Some(bar) = &self.bar {
            act(bar);
        }
    }

    fn skipped(&mut self, skip: &Skip) {
        if skip.record.is_none() && skip.reason == SkipReason::Unreadable && self.roots.contains(&skip.path) {
            self.lost_roots.push(skip.clone());
        }
        let alike = self.passed_over.entry((skip.record.is_none(), skip.reason)).or_default();
        alike.count += 1;
        if alike.examples.len() < NAMED {
            alike.examples.push(named(skip));
        }
        if self.name_all {
            match &self.bar {
                Some(bar) => bar.suspend(|| self.console.note(&skip.to_string())),
                None => self.console.note(&skip.to_string()),
            }
        }
    }
}

/// What was passed over, without the reason.
fn named(skip: &Skip) -> String {
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

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:24} {percent:>3} %  {decimal_bytes_per_sec}  {eta} left  {msg}")
        .map(|style| style.progress_chars("━╸─"))
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    bar.set_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
