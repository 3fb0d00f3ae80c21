//! Every export as readers of other people take it. They are Python packages (`readers.txt`); the interpreter is `python3`, or what
//! `DEMARCHE_PYTHON` names. Where a package is not installed its test is skipped, and says so.

mod common;

use std::io::Write;
use std::process::{Command, Output, Stdio};

use common::{demarche, root};
use serde_json::Value;

/// What a script exits with where a package is not there.
const ABSENT: i32 = 77;

/// All events of the examples in a format, given to a script on standard input; the JSON that it prints. `None` where its package is not there.
fn read(format: &str, packages: &str, script: &str) -> Option<Value> {
    let examples = root().join("examples");
    let exported = demarche(&["code", "--all", "--date", "2024-05-20", "--format", format, examples.to_str().unwrap()], b"");
    assert!(exported.status.success());
    let script = format!(
        "import sys, json, io\ntry:\n    import {packages}\nexcept ImportError:\n    sys.exit({ABSENT})\ndata = sys.stdin.buffer.read()\n{script}"
    );
    let Some(out) = python(&script, &exported.stdout) else {
        eprintln!("skipped 1 test: there is no Python");
        return None;
    };
    if out.status.code() == Some(ABSENT) {
        eprintln!("skipped 1 test: {packages} is not installed (pip install -r crates/demarche/tests/readers.txt)");
        return None;
    }
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(serde_json::from_slice(&out.stdout).unwrap())
}

fn python(script: &str, input: &[u8]) -> Option<Output> {
    let name = std::env::var("DEMARCHE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut child =
        Command::new(name).args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().ok()?;
    // A script that ends early leaves its input unread.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().ok()
}

/// The events of the examples as records.
fn records() -> Vec<Value> {
    let examples = root().join("examples");
    common::records(&demarche(&["code", "--all", "--date", "2024-05-20", "--format", "jsonl", examples.to_str().unwrap()], b"").stdout)
}

/// Records that stand for an event: the first of those that tell the same.
fn events() -> usize {
    let ids: std::collections::BTreeSet<String> =
        records().iter().map(|r| r["same_as"].as_str().or(r["id"].as_str()).unwrap().to_owned()).collect();
    ids.len()
}

#[test]
fn gdelt_by_gdelt_py() {
    let script = r#"
from py_gdelt.models.events import Event
rows = list(py_gdelt.parsers.events.EventsParser().parse(data))
events = [Event.from_raw(r) for r in rows]
lines = [l.split("\t") for l in data.decode().splitlines()]
print(json.dumps({
    "dated": sum(1 for l in lines if l[1]),
    "events": [[e.global_event_id, str(e.date), e.event_code, e.quad_class, e.goldstein_scale, e.num_mentions,
                e.actor1 and e.actor1.country_code, e.action_geo and e.action_geo.country_code] for e in events],
    "lines": [[int(l[0]), l[1], l[26], int(l[29]), float(l[30]), int(l[31]), l[7] or None, l[53] or None] for l in lines if l[1]],
}))
"#;
    let Some(read) = read("gdelt", "py_gdelt.parsers.events", script) else { return };
    // It takes every row that has a date, and takes from it what stands there.
    let (events, lines) = (read["events"].as_array().unwrap(), read["lines"].as_array().unwrap());
    assert!(!events.is_empty());
    assert_eq!(events.len(), lines.len());
    for (event, line) in events.iter().zip(lines) {
        assert_eq!(event[0], line[0]);
        assert_eq!(event[1].as_str().unwrap().replace('-', ""), line[1].as_str().unwrap());
        for i in 2..8 {
            assert_eq!(event[i], line[i], "{event} {line}");
        }
    }
}

#[test]
fn tables_by_the_csv_module_of_python() {
    for (format, columns, header, number) in [
        ("icews", 20, true, 7),
        ("polecat", 40, true, 4),
        ("phoenix", 26, false, 16),
        ("petrarch2", 13, false, 0),
        ("gdelt", 61, false, 30),
    ] {
        let script = format!(
            "rows = list(csv.reader(io.StringIO(data.decode(), newline=''), delimiter='\\t'))\nrows = rows[{}:]\n\
             print(json.dumps({{'columns': sorted(set(map(len, rows))), 'numbers': [float(r[{number}]) for r in rows if r[{number}]], \
             'lines': data.count(b'\\n')}}))",
            u8::from(header)
        );
        let Some(read) = read(format, "csv", &script) else { return };
        assert_eq!(read["columns"], serde_json::json!([columns]), "{format}");
        assert!(!read["numbers"].as_array().unwrap().is_empty(), "{format}");
    }
}

#[test]
fn geojson_by_geojson() {
    let script = r#"
collection = geojson.loads(data.decode())
print(json.dumps({"valid": collection.is_valid, "errors": str(collection.errors()), "features": len(collection["features"]),
                  "points": sum(1 for f in collection["features"] if f["geometry"])}))
"#;
    let Some(read) = read("geojson", "geojson", script) else { return };
    assert_eq!(read["valid"], true, "{read}");
    assert_eq!(read["features"], events());
    assert!(read["points"].as_u64().unwrap() > 0);
}

#[test]
fn graphml_by_networkx() {
    let script = r#"
graph = networkx.read_graphml(io.BytesIO(data), force_multigraph=True)
print(json.dumps({"kind": type(graph).__name__, "labels": [graph.nodes[n].get("label") for n in graph],
                  "scores": [d["score"] for _, _, d in graph.edges(data=True)], "events": [d["event"] for _, _, d in graph.edges(data=True)]}))
"#;
    let Some(read) = read("graphml", "networkx", script) else { return };
    assert_eq!(read["kind"], "MultiDiGraph");
    assert!(read["labels"].as_array().unwrap().iter().all(Value::is_string));
    assert!(read["scores"].as_array().unwrap().iter().all(Value::is_f64));
    assert!(!read["events"].as_array().unwrap().is_empty());
}

#[test]
fn rss_by_feedparser() {
    let script = r#"
feed = feedparser.parse(data)
print(json.dumps({"bad": bool(feed.bozo), "version": feed.version, "ids": [e.id for e in feed.entries], "words": [e.description for e in feed.entries]}))
"#;
    let Some(read) = read("rss", "feedparser", script) else { return };
    assert_eq!((&read["bad"], &read["version"]), (&Value::Bool(false), &Value::from("rss20")));
    let records = records();
    let ids = read["ids"].as_array().unwrap();
    assert_eq!(ids.len(), events());
    assert!(ids.iter().all(|id| records.iter().any(|r| r["id"] == *id)));
}

#[test]
fn parquet_by_pyarrow() {
    let script = r#"
import pyarrow.parquet
table = pyarrow.parquet.read_table(io.BytesIO(data))
rows = table.to_pylist()
print(json.dumps({"columns": table.num_columns, "types": {f.name: str(f.type) for f in table.schema},
                  "rows": [[r["id"], r["event"], r["actors"], r["date_from"] and str(r["date_from"]), r["latitude"], r["cameo"]] for r in rows]}))
"#;
    let Some(read) = read("parquet", "pyarrow", script) else { return };
    assert_eq!(read["columns"], 62);
    assert_eq!(read["types"]["date_from"], "date32[day]");
    assert_eq!(read["types"]["cameo"], "string");
    let records = records();
    let rows = read["rows"].as_array().unwrap();
    assert_eq!(rows.len(), events());
    for row in rows {
        let record = records.iter().find(|r| r["id"] == row[0]).unwrap();
        let names: Vec<&Value> = record["actors"].as_array().unwrap().iter().map(|a| &a["name"]).collect();
        assert_eq!(row[1], record["event"]);
        assert_eq!(row[2].as_array().unwrap().iter().collect::<Vec<_>>(), names);
        assert_eq!(row[3], record["date"]["from"]);
        assert_eq!(row[4], record["place"]["latitude"]);
        assert_eq!(row[5], record["cameo"]["code"]);
    }
}
