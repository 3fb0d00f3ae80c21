//! Adding coded articles.

use demarche_record::{Article, EngineInfo, Event, Position, Statement};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use crate::change::{self, ChangeKind};
use crate::insert::Writer;
use crate::{Error, ErrorKind, Store};

/// An article with everything coded from it.
#[derive(Clone, Copy, Debug)]
pub struct Coded<'a> {
    /// The article as it was read.
    pub article: &'a Article,
    /// Sentences of its text.
    pub sentences: usize,
    /// What coded it.
    pub engine: &'a EngineInfo,
    /// Event mentions of every status.
    pub events: &'a [Event],
    /// Who said what to whom.
    pub statements: &'a [Statement],
    /// Declared positions.
    pub positions: &'a [Position],
}

/// What adding did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// The article is new.
    New,
    /// It was there already; nothing was done.
    Same,
    /// It is a changed version, the how-manieth; the earlier ones are kept, their records no longer count.
    Version(i64),
    /// Another article has this id; both are kept and count.
    Clash,
}

/// A row of an article with the same id or address.
struct Known {
    key: i64,
    version: i64,
    source: Option<String>,
    url: Option<String>,
}

impl Store {
    /// Whether the article is there, exactly as it was read.
    pub fn holds(&self, article: &Article) -> Result<bool, Error> {
        holds(&self.db, &article.id, &content(article)).map_err(|e| self.error(e))
    }

    /// Adds an article with its records, all or nothing, on disk when this returns. `keep_text` false keeps offsets and a hash of the text only.
    pub fn add(&mut self, coded: Coded<'_>, keep_text: bool) -> Result<Added, Error> {
        let dictionary = &self.dictionary;
        add(&mut self.db, dictionary, coded, keep_text).map_err(|kind| kind.at(&self.path))
    }
}

/// SHA-256 over all that makes this version of the article.
fn content(article: &Article) -> [u8; 32] {
    let mut hash = Sha256::new();
    let parts = [&article.title, &article.url, &article.source, &article.published].map(|part| part.as_deref().unwrap_or(""));
    for part in [article.text.as_str()].into_iter().chain(parts) {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().into()
}

fn holds(db: &Connection, id: &str, hash: &[u8; 32]) -> Result<bool, ErrorKind> {
    Ok(db.prepare_cached("SELECT 1 FROM articles WHERE id = ?1 AND hash = ?2")?.exists(params![id, hash])?)
}

fn add(db: &mut Connection, dictionary: &[u8], coded: Coded<'_>, keep_text: bool) -> Result<Added, ErrorKind> {
    let article = coded.article;
    let hash = content(article);
    let step = change::begin(db)?;
    if holds(&step, &article.id, &hash)? {
        return Ok(Added::Same);
    }
    let known = earlier(&step, article)?;
    let clash = known
        .as_ref()
        .is_some_and(|known| differ(known.source.as_ref(), article.source.as_ref()) || differ(known.url.as_ref(), article.url.as_ref()));
    let change = change::note(&step, ChangeKind::Add)?;
    let previous = known.as_ref().filter(|_| !clash);
    if let Some(previous) = previous {
        retire(&step, previous.key, change)?;
    }
    let version = previous.map_or(1, |known| known.version + 1);
    let mut writer = Writer::new(&step, dictionary, change, article, keep_text);
    writer.article(coded.engine, coded.sentences, &hash, version, previous.map(|known| known.key))?;
    writer.words()?;
    writer.records(coded.events, coded.statements, coded.positions)?;
    step.commit()?;
    Ok(if clash {
        Added::Clash
    } else if version > 1 {
        Added::Version(version)
    } else {
        Added::New
    })
}

/// Whether both are given and not the same.
fn differ(a: Option<&String>, b: Option<&String>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// The article's newest earlier version: the one with its id; for texts that came without an id, with its address and day.
fn earlier(db: &Connection, article: &Article) -> Result<Option<Known>, ErrorKind> {
    let known = |row: &rusqlite::Row<'_>| Ok(Known { key: row.get(0)?, version: row.get(1)?, source: row.get(2)?, url: row.get(3)? });
    let with_id = db
        .prepare_cached("SELECT key, version, source, url FROM articles WHERE id = ?1 AND until IS NULL ORDER BY version DESC LIMIT 1")?
        .query_row([&article.id], known)
        .optional()?;
    if with_id.is_some() {
        return Ok(with_id);
    }
    let Some(url) = article.url.as_ref().filter(|url| article.id.starts_with("ar_") && names_a_page(url)) else { return Ok(None) };
    Ok(db
        .prepare_cached(
            "SELECT key, version, source, url FROM articles
             WHERE url = ?1 AND published IS ?2 AND id LIKE 'ar\\_%' ESCAPE '\\' AND until IS NULL ORDER BY version DESC LIMIT 1",
        )?
        .query_row(params![url, article.published], known)
        .optional()?)
}

/// Whether an address is that of a page rather than of a whole site.
fn names_a_page(url: &str) -> bool {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    path.trim_end_matches('/').contains('/') || path.contains('?')
}

/// Ends what the records of an article's earlier version say.
fn retire(db: &Connection, article: i64, change: i64) -> Result<(), ErrorKind> {
    db.prepare_cached("UPDATE articles SET until = ?1 WHERE key = ?2")?.execute([change, article])?;
    retire_records(db, article, change)
}

/// The same of its records alone.
pub(crate) fn retire_records(db: &Connection, article: i64, change: i64) -> Result<(), ErrorKind> {
    for table in ["events", "statements", "positions"] {
        let sql = format!("UPDATE {table} SET until = ?1 WHERE article = ?2 AND until IS NULL");
        db.prepare_cached(&sql)?.execute([change, article])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::names_a_page;

    #[test]
    fn a_home_page_is_no_article() {
        assert!(names_a_page("https://example.org/2025/04/border"));
        assert!(names_a_page("https://example.org/?p=12"));
        assert!(!names_a_page("https://example.org"));
        assert!(!names_a_page("https://example.org/"));
    }
}
