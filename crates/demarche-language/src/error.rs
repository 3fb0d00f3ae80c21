/// What can go wrong while analysing a text.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The model inside the program cannot be used: the build is broken.
    #[error("the model inside this program cannot be used ({0}); build again from a clean clone")]
    Model(String),
    /// The text is larger than one article may be.
    #[error("the text has {0} characters; an article may have 4,000,000: split it into articles")]
    TooLong(usize),
}
