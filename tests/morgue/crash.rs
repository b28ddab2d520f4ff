//! `kill -9` in the middle of indexing, at random moments, and then the same command again. The index must have the same
//! articles and give the same hits as one that was never interrupted.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::harness::{Sandbox, many_articles};

const KILLS: u64 = 20;
const FILES: usize = 6;
const ARTICLES_A_FILE: usize = 150;

/// The output of several searches, which shows all content of an index.
fn search_output(sandbox: &Sandbox, index: &str) -> String {
    let mut out = String::new();
    for query in ["*", "dam crack", "title:levee OR \"clerk of the ferry\"", "published:2010..2012 council"] {
        let args = ["search", query, "--limit", "all", "--format", "json", "--index", index, "--facet", "source"];
        out.push_str(&sandbox.run(&args).code(0).stdout);
    }
    out
}

#[test]
fn an_interrupted_run_is_continued() {
    let sandbox = Sandbox::new();
    let all = many_articles(FILES * ARTICLES_A_FILE);
    let lines: Vec<&str> = all.lines().collect();
    for (i, part) in lines.chunks(ARTICLES_A_FILE).enumerate() {
        sandbox.write(&format!("news/{i}.jsonl"), part.join("\n"));
    }
    let started = Instant::now();
    sandbox.run(&["index", "news", "--index", "whole"]).code(0);
    let whole_run = started.elapsed();
    let expected = search_output(&sandbox, "whole");

    let mut random = 0x9e37_79b9_7f4a_7c15_u64 ^ u64::from(std::process::id());
    for kill in 0..KILLS {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = whole_run.mul_f64((random >> 33) as f64 / f64::from(1_u32 << 31));
        let index = format!("killed{kill}");
        let mut child = sandbox.spawn(&["index", "news", "--index", &index, "--commit", "20k"]);
        std::thread::sleep(moment.max(Duration::from_millis(1)));
        child.kill().expect("kill -9");
        child.wait().expect("the process has ended");

        sandbox.run(&["index", "news", "--index", &index]).code(0);
        sandbox.run(&["verify", "--index", &index]).code(0);
        assert_eq!(search_output(&sandbox, &index), expected, "killed after {moment:?}");
    }
}

#[test]
fn an_index_without_a_marker_is_created_again() {
    let sandbox = Sandbox::new();
    sandbox.write("news/levee.txt", "Levee cracks\n\nThe levee cracked on Monday. The council was told at noon.\n");
    for left in ["writer.lock", "segments/.managed.json", "morgue.new", "probe.new"] {
        let index = format!("killed before {left}");
        let bytes = if left.ends_with("json") { "[]" } else { "" };
        sandbox.write(&format!("{index}/segments/.managed.json"), "[]");
        sandbox.write(&format!("{index}/{left}"), bytes);
        sandbox.run(&["index", "news", "--index", &index]).code(0);
        sandbox.run(&["verify", "--index", &index]).code(0);
        sandbox.run(&["search", "levee", "--index", &index]).code(0);
    }
}

/// A WARC file of different web pages, each compressed separately.
fn archive_of_pages(count: usize) -> Vec<u8> {
    let mut archive = Vec::new();
    for i in 0..count {
        let page = format!(
            "<html><head><title>Levee report {i}</title>\
             <meta property=\"article:published_time\" content=\"2011-03-{:02}\"></head><body><h1>Levee report {i}</h1>\
             <p>The levee of Oxmouth was inspected by order number {i}, and crack {} was found in it on Monday.</p>\
             <p>The council of the town will vote on repairs, said a clerk of the ferry and the dam.</p></body></html>",
            i % 28 + 1,
            i * 7
        );
        let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2019-05-06T10:00:00Z\r\n\
             WARC-Target-URI: https://oxmouth.example/{i}\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n",
            response.len()
        );
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(record.as_bytes()).expect("writing to memory");
        archive.extend(packed.finish().expect("writing to memory"));
    }
    archive
}

#[test]
fn an_interrupted_run_over_a_web_archive_is_continued() {
    let sandbox = Sandbox::new();
    sandbox.write("news/pages.warc.gz", archive_of_pages(300));
    let started = Instant::now();
    sandbox.run(&["index", "news", "--index", "whole"]).code(0);
    let whole_run = started.elapsed();
    let expected = search_output(&sandbox, "whole");
    assert!(expected.contains("https://oxmouth.example/299"), "the last page is there");
    for part in [0.2, 0.4, 0.6, 0.8] {
        let index = format!("killed{part}");
        let mut child = sandbox.spawn(&["index", "news", "--index", &index, "--commit", "20k"]);
        std::thread::sleep(whole_run.mul_f64(part));
        child.kill().expect("kill -9");
        child.wait().expect("the process has ended");

        sandbox.run(&["index", "news", "--index", &index]).code(0);
        sandbox.run(&["verify", "--index", &index]).code(0);
        assert_eq!(search_output(&sandbox, &index), expected, "killed after {part} of a run");
    }
}
