//! Everyone and everything an article names that could be a party, in the order of the text: each nominal is resolved from the knowledge tables,
//! its own words and what stands before it.

use std::collections::HashMap;

use demarche_knowledge::{Knowledge, Naming, Organisation, Person};
use demarche_language::{AnalysedSentence, Analysis, NameKind};
use demarche_record::{Actor, Article, Kind, Resolution, Span, Words};
use jiff::civil::Date;

use crate::quotes::{first_person, inside, quoted};
use crate::tree::{case_of, child, children, is_nominal, lower, name_at, phrase, span_of, word_is};

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
            office: office(who, knowledge, on),
            resolution: Resolution { by: who.by.to_owned(), score: crate::round(who.score), antecedent: antecedent.clone() },
        };
        self.who.iter().map(actor).collect()
    }
}

fn office(who: &Identity, knowledge: &Knowledge, on: Option<Date>) -> Option<demarche_record::Office> {
    if who.kind != Kind::Person {
        return None;
    }
    let person = knowledge.persons.find(&who.name).into_iter().find(|p| Some(&p.id) == who.id.as_ref())?;
    person.term(on).map(demarche_knowledge::Term::office)
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
    /// Speaker of the running text in the first person, with the sentence of the cue.
    countries: Vec<String>,
    speakers: Vec<(usize, Vec<Identity>, Span)>,
}

const TITLE_RELATIONS: [&str; 4] = ["nmod:desc", "compound", "appos", "flat"];
/// Nouns that only count or group those they stand before.
const COUNTS: [&str; 14] =
    ["thousand", "hundred", "dozen", "score", "ten", "million", "number", "group", "crowd", "handful", "majority", "most", "some", "many"];
/// Sectors that belong to a state: described without one, they are the state's that the article is about.
const OF_A_STATE: [&str; 14] = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "PTY", "CVL", "LAB", "AGR", "EDU", "MED", "PRM"];

impl<'a> Builder<'a> {
    fn new(article: &'a Article, analysis: &'a Analysis, knowledge: &'a Knowledge, on: Option<Date>) -> Self {
        let out = References { all: Vec::new(), focus: None, by_word: HashMap::new() };
        Self { article, analysis, knowledge, on, quotes: quoted(&analysis.text), out, countries: Vec::new(), speakers: Vec::new() }
    }

    fn build(mut self) -> References {
        self.out.focus = self.focus();
        for (index, sentence) in self.analysis.sentences.iter().enumerate() {
            for head in heads(sentence) {
                let reference = self.reference(index, sentence, head);
                let at = self.out.all.len();
                for w in &reference.words {
                    self.out.by_word.entry((index, *w)).or_insert(at);
                }
                self.out.by_word.insert((index, head), at);
                self.countries.extend(reference.who.iter().filter_map(|w| w.country.clone()));
                self.out.all.push(reference);
            }
            self.note_speaker(index, sentence);
        }
        self.out
    }

    /// Remembers who speaks in this sentence, for "I" and "we" in what follows.
    fn note_speaker(&mut self, index: usize, sentence: &AnalysedSentence) {
        for mention in sentence.mentions.iter().filter(|m| m.event.is_none() && m.score >= 0.4) {
            let speaker = crate::attribution::speaker_word(sentence, mention.word);
            if let Some(reference) = speaker.and_then(|w| self.out.at(index, w))
                && !reference.who.is_empty()
            {
                self.speakers.push((index, reference.who.clone(), reference.span));
            }
        }
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

    /// The plainest reading of words as a state: id, how it names it, the sector of a metonym.
    fn state_of(&self, text: &str) -> Option<(String, Naming, Option<String>)> {
        let mut senses = self.knowledge.states.senses(text, self.on);
        let body = self.knowledge.organisations.find(text, self.on, &[]).is_some();
        senses.retain(|s| !(body && self.knowledge.states.is_unlisted(&s.id)));
        let best = senses.first()?;
        // Several states at once ("Korea", "Congo"): the one the article has named already, else unresolved.
        let rivals: Vec<&str> =
            senses.iter().filter(|s| s.naming == best.naming || s.ambiguous == best.ambiguous).map(|s| s.id.as_str()).collect();
        if best.ambiguous && rivals.iter().any(|r| *r != best.id) {
            let known = senses.iter().find(|s| self.countries.contains(&s.id))?;
            return Some((known.id.clone(), known.naming, known.sector.clone()));
        }
        Some((best.id.clone(), best.naming, best.sector.clone()))
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
        self.fill_country(sentence, &mut reference);
        reference
    }

    /// A described actor of a state that the words do not name belongs to the state the article is about.
    ///
    /// A minister named without a country in a government's own statement is that government's.
    fn fill_country(&self, sentence: &AnalysedSentence, reference: &mut Reference) {
        let publisher =
            self.article.source.as_deref().and_then(|s| self.publisher(s)).filter(|p| p.sectors.first().is_some_and(|s| s == "GOV"));
        let abroad = reference.words.iter().any(|i| {
            matches!(lower(&sentence.words[*i]).as_str(), "foreign" | "international" | "other" | "multinational")
                && sentence.words[*i].head == reference.head
        });
        for who in &mut reference.who {
            let sector = who.sectors.first().map_or("", String::as_str);
            if who.country.is_none()
                && OF_A_STATE.contains(&sector)
                && !(abroad && who.kind != Kind::Person)
                && matches!(who.kind, Kind::Group | Kind::Person | Kind::Organisation)
            {
                let home = publisher.as_ref().filter(|_| who.kind == Kind::Person && sector == "GOV").and_then(|p| p.country.as_ref());
                if let Some(focus) = home.or(self.out.focus.as_ref()) {
                    who.country = Some(focus.clone());
                    who.by = "context";
                    who.score = 0.5;
                }
            }
        }
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
            let text = text_of(sentence, name.first, name.last);
            return match name.kind {
                NameKind::Person => vec![self.person(sentence, head, words, &text)],
                NameKind::Place | NameKind::Facility => self.place(&text).into_iter().collect(),
                NameKind::Organisation => vec![self.organisation(&text, sentence, words)],
                NameKind::Adherence => self.adherents(&text).into_iter().collect(),
                NameKind::Event => Vec::new(),
            };
        }
        self.described(sentence, head, words)
    }

    /// The state that the phrase's modifiers name: "South Korean forces", "Russia's minister", "the president of Kenya", "its army".
    fn country_of(&self, sentence: &AnalysedSentence, head: usize, words: &[usize]) -> Option<String> {
        self.countries_of(sentence, head, words).into_iter().next()
    }

    /// All of them, in order: "the foreign ministers of France, Germany and Poland", "the US and South Korean presidents".
    fn countries_of(&self, sentence: &AnalysedSentence, head: usize, words: &[usize]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for name in &sentence.names {
            let covers_head = name.first <= head && head <= name.last;
            if covers_head || !words.contains(&name.first) {
                continue;
            }
            let text = text_of(sentence, name.first, name.last);
            let country = match name.kind {
                NameKind::Place | NameKind::Adherence => {
                    self.state_of(&text).and_then(|s| self.knowledge.states.country(&s.0).map(str::to_owned))
                }
                NameKind::Organisation => {
                    self.knowledge.organisations.find(&text, self.on, &self.countries).and_then(|o| o.country.clone())
                }
                _ => None,
            };
            found.extend(country.filter(|c| !found.contains(c)));
        }
        if found.is_empty() {
            let owner = children(sentence, head).find(|&i| &*sentence.words[i].rel == "nmod:poss" && word_is(sentence, i, &["PRON"]));
            let who = owner.and_then(|owner| self.antecedent_of(sentence, owner)).map(|(who, _)| who).unwrap_or_default();
            found.extend(who.first().and_then(|w| w.country.clone()));
        }
        found
    }

    /// "Washington and its Asian partners": whom the article names beside the owner in one coordination.
    fn partners(&self, sentence: &AnalysedSentence, head: usize) -> Vec<Identity> {
        let noun = matches!(sentence.words[head].lemma.as_str(), "partner" | "ally" | "neighbour" | "neighbor")
            && sentence.words[head].feats.contains("Number=Plur");
        let owner = children(sentence, head).find(|&i| &*sentence.words[i].rel == "nmod:poss");
        let Some(owner) = owner.filter(|_| noun) else { return Vec::new() };
        let owner_country = if word_is(sentence, owner, &["PRON"]) {
            self.antecedent_of(sentence, owner).and_then(|(who, _)| who.first().and_then(|w| w.country.clone()))
        } else {
            name_at(sentence, owner).and_then(|n| self.state_of(&text_of(sentence, n.first, n.last))).map(|s| s.0)
        };
        let Some(country) = owner_country else { return Vec::new() };
        for other in &self.analysis.sentences {
            for first in &other.names {
                let head = first.first;
                let members: Vec<String> = std::iter::once(first)
                    .chain(other.names.iter().filter(|n| {
                        let at = (n.first..=n.last).find(|&i| &*other.words[i].rel == "conj");
                        at.is_some_and(|i| (first.first..=first.last).contains(&other.words[i].head))
                    }))
                    .filter(|n| n.kind == NameKind::Place)
                    .filter_map(|n| self.state_of(&text_of(other, n.first, n.last)).map(|s| s.0))
                    .collect();
                if members.len() >= 2 && members.contains(&country) && head < other.words.len() {
                    return members.iter().filter(|m| **m != country).map(|m| self.state(m, m, None, "coreference", 0.6)).collect();
                }
            }
        }
        Vec::new()
    }

    fn sectors_of(&self, sentence: &AnalysedSentence, head: usize, words: &[usize]) -> Option<(Vec<String>, Kind)> {
        let at = words.iter().position(|i| *i == head)?;
        let texts: Vec<String> = words.iter().map(|i| lower(&sentence.words[*i])).collect();
        let lemmas: Vec<String> = words.iter().map(|i| sentence.words[*i].lemma.to_lowercase()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let lemmas: Vec<&str> = lemmas.iter().map(String::as_str).collect();
        let described = self.knowledge.sectors.describe(&texts, &lemmas, at)?;
        let mut sectors = described.sectors.clone();
        if texts[..at].iter().any(|t| matches!(*t, "former" | "ex" | "late" | "retired" | "ousted" | "deposed"))
            && sectors.first().is_some_and(|s| s == "GOV" || s == "MIL")
        {
            sectors.insert(0, "ELI".to_owned());
        }
        Some((sectors, described.kind))
    }

    fn described(&self, sentence: &AnalysedSentence, head: usize, words: &[usize]) -> Vec<Identity> {
        // "the sister of the leader, Kim Yo Jong": the apposed name is who is meant.
        if let Some(name) = children(sentence, head)
            .filter(|&i| &*sentence.words[i].rel == "appos")
            .find_map(|i| name_at(sentence, i).filter(|n| n.kind == NameKind::Person))
        {
            let text = text_of(sentence, name.first, name.last);
            return vec![self.person(sentence, head, words, &text)];
        }
        let partners = self.partners(sentence, head);
        if !partners.is_empty() {
            return partners;
        }
        let Some((sectors, kind)) = self.sectors_of(sentence, head, words) else { return Vec::new() };
        let countries = self.countries_of(sentence, head, words);
        // As written, without the article.
        let article = |i: &&usize| matches!(lower(&sentence.words[**i]).as_str(), "the" | "a" | "an");
        let first = words.iter().find(|i| !article(i)).copied().unwrap_or(head);
        let text = text_of(sentence, first, words.last().copied().unwrap_or(head).max(first));
        let plural = sentence.words[head].feats.contains("Number=Plur");
        if countries.len() > 1 && plural {
            return countries.iter().map(|c| self.described_as(&text, kind, Some(c.clone()), &sectors)).collect();
        }
        vec![self.described_as(&text, kind, countries.into_iter().next(), &sectors)]
    }

    /// An actor described by sector and country: the state itself where a body of the state acts.
    fn described_as(&self, text: &str, kind: Kind, country: Option<String>, sectors: &[String]) -> Identity {
        let of_state = sectors.first().is_some_and(|s| matches!(s.as_str(), "GOV" | "MIL" | "COP" | "JUD" | "LEG" | "SPY"));
        let state = country.as_deref().filter(|_| of_state && kind != Kind::Person).and_then(|c| Some((c, self.knowledge.states.name(c)?)));
        if let Some((id, name)) = state {
            Identity {
                name: name.to_owned(),
                kind: Kind::State,
                id: Some(id.to_owned()),
                country: country.clone(),
                sectors: sectors.to_vec(),
                by: "description",
                score: 0.9,
            }
        } else {
            let score = if country.is_some() { 0.85 } else { 0.6 };
            Identity { name: text.to_owned(), kind, id: None, country, sectors: sectors.to_vec(), by: "description", score }
        }
    }

    fn person(&self, sentence: &AnalysedSentence, head: usize, words: &[usize], text: &str) -> Identity {
        let mut country = self.country_of(sentence, head, words);
        // Titles before the name, descriptions beside it.
        let mut sectors: Option<(Vec<String>, Kind)> = None;
        for i in children(sentence, head).filter(|&i| TITLE_RELATIONS.contains(&&*sentence.words[i].rel)).chain(Some(head)) {
            if name_at(sentence, i).is_none() {
                let own = phrase(sentence, i);
                let own = if i == head || own.is_empty() { words.to_vec() } else { own };
                sectors = sectors.or_else(|| self.sectors_of(sentence, i, &own));
                country = country.or_else(|| self.country_of(sentence, i, &own));
            }
        }
        let title_words: Vec<String> =
            words.iter().filter(|i| name_at(sentence, **i).is_none()).map(|i| lower(&sentence.words[*i])).collect();
        if sectors.is_none() && !title_words.is_empty() {
            let refs: Vec<&str> = title_words.iter().map(String::as_str).collect();
            sectors = self.knowledge.sectors.describe(&refs, &refs, refs.len() - 1).map(|d| (d.sectors.clone(), d.kind));
        }
        // An appositive head: "the foreign minister, X" or "X is head of".
        let above = sentence.words[head].head;
        if &*sentence.words[head].rel == "appos" && above != head {
            let own = phrase(sentence, above);
            sectors = sectors.or_else(|| self.sectors_of(sentence, above, &own));
            country = country.or_else(|| self.country_of(sentence, above, &own));
        }
        let known = self.known_person(text, country.as_deref());
        match known {
            Some(person) => {
                let term = person.principal(self.on);
                let of = term.map(|t| t.of.clone());
                let of_office = term.map(|t| t.sectors.clone()).filter(|s| !s.is_empty());
                Identity {
                    name: person.name.clone(),
                    kind: Kind::Person,
                    id: Some(person.id.clone()),
                    country: self.country_code(of.as_deref()).or(country),
                    sectors: sectors.map(|s| s.0).or(of_office).unwrap_or_default(),
                    by: "office-holders",
                    score: 0.95,
                }
            }
            None => Identity {
                name: text.to_owned(),
                kind: Kind::Person,
                id: None,
                by: if country.is_some() { "description" } else { "unresolved" },
                score: if country.is_some() { 0.85 } else { 0.3 },
                country,
                sectors: sectors.map(|s| s.0).unwrap_or_default(),
            },
        }
    }

    /// A person of the table: the only one of the name, or the one of the right state or time.
    fn known_person(&self, text: &str, country: Option<&str>) -> Option<&'a Person> {
        let found = self.knowledge.persons.find(text);
        let fits: Vec<&Person> = found
            .into_iter()
            .filter(|p| country.is_none_or(|c| p.terms.iter().any(|t| self.country_code(Some(&t.of)).as_deref() == Some(c))))
            .filter(|p| self.on.is_none_or(|day| p.known_by(day.saturating_add(jiff::Span::new().years(3)))))
            .collect();
        match fits.as_slice() {
            [one] => Some(one),
            [] => None,
            several => {
                let now: Vec<&&Person> = several.iter().filter(|p| self.on.is_some_and(|day| p.term(Some(day)).is_some())).collect();
                if let [one] = now.as_slice() { Some(one) } else { None }
            }
        }
    }

    /// A state id as a country code; other bodies keep theirs where it is `IGO` or a state.
    fn country_code(&self, of: Option<&str>) -> Option<String> {
        let of = of?;
        if self.knowledge.states.name(of).is_some() {
            return self.knowledge.states.country(of).map(str::to_owned);
        }
        self.knowledge.organisations.find(of, self.on, &[]).and_then(|o| o.country.clone())
    }

    fn place(&self, text: &str) -> Option<Identity> {
        if let Some((id, naming, sector)) = self.state_of(text) {
            let by = match naming {
                Naming::Capital => "capital",
                Naming::Metonym => "metonym",
                Naming::Adjective | Naming::People => "demonym",
                _ => "gazetteer",
            };
            let score = if naming == Naming::Capital { 0.9 } else { 0.98 };
            return Some(self.state(&id, text, sector, by, score));
        }
        if let Some(body) = self.knowledge.organisations.find(text, self.on, &self.countries) {
            return Some(of_body(body, Kind::Organisation, "gazetteer", 0.9));
        }
        // A bare town is no actor.
        None
    }

    /// A state as a party, by its id.
    fn state(&self, id: &str, text: &str, sector: Option<String>, by: &'static str, score: f64) -> Identity {
        let country = self.knowledge.states.country(id);
        let known = country.unwrap_or(id);
        let sector = if country.is_some() { sector.unwrap_or_else(|| "GOV".to_owned()) } else { "PRE".to_owned() };
        Identity {
            name: self.knowledge.states.name(known).unwrap_or(text).to_owned(),
            kind: if country.is_some() { Kind::State } else { Kind::Organisation },
            id: Some(known.to_owned()),
            country: country.map(str::to_owned),
            sectors: vec![sector],
            by,
            score,
        }
    }

    fn adherents(&self, text: &str) -> Option<Identity> {
        if let Some((id, _, _)) = self.state_of(text) {
            return Some(self.state(&id, text, None, "demonym", 0.85));
        }
        self.knowledge.organisations.find(text, self.on, &self.countries).map(|body| of_body(body, Kind::Group, "gazetteer", 0.85))
    }

    fn organisation(&self, text: &str, sentence: &AnalysedSentence, words: &[usize]) -> Identity {
        let head = words.last().copied().unwrap_or(0);
        let country = self.country_of(sentence, head, words).or_else(|| self.state_in(text));
        let near: Vec<String> = country.iter().cloned().chain(self.countries.iter().cloned()).collect();
        if let Some(body) = self.knowledge.organisations.find(text, self.on, &near) {
            return of_body(body, Kind::Organisation, "gazetteer", 0.95);
        }
        if let Some((id, _, sector)) = self.state_of(text) {
            return self.state(&id, text, sector, "metonym", 0.9);
        }
        let lower: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let refs: Vec<&str> = lower.iter().map(String::as_str).collect();
        let sectors = (0..refs.len())
            .rev()
            .find_map(|i| self.knowledge.sectors.describe(&refs, &refs, i))
            .map(|d| d.sectors.clone())
            .unwrap_or_default();
        let known = !sectors.is_empty() || country.is_some();
        Identity {
            name: text.to_owned(),
            kind: Kind::Organisation,
            id: None,
            country,
            sectors,
            by: if known { "description" } else { "unresolved" },
            score: if known { 0.7 } else { 0.3 },
        }
    }

    /// A state named inside an organisation's name: "Bank of Ghana", "Kenya Defence Forces", "UK Government".
    fn state_in(&self, text: &str) -> Option<String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        (1..=3.min(words.len()))
            .rev()
            .find_map(|width| words.windows(width).find_map(|w| self.state_of(&w.join(" "))))
            .and_then(|s| self.knowledge.states.country(&s.0).map(str::to_owned))
    }

    /// An earlier person or organisation that this short form or title stands for.
    fn earlier_name(
        &self,
        sentence: &AnalysedSentence,
        head: usize,
        reference: &Reference,
    ) -> Option<(Vec<Identity>, Span, Option<Gender>)> {
        let text = match name_at(sentence, head) {
            Some(name) if matches!(name.kind, NameKind::Person | NameKind::Organisation | NameKind::Place) => {
                text_of(sentence, name.first, name.last)
            }
            Some(_) => return None,
            None => return self.earlier_title(sentence, head, reference),
        };
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        self.out.all.iter().rev().find_map(|r| {
            let who = r.who.first().filter(|w| {
                r.who.len() == 1
                    && r.own
                    && w.kind != Kind::State
                    && (w.country.is_some() || w.name.split_whitespace().count() > words.len())
            })?;
            let name: Vec<String> = who.name.split_whitespace().map(str::to_lowercase).collect();
            let said = self.analysis.slice(r.span).to_lowercase();
            let acronym: String = who.name.split_whitespace().filter_map(|w| w.chars().next().filter(|c| c.is_uppercase())).collect();
            let fits = words.iter().all(|w| name.contains(w) || said.split_whitespace().any(|s| s == w))
                || text.chars().count() > 1 && text.replace('.', "") == acronym;
            fits.then(|| (vec![Identity { by: "coreference", score: 0.85, ..who.clone() }], r.span, r.gender))
        })
    }

    /// "the minister", "the group": the latest person or body that was described so.
    fn earlier_title(
        &self,
        sentence: &AnalysedSentence,
        head: usize,
        reference: &Reference,
    ) -> Option<(Vec<Identity>, Span, Option<Gender>)> {
        let definite =
            reference.words.iter().any(|i| matches!(lower(&sentence.words[*i]).as_str(), "the" | "this" | "that" | "these" | "those"));
        if !definite {
            return None;
        }
        let lemma = sentence.words[head].lemma.to_lowercase();
        self.out.all.iter().rev().take(60).find_map(|r| {
            if r.who.is_empty() || !r.own || r.who.iter().all(|w| w.country.is_none()) {
                return None;
            }
            let other = &self.analysis.sentences[r.sentence];
            let described = r.words.iter().any(|i| other.words[*i].lemma.to_lowercase() == lemma)
                || children(other, r.head)
                    .any(|i| matches!(&*other.words[i].rel, "appos" | "nmod:desc") && other.words[i].lemma.to_lowercase() == lemma);
            let country_noun = matches!(lemma.as_str(), "country" | "nation" | "state" | "kingdom" | "republic" | "regime")
                && r.who[0].kind == Kind::State
                && r.who.len() == 1;
            (described || country_noun)
                .then(|| (r.who.iter().map(|w| Identity { by: "coreference", score: 0.75, ..w.clone() }).collect(), r.span, r.gender))
        })
    }

    /// "the trio", "the two sides", "both countries", "the group": the latest parties that fit in number.
    fn group_noun(&self, sentence: &AnalysedSentence, reference: &Reference) -> Option<(Vec<Identity>, Option<Span>)> {
        let lemma = sentence.words[reference.head].lemma.to_lowercase();
        let words: Vec<String> = reference.words.iter().map(|i| lower(&sentence.words[*i])).collect();
        let has = |w: &str| words.iter().any(|x| x == w);
        let general = matches!(
            lemma.as_str(),
            "side"
                | "country"
                | "nation"
                | "party"
                | "neighbour"
                | "neighbor"
                | "state"
                | "government"
                | "leader"
                | "minister"
                | "rival"
                | "ally"
                | "foe"
                | "president"
                | "army"
                | "capital"
                | "counterpart"
                | "man"
                | "woman"
                | "delegation"
        );
        if name_at(sentence, reference.head).is_some()
            || !general && !matches!(lemma.as_str(), "trio" | "pair" | "duo" | "two" | "three" | "both" | "group")
            || self.country_of(sentence, reference.head, &reference.words).is_some()
        {
            return None;
        }
        if lemma == "group" && has("the") && words.len() == 2 {
            let people = |r: &&Reference| r.own && r.plural && r.who.first().is_some_and(|w| w.sectors.first().is_some_and(|s| s != "UNK"));
            let latest = self.out.all.iter().rev().find(people)?;
            return Some((latest.who.iter().map(|w| Identity { by: "coreference", score: 0.7, ..w.clone() }).collect(), Some(latest.span)));
        }
        let number = match lemma.as_str() {
            "trio" => 3,
            "pair" | "duo" | "two" | "both" => 2,
            _ if has("both") || has("two") || has("neither") => 2,
            _ if has("three") => 3,
            _ if has("four") => 4,
            "side" if reference.plural => 2,
            _ => return None,
        };
        let (who, span) = self.latest_group(number, reference)?;
        Some((who, Some(span)))
    }

    /// The latest coordinated parties of this number, else the latest distinct states.
    fn latest_group(&self, number: usize, before: &Reference) -> Option<(Vec<Identity>, Span)> {
        for r in self.out.all.iter().rev() {
            let other = &self.analysis.sentences[r.sentence];
            let mut who = r.who.clone();
            let mut span = r.span;
            if &*other.words[r.head].rel != "conj" {
                for i in children(other, r.head).filter(|&i| &*other.words[i].rel == "conj") {
                    if let Some(next) = self.out.at(r.sentence, i).filter(|n| n.span.start < before.span.start) {
                        who.extend(next.who.iter().cloned());
                        span = span.cover(next.span);
                    }
                }
            }
            if who.len() == number && !r.who.is_empty() {
                return Some((who.into_iter().map(|w| Identity { by: "coreference", score: 0.8, ..w }).collect(), span));
            }
        }
        let mut who: Vec<Identity> = Vec::new();
        let mut span = before.span;
        for r in self.out.all.iter().rev().filter(|r| r.own) {
            for w in &r.who {
                if w.country.is_some()
                    && w.country.as_deref() != Some("IGO")
                    && who.iter().all(|x| x.country != w.country)
                    && who.len() < number
                {
                    span = r.span;
                    who.push(Identity { by: "coreference", score: 0.6, ..w.clone() });
                }
            }
        }
        who.reverse();
        (who.len() == number).then_some((who, span))
    }

    fn pronoun(&self, sentence: &AnalysedSentence, reference: &mut Reference) {
        reference.own = false;
        let word = &sentence.words[reference.head];
        let text = lower(word);
        reference.gender = match text.as_str() {
            "he" | "him" | "his" | "himself" => Some(Gender::He),
            "she" | "her" | "hers" | "herself" => Some(Gender::She),
            _ => None,
        };
        if matches!(text.as_str(), "i" | "me" | "my" | "myself" | "we" | "us" | "our" | "ourselves") {
            let (who, antecedent) = self.first_person(reference);
            reference.who = who;
            reference.antecedent = antecedent;
        } else if matches!(text.as_str(), "both" | "two" | "three") && !is_nominal(sentence, reference.head) {
            if let Some((who, span)) = self.latest_group(if text == "three" { 3 } else { 2 }, reference) {
                reference.who = who;
                reference.antecedent = Some(span);
            }
        } else if let Some((who, antecedent)) = self.antecedent_of(sentence, reference.head) {
            reference.who = who;
            reference.antecedent = Some(antecedent);
        }
    }

    /// "I", "we": who speaks. Inside a quotation the latest speaker; in a statement printed as such, its speaker or the publisher.
    fn first_person(&self, reference: &Reference) -> (Vec<Identity>, Option<Span>) {
        let sentence = &self.analysis.sentences[reference.sentence];
        for mention in sentence.mentions.iter().filter(|m| m.event.is_none() && m.score >= 0.4) {
            if let Some(w) = crate::attribution::speaker_word(sentence, mention.word) {
                let own = self.out.at(reference.sentence, w).filter(|r| !r.who.is_empty()).map(|r| (r.who.clone(), r.span));
                let myself = matches!(lower(&sentence.words[w]).as_str(), "i" | "we" | "me" | "us" | "my" | "our");
                let own = own.or_else(|| {
                    let ahead = (!myself && w != reference.head).then(|| self.reference(reference.sentence, sentence, w))?;
                    (!ahead.who.is_empty()).then_some((ahead.who, ahead.span))
                });
                if let Some((who, span)) = own.filter(|(_, s)| !s.overlaps(reference.span)) {
                    return (who.into_iter().map(|w| Identity { by: "coreference", score: 0.9, ..w }).collect(), Some(span));
                }
            }
        }
        if let Some((_, who, span)) = self.speakers.last() {
            return (who.iter().map(|w| Identity { by: "coreference", score: 0.8, ..w.clone() }).collect(), Some(*span));
        }
        let printed = !inside(&self.quotes, reference.span.start) && first_person(self.analysis, reference.sentence, &self.quotes);
        match self.article.source.as_deref().filter(|_| printed) {
            Some(source) => (self.publisher(source).into_iter().collect(), None),
            None => (Vec::new(), None),
        }
    }

    /// The publisher of a statement, where its name says whose it is.
    fn publisher(&self, source: &str) -> Option<Identity> {
        if let Some(body) = self.knowledge.organisations.find(source, self.on, &[]).filter(|b| b.sectors.first().is_none_or(|s| s != "JRN"))
        {
            return Some(of_body(body, Kind::Organisation, "publisher", 0.8));
        }
        let id = self.state_of(source).map(|s| s.0).or_else(|| self.state_in(source))?;
        Some(self.state(&id, source, None, "publisher", 0.8))
    }

    /// Who a pronoun of the third person stands for.
    fn antecedent_of(&self, sentence: &AnalysedSentence, pronoun: usize) -> Option<(Vec<Identity>, Span)> {
        let text = lower(&sentence.words[pronoun]);
        let here = sentence.words[pronoun].span;
        let relative = matches!(text.as_str(), "who" | "which" | "that" | "whom" | "whose");
        if relative {
            // The noun that the clause hangs on.
            let mut at = pronoun;
            for _ in 0..8 {
                let head = sentence.words[at].head;
                if &*sentence.words[at].rel == "acl:relcl" {
                    let index = self.analysis.index_of(sentence)?;
                    let r = self.out.at(index, head)?;
                    return Some((r.who.clone(), r.span));
                }
                if head == at {
                    return None;
                }
                at = head;
            }
            return None;
        }
        let singular_person = matches!(text.as_str(), "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself");
        let many = matches!(text.as_str(), "they" | "them" | "their" | "theirs" | "themselves");
        let thing = matches!(text.as_str(), "it" | "its" | "itself");
        if !singular_person && !many && !thing {
            return None;
        }
        let gender = match text.as_str() {
            "he" | "him" | "his" | "himself" => Some(Gender::He),
            "she" | "her" | "hers" | "herself" => Some(Gender::She),
            _ => None,
        };
        let current = self.analysis.index_of(sentence)?;
        let mut best: Option<(i32, &Reference)> = None;
        for r in self.out.all.iter().rev().take(60) {
            if r.who.is_empty() || r.span.end > here.start || current - r.sentence > 6 {
                continue;
            }
            let kind = r.who[0].kind;
            let fits = if singular_person {
                kind == Kind::Person && r.who.len() == 1 && !r.plural && (r.gender.is_none() || r.gender == gender)
            } else if many {
                r.plural || r.who.len() > 1 || matches!(kind, Kind::Group | Kind::Organisation)
            } else {
                r.who.len() == 1 && !r.plural && matches!(kind, Kind::State | Kind::Organisation | Kind::Group)
            };
            if !fits {
                continue;
            }
            let distance = (current - r.sentence) as i32;
            let mut score = -4 * distance + if r.subject { 3 } else { 0 } + i32::from(r.gender.is_some() && r.gender == gender) * 3;
            score += i32::from(many && r.plural) * 2;
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, r));
            }
        }
        let (_, r) = best?;
        let mut who: Vec<Identity> = r.who.iter().map(|w| Identity { by: "coreference", score: 0.75, ..w.clone() }).collect();
        // A coordination is meant as a whole.
        if many {
            let other = &self.analysis.sentences[r.sentence];
            for i in children(other, r.head).filter(|&i| &*other.words[i].rel == "conj") {
                who.extend(self.out.at(r.sentence, i).map(|n| n.who.clone()).unwrap_or_default());
            }
        }
        let antecedent = r.antecedent.filter(|_| !r.own).unwrap_or(r.span);
        Some((who, antecedent))
    }
}

/// A body of the tables as a party.
fn of_body(body: &Organisation, kind: Kind, by: &'static str, score: f64) -> Identity {
    Identity {
        name: body.name.clone(),
        kind,
        id: Some(body.id.clone()),
        country: body.country.clone(),
        sectors: body.sectors.clone(),
        by,
        score,
    }
}

/// The heads of the sentence's nominals that could be parties, in order.
fn heads(sentence: &AnalysedSentence) -> Vec<usize> {
    (0..sentence.words.len())
        .filter(|&i| {
            let inner = name_at(sentence, i).is_some_and(|n| {
                let head = sentence.words[i].head;
                n.first <= head && head <= n.last && head != i
            });
            !inner
                && (is_nominal(sentence, i)
                    || word_is(sentence, i, &["NUM", "DET"]) && matches!(&*sentence.words[i].rel, "nsubj" | "obj" | "obl")
                    || name_at(sentence, i).is_some()
                    || word_is(sentence, i, &["ADJ"])
                        && matches!(&*sentence.words[i].rel, "nsubj" | "obj" | "obl" | "nmod" | "conj" | "nsubj:pass"))
        })
        .collect()
}

/// Words `first..=last` as the article writes them.
pub(crate) fn text_of(sentence: &AnalysedSentence, first: usize, last: usize) -> String {
    let mut out = String::new();
    let mut end = None;
    for w in &sentence.words[first..=last] {
        if end.is_some_and(|e| w.span.start > e) {
            out.push(' ');
        }
        out.push_str(&w.text);
        end = Some(w.span.end);
    }
    out
}

fn gender_of(words: &[String]) -> Option<Gender> {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    if has(&[
        "mr",
        "mr.",
        "sir",
        "king",
        "prince",
        "brother",
        "father",
        "son",
        "chairman",
        "spokesman",
        "businessman",
        "lord",
        "man",
        "husband",
        "sultan",
        "emir",
        "pope",
        "cardinal",
        "bishop",
    ]) {
        Some(Gender::He)
    } else if has(&[
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "miss",
        "queen",
        "princess",
        "sister",
        "mother",
        "daughter",
        "spokeswoman",
        "chairwoman",
        "lady",
        "woman",
        "wife",
        "dame",
        "baroness",
    ]) {
        Some(Gender::She)
    } else {
        None
    }
}
