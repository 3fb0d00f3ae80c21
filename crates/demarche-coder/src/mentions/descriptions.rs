//! Actors that are described, not named: by sector words and by the country they belong to.

use demarche_language::{AnalysedSentence, NameKind};
use demarche_record::Kind;

use super::names::owned;
use super::{Builder, Identity, Reference, text_of};
use crate::tree::{children, lower, name_at, word_is};

/// Nouns that name somebody by what he is to another: never of the other's state by themselves.
const RELATIONAL: [&str; 16] = [
    "partner",
    "ally",
    "neighbour",
    "neighbor",
    "counterpart",
    "rival",
    "enemy",
    "foe",
    "adversary",
    "opponent",
    "backer",
    "patron",
    "sponsor",
    "donor",
    "aggressor",
    "invader",
];

/// Nouns that name states without saying which.
const STATES: [&str; 7] = ["country", "government", "nation", "state", "capital", "power", "neighbour"];

/// Sectors that belong to a state: described without one, they are the state's that the article is about.
const OF_A_STATE: [&str; 14] = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "PTY", "CVL", "LAB", "AGR", "EDU", "MED", "PRM"];

impl Builder<'_> {
    /// A described actor of a state that the words do not name belongs to the state the article is about.
    ///
    /// A minister named without a country in a government's own statement is that government's.
    pub(super) fn fill_country(&self, sentence: &AnalysedSentence, reference: &mut Reference) {
        let publisher =
            self.article.source.as_deref().and_then(|s| self.publisher(s)).filter(|p| p.sectors.first().is_some_and(|s| s == "GOV"));
        let abroad = reference.words.iter().any(|i| {
            matches!(lower(&sentence.words[*i]).as_str(), "foreign" | "international" | "other" | "multinational")
                && sentence.words[*i].head == reference.head
        });
        // "A Congolese minister", and nothing says of which Congo.
        let doubtful = |name: &demarche_language::Name| {
            let text = self.name_text(sentence, name);
            self.state_of(&text).is_none() && !self.knowledge.states.senses(&text, self.on).is_empty()
        };
        if sentence.names.iter().any(|n| reference.words.contains(&n.first) && doubtful(n)) {
            return;
        }
        // "its allies", "more countries": others than the one that the article is about, and not said which.
        let lemma = sentence.words[reference.head].lemma.to_lowercase();
        let states = STATES.contains(&lemma.as_str()) && reference.plural;
        if name_at(sentence, reference.head).is_none() && (states || RELATIONAL.contains(&lemma.as_str())) {
            return;
        }
        // A named stranger belongs to the state that the article has spoken of already, not to one that only stands beside.
        let spoken_of = self.out.focus.as_ref().is_some_and(|f| self.countries.contains(f));
        let stranger = name_at(sentence, reference.head).is_some_and(|n| n.kind == NameKind::Person) && !spoken_of;
        for who in &mut reference.who {
            let sector = who.sectors.first().map_or("", String::as_str);
            if who.country.is_none()
                && OF_A_STATE.contains(&sector)
                && !(abroad && who.kind != Kind::Person)
                && !(stranger && who.id.is_none())
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

    /// The state that the phrase's modifiers name: "South Korean forces", "Russia's minister", "the president of Kenya", "its army".
    pub(super) fn country_of(&self, sentence: &AnalysedSentence, head: usize, words: &[usize]) -> Option<String> {
        self.countries_of(sentence, head, words).into_iter().next()
    }

    /// All of them, in order: "the foreign ministers of France, Germany and Poland", "the US and South Korean presidents".
    pub(super) fn countries_of(&self, sentence: &AnalysedSentence, head: usize, words: &[usize]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let relational = RELATIONAL.contains(&sentence.words[head].lemma.to_lowercase().as_str());
        for name in &sentence.names {
            let covers_head = name.first <= head && head <= name.last;
            let owns = || (name.first..=name.last).any(|i| &*sentence.words[i].rel == "nmod:poss" && sentence.words[i].head == head);
            if covers_head || !words.contains(&name.first) || relational && owns() {
                continue;
            }
            let text = self.name_text(sentence, name);
            let country = match name.kind {
                NameKind::Place | NameKind::Adherence => {
                    self.state_of(&text).and_then(|s| self.knowledge.states.country(&s.0).map(str::to_owned))
                }
                NameKind::Organisation => {
                    let body = self.knowledge.organisations.find(&text, self.on, &self.countries);
                    let state = || self.state_of(&text).and_then(|s| self.knowledge.states.country(&s.0).map(str::to_owned));
                    body.map_or_else(state, |o| o.country.map(str::to_owned))
                }
                _ => None,
            };
            found.extend(country.filter(|c| !found.contains(c)));
        }
        if found.is_empty() {
            // "U.S. government", where the model has seen no name.
            let loose = children(sentence, head)
                .filter(|i| words.contains(i) && name_at(sentence, *i).is_none() && word_is(sentence, *i, &["PROPN"]));
            let states = loose.filter_map(|i| self.state_of(&sentence.words[i].text));
            found.extend(states.filter_map(|(id, ..)| self.knowledge.states.country(&id).map(str::to_owned)));
        }
        if found.is_empty() && !relational {
            let owner = children(sentence, head).find(|&i| &*sentence.words[i].rel == "nmod:poss" && word_is(sentence, i, &["PRON"]));
            let who = owner.and_then(|owner| self.antecedent_of(sentence, owner)).map(|(who, _)| who).unwrap_or_default();
            found.extend(who.first().and_then(|w| w.country.clone()));
        }
        found
    }

    /// The body that a modifier names ("Hezbollah commander", "commander of Hezbollah"): its country and sectors.
    fn body_of(&self, sentence: &AnalysedSentence, head: usize, words: &[usize]) -> Option<(Option<String>, Vec<String>)> {
        let name = sentence.names.iter().find(|n| {
            let at = (n.first..=n.last).find(|i| sentence.words[*i].head == head);
            let close = at.is_some_and(|i| matches!(&*sentence.words[i].rel, "compound" | "nmod" | "nmod:poss" | "amod" | "nmod:desc"));
            close && words.contains(&n.first) && matches!(n.kind, NameKind::Organisation | NameKind::Adherence)
        })?;
        let text = text_of(sentence, name.first, name.last);
        if self.state_of(&text).is_some() {
            return None;
        }
        let body = self.knowledge.organisations.find(&text, self.on, &self.countries)?;
        Some((body.country.map(str::to_owned), owned(&body.sectors)))
    }

    /// "Washington and its Asian partners": whom the article names beside the owner in one coordination.
    pub(super) fn partners(&self, sentence: &AnalysedSentence, head: usize) -> Vec<Identity> {
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

    pub(super) fn sectors_of(&self, sentence: &AnalysedSentence, head: usize, words: &[usize]) -> Option<(Vec<String>, Kind)> {
        let at = words.iter().position(|i| *i == head)?;
        let texts: Vec<String> = words.iter().map(|i| lower(&sentence.words[*i])).collect();
        let lemmas: Vec<String> = words.iter().map(|i| sentence.words[*i].lemma.to_lowercase()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let lemmas: Vec<&str> = lemmas.iter().map(String::as_str).collect();
        let described = self.knowledge.sectors.describe(&texts, &lemmas, at)?;
        let mut sectors = owned(&described.sectors);
        if texts[..at].iter().any(|t| matches!(*t, "former" | "ex" | "late" | "retired" | "ousted" | "deposed"))
            && sectors.first().is_some_and(|s| s == "GOV" || s == "MIL")
        {
            sectors.insert(0, "ELI".to_owned());
        }
        Some((sectors, described.kind))
    }

    pub(super) fn described(&self, sentence: &AnalysedSentence, head: usize, words: &[usize]) -> Vec<Identity> {
        // "the sister of the leader, Kim Yo Jong", "Secretary of State Clinton": the name beside is who is meant.
        if let Some(name) = children(sentence, head)
            .filter(|&i| matches!(&*sentence.words[i].rel, "appos" | "flat"))
            .find_map(|i| name_at(sentence, i).filter(|n| n.kind == NameKind::Person))
        {
            let text = text_of(sentence, name.first, name.last);
            return vec![self.person(sentence, head, words, &text)];
        }
        // "the sister of the leader, Kim Yo Jong", with the name hung on the leader: it is hers where the tables know her as that.
        let lemma = sentence.words[head].lemma.to_lowercase();
        let inner = children(sentence, head).filter(|&i| &*sentence.words[i].rel == "nmod").flat_map(|i| {
            let beside = children(sentence, i).filter(|&k| &*sentence.words[k].rel == "appos");
            beside.filter_map(|k| name_at(sentence, k).filter(|n| n.kind == NameKind::Person)).collect::<Vec<_>>()
        });
        for name in inner {
            let text = text_of(sentence, name.first, name.last);
            let as_that =
                |p: &demarche_knowledge::Person<'_>| p.terms.iter().any(|t| t.title.to_lowercase().split(' ').any(|w| w == lemma));
            if self.known_person(&text, None).is_some_and(|p| as_that(&p)) {
                return vec![self.person(sentence, head, words, &text)];
            }
        }
        let partners = self.partners(sentence, head);
        if !partners.is_empty() {
            return partners;
        }
        let Some((mut sectors, kind)) = self.sectors_of(sentence, head, words) else { return Vec::new() };
        // "a Hezbollah commander": one of that body, and of its state, if it has one.
        let body = self.body_of(sentence, head, words);
        if let Some((_, own)) = body.as_ref().filter(|(country, own)| country.is_none() || own.first().is_some_and(|s| s != "GOV")) {
            sectors.clone_from(own);
        }
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
    pub(super) fn described_as(&self, text: &str, kind: Kind, country: Option<String>, sectors: &[String]) -> Identity {
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
}
