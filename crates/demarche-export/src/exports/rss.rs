//! RSS 2.0: an item an event.

use super::Entry;
use super::cells::parse;
use super::xml::text;
use crate::readable::summary;

pub(crate) const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<rss version=\"2.0\" xmlns:georss=\"http://www.georss.org/georss\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">
  <channel>
    <title>Démarche: events</title>
    <link>https://github.com/demarche/demarche</link>
    <description>Political events coded from news, each with the sentence it rests on</description>
    <language>en</language>
";
pub(crate) const END: &str = "  </channel>\n</rss>\n";

/// One item: the record in a line, its sentence, its article's address, its type, status and place.
pub(crate) fn item(entry: &Entry) -> String {
    let event = &entry.event;
    let article = &event.article;
    let mut out = String::from("    <item>\n");
    let mut add = |tag: &str, attributes: &str, value: Option<&str>| {
        if let Some(value) = value {
            out += &format!("      <{tag}{attributes}>{}</{tag}>\n", text(value));
        }
    };
    add("title", "", Some(&summary(event)));
    add("link", "", article.url.as_deref());
    add("guid", " isPermaLink=\"false\"", Some(&event.id));
    add("description", "", Some(&event.sentence.text));
    // The only time of day that is known of a day of publication is its beginning, UTC.
    let published = article.published.as_deref().and_then(parse).map(|d| d.strftime("%a, %d %b %Y 00:00:00 GMT").to_string());
    add("pubDate", "", published.as_deref());
    add("dc:source", "", article.source.as_deref());
    add("dc:date", "", event.date.from.as_deref());
    add("category", " domain=\"event\"", Some(event.event.name()));
    add("category", " domain=\"status\"", Some(event.status.name()));
    add("category", " domain=\"cameo\"", event.cameo.as_ref().map(|c| c.code.as_str()));
    let point = event.place.as_ref().and_then(|p| p.latitude.zip(p.longitude)).map(|(north, east)| format!("{north} {east}"));
    add("georss:point", "", point.as_deref());
    out + "    </item>\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::sample::{accusation, file};
    use crate::exports::{Layout, entries};

    #[test]
    fn an_item_value_by_value() {
        let mut event = accusation();
        event.attribution.clear();
        assert_eq!(
            item(&entries(&[event], |_| true)[0]),
            r#"    <item>
      <title>✗ ACCUSE allege · Kyrgyzstan (KGZ GOV) → Tajik forces (TJK MIL) · 2023-09-14 · in Batken (KGZ)</title>
      <link>https://courier.example/17?a=1&amp;b=2</link>
      <guid isPermaLink="false">ev_be7589d70ecc8b45</guid>
      <description>&quot;Kyrgyzstan&quot; on Thursday accused Tajik forces of	shelling Batken.</description>
      <pubDate>Fri, 15 Sep 2023 00:00:00 GMT</pubDate>
      <dc:source>The Danube Courier</dc:source>
      <dc:date>2023-09-14</dc:date>
      <category domain="event">ACCUSE</category>
      <category domain="status">actual</category>
      <category domain="cameo">112</category>
      <georss:point>40.0628 70.8194</georss:point>
    </item>
"#
        );
    }

    #[test]
    fn a_feed_is_well_formed() {
        let feed = file(Layout::Rss, &[accusation(), accusation()]);
        let mut reader = quick_xml::Reader::from_str(&feed);
        let mut items = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(tag) if tag.name().as_ref() == b"item" => items += 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(items, 2);
    }
}
