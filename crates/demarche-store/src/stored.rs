//! Single rows read back: an article with its text, a record that counts now.

use demarche_record::{Article, ArticleRef, EngineInfo, Event};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;

use crate::ErrorKind;
use crate::pack::{Beside, Text, unpack};

/// An article as it was read; its text is empty where it is not kept.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) article: Article,
    pub(crate) kept: bool,
}

/// A record that counts now.
pub(crate) struct Current {
    pub(crate) key: i64,
    pub(crate) article_key: i64,
    pub(crate) place: i64,
    pub(crate) article: Kept,
    pub(crate) event: Event,
}

const ARTICLE: &str = "a.id, a.title, a.url, a.source, a.published, a.language, a.text";

fn kept(row: &Row<'_>, first: usize) -> rusqlite::Result<Kept> {
    let text: Option<String> = row.get(first + 6)?;
    let kept = text.is_some();
    let article = Article {
        id: row.get(first)?,
        title: row.get(first + 1)?,
        url: row.get(first + 2)?,
        source: row.get(first + 3)?,
        published: row.get(first + 4)?,
        language: row.get(first + 5)?,
        text: text.unwrap_or_default(),
        ..Article::default()
    };
    Ok(Kept { article, kept })
}

/// The newest version of an article, with its row.
pub(crate) fn newest(db: &Connection, id: &str) -> Result<(Kept, i64), ErrorKind> {
    db.prepare_cached(&format!("SELECT {ARTICLE}, a.key FROM articles a WHERE a.id = ?1 AND a.until IS NULL ORDER BY a.key DESC LIMIT 1"))?
        .query_row([id], |row| Ok((kept(row, 0)?, row.get(7)?)))
        .optional()?
        .ok_or_else(|| ErrorKind::Asked(format!("the record has no article '{id}'; `demarche articles` names them")))
}

/// The article that a record to insert names: `"article": ID` or `"article": {"id": ID}`.
pub(crate) fn article_of(db: &Connection, record: &Value) -> Result<Kept, ErrorKind> {
    let id = record["article"].as_str().or_else(|| record["article"]["id"].as_str());
    let id = id.ok_or_else(|| ErrorKind::Asked("the record to insert names no article; give \"article\": {\"id\": …}".to_owned()))?;
    Ok(newest(db, id)?.0)
}

/// Whether a record with the id counts now.
pub(crate) fn is_current(db: &Connection, id: &str) -> Result<bool, ErrorKind> {
    Ok(db.prepare_cached("SELECT 1 FROM events WHERE id = ?1 AND until IS NULL")?.exists([id])?)
}

/// The event record with the id, as it counts now.
pub(crate) fn current(db: &Connection, dictionary: &[u8], id: &str) -> Result<Current, ErrorKind> {
    let mut found = events(db, dictionary, "e.id = ?1", &id)?;
    found.pop().ok_or_else(|| {
        ErrorKind::Asked(format!(
            "the record has no event '{id}' that counts now; `demarche events` names those that do, `demarche correct history {id}` says what became of it"
        ))
    })
}

/// The events of an article as they count now, in their order.
pub(crate) fn events_of(db: &Connection, dictionary: &[u8], article: i64) -> Result<Vec<Current>, ErrorKind> {
    events(db, dictionary, "e.article = ?1", &article)
}

fn events(db: &Connection, dictionary: &[u8], condition: &str, value: &dyn rusqlite::ToSql) -> Result<Vec<Current>, ErrorKind> {
    let query = format!(
        "SELECT e.key, e.article, e.position, e.id, e.record, g.version, g.model, g.ontology, g.knowledge, {ARTICLE}
         FROM events e JOIN articles a ON a.key = e.article JOIN engines g ON g.key = e.engine
         WHERE {condition} AND e.until IS NULL ORDER BY e.position"
    );
    let mut statement = db.prepare_cached(&query)?;
    let mut rows = statement.query([value])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, packed): (String, Vec<u8>) = (row.get(3)?, row.get(4)?);
        let engine = EngineInfo { version: row.get(5)?, model: row.get(6)?, ontology: row.get(7)?, knowledge: row.get(8)? };
        let article = kept(row, 9)?;
        let reference = ArticleRef::from(&article.article);
        let text = article.kept.then(|| Text::new(&article.article.text));
        let value = unpack(&packed, &Beside { id: &id, article: &reference, engine: &engine }, text.as_ref(), dictionary)?;
        let event = serde_json::from_value(value).map_err(|e| ErrorKind::broken(&id, &e))?;
        out.push(Current { key: row.get(0)?, article_key: row.get(1)?, place: row.get(2)?, article, event });
    }
    Ok(out)
}
