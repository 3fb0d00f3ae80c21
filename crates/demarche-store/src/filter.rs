//! What to ask for.

use demarche_record::{EventType, Status};
use jiff::civil::Date;
use rusqlite::types::Value;

use crate::insert::{ACTOR, RECIPIENT, SPEAKER};

/// Which records to return. Empty fields ask for everything; several values of one field mean any of them, several fields all of them.
///
/// Parties are given as an id of the knowledge tables, a country (ISO 3166 alpha-3) or a name, in any case. A record lies on the last day of its
/// date's interval; one without a date is left out as soon as a day is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// First day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day, inclusive.
    pub to: Option<String>,
    /// Who acts (of positions: who holds it).
    pub actors: Vec<String>,
    /// Who is acted on.
    pub recipients: Vec<String>,
    /// Who takes part, on either side.
    pub parties: Vec<String>,
    /// Who says so.
    pub speakers: Vec<String>,
    /// Pairs of parties.
    pub dyads: Vec<Dyad>,
    /// Types.
    pub types: Vec<EventType>,
    /// Quad classes, 1 to 4.
    pub quads: Vec<u8>,
    /// Places: country (ISO 3166 alpha-3), `GeoNames` id or name.
    pub places: Vec<String>,
    /// Statuses.
    pub statuses: Vec<Status>,
    /// Publishers of the article.
    pub sources: Vec<String>,
    /// Issues of positions: words that they contain.
    pub issues: Vec<String>,
    /// Stances of positions.
    pub stances: Vec<String>,
    /// Least confidence, 0 to 1.
    pub confidence: Option<f64>,
    /// Words of the sentence (of articles: of title and text); words together in quotation marks stand together, `OR`, `NOT` and `word*` work.
    pub text: Option<String>,
    /// Ids of records.
    pub ids: Vec<String>,
    /// Ids of articles.
    pub articles: Vec<String>,
    /// Only the first mention of each event.
    pub first_only: bool,
    /// At most so many.
    pub limit: Option<u64>,
    /// By date instead of by article.
    pub by_date: bool,
}

/// A pair of parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dyad {
    /// Who acts.
    pub source: String,
    /// On whom.
    pub target: String,
    /// Also the other way round.
    pub mutual: bool,
}

/// Conditions of an SQL query with their values, in order.
#[derive(Default)]
pub(crate) struct Conditions {
    all: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    pub(crate) fn and(&mut self, sql: impl Into<String>) {
        self.all.push(sql.into());
    }

    /// A parameter for a value.
    pub(crate) fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// Parameters with commas between them.
    fn list<T: Into<Value>>(&mut self, values: impl IntoIterator<Item = T>) -> String {
        values.into_iter().map(|v| self.value(v)).collect::<Vec<_>>().join(", ")
    }

    /// That a column has one of the values, where there are any.
    pub(crate) fn any<T: Into<Value>>(&mut self, column: &str, values: impl IntoIterator<Item = T>) {
        let list = self.list(values);
        if !list.is_empty() {
            self.and(format!("{column} IN ({list})"));
        }
    }

    pub(crate) fn sql(&self) -> String {
        if self.all.is_empty() { "true".to_owned() } else { self.all.join(" AND ") }
    }

    /// Rows of `actors` that a name, id or country means.
    pub(crate) fn actors(&mut self, names: &[String]) -> String {
        let parts: Vec<String> = names
            .iter()
            .map(|name| {
                let (code, name) = (self.value(name.to_uppercase()), self.value(name.clone()));
                format!(
                    "SELECT key FROM actors WHERE id = {name} UNION SELECT key FROM actors WHERE id = {code}
                     UNION SELECT key FROM actors WHERE country = {code} UNION SELECT key FROM actors WHERE name = {name} COLLATE NOCASE"
                )
            })
            .collect();
        parts.join(" UNION ")
    }

    /// Events in which one of the names plays one of the roles.
    fn party(&mut self, roles: &[i64], names: &[String]) -> String {
        let roles = roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        format!("SELECT event FROM parties WHERE actor IN ({}) AND role IN ({roles})", self.actors(names))
    }

    fn dates(&mut self, table: &str, filter: &Filter) {
        for (day, sign) in [(&filter.from, ">="), (&filter.to, "<=")] {
            if let Some(day) = day {
                let day = self.value(day.clone());
                self.and(format!("{table}.date_to {sign} {day}"));
            }
        }
    }

    fn of_article(&mut self, filter: &Filter) {
        self.any("a.id", filter.articles.iter().cloned());
        if !filter.sources.is_empty() {
            let list = self.list(filter.sources.iter().cloned());
            self.and(format!("a.source COLLATE NOCASE IN ({list})"));
        }
    }
}

impl Filter {
    /// Conditions over `events e` and `articles a`.
    pub(crate) fn events(&self, sql: &mut Conditions) {
        sql.dates("e", self);
        sql.any("e.id", self.ids.iter().cloned());
        sql.any("e.type", self.types.iter().map(|t| t.name().to_owned()));
        sql.any("e.quad", self.quads.iter().map(|q| i64::from(*q)));
        sql.any("e.status", self.statuses.iter().map(|s| s.name().to_owned()));
        for (roles, names) in [
            (&[ACTOR][..], &self.actors),
            (&[RECIPIENT], &self.recipients),
            (&[ACTOR, RECIPIENT], &self.parties),
            (&[SPEAKER], &self.speakers),
        ] {
            if !names.is_empty() {
                let party = sql.party(roles, names);
                // Of few days, look at the parties of their events; else at the events of the parties.
                sql.and(if self.is_short() { format!("EXISTS ({party} AND event = e.key)") } else { format!("e.key IN ({party})") });
            }
        }
        if !self.dyads.is_empty() {
            let dyads: Vec<String> = self.dyads.iter().map(|dyad| dyad.sql(sql)).collect();
            sql.and(format!("({})", dyads.join(" OR ")));
        }
        if !self.places.is_empty() {
            let places: Vec<String> = self.places.iter().map(|place| place_sql(place, sql)).collect();
            sql.and(format!("({})", places.join(" OR ")));
        }
        if let Some(least) = self.confidence {
            let least = sql.value(least);
            sql.and(format!("e.confidence >= {least}"));
        }
        if let Some(text) = &self.text {
            let text = sql.value(text.clone());
            sql.and(format!("e.sentence IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH {text})"));
        }
        if self.first_only {
            sql.and("e.same_as IS NULL");
        }
        sql.of_article(self);
    }

    /// Conditions over `positions e` and `articles a`.
    pub(crate) fn positions(&self, sql: &mut Conditions) {
        sql.dates("e", self);
        sql.any("e.id", self.ids.iter().cloned());
        let holders: Vec<String> = self.actors.iter().chain(&self.parties).cloned().collect();
        if !holders.is_empty() {
            let actors = sql.actors(&holders);
            sql.and(format!("e.holder IN ({actors})"));
        }
        if !self.issues.is_empty() {
            let issues: Vec<String> =
                self.issues.iter().map(|issue| format!("instr(lower(e.issue), lower({})) > 0", sql.value(issue.clone()))).collect();
            sql.and(format!("({})", issues.join(" OR ")));
        }
        sql.any("e.stance", self.stances.iter().cloned());
        sql.of_article(self);
        self.article_text(sql);
    }

    /// Conditions over `statements e` and `articles a`; days are those of publication.
    pub(crate) fn statements(&self, sql: &mut Conditions) {
        self.published(sql);
        sql.any("e.id", self.ids.iter().cloned());
        let speakers: Vec<String> = self.actors.iter().chain(&self.parties).chain(&self.speakers).cloned().collect();
        if !speakers.is_empty() {
            let actors = sql.actors(&speakers);
            sql.and(format!("e.speaker IN ({actors})"));
        }
        sql.of_article(self);
        self.article_text(sql);
    }

    /// Conditions over `articles a`; days are those of publication.
    pub(crate) fn articles(&self, sql: &mut Conditions) {
        self.published(sql);
        sql.any("a.id", self.ids.iter().cloned());
        sql.of_article(self);
        self.article_text(sql);
    }

    fn published(&self, sql: &mut Conditions) {
        for (day, sign) in [(&self.from, ">="), (&self.to, "<=")] {
            if let Some(day) = day {
                let day = sql.value(day.clone());
                sql.and(format!("a.published {sign} {day}"));
            }
        }
    }

    /// Whether a quarter or less is asked for.
    fn is_short(&self) -> bool {
        let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
        matches!((day(&self.from), day(&self.to)), (Some(from), Some(to)) if (to - from).get_days() <= 92)
    }

    fn article_text(&self, sql: &mut Conditions) {
        if let Some(text) = &self.text {
            let text = sql.value(text.clone());
            sql.and(format!("a.key IN (SELECT rowid FROM article_words WHERE article_words MATCH {text})"));
        }
    }
}

impl Dyad {
    fn sql(&self, sql: &mut Conditions) -> String {
        let mut one_way = |source: &str, target: &str| {
            let source = sql.party(&[ACTOR], &[source.to_owned()]);
            let target = sql.party(&[RECIPIENT], &[target.to_owned()]);
            format!("(e.key IN ({source} INTERSECT {target}))")
        };
        let there = one_way(&self.source, &self.target);
        if self.mutual { format!("{there} OR {}", one_way(&self.target, &self.source)) } else { there }
    }
}

fn place_sql(place: &str, sql: &mut Conditions) -> String {
    if let Ok(id) = place.parse::<i64>() {
        let id = sql.value(id);
        return format!("e.geonames = {id}");
    }
    let (code, name) = (sql.value(place.to_uppercase()), sql.value(place.to_owned()));
    format!("e.country = {code} OR e.place = {name} COLLATE NOCASE")
}
