//! `demarche events`, `statements` and `positions`: records of a record on disk.

use std::ops::ControlFlow;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use demarche_export::{csv_header, csv_rows, summary};
use demarche_record::{Event, Position, Statement};
use demarche_store::{Filter, Kind};
use serde_json::Value;

use crate::ask::{AskFormat, OfEvents, OfParties, Where};
use crate::cells;
use crate::output::Output;

/// Text gathered before it is written.
const CHUNK: usize = 64 * 1024;

/// Flags of `events`.
#[derive(Debug, Args)]
pub struct Events {
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    which: OfEvents,
}

/// Flags of `statements`.
#[derive(Debug, Args)]
pub struct Statements {
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    which: OfParties,
}

/// Flags of `positions`.
#[derive(Debug, Args)]
pub struct Positions {
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    which: OfParties,
    /// Words of the issue.
    #[arg(long, value_name = "WORDS")]
    issue: Vec<String>,
    /// for, against, demands, refuses, conditional, undeclared.
    #[arg(long, value_name = "STANCE", value_delimiter = ',')]
    stance: Vec<String>,
}

pub fn events(flags: Events) -> Result<ExitCode> {
    write(Kind::Events, &flags.at, &flags.which.ready()?)
}

pub fn statements(flags: Statements) -> Result<ExitCode> {
    write(Kind::Statements, &flags.at, &flags.which.ready()?)
}

pub fn positions(flags: Positions) -> Result<ExitCode> {
    let filter = Filter { issues: flags.issue, stances: flags.stance, ..flags.which.ready()? };
    write(Kind::Positions, &flags.at, &filter)
}

/// Records as they are read, in chunks.
fn write(kind: Kind, at: &Where, filter: &Filter) -> Result<ExitCode> {
    let (store, view) = at.open()?;
    let mut output = Output::open(at.path(), false)?;
    let format = at.format();
    let mut text = match (format, kind) {
        (AskFormat::Csv, Kind::Events) => csv_header(),
        (AskFormat::Csv, Kind::Statements) => cells::csv(&STATEMENT_COLUMNS.map(str::to_owned)),
        (AskFormat::Csv, Kind::Positions) => cells::csv(&POSITION_COLUMNS.map(str::to_owned)),
        _ => String::new(),
    };
    let mut stopped = None;
    store.records(kind, filter, view, &mut |record| {
        let written = line(kind, format, record).and_then(|line| {
            text += &line;
            if text.len() >= CHUNK { output.write(&std::mem::take(&mut text)) } else { Ok(()) }
        });
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                stopped = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    if let Some(error) = stopped {
        return Err(error);
    }
    output.write(&text)?;
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

const STATEMENT_COLUMNS: [&str; 12] = [
    "id",
    "article_id",
    "published",
    "source",
    "sentence_index",
    "speaker",
    "speaker_country",
    "cue",
    "addressee",
    "verbatim",
    "content",
    "sentence",
];

const POSITION_COLUMNS: [&str; 13] = [
    "id",
    "article_id",
    "published",
    "source",
    "holder",
    "holder_country",
    "issue",
    "stance",
    "quote",
    "date_from",
    "date_to",
    "previous",
    "sentence",
];

fn line(kind: Kind, format: AskFormat, record: Value) -> Result<String> {
    let unreadable = "a record does not have the form of this version";
    Ok(match (format, kind) {
        (AskFormat::Jsonl, _) => format!("{record}\n"),
        (_, Kind::Events) => {
            let event: Event = serde_json::from_value(record).context(unreadable)?;
            if format == AskFormat::Csv {
                csv_rows(&[event])
            } else {
                let by = [event.article.source.as_deref(), event.article.published.as_deref()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" ");
                format!("{}  {}{}\n", event.id, summary(&event), if by.is_empty() { by } else { format!("  [{by}]") })
            }
        }
        (_, Kind::Statements) => statement(format, &serde_json::from_value(record).context(unreadable)?),
        (_, Kind::Positions) => position(format, &serde_json::from_value(record).context(unreadable)?),
    })
}

fn statement(format: AskFormat, s: &Statement) -> String {
    let name = s.speaker.as_ref().map_or("–", |a| a.name.as_str());
    if format == AskFormat::Table {
        return format!("{}  {name} · {} · {}\n", s.id, s.cue.text, s.content.text);
    }
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    cells::csv(&[
        s.id.clone(),
        s.article.id.clone(),
        text(&s.article.published),
        text(&s.article.source),
        s.sentence.index.to_string(),
        s.speaker.as_ref().map(|a| a.name.clone()).unwrap_or_default(),
        s.speaker.as_ref().and_then(|a| a.country.clone()).unwrap_or_default(),
        s.cue.text.clone(),
        s.addressee.as_ref().map(|a| a.name.clone()).unwrap_or_default(),
        s.verbatim.to_string(),
        s.content.text.clone(),
        s.sentence.text.clone(),
    ])
}

fn position(format: AskFormat, p: &Position) -> String {
    let stance = serde_json::to_value(p.stance).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    if format == AskFormat::Table {
        let day = p.date.to.as_ref().map(|day| format!(" · {day}")).unwrap_or_default();
        return format!("{}  {} · {stance} · {}{day}\n", p.id, p.holder.name, p.issue);
    }
    cells::csv(&[
        p.id.clone(),
        p.article.id.clone(),
        text(&p.article.published),
        text(&p.article.source),
        p.holder.name.clone(),
        text(&p.holder.country),
        p.issue.clone(),
        stance,
        p.quote.as_ref().map(|q| q.text.clone()).unwrap_or_default(),
        text(&p.date.from),
        text(&p.date.to),
        text(&p.previous),
        p.sentence.text.clone(),
    ])
}
