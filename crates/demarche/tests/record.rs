//! A record on disk from the command line: adding, asking, correcting, recoding, releasing.

mod common;

use std::path::Path;

use common::{demarche, records, root};
use serde_json::Value;

const A: &str = "Kenya accused Somalia of attacking a border post on Monday. Somalia's foreign minister rejected the accusation.\n";

fn stdout(out: &std::process::Output) -> String {
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn stderr(out: &std::process::Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// Runs a command on the record of a folder; it must succeed.
fn on(folder: &Path, arguments: &[&str], input: &str) -> std::process::Output {
    let path = folder.join("r.db");
    let out = demarche(&[arguments, &["--record", path.to_str().unwrap()]].concat(), input.as_bytes());
    assert!(out.status.success(), "{arguments:?}: {}", stderr(&out));
    out
}

#[test]
fn what_code_writes_comes_back_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let examples = root().join("examples");
    let examples = examples.to_str().unwrap();
    let added = on(folder.path(), &["add", examples], "");
    assert!(stderr(&added).contains("articles added with"), "{}", stderr(&added));
    let again = on(folder.path(), &["add", examples], "");
    assert!(stderr(&again).starts_with("demarche: 0 articles added") && stderr(&again).contains("there already"), "{}", stderr(&again));
    for (code, ask) in [
        (&["--format", "jsonl"][..], &["events", "--format", "jsonl"][..]),
        (&["--format", "jsonl", "--all"], &["events", "--format", "jsonl", "--all"]),
        (&["--format", "csv"], &["events", "--format", "csv"]),
        (&["--format", "statements"], &["statements", "--format", "jsonl"]),
        (&["--format", "positions"], &["positions", "--format", "jsonl"]),
    ] {
        let coded = demarche(&[&["code", examples], code].concat(), b"");
        assert!(!coded.stdout.is_empty());
        assert_eq!(stdout(&on(folder.path(), ask, "")), stdout(&coded), "{code:?}");
    }
    let out = folder.path().join("out.csv");
    on(folder.path(), &["articles", "--format", "csv", "-o", out.to_str().unwrap()], "");
    assert_eq!(std::fs::read_to_string(out).unwrap().lines().next().unwrap().split(',').count(), 15);
}

#[test]
fn questions() {
    let folder = tempfile::tempdir().unwrap();
    on(folder.path(), &["add", "-", "--date", "2025-04-10"], A);
    let table = stdout(&on(folder.path(), &["events", "--dyad", "KEN>SOM", "--format", "table"], ""));
    assert!(table.contains("ACCUSE") && !table.contains("REJECT"), "{table}");
    let found = records(&on(folder.path(), &["events", "--text", "\"border post\"", "--type", "assault", "--all"], "").stdout);
    assert_eq!(found.len(), 1);
    assert!(on(folder.path(), &["events", "--to", "2025-04-01"], "").stdout.is_empty());
    let actors = stdout(&on(folder.path(), &["actors", "--format", "table"], ""));
    assert!(actors.starts_with("id") && actors.contains("Kenya"), "{actors}");
    let series = records(&on(folder.path(), &["series", "--every", "week", "--by", "country"], "").stdout);
    assert_eq!((&series[0]["period"], &series[0]["source"], &series[0]["articles"]), (&"2025-04-07".into(), &"KEN".into(), &1.into()));
    // As it was before it was made.
    assert!(on(folder.path(), &["events", "--as-of", "2001-01-01"], "").stdout.is_empty());
    assert!(!on(folder.path(), &["events", "--as-of", "9000-01-01"], "").stdout.is_empty());
}

#[test]
fn without_text_only_offsets_stay() {
    let folder = tempfile::tempdir().unwrap();
    on(folder.path(), &["add", "--no-text"], A);
    let line = stdout(&on(folder.path(), &["events", "--format", "jsonl"], ""));
    let first: Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!((&first["sentence"]["text"], &first["trigger"]["text"], &first["trigger"]["start"]), (&"".into(), &"".into(), &6.into()));
    for file in ["r.db", "r.db-wal"] {
        let bytes = std::fs::read(folder.path().join(file)).unwrap_or_default();
        assert!(!bytes.windows(11).any(|w| w == b"border post"), "{file}");
    }
    let schema = serde_json::from_slice(&demarche(&["schema", "events"], b"").stdout).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&first));
}

#[test]
fn corrections_recoding_and_releases() {
    let folder = tempfile::tempdir().unwrap();
    on(folder.path(), &["add", "-", "--date", "2025-04-10"], A);
    let events = records(&on(folder.path(), &["events", "--all"], "").stdout);
    let id = |n: usize| events[n]["id"].as_str().unwrap();
    let released = on(folder.path(), &["release", "first", "--to", folder.path().join("out").to_str().unwrap()], "");
    assert!(stderr(&released).contains("to cite it"), "{}", stderr(&released));
    for name in ["events.jsonl", "statements.jsonl", "positions.jsonl", "manifest.json", "codebook.md", "CITATION.txt"] {
        assert!(folder.path().join("out").join(name).exists(), "{name}");
    }
    let who = ["--by", "Ada", "--why", "read it"];
    on(folder.path(), &[&["correct", "set", id(0), "status", "unconfirmed"][..], &who].concat(), "");
    on(folder.path(), &[&["correct", "reject", id(1)][..], &who].concat(), "");
    let now = records(&on(folder.path(), &["events", "--all"], "").stdout);
    assert_eq!((now.len(), &now[0]["status"]), (events.len() - 1, &Value::from("unconfirmed")));
    assert_eq!(records(&on(folder.path(), &["events", "--all", "--release", "first"], "").stdout), events);
    let recoded = on(folder.path(), &["recode", "--all"], "");
    assert!(stderr(&recoded).contains("2 corrections made again"), "{}", stderr(&recoded));
    assert_eq!(records(&on(folder.path(), &["events", "--all"], "").stdout), now);
    assert!(stderr(&on(folder.path(), &["recode"], "")).contains("0 articles coded anew"));
    assert!(stdout(&on(folder.path(), &["release", "first", "--verify"], "")).contains("as released"));
    assert_eq!(records(&on(folder.path(), &["release", "--list"], "").stdout).len(), 1);
    assert_eq!(records(&on(folder.path(), &["correct", "history"], "").stdout).len(), 2);
}

#[test]
fn mistakes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text.db");
    std::fs::write(&text, "no record ".repeat(100)).unwrap();
    let missing = folder.path().join("none.db");
    for (arguments, message) in [
        (vec!["events", "--record", missing.to_str().unwrap()], "demarche add"),
        (vec!["add", "--record", text.to_str().unwrap()], "no record of demarche"),
        (vec!["events", "--record", text.to_str().unwrap(), "--type", "WAR"], "ASSAULT"),
        (vec!["events"], "--record"),
    ] {
        let out = demarche(&arguments, A.as_bytes());
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&out).contains(message), "{arguments:?}: {}", stderr(&out));
    }
}
