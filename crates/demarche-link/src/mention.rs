//! What of an event record is compared with other records.

use std::collections::BTreeSet;
use std::sync::Arc;

use demarche_record::{Actor, Event, EventType, Kind, Place, PlacePrecision, Precision, Status};
use serde::{Deserialize, Serialize};

use crate::day::day_of;
use crate::stories::Profile;
use crate::words::{is_common, stem, words};

/// A party, as far as it can be told apart from others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Id in the knowledge tables.
    #[serde(default)]
    pub id: Option<String>,
    /// ISO 3166 alpha-3 country, `IGO` or `NGO`.
    #[serde(default)]
    pub country: Option<String>,
    /// Whether it is a state or its government as such.
    #[serde(default)]
    pub state: bool,
    /// Stems of its name, those that any party may have ("the", "group") left out.
    #[serde(default)]
    pub name: BTreeSet<String>,
}

/// A place, as far as it can be told apart from others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// `GeoNames` id.
    #[serde(default)]
    pub geonames: Option<u64>,
    /// ISO 3166 alpha-3.
    #[serde(default)]
    pub country: Option<String>,
    /// Stems of its name.
    #[serde(default)]
    pub name: BTreeSet<String>,
    /// Whether it is a whole country.
    #[serde(default)]
    pub whole_country: bool,
}

/// One mention of an event, ready to be compared. Days count from 1970-01-01.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Id of the record.
    pub id: String,
    /// Id of the article.
    pub article: String,
    /// Where the trigger begins in the article: with the article's day and id, what mentions are ordered by.
    pub start: usize,
    /// Day of publication.
    #[serde(default)]
    pub published: Option<i32>,
    /// First and last day of the event.
    #[serde(default)]
    pub days: Option<(i32, i32)>,
    /// The event's type; absent for a mention that no coder has typed.
    #[serde(default)]
    pub event: Option<EventType>,
    /// Whether it happened.
    #[serde(default)]
    pub status: Option<Status>,
    /// Stems of the trigger.
    pub trigger: Vec<String>,
    /// Who did it.
    #[serde(default)]
    pub actors: Vec<Party>,
    /// To whom.
    #[serde(default)]
    pub recipients: Vec<Party>,
    /// Where.
    #[serde(default)]
    pub place: Option<Site>,
    /// What was counted, and how many.
    #[serde(default)]
    pub numbers: Vec<(String, i64)>,
    /// The words of the sentence.
    pub sentence: Arc<Profile>,
    /// The words of the article.
    pub story: Arc<Profile>,
    /// Id of the first mention of the same event in this article.
    #[serde(default)]
    pub same_as: Option<String>,
}

impl Mention {
    /// The mention that a record speaks of; `story` is the profile of its article.
    pub fn of(event: &Event, story: &Arc<Profile>) -> Self {
        let published = event.article.published.as_deref().and_then(day_of);
        Self {
            id: event.id.clone(),
            article: event.article.id.clone(),
            start: event.trigger.start,
            published,
            days: days(event),
            event: Some(event.event),
            status: Some(event.status),
            trigger: trigger(&event.trigger.text),
            actors: event.actors.iter().map(Party::of).collect(),
            recipients: event.recipients.iter().map(Party::of).collect(),
            place: event.place.as_ref().map(Site::of),
            numbers: event.magnitude.iter().map(|m| (m.what.clone(), m.value.round() as i64)).collect(),
            sentence: Arc::new(Profile::of(None, &event.sentence.text, None)),
            story: Arc::clone(story),
            same_as: event.same_as.clone(),
        }
    }

    /// The day that places the mention among others: of the event, else of publication.
    pub fn day(&self) -> Option<i32> {
        self.days.map(|d| d.0).or(self.published)
    }
}

/// The stems of a trigger's words, without words such as "out" in "carried out" where there are others.
pub fn trigger(text: &str) -> Vec<String> {
    let stems: Vec<String> = words(text).map(stem).collect();
    let telling: Vec<String> = stems.iter().filter(|s| !is_common(s)).cloned().collect();
    if telling.is_empty() { stems } else { telling }
}

/// The days of an event where they are known to a month at least: longer stretches tell nothing of which event it is.
fn days(event: &Event) -> Option<(i32, i32)> {
    let (from, to) = (day_of(event.date.from.as_deref()?)?, day_of(event.date.to.as_deref()?)?);
    let narrow = !matches!(event.date.precision, Some(Precision::Year | Precision::Interval))
        && (0..=31).contains(&(i64::from(to) - i64::from(from)));
    narrow.then_some((from, to))
}

impl Party {
    /// The party that an actor of a record is.
    pub fn of(actor: &Actor) -> Self {
        Self { id: actor.id.clone(), country: actor.country.clone(), state: actor.kind == Kind::State, name: name(&actor.name) }
    }
}

impl Site {
    /// The place of a record.
    pub fn of(place: &Place) -> Self {
        Self {
            geonames: place.geonames,
            country: place.country.clone(),
            name: name(&place.name),
            whole_country: place.precision == PlacePrecision::Country,
        }
    }
}

/// The stems of a name that tell it from others.
pub fn name(text: &str) -> BTreeSet<String> {
    words(text).map(stem).filter(|s| s.chars().count() > 1 && !is_common(s)).collect()
}
