//! Rows of one article: itself, its words, its records.

use std::collections::HashMap;

use demarche_record::{Actor, Article, ArticleRef, EngineInfo, Event, Kind, Position, Statement};
use rusqlite::{Connection, OptionalExtension, params};

use crate::ErrorKind;
use crate::pack::{Beside, Text, pack};

/// Roles of parties, as the column `role` has them.
pub(crate) const ACTOR: i64 = 0;
pub(crate) const RECIPIENT: i64 = 1;
pub(crate) const SPEAKER: i64 = 2;

/// Writes the rows of one article within one change.
pub(crate) struct Writer<'a> {
    db: &'a Connection,
    dictionary: &'a [u8],
    change: i64,
    article: &'a Article,
    reference: ArticleRef,
    text: Text<'a>,
    keep: bool,
    key: i64,
    sentences: HashMap<(usize, usize), i64>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(db: &'a Connection, dictionary: &'a [u8], change: i64, article: &'a Article, keep: bool) -> Self {
        let (reference, text) = (article.into(), Text::new(&article.text));
        Self { db, dictionary, change, article, reference, text, keep, key: 0, sentences: HashMap::new() }
    }

    /// Takes an article's row that is there.
    pub(crate) fn at(mut self, key: i64) -> Self {
        self.key = key;
        self
    }

    /// The article's row.
    pub(crate) fn article(
        &mut self,
        engine: &EngineInfo,
        sentences: usize,
        hash: &[u8; 32],
        version: i64,
        previous: Option<i64>,
    ) -> Result<(), ErrorKind> {
        let a = self.article;
        let engine = engine_key(self.db, engine)?;
        self.db
            .prepare_cached(
                "INSERT INTO articles (id, version, previous, hash, title, url, source, published, language, characters, sentences, engine,
                 since, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                a.id,
                version,
                previous,
                hash,
                a.title,
                a.url,
                a.source,
                a.published,
                a.language,
                a.text.chars().count() as i64,
                sentences as i64,
                engine,
                self.change,
                self.keep.then_some(&a.text)
            ])?;
        self.key = self.db.last_insert_rowid();
        Ok(())
    }

    /// The article's words for searching: of a text that may not be kept only the title's, since an index gives the text away.
    pub(crate) fn words(&self) -> Result<(), ErrorKind> {
        let text = if self.keep { self.article.text.as_str() } else { "" };
        self.db.prepare_cached("INSERT INTO article_words (rowid, title, text) VALUES (?1, ?2, ?3)")?.execute(params![
            self.key,
            self.article.title,
            text
        ])?;
        Ok(())
    }

    /// All records.
    pub(crate) fn records(&mut self, events: &[Event], statements: &[Statement], positions: &[Position]) -> Result<(), ErrorKind> {
        for (place, event) in events.iter().enumerate() {
            self.event(event, place as i64)?;
        }
        for (place, statement) in statements.iter().enumerate() {
            self.statement(statement, place as i64)?;
        }
        for (place, position) in positions.iter().enumerate() {
            self.position(position, place as i64)?;
        }
        Ok(())
    }

    fn pack(&self, record: &impl serde::Serialize, id: &str, engine: &EngineInfo) -> Result<Vec<u8>, ErrorKind> {
        let json = serde_json::to_string(record).map_err(|e| ErrorKind::broken(id, &e))?;
        pack(&json, &Beside { id, article: &self.reference, engine }, &self.text, self.keep, self.dictionary)
    }

    pub(crate) fn event(&mut self, e: &Event, place: i64) -> Result<(), ErrorKind> {
        let record = self.pack(e, &e.id, &e.engine)?;
        let engine = engine_key(self.db, &e.engine)?;
        let sentence = self.sentence(e.sentence.start, e.sentence.end)?;
        let at = e.place.as_ref();
        self.db
            .prepare_cached(
                "INSERT INTO events (id, article, position, engine, sentence, trigger_start, trigger_end, type, quad, score, status, date_from,
                 date_to, place, country, geonames, latitude, longitude, confidence, same_as, since, record)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
            )?
            .execute(params![
                e.id,
                self.key,
                place,
                engine,
                sentence,
                e.trigger.start as i64,
                e.trigger.end as i64,
                e.event.name(),
                e.quad,
                e.score,
                e.status.name(),
                e.date.from,
                e.date.to,
                at.map(|p| &p.name),
                at.and_then(|p| p.country.as_ref()),
                at.and_then(|p| p.geonames).and_then(|id| i64::try_from(id).ok()),
                at.and_then(|p| p.latitude),
                at.and_then(|p| p.longitude),
                e.confidence,
                e.same_as,
                self.change,
                record
            ])?;
        let event = self.db.last_insert_rowid();
        let speakers = e.attribution.iter().map(|link| &link.speaker);
        let parties =
            e.actors.iter().map(|a| (ACTOR, a)).chain(e.recipients.iter().map(|a| (RECIPIENT, a))).chain(speakers.map(|a| (SPEAKER, a)));
        for (place, (role, party)) in parties.enumerate() {
            let actor = actor_key(self.db, party)?;
            self.db.prepare_cached("INSERT INTO parties (event, role, position, actor) VALUES (?1, ?2, ?3, ?4)")?.execute([
                event,
                role,
                place as i64,
                actor,
            ])?;
        }
        Ok(())
    }

    fn statement(&mut self, s: &Statement, place: i64) -> Result<(), ErrorKind> {
        let record = self.pack(s, &s.id, &s.engine)?;
        let speaker = s.speaker.as_ref().map(|speaker| actor_key(self.db, speaker)).transpose()?;
        let engine = engine_key(self.db, &s.engine)?;
        self.db
            .prepare_cached(
                "INSERT INTO statements (id, article, position, engine, speaker, since, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![s.id, self.key, place, engine, speaker, self.change, record])?;
        Ok(())
    }

    fn position(&mut self, p: &Position, place: i64) -> Result<(), ErrorKind> {
        let record = self.pack(p, &p.id, &p.engine)?;
        let (holder, engine) = (actor_key(self.db, &p.holder)?, engine_key(self.db, &p.engine)?);
        self.db
            .prepare_cached(
                "INSERT INTO positions (id, article, position, engine, holder, issue, stance, date_from, date_to, since, record)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                p.id,
                self.key,
                place,
                engine,
                holder,
                p.issue,
                name_of(&p.stance),
                p.date.from,
                p.date.to,
                self.change,
                record
            ])?;
        Ok(())
    }

    /// The row of a sentence, made where it is new; its words become searchable. None where the text is not kept.
    fn sentence(&mut self, start: usize, end: usize) -> Result<Option<i64>, ErrorKind> {
        let Some(words) = self.text.cut(start, end).filter(|_| self.keep) else { return Ok(None) };
        if let Some(key) = self.sentences.get(&(start, end)) {
            return Ok(Some(*key));
        }
        let found: Option<i64> = self
            .db
            .prepare_cached("SELECT key FROM sentences WHERE article = ?1 AND start = ?2 AND \"end\" = ?3")?
            .query_row([self.key, start as i64, end as i64], |row| row.get(0))
            .optional()?;
        let key = if let Some(key) = found {
            key
        } else {
            self.db.prepare_cached("INSERT INTO sentences (article, start, \"end\") VALUES (?1, ?2, ?3)")?.execute([
                self.key,
                start as i64,
                end as i64,
            ])?;
            let key = self.db.last_insert_rowid();
            self.db.prepare_cached("INSERT INTO sentence_words (rowid, text) VALUES (?1, ?2)")?.execute(params![key, words])?;
            key
        };
        self.sentences.insert((start, end), key);
        Ok(Some(key))
    }
}

/// A value's name in records.
pub(crate) fn name_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The row of an engine, made where it is new.
pub(crate) fn engine_key(db: &Connection, engine: &EngineInfo) -> Result<i64, ErrorKind> {
    let values = [&engine.version, &engine.model, &engine.ontology, &engine.knowledge];
    let found = db
        .prepare_cached("SELECT key FROM engines WHERE version = ?1 AND model = ?2 AND ontology = ?3 AND knowledge = ?4")?
        .query_row(values, |row| row.get(0))
        .optional()?;
    if let Some(key) = found {
        return Ok(key);
    }
    db.prepare_cached("INSERT INTO engines (version, model, ontology, knowledge) VALUES (?1, ?2, ?3, ?4)")?.execute(values)?;
    Ok(db.last_insert_rowid())
}

/// The row of an actor, made where it is new.
fn actor_key(db: &Connection, actor: &Actor) -> Result<i64, ErrorKind> {
    let kind = match actor.kind {
        Kind::State => "state",
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Group => "group",
        Kind::Unknown => "unknown",
    };
    let values = params![actor.name, kind, actor.sectors.join("|"), actor.id, actor.country];
    let found = db
        .prepare_cached(
            "SELECT key FROM actors WHERE name = ?1 AND kind = ?2 AND sectors = ?3 AND ifnull(id, '') = ifnull(?4, '')
             AND ifnull(country, '') = ifnull(?5, '')",
        )?
        .query_row(values, |row| row.get(0))
        .optional()?;
    if let Some(key) = found {
        return Ok(key);
    }
    db.prepare_cached("INSERT INTO actors (name, kind, sectors, id, country) VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(values)?;
    Ok(db.last_insert_rowid())
}
