//! The walls of the house: what may be where in `src/`, held by reading it. ARCHITECTURE.md tells why.

use std::fmt;
use std::fs;
use std::path::Path;

/// One source file without its tests and comments.
struct Source {
    /// The crate: `morgue`, `morgue-read`.
    package: String,
    /// The path below the crate's `src/`, with `/` between its parts.
    path: String,
    lines: usize,
    code: String,
}

/// The source files of all crates of the workspace.
fn sources() -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut packages = vec![("morgue".to_owned(), top.join("src"))];
    for entry in fs::read_dir(top.join("crates")).expect("the folder of the crates").flatten() {
        packages.push((entry.file_name().to_string_lossy().into_owned(), entry.path().join("src")));
    }
    let mut sources = Vec::new();
    for (package, root) in packages {
        for entry in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().flatten() {
            if entry.path().extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let text = fs::read_to_string(entry.path()).expect("a source file");
            let path = entry.path().strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
            let own = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            let lines = own.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = lines.map(|line| format!("{line}\n")).collect();
            sources.push(Source { package: package.clone(), path, lines: text.lines().count(), code });
        }
    }
    assert!(sources.len() > 200, "all sources are read");
    sources
}

impl Source {
    /// The module it belongs to: `read` for `read/json.rs`, `token` for `token.rs`.
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    /// Whether it is in one of `modules`: `morgue/index`, `morgue-read/read`.
    fn is_in(&self, modules: &[&str]) -> bool {
        modules.contains(&format!("{}/{}", self.package, self.module()).as_str())
    }

    fn has_word(&self, word: &str) -> bool {
        let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
        self.code.match_indices(word).any(|(at, _)| {
            !self.code[..at].ends_with(part_of_name) && !self.code[at + word.len()..].starts_with(part_of_name)
        })
    }

    /// Modules of the crate that its code names.
    fn imports(&self) -> Vec<&str> {
        let mut modules = Vec::new();
        for (at, found) in self.code.match_indices("crate::") {
            let rest = &self.code[at + found.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                modules.extend(group.split('}').next().unwrap_or_default().split(',').map(first_name));
            } else {
                modules.push(first_name(rest));
            }
        }
        modules
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/src/{}", self.package, self.path)
    }
}

fn first_name(path: &str) -> &str {
    let path = path.trim();
    &path[..path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len())]
}

#[track_caller]
fn hold(wall: &str, breaches: Vec<String>) {
    assert!(breaches.is_empty(), "{wall}\n  {}", breaches.join("\n  "));
}

/// Files with one of `words` that are in none of the `allowed` modules (`crate/module`).
fn outside(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| !source.is_in(allowed)) {
        breaches.extend(words.iter().filter(|word| source.has_word(word)).map(|word| format!("{source}: {word}")));
    }
    breaches
}

#[test]
fn w1_the_engine_is_known_in_the_index_alone() {
    hold("W1: tantivy only under src/index/", outside(&["tantivy"], &["morgue/index"]));
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| source.is_in(&["morgue/index"])) {
        for name in names_of_the_engine(&source.code) {
            for signature in public_signatures(&source.code) {
                if signature.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name) {
                    breaches.push(format!("{source}: {signature}"));
                }
            }
        }
        if source.code.contains("From<TantivyError>") || source.code.contains("From<tantivy::") {
            breaches.push(format!("{source}: a From of the engine's error"));
        }
    }
    hold("W1: no type of tantivy in a public signature; its errors are mapped by hand", breaches);
}

/// Names that a file imports from the engine, and the engine's own.
fn names_of_the_engine(code: &str) -> Vec<&str> {
    let mut names = vec!["tantivy"];
    for import in code.split("use tantivy::").skip(1) {
        let import = import.split(';').next().unwrap_or_default();
        names.extend(
            import
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .filter(|word| word.starts_with(|c: char| c.is_uppercase()) && *word != "Result"),
        );
    }
    names
}

/// What is `pub` without a limit: functions up to their body, fields, types.
fn public_signatures(code: &str) -> Vec<String> {
    let mut signatures = Vec::new();
    for (at, _) in code.match_indices("pub ") {
        let rest = &code[at..];
        if code[..at].ends_with(|c: char| c.is_alphanumeric())
            || rest.starts_with("pub use")
            || rest.starts_with("pub mod")
        {
            continue;
        }
        let end = rest.find(['{', ';']).unwrap_or(rest.len());
        signatures.push(rest[..end].split_whitespace().collect::<Vec<_>>().join(" "));
    }
    signatures
}

/// The modules that may know the terminal. The trainer of the names model is a program of its own.
const PROGRAM: [&str; 3] = ["morgue/main", "morgue/cmd", "morgue/cli"];

#[test]
fn w2_the_terminal_is_known_in_the_program_alone() {
    let words = [
        "clap",
        "anstream",
        "indicatif",
        "stdin",
        "stdout",
        "stderr",
        "ExitCode",
        "println",
        "eprintln",
        "print",
        "eprint",
        "dbg",
    ];
    let macros = |breach: &String| {
        // `print` is a fine name for a function; only the macro is a breach.
        !breach.ends_with(": print") && !breach.ends_with(": eprint")
    };
    let mut breaches: Vec<String> = outside(&words, &PROGRAM).into_iter().filter(macros).collect();
    for source in sources().iter().filter(|source| !source.is_in(&PROGRAM)) {
        for call in ["print!(", "process::exit"] {
            if source.code.contains(call) {
                breaches.push(format!("{source}: {call}"));
            }
        }
    }
    hold("W2: argv, standard streams and exit codes only in main.rs and cmd/", breaches);
}

#[test]
fn w3_the_file_system_is_known_where_files_are() {
    let words = ["fs", "File::open", "OpenOptions", "walkdir", "MmapDirectory", "tempfile"];
    hold(
        "W3: the file system only in read/, index/ and cmd/",
        outside(&words, &["morgue-read/read", "morgue/index", "morgue/cmd"]),
    );
}

#[test]
fn w4_one_file_knows_all_the_stages() {
    let stages = ["morgue_read", "morgue_annotate"];
    let breaches = sources()
        .iter()
        .filter(|source| source.package == "morgue" && !["ingest", "lib"].contains(&source.module()))
        .filter(|source| stages.iter().all(|stage| source.has_word(stage)))
        .map(Source::to_string)
        .collect();
    hold("W4: ingest alone knows all the stages", breaches);
}

#[test]
fn w5_files_have_names_and_an_end() {
    const FORBIDDEN: [&str; 6] = ["util", "common", "helpers", "misc", "types", "core"];
    const LONGEST: usize = 500;
    let mut breaches = Vec::new();
    for source in sources() {
        let names = source.path.trim_end_matches(".rs").split('/');
        if names.clone().any(|name| FORBIDDEN.contains(&name.trim_end_matches('s')) || FORBIDDEN.contains(&name)) {
            breaches.push(format!("{source}: a name that says nothing"));
        }
        if source.lines > LONGEST {
            breaches.push(format!("{source}: {} lines", source.lines));
        }
    }
    hold("W5: no file of a forbidden name, none above 500 lines", breaches);
}

#[test]
fn no_import_runs_up() {
    // From the ground; modules of one layer do not import each other. Cargo holds the layers between the crates.
    const LAYERS: [(&str, &[&[&str]]); 4] = [
        ("morgue-article", &[&["date"], &["article"], &["token"]]),
        ("morgue-read", &[&["read", "normalize"]]),
        ("morgue-annotate", &[&["dates", "entities"]]),
        ("morgue", &[&["cancel"], &["hit", "query"], &["error"], &["matching"], &["snippet"], &["index"], &["ingest"]]),
    ];
    let mut breaches = Vec::new();
    for source in sources() {
        let layers =
            LAYERS.iter().find(|(package, _)| *package == source.package).map_or(&[] as &[_], |(_, layers)| layers);
        let layer = |module: &str| layers.iter().position(|layer| layer.contains(&module));
        if ["lib", "main", "cmd", "cli"].contains(&source.module()) {
            continue;
        }
        let Some(own) = layer(source.module()) else {
            breaches.push(format!("{source}: it has no layer"));
            continue;
        };
        for import in source.imports() {
            // A name of the crate's root (`crate::Article`) is no module.
            let is_module = import.starts_with(char::is_lowercase);
            match layer(import) {
                Some(other) if other < own || import == source.module() => {}
                None if !is_module => {}
                _ => breaches.push(format!("{source} imports {import}")),
            }
        }
    }
    hold("no import runs up, and neighbours do not import each other", breaches);
}

#[test]
fn a_library_root_is_a_table_of_contents() {
    for source in sources().iter().filter(|source| source.path == "lib.rs" && source.package != "morgue-annotate") {
        assert!(!source.has_word("fn"), "{source} has no function");
    }
}
