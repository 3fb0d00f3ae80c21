//! `GraphML`: a node for every party, an edge for every event between two.

use std::collections::HashSet;
use std::fmt::Write;

use super::pairs::Row;
use super::party::Party;
use super::xml::text;

pub(crate) const END: &str = "  </graph>\n</graphml>\n";

/// Attributes: key, of what, name, type.
const KEYS: [(&str, &str, &str, &str); 23] = [
    ("n0", "node", "label", "string"),
    ("n1", "node", "kind", "string"),
    ("n2", "node", "country", "string"),
    ("n3", "node", "cow", "string"),
    ("n4", "node", "gw", "string"),
    ("n5", "node", "fips", "string"),
    ("e0", "edge", "event", "string"),
    ("e1", "edge", "modes", "string"),
    ("e2", "edge", "cameo", "string"),
    ("e3", "edge", "quad", "int"),
    ("e4", "edge", "score", "double"),
    ("e5", "edge", "goldstein", "double"),
    ("e6", "edge", "status", "string"),
    ("e7", "edge", "date_from", "string"),
    ("e8", "edge", "date_to", "string"),
    ("e9", "edge", "place", "string"),
    ("e10", "edge", "place_country", "string"),
    ("e11", "edge", "confidence", "double"),
    ("e12", "edge", "mentions", "int"),
    ("e13", "edge", "record", "string"),
    ("e14", "edge", "article", "string"),
    ("e15", "edge", "url", "string"),
    ("e16", "edge", "sentence", "string"),
];

/// The head of the document with the attributes' names.
pub(crate) fn start() -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (key, of, name, kind) in KEYS {
        let _ = writeln!(out, "  <key id=\"{key}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    out.push_str("  <graph id=\"events\" edgedefault=\"directed\">\n");
    out
}

/// The nodes of an event that are not there yet, and its edges. An event that names one side only has nodes and no edge.
pub(crate) fn elements(rows: &[Row<'_>], nodes: &mut HashSet<String>) -> String {
    let mut out = String::new();
    for row in rows {
        for party in [&row.actor, &row.recipient] {
            if let Some(id) = id(party)
                && nodes.insert(id.clone())
            {
                node(&mut out, party, &id);
            }
        }
    }
    for row in rows {
        if let (Some(from), Some(to)) = (id(&row.actor), id(&row.recipient)) {
            edge(&mut out, row, &from, &to);
        }
    }
    out
}

/// A party's id: that of the knowledge tables; of a party that they do not have, its country and its name. Soldiers of a state are not the state: sectors
/// other than the government's are part of the id of what the tables know as the state.
fn id(party: &Party<'_>) -> Option<String> {
    let actor = party.actor?;
    let sector = actor.sectors.first().filter(|s| *s != "GOV" && actor.id == actor.country);
    Some(match (&actor.id, sector) {
        (Some(id), None) => id.clone(),
        (Some(id), Some(sector)) => format!("{id}:{sector}"),
        (None, _) => format!("{}:{}", actor.country.as_deref().unwrap_or(""), actor.name),
    })
}

fn node(out: &mut String, party: &Party<'_>, id: &str) {
    let Some(actor) = party.actor else { return };
    let sector = id.split_once(':').filter(|_| actor.id.is_some()).map(|(_, sector)| format!(" {sector}")).unwrap_or_default();
    let kind = serde_json::to_value(actor.kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let _ = writeln!(out, "    <node id=\"{}\">", text(id));
    data(out, "n0", &format!("{}{sector}", actor.name));
    data(out, "n1", &kind);
    data(out, "n2", actor.country.as_deref().unwrap_or(""));
    data(out, "n3", &party.cow());
    data(out, "n4", &party.gw());
    data(out, "n5", party.fips());
    out.push_str("    </node>\n");
}

fn edge(out: &mut String, row: &Row<'_>, from: &str, to: &str) {
    let event = row.event;
    let place = event.place.as_ref();
    let _ = writeln!(out, "    <edge id=\"{}\" source=\"{}\" target=\"{}\">", text(&row.id()), text(from), text(to));
    data(out, "e0", event.event.name());
    data(out, "e1", &event.modes.join("|"));
    data(out, "e2", event.cameo.as_ref().map_or("", |c| c.code.as_str()));
    data(out, "e3", &event.quad.to_string());
    data(out, "e4", &event.score.to_string());
    data(out, "e5", &event.cameo.as_ref().map(|c| c.goldstein.to_string()).unwrap_or_default());
    data(out, "e6", event.status.name());
    data(out, "e7", event.date.from.as_deref().unwrap_or(""));
    data(out, "e8", event.date.to.as_deref().unwrap_or(""));
    data(out, "e9", place.map_or("", |p| p.name.as_str()));
    data(out, "e10", place.and_then(|p| p.country.as_deref()).unwrap_or(""));
    data(out, "e11", &event.confidence.to_string());
    data(out, "e12", &row.entry.mentions.to_string());
    data(out, "e13", &event.id);
    data(out, "e14", &event.article.id);
    data(out, "e15", event.article.url.as_deref().unwrap_or(""));
    data(out, "e16", &event.sentence.text);
    out.push_str("    </edge>\n");
}

/// An attribute, where it has a value.
fn data(out: &mut String, key: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(out, "      <data key=\"{key}\">{}</data>", text(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Layout;
    use crate::exports::sample::{accusation, file};

    #[test]
    fn an_event_value_by_value() {
        // The second event's nodes are there already; it names one side only and has no edge.
        let mut alone = accusation();
        alone.recipients.clear();
        let out = file(Layout::GraphMl, &[accusation(), alone]);
        let out = out.strip_prefix(&start()).and_then(|o| o.strip_suffix(END)).unwrap();
        assert_eq!(
            out,
            r#"    <node id="KGZ">
      <data key="n0">Kyrgyzstan</data>
      <data key="n1">state</data>
      <data key="n2">KGZ</data>
      <data key="n3">703</data>
      <data key="n4">703</data>
      <data key="n5">KG</data>
    </node>
    <node id="TJK:MIL">
      <data key="n0">Tajikistan MIL</data>
      <data key="n1">state</data>
      <data key="n2">TJK</data>
      <data key="n3">702</data>
      <data key="n4">702</data>
      <data key="n5">TI</data>
    </node>
    <edge id="ev_be7589d70ecc8b45" source="KGZ" target="TJK:MIL">
      <data key="e0">ACCUSE</data>
      <data key="e1">allege</data>
      <data key="e2">112</data>
      <data key="e3">3</data>
      <data key="e4">-3.5</data>
      <data key="e5">-2</data>
      <data key="e6">actual</data>
      <data key="e7">2023-09-14</data>
      <data key="e8">2023-09-14</data>
      <data key="e9">Batken</data>
      <data key="e10">KGZ</data>
      <data key="e11">0.595</data>
      <data key="e12">1</data>
      <data key="e13">ev_be7589d70ecc8b45</data>
      <data key="e14">dc-17</data>
      <data key="e15">https://courier.example/17?a=1&amp;b=2</data>
      <data key="e16">&quot;Kyrgyzstan&quot; on Thursday accused Tajik forces of	shelling Batken.</data>
    </edge>
"#
        );
        assert_eq!(start().matches("<key ").count(), KEYS.len());
    }
}
