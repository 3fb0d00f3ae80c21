//! The coding frame's tables: PLOVER scores by type and mode, CAMEO codes with Goldstein scores.

use std::collections::{HashMap, HashSet};

use demarche_record::EventType;

use crate::table::{Problem, rows};

/// One CAMEO code.
#[derive(Clone, Debug, PartialEq)]
pub struct CameoCode {
    /// Two to four digits, as text.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Goldstein score.
    pub goldstein: f64,
    /// The PLOVER type and mode it belongs to, where it belongs to one.
    pub event: Option<(EventType, Option<String>)>,
    /// Contexts that the code implies.
    pub contexts: Vec<String>,
}

/// A row of the table of default codes.
#[derive(Debug)]
struct DefaultCode {
    event: EventType,
    mode: Option<String>,
    words: Vec<String>,
    code: String,
}

/// The tables, indexed.
#[derive(Debug, Default)]
pub struct Frame {
    scores: HashMap<(EventType, String), f64>,
    codes: Vec<CameoCode>,
    defaults: Vec<DefaultCode>,
    index: HashMap<String, usize>,
}

impl Frame {
    pub(crate) fn read(plover: (&str, &str), cameo: (&str, &str), defaults: (&str, &str), problems: &mut Vec<Problem>) -> Self {
        let mut out = Self::default();
        rows(plover.0, plover.1, |row| match (EventType::from_name(row.get("event")), row.get("score").parse()) {
            (Some(event), Ok(score)) => {
                out.scores.insert((event, row.get("mode").to_owned()), score);
            }
            _ => problems.push(row.problem("a row needs an event type and a score".to_owned())),
        });
        rows(cameo.0, cameo.1, |row| {
            let event = EventType::from_name(row.get("plover_event"));
            let mode = Some(row.get("plover_mode").to_owned()).filter(|m| !m.is_empty());
            let Ok(goldstein) = row.get("goldstein").parse() else {
                problems.push(row.problem(format!("'{}' is no Goldstein score", row.get("goldstein"))));
                return;
            };
            if let (Some(event), Some(mode)) = (event, &mode)
                && !out.scores.contains_key(&(event, mode.clone()))
            {
                problems.push(row.problem(format!("{} has no mode '{mode}'", event.name())));
            }
            out.index.insert(row.get("code").to_owned(), out.codes.len());
            out.codes.push(CameoCode {
                code: row.get("code").to_owned(),
                name: row.get("name").to_owned(),
                goldstein,
                event: event.map(|e| (e, mode)),
                contexts: row
                    .list("plover_context")
                    .flat_map(|c| c.split(','))
                    .map(|c| c.trim().to_owned())
                    .filter(|c| !c.is_empty())
                    .collect(),
            });
        });
        rows(defaults.0, defaults.1, |row| {
            let code = row.get("code").to_owned();
            let Some(event) = EventType::from_name(row.get("event")).filter(|_| out.index.contains_key(&code)) else {
                problems.push(row.problem(format!("'{}' is no event type or '{code}' no CAMEO code", row.get("event"))));
                return;
            };
            let mode = Some(row.get("mode").to_owned()).filter(|m| !m.is_empty());
            out.defaults.push(DefaultCode { event, mode, words: row.list("words").map(str::to_owned).collect(), code });
        });
        out
    }

    /// The CAMEO code of a record: by its type, modes and the lemmas around its trigger; then, where the record's contexts name one, the finer
    /// code below it.
    pub fn derive(&self, event: EventType, modes: &[String], lemmas: &[String], contexts: &[&str]) -> Option<&CameoCode> {
        let base = self.defaults.iter().find(|d| {
            d.event == event
                && d.mode.as_ref().is_none_or(|m| modes.contains(m))
                && (d.words.is_empty() || d.words.iter().any(|w| lemmas.contains(w)))
        })?;
        let own = self.cameo(&base.code)?;
        let finer = self.codes.iter().find(|c| {
            c.code.len() == own.code.len() + 1
                && c.code.starts_with(&own.code)
                && c.event.as_ref().is_some_and(|(e, m)| *e == event && m.as_ref().is_none_or(|m| modes.contains(m)))
                && !c.contexts.is_empty()
                && c.contexts.iter().all(|x| contexts.contains(&x.as_str()))
                && c.contexts
                    .iter()
                    .any(|x| matches!(x.as_str(), "economic" | "military" | "intelligence" | "rights_freedoms" | "human_rights" | "cbrn"))
                && !own.contexts.iter().any(|x| c.contexts.contains(x))
        });
        Some(finer.unwrap_or(own))
    }

    /// The PLOVER score of a type with its modes: that of the strongest mode, else of the type.
    pub fn score(&self, event: EventType, modes: &[String]) -> f64 {
        let of = |mode: &str| self.scores.get(&(event, mode.to_owned())).copied();
        let base = of("").unwrap_or(0.0);
        modes
            .iter()
            .filter_map(|m| of(m))
            .fold(None, |best: Option<f64>, s| Some(best.map_or(s, |b| if s.abs() > b.abs() { s } else { b })))
            .unwrap_or(base)
    }

    /// The modes a type has.
    pub fn modes(&self, event: EventType) -> HashSet<&str> {
        self.scores.keys().filter(|(e, m)| *e == event && !m.is_empty()).map(|(_, m)| m.as_str()).collect()
    }

    /// The code with these digits.
    pub fn cameo(&self, code: &str) -> Option<&CameoCode> {
        self.index.get(code).map(|i| &self.codes[*i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn scores_and_codes_of_the_tables() {
        let knowledge = Knowledge::load();
        let frame = &knowledge.frame;
        let modes = |m: &[&str]| m.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        assert!((frame.score(EventType::Assault, &modes(&["crowd-control"])) + 7.5).abs() < 1e-9);
        assert!((frame.score(EventType::Accuse, &[]) + 3.0).abs() < 1e-9);
        assert!((frame.score(EventType::Reject, &modes(&["meet", "yield"])) + 2.0).abs() < 1e-9);
        assert_eq!(frame.cameo("175").map(|c| (c.name.as_str(), c.goldstein)), Some(("Use tactics of violent repression", -9.0)));
        assert_eq!(frame.cameo("0311").and_then(|c| c.event.clone()), Some((EventType::Agree, None)));
    }
}
