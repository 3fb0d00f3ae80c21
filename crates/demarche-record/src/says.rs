use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Actor, ArticleRef, DateInterval, EngineInfo, Link, SentenceRef, Words};

/// Who said what to whom: one attributed clause or quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// `st_` and a hash.
    pub id: String,
    /// The article.
    pub article: ArticleRef,
    /// The sentence of the cue.
    pub sentence: SentenceRef,
    /// Who speaks; absent where the text names nobody ("it was reported").
    pub speaker: Option<Actor>,
    /// The words that show the saying.
    pub cue: Words,
    /// To whom, where stated.
    pub addressee: Option<Actor>,
    /// What is said.
    pub content: Words,
    /// Whether the content stands inside quotation marks.
    pub verbatim: bool,
    /// Who reports this statement, outermost first.
    pub attribution: Vec<Link>,
    /// What made the record.
    pub engine: EngineInfo,
}

/// How a holder stands to an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Holds or supports it.
    For,
    /// Opposes it.
    Against,
    /// Asks for it.
    Demands,
    /// Says it will not do it.
    Refuses,
    /// Names a condition.
    Conditional,
    /// Keeps its position open.
    Undeclared,
}

/// What an actor declares it holds, will or will not do, on an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// `po_` and a hash.
    pub id: String,
    /// The article.
    pub article: ArticleRef,
    /// The sentence.
    pub sentence: SentenceRef,
    /// Whose position.
    pub holder: Actor,
    /// On what.
    pub issue: String,
    /// How the holder stands to it.
    pub stance: Stance,
    /// Words of strength ("never", "irreversible").
    pub strength: Vec<Words>,
    /// The holder's own words, where quoted.
    pub quote: Option<Words>,
    /// Who says so, outermost first.
    pub attribution: Vec<Link>,
    /// When declared.
    pub date: DateInterval,
    /// Id of the holder's earlier position on the same issue in this input.
    pub previous: Option<String>,
    /// What made the record.
    pub engine: EngineInfo,
}
