//! CSV: one row an event, lists in a cell separated by `|`.

use demarche_record::{Actor, Event, Magnitude};

/// Column names, in order.
pub const CSV_COLUMNS: [&str; 43] = [
    "id",
    "article_id",
    "published",
    "source",
    "url",
    "sentence_index",
    "trigger",
    "trigger_start",
    "trigger_end",
    "event",
    "modes",
    "contexts",
    "quad",
    "score",
    "cameo",
    "cameo_name",
    "goldstein",
    "status",
    "status_cues",
    "actors",
    "actor_texts",
    "actor_countries",
    "actor_sectors",
    "recipients",
    "recipient_texts",
    "recipient_countries",
    "recipient_sectors",
    "speakers",
    "speaker_countries",
    "date_from",
    "date_to",
    "date_precision",
    "date_basis",
    "date_text",
    "place",
    "place_country",
    "place_precision",
    "latitude",
    "longitude",
    "magnitude",
    "confidence",
    "same_as",
    "sentence",
];

/// The header line with its line end.
pub fn csv_header() -> String {
    line(CSV_COLUMNS.iter().map(ToString::to_string))
}

/// One line per event, each with its line end.
pub fn csv_rows(events: &[Event]) -> String {
    events.iter().map(|e| line(row(e).into_iter())).collect()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    // Writing to memory cannot fail, and what was text goes in.
    let written = writer.write_record(cells).is_ok();
    let bytes = writer.into_inner().unwrap_or_default();
    if written { String::from_utf8(bytes).unwrap_or_default() } else { String::new() }
}

fn row(e: &Event) -> Vec<String> {
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let list = |items: Vec<String>| items.join("|");
    let of = |actors: &[Actor], f: fn(&Actor) -> String| list(actors.iter().map(f).collect());
    let name = |a: &Actor| a.name.clone();
    let words = |a: &Actor| a.text.clone();
    let country = |a: &Actor| a.country.clone().unwrap_or_default();
    let sectors = |a: &Actor| a.sectors.join("+");
    // A serde name as text: `day`, `admin-1`.
    let plain = |v: serde_json::Result<serde_json::Value>| v.ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let number = |v: Option<f64>| v.map(|v| v.to_string()).unwrap_or_default();
    vec![
        e.id.clone(),
        e.article.id.clone(),
        text(&e.article.published),
        text(&e.article.source),
        text(&e.article.url),
        e.sentence.index.to_string(),
        e.trigger.text.clone(),
        e.trigger.start.to_string(),
        e.trigger.end.to_string(),
        e.event.name().to_owned(),
        list(e.modes.clone()),
        list(e.contexts.iter().map(|c| c.name().to_owned()).collect()),
        e.quad.to_string(),
        e.score.to_string(),
        e.cameo.as_ref().map(|c| c.code.clone()).unwrap_or_default(),
        e.cameo.as_ref().map(|c| c.name.clone()).unwrap_or_default(),
        number(e.cameo.as_ref().map(|c| c.goldstein)),
        e.status.name().to_owned(),
        list(e.status_cues.iter().map(|c| c.text.clone()).collect()),
        of(&e.actors, name),
        of(&e.actors, words),
        of(&e.actors, country),
        of(&e.actors, sectors),
        of(&e.recipients, name),
        of(&e.recipients, words),
        of(&e.recipients, country),
        of(&e.recipients, sectors),
        list(e.attribution.iter().map(|l| l.speaker.name.clone()).collect()),
        list(e.attribution.iter().map(|l| country(&l.speaker)).collect()),
        text(&e.date.from),
        text(&e.date.to),
        e.date.precision.map(|p| plain(serde_json::to_value(p))).unwrap_or_default(),
        plain(serde_json::to_value(e.date.basis)),
        text(&e.date.text),
        e.place.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        e.place.as_ref().and_then(|p| p.country.clone()).unwrap_or_default(),
        e.place.as_ref().map(|p| plain(serde_json::to_value(p.precision))).unwrap_or_default(),
        number(e.place.as_ref().and_then(|p| p.latitude)),
        number(e.place.as_ref().and_then(|p| p.longitude)),
        list(e.magnitude.iter().map(magnitude).collect()),
        e.confidence.to_string(),
        text(&e.same_as),
        e.sentence.text.clone(),
    ]
}

/// `dead at least 14`.
pub(crate) fn magnitude(m: &Magnitude) -> String {
    format!("{} {}{}", m.what, m.qualifier.as_ref().map(|q| format!("{q} ")).unwrap_or_default(), m.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_has_every_column_once() {
        let header = csv_header();
        assert!(header.starts_with("id,article_id,published,"));
        let mut names = CSV_COLUMNS.to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CSV_COLUMNS.len());
    }
}
