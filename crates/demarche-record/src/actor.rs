use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What sort of thing a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A state, its government or a part of it.
    State,
    /// A person, named or described.
    Person,
    /// A named organisation.
    Organisation,
    /// People described by what they are ("protesters").
    Group,
    /// Nothing is known.
    Unknown,
}

/// An office a person held, with the days on which the term began and ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Office {
    /// The office's name, with "(acting)" and the like.
    pub title: String,
    /// State or organisation.
    pub of: String,
    /// First day, `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, as precisely as it is known.
    pub from: Option<String>,
    /// Last day; absent where the term runs past the table's end or the end is not known.
    pub to: Option<String>,
}

/// How the words became this actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Resolution {
    /// `gazetteer`, `demonym`, `capital`, `office`, `description`, `coreference`, `unresolved`, ….
    pub by: String,
    /// How sure, 0 to 1, three decimals.
    pub score: f64,
    /// The earlier words a pronoun or a short form stands for.
    pub antecedent: Option<crate::Words>,
}

/// A party to an event, or a speaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// The name as resolved; the words themselves where nothing is known.
    pub name: String,
    /// The words in the text.
    pub text: String,
    /// First code point of the words.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// What sort of thing it is.
    pub kind: Kind,
    /// Id in the knowledge tables: ISO 3166 alpha-3 for states, the table's id otherwise.
    pub id: Option<String>,
    /// ISO 3166 alpha-3 country, `IGO` or `NGO`.
    pub country: Option<String>,
    /// Sector codes of the coding frame, the main one first.
    pub sectors: Vec<String>,
    /// For persons: the office held on the event's date.
    pub office: Option<Office>,
    /// How the words became this actor.
    pub resolution: Resolution,
}
