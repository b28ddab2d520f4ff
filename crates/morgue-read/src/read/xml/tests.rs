//! Invented samples of every dialect, what is read from each, and hostile documents.

use super::super::tests::{articles_of, outcomes_of};
use super::*;
use morgue_article::EntityKind;

const RSS: &str = r#"<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Eldham Ledger</title><link>https://ledger.example/</link><language>en-gb</language>
<item><title>Bridge &amp;amp; ferry</title><link>https://ledger.example/a</link><guid isPermaLink="false">L-1</guid>
<pubDate>Mon, 06 May 2019 23:30:00 -0500</pubDate><d:creator>Ann Ode</d:creator><category>Local</category><category>Bridges</category>
<description>A bridge.</description><content:encoded><![CDATA[<p>It opened.</p><p>All <b>came</b>.</p>]]></content:encoded>
<media:content url="x.jpg" medium="image"><media:description>The new bridge</media:description><media:credit>Bo Ek</media:credit></media:content></item>
<item><title>Second</title><guid>https://ledger.example/b#2</guid><pubDate>lun, 6 mag 2019 10:00:00 +0200</pubDate><description>&lt;p&gt;Only this.&lt;/p&gt;</description><author>bo@ledger.example (Bo Ek)</author></item>
</channel></rss>"#;

const ATOM: &str = r#"<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:lang="sv" xml:base="https://ledger.example/">
<a:title>The Ledger</a:title><a:entry><a:title type="html">Bridge &lt;i&gt;opens&lt;/i&gt;</a:title><a:id>tag:ledger.example,2019:1</a:id>
<a:link rel="self" href="/self"/><a:link rel="alternate" href="a.html"/><a:published>2019-05-06T10:00:00+02:00</a:published>
<a:updated>2019-05-07T10:00:00+02:00</a:updated><a:author><a:name>Ann Ode</a:name><a:email>a@x.example</a:email></a:author>
<a:category term="bridges" label="Bridges"/><a:summary>A bridge.</a:summary>
<a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It opened.</p><p>All came.</p></div></a:content></a:entry></a:feed>"#;

const RDF: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://ledger.example/"><title>The Ledger</title><items><rdf:Seq><rdf:li resource="https://ledger.example/a"/></rdf:Seq></items></channel>
<item rdf:about="https://ledger.example/a"><title>Bridge opens</title><link>https://ledger.example/a</link><dc:date>2019-05-06</dc:date>
<dc:subject>Bridges</dc:subject><description>It opened.</description></item></rdf:RDF>"#;

const WXR: &str = r#"<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><title>Ledger blog</title>
<item><title>Bridge opens</title><link>https://ledger.example/a</link><guid isPermaLink="false">https://ledger.example/?p=1</guid>
<content:encoded><![CDATA[It opened.

All <em>came</em>.]]></content:encoded><excerpt:encoded><![CDATA[A bridge.]]></excerpt:encoded><wp:post_date>2019-05-06 23:30:00</wp:post_date>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="l">Local</category><category domain="post_tag">Bridges</category></item>
<item><title>Photo</title><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status></item>
<item><title>Not yet</title><content:encoded>Soon.</content:encoded><wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item></channel></rss>"#;

const NITF: &str = r#"<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-2.dtd"><nitf baselang="en-GB"><head><title>no</title>
<tobject><tobject.subject tobject.subject.refnum="04000000" tobject.subject.type="Transport"/></tobject>
<docdata management-status="usable"><doc-id id-string="urn:x:1"/><date.issue norm="20190506T233000-0500"/><evloc city="Nordhavn"/>
<key-list><keyword key="Bridges"/></key-list><doc.copyright holder="The Ledger"/></docdata><pubdata position.section="Local"/></head>
<body><body.head><hedline><hl1>Bridge opens</hl1><hl2>All came</hl2></hedline><byline>By Ann Ode<byttl>Bridge Writer</byttl></byline>
<dateline><location><city>NORDHAVN</city></location></dateline></body.head><body.content><block><p>It opened, said <person>Bo Ek</person>.</p>
<p>All came to <location>Nordhavn</location>.</p></block><media media-type="image"><media-reference source="x"/><media-caption>The bridge</media-caption>
<media-producer>Bo Ek</media-producer></media></body.content></body></nitf>"#;

fn g2(about: &str, content: &str) -> String {
    format!(
        r#"<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:x:1" version="3" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="x"><name>The Ledger</name></provider><versionCreated>2019-05-07T01:00:00+02:00</versionCreated><firstCreated>2019-05-06T23:30:00-05:00</firstCreated>
{about}</itemMeta><contentMeta><headline>Bridge opens</headline><headline role="hld:subHeadline">All came</headline><by>Ann Ode</by><dateline>NORDHAVN, May 6</dateline>
<keyword>Bridges</keyword><subject type="cpnat:abstract" qcode="s:1"><name>Transport</name></subject><subject type="cpnat:person" qcode="p:1"/>
<subject type="cpnat:geoArea" qcode="g:1"><name>Nordhavn</name></subject></contentMeta><assert qcode="p:1"><name>Bo Ek</name></assert>
<contentSet>{content}</contentSet></newsItem>"#
    )
}

const XHTML: &str = r#"<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head>
<body><p>It opened.</p><p>All came.</p></body></html></inlineXML>"#;

const NEWSML: &str = r#"<NewsML Version="1.2"><NewsEnvelope><DateAndTime>20190506T000000Z</DateAndTime></NewsEnvelope><NewsItem><Identification><NewsIdentifier>
<ProviderId>ledger.example</ProviderId><DateId>20190506</DateId><NewsItemId>B1</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId>
<PublicIdentifier>urn:newsml:ledger.example:20190506:B1:2</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>
<FirstCreated>20190506T233000-0500</FirstCreated><ThisRevisionCreated>20190507T010000+0200</ThisRevisionCreated><Status FormalName="Usable"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Bridge opens</HeadLine><ByLine>By Ann Ode</ByLine><DateLine>NORDHAVN, May 6 (AP) -</DateLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="The Ledger"/></Provider></AdministrativeMetadata><DescriptiveMetadata><Language FormalName="en"/>
<Property FormalName="Keyword" Value="Bridges"/></DescriptiveMetadata><NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/>
<DataContent>The bridge</DataContent></ContentItem></NewsComponent><NewsComponent><Role FormalName="Main"/><ContentItem><MediaType FormalName="Text"/>
<DataContent><p>It opened.</p><p>All came.</p></DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>"#;

const RITZAU: &str = r#"<RBNews><NewsID>9a6955fc-11da-46b6-9903-439ebb288f2d</NewsID><PublishDate>2019-05-06T17:32:18.397</PublishDate><headline>Bro &amp;amp; bank</headline>
<town>Nordhavn</town><section>Indland</section><version>2</version><content>&lt;p&gt;Den &#xE5;bnede.&lt;/p&gt;&lt;p&gt;Alle kom.&lt;/p&gt;</content><byLine>Bo Ek</byLine></RBNews>"#;

#[test]
fn rss_with_and_without_full_texts_is_read() {
    let articles = articles_of("feed.xml", RSS.as_bytes());
    let first = &articles[0];
    assert_eq!((first.title.as_deref(), first.body.as_str()), (Some("Bridge & ferry"), "It opened.\n\nAll came."));
    assert_eq!(
        (first.id.as_deref(), first.url.as_deref()),
        (Some("https://ledger.example/a?guid=L-1"), Some("https://ledger.example/a"))
    );
    assert_eq!(first.published.as_ref().unwrap().text, "Mon, 06 May 2019 23:30:00 -0500");
    assert_eq!(
        (first.byline.as_slice(), first.description.as_deref()),
        (&["Ann Ode".to_owned()][..], Some("A bridge."))
    );
    assert_eq!((first.source.as_deref(), first.language.as_deref()), (Some("The Eldham Ledger"), Some("en-gb")));
    assert_eq!(first.keywords, ["Local", "Bridges"]);
    assert_eq!(
        (first.captions[0].text.as_str(), first.captions[0].credit.as_deref()),
        ("The new bridge", Some("Bo Ek"))
    );
    let second = &articles[1];
    assert_eq!((second.body.as_str(), second.byline.as_slice()), ("Only this.", &["Bo Ek".to_owned()][..]));
    assert_eq!(
        (second.id.as_deref(), second.published.as_ref().unwrap().text.as_str()),
        (Some("https://ledger.example/b%232"), "2019-05-06")
    );
    assert_eq!((second.origin.record, second.source.as_deref()), (2, Some("The Eldham Ledger")));
}

#[test]
fn items_of_a_feed_are_told_apart() {
    let ids = |items: &[(&str, &str, &str)]| {
        let items = items.iter().map(|(guid, link, title)| {
            let guid = if *guid == "-" { String::new() } else { format!("<guid isPermaLink=\"false\">{guid}</guid>") };
            format!("<item><title>{title}</title><link>{link}</link>{guid}<description>It opened.</description></item>")
        });
        let items: String = items.collect();
        let feed = format!("<rss><channel><title>Ledger</title><link>https://l.example/</link>{items}</channel></rss>");
        let articles = articles_of("feed.xml", feed.as_bytes()).into_iter();
        articles.map(|article| article.id.or(article.url).unwrap()).collect::<Vec<_>>()
    };
    let [a, b, news, home] =
        ["https://l.example/a", "https://l.example/b", "https://l.example/news", "https://l.example"];
    for (items, expected) in [
        // A guid that identifies nothing.
        (&[("0", a, "A"), ("0", b, "B")][..], &[a, b][..]),
        (&[("None", a, "A"), ("", b, "B")], &[a, b]),
        (&[(home, a, "A"), (home, b, "B")], &[a, b]),
        (&[("https://other.example/", a, "A")], &[a]),
        // A guid with different addresses.
        (&[("7", a, "A"), ("7", b, "B")], &["https://l.example/a?guid=7", "https://l.example/b?guid=7"]),
        (
            &[("urn:x:1", a, "A"), ("urn:x:1", b, "B")],
            &["https://l.example/a?guid=urn:x:1", "https://l.example/b?guid=urn:x:1"],
        ),
        // One address for all.
        (&[("1", news, "A"), ("2", news, "B")], &["https://l.example/news?guid=1", "https://l.example/news?guid=2"]),
        (
            &[("-", news, "A"), ("-", news, "B c")],
            &["https://l.example/news?title=A", "https://l.example/news?title=B+c"],
        ),
        (&[("-", home, "A")], &["https://l.example?title=A"]),
        (
            &[("9", news, "A"), ("9", news, "B")],
            &["https://l.example/news?guid=9&title=A", "https://l.example/news?guid=9&title=B"],
        ),
        (&[("-", "https://l.example/live#p1", "A")], &["https://l.example/live%23p1"]),
        // Items that say who they are.
        (&[("urn:x:1", a, "A"), ("urn:x:2", b, "B")], &["urn:x:1", "urn:x:2"]),
        (&[("-", a, "A"), ("-", b, "B"), ("-", a, "A")], &[a, b, a]),
        (&[("1", "https://l.example/a?x=1#top", "A & b")], &["https://l.example/a?guid=1&x=1"]),
    ] {
        assert_eq!(ids(items), expected, "{items:?}");
    }
}

#[test]
fn atom_with_a_prefix_and_rdf_are_read() {
    let article = &articles_of("feed.atom", ATOM.as_bytes())[0];
    assert_eq!((article.title.as_deref(), article.body.as_str()), (Some("Bridge opens"), "It opened.\n\nAll came."));
    assert_eq!(article.url.as_deref(), Some("https://ledger.example/a.html"));
    assert_eq!((article.id.as_deref(), article.language.as_deref()), (Some("tag:ledger.example,2019:1"), Some("sv")));
    assert_eq!(article.published.as_ref().unwrap().text, "2019-05-06T10:00:00+02:00");
    assert_eq!(
        (article.modified.as_deref(), article.byline.as_slice()),
        (Some("2019-05-07T10:00:00+02:00"), &["Ann Ode".to_owned()][..])
    );
    assert_eq!(
        (article.keywords.as_slice(), article.source.as_deref()),
        (&["Bridges".to_owned()][..], Some("The Ledger"))
    );
    let article = &articles_of("feed.rdf", RDF.as_bytes())[0];
    assert_eq!((article.title.as_deref(), article.body.as_str()), (Some("Bridge opens"), "It opened."));
    assert_eq!(
        (article.url.as_deref(), article.published.as_ref().unwrap().text.as_str()),
        (Some("https://ledger.example/a"), "2019-05-06")
    );
    assert_eq!(
        (article.source.as_deref(), article.keywords.as_slice()),
        (Some("The Ledger"), &["Bridges".to_owned()][..])
    );
}

#[test]
fn an_export_of_wordpress_is_read() {
    let outcomes = outcomes_of("blog.xml", WXR.as_bytes());
    let post = outcomes[0].as_ref().unwrap();
    assert_eq!((post.title.as_deref(), post.body.as_str()), (Some("Bridge opens"), "It opened.\n\nAll came."));
    assert_eq!(
        (post.published.as_ref().unwrap().text.as_str(), post.section.as_deref()),
        ("2019-05-06 23:30:00", Some("Local"))
    );
    assert_eq!(
        (post.keywords.as_slice(), post.description.as_deref()),
        (&["Bridges".to_owned()][..], Some("A bridge."))
    );
    let reasons: Vec<_> = outcomes[1..].iter().map(|outcome| outcome.as_ref().unwrap_err().reason).collect();
    assert_eq!(reasons, [SkipReason::NotAnArticle, SkipReason::Withheld]);
}

#[test]
fn nitf_alone_is_read() {
    let article = &articles_of("a.xml", NITF.as_bytes())[0];
    assert_eq!((article.title.as_deref(), article.description.as_deref()), (Some("Bridge opens"), Some("All came")));
    assert_eq!(article.body, "It opened, said Bo Ek.\n\nAll came to Nordhavn.");
    assert_eq!(
        (article.byline.as_slice(), article.dateline.as_deref()),
        (&["By Ann Ode".to_owned()][..], Some("NORDHAVN"))
    );
    assert_eq!((article.id.as_deref(), article.source.as_deref()), (Some("urn:x:1"), Some("The Ledger")));
    assert_eq!(
        (article.published.as_ref().unwrap().text.as_str(), article.section.as_deref()),
        ("20190506T233000-0500", Some("Local"))
    );
    assert_eq!(
        (article.keywords.as_slice(), article.language.as_deref()),
        (&["Bridges".to_owned(), "Transport".to_owned()][..], Some("en-GB"))
    );
    assert_eq!(article.stated, [(EntityKind::Place, "Nordhavn".to_owned()), (EntityKind::Person, "Bo Ek".to_owned())]);
    assert_eq!(
        (article.captions[0].text.as_str(), article.captions[0].credit.as_deref()),
        ("The bridge", Some("Bo Ek"))
    );
}

#[test]
fn both_generations_of_newsml_are_read() {
    let plain = "<inlineData contenttype=\"text/plain\">It opened.\n\nAll came.</inlineData>";
    let nitf = "<inlineXML><nitf><body><body.head><hedline><hl1>no</hl1></hedline></body.head><body.content><p>It opened.</p><p>All came.</p>\
                </body.content></body></nitf></inlineXML>";
    let message = format!(
        "<newsMessage><header><sent>2019-05-08</sent></header><itemSet>{}</itemSet></newsMessage>",
        g2("", XHTML)
    );
    for xml in [g2("", XHTML), g2("", plain), g2("<pubStatus qcode=\"stat:usable\"/>", nitf), message] {
        let article = &articles_of("a.xml", xml.as_bytes())[0];
        assert_eq!(
            (article.title.as_deref(), article.description.as_deref()),
            (Some("Bridge opens"), Some("All came")),
            "{xml}"
        );
        assert_eq!(article.body, "It opened.\n\nAll came.");
        assert_eq!((article.id.as_deref(), article.version.as_deref()), (Some("urn:newsml:x:1"), Some("3")));
        assert_eq!(
            (article.byline.as_slice(), article.dateline.as_deref()),
            (&["Ann Ode".to_owned()][..], Some("NORDHAVN, May 6"))
        );
        assert_eq!(article.published.as_ref().unwrap().text, "2019-05-06T23:30:00-05:00");
        assert_eq!(
            (article.modified.as_deref(), article.source.as_deref()),
            (Some("2019-05-07T01:00:00+02:00"), Some("The Ledger"))
        );
        assert_eq!(article.keywords, ["Bridges", "Transport"]);
        assert_eq!(
            article.stated,
            [(EntityKind::Person, "Bo Ek".to_owned()), (EntityKind::Place, "Nordhavn".to_owned())]
        );
    }
    let article = &articles_of("a.xml", NEWSML.as_bytes())[0];
    assert_eq!((article.title.as_deref(), article.body.as_str()), (Some("Bridge opens"), "It opened.\n\nAll came."));
    assert_eq!(
        (article.id.as_deref(), article.version.as_deref()),
        (Some("urn:newsml:ledger.example:20190506:B1"), Some("2"))
    );
    assert_eq!(
        (article.byline.as_slice(), article.dateline.as_deref()),
        (&["By Ann Ode".to_owned()][..], Some("NORDHAVN, May 6 (AP) -"))
    );
    assert_eq!(
        (article.published.as_ref().unwrap().text.as_str(), article.source.as_deref()),
        ("20190506T233000-0500", Some("The Ledger"))
    );
    assert_eq!(
        (article.keywords.as_slice(), article.captions[0].text.as_str()),
        (&["Bridges".to_owned()][..], "The bridge")
    );
}

#[test]
fn a_full_text_that_is_empty_or_repeats_the_title_is_ignored() {
    let item = |fields: &str| {
        let rss = format!("<rss><channel><item><title>Bridge opens</title>{fields}</item></channel></rss>");
        articles_of("feed.xml", rss.as_bytes()).remove(0)
    };
    let description = "<description>The bridge opened. All came.</description>";
    for content in ["...", "Bridge opens"] {
        let article = item(&format!("{description}<content:encoded>{content}</content:encoded>"));
        assert_eq!((article.body.as_str(), article.description), ("The bridge opened. All came.", None));
    }
    let article = item("<description>It opened.</description><content:encoded>It opened. All came.</content:encoded>");
    assert_eq!((article.body.as_str(), article.description.as_deref()), ("It opened. All came.", Some("It opened.")));
    let entry = "<feed><entry><author><name>Ann Ode</name></author><contributor><name>Bo Ek</name></contributor>\
        <content xml:lang=\"da\">Den åbnede.</content></entry></feed>";
    let article = &articles_of("feed.xml", entry.as_bytes())[0];
    assert_eq!((article.byline.as_slice(), article.language.as_deref()), (&["Ann Ode".to_owned()][..], Some("da")));
}

#[test]
fn names_and_texts_in_unusual_places_are_read() {
    let concept = "<subject><mainConcept><name>Swimming</name></mainConcept><facetConcept><name>Women</name></facetConcept></subject></contentMeta>";
    let changed = "<contentModified>2019-05-08T00:00:00Z</contentModified></contentMeta>";
    let xml = g2("", XHTML).replace("</contentMeta>", concept).replace("</contentMeta>", changed);
    let article = &articles_of("a.xml", xml.as_bytes())[0];
    assert_eq!(article.keywords, ["Bridges", "Transport", "Swimming", "Women"]);
    assert_eq!(article.modified.as_deref(), Some("2019-05-08T00:00:00Z"));
    let photo = "<NewsComponent><Role FormalName=\"Photo\"/><NewsLines><HeadLine>The ferry leaves.</HeadLine></NewsLines></NewsComponent>";
    let xml = NEWSML.replace(
        "<NewsComponent><Role FormalName=\"Main\"/>",
        &format!("{photo}<NewsComponent><Role FormalName=\"Main\"/>"),
    );
    let article = &articles_of("a.xml", xml.as_bytes())[0];
    let captions: Vec<&str> = article.captions.iter().map(|caption| caption.text.as_str()).collect();
    assert_eq!(captions, ["The ferry leaves.", "The bridge"]);
    let xml = NITF.replace("<keyword key=\"Bridges\"/>", "<keyword>Ferries</keyword><keyword key=\"Bridges\"/>");
    assert_eq!(articles_of("a.xml", xml.as_bytes())[0].keywords[..2], ["Ferries", "Bridges"]);
}

#[test]
fn items_that_are_not_articles_or_are_withheld_are_skipped() {
    let class = |class: &str| g2("", XHTML).replace("ninat:text", class);
    let root = |name: &str| g2("", XHTML).replace("newsItem", name);
    for (xml, reason, detail) in [
        (g2("<pubStatus qcode=\"stat:canceled\"/>", XHTML), SkipReason::Withheld, "its status is canceled"),
        (g2("<pubStatus qcode=\"stat:withheld\"/>", XHTML), SkipReason::Withheld, "its status is withheld"),
        (g2("<embargoed>2999-01-02T00:00:00Z</embargoed>", XHTML), SkipReason::Withheld, "embargoed until 2999-01-02"),
        (NITF.replace("usable", "canceled"), SkipReason::Withheld, "its status is canceled"),
        (NEWSML.replace("Usable", "Canceled"), SkipReason::Withheld, "its status is canceled"),
        (NEWSML.replace("Usable", "Embargoed"), SkipReason::Withheld, "embargoed to a day that is not stated"),
        (RITZAU.replace("<town>", "<Annuleret>true</Annuleret><town>"), SkipReason::Withheld, "its source annulled it"),
        (class("ninat:picture"), SkipReason::NotAnArticle, "a picture"),
        (class("ninat:video"), SkipReason::NotAnArticle, "a video"),
        (root("packageItem"), SkipReason::NotAnArticle, "a package: it only names 0 other items"),
        (root("planningItem"), SkipReason::NotAnArticle, "a plan for coverage"),
        (g2("", ""), SkipReason::NoText, "a news item without content"),
        (g2("", "<remoteContent href=\"x\"/>"), SkipReason::NoText, "its text lies elsewhere"),
        ("<rss><channel><item></item></channel></rss>".to_owned(), SkipReason::NoText, "neither headline nor text"),
        ("<rss><channel></channel></rss>".to_owned(), SkipReason::Empty, "no record in it"),
        (
            "<?xml version='1.0'?><order><line>1</line></order>".to_owned(),
            SkipReason::NotAnArticle,
            "XML of another kind: neither a feed nor NewsML nor NITF",
        ),
    ] {
        let skip = outcomes_of("a.xml", xml.as_bytes()).remove(0).unwrap_err();
        assert_eq!((skip.reason, skip.detail.as_str()), (reason, detail));
    }
    let past = g2("<embargoed>2019-05-09T00:00:00Z</embargoed>", XHTML);
    assert_eq!(articles_of("a.xml", past.as_bytes())[0].published.as_ref().unwrap().text, "2019-05-09T00:00:00Z");
}

#[test]
fn ritzau_is_read() {
    let article = &articles_of("a.xml", RITZAU.as_bytes())[0];
    assert_eq!((article.title.as_deref(), article.body.as_str()), (Some("Bro & bank"), "Den åbnede.\n\nAlle kom."));
    assert_eq!((article.byline.as_slice(), article.version.as_deref()), (&["Bo Ek".to_owned()][..], Some("2")));
}

#[test]
fn declared_charsets_are_used() {
    let xml = "<?xml version=\"1.0\" encoding=\"CHARSET\"?><rss><channel><title>Tidende</title><item><title>Broen åbner</title></item></channel></rss>";
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(xml);
    let wide: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [&b"\xff\xfe"[..], &wide].concat();
    for (bytes, charset) in [
        (latin.into_owned(), "iso-8859-1"),
        (xml.as_bytes().to_vec(), "iso-8859-1"),
        (xml.as_bytes().to_vec(), "utf-8"),
        (wide, "UTF-16"),
    ] {
        assert_eq!(articles_of("a.xml", &bytes)[0].title.as_deref(), Some("Broen åbner"), "{charset}");
    }
}

#[test]
fn hostile_documents_are_skipped() {
    let entities: String = (1..30).map(|n| format!("<!ENTITY e{n} \"&e{0};&e{0};&e{0};&e{0};\">", n - 1)).collect();
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY e0 \"ha\">{entities}]><rss><channel><item><title>T &e29;</title></item></channel></rss>"
    );
    assert_eq!(articles_of("a.xml", bomb.as_bytes())[0].title.as_deref(), Some("T &e29;"));
    let outside = "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>&x;</title></item></channel></rss>";
    assert_eq!(articles_of("a.xml", outside.as_bytes())[0].title.as_deref(), Some("&x;"));
    let deep =
        format!("<rss><channel><item>{}</item><item><title>T</title></item></channel></rss>", "<a>".repeat(1_000_000));
    let outcomes = outcomes_of("a.xml", deep.as_bytes());
    assert_eq!(outcomes[0].as_ref().unwrap_err().reason, SkipReason::TooDeep);
    assert_eq!(outcomes[1].as_ref().unwrap().title.as_deref(), Some("T"));
    let cut = &RSS[..RSS.len() - 60];
    let reasons: Vec<_> =
        outcomes_of("a.xml", cut.as_bytes()).into_iter().map(|outcome| outcome.err().map(|skip| skip.reason)).collect();
    assert_eq!(reasons, [None, Some(SkipReason::Damaged)]);
    let outcomes = outcomes_of("a.xml", b"<rss><item><a <</item><item><title>T</title></item></rss>");
    assert!(outcomes.iter().any(|outcome| outcome.is_ok()), "{outcomes:?}");
}

proptest::proptest! {
    #[test]
    fn broken_documents_do_no_harm(at in 0usize..3000, length in 0usize..40, other in "[<>&;/!\\[\\]a-z\"' -]{0,12}") {
        for sample in [RSS, ATOM, RDF, WXR, NITF, NEWSML, RITZAU, &g2("", XHTML)] {
            let mut bytes = sample.as_bytes().to_vec();
            let start = at % bytes.len();
            bytes.splice(start..(start + length).min(sample.len()), other.bytes());
            outcomes_of("a.xml", &bytes);
        }
    }
}
