//! Files that other programs already read: GDELT, ICEWS, Phoenix, POLECAT, PETRARCH2, `GeoJSON`, `GraphML`, RSS, Parquet.
//!
//! An [`Exporter`] turns events into the bytes of one file: [`Exporter::start`], then [`Exporter::write`] as often as there are events, then
//! [`Exporter::finish`]. `docs/exports.md` says of every column where it comes from and why it may be empty.

mod cameo;
mod cells;
mod entry;
mod gdelt;
mod geojson;
mod graphml;
mod icews;
mod pairs;
mod parquet;
mod party;
mod petrarch2;
mod phoenix;
mod place;
mod polecat;
mod rss;
#[cfg(test)]
mod sample;
mod xml;

use std::collections::HashSet;

use demarche_knowledge::Knowledge;

use cells::line;
pub use entry::{Entry, Story, entries};
pub use gdelt::GDELT_COLUMNS;
pub use icews::ICEWS_COLUMNS;
use pairs::{Row, rows};
pub use petrarch2::PETRARCH2_COLUMNS;
pub use phoenix::PHOENIX_COLUMNS;
pub use polecat::POLECAT_COLUMNS;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// GDELT 2.0 events: 61 columns, tab-separated, no header.
    Gdelt,
    /// ICEWS coded events: 20 columns, tab-separated, header.
    Icews,
    /// Phoenix: 26 columns, tab-separated, no header.
    Phoenix,
    /// POLECAT: 40 columns, tab-separated, header.
    Polecat,
    /// PETRARCH2: 13 columns, tab-separated, no header.
    Petrarch2,
    /// `GeoJSON`: one collection, a feature an event.
    GeoJson,
    /// `GraphML`: a node a party, an edge an event between two.
    GraphMl,
    /// RSS 2.0: one feed, an item an event.
    Rss,
    /// Parquet: 62 typed columns, a row an event.
    Parquet,
}

impl Layout {
    /// Whether the file is lines alone, so that more may be written after its end.
    pub fn is_lines(self) -> bool {
        !matches!(self, Self::GeoJson | Self::GraphMl | Self::Rss | Self::Parquet)
    }

    /// Whether the file is text.
    pub fn is_text(self) -> bool {
        self != Self::Parquet
    }
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the Parquet file could not be written: {0}; the events can be had with another --format")]
pub struct ExportError(String);

impl From<::parquet::errors::ParquetError> for ExportError {
    fn from(error: ::parquet::errors::ParquetError) -> Self {
        Self(error.to_string())
    }
}

impl From<arrow_schema::ArrowError> for ExportError {
    fn from(error: arrow_schema::ArrowError) -> Self {
        Self(error.to_string())
    }
}

/// Turns events into the bytes of one file.
pub struct Exporter<'k> {
    knowledge: &'k Knowledge,
    layout: Layout,
    /// Events written so far.
    events: usize,
    /// Parties that have their node already.
    nodes: HashSet<String>,
    table: Option<parquet::Table>,
}

impl<'k> Exporter<'k> {
    /// An exporter at the beginning of a file. `knowledge` has the states' numbers by date.
    pub fn new(layout: Layout, knowledge: &'k Knowledge) -> Result<Self, ExportError> {
        let table = (layout == Layout::Parquet).then(parquet::Table::new).transpose()?;
        Ok(Self { knowledge, layout, events: 0, nodes: HashSet::new(), table })
    }

    /// What stands before the first event: a header line, the head of a document, nothing.
    pub fn start(&self) -> Vec<u8> {
        match self.layout {
            Layout::Gdelt | Layout::Phoenix | Layout::Petrarch2 | Layout::Parquet => String::new(),
            Layout::Icews => line(&ICEWS_COLUMNS.map(str::to_owned)),
            Layout::Polecat => line(&POLECAT_COLUMNS.map(str::to_owned)),
            Layout::GeoJson => geojson::START.to_owned(),
            Layout::GraphMl => graphml::start(),
            Layout::Rss => rss::START.to_owned(),
        }
        .into_bytes()
    }

    /// The next events; Parquet gives its bytes later, a group of rows at once.
    pub fn write(&mut self, entries: &[Entry]) -> Result<Vec<u8>, ExportError> {
        if let Some(table) = &mut self.table {
            return table.write(entries, self.knowledge);
        }
        Ok(entries.iter().map(|entry| self.one(entry)).collect::<String>().into_bytes())
    }

    fn one(&mut self, entry: &Entry) -> String {
        let first = self.events == 0;
        self.events += 1;
        match self.layout {
            Layout::Gdelt => self.lines(entry, |row| line(&gdelt::row(row))),
            Layout::Icews => self.lines(entry, |row| line(&icews::row(row))),
            Layout::Phoenix => self.lines(entry, |row| line(&phoenix::row(row))),
            Layout::Polecat => self.lines(entry, |row| line(&polecat::row(row))),
            Layout::Petrarch2 => self.lines(entry, |row| line(&petrarch2::row(row))),
            Layout::GeoJson => geojson::feature(entry, self.knowledge, first),
            Layout::GraphMl => graphml::elements(&rows(entry, self.knowledge), &mut self.nodes),
            Layout::Rss => rss::item(entry),
            Layout::Parquet => String::new(),
        }
    }

    fn lines(&self, entry: &Entry, row: fn(&Row<'_>) -> String) -> String {
        rows(entry, self.knowledge).iter().map(row).collect()
    }

    /// What stands after the last event.
    pub fn finish(self) -> Result<Vec<u8>, ExportError> {
        if let Some(table) = self.table {
            return table.finish(self.knowledge);
        }
        let end = match self.layout {
            Layout::GeoJson => geojson::END,
            Layout::GraphMl => graphml::END,
            Layout::Rss => rss::END,
            _ => "",
        };
        Ok(end.as_bytes().to_vec())
    }
}
