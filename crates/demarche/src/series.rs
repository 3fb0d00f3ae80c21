//! `demarche series`: counts over time.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};
use demarche_store::{Period, Series, Unit};

use crate::ask::{OfEvents, Where};
use crate::lists;

/// Flags of `series`.
#[derive(Debug, Args)]
pub struct Flags {
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    which: OfEvents,
    /// What a row is about.
    #[arg(long, value_enum, default_value = "dyad")]
    by: By,
    /// Length of a row's time; weeks begin on Monday.
    #[arg(long, value_enum, default_value = "month")]
    every: Every,
    /// Also rows without an event, so that quiet can be told from absence.
    #[arg(long)]
    zeros: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Country that acts and country that is acted on.
    Dyad,
    /// Country that takes part, on either side.
    Country,
    /// All events together.
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Every {
    Day,
    Week,
    Month,
}

const COLUMNS: [&str; 13] = [
    "period",
    "source",
    "target",
    "events",
    "score_mean",
    "quad1",
    "quad2",
    "quad3",
    "quad4",
    "balance",
    "articles",
    "sentences",
    "sources",
];

pub fn run(flags: Flags) -> Result<ExitCode> {
    let (store, view) = flags.at.open()?;
    let unit = match flags.by {
        By::Dyad => Unit::Dyad,
        By::Country => Unit::Country,
        By::All => Unit::All,
    };
    let period = match flags.every {
        Every::Day => Period::Day,
        Every::Week => Period::Week,
        Every::Month => Period::Month,
    };
    let answer = store.series(&Series { period, unit, zeros: flags.zeros }, &flags.which.ready()?, view)?;
    let done = lists::write(&flags.at, &COLUMNS, &COLUMNS, &answer.rows)?;
    if answer.unplaced > 0 {
        anstream::eprintln!("demarche: note: {} events have no date, or too wide a one to count in a period", answer.unplaced);
    }
    if answer.undated_articles > 0 {
        anstream::eprintln!("demarche: note: {} articles have no date of publication and are in no denominator", answer.undated_articles);
    }
    Ok(done)
}
