//! What is one event and what is not, on a small world of ours.

use std::sync::Arc;

use demarche_link::{ArticleNote, Ground, Hand, LinkedEvent, Mention, Party, Profile, Site, link, name, reasons, trigger};
use demarche_record::EventType;

const KIDNAPPING: &str = "Gunmen seized three engineers of the Kessou dam near Batouri on Tuesday, the governor of the region said. The men, who work for a builder from \
    Lyon, were driven off towards the border in two lorries.";
const RETOLD: &str = "Three engineers who were building the Kessou dam have been taken by armed men near Batouri, according to their company in Lyon. The governor spoke of two lorries.";
const RANSOM: &str = "The kidnappers of the three engineers from the Kessou dam have asked for ransom, the company in Lyon said.";
const FLOOD: &str = "Floods cut the railway between Arkel and Voss after a night of rain; nobody was hurt.";

struct Told {
    article: &'static str,
    source: &'static str,
    published: i32,
    copy_of: &'static str,
    text: &'static str,
    event: EventType,
    trigger: &'static str,
    day: Option<i32>,
    recipient: &'static str,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            article: "a1",
            source: "Voix",
            published: 20_001,
            copy_of: "",
            text: KIDNAPPING,
            event: EventType::Assault,
            trigger: "seized",
            day: Some(20_000),
            recipient: "three engineers",
        }
    }
}

fn world(told: &[Told]) -> (Vec<Mention>, Vec<ArticleNote>) {
    let mentions = told.iter().enumerate().map(|(n, t)| Mention {
        id: format!("ev_{n}"),
        article: t.article.into(),
        start: n,
        published: Some(t.published),
        days: t.day.map(|d| (d, d)),
        event: Some(t.event),
        status: None,
        trigger: trigger(t.trigger),
        actors: vec![Party { name: name("gunmen"), ..Party::default() }],
        recipients: vec![Party { name: name(t.recipient), ..Party::default() }],
        place: Some(Site { name: name("Batouri"), geonames: Some(2_235_194), country: Some("CMR".into()), whole_country: false }),
        numbers: Vec::new(),
        sentence: Arc::new(Profile::of(None, t.text, None)),
        story: Arc::new(Profile::of(None, t.text, Some(t.published))),
        same_as: None,
    });
    let notes = told.iter().map(|t| ArticleNote {
        id: t.article.into(),
        source: Some(t.source.into()),
        published: Some(t.published),
        copy_of: if t.copy_of.is_empty() { t.article } else { t.copy_of }.into(),
    });
    (mentions.collect(), notes.collect())
}

fn events(told: &[Told], hand: &Hand) -> Vec<LinkedEvent> {
    let (mentions, notes) = world(told);
    let linked = link(&mentions, &notes, hand);
    assert!(linked.problems.is_empty(), "{:?}", linked.problems);
    linked.events
}

/// Which mentions are together, by number.
fn check(told: &[Told], expect: &[&[&str]]) {
    let found: Vec<Vec<String>> = events(told, &Hand::default()).into_iter().map(|e| e.mentions).collect();
    assert_eq!(found, expect);
}

#[test]
fn one_kidnapping_told_in_other_words_is_one_event() {
    check(&[Told::default(), Told { article: "a2", text: RETOLD, trigger: "taken", ..Told::default() }], &[&["ev_0", "ev_1"]]);
}

#[test]
fn another_day_is_another_event() {
    let later = Told { article: "a2", published: 20_031, day: Some(20_030), ..Told::default() };
    check(&[Told::default(), later], &[&["ev_0"], &["ev_1"]]);
}

#[test]
fn another_act_of_the_same_story_is_another_event() {
    let demand = Told {
        article: "a2",
        text: RANSOM,
        event: EventType::Request,
        trigger: "asked",
        recipient: "the company",
        day: None,
        ..Told::default()
    };
    check(&[Told::default(), demand], &[&["ev_0"], &["ev_1"]]);
}

#[test]
fn another_story_is_another_event() {
    check(
        &[Told::default(), Told { article: "a2", text: FLOOD, trigger: "cut", day: None, recipient: "railway", ..Told::default() }],
        &[&["ev_0"], &["ev_1"]],
    );
}

#[test]
fn copies_are_one_source() {
    let told = [
        Told { article: "a3", source: "Hafen", published: 20_002, ..Told::default() },
        Told::default(),
        Told { article: "a2", source: "Kurier", copy_of: "a1", ..Told::default() },
        Told { article: "a4", source: "Hafen", published: 20_003, ..Told::default() },
    ];
    let events = events(&told, &Hand::default());
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!((event.articles, event.sources), (4, 2), "the shared text, and Hafen");
    assert_eq!((event.first_report.as_str(), event.first.as_str()), ("a1", "ev_1"));
    assert_eq!(event.mentions, ["ev_1", "ev_2", "ev_0", "ev_3"]);
    assert!(event.id.starts_with("ge_"));
}

#[test]
fn hands_decide_and_can_take_back() {
    let told = || {
        [
            Told::default(),
            Told { article: "a2", ..Told::default() },
            Told { article: "a3", text: FLOOD, trigger: "cut", day: None, ..Told::default() },
        ]
    };
    let pair = |a: &str, b: &str| vec![(a.to_owned(), b.to_owned())];
    let groups = |hand: &Hand| events(&told(), hand).into_iter().map(|e| e.mentions).collect::<Vec<_>>();
    assert_eq!(groups(&Hand::default()), [vec!["ev_0", "ev_1"], vec!["ev_2"]]);
    assert_eq!(groups(&Hand { apart: pair("ev_1", "ev_0"), ..Hand::default() }), [vec!["ev_0"], vec!["ev_1"], vec!["ev_2"]]);
    let joined = Hand { together: pair("ev_0", "ev_2"), ..Hand::default() };
    assert!(groups(&joined).iter().any(|g| g.contains(&"ev_0".to_owned()) && g.contains(&"ev_2".to_owned())));
    let (mentions, notes) = world(&told());
    let unknown = link(&mentions, &notes, &Hand { apart: pair("ev_9", "ev_0"), ..Hand::default() });
    assert_eq!(unknown.problems, ["no mention has the id ev_9: its line of the hand-made list does nothing"]);
    let both = Hand { together: pair("ev_0", "ev_2"), apart: pair("ev_0", "ev_2") };
    assert_eq!(link(&mentions, &notes, &both).problems.len(), 1);
}

#[test]
fn the_id_stays_while_later_reports_come() {
    let first = &events(&[Told::default()], &Hand::default())[0].id.clone();
    let later = Told { article: "a2", published: 20_003, ..Told::default() };
    assert_eq!(&events(&[Told::default(), later], &Hand::default())[0].id, first);
}

#[test]
fn reasons_add_up() {
    let (mentions, _) = world(&[Told::default(), Told { article: "a2", text: RETOLD, trigger: "taken", ..Told::default() }]);
    let grounds: Vec<Ground> = reasons(&mentions[0], &mentions[1]).iter().map(|r| r.ground).collect();
    for ground in [
        Ground::SameType,
        Ground::SameDay,
        Ground::SamePlace,
        Ground::SameActor,
        Ground::SameRecipient,
        Ground::OtherTrigger,
        Ground::Story,
    ] {
        assert!(grounds.contains(&ground), "{ground:?} in {grounds:?}");
    }
}
