//! Same event, one event.
//!
//! Three questions, one way of answering them:
//!
//! | what is compared | with | says |
//! |---|---|---|
//! | [`Signature`] of a text | how many four-word shingles two texts share | which articles are copies |
//! | [`Profile`] of an article | which telling words two articles share, and how near in time they are | which articles tell one story |
//! | [`Mention`] of an event | type, trigger, parties, place, days, numbers, sentence, story | which records are one event |
//!
//! Each has *keys* (64-bit hashes) that two must share to be compared ([`Comparable::keys`]), and a *likeness* from 0 to [`SAME`] ([`Comparable::likeness`]). [`compare()`] compares
//! what is near in a block of equal keys, [`group()`] joins what is alike by average linkage, with joins and separations made by hand. [`Growing`] does the same one
//! thing at a time. [`link()`] is the whole way from mentions to events with their sources and reasons.
//!
//! The groups are a function of the set of things, their days and ids: the order of arrival, threads and hash maps change nothing. Signatures, profiles and keys
//! are the same in every version, so that a store can keep them; where one has to change, it gets another name. Days count from 1970-01-01. Nothing here reads a file, a clock or a
//! network, and nothing fails: what is not known counts neither for nor against.
//!
//! ```
//! use demarche_link::{Fixed, Profile, Signature, compare, group};
//!
//! let texts = [
//!     "Dockers in Tema walked out on Monday over unpaid wages, closing Ghana's main port.",
//!     "Shells fell on the market of Sumy, the regional governor said.",
//!     "Ghana's port of Tema stood still as dockers struck over wages that had not been paid.",
//! ];
//! let profiles: Vec<Profile> = texts.iter().map(|text| Profile::of(None, text, Some(20_000))).collect();
//! let stories = group(&profiles, &compare(&profiles), &Fixed::default());
//! assert_eq!(stories.first, [0, 1, 0]); // the third belongs with the first
//! let signatures = texts.map(Signature::of);
//! let copies = group(&signatures, &compare(&signatures), &Fixed::default());
//! assert_eq!(copies.first, [0, 1, 2]); // and is no copy of it
//! ```

mod compare;
mod copies;
mod day;
mod events;
mod great;
mod ground;
mod group;
mod growing;
mod hash;
mod mention;
mod records;
mod same;
mod stories;
mod words;

pub use compare::{Alike, Comparable, Likeness, NEIGHBOURS, SAME, compare};
pub use copies::Signature;
pub use day::{day, day_of};
pub use events::{ArticleNote, Hand, Link, Linked, LinkedEvent, link};
pub use ground::Ground;
pub use group::{Fixed, Groups, group};
pub use growing::{Growing, Rank};
pub use mention::{Mention, Party, Site, name, trigger};
pub use records::from_records;
pub use same::{Reason, reasons};
pub use stories::Profile;
pub use words::{stem, words};
