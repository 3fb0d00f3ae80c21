//! Flags that all questions to a record share.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use demarche_record::{EventType, Status};
use demarche_store::{Dyad, Filter, Store, View};

use crate::flags::day;

/// What a question writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AskFormat {
    /// Columns for reading.
    Table,
    /// One row a line, with a header.
    Csv,
    /// One record a line, as JSON.
    Jsonl,
}

/// Which record, which state of it, how to write the answer.
#[derive(Debug, Args)]
pub struct Where {
    /// The record.
    #[arg(long, value_name = "PATH")]
    pub record: PathBuf,
    /// Output format [default: table on a terminal, jsonl elsewhere].
    #[arg(long, value_enum)]
    format: Option<AskFormat>,
    /// Write here instead of standard output.
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// The record as it was at the end of this day, UTC.
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "release")]
    as_of: Option<String>,
    /// The record as this release has it.
    #[arg(long, value_name = "NAME")]
    release: Option<String>,
}

impl Where {
    pub fn format(&self) -> AskFormat {
        let to_terminal = self.output.is_none() && std::io::stdout().is_terminal();
        self.format.unwrap_or(if to_terminal { AskFormat::Table } else { AskFormat::Jsonl })
    }

    /// Opens the record and finds the state asked for.
    pub fn open(&self) -> Result<(Store, View)> {
        let store = Store::open(&self.record)?;
        let view = match (&self.as_of, &self.release) {
            (Some(date), _) => store.view_before(end_of(day("--as-of", date)?)?)?,
            (_, Some(name)) => store.view_of_release(name)?,
            _ => View::Now,
        };
        Ok((store, view))
    }

    pub fn path(&self) -> Option<&Path> {
        self.output.as_deref()
    }
}

/// Milliseconds since 1970 at the end of a day, UTC.
fn end_of(day: jiff::civil::Date) -> Result<i64> {
    let days = (day.tomorrow()? - jiff::civil::date(1970, 1, 1)).get_days();
    Ok(i64::from(days) * 86_400_000)
}

/// Which articles, or records of which articles.
#[derive(Debug, Default, Args)]
pub struct OfArticles {
    /// First day. Events and positions lie on the last day of their date's interval, statements and articles on the day of publication.
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<String>,
    /// Last day, inclusive.
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<String>,
    /// Publisher of the article.
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Words of an event's sentence, else of the article's title and text: "a phrase", a OR b, NOT c, word*.
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Id of an article.
    #[arg(long, value_name = "ID")]
    article: Vec<String>,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
}

/// Which records, by their parties.
#[derive(Debug, Default, Args)]
pub struct OfParties {
    #[command(flatten)]
    articles: OfArticles,
    /// Who acts, speaks or holds the position: id, ISO 3166 alpha-3 country, or name.
    #[arg(long, value_name = "WHO")]
    actor: Vec<String>,
    /// Id of a record.
    #[arg(long, value_name = "ID")]
    id: Vec<String>,
}

/// Which events.
#[derive(Debug, Default, Args)]
pub struct OfEvents {
    #[command(flatten)]
    parties: OfParties,
    /// Who is acted on.
    #[arg(long, value_name = "WHO")]
    recipient: Vec<String>,
    /// Who takes part, on either side.
    #[arg(long, value_name = "WHO")]
    party: Vec<String>,
    /// Who says so.
    #[arg(long, value_name = "WHO")]
    speaker: Vec<String>,
    /// Two parties: `KEN>SOM` one way, `KEN,SOM` both ways.
    #[arg(long, value_name = "A>B")]
    dyad: Vec<String>,
    /// Event types such as ASSAULT.
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = event_type)]
    types: Vec<EventType>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    #[arg(long, value_name = "1-4", value_delimiter = ',', value_parser = clap::value_parser!(u8).range(1..=4))]
    quad: Vec<u8>,
    /// Where: ISO 3166 alpha-3 country, `GeoNames` id, or name.
    #[arg(long, value_name = "PLACE")]
    place: Vec<String>,
    /// Statuses [default: actual,historical].
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status, conflicts_with = "all")]
    status: Vec<Status>,
    /// Every status.
    #[arg(long)]
    all: bool,
    /// Least confidence.
    #[arg(long, value_name = "0-1")]
    confidence: Option<f64>,
    /// Only the first mention of each event.
    #[arg(long)]
    first_only: bool,
    /// By date instead of in the order of the articles.
    #[arg(long)]
    by_date: bool,
}

fn event_type(text: &str) -> Result<EventType> {
    let known = || EventType::ALL.map(EventType::name).join(", ");
    EventType::from_name(&text.to_uppercase()).ok_or_else(|| anyhow::anyhow!("'{text}' is no event type; there are {}", known()))
}

fn status(text: &str) -> Result<Status> {
    let known = || Status::ALL.map(Status::name).join(", ");
    Status::from_name(&text.to_lowercase()).ok_or_else(|| anyhow::anyhow!("'{text}' is no status; there are {}", known()))
}

fn dyad(text: &str) -> Result<Dyad> {
    let (source, target, mutual) = match (text.split_once('>'), text.split_once(',')) {
        (Some((source, target)), _) => (source, target, false),
        (_, Some((source, target))) => (source, target, true),
        _ => bail!("--dyad: '{text}' names no two parties; write 'KEN>SOM' (one way, in quotes) or KEN,SOM (both ways)"),
    };
    Ok(Dyad { source: source.trim().to_owned(), target: target.trim().to_owned(), mutual })
}

impl OfArticles {
    /// Checks what was typed.
    pub fn ready(self) -> Result<Filter> {
        let date = |flag: &str, text: Option<String>| text.map(|text| day(flag, &text)).transpose();
        let (from, to) = (date("--from", self.from)?, date("--to", self.to)?);
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            bail!("--from {from} is after --to {to}; swap them");
        }
        Ok(Filter {
            from: from.map(|d| d.to_string()),
            to: to.map(|d| d.to_string()),
            sources: self.source,
            text: self.text,
            articles: self.article,
            limit: self.limit,
            ..Filter::default()
        })
    }
}

impl OfParties {
    /// Checks what was typed.
    pub fn ready(self) -> Result<Filter> {
        Ok(Filter { actors: self.actor, ids: self.id, ..self.articles.ready()? })
    }
}

impl OfEvents {
    /// Checks what was typed.
    pub fn ready(self) -> Result<Filter> {
        if self.confidence.is_some_and(|c| !(0.0..=1.0).contains(&c)) {
            bail!("--confidence: a number from 0 to 1");
        }
        let statuses = match (self.all, self.status.is_empty()) {
            (true, _) => Vec::new(),
            (false, true) => Status::ALL.into_iter().filter(|s| s.is_fact()).collect(),
            (false, false) => self.status,
        };
        Ok(Filter {
            recipients: self.recipient,
            parties: self.party,
            speakers: self.speaker,
            dyads: self.dyad.iter().map(|text| dyad(text)).collect::<Result<_>>()?,
            types: self.types,
            quads: self.quad,
            places: self.place,
            statuses,
            confidence: self.confidence,
            first_only: self.first_only,
            by_date: self.by_date,
            ..self.parties.ready()?
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Probe {
        #[command(flatten)]
        which: OfEvents,
    }

    fn check(arguments: &[&str]) -> Result<Filter> {
        Probe::try_parse_from([&["probe"], arguments].concat())?.which.ready()
    }

    #[test]
    fn facts_are_the_default() {
        assert_eq!(check(&[]).unwrap().statuses, [Status::Actual, Status::Historical]);
        assert_eq!(check(&["--all"]).unwrap().statuses, []);
        assert_eq!(check(&["--status", "Planned,negated"]).unwrap().statuses, [Status::Planned, Status::Negated]);
    }

    #[test]
    fn dyads_types_and_mistakes() {
        let filter = check(&["--dyad", "KEN>SOM", "--dyad", "Sudan, Chad", "--type", "assault,AID", "--quad", "3,4"]).unwrap();
        assert_eq!(filter.dyads[0], Dyad { source: "KEN".into(), target: "SOM".into(), mutual: false });
        assert_eq!(filter.dyads[1], Dyad { source: "Sudan".into(), target: "Chad".into(), mutual: true });
        assert_eq!((filter.types, filter.quads), (vec![EventType::Assault, EventType::Aid], vec![3, 4]));
        for (wrong, remedy) in [
            (&["--dyad", "KEN"][..], "KEN,SOM"),
            (&["--from", "May"], "YYYY-MM-DD"),
            (&["--from", "2025-02-01", "--to", "2025-01-01"], "swap"),
            (&["--confidence", "2"], "0 to 1"),
            (&["--type", "WAR"], "ASSAULT"),
            (&["--status", "real"], "negated"),
        ] {
            assert!(check(wrong).unwrap_err().to_string().contains(remedy), "{wrong:?}");
        }
    }
}
