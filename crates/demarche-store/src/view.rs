//! Which state of the record to ask: now, on a day, or a release.

use rusqlite::OptionalExtension;

use crate::{Error, ErrorKind, Store};

/// A state of the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// As it is.
    #[default]
    Now,
    /// As it was after this change.
    After(i64),
}

impl View {
    /// The condition on a table's rows.
    pub(crate) fn sql(self, table: &str) -> String {
        match self {
            Self::Now => format!("{table}.until IS NULL"),
            Self::After(n) => format!("{table}.since <= {n} AND ({table}.until IS NULL OR {table}.until > {n})"),
        }
    }
}

impl Store {
    /// The state before a moment, in milliseconds since 1970, UTC.
    pub fn view_before(&self, moment: i64) -> Result<View, Error> {
        let last = self
            .db
            .query_row("SELECT number FROM changes WHERE at < ?1 ORDER BY number DESC LIMIT 1", [moment], |row| row.get(0))
            .optional()
            .map_err(|e| self.error(e))?;
        Ok(View::After(last.unwrap_or(0)))
    }

    /// The state that a release froze.
    pub fn view_of_release(&self, name: &str) -> Result<View, Error> {
        let change = self
            .db
            .query_row("SELECT change FROM releases WHERE name = ?1 OR number = ?1", [name], |row| row.get(0))
            .optional()
            .map_err(|e| self.error(e))?;
        let unknown = || ErrorKind::Asked(format!("there is no release '{name}'; `demarche release --list` names them"));
        change.map(View::After).ok_or_else(|| self.error(unknown()))
    }

    /// The last change's number; 0 in an empty record.
    pub fn last_change(&self) -> Result<i64, Error> {
        self.db.query_row("SELECT ifnull(max(number), 0) FROM changes", [], |row| row.get(0)).map_err(|e| self.error(e))
    }
}
