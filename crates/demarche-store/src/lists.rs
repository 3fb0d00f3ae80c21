//! Asking for articles and actors.

use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use crate::ask::asked;
use crate::filter::{Conditions, Filter};
use crate::{Error, ErrorKind, Store, View};

/// An article as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleRow {
    /// The input's own id, else `ar_` and a hash of the text.
    pub id: String,
    /// 1 for the first version, 2 for a changed one, ….
    pub version: i64,
    /// Id of the version before: another one where the article came without an id of its own.
    pub previous: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub source: Option<String>,
    /// `YYYY-MM-DD`.
    pub published: Option<String>,
    /// ISO 639-1.
    pub language: String,
    /// Code points of the text.
    pub characters: i64,
    /// Sentences of the text.
    pub sentences: i64,
    /// Event mentions of every status.
    pub events: i64,
    /// Whether the text is kept.
    pub text_kept: bool,
    /// Whether a later version has taken its place.
    pub superseded: bool,
    /// SHA-256 of text, title, address, source and date.
    pub hash: String,
    /// When it was added, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub added: String,
}

/// An actor with what it does in the records asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActorRow {
    /// Id in the knowledge tables.
    pub id: Option<String>,
    /// Name as resolved.
    pub name: String,
    /// `state`, `person`, `organisation`, `group` or `unknown`.
    pub kind: String,
    /// ISO 3166 alpha-3, `IGO` or `NGO`.
    pub country: Option<String>,
    /// Sector codes, the main one first.
    pub sectors: Vec<String>,
    /// Events it does.
    pub as_actor: i64,
    /// Events done to it.
    pub as_recipient: i64,
    /// Events it tells of.
    pub as_speaker: i64,
}

impl Store {
    /// Articles that fit, in the order in which they were added. Superseded versions only where asked.
    pub fn articles(&self, filter: &Filter, view: View, superseded: bool) -> Result<Vec<ArticleRow>, Error> {
        self.select_articles(filter, view, superseded).map_err(|e| self.error(e))
    }

    fn select_articles(&self, filter: &Filter, view: View, superseded: bool) -> Result<Vec<ArticleRow>, ErrorKind> {
        let mut sql = Conditions::default();
        match (view, superseded) {
            (_, false) => sql.and(view.sql("a")),
            (View::After(n), true) => sql.and(format!("a.since <= {n}")),
            (View::Now, true) => {}
        }
        filter.articles(&mut sql);
        let ended = match view {
            View::Now => "a.until IS NOT NULL".to_owned(),
            View::After(n) => format!("a.until <= {n}"),
        };
        let limit = filter.limit.map(|n| format!(" LIMIT {n}")).unwrap_or_default();
        let query = format!(
            "SELECT a.id, a.version, p.id, a.title, a.url, a.source, a.published, a.language, a.characters, a.sentences,
               (SELECT count(*) FROM events e WHERE e.article = a.key AND ({} OR a.until IS NOT NULL AND e.until = a.until)),
               a.text IS NOT NULL, ifnull({ended}, 0), lower(hex(a.hash)), strftime('%Y-%m-%dT%H:%M:%SZ', c.at / 1000, 'unixepoch')
             FROM articles a JOIN changes c ON c.number = a.since LEFT JOIN articles p ON p.key = a.previous
             WHERE {} ORDER BY a.key{limit}",
            view.sql("e"),
            sql.sql()
        );
        let row = |row: &Row<'_>| {
            Ok(ArticleRow {
                id: row.get(0)?,
                version: row.get(1)?,
                previous: row.get(2)?,
                title: row.get(3)?,
                url: row.get(4)?,
                source: row.get(5)?,
                published: row.get(6)?,
                language: row.get(7)?,
                characters: row.get(8)?,
                sentences: row.get(9)?,
                events: row.get(10)?,
                text_kept: row.get(11)?,
                superseded: row.get(12)?,
                hash: row.get(13)?,
                added: row.get(14)?,
            })
        };
        let mut statement = self.db.prepare(&query)?;
        let rows = statement.query_map(params_from_iter(&sql.values), row).map_err(|e| asked(filter, e))?;
        rows.collect::<Result<_, _>>().map_err(|e| asked(filter, e))
    }

    /// Actors of the events that fit, the busiest first.
    pub fn actors(&self, filter: &Filter, view: View) -> Result<Vec<ActorRow>, Error> {
        self.select_actors(filter, view).map_err(|e| self.error(e))
    }

    fn select_actors(&self, filter: &Filter, view: View) -> Result<Vec<ActorRow>, ErrorKind> {
        let mut sql = Conditions::default();
        sql.and(view.sql("e"));
        filter.events(&mut sql);
        let query = format!(
            "SELECT x.id, x.name, x.kind, x.country, x.sectors, sum(p.role = 0), sum(p.role = 1), sum(p.role = 2)
             FROM events e JOIN articles a ON a.key = e.article JOIN parties p ON p.event = e.key JOIN actors x ON x.key = p.actor
             WHERE {} GROUP BY x.key ORDER BY count(*) DESC, x.name, ifnull(x.id, ''), x.kind, x.sectors{}",
            sql.sql(),
            filter.limit.map(|n| format!(" LIMIT {n}")).unwrap_or_default()
        );
        let row = |row: &Row<'_>| {
            let sectors: String = row.get(4)?;
            Ok(ActorRow {
                id: row.get(0)?,
                name: row.get(1)?,
                kind: row.get(2)?,
                country: row.get(3)?,
                sectors: sectors.split('|').filter(|s| !s.is_empty()).map(str::to_owned).collect(),
                as_actor: row.get(5)?,
                as_recipient: row.get(6)?,
                as_speaker: row.get(7)?,
            })
        };
        let mut statement = self.db.prepare(&query)?;
        let rows = statement.query_map(params_from_iter(&sql.values), row).map_err(|e| asked(filter, e))?;
        rows.collect::<Result<_, _>>().map_err(|e| asked(filter, e))
    }
}
