//! Opening a record: the file, its format, its upgrades.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::PATIENCE;
use crate::pack::DICTIONARY;
use crate::{Error, ErrorKind};

/// "dmch": marks a `SQLite` file as a record.
const APPLICATION: i64 = 0x646d_6368;

/// Steps from each format to the next; the first makes a new record. Steps are never changed, only added.
const STEPS: [&str; 1] = [include_str!("schema/0001.sql")];

/// The format that this program writes.
pub const FORMAT: i64 = STEPS.len() as i64;

/// An open record.
///
/// Any number of programs may have one open: readers never wait, writers wait for each other, up to a minute.
pub struct Store {
    pub(crate) path: PathBuf,
    pub(crate) db: Connection,
    pub(crate) dictionary: Vec<u8>,
}

impl Store {
    /// Opens the record, made anew where there is none.
    pub fn create(path: &Path) -> Result<Self, Error> {
        Self::with(path, true, PATIENCE)
    }

    /// Opens a record that must exist.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::with(path, false, PATIENCE)
    }

    fn with(path: &Path, create: bool, patience: u64) -> Result<Self, Error> {
        if !create && !path.exists() {
            return Err(ErrorKind::Missing.at(path));
        }
        open(path, create, patience).map(|(db, dictionary)| Self { path: path.to_owned(), db, dictionary }).map_err(|kind| kind.at(path))
    }

    /// Opens with another patience than the usual, in seconds.
    #[cfg(test)]
    pub(crate) fn impatient(path: &Path, patience: u64) -> Result<Self, Error> {
        Self::with(path, true, patience)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn error(&self, kind: impl Into<ErrorKind>) -> Error {
        kind.into().at(&self.path)
    }
}

fn open(path: &Path, create: bool, patience: u64) -> Result<(Connection, Vec<u8>), ErrorKind> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let mut db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(Duration::from_secs(patience))?;
    let found = format(&db)?;
    if found > FORMAT {
        return Err(ErrorKind::Newer { found, known: FORMAT });
    }
    if found == 0 && !create {
        return Err(ErrorKind::NotARecord);
    }
    // Written pages wait beside the file and reach it whole; a commit is on disk before it is reported.
    to_wal(&db, Duration::from_secs(patience))?;
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", -32_000)?;
    db.set_prepared_statement_cache_capacity(64);
    if found < FORMAT {
        upgrade(&mut db)?;
    }
    let dictionary = db.query_row("SELECT value FROM meta WHERE key = 'dictionary'", [], |row| row.get(0))?;
    Ok((db, dictionary))
}

/// `SQLite` does not wait by itself for others that do the same.
fn to_wal(db: &Connection, patience: Duration) -> Result<(), ErrorKind> {
    let start = Instant::now();
    loop {
        match db.pragma_update(None, "journal_mode", "wal").map_err(ErrorKind::from) {
            Err(ErrorKind::Locked(_)) if start.elapsed() < patience => std::thread::sleep(Duration::from_millis(20)),
            done => return done,
        }
    }
}

/// The file's format; 0 where it is empty.
fn format(db: &Connection) -> Result<i64, ErrorKind> {
    // In this order: another program that makes the record meanwhile writes all three at once.
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application == APPLICATION {
        return Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?);
    }
    if tables > 0 || application != 0 { Err(ErrorKind::NotARecord) } else { Ok(0) }
}

/// Takes all missing steps or none.
fn upgrade(db: &mut Connection) -> Result<(), ErrorKind> {
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been faster.
    let found = format(&step)?;
    for sql in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        step.execute_batch(sql)?;
    }
    if found == 0 {
        step.execute("INSERT INTO meta VALUES ('dictionary', ?1)", [DICTIONARY])?;
        step.pragma_update(None, "application_id", APPLICATION)?;
    }
    step.pragma_update(None, "user_version", FORMAT)?;
    step.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use demarche_record::{Article, EngineInfo};

    use super::*;
    use crate::{Coded, Filter, View};

    fn add(store: &mut Store, id: usize) -> Result<crate::Added, Error> {
        let text = format!("Text {id}. ").repeat(400);
        let article = Article { id: id.to_string(), language: "en".into(), text, ..Article::default() };
        let engine = EngineInfo { version: "1".into(), model: "m".into(), ontology: "o".into(), knowledge: "k".into() };
        store.add(Coded { article: &article, sentences: 1, engine: &engine, events: &[], statements: &[], positions: &[] }, true)
    }

    #[test]
    fn a_lock_that_stays_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.db");
        let mut store = Store::impatient(&path, 1).unwrap();
        let other = Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let error = add(&mut store, 1).unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Locked(_)) && error.to_string().contains("wait for it to end"), "{error}");
        other.execute_batch("COMMIT").unwrap();
        add(&mut store, 1).unwrap();
    }

    #[test]
    fn a_full_disk_is_named_and_nothing_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("r.db")).unwrap();
        store.db.pragma_update(None, "max_page_count", 120).unwrap();
        let (done, error) = (0..1000).find_map(|n| add(&mut store, n).err().map(|error| (n, error))).unwrap();
        assert!(done > 0);
        assert!(matches!(error.kind, ErrorKind::Full) && error.to_string().contains("make room"), "{error}");
        assert_eq!(store.articles(&Filter::default(), View::Now, false).unwrap().len(), done);
        store.db.pragma_update(None, "max_page_count", 1_000_000).unwrap();
        add(&mut store, done).unwrap();
    }

    #[test]
    fn times_do_not_run_backwards() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("r.db")).unwrap();
        add(&mut store, 1).unwrap();
        let future = crate::change::now() + 1_000_000_000;
        store.db.execute("UPDATE changes SET at = ?1", [future]).unwrap();
        add(&mut store, 2).unwrap();
        let times: (i64, i64) = store.db.query_row("SELECT min(at), max(at) FROM changes", [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        assert_eq!(times, (future, future));
    }
}
