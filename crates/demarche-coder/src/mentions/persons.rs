//! Named persons: who of the tables is meant, and what the words beside the name say of them.

use demarche_knowledge::window::held;
use demarche_knowledge::{Knowledge, LAST_DAY, Person, Term, fold};
use demarche_language::AnalysedSentence;
use demarche_record::Kind;
use jiff::civil::Date;

use super::names::{of_body, owned};
use super::{Builder, Identity};
use crate::tree::{children, lower, name_at, phrase, word_is};

/// How a title or a description hangs on a name.
const TITLE_RELATIONS: [&str; 4] = ["nmod:desc", "compound", "appos", "flat"];
/// Words that say that an office is over.
const PAST: [&str; 7] = ["former", "ex", "late", "retired", "ousted", "deposed", "then"];
/// Titles of those whom news calls by their last name alone.
const LEADERS: [&str; 10] =
    ["President", "Prime Minister", "Premier", "Chancellor", "Supreme Leader", "Secretary-General", "King", "Emir", "Sultan", "Taoiseach"];
/// The year up to which a leader must have led for a last name alone to mean him in undated text.
const RECENT: i16 = 2000;
/// Where the family name stands first.
const FAMILY_FIRST: [&str; 6] = ["KOR", "PRK", "CHN", "TWN", "VNM", "KHM"];

/// What a last name alone tells.
pub(super) enum Called<'a> {
    One(Person<'a>),
    /// Several people of one state.
    CountryOnly(String),
    Nobody,
}

/// Whether the word is the name of the family, not the given one.
fn is_family_name(word: &str, person: &Person<'_>) -> bool {
    let first = person.terms.iter().any(|t| FAMILY_FIRST.contains(&t.of));
    let name = fold(person.name);
    let end = if first { name.split(' ').next() } else { name.split(' ').next_back() };
    end == Some(fold(word).as_str())
}

impl<'a> Builder<'a> {
    pub(super) fn surname_that_acts(&self, sentence: &AnalysedSentence, head: usize, text: &str) -> bool {
        &*sentence.words[head].rel == "nsubj" && !text.contains(' ') && !self.knowledge.persons.called(text).is_empty()
    }

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
        let of_title = |i: &&usize| name_at(sentence, **i).is_none() && !word_is(sentence, **i, &["DET", "PART", "PUNCT"]);
        let title_words: Vec<String> = words.iter().filter(of_title).map(|i| lower(&sentence.words[*i])).collect();
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
        // "President Clinton" taken for a name as a whole: the words of an office before it are its title.
        let (inner, bare) = self.title_and_name(text);
        let title = if inner.is_empty() { title_words.join(" ") } else { inner };
        if sectors.is_none() && !title.is_empty() {
            sectors = self.knowledge.sectors.get(&title).map(|d| (owned(&d.sectors), d.kind));
        }
        let mut sectors = sectors.map(|s| s.0);
        let over = |i: &usize| {
            let word = lower(&sentence.words[*i]);
            PAST.contains(&word.split('-').next().unwrap_or(&word)) && name_at(sentence, *i).is_none()
        };
        let past = words.iter().any(over);
        if let Some(list) = sectors.as_mut().filter(|s| past && s.first().is_some_and(|s| s == "GOV" || s == "MIL")) {
            list.insert(0, "ELI".to_owned());
        }
        if let Some(person) = self.known_person(bare, country.as_deref()) {
            return self.known(&person, sectors, country, 0.95);
        }
        let own = self.knowledge.organisations.all(bare).into_iter().find(|o| o.own);
        if let Some(body) = own {
            return of_body(&body, Kind::Person, "gazetteer", 0.9);
        }
        match self.by_surname(bare, country.as_deref(), &title) {
            Called::One(person) => return self.known(&person, sectors, country, 0.8),
            Called::CountryOnly(of) => country = country.or(Some(of)),
            Called::Nobody => {}
        }
        Identity {
            name: bare.to_owned(),
            kind: Kind::Person,
            id: None,
            by: if country.is_some() { "description" } else { "unresolved" },
            score: if country.is_some() { 0.85 } else { 0.3 },
            country,
            sectors: sectors.unwrap_or_default(),
        }
    }

    /// A person of the tables as a party, with the sectors of the day: what the text says of the office is overruled where the tables know
    /// that it is held, or that it is over.
    pub(super) fn known(&self, person: &Person<'_>, said: Option<Vec<String>>, country: Option<String>, score: f64) -> Identity {
        let term = person.principal(self.on);
        let of_office = term.map(|t| owned(&t.sectors)).unwrap_or_default();
        let now = self.on.and_then(|day| person.term(Some(day)));
        let over = self.on.is_some_and(|day| day <= LAST_DAY && now.is_none() && term.is_some_and(|t| t.period.to < day));
        let mut sectors = said.unwrap_or_else(|| of_office.clone());
        if now.is_some() && !of_office.is_empty() {
            sectors = of_office;
        } else if over && sectors.first().is_some_and(|s| s == "GOV") {
            sectors.insert(0, "ELI".to_owned());
        }
        Identity {
            name: person.name.to_owned(),
            kind: Kind::Person,
            id: Some(person.id.to_owned()),
            country: self.country_code(term.map(|t| t.of)).or(country),
            sectors,
            by: "office-holders",
            score,
        }
    }

    /// The words of an office that a name begins with, and the rest.
    pub(super) fn title_and_name<'t>(&self, text: &'t str) -> (String, &'t str) {
        let mut at = 0;
        let mut title = String::new();
        for (end, _) in text.match_indices(' ') {
            let words = text[..end].to_lowercase();
            if self.knowledge.sectors.get(&words).is_some() {
                title = words;
                at = end + 1;
            }
        }
        (title, &text[at..])
    }

    /// Who is meant by a last name (in East Asia the first) alone: somebody with the office that the text gives, or in office on the day in
    /// a state that the article names. Where several fit, nobody.
    pub(super) fn by_surname(&self, word: &str, country: Option<&str>, title: &str) -> Called<'a> {
        if word.contains(' ') || !word.starts_with(char::is_uppercase) {
            return Called::Nobody;
        }
        let mut found = self.knowledge.persons.called(word);
        found.retain(|p| {
            let of = || p.terms.iter().filter_map(|t| self.country_code(Some(t.of)));
            is_family_name(word, p) && country.is_none_or(|c| of().any(|o| o == c))
        });
        let by_title: Vec<&Person<'a>> =
            found.iter().filter(|p| held(p, title).iter().any(|t| self.on.is_none_or(|d| t.contains(d)))).collect();
        let near =
            |t: &Term<'_>| self.named.iter().any(|n| n == t.of) || self.country_code(Some(t.of)).is_some_and(|c| self.named.contains(&c));
        let leads = |t: &Term<'_>| t.is_office() && LEADERS.iter().any(|l| t.title.starts_with(l));
        let titled = !by_title.is_empty();
        let fits: Vec<&Person<'a>> = if by_title.is_empty() {
            let recent = |t: &Term<'_>| t.period.to.year() >= RECENT;
            let then = |t: &Term<'_>| near(t) && self.on.map_or_else(|| recent(t), |day| t.held(day));
            let leading: Vec<_> = found.iter().filter(|p| p.terms.iter().any(|t| leads(t) && then(t))).collect();
            let serving = || found.iter().filter(|p| self.on.is_some() && p.terms.iter().any(|t| t.is_office() && then(t))).collect();
            if leading.is_empty() { serving() } else { leading }
        } else {
            by_title
        };
        match fits.as_slice() {
            [one] => Called::One((*one).clone()),
            [first, rest @ ..] if titled => {
                let of = |p: &Person<'_>| self.country_code(p.principal(self.on).map(|t| t.of));
                match of(first).filter(|c| rest.iter().all(|p| of(p).as_ref() == Some(c))) {
                    Some(country) => Called::CountryOnly(country),
                    None => Called::Nobody,
                }
            }
            _ => Called::Nobody,
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
