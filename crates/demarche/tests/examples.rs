//! The shipped example articles, held to the records that were written by hand before the coder saw them.

mod common;

use std::fmt::Write;

use common::{demarche, parties, records, root};
use serde_json::Value;

/// What the coder gets right of an article: required rows found, required rows, records that nobody expects.
struct Tally {
    right: usize,
    required: usize,
    other: usize,
    report: String,
}

fn tally(article: &str, expected: &str) -> Tally {
    let path = root().join("examples").join(article);
    let out = demarche(&["code", "--all", "--format", "jsonl", path.to_str().unwrap()], b"");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let got = records(&out.stdout);
    let expected = records(&std::fs::read(root().join("examples/expected").join(expected)).unwrap());
    let mut used = vec![false; got.len()];
    let (mut right, mut required, mut report) = (0, 0, String::new());
    for row in &expected {
        let near = row["near"].as_str().unwrap();
        let trigger = row["trigger"].as_str().unwrap();
        let hit = got.iter().enumerate().position(|(i, r)| {
            let sentence = r["sentence"]["text"].as_str().unwrap();
            let words = r["trigger"]["text"].as_str().unwrap();
            let offset = r["trigger"]["start"].as_u64().unwrap() - r["sentence"]["start"].as_u64().unwrap();
            let place = sentence.find(near).map(|b| sentence[..b].chars().count() as u64);
            !used[i]
                && (trigger.contains(words) || words.contains(trigger))
                && place.is_some_and(|p| offset >= p && offset < p + near.chars().count() as u64)
        });
        let optional = row["optional"].as_bool().unwrap();
        required += usize::from(!optional);
        let Some(i) = hit else {
            if !optional {
                let _ = writeln!(report, "missing  {} {trigger:?} in {near:?}", row["event"]);
            }
            continue;
        };
        used[i] = true;
        let r = &got[i];
        let fits = r["event"] == row["event"]
            && parties(&r["actors"]) == parties(&row["actors"])
            && parties(&r["recipients"]) == parties(&row["recipients"]);
        right += usize::from(fits && !optional);
        if !fits && !optional {
            let show = |v: &Value| format!("{} {:?} → {:?}", v["event"], parties(&v["actors"]), parties(&v["recipients"]));
            let _ = writeln!(report, "differs  {trigger:?}: {} where {} is expected", show(r), show(row));
        }
    }
    let other = used.iter().filter(|u| !**u).count();
    for (r, _) in got.iter().zip(&used).filter(|(_, u)| !**u) {
        let _ = writeln!(report, "other    {} {}", r["event"], r["trigger"]["text"]);
    }
    Tally { right, required, other, report }
}

/// Floors, not goals: raised whenever the coder gets better, never lowered in silence.
fn check(article: &str, expected: &str, least_right: usize, most_other: usize) {
    let tally = tally(article, expected);
    eprintln!("{article}: {} of {} required rows right, {} others\n{}", tally.right, tally.required, tally.other, tally.report);
    assert!(tally.right >= least_right, "{article}: only {} rows right\n{}", tally.right, tally.report);
    assert!(tally.other <= most_other, "{article}: {} other records\n{}", tally.other, tally.report);
}

#[test]
fn border_incident() {
    check("border-incident.txt", "border-incident.expected", 8, 6);
}

#[test]
fn sanctions_and_talks() {
    check("sanctions-and-talks.html", "sanctions-and-talks.expected", 7, 7);
}

#[test]
fn protest_and_crackdown() {
    check("protest-and-crackdown.jsonl", "protest-and-crackdown.expected", 15, 6);
}
