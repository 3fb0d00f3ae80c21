//! Web pages: the article, and what the page says about it.

use std::ops::ControlFlow;

use demarche_ingest::{Format, Item, read_from};
use demarche_record::Article;

const FIRST: &str = "The president met the protest leaders in the capital on Tuesday, and both sides spoke of progress.";
const SECOND: &str = "Police had fired tear gas at the crowd on Monday, wounding at least twelve people, doctors said.";

fn read(bytes: &[u8]) -> Result<Article, String> {
    let mut article = Err("nothing".to_owned());
    let _ = read_from("page", Some(Format::Html), &mut &*bytes, &mut |item| {
        match item {
            Item::Article(read) => article = Ok(read),
            Item::Problem(problem) if problem.fatal => article = Err(problem.message),
            Item::Problem(_) => {}
        }
        ControlFlow::Continue(())
    });
    article
}

/// The article of a page with these elements in its head and its body.
fn page(head: &str, body: &str) -> Article {
    read(format!("<!DOCTYPE html><html><head><title>Talks begin</title>{head}</head><body>{body}</body></html>").as_bytes()).unwrap()
}

#[test]
fn finds_the_text() {
    let check = |body: &str| assert_eq!(page("", body).text, format!("{FIRST}\n{SECOND}"));
    check(&format!("<p>{FIRST}</p><p>{SECOND}</p>"));
    check(&format!("<article><h1>Talks begin</h1><p>{FIRST}</p>\n\n<p>{SECOND}</p></article>"));
    check(&format!("<div>{FIRST}<br><br>{SECOND}</div>"));
    check(&format!(
        "<nav><a href=/>Home</a> <a href=/world>World</a></nav>
         <div class='cookie-banner'><p>We use cookies and similar methods to give you the best experience. Accept?</p></div>
         <article><p>{FIRST}</p>
         <figure><img src=a.jpg><figcaption>Leaders shake hands, in a file photo from March.</figcaption></figure>
         <div class=share-buttons><span>Share on Facebook</span></div><p>Advertisement</p>
         <script>var expires = '2030-01-01';</script><noscript>Please enable scripts.</noscript>
         <p>{SECOND}</p></article>
         <p>Read more: <a href=/b>Talks fail</a></p><p><a href=/c>Leaders of the protest speak out.</a></p>
         <p>By A. Writer, Published 17 December 2016</p>
         <aside><p>Read our story about something else that happened, with commas, too.</p></aside>
         <footer>Copyright 2016, all rights reserved.</footer>"
    ));
}

#[test]
fn finds_what_the_page_says() {
    let body = format!("<article><p>{FIRST}</p><p>{SECOND}</p></article>");
    let article = page(
        "<meta property='og:site_name' content='The Example'><link rel=canonical href='https://example.org/talks'>
         <meta property='og:title' content='Talks begin in the capital'>",
        &body,
    );
    assert_eq!(article.title.as_deref(), Some("Talks begin in the capital"));
    assert_eq!(article.source.as_deref(), Some("The Example"));
    assert_eq!(article.url.as_deref(), Some("https://example.org/talks"));
    assert_eq!((article.published, article.language.as_str()), (None, "en"));
}

#[test]
fn finds_the_date_of_publication() {
    let check = |head: &str, before: &str, expect: &str| {
        let article = page(head, &format!("<article>{before}<p>{FIRST}</p><p>{SECOND}</p></article>"));
        assert_eq!(article.published.unwrap_or_default(), expect, "{head} {before}");
    };
    let json = |json: &str| format!("<script type='application/ld+json'>{json}</script>");
    check(
        &json(r#"{"@type": "NewsArticle", "dateModified": "2017-01-01", "datePublished": "2016-12-17T23:00:00-05:00"}"#),
        "",
        "2016-12-17",
    );
    check(
        &json(
            r#"{"@graph": [{"@type": "WebPage", "datePublished": "2011-01-01"},
                {"@type": ["Article"], "description": "a
                b", "datePublished": "2016-12-17"}]}"#,
        ),
        "",
        "2016-12-17",
    );
    check(&json(r#"{"@type": "VideoObject", "uploadDate": "2011-01-01", "datePublished": "2011-01-01"}"#), "", "");
    check(
        "<meta property='article:modified_time' content='2017-01-01'>
         <meta property='article:expiration_time' content='2030-01-01'>
         <meta property='article:published_time' content='2016-12-17T10:00:00Z'>",
        "",
        "2016-12-17",
    );
    check("<meta property='article:modified_time' content='2017-01-01'>", "", "");
    check("<meta name=pubdate content='Sat, 17 Dec 2016 10:00:00 GMT'>", "", "2016-12-17");
    check("<script>var expires = '2030-01-01';</script>", "<time datetime='2016-12-17'>today</time>", "2016-12-17");
    check("", "<time class=updated datetime='2017-01-01'></time><time>December 17, 2016</time>", "2016-12-17");
    check("", "<span class=post-date>17 December 2016</span>", "2016-12-17");
    check("", "<span class=date>Updated 17 December 2016</span>", "");
    let address = |day: &str| format!("<link rel=canonical href='https://example.org/2016/{day}/talks'>");
    let utc = "<meta property='article:published_time' content='2016-12-18T01:00:00Z'>";
    check(&address("12/17"), "", "2016-12-17");
    check(&address("dec/17"), "", "2016-12-17");
    check(&(address("12/17") + utc), "", "2016-12-17");
    check(&(address("10/17") + utc), "", "2016-12-18");
}

#[test]
fn finds_the_writers() {
    let check = |head: &str, before: &str, expect: &[&str]| {
        let article = page(head, &format!("<article>{before}<p>{FIRST}</p><p>{SECOND}</p></article>"));
        assert_eq!(article.authors, expect, "{head} {before}");
    };
    let json = |author: &str| format!("<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"author\": {author}}}</script>");
    check(&json(r#"{"@type": "Person", "name": "Mira Halden"}"#), "", &["Mira Halden"]);
    check(&json(r#"[{"name": "Mira Halden"}, {"name": "Tom Okoye"}]"#), "", &["Mira Halden", "Tom Okoye"]);
    check(&json(r#""Mira Halden and Tom Okoye""#), "", &["Mira Halden", "Tom Okoye"]);
    check(&json(r#"{"name": ["Mira Halden", "Tom Okoye"]}"#), "", &["Mira Halden", "Tom Okoye"]);
    check("<meta name=author content='By Mira Halden'>", "<p class=byline>By Tom Okoye</p>", &["Mira Halden"]);
    check("<meta property='article:author' content='https://facebook.com/mira'>", "<p class=byline>By Tom Okoye</p>", &["Tom Okoye"]);
    check("<meta property='og:site_name' content='The Example'><meta name=author content='The Example'>", "", &[]);
    check("", "<a rel=author href=/mira>Mira Halden</a>", &["Mira Halden"]);
    check("", "<span itemprop=author><span itemprop=name>Mira Halden</span></span>", &["Mira Halden"]);
    check("", "<aside><p class=byline>By Tom Okoye</p></aside>", &[]);
    check("", "<p class=byline>17 December 2016</p>", &[]);
    check("", "", &[]);
}

#[test]
fn finds_language_and_address() {
    let read_page = |html: &str, head: &str| {
        let page = format!("<html {html}><head><title>T</title>{head}</head><body><p>{FIRST}</p><p>{SECOND}</p></body></html>");
        read(page.as_bytes()).unwrap()
    };
    // What the text tells comes before what is declared.
    assert_eq!(read_page("lang=fr", "").language, "en");
    let article =
        read_page("", "<meta property='og:url' content='https://example.org/b'><link rel=canonical href='https://example.org/a'>");
    assert_eq!(article.url.as_deref(), Some("https://example.org/a"));
    let article = read_page("", "<meta property='og:url' content='https://example.org/b'><link rel=canonical href='/a'>");
    assert_eq!(article.url.as_deref(), Some("https://example.org/b"));
}

#[test]
fn decodes_as_declared() {
    let body = format!("<p>{FIRST} Orb\u{e1}n</p><p>{SECOND}</p>");
    let bytes = |charset: &str| -> Vec<u8> {
        let page = format!("<html><head><meta charset=\"{charset}\"><title>T</title></head><body>{body}</body></html>");
        page.chars().map(|character| character as u8).collect()
    };
    assert!(read(&bytes("iso-8859-1")).unwrap().text.contains("Orbán"));
    assert!(read(&bytes("windows-1251")).unwrap().text.contains("Orbбn"));
    assert!(read(&bytes("utf-8")).unwrap().text.contains("Orbán"));
}

#[test]
fn keeps_articles_in_other_languages() {
    let body = "先日、不正に改造した携帯電話を販売したとして、商標法違反の疑いで男性が逮捕されたというニュースを耳にしました。".repeat(3);
    let article = page("", &format!("<p>{body}</p>"));
    assert_eq!((article.text, article.language.as_str()), (body, "ja"));
}

#[test]
fn refuses_pages_without_an_article() {
    let check = |bytes: &str, expect: &str| {
        let problem = read(bytes.as_bytes()).unwrap_err();
        assert!(problem.contains(expect), "{problem}");
    };
    check("<html><body></body></html>", "no article was found on this page; give");
    check("<ul><li><a href=/a>World</a><li><a href=/b>Sport</a></ul>", "no article");
    check("<html><body><p>Please enable JavaScript to continue reading this website.</p></body></html>", "no article");
    check(&"<div>".repeat(600), "nested");
    check(&"<div>".repeat(1_000_000), "nested");
    check("<?xml version='1.0'?>\n<recipe><egg/></recipe>", "XML of an unknown kind (`recipe`)");
}
