//! Releases: a state of the record under a name, with a checksum over all that it says.

use std::fmt::Write;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::ask::Kind;
use crate::change;
use crate::{Error, ErrorKind, Store, View};

/// A frozen state of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Release {
    /// 1, 2, ….
    pub number: i64,
    /// Its name.
    pub name: String,
    /// When it was made, UTC.
    pub at: String,
    /// `sha256:` and the digest of all articles' hashes and all records; the same for the same articles, engine and corrections, in whatever order
    /// and whenever they were added.
    pub checksum: String,
    /// How much it holds.
    pub counts: Counts,
    /// Engines that made its records.
    pub engines: Vec<Value>,
    /// What the maker noted: codebook, citation.
    pub notes: Value,
}

/// How much a state of the record holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Articles that count.
    pub articles: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Event records of every status.
    pub events: u64,
    /// Statement records.
    pub statements: u64,
    /// Position records.
    pub positions: u64,
    /// Corrections made by hand.
    pub corrections: u64,
}

/// What a release's row keeps as JSON.
#[derive(Serialize, Deserialize)]
struct Manifest {
    counts: Counts,
    engines: Vec<Value>,
    notes: Value,
}

impl Store {
    /// Freezes the record as it is. A name is given once.
    pub fn release(&mut self, name: &str, notes: Value) -> Result<Release, Error> {
        if name.trim().is_empty() || name.parse::<i64>().is_ok() {
            return Err(self.error(ErrorKind::Asked("a release needs a name that is not a number, such as 2025-spring".to_owned())));
        }
        if self.releases()?.iter().any(|release| release.name == name) {
            return Err(self
                .error(ErrorKind::Asked(format!("there is a release '{name}' already, and releases never change; choose another name"))));
        }
        // Writers may go on meanwhile: the state is the one after this change.
        let last = self.last_change()?;
        let view = View::After(last);
        let checksum = self.checksum(view)?;
        let manifest = Manifest { counts: self.counts(view)?, engines: self.engines_of(view)?, notes };
        write(&mut self.db, name, last, &checksum, &manifest).map_err(|kind| kind.at(&self.path))?;
        let made = self.releases()?.into_iter().find(|release| release.name == name);
        made.ok_or_else(|| self.error(ErrorKind::Asked(format!("the release '{name}' was not kept; try again"))))
    }

    /// All releases, the first one first.
    pub fn releases(&self) -> Result<Vec<Release>, Error> {
        releases(&self.db).map_err(|kind| self.error(kind))
    }

    /// The checksum of a state. See [`Release::checksum`].
    pub fn checksum(&self, view: View) -> Result<String, Error> {
        self.digest(view).map_err(|kind| self.error(kind))
    }

    fn digest(&self, view: View) -> Result<String, ErrorKind> {
        let mut hash = Sha256::new();
        let mut statement =
            self.db.prepare(&format!("SELECT id, lower(hex(hash)) FROM articles a WHERE {} ORDER BY id, hash", view.sql("a")))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, content): (String, String) = (row.get(0)?, row.get(1)?);
            hash.update(format!("{id}\t{content}\n").as_bytes());
        }
        for kind in [Kind::Events, Kind::Statements, Kind::Positions] {
            self.in_fixed_order(kind, view, &mut |record| {
                hash.update(record.to_string().as_bytes());
                hash.update(b"\n");
            })?;
        }
        let mut text = "sha256:".to_owned();
        for byte in hash.finalize() {
            let _ = write!(text, "{byte:02x}");
        }
        Ok(text)
    }

    /// How much a state holds.
    pub fn counts(&self, view: View) -> Result<Counts, Error> {
        let count = |table: &str| -> Result<u64, rusqlite::Error> {
            self.db.query_row(&format!("SELECT count(*) FROM {table} x WHERE {}", view.sql("x")), [], |row| row.get(0))
        };
        let all = || -> Result<Counts, rusqlite::Error> {
            let sentences = format!("SELECT ifnull(sum(sentences), 0) FROM articles x WHERE {}", view.sql("x"));
            let last = if let View::After(n) = view { n } else { i64::MAX };
            Ok(Counts {
                articles: count("articles")?,
                sentences: self.db.query_row(&sentences, [], |row| row.get(0))?,
                events: count("events")?,
                statements: count("statements")?,
                positions: count("positions")?,
                corrections: self.db.query_row("SELECT count(*) FROM corrections WHERE change <= ?1", [last], |row| row.get(0))?,
            })
        };
        all().map_err(|e| self.error(e))
    }

    fn engines_of(&self, view: View) -> Result<Vec<Value>, Error> {
        let query = format!(
            "SELECT DISTINCT g.version, g.model, g.ontology, g.knowledge FROM events e JOIN engines g ON g.key = e.engine WHERE {} ORDER BY 1, 2, 3, 4",
            view.sql("e")
        );
        let engine = |row: &Row<'_>| {
            let [version, model, ontology, knowledge]: [String; 4] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
            Ok(serde_json::json!({"version": version, "model": model, "ontology": ontology, "knowledge": knowledge}))
        };
        let all = || -> Result<Vec<Value>, rusqlite::Error> { self.db.prepare(&query)?.query_map([], engine)?.collect() };
        all().map_err(|e| self.error(e))
    }
}

fn write(db: &mut Connection, name: &str, last: i64, checksum: &str, manifest: &Manifest) -> Result<(), ErrorKind> {
    let step = change::begin(db)?;
    let json = serde_json::to_string(manifest).map_err(|e| ErrorKind::broken(name, &e))?;
    let at: Option<i64> = step.query_row("SELECT max(at) FROM changes", [], |row| row.get(0)).optional()?.flatten();
    step.execute(
        "INSERT INTO releases (name, change, at, checksum, manifest) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![name, last, change::now().max(at.unwrap_or(0)), checksum, json],
    )?;
    step.commit()?;
    Ok(())
}

fn releases(db: &Connection) -> Result<Vec<Release>, ErrorKind> {
    let mut statement = db.prepare(
        "SELECT number, name, strftime('%Y-%m-%dT%H:%M:%SZ', at / 1000, 'unixepoch'), checksum, manifest FROM releases ORDER BY number",
    )?;
    let mut rows = statement.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, json): (String, String) = (row.get(1)?, row.get(4)?);
        let manifest: Manifest = serde_json::from_str(&json).map_err(|e| ErrorKind::broken(&name, &e))?;
        out.push(Release {
            number: row.get(0)?,
            name,
            at: row.get(2)?,
            checksum: row.get(3)?,
            counts: manifest.counts,
            engines: manifest.engines,
            notes: manifest.notes,
        });
    }
    Ok(out)
}
