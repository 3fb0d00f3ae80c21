//! What the event heads say of every word and every pair of words, also below what counts as a mention: for questions about given spans.

use std::sync::Arc;

use demarche_record::EventType;

use crate::analysis::jobs;
use crate::model::{Labels, Output, sigmoid, softmax};
use crate::{AnalysedSentence, Analyser, Analysis, Error, RoleKind};

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

    fn keep(&mut self, labels: &Arc<Labels>, output: &Output, first: usize, words: usize) {
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

impl Analyser {
    /// As [`Analyser::analyse_all`], with the event heads' scores of every sentence.
    pub fn analyse_with_scores(&self, texts: &[&str]) -> Vec<Result<(Analysis, Vec<EventScores>), Error>> {
        let (texts, jobs) = jobs(texts);
        let found = self.spread(texts, &jobs, |text, sentence, pool| {
            let mut scores = EventScores::default();
            let analysed = self.sentence(text, sentence, pool, |output, first, words| {
                scores.keep(&self.runtime.labels, output, first, words);
            })?;
            Ok((analysed, scores))
        });
        let split = |(text, pairs): (Vec<char>, Vec<(AnalysedSentence, EventScores)>)| {
            let (sentences, scores) = pairs.into_iter().unzip();
            (Analysis { text, sentences }, scores)
        };
        found.into_iter().map(|found| found.map(split)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_of_every_word_and_pair() {
        let analyser = Analyser::new(1).unwrap();
        let found = analyser.analyse_with_scores(&["Kenya accused Somalia of attacking a border post."]).pop().unwrap().unwrap();
        let (analysis, scores) = (&found.0, &found.1[0]);
        let accused = analysis.sentences[0].words.iter().position(|w| w.text == "accused").unwrap();
        let accuse = EventType::ALL.iter().position(|t| *t == EventType::Accuse).unwrap();
        assert!(scores.types[accused][accuse] > 0.5);
        assert!(scores.types.iter().all(|row| row.iter().sum::<f32>() <= 1.001));
        let (kenya, somalia) = (0, accused + 1);
        assert!(scores.part(RoleKind::Actor, accused, kenya) > scores.part(RoleKind::Actor, accused, somalia));
        assert!(scores.part(RoleKind::Recipient, accused, somalia) > scores.part(RoleKind::Recipient, accused, kenya));
        assert!(scores.part(RoleKind::Actor, 400, 1).abs() < f32::EPSILON);
        assert!(scores.modes(accused, EventType::Accuse).iter().any(|(m, _)| m == "allege"));
        let plain = analyser.analyse("Kenya accused Somalia of attacking a border post.").unwrap();
        assert_eq!(format!("{:?}", plain.sentences), format!("{:?}", analysis.sentences));
    }
}
