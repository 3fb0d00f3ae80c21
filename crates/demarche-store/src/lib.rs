//! The record on disk: one SQLite file of articles and of what is coded from them.
//!
//! [`Store::add`] takes an article with its records in one transaction; what it has taken stays, whatever happens to the program. Nothing is
//! overwritten: a changed version of an article, a correction or a newer engine's coding ends the rows before it and keeps them, so that every
//! earlier state can be asked for.

mod add;
mod change;
mod error;
mod insert;
mod open;
mod pack;

pub use add::{Added, Coded};
pub use error::{Error, ErrorKind};
pub use open::{FORMAT, Store};
