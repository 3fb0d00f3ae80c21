//! Same event, one event.
//!
//! Values in, values out: nothing here reads a file, a clock or a network.

mod compare;
mod copies;
mod group;
mod hash;
mod stories;
mod words;

pub use compare::{Comparable, Compared, Likeness, NEIGHBOURS, SAME, compare};
pub use copies::Signature;
pub use group::{Fixed, Groups, group};
pub use stories::Profile;
pub use words::{stem, words};
