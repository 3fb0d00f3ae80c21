//! What `code` writes.

use clap::ValueEnum;
use demarche_export::exports::Layout;

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One event record a line, as JSON.
    Jsonl,
    /// The articles with marks under their words and a line per record.
    Table,
    /// One event record a row.
    Csv,
    /// One event a row, typed columns.
    Parquet,
    /// GDELT 2.0 event table: tab-separated, no header.
    Gdelt,
    /// ICEWS event table: tab-separated.
    Icews,
    /// POLECAT event table: tab-separated.
    Polecat,
    /// Phoenix event table: tab-separated, no header.
    Phoenix,
    /// The lines that PETRARCH2 writes: tab-separated, no header.
    Petrarch2,
    /// One map feature an event.
    Geojson,
    /// A network: parties and the events between them.
    Graphml,
    /// A feed with one item an event.
    Rss,
    /// One statement (who said what to whom) a line, as JSON.
    Statements,
    /// One declared position a line, as JSON.
    Positions,
}

impl Format {
    /// The layout of another program's file, where the format is one.
    pub fn layout(self) -> Option<Layout> {
        Some(match self {
            Self::Parquet => Layout::Parquet,
            Self::Gdelt => Layout::Gdelt,
            Self::Icews => Layout::Icews,
            Self::Polecat => Layout::Polecat,
            Self::Phoenix => Layout::Phoenix,
            Self::Petrarch2 => Layout::Petrarch2,
            Self::Geojson => Layout::GeoJson,
            Self::Graphml => Layout::GraphMl,
            Self::Rss => Layout::Rss,
            Self::Jsonl | Self::Table | Self::Csv | Self::Statements | Self::Positions => return None,
        })
    }

    /// Whether more can be written after the end of such a file.
    pub fn is_lines(self) -> bool {
        self != Self::Table && self.layout().is_none_or(Layout::is_lines)
    }
}
