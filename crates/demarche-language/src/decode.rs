//! From scores to structure: the best tree, and names from begin/inside tags.

use std::sync::Arc;

use crate::model::PairScores;

/// The best tree with one root: `heads[i]` is the head (0 the root) of word `i + 1`.
///
/// Maximum spanning arborescence (Chu and Liu 1965, Edmonds 1967). Only when the greedy choice is no tree is the search run, once for each of
/// the likeliest roots.
pub(crate) fn tree(arc: &PairScores, words: usize) -> Vec<usize> {
    let n = words + 1;
    let score = |dependent: usize, head: usize| if dependent == head { f64::NEG_INFINITY } else { f64::from(arc.at(0, dependent, head)) };
    let greedy: Vec<usize> = (1..n)
        .map(|d| (0..n).fold((0, f64::NEG_INFINITY), |best, h| if score(d, h) > best.1 { (h, score(d, h)) } else { best }).0)
        .collect();
    if is_tree(&greedy) {
        return greedy;
    }
    let mut roots: Vec<usize> = (1..n).collect();
    roots.sort_by(|a, b| score(*b, 0).total_cmp(&score(*a, 0)).then(a.cmp(b)));
    let mut best: Option<(f64, Vec<usize>)> = None;
    for root in roots.into_iter().take(3) {
        let matrix: Vec<Vec<f64>> = (0..n)
            .map(|d| {
                (0..n).map(|h| if d == 0 || h == 0 && d != root || d == root && h != 0 { f64::NEG_INFINITY } else { score(d, h) }).collect()
            })
            .collect();
        let heads = arborescence(&matrix);
        let total: f64 = heads.iter().enumerate().skip(1).map(|(d, h)| score(d, *h)).sum();
        if best.as_ref().is_none_or(|(t, _)| total > *t) {
            best = Some((total, heads));
        }
    }
    best.map_or(greedy, |(_, heads)| heads[1..].to_vec())
}

fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|h| **h == 0).count() == 1 && cycle(&[&[0], heads].concat()).is_none()
}

/// A cycle among `heads` (node 0 is the root and has no head), if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0_usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut found = vec![at];
            let mut next = heads[at];
            while next != at {
                found.push(next);
                next = heads[next];
            }
            return Some(found);
        }
    }
    None
}

/// `scores[dependent][head]` → the head of each node; node 0 is the root.
fn arborescence(scores: &[Vec<f64>]) -> Vec<usize> {
    let n = scores.len();
    let heads: Vec<usize> = (0..n)
        .map(|d| {
            if d == 0 {
                0
            } else {
                (0..n).fold((0, f64::NEG_INFINITY), |best, h| if h != d && scores[d][h] > best.1 { (h, scores[d][h]) } else { best }).0
            }
        })
        .collect();
    let Some(ring) = cycle(&heads) else { return heads };
    // Contract the ring into one node, solve, and open it again.
    let in_ring = |node: usize| ring.contains(&node);
    let outside: Vec<usize> = (0..n).filter(|v| !in_ring(*v)).collect();
    let ring_node = outside.len();
    let mut smaller = vec![vec![f64::NEG_INFINITY; ring_node + 1]; ring_node + 1];
    let mut leaves = vec![0; ring_node];
    let mut enters = vec![(0, 0); ring_node];
    for (i, &v) in outside.iter().enumerate() {
        for (j, &u) in outside.iter().enumerate() {
            smaller[i][j] = scores[v][u];
        }
        for &r in &ring {
            if scores[v][r] > smaller[i][ring_node] {
                smaller[i][ring_node] = scores[v][r];
                leaves[i] = r;
            }
            let gain = scores[r][v] - scores[r][heads[r]];
            if gain > smaller[ring_node][i] {
                smaller[ring_node][i] = gain;
                enters[i] = (r, v);
            }
        }
    }
    let solved = arborescence(&smaller);
    let mut out = heads;
    for (i, &v) in outside.iter().enumerate().skip(1) {
        out[v] = if solved[i] == ring_node { leaves[i] } else { outside[solved[i]] };
    }
    let (entered, from) = enters[solved[ring_node]];
    if entered != 0 {
        out[entered] = from;
    }
    out
}

/// Two names of one kind seldom stand side by side with nothing between them: what a begin tag right after its own kind costs, in log-odds.
const SIDE_BY_SIDE: f32 = 3.0;

/// Probabilities of the begin/inside `labels` for each word → names `(first, last, kind, probability)`: the best sequence in which every inside
/// tag goes on a name of its kind (Viterbi 1967).
pub(crate) fn names<'a>(words: &[Vec<f32>], labels: &'a [Arc<str>]) -> Vec<(usize, usize, &'a str, f32)> {
    let parts: Vec<Option<(&str, &str)>> = labels.iter().map(|l| l.split_once('-')).collect();
    let kind = |label: usize| parts[label].map(|p| p.1);
    let inside = |label: usize| parts[label].is_some_and(|p| p.0 == "I");
    let step = |from: Option<usize>, to: usize| match (from.and_then(kind), kind(to)) {
        (before, Some(now)) if inside(to) => {
            if before == Some(now) {
                0.0
            } else {
                f32::NEG_INFINITY
            }
        }
        (Some(before), Some(now)) if before == now => -SIDE_BY_SIDE,
        _ => 0.0,
    };
    let mut came_from: Vec<Vec<usize>> = Vec::with_capacity(words.len());
    let mut scores: Vec<f32> = Vec::new();
    for row in words {
        let mut back = Vec::with_capacity(labels.len());
        let mut next = Vec::with_capacity(labels.len());
        for (label, p) in row.iter().enumerate() {
            let (from, best) = if scores.is_empty() {
                (0, step(None, label))
            } else {
                scores
                    .iter()
                    .enumerate()
                    .map(|(from, s)| (from, s + step(Some(from), label)))
                    .fold((0, f32::NEG_INFINITY), |best, x| if x.1 > best.1 { x } else { best })
            };
            back.push(from);
            next.push(best + p.max(1e-9).ln());
        }
        came_from.push(back);
        scores = next;
    }
    let mut label = scores.iter().enumerate().fold((0, f32::NEG_INFINITY), |best, (l, s)| if *s > best.1 { (l, *s) } else { best }).0;
    let mut path = vec![0; words.len()];
    for i in (0..words.len()).rev() {
        path[i] = label;
        label = came_from[i][label];
    }
    let mut out: Vec<(usize, usize, &str, f32)> = Vec::new();
    for (i, label) in path.into_iter().enumerate() {
        let Some((begin, kind)) = parts[label] else { continue };
        // How sure the kind is, whether it begins or goes on.
        let p = labels.iter().zip(&words[i]).filter(|(l, _)| l.split_once('-').is_some_and(|x| x.1 == kind)).map(|(_, p)| p).sum();
        match out.last_mut() {
            Some(last) if begin == "I" => {
                last.1 = i;
                last.3 = last.3.min(p);
            }
            _ => out.push((i, i, kind, p)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_broken_at_the_cheapest_place() {
        let none = f64::NEG_INFINITY;
        // 1 and 2 prefer each other; the root reaches 1 more cheaply.
        let scores = vec![vec![none; 4], vec![5.0, none, 10.0, 1.0], vec![1.0, 10.0, none, 1.0], vec![0.0, 4.0, 8.0, none]];
        assert_eq!(arborescence(&scores), [0, 0, 1, 2]);
    }

    #[test]
    fn names_are_whole() {
        let labels: Vec<Arc<str>> = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"].into_iter().map(Arc::from).collect();
        let check = |rows: &[[f32; 5]], expect: &[(usize, usize, &str)]| {
            let rows: Vec<Vec<f32>> = rows.iter().map(|r| r.to_vec()).collect();
            let found: Vec<(usize, usize, &str)> = names(&rows, &labels).into_iter().map(|(a, b, k, _)| (a, b, k)).collect();
            assert_eq!(found, expect);
        };
        check(&[[0.9, 0.1, 0.0, 0.0, 0.0], [0.1, 0.8, 0.0, 0.1, 0.0], [0.1, 0.1, 0.8, 0.0, 0.0]], &[(1, 2, "PER")]);
        // "New Delhi": a begin tag on both words still is one name.
        check(&[[0.0, 0.0, 0.0, 0.9, 0.1], [0.0, 0.0, 0.0, 0.7, 0.3]], &[(0, 1, "LOC")]);
        // An inside tag does not stand alone, nor go on another kind.
        check(&[[0.6, 0.0, 0.4, 0.0, 0.0]], &[]);
        check(&[[0.1, 0.8, 0.1, 0.0, 0.0], [0.1, 0.0, 0.1, 0.3, 0.5]], &[(0, 0, "PER"), (1, 1, "LOC")]);
        check(&[], &[]);
    }
}
