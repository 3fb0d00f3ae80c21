//! Names of states, places and bodies, resolved from the tables.

use demarche_knowledge::{LAST_DAY, NameSense, Naming, Organisation};
use demarche_language::{AnalysedSentence, Name};
use demarche_record::Kind;

use super::persons::Called;
use super::{Builder, Identity, text_of};
use crate::tree::{children, lower, name_at, word_is};

impl Builder<'_> {
    /// The plainest reading of words as a state: id, how it names it, the sector of a metonym.
    pub(super) fn state_of(&self, text: &str) -> Option<(String, Naming, Option<String>)> {
        let mut senses = self.knowledge.states.senses(text, self.on);
        let body = self.knowledge.organisations.find(text, self.on, &[]).is_some();
        senses.retain(|s| !(body && self.knowledge.states.is_unlisted(s.id)));
        let best = senses.first()?;
        // Several states at once ("Korea", "Congo"): the one the article has named already, else unresolved.
        let rivals: Vec<&str> = senses.iter().filter(|s| s.naming == best.naming || s.ambiguous == best.ambiguous).map(|s| s.id).collect();
        if best.ambiguous && rivals.iter().any(|r| *r != best.id) {
            let said = |list: &[String], s: &NameSense<'_>| list.iter().any(|c| c == s.id);
            let known = senses.iter().find(|s| said(&self.countries, s)).or_else(|| {
                let mut elsewhere = senses.iter().filter(|s| said(&self.named, s));
                let first = elsewhere.next()?;
                elsewhere.all(|s| s.id == first.id).then_some(first)
            })?;
            return Some((known.id.to_owned(), known.naming, known.sector.map(str::to_owned)));
        }
        // "Georgia" in an American story; "Texas" when it is a republic no more.
        let day = self.on.unwrap_or(LAST_DAY);
        let gone = self.knowledge.states.periods(best.id).all(|s| !s.period.contains(day));
        if us_state(&senses) && (gone || self.named == ["USA"]) {
            return None;
        }
        Some((best.id.to_owned(), best.naming, best.sector.map(str::to_owned)))
    }

    /// A name as the text has it, or the longer name of a state of which it is a part ("Republic of" and "Korea", "Korea, Dem. Rep.").
    pub(super) fn name_text(&self, sentence: &AnalysedSentence, name: &Name) -> String {
        let beside = |i: usize| {
            let word = &sentence.words[i].text;
            matches!(word.as_str(), "of" | "," | "'s" | "’s" | "and") || word.starts_with(char::is_uppercase)
        };
        let least = (name.first.saturating_sub(6)..name.first).rev().take_while(|i| beside(*i)).last().unwrap_or(name.first);
        let most = (name.last + 1..(name.last + 6).min(sentence.words.len())).take_while(|i| beside(*i)).last().unwrap_or(name.last);
        let mut wider: Vec<(usize, usize)> = (least..=name.first).flat_map(|a| (name.last..=most).map(move |b| (a, b))).collect();
        wider.retain(|w| *w != (name.first, name.last));
        wider.sort_by_key(|(a, b)| std::cmp::Reverse(b - a));
        let state = |(a, b): (usize, usize)| {
            let text = text_of(sentence, a, b);
            let names = |s: &NameSense<'_>| matches!(s.naming, Naming::Name | Naming::Official | Naming::Short | Naming::Former);
            self.knowledge.states.all_senses(&text).iter().any(names).then_some(text)
        };
        wider.into_iter().find_map(state).unwrap_or_else(|| text_of(sentence, name.first, name.last))
    }

    /// The states and international bodies that names anywhere in the article stand for without doubt.
    pub(super) fn named(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let named = self.analysis.sentences.iter().flat_map(|s| s.names.iter().map(move |n| self.name_text(s, n)));
        // Abbreviations that the model has not seen as names.
        let loose = self.analysis.sentences.iter().flat_map(|s| {
            let is =
                |i: &usize| name_at(s, *i).is_none() && word_is(s, *i, &["PROPN"]) && s.words[*i].text.chars().all(|c| !c.is_lowercase());
            (0..s.words.len()).filter(is).map(|i| s.words[i].text.clone()).collect::<Vec<_>>()
        });
        for name in named.chain(loose) {
            let senses = self.knowledge.states.senses(&name, self.on);
            let plain = |s: &&NameSense<'_>| !us_state(&senses) && senses.iter().all(|o| o.id == s.id);
            let body = || self.knowledge.organisations.find(&name, self.on, &[]).filter(|o| o.kind == "igo").map(|o| o.id.to_owned());
            let id = if senses.is_empty() { body() } else { senses.first().filter(plain).map(|s| s.id.to_owned()) };
            out.extend(id.filter(|id| !out.contains(id)));
        }
        out
    }

    pub(super) fn place(&self, text: &str) -> Option<Identity> {
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
            return Some(of_body(&body, Kind::Organisation, "gazetteer", 0.9));
        }
        // One of several states, and nothing says which.
        if !self.knowledge.states.senses(text, self.on).is_empty() {
            return Some(unresolved(text, Kind::State));
        }
        // A last name taken for a place. A bare town is no actor.
        self.surname(text)
    }

    /// Somebody called by a last name that the model did not see as a person's.
    pub(super) fn surname(&self, text: &str) -> Option<Identity> {
        // Without a day every town that is called like a leader of some time would be he.
        self.on?;
        match self.by_surname(text, None, "") {
            Called::One(person) => Some(self.known(&person, None, None, 0.7)),
            _ => None,
        }
    }

    /// A state as a party, by its id.
    pub(super) fn state(&self, id: &str, text: &str, sector: Option<String>, by: &'static str, score: f64) -> Identity {
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

    /// A people: its state where it acts as one ("the Russians"), else people of it ("three Kenyans", "Kenyans protested").
    pub(super) fn adherents(&self, sentence: &AnalysedSentence, head: usize, text: &str) -> Option<Identity> {
        if let Some((id, naming, _)) = self.state_of(text) {
            let state = self.state(&id, text, None, "demonym", 0.85);
            let definite = children(sentence, head).any(|i| lower(&sentence.words[i]) == "the");
            if naming == Naming::People && !definite && state.country.is_some() {
                let sectors = vec!["CVL".to_owned()];
                return Some(Identity { name: text.to_owned(), kind: Kind::Group, id: None, sectors, ..state });
            }
            return Some(state);
        }
        self.knowledge.organisations.find(text, self.on, &self.countries).map(|body| of_body(&body, Kind::Group, "gazetteer", 0.85))
    }

    pub(super) fn organisation(&self, text: &str, sentence: &AnalysedSentence, words: &[usize]) -> Identity {
        let head = words.last().copied().unwrap_or(0);
        let country = self.country_of(sentence, head, words).or_else(|| self.state_in(text));
        let near: Vec<String> = country.iter().cloned().chain(self.countries.iter().cloned()).collect();
        let state = self.state_of(text).filter(|(id, naming, _)| *naming == Naming::Abbreviation && !self.knowledge.states.is_unlisted(id));
        if let Some((id, _, sector)) = state {
            return self.state(&id, text, sector, "gazetteer", 0.9);
        }
        if let Some(body) = self.knowledge.organisations.find(text, self.on, &near) {
            return of_body(&body, Kind::Organisation, "gazetteer", 0.95);
        }
        // "Secretary of State Clinton" is no body.
        let (title, bare) = self.title_and_name(text);
        if !title.is_empty()
            && let Called::One(person) = self.by_surname(bare, country.as_deref(), &title)
        {
            return self.known(&person, None, country, 0.7);
        }
        if let Some((id, _, sector)) = self.state_of(text) {
            return self.state(&id, text, sector, "metonym", 0.9);
        }
        let lower: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let refs: Vec<&str> = lower.iter().map(String::as_str).collect();
        let sectors = (0..refs.len())
            .rev()
            .find_map(|i| self.knowledge.sectors.describe(&refs, &refs, i))
            .map(|d| owned(&d.sectors))
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
    pub(super) fn state_in(&self, text: &str) -> Option<String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        (1..=3.min(words.len()))
            .rev()
            .find_map(|width| words.windows(width).find_map(|w| self.state_of(&w.join(" "))))
            .and_then(|s| self.knowledge.states.country(&s.0).map(str::to_owned))
    }

    /// The publisher of a statement, where its name says whose it is.
    pub(super) fn publisher(&self, source: &str) -> Option<Identity> {
        if let Some(body) = self.knowledge.organisations.find(source, self.on, &[]).filter(|b| b.sectors.first() != Some(&"JRN")) {
            return Some(of_body(&body, Kind::Organisation, "publisher", 0.8));
        }
        let id = self.state_of(source).map(|s| s.0).or_else(|| self.state_in(source))?;
        Some(self.state(&id, source, None, "publisher", 0.8))
    }
}

/// A body of the tables as a party.
pub(super) fn of_body(body: &Organisation<'_>, kind: Kind, by: &'static str, score: f64) -> Identity {
    Identity {
        name: body.name.to_owned(),
        kind,
        id: Some(body.id.to_owned()),
        country: body.country.map(str::to_owned),
        sectors: owned(&body.sectors),
        by,
        score,
    }
}

fn us_state(senses: &[NameSense<'_>]) -> bool {
    senses.iter().any(|s| s.note.contains("US state"))
}

/// A name of which it is not known whose it is.
fn unresolved(text: &str, kind: Kind) -> Identity {
    Identity { name: text.to_owned(), kind, id: None, country: None, sectors: Vec::new(), by: "unresolved", score: 0.3 }
}

pub(super) fn owned(list: &[&str]) -> Vec<String> {
    list.iter().map(|s| (*s).to_owned()).collect()
}
