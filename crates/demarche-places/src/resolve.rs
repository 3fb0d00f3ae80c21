//! Mentions → places, all of a text together.
//!
//! Mentions of the same words form a group: a text means the same place by the same name unless it says otherwise right there. Each group has
//! readings with a prior (how well known), what a unit named right after says, and what the other groups of the text lend: units lend to what
//! they contain and take from it, points to what is near. A few rounds of weighing settle it; what is clear counts from the first.

use std::collections::HashMap;

use crate::candidates::{Candidate, candidates};
use crate::{Alternative, Entry, Gazetteer, Kind, Located, Mention, distance, fold};

/// Temperatures of the rounds of weighing. The first are high: places that only together are likely must stay in play.
const TEMPERATURES: [f64; 5] = [4.0, 4.0, 3.0, 2.0, 1.5];
/// Readings less likely than this lend nothing, and no group lends more readings than so many.
const LEAST: f64 = 0.03;
const READINGS: usize = 8;
/// Score points of ten times the people's binary logarithm.
const FAME: f64 = 0.06;
/// What the context may add, times the logarithm of one plus its sum.
const CONTEXT: f64 = 7.0;
/// A little context counts less than its sum: one passing word of a state far off moves no capital.
const DAMP: f64 = 0.3;
/// A unit named right after.
const CONTAINED: f64 = 9.0;
/// Groups of the text that lend: so many of the most mentioned, and so many of the nearest.
const LENDERS: usize = 20;

#[derive(Default)]
struct Group {
    mentions: Vec<usize>,
    candidates: Vec<Candidate>,
    prior: Vec<f64>,
    scores: Vec<f64>,
    probabilities: Vec<f64>,
    /// Group named right after a mention, as what contains it.
    within: Vec<usize>,
    /// Groups that are named right before, as what it contains.
    holds: Vec<usize>,
}

impl Group {
    /// Probabilities from scores; a high temperature keeps readings in play that are unlikely so far.
    fn weigh(&mut self, temperature: f64) {
        let most = self.scores.iter().copied().fold(f64::MIN, f64::max);
        let parts: Vec<f64> = self.scores.iter().map(|s| ((s - most) / temperature).exp()).collect();
        let sum: f64 = parts.iter().sum();
        self.probabilities = parts.iter().map(|p| p / sum).collect();
    }

    /// The likely readings with their probabilities.
    fn likely(&self) -> Vec<(Entry, f64)> {
        let mut out: Vec<(Entry, f64)> =
            self.candidates.iter().zip(&self.probabilities).filter(|(_, p)| **p > LEAST).map(|(c, p)| (c.entry, *p)).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.id.cmp(&b.0.id)));
        out.truncate(READINGS);
        out
    }
}

/// Resolves mentions of a text; the result has one place for each, in the same order.
pub fn resolve(text: &[char], mentions: &[Mention]) -> Vec<Located> {
    let gazetteer = Gazetteer::shipped();
    let (mut groups, of) = groups(gazetteer, text, mentions);
    for group in &mut groups {
        group.weigh(TEMPERATURES[0]);
    }
    let lenders = lenders(&groups);
    for temperature in TEMPERATURES.into_iter().skip(1).chain([1.0]) {
        let likely: Vec<Vec<(Entry, f64)>> = groups.iter().map(Group::likely).collect();
        let scores: Vec<Vec<f64>> = (0..groups.len()).map(|g| context(gazetteer, &groups, g, &lenders[g], &likely)).collect();
        for (group, scores) in groups.iter_mut().zip(scores) {
            group.scores = scores;
            group.weigh(temperature);
        }
    }
    mentions.iter().zip(of).map(|(mention, g)| located(gazetteer, text, mention, &groups[g])).collect()
}

/// The mentions by their words, and each mention's group.
fn groups(gazetteer: Gazetteer, text: &[char], mentions: &[Mention]) -> (Vec<Group>, Vec<usize>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_words: HashMap<String, usize> = HashMap::new();
    let mut of = Vec::with_capacity(mentions.len());
    for (i, mention) in mentions.iter().enumerate() {
        let words: String = text[mention.span.start..mention.span.end].iter().collect();
        // The same name within different units is not the same place.
        let inside = mentions.get(i + 1).filter(|next| contains_next(text, mention, next)).map(|next| fold(&slice(text, next)));
        let same = by_words.get(&key(&words, mention, inside.as_deref())).copied();
        let known = same.or_else(|| {
            let plain = by_words.get(&key(&words, mention, None)).copied();
            plain.filter(|g| inside.is_none() || groups[*g].within.is_empty())
        });
        let g = known.unwrap_or(groups.len());
        if known.is_none() {
            let candidates = candidates(gazetteer, &words, mention.demonym);
            let prior: Vec<f64> = candidates.iter().map(|c| prior(c, &words)).collect();
            groups.push(Group { scores: prior.clone(), prior, candidates, ..Group::default() });
        }
        by_words.entry(key(&words, mention, None)).or_insert(g);
        by_words.insert(key(&words, mention, inside.as_deref()), g);
        groups[g].mentions.push(i);
        of.push(g);
        if inside.is_some() {
            // Filled with mentions here, with groups below.
            groups[g].within.push(i + 1);
        }
    }
    for g in 0..groups.len() {
        let within: Vec<usize> = std::mem::take(&mut groups[g].within).into_iter().map(|m| of[m]).filter(|w| *w != g).collect();
        for &w in &within {
            groups[w].holds.push(g);
        }
        groups[g].within = within;
    }
    (groups, of)
}

fn key(words: &str, mention: &Mention, inside: Option<&str>) -> String {
    format!("{}{}|{}", if mention.demonym { "~" } else { "" }, fold(words), inside.unwrap_or(""))
}

fn slice(text: &[char], mention: &Mention) -> String {
    text[mention.span.start..mention.span.end].iter().collect()
}

/// Whether the next name follows as what contains this one: "Paris, Texas", "Paris (Texas)", "Paris in Texas".
fn contains_next(text: &[char], mention: &Mention, next: &Mention) -> bool {
    if next.span.start < mention.span.end || next.demonym || mention.demonym || next.span.start - mention.span.end > 6 {
        return false;
    }
    let between: String = text[mention.span.end..next.span.start].iter().collect();
    matches!(between.trim_end(), "," | " (" | " in" | ", in")
}

fn prior(candidate: &Candidate, words: &str) -> f64 {
    let entry = &candidate.entry;
    let mut score = f64::from(entry.size) * FAME;
    score += match entry.kind {
        Kind::COUNTRY => 4.0,
        Kind::ADMIN1 => 0.6,
        Kind::CAPITAL => 2.0,
        Kind::COUNTY if !candidate.said && !words.contains(' ') => -3.0,
        Kind::COUNTY => -0.5,
        _ => 0.0,
    };
    if candidate.said {
        score += 4.0;
    }
    if candidate.alternate {
        score -= 2.5;
    }
    score
}

/// For each group, the groups whose readings count for it.
fn lenders(groups: &[Group]) -> Vec<Vec<usize>> {
    let mut by_count: Vec<usize> = (0..groups.len()).collect();
    by_count.sort_by_key(|g| (std::cmp::Reverse(groups[*g].mentions.len()), *g));
    by_count.truncate(LENDERS);
    (0..groups.len())
        .map(|g| {
            let near = g.saturating_sub(LENDERS)..(g + LENDERS + 1).min(groups.len());
            let mut out: Vec<usize> = near.chain(by_count.iter().copied()).filter(|h| *h != g).collect();
            out.sort_unstable();
            out.dedup();
            out
        })
        .collect()
}

/// The scores of a group's readings, given the likely readings of the others.
fn context(gazetteer: Gazetteer, groups: &[Group], g: usize, lenders: &[usize], likely: &[Vec<(Entry, f64)>]) -> Vec<f64> {
    let group = &groups[g];
    let contained = |outer: &Entry, inner: &Entry| contains(gazetteer, outer, inner);
    group
        .candidates
        .iter()
        .zip(&group.prior)
        .map(|(candidate, prior)| {
            let here = &candidate.entry;
            let mut lent = 0.0;
            for &h in lenders {
                let weight = 1.0 + 0.5 * (groups[h].mentions.len() as f64).ln();
                for (other, p) in &likely[h] {
                    lent += weight * p * relation(gazetteer, here, other);
                }
            }
            let mut score = prior + CONTEXT * (1.0 + lent * lent / (lent + DAMP)).ln();
            let best = |hs: &[usize], fits: &dyn Fn(&Entry) -> bool| {
                hs.iter().map(|h| likely[*h].iter().filter(|(o, _)| fits(o)).map(|(_, p)| p).sum::<f64>()).fold(0.0, f64::max)
            };
            score += CONTAINED * best(&group.within, &|outer| contained(outer, here));
            score += CONTAINED / 2.0 * best(&group.holds, &|inner| contained(here, inner));
            score
        })
        .collect()
}

/// Whether one place lies in the other by the units that both know.
fn contains(gazetteer: Gazetteer, outer: &Entry, inner: &Entry) -> bool {
    if outer.id == inner.id || inner.unit == 0 || outer.unit == 0 {
        return false;
    }
    match outer.kind {
        Kind::COUNTRY => {
            inner.kind != Kind::COUNTRY && gazetteer.country(outer.unit).map(|c| c.0) == gazetteer.country(inner.unit).map(|c| c.0)
        }
        Kind::ADMIN1 => inner.unit == outer.unit && !matches!(inner.kind, Kind::COUNTRY | Kind::ADMIN1),
        Kind::COUNTY => inner.county == outer.county && inner.kind.is_town(),
        _ => false,
    }
}

/// How much one place of the text makes another likely.
fn relation(gazetteer: Gazetteer, here: &Entry, other: &Entry) -> f64 {
    if here.id == other.id {
        return 2.0;
    }
    let same_country =
        here.unit > 0 && other.unit > 0 && gazetteer.country(here.unit).map(|c| c.0) == gazetteer.country(other.unit).map(|c| c.0);
    let wide = here.kind.is_wide() || other.kind.is_wide();
    let mut out: f64 = 0.0;
    if same_country {
        out = 0.35;
        if here.kind == Kind::COUNTRY || other.kind == Kind::COUNTRY {
            out = 0.6;
        }
        if here.unit == other.unit && !wide {
            out = 1.2;
            if here.county == other.county && here.county > 0 {
                out = 2.0;
            }
        }
    }
    let near = if wide { 25.0 } else { 4.0 };
    if (here.latitude - other.latitude).abs() > near {
        return out;
    }
    let far = distance(here, other);
    out.max(match far {
        d if wide => 0.3 * (1.0 - d / 2500.0),
        d if d < 40.0 => 1.8,
        d if d < 120.0 => 1.3,
        d if d < 400.0 => 0.5,
        _ => 0.0,
    })
}

fn round(value: f64, digits: i32) -> f64 {
    let unit = 10f64.powi(digits);
    (value * unit).round() / unit
}

fn located(gazetteer: Gazetteer, text: &[char], mention: &Mention, group: &Group) -> Located {
    let words = slice(text, mention);
    let mut order: Vec<usize> = (0..group.candidates.len()).collect();
    order.sort_by(|a, b| {
        group.scores[*b].total_cmp(&group.scores[*a]).then(group.candidates[*a].entry.id.cmp(&group.candidates[*b].entry.id))
    });
    let name_of = |id: Option<u32>| id.map(|id| gazetteer.entry(id).name.to_owned());
    let country = |entry: &Entry| gazetteer.country(entry.unit).map(|c| c.1.to_owned());
    let mut out = Located {
        name: words.clone(),
        text: words,
        start: mention.span.start,
        end: mention.span.end,
        geonames: None,
        latitude: None,
        longitude: None,
        country: None,
        admin1: None,
        admin2: None,
        kind: None,
        precision: None,
        score: 0.0,
        demonym: mention.demonym,
        alternatives: Vec::new(),
    };
    let mut order = order.into_iter();
    if let Some(best) = order.next() {
        let entry = group.candidates[best].entry;
        out = Located {
            name: entry.name.to_owned(),
            geonames: entry.geonames,
            latitude: Some(round(entry.latitude, 4)),
            longitude: Some(round(entry.longitude, 4)),
            country: country(&entry),
            admin1: name_of(gazetteer.unit(entry.unit)),
            admin2: name_of(gazetteer.county(entry.county)),
            kind: Some(entry.kind.name()),
            precision: Some(entry.kind.precision()),
            score: round(group.probabilities[best], 3),
            ..out
        };
    }
    out.alternatives = order
        .take(5)
        .map(|i| {
            let entry = group.candidates[i].entry;
            Alternative {
                name: entry.name.to_owned(),
                geonames: entry.geonames,
                latitude: round(entry.latitude, 4),
                longitude: round(entry.longitude, 4),
                country: country(&entry),
                admin1: name_of(gazetteer.unit(entry.unit)),
                kind: entry.kind.name(),
                score: round(group.probabilities[i], 3),
            }
        })
        .collect();
    out
}
