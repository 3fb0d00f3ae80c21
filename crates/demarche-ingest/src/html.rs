use std::io::Read;
use std::ops::ControlFlow;

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use encoding_rs::{Encoding, UTF_8};

use crate::bytes::{decode, whole};
use crate::export::Layout;
use crate::fields::Fields;
use crate::page::metadata;
use crate::sink::Sink;
use crate::{document, parse_date, xml};

/// Elements of a page, at most.
const MOST_ELEMENTS: usize = 200_000;
/// Elements inside each other, at most; browsers stop at the same depth.
const DEEPEST: usize = 512;

/// Elements not closed yet, at most, counted roughly before the page is parsed.
const MOST_OPEN: usize = 10_000;
/// Elements that are not closed, or need not be.
const OPTIONAL_END: &str = "area base br col embed hr img input link meta source track wbr p li dt \
    dd tr td th thead tbody tfoot option optgroup colgroup body html head rp rt font";

/// What stands in the exports of archives.
const EXPORTS: [&str; 4] = ["End of Document", "DOCUMENTS", "ProQuest document", "Factiva"];

/// Parts of a page that are never the article.
const NOISE: &str = "script, style, noscript, template, svg, iframe, nav, aside, button, select, textarea, dialog, \
    figcaption, [hidden], [role=navigation], [role=dialog], [role=alertdialog], [role=complementary], [role=search], \
    [class*=wp-caption-text]";
/// Parts that are never the article unless they hold most of it, as wrappers with unlucky names do.
const SUSPECTS: &str = "[id*=cookie i], [class*=cookie i], [id*=consent i], [class*=consent i], [id*=gdpr i], \
    [class*=gdpr i], [id*=onetrust i], [id*=didomi i], [class*=share i], [class*=sharing i], [class*=social i], \
    [class*=newsletter i], [class*=subscribe i], [class*=related i], [id*=related i], [class*=recommend i], \
    [class*=promo i], [class*=advert i], [id*=comments], [class*=comments], [class*=breadcrumb i], [class*=caption i], \
    [class*=print-only i], [class*=visually-hidden], [class*=screen-reader], [class=sr-only]";
/// Elements that begin a line although the text extraction does not know it.
const BLOCKS: &str = "address, caption, dd, details, dt, fieldset, figure, footer, header, main, summary";
/// Lines that pages print between paragraphs, in lower case.
const FURNITURE: &str = "advert|advertisement|comments|continue reading below|don't miss|share|\
    supported by|print";
/// How promotions between paragraphs begin, in lower case.
const PROMOTIONS: &str = "advertisement - |also read|click here to|get the latest|image source|\
    like this story?|more from |read also|read more|read our |recommended:|related:|\
    related article|related news|related stor|see also|see more:|share on |share this|sign up |\
    subscribe to |you may also like";
/// Elements that promote another page where a link is all they hold.
const LINK_LINES: &str = "p, li, h2, h3, h4, h5";
/// Characters of a line that prints dates and names of writers, at most.
const BYLINE_LENGTH: usize = 100;
/// What pages say, in lower case, when they withhold the article.
const WALLS: [&str; 6] =
    ["enable javascript", "javascript is disabled", "verify you are human", "checking your browser", "access denied", "page not found"];
/// Characters of a text that may be nothing but a wall.
const WALL_LENGTH: usize = 400;
/// Characters of a sentence that makes an article, at least.
const SENTENCE_LENGTH: usize = 40;

const TOO_DEEP: &str = "the page's elements are nested more than 512 deep; save the article's text \
    as a .txt file";
const NO_ARTICLE: &str = "no article was found on this page; give the page of a single article, or save its text as a .txt file";

/// A web page with one article.
pub(crate) fn read(head: &[u8], rest: &mut dyn Read, sink: &mut Sink) -> ControlFlow<()> {
    match whole(head, rest) {
        Ok(bytes) => page(bytes, None, None, sink),
        Err(message) => sink.failure(None, &message),
    }
}

/// A feed or a news item, by its file's name; also a web page in XML.
pub(crate) fn read_xml(head: &[u8], rest: &mut dyn Read, sink: &mut Sink) -> ControlFlow<()> {
    let bytes = match whole(head, rest) {
        Ok(bytes) => bytes,
        Err(message) => return sink.failure(None, &message),
    };
    let declared = declared_encoding(&bytes);
    let (source, note) = decode(bytes, declared);
    if let Some(note) = note {
        sink.note(None, &note)?;
    }
    xml::read(source, None, sink)
}

/// The bytes of a web page, with the encoding that its server declared and the address that it was asked for, where they are known.
pub(crate) fn page(bytes: Vec<u8>, declared: Option<&'static Encoding>, address: Option<&str>, sink: &mut Sink) -> ControlFlow<()> {
    let declared = declared.or_else(|| declared_encoding(&bytes));
    let (source, note) = decode(bytes, declared);
    if let Some(note) = note {
        sink.note(None, &note)?;
    }
    if xml::is_news(&source) {
        return xml::read(source, address, sink);
    }
    decoded_page(source, address, sink)
}

/// A web page as text.
pub(crate) fn decoded_page(source: String, address: Option<&str>, sink: &mut Sink) -> ControlFlow<()> {
    // Exports of archives say so in words that few pages hold.
    if EXPORTS.iter().any(|mark| source.contains(mark)) {
        let text = cells(&source);
        if Layout::of(&text).is_some() {
            return document::read_text(text, true, sink);
        }
    }
    match extract(source) {
        Ok(mut fields) => {
            fields.url = fields.url.or_else(|| address.map(str::to_owned));
            fields.finish(None, sink)
        }
        Err(message) => sink.failure(None, message),
    }
}

/// The text of a page with each paragraph and each cell of a table on a line of its own.
fn cells(source: &str) -> String {
    if stays_open(source) {
        return String::new();
    }
    let document = Document::from(source);
    document.select("head, script, style").remove();
    document.select("td, th").rename("div");
    document.select(BLOCKS).rename("div");
    document.formatted_text().to_string()
}

/// The text of a piece of HTML, a paragraph per line, with nothing taken for furniture.
pub(crate) fn plain(fragment: &str) -> String {
    if !fragment.contains(['<', '&']) {
        return fragment.trim().to_owned();
    }
    if stays_open(fragment) {
        // What nests without end is no article; its words are kept without their marks.
        let words = fragment.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        return words.collect::<Vec<_>>().join(" ").trim().to_owned();
    }
    let document = Document::fragment(fragment);
    document.select("script, style, template, noscript, iframe").remove();
    document.select(BLOCKS).rename("div");
    let text = document.formatted_text();
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The article of a page and what the page says about it; the error is a message.
fn extract(source: String) -> Result<Fields, &'static str> {
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    if stays_open(&source) {
        return Err(TOO_DEEP);
    }
    let mut page = Readability::new(source, None, Some(config)).map_err(|_| NO_ARTICLE)?;
    if is_deep(&page) {
        return Err(TOO_DEEP);
    }
    let mut fields = metadata(&page);
    remove_noise(&page);
    let article = page.parse().map_err(|_| NO_ARTICLE)?;
    let content = page.doc.select_single("#readability-page-1");
    content.select(BLOCKS).rename("div");
    for node in content.select(LINK_LINES).nodes() {
        let linked: usize = node.find_descendants("a").iter().map(|link| link.text().trim().len()).sum();
        if linked > 0 && linked >= node.text().trim().len() {
            node.remove_from_parent();
        }
    }
    let text = paragraphs(&content.formatted_text());
    if !is_article(&text) {
        return Err(NO_ARTICLE);
    }
    fields.title = Some(article.title);
    fields.text = Some(text);
    Ok(fields)
}

fn is_deep(page: &Readability) -> bool {
    let mut level = vec![page.doc.root()];
    for _ in 0..DEEPEST {
        let mut next = Vec::new();
        for node in &level {
            next.extend(node.children());
        }
        level = next;
    }
    !level.is_empty()
}

/// Whether so many elements stay open that parsing alone, which looks through them, takes minutes.
fn stays_open(source: &str) -> bool {
    let mut open = 0_usize;
    source.split('<').any(|tag| {
        match tag.as_bytes().first() {
            Some(b'/') => open = open.saturating_sub(1),
            Some(first) if first.is_ascii_alphabetic() && !closes_itself(tag) => open += 1,
            _ => {}
        }
        open > MOST_OPEN
    })
}

/// Whether an element needs no end tag.
fn closes_itself(tag: &str) -> bool {
    let end = tag.find(|character: char| !character.is_ascii_alphanumeric());
    let name = tag.get(..end.unwrap_or(tag.len())).unwrap_or_default().to_ascii_lowercase();
    OPTIONAL_END.split_whitespace().any(|known| known == name)
}

fn remove_noise(page: &Readability) {
    page.doc.select(NOISE).remove();
    let all = page.doc.select("body").text().chars().count();
    for node in page.doc.select(SUSPECTS).nodes() {
        let wrapper = ["html", "body", "main", "article"].iter().any(|name| node.has_name(name));
        if !wrapper && node.text().chars().count() * 3 < all {
            node.remove_from_parent();
        }
    }
}

/// A paragraph per line, without blank lines, furniture, promotions and printed dates.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| {
        let lower = line.to_lowercase();
        let promotion = PROMOTIONS.split('|').any(|start| lower.starts_with(start));
        let byline = lower.chars().count() < BYLINE_LENGTH && !ends_sentence(line) && parse_date(line).is_some();
        !line.is_empty() && !FURNITURE.split('|').any(|furniture| furniture == lower) && !promotion && !byline
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn ends_sentence(line: &str) -> bool {
    let enders = ['.', '!', '?', '…', ':', '。', '！', '？', '؟', '।'];
    line.trim_end_matches(['"', '\'', '”', '’', '»', '」', ')']).ends_with(enders)
}

/// Whether some line reads like a sentence, and the text is not just a page's excuse for having none.
fn is_article(text: &str) -> bool {
    let lower = text.to_lowercase();
    let wall = text.chars().count() < WALL_LENGTH && WALLS.iter().any(|wall| lower.contains(wall));
    !wall && text.lines().any(|line| ends_sentence(line) && line.chars().count() >= SENTENCE_LENGTH)
}

/// The encoding that a page's first kilobytes declare.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).to_ascii_lowercase();
    let declared = |key: &str| {
        let label = head.split_once(key)?.1.trim_start().strip_prefix('=')?;
        let label = label.trim_start().trim_start_matches(['"', '\'']);
        let end = label.find(|character: char| !character.is_ascii_alphanumeric() && !"-_:.".contains(character));
        Encoding::for_label_no_replacement(label.get(..end.unwrap_or(label.len()))?.as_bytes())
    };
    let encoding = declared("charset").or_else(|| declared("encoding"))?;
    // A declaration that can be read as ASCII is not in UTF-16.
    Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}
