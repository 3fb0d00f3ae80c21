//! Feeds and news items of agencies.

use std::ops::ControlFlow;

use demarche_ingest::{Item, read_from};
use demarche_record::Article;

fn read(bytes: &str) -> (Vec<Article>, Vec<String>) {
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let _ = read_from("feed", None, &mut bytes.as_bytes(), &mut |item| {
        match item {
            Item::Article(article) => articles.push(article),
            Item::Problem(problem) => problems.push(format!("{}{problem}", if problem.fatal { "!" } else { "" })),
        }
        ControlFlow::Continue(())
    });
    (articles, problems)
}

/// Title, text, address, source, day and id of the first article, parted by `|`, and nothing to complain of.
fn check(bytes: &str, expect: &str) {
    let (articles, problems) = read(bytes);
    assert_eq!(problems, Vec::<String>::new(), "{bytes}");
    let shown = |field: &Option<String>| field.clone().unwrap_or_default();
    let Article { id, title, text, url, source, published, .. } = &articles[0];
    let id = if id.starts_with("ar_") { "" } else { id };
    let found = [shown(title), text.replace('\n', "/"), shown(url), shown(source), shown(published), id.to_owned()].join("|");
    assert_eq!(found, expect);
}

#[test]
fn rss() {
    let item = "<item><title>Troops leave &amp; go</title><link>http://a.org/1</link><description>&lt;p&gt;Troops left.&lt;/p&gt;&lt;p&gt;B &amp;amp; C.&lt;/p&gt;</description>";
    let expect = "Troops leave & go|Troops left./B & C.|http://a.org/1|The Example||";
    for version in ["0.91", "0.92", "0.93", "0.94", "2.0", "2.0.11"] {
        check(
            &format!("<?xml version='1.0'?><rss version='{version}'><channel><title>The Example</title>{item}</item></channel></rss>"),
            expect,
        );
    }
    check(
        &format!(
            "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>The Example</title>{item}
             <guid>tag:1</guid><pubDate>Sat, 13 Jan 2018 23:30:00 -0500</pubDate>
             <content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded></item></channel></rss>"
        ),
        "Troops leave & go|All of it.|http://a.org/1|The Example|2018-01-13|tag:1",
    );
    for (namespace, rdf) in [("http://purl.org/rss/1.0/", ""), ("http://my.netscape.com/rdf/simple/0.9/", "")] {
        check(
            &format!(
                "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='{namespace}'{rdf}>
                 <channel><title>The Example</title><link>http://a.org</link></channel>
                 <item><title>Troops leave</title><link>http://a.org/1</link></item></rdf:RDF>"
            ),
            "Troops leave|Troops leave|http://a.org/1|The Example||",
        );
    }
}

#[test]
fn atom() {
    check(
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title>The Example</title>
         <entry><title type='html'>Troops &lt;b&gt;leave&lt;/b&gt;</title><link rel='self' href='http://a.org/f'/><link rel='alternate' href='http://a.org/1'/>
         <id>urn:1</id><published>2018-01-13T23:30:00-05:00</published><updated>2019-01-01T00:00:00Z</updated><author><name>Jane Doe</name></author>
         <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Troops left.</p><p>B came.</p></div></content></entry></feed>",
        "Troops leave|Troops left./B came.|http://a.org/1|The Example|2018-01-13|urn:1",
    );
}

#[test]
fn json_feed() {
    check(
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "The Example", "language": "en", "items": [
            {"id": 7, "url": "http://a.org/1", "title": "Troops leave", "content_html": "<p>Troops left.</p><p>B came.</p>",
             "date_published": "2018-01-13T23:30:00-05:00", "authors": [{"name": "Jane Doe"}]}, {"id": "8", "content_text": "C went."}]}"#,
        "Troops leave|Troops left./B came.|http://a.org/1|The Example|2018-01-13|7",
    );
}

#[test]
fn broken_feeds() {
    let check = |bytes: &str, texts: &[&str], problems: &[&str]| {
        let (articles, found) = read(bytes);
        assert_eq!(articles.iter().map(|article| article.text.as_str()).collect::<Vec<_>>(), texts, "{found:?}");
        assert_eq!(found.len(), problems.len(), "{found:?}");
        for (found, expect) in found.iter().zip(problems) {
            assert!(found.starts_with(expect), "{found} does not begin with {expect}");
        }
    };
    let head = "<rss version='2.0'><channel><title>The Example</title>\n";
    check(
        &format!(
            "{head}<item><title>A</title><description>A left <b>town.</description></item>\n<item><description>B & C came&nbsp;back.</description></item></channel></rss>"
        ),
        &["B & C came back."],
        &["feed:2: the feed is not well-formed: ", "!feed:2: this item of the feed cannot be read: "],
    );
    check(
        &format!("{head}<item><description>A left.</description></item>\n<item><description>B ca"),
        &["A left."],
        &["feed:3: the feed is not well-formed: the file ends before `description` is closed", "!feed:3: this item of the feed is cut off"],
    );
    check(&format!("{head}</channel></rss>"), &[], &["feed: there are no items in this feed"]);
    check(
        &format!("{head}<item><description>A left.</description><pubDate>31 February 2018</pubDate></item></channel></rss>"),
        &["A left."],
        &["feed: left out dates that cannot be read with certainty (1, such as `31 February 2018`)"],
    );
    check(
        &format!(
            "{head}<item><guid>1</guid><description>A left.</description></item><item><guid>1</guid><description>B came.</description></item></channel></rss>"
        ),
        &["A left.", "B came."],
        &["feed: the id `1` was given to an article before"],
    );
    check("<rss version='2.0'", &[], &["feed:1: the feed is not well-formed", "!feed: the feed cannot be read"]);
}

#[test]
fn news_items() {
    let nitf = "<nitf><head><title>T</title><docdata><doc-id id-string='n1'/><date.issue norm='20180113T233000-0500'/></docdata>
        <pubdata name='The Example'/></head><body><body.head><hedline><hl1>Troops leave</hl1></hedline><byline>By Jane Doe, <byttl>Staff</byttl></byline></body.head>
        <body.content><p>Troops
        left.</p><media><media-caption>A picture.</media-caption></media><p>B <em>came</em>.</p></body.content></body></nitf>";
    check(nitf, "Troops leave|Troops left./B came.||The Example|2018-01-13|n1");
    let item = |status: &str, content: &str| {
        format!(
            "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:1'><itemMeta><itemClass qcode='ninat:text'/><provider><name>The Example</name></provider>
             <versionCreated>2018-01-14T00:10:00Z</versionCreated><pubStatus qcode='stat:{status}'/></itemMeta>
             <contentMeta><contentCreated>2018-01-13T23:30:00-05:00</contentCreated><headline>Troops leave</headline></contentMeta>
             <contentSet>{content}</contentSet></newsItem>"
        )
    };
    let expect = "Troops leave|Troops left./B came.||The Example|2018-01-13|urn:1";
    check(&item("usable", &format!("<inlineXML contenttype='application/nitf+xml'>{nitf}</inlineXML>")), expect);
    check(
        &item(
            "usable",
            "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title></head><body><p>Troops left.</p><p>B came.</p></body></html></inlineXML>",
        ),
        expect,
    );
    check(
        &item("usable", "<inlineData contenttype='text/html'>&lt;p&gt;Troops left.&lt;/p&gt;&lt;p&gt;B came.&lt;/p&gt;</inlineData>"),
        expect,
    );
    let message = format!(
        "<newsMessage><header/><itemSet><packageItem guid='p'/>{}</itemSet></newsMessage>",
        item("usable", "<inlineData>Troops left.</inlineData>")
    );
    check(&message, "Troops leave|Troops left.||The Example|2018-01-13|urn:1");
    let refused = |bytes: &str, expect: &str| {
        let (articles, problems) = read(bytes);
        assert_eq!((articles.len(), problems.len()), (0, 1), "{problems:?}");
        assert!(problems[0].starts_with(expect), "{problems:?}");
    };
    refused(&item("canceled", "<inlineData>Troops left.</inlineData>"), "!feed: a news item that its publisher has canceled");
    refused(
        &item("usable", "<remoteContent href='a.jpg'/>"),
        "!feed: a news item of class `text` without a text to read: its content lies elsewhere (a.jpg)",
    );
    refused("<packageItem guid='p'/>", "!feed: a NewsML-G2 `packageItem`, which lists other items");
    refused("<nitf><body>", "!feed:1: not well-formed XML: the file ends before `body` is closed");
}

#[test]
fn ninjs() {
    check(
        r#"{"uri": "urn:1", "type": "text", "headline": "Troops leave", "versioncreated": "2018-01-13T23:30:00-05:00", "byline": "By Jane Doe",
            "body_text": "Troops left. B came.", "body_xhtml": "<p>Troops left.</p><p>B came.</p>", "infosource": [{"name": "The Example"}]}"#,
        "Troops leave|Troops left./B came.||The Example|2018-01-13|urn:1",
    );
    let (articles, problems) = read(
        r#"{"uri": "urn:1", "headlines": [{"role": "short", "value": "No"}, {"role": "main", "value": "Troops leave"}],
            "bodies": [{"contenttype": "text/plain", "value": "Troops left."}],
            "associations": [{"name": "picture", "uri": "urn:2", "type": "picture"}, {"name": "more", "uri": "urn:3", "bodies": [{"value": "<p>B came.</p>"}]}]}"#,
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(articles.iter().map(|article| article.text.as_str()).collect::<Vec<_>>(), ["Troops left.", "B came."]);
    assert_eq!(articles[0].title.as_deref(), Some("Troops leave"));
    let (_, problems) = read(r#"{"uri": "urn:1", "type": "picture", "headline": "T"}"#);
    assert_eq!(problems, ["!feed:1: a ninjs item of type `picture` without a body; ask its sender for the text, or leave it out"]);
    let (_, problems) = read(r#"{"uri": "urn:1", "body_text": 5}"#);
    assert_eq!(problems, ["!feed:1: `body_text` is not a string; correct the item"]);
}
