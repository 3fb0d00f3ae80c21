//! The compact index: all rows as fixed-width numbers over one pool of texts, and sorted maps from names to rows, read in place.
//!
//! `write.rs` also runs in the build script, so that the program starts with the index made.

pub(crate) mod read;
pub(crate) mod write;

/// The parts of the index, in order.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// Texts, each once, with their lengths before them.
    Texts,
    /// Groups of row numbers that the maps point to, each with its count before it.
    Groups,
    States,
    Names,
    Sectors,
    Organisations,
    Aliases,
    Persons,
    Terms,
    StateIds,
    StateNames,
    SectorTexts,
    OrganisationIds,
    OrganisationNames,
    PersonNames,
    /// First and last words of persons' names.
    PersonEnds,
    /// Terms by the state or body they belong to.
    OfficesOf,
}

/// How many parts there are.
pub(crate) const PARTS: usize = Part::OfficesOf as usize + 1;

/// Numbers a row of each table takes.
pub(crate) const STATE_WIDTH: usize = 13;
pub(crate) const NAME_WIDTH: usize = 10;
pub(crate) const SECTOR_WIDTH: usize = 5;
pub(crate) const ORGANISATION_WIDTH: usize = 11;
pub(crate) const ALIAS_WIDTH: usize = 2;
pub(crate) const PERSON_WIDTH: usize = 4;
pub(crate) const TERM_WIDTH: usize = 13;

/// No text.
pub(crate) const NONE: u32 = u32::MAX;
