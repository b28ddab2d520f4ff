//! Messages of news agencies in the formats of teleprinters: ANPA 1312 (American agencies) and IPTC 7901 (European
//! ones). A *message* goes from start of heading to end of transmission; control characters separate its header, text
//! and trailer.

use super::fault::Fault;
use super::{Record, charset, text};
use morgue_article::date::months::month_in_any_language;
use morgue_article::{DateOrigin, RawArticle, RawDate, SkipReason};

/// Start of heading and end of transmission, the markers around a message.
pub(super) const START: &str = "\u{1}";
pub(super) const END: &str = "\u{4}";

const START_OF_TEXT: char = '\u{2}';
const END_OF_TEXT: char = '\u{3}';

/// Categories of ANPA and their names.
const CATEGORIES: [(char, &str); 14] = [
    ('a', "Domestic"),
    ('c', "Features"),
    ('d', "Food"),
    ('e', "Entertainment"),
    ('f', "Financial"),
    ('i', "International"),
    ('k', "Commentary"),
    ('l', "Lifestyle"),
    ('o', "Weather"),
    ('p', "Politics"),
    ('q', "Sports"),
    ('s', "Sports"),
    ('t', "Travel"),
    ('w', "Washington"),
];

/// Does a stream begin with a message?
pub(super) fn is_wire_message(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    let start = head.iter().take_while(|&&byte| byte == 0x16).count();
    let head = &head[..head.len().min(1024)];
    head.get(start) == Some(&1) && memchr::memchr(2, head).is_some()
}

/// Reads one message.
pub(super) fn read(record: &Record) -> Result<RawArticle, Fault> {
    let message = charset::decode(&record.bytes, None);
    let Some((header, rest)) = message.split_once(START_OF_TEXT) else {
        return Err(Fault::new(SkipReason::Damaged, "a message without start of text"));
    };
    let Some((content, trailer)) = rest.split_once(END_OF_TEXT) else {
        return Err(Fault::new(SkipReason::Damaged, "a message without end of text"));
    };
    // The header of ANPA says how the message is typeset: `DC3 DC1` for text, `DC4 DC2` for tables.
    if header.contains("\u{14}\u{12}") {
        return Err(Fault::new(SkipReason::NotAnArticle, "a table, as its header says"));
    }
    let article =
        if header.contains('\u{1f}') { anpa(header, content, trailer) } else { iptc(header, content, trailer) };
    if let Some(why) = text::why_not_a_story(&article.body) {
        return Err(Fault::new(SkipReason::NotAnArticle, why));
    }
    Ok(article)
}

/// Reads ANPA 1312: headings begin with `^` and end with `<` or `=`, paragraphs begin with a tab.
fn anpa(header: &str, content: &str, trailer: &str) -> RawArticle {
    let category =
        header.lines().nth(1).and_then(|line| line.split_whitespace().nth(1)).and_then(|word| word.chars().next());
    let section = CATEGORIES.iter().find(|(letter, _)| Some(*letter) == category);
    let mut article = RawArticle {
        section: section.map(|(_, name)| (*name).to_owned()),
        source: trailer.trim().split('-').next().filter(|name| !name.is_empty()).map(str::to_owned),
        published: trailer.lines().find_map(anpa_day),
        ..RawArticle::default()
    };
    let mut heading = None;
    let mut paragraphs: Vec<String> = Vec::new();
    let has_tabs = content.lines().any(|line| line.starts_with('\t'));
    let mut in_body = false;
    for line in content.lines().map(plain) {
        in_body |= line.starts_with('\t');
        let is_mark = line.starts_with('^');
        // A list has no paragraphs: the lines after its headline are its items.
        let is_header = is_mark && !in_body && (has_tabs || article.title.is_none());
        let text = line.trim().trim_matches('^');
        let (text, end) = match text.trim_end().strip_suffix(['<', '=']) {
            Some(text) => (text.trim(), line.trim_end().chars().last()),
            None => (text.trim(), None),
        };
        // A keyword line: `BC-US--Storm, 1st Ld-Writethru,460`.
        let is_keyword = text.contains("--") && !text.contains(' ') || text.starts_with('*') || is_slug(text);
        match text {
            "" => {}
            _ if !is_header => paragraphs.push(text.to_owned()),
            _ if is_keyword => {}
            _ if text.starts_with("By ") => article.byline = vec![text.to_owned()],
            _ if is_note(text) => {}
            _ if end == Some('=') => heading = heading.or_else(|| Some(text.to_owned()).filter(|_| !is_outlet(text))),
            _ if article.title.is_none() => article.title = Some(text.to_owned()),
            // A summary, which often repeats the first paragraph.
            _ => article.description = article.description.or_else(|| Some(text.to_owned())),
        }
    }
    article.title = article.title.or(heading);
    paragraphs.retain(|paragraph| paragraph.chars().any(char::is_alphanumeric));
    article.body = paragraphs.join("\n\n");
    article
}

/// `BC-10 Things to Know-Today,364`: a keyword and a count of words.
fn is_slug(text: &str) -> bool {
    let begins = ["BC-", "AM-", "PM-", "AP-"].iter().any(|cycle| text.starts_with(cycle));
    begins && (text.ends_with(|c: char| c.is_ascii_digit() || c == ',') || text.contains("--"))
}

/// A note to editors about pictures and changes.
fn is_note(text: &str) -> bool {
    let text = text.trim_start_matches('(');
    ["AP Photo", "Eds:", "EDS:", "Ed:", "EDITOR'S NOTE", "With ", "All Times"].iter().any(|note| text.starts_with(note))
}

/// The line below a byline: the agency, or the office of the writer.
fn is_outlet(text: &str) -> bool {
    text == "Associated Press" || text.starts_with("AP ") || text.ends_with("Writer") || text.ends_with("Press")
}

/// Replaces the characters that typesetters were sent (fixed spaces, double accents for quotation marks) by plain text.
fn plain(sent: &str) -> String {
    let mut text = String::with_capacity(sent.len());
    for letter in sent.chars() {
        match letter {
            '\t' | '\n' => text.push(letter),
            // Fixed spaces, and the dots between the columns of a table.
            '\u{8}' | '\u{10}' | '\u{1e}' | '\u{1f}' => text.push(' '),
            letter if letter.is_control() => {}
            letter => text.push(letter),
        }
    }
    text.replace("``", "“").replace("''", "”").replace('`', "‘").replace(" _ ", " — ")
}

/// `AP-WF-11-13-13 1509GMT<`: month, day and year.
fn anpa_day(line: &str) -> Option<RawDate> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() == 2);
    let word = line.split_whitespace().find(|word| word.matches('-').count() >= 3)?;
    let mut parts = word.rsplit('-');
    let (year, day, month) = (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    dated(century(year), month, day)
}

fn century(year: u32) -> u32 {
    if year >= 70 { 1900 + year } else { 2000 + year }
}

fn dated(year: u32, month: u32, day: u32) -> Option<RawDate> {
    let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| RawDate { text: format!("{year}-{month:02}-{day:02}"), from: DateOrigin::Metadata })
}

/// Reads IPTC 7901: the lines up to the first one that ends in ` =` are labels, headline and byline.
fn iptc(header: &str, content: &str, trailer: &str) -> RawArticle {
    let sent = header.lines().next().unwrap_or_default();
    let mut article = RawArticle {
        // `eca062 4 i 211 ccccb   dpa 061`: the sender is the word before the number of the message.
        source: sent
            .split_whitespace()
            .rev()
            .nth(1)
            .filter(|name| name.chars().all(|c| c.is_alphabetic() || c == '-'))
            .map(str::to_owned),
        keywords: header
            .lines()
            .skip(1)
            .flat_map(|line| line.split('/'))
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
        published: trailer.lines().find_map(iptc_day),
        ..RawArticle::default()
    };
    let content = plain(content);
    let (head, body) = match content.split_once(" =\n") {
        Some((head, body)) if head.len() <= 600 => (head, body),
        _ => content.split_once("\n\n").unwrap_or(("", &content)),
    };
    let (bylines, lines): (Vec<&str>, Vec<&str>) =
        head.lines().map(str::trim).filter(|line| !line.is_empty()).partition(|line| line.starts_with("By "));
    article.byline = bylines.into_iter().map(str::to_owned).collect();
    let is_label = |line: &&str| !line.chars().any(char::is_lowercase) || line.starts_with('(') && line.ends_with(')');
    let headline: Vec<&str> = lines.iter().copied().filter(|line| !is_label(line)).collect();
    let headline = if headline.is_empty() { lines } else { headline };
    article.title = Some(headline.join(" ")).filter(|title| !title.is_empty());
    article.body = without_notes(body);
    article
}

/// Removes the notes to editors below the text: a `# Notebook`, and the initials of the editors (`dpa grj rmo`).
fn without_notes(body: &str) -> String {
    let is_notebook = |line: &&str| line.starts_with("# ") && line.to_lowercase().contains("notebook");
    let kept: Vec<&str> = body.lines().take_while(|line| !is_notebook(line)).collect();
    let text = kept.join("\n");
    let text = text.trim_end();
    match text.rsplit_once('\n') {
        Some((before, last)) if is_sign_off(last) => before.trim_end().to_owned(),
        _ => text.to_owned(),
    }
}

fn is_sign_off(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is_code = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    words.next() == Some("dpa") && line.len() <= 40 && words.all(is_code)
}

/// `131137 GMT Nov 13`: day and time, month and year.
fn iptc_day(line: &str) -> Option<RawDate> {
    let mut words = line.split_whitespace();
    let sent = words.next().filter(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    let mut words = words.filter(|word| !matches!(*word, "GMT" | "UTC" | "CET" | "CEST"));
    let month: String = words.next()?.chars().take(3).collect();
    let month = month_in_any_language(&month).map(u32::from)?;
    let year: u32 = words.next()?.parse().ok()?;
    dated(if year < 100 { century(year) } else { year }, month, sent[..2].parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{articles_of, outcomes_of};
    use super::*;

    const ANPA: &str = "\u{16}\u{16}\u{1}W2870\u{1f}_eur\nr i\u{13}\u{11} BC-EU--Bridge 1stLd-Writethru   05-06 0149\n\u{2}\
        ^BC-EU--Bridge, 1st Ld-Writethru,466<\n^Bridge opens in Nordhavn <\n^AP Photo NH101<\n^Eds: Updates. With AP Photos.<\n\
        ^By BO EK=\n^Associated Press=\n\t   NORDHAVN, Norway (AP) _ The bridge opened on Monday. ``At last,'' the mayor said.\n \n\
        \t   Nobody fell in.\n\t   ___\n\n\t   \u{3}AP-WF-05-06-19 1509GMT<\n\n\u{c}\n\u{4}";
    const IPTC: &str = "\u{1}eca0003 3 i 380  dpa 0045\r\n\nNorway/bridge/\r\n\u{2}1ST LEAD\nBridge opens in Nordhavn\nBy Bo Ek, dpa =\r\n\
        \n   Nordhavn (dpa) - The bridge opened on Monday. All the town\r\ncame to see it.\r\n\n   Nobody fell in.\r\n\n# Notebook\r\n\
        \n## Contacts\r\n- Bo Ek\r\n\ndpa bek rmo\r\n\r\n\u{3}060915 GMT Mai 19\r\n\u{7f}\r\n\u{7f}\u{4}";

    #[test]
    fn both_kinds_of_message() {
        let articles = articles_of("a.tst", ANPA.as_bytes());
        let article = &articles[0];
        assert_eq!(article.title.as_deref(), Some("Bridge opens in Nordhavn"));
        assert_eq!((article.byline[0].as_str(), article.section.as_deref()), ("By BO EK", Some("International")));
        assert_eq!(article.published.as_ref().unwrap().text, "2019-05-06");
        assert_eq!(article.source.as_deref(), Some("AP"));
        assert_eq!(
            article.body,
            "NORDHAVN, Norway (AP) — The bridge opened on Monday. “At last,” the mayor said.\n\nNobody fell in."
        );

        let articles = articles_of("a.txt", IPTC.as_bytes());
        let article = &articles[0];
        assert_eq!(article.title.as_deref(), Some("Bridge opens in Nordhavn"));
        assert_eq!(article.byline, ["By Bo Ek, dpa"]);
        assert_eq!(article.keywords, ["Norway", "bridge"]);
        assert_eq!(
            (article.source.as_deref(), article.published.as_ref().unwrap().text.as_str()),
            (Some("dpa"), "2019-05-06")
        );
        assert_eq!(article.body.trim_start().lines().count(), 4);
        assert!(article.body.ends_with("Nobody fell in."), "{}", article.body);
    }

    #[test]
    fn messages_follow_each_other() {
        let both = format!("{IPTC}\n{IPTC}{}", &IPTC[..60]);
        let outcomes = outcomes_of("a.txt", both.as_bytes());
        let reasons: Vec<_> = outcomes.iter().map(|outcome| outcome.as_ref().err().map(|skip| skip.reason)).collect();
        assert_eq!(reasons, [None, None, Some(SkipReason::Damaged)]);
    }

    #[test]
    fn a_table_is_not_an_article() {
        let rows: String = (0..30).map(|n| format!("\u{8}Aske Rovers\u{1f}\u{1e} {n}\n")).collect();
        let table = format!(
            "\u{16}\u{16}\u{1}s1\u{1f}_\nr s\u{14}\u{12} BC\n\u{2}^BC-SOC--Standings<\n{rows}\u{3}AP-WF-05-06-19 1509GMT<\n\u{4}"
        );
        let skip = outcomes_of("a.tst", table.as_bytes()).remove(0).unwrap_err();
        assert_eq!(skip.reason, SkipReason::NotAnArticle);
    }

    proptest::proptest! {
        #[test]
        fn odd_messages_do_no_harm(text in "[\u{1}-\u{4}\u{16}\u{1f}^<=a-z0-9 \n\t#-]{0,80}") {
            let _ = read(&Record::for_test("a.tst", text.as_bytes()));
        }
    }
}
