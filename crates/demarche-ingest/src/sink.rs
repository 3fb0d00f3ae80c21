use std::io;
use std::ops::ControlFlow;

use demarche_record::Article;

use crate::{Item, Problem};

/// Where the readers put what they read: the caller's function and the name of the input.
pub(crate) struct Sink<'a> {
    name: &'a str,
    each: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(name: &'a str, each: &'a mut dyn FnMut(Item) -> ControlFlow<()>) -> Self {
        Self { name, each }
    }

    pub(crate) fn article(&mut self, article: Article) -> ControlFlow<()> {
        (self.each)(Item::Article(article))
    }

    /// Something worth knowing; nothing is lost.
    pub(crate) fn note(&mut self, place: Option<usize>, message: &str) -> ControlFlow<()> {
        self.problem(place, message, false)
    }

    /// An article, or the whole input where there is no place, that was not read.
    pub(crate) fn failure(&mut self, place: Option<usize>, message: &str) -> ControlFlow<()> {
        self.problem(place, message, true)
    }

    /// The system refused to give bytes.
    pub(crate) fn unreadable(&mut self, place: Option<usize>, error: &io::Error) -> ControlFlow<()> {
        self.failure(place, &format!("cannot be read: {error}"))
    }

    fn problem(&mut self, place: Option<usize>, message: &str, fatal: bool) -> ControlFlow<()> {
        (self.each)(Item::Problem(Problem { input: self.name.to_owned(), place, message: message.to_owned(), fatal }))
    }
}
