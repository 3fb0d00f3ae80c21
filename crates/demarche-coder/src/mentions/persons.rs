//! Named persons: who of the tables is meant, and what the words beside the name say of them.

use demarche_knowledge::{Knowledge, Person};
use demarche_language::AnalysedSentence;
use demarche_record::Kind;
use jiff::civil::Date;

use super::names::owned;
use super::{Builder, Identity};
use crate::tree::{children, lower, name_at, phrase};

/// How a title or a description hangs on a name.
const TITLE_RELATIONS: [&str; 4] = ["nmod:desc", "compound", "appos", "flat"];


impl<'a> Builder<'a> {
    pub(super) fn person(&self, sentence: &AnalysedSentence, head: usize, words: &[usize], text: &str) -> Identity {
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
            sectors = self.knowledge.sectors.describe(&refs, &refs, refs.len() - 1).map(|d| (owned(&d.sectors), d.kind));
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
                let of = term.map(|t| t.of);
                let of_office = term.map(|t| owned(&t.sectors)).filter(|s| !s.is_empty());
                Identity {
                    name: person.name.to_owned(),
                    kind: Kind::Person,
                    id: Some(person.id.to_owned()),
                    country: self.country_code(of).or(country),
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
    pub(super) fn known_person(&self, text: &str, country: Option<&str>) -> Option<Person<'a>> {
        let found = self.knowledge.persons.find(text);
        let mut fits: Vec<Person<'a>> = found
            .into_iter()
            .filter(|p| country.is_none_or(|c| p.terms.iter().any(|t| self.country_code(Some(t.of)).as_deref() == Some(c))))
            .filter(|p| self.on.is_none_or(|day| p.known_by(day.saturating_add(jiff::Span::new().years(3)))))
            .collect();
        if fits.len() > 1 {
            fits.retain(|p| self.on.is_some_and(|day| p.term(Some(day)).is_some()));
        }
        if fits.len() == 1 { fits.pop() } else { None }
    }

    /// A state id as a country code; other bodies keep theirs where it is `IGO` or a state.
    pub(super) fn country_code(&self, of: Option<&str>) -> Option<String> {
        let of = of?;
        if self.knowledge.states.name(of).is_some() {
            return self.knowledge.states.country(of).map(str::to_owned);
        }
        self.knowledge.organisations.get(of, self.on).and_then(|o| o.country.map(str::to_owned))
    }
}

pub(super) fn office(who: &Identity, knowledge: &Knowledge, on: Option<Date>) -> Option<demarche_record::Office> {
    if who.kind != Kind::Person {
        return None;
    }
    let person = knowledge.persons.find(&who.name).into_iter().find(|p| Some(p.id) == who.id.as_deref())?;
    person.term(on).map(demarche_knowledge::Term::office)
}
