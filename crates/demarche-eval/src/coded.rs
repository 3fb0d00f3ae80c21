//! The part of an event record that is scored, whichever version wrote it.

use std::collections::BTreeSet;

use demarche_record::Event;
use serde::Deserialize;
use serde_json::Value;

use crate::{Problem, json_lines};

/// A party, of a record or of gold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Party {
    /// The words.
    pub text: String,
    /// Country.
    pub country: Option<String>,
    /// Sectors of a record.
    pub sectors: Option<Vec<String>>,
    /// The sector of gold.
    pub sector: Option<String>,
}

impl Party {
    /// Country, else main sector: what parties are compared by.
    pub fn label(&self) -> Option<&str> {
        let filled = |text: &Option<String>| text.as_ref().is_some_and(|t| !t.is_empty());
        if filled(&self.country) {
            return self.country.as_deref();
        }
        match self.sectors.as_deref() {
            Some([first, ..]) => Some(first),
            _ => self.sector.as_deref(),
        }
    }
}

/// The labels of a list of parties as a set.
pub(crate) fn labels(parties: &[Party]) -> BTreeSet<Option<&str>> {
    parties.iter().map(Party::label).collect()
}

/// Parties for a list: `GBR+FRA`, `–` for none.
pub(crate) fn shown(parties: &[Party]) -> String {
    let names: Vec<&str> = parties.iter().map(|p| p.label().unwrap_or("?")).collect();
    if names.is_empty() { "–".to_owned() } else { names.join("+") }
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct InArticle {
    pub(crate) id: Value,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Stretch {
    pub(crate) text: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Said {
    pub(crate) speaker: Party,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Day {
    pub(crate) from: Option<String>,
    pub(crate) partial: Option<String>,
}

/// An event record as scoring sees it.
#[derive(Clone, Debug, Deserialize)]
pub struct Coded {
    pub(crate) article: InArticle,
    pub(crate) sentence: Stretch,
    pub(crate) trigger: Stretch,
    pub(crate) event: String,
    #[serde(default)]
    pub(crate) actors: Vec<Party>,
    #[serde(default)]
    pub(crate) recipients: Vec<Party>,
    pub(crate) status: String,
    #[serde(default)]
    pub(crate) attribution: Vec<Said>,
    pub(crate) date: Option<Day>,
    pub(crate) modes: Option<Vec<String>>,
}

impl Coded {
    /// The id of its article.
    pub fn document(&self) -> String {
        match &self.article.id {
            Value::String(id) => id.clone(),
            other => other.to_string(),
        }
    }

    /// Who says so, outermost first.
    pub(crate) fn said_by(&self) -> Vec<Option<&str>> {
        self.attribution.iter().map(|l| l.speaker.label()).collect()
    }
}

impl TryFrom<&Event> for Coded {
    type Error = serde_json::Error;

    fn try_from(event: &Event) -> Result<Self, serde_json::Error> {
        serde_json::from_value(serde_json::to_value(event)?)
    }
}

/// Reads event records as `demarche code --format jsonl` writes them.
pub fn coded(text: &str) -> (Vec<Coded>, Vec<Problem>) {
    json_lines(text, "an event record as `demarche code --format jsonl --all` writes it")
}
