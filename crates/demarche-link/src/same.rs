//! Whether two mentions are of one event.

use serde::Serialize;

use crate::compare::{Comparable, Likeness, SAME};
use crate::ground::{Ground, grounds};
use crate::hash::{hash, hash_numbers};
use crate::mention::{Mention, Party};

/// Of an article's words, those that its mentions are looked up by.
const STORY_KEYS: usize = 6;

/// One reason for or against two mentions being of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// On what the two were compared.
    pub ground: Ground,
    /// How much it counts, in ten-thousandths of likeness; negative against.
    pub points: Likeness,
}

/// Why two mentions are, or are not, taken to be of one event: their sum and [`SAME`]`/2` is their likeness.
pub fn reasons(a: &Mention, b: &Mention) -> Vec<Reason> {
    let mut reasons = Vec::new();
    grounds(a, b, |ground, points| reasons.push(Reason { ground, points }));
    reasons
}

impl Comparable for Mention {
    const ENOUGH: Likeness = SAME / 2;

    /// By the article's weightiest words with the event's class or the trigger; by the parties, and by the place, with the event's class and week.
    fn keys(&self) -> Vec<u64> {
        let class = u64::from(self.event.map_or(0, demarche_record::EventType::quad));
        let mut keys = Vec::new();
        for word in self.story.weightiest(STORY_KEYS) {
            if class > 0 {
                keys.push(hash_numbers(&[1, class, word.into()]));
            }
            keys.extend(self.trigger.iter().map(|stem| hash_numbers(&[2, hash(&[stem]), word.into()])));
        }
        let weeks = self.weeks();
        let party = |p: &Party| p.id.as_deref().or(p.country.as_deref()).map(|name| hash(&[name]));
        let actors: Vec<u64> = self.actors.iter().filter_map(party).collect();
        let recipients: Vec<u64> = self.recipients.iter().filter_map(party).collect();
        let place = self.place.as_ref().and_then(|p| p.geonames);
        for week in &weeks {
            for (at, first) in actors.iter().enumerate() {
                // Actors of one event may come in any order, and one article's recipient may be another's actor.
                keys.extend(
                    actors[..at]
                        .iter()
                        .chain(&recipients)
                        .map(|second| hash_numbers(&[3, class, *first.min(second), *first.max(second), *week])),
                );
            }
            keys.extend(place.map(|place| hash_numbers(&[4, class, place, *week])));
        }
        keys
    }

    fn likeness(&self, other: &Self) -> Likeness {
        let mut sum = SAME / 2;
        grounds(self, other, |_, points| sum += points);
        sum.clamp(0, SAME)
    }
}

impl Mention {
    /// The weeks that the event's days, or else those just before publication, touch, a day either way.
    fn weeks(&self) -> Vec<u64> {
        let Some((from, to)) = self.days.or(self.published.map(|p| (p - 2, p))) else { return Vec::new() };
        let (from, to) = ((from - 1).div_euclid(7), (to + 1).div_euclid(7));
        (from..=to).map(|week| week as u64).collect()
    }
}
