//! Reading articles into the index: the flags and the run that `index` and `search --in` share. `read` has the flags,
//! too.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;

use crate::{Index, SkipReason, Tally, ingest, read};

use super::console::Console;
use super::failure::Failure;
use super::print::count_of;
use super::progress::ProgressWatch;

/// The name of the standard input in ids and paths.
pub(super) const STREAM: &str = "stdin";

/// Flags that say how records are read, for `index`, `search --in` and `read`.
#[derive(Debug, Args)]
#[command(next_help_heading = "How files are read")]
pub(super) struct Reading {
    /// The name in the file of a field of JSON or of a table: `--map body=story_text`
    #[arg(long, value_name = "FIELD=NAME", value_parser = mapping)]
    map: Vec<(String, String)>,
    /// Skip larger records; the size is that after unpacking
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "16M")]
    max_record: usize,
    /// Number of threads that read; 0 is one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

impl Reading {
    /// The options for the readers of the library.
    pub(super) fn options(&self) -> read::Options {
        read::Options { max_record_bytes: self.max_record, map: self.map.clone(), ..read::Options::default() }
    }

    /// The number of threads, at least one.
    pub(super) fn threads(&self) -> usize {
        if self.threads > 0 {
            return self.threads;
        }
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
    }

    /// The options for [`ingest::ingest`].
    pub(super) fn ingest_options(&self) -> ingest::Options {
        ingest::Options { read: self.options(), threads: self.threads, ..ingest::Options::default() }
    }
}

/// A finished run over some paths.
pub(super) struct IngestRun<'c> {
    /// The number of records by result.
    pub tally: Tally,
    /// What was skipped.
    pub watch: ProgressWatch<'c>,
    /// The duration of the run.
    pub time: Duration,
}

/// Reads `paths` into `index`. The path `-` is the standard input, which gets the name `stream`; all others are files
/// and folders. `name_all` names everything that is skipped.
pub(super) fn ingest_paths<'c>(
    paths: &[PathBuf],
    stream: &str,
    index: &Index,
    options: &ingest::Options,
    console: &'c Console,
    name_all: bool,
) -> Result<IngestRun<'c>, Failure> {
    let started = Instant::now();
    let (streams, roots): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| *path == Path::new("-"));
    let mut watch = ProgressWatch::new(console, paths, name_all);
    let mut tally = Tally::default();
    if !roots.is_empty() {
        tally = ingest::ingest(&roots, index, options, |event| watch.event(&event))?;
    }
    if !streams.is_empty() {
        let stream_tally = ingest::ingest_stream(stream, io::stdin(), index, options, |event| watch.event(&event))?;
        if stream_tally.replaced > 0 {
            let replaced = count_of(stream_tally.replaced, "article");
            console.warn(&format!(
                "{replaced} of standard input replaced earlier ones with the same id; \
                 --name NAME keeps streams apart that do not belong together"
            ));
        }
        tally = sum(tally, stream_tally);
    }
    watch.finish();
    Ok(IngestRun { tally, watch, time: started.elapsed() })
}

/// The sum of two tallies.
fn sum(a: Tally, b: Tally) -> Tally {
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
        cancelled: a.cancelled || b.cancelled,
    }
}

/// Parses `FIELD=NAME`.
fn mapping(text: &str) -> Result<(String, String), String> {
    let (field, name) = text.split_once('=').ok_or("write it FIELD=NAME, as in body=story_text")?;
    if name.is_empty() {
        return Err("the name after = is missing".to_owned());
    }
    read::check_field(field).map_err(|unknown| unknown.to_string())?;
    Ok((field.to_owned(), name.to_owned()))
}

/// Parses a size: `16M`, `500k`, `1G`, or bytes.
pub(super) fn size(text: &str) -> Result<usize, String> {
    const REMEDY: &str = "write a number of bytes, or one with k, M or G, as in 16M";
    let (digits, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let shift = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err(REMEDY.to_owned()),
    };
    let number: usize = digits.parse().map_err(|_| REMEDY)?;
    number.checked_mul(1 << shift).filter(|&bytes| bytes > 0).ok_or_else(|| "that is not a size".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_number_with_a_unit() {
        for (text, bytes) in [("1", 1), ("500k", 512_000), ("16M", 16 << 20), ("2GiB", 2 << 30)] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "M", "0", "12 monkeys", "-1", "99999999999999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_mapping_names_a_field_of_an_article() {
        assert_eq!(mapping("body=text=x"), Ok(("body".to_owned(), "text=x".to_owned())));
        for text in ["person=who", "org=firm", "place=town"] {
            assert!(mapping(text).is_ok(), "{text}");
        }
        for text in ["body", "body=", "=x", "nosuch=x"] {
            assert!(mapping(text).is_err(), "{text}");
        }
    }
}
