//! Events as they are exported: mentions of the same event in one article are one row.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use demarche_record::{Actor, Event, Kind};

/// One event with how often it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The record that stands for the event.
    pub event: Event,
    /// How often it is told.
    pub mentions: usize,
    /// How many sources tell it.
    pub sources: usize,
    /// How many articles tell it.
    pub articles: usize,
    /// What the article names.
    pub story: Arc<Story>,
}

/// The names in all records of an article, each once, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// Persons.
    pub people: Vec<String>,
    /// Organisations.
    pub organisations: Vec<String>,
    /// Places of events.
    pub places: Vec<String>,
}

/// The events of one article, in the order in which they are first told. Records that tell the same event (`same_as`) become one entry: the record that
/// says most stands for it, the first of equals. Only records that pass `keep` count; the names of [`Story`] come from all.
pub fn entries(events: &[Event], keep: impl Fn(&Event) -> bool) -> Vec<Entry> {
    let story = Arc::new(story(events));
    let mut out: Vec<Entry> = Vec::new();
    let mut told: HashMap<&str, usize> = HashMap::new();
    for event in events.iter().filter(|e| keep(e)) {
        let key = event.same_as.as_deref().unwrap_or(&event.id);
        if let Some(entry) = told.get(key).and_then(|i| out.get_mut(*i)) {
            entry.mentions += 1;
            if said(event) > said(&entry.event) {
                entry.event = event.clone();
            }
        } else {
            told.insert(key, out.len());
            out.push(Entry { event: event.clone(), mentions: 1, sources: 1, articles: 1, story: Arc::clone(&story) });
        }
    }
    out
}

/// How much a record says: which sides are named, then date and place, then how many take part.
fn said(event: &Event) -> (usize, usize, usize) {
    let sides = usize::from(!event.actors.is_empty()) + usize::from(!event.recipients.is_empty());
    let scene = usize::from(event.date.from.is_some()) + usize::from(event.place.is_some());
    (sides, scene, event.actors.len() + event.recipients.len())
}

fn story(events: &[Event]) -> Story {
    let mut out = Story::default();
    let mut seen: HashSet<(Kind, &str)> = HashSet::new();
    for event in events {
        let speakers = event.attribution.iter().map(|l| &l.speaker);
        // "Kenya's foreign minister" is no name.
        let described = |a: &Actor| matches!(a.resolution.by.as_str(), "description" | "context" | "coreference");
        let named = |a: &&Actor| a.id.is_some() || !described(a) && a.name.chars().next().is_some_and(char::is_uppercase);
        for actor in event.actors.iter().chain(&event.recipients).chain(speakers).filter(named) {
            let list = match actor.kind {
                Kind::Person => &mut out.people,
                Kind::Organisation => &mut out.organisations,
                _ => continue,
            };
            if seen.insert((actor.kind, &actor.name)) {
                list.push(actor.name.clone());
            }
        }
        if let Some(place) = event.place.as_ref().filter(|p| seen.insert((Kind::Unknown, &p.name))) {
            out.places.push(place.name.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use demarche_record::Status;

    use super::*;
    use crate::exports::sample;

    #[test]
    fn mentions_of_one_event_are_one_entry() {
        let first = sample::accusation();
        let mut again = first.clone();
        again.id = "ev_0000000000000002".to_owned();
        again.same_as = Some(first.id.clone());
        let mut poor = again.clone();
        poor.id = "ev_0000000000000003".to_owned();
        poor.recipients.clear();
        let mut other = first.clone();
        other.id = "ev_0000000000000004".to_owned();
        other.status = Status::Planned;
        let all = [poor.clone(), first.clone(), again, other];
        let kept = entries(&all, |e| e.status.is_fact());
        assert_eq!(kept.len(), 1);
        assert_eq!((kept[0].mentions, kept[0].event.id.as_str()), (3, first.id.as_str()));
        assert_eq!(entries(&all, |_| true).len(), 2);
        assert_eq!(kept[0].story.places, ["Batken"]);
        assert_eq!(kept[0].story.people, ["Emomali Rahmon"]);
        // What stands for an event whose first mention is left out is the first one kept.
        poor.same_as = Some("ev_elsewhere".to_owned());
        assert_eq!(entries(&[poor.clone()], |_| true)[0].event, poor);
    }
}
