//! Changes samples at random with a seeded generator and reads them. A sample that panics or takes longer than a second
//! is reported and kept, so that the fault can be reproduced.
//!
//!     cargo run --release --example hammer -- [SECONDS [FOLDER...]]
//!
//! The files of the folders are samples in addition to those below. Each family of readers gets that number of seconds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use morgue::normalize::normalize;
use morgue::read::{self, Options};
use morgue::{Query, SkipReason};

/// Larger files of a folder are ignored. Bytes.
const LARGEST: u64 = 256 << 10;

/// A sample for each family of readers: its name and its bytes.
const SEEDS: [(&str, &str); 11] = [
    (
        "page.html",
        "<html lang=en><head><title>Bridge opens</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2019-05-06\"}</script></head><body><h1>Bridge opens</h1><p>The bridge opened on Monday, a year late.</p><figure><figcaption>The bridge. Photo: Ann Ode</figcaption></figure><table><tr><td>All came.</table></body></html>",
    ),
    (
        "pages.warc",
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2019-05-06T10:00:00Z\r\nWARC-Target-URI: https://a.example/b\r\nContent-Length: 121\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n24\r\n<html><h1>A</h1><p>It opened.</html>\r\n0\r\n\r\n\r\n\r\n",
    ),
    (
        "pages.arc",
        "filedesc://a 0.0.0.0 20190506000000 text/plain 2\nx\n\nhttps://a.example/b 0.0.0.0 20190506000000 text/html 36\n<html><h1>A</h1><p>It opened.</html>\n",
    ),
    (
        "lines.jsonl",
        "{\"title\":\"Bridge opens\",\"body\":[\"It \\ud83d opened.\",{\"text\":\"x\"}],\"date\":1557100800}\n{\"_source\":{\"text\":\"B\"}}\n",
    ),
    ("table.csv", "id;title;body\n1;\"Bridge \"\"opens\"\"\";\"It opened\non Monday.\"\n2;x;y\n"),
    (
        "message.eml",
        "From: Ann Ode <a@b.example>\nTo: c\nSubject: =?utf-8?q?d=C3=A9?=\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; format=flowed\nContent-Transfer-Encoding: quoted-printable\n\nIt =\nopened. \n--x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+eDwvcD4=\n--x--\n",
    ),
    (
        "box.mbox",
        "From a b\nFrom: a@b.example\nTo: c\nSubject: d\n\nOne.\n\nFrom a c\nFrom: a@b.example\nTo: c\nDate: Mon, 6 May 2019 10:00:00 +0200\n\nTwo.\n",
    ),
    (
        "feed.xml",
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>L</title><item><title>A &amp; B</title><description><![CDATA[<p>It opened.</p>]]></description><pubDate>Mon, 06 May 2019 10:00:00 GMT</pubDate></item></channel></rss>",
    ),
    (
        "wire.sgm",
        "<REUTERS NEWID=\"7\"><DATE>6-MAY-1987</DATE><TEXT>&#2;<TITLE>TIN</TITLE><DATELINE>OSLO, May 6 - </DATELINE><BODY>It opened &lt;x>.\n Reuter\n&#3;</BODY></TEXT></REUTERS>",
    ),
    (
        "page.pdf",
        "%PDF-1.4\n1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]/Rotate 0/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>>>endobj 3 0 obj<</Contents[5 0 R]>>endobj 4 0 obj<</Subtype/Type1/Encoding<</Differences[65/eacute]>>/FirstChar 65/Widths[500]/ToUnicode 7 0 R>>endobj 5 0 obj<</Length 90>>stream\nBT /F 24 Tf 9 90 Td (Bridge opens) Tj /F 9 Tf 0 -20 Td [(It) -300 <6F70656E6564>] TJ ET /X Do\nendstream endobj 6 0 obj<</Subtype/Form/Filter/ASCIIHexDecode/Length 60>>stream\n4254202F4620392054662039203630205464202841292027204554>\nendstream endobj 7 0 obj<</Length 50>>stream\n1 beginbfrange <41> <42> <0041> endbfrange\nendstream endobj trailer<</Root 1 0 R/Info<</Title(Bridge opens)>>>>\n%%EOF",
    ),
    (
        "story.txt",
        "Bridge opens\n\nBy ANN ODE\n\nOSLO, May 6 (AP) - It opened on Mon-\nday. All came.\n\nPhoto: Bo Ek\n",
    ),
];

/// A name and bytes.
type Sample = (String, Vec<u8>);

fn main() {
    let mut args = std::env::args().skip(1);
    let seconds = args.next().and_then(|seconds| seconds.parse().ok()).unwrap_or(10);
    let mut samples: Vec<Sample> =
        SEEDS.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    samples.extend(args.map(PathBuf::from).flat_map(|folder| files(&folder)));
    let mut families: Vec<(String, Vec<Sample>)> = Vec::new();
    for sample in samples {
        let family =
            Path::new(&sample.0).extension().map_or_else(|| "text".into(), |end| end.to_string_lossy().into_owned());
        match families.iter_mut().find(|(name, _)| *name == family) {
            Some((_, samples)) => samples.push(sample),
            None => families.push((family, vec![sample])),
        }
    }
    std::panic::set_hook(Box::new(|_| {}));
    let mut found = 0;
    for (family, samples) in &families {
        found += hammer(family, samples, Duration::from_secs(seconds));
    }
    found += queries(Duration::from_secs(seconds));
    println!("{found} found");
    std::process::exit(i32::from(found > 0));
}

fn files(folder: &Path) -> Vec<Sample> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    files
        .filter(|file| file.metadata().is_ok_and(|about| about.is_file() && about.len() <= LARGEST))
        .filter_map(|file| Some((file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path()).ok()?)))
        .collect()
}

/// Reads changed samples of one family for that time; returns the number that panicked or were slow.
fn hammer(family: &str, samples: &[Sample], time: Duration) -> usize {
    let options = Options::default();
    let started = Instant::now();
    let (mut rounds, mut found, mut slowest) = (0u64, 0, Duration::ZERO);
    while started.elapsed() < time && found < 10 {
        let mut random = Random(rounds.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x51ed_270b);
        let (name, sample) = &samples[random.below(samples.len())];
        let other = &samples[random.below(samples.len())].1;
        let bytes = if rounds < samples.len() as u64 {
            samples[rounds as usize].1.clone()
        } else {
            change(sample, other, &mut random)
        };
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            for record in read::open_stream(name, &bytes[..], &options).take(1000) {
                let outcome = record.and_then(|record| record.read(&options)).and_then(normalize);
                assert!(!outcome.is_err_and(|skip| skip.reason == SkipReason::Fault), "its reader panicked");
            }
        }));
        let took = start.elapsed();
        slowest = slowest.max(took);
        if outcome.is_err() || took > Duration::from_secs(1) {
            found += 1;
            let what = if outcome.is_err() { "PANIC" } else { "SLOW" };
            let kept = std::env::temp_dir().join(format!("hammer-{family}-{rounds}"));
            let _ = std::fs::write(&kept, &bytes);
            println!(
                "{what} {family} round {rounds} {:.1} s, of {name}: kept as {}",
                took.as_secs_f64(),
                kept.display()
            );
        }
        rounds += 1;
    }
    println!("{family}: {rounds} rounds over {} samples, slowest {:.0} ms", samples.len(), slowest.as_secs_f64() * 1e3);
    found
}

/// Parses queries that are put together at random; returns the number that panicked or were slow.
fn queries(time: Duration) -> usize {
    const PARTS: [&str; 24] = [
        "dam",
        "\"",
        "(",
        ")",
        " AND ",
        " OR ",
        " NOT ",
        "-",
        "W/5",
        "PRE/3",
        "title:",
        "date:",
        "2019-05..",
        "*",
        "?",
        "~2",
        "/",
        "[",
        "]",
        "é",
        "^",
        " ",
        ":",
        "\\",
    ];
    let started = Instant::now();
    let (mut rounds, mut found) = (0u64, 0);
    while started.elapsed() < time && found < 10 {
        let mut random = Random(rounds.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491);
        let text: String = (0..random.below(20)).map(|_| PARTS[random.below(PARTS.len())]).collect();
        let start = Instant::now();
        let outcome = catch_unwind(|| Query::parse(&text).is_ok());
        if outcome.is_err() || start.elapsed() > Duration::from_secs(1) {
            found += 1;
            println!("query, round {rounds}: {text:?}");
        }
        rounds += 1;
    }
    println!("queries: {rounds} rounds");
    found
}

/// Makes one to eight changes: a bit is flipped, bytes are removed, doubled, inserted, copied from another sample, or
/// repeated many times.
fn change(sample: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    const PIECES: [&[u8]; 12] = [
        b"\0",
        b"\xff\xfe",
        b"<",
        b"&#",
        b"\"",
        b"\r\n\r\n",
        b"99999999999",
        b"-1",
        b"<div>",
        b"\n",
        b"{\"",
        b"\xed\xa0\x80",
    ];
    let mut bytes = sample.to_vec();
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(64)).min(bytes.len());
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied())),
            4 if !other.is_empty() => {
                let from = random.below(other.len());
                let to = (from + random.below(200)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            5 => bytes.truncate(at),
            _ if random.below(20) == 0 => {
                let piece = bytes[at..end].to_vec();
                let piece = piece.repeat(random.below(20_000));
                bytes.splice(at..at, piece.into_iter().take(1 << 20));
            }
            _ => {}
        }
    }
    bytes
}

/// A generator of pseudo-random numbers (xorshift) that gives the same numbers in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}
