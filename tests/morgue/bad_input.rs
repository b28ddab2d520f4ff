//! Bad input of every kind. It is reported clearly, it never stops a run or causes a panic, and the good articles next to
//! it are always found.

use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::harness::{DAILY, ProgramRun, Sandbox, hit_ids, many_articles};

/// Finds the articles of the daily; other articles of these tests have other sources.
const DAILY_SOURCES: &str = "source:\"Merrow Courier\" OR source:\"Oxmouth Post\"";

/// Indexes `news/`, which contains the daily and bad input. The six good articles must be found.
#[track_caller]
fn index_with_good_articles(sandbox: &Sandbox) -> ProgramRun {
    let run = sandbox.run(&["index", "news", "--verbose"]).code(0);
    assert_eq!(hit_ids(sandbox, &[DAILY_SOURCES]).len(), 6, "{}", run.stderr);
    run
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("a Vec takes all");
    encoder.finish().expect("a Vec takes all")
}

#[test]
fn empty_files_are_skipped() {
    let sandbox = Sandbox::with_daily();
    for name in ["a.txt", "a.json", "a.jsonl", "a.xml", "a.gz", "a.zip", "a"] {
        sandbox.write(&format!("news/{name}"), "");
    }
    sandbox.write("news/blank.txt", "   \n\n\t\n");
    index_with_good_articles(&sandbox).stderr_has("a.json").stderr_has("a.gz").stderr_has("empty");
}

#[test]
fn a_folder_may_be_named_like_a_file() {
    let sandbox = Sandbox::with_daily();
    sandbox.write("news/archive.json/more.jsonl", many_articles(3));
    index_with_good_articles(&sandbox);
    assert_eq!(hit_ids(&sandbox, &["order number"]).len(), 3);
}

#[test]
fn a_truncated_gzip_is_read_up_to_its_end() {
    let sandbox = Sandbox::with_daily();
    let packed = gzip(many_articles(200).as_bytes());
    sandbox.write("news/cut.jsonl.gz", &packed[..packed.len() / 2]);
    index_with_good_articles(&sandbox).stderr_has("cut.jsonl.gz").stderr_has("damaged");
    assert!(hit_ids(&sandbox, &["order number"]).len() > 10, "what could be unpacked is read");
}

#[test]
fn text_that_is_not_utf_8_is_read() {
    let sandbox = Sandbox::with_daily();
    sandbox.write(
        "news/latin.txt",
        b"Gr\xfc\xdfe aus M\xfcnchen\n\nDie Isar f\xfchrt Hochwasser. Der Damm h\xe4lt noch.\n",
    );
    let mut mixed =
        b"{\"id\":\"bad\",\"title\":\"A ferry sank\",\"body\":\"The \xff\xfe ferry sank. All were saved.\"}\n".to_vec();
    mixed.extend(b"{\"id\":\"good\",\"title\":\"Another ferry\",\"body\":\"The ferry did not sink. It is fine.\"}\n");
    sandbox.write("news/mixed.jsonl", mixed);
    index_with_good_articles(&sandbox);
    assert!(hit_ids(&sandbox, &["ferry"]).contains(&"good".to_owned()));
    sandbox.run(&["search", "hochwasser"]).code(0).stdout_has("München");
}

#[test]
fn a_record_that_is_too_large_is_skipped() {
    let sandbox = Sandbox::with_daily();
    let mut line = b"{\"title\":\"Too long\",\"body\":\"".to_vec();
    line.resize(200 << 20, b'x');
    line.extend(b"\"}\n{\"id\":\"after\",\"title\":\"After it\",\"body\":\"The ferry did not sink. It is fine.\"}\n");
    sandbox.write("news/long.jsonl", &line);
    line[..11].copy_from_slice(b"Too long.\n\n");
    sandbox.write("news/long.txt", &line);
    drop(line);
    index_with_good_articles(&sandbox).stderr_has("long.jsonl record 1: too large").stderr_has("long.txt");
    assert_eq!(hit_ids(&sandbox, &["ferry"]), ["after"], "the record after it is read");
    let run = sandbox.run(&["index", "news", "--reread", "--max-record", "200", "--index", "small"]).code(0);
    run.stderr_has("too large");
}

#[test]
fn deeply_nested_input_is_skipped() {
    let sandbox = Sandbox::with_daily();
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    sandbox.write("news/array.json", deep("[", "]"));
    sandbox.write("news/object.json", deep("{\"a\":", "}"));
    sandbox
        .write("news/body.jsonl", format!("{{\"title\":\"Deep\",\"body\":{}}}\n{}", deep("[", "]"), many_articles(1)));
    sandbox.write("news/open.json", "[".repeat(100_000)); // never closed
    sandbox.write("news/deep.xml", "<a>".repeat(100_000));
    sandbox.write("news/deep.html", format!("<html><body>{}", "<div>".repeat(100_000)));
    index_with_good_articles(&sandbox).stderr_has("array.json").stderr_has("nested too deep");
}

#[test]
fn decompression_bombs_are_skipped() {
    let sandbox = Sandbox::with_daily();
    // Each of the three members is below the limit; together they are above it.
    let mut bomb = b"{\"title\":\"A bomb\",\"body\":\"".to_vec();
    bomb.resize(30 << 20, b'x');
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for i in 0..3 {
        archive.start_file(format!("{i}.jsonl"), options).expect("a member");
        archive.write_all(&bomb).expect("a Vec takes all");
    }
    sandbox.write("news/bomb.zip", archive.finish().expect("an archive").into_inner());
    bomb.resize(80 << 20, b'x');
    sandbox.write("news/bomb.jsonl.gz", gzip(&bomb));
    sandbox.write("news/nested.gz", gzip(&gzip(&bomb)));
    sandbox.write("news/blank.txt.gz", gzip(&vec![b' '; 80 << 20]));
    let run = index_with_good_articles(&sandbox);
    for name in ["bomb.zip!/2.jsonl", "bomb.jsonl.gz", "nested.gz"] {
        run.check(run.stderr.contains(&format!("{name}: decompression bomb")), name);
    }
}

#[test]
fn unreadable_files_are_skipped_and_named() {
    let sandbox = Sandbox::with_daily();
    sandbox.write("news/secret.jsonl", DAILY);
    sandbox.write("news/locked/a.jsonl", DAILY);
    let set = |path: &str, mode| {
        std::fs::set_permissions(sandbox.join(path), PermissionsExt::from_mode(mode)).expect("chmod")
    };
    set("news/secret.jsonl", 0o000);
    set("news/locked", 0o000);
    set("", 0o777);
    let mut command = sandbox.command(&["index", "news", "--verbose"]);
    // The user root can read everything, so another user runs the program then.
    if sandbox.path().metadata().expect("the folder").uid() == 0 {
        command.uid(65534).gid(65534);
    }
    let output = command.output();
    set("news/locked", 0o755);
    let Ok(output) = output else { return };
    sandbox.finished(&command, output).code(0).stderr_has("secret.jsonl: unreadable").stderr_has("locked: unreadable");
    set("news/secret.jsonl", 0o644);
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6);
}

#[test]
fn loops_of_links_are_skipped_and_named() {
    let sandbox = Sandbox::with_daily();
    symlink("..", sandbox.join("news/up")).expect("a link");
    symlink("self", sandbox.join("news/self")).expect("a link");
    symlink("nowhere", sandbox.join("news/broken")).expect("a link");
    index_with_good_articles(&sandbox)
        .stderr_has("up: a loop of links")
        .stderr_has("self: a loop of links")
        .stderr_has("broken: unreadable");
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6);
    // The links do not prevent `--prune` from removing articles.
    sandbox.write("news/more.jsonl", many_articles(3));
    sandbox.run(&["index", "news"]).code(0);
    std::fs::remove_file(sandbox.join("news/more.jsonl")).expect("remove");
    sandbox.run(&["index", "news", "--prune"]).code(0).stderr_has("3  removed");
}

#[test]
fn an_index_inside_the_archive_is_never_read() {
    let sandbox = Sandbox::with_daily();
    for _ in 0..2 {
        sandbox
            .run(&["index", ".", "--index", "news/index", "--verbose"])
            .code(0)
            .stderr_has("6 records read in 1 file");
    }
    sandbox.run(&["index", "news/index", "--index", "other"]).code(0).stderr_has("an index of morgue");
}

#[test]
fn hostile_pdfs_are_skipped_and_named() {
    let sandbox = Sandbox::with_daily();
    let pdf = |kids: &str, program: &[u8], trailer: &str| {
        let head = format!(
            "%PDF-1.4\n1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[{kids}]>>endobj \
            3 0 obj<</Contents 4 0 R/Resources<</XObject<</X 5 0 R>>/Font<</F 6 0 R>>>>>>endobj \
            5 0 obj<</Subtype/Form/Resources<</XObject<</X 5 0 R>>>>>>stream\n/X Do /X Do\nendstream endobj \
            6 0 obj<</Subtype/Type1/BaseFont/Helvetica>>endobj trailer<</Root 1 0 R{trailer}>> 4 0 obj"
        );
        [head.as_bytes(), program, b"endobj\n%%EOF\n"].concat()
    };
    let text = b"<<>>stream\nBT /F 9 Tf 9 9 Td (The pier is closed.) Tj ET /X Do\nendstream ";
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&vec![b' '; 80 << 20]).expect("a Vec takes all");
    let packed = packed.finish().expect("a Vec takes all");
    let bomb = [b"<</Filter/FlateDecode>>stream\n", &packed[..], b"\nendstream "].concat();
    sandbox.write("news/drawing.pdf", pdf("3 0 R", text, ""));
    sandbox.write("news/pages.pdf", pdf("2 0 R", text, ""));
    sandbox.write("news/bomb.pdf", pdf("3 0 R", &bomb, ""));
    sandbox.write("news/locked.pdf", pdf("3 0 R", text, "/Encrypt<<>>"));
    sandbox.write("news/cut.pdf", &pdf("3 0 R", text, "")[..100]);
    sandbox.write("news/deep.pdf", pdf("3 0 R", &b"<</A".repeat(200_000), ""));
    let run = index_with_good_articles(&sandbox);
    for message in [
        "pages.pdf record 1: damaged: page 1 of its list leads back",
        "bomb.pdf record 1: decompression bomb",
        "locked.pdf record 1: unreadable: encrypted",
        "cut.pdf record 1: damaged: no list of pages",
        "deep.pdf record 1: no text",
    ] {
        run.check(run.stderr.contains(message), message);
    }
    sandbox.run(&["search", "pier closed"]).code(0).stdout_has("1 article");
}

#[test]
fn entities_wrong_lengths_and_nul_bytes_do_no_harm() {
    let sandbox = Sandbox::with_daily();
    let entities: String =
        (1..12).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10))).collect();
    let feed = |declared: &str, body: &str| {
        format!(
            "<!DOCTYPE rss [{declared}]><rss><channel><item><title>Pier</title><description>{body}</description></item></channel></rss>"
        )
    };
    sandbox.write("news/bomb.xml", feed(&format!("<!ENTITY e0 \"ha\">{entities}"), "The pier &e11; is closed."));
    sandbox.write("news/outside.xml", feed("<!ENTITY x SYSTEM \"file:///etc/passwd\">", "The pier &x; is closed."));
    sandbox.write("news/nulls.csv", "title,body\nPier\0,The pier is \0closed.\n\0,\0\nQuay,It is open.\n");
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><h1>Pier closed</h1>\
        <p>The pier is closed to all until the end of the year, the harbour board said on Monday.</p></html>";
    let record = |address: &str, length: &str| {
        let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://pier.example/";
        format!("{head}{address}\r\nContent-Length: {length}\r\n\r\n{page}\r\n\r\n")
    };
    let lengths = ["5", "99999", "-1", "18446744073709551616", "x", ""];
    sandbox.write("news/lengths.warc", lengths.map(|length| record(&format!("a{length}"), length)).concat());
    let run = index_with_good_articles(&sandbox).stderr_has("nulls.csv record 2: no text");
    run.check(!run.stderr.contains("panic"), "no panic");
    sandbox.run(&["search", "title:pier"]).code(0).stdout_has("9 articles");
    // No file is opened, and no entity expands.
    sandbox.run(&["search", "root OR haha"]).code(1);
}

#[test]
fn pipes_and_binary_files_are_skipped() {
    let sandbox = Sandbox::with_daily();
    let fifo = Command::new("mkfifo").arg(sandbox.join("news/pipe.json")).status().expect("mkfifo");
    assert!(fifo.success());
    sandbox.write(
        "news/noise.bin",
        (0..100_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>(),
    );
    sandbox.write(
        "news/noise.json",
        (0..9_999_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>(),
    );
    sandbox.write("news/nul.txt", [0; 5000]);
    let odd = sandbox.join("news").join(OsStr::from_bytes(b"caf\xe9.txt"));
    std::fs::write(odd, "Ferry sinks\n\nThe ferry sank at noon. All were saved.\n").expect("a file of a test");
    index_with_good_articles(&sandbox);
    sandbox.run(&["search", "ferry"]).code(0).stdout_has("1 article");
}

#[test]
fn a_full_disk_is_an_error_and_the_next_run_continues() {
    let sandbox = Sandbox::with_daily();
    sandbox.write("news/many.jsonl", many_articles(3000));
    // No file can grow above 100 blocks: then each write fails as on a full disk.
    let script = format!("ulimit -f 100; trap '' XFSZ; exec '{}' index news", env!("CARGO_BIN_EXE_morgue"));
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(sandbox.path());
    let output = command.output().expect("sh runs");
    sandbox.finished(&command, output).code(2).stderr_has("error: ").stderr_has("because: ");
    index_with_good_articles(&sandbox);
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 3006);
    sandbox.run(&["verify"]).code(0);
}

/// A file system of two megabytes, which is removed when dropped.
struct TinyDisk<'d>(&'d Sandbox);

impl TinyDisk<'_> {
    /// `None` where this machine does not allow tests to mount a file system.
    fn mount(sandbox: &Sandbox) -> Option<TinyDisk<'_>> {
        std::fs::create_dir(sandbox.join("tiny")).expect("a folder");
        let args = ["-t", "tmpfs", "-o", "size=2m", "tmpfs", "tiny"];
        let mounted = Command::new("mount").args(args).current_dir(sandbox.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| TinyDisk(sandbox))
    }
}

impl Drop for TinyDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.join("tiny")).status();
    }
}

#[test]
fn a_disk_that_fills_up_loses_no_committed_article() {
    let sandbox = Sandbox::with_daily();
    let Some(_tiny) = TinyDisk::mount(&sandbox) else { return };
    sandbox.run(&["index", "news", "--index", "tiny/index"]).code(0);
    sandbox.write("more/many.jsonl", many_articles(20_000));
    for commit in ["256M", "100k"] {
        let args = ["index", "more", "--index", "tiny/index", "--commit", commit];
        sandbox.run(&args).code(2).stderr_has("No space left").stderr_has("make room");
        assert_eq!(hit_ids(&sandbox, &[DAILY_SOURCES, "--index", "tiny/index"]).len(), 6);
    }
    sandbox.run(&["verify", "--index", "tiny/index"]).code(0);
}

#[test]
fn a_folder_of_other_files_is_not_used_as_an_index() {
    let sandbox = Sandbox::with_daily();
    sandbox.write("photos/cat.jpg", "a cat");
    for args in [
        &["index", "news", "--index", "photos"][..],
        &["search", "dam", "--index", "photos"],
        &["search", "dam", "--in", "news", "--index", "photos"],
        &["delete", "m1", "--index", "photos"],
        &["verify", "--index", "photos"],
    ] {
        sandbox.run(args).code(2).stdout_is_empty().stderr_has("photos");
    }
    assert_eq!(std::fs::read(sandbox.join("photos/cat.jpg")).expect("the cat"), b"a cat");
    assert_eq!(std::fs::read_dir(sandbox.join("photos")).expect("photos").count(), 1, "no other file was written");
    sandbox.run(&["index", "news", "--index", "news/daily.jsonl"]).code(2).stderr_has("daily.jsonl");
    assert_eq!(std::fs::read(sandbox.join("news/daily.jsonl")).expect("the daily"), DAILY.as_bytes());
}

#[test]
fn an_index_folder_may_contain_a_readme() {
    let sandbox = Sandbox::with_daily();
    sandbox.write("index/README.md", "what this folder is for");
    sandbox.write("index/.gitignore", "*");
    sandbox.run(&["index", "news"]).code(0);
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6);
    assert!(sandbox.join("index/README.md").is_file());
}

#[test]
fn no_damaged_file_of_the_index_causes_a_panic() {
    let sandbox = Sandbox::indexed();
    let marker = walkdir::WalkDir::new(sandbox.join("index")).max_depth(1).sort_by_file_name().into_iter().flatten();
    let files: Vec<_> = marker.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect();
    for file in files.iter().filter(|file| !file.to_string_lossy().ends_with("lock")) {
        let whole = std::fs::read(file).expect("the file");
        std::fs::write(file, "rubbish").expect("write");
        let run = sandbox.run(&["search", "dam"]);
        run.check(run.code.is_some(), "it ends by itself");
        let run = sandbox.run(&["index", "news"]);
        run.check(run.code.is_some(), "it ends by itself");
        std::fs::write(file, whole).expect("write");
    }
    assert!(!files.is_empty());
}

#[test]
fn prune_keeps_the_articles_of_a_missing_or_empty_root() {
    let sandbox = Sandbox::indexed();
    std::fs::rename(sandbox.join("news"), sandbox.join("elsewhere")).expect("rename");
    sandbox.run(&["index", "news", "--prune"]).code(2).stderr_has("news");
    std::fs::create_dir(sandbox.join("news")).expect("an empty mount point");
    sandbox.run(&["index", "news", "--prune"]).code(2).stderr_has("--prune=force");
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6, "nothing is forgotten");
    std::fs::remove_dir(sandbox.join("news")).expect("remove");
    std::fs::rename(sandbox.join("elsewhere"), sandbox.join("news")).expect("rename");
    sandbox.run(&["index", "news", "--prune"]).code(0);
    assert_eq!(hit_ids(&sandbox, &["*"]).len(), 6);
}

#[test]
fn no_query_causes_a_panic() {
    let sandbox = Sandbox::indexed();
    let long = "dam ".repeat(20_000);
    let deep = format!("{}dam{}", "(".repeat(5_000), ")".repeat(5_000));
    for query in [
        "\"",
        "(",
        ")",
        "()",
        "\"\"",
        "+",
        "-",
        "!",
        "=",
        "~",
        "^",
        "^2",
        "AND",
        "OR NOT",
        "NOT",
        "a AND",
        "date:",
        "title:",
        ":",
        "W/5",
        "a W/",
        "*a*",
        "?",
        "/",
        "//",
        "/[/",
        "\\",
        "\u{feff}",
        "🐟",
        "published:9999999",
        "date:..",
        "title:(",
        "a~9",
        "a^-1",
        "a^1e99",
        "(((",
        "\"a\"~999",
        "a NEAR/999 b",
        "field:*",
        "\u{202e}dam",
        &long,
        &deep,
    ] {
        let run = sandbox.run(&["search", "--", query]);
        run.check(matches!(run.code, Some(0..=2)), "an exit code");
        run.check(run.code != Some(2) || run.stderr.starts_with("error: "), "an error that says so");
        sandbox.run(&["search", "--plain", "--", query]).check(true, "");
    }
}
