//! Desk gold: every event mention of a set of articles, each with one or two acceptable readings; optional mentions never count.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::coded::{Coded, Party, labels, shown};
use crate::report::{f1_row, one_line, ranked, share_row};
use crate::{Problem, Report, json_lines};

/// One gold mention.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    /// Id of the article.
    pub doc: String,
    /// First code point of the trigger.
    pub start: usize,
    /// The trigger's words.
    pub trigger: String,
    /// Whether a coder might leave it out.
    pub optional: bool,
    /// The readings; matching one is right.
    pub alternatives: Vec<Reading>,
}

/// One coder's reading of a mention.
#[derive(Clone, Debug, Deserialize)]
pub struct Reading {
    /// Type.
    pub event: String,
    /// Modes.
    #[serde(default)]
    pub modes: Option<Vec<String>>,
    /// Who.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// Status.
    pub status: String,
    /// Who says so, outermost first.
    #[serde(default)]
    pub speakers: Vec<Party>,
    /// Date, or the part of it that is known.
    #[serde(default)]
    pub date: Option<String>,
}

impl Gold {
    fn overlaps(&self, record: &Coded) -> bool {
        record.trigger.start < self.start + self.trigger.chars().count() && self.start < record.trigger.end
    }

    /// How well a record fits the mention; 0 where it does not at all.
    fn strength(&self, record: &Coded) -> f64 {
        if !(record.sentence.start..record.sentence.end).contains(&self.start) {
            return 0.0;
        }
        let one = |yes: bool| f64::from(u8::from(yes));
        let overlaps = self.overlaps(record);
        let mut best: f64 = 0.0;
        for reading in &self.alternatives {
            let same = reading.event == record.event;
            if same || overlaps {
                let fit = one(same_parties(&reading.actors, &record.actors)) + one(same_parties(&reading.recipients, &record.recipients));
                best = best.max(4.0 * one(same) + 2.0 * one(overlaps) + 0.5 * fit + 0.1 * one(!self.optional));
            }
        }
        best
    }
}

fn same_parties(a: &[Party], b: &[Party]) -> bool {
    labels(a) == labels(b)
}

/// Reads desk gold (JSON Lines).
pub fn gold(text: &str) -> (Vec<Gold>, Vec<Problem>) {
    json_lines(
        text,
        "a gold mention: {\"doc\", \"start\", \"trigger\", \"optional\", \"alternatives\": [{\"event\", \"actors\", \"recipients\", \"status\", …}]}",
    )
}

/// Counts of one document.
#[derive(Clone, Debug, Default, PartialEq)]
struct Tally {
    counts: BTreeMap<&'static str, f64>,
    /// By type: right, given, gold.
    types: BTreeMap<String, [f64; 3]>,
}

impl Tally {
    fn of(&self, name: &str) -> f64 {
        self.counts.get(name).copied().unwrap_or(0.0)
    }

    fn count(&mut self, name: &'static str, yes: bool) {
        *self.counts.entry(name).or_default() += f64::from(u8::from(yes));
    }

    fn count_type(&mut self, event: &str, k: usize) {
        self.types.entry(event.to_owned()).or_default()[k] += 1.0;
    }
}

/// What one document adds to the lists.
#[derive(Default)]
struct Lists {
    confusions: BTreeMap<(String, String), usize>,
    missed: Vec<String>,
    extra: Vec<String>,
    wrong: Vec<String>,
}

/// Scores records (of every status) against gold. `texts` are the articles by id, where they are at hand: misses are listed with their sentences.
pub fn score(gold: &[Gold], records: &[Coded], texts: &BTreeMap<String, String>) -> Report {
    let mut documents: Vec<String> = Vec::new();
    for id in gold.iter().map(|g| g.doc.clone()).chain(records.iter().map(Coded::document)) {
        if !documents.contains(&id) {
            documents.push(id);
        }
    }
    let mut lists = Lists::default();
    let tallies: Vec<Tally> = documents
        .iter()
        .map(|id| {
            let mentions: Vec<&Gold> = gold.iter().filter(|g| g.doc == *id).collect();
            let own: Vec<&Coded> = records.iter().filter(|r| r.document() == *id).collect();
            document(id, &mentions, &own, texts.get(id).map(String::as_str), &mut lists)
        })
        .collect();
    let each = |names: [&'static str; 3]| tallies.iter().map(|t| names.map(|n| t.of(n))).collect::<Vec<_>>();
    let both = |names: [&'static str; 2]| tallies.iter().map(|t| names.map(|n| t.of(n))).collect::<Vec<_>>();
    let mut rows: Vec<_> = ["event", "triple", "full"].into_iter().map(|name| f1_row(name, &each([name, "given", "gold"]))).collect();
    for name in ["actors", "recipients", "status", "speaker", "reversed"] {
        rows.push(share_row(name, "matched events", &both([name, "event"])));
    }
    for (name, with) in [("date", "dated"), ("modes", "moded")] {
        rows.push(share_row(name, "matched events where gold has one", &both([name, with])));
    }
    let mut types: Vec<String> = tallies.iter().flat_map(|t| t.types.keys().cloned()).collect();
    types.sort();
    types.dedup();
    for event in types {
        let own: Vec<[f64; 3]> = tallies.iter().map(|t| t.types.get(&event).copied().unwrap_or_default()).collect();
        rows.push(f1_row(&event, &own));
    }
    Report {
        notes: vec![
            format!("{} documents; 95% intervals over documents. A mention may have two readings; either is right.", tallies.len()),
            "event: type; triple: type, actors, recipients; full: triple, status, speakers. Parties are compared by country, else main sector."
                .to_owned(),
        ],
        rows,
        confusions: ranked(lists.confusions),
        lists: vec![("missed".to_owned(), lists.missed), ("extra".to_owned(), lists.extra), ("wrong field".to_owned(), lists.wrong)],
    }
}

fn document(id: &str, gold: &[&Gold], records: &[&Coded], text: Option<&str>, lists: &mut Lists) -> Tally {
    let mut candidates: Vec<(f64, usize, usize)> =
        gold.iter().enumerate().flat_map(|(i, g)| records.iter().enumerate().map(move |(j, p)| (g.strength(p), i, j))).collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    let (mut of_gold, mut of_record) = (vec![None; gold.len()], vec![None; records.len()]);
    for (strength, i, j) in candidates {
        if strength > 0.0 && of_gold[i].is_none() && of_record[j].is_none() {
            of_gold[i] = Some(j);
            of_record[j] = Some(i);
        }
    }
    let mut tally = Tally::default();
    for (i, mention) in gold.iter().enumerate().filter(|(_, g)| !g.optional) {
        tally.count("gold", true);
        let Some(first) = mention.alternatives.first() else { continue };
        // A matched mention counts under the reading that the record took.
        let taken = of_gold[i].map(|j| records[j].event.as_str()).filter(|e| mention.alternatives.iter().any(|a| a.event == *e));
        tally.count_type(taken.unwrap_or(&first.event), 2);
        if of_gold[i].is_none() {
            lists.missed.push(format!(
                "{id} {} \"{}\" {} {} > {} | {}",
                mention.start,
                mention.trigger,
                first.event,
                shown(&first.actors),
                shown(&first.recipients),
                around(text, mention.start)
            ));
        }
    }
    for (j, record) in records.iter().enumerate() {
        let optional = of_record[j].is_some_and(|i| gold[i].optional);
        if !optional {
            tally.count("given", true);
            tally.count_type(&record.event, 1);
        }
        let Some(i) = of_record[j] else {
            lists.extra.push(format!("{id} {} {}", record.trigger.start, told(record)));
            continue;
        };
        if !optional {
            compare(id, gold[i], record, &mut tally, lists);
        }
    }
    tally
}

/// Counts the fields of a record that is matched to a required mention.
fn compare(id: &str, gold: &Gold, record: &Coded, tally: &mut Tally, lists: &mut Lists) {
    let readings: Vec<&Reading> = gold.alternatives.iter().filter(|a| a.event == record.event).collect();
    if readings.is_empty() {
        if let Some(first) = gold.alternatives.first() {
            *lists.confusions.entry((first.event.clone(), record.event.clone())).or_default() += 1;
        }
        return;
    }
    let any = |test: &dyn Fn(&Reading) -> bool| readings.iter().any(|a| test(a));
    let actors = |a: &Reading| same_parties(&a.actors, &record.actors);
    let recipients = |a: &Reading| same_parties(&a.recipients, &record.recipients);
    let status = |a: &Reading| a.status == record.status;
    let speaker = |a: &Reading| a.speakers.iter().map(Party::label).eq(record.said_by());
    let swapped = |a: &Reading| {
        !a.actors.is_empty()
            && !a.recipients.is_empty()
            && !actors(a)
            && same_parties(&a.actors, &record.recipients)
            && same_parties(&a.recipients, &record.actors)
    };
    tally.count("event", true);
    tally.count_type(&record.event, 0);
    let fields: [(&'static str, bool); 4] =
        [("actors", any(&actors)), ("recipients", any(&recipients)), ("status", any(&status)), ("speaker", any(&speaker))];
    for (name, right) in fields {
        tally.count(name, right);
    }
    tally.count("triple", any(&|a| actors(a) && recipients(a)));
    tally.count("full", any(&|a| actors(a) && recipients(a) && status(a) && speaker(a)));
    tally.count("reversed", any(&swapped));
    let dated = |a: &Reading| a.date.as_deref().filter(|d| !d.is_empty()).map(|d| d.chars().take(10).collect::<String>());
    if any(&|a| dated(a).is_some()) {
        let filled = |day: &Option<String>| day.clone().filter(|d| !d.is_empty());
        let day = record.date.as_ref().and_then(|d| filled(&d.from).or_else(|| filled(&d.partial))).unwrap_or_default();
        tally.count("dated", true);
        tally.count("date", any(&|a| dated(a).is_some_and(|d| day.starts_with(&d))));
    }
    let modes = |list: &Option<Vec<String>>| list.iter().flatten().cloned().collect::<std::collections::BTreeSet<_>>();
    if any(&|a| !modes(&a.modes).is_empty()) {
        tally.count("moded", true);
        tally.count("modes", any(&|a| modes(&a.modes) == modes(&record.modes)));
    }
    let wrong: Vec<&str> = fields.iter().filter(|(_, right)| !right).map(|(name, _)| *name).collect();
    if !wrong.is_empty() {
        let a = readings[0];
        let said: Vec<&str> = a.speakers.iter().map(|s| s.label().unwrap_or("?")).collect();
        lists.wrong.push(format!(
            "{id} {} {} | gold {} > {} {} by {}, given {}",
            gold.start,
            wrong.join(", "),
            shown(&a.actors),
            shown(&a.recipients),
            a.status,
            if said.is_empty() { "–".to_owned() } else { said.join(", ") },
            told(record)
        ));
    }
}

fn told(record: &Coded) -> String {
    let said: Vec<&str> = record.said_by().into_iter().map(|s| s.unwrap_or("?")).collect();
    format!(
        "\"{}\" {} {} > {} {} by {} | {}",
        record.trigger.text,
        record.event,
        shown(&record.actors),
        shown(&record.recipients),
        record.status,
        if said.is_empty() { "–".to_owned() } else { said.join(", ") },
        one_line(&record.sentence.text)
    )
}

/// The line of a text around a place.
fn around(text: Option<&str>, start: usize) -> String {
    let Some(text) = text else { return "(no text at hand; give --articles)".to_owned() };
    let characters: Vec<char> = text.chars().collect();
    let start = start.min(characters.len());
    let stop = |c: char| c == '\n';
    let from = (0..start).rev().find(|&i| stop(characters[i]) || i + 160 < start && characters[i] == ' ').map_or(0, |i| i + 1);
    let to =
        (start..characters.len()).find(|&i| stop(characters[i]) || i > start + 160 && characters[i] == ' ').unwrap_or(characters.len());
    one_line(&characters[from..to].iter().collect::<String>())
}

#[cfg(test)]
#[path = "desk_tests.rs"]
mod tests;
