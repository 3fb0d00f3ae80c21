//! The JSON Schema of each record kind, derived from the types that the program itself writes.

use demarche_record::{Event, Position, Statement};
use serde_json::Value;

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// Event mentions.
    Event,
    /// Who said what to whom.
    Statement,
    /// What actors declare on issues.
    Position,
}

/// The JSON Schema (draft 2020-12) of one record kind.
pub fn schema(kind: RecordKind) -> Value {
    match kind {
        RecordKind::Event => schemars::schema_for!(Event),
        RecordKind::Statement => schemars::schema_for!(Statement),
        RecordKind::Position => schemars::schema_for!(Position),
    }
    .to_value()
}
