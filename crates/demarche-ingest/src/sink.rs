use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::ops::ControlFlow;

use demarche_record::Article;

use crate::{Item, Problem};

/// Where the readers put what they read: the caller's function and the name of the input.
pub(crate) struct Sink<'a> {
    name: &'a str,
    each: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    ids: &'a mut Ids,
    lenient: bool,
}

/// The ids that an input has given its articles, hashed.
#[derive(Default)]
pub(crate) struct Ids(HashSet<u64>);

impl Ids {
    /// Whether an id has been given before.
    fn again(&mut self, id: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        !self.0.insert(hasher.finish())
    }
}

impl<'a> Sink<'a> {
    pub(crate) fn new(name: &'a str, each: &'a mut dyn FnMut(Item) -> ControlFlow<()>, ids: &'a mut Ids) -> Self {
        Self { name, each, ids, lenient: false }
    }

    pub(crate) fn name(&self) -> &str {
        self.name
    }

    /// The same sink for a part of the input, which its problems name.
    pub(crate) fn within<'b>(&'b mut self, name: &'b str) -> Sink<'b> {
        Sink { name, each: &mut *self.each, ids: &mut *self.ids, lenient: self.lenient }
    }

    /// The same sink for parts of which many are expected to hold no article: that they do not is a note.
    pub(crate) fn lenient(self) -> Self {
        Self { lenient: true, ..self }
    }

    pub(crate) fn article(&mut self, article: Article) -> ControlFlow<()> {
        (self.each)(Item::Article(article))
    }

    /// Notes where the input gives an id that it gave before.
    pub(crate) fn given_id(&mut self, place: Option<usize>, id: &str) -> ControlFlow<()> {
        if self.ids.again(id) {
            let shown: String = id.chars().take(80).collect();
            return self.note(place, &format!("the id `{shown}` was given to an article before; make ids unique, or leave them out"));
        }
        ControlFlow::Continue(())
    }

    /// Something worth knowing; nothing is lost.
    pub(crate) fn note(&mut self, place: Option<usize>, message: &str) -> ControlFlow<()> {
        self.problem(place, message, false)
    }

    /// An article, or the whole input where there is no place, that was not read.
    pub(crate) fn failure(&mut self, place: Option<usize>, message: &str) -> ControlFlow<()> {
        self.problem(place, message, !self.lenient)
    }

    /// The system refused to give bytes.
    pub(crate) fn unreadable(&mut self, place: Option<usize>, error: &io::Error) -> ControlFlow<()> {
        self.failure(place, &format!("cannot be read: {error}"))
    }

    fn problem(&mut self, place: Option<usize>, message: &str, fatal: bool) -> ControlFlow<()> {
        (self.each)(Item::Problem(Problem { input: self.name.to_owned(), place, message: message.to_owned(), fatal }))
    }
}
