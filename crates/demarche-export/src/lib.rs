//! Records and analyses → what people and other programs read.
//!
//! Every function here turns values into text; none touches a file.

mod codebook;
mod conllu;
mod explain;
pub mod exports;
mod readable;
mod schema;
mod table;

pub use conllu::conllu;
pub use explain::explain;
pub use readable::{Style, readable, summary};
pub use schema::{RecordKind, schema};
pub use table::{CSV_COLUMNS, csv_header, csv_rows};
