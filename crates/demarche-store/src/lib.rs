//! The record on disk: one `SQLite` file of articles and of what is coded from them.
//!
//! [`Store::add`] takes an article with its records in one transaction; what it has taken stays, whatever happens to the program. Nothing is
//! overwritten: a changed version of an article, a correction or a newer engine's coding ends the rows before it and keeps them, so that every
//! earlier state can be asked for.

mod add;
mod ask;
mod change;
mod correct;
mod error;
mod filter;
mod insert;
mod inserted;
mod lists;
mod open;
mod pack;
mod recode;
mod release;
mod series;
mod stored;
mod view;

pub use add::{Added, Coded};
pub use ask::Kind;
pub use correct::{Correction, Hand, Made};
pub use error::{Error, ErrorKind};
pub use filter::{Dyad, Filter};
pub use lists::{ActorRow, ArticleRow};
pub use open::{FORMAT, Store};
pub use recode::{Changed, Conflict, Recoded, Waiting};
pub use release::{Counts, Release};
pub use series::{Period, Series, SeriesAnswer, SeriesRow, Unit};
pub use view::View;
