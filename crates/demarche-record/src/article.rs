use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One news text as it is coded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// The input's own id, else `ar_` and a hash of the text.
    pub id: String,
    /// Headline, where the input has one.
    pub title: Option<String>,
    /// Address, where the input has one.
    pub url: Option<String>,
    /// Publisher, where the input has one.
    pub source: Option<String>,
    /// Date of publication, ISO 8601 (`YYYY-MM-DD`), where the input or the caller gives one.
    pub published: Option<String>,
    /// Who wrote it, as the input names them, where it does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Language of the text, ISO 639-1.
    pub language: String,
    /// The text that all offsets point into.
    pub text: String,
}

/// What a record repeats of its article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ArticleRef {
    /// See [`Article::id`].
    pub id: String,
    /// See [`Article::title`].
    pub title: Option<String>,
    /// See [`Article::url`].
    pub url: Option<String>,
    /// See [`Article::source`].
    pub source: Option<String>,
    /// See [`Article::published`].
    pub published: Option<String>,
    /// See [`Article::language`].
    pub language: String,
}

impl From<&Article> for ArticleRef {
    fn from(article: &Article) -> Self {
        Self {
            id: article.id.clone(),
            title: article.title.clone(),
            url: article.url.clone(),
            source: article.source.clone(),
            published: article.published.clone(),
            language: article.language.clone(),
        }
    }
}
