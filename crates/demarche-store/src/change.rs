//! Every write is one change: a transaction with a number and a time.

use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::ErrorKind;

/// What a change did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    Add,
    Correct,
    Recode,
}

impl ChangeKind {
    fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Correct => "correct",
            Self::Recode => "recode",
        }
    }
}

/// Milliseconds since 1970, UTC.
pub(crate) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|d| i64::try_from(d.as_millis()).ok()).unwrap_or(0)
}

/// Begins to write, after other writers have ended.
pub(crate) fn begin(db: &mut Connection) -> Result<Transaction<'_>, ErrorKind> {
    Ok(db.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// Notes a change and returns its number. Times never run backwards, whatever the clock does.
pub(crate) fn note(db: &Connection, kind: ChangeKind) -> Result<i64, ErrorKind> {
    let last: Option<i64> =
        db.prepare_cached("SELECT at FROM changes ORDER BY number DESC LIMIT 1")?.query_row([], |r| r.get(0)).optional()?;
    let at = now().max(last.unwrap_or(0));
    db.prepare_cached("INSERT INTO changes (at, kind) VALUES (?1, ?2)")?.execute(params![at, kind.name()])?;
    Ok(db.last_insert_rowid())
}
