//! A folder with articles, in which tests run the program. When an expectation fails, the test prints the command, the
//! files of the folder, and all output of the program.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Six articles about one dam, as JSON Lines. `m6` has no date of publication.
pub const DAILY: &str = r#"{"id":"m1","title":"Dam collapse at Merrow floods the valley","published":"2019-03-14","source":"Merrow Courier","byline":"Ada Quist","body":"The old dam above Merrow collapsed on Thursday after a week of rain. Four hundred people left their homes before midnight.\n\nEngineers had warned of cracks in the spillway since January 2017."}
{"id":"m2","title":"Engineers warned of Merrow spillway","published":"2019-03-16","source":"Merrow Courier","byline":"Tomas Hale","body":"Two engineers warned the water board about the spillway twice, letters show. The board answered neither letter.\n\nA collapse of the dam was called unthinkable."}
{"id":"m3","title":"Levee holds at Oxmouth","published":"2019-04-02","source":"Oxmouth Post","body":"The levee at Oxmouth held through the night. Volunteers filled nine thousand sandbags along the river.\n\nNo dam stands above the town."}
{"id":"m4","title":"Board chair resigns over flood","published":"2019-05-20","source":"Oxmouth Post","body":"The chair of the water board resigned on Monday. She said the warnings of 12 January 2019 had not reached her desk."}
{"id":"m5","title":"Drill empties school in Merrow","published":"2020-01-09","source":"Merrow Courier","body":"Children left the school in four minutes during a flood drill. The dam siren sounded for the first time since the collapse."}
{"id":"m6","title":"A recipe for river trout","source":"Oxmouth Post","body":"Take two trout and a lemon. Bake them for twenty minutes and serve them with bread."}
"#;

/// A folder for one test, which is removed at its end.
pub struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// An empty folder.
    pub fn new() -> Sandbox {
        Sandbox { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder with [`DAILY`] in `news/daily.jsonl`.
    pub fn with_daily() -> Sandbox {
        let sandbox = Sandbox::new();
        sandbox.write("news/daily.jsonl", DAILY);
        sandbox
    }

    /// A folder with [`DAILY`] in `news/daily.jsonl`, indexed into `index/`.
    pub fn indexed() -> Sandbox {
        let sandbox = Sandbox::with_daily();
        sandbox.run(&["index", "news"]).code(0);
        sandbox
    }

    /// The path of the folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file or folder in it.
    pub fn join(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file, and creates its parent folders.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("folders of a test");
        }
        std::fs::write(&path, content).expect("a file of a test");
    }

    /// A command that runs the program in the folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
        command.args(args).current_dir(self.path()).stdin(Stdio::null());
        for name in ["MORGUE_INDEX", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program, and waits for its end.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> ProgramRun {
        let mut command = self.command(args);
        let output = command.output().expect("the program starts");
        self.finished(&command, output)
    }

    /// Runs the program with `input` on its standard input.
    #[track_caller]
    pub fn run_with_input(&self, args: &[&str], input: &[u8]) -> ProgramRun {
        let path = self.join(".input");
        std::fs::write(&path, input).expect("a file of a test");
        let mut command = self.command(args);
        command.stdin(std::fs::File::open(path).expect("the file just written"));
        let output = command.output().expect("the program starts");
        self.finished(&command, output)
    }

    /// Starts the program with pipes for input and output.
    pub fn spawn(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the program starts")
    }

    /// Starts `morgue index -`, which writes `index/` until its standard input ends, and waits until it holds the lock.
    pub fn spawn_writer(&self) -> Child {
        let writer = self.spawn(&["index", "-"]);
        let holder = format!("process {}\n", writer.id());
        let since = Instant::now();
        while std::fs::read_to_string(self.join("index/writer.lock")).ok().as_ref() != Some(&holder) {
            assert!(since.elapsed() < Duration::from_secs(60), "the writer takes the lock");
            std::thread::sleep(Duration::from_millis(5));
        }
        writer
    }

    /// The result of a command that has ended. It must not show a panic, whatever the test expects.
    #[track_caller]
    pub fn finished(&self, command: &Command, output: Output) -> ProgramRun {
        let run = ProgramRun {
            command: format!("{command:?}"),
            folder: self.path().to_owned(),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        };
        let panics = ["panicked", "fault of morgue", "fault of its reader"];
        run.check(!panics.iter().any(|panic| run.stderr.contains(panic)), "no panic");
        run
    }
}

/// The result of a run of the program.
pub struct ProgramRun {
    command: String,
    folder: PathBuf,
    /// The exit code; `None` when the program was killed.
    pub code: Option<i32>,
    /// The standard output.
    pub stdout: String,
    /// The standard error.
    pub stderr: String,
}

impl ProgramRun {
    /// Fails, and prints everything about the run, unless `holds`.
    #[track_caller]
    pub fn check(&self, holds: bool, expected: &str) {
        if holds {
            return;
        }
        let listing: Vec<String> = walkdir::WalkDir::new(&self.folder)
            .sort_by_file_name()
            .into_iter()
            .flatten()
            .take(100)
            .map(|entry| entry.path().strip_prefix(&self.folder).unwrap_or(entry.path()).display().to_string())
            .collect();
        panic!(
            "expected: {expected}\n\ncommand: {}\nfolder: {}\n{}\nexit code: {:?}\n\n--- stdout\n{}\n--- stderr\n{}\n---",
            self.command,
            self.folder.display(),
            listing.join("\n"),
            self.code,
            self.stdout,
            self.stderr
        );
    }

    /// Expects an exit code.
    #[track_caller]
    pub fn code(self, code: i32) -> ProgramRun {
        self.check(self.code == Some(code), &format!("exit code {code}"));
        self
    }

    /// Expects `text` on the standard output.
    #[track_caller]
    pub fn stdout_has(self, text: &str) -> ProgramRun {
        self.check(self.stdout.contains(text), &format!("stdout with {text:?}"));
        self
    }

    /// Expects `text` on the standard error.
    #[track_caller]
    pub fn stderr_has(self, text: &str) -> ProgramRun {
        self.check(self.stderr.contains(text), &format!("stderr with {text:?}"));
        self
    }

    /// Expects an empty standard output.
    #[track_caller]
    pub fn stdout_is_empty(self) -> ProgramRun {
        self.check(self.stdout.is_empty(), "an empty stdout");
        self
    }

    /// Expects an empty standard error.
    #[track_caller]
    pub fn stderr_is_empty(self) -> ProgramRun {
        self.check(self.stderr.is_empty(), "an empty stderr");
        self
    }

    /// The standard output, as JSON Lines.
    #[track_caller]
    pub fn json(&self) -> Vec<serde_json::Value> {
        let lines = self.stdout.lines().map(serde_json::from_str).collect();
        match lines {
            Ok(lines) => lines,
            Err(error) => {
                self.check(false, &format!("JSON Lines ({error})"));
                unreachable!("the check above has failed")
            }
        }
    }

    /// The own ids of the hits of a JSON answer, in their order.
    #[track_caller]
    pub fn own_ids(&self) -> Vec<String> {
        let hits = self.json().into_iter().filter(|line| line["type"] == "hit");
        hits.map(|hit| hit["own_id"].as_str().expect("an own id").to_owned()).collect()
    }
}

/// The own ids of all hits of a search, in their order.
#[track_caller]
pub fn hit_ids(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let mut all = vec!["search", "--format", "json", "--limit", "all"];
    all.extend(args);
    let run = sandbox.run(&all);
    run.check(run.code == Some(0) || run.code == Some(1), "exit code 0 or 1");
    run.own_ids()
}

/// An archive of `count` different invented articles, as JSON Lines.
pub fn many_articles(count: usize) -> String {
    const TOWNS: [&str; 7] = ["Merrow", "Oxmouth", "Harwick", "Saltby", "Dunmere", "Tarn", "Ellerby"];
    const THINGS: [&str; 5] = ["dam", "levee", "bridge", "school", "ferry"];
    let mut out = String::new();
    for i in 0..count {
        let (town, thing) = (TOWNS[i % TOWNS.len()], THINGS[i / 3 % THINGS.len()]);
        let other = TOWNS[(i * 5 + 2) % TOWNS.len()];
        let (month, day) = (i % 12 + 1, i % 28 + 1);
        let body = format!(
            "The {thing} of {town} was inspected by order number {i}. Inspectors from {other} found crack {} in it.\\n\\n\
             The council of {town} will vote on repairs. Nobody in {other} was asked, said a clerk of the {thing}.",
            i * 7
        );
        out.push_str(&format!(
            "{{\"id\":\"x{i}\",\"title\":\"{town} {thing} report {i}\",\"published\":\"20{:02}-{month:02}-{day:02}\",\
             \"source\":\"{other} Gazette\",\"body\":\"{body}\"}}\n",
            i % 20
        ));
    }
    out
}
