//! Bad input of every kind: each is told clearly, none stops the run or shows a panic, and the good article beside it
//! is always found.

use std::ffi::OsStr;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::harness::{DAILY, Desk, Ran, found, many_articles};

/// The sources of the daily; those of other articles of these tests have other names.
const DAILY_SOURCES: &str = "source:\"Merrow Courier\" OR source:\"Oxmouth Post\"";

/// Indexes `news/`, in which there is bad input beside the daily; the six good articles must be there.
#[track_caller]
fn index_beside(desk: &Desk) -> Ran {
    let ran = desk.run(&["index", "news", "--verbose"]).code(0);
    assert_eq!(found(desk, &[DAILY_SOURCES]).len(), 6, "{}", ran.stderr);
    ran
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("a Vec takes all");
    encoder.finish().expect("a Vec takes all")
}

#[test]
fn empty_files() {
    let desk = Desk::with_daily();
    for name in ["a.txt", "a.json", "a.jsonl", "a.xml", "a.gz", "a.zip", "a"] {
        desk.write(&format!("news/{name}"), "");
    }
    desk.write("news/blank.txt", "   \n\n\t\n");
    index_beside(&desk).tells("a.json").tells("a.gz").tells("empty");
}

#[test]
fn a_folder_named_json() {
    let desk = Desk::with_daily();
    desk.write("news/archive.json/more.jsonl", many_articles(3));
    index_beside(&desk);
    assert_eq!(found(&desk, &["order number"]).len(), 3);
}

#[test]
fn a_truncated_gzip() {
    let desk = Desk::with_daily();
    let packed = gzip(many_articles(200).as_bytes());
    desk.write("news/cut.jsonl.gz", &packed[..packed.len() / 2]);
    index_beside(&desk).tells("cut.jsonl.gz").tells("damaged");
    assert!(found(&desk, &["order number"]).len() > 10, "what could be unpacked is read");
}

#[test]
fn invalid_utf_8() {
    let desk = Desk::with_daily();
    desk.write(
        "news/latin.txt",
        b"Gr\xfc\xdfe aus M\xfcnchen\n\nDie Isar f\xfchrt Hochwasser. Der Damm h\xe4lt noch.\n",
    );
    let mut mixed =
        b"{\"id\":\"bad\",\"title\":\"A ferry sank\",\"body\":\"The \xff\xfe ferry sank. All were saved.\"}\n".to_vec();
    mixed.extend(b"{\"id\":\"good\",\"title\":\"Another ferry\",\"body\":\"The ferry did not sink. It is fine.\"}\n");
    desk.write("news/mixed.jsonl", mixed);
    index_beside(&desk);
    assert!(found(&desk, &["ferry"]).contains(&"good".to_owned()));
    desk.run(&["search", "hochwasser"]).code(0).says("München");
}

#[test]
fn one_endless_line() {
    let desk = Desk::with_daily();
    let mut line = b"{\"title\":\"Too long\",\"body\":\"".to_vec();
    line.resize(200 << 20, b'x');
    line.extend(b"\"}\n{\"id\":\"after\",\"title\":\"After it\",\"body\":\"The ferry did not sink. It is fine.\"}\n");
    desk.write("news/long.jsonl", &line);
    line[..11].copy_from_slice(b"Too long.\n\n");
    desk.write("news/long.txt", &line);
    drop(line);
    index_beside(&desk).tells("long.jsonl record 1: too large").tells("long.txt");
    assert_eq!(found(&desk, &["ferry"]), ["after"], "the record after it is read");
    let ran = desk.run(&["index", "news", "--reread", "--max-record", "200", "--index", "small"]).code(0);
    ran.tells("too large");
}

#[test]
fn json_nested_deep() {
    let desk = Desk::with_daily();
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    desk.write("news/array.json", deep("[", "]"));
    desk.write("news/object.json", deep("{\"a\":", "}"));
    desk.write("news/body.jsonl", format!("{{\"title\":\"Deep\",\"body\":{}}}\n{}", deep("[", "]"), many_articles(1)));
    desk.write("news/open.json", "[".repeat(100_000)); // never closed
    desk.write("news/deep.xml", "<a>".repeat(100_000));
    desk.write("news/deep.html", format!("<html><body>{}", "<div>".repeat(100_000)));
    index_beside(&desk).tells("array.json").tells("nested too deep");
}

#[test]
fn a_zip_bomb() {
    let desk = Desk::with_daily();
    // Each of three members is below what harms anybody; together they are not.
    let mut bomb = b"{\"title\":\"A bomb\",\"body\":\"".to_vec();
    bomb.resize(30 << 20, b'x');
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for i in 0..3 {
        archive.start_file(format!("{i}.jsonl"), options).expect("a member");
        archive.write_all(&bomb).expect("a Vec takes all");
    }
    desk.write("news/bomb.zip", archive.finish().expect("an archive").into_inner());
    bomb.resize(80 << 20, b'x');
    desk.write("news/bomb.jsonl.gz", gzip(&bomb));
    desk.write("news/nested.gz", gzip(&gzip(&bomb)));
    desk.write("news/blank.txt.gz", gzip(&vec![b' '; 80 << 20]));
    let ran = index_beside(&desk);
    for name in ["bomb.zip!/2.jsonl", "bomb.jsonl.gz", "nested.gz"] {
        ran.check(ran.stderr.contains(&format!("{name}: decompression bomb")), name);
    }
}

#[test]
fn an_unreadable_file() {
    let desk = Desk::with_daily();
    desk.write("news/secret.jsonl", DAILY);
    desk.write("news/locked/a.jsonl", DAILY);
    let set =
        |path: &str, mode| std::fs::set_permissions(desk.join(path), PermissionsExt::from_mode(mode)).expect("chmod");
    set("news/secret.jsonl", 0o000);
    set("news/locked", 0o000);
    set("", 0o777);
    let mut command = desk.command(&["index", "news", "--verbose"]);
    // Nothing is unreadable to root; somebody else does it then, who must be able to run the program.
    if desk.path().metadata().expect("the folder").uid() == 0 {
        command.uid(65534).gid(65534);
    }
    let output = command.output();
    set("news/locked", 0o755);
    let Ok(output) = output else { return };
    desk.ran(&command, output).code(0).tells("secret.jsonl: unreadable").tells("locked: unreadable");
    set("news/secret.jsonl", 0o644);
    assert_eq!(found(&desk, &["*"]).len(), 6);
}

#[test]
fn a_loop_of_links() {
    let desk = Desk::with_daily();
    symlink("..", desk.join("news/up")).expect("a link");
    symlink("self", desk.join("news/self")).expect("a link");
    symlink("nowhere", desk.join("news/broken")).expect("a link");
    index_beside(&desk).tells("up: a loop of links").tells("self: a loop of links").tells("broken: unreadable");
    assert_eq!(found(&desk, &["*"]).len(), 6);
    // None of them stands in the way of forgetting what is gone.
    desk.write("news/more.jsonl", many_articles(3));
    desk.run(&["index", "news"]).code(0);
    std::fs::remove_file(desk.join("news/more.jsonl")).expect("remove");
    desk.run(&["index", "news", "--prune"]).code(0).tells("3  removed");
}

#[test]
fn an_index_among_the_news_is_never_read() {
    let desk = Desk::with_daily();
    for _ in 0..2 {
        desk.run(&["index", ".", "--index", "news/index", "--verbose"]).code(0).tells("6 records read in 1 file");
    }
    desk.run(&["index", "news/index", "--index", "other"]).code(0).tells("an index of morgue");
}

#[test]
fn hostile_pdfs() {
    let desk = Desk::with_daily();
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
    desk.write("news/drawing.pdf", pdf("3 0 R", text, ""));
    desk.write("news/pages.pdf", pdf("2 0 R", text, ""));
    desk.write("news/bomb.pdf", pdf("3 0 R", &bomb, ""));
    desk.write("news/locked.pdf", pdf("3 0 R", text, "/Encrypt<<>>"));
    desk.write("news/cut.pdf", &pdf("3 0 R", text, "")[..100]);
    desk.write("news/deep.pdf", pdf("3 0 R", &b"<</A".repeat(200_000), ""));
    let ran = index_beside(&desk);
    for told in [
        "pages.pdf record 1: damaged: page 1 of its list leads back",
        "bomb.pdf record 1: decompression bomb",
        "locked.pdf record 1: unreadable: encrypted",
        "cut.pdf record 1: damaged: no list of pages",
        "deep.pdf record 1: no text",
    ] {
        ran.check(ran.stderr.contains(told), told);
    }
    desk.run(&["search", "pier closed"]).code(0).says("1 article");
}

#[test]
fn entities_lengths_and_nulls() {
    let desk = Desk::with_daily();
    let entities: String =
        (1..12).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10))).collect();
    let feed = |declared: &str, body: &str| {
        format!(
            "<!DOCTYPE rss [{declared}]><rss><channel><item><title>Pier</title><description>{body}</description></item></channel></rss>"
        )
    };
    desk.write("news/bomb.xml", feed(&format!("<!ENTITY e0 \"ha\">{entities}"), "The pier &e11; is closed."));
    desk.write("news/outside.xml", feed("<!ENTITY x SYSTEM \"file:///etc/passwd\">", "The pier &x; is closed."));
    desk.write("news/nulls.csv", "title,body\nPier\0,The pier is \0closed.\n\0,\0\nQuay,It is open.\n");
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><h1>Pier closed</h1>\
        <p>The pier is closed to all until the end of the year, the harbour board said on Monday.</p></html>";
    let record = |address: &str, length: &str| {
        let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://pier.example/";
        format!("{head}{address}\r\nContent-Length: {length}\r\n\r\n{page}\r\n\r\n")
    };
    let lengths = ["5", "99999", "-1", "18446744073709551616", "x", ""];
    desk.write("news/lengths.warc", lengths.map(|length| record(&format!("a{length}"), length)).concat());
    let ran = index_beside(&desk).tells("nulls.csv record 2: no text");
    ran.check(!ran.stderr.contains("panic"), "no panic");
    desk.run(&["search", "title:pier"]).code(0).says("9 articles");
    // Nothing is opened, and nothing expands.
    desk.run(&["search", "root OR haha"]).code(1);
}

#[test]
fn files_that_are_none() {
    let desk = Desk::with_daily();
    let fifo = Command::new("mkfifo").arg(desk.join("news/pipe.json")).status().expect("mkfifo");
    assert!(fifo.success());
    desk.write(
        "news/noise.bin",
        (0..100_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>(),
    );
    desk.write(
        "news/noise.json",
        (0..9_999_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>(),
    );
    desk.write("news/nul.txt", [0; 5000]);
    let odd = desk.join("news").join(OsStr::from_bytes(b"caf\xe9.txt"));
    std::fs::write(odd, "Ferry sinks\n\nThe ferry sank at noon. All were saved.\n").expect("a file of a test");
    index_beside(&desk);
    desk.run(&["search", "ferry"]).code(0).says("1 article");
}

#[test]
fn a_full_disk() {
    let desk = Desk::with_daily();
    desk.write("news/many.jsonl", many_articles(3000));
    // No file may grow past 100 blocks: every write past it fails as on a full disk.
    let script = format!("ulimit -f 100; trap '' XFSZ; exec '{}' index news", env!("CARGO_BIN_EXE_morgue"));
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(desk.path());
    let output = command.output().expect("sh runs");
    desk.ran(&command, output).code(2).tells("error: ").tells("because: ");
    index_beside(&desk);
    assert_eq!(found(&desk, &["*"]).len(), 3006);
    desk.run(&["verify"]).code(0);
}

/// A file system of two megabytes, gone when dropped.
struct TinyDisk<'d>(&'d Desk);

impl TinyDisk<'_> {
    /// `None` where this machine lets no test mount anything.
    fn mount(desk: &Desk) -> Option<TinyDisk<'_>> {
        std::fs::create_dir(desk.join("tiny")).expect("a folder");
        let args = ["-t", "tmpfs", "-o", "size=2m", "tmpfs", "tiny"];
        let mounted = Command::new("mount").args(args).current_dir(desk.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| TinyDisk(desk))
    }
}

impl Drop for TinyDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.join("tiny")).status();
    }
}

#[test]
fn a_disk_that_fills_up_loses_nothing_committed() {
    let desk = Desk::with_daily();
    let Some(_tiny) = TinyDisk::mount(&desk) else { return };
    desk.run(&["index", "news", "--index", "tiny/index"]).code(0);
    desk.write("more/many.jsonl", many_articles(20_000));
    for commit in ["256M", "100k"] {
        let args = ["index", "more", "--index", "tiny/index", "--commit", commit];
        desk.run(&args).code(2).tells("No space left").tells("make room");
        assert_eq!(found(&desk, &[DAILY_SOURCES, "--index", "tiny/index"]).len(), 6);
    }
    desk.run(&["verify", "--index", "tiny/index"]).code(0);
}

#[test]
fn a_foreign_folder_as_index() {
    let desk = Desk::with_daily();
    desk.write("photos/cat.jpg", "a cat");
    for args in [
        &["index", "news", "--index", "photos"][..],
        &["search", "dam", "--index", "photos"],
        &["search", "dam", "--in", "news", "--index", "photos"],
        &["delete", "m1", "--index", "photos"],
        &["verify", "--index", "photos"],
    ] {
        desk.run(args).code(2).says_nothing().tells("photos");
    }
    assert_eq!(std::fs::read(desk.join("photos/cat.jpg")).expect("the cat"), b"a cat");
    assert_eq!(std::fs::read_dir(desk.join("photos")).expect("photos").count(), 1, "nothing was put beside it");
    desk.run(&["index", "news", "--index", "news/daily.jsonl"]).code(2).tells("daily.jsonl");
    assert_eq!(std::fs::read(desk.join("news/daily.jsonl")).expect("the daily"), DAILY.as_bytes());
}

#[test]
fn an_index_folder_may_hold_a_readme() {
    let desk = Desk::with_daily();
    desk.write("index/README.md", "what this folder is for");
    desk.write("index/.gitignore", "*");
    desk.run(&["index", "news"]).code(0);
    assert_eq!(found(&desk, &["*"]).len(), 6);
    assert!(desk.join("index/README.md").is_file());
}

#[test]
fn a_damaged_marker() {
    let desk = Desk::indexed();
    let marker = walkdir::WalkDir::new(desk.join("index")).max_depth(1).sort_by_file_name().into_iter().flatten();
    let files: Vec<_> = marker.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect();
    for file in files.iter().filter(|file| !file.to_string_lossy().ends_with("lock")) {
        let whole = std::fs::read(file).expect("the file");
        std::fs::write(file, "rubbish").expect("write");
        let ran = desk.run(&["search", "dam"]);
        ran.check(ran.code.is_some(), "it ends by itself");
        let ran = desk.run(&["index", "news"]);
        ran.check(ran.code.is_some(), "it ends by itself");
        std::fs::write(file, whole).expect("write");
    }
    assert!(!files.is_empty());
}

#[test]
fn an_unmounted_root_with_prune() {
    let desk = Desk::indexed();
    std::fs::rename(desk.join("news"), desk.join("elsewhere")).expect("rename");
    desk.run(&["index", "news", "--prune"]).code(2).tells("news");
    std::fs::create_dir(desk.join("news")).expect("an empty mount point");
    desk.run(&["index", "news", "--prune"]).code(2).tells("--prune=force");
    assert_eq!(found(&desk, &["*"]).len(), 6, "nothing is forgotten");
    std::fs::remove_dir(desk.join("news")).expect("remove");
    std::fs::rename(desk.join("elsewhere"), desk.join("news")).expect("rename");
    desk.run(&["index", "news", "--prune"]).code(0);
    assert_eq!(found(&desk, &["*"]).len(), 6);
}

#[test]
fn queries_of_every_kind_of_rubbish() {
    let desk = Desk::indexed();
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
        let ran = desk.run(&["search", "--", query]);
        ran.check(matches!(ran.code, Some(0..=2)), "an exit code");
        ran.check(ran.code != Some(2) || ran.stderr.starts_with("error: "), "an error that says so");
        desk.run(&["search", "--plain", "--", query]).check(true, "");
    }
}
