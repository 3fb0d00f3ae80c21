//! Rules for words that stand for somebody named elsewhere: pronouns, short forms, titles, group nouns, first persons.

use demarche_language::{AnalysedSentence, NameKind};
use demarche_record::{Kind, Span};

use super::{Builder, Gender, Identity, Reference, text_of};
use crate::quotes::{first_person, inside};
use crate::tree::{children, is_nominal, lower, name_at};

impl Builder<'_> {
    /// An earlier person or organisation that this short form or title stands for.
    pub(super) fn earlier_name(
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
    pub(super) fn earlier_title(
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
    pub(super) fn group_noun(&self, sentence: &AnalysedSentence, reference: &Reference) -> Option<(Vec<Identity>, Option<Span>)> {
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
    pub(super) fn latest_group(&self, number: usize, before: &Reference) -> Option<(Vec<Identity>, Span)> {
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

    pub(super) fn pronoun(&self, sentence: &AnalysedSentence, reference: &mut Reference) {
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
        } else if let Some((who, antecedent)) =
            self.learned_pronoun(reference.sentence, reference.head, &text).or_else(|| self.antecedent_of(sentence, reference.head))
        {
            reference.who = who;
            reference.antecedent = Some(antecedent);
        }
    }

    /// "I", "we": who speaks. Inside a quotation the latest speaker; in a statement printed as such, its speaker or the publisher.
    pub(super) fn first_person(&self, reference: &Reference) -> (Vec<Identity>, Option<Span>) {
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

    /// Who a pronoun of the third person stands for.
    pub(super) fn antecedent_of(&self, sentence: &AnalysedSentence, pronoun: usize) -> Option<(Vec<Identity>, Span)> {
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
        // "Washington and its partners": the one beside whom the owned stands.
        let owned = sentence.words[pronoun].head;
        if &*sentence.words[pronoun].rel == "nmod:poss" && &*sentence.words[owned].rel == "conj" {
            let beside = self.out.at(current, sentence.words[owned].head).filter(|r| !r.who.is_empty() && r.span.end < here.start);
            if let Some(r) = beside.filter(|r| singular_person == (r.who[0].kind == Kind::Person)) {
                return Some((r.who.clone(), r.span));
            }
        }
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

    /// Remembers who speaks in this sentence, for "I" and "we" in what follows.
    pub(super) fn note_speaker(&mut self, index: usize, sentence: &AnalysedSentence) {
        for mention in sentence.mentions.iter().filter(|m| m.event.is_none() && m.score >= 0.4) {
            let speaker = crate::attribution::speaker_word(sentence, mention.word);
            if let Some(reference) = speaker.and_then(|w| self.out.at(index, w))
                && !reference.who.is_empty()
            {
                self.speakers.push((index, reference.who.clone(), reference.span));
            }
        }
    }
}
