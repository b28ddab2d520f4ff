//! Mail: one message in a file (.eml), or many in an mbox. For newsletters and wires by mail: the subject is the
//! title, the sender the byline or the source, and the text is the HTML part (read like a page) or else the plain
//! part.

use std::borrow::Cow;

use mailparse::{DispositionType, MailAddr, MailHeaderMap, ParsedMail};

use super::cut::{Cut, Cutter, RecordBytes};
use super::fault::Fault;
use super::input::Input;
use super::{Format, Options, Record, charset, encoded_word, html, json, mail_embedded, markup};
use morgue_article::text::one_line;
use morgue_article::{DateOrigin, RawArticle, RawDate, SkipReason};

/// Headers that are typical of mail. One of them alone can begin any text.
const HEADERS: [&str; 16] = [
    "from",
    "to",
    "date",
    "subject",
    "received",
    "message-id",
    "return-path",
    "delivered-to",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "reply-to",
    "cc",
    "sender",
    "list-id",
    "newsgroups",
];

/// Does a text begin with the headers of a message, at least three of them and `From` among them?
pub(super) fn is_mail(start: &[u8]) -> bool {
    let (mut known, mut is_from) = (0, false);
    for line in start[..start.len().min(16 << 10)].split(|&byte| byte == b'\n') {
        match line {
            [] | [b'\r'] => break,
            [b' ' | b'\t', ..] => continue,
            _ => {}
        }
        let Some(name) = memchr::memchr(b':', line).map(|end| &line[..end]) else { return false };
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
            return false;
        }
        known += usize::from(HEADERS.iter().any(|header| name.eq_ignore_ascii_case(header.as_bytes())));
        is_from |= name.eq_ignore_ascii_case(b"from");
    }
    known >= 3 && is_from
}

/// Does a stream begin like an mbox?
pub(super) fn is_mbox(start: &[u8]) -> bool {
    start.starts_with(b"From ")
        && memchr::memchr(b'\n', &start[..start.len().min(1000)]).is_some_and(|end| is_mail(&start[end + 1..]))
}

/// Cuts an mbox into messages. Each begins with a line `From ...` after an empty line.
#[derive(Debug, Default)]
pub(super) struct Mbox {
    ended: bool,
}

impl Cutter for Mbox {
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        if self.ended {
            return None;
        }
        let finder = memchr::memmem::Finder::new(b"\nFrom ");
        let (mut seen, mut dropped) = (0, false);
        loop {
            let window = input.window();
            let sure = if self.ended { window.len() } else { window.len().saturating_sub(LONGEST_START) };
            let starts = finder.find_iter(&window[seen..]).map(|at| seen + at).take_while(|&at| at < sure);
            let mut starts = starts.filter(|&at| matches!(&window[..at], [.., b'\n'] | [.., b'\n', b'\r']));
            if let Some(end) = starts.find(|&at| is_start(&window[at + 1..])) {
                let whole = window[..end].to_vec();
                input.consume(end + 1);
                self.ended = false;
                return Some(if dropped || whole.len() > limit { Err(too_large(limit)) } else { Ok(message(&whole)) });
            }
            if self.ended {
                return if dropped {
                    Some(Err(too_large(limit)))
                } else if window.trim_ascii().is_empty() {
                    None
                } else {
                    Some(Ok(message(window)))
                };
            }
            seen = sure.saturating_sub(1);
            if window.len() > limit.max(LONGEST_START) {
                dropped = true;
                input.consume(sure - 4);
                seen = 0;
            }
            match input.more() {
                Ok(more) => self.ended = !more,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Fault::io(&error, input)));
                }
            }
        }
    }
}

/// The line that begins a message and the name of the first header have at most that number of bytes.
const LONGEST_START: usize = 1000;

/// Does a message of an mbox begin here, with its `From` line and a header?
fn is_start(bytes: &[u8]) -> bool {
    let bytes = &bytes[..bytes.len().min(LONGEST_START)];
    let Some(end) = memchr::memchr(b'\n', bytes).filter(|_| bytes.starts_with(b"From ")) else { return false };
    let name = memchr::memchr(b':', &bytes[end + 1..]).map(|colon| &bytes[end + 1..end + 1 + colon]);
    name.is_some_and(|name| !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-'))
}

fn too_large(limit: usize) -> Fault {
    Fault::too_large("the message", limit)
}

/// A message without the line that begins it in the mbox. Lines that were escaped as `>From` lose the `>`.
fn message(bytes: &[u8]) -> RecordBytes {
    let mut plain = Vec::with_capacity(bytes.len());
    let after = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1);
    let start = if bytes.starts_with(b"From ") { after } else { 0 };
    for line in bytes[start..].split_inclusive(|&byte| byte == b'\n') {
        let arrows = line.iter().take_while(|&&byte| byte == b'>').count();
        let guarded = arrows > 0 && line[arrows..].starts_with(b"From ");
        plain.extend_from_slice(if guarded { &line[1..] } else { line });
    }
    RecordBytes { bytes: plain, line: 0 }
}

/// Reads a message.
pub(super) fn read(record: &Record, options: &Options) -> Result<RawArticle, Fault> {
    let damaged = |error: mailparse::MailParseError| Fault::new(SkipReason::Damaged, error.to_string());
    let bytes = cap_encoded_words(record.bytes.trim_ascii_start());
    let mail = mailparse::parse_mail(&bytes).map_err(damaged)?;
    let header = |name: &str| {
        mail.headers.get_first_value(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    let subject = mail.headers.get_first_header("subject").map(|header| encoded_word::decode(header.get_value_raw()));
    let title = subject.map(|title| one_line(&title)).filter(|title| !title.is_empty());
    let published = header("date").map(|text| RawDate { text, from: DateOrigin::Metadata });
    let sender = Sender::of(&mail);
    let mut parts = Parts::default();
    parts.collect(&mail);
    let article = match json_form(&parts, record, options) {
        Some(form) => form,
        None => RawArticle { body: parts.body(title.as_deref()), ..RawArticle::default() },
    };
    if parts.has_messages && article.body.trim().is_empty() {
        return Err(Fault::new(SkipReason::NoText, "it only holds other messages, which are read on their own"));
    }
    Ok(RawArticle {
        id: header("message-id").map(|id| format!("mid:{}", id.trim_matches(['<', '>']))),
        url: header("archived-at").map(|url| url.trim_matches(['<', '>']).to_owned()),
        title: article.title.or(title),
        byline: if article.byline.is_empty() { sender.byline } else { article.byline },
        source: article.source.or(sender.source),
        published: article.published.or(published),
        language: article.language.or_else(|| header("content-language")),
        keywords: if article.keywords.is_empty() {
            header("keywords").iter().flat_map(|words| words.split(',')).map(|word| word.trim().to_owned()).collect()
        } else {
            article.keywords
        },
        ..article
    })
}

/// Markers of encoded words (`=?` and `?=`) that are kept in one header; no real subject has as many.
const MAX_MARKERS: usize = 256;
/// Markers are kept in that number of bytes of a header.
const LONGEST_ENCODED: usize = 64 << 10;

/// Blanks out encoded-word markers beyond MAX_MARKERS per header: mailparse is cubic in their number. The function does
/// not know where the headers end, so that a line of the body with more markers loses some, too.
fn cap_encoded_words(message: &[u8]) -> Cow<'_, [u8]> {
    let mut cap_encoded_words = Cow::Borrowed(message);
    let (mut start, mut signs) = (0, 0);
    for at in memchr::memchr2_iter(b'\n', b'?', message) {
        let next = message.get(at + 1);
        if message[at] == b'\n' {
            if !matches!(next, Some(b' ' | b'\t')) {
                (start, signs) = (at + 1, 0);
            }
        } else if next == Some(&b'=') || message[..at].ends_with(b"=") {
            signs += 1;
            if signs > MAX_MARKERS || at - start > LONGEST_ENCODED {
                cap_encoded_words.to_mut()[at] = b' ';
            }
        }
    }
    cap_encoded_words
}

/// An article that was sent as JSON by an editorial system.
fn json_form(parts: &Parts, record: &Record, options: &Options) -> Option<RawArticle> {
    let text = parts.plain.as_ref().filter(|text| text.trim_start().starts_with("{\""))?;
    let record = Record {
        origin: record.origin.clone(),
        format: Format::Json,
        bytes: text.trim().as_bytes().to_vec(),
        line: 0,
        shared_context: None,
        shared_keys: None,
    };
    json::read(&record, options).ok()
}

/// The sender of a message: a person, who is the author, or a publication.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sender {
    byline: Vec<String>,
    source: Option<String>,
}

/// Local parts of addresses that do not belong to a person.
const ROLES: [&str; 26] = [
    "news",
    "newsletter",
    "newsletters",
    "desk",
    "info",
    "hello",
    "mail",
    "noreply",
    "no-reply",
    "donotreply",
    "do-not-reply",
    "reply",
    "editor",
    "editors",
    "editorial",
    "alerts",
    "alert",
    "press",
    "media",
    "team",
    "briefing",
    "contact",
    "updates",
    "subscriptions",
    "service",
    "digest",
];

impl Sender {
    fn of(mail: &ParsedMail<'_>) -> Sender {
        let address = mail.headers.get_first_header("from").and_then(|from| {
            // The name is decoded after parsing: only then can a comma in it separate nothing.
            let raw = charset::decode(from.get_value_raw(), None);
            let parsed = mailparse::addrparse(&encoded_word::unfolded(raw.trim()));
            let addresses = parsed.or_else(|_| mailparse::addrparse_header(from)).ok()?;
            match addresses.into_inner().into_iter().next()? {
                MailAddr::Single(single) => Some(single),
                MailAddr::Group(group) => group.addrs.into_iter().next(),
            }
        });
        // `The Ledger daily <daily.ledger.example>`
        let list = mail.headers.get_first_value("list-id");
        let list = list.and_then(|list| display_name(list.split('<').next().unwrap_or_default()));
        let Some(address) = address else { return Sender { byline: Vec::new(), source: list } };
        let (local, host) = address.addr.split_once('@').unwrap_or((&address.addr, ""));
        let host = Some(host.strip_prefix("www.").unwrap_or(host).to_owned()).filter(|host| host.contains('.'));
        let Some(name) = address.display_name.as_deref().map(encoded_word::decode_words) else {
            return Sender { byline: Vec::new(), source: list.or(host) };
        };
        let Some(name) = display_name(&name) else {
            return Sender { byline: Vec::new(), source: list.or(host) };
        };
        // `Ann Ode from The Ledger`, `Ann Ode | The Ledger`
        for between in [" from ", " at ", " | ", " via ", " @ "] {
            if let Some((person, source)) = name.split_once(between) {
                return Sender {
                    byline: display_name(person).into_iter().collect(),
                    source: list.or_else(|| display_name(source)),
                };
            }
        }
        let is_role =
            ROLES.iter().any(|role| local.to_ascii_lowercase().split(['.', '+', '_']).any(|part| part == *role));
        if !is_role && !name.starts_with("The ") {
            return Sender { byline: vec![name], source: list.or(host) };
        }
        let publication = [" Desk", " Newsletter", " Newsroom", " Team"].iter().find_map(|end| name.strip_suffix(end));
        Sender { byline: Vec::new(), source: Some(publication.unwrap_or(&name).to_owned()) }
    }
}

fn display_name(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    (!text.is_empty() && !text.contains('@')).then(|| text.to_owned())
}

/// The texts of a message: the first of each kind.
#[derive(Debug, Default)]
struct Parts {
    plain: Option<String>,
    /// The bytes, and the charset that the message states for them.
    html: Option<(Vec<u8>, Option<String>)>,
    /// Are there messages inside, which are records of their own?
    has_messages: bool,
}

impl Parts {
    fn collect(&mut self, part: &ParsedMail<'_>) {
        // The parser limits the depth.
        for inner in &part.subparts {
            if mail_embedded::is_message(inner, mail_embedded::is_digest(part)) {
                self.has_messages = true;
            } else {
                self.collect(inner);
            }
        }
        let kind = part.ctype.mimetype.as_str();
        let is_attached = part.get_content_disposition().disposition == DispositionType::Attachment;
        if is_attached || !part.subparts.is_empty() || !matches!(kind, "text/plain" | "text/html") {
            return;
        }
        let stated = part.ctype.params.get("charset").cloned();
        let Ok(bytes) = part.get_body_raw() else { return };
        match kind {
            "text/html" if self.html.is_none() => self.html = Some((bytes, stated)),
            "text/plain" if self.plain.is_none() => {
                let text = charset::decode(&bytes, stated.as_deref());
                let flowed =
                    part.ctype.params.get("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
                let delsp = part.ctype.params.get("delsp").is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes"));
                let text = if flowed { join_flowed(&text, delsp) } else { text.into_owned() };
                self.plain = Some(without_signature(&text).to_owned());
            }
            _ => {}
        }
    }

    /// The story: the HTML part if it is a page with a story, else the plain part, else all text of the HTML part.
    fn body(&self, title: Option<&str>) -> String {
        let plain = self.plain.as_deref().unwrap_or_default();
        let Some((bytes, stated)) = &self.html else { return plain.to_owned() };
        let page = html::read(bytes, stated.as_deref(), None, None);
        if let Ok(page) = page
            && page.body.len() * 2 > plain.len()
        {
            let body = page.body.trim_start();
            let rest = title.and_then(|title| body.strip_prefix(title)).filter(|rest| rest.starts_with('\n'));
            return rest.unwrap_or(body).to_owned();
        }
        if !plain.trim().is_empty() {
            return plain.to_owned();
        }
        let text = charset::decode(bytes, stated.as_deref());
        markup::text(&text, &mut Vec::new())
    }
}

/// Joins the lines of `format=flowed`: a line that ends in a blank continues on the next line.
fn join_flowed(text: &str, without_blank: bool) -> String {
    let mut join_flowed = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        let goes_on = line.ends_with(' ') && line != "-- ";
        join_flowed.push_str(if goes_on && without_blank { &line[..line.len() - 1] } else { line });
        if !goes_on {
            join_flowed.push('\n');
        }
    }
    join_flowed
}

/// The text without the signature below it.
fn without_signature(text: &str) -> &str {
    let end = ["\n-- \n", "\n-- \r\n", "\n--\n", "\n--\r\n"].iter().filter_map(|mark| text.rfind(mark)).max();
    // A longer part is not a signature.
    let end = end.filter(|&end| text.len() - end < 1000).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::super::tests::{article_of, articles_of};
    use super::*;

    const HEAD: &str = "From: Ann Ode <ann@ledger.example>\nTo: all@ledger.example\nSubject: =?UTF-8?Q?Br=C3=BCcke?= opens\n\
        Date: Mon, 6 May 2019 23:30:00 -0500\nMessage-ID: <1@ledger.example>\n";

    #[test]
    fn a_plain_message_is_read() {
        let article = article_of(
            "a.eml",
            &format!(
                "  \n{HEAD}Content-Type: text/plain; format=flowed\n\nIt opened \non Monday.\n\nAll came.\n-- \nAnn"
            ),
        );
        assert_eq!(article.title.as_deref(), Some("Brücke opens"));
        assert_eq!(article.body, "It opened on Monday.\n\nAll came.");
        assert_eq!(article.byline, ["Ann Ode"]);
        assert_eq!(article.source.as_deref(), Some("ledger.example"));
        assert_eq!(article.id.as_deref(), Some("mid:1@ledger.example"));
        assert_eq!(article.published.unwrap().text, "Mon, 6 May 2019 23:30:00 -0500");
    }

    #[test]
    fn parts_and_encodings_are_read() {
        let page = "<html><body><h1>Br&uuml;cke opens</h1><p>The bridge over the Aske opened on Monday, a year late.</p>\
            <p>All of the town came to see it, and stayed until night.</p></body></html>";
        let multipart = format!(
            "{HEAD}List-Id: \"The Ledger\" <daily.ledger.example>\nMIME-Version: 1.0\n\
             Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nSee it online.\n\
             --x\nContent-Type: text/html; charset=utf-8\n\n{page}\n--x--\n"
        );
        let article = article_of("a.eml", &multipart);
        assert!(article.body.starts_with("The bridge over the Aske opened"), "{}", article.body);
        assert_eq!(article.source.as_deref(), Some("The Ledger"));
        let base64 = format!(
            "{HEAD}Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: base64\n\ncOlhZ2U=\n"
        );
        assert_eq!(article_of("a.eml", &base64).body, "péage");
        let attached = format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\nContent-Disposition: attachment\n\nno\n\
             --x\n\nThe text.\n--x--\n"
        );
        assert_eq!(article_of("a.eml", &attached).body, "The text.");
        let form = format!("{HEAD}\n{{\"Headline\":[\"Inn burns\"],\"Body\":[\"It burnt.\"]}}\n");
        assert_eq!(article_of("a.eml", &form).title.as_deref(), Some("Inn burns"));
    }

    #[test]
    fn the_sender_is_a_person_or_a_publication() {
        for (from, byline, source) in [
            ("Ann Ode <ann@l.example>", "Ann Ode", "l.example"),
            ("Tern Wire Desk <desk@l.example>", "", "Tern Wire"),
            ("The Ledger <x@l.example>", "", "The Ledger"),
            ("\"Ode, Ann\" <ann@l.example>", "Ode, Ann", "l.example"),
            ("Ann Ode from The Ledger <no-reply@l.example>", "Ann Ode", "The Ledger"),
            ("ann@l.example", "", "l.example"),
            ("nobody", "", ""),
            ("=?utf-8?Q?S=C3?= =?utf-8?Q?=B8ren_Ek?= <s@l.example>", "Søren Ek", "l.example"),
            ("\"=?utf-8*da?B?U8O4cmVuIEVr?=\" <s@l.example>", "Søren Ek", "l.example"),
            ("=?utf-8?Q?Ek=2C_S=C3=B8ren?= <s@l.example>", "Ek, Søren", "l.example"),
            ("Søren Ek <s@l.example>", "Søren Ek", "l.example"),
        ] {
            let text = format!("From: {from}\n\nx");
            let sender = Sender::of(&mailparse::parse_mail(text.as_bytes()).unwrap());
            assert_eq!(
                (sender.byline.concat(), sender.source.unwrap_or_default()),
                (byline.into(), source.into()),
                "{from}"
            );
        }
    }

    #[test]
    fn an_mbox_has_many_messages() {
        let mbox = format!(
            "From ann@x Mon May  6 23:30:00 2019\n{HEAD}\nOne.\n>From here on it is dry.\n\nFrom the quay it is not.\n\n\
             From ann@x Mon May  6 23:40:00 2019\n{HEAD}\nTwo.\n"
        );
        let articles = articles_of("a.mbox", mbox.as_bytes());
        assert_eq!(articles.len(), 2);
        assert_eq!(articles[0].body.trim(), "One.\nFrom here on it is dry.\n\nFrom the quay it is not.");
        assert_eq!(articles[1].body.trim(), "Two.");
    }

    #[test]
    fn mail_is_recognized_by_its_headers() {
        for (text, expected) in [
            (HEAD, true),
            ("From: x\nSubject: y\n\nDate: z\n", false),
            ("Date: x\nSubject: y\nTo: z\n\n", false),
            ("From: x\n\tfolded\nDate: z\nSubject: y\n\nand: so", true),
            ("From: here to there\nThe road: a story\nDate: x\nTo: y", false),
        ] {
            assert_eq!(is_mail(text.as_bytes()), expected, "{text}");
        }
    }
}
