use std::collections::BTreeMap;

use super::*;
use crate::coded;

/// "Chad condemned Sudan. Police arrested Ali on 3 May. Mali met Niger." with three mentions, one of them optional.
const GOLD: &str = r#"
{"doc":"a","start":5,"trigger":"condemned","optional":false,"alternatives":[{"event":"ACCUSE","modes":["disapprove"],"actors":[{"country":"TCD","sector":"GOV"}],"recipients":[{"country":"SDN","sector":"GOV"}],"status":"actual"}]}
{"doc":"a","start":29,"trigger":"arrested","optional":false,"alternatives":[{"event":"COERCE","actors":[{"country":null,"sector":"COP"}],"recipients":[{"country":null,"sector":"CVL"}],"status":"actual","date":"2020-05-03"},{"event":"SANCTION","actors":[],"recipients":[],"status":"planned"}]}
{"doc":"a","start":57,"trigger":"met","optional":true,"alternatives":[{"event":"CONSULT","actors":[{"country":"MLI"},{"country":"NER"}],"recipients":[],"status":"actual"}]}
{"doc":"b","start":0,"trigger":"Riots","optional":false,"alternatives":[{"event":"PROTEST","actors":[],"recipients":[],"status":"actual","speakers":[{"country":"FRA"}]}]}
"#;

fn record(doc: &str, at: (usize, usize), event: &str, actors: &str, recipients: &str, more: &str) -> String {
    let parties = |list: &str| {
        let one = |p: &str| match p.len() {
            0 => String::new(),
            3 if p.starts_with('+') => unreachable!(),
            _ if p.starts_with('@') => format!(r#"{{"country":null,"sectors":["{}"]}}"#, &p[1..]),
            _ => format!(r#"{{"country":"{p}","sectors":["GOV"]}}"#),
        };
        list.split(' ').map(one).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(",")
    };
    format!(
        r#"{{"article":{{"id":"{doc}"}},"sentence":{{"text":"s","start":{},"end":{}}},"trigger":{{"text":"t","start":{},"end":{}}},"event":"{event}","actors":[{}],"recipients":[{}],{}}}"#,
        at.0 / 24 * 24,
        at.0 / 24 * 24 + 24,
        at.0,
        at.1,
        parties(actors),
        parties(recipients),
        if more.is_empty() { r#""status":"actual""# } else { more }
    ) + "\n"
}

fn check(records: &str, expect: &[(&str, &str, f64)]) -> Report {
    let (gold, problems) = gold(GOLD);
    assert!(problems.is_empty(), "{problems:?}");
    let (records, problems) = coded(records);
    assert!(problems.is_empty(), "{problems:?}");
    let report = score(&gold, &records, &BTreeMap::new());
    for (row, measure, value) in expect {
        let found = report.value(row, measure).unwrap_or(f64::NAN);
        assert!((found - value).abs() < 1e-9, "{row} {measure}: {found}, expected {value}\n{report}");
    }
    report
}

#[test]
fn all_right() {
    let all = record("a", (5, 14), "ACCUSE", "TCD", "SDN", r#""status":"actual","modes":["disapprove"]"#)
        + &record("a", (29, 37), "COERCE", "@COP", "@CVL", r#""status":"actual","date":{"from":"2020-05-03"}"#)
        + &record("a", (57, 60), "CONSULT", "MLI NER", "", "")
        + &record("b", (0, 5), "PROTEST", "", "", r#""status":"actual","attribution":[{"speaker":{"country":"FRA"}}]"#);
    let report = check(&all, &[("event", "F1", 1.0), ("full", "F1", 1.0), ("modes", "", 1.0), ("date", "", 1.0), ("speaker", "", 1.0)]);
    assert!(report.lists.iter().all(|(_, lines)| lines.is_empty()));
}

#[test]
fn nothing_found_is_all_missed() {
    let report = check("", &[("event", "R", 0.0), ("event", "P", 0.0)]);
    assert_eq!(report.lists[0].1.len(), 3);
}

#[test]
fn optional_mentions_never_count() {
    let met = record("a", (57, 60), "CONSULT", "MLI", "TCD", "");
    let report = check(&met, &[("event", "P", 0.0), ("event", "R", 0.0)]);
    assert!(report.rows[0].of.contains("0 given, 3 in gold"), "{}", report.rows[0].of);
}

#[test]
fn swapped_parties_are_reversed() {
    check(&record("a", (5, 14), "ACCUSE", "SDN", "TCD", ""), &[("event", "P", 1.0), ("triple", "P", 0.0), ("reversed", "", 1.0)]);
    check(&record("a", (5, 14), "ACCUSE", "TCD", "", ""), &[("reversed", "", 0.0), ("actors", "", 1.0), ("recipients", "", 0.0)]);
}

#[test]
fn either_reading_is_right_but_fields_go_with_one() {
    check(&record("a", (29, 37), "SANCTION", "", "", r#""status":"planned""#), &[("full", "P", 1.0), ("status", "", 1.0)]);
    check(&record("a", (29, 37), "SANCTION", "@COP", "@CVL", ""), &[("event", "P", 1.0), ("actors", "", 0.0), ("status", "", 0.0)]);
}

#[test]
fn another_type_on_the_word_is_a_confusion_and_elsewhere_an_extra() {
    let report = check(&record("a", (5, 14), "REJECT", "TCD", "SDN", ""), &[("event", "P", 0.0)]);
    assert_eq!(report.confusions, [("ACCUSE".to_owned(), "REJECT".to_owned(), 1)]);
    let report = check(&record("c", (5, 14), "REJECT", "TCD", "SDN", ""), &[("event", "P", 0.0)]);
    assert_eq!(report.lists[1].1.len(), 1);
}

#[test]
fn the_same_type_in_the_sentence_is_found_on_another_word() {
    check(&record("a", (0, 4), "ACCUSE", "TCD", "SDN", ""), &[("triple", "P", 1.0)]);
}
