//! Adding and asking: what goes in comes out, once, filtered.

mod common;

use common::{add, article, event, ids, lines};
use demarche_record::EventType::{Aid, Assault, Consult};
use demarche_record::Status;
use demarche_store::{Added, Dyad, Filter, Kind, Store, View};

#[test]
fn records_come_back_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("r.db")).unwrap();
    let text = "Señor Núñez fired at re\u{ad}bels 🇫🇷 in Nairobi.";
    let a = article("a", text);
    let events =
        [event(&a, "fired", Assault, ("KEN", "SOM"), "2025-04-08"), event(&a, "re\u{ad}bels", Aid, ("Núñez", "KEN"), "2025-04-08")];
    assert_eq!(add(&mut store, &a, &events, true), Added::New);
    let expected: Vec<String> = events.iter().map(|e| serde_json::to_string(e).unwrap()).collect();
    assert_eq!(lines(&store, Kind::Events, &Filter::default(), View::Now), expected);
    let position = serde_json::to_string(&common::position(&a)).unwrap();
    assert_eq!(lines(&store, Kind::Positions, &Filter::default(), View::Now), [position]);
}

#[test]
fn without_the_text_its_words_are_nowhere_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.db");
    let mut store = Store::create(&path).unwrap();
    let a = article("a", "Zanzibarese gunmen ambushed a convoy.");
    add(&mut store, &a, &[event(&a, "ambushed", Assault, ("KEN", "SOM"), "2025-04-08")], false);
    let line = &lines(&store, Kind::Events, &Filter::default(), View::Now)[0];
    assert!(line.contains(r#""trigger":{"text":"","start":19,"end":27}"#), "{line}");
    drop(store);
    let bytes = std::fs::read(&path).unwrap();
    for words in ["ambushed", "gunmen", "anzibar", "convoy"] {
        assert!(!bytes.windows(words.len()).any(|w| w.eq_ignore_ascii_case(words.as_bytes())), "{words}");
    }
}

#[test]
fn the_same_article_is_added_once_and_a_changed_one_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("r.db")).unwrap();
    let first = article("a", "Kenya met Somalia.");
    let with = |a: &demarche_record::Article| vec![event(a, "met", Consult, ("KEN", "SOM"), "2025-04-08")];
    assert_eq!(add(&mut store, &first, &with(&first), true), Added::New);
    assert_eq!(add(&mut store, &first, &with(&first), true), Added::Same);
    assert!(store.holds(&first).unwrap());
    let before = store.last_change().unwrap();
    let changed = article("a", "Kenya met Somalia again.");
    assert!(!store.holds(&changed).unwrap());
    assert_eq!(add(&mut store, &changed, &with(&changed), true), Added::Version(2));
    assert_eq!(ids(&store, &Filter::default(), View::Now).len(), 1);
    assert!(lines(&store, Kind::Events, &Filter::default(), View::Now)[0].contains("again"));
    assert!(!lines(&store, Kind::Events, &Filter::default(), View::After(before))[0].contains("again"));
    let versions = store.articles(&Filter::default(), View::Now, true).unwrap();
    let shown: Vec<_> = versions.iter().map(|v| (v.version, v.previous.as_deref(), v.superseded, v.events)).collect();
    assert_eq!(shown, [(1, None, true, 1), (2, Some("a"), false, 1)]);
    // The first version again: it is there.
    assert_eq!(add(&mut store, &first, &with(&first), true), Added::Same);
}

#[test]
fn ids_given_twice_and_texts_without_ids() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("r.db")).unwrap();
    add(&mut store, &article("1", "Kenya met Somalia."), &[], true);
    let mut other = article("1", "Peru met Chile.");
    other.source = Some("Other".into());
    assert_eq!(add(&mut store, &other, &[], true), Added::Clash);
    assert_eq!(store.articles(&Filter::default(), View::Now, false).unwrap().len(), 2);
    let page = |id: &str, text: &str, url: &str| demarche_record::Article { url: Some(url.into()), ..article(id, text) };
    assert_eq!(add(&mut store, &page("ar_1", "One.", "https://x.org/a/b"), &[], true), Added::New);
    assert_eq!(add(&mut store, &page("ar_2", "One, changed.", "https://x.org/a/b"), &[], true), Added::Version(2));
    assert_eq!(add(&mut store, &page("ar_3", "Front.", "https://x.org/"), &[], true), Added::New);
    assert_eq!(add(&mut store, &page("ar_4", "Other front.", "https://x.org/"), &[], true), Added::New);
}

#[test]
fn filters() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("r.db")).unwrap();
    let a = article("a", "Kenya attacked Somalia, an official said.");
    let b = article("b", "Somalia received grain from Kenya in the harbour.");
    let attack = event(&a, "attacked", Assault, ("KEN", "SOM"), "2025-04-08");
    let mut aid = event(&b, "received", Aid, ("SOM", "KEN"), "2025-05-01");
    aid.status = Status::Planned;
    aid.confidence = 0.4;
    aid.date.to = Some("2025-05-07".into());
    add(&mut store, &a, std::slice::from_ref(&attack), true);
    add(&mut store, &b, std::slice::from_ref(&aid), true);
    let none = Filter::default;
    let dyad = |source: &str, target: &str, mutual| Dyad { source: source.into(), target: target.into(), mutual };
    let strings = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    for (filter, expected) in [
        (none(), "ab"),
        (Filter { from: Some("2025-05-07".into()), ..none() }, "b"),
        (Filter { to: Some("2025-05-06".into()), ..none() }, "a"),
        (Filter { actors: strings(&["ken"]), ..none() }, "a"),
        (Filter { recipients: strings(&["KEN"]), ..none() }, "b"),
        (Filter { parties: strings(&["KEN"]), ..none() }, "ab"),
        (Filter { speakers: strings(&["KEN"]), ..none() }, ""),
        (Filter { dyads: vec![dyad("KEN", "SOM", false)], ..none() }, "a"),
        (Filter { dyads: vec![dyad("KEN", "SOM", true)], ..none() }, "ab"),
        (Filter { types: vec![Aid], ..none() }, "b"),
        (Filter { quads: vec![4], ..none() }, "a"),
        (Filter { places: strings(&["ken"]), types: vec![Assault], ..none() }, "a"),
        (Filter { places: strings(&["184745"]), ..none() }, "ab"),
        (Filter { places: strings(&["Mombasa"]), ..none() }, ""),
        (Filter { statuses: vec![Status::Actual], ..none() }, "a"),
        (Filter { sources: strings(&["gazette"]), ..none() }, "ab"),
        (Filter { sources: strings(&["Times"]), ..none() }, ""),
        (Filter { confidence: Some(0.5), ..none() }, "a"),
        (Filter { text: Some("\"received grain\"".into()), ..none() }, "b"),
        (Filter { text: Some("harbours OR officials".into()), ..none() }, "ab"),
        (Filter { articles: strings(&["b"]), ..none() }, "b"),
        (Filter { ids: vec![attack.id.clone()], ..none() }, "a"),
        (Filter { limit: Some(1), ..none() }, "a"),
    ] {
        let found = ids(&store, &filter, View::Now);
        let expected: Vec<_> = expected.chars().map(|c| if c == 'a' { attack.id.clone() } else { aid.id.clone() }).collect();
        assert_eq!(found, expected, "{filter:?}");
        if filter.limit.is_none() {
            assert_eq!(store.count(Kind::Events, &filter, View::Now).unwrap(), expected.len() as u64);
        }
    }
    let wrong = store.count(Kind::Events, &Filter { text: Some("\"open".into()), ..none() }, View::Now).unwrap_err();
    assert!(wrong.to_string().contains("quotation marks"), "{wrong}");
    let actors = store.actors(&Filter::default(), View::Now).unwrap();
    assert_eq!(actors.iter().map(|a| (a.name.as_str(), a.as_actor, a.as_recipient)).collect::<Vec<_>>(), [("KEN", 1, 1), ("SOM", 1, 1)]);
    let against = Filter { issues: strings(&["Border"]), stances: strings(&["against"]), actors: strings(&["KEN"]), ..none() };
    assert_eq!(store.count(Kind::Positions, &against, View::Now).unwrap(), 2);
}
