//! The order of arrival changes nothing: not in a batch, not when things come and go one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_link::{
    ArticleNote, Comparable, Fixed, Growing, Hand, Likeness, Mention, Party, Profile, Rank, Signature, compare, group, link, name, trigger,
};
use demarche_record::EventType;
use proptest::prelude::*;

/// Something with few keys, so that blocks are full, and likenesses that chain.
#[derive(Clone, Debug)]
struct Point {
    at: i32,
    blocks: Vec<u64>,
}

impl Comparable for Point {
    const ENOUGH: Likeness = 5_000;

    fn keys(&self) -> Vec<u64> {
        self.blocks.clone()
    }

    fn likeness(&self, other: &Self) -> Likeness {
        (10_000 - 700 * (self.at - other.at).abs()).max(0)
    }
}

fn points() -> impl Strategy<Value = Vec<(Rank, Point)>> {
    let point = (0..40i32, prop::collection::vec(0..4u64, 1..3), prop::option::of(0..5i32));
    prop::collection::vec(point, 1..60).prop_map(|points| {
        let ranked = points.into_iter().enumerate();
        ranked.map(|(n, (at, blocks, day))| (Rank::new(day, &format!("p{n}")), Point { at, blocks })).collect()
    })
}

/// The groups of a batch, as sets of ids.
fn batch<T: Comparable>(things: &[(Rank, T)], together: &[(Rank, Rank)], apart: &[(Rank, Rank)]) -> BTreeSet<Vec<Rank>> {
    let mut order: Vec<&(Rank, T)> = things.iter().collect();
    order.sort_by(|a, b| a.0.cmp(&b.0));
    let place = |rank: &Rank| order.iter().position(|(r, _)| r == rank).map(|at| at as u32);
    let places = |pairs: &[(Rank, Rank)]| pairs.iter().filter_map(|(a, b)| Some((place(a)?, place(b)?))).collect::<Vec<_>>();
    let mut together = places(together);
    together.iter_mut().for_each(|(a, b)| (*a, *b) = ((*a).min(*b), (*a).max(*b)));
    together.sort_unstable();
    let items: Vec<&T> = order.iter().map(|(_, item)| item).collect();
    let groups = group(&items, &compare(&items), &Fixed { together, apart: places(apart) });
    let mut out: BTreeMap<u32, Vec<Rank>> = BTreeMap::new();
    for ((rank, _), first) in order.iter().zip(groups.first) {
        out.entry(first).or_default().push(rank.clone());
    }
    out.into_values().collect()
}

proptest! {
    #[test]
    fn growing_equals_a_batch(things in points(), shuffle in any::<u64>(), gone in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        hands in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..5)) {
        let mut arriving = things.clone();
        arriving.sort_by_key(|(rank, _)| { let n: u64 = rank.id[1..].parse().unwrap_or(0); (n + 1).wrapping_mul(shuffle | 1).rotate_left(17) });
        let mut growing = Growing::default();
        // What the caller holds, kept up to date by what `regroup` says.
        let mut held: BTreeMap<Rank, Vec<Rank>> = BTreeMap::new();
        let mut update = |growing: &mut Growing<Point>| for group in growing.regroup() {
            for rank in &group { held.insert(rank.clone(), group.clone()); }
        };
        for (turn, (rank, item)) in arriving.iter().enumerate() {
            growing.add(rank, item.clone());
            if turn % 3 == 0 { update(&mut growing); }
        }
        let (mut together, mut apart) = (Vec::new(), Vec::new());
        for (same, a, b) in &hands {
            let (a, b) = (&a.get(&things).0, &b.get(&things).0);
            if a != b {
                if *same { growing.join(a, b); together.push((a.clone(), b.clone())); } else { growing.separate(a, b); apart.push((a.clone(), b.clone())); }
            }
        }
        let gone: BTreeSet<Rank> = gone.iter().map(|g| g.get(&things).0.clone()).collect();
        for rank in &gone { growing.remove(rank); }
        update(&mut growing);
        let left: Vec<(Rank, Point)> = things.iter().filter(|(r, _)| !gone.contains(r)).cloned().collect();
        let expect = batch(&left, &together, &apart);
        prop_assert_eq!(growing.groups().into_iter().collect::<BTreeSet<_>>(), expect.clone());
        let held: BTreeSet<Vec<Rank>> = left.iter().map(|(rank, _)| held[rank].clone()).collect();
        prop_assert_eq!(held, expect);
        // What is taken back leaves no trace.
        for (a, b) in together.iter().chain(&apart) { growing.release(a, b); }
        prop_assert_eq!(growing.groups().into_iter().collect::<BTreeSet<_>>(), batch(&left, &[], &[]));
    }

    #[test]
    fn events_do_not_depend_on_order(mentions in mentions(), shuffle in any::<u64>()) {
        let notes: Vec<ArticleNote> = (0..12).map(|n| ArticleNote { id: format!("a{n}"), source: Some(format!("s{}", n % 4)), published: Some(n % 5), copy_of: format!("a{}", n / 2 * 2) }).collect();
        let mut other = mentions.clone();
        other.sort_by_key(|m| m.id.bytes().fold(shuffle | 1, |h, b| h.wrapping_mul(0x100_0000_01b3) ^ u64::from(b)));
        let hand = Hand { together: vec![("m1".into(), "m2".into())], apart: vec![("m0".into(), "m3".into()), ("m2".into(), "m5".into())] };
        let linked = link(&mentions, &notes, &hand);
        prop_assert_eq!(&linked, &link(&other, &notes, &hand));
        for event in &linked.events {
            let has = |id: &str| event.mentions.iter().any(|m| m == id);
            prop_assert!(!(has("m0") && has("m3")));
            prop_assert!(!(has("m2") && has("m5")));
            prop_assert!(event.sources <= event.articles && event.articles <= event.mentions.len());
        }
    }

    #[test]
    fn likeness_is_symmetric(mentions in mentions(), texts in prop::collection::vec("[a-d ]{0,60}", 2..3)) {
        for a in &mentions {
            for b in &mentions { prop_assert_eq!(a.likeness(b), b.likeness(a)); }
        }
        let (a, b) = (Signature::of(&texts[0]), Signature::of(&texts[1]));
        prop_assert_eq!(a.likeness(&b), b.likeness(&a));
        let (a, b) = (Profile::of(None, &texts[0], Some(3)), Profile::of(None, &texts[1], None));
        prop_assert_eq!(a.likeness(&b), b.likeness(&a));
    }

    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,80}") {
        let signature = Signature::of(&text);
        let profile = Profile::of(Some(&text), &text, Some(i32::MIN));
        let other = Profile::of(None, &text, Some(i32::MAX));
        prop_assert!(signature.likeness(&signature) <= 10_000 && profile.likeness(&other) <= 10_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn great_components_grow_alike(things in prop::collection::vec((0..30i32, 0..3u64, 0..4i32), 560..640), shuffle in any::<u64>()) {
        let things: Vec<(Rank, Point)> =
            things.into_iter().enumerate().map(|(n, (at, block, day))| (Rank::new(Some(day), &format!("p{n}")), Point { at, blocks: vec![block, 9] })).collect();
        let mut arriving = things.clone();
        arriving.sort_by_key(|(rank, _)| rank.id.bytes().fold(shuffle | 1, |h, b| h.wrapping_mul(0x100_0000_01b3) ^ u64::from(b)));
        let mut growing = Growing::default();
        for (rank, item) in &arriving {
            growing.add(rank, item.clone());
        }
        prop_assert_eq!(growing.regroup().into_iter().collect::<BTreeSet<_>>(), batch(&things, &[], &[]));
    }
}

/// Mentions of a small world, where much is alike.
fn mentions() -> impl Strategy<Value = Vec<Mention>> {
    let one = (0..12usize, 0..4usize, 0..3usize, 0..3usize, prop::option::of(0..6i32), 0..3usize);
    prop::collection::vec(one, 1..40).prop_map(|all| {
        let made = all.into_iter().enumerate();
        made.map(|(n, (article, event, actor, recipient, day, story))| {
            let text = ["Envoys of Batken met near the Isfara dam", "Dockers in Tema struck over pay", "Shells fell on Sumy"][story];
            let who = |n: usize| {
                vec![Party {
                    name: name(["Batken", "Tema", "Sumy"][n]),
                    country: Some(["KGZ", "GHA", "UKR"][n].into()),
                    ..Party::default()
                }]
            };
            Mention {
                id: format!("m{n}"),
                article: format!("a{article}"),
                start: n,
                published: Some(article as i32 % 5),
                days: day.map(|d| (d, d)),
                event: Some([EventType::Consult, EventType::Protest, EventType::Assault, EventType::Agree][event]),
                status: None,
                trigger: trigger(["met", "struck", "shelled", "agreed"][event]),
                actors: who(actor),
                recipients: who(recipient),
                place: None,
                numbers: Vec::new(),
                sentence: Arc::new(Profile::of(None, text, None)),
                story: Arc::new(Profile::of(None, text, Some(article as i32))),
                same_as: (n > 0 && n % 7 == 0).then(|| format!("m{}", n - 1)),
            }
        })
        .collect()
    })
}
