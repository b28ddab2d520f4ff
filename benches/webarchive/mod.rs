//! Web archives: the speed of the program, and that its memory does not grow with the archive.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::Failure;

/// Indexes two WARC archives, which contain each page below `pages` 5 and 50 times.
pub fn measure(pages: &Path, folder: &Path) -> Result<(), Failure> {
    let pages = read_pages(pages)?;
    for copies in [5, 50] {
        let archive = folder.join(format!("{copies}.warc.gz"));
        let payload = write_archive(&pages, copies, &archive)? as f64 / 1e6;
        let (time, memory) = index(&archive, &folder.join(format!("warc-{copies}")))?;
        let speed = payload / time.as_secs_f64();
        println!("WARC      {payload:6.0} MB of pages: {speed:.1} MB/s, {:.0} MB of memory", memory as f64 / 1024.0);
    }
    Ok(())
}

fn read_pages(folder: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    let mut pages = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_name().to_string_lossy().ends_with(".html.gz") {
            let mut page = Vec::new();
            GzDecoder::new(File::open(entry.path())?).read_to_end(&mut page)?;
            pages.push(page);
        }
    }
    if pages.is_empty() {
        return Err(format!("no pages in {}", folder.display()).into());
    }
    Ok(pages)
}

/// Writes every page `copies` times, each as a gzip member with its own address. Returns the bytes of all pages.
fn write_archive(pages: &[Vec<u8>], copies: usize, path: &Path) -> Result<usize, Failure> {
    let mut file = std::io::BufWriter::new(File::create(path)?);
    for copy in 0..copies {
        for (number, page) in pages.iter().enumerate() {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
            let mut member = GzEncoder::new(&mut file, Compression::fast());
            write!(
                member,
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{copy}/{number}\r\n\
                 WARC-Date: 2026-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\n\
                 Content-Length: {}\r\n\r\n{head}",
                head.len() + page.len()
            )?;
            member.write_all(page)?;
            member.write_all(b"\r\n\r\n")?;
            member.finish()?;
        }
    }
    file.flush()?;
    Ok(copies * pages.iter().map(Vec::len).sum::<usize>())
}

/// Runs the program over an archive. Returns the duration, and the greatest anonymous memory in KiB; 0 where the system
/// does not report it.
fn index(archive: &Path, folder: &Path) -> Result<(Duration, u64), Failure> {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.arg("index").arg(archive).arg("--index").arg(folder);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut most = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        most = most.max(anonymous(child.id()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(10));
    };
    if !status.success() {
        return Err(format!("the program failed on {}: {status}", archive.display()).into());
    }
    Ok((start.elapsed(), most))
}

fn anonymous(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?.split_whitespace().next()?.parse().ok()
}
