//! What the event heads say of every word and every pair of words, also below what counts as a mention: for questions about given spans.

use std::sync::Arc;

use demarche_record::EventType;

use crate::RoleKind;
use crate::model::{Labels, Output, sigmoid, softmax};

/// Scores of one sentence's words.
#[derive(Clone, Debug, Default)]
pub struct EventScores {
    /// For each word the probability of each type, in the order of [`EventType::ALL`]; what is missing to 1 is no event.
    pub types: Vec<[f32; 16]>,
    /// For each word, the probability of each label of the mode head.
    modes: Vec<Vec<f32>>,
    windows: Vec<Window>,
    labels: Option<Arc<Labels>>,
}

/// Pairs of words are scored within a window of a long sentence.
#[derive(Clone, Debug)]
struct Window {
    first: usize,
    words: usize,
    actor: Vec<f32>,
    recipient: Vec<f32>,
}

impl EventScores {
    /// Probability that `word` is actor or recipient of the event that word `of` names; other parts are not kept, nor pairs that lie
    /// in different windows of a very long sentence.
    pub fn part(&self, kind: RoleKind, of: usize, word: usize) -> f32 {
        let inside = |w: &&Window| w.first <= of.min(word) && of.max(word) < w.first + w.words;
        let Some(window) = self.windows.iter().find(inside) else { return 0.0 };
        let at = (of - window.first) * window.words + word - window.first;
        match kind {
            RoleKind::Actor => window.actor[at],
            RoleKind::Recipient => window.recipient[at],
            _ => 0.0,
        }
    }

    /// Probability of each mode of a type, were the word an event of that type; likeliest first.
    pub fn modes(&self, word: usize, event: EventType) -> Vec<(String, f32)> {
        let Some(labels) = &self.labels else { return Vec::new() };
        let of_type = |label: &str| label.strip_prefix(event.name())?.strip_prefix('/').map(str::to_owned);
        let row = self.modes.get(word).map_or(&[][..], Vec::as_slice);
        let mut out: Vec<(String, f32)> = labels.mode.iter().zip(row).filter_map(|(l, p)| Some((of_type(l)?, *p))).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }

    pub(crate) fn keep(&mut self, labels: &Arc<Labels>, output: &Output, first: usize, words: usize) {
        self.labels = Some(Arc::clone(labels));
        let mut window = Window { first, words, actor: vec![0.0; words * words], recipient: vec![0.0; words * words] };
        for i in 0..words {
            let scores = softmax(output.trigger.row(i + 1));
            let mut types = [0.0; 16];
            for (label, p) in labels.trigger.iter().zip(scores) {
                if let Some(k) = EventType::ALL.iter().position(|t| t.name() == &**label) {
                    types[k] = p;
                }
            }
            self.types.push(types);
            self.modes.push(output.mode.row(i + 1).iter().map(|s| sigmoid(*s)).collect());
            for w in 0..words {
                for (label, p) in labels.role.iter().zip(softmax(&output.role.labels(i + 1, w + 1))) {
                    match &**label {
                        "actor" => window.actor[i * words + w] = p,
                        "recipient" => window.recipient[i * words + w] = p,
                        _ => {}
                    }
                }
            }
        }
        self.windows.push(window);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyser;

    #[test]
    fn scores_of_every_word_and_pair() {
        let analysis = Analyser::new(1).unwrap().with_scores().analyse("Kenya accused Somalia of attacking a border post.").unwrap();
        let scores = &analysis.sentences[0].scores;
        let accused = analysis.sentences[0].words.iter().position(|w| w.text == "accused").unwrap();
        let accuse = EventType::ALL.iter().position(|t| *t == EventType::Accuse).unwrap();
        assert!(scores.types[accused][accuse] > 0.5);
        assert!(scores.types.iter().all(|row| row.iter().sum::<f32>() <= 1.001));
        let (kenya, somalia) = (0, accused + 1);
        assert!(scores.part(RoleKind::Actor, accused, kenya) > scores.part(RoleKind::Actor, accused, somalia));
        assert!(scores.part(RoleKind::Recipient, accused, somalia) > scores.part(RoleKind::Recipient, accused, kenya));
        assert!(scores.part(RoleKind::Actor, 400, 1).abs() < f32::EPSILON);
        assert!(scores.modes(accused, EventType::Accuse).iter().any(|(m, _)| m == "allege"));
    }
}
