use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Actor, ArticleRef, Context, EventType, Status, Words};

/// The sentence a record rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SentenceRef {
    /// Number of the sentence in the article, from 0.
    pub index: usize,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The sentence's exact text.
    pub text: String,
}

/// The word or words that name the event.
pub type Trigger = Words;

/// The CAMEO coding derived from a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cameo {
    /// Two to four digits, as text.
    pub code: String,
    /// The first two digits.
    pub root: String,
    /// The code's name.
    pub name: String,
    /// Goldstein score of the code, −10 to 10.
    pub goldstein: f64,
}

/// One link of an attribution chain: who says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// The speaker, resolved like an actor.
    pub speaker: Actor,
    /// The words that show the saying ("said", "according to").
    pub cue: Words,
    /// Whether the content stands inside quotation marks.
    pub verbatim: bool,
}

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// One day.
    Day,
    /// One week.
    Week,
    /// One month.
    Month,
    /// One year.
    Year,
    /// Another interval, such as an office-holder's term or a decade.
    Interval,
}

/// What a date was resolved from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A time expression in the text.
    Text,
    /// The article's dateline.
    Dateline,
    /// The date of publication, named as such.
    Publication,
    /// The terms of the office-holders the text names.
    OfficeHolders,
    /// Nothing places the event in time.
    None,
}

/// When an event happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateInterval {
    /// First day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day, inclusive.
    pub to: Option<String>,
    /// How exactly it is known.
    pub precision: Option<Precision>,
    /// What it was resolved from.
    pub basis: Basis,
    /// The time expression's words.
    pub text: Option<String>,
    /// What is known where the year is not: `--10-13`.
    pub partial: Option<String>,
}

impl DateInterval {
    /// No date.
    pub fn none() -> Self {
        Self { from: None, to: None, precision: None, basis: Basis::None, text: None, partial: None }
    }
}

/// How exactly a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum PlacePrecision {
    /// A point such as a base or a bridge.
    #[serde(rename = "point")]
    Point,
    /// A city or village.
    #[serde(rename = "city")]
    City,
    /// A first-order administrative unit.
    #[serde(rename = "admin-1")]
    Admin1,
    /// A whole country.
    #[serde(rename = "country")]
    Country,
    /// A county, a part of a country, a region of several, a sea, a river, a border: more than a point and no unit above.
    #[serde(rename = "region")]
    Region,
}

/// Where an event happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The name as resolved.
    pub name: String,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// First-order administrative unit.
    pub admin1: Option<String>,
    /// `GeoNames` id.
    pub geonames: Option<u64>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How exactly the place is known.
    pub precision: PlacePrecision,
    /// The words in the text.
    pub text: String,
}

/// A number of people, things or money given for an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Magnitude {
    /// `dead`, `injured`, `detained`, `displaced`, `soldiers`, `participants`, `weapons` or `money`.
    pub what: String,
    /// The number; money in units of the currency that `text` names.
    pub value: f64,
    /// `approximately`, `at least`, `up to`, `more than`, `fewer than`.
    pub qualifier: Option<String>,
    /// The words in the text.
    pub text: String,
}

/// Why one field is what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The field.
    pub field: String,
    /// `model`, `rule` or `knowledge`.
    pub by: String,
    /// Which head, rule or table, and on what words.
    pub detail: String,
    /// The model's probability, where a model decided.
    pub score: Option<f64>,
}

/// What made the record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct EngineInfo {
    /// Version of the program.
    pub version: String,
    /// `sha256:` and the digest of the model file.
    pub model: String,
    /// The coding frame.
    pub ontology: String,
    /// `sha256:` and the digest of the knowledge tables.
    pub knowledge: String,
}

/// One event mention.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `ev_` and a hash of article, trigger span, event, parties, date and place.
    pub id: String,
    /// The article.
    pub article: ArticleRef,
    /// The sentence.
    pub sentence: SentenceRef,
    /// The words that name the event.
    pub trigger: Trigger,
    /// The event's type.
    pub event: EventType,
    /// How (or what), as the coding frame lists it for the type.
    pub modes: Vec<String>,
    /// Why, or in what field.
    pub contexts: Vec<Context>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// PLOVER score of type and mode, −10 to 10.
    pub score: f64,
    /// The CAMEO coding.
    pub cameo: Option<Cameo>,
    /// Who did it.
    pub actors: Vec<Actor>,
    /// To whom.
    pub recipients: Vec<Actor>,
    /// Whether it happened.
    pub status: Status,
    /// The words that show it.
    pub status_cues: Vec<Words>,
    /// Who says so, outermost first; empty where the text itself says so.
    pub attribution: Vec<Link>,
    /// When.
    pub date: DateInterval,
    /// Where.
    pub place: Option<Place>,
    /// Numbers.
    pub magnitude: Vec<Magnitude>,
    /// Probability that event and parties are right, three decimals.
    pub confidence: f64,
    /// Id of the first mention of the same event in this article.
    pub same_as: Option<String>,
    /// Why each field is what it is.
    pub evidence: Vec<Evidence>,
    /// What made the record.
    pub engine: EngineInfo,
}
