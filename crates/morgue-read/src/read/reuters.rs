//! Reuters-21578 SGML: newswire stories of 1987 as Lewis marked them up. The text has control characters (`&#3;`) and bare
//! `>`, so it is searched for tags and not parsed.

use super::fault::Fault;
use super::sgml::{attribute, element};
use super::{Record, charset, markup};
use morgue_article::text::one_line;
use morgue_article::{DateOrigin, EntityKind, RawArticle, RawDate, SkipReason};

/// Does a stream begin as this collection does?
pub(super) fn is_reuters(start: &[u8]) -> bool {
    start.starts_with(b"<") && memchr::memmem::find(&start[..start.len().min(4096)], b"<REUTERS").is_some()
}

/// Reads one story.
pub(super) fn read(record: &Record) -> Result<RawArticle, Fault> {
    let sgml = charset::decode(&record.bytes, None);
    let head = &sgml[..sgml.find('>').unwrap_or(sgml.len())];
    let Some(text) = element(&sgml, "TEXT") else {
        return Err(Fault::new(SkipReason::Damaged, "no <TEXT>"));
    };
    let whole = plain(text);
    let (title, body) = match (element(text, "TITLE"), element(text, "BODY")) {
        (title, Some(body)) => (title.map(plain), plain(body)),
        // A brief has only a title; filler of the collection follows it.
        (Some(title), None) => (Some(plain(title)), after(text, "</TITLE>").map(plain).unwrap_or_default()),
        // In unprocessed stories the first line is the headline.
        (None, None) => match whole.trim_start().split_once('\n') {
            Some((title, body)) => (Some(title.to_owned()), body.to_owned()),
            None => (None, whole),
        },
    };
    let wire = wire(&sgml);
    let body = without_sign_off(&body, &wire);
    let title = title.map(|title| one_line(&title)).filter(|title| !title.is_empty());
    let mut stated = Vec::new();
    for (name, kind) in [("PEOPLE", EntityKind::Person), ("ORGS", EntityKind::Org), ("PLACES", EntityKind::Place)] {
        stated.extend(codes(&sgml, name).map(|code| (kind, spelled_out(&code, kind))));
    }
    Ok(RawArticle {
        id: attribute(head, "NEWID").map(str::to_owned),
        title,
        body: body.to_owned(),
        byline: element(text, "AUTHOR").map(|author| plain(author).trim().to_owned()).into_iter().collect(),
        dateline: element(text, "DATELINE").map(|line| plain(line).trim().to_owned()).filter(|line| !line.is_empty()),
        source: Some(if wire == "Reuter" { "Reuters".to_owned() } else { wire }),
        published: element(&sgml, "DATE")
            .map(|date| RawDate { text: plain(date).trim().to_owned(), from: DateOrigin::Metadata }),
        keywords: codes(&sgml, "TOPICS").collect(),
        stated,
        ..RawArticle::default()
    })
}

fn after<'s>(sgml: &'s str, tag: &str) -> Option<&'s str> {
    sgml.split_once(tag).map(|(_, after)| after)
}

/// The codes in a list such as `<PLACES><D>west-germany</D></PLACES>`.
fn codes<'s>(sgml: &'s str, name: &str) -> impl Iterator<Item = String> + use<'s> {
    let list = element(sgml, name).unwrap_or_default();
    list.split("<D>")
        .skip(1)
        .map(|item| plain(item.split("</D>").next().unwrap_or_default()))
        .filter(|code| !code.is_empty())
}

/// The name that a code of the collection represents: `west-germany`, `opec`, `james-baker`.
fn spelled_out(code: &str, kind: EntityKind) -> String {
    const INITIALS: [&str; 4] = ["usa", "uk", "ussr", "uae"];
    if kind == EntityKind::Org || INITIALS.contains(&code) {
        return code.to_uppercase().replace('-', " ");
    }
    let mut name = String::with_capacity(code.len());
    for word in code.split('-') {
        let mut letters = word.chars();
        if !name.is_empty() {
            name.push(' ');
        }
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    name
}

/// Replaces character references by characters, and removes control characters.
fn plain(sgml: &str) -> String {
    let mut text = String::with_capacity(sgml.len());
    let mut rest = sgml;
    while let Some(at) = rest.find("&#") {
        text.push_str(&markup::unescape(&rest[..at]));
        let digits = rest[at + 2..].bytes().take_while(u8::is_ascii_digit).count();
        let code = rest[at + 2..at + 2 + digits].parse::<u32>().ok().and_then(char::from_u32);
        text.extend(code.filter(|letter| !letter.is_control()));
        rest = &rest[at + 2 + digits..];
        rest = rest.strip_prefix(';').unwrap_or(rest);
    }
    text.push_str(&markup::unescape(rest));
    text.retain(|letter| letter == '\n' || letter == '\t' || !letter.is_control());
    text
}

/// The agency as it signs its stories: the first five letters of the name that ends the header of its wire.
fn wire(sgml: &str) -> String {
    let header = element(sgml, "UNKNOWN").and_then(|header| header.split_once("&#31;"));
    let word = header.map(|(_, word)| word.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default());
    match word {
        None | Some("" | "reute") => "Reuter".to_owned(),
        Some(word) => spelled_out(word, EntityKind::Place),
    }
}

/// Removes the signature of the agency (`Reuter`) below the body, and the filler of the collection.
fn without_sign_off<'b>(body: &'b str, wire: &str) -> &'b str {
    let body = body.trim_end();
    if body.trim() == "Blah blah blah." {
        return "";
    }
    let body = body.strip_suffix("Blah blah blah.").map_or(body, str::trim_end);
    let (before, last) = body.rsplit_once('\n').unwrap_or(("", body));
    if last.trim().eq_ignore_ascii_case(wire) { before.trim_end() } else { body }
}

#[cfg(test)]
mod tests {
    use super::super::tests::articles_of;
    use super::*;

    const STORY: &str = r#"<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="44" NEWID="7">
<DATE> 6-MAY-1987 15:01:01.79</DATE>
<TOPICS><D>tin</D><D>money-fx</D></TOPICS>
<PLACES><D>west-germany</D></PLACES>
<PEOPLE><D>ek</D></PEOPLE>
<ORGS></ORGS>
<TEXT>&#2;
<TITLE>NORDHAVN TIN &lt;NHT> SEES
  PROFIT</TITLE>
<AUTHOR>    By Bo Ek, Reuters</AUTHOR>
<DATELINE>    NORDHAVN, May 6 - </DATELINE><BODY>The mine said its profit &gt; 5 mln dlrs.
    It opened in 1901.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS NEWID="8">
<DATE>6-MAY-1987</DATE>
<TEXT TYPE="BRIEF">&#2;
******<TITLE>NORDHAVN MINE TO CLOSE
</TITLE>Blah blah blah.
&#3;

</TEXT>
</REUTERS>
<REUTERS NEWID="9"><TEXT TYPE="UNPROC">&#2;
NORDHAVN WEEKLY REPORT
    Tin.........644

 Reuter
&#3;

</TEXT>
</REUTERS>
"#;

    #[test]
    fn a_story_a_brief_and_a_table() {
        let articles = articles_of("reut2-000.sgm", STORY.as_bytes());
        assert_eq!(articles.len(), 3);
        let story = &articles[0];
        assert_eq!(story.title.as_deref(), Some("NORDHAVN TIN <NHT> SEES PROFIT"));
        assert_eq!(story.body, "The mine said its profit > 5 mln dlrs.\n    It opened in 1901.");
        assert_eq!(story.dateline.as_deref(), Some("NORDHAVN, May 6 -"));
        assert_eq!(story.byline, ["By Bo Ek, Reuters"]);
        assert_eq!(story.published.as_ref().unwrap().text, "6-MAY-1987 15:01:01.79");
        assert_eq!(story.keywords, ["tin", "money-fx"]);
        assert_eq!(story.stated, [(EntityKind::Person, "Ek".into()), (EntityKind::Place, "West Germany".into())]);
        assert_eq!((story.id.as_deref(), story.origin.record), (Some("7"), 1));
        assert_eq!(story.source.as_deref(), Some("Reuters"));
        assert_eq!((articles[1].title.as_deref(), articles[1].body.as_str()), (Some("NORDHAVN MINE TO CLOSE"), ""));
        assert_eq!(
            (articles[2].title.as_deref(), articles[2].body.trim()),
            (Some("NORDHAVN WEEKLY REPORT"), "Tin.........644")
        );
    }

    #[test]
    fn a_story_of_another_agency_has_its_source() {
        let sgml = "<REUTERS NEWID=\"1\"><UNKNOWN>\n&#1;f0001&#31;tern\nu f BC-TIN</UNKNOWN>\
                    <TEXT><BODY>It opened.\n TERN\n&#3;</BODY></TEXT></REUTERS>";
        let story = read(&Record::for_test("a.sgm", sgml.as_bytes())).unwrap();
        assert_eq!((story.source.as_deref(), story.body.as_str()), (Some("Tern"), "It opened."));
    }

    #[test]
    fn a_record_without_text_is_damaged() {
        let record = Record::for_test("a.sgm", b"<REUTERS NEWID=\"1\"><DATE>x</DATE></REUTERS>");
        assert_eq!(read(&record).unwrap_err().reason, SkipReason::Damaged);
    }

    proptest::proptest! {
        #[test]
        fn odd_records_do_no_harm(text in "(<REUTERS|>|<TEXT>|</TEXT>|<BODY|<|</|&#|9|;|é|NEWID=\"| ){0,20}") {
            let _ = read(&Record::for_test("a.sgm", text.as_bytes()));
        }
    }
}
