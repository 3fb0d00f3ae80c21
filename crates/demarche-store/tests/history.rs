//! Corrections, recoding, releases, series: what was, and what is counted.

mod common;

use std::path::Path;

use common::{add, article, engine, event, ids, lines};
use demarche_record::EventType::{Aid, Assault, Coerce, Consult};
use demarche_record::{Article, Event};
use demarche_store::{Coded, Correction, Filter, Hand, Kind, Period, Recoded, Series, Store, Unit, View};
use serde_json::{Value, json};

const HAND: Hand<'_> = Hand { by: "Ada", why: "the text says so", derive: |event| event.score = -1.0 };

fn now(store: &Store) -> Vec<Value> {
    lines(store, Kind::Events, &Filter::default(), View::Now).iter().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn refused(store: &mut Store, correction: &Correction) -> String {
    store.correct(correction, HAND).unwrap_err().to_string()
}

fn three(a: &Article) -> Vec<Event> {
    vec![
        event(a, "fired", Assault, ("KEN", "SOM"), "2025-04-08"),
        event(a, "shots", Assault, ("KEN", "SOM"), "2025-04-08"),
        event(a, "arrested", Coerce, ("SOM", "KEN"), "2025-04-08"),
    ]
}

const TEXT: &str = "KEN fired on SOM. The shots were heard. SOM arrested a man and gave KEN grain.";

fn set(event: &str, field: &str, value: Value) -> Correction {
    Correction::Set { event: event.into(), field: field.into(), value }
}

#[test]
fn corrections_keep_what_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("r.db")).unwrap();
    let a = article("a", TEXT);
    let events = three(&a);
    add(&mut store, &a, &events, true);
    let before = store.last_change().unwrap();
    let id = events.iter().map(|e| e.id.clone()).collect::<Vec<_>>();
    store.correct(&set(&id[0], "event", json!("COERCE")), HAND).unwrap();
    store.correct(&set(&id[0], "date.from", json!("2025-04-07")), HAND).unwrap();
    store.correct(&Correction::Merge { event: id[1].clone(), into: id[0].clone() }, HAND).unwrap();
    store.correct(&Correction::Reject { event: id[2].clone() }, HAND).unwrap();
    let record = json!({"article": "a", "trigger": {"start": 63, "end": 67}, "event": "AID", "actors": [{"name": "Somalia", "id": "SOM", "country": "SOM"}]});
    let inserted = store.correct(&Correction::Insert { record: record.clone() }, HAND).unwrap();
    let records = now(&store);
    assert_eq!(records.len(), 3);
    assert_eq!((&records[0]["event"], &records[0]["quad"], &records[0]["score"]), (&json!("COERCE"), &json!(4), &json!(-1.0)));
    assert_eq!(records[0]["date"]["from"], "2025-04-07");
    assert_eq!(records[0]["evidence"][1], json!({"field": "event", "by": "hand", "detail": "Ada: the text says so", "score": null}));
    assert_eq!(records[1]["same_as"], json!(id[0]));
    assert_eq!((&records[2]["id"], &records[2]["trigger"]["text"]), (&json!(inserted), &json!("gave")));
    assert_eq!(records[2]["sentence"]["text"], TEXT);
    // The columns follow the record.
    assert_eq!(ids(&store, &Filter { types: vec![Coerce], ..Filter::default() }, View::Now), [id[0].clone()]);
    // What was is kept.
    let was: Vec<String> = events.iter().map(|e| serde_json::to_string(e).unwrap()).collect();
    assert_eq!(lines(&store, Kind::Events, &Filter::default(), View::After(before)), was);
    store.correct(&Correction::Split { event: id[1].clone() }, HAND).unwrap();
    assert_eq!(now(&store)[1]["same_as"], Value::Null);
    let history = store.corrections(Some(&id[0])).unwrap();
    assert_eq!(
        history.iter().map(|m| (m.kind.as_str(), m.field.as_deref())).collect::<Vec<_>>(),
        [("set", Some("event")), ("set", Some("date.from"))]
    );
    assert_eq!((history[0].old.clone(), history[0].new.clone()), (Some(json!("ASSAULT")), Some(json!("COERCE"))));
    assert_eq!(store.corrections(None).unwrap().len(), 6);
    // Mistakes change nothing.
    for (wrong, remedy) in [
        (set("ev_none", "event", json!("AID")), "demarche events"),
        (set(&id[2], "event", json!("AID")), "correct history"),
        (set(&id[0], "event", json!("WAR")), "schema"),
        (set(&id[0], "mood", json!("x")), "no field"),
        (set(&id[0], "id", json!("x")), "cannot be set"),
        (Correction::Merge { event: id[0].clone(), into: id[0].clone() }, "itself"),
        (Correction::Insert { record }, "holds this event already"),
        (Correction::Insert { record: json!({"article": "zz", "trigger": {"start": 1, "end": 2}, "event": "AID"}) }, "no article"),
        (Correction::Insert { record: json!({"article": "a", "trigger": {"start": 1, "end": 900}, "event": "AID"}) }, "outside"),
    ] {
        let message = refused(&mut store, &wrong);
        assert!(message.contains(remedy), "{wrong:?}: {message}");
    }
    let nameless = Hand { by: " ", ..HAND };
    assert!(store.correct(&Correction::Split { event: id[1].clone() }, nameless).unwrap_err().to_string().contains("--by"));
    assert_eq!(store.corrections(None).unwrap().len(), 6);
}

fn recode(store: &mut Store, events: &[Event], version: &str) -> Recoded {
    let waiting = store.waiting(&engine(version), false, 0, 10).unwrap();
    assert_eq!(waiting.len(), 1);
    let new = engine(version);
    let coded = Coded { article: &waiting[0].article, sentences: 3, engine: &new, events, statements: &[], positions: &[] };
    store.recode(waiting[0].key, coded, |_| {}).unwrap()
}

#[test]
fn corrections_survive_a_newer_engine() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("r.db")).unwrap();
    let a = article("a", TEXT);
    let events = three(&a);
    add(&mut store, &a, &events, true);
    let id = events.iter().map(|e| e.id.clone()).collect::<Vec<_>>();
    store.correct(&set(&id[0], "status", json!("unconfirmed")), HAND).unwrap();
    store.correct(&Correction::Merge { event: id[1].clone(), into: id[0].clone() }, HAND).unwrap();
    store.correct(&Correction::Reject { event: id[2].clone() }, HAND).unwrap();
    let record = json!({"article": "a", "trigger": {"start": 63, "end": 67}, "event": "AID"});
    store.correct(&Correction::Insert { record }, HAND).unwrap();
    assert!(store.waiting(&engine("1"), false, 0, 10).unwrap().is_empty());
    let frozen = store.last_change().unwrap();

    // The newer engine: other ids, another confidence, the rejected event is gone, the inserted one is found, one is new.
    let mut newer = three(&a);
    newer.remove(2);
    newer.push(event(&a, "gave", Aid, ("SOM", "KEN"), "2025-04-08"));
    newer.push(event(&a, "heard", Consult, ("SOM", "KEN"), "2025-04-08"));
    for e in &mut newer {
        e.id += "_2";
        e.engine = engine("2");
    }
    newer[1].confidence = 0.5;
    let done = recode(&mut store, &newer, "2");
    assert_eq!((done.unchanged, done.corrections, done.conflicts.len()), (1, 2, 2));
    assert!(done.conflicts[0].reason.contains("no event at these words") && done.conflicts[1].reason.contains("finds the event itself"));
    let changed = done.changed.iter().map(|c| (c.after.as_str(), c.fields.join(","))).collect::<Vec<_>>();
    let inserted = "contexts,score,actors,recipients,date,place,confidence".to_owned();
    assert_eq!(changed, [("ev_a_22_ASSAULT_2", "confidence,same_as".to_owned()), ("ev_a_63_AID_2", inserted)]);
    assert_eq!((done.added.len(), done.removed.len()), (1, 0));
    let records = now(&store);
    assert_eq!((&records[0]["id"], &records[0]["status"]), (&json!("ev_a_4_ASSAULT_2"), &json!("unconfirmed")));
    assert_eq!(records[1]["same_as"], "ev_a_4_ASSAULT_2");
    assert_eq!(records.len(), 4);
    assert_eq!(store.corrections(None).unwrap().iter().filter(|c| c.conflict.is_some()).count(), 2);
    assert_eq!(lines(&store, Kind::Events, &Filter::default(), View::After(frozen)).len(), 3);
    // A third one finds it again: the conflicts are gone where they are none any more.
    for e in &mut newer {
        e.engine = engine("3");
    }
    newer.push(event(&a, "arrested", Coerce, ("SOM", "KEN"), "2025-04-08"));
    let done = recode(&mut store, &newer, "3");
    assert_eq!((done.corrections, done.conflicts.len()), (3, 1));
    assert_eq!(now(&store).len(), 4);
}

#[test]
fn a_release_does_not_change_and_its_checksum_does_not_depend_on_order() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (article("a", TEXT), article("b", "KEN fired again, and SOM fled."));
    let fill = |name: &str, order: [&Article; 2]| {
        let mut store = Store::create(&folder.path().join(name)).unwrap();
        for article in order {
            add(&mut store, article, &[event(article, "fired", Assault, ("KEN", "SOM"), "2025-04-08")], true);
        }
        store
    };
    let (mut one, mut two) = (fill("1.db", [&a, &b]), fill("2.db", [&b, &a]));
    let first = one.release("spring", json!({"citation": "x"})).unwrap();
    assert_eq!(first.checksum, two.release("other", Value::Null).unwrap().checksum);
    assert_eq!((first.number, first.counts.articles, first.counts.events, first.counts.positions), (1, 2, 2, 2));
    assert_eq!(first.engines, [serde_json::to_value(engine("1")).unwrap()]);
    one.correct(&Correction::Reject { event: "ev_a_4_ASSAULT".into() }, HAND).unwrap();
    assert_eq!(ids(&one, &Filter::default(), View::Now).len(), 1);
    let view = one.view_of_release("spring").unwrap();
    assert_eq!(ids(&one, &Filter::default(), view).len(), 2);
    assert_eq!(one.checksum(view).unwrap(), first.checksum);
    assert_ne!(one.checksum(View::Now).unwrap(), first.checksum);
    assert!(one.release("spring", Value::Null).unwrap_err().to_string().contains("never change"));
    assert!(one.release("7", Value::Null).is_err());
    assert_eq!(one.release("summer", Value::Null).unwrap().number, 2);
    assert!(one.view_of_release("winter").unwrap_err().to_string().contains("--list"));
    // The end of time, and the time before the record.
    assert_eq!(ids(&one, &Filter::default(), one.view_before(i64::MAX).unwrap()).len(), 1);
    assert!(ids(&one, &Filter::default(), one.view_before(0).unwrap()).is_empty());
}

#[test]
fn series_count_and_say_of_how_much() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("r.db")).unwrap();
    let a = article("a", "KEN fired at SOM and later gave it aid.");
    let mut undated = event(&a, "later", Consult, ("KEN", "SOM"), "2025-04-08");
    (undated.date.from, undated.date.to) = (None, None);
    let mut aid = event(&a, "aid", Aid, ("KEN", "SOM"), "2025-04-09");
    aid.score = 5.0;
    add(&mut store, &a, &[event(&a, "fired", Assault, ("KEN", "SOM"), "2025-04-08"), aid, undated], true);
    let mut b = article("b", "SOM met KEN.");
    b.published = Some("2025-04-22".into());
    add(&mut store, &b, &[event(&b, "met", Consult, ("SOM", "KEN"), "2025-04-22")], true);
    let mut c = article("c", "Nothing happened.");
    (c.published, c.source) = (Some("2025-04-10".into()), Some("Times".into()));
    add(&mut store, &c, &[], true);
    c.id = "d".into();
    c.published = None;
    add(&mut store, &c, &[], true);

    let series = |period, unit, zeros| store.series(&Series { period, unit, zeros }, &Filter::default(), View::Now).unwrap();
    let answer = series(Period::Week, Unit::Dyad, true);
    assert_eq!((answer.unplaced, answer.undated_articles), (1, 1));
    let shown: Vec<_> =
        answer.rows.iter().map(|r| (r.source.as_deref().unwrap(), r.period.as_str(), r.events, r.balance, r.articles, r.sources)).collect();
    assert_eq!(
        shown,
        [
            ("KEN", "2025-04-07", 2, Some(0.0), 2, 2),
            ("KEN", "2025-04-14", 0, None, 0, 0),
            ("KEN", "2025-04-21", 0, None, 1, 1),
            ("SOM", "2025-04-07", 0, None, 2, 2),
            ("SOM", "2025-04-14", 0, None, 0, 0),
            ("SOM", "2025-04-21", 1, Some(1.0), 1, 1),
        ]
    );
    let first = &answer.rows[0];
    assert_eq!((first.score_mean, first.quad2, first.quad4, first.sentences), (Some(-1.25), Some(0.5), Some(0.5), 6));
    let countries = series(Period::Month, Unit::Country, false);
    let shown: Vec<_> = countries.rows.iter().map(|r| (r.source.as_deref().unwrap(), r.period.as_str(), r.events)).collect();
    assert_eq!(shown, [("KEN", "2025-04-01", 3), ("SOM", "2025-04-01", 3)]);
    let all = series(Period::Day, Unit::All, false);
    assert_eq!(
        all.rows.iter().map(|r| (r.source.as_deref(), r.period.as_str(), r.events)).collect::<Vec<_>>(),
        [(None, "2025-04-08", 1), (None, "2025-04-09", 1), (None, "2025-04-22", 1)]
    );
}

/// Run when `FORMAT` has grown: `cargo test -p demarche-store --release keep_this_format -- --ignored`.
#[test]
#[ignore = "writes the kept file of this format"]
fn keep_this_format() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let path = data.join(format!("format-{}.db", demarche_store::FORMAT));
    assert!(!path.exists(), "{} is kept as it is", path.display());
    let mut store = Store::create(&path).unwrap();
    let a = article("a", TEXT);
    let events = three(&a);
    add(&mut store, &a, &events, true);
    let b = article("b", "KEN fired again; señor Núñez fled.");
    add(&mut store, &b, &[event(&b, "fled", Consult, ("KEN", "SOM"), "2025-04-08")], false);
    store.release("first", json!({"citation": "x"})).unwrap();
    store.correct(&set(&events[0].id, "status", json!("unconfirmed")), HAND).unwrap();
    store.correct(&Correction::Reject { event: events[2].id.clone() }, HAND).unwrap();
    let text: String = lines(&store, Kind::Events, &Filter::default(), View::Now).into_iter().map(|l| l + "\n").collect();
    std::fs::write(path.with_extension("jsonl"), text).unwrap();
    drop(store);
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA journal_mode = delete; PRAGMA page_size = 512; VACUUM").unwrap();
}
