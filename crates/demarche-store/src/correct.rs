//! Corrections by hand: each is a change with who and why; the record before it is kept.

use demarche_record::{Event, Evidence};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::Value;

use crate::change::{self, ChangeKind};
use crate::insert::Writer;
use crate::stored::{self, Current};
use crate::{Error, ErrorKind, Store};

/// A correction of one event record.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// Gives a field a value. A dot leads into an object: `date.from`.
    Set {
        /// The record's id.
        event: String,
        /// The field.
        field: String,
        /// Its new value.
        value: Value,
    },
    /// Says that two records tell of the same event.
    Merge {
        /// The record that repeats.
        event: String,
        /// The one it repeats.
        into: String,
    },
    /// Says that a record tells of an event of its own.
    Split {
        /// The record's id.
        event: String,
    },
    /// Says that there is no such event.
    Reject {
        /// The record's id.
        event: String,
    },
    /// Adds a record that was missed: what of an event record is known; `article.id`, `trigger.start` and `end`, and `event` at least.
    Insert {
        /// The record, in part or whole.
        record: Value,
    },
}

/// Who corrects, and why.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// A name.
    pub by: &'a str,
    /// A reason.
    pub why: &'a str,
    /// Fills in what follows from a changed type or mode: the score.
    pub derive: fn(&mut Event),
}

/// A correction that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Made {
    /// Number of its change.
    pub number: i64,
    /// When, UTC.
    pub at: String,
    /// `set`, `merge`, `split`, `reject` or `insert`.
    pub kind: String,
    /// The record's id at the time.
    pub event: String,
    /// The article's id.
    pub article: String,
    /// The field that was set.
    pub field: Option<String>,
    /// What it was.
    pub old: Option<Value>,
    /// What it became.
    pub new: Option<Value>,
    /// Who.
    pub by: String,
    /// Why.
    pub why: String,
    /// Why it could not be made again when the article was coded anew.
    pub conflict: Option<String>,
}

/// Fields that are not for setting.
const FIXED: [&str; 7] = ["id", "article", "sentence", "trigger", "engine", "evidence", "same_as"];

impl Correction {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Set { .. } => "set",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Reject { .. } => "reject",
            Self::Insert { .. } => "insert",
        }
    }

    fn field(&self) -> Option<&str> {
        match self {
            Self::Set { field, .. } => Some(field),
            _ => None,
        }
    }
}

impl Store {
    /// Makes a correction. Returns the id of the record that it concerns.
    pub fn correct(&mut self, correction: &Correction, hand: Hand<'_>) -> Result<String, Error> {
        let dictionary = &self.dictionary;
        correct(&mut self.db, dictionary, correction, hand).map_err(|kind| kind.at(&self.path))
    }

    /// Corrections made so far, of one record or of all, the first one first.
    pub fn corrections(&self, event: Option<&str>) -> Result<Vec<Made>, Error> {
        made(&self.db, event).map_err(|kind| self.error(kind))
    }
}

fn correct(db: &mut Connection, dictionary: &[u8], correction: &Correction, hand: Hand<'_>) -> Result<String, ErrorKind> {
    if hand.by.trim().is_empty() || hand.why.trim().is_empty() {
        return Err(ErrorKind::Asked("a correction needs a name and a reason; give --by and --why".to_owned()));
    }
    let step = change::begin(db)?;
    let (before, event) = match correction {
        Correction::Insert { record } => {
            let article = stored::article_of(&step, record)?;
            let event = crate::inserted::event(record, &article, hand)?;
            (None, event)
        }
        Correction::Set { event, .. } | Correction::Merge { event, .. } | Correction::Split { event } | Correction::Reject { event } => {
            let before = stored::current(&step, dictionary, event)?;
            let event = before.event.clone();
            (Some(before), event)
        }
    };
    if let Correction::Merge { into, event } = correction {
        if into == event {
            return Err(ErrorKind::Asked(format!("{event} cannot be merged with itself")));
        }
        stored::current(&step, dictionary, into)?;
    }
    let (after, old, new) = if before.is_some() { apply(correction, &event, hand)? } else { (Some(event.clone()), None, None) };
    let change = change::note(&step, ChangeKind::Correct)?;
    let (article, key, place) = if let Some(Current { article, article_key, key, place, .. }) = &before {
        step.execute("UPDATE events SET until = ?1 WHERE key = ?2", [change, *key])?;
        (article.clone(), *article_key, *place)
    } else {
        let (article, key) = stored::newest(&step, &event.article.id)?;
        if stored::is_current(&step, &event.id)? {
            return Err(ErrorKind::Asked(format!("the record holds this event already, as {}; set its fields instead", event.id)));
        }
        let next = step.query_row("SELECT ifnull(max(position), -1) + 1 FROM events WHERE article = ?1", [key], |row| row.get(0))?;
        (article, key, next)
    };
    if let Some(after) = &after {
        Writer::new(&step, dictionary, change, &article.article, article.kept).at(key).event(after, place)?;
    }
    let new = if before.is_none() { serde_json::to_value(&event).ok() } else { new };
    let json = |value: Option<Value>| value.map(|v| v.to_string());
    step.execute(
        "INSERT INTO corrections (change, kind, event, article, trigger_start, trigger_end, type, field, old, new, by, why)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            change,
            correction.kind(),
            event.id,
            key,
            event.trigger.start as i64,
            event.trigger.end as i64,
            event.event.name(),
            correction.field(),
            json(old),
            json(new),
            hand.by,
            hand.why
        ],
    )?;
    step.commit()?;
    Ok(event.id)
}

/// What becomes of a record: itself, corrected, or nothing; with the value before and after.
type Outcome = (Option<Event>, Option<Value>, Option<Value>);

/// Makes a correction on a record.
pub(crate) fn apply(correction: &Correction, event: &Event, hand: Hand<'_>) -> Result<Outcome, ErrorKind> {
    let mut after = event.clone();
    let (field, old, new) = match correction {
        Correction::Set { field, value, .. } => {
            let (changed, old) = set(event, field, value)?;
            after = changed;
            let root = field.split('.').next().unwrap_or(field);
            if matches!(root, "event" | "modes") {
                if root == "event" {
                    after.quad = after.event.quad();
                }
                after.cameo = None;
                (hand.derive)(&mut after);
            }
            (root, old, value.clone())
        }
        Correction::Merge { into, .. } => {
            after.same_as = Some(into.clone());
            ("same_as", event.same_as.clone().map_or(Value::Null, Value::String), Value::String(into.clone()))
        }
        Correction::Split { .. } => {
            after.same_as = None;
            ("same_as", event.same_as.clone().map_or(Value::Null, Value::String), Value::Null)
        }
        Correction::Reject { .. } => return Ok((None, None, None)),
        Correction::Insert { .. } => ("event", Value::Null, Value::Null),
    };
    after.evidence.push(evidence(field, hand));
    Ok((Some(after), Some(old), Some(new)))
}

/// The reason that a corrected field has.
pub(crate) fn evidence(field: &str, hand: Hand<'_>) -> Evidence {
    Evidence { field: field.to_owned(), by: "hand".to_owned(), detail: format!("{}: {}", hand.by, hand.why), score: None }
}

fn set(event: &Event, field: &str, value: &Value) -> Result<(Event, Value), ErrorKind> {
    let asked = |message: String| ErrorKind::Asked(message);
    let root = field.split('.').next().unwrap_or(field);
    if FIXED.contains(&root) {
        return Err(asked(format!("the field {root} cannot be set; reject the record and insert another, or use merge and split")));
    }
    let mut record = serde_json::to_value(event).map_err(|e| asked(e.to_string()))?;
    let mut at = &mut record;
    for part in field.split('.') {
        at = at.get_mut(part).ok_or_else(|| asked(format!("a record has no field '{field}'; `demarche schema events` names them")))?;
    }
    let old = std::mem::replace(at, value.clone());
    let event = serde_json::from_value(record)
        .map_err(|e| asked(format!("{value} is no value of {field}: {e}; `demarche schema events` says what is")))?;
    Ok((event, old))
}

fn made(db: &Connection, event: Option<&str>) -> Result<Vec<Made>, ErrorKind> {
    let mut statement = db.prepare(
        "SELECT k.change, strftime('%Y-%m-%dT%H:%M:%SZ', c.at / 1000, 'unixepoch'), k.kind, k.event, a.id, k.field, k.old, k.new, k.by, k.why, k.conflict
         FROM corrections k JOIN changes c ON c.number = k.change JOIN articles a ON a.key = k.article
         WHERE ?1 IS NULL OR k.event = ?1 ORDER BY k.change",
    )?;
    let rows = statement.query_map([event], |row| {
        let json = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
        Ok(Made {
            number: row.get(0)?,
            at: row.get(1)?,
            kind: row.get(2)?,
            event: row.get(3)?,
            article: row.get(4)?,
            field: row.get(5)?,
            old: json(row.get(6)?),
            new: json(row.get(7)?),
            by: row.get(8)?,
            why: row.get(9)?,
            conflict: row.get(10)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
