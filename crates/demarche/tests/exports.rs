//! Every export of the binary end to end: its rows, its columns, its end, what `--all` adds.

mod common;

use std::collections::BTreeSet;

use common::{code, demarche, root};
use serde_json::{Value, json};

const TEXT: &str = "Kenya accused Somalia on Monday of attacking a border post. Somalia's foreign minister rejected the accusation. \
                    The United States and France warned Russia and Belarus on Tuesday of further sanctions.";

/// One article with all that an input can say of it.
fn article() -> String {
    json!({
        "id": "a-1", "title": "A border post", "url": "https://courier.example/1?x=1&y=2", "source": "The Courier",
        "published": "2025-04-10", "text": TEXT,
    })
    .to_string()
        + "\n"
}

fn export(format: &str, arguments: &[&str]) -> Vec<u8> {
    let out = demarche(&[&["code", "--format", format], arguments].concat(), article().as_bytes());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

fn text(format: &str) -> String {
    String::from_utf8(export(format, &[])).unwrap()
}

/// The cells of every line, all of which have as many.
fn table(format: &str, columns: usize) -> Vec<Vec<String>> {
    let text = text(format);
    assert!(text.ends_with('\n'));
    let rows: Vec<Vec<String>> = text.lines().map(|l| l.split('\t').map(str::to_owned).collect()).collect();
    assert!(rows.iter().all(|r| r.len() == columns), "{format}: {:?}", rows.iter().map(Vec::len).collect::<Vec<_>>());
    rows
}

/// The row that says that Kenya accused Somalia.
fn accusation<'a>(rows: &'a [Vec<String>], actor: usize, recipient: usize, who: [&str; 2]) -> &'a [String] {
    rows.iter().find(|r| r[actor] == who[0] && r[recipient] == who[1]).unwrap_or_else(|| panic!("{rows:?}"))
}

#[test]
fn gdelt() {
    let rows = table("gdelt", 61);
    let row = accusation(&rows, 7, 17, ["KEN", "SOM"]);
    assert_eq!(row[1..5], ["20250407", "202504", "2025", "2025.2658"]);
    assert_eq!(row[6], "KENYA");
    assert_eq!(row[25..34], ["1", &row[26], "112", "11", "3", "-2", &row[31], "1", "1"]);
    assert_eq!(row[59..], ["20250410000000", "https://courier.example/1?x=1&y=2"]);
    // Two actors and two recipients are four rows, no id is there twice, and the first leads back to its record.
    let pairs: BTreeSet<(&str, &str)> = rows.iter().filter(|r| r[28] == "13").map(|r| (r[7].as_str(), r[17].as_str())).collect();
    assert_eq!(pairs, BTreeSet::from([("FRA", "BLR"), ("FRA", "RUS"), ("USA", "BLR"), ("USA", "RUS")]));
    let ids: BTreeSet<&String> = rows.iter().map(|r| &r[0]).collect();
    assert_eq!(ids.len(), rows.len());
    let records = String::from_utf8(export("jsonl", &[])).unwrap();
    for row in rows.iter().filter(|r| r[28] != "13") {
        assert!(records.contains(&format!("\"ev_{:013x}", row[0].parse::<u64>().unwrap())), "{row:?}");
    }
}

#[test]
fn icews() {
    let rows = table("icews", 20);
    assert_eq!(rows[0][..3], ["Event ID", "Event Date", "Source Name"]);
    let row = accusation(&rows, 4, 10, ["Kenya", "Somalia"]);
    assert_eq!(row[1..3], ["2025-04-07", "Kenya"]);
    assert_eq!(row[5..8], ["Accuse", "112", "-2"]);
    assert_eq!(row[12..14], ["1", "The Courier"]);
}

#[test]
fn phoenix() {
    let rows = table("phoenix", 26);
    let row = accusation(&rows, 6, 10, ["KEN", "SOM"]);
    assert_eq!(row[1..5], ["20250407", "2025", "04", "07"]);
    assert_eq!(row[13..17], ["112", "11", "3", "-2.0"]);
    assert_eq!(row[23..], ["a-1_1", "https://courier.example/1?x=1&y=2", "The Courier"]);
}

#[test]
fn polecat() {
    let rows = table("polecat", 40);
    assert_eq!(rows[0][39], "Version");
    let row = accusation(&rows, 8, 16, ["Kenya", "Somalia"]);
    assert!(row[0].starts_with("ev_"));
    assert_eq!(row[1..3], ["2025-04-07", "ACCUSE"]);
    assert_eq!((row[5].as_str(), row[9].as_str(), row[17].as_str()), ("VERBAL CONFLICT", "501", "520"));
    assert_eq!(row[33..35], ["The Courier", "2025-04-10"]);
    let ids: BTreeSet<&String> = rows.iter().map(|r| &r[0]).collect();
    assert_eq!(ids.len(), rows.len());
    assert!(
        rows.iter().filter(|r| r[2] == "THREATEN").all(|r| r[0].rsplit_once('-').is_some_and(|(_, n)| ["1", "2", "3", "4"].contains(&n)))
    );
}

#[test]
fn petrarch2() {
    let rows = table("petrarch2", 13);
    let row = rows.iter().find(|r| r[1].starts_with("KEN")).unwrap();
    assert_eq!((row[0].as_str(), &row[2][..3], row[3].as_str(), row[5].as_str()), ("20250407", "SOM", "112", "a-1_1"));
    assert_eq!(row[8..11], ["Kenya", "Somalia", "accused"]);
}

#[test]
fn geojson() {
    let value: Value = serde_json::from_str(&text("geojson")).unwrap();
    assert_eq!(value["type"], "FeatureCollection");
    let feature = &value["features"][0];
    assert_eq!(feature["properties"]["event"], "ACCUSE");
    assert_eq!(feature["properties"]["actors"][0]["cow"], "501");
    assert_eq!(feature["properties"]["date_from"], "2025-04-07");
}

#[test]
fn graphml() {
    let text = text("graphml");
    assert!(text.starts_with("<?xml") && text.ends_with("</graphml>\n"));
    assert_eq!(text.matches("<node id=\"KEN\">").count(), 1);
    assert!(text.contains("source=\"KEN\" target=\"SOM\""));
}

#[test]
fn rss() {
    let text = text("rss");
    assert!(text.ends_with("</rss>\n"));
    assert!(text.contains("<pubDate>Thu, 10 Apr 2025 00:00:00 GMT</pubDate>"));
    assert!(text.contains("<link>https://courier.example/1?x=1&amp;y=2</link>"));
}

#[test]
fn parquet() {
    let bytes = export("parquet", &[]);
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}

#[test]
fn only_facts_without_all_and_nothing_is_a_whole_file_too() {
    let denied = "Kenya has not attacked Somalia.";
    assert!(code(denied, &[]).iter().all(|r| r["status"] == "negated"));
    for (format, lines, ends) in
        [("gdelt", 0, ""), ("icews", 1, ""), ("geojson", 3, "]}\n"), ("graphml", 28, "</graphml>\n"), ("rss", 9, "</rss>\n")]
    {
        let some = demarche(&["code", "--format", format, "--all"], denied.as_bytes()).stdout;
        let none = String::from_utf8(demarche(&["code", "--format", format], denied.as_bytes()).stdout).unwrap();
        assert!(some.len() > none.len(), "{format}");
        assert!(none.ends_with(ends), "{format}: {none}");
        assert_eq!(none.lines().count(), lines, "{format}: {none}");
    }
}

#[test]
fn a_table_can_be_gone_on_with_and_a_document_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.tab");
    let examples = root().join("examples");
    let run = |format: &str, inputs: &[&str], more: &[&str]| {
        demarche(&[&["code", "--format", format, "-o", path.to_str().unwrap()], inputs, more].concat(), b"")
    };
    let (first, folder) = (examples.join("border-incident.txt"), examples.to_str().unwrap());
    assert!(run("icews", &[folder], &[]).status.success());
    let whole = std::fs::read(&path).unwrap();
    assert!(run("icews", &[first.to_str().unwrap()], &[]).status.success());
    assert!(run("icews", &[folder], &["--resume"]).status.success());
    assert_eq!(std::fs::read(&path).unwrap(), whole);
    for format in ["geojson", "graphml", "rss", "parquet", "table"] {
        let out = run(format, &[folder], &["--resume"]);
        assert_eq!(out.status.code(), Some(2), "{format}");
        assert!(String::from_utf8_lossy(&out.stderr).contains("in one run"), "{format}");
    }
}
