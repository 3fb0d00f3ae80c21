//! Counts over time, with what they are counts of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rusqlite::params_from_iter;
use serde::Serialize;

use crate::ask::asked;
use crate::filter::{Conditions, Filter};
use crate::{Error, ErrorKind, Store, View};

/// Lengths of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

/// What is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Country of an actor and country of a recipient.
    Dyad,
    /// Countries that take part, on either side.
    Country,
    /// Nothing: all events together.
    All,
}

/// Which series.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Length of a row's time.
    pub period: Period,
    /// What a row is about.
    pub unit: Unit,
    /// Also rows without an event, from the first to the last period (or the filter's days) of every unit that has any.
    pub zeros: bool,
}

/// One row: a unit in a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeriesRow {
    /// First day of the period.
    pub period: String,
    /// Country that acts, or that takes part.
    pub source: Option<String>,
    /// Country that is acted on.
    pub target: Option<String>,
    /// Event mentions.
    pub events: u64,
    /// Mean score, −10 to 10.
    pub score_mean: Option<f64>,
    /// Share of verbal cooperation, 0 to 1.
    pub quad1: Option<f64>,
    /// Share of material cooperation.
    pub quad2: Option<f64>,
    /// Share of verbal conflict.
    pub quad3: Option<f64>,
    /// Share of material conflict.
    pub quad4: Option<f64>,
    /// Cooperation less conflict, over events: −1 to 1.
    pub balance: Option<f64>,
    /// Articles published in the period that the record holds, with or without events.
    pub articles: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Their sources.
    pub sources: u64,
}

/// A series, and what could not be placed in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeriesAnswer {
    /// By unit, then period.
    pub rows: Vec<SeriesRow>,
    /// Events without a date or with one longer than the period and than a week.
    pub unplaced: u64,
    /// Articles without a date of publication: in no denominator.
    pub undated_articles: u64,
}

#[derive(Clone, Copy, Default)]
struct Cell {
    quads: [u64; 4],
    score: f64,
}

#[derive(Clone, Copy, Default)]
struct Read {
    articles: u64,
    sentences: u64,
    sources: u64,
}

type Key = (Option<String>, Option<String>);

impl Period {
    fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Self::Month => day.first_of_month(),
        }
    }

    fn step(self) -> Span {
        match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
        }
    }

    /// Whether an interval says enough to place its last day.
    fn takes(self, from: Date, to: Date) -> bool {
        let days = (to - from).get_days() + 1;
        days <= if self == Self::Month { 31 } else { 7 }
    }
}

impl Store {
    /// Counts the events that fit. An event lies on the last day of its date's interval.
    pub fn series(&self, series: &Series, filter: &Filter, view: View) -> Result<SeriesAnswer, Error> {
        self.count_series(series, filter, view).map_err(|e| self.error(e))
    }

    fn count_series(&self, series: &Series, filter: &Filter, view: View) -> Result<SeriesAnswer, ErrorKind> {
        let mut answer = SeriesAnswer::default();
        let mut cells: BTreeMap<Key, BTreeMap<Date, Cell>> = BTreeMap::new();
        let mut sql = Conditions::default();
        sql.and(view.sql("e"));
        filter.events(&mut sql);
        let party = |name: &str, roles: &str| {
            format!(
                " JOIN parties {name}p ON {name}p.event = e.key AND {name}p.role IN ({roles})
                 JOIN actors {name} ON {name}.key = {name}p.actor AND {name}.country IS NOT NULL"
            )
        };
        let (columns, joins) = match series.unit {
            Unit::All => ("NULL, NULL", String::new()),
            Unit::Country => ("s.country, NULL", party("s", "0, 1")),
            Unit::Dyad => ("s.country, t.country", party("s", "0") + &party("t", "1")),
        };
        // An event counts once for a country, however many of its parties have it.
        let query = format!(
            "SELECT DISTINCT {columns}, e.date_from, e.date_to, e.quad, e.score, e.key
             FROM events e JOIN articles a ON a.key = e.article {joins} WHERE {}",
            sql.sql()
        );
        let mut unplaced = BTreeSet::new();
        let mut statement = self.db.prepare(&query)?;
        let mut rows = statement.query(params_from_iter(&sql.values)).map_err(|e| asked(filter, e))?;
        while let Some(row) = rows.next().map_err(|e| asked(filter, e))? {
            let day = |column: usize| -> Result<Option<Date>, ErrorKind> {
                Ok(row.get_ref(column)?.as_str_or_null().ok().flatten().and_then(|text| text.parse().ok()))
            };
            let (from, to) = (day(2)?, day(3)?);
            let Some(to) = to.filter(|to| series.period.takes(from.unwrap_or(*to), *to)) else {
                unplaced.insert(row.get::<_, i64>(6)?);
                continue;
            };
            let cell = cells.entry((row.get(0)?, row.get(1)?)).or_default().entry(series.period.start(to)).or_default();
            let quad: usize = row.get(4)?;
            if let Some(count) = cell.quads.get_mut(quad.wrapping_sub(1)) {
                *count += 1;
            }
            cell.score += row.get::<_, f64>(5)?;
        }
        answer.unplaced = unplaced.len() as u64;
        let read = self.read(series.period, filter, view, &mut answer.undated_articles)?;
        let frame = series.zeros.then(|| span(series.period, filter, &cells)).flatten();
        for (key, mut days) in cells {
            for day in frame.into_iter().flat_map(|(first, last)| periods(series.period, first, last)) {
                days.entry(day).or_default();
            }
            answer.rows.extend(days.into_iter().map(|(day, cell)| row(&key, day, cell, read.get(&day).copied().unwrap_or_default())));
        }
        Ok(answer)
    }

    /// What was read in each period.
    fn read(&self, period: Period, filter: &Filter, view: View, undated: &mut u64) -> Result<BTreeMap<Date, Read>, ErrorKind> {
        let mut sql = Conditions::default();
        sql.and(view.sql("a"));
        Filter { sources: filter.sources.clone(), ..Filter::default() }.articles(&mut sql);
        let query = format!("SELECT a.published, a.source, count(*), sum(a.sentences) FROM articles a WHERE {} GROUP BY 1, 2", sql.sql());
        let mut out: BTreeMap<Date, Read> = BTreeMap::new();
        let mut sources = BTreeSet::new();
        let mut statement = self.db.prepare(&query)?;
        let mut rows = statement.query(params_from_iter(&sql.values))?;
        while let Some(row) = rows.next()? {
            let (published, source): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
            let (articles, sentences): (u64, u64) = (row.get(2)?, row.get(3)?);
            let Some(day) = published.and_then(|text| text.parse::<Date>().ok()) else {
                *undated += articles;
                continue;
            };
            let start = period.start(day);
            let read = out.entry(start).or_default();
            read.articles += articles;
            read.sentences += sentences;
            read.sources += u64::from(source.is_some_and(|source| sources.insert((start, source))));
        }
        Ok(out)
    }
}

/// First and last period of all units, or of the filter.
fn span(period: Period, filter: &Filter, cells: &BTreeMap<Key, BTreeMap<Date, Cell>>) -> Option<(Date, Date)> {
    let asked = |day: &Option<String>| day.as_deref().and_then(|text| text.parse().ok()).map(|day| period.start(day));
    let first = asked(&filter.from).or_else(|| cells.values().filter_map(|days| days.keys().next().copied()).min())?;
    let last = asked(&filter.to).or_else(|| cells.values().filter_map(|days| days.keys().next_back().copied()).max())?;
    Some((first, last))
}

fn periods(period: Period, first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(period.step()).take_while(move |day| *day <= last)
}

fn row(key: &Key, day: Date, cell: Cell, read: Read) -> SeriesRow {
    let events: u64 = cell.quads.iter().sum();
    let of = |value: f64| (events > 0).then(|| (value / events as f64 * 1000.0).round() / 1000.0);
    let [q1, q2, q3, q4] = cell.quads.map(|n| n as f64);
    SeriesRow {
        period: day.to_string(),
        source: key.0.clone(),
        target: key.1.clone(),
        events,
        score_mean: of(cell.score),
        quad1: of(q1),
        quad2: of(q2),
        quad3: of(q3),
        quad4: of(q4),
        balance: of(q1 + q2 - q3 - q4),
        articles: read.articles,
        sentences: read.sentences,
        sources: read.sources,
    }
}
