use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use demarche_record::{Context, EventType, Span, Status};
use rten::ThreadPool;

use crate::coreference::{Referring, Vectored, Vectors, may_refer, references};
use crate::decode::{names, tree};
use crate::model::{Labels, Output, Runtime, WINDOW, WINDOW_WORDS, argmax, sigmoid, softmax};
use crate::sentences::{Sentence, split};
use crate::{Error, EventScores, LONGEST_ARTICLE};

/// A word with its place in the tree.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where it stands, in code points.
    pub span: Span,
    /// The exact word.
    pub text: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Universal part-of-speech tag.
    pub upos: Arc<str>,
    /// Universal features, `_` for none.
    pub feats: Arc<str>,
    /// Index of its head in the sentence; its own index for the root.
    pub head: usize,
    /// Universal dependency relation to the head.
    pub rel: Arc<str>,
    /// Event factuality, −3 (did not happen) to 3 (happened).
    pub factuality: f32,
}

/// Kinds of proper names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place, or a state named by its country or capital.
    Place,
    /// A nationality, religion or political adherence.
    Adherence,
    /// A building, base, bridge, ….
    Facility,
    /// A war, summit, treaty, festival.
    Event,
}

impl NameKind {
    /// The name used in CoNLL-U output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organisation => "ORG",
            Self::Place => "LOC",
            Self::Adherence => "NORP",
            Self::Facility => "FAC",
            Self::Event => "EVENT",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Person, Self::Organisation, Self::Place, Self::Adherence, Self::Facility, Self::Event].into_iter().find(|k| k.name() == name)
    }
}

/// A proper name: words `first..=last` of its sentence.
#[derive(Clone, Debug)]
pub struct Name {
    /// First word.
    pub first: usize,
    /// Last word.
    pub last: usize,
    /// What it names.
    pub kind: NameKind,
    /// Probability.
    pub score: f32,
}

/// An event mention, or a cue of attribution where `event` is none.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The word that names it.
    pub word: usize,
    /// The type; none for a cue of attribution.
    pub event: Option<EventType>,
    /// Probability of the type (or of being a cue).
    pub score: f32,
    /// The next likeliest type with its probability, where that is at least 0.02.
    pub runner_up: Option<(EventType, f32)>,
    /// Probability that the word names an event of any type; 0 for a cue.
    pub any: f32,
    /// Modes of the type with their probabilities, likeliest first.
    pub modes: Vec<(String, f32)>,
    /// Status with the probability of each.
    pub status: Vec<(Status, f32)>,
    /// Contexts with their probabilities, likeliest first.
    pub contexts: Vec<(Context, f32)>,
}

/// The part a word plays for an event mention or a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoleKind {
    /// Who does it.
    Actor,
    /// To whom.
    Recipient,
    /// Where.
    Place,
    /// When.
    Time,
    /// A number of people, things or money.
    Count,
    /// A word that shows the status.
    Status,
    /// The cue under which the event (or an inner cue) is reported.
    Cue,
    /// The speaker of a cue.
    Speaker,
}

impl RoleKind {
    /// The name used in CoNLL-U output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Recipient => "recipient",
            Self::Place => "place",
            Self::Time => "time",
            Self::Count => "count",
            Self::Status => "status",
            Self::Cue => "cue",
            Self::Speaker => "speaker",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Actor, Self::Recipient, Self::Place, Self::Time, Self::Count, Self::Status, Self::Cue, Self::Speaker]
            .into_iter()
            .find(|k| k.name() == name)
    }
}

/// One part of an event mention or cue.
#[derive(Clone, Debug)]
pub struct Role {
    /// The mention's word.
    pub of: usize,
    /// The word that plays the part: the head of its phrase.
    pub word: usize,
    /// Which part.
    pub kind: RoleKind,
    /// Probability.
    pub score: f32,
}

/// A `PropBank` role: predicate word, label, argument head word.
pub type SemanticRole = (usize, Arc<str>, usize);

/// One sentence with all that was found in it. Words are numbered from 0.
#[derive(Clone, Debug)]
pub struct AnalysedSentence {
    /// Where it stands, in code points.
    pub span: Span,
    /// Its words.
    pub words: Vec<Word>,
    /// Proper names.
    pub names: Vec<Name>,
    /// Event mentions and cues of attribution, in the order of their words.
    pub mentions: Vec<Mention>,
    /// Their parts.
    pub roles: Vec<Role>,
    /// `PropBank` roles.
    pub semantic_roles: Vec<SemanticRole>,
    /// What the event heads say of every word; empty but for an analyser that keeps it.
    pub scores: EventScores,
}

/// A text with its sentences.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The text as code points, which all spans count.
    pub text: Vec<char>,
    /// The sentences.
    pub sentences: Vec<AnalysedSentence>,
    /// The words that name something, in the order of the text, each with its antecedent.
    pub references: Vec<Referring>,
}

impl Analysis {
    /// The number of a sentence in its text.
    pub fn index_of(&self, sentence: &AnalysedSentence) -> Option<usize> {
        self.sentences.binary_search_by_key(&sentence.span.start, |s| s.span.start).ok()
    }

    /// The entry of a word in `references`.
    pub fn reference_of(&self, sentence: usize, word: usize) -> Option<usize> {
        self.references.binary_search_by_key(&(sentence, word), |r| (r.sentence, r.word)).ok()
    }

    /// The exact words of a span.
    pub fn slice(&self, span: Span) -> String {
        self.text[span.start..span.end].iter().collect()
    }
}

/// A sentence whose words are given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenSentence {
    /// Its words.
    pub words: Vec<String>,
    /// The words that are predicates, where that is given too; else the model finds them.
    pub predicates: Option<Vec<usize>>,
}

/// What was read of a sentence, and what coreference needs of it.
type Read = (AnalysedSentence, Vectored);

/// A sentence to analyse, and the number of its text.
struct Job {
    text: usize,
    sentence: Sentence,
    predicates: Option<Vec<usize>>,
}

/// The analyser: the loaded model and its workers.
pub struct Analyser {
    runtime: Runtime,
    workers: Vec<Arc<ThreadPool>>,
    keeps_scores: bool,
}

/// Mentions and parts below these probabilities are not proposed; the coder decides above them.
const LEAST_MENTION: f32 = 0.12;
const LEAST_ROLE: f32 = 0.25;
/// Words that name an event with this probability may be resumed by a later mention, whatever their tag.
const LIKELY_EVENT: f32 = 0.4;
const LEAST_RUNNER_UP: f32 = 0.02;

impl Analyser {
    /// Loads the model; `threads` sentences are analysed at once.
    pub fn new(threads: usize) -> Result<Self, Error> {
        let workers = (0..threads.max(1)).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect();
        Ok(Self { runtime: Runtime::load()?, workers, keeps_scores: false })
    }

    /// Also keeps what the event heads say of every word and pair of words.
    #[must_use]
    pub fn with_scores(self) -> Self {
        Self { keeps_scores: true, ..self }
    }

    /// The labels of the model's heads.
    pub fn labels(&self) -> &Labels {
        &self.runtime.labels
    }

    /// Analyses one text.
    pub fn analyse(&self, text: &str) -> Result<Analysis, Error> {
        self.analyse_all(&[text]).pop().unwrap_or_else(|| Err(Error::Model("no result".to_owned())))
    }

    /// Analyses text that is split into words already: sentences of words, joined by spaces into the text that all spans count.
    pub fn analyse_words(&self, sentences: &[GivenSentence]) -> Result<Analysis, Error> {
        let mut text: Vec<char> = Vec::new();
        let mut jobs = Vec::new();
        for given in sentences.iter().filter(|s| !s.words.is_empty()) {
            let tokens: Vec<Span> = given
                .words
                .iter()
                .map(|word| {
                    let start = text.len();
                    text.extend(word.chars());
                    let span = Span::new(start, text.len());
                    text.push(' ');
                    span
                })
                .collect();
            let sentence = Sentence { span: Span::new(tokens[0].start, tokens[tokens.len() - 1].end), tokens };
            jobs.push(Job { text: 0, sentence, predicates: given.predicates.clone() });
        }
        self.run(vec![text], &jobs).pop().unwrap_or_else(|| Err(Error::Model("no result".to_owned())))
    }

    /// Analyses many texts; the sentences of all are spread over the workers. The result of a text never depends on the others.
    pub fn analyse_all(&self, texts: &[&str]) -> Vec<Result<Analysis, Error>> {
        let texts: Vec<Vec<char>> = texts.iter().map(|t| t.chars().collect()).collect();
        let mut jobs: Vec<Job> = Vec::new();
        for (i, text) in texts.iter().enumerate() {
            if text.len() <= LONGEST_ARTICLE {
                jobs.extend(split(text).into_iter().map(|sentence| Job { text: i, sentence, predicates: None }));
            }
        }
        self.run(texts, &jobs)
    }

    /// Spreads sentences over the workers and gathers them by text.
    fn run(&self, texts: Vec<Vec<char>>, jobs: &[Job]) -> Vec<Result<Analysis, Error>> {
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<(usize, Result<Read, Error>)>> = Mutex::new(Vec::with_capacity(jobs.len()));
        std::thread::scope(|scope| {
            for pool in &self.workers {
                scope.spawn(|| {
                    let mut mine = Vec::new();
                    loop {
                        let k = next.fetch_add(1, Ordering::Relaxed);
                        let Some(job) = jobs.get(k) else { break };
                        mine.push((k, self.sentence(&texts[job.text], job, pool)));
                    }
                    // A poisoned lock means another worker panicked; its panic is passed on when the scope ends.
                    if let Ok(mut all) = done.lock() {
                        all.append(&mut mine);
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_default();
        done.sort_by_key(|(k, _)| *k);
        let mut out: Vec<Result<Analysis, Error>> = texts
            .into_iter()
            .map(|text| {
                if text.len() > LONGEST_ARTICLE {
                    Err(Error::TooLong(text.len()))
                } else {
                    Ok(Analysis { text, sentences: Vec::new(), references: Vec::new() })
                }
            })
            .collect();
        let mut vectored: Vec<Vec<Vectored>> = out.iter().map(|_| Vec::new()).collect();
        for (k, result) in done {
            let text = jobs[k].text;
            let slot = &mut out[text];
            match (slot.as_mut(), result) {
                (Ok(analysis), Ok((sentence, vectors))) => {
                    analysis.sentences.push(sentence);
                    vectored[text].push(vectors);
                }
                (Ok(_), Err(error)) => *slot = Err(error),
                (Err(_), _) => {}
            }
        }
        for (analysis, vectors) in out.iter_mut().zip(&vectored) {
            if let Ok(analysis) = analysis {
                analysis.references = references(&analysis.sentences, vectors, &self.runtime.coreference);
            }
        }
        out
    }

    fn sentence(&self, text: &[char], job: &Job, pool: &Arc<ThreadPool>) -> Result<Read, Error> {
        let sentence = &job.sentence;
        let words: Vec<String> = sentence.tokens.iter().map(|t| text[t.start..t.end].iter().collect()).collect();
        let pieces: Vec<Vec<i32>> = words.iter().map(|w| self.runtime.pieces_of(w)).collect();
        let mut out = AnalysedSentence {
            span: sentence.span,
            words: Vec::with_capacity(words.len()),
            names: Vec::new(),
            mentions: Vec::new(),
            roles: Vec::new(),
            semantic_roles: Vec::new(),
            scores: EventScores::default(),
        };
        let mut vectors = Vec::new();
        let mut first_root = None;
        for (from, to) in windows(&words, &pieces) {
            let output = self.runtime.run(&pieces[from..to], pool)?;
            self.read(&output, &words[from..to], &sentence.tokens[from..to], from, &mut out);
            self.semantic_roles(&output, to - from, from, job.predicates.as_deref(), &mut out);
            for i in from..to {
                let event = || out.mentions.iter().any(|m| m.word == i && m.any >= LIKELY_EVENT);
                if may_refer(&out.words, i) || event() {
                    let row = i - from + 1;
                    let mention = output.mention.row(row);
                    let (later, earlier) = (output.later.row(row).to_vec(), output.earlier.row(row).to_vec());
                    vectors.push((i, Vectors { later, earlier, mention: [mention[0], mention[1]] }));
                }
            }
            if self.keeps_scores {
                out.scores.keep(&self.runtime.labels, &output, from, to - from);
            }
            // The windows of one long sentence hang on the first one's root.
            let root = (from..to).find(|&i| out.words[i].head == i);
            match (first_root, root) {
                (Some(first), Some(root)) => {
                    out.words[root].head = first;
                    out.words[root].rel = "parataxis".into();
                }
                (None, _) => first_root = root,
                _ => {}
            }
        }
        Ok((out, vectors))
    }

    /// Reads one window's scores into the sentence.
    fn read(&self, output: &Output, words: &[String], tokens: &[Span], offset: usize, out: &mut AnalysedSentence) {
        let labels = &self.runtime.labels;
        let heads = tree(&output.arc, words.len());
        let mut tags = Vec::with_capacity(words.len());
        for (i, word) in words.iter().enumerate() {
            let row = i + 1;
            let head = heads[i];
            let relation = output.rel.labels(row, head);
            let rel = if head == 0 { "root".into() } else { Arc::clone(&labels.rel[best_relation(labels, &relation)]) };
            let upos = Arc::clone(&labels.upos[output.upos.best(row).0]);
            out.words.push(Word {
                span: tokens[i],
                text: word.clone(),
                lemma: best_lemma(word, &upos, output.lemma.row(row), &labels.lemma),
                upos,
                feats: Arc::clone(&labels.feats[output.feats.best(row).0]),
                head: if head == 0 { offset + i } else { offset + head - 1 },
                rel,
                factuality: output.extra.row(row)[0].clamp(-3.0, 3.0),
            });
            tags.push(softmax(output.names.row(row)));
        }
        for (first, last, kind, score) in names(&tags, &labels.names) {
            if let Some(kind) = NameKind::from_name(kind) {
                out.names.push(Name { first: offset + first, last: offset + last, kind, score });
            }
        }
        self.mentions(output, words.len(), offset, out);
    }

    /// Reads the `PropBank` roles of the given predicates, or of those the model finds.
    fn semantic_roles(&self, output: &Output, words: usize, offset: usize, given: Option<&[usize]>, out: &mut AnalysedSentence) {
        let labels = &self.runtime.labels.srl;
        let none = labels.iter().position(|l| &**l == "none").unwrap_or(0);
        for p in 0..words {
            if given.map_or(output.extra.row(p + 1)[1] > 0.0, |g| g.contains(&(offset + p))) {
                for a in 0..words {
                    let best = crate::model::argmax(&output.srl.labels(p + 1, a + 1));
                    if best != none {
                        out.semantic_roles.push((offset + p, Arc::clone(&labels[best]), offset + a));
                    }
                }
            }
        }
    }

    fn mentions(&self, output: &Output, words: usize, offset: usize, out: &mut AnalysedSentence) {
        let labels = &self.runtime.labels;
        for i in 0..words {
            let scores = softmax(output.trigger.row(i + 1));
            // The likeliest type counts, also where "none" is likelier: the coder has the last word.
            let (best, score) = scores.iter().enumerate().skip(1).fold((0, 0.0), |best, (k, p)| if *p > best.1 { (k, *p) } else { best });
            if best == 0 || score < LEAST_MENTION {
                continue;
            }
            let name = &labels.trigger[best];
            let event = EventType::from_name(name);
            let any = labels.trigger.iter().zip(&scores).filter(|(l, _)| EventType::from_name(l).is_some()).map(|(_, p)| *p).sum();
            let others = labels.trigger.iter().zip(&scores).filter(|(l, _)| *l != name);
            let types = others.filter_map(|(l, p)| Some((EventType::from_name(l)?, *p))).filter(|(_, p)| *p >= LEAST_RUNNER_UP);
            let runner_up = types.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|_| event.is_some());
            let modes = event.map(|_| {
                by_probability(output.mode.row(i + 1), &labels.mode, |m| m.strip_prefix(&**name)?.strip_prefix('/').map(str::to_owned))
            });
            let status = softmax(output.status.row(i + 1));
            out.mentions.push(Mention {
                word: offset + i,
                event,
                score,
                runner_up,
                any: if event.is_some() { any } else { 0.0 },
                modes: modes.unwrap_or_default(),
                status: labels.status.iter().zip(status).filter_map(|(s, p)| Some((Status::from_name(s)?, p))).collect(),
                contexts: by_probability(output.context.row(i + 1), &labels.context, Context::from_name),
            });
            for w in 0..words {
                let scores = softmax(&output.role.labels(i + 1, w + 1));
                for (label, p) in labels.role.iter().zip(scores) {
                    if let Some(kind) = RoleKind::from_name(label).filter(|_| p >= LEAST_ROLE) {
                        out.roles.push(Role { of: offset + i, word: offset + w, kind, score: p });
                    }
                }
            }
        }
    }
}

fn by_probability<T>(scores: &[f32], labels: &[Arc<str>], read: impl Fn(&str) -> Option<T>) -> Vec<(T, f32)> {
    let mut out: Vec<(T, f32)> =
        scores.iter().zip(labels).filter_map(|(s, l)| Some((read(l)?, sigmoid(*s)))).filter(|(_, p)| *p >= 0.1).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out
}

/// The best relation that is not `root`, which only the root's dependent has.
fn best_relation(labels: &Labels, scores: &[f32]) -> usize {
    (0..scores.len())
        .filter(|i| &*labels.rel[*i] != "root")
        .fold(usize::MAX, |best, i| if best == usize::MAX || scores[i] > scores[best] { i } else { best })
}

/// Scripts tried for a word before the likeliest one's result is taken although nobody has seen such a word.
const LEMMAS_TRIED: usize = 12;

/// The likeliest lemma; of a verb or noun the likeliest that is one ("claimed" is of "claim", not of "claime").
fn best_lemma(word: &str, upos: &str, scores: &[f32], scripts: &[Arc<str>]) -> String {
    let likeliest = lemma(word, &scripts[argmax(scores)]);
    let known: &HashSet<&str> = match upos {
        "VERB" => &VERBS,
        "NOUN" => &NOUNS,
        _ => return likeliest,
    };
    if known.contains(likeliest.as_str()) {
        return likeliest;
    }
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    order.into_iter().take(LEMMAS_TRIED).map(|i| lemma(word, &scripts[i])).find(|l| known.contains(l.as_str())).unwrap_or(likeliest)
}

/// The verbs and the nouns of the training corpora, one a line.
static VERBS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("../../../model/verbs.txt").lines().collect());
static NOUNS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("../../../model/nouns.txt").lines().collect());

/// Runs a lemma script: `k2y` keeps case, cuts two letters and adds "y"; `l…` lowers first.
fn lemma(word: &str, script: &str) -> String {
    let mut rest = script.chars();
    let keep = rest.next() == Some('k');
    let digits: String = rest.clone().take_while(char::is_ascii_digit).collect();
    let add: String = rest.skip(digits.len()).collect();
    let base = if keep { word.to_owned() } else { word.to_lowercase() };
    let length = base.chars().count();
    let cut = digits.parse().unwrap_or(0);
    if cut > length || (cut == length && add.is_empty()) {
        return base;
    }
    base.chars().take(length - cut).chain(add.chars()).collect()
}

/// Cuts a sentence into windows that the encoder takes: the last mark or conjunction near the limit ends a window.
fn windows(words: &[String], pieces: &[Vec<i32>]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let (mut to, mut size) = (from, 2);
        while to < words.len() && to - from < WINDOW_WORDS && size + pieces[to].len() <= WINDOW {
            size += pieces[to].len();
            to += 1;
        }
        if to < words.len() {
            let least = from + (to - from) / 2;
            let good = |i: &usize| matches!(words[*i].as_str(), ";" | ":" | "—" | "–" | "--" | "|" | "•");
            let fair = |i: &usize| matches!(words[*i].as_str(), "," | ")" | "\"" | "”");
            if let Some(i) = (least..to).rev().find(good).or_else(|| (least..to).rev().find(fair)) {
                to = i + 1;
            }
        }
        out.push((from, to.max(from + 1)));
        from = to.max(from + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_the_lemma_of_a_verb() {
        let scripts: Vec<Arc<str>> = ["l1", "l2", "l3y"].into_iter().map(Arc::from).collect();
        assert_eq!(best_lemma("claimed", "VERB", &[3.0, 2.0, 1.0], &scripts), "claim");
        assert_eq!(best_lemma("urged", "VERB", &[2.0, 3.0, 1.0], &scripts), "urge");
        assert_eq!(best_lemma("Claimed", "ADJ", &[3.0, 2.0, 1.0], &scripts), "claime");
        assert_eq!(best_lemma("zzzed", "VERB", &[3.0, 2.0, 1.0], &scripts), "zzze");
    }

    #[test]
    fn lemma_scripts() {
        assert_eq!(lemma("cities", "l3y"), "city");
        assert_eq!(lemma("Koreans", "k1"), "Korean");
        assert_eq!(lemma("went", "l4go"), "go");
        assert_eq!(lemma("a", "l3x"), "a");
    }

    #[test]
    fn windows_cover_all_words_once() {
        let words: Vec<String> = (0..500).map(|i| if i % 37 == 0 { ";".to_owned() } else { format!("w{i}") }).collect();
        let pieces: Vec<Vec<i32>> = words.iter().map(|_| vec![1, 2]).collect();
        let found = windows(&words, &pieces);
        assert_eq!(found.first().map(|w| w.0), Some(0));
        assert_eq!(found.last().map(|w| w.1), Some(500));
        assert!(found.windows(2).all(|w| w[0].1 == w[1].0));
        assert!(found.iter().all(|(a, b)| b - a <= WINDOW_WORDS && words[b - 1] == ";" || *b == 500));
    }
}
