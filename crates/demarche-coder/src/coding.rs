//! One article on its way from analysis to records: what all stages look at.

use demarche_knowledge::Knowledge;
use demarche_language::Analysis;
use demarche_places::{Located, locate};
use demarche_record::{Actor, Article, Kind, Link, Resolution, Span, Words};
use jiff::civil::Date;

use crate::attribution::{Cue, cues};
use crate::dates::{TimeExpression, dates, written};
use crate::mentions::References;
use crate::quotes::{first_person, inside, quoted};
use crate::window::Window;

/// The article with everything that has been found so far.
pub(crate) struct Scene<'a> {
    pub(crate) article: &'a Article,
    pub(crate) analysis: &'a Analysis,
    pub(crate) knowledge: &'a Knowledge,
    /// The day of publication, else that of the dateline.
    pub(crate) published: Option<Date>,
    pub(crate) references: References,
    pub(crate) quotes: Vec<Span>,
    pub(crate) cues: Vec<Cue>,
    /// The place names of the text, resolved.
    pub(crate) places: Vec<Located>,
    /// Time expressions, in the order of the text.
    pub(crate) dates: Vec<TimeExpression>,
    /// The time that the offices named in an undated article allow.
    pub(crate) window: Option<Window>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(article: &'a Article, analysis: &'a Analysis, knowledge: &'a Knowledge) -> Self {
        let published = written(article, analysis);
        let references = References::of(article, analysis, knowledge, published);
        let mut scene = Self {
            article,
            analysis,
            knowledge,
            published,
            references,
            quotes: quoted(&analysis.text),
            cues: Vec::new(),
            places: locate(analysis, false),
            dates: dates(analysis, published),
            window: None,
        };
        scene.cues = cues(&scene);
        scene.window = Window::of(&scene);
        scene
    }

    pub(crate) fn words(&self, span: Span) -> Words {
        Words { text: self.analysis.slice(span), start: span.start, end: span.end }
    }

    /// The parties a word stands for, with the offices of the day of publication.
    pub(crate) fn actors_at(&self, sentence: usize, word: usize) -> Vec<Actor> {
        self.actors_on(sentence, word, self.published)
    }

    /// The parties a word stands for, with the offices of a day.
    pub(crate) fn actors_on(&self, sentence: usize, word: usize, on: Option<Date>) -> Vec<Actor> {
        self.references.at(sentence, word).map(|r| r.actors(self.analysis, self.knowledge, on)).unwrap_or_default()
    }

    /// The words as an actor of whom nothing is known.
    pub(crate) fn unresolved(&self, sentence: usize, word: usize) -> Option<Actor> {
        let reference = self.references.at(sentence, word)?;
        let text = self.analysis.slice(reference.span);
        Some(Actor {
            name: text.clone(),
            text,
            start: reference.span.start,
            end: reference.span.end,
            kind: Kind::Unknown,
            id: None,
            country: None,
            sectors: Vec::new(),
            office: None,
            resolution: Resolution { by: "unresolved".to_owned(), score: 0.0, antecedent: None },
        })
    }

    /// Who speaks at a place that no cue of its own sentence covers: the speaker of a quotation that runs on, or of a statement that a colon
    /// opened.
    pub(crate) fn running_speaker(&self, sentence: usize, at: Span) -> Option<Link> {
        let quoted = inside(&self.quotes, at.start);
        let before = self.cues.iter().rev().find(|c| c.learned && c.sentence < sentence);
        if quoted {
            // The speaker named last, else the one named right after.
            let after = self.cues.iter().find(|c| c.learned && c.sentence > sentence && c.sentence <= sentence + 1);
            let cue = before.filter(|c| sentence - c.sentence <= 8).or(after)?;
            return Some(Link { verbatim: true, ..cue.link.clone() });
        }
        let opened = self.cues.iter().rev().find(|c| c.opens && c.sentence < sentence)?;
        // A colon's statement without marks runs as long as it speaks in the first person, to its last such sentence.
        let any_marks = self.quotes.iter().any(|q| q.start > opened.span.end);
        let last = (sentence..self.analysis.sentences.len()).any(|i| first_person(self.analysis, i, &self.quotes));
        (!any_marks && last).then(|| Link { verbatim: true, ..opened.link.clone() })
    }
}
