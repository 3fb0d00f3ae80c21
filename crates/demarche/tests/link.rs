//! `demarche link`: from records to events.

mod common;

use std::fs;

use common::{demarche, records};
use serde_json::{Value, json};

/// Three articles of ours on one meeting, the second a copy of the first, and one on something else.
const ARTICLES: [(&str, &str, &str, &str); 4] = [
    (
        "a1",
        "Agence Bleue",
        "2025-04-09",
        "The foreign ministers of Kenya and Ethiopia met in Moyale on Tuesday and discussed the border crossing. Kenya's minister praised the new customs post.",
    ),
    (
        "a2",
        "Kurier",
        "2025-04-09",
        "The foreign ministers of Kenya and Ethiopia met in Moyale on Tuesday and discussed the border crossing. Kenya's minister praised the new customs post.",
    ),
    (
        "a3",
        "Morning Ledger",
        "2025-04-10",
        "Kenya's and Ethiopia's foreign ministers met on Tuesday in Moyale, where they talked about the border crossing and its customs post.",
    ),
    ("a4", "Morning Ledger", "2025-04-10", "Police in Peru arrested two mayors on Wednesday over a bridge that was never built."),
];

#[test]
fn reports_of_one_meeting_become_one_event() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let lines: String = ARTICLES
        .iter()
        .map(|(id, source, day, text)| json!({"id": id, "source": source, "published": day, "text": text}).to_string() + "\n")
        .collect();
    fs::write(path("articles.jsonl"), lines).unwrap();
    let coded = demarche(&["code", "--all", "--format", "jsonl", "-o", &path("records.jsonl"), &path("articles.jsonl")], b"");
    assert!(coded.status.success(), "{}", String::from_utf8_lossy(&coded.stderr));
    let linked = demarche(&["link", &path("records.jsonl"), "--articles", &path("articles.jsonl")], b"");
    assert!(linked.status.success(), "{}", String::from_utf8_lossy(&linked.stderr));
    let events = records(&linked.stdout);
    let meeting: &Value = events.iter().max_by_key(|e| e["articles"].as_u64()).unwrap();
    assert_eq!((&meeting["articles"], &meeting["sources"], &meeting["first_report"]), (&json!(3), &json!(2), &json!("a1")), "{meeting:#}");
    assert!(events.iter().any(|e| e["first_report"] == "a4" && e["articles"] == 1));

    // By hand: the first report is kept apart from each of the others.
    let mentions: Vec<&str> = meeting["mentions"].as_array().unwrap().iter().map(|m| m.as_str().unwrap()).collect();
    let apart: String = mentions[1..].iter().map(|m| json!({"apart": [mentions[0], m]}).to_string() + "\n").collect();
    fs::write(path("hand.jsonl"), apart + "{\"apart\": 3}\n").unwrap();
    let linked = demarche(&["link", &path("records.jsonl"), "--articles", &path("articles.jsonl"), "--by-hand", &path("hand.jsonl")], b"");
    assert_eq!(linked.status.code(), Some(1), "the last line is wrong");
    let said = String::from_utf8_lossy(&linked.stderr).into_owned();
    assert!(said.contains("hand.jsonl, line") && said.contains("is neither"), "{said}");
    let alone = records(&linked.stdout).into_iter().find(|e| e["first"] == mentions[0]).unwrap();
    assert_eq!(alone["mentions"], json!([mentions[0]]));
}

#[test]
fn wrong_records_are_named() {
    let linked = demarche(&["link", "-"], b"{\"id\": \"st_1\"}\n");
    assert_eq!(linked.status.code(), Some(2));
    let said = String::from_utf8_lossy(&linked.stderr).into_owned();
    assert!(said.contains("line 1: is no event record") && said.contains("no event records"), "{said}");
}
