//! Same event, one event.
//!
//! Values in, values out: nothing here reads a file, a clock or a network.

mod compare;
mod copies;
mod day;
mod events;
mod ground;
mod group;
mod growing;
mod hash;
mod mention;
mod same;
mod stories;
mod words;

pub use compare::{Comparable, Compared, Likeness, NEIGHBOURS, SAME, compare};
pub use copies::Signature;
pub use day::{day, day_of};
pub use events::{ArticleNote, Hand, Link, Linked, LinkedEvent, link};
pub use ground::Ground;
pub use group::{Fixed, Groups, group};
pub use growing::{Growing, Rank};
pub use mention::{Mention, Party, Site, name, trigger};
pub use same::{Reason, reasons};
pub use stories::Profile;
pub use words::{stem, words};
