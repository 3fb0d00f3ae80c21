//! Coding an article anew: what changed, and corrections made again.

use std::collections::{HashMap, HashSet};

use demarche_record::{Article, EngineInfo, Event};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::Value;

use crate::add::{Coded, retire_records};
use crate::change::{self, ChangeKind};
use crate::correct::{Correction, Hand, apply};
use crate::insert::{Writer, engine_key};
use crate::stored;
use crate::{Error, ErrorKind, Store};

/// An article to code anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its row.
    pub key: i64,
    /// The article; its text is empty where it is not kept.
    pub article: Article,
    /// Whether the text is kept.
    pub text_kept: bool,
}

/// What coding one article anew did to its events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Recoded {
    /// The article's id.
    pub article: String,
    /// Events as before, the reasons aside.
    pub unchanged: usize,
    /// Events with other values.
    pub changed: Vec<Changed>,
    /// Ids of events that were not there.
    pub added: Vec<String>,
    /// Ids of events that are gone.
    pub removed: Vec<String>,
    /// Corrections made again.
    pub corrections: usize,
    /// Corrections that found nothing to correct.
    pub conflicts: Vec<Conflict>,
}

/// An event with other values than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Id before.
    pub before: String,
    /// Id now.
    pub after: String,
    /// Fields that differ.
    pub fields: Vec<String>,
}

/// A correction that could not be made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The correction's number.
    pub number: i64,
    /// The record it was made on.
    pub event: String,
    /// Why not.
    pub reason: String,
}

/// A correction of an article, as it is stored.
struct Stored {
    number: i64,
    kind: String,
    event: String,
    start: usize,
    end: usize,
    event_type: String,
    field: Option<String>,
    new: Option<Value>,
    by: String,
    why: String,
}

impl Store {
    /// Articles that count now and were coded last by another engine (or all), in the order in which they were added, from after the row `after`.
    pub fn waiting(&self, engine: &EngineInfo, all: bool, after: i64, most: usize) -> Result<Vec<Waiting>, Error> {
        waiting(&self.db, engine, all, after, most).map_err(|e| self.error(e))
    }

    /// Puts a new coding in the place of an article's records, with its corrections made again, all or nothing.
    pub fn recode(&mut self, key: i64, coded: Coded<'_>, derive: fn(&mut Event)) -> Result<Recoded, Error> {
        let dictionary = &self.dictionary;
        recode(&mut self.db, dictionary, key, coded, derive).map_err(|kind| kind.at(&self.path))
    }
}

fn waiting(db: &Connection, engine: &EngineInfo, all: bool, after: i64, most: usize) -> Result<Vec<Waiting>, ErrorKind> {
    let mut statement = db.prepare_cached(
        "SELECT a.key, a.id, a.title, a.url, a.source, a.published, a.language, a.text
         FROM articles a JOIN engines g ON g.key = a.engine
         WHERE a.until IS NULL AND a.key > ?1
           AND (?2 OR g.version <> ?3 OR g.model <> ?4 OR g.ontology <> ?5 OR g.knowledge <> ?6)
         ORDER BY a.key LIMIT ?7",
    )?;
    let values = params![after, all, engine.version, engine.model, engine.ontology, engine.knowledge, most as i64];
    let rows = statement.query_map(values, |row| {
        let text: Option<String> = row.get(7)?;
        let text_kept = text.is_some();
        let article = Article {
            id: row.get(1)?,
            title: row.get(2)?,
            url: row.get(3)?,
            source: row.get(4)?,
            published: row.get(5)?,
            language: row.get(6)?,
            text: text.unwrap_or_default(),
            ..Article::default()
        };
        Ok(Waiting { key: row.get(0)?, article, text_kept })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn recode(db: &mut Connection, dictionary: &[u8], key: i64, coded: Coded<'_>, derive: fn(&mut Event)) -> Result<Recoded, ErrorKind> {
    let step = change::begin(db)?;
    let before: Vec<Event> = stored::events_of(&step, dictionary, key)?.into_iter().map(|c| c.event).collect();
    let mut out = Recoded { article: coded.article.id.clone(), ..Recoded::default() };
    let mut events = coded.events.to_vec();
    for correction in corrections(&step, key)? {
        let done = again(&step, key, &correction, &mut events, derive)?;
        step.execute("UPDATE corrections SET conflict = ?1 WHERE change = ?2", params![done.as_ref().err(), correction.number])?;
        match done {
            Ok(()) => out.corrections += 1,
            Err(reason) => out.conflicts.push(Conflict { number: correction.number, event: correction.event, reason }),
        }
    }
    compare(&before, &events, &mut out);
    let change = change::note(&step, ChangeKind::Recode)?;
    retire_records(&step, key, change)?;
    Writer::new(&step, dictionary, change, coded.article, true).at(key).records(&events, coded.statements, coded.positions)?;
    let engine = engine_key(&step, coded.engine)?;
    step.execute("UPDATE articles SET engine = ?1, sentences = ?2 WHERE key = ?3", params![engine, coded.sentences as i64, key])?;
    step.commit()?;
    Ok(out)
}

fn corrections(db: &Connection, article: i64) -> Result<Vec<Stored>, ErrorKind> {
    let mut statement = db.prepare_cached(
        "SELECT change, kind, event, trigger_start, trigger_end, type, field, new, by, why FROM corrections WHERE article = ?1 ORDER BY change",
    )?;
    let rows = statement.query_map([article], |row| {
        let new: Option<String> = row.get(7)?;
        Ok(Stored {
            number: row.get(0)?,
            kind: row.get(1)?,
            event: row.get(2)?,
            start: row.get(3)?,
            end: row.get(4)?,
            event_type: row.get(5)?,
            field: row.get(6)?,
            new: new.and_then(|text| serde_json::from_str(&text).ok()),
            by: row.get(8)?,
            why: row.get(9)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Makes a correction again, or says why not.
fn again(
    db: &Connection,
    article: i64,
    correction: &Stored,
    events: &mut Vec<Event>,
    derive: fn(&mut Event),
) -> Result<Result<(), String>, ErrorKind> {
    let hand = Hand { by: &correction.by, why: &correction.why, derive };
    if correction.kind == "insert" {
        let Some(event) = correction.new.clone().and_then(|record| serde_json::from_value::<Event>(record).ok()) else {
            return Ok(Err("the inserted record does not have the form of this version; insert it again".to_owned()));
        };
        if let Some(found) = events.iter().find(|e| e.trigger.span() == event.trigger.span() && e.event == event.event) {
            return Ok(Err(format!("the engine now finds the event itself, as {}; the inserted record is left out", found.id)));
        }
        events.push(event);
        return Ok(Ok(()));
    }
    let Some(at) = find(correction, events) else {
        return Ok(Err("the engine finds no event at these words any more; insert it if it is right".to_owned()));
    };
    let event = events[at].id.clone();
    let correction = match correction.kind.as_str() {
        "set" => {
            let (Some(field), Some(value)) = (correction.field.clone(), correction.new.clone()) else {
                return Ok(Err("it is not complete; set the field again".to_owned()));
            };
            Correction::Set { event, field, value }
        }
        "merge" => {
            let Some(into) = correction.new.as_ref().and_then(Value::as_str) else {
                return Ok(Err("it is not complete; merge again".to_owned()));
            };
            let Some(into) = target(db, article, into, events)? else {
                return Ok(Err(format!("{into}, the record it was merged into, does not count any more; merge again")));
            };
            Correction::Merge { event, into }
        }
        "split" => Correction::Split { event },
        _ => Correction::Reject { event },
    };
    Ok(match apply(&correction, &events[at], hand) {
        Ok((Some(after), ..)) => {
            events[at] = after;
            Ok(())
        }
        Ok((None, ..)) => {
            events.remove(at);
            Ok(())
        }
        Err(error) => Err(error.to_string()),
    })
}

/// The event at the correction's words: there exactly, the one of the same type first; else the only one of that type that overlaps.
fn find(correction: &Stored, events: &[Event]) -> Option<usize> {
    let same_type = |e: &Event| e.event.name() == correction.event_type;
    let exact = |e: &Event| (e.trigger.start, e.trigger.end) == (correction.start, correction.end);
    let position = |test: &dyn Fn(&Event) -> bool| events.iter().position(test);
    if let Some(at) =
        position(&|e| e.id == correction.event && exact(e)).or_else(|| position(&|e| exact(e) && same_type(e))).or_else(|| position(&exact))
    {
        return Some(at);
    }
    let mut near =
        events.iter().enumerate().filter(|(_, e)| same_type(e) && e.trigger.start < correction.end && correction.start < e.trigger.end);
    match (near.next(), near.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    }
}

/// The present id of the record merged into: the event at the same words, in this article's new coding or in another article's.
fn target(db: &Connection, article: i64, into: &str, events: &[Event]) -> Result<Option<String>, ErrorKind> {
    if events.iter().any(|e| e.id == into) {
        return Ok(Some(into.to_owned()));
    }
    let was: Option<(i64, usize, usize)> = db
        .prepare_cached("SELECT article, trigger_start, trigger_end FROM events WHERE id = ?1 ORDER BY key DESC LIMIT 1")?
        .query_row([into], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((of, start, end)) = was else { return Ok(None) };
    if of == article {
        return Ok(events.iter().find(|e| (e.trigger.start, e.trigger.end) == (start, end)).map(|e| e.id.clone()));
    }
    Ok(db
        .prepare_cached("SELECT id FROM events WHERE article = ?1 AND trigger_start = ?2 AND trigger_end = ?3 AND until IS NULL LIMIT 1")?
        .query_row(params![of, start, end], |row| row.get(0))
        .optional()?)
}

/// Pairs events by id, then by words and type, then by words.
fn compare(before: &[Event], after: &[Event], out: &mut Recoded) {
    let mut left: Vec<&Event> = before.iter().collect();
    let mut pairs: HashMap<usize, &Event> = HashMap::new();
    let tests: [fn(&Event, &Event) -> bool; 3] = [
        |a, b| a.id == b.id,
        |a, b| a.trigger.span() == b.trigger.span() && a.event == b.event,
        |a, b| a.trigger.span() == b.trigger.span(),
    ];
    for test in tests {
        for (at, event) in after.iter().enumerate() {
            if !pairs.contains_key(&at)
                && let Some(found) = left.iter().position(|old| test(old, event))
            {
                pairs.insert(at, left.remove(found));
            }
        }
    }
    for (at, event) in after.iter().enumerate() {
        let Some(old) = pairs.get(&at) else {
            out.added.push(event.id.clone());
            continue;
        };
        let fields = differences(old, event);
        if fields.is_empty() {
            out.unchanged += 1;
        } else {
            out.changed.push(Changed { before: old.id.clone(), after: event.id.clone(), fields });
        }
    }
    out.removed.extend(left.iter().map(|old| old.id.clone()));
}

/// Fields in which two records differ, what follows from another engine by itself aside.
fn differences(a: &Event, b: &Event) -> Vec<String> {
    let aside: HashSet<&str> = ["id", "engine", "evidence"].into();
    let (Ok(Value::Object(a)), Ok(Value::Object(b))) = (serde_json::to_value(a), serde_json::to_value(b)) else { return Vec::new() };
    a.iter().filter(|(name, value)| !aside.contains(name.as_str()) && b.get(*name) != Some(value)).map(|(name, _)| name.clone()).collect()
}
