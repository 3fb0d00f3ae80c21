//! Who and where: states and the words that name them, sectors, organisations and office-holders, all with dates.
//!
//! The tables under `knowledge/` are compiled to an index that is part of the program and read in place. Nothing here reads a clock or a
//! file: callers say on what day they ask, and hand in the text of their own tables.

pub mod check;
mod fold;
mod frame;
mod grid;
mod index;
mod organisations;
mod persons;
mod sectors;
mod states;
mod table;
mod tables;
pub mod user;
pub mod who;
pub mod window;

pub use fold::fold;
pub use frame::{CameoCode, Frame};
pub use grid::{prio_grid, prio_grid_middle};
pub use organisations::{Organisation, Organisations};
pub use persons::{Person, Persons, Term};
pub use sectors::{Described, SECTORS, Sectors};
pub use states::{NameSense, Naming, State, States};
pub use table::{Period, Problem, Severity, day};
pub use tables::{Form, Tables};

use index::read::Index;
use jiff::civil::{Date, date};

/// The first day that the tables speak of.
pub const FIRST_DAY: Date = date(1816, 1, 1);
/// The first day of the tables of persons.
pub const FIRST_DAY_OF_PERSONS: Date = date(1945, 1, 1);
/// The day to which the tables were kept. An office without an end is known to be held up to here, not later.
pub const LAST_DAY: Date = date(2025, 12, 31);

/// The tables' text, for the checks and for adding the user's rows: `states.tsv`, …, `persons/*.tsv`.
const TABLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));
static INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));

/// All tables.
pub struct Knowledge {
    /// States and their names.
    pub states: States,
    /// Nouns that describe actors.
    pub sectors: Sectors,
    /// Organisations.
    pub organisations: Organisations,
    /// Persons and their offices.
    pub persons: Persons,
    /// The coding frame's scores and CAMEO's codes.
    pub frame: Frame,
    digest: String,
}

impl Knowledge {
    /// The tables that are part of the program.
    pub fn load() -> Self {
        Self::of(&Index::shipped(INDEX), Self::shipped_digest().to_owned())
    }

    fn of(index: &Index, digest: String) -> Self {
        Self {
            states: States::of(index),
            sectors: Sectors::of(index),
            organisations: Organisations::of(index),
            persons: Persons::of(index),
            frame: shipped_frame(&mut Vec::new()),
            digest,
        }
    }

    /// `sha256:` and the digest of the tables, the user's included.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The same of the tables that are part of the program.
    pub fn shipped_digest() -> &'static str {
        env!("DEMARCHE_KNOWLEDGE_DIGEST")
    }
}

fn shipped(name: &'static str) -> (&'static str, &'static str) {
    (name, TABLES.iter().find(|(n, _)| *n == name).map_or("", |(_, t)| *t))
}

fn shipped_frame(problems: &mut Vec<Problem>) -> Frame {
    Frame::read(shipped("plover.tsv"), shipped("cameo.tsv"), shipped("cameo-default.tsv"), problems)
}

/// The rows of the tables that are part of the program, less those of the files named.
fn shipped_tables(without: &[&str], problems: &mut Vec<Problem>) -> Tables {
    let mut tables = Tables::default();
    for (name, text) in TABLES.iter().filter(|(name, _)| !without.contains(&name.rsplit('/').next().unwrap_or(name))) {
        tables.add(&format!("knowledge/{name}"), text, false, problems);
    }
    tables
}
