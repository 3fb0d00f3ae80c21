//! `demarche correct`: corrections by hand, with who and why.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use demarche_knowledge::Knowledge;
use demarche_record::Event;
use demarche_store::{Correction, Hand, Store};
use serde_json::Value;

use crate::output::print;

#[derive(Debug, Subcommand)]
pub enum Correct {
    /// Give a field of an event record another value.
    Set {
        /// Id of the record.
        event: String,
        /// The field, such as `status`, `event`, `date.from` or `actors`.
        field: String,
        /// Its value: JSON, or a word such as ASSAULT.
        #[arg(allow_negative_numbers = true)]
        value: String,
        #[command(flatten)]
        hand: Signature,
    },
    /// Say that a record tells of the same event as another.
    Merge {
        /// Id of the record that repeats.
        event: String,
        /// Id of the record it repeats.
        into: String,
        #[command(flatten)]
        hand: Signature,
    },
    /// Say that a record tells of an event of its own.
    Split {
        /// Id of the record.
        event: String,
        #[command(flatten)]
        hand: Signature,
    },
    /// Say that there is no such event.
    Reject {
        /// Id of the record.
        event: String,
        #[command(flatten)]
        hand: Signature,
    },
    /// Add an event that was missed: JSON with `article`, `trigger` {`start`, `end`}, `event` and whatever else is known.
    Insert {
        /// A file with the record; `-` reads standard input.
        file: PathBuf,
        #[command(flatten)]
        hand: Signature,
    },
    /// List the corrections of a record, or all, as JSON Lines.
    History {
        /// Id of the record.
        event: Option<String>,
        /// The record on disk.
        #[arg(long, value_name = "PATH")]
        record: PathBuf,
    },
}

/// Which record on disk, who and why.
#[derive(Debug, Args)]
pub struct Signature {
    /// The record on disk.
    #[arg(long, value_name = "PATH")]
    record: PathBuf,
    /// Who corrects.
    #[arg(long, value_name = "WHO")]
    by: String,
    /// Why.
    #[arg(long, value_name = "REASON")]
    why: String,
}

pub fn run(flags: Correct) -> Result<ExitCode> {
    let (correction, hand) = match flags {
        Correct::History { event, record } => return history(&record, event.as_deref()),
        Correct::Set { event, field, value, hand } => {
            let value = serde_json::from_str(&value).unwrap_or(Value::String(value));
            (Correction::Set { event, field, value }, hand)
        }
        Correct::Merge { event, into, hand } => (Correction::Merge { event, into }, hand),
        Correct::Split { event, hand } => (Correction::Split { event }, hand),
        Correct::Reject { event, hand } => (Correction::Reject { event }, hand),
        Correct::Insert { file, hand } => (Correction::Insert { record: read(&file)? }, hand),
    };
    let mut store = Store::open(&hand.record)?;
    let id = store.correct(&correction, Hand { by: &hand.by, why: &hand.why, derive })?;
    print(&format!("{id}\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// The score that follows from type and modes.
pub fn derive(event: &mut Event) {
    event.score = Knowledge::load().frame.score(event.event, &event.modes);
}

fn history(record: &Path, event: Option<&str>) -> Result<ExitCode> {
    let mut out = String::new();
    for made in Store::open(record)?.corrections(event)? {
        out += &serde_json::to_string(&made)?;
        out.push('\n');
    }
    print(&out)?;
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<Value> {
    let mut text = String::new();
    if file.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text).context("standard input cannot be read as UTF-8")?;
    } else {
        text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    }
    serde_json::from_str(text.trim_start_matches('\u{feff}')).with_context(|| format!("{}: expected one record as JSON", file.display()))
}
