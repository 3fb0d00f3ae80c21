//! `demarche articles` and `demarche actors`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use crate::ask::{AskFormat, OfArticles, OfEvents, Where};
use crate::cells;
use crate::output::Output;

/// Columns of the readable form.
const WIDEST: usize = 48;

/// Flags of `articles`.
#[derive(Debug, Args)]
pub struct Articles {
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    which: OfArticles,
    /// Also versions that a later one has replaced.
    #[arg(long)]
    all_versions: bool,
}

/// Flags of `actors`.
#[derive(Debug, Args)]
pub struct Actors {
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    which: OfEvents,
}

pub fn articles(flags: Articles) -> Result<ExitCode> {
    let (store, view) = flags.at.open()?;
    let rows = store.articles(&flags.which.ready()?, view, flags.all_versions)?;
    let header = [
        "id",
        "version",
        "previous",
        "title",
        "url",
        "source",
        "published",
        "language",
        "characters",
        "sentences",
        "events",
        "text_kept",
        "superseded",
        "hash",
        "added",
    ];
    write(&flags.at, &header, &["id", "version", "published", "source", "sentences", "events", "title"], &rows)
}

pub fn actors(flags: Actors) -> Result<ExitCode> {
    let (store, view) = flags.at.open()?;
    let rows = store.actors(&flags.which.ready()?, view)?;
    let header = ["id", "name", "kind", "country", "sectors", "as_actor", "as_recipient", "as_speaker"];
    write(&flags.at, &header, &header, &rows)
}

/// Writes rows in the format asked for; a table has only the columns `short`.
pub fn write<T: Serialize>(at: &Where, header: &[&str], short: &[&str], rows: &[T]) -> Result<ExitCode> {
    let mut output = Output::open(at.path(), false)?;
    let cells = |row: &T, columns: &[&str]| -> Result<Vec<String>> {
        let value = serde_json::to_value(row)?;
        Ok(columns.iter().map(|column| cell(&value[*column])).collect())
    };
    match at.format() {
        AskFormat::Jsonl => {
            for row in rows {
                output.write(&format!("{}\n", serde_json::to_string(row)?))?;
            }
        }
        AskFormat::Csv => {
            output.write(&cells::csv(header))?;
            for row in rows {
                output.write(&cells::csv(&cells(row, header)?))?;
            }
        }
        AskFormat::Table => {
            let rows = rows.iter().map(|row| cells(row, short)).collect::<Result<Vec<_>>>()?;
            output.write(&cells::columns(short, &rows, WIDEST))?;
        }
    }
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}
