//! Messages inside a message: those of a digest, and those that are forwarded as a part of their own. Each of them is a
//! record after the message that holds it.

use std::collections::VecDeque;

use mailparse::ParsedMail;

use super::cut::{Cut, Cutter, RecordBytes};
use super::input::Input;

/// Messages inside one another that are read.
const MAX_DEPTH: usize = 3;

/// Messages of one message. The largest digests of mailing lists have about 100.
const MAX_MESSAGES: usize = 2000;

/// Cuts mail into messages; the messages inside of each follow it.
pub(super) struct Messages<C> {
    cutter: C,
    embedded: VecDeque<RecordBytes>,
}

impl<C: Cutter> Messages<C> {
    pub(super) fn new(cutter: C) -> Self {
        Messages { cutter, embedded: VecDeque::new() }
    }
}

impl<C: Cutter> Cutter for Messages<C> {
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        if let Some(message) = self.embedded.pop_front() {
            return Some(Ok(message));
        }
        let cut = self.cutter.next(input, limit)?;
        if let Ok(message) = &cut
            && may_hold_messages(&message.bytes)
            && let Ok(mail) = mailparse::parse_mail(message.bytes.trim_ascii_start())
        {
            add_embedded(&mail, message.line, 0, &mut self.embedded);
        }
        Some(cut)
    }
}

/// Much cheaper than to parse the message.
fn may_hold_messages(message: &[u8]) -> bool {
    let mut slashes = memchr::memchr_iter(b'/', message);
    slashes.any(|at| {
        let (before, after) = message.split_at(at);
        let is = |start: &[u8], end: &[u8]| {
            let kind = before.len().checked_sub(start.len()).map(|from| &before[from..]);
            kind.is_some_and(|kind| kind.eq_ignore_ascii_case(start))
                && after.get(1..=end.len()).is_some_and(|subtype| subtype.eq_ignore_ascii_case(end))
        };
        is(b"message", b"rfc822") || is(b"message", b"global") || is(b"multipart", b"digest")
    })
}

/// Is the part a message? The parts of a digest are, where they state no other type.
pub(super) fn is_message(part: &ParsedMail<'_>, is_in_digest: bool) -> bool {
    let states_type = part.headers.iter().any(|header| header.get_key_ref().eq_ignore_ascii_case("content-type"));
    let kind = part.ctype.mimetype.as_str();
    matches!(kind, "message/rfc822" | "message/global") || is_in_digest && !states_type
}

/// Is the part a digest?
pub(super) fn is_digest(part: &ParsedMail<'_>) -> bool {
    part.ctype.mimetype == "multipart/digest"
}

fn add_embedded(part: &ParsedMail<'_>, line: u64, depth: usize, messages: &mut VecDeque<RecordBytes>) {
    for inner in &part.subparts {
        if !is_message(inner, is_digest(part)) {
            add_embedded(inner, line, depth, messages);
            continue;
        }
        let Ok(bytes) = inner.get_body_raw() else { continue };
        if bytes.trim_ascii().is_empty() || messages.len() >= MAX_MESSAGES {
            continue;
        }
        messages.push_back(RecordBytes { bytes: bytes.clone(), line });
        if depth + 1 < MAX_DEPTH
            && may_hold_messages(&bytes)
            && let Ok(mail) = mailparse::parse_mail(bytes.trim_ascii_start())
        {
            add_embedded(&mail, line, depth + 1, messages);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcomes_of;

    const HEAD: &str = "From: Tern Wire Desk <desk@l.example>\nSubject: Tern digest\nDate: Mon, 6 May 2019 23:30:00 -0500\nMIME-Version: 1.0\n";

    fn stories(message: &str) -> Vec<String> {
        let outcomes = outcomes_of("a.eml", format!("{HEAD}{message}").as_bytes()).into_iter();
        let stories = outcomes.map(|outcome| match outcome {
            Ok(article) => {
                let title = article.title.unwrap_or_default();
                format!("{title}|{}|{}", article.byline.join(","), article.body.trim())
            }
            Err(skip) => format!("!{}", skip.reason.describe()),
        });
        stories.collect()
    }

    #[test]
    fn messages_of_a_digest_are_articles() {
        let one = "From: Ann Ode <ann@l.example>\nSubject: Bridge opens\n\nIt opened.\n";
        let two = "From: Bo Ek <bo@l.example>\nSubject: =?utf-8?Q?Inn_br=C3=A6nder?=\n\nIt burnt.\n";
        let expected = ["Bridge opens|Ann Ode|It opened.", "Inn brænder|Bo Ek|It burnt."];
        let digest = format!("Content-Type: multipart/digest; boundary=d\n\n--d\n\n{one}--d\n\n{two}--d--\n");
        let mut all = vec!["!no text".to_owned()];
        all.extend(expected.map(str::to_owned));
        assert_eq!(stories(&digest), all);
        let mixed = format!(
            "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nTopics: 2\n--o\n{digest}\n--o--\n"
        );
        all[0] = "Tern digest||Topics: 2".to_owned();
        assert_eq!(stories(&mixed), all);
        let typed = digest.replace("--d\n\n", "--d\nContent-Type: Message/RFC822\n\n");
        assert_eq!(stories(&typed)[1..], expected);
    }

    #[test]
    fn forwarded_messages_are_articles() {
        let inner = "From: Ann Ode <ann@l.example>\nSubject: Bridge opens\nContent-Type: multipart/alternative; boundary=i\n\n\
            --i\nContent-Type: text/plain\n\nIt opened.\n--i--\n";
        for headers in ["", "Content-Disposition: attachment; filename=a.eml\n", "Content-Disposition: inline\n"] {
            let message = format!(
                "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nSee below.\n\
                 --o\nContent-Type: message/rfc822\n{headers}\n{inner}--o--\n"
            );
            assert_eq!(stories(&message), ["Tern digest||See below.", "Bridge opens|Ann Ode|It opened."], "{headers}");
        }
        let twice = format!(
            "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: message/rfc822\n\n\
             From: Bo Ek <bo@l.example>\nSubject: Fw\nContent-Type: multipart/mixed; boundary=p\n\n\
             --p\nContent-Type: message/rfc822\n\n{inner}--p--\n--o--\n"
        );
        assert_eq!(stories(&twice), ["!no text", "!no text", "Bridge opens|Ann Ode|It opened."]);
    }
}
