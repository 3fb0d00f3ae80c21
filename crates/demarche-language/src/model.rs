//! The shipped model and its runtime: word pieces in, scores of every head out.

use std::sync::Arc;

use rten::{Model, NodeId, RunOptions, ThreadPool, Value};
use rten::{ModelOptions, ValueOrView};
use serde::Deserialize;
use tokenizers::Tokenizer;

use crate::Error;
use crate::coreference::Tables;

const MODEL: &[u8] = include_bytes!("../../../model/demarche.onnx");
const TOKENIZER: &[u8] = include_bytes!("../../../model/tokenizer.json");
const COREFERENCE: &str = include_str!("../../../model/coreference.json");
const LABELS: &str = include_str!("../../../model/labels.json");

/// Pieces of a word beyond these are dropped: a word of thousands of letters tells no more than its beginning.
const PIECES_OF_A_WORD: usize = 12;
/// Pieces in one window; longer sentences run in several.
pub(crate) const WINDOW: usize = 256;
/// Words in one window.
pub(crate) const WINDOW_WORDS: usize = 160;

/// `sha256:` and the digest of the model with its tokenizer, labels and calibration.
pub fn model_digest() -> &'static str {
    env!("DEMARCHE_MODEL_DIGEST")
}

/// The labels of every head, in the order of its scores.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Universal part-of-speech tags.
    pub upos: Vec<Arc<str>>,
    /// Universal features, `_` for none.
    pub feats: Vec<Arc<str>>,
    /// Ways from a word to its lemma.
    pub lemma: Vec<Arc<str>>,
    /// Universal dependency relations.
    pub rel: Vec<Arc<str>>,
    /// Names, begin and inside.
    pub names: Vec<Arc<str>>,
    /// `PropBank` roles.
    pub srl: Vec<Arc<str>>,
    /// Event types, and `CUE` for a cue of attribution.
    pub trigger: Vec<Arc<str>>,
    /// Event type and mode.
    pub mode: Vec<Arc<str>>,
    /// Statuses.
    pub status: Vec<Arc<str>>,
    /// Contexts.
    pub context: Vec<Arc<str>>,
    /// Parts of an event.
    pub role: Vec<Arc<str>>,
}

/// Scores of one head for a list of words: rows of equal width.
#[derive(Clone, Debug)]
pub(crate) struct Scores {
    values: Vec<f32>,
    width: usize,
}

impl Scores {
    pub(crate) fn row(&self, i: usize) -> &[f32] {
        &self.values[i * self.width..(i + 1) * self.width]
    }

    /// The best label of a row and its probability.
    pub(crate) fn best(&self, i: usize) -> (usize, f32) {
        let row = self.row(i);
        let best = argmax(row);
        (best, softmax(row)[best])
    }
}

pub(crate) fn argmax(row: &[f32]) -> usize {
    row.iter().enumerate().fold(0, |best, (i, v)| if *v > row[best] { i } else { best })
}

pub(crate) fn softmax(row: &[f32]) -> Vec<f32> {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = row.iter().map(|v| (v - top).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|p| p / sum).collect()
}

pub(crate) fn sigmoid(v: f32) -> f32 {
    1.0 / (1.0 + (-v).exp())
}

/// Scores of every label for every pair of words: `[label, from, to]`; word 0 is the root.
#[derive(Clone, Debug)]
pub(crate) struct PairScores {
    values: Vec<f32>,
    words: usize,
}

impl PairScores {
    pub(crate) fn at(&self, label: usize, from: usize, to: usize) -> f32 {
        self.values[(label * self.words + from) * self.words + to]
    }

    /// The scores of all labels for one pair.
    pub(crate) fn labels(&self, from: usize, to: usize) -> Vec<f32> {
        let plane = self.words * self.words;
        (0..self.values.len() / plane).map(|l| self.at(l, from, to)).collect()
    }
}

/// All scores of one window. Row 0 of each head stands for the root.
pub(crate) struct Output {
    pub(crate) upos: Scores,
    pub(crate) feats: Scores,
    pub(crate) lemma: Scores,
    pub(crate) names: Scores,
    pub(crate) trigger: Scores,
    pub(crate) mode: Scores,
    pub(crate) status: Scores,
    pub(crate) context: Scores,
    /// Event factuality; whether the word is a predicate.
    pub(crate) extra: Scores,
    /// What a word offers as the later of a coreferent pair, as the earlier, and how gladly it is either.
    pub(crate) later: Scores,
    pub(crate) earlier: Scores,
    pub(crate) mention: Scores,
    pub(crate) arc: PairScores,
    pub(crate) rel: PairScores,
    pub(crate) srl: PairScores,
    pub(crate) role: PairScores,
}

const TOKEN_HEADS: [&str; 12] =
    ["upos", "feats", "lemma", "names", "trigger", "mode", "status", "context", "extra", "later", "earlier", "mention"];
const PAIR_HEADS: [&str; 4] = ["arc", "rel", "srl", "role"];

/// The loaded model.
pub(crate) struct Runtime {
    model: Model,
    tokenizer: Tokenizer,
    pub(crate) labels: Arc<Labels>,
    pub(crate) coreference: Tables,
    pieces: NodeId,
    first: NodeId,
    outputs: Vec<NodeId>,
}

#[expect(clippy::redundant_closure_for_method_calls, reason = "the method's own path lies in a crate that is no direct dependency")]
fn data(value: Value) -> Option<Vec<f32>> {
    value.into_tensor::<f32>().map(|t| t.into_data())
}

fn broken(what: impl std::fmt::Display) -> Error {
    Error::Model(what.to_string())
}

impl Runtime {
    pub(crate) fn load() -> Result<Self, Error> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = options.load_static_slice(MODEL).map_err(broken)?;
        let tokenizer = Tokenizer::from_bytes(TOKENIZER).map_err(broken)?;
        let labels: Labels = serde_json::from_str(LABELS).map_err(broken)?;
        let coreference: Tables = serde_json::from_str(COREFERENCE).map_err(broken)?;
        let node = |name: &str| model.node_id(name).map_err(broken);
        let outputs = TOKEN_HEADS.iter().chain(&PAIR_HEADS).map(|name| node(name)).collect::<Result<Vec<_>, _>>()?;
        let (pieces, first) = (node("pieces")?, node("first")?);
        Ok(Self { model, tokenizer, labels: Arc::new(labels), coreference, pieces, first, outputs })
    }

    /// The piece ids of a word; `[UNK]` where nothing is left of it.
    pub(crate) fn pieces_of(&self, word: &str) -> Vec<i32> {
        let short: String = word.chars().take(200).collect();
        let ids: Vec<i32> = match self.tokenizer.encode(short, false) {
            Ok(encoding) => encoding.get_ids().iter().take(PIECES_OF_A_WORD).map(|id| *id as i32).collect(),
            Err(_) => Vec::new(),
        };
        if ids.is_empty() { vec![100] } else { ids }
    }

    /// Runs one window: the pieces of its words.
    pub(crate) fn run(&self, words: &[Vec<i32>], pool: &Arc<ThreadPool>) -> Result<Output, Error> {
        let mut ids = vec![101];
        let mut first = vec![0];
        for word in words {
            first.push(ids.len() as i32);
            ids.extend_from_slice(word);
        }
        ids.push(102);
        let n = first.len();
        let input = |values: Vec<i32>| -> Result<ValueOrView<'static>, Error> {
            Ok(Value::from_shape(&[values.len()], values).map_err(broken)?.into())
        };
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let values =
            self.model.run(vec![(self.pieces, input(ids)?), (self.first, input(first)?)], &self.outputs, Some(options)).map_err(broken)?;
        let mut flat = values.into_iter().map(|value| data(value).ok_or_else(|| broken("a head is not of 32-bit floats")));
        let mut next = || flat.next().unwrap_or_else(|| Err(broken("a head is missing")));
        let mut scores = || next().map(|values| Scores { width: values.len() / n, values });
        let (upos, feats, lemma, names, trigger) = (scores()?, scores()?, scores()?, scores()?, scores()?);
        let (mode, status, context, extra) = (scores()?, scores()?, scores()?, scores()?);
        let (later, earlier, mention) = (scores()?, scores()?, scores()?);
        let mut pairs = || next().map(|values| PairScores { values, words: n });
        Ok(Output {
            upos,
            feats,
            lemma,
            names,
            trigger,
            mode,
            status,
            context,
            extra,
            later,
            earlier,
            mention,
            arc: pairs()?,
            rel: pairs()?,
            srl: pairs()?,
            role: pairs()?,
        })
    }
}
