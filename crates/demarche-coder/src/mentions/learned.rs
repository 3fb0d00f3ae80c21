//! Antecedents that the language layer has learned to find.

use demarche_record::{Kind, Span};

use super::{Builder, Identity};

/// Log-odds from which a learned antecedent goes before the rules.
const SURE: f32 = 0.5;

impl Builder<'_> {
    /// Who the learned antecedents of a word lead to: the nearest mention in its chain that is somebody.
    pub(super) fn learned(&self, sentence: usize, word: usize) -> Option<(Vec<Identity>, Span)> {
        let references = &self.analysis.references;
        let start = &references[self.analysis.reference_of(sentence, word)?];
        if start.score < SURE {
            return None;
        }
        let mut at = start.antecedent?;
        for _ in 0..12 {
            let earlier = &references[at];
            let found = self.out.at(earlier.sentence, earlier.word).filter(|r| r.head == earlier.word && !r.who.is_empty());
            if let Some(r) = found {
                let score = f64::from(1.0 / (1.0 + (-start.score).exp()));
                let who = r.who.iter().map(|w| Identity { by: "coreference", score, ..w.clone() }).collect();
                return Some((who, r.antecedent.filter(|_| !r.own).unwrap_or(r.span)));
            }
            at = earlier.antecedent?;
        }
        None
    }

    /// The learned antecedent of a pronoun of the third person, where it can be meant by that pronoun.
    pub(super) fn learned_pronoun(&self, sentence: usize, word: usize, text: &str) -> Option<(Vec<Identity>, Span)> {
        let found = self.learned(sentence, word)?;
        let kinds = || found.0.iter().map(|w| w.kind);
        let fits = match text {
            "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => {
                found.0.len() == 1 && kinds().all(|k| matches!(k, Kind::Person | Kind::Unknown | Kind::Group))
            }
            "it" | "its" | "itself" => found.0.len() == 1 && kinds().all(|k| k != Kind::Person),
            "they" | "them" | "their" | "theirs" | "themselves" => true,
            _ => false,
        };
        fits.then_some(found)
    }
}
