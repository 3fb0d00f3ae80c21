use dom_smoothie::Readability;
use jiff::civil::Date;
use serde_json::Value;

use crate::fields::Fields;
use crate::{byline, parse_date};

/// Names of `meta` elements that date the publication, best first.
const DATE_NAMES: &str = "article:published_time og:article:published_time og:published_time datepublished \
    rnews:datepublished article:published article.published published_time published \
    parsely-pub-date sailthru.date citation_publication_date bt:pubdate pubdate pub_date \
    publishdate publish-date publish_date publication_date publication-date \
    article_date_original originalpublicationdate dc.date.issued dcterms.issued dcterms.created \
    dc.date dcterms.date dcterms.available date";

/// Where pages print the date, best first; the elements of each are tried in the page's order.
const DATE_ELEMENTS: [&str; 5] = [
    "[itemprop=datePublished], time[pubdate]",
    "article time, main time",
    "time",
    "abbr.published, .published, .publish-date, .pubdate, .entry-date, .post-date, .article-date, .dateline, .timestamp",
    "[class*=publish i], [class*=date i], [id*=date i]",
];

/// Names of `meta` elements that name the writers.
const AUTHOR_NAMES: &str = "author article:author parsely-author sailthru.author citation_author dc.creator dcterms.creator byl rbauthors";
/// Where pages print the writers, best first.
const AUTHOR_ELEMENTS: [&str; 4] = [
    "[itemprop=author] [itemprop=name], [itemprop=author]",
    "a[rel=author], [rel=author]",
    ".byline, .author-name, .article-author, .entry-author, .post-author, .article__author",
    "[class*=byline i]",
];
/// Characters of a printed byline, at most.
const BYLINE_LENGTH: usize = 120;
/// Characters of a name, at most.
const NAME_LENGTH: usize = 60;

/// What a page says about its article: address, publisher, writers, language and date of publication.
pub(crate) fn metadata(page: &Readability) -> Fields {
    let described = structured_data(page);
    let named = meta_elements(page);
    let meta = |wanted: &str| named.iter().find(|(name, _)| name == wanted).map(|(_, content)| content.clone());
    let canonical = page.doc.select("link[rel=canonical]").attr("href").map(|address| address.to_string());
    let url = [canonical, meta("og:url")].into_iter().flatten().find(|address| address.starts_with("http"));
    let publisher = || described.iter().find_map(|object| object.pointer("/publisher/name")?.as_str().map(str::to_owned));
    let in_address = url.as_deref().and_then(date_in_address);
    let stated = described
        .iter()
        .find_map(|object| parse_date(object.get("datePublished")?.as_str()?))
        .or_else(|| DATE_NAMES.split_whitespace().find_map(|name| parse_date(&meta(name)?)))
        .or_else(|| DATE_ELEMENTS.iter().find_map(|selector| printed_date(page, selector)))
        .map_or(in_address, |stated| Some(in_address.filter(|day| is_next_to(*day, stated)).unwrap_or(stated)));
    let source = meta("og:site_name").or_else(publisher).or_else(|| meta("application-name"));
    let language = page.doc.select("html[lang]").attr("lang").map(|tag| tag.to_string());
    let language = language.filter(|tag| !tag.trim().is_empty()).or_else(|| meta("og:locale")).or_else(|| meta("content-language"));
    Fields {
        authors: authors(page, &described, &named, source.as_deref()),
        language,
        source,
        published: stated.map(|date| date.to_string()),
        url,
        ..Fields::default()
    }
}

/// The writers, from the first place that names them.
fn authors(page: &Readability, described: &[Value], named: &[(String, String)], source: Option<&str>) -> Vec<String> {
    let stated = described.iter().flat_map(|object| ["author", "creator"].into_iter().filter_map(|key| object.get(key))).map(people);
    let meta = || {
        let values = |wanted: &str| named.iter().filter(|(name, _)| name == wanted).flat_map(|(_, value)| byline::names(value)).collect();
        AUTHOR_NAMES.split_whitespace().map(values).collect::<Vec<Vec<String>>>()
    };
    let printed = || AUTHOR_ELEMENTS.iter().map(|selector| printed_names(page, selector)).collect::<Vec<_>>();
    let kept = |names: Vec<String>| {
        let mut kept: Vec<String> = Vec::new();
        for name in names.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")) {
            let known = kept.iter().any(|other| other.eq_ignore_ascii_case(&name));
            if !known && is_name(&name, source) {
                kept.push(name);
            }
        }
        kept
    };
    stated.chain(meta()).chain(printed()).map(kept).find(|names| !names.is_empty()).unwrap_or_default()
}

/// The names in JSON-LD's `author`: a text, an object with a name, or a list of such.
fn people(value: &Value) -> Vec<String> {
    match value {
        Value::String(line) => byline::names(line),
        Value::Object(person) => person.get("name").map(people).unwrap_or_default(),
        Value::Array(values) => values
            .iter()
            .filter(|value| !value.is_null())
            .take(50)
            .flat_map(|value| if value.is_array() { Vec::new() } else { people(value) })
            .collect(),
        _ => Vec::new(),
    }
}

/// The names in the first element of a selector that prints any.
fn printed_names(page: &Readability, selector: &str) -> Vec<String> {
    let elements = page.doc.select(selector);
    for element in elements.nodes() {
        let elsewhere = ["aside", "nav", "footer"];
        if element.ancestors_it(None).any(|around| elsewhere.iter().any(|name| around.has_name(name))) {
            continue;
        }
        let text = element.attr("content").unwrap_or_else(|| element.text());
        let text = text.trim();
        let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.eq_ignore_ascii_case("by")).unwrap_or_default();
        if !line.is_empty() && line.chars().count() <= BYLINE_LENGTH && parse_date(line).is_none() {
            return byline::names(line);
        }
    }
    Vec::new()
}

/// Whether a text can be somebody's name, and not an address, a site or a handle.
fn is_name(name: &str, source: Option<&str>) -> bool {
    let lower = name.to_lowercase();
    (2..=NAME_LENGTH).contains(&name.chars().count())
        && name.chars().any(char::is_alphabetic)
        && !["http", "www.", "@"].iter().any(|start| lower.starts_with(start))
        && !lower.contains(".com")
        && !name.chars().any(|character| character.is_ascii_digit())
        && source.is_none_or(|source| !source.eq_ignore_ascii_case(name))
}

/// The JSON-LD objects that describe the article, else the page.
fn structured_data(page: &Readability) -> Vec<Value> {
    let mut found = Vec::new();
    for script in page.doc.select("script[type='application/ld+json']").nodes() {
        // Line ends inside strings are common and not JSON.
        let text: String = script.text().chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        if let Ok(value) = serde_json::from_str(text) {
            collect(value, &mut found);
        }
    }
    found.sort_by_key(rank);
    found.retain(|object| rank(object) < 2);
    found
}

/// The objects at the top of JSON-LD; nested ones describe something else, such as related articles.
fn collect(value: Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| collect(value, found)),
        Value::Object(mut object) => {
            for nested in ["@graph", "mainEntity"] {
                if let Some(value) = object.remove(nested) {
                    collect(value, found);
                }
            }
            found.push(Value::Object(object));
        }
        _ => {}
    }
}

/// 0 an article, 1 a page or something unnamed, 2 anything else.
fn rank(object: &Value) -> u8 {
    let named = match object.get("@type") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => return 1,
    };
    match named.as_str() {
        name if ["Article", "Posting", "Report"].iter().any(|kind| name.contains(kind)) => 0,
        name if ["Page", "CreativeWork"].iter().any(|kind| name.contains(kind)) => 1,
        _ => 2,
    }
}

/// Name in lower case and content of each `meta` element, in the page's order.
fn meta_elements(page: &Readability) -> Vec<(String, String)> {
    let elements = page.doc.select("meta[content]");
    let named = elements.nodes().iter().filter_map(|element| {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| element.attr(key))?;
        let content = element.attr("content")?.trim().to_owned();
        (!content.is_empty()).then(|| (name.trim().to_lowercase(), content))
    });
    named.collect()
}

/// The first date in the elements of a selector, but for dates of change and dates of other articles.
fn printed_date(page: &Readability, selector: &str) -> Option<Date> {
    page.doc.select(selector).nodes().iter().find_map(|element| {
        let class = element.attr("class").unwrap_or_default().to_lowercase();
        let item = element.attr("itemprop").unwrap_or_default().to_lowercase();
        let changed = ["updat", "modif", "expir"].iter().any(|part| class.contains(part) || item.contains(part));
        let elsewhere = ["aside", "nav", "footer"];
        if (changed && !class.contains("publish"))
            || element.ancestors_it(None).any(|around| elsewhere.iter().any(|name| around.has_name(name)))
        {
            return None;
        }
        let attribute = ["datetime", "content", "title"].iter().find_map(|name| parse_date(&element.attr(name)?));
        attribute.or_else(|| {
            let text = element.text();
            let changed = ["updat", "modif", "expir"].iter().any(|part| text.to_lowercase().contains(part));
            if changed { None } else { parse_date(text.trim()) }
        })
    })
}

/// Whether a day is the one before or after another: statements in UTC miss the day that the address has right.
fn is_next_to(day: Date, other: Date) -> bool {
    [day.yesterday(), day.tomorrow()].into_iter().flatten().any(|next| next == other)
}

/// The day in an address such as `https://example.org/2016/12/17/summit`.
fn date_in_address(url: &str) -> Option<Date> {
    let parts: Vec<&str> = url.split('/').collect();
    parts.windows(3).find_map(|window| match window {
        [year, month, day] if year.len() == 4 && day.len() <= 2 => parse_date(&format!("{year}-{month}-{day}")),
        _ => None,
    })
}
