//! Article → analysis: sentences, words, tags, trees, names, event mentions and their parts.
//!
//! One pass of one small encoder over each sentence feeds every head. Each sentence runs alone, so that its numbers never depend on its
//! neighbours, on batches or on the number of threads. Nothing here reads a file, a clock or a network: the model is inside the program.
//!
//! ```no_run
//! let analyser = demarche_language::Analyser::new(2)?;
//! let analysis = analyser.analyse("Rebels attacked the town on Monday.")?;
//! assert_eq!(analysis.sentences[0].words[1].lemma, "attack");
//! # Ok::<(), demarche_language::Error>(())
//! ```

mod analysis;
mod coreference;
mod decode;
mod error;
mod model;
mod scores;
mod sentences;
mod tokens;

pub use analysis::{AnalysedSentence, Analyser, Analysis, GivenSentence, Mention, Name, NameKind, Role, RoleKind, Word};
pub use coreference::{Referring, extent};
pub use error::Error;
pub use model::{Labels, model_digest};
pub use scores::EventScores;
pub use sentences::{Sentence, split};
pub use tokens::tokenize;

/// The longest text one article may have, in code points.
pub const LONGEST_ARTICLE: usize = 4_000_000;
