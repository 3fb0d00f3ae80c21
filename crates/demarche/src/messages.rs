//! What the commands say on standard error about their inputs.

use demarche_ingest::{Problem, language_name};
use demarche_record::Article;

/// A problem as one line; what is not fatal is a note.
pub fn problem(problem: &Problem) -> String {
    format!("demarche: {}{problem}", if problem.fatal { "" } else { "note: " })
}

/// That a text in another language is passed over, and what to do about it.
pub fn skipped(article: &Article) -> String {
    let language = language_name(&article.language);
    format!("demarche: note: {}: skipped, the text seems to be {language}; --any-language takes it as English", article.id)
}
