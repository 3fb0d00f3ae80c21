//! When an undated article may have been written: the time in which everyone whom it calls by an office held that office.

use demarche_knowledge::window::{held, shared};
use demarche_knowledge::{Period, Person};
use demarche_record::{Basis, DateInterval, Evidence, Kind, Precision};
use jiff::civil::Date;

use crate::coding::Scene;
use crate::mentions::Reference;
use crate::tree::{lower, name_at, word_is};

/// Words that say that an office is not held now.
const NOT_NOW: [&str; 14] = [
    "former",
    "ex",
    "late",
    "then",
    "ousted",
    "deposed",
    "past",
    "previous",
    "onetime",
    "longtime",
    "future",
    "retired",
    "erstwhile",
    "outgoing",
];

/// The stretches of days, and who sets them.
pub(crate) struct Window {
    periods: Vec<Period>,
    holders: Vec<String>,
}

impl Window {
    /// The window of an article that has no day of publication and names no date in full.
    pub(crate) fn of(scene: &Scene<'_>) -> Option<Self> {
        let dated = scene.dates.iter().any(|d| d.full);
        if scene.article.published.is_some() || dated {
            return None;
        }
        let (mut holders, mut each): (Vec<String>, Vec<Vec<Period>>) = (Vec::new(), Vec::new());
        for reference in &scene.references.all {
            let Some((person, title)) = holder(scene, reference) else { continue };
            let label = format!("{title} {}", person.name);
            let terms = held(&person, &title);
            if !terms.is_empty() && !holders.contains(&label) {
                holders.push(label);
                each.push(terms);
            }
        }
        let periods = shared(&each);
        (!periods.is_empty()).then_some(Self { periods, holders })
    }

    /// A day in it: of several stretches, in the latest.
    pub(crate) fn day(&self) -> Date {
        self.periods.last().map_or(Date::MIN, |p| p.from)
    }

    /// The whole as an interval.
    pub(crate) fn interval(&self) -> DateInterval {
        let day = |d: Option<Date>| d.map(|d| d.to_string());
        DateInterval {
            from: day(self.periods.first().map(|p| p.from)),
            to: day(self.periods.last().map(|p| p.to)),
            precision: Some(Precision::Interval),
            basis: Basis::OfficeHolders,
            text: None,
            partial: None,
        }
    }

    /// Why: who held which office, and when all did.
    pub(crate) fn evidence(&self) -> Evidence {
        let periods: Vec<String> = self.periods.iter().map(|p| format!("{} to {}", p.from, p.to)).collect();
        let detail = format!("inferred, not in the text: {} held office {}", self.holders.join(", "), periods.join(" and "));
        Evidence { field: "date".to_owned(), by: "office-holders".to_owned(), detail, score: None }
    }
}

/// A person of the tables, with the office that the words before or beside the name give them as theirs now.
fn holder<'a>(scene: &Scene<'a>, reference: &Reference) -> Option<(Person<'a>, String)> {
    let who = reference.who.first().filter(|w| reference.own && reference.who.len() == 1 && w.kind == Kind::Person)?;
    let person = scene.knowledge.persons.find(&who.name).into_iter().find(|p| Some(p.id) == who.id.as_deref())?;
    let sentence = &scene.analysis.sentences[reference.sentence];
    let name = name_at(sentence, reference.head)?;
    let before: Vec<usize> = reference.words.iter().copied().filter(|i| *i < name.first).collect();
    let words: Vec<String> = before.iter().map(|i| lower(&sentence.words[*i])).collect();
    if words.iter().any(|w| NOT_NOW.contains(&w.as_str()) || w.starts_with("ex-") || w.starts_with("former")) {
        return None;
    }
    // What stands right before the name, up to a name, a possessive or an article.
    let mut title: Vec<&str> = Vec::new();
    for i in before.iter().rev().copied() {
        // An office alone may have been taken for a name.
        let named = name_at(sentence, i).is_some() && scene.knowledge.sectors.get(&lower(&sentence.words[i])).is_none();
        if named || word_is(sentence, i, &["DET", "PART", "PUNCT", "PRON", "ADP"]) && sentence.words[i].text != "-" {
            break;
        }
        title.insert(0, &sentence.words[i].text);
    }
    (!title.is_empty()).then(|| (person, title.join(" ").replace(" - ", "-")))
}
