//! The plain types that every part of Démarche speaks.
//!
//! Nothing here reads a file, a clock or a network. Offsets are Unicode code points into [`Article::text`], end-exclusive; field names and
//! their order are the public JSON format of the record.

mod actor;
mod article;
mod event;
mod frame;
mod says;

pub use actor::{Actor, Kind, Office, Resolution};
pub use article::{Article, ArticleRef};
pub use event::{
    Basis, Cameo, DateInterval, EngineInfo, Event, Evidence, Link, Magnitude, Place, PlacePrecision, Precision, SentenceRef, Trigger,
};
pub use frame::{Context, EventType, Status};
pub use says::{Position, Stance, Statement};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch of an article's text, in Unicode code points, end-exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share a code point.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Words of the article with their place: `{"text","start","end"}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// The exact words.
    pub text: String,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

impl Words {
    /// Where the words stand.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}
