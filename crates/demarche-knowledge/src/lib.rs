//! Who and where: states and the words that name them, sectors, organisations and office-holders, all with dates.
//!
//! Everything is read from the tables under `knowledge/`, which are part of the program. Nothing here reads a clock: callers say on what day
//! they ask.

mod frame;
mod organisations;
mod persons;
mod sectors;
mod states;
mod table;

pub use frame::{CameoCode, Frame};
pub use organisations::{Organisation, Organisations};
pub use persons::{Person, Persons, Term};
pub use sectors::{Described, Sectors};
pub use states::{NameSense, Naming, State, States};
pub use table::{Period, Problem, day};

const TABLES: [(&str, &str); 7] = [
    ("states.tsv", include_str!("../../../knowledge/states.tsv")),
    ("state-names.tsv", include_str!("../../../knowledge/state-names.tsv")),
    ("sectors.tsv", include_str!("../../../knowledge/sectors.tsv")),
    ("organisations.tsv", include_str!("../../../knowledge/organisations.tsv")),
    ("plover.tsv", include_str!("../../../knowledge/plover.tsv")),
    ("cameo.tsv", include_str!("../../../knowledge/cameo.tsv")),
    ("cameo-default.tsv", include_str!("../../../knowledge/cameo-default.tsv")),
];

/// The files under `knowledge/persons/`, listed by the build script.
const PERSONS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/persons.rs"));

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
}

impl Knowledge {
    /// Reads the tables that are part of the program, with all that is wrong in them.
    pub fn load() -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let text = |name: &str| TABLES.iter().find(|(n, _)| *n == name).map_or("", |(_, t)| *t);
        let table = |name: &'static str| (name, text(name));
        let knowledge = Self {
            states: States::read(table("states.tsv"), table("state-names.tsv"), &mut problems),
            sectors: Sectors::read(table("sectors.tsv"), &mut problems),
            organisations: Organisations::read(table("organisations.tsv"), &mut problems),
            persons: Persons::read(PERSONS, &mut problems),
            frame: Frame::read(table("plover.tsv"), table("cameo.tsv"), table("cameo-default.tsv"), &mut problems),
        };
        (knowledge, problems)
    }

    /// `sha256:` and the digest of the tables.
    pub fn digest() -> &'static str {
        env!("DEMARCHE_KNOWLEDGE_DIGEST")
    }
}

/// A name as the indexes hold it: one space between words, no leading article, no apostrophes ("Da'esh", "Dae’sh"), hyphens
/// without spaces, lower case.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        let joins = matches!(word, "-" | "–" | "'" | "’s" | "'s" | "," | ".") || out.ends_with('-');
        if !out.is_empty() && !joins {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '\'' | '’' | '‘' | 'ʼ' | '`' => {}
                '–' | '‐' | '‑' => out.push('-'),
                c => out.extend(c.to_lowercase()),
            }
        }
    }
    match out.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound() {
        let (_, problems) = Knowledge::load();
        assert!(problems.is_empty(), "{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn names_fold() {
        assert_eq!(fold("The  People’s Republic"), "peoples republic");
        assert_eq!(fold("Dae’sh"), fold("Da'esh"));
        assert_eq!(fold("Han Duck - soo"), "han duck-soo");
        assert_eq!(fold("St . John 's"), "st. johns");
    }
}
