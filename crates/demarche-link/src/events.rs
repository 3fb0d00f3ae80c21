//! Events told by several articles: groups of mentions, with what a desk wants to know of each.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::compare::{Comparable, compare};
use crate::group::{Fixed, group};
use crate::hash::hash;
use crate::mention::Mention;
use crate::same::{Reason, reasons};

/// What is known of an article that mentions come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleNote {
    /// The article's id.
    pub id: String,
    /// Publisher, where it is known.
    #[serde(default)]
    pub source: Option<String>,
    /// Day of publication, counted from 1970-01-01.
    #[serde(default)]
    pub published: Option<i32>,
    /// Id of the first article of its group of copies; its own where it has none.
    pub copy_of: String,
}

/// What a reader decided of pairs of mentions, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Mentions of one event.
    #[serde(default)]
    pub together: Vec<(String, String)>,
    /// Mentions of two events: they never get into one group.
    #[serde(default)]
    pub apart: Vec<(String, String)>,
}

/// One event, with all its mentions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkedEvent {
    /// `ge_` and a hash of the first mention's id: it stays while no earlier mention joins.
    pub id: String,
    /// The first mention: of the article published first (unknown days last), then by id and place in the text.
    pub first: String,
    /// The article of the first mention.
    pub first_report: String,
    /// Ids of all mentions, in that order.
    pub mentions: Vec<String>,
    /// How many articles tell of it.
    pub articles: usize,
    /// How many independent sources: copies of one text count once, and so do the articles of one publisher.
    pub sources: usize,
    /// Why each mention after the first is in the group.
    pub links: Vec<Link>,
}

/// Why a mention is in a group: the member it is most like, and how the two compare.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// The mention.
    pub mention: String,
    /// The member of the group, before it in order, that it is most like.
    pub like: String,
    /// Share of full likeness, 0 to 1; half is enough, in the mean over a group.
    pub likeness: f64,
    /// Whether a reader or the coder of its article joined the two.
    pub by_hand: bool,
    /// The grounds.
    pub reasons: Vec<Reason>,
}

/// All events of a set of mentions.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Linked {
    /// By day of the first report (unknown ones last), then its article, then the first mention's id.
    pub events: Vec<LinkedEvent>,
    /// What could not be done as the hand-made list says, each with its remedy.
    pub problems: Vec<String>,
}

/// Groups mentions to events. The order of the lists does not matter; of mentions with one id the earliest is taken. A mention whose `same_as` is among the mentions goes with it, unless `hand` parts them. Articles that
/// `articles` lacks count as their own source.
pub fn link(mentions: &[Mention], articles: &[ArticleNote], hand: &Hand) -> Linked {
    let mut order: Vec<&Mention> = mentions.iter().collect();
    order.sort_by(|a, b| (a.day(), &a.id).cmp(&(b.day(), &b.id)));
    let mut seen = HashSet::new();
    order.retain(|mention| seen.insert(mention.id.as_str()));
    let places: HashMap<&str, u32> = order.iter().zip(0..).map(|(m, at)| (m.id.as_str(), at)).collect();
    let mut linked = Linked::default();
    let fixed = fixed(&order, &places, hand, &mut linked.problems);
    let groups = group(&order, &compare(&order), &fixed);
    for (a, b) in &groups.contradicted {
        let (a, b) = (&order[*a as usize].id, &order[*b as usize].id);
        linked
            .problems
            .push(format!("{a} and {b} are joined, and others of their groups are kept apart: they stay apart; take back one of the two"));
    }
    let notes: HashMap<&str, &ArticleNote> = articles.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut members: BTreeMap<u32, Vec<&Mention>> = BTreeMap::new();
    for (mention, first) in order.iter().zip(&groups.first) {
        members.entry(*first).or_default().push(mention);
    }
    let by_hand: BTreeSet<(u32, u32)> = fixed.together.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
    let joined = |a: &Mention, b: &Mention| {
        let (a, b) = (places[a.id.as_str()], places[b.id.as_str()]);
        by_hand.contains(&(a.min(b), a.max(b)))
    };
    let mut events: Vec<(Option<i32>, LinkedEvent)> = members.into_values().map(|m| event(m, &notes, &joined)).collect();
    events.sort_by(|(a, x), (b, y)| (a.is_none(), a, &x.first_report, &x.first).cmp(&(b.is_none(), b, &y.first_report, &y.first)));
    linked.events = events.into_iter().map(|(_, event)| event).collect();
    linked
}

fn fixed(order: &[&Mention], places: &HashMap<&str, u32>, hand: &Hand, problems: &mut Vec<String>) -> Fixed {
    let mut find = |pairs: &[(String, String)]| -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        for (a, b) in pairs {
            match (places.get(a.as_str()), places.get(b.as_str())) {
                (Some(first), Some(second)) => found.push((*first, *second)),
                (found, _) => {
                    let missing = if found.is_none() { a } else { b };
                    problems.push(format!("no mention has the id {missing}: its line of the hand-made list does nothing"));
                }
            }
        }
        found
    };
    let mut together = find(&hand.together);
    let apart = find(&hand.apart);
    let parted: BTreeSet<(u32, u32)> = apart.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
    for (mention, at) in order.iter().zip(0u32..) {
        let first = mention.same_as.as_deref().and_then(|id| places.get(id).copied());
        together.extend(first.filter(|first| !parted.contains(&(at.min(*first), at.max(*first)))).map(|first| (first, at)));
    }
    together.sort_unstable();
    Fixed { together, apart }
}

fn event(
    mut members: Vec<&Mention>,
    notes: &HashMap<&str, &ArticleNote>,
    joined: &dyn Fn(&Mention, &Mention) -> bool,
) -> (Option<i32>, LinkedEvent) {
    let published = |m: &Mention| notes.get(m.article.as_str()).and_then(|n| n.published).or(m.published);
    members.sort_by_key(|m| (published(m).is_none(), published(m), m.article.clone(), m.start, m.id.clone()));
    let first = members[0];
    let articles: BTreeSet<&str> = members.iter().map(|m| m.article.as_str()).collect();
    let links = members.iter().enumerate().skip(1).map(|(at, mention)| why(mention, &members[..at], joined)).collect();
    let event = LinkedEvent {
        id: format!("ge_{:016x}", hash(&[&first.id])),
        first: first.id.clone(),
        first_report: first.article.clone(),
        mentions: members.iter().map(|m| m.id.clone()).collect(),
        articles: articles.len(),
        sources: independent(&articles, notes),
        links,
    };
    (published(first), event)
}

/// The earlier member that a mention goes with: one it was joined to, else the one it is most like. In a great group, of the first and the latest.
fn why(mention: &Mention, before: &[&Mention], joined: &dyn Fn(&Mention, &Mention) -> bool) -> Link {
    const LOOKED_AT: usize = 64;
    let ends = before.iter().take(LOOKED_AT).chain(before.iter().skip(LOOKED_AT.max(before.len().saturating_sub(LOOKED_AT))));
    let best = ends
        .map(|other| (joined(mention, other), Mention::likeness(other, mention), *other))
        .reduce(|a, b| if (b.0, b.1) > (a.0, a.1) { b } else { a });
    let (by_hand, likeness, like) = best.unwrap_or((false, 0, mention));
    Link {
        mention: mention.id.clone(),
        like: like.id.clone(),
        likeness: f64::from(likeness) / f64::from(crate::SAME),
        by_hand,
        reasons: reasons(like, mention),
    }
}

/// Independent sources of some articles: a text that several publishers have counts as one source, and a publisher's own articles as one.
fn independent(articles: &BTreeSet<&str>, notes: &HashMap<&str, &ArticleNote>) -> usize {
    let mut texts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for id in articles {
        let note = notes.get(id);
        let source = note.and_then(|n| n.source.as_deref()).unwrap_or(id);
        texts.entry(note.map_or(*id, |n| n.copy_of.as_str())).or_default().insert(source);
    }
    let shared = texts.values().filter(|sources| sources.len() > 1).count();
    let own: BTreeSet<&str> = texts.values().filter(|s| s.len() == 1).filter_map(|s| s.first().copied()).collect();
    shared + own.len()
}
