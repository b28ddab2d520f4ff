//! `morgue index`: read articles into the index, and tell what became of each record.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use morgue::ingest::{self, Prune};
use morgue::{Index, Tally, read};

use super::console::Console;
use super::failure::Failure;
use super::print::{CONTRACT, count_of};
use super::progress::Watch;
use super::tally;
use super::{Exit, Global};

/// What standard input is called in ids and paths.
pub const STREAM: &str = "stdin";

/// Flags of `morgue index`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue index                                corpus/ into index/
  morgue index ~/archive/2019 ~/archive/2020 --index ~/morgue
  morgue index export.csv --map body=story_text --map title=hed
  zcat dump.jsonl.gz | morgue index - --name dump
  morgue index ~/archive --prune              forget articles whose files are gone

Files that have not changed are not read again. A run that was interrupted goes on where it
was when it is started again.

Exit code: 0, or 2 on an error; with --strict 1 when anything was passed over.")]
pub struct Flags {
    /// Files and folders to read, or - for standard input
    #[arg(value_name = "PATH", default_value = "corpus")]
    paths: Vec<PathBuf>,
    /// Forget articles whose files are gone from PATH; with `=force` even if PATH is empty, or if more than half of its
    /// articles would go
    #[arg(
        long,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "yes",
        value_name = "force",
        hide_possible_values = true
    )]
    prune: Option<PruneFlag>,
    /// What standard input is called in ids and paths, after `stdin/`. Articles of one name take the place of earlier ones of
    /// the same id; other names keep apart what does not belong together
    #[arg(long, value_name = "NAME", value_parser = stream_name)]
    name: Option<String>,
    /// Commit after so much text, and at least every 30 seconds; what is committed survives an interruption
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "256M")]
    commit: usize,
    /// Read every file again, changed or not
    #[arg(long)]
    reread: bool,
    /// End with exit code 1 when anything was passed over
    #[arg(long)]
    strict: bool,
    /// Name everything that is passed over
    #[arg(long, short)]
    verbose: bool,
    /// How the tally is printed: text (on standard error) or json (on standard output)
    #[arg(long, value_enum, default_value_t = TallyFormat::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: TallyFormat,
    #[command(flatten)]
    reading: Reading,
}

/// How records are read: what `index`, `search --in` and `read` share.
#[derive(Debug, Args)]
#[command(next_help_heading = "How files are read")]
pub struct Reading {
    /// A field of JSON or of a table that goes by another name: `--map body=story_text`
    #[arg(long, value_name = "FIELD=NAME", value_parser = mapping)]
    map: Vec<(String, String)>,
    /// Pass over records that are larger, unpacked
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "16M")]
    max_record: usize,
    /// Threads to read with; 0 is one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PruneFlag {
    Yes,
    Force,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TallyFormat {
    Text,
    Json,
}

impl Reading {
    /// As the library wants it.
    pub fn options(&self) -> read::Options {
        read::Options { max_record_bytes: self.max_record, map: self.map.clone(), ..read::Options::default() }
    }

    /// How many threads, at least one.
    pub fn threads(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            threads => threads,
        }
    }

    /// As the library wants it.
    pub fn ingest_options(&self) -> ingest::Options {
        ingest::Options { read: self.options(), threads: self.threads, ..ingest::Options::default() }
    }
}

/// A finished run.
pub struct Run<'c> {
    /// What became of the records.
    pub tally: Tally,
    /// What was passed over.
    pub watch: Watch<'c>,
    /// How long it took.
    pub time: Duration,
}

/// Indexes, and prints the tally.
pub fn run(flags: Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let index = Index::open_or_create(&global.index)?;
    let mut options = flags.reading.ingest_options();
    options.commit_bytes = flags.commit as u64;
    options.reread = flags.reread;
    options.prune = match flags.prune {
        None => Prune::No,
        Some(PruneFlag::Yes) => Prune::Yes,
        Some(PruneFlag::Force) => Prune::Force,
    };
    let is_stream = flags.paths.iter().any(|path| path == Path::new("-"));
    if flags.name.is_some() && !is_stream {
        return Err(Failure::Usage("--name is for standard input; write - for it among the paths".to_owned()));
    }
    let stream = flags.name.map_or_else(|| STREAM.to_owned(), |name| format!("{STREAM}/{name}"));
    let run = ingest_paths(&flags.paths, &stream, &index, &options, console, flags.verbose)?;
    match flags.format {
        TallyFormat::Text => tally::tell(&run, &flags.paths, &index, flags.verbose, console),
        TallyFormat::Json => print_json(&run.tally)?,
    }
    if run.tally.articles() == 0 {
        console.warn(&nothing_read(&flags.paths, &run.tally));
    }
    for skip in &run.watch.lost_roots {
        console.failure(&Failure::Usage(skip.to_string()));
    }
    let passed_over = !run.tally.skipped.is_empty() || !run.tally.files_skipped.is_empty();
    Ok(match (run.watch.lost_roots.is_empty(), flags.strict && passed_over) {
        (false, _) => Exit::Trouble,
        (true, true) => Exit::Nothing,
        (true, false) => Exit::Success,
    })
}

/// Reads `paths` into `index`: `-` is standard input, which goes by the name `stream`; all others are files and folders.
pub fn ingest_paths<'c>(
    paths: &[PathBuf],
    stream: &str,
    index: &Index,
    options: &ingest::Options,
    console: &'c Console,
    name_all: bool,
) -> Result<Run<'c>, Failure> {
    let started = Instant::now();
    let (streams, roots): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| *path == Path::new("-"));
    let mut watch = Watch::new(console, paths, name_all);
    let mut tally = Tally::default();
    if !roots.is_empty() {
        tally = ingest::ingest(&roots, index, options, |event| watch.event(&event))?;
    }
    if !streams.is_empty() {
        let read = ingest::ingest_stream(stream, io::stdin(), index, options, |event| watch.event(&event))?;
        if read.replaced > 0 {
            let replaced = count_of(read.replaced, "article");
            console.warn(&format!(
                "{replaced} of standard input took the place of earlier ones with the same id; \
                 --name NAME keeps apart what does not belong together"
            ));
        }
        tally = tally::sum(tally, read);
    }
    watch.finish();
    Ok(Run { tally, watch, time: started.elapsed() })
}

fn print_json(tally: &Tally) -> Result<(), Failure> {
    #[derive(serde::Serialize)]
    struct Line<'t> {
        r#type: &'static str,
        morgue: u32,
        #[serde(flatten)]
        tally: &'t Tally,
    }
    let mut out = io::stdout().lock();
    let line = serde_json::to_string(&Line { r#type: "tally", morgue: CONTRACT, tally }).map_err(io::Error::from)?;
    writeln!(out, "{line}")?;
    out.flush()?;
    Ok(())
}

fn nothing_read(paths: &[PathBuf], tally: &Tally) -> String {
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let why = match (tally.files, tally.read) {
        (0, _) => "there is no file in it",
        (_, 0) => {
            "none of its files is a form of article that morgue knows; --reread --verbose names each with the reason"
        }
        _ => "every record in it was passed over; --reread --verbose names each with the reason",
    };
    format!("no article was read from {}: {why}", paths.join(", "))
}

fn mapping(text: &str) -> Result<(String, String), String> {
    const FIELDS: &str = "id version url title body description captions byline dateline source published modified \
                          fetched language section keywords";
    let (field, name) = text.split_once('=').ok_or("write it FIELD=NAME, as in body=story_text")?;
    if name.is_empty() {
        return Err("the name after = is missing".to_owned());
    }
    if !FIELDS.split_whitespace().any(|known| known == field) {
        return Err(format!("there is no field `{field}`; the fields are {}", FIELDS.replace(' ', ", ")));
    }
    Ok((field.to_owned(), name.to_owned()))
}

fn stream_name(text: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    match !text.is_empty() && text.chars().all(is_plain) {
        true => Ok(text.to_owned()),
        false => Err("write letters, digits, - _ and . only".to_owned()),
    }
}

/// `16M`, `500k`, `1G`, or bytes.
fn size(text: &str) -> Result<usize, String> {
    let (digits, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let shift = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err("write a number of bytes, or one with k, M or G, as in 16M".to_owned()),
    };
    let number: usize = digits.parse().map_err(|_| "write a number of bytes, or one with k, M or G, as in 16M")?;
    number.checked_mul(1 << shift).filter(|&bytes| bytes > 0).ok_or_else(|| "that is not a size".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (text, bytes) in [("1", 1), ("500k", 512_000), ("16M", 16 << 20), ("2GiB", 2 << 30)] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "M", "0", "12 monkeys", "-1", "99999999999999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn mappings_name_a_field() {
        assert_eq!(mapping("body=text=x"), Ok(("body".to_owned(), "text=x".to_owned())));
        for text in ["body", "body=", "=x", "nosuch=x"] {
            assert!(mapping(text).is_err(), "{text}");
        }
    }
}
