//! Coreference: which words of a text name the same person, body, thing or event.
//!
//! A mention is known by its head word. The score of a pair (later, earlier) is the product of the two words' vectors, how gladly each stands at
//! its end of a pair, and entries of small tables for what the words themselves show. "No antecedent" scores 0; the best earlier mention above
//! that is the antecedent. What is seen of a pair mirrors `training/coreference.py`.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::analysis::{AnalysedSentence, Word};

/// Earlier mentions that are looked at for each mention; beyond them only names that share a word.
const REACH: usize = 250;
/// An antecedent is taken from this score on; a little below "none", chosen on the development documents.
const LEAST: f32 = -1.0;

/// A word that names something, and the earlier mention that names the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Referring {
    /// Number of its sentence.
    pub sentence: usize,
    /// Number of its head word in the sentence.
    pub word: usize,
    /// Its antecedent, an earlier entry of the same list.
    pub antecedent: Option<usize>,
    /// Log-odds of the antecedent against none; 0 without one.
    pub score: f32,
    /// The chain it belongs to: the entry that began it. Its own number where nothing earlier is the same.
    pub chain: usize,
}

/// The scorer's tables, `[row][column]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tables {
    r#match: Vec<Vec<f32>>,
    sentences: Vec<Vec<f32>>,
    between: Vec<Vec<f32>>,
    place: Vec<Vec<f32>>,
    classes: Vec<Vec<f32>>,
}

/// What the encoder says of one word.
#[derive(Clone, Debug)]
pub(crate) struct Vectors {
    pub(crate) later: Vec<f32>,
    pub(crate) earlier: Vec<f32>,
    /// As the later and as the earlier of a pair.
    pub(crate) mention: [f32; 2],
}

/// The vectors of a sentence's words that may refer, by word.
pub(crate) type Vectored = Vec<(usize, Vectors)>;

const PRONOUNS: [&[&str]; 8] = [
    &["i", "me", "my", "mine", "myself"],
    &["we", "us", "our", "ours", "ourselves"],
    &["you", "your", "yours", "yourself", "yourselves"],
    &["he", "him", "his", "himself"],
    &["she", "her", "hers", "herself"],
    &["it", "its", "itself"],
    &["they", "them", "their", "theirs", "themselves"],
    &["this", "that", "these", "those"],
];
const OTHER_PRONOUN: usize = 8;
const NAME: usize = 9;
const NOUN: usize = 10;
const NOUNS: usize = 11;
const VERB: usize = 12;

const NOT_MENTIONS: [&str; 12] =
    ["who", "whom", "whose", "which", "what", "there", "whoever", "whatever", "everything", "nothing", "anything", "something"];

/// A relation without its subtype.
fn plain(rel: &str) -> &str {
    rel.split(':').next().unwrap_or(rel)
}

/// Whether a word may name something, by its tag and place in the tree.
pub(crate) fn may_refer(words: &[Word], i: usize) -> bool {
    let (word, rel) = (&words[i], plain(&words[i].rel));
    match &*word.upos {
        "PRON" => !NOT_MENTIONS.contains(&word.text.to_lowercase().as_str()) && !matches!(rel, "expl" | "fixed"),
        _ if matches!(rel, "flat" | "fixed" | "goeswith") => false,
        "PROPN" => !(rel == "compound" && word.head != i && &*words[word.head].upos == "PROPN"),
        "NOUN" => rel != "compound",
        _ => false,
    }
}

/// A mention with what is seen of it.
struct Mention<'a> {
    sentence: usize,
    word: usize,
    vectors: &'a Vectors,
    text: String,
    head: usize,
    rel: &'a str,
    reflexive: bool,
    path: Vec<usize>,
    kind: usize,
    determiner: usize,
    names: HashSet<String>,
    initials: String,
}

impl<'a> Mention<'a> {
    fn new(sentence: usize, words: &'a [Word], i: usize, children: &[usize], vectors: &'a Vectors, marked: &HashSet<usize>) -> Self {
        let word = &words[i];
        let text = word.text.to_lowercase();
        let mut path = Vec::new();
        let mut at = i;
        while words[at].head != at && path.len() < 40 {
            at = words[at].head;
            path.push(at);
        }
        let kind = match &*word.upos {
            "PRON" | "DET" => PRONOUNS.iter().position(|forms| forms.contains(&text.as_str())).unwrap_or(OTHER_PRONOUN),
            "PROPN" => NAME,
            "VERB" | "AUX" | "ADJ" | "ADV" => VERB,
            _ if text.ends_with('s') && !text.ends_with("ss") => NOUNS,
            _ => NOUN,
        };
        let determiner = children
            .iter()
            .filter(|c| matches!(plain(&words[**c].rel), "det" | "nmod"))
            .map(|c| determiner(&words[*c].text.to_lowercase()))
            .max()
            .unwrap_or(0);
        let (mut names, mut initials) = (HashSet::new(), String::new());
        if kind == NAME {
            // A genitive ("Seoul's mayor") is no part of the name.
            let mut parts: Vec<usize> = children
                .iter()
                .copied()
                .filter(|c| {
                    &*words[*c].upos == "PROPN"
                        && matches!(plain(&words[*c].rel), "flat" | "compound" | "nmod" | "goeswith")
                        && !marked.contains(c)
                })
                .collect();
            parts.push(i);
            parts.sort_unstable();
            names = parts.iter().map(|p| words[*p].text.to_lowercase()).collect();
            initials = parts.iter().filter_map(|p| words[*p].text.to_lowercase().chars().next()).collect();
        }
        let reflexive = text.ends_with("self") || text.ends_with("selves");
        Self {
            sentence,
            word: i,
            vectors,
            text,
            head: word.head,
            rel: plain(&word.rel),
            reflexive,
            path,
            kind,
            determiner,
            names,
            initials,
        }
    }

    /// Pronouns, names, nouns and verbs.
    fn group(&self) -> usize {
        match self.kind {
            ..NAME => 0,
            NAME => 1,
            _ => 2,
        }
    }
}

fn determiner(text: &str) -> usize {
    match text {
        "the" => 1,
        "a" | "an" => 2,
        "this" | "that" | "these" | "those" => 3,
        "its" | "his" | "her" | "their" | "our" | "my" | "your" => 4,
        _ => 0,
    }
}

/// 0, 1, 2–3, 4–7, …: the number of binary digits, six at most.
fn bucket(n: usize) -> usize {
    (usize::BITS - n.leading_zeros()).min(6) as usize
}

fn matching(i: &Mention, j: &Mention) -> usize {
    if i.kind < NAME && j.kind < NAME {
        return if i.text == j.text { 7 } else { 0 };
    }
    if i.kind == NAME && j.kind == NAME {
        if i.names == j.names {
            return 2;
        }
        if i.names.is_subset(&j.names) || j.names.is_subset(&i.names) {
            return 3;
        }
        if !i.names.is_disjoint(&j.names) {
            return 4;
        }
    }
    if i.text.chars().nth(1).is_some() && (i.text == j.initials || j.text == i.initials) {
        return 5;
    }
    if i.kind > NAME && j.kind > NAME && i.text == j.text {
        return 1;
    }
    if (i.kind == NAME && i.names.contains(&j.text)) || (j.kind == NAME && j.names.contains(&i.text)) {
        return 6;
    }
    0
}

/// How the two stand in one sentence.
fn place(i: &Mention, j: &Mention) -> usize {
    if i.sentence != j.sentence {
        return 0;
    }
    if i.path.contains(&j.word) {
        return match i.rel {
            "appos" if i.head == j.word => 5,
            "conj" if i.head == j.word => 6,
            _ => 2,
        };
    }
    if j.path.contains(&i.word) {
        return 3;
    }
    let same_head = i.head == j.head && i.head != i.word && j.head != j.word;
    if same_head && i.rel != "conj" && j.rel != "conj" { 4 } else { 1 }
}

impl Tables {
    fn score(&self, i: &Mention, j: &Mention, between: usize) -> f32 {
        let own = if i.reflexive { 2 } else { usize::from(i.kind >= NAME) };
        let product: f32 = i.vectors.later.iter().zip(&j.vectors.earlier).map(|(a, b)| a * b).sum();
        product
            + i.vectors.mention[0]
            + j.vectors.mention[1]
            + self.r#match[matching(i, j)][i.determiner]
            + self.sentences[bucket(i.sentence - j.sentence)][i.group()]
            + self.between[bucket(between)][i.group()]
            + self.place[place(i, j)][own]
            + self.classes[i.kind][j.kind]
    }
}

/// The mentions of a text with their antecedents, in the order of the text. `vectored` holds, for each sentence, the words that may refer.
pub(crate) fn references(sentences: &[AnalysedSentence], vectored: &[Vectored], tables: &Tables) -> Vec<Referring> {
    let mut mentions: Vec<Mention> = Vec::new();
    for (number, (sentence, vectors)) in sentences.iter().zip(vectored).enumerate() {
        let mut children = vec![Vec::new(); sentence.words.len()];
        let mut marked = HashSet::new();
        for (k, word) in sentence.words.iter().enumerate() {
            if word.head != k {
                children[word.head].push(k);
                if &*word.rel == "case" {
                    marked.insert(word.head);
                }
            }
        }
        for (word, vectors) in vectors {
            mentions.push(Mention::new(number, &sentence.words, *word, &children[*word], vectors, &marked));
        }
    }
    let mut named: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut out: Vec<Referring> = Vec::with_capacity(mentions.len());
    for (i, mention) in mentions.iter().enumerate() {
        let near = i.saturating_sub(REACH);
        let mut far: Vec<usize> =
            mention.names.iter().flat_map(|n| named.get(n.as_str()).into_iter().flatten()).copied().filter(|j| *j < near).collect();
        far.sort_unstable();
        far.dedup();
        // The nearest of many: a long text repeats its names.
        let far = far.split_off(far.len().saturating_sub(REACH));
        let mut best: Option<(usize, f32)> = None;
        for j in far.into_iter().chain(near..i) {
            let score = tables.score(mention, &mentions[j], i - j - 1);
            if score > best.map_or(LEAST, |b| b.1) {
                best = Some((j, score));
            }
        }
        let chain = best.map_or(i, |(j, _)| out[j].chain);
        out.push(Referring {
            sentence: mention.sentence,
            word: mention.word,
            antecedent: best.map(|b| b.0),
            score: best.map_or(0.0, |b| b.1),
            chain,
        });
        for name in &mention.names {
            named.entry(name).or_default().push(i);
        }
    }
    out
}

/// The words of a mention: its head with what belongs to it, first and last. Clauses, second parts of a coordination and loose appositives do not.
pub fn extent(words: &[Word], head: usize) -> (usize, usize) {
    let mut inside = vec![false; words.len()];
    inside[head] = true;
    let predicate =
        words.iter().enumerate().any(|(k, w)| k != head && w.head == head && matches!(plain(&w.rel), "cop" | "nsubj" | "csubj"));
    for (k, word) in words.iter().enumerate() {
        if k == head || word.head != head {
            continue;
        }
        let belongs = match plain(&word.rel) {
            "case" => k > head,
            "advmod" => !predicate,
            "conj" | "cc" | "punct" | "mark" | "parataxis" | "discourse" | "vocative" | "dislocated" | "list" | "orphan" | "cop"
            | "aux" | "nsubj" | "expl" | "ccomp" | "csubj" | "obl" | "advcl" | "reparandum" | "appos" => false,
            _ => true,
        };
        if belongs {
            inside[k] = true;
        }
    }
    // What hangs on an inner word is inside too.
    for k in 0..words.len() {
        let mut at = k;
        for _ in 0..words.len() {
            if inside[at] && at != head {
                inside[k] = true;
                break;
            }
            if words[at].head == at || at == head {
                break;
            }
            at = words[at].head;
        }
    }
    let first = inside.iter().position(|x| *x).unwrap_or(head);
    let last = inside.iter().rposition(|x| *x).unwrap_or(head);
    (first, last)
}
