//! Everyone and everything an article names that could be a party, in the order of the text: each nominal is resolved from the knowledge tables,
//! its own words and what stands before it.

mod coreference;
mod descriptions;
mod learned;
mod names;
mod persons;
mod words;

use std::collections::HashMap;

use demarche_knowledge::Knowledge;
use demarche_language::{AnalysedSentence, Analysis, NameKind};
use demarche_record::{Actor, Article, Kind, Resolution, Span, Words};
use jiff::civil::Date;

pub(crate) use words::text_of;
use words::{gender_of, heads};

use crate::dates::in_time_expression;
use crate::quotes::quoted;
use crate::tree::{case_of, child, children, lower, name_at, phrase, span_of, word_is};

/// Grammatical gender of a person, where the text shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    She,
    He,
}

/// Who somebody is, apart from the words used for them here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Identity {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) id: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) sectors: Vec<String>,
    pub(crate) by: &'static str,
    pub(crate) score: f64,
}

/// One nominal of the article.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) sentence: usize,
    pub(crate) head: usize,
    pub(crate) words: Vec<usize>,
    pub(crate) span: Span,
    /// Who is meant: several for a group ("the trio"), none where nothing is known.
    pub(crate) who: Vec<Identity>,
    /// The earlier words it stands for.
    pub(crate) antecedent: Option<Span>,
    pub(crate) plural: bool,
    pub(crate) gender: Option<Gender>,
    pub(crate) subject: bool,
    /// Whether the words themselves name or describe (no pronoun, no bare group noun).
    pub(crate) own: bool,
}

impl Reference {
    /// The reference as the record's actors.
    pub(crate) fn actors(&self, analysis: &Analysis, knowledge: &Knowledge, on: Option<Date>) -> Vec<Actor> {
        let antecedent = self.antecedent.map(|s| Words { text: analysis.slice(s), start: s.start, end: s.end });
        let text = analysis.slice(self.span);
        let actor = |who: &Identity| Actor {
            name: who.name.clone(),
            text: text.clone(),
            start: self.span.start,
            end: self.span.end,
            kind: who.kind,
            id: who.id.clone(),
            country: who.country.clone(),
            sectors: who.sectors.clone(),
            office: persons::office(who, knowledge, on),
            resolution: Resolution { by: who.by.to_owned(), score: crate::round(who.score), antecedent: antecedent.clone() },
        };
        self.who.iter().map(actor).collect()
    }
}

/// All references of an article.
pub(crate) struct References {
    pub(crate) all: Vec<Reference>,
    /// The state that the article is most about, for actors described without one.
    focus: Option<String>,
    by_word: HashMap<(usize, usize), usize>,
}

impl References {
    pub(crate) fn of(article: &Article, analysis: &Analysis, knowledge: &Knowledge, on: Option<Date>) -> Self {
        Builder::new(article, analysis, knowledge, on).build()
    }

    /// The reference whose head (or else whose phrase) holds the word.
    pub(crate) fn at(&self, sentence: usize, word: usize) -> Option<&Reference> {
        self.by_word.get(&(sentence, word)).map(|i| &self.all[*i])
    }
}

struct Builder<'a> {
    article: &'a Article,
    analysis: &'a Analysis,
    knowledge: &'a Knowledge,
    on: Option<Date>,
    quotes: Vec<Span>,
    out: References,
    /// States named anywhere, without doubt.
    named: Vec<String>,
    /// Countries named so far.
    countries: Vec<String>,
    /// Who has spoken so far, with the sentence of the cue: "I" and "we" of what follows.
    speakers: Vec<(usize, Vec<Identity>, Span)>,
}

/// Nouns that only count or group those they stand before.
const COUNTS: [&str; 14] =
    ["thousand", "hundred", "dozen", "score", "ten", "million", "number", "group", "crowd", "handful", "majority", "most", "some", "many"];

impl<'a> Builder<'a> {
    fn new(article: &'a Article, analysis: &'a Analysis, knowledge: &'a Knowledge, on: Option<Date>) -> Self {
        let out = References { all: Vec::new(), focus: None, by_word: HashMap::new() };
        Self {
            article,
            analysis,
            knowledge,
            on,
            quotes: quoted(&analysis.text),
            out,
            named: Vec::new(),
            countries: Vec::new(),
            speakers: Vec::new(),
        }
    }

    fn build(mut self) -> References {
        self.named = self.named();
        self.out.focus = self.focus();
        for (index, sentence) in self.analysis.sentences.iter().enumerate() {
            for head in heads(sentence) {
                let reference = self.reference(index, sentence, head);
                let at = self.out.all.len();
                for w in &reference.words {
                    self.out.by_word.entry((index, *w)).or_insert(at);
                }
                self.out.by_word.insert((index, head), at);
                self.countries.extend(reference.who.iter().filter(|w| w.by != "context").filter_map(|w| w.country.clone()));
                self.out.all.push(reference);
            }
            self.note_speaker(index, sentence);
        }
        self.out
    }

    /// The state named most often (title twice); the earliest of equals.
    fn focus(&self) -> Option<String> {
        let mut counts: Vec<(String, usize)> = Vec::new();
        let mut count = |id: &str, n: usize| match counts.iter_mut().find(|(c, _)| c == id) {
            Some(entry) => entry.1 += n,
            None => counts.push((id.to_owned(), n)),
        };
        let title: Vec<&str> = self.article.title.as_deref().unwrap_or("").split(|c: char| !c.is_alphanumeric() && c != '.').collect();
        for width in 1..=2 {
            for words in title.windows(width) {
                if let Some(sense) = self.state_of(&words.join(" ")) {
                    count(&sense.0, 2);
                }
            }
        }
        for sentence in &self.analysis.sentences {
            for name in &sentence.names {
                if matches!(name.kind, NameKind::Place | NameKind::Adherence)
                    && let Some((id, _, _)) = self.state_of(&text_of(sentence, name.first, name.last))
                {
                    count(&id, 1);
                }
            }
        }
        let best = counts.iter().map(|(_, n)| *n).max()?;
        counts.into_iter().find(|(_, n)| *n == best).map(|(id, _)| id)
    }

    fn reference(&self, index: usize, sentence: &AnalysedSentence, head: usize) -> Reference {
        let words = phrase(sentence, head);
        let span = span_of(sentence, &words);
        let word = &sentence.words[head];
        let plural = word.feats.contains("Number=Plur") || child(sentence, head, &["conj"]).is_some();
        let subject = matches!(&*word.rel, "nsubj" | "nsubj:pass" | "nsubj:outer");
        let mut reference =
            Reference { sentence: index, head, words, span, who: Vec::new(), antecedent: None, plural, gender: None, subject, own: true };
        if word_is(sentence, head, &["PRON"]) || word_is(sentence, head, &["DET", "NUM"]) {
            self.pronoun(sentence, &mut reference);
            return reference;
        }
        let words: Vec<String> = reference.words.iter().map(|i| lower(&sentence.words[*i])).collect();
        reference.gender = gender_of(&words);
        if let Some(group) = self.group_noun(sentence, &reference) {
            reference.who = group.0;
            reference.antecedent = group.1;
            reference.own = false;
            return reference;
        }
        reference.who = self.resolve(sentence, head, &reference.words);
        let surname = name_at(sentence, head).is_some_and(|n| n.kind == NameKind::Person && n.first == n.last);
        if (surname || reference.who.is_empty() || reference.who.iter().all(|w| w.country.is_none()))
            && let Some((who, antecedent, gender)) = self.earlier_name(sentence, head, &reference)
        {
            reference.who = who;
            reference.antecedent = Some(antecedent);
            reference.gender = reference.gender.or(gender);
        }
        // "the militants", "the ministry": what the words themselves do not tell, the mention that they resume may.
        let bare = reference.who.iter().all(|w| w.country.is_none() && w.id.is_none());
        if bare
            && let Some((who, antecedent)) = self.learned(index, head)
            && who.iter().any(|w| w.country.is_some() || w.id.is_some())
        {
            reference.who = who;
            reference.antecedent = Some(antecedent);
            reference.own = false;
        }
        self.fill_country(sentence, &mut reference);
        reference
    }

    /// Who a phrase names or describes, from its own words.
    fn resolve(&self, sentence: &AnalysedSentence, head: usize, words: &[usize]) -> Vec<Identity> {
        // "thousands of Kenyans", "a group of soldiers": who is counted.
        if COUNTS.contains(&sentence.words[head].lemma.to_lowercase().as_str()) {
            let counted =
                children(sentence, head).find(|&i| &*sentence.words[i].rel == "nmod" && case_of(sentence, i).as_deref() == Some("of"));
            if let Some(counted) = counted {
                return self.resolve(sentence, counted, &phrase(sentence, counted));
            }
        }
        if let Some(name) = name_at(sentence, head) {
            let text = self.name_text(sentence, name);
            let longer = name.kind != NameKind::Person && text.len() > text_of(sentence, name.first, name.last).len();
            if longer {
                return self.place(&text).into_iter().collect();
            }
            // "May", "March": a month is nobody.
            if name.first == name.last && in_time_expression(sentence, head) {
                return Vec::new();
            }
            return match name.kind {
                NameKind::Person => vec![self.person(sentence, head, words, &text)],
                NameKind::Place | NameKind::Facility => match self.place(&text) {
                    Some(place) => vec![place],
                    // A last name taken for a town: a town that does things is somebody.
                    None if self.surname_that_acts(sentence, head, &text) => vec![self.person(sentence, head, words, &text)],
                    None => Vec::new(),
                },
                NameKind::Organisation => vec![self.organisation(&text, sentence, words)],
                NameKind::Adherence => self.adherents(sentence, head, &text).into_iter().collect(),
                NameKind::Event => Vec::new(),
            };
        }
        let described = self.described(sentence, head, words);
        if described.is_empty() && word_is(sentence, head, &["PROPN"]) {
            return self.surname(&sentence.words[head].text).into_iter().collect();
        }
        described
    }
}
