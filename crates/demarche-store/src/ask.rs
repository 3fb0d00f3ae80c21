//! Asking for records: filtered, in a fixed order, one by one.

use std::collections::HashMap;
use std::ops::ControlFlow;

use demarche_record::{ArticleRef, EngineInfo};
use rusqlite::{Row, params_from_iter};
use serde_json::Value;

use crate::filter::{Conditions, Filter};
use crate::pack::{Beside, Text, unpack};
use crate::{Error, ErrorKind, Store, View};

/// Kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Event mentions.
    Events,
    /// Who said what.
    Statements,
    /// Declared positions.
    Positions,
}

impl Kind {
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Statements => "statements",
            Self::Positions => "positions",
        }
    }
}

/// What makes a row a record again.
struct Reader {
    engines: HashMap<i64, EngineInfo>,
}

impl Store {
    /// Gives the records that fit to `each`, as the JSON that went in, until it breaks. They come in the order in which their articles were added
    /// and stand in them, or by date.
    pub fn records(&self, kind: Kind, filter: &Filter, view: View, each: &mut dyn FnMut(Value) -> ControlFlow<()>) -> Result<(), Error> {
        self.select(kind, filter, view, each).map_err(|kind| self.error(kind))
    }

    fn select(&self, kind: Kind, filter: &Filter, view: View, each: &mut dyn FnMut(Value) -> ControlFlow<()>) -> Result<(), ErrorKind> {
        let mut sql = Conditions::default();
        sql.and(view.sql("e"));
        match kind {
            Kind::Events => filter.events(&mut sql),
            Kind::Statements => filter.statements(&mut sql),
            Kind::Positions => filter.positions(&mut sql),
        }
        let by_date = filter.by_date && kind != Kind::Statements;
        let order = if by_date { "e.date_to, e.article, e.position" } else { "e.article, e.position" };
        self.ordered(kind, filter, &sql, order, each)
    }

    /// All records of a state, in an order that does not depend on when they were added.
    pub(crate) fn in_fixed_order(&self, kind: Kind, view: View, each: &mut dyn FnMut(Value)) -> Result<(), ErrorKind> {
        let mut sql = Conditions::default();
        sql.and(view.sql("e"));
        self.ordered(kind, &Filter::default(), &sql, "a.id, a.hash, e.position, e.id", &mut |record| {
            each(record);
            ControlFlow::Continue(())
        })
    }

    fn ordered(
        &self,
        kind: Kind,
        filter: &Filter,
        sql: &Conditions,
        order: &str,
        each: &mut dyn FnMut(Value) -> ControlFlow<()>,
    ) -> Result<(), ErrorKind> {
        let limit = filter.limit.map(|n| format!(" LIMIT {n}")).unwrap_or_default();
        let query = format!(
            "SELECT e.id, e.engine, e.record, a.key, a.id, a.title, a.url, a.source, a.published, a.language, a.text
             FROM {} e JOIN articles a ON a.key = e.article WHERE {} ORDER BY {order}{limit}",
            kind.table(),
            sql.sql()
        );
        let reader = Reader { engines: self.engines()? };
        let mut statement = self.db.prepare(&query)?;
        let mut rows = statement.query(params_from_iter(&sql.values)).map_err(|e| asked(filter, e))?;
        while let Some(row) = rows.next().map_err(|e| asked(filter, e))? {
            if each(reader.record(row, &self.dictionary)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// How many records fit.
    pub fn count(&self, kind: Kind, filter: &Filter, view: View) -> Result<u64, Error> {
        let mut sql = Conditions::default();
        sql.and(view.sql("e"));
        match kind {
            Kind::Events => filter.events(&mut sql),
            Kind::Statements => filter.statements(&mut sql),
            Kind::Positions => filter.positions(&mut sql),
        }
        let query = format!("SELECT count(*) FROM {} e JOIN articles a ON a.key = e.article WHERE {}", kind.table(), sql.sql());
        let count: Result<i64, _> = self.db.query_row(&query, params_from_iter(&sql.values), |row| row.get(0));
        count.map(i64::cast_unsigned).map_err(|e| self.error(asked(filter, e)))
    }

    pub(crate) fn engines(&self) -> Result<HashMap<i64, EngineInfo>, ErrorKind> {
        let mut statement = self.db.prepare_cached("SELECT key, version, model, ontology, knowledge FROM engines")?;
        let engine = |row: &Row<'_>| {
            let info = EngineInfo { version: row.get(1)?, model: row.get(2)?, ontology: row.get(3)?, knowledge: row.get(4)? };
            Ok((row.get(0)?, info))
        };
        let engines = statement.query_map([], engine)?.collect::<Result<_, _>>()?;
        Ok(engines)
    }
}

impl Reader {
    fn record(&self, row: &Row<'_>, dictionary: &[u8]) -> Result<Value, ErrorKind> {
        let id: String = row.get(0)?;
        let Some(engine) = self.engines.get(&row.get(1)?) else { return Err(ErrorKind::broken(&id, &"its engine is missing")) };
        let article = ArticleRef {
            id: row.get(4)?,
            title: row.get(5)?,
            url: row.get(6)?,
            source: row.get(7)?,
            published: row.get(8)?,
            language: row.get(9)?,
        };
        let text = row.get_ref(10)?.as_str_or_null().map_err(|e| ErrorKind::broken(&id, &e))?.map(Text::new);
        let packed = row.get_ref(2)?.as_blob().map_err(|e| ErrorKind::broken(&id, &e))?;
        unpack(packed, &Beside { id: &id, article: &article, engine }, text.as_ref(), dictionary)
    }
}

/// A search text that `SQLite` does not understand is the asker's; anything else is not.
pub(crate) fn asked(filter: &Filter, error: rusqlite::Error) -> ErrorKind {
    match (&filter.text, &error) {
        (Some(text), rusqlite::Error::SqliteFailure(_, Some(message)))
            if message.contains("fts5") || message.contains("no such column") || message.contains("unterminated") =>
        {
            ErrorKind::Asked(format!("the words '{text}' cannot be searched for; put phrases and signs in double quotation marks"))
        }
        _ => error.into(),
    }
}
