//! The rules of ARCHITECTURE.md for the source files. The tests read the files of all crates.

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

    /// The modules of the crate that its code imports.
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
fn assert_rule(rule: &str, breaches: Vec<String>) {
    assert!(breaches.is_empty(), "{rule}\n  {}", breaches.join("\n  "));
}

/// Files that contain one of `words` and are not in one of the `allowed` modules (`crate/module`).
fn outside(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| !source.is_in(allowed)) {
        breaches.extend(words.iter().filter(|word| source.has_word(word)).map(|word| format!("{source}: {word}")));
    }
    breaches
}

#[test]
fn w1_only_the_index_uses_the_engine() {
    assert_rule("W1: tantivy only under src/index/", outside(&["tantivy"], &["morgue/index"]));
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
    assert_rule("W1: no type of tantivy in a public signature; its errors are mapped by hand", breaches);
}

/// The names that a file imports from the engine, and the name of the engine.
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

/// The signatures of everything `pub`: functions up to their body, fields, types.
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

/// The modules that use the terminal.
const PROGRAM: [&str; 4] = ["morgue/main", "morgue/cmd", "morgue/cli", "morgue-annotate/bin"];

#[test]
fn w2_only_the_program_uses_the_terminal() {
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
        // `print` is allowed as the name of a function; only the macro is a breach.
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
    assert_rule("W2: the command line, standard streams and exit codes only in main.rs, cli.rs and cmd/", breaches);
}

#[test]
fn w3_only_readers_index_and_program_use_the_file_system() {
    let words = ["fs", "File::open", "OpenOptions", "walkdir", "MmapDirectory", "tempfile"];
    assert_rule(
        "W3: the file system only in read/, index/ and cmd/",
        outside(
            &words,
            &["morgue-read/read", "morgue-annotate/bin", "morgue-annotate/train", "morgue/index", "morgue/cmd"],
        ),
    );
}

#[test]
fn w4_only_ingest_knows_all_the_stages() {
    let stages = ["morgue_read", "morgue_annotate"];
    let breaches = sources()
        .iter()
        .filter(|source| source.package == "morgue" && !["articles", "ingest", "lib"].contains(&source.module()))
        .filter(|source| stages.iter().all(|stage| source.has_word(stage)))
        .map(Source::to_string)
        .collect();
    assert_rule("W4: ingest alone knows all the stages", breaches);
}

#[test]
fn w5_files_have_specific_names_and_a_limited_length() {
    const FORBIDDEN: [&str; 6] = ["util", "common", "helpers", "misc", "types", "core"];
    const LONGEST: usize = 500;
    let mut breaches = Vec::new();
    for source in sources() {
        let names = source.path.trim_end_matches(".rs").split('/');
        if names.clone().any(|name| FORBIDDEN.contains(&name.trim_end_matches('s')) || FORBIDDEN.contains(&name)) {
            breaches.push(format!("{source}: an unspecific name"));
        }
        if source.lines > LONGEST {
            breaches.push(format!("{source}: {} lines", source.lines));
        }
    }
    assert_rule("W5: no file with a forbidden name, and no file above 500 lines", breaches);
}

#[test]
fn no_module_imports_a_higher_layer() {
    // From the lowest layer. Cargo checks the layers between the crates.
    const LAYERS: [(&str, &[&[&str]]); 4] = [
        ("morgue-article", &[&["extra", "text", "word_list"], &["date"], &["article"], &["token"]]),
        ("morgue-read", &[&["read", "normalize"]]),
        ("morgue-annotate", &[&["dates", "entities"], &["annotator", "train"], &["bin"]]),
        (
            "morgue",
            &[
                &["cancel", "evaluation"],
                &["ordered", "hit", "query"],
                &["error"],
                &["matching"],
                &["snippet"],
                &["index", "articles"],
                &["ingest", "export"],
            ],
        ),
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
            breaches.push(format!("{source}: the module has no layer"));
            continue;
        };
        for import in source.imports() {
            // A name of the root of the crate (`crate::Article`) is not a module.
            let is_module = import.starts_with(char::is_lowercase);
            match layer(import) {
                Some(other) if other < own || import == source.module() => {}
                None if !is_module => {}
                _ => breaches.push(format!("{source} imports {import}")),
            }
        }
    }
    assert_rule("no module imports a module of its own layer or of a higher one", breaches);
}

#[test]
fn a_library_root_contains_no_function() {
    for source in sources().iter().filter(|source| source.path == "lib.rs" && source.package != "morgue-annotate") {
        assert!(!source.has_word("fn"), "{source} has no function");
    }
}
