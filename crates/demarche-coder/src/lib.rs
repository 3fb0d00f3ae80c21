//! Analysis and knowledge → records.
//!
//! [`code`] is a function of an article, its analysis and the tables: it reads no clock, no file and no network, and never fails. What cannot be
//! known is absent in the record, not made up.

mod attribution;
mod calibration;
mod carried_date;
mod cast;
mod classify;
mod coding;
mod dates;
mod event_date;
mod events;
mod inference;
mod magnitude;
mod mentions;
mod place;
mod positions;
mod quotes;
mod reasons;
mod resumption;
mod statements;
mod tree;
mod window;

pub use classify::{Relation, relation};
pub use dates::{TimeExpression, dates};
use demarche_knowledge::Knowledge;
use demarche_language::{Analysis, model_digest};
use demarche_record::{Article, EngineInfo, Event, Position, Statement};
use sha2::{Digest, Sha256};

/// All records of one article, each kind in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coding {
    /// Event mentions of every status.
    pub events: Vec<Event>,
    /// Who said what to whom.
    pub statements: Vec<Statement>,
    /// What actors declare they hold, will or will not do.
    pub positions: Vec<Position>,
}

/// Codes one article.
pub fn code(article: &Article, analysis: &Analysis, knowledge: &Knowledge) -> Coding {
    let scene = coding::Scene::new(article, analysis, knowledge);
    let events = events::events(&scene);
    let statements = statements::statements(&scene);
    let positions = positions::positions(&scene, &events);
    Coding { events, statements, positions }
}

/// How many mentions of parties an article has: resolves them all, and nothing else. For measuring.
pub fn mention_count(article: &Article, analysis: &Analysis, knowledge: &Knowledge) -> usize {
    mentions::References::of(article, analysis, knowledge, dates::written(article, analysis)).all.len()
}

/// What makes the records: program, model, coding frame, tables.
pub fn engine(knowledge: &Knowledge) -> EngineInfo {
    EngineInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: model_digest().to_owned(),
        ontology: "plover-2.0".to_owned(),
        knowledge: knowledge.digest().to_owned(),
    }
}

/// Three decimals.
pub(crate) fn round(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}

/// A prefix and 16 hexadecimal digits of a hash over the parts.
pub(crate) fn record_id(prefix: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0x1f]);
    }
    let digits: Vec<String> = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    format!("{prefix}_{}", digits.concat())
}
