//! Grouping where all pairs would be too many: pairs in order of likeness, each joining two groups where the mean between some members of both is enough.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::compare::{Comparable, Likeness};
use crate::group::{Component, place, root};

/// The earliest members of a group, which are compared for it.
const SPOKESMEN: usize = 8;

/// Of each member of a component, the first member of its group, as places in the caller's list; and the pairs said to be the same that others keep apart.
pub(crate) fn group_great<T: Comparable>(items: &[T], component: &Component) -> (Vec<u32>, Vec<(u32, u32)>) {
    let mut groups = Joining::new(component);
    for &(a, b) in &component.fixed.together {
        groups.join(a, b, |_, _| true);
    }
    let contradicted = component.fixed.together.iter().copied().filter(|&(a, b)| !groups.is_joined(a, b)).collect();
    let mut pairs = component.alike.clone();
    pairs.sort_unstable_by_key(|pair| (Reverse(pair.likeness), pair.first, pair.second));
    let mut refused: HashMap<(u32, u32), (usize, usize)> = HashMap::new();
    for pair in pairs {
        groups.join(pair.first, pair.second, |a, b| {
            // Two groups that were too unlike are asked again when one has doubled.
            let sizes = (a.size, b.size);
            if refused.get(&(a.root, b.root)).is_some_and(|old| sizes.0 < 2 * old.0 && sizes.1 < 2 * old.1) {
                return false;
            }
            let enough = mean(items, &a.earliest, &b.earliest) >= T::ENOUGH;
            if !enough {
                refused.insert((a.root, b.root), sizes);
            }
            enough
        });
    }
    (groups.first(), contradicted)
}

fn mean<T: Comparable>(items: &[T], a: &[u32], b: &[u32]) -> Likeness {
    let sum: i64 = a
        .iter()
        .flat_map(|x| b.iter().map(move |y| (x, y)))
        .map(|(x, y)| i64::from(items[*x as usize].likeness(&items[*y as usize])))
        .sum();
    (sum / (a.len() * b.len()).max(1) as i64) as Likeness
}

/// One group, as it stands.
struct Group {
    root: u32,
    size: usize,
    earliest: Vec<u32>,
}

/// Groups under way; members are known by their places in the component.
struct Joining<'a> {
    component: &'a Component,
    parents: Vec<u32>,
    groups: Vec<Option<Group>>,
}

impl<'a> Joining<'a> {
    fn new(component: &'a Component) -> Self {
        let alone = |(at, item): (usize, &u32)| Some(Group { root: at as u32, size: 1, earliest: vec![*item] });
        let groups = component.members.iter().enumerate().map(alone).collect();
        Self { component, parents: (0..component.members.len() as u32).collect(), groups }
    }

    fn root(&mut self, item: u32) -> u32 {
        let at = place(&self.component.members, item);
        root(&mut self.parents, at)
    }

    fn is_joined(&mut self, a: u32, b: u32) -> bool {
        self.root(a) == self.root(b)
    }

    /// Joins the groups of two things where nothing keeps them apart and `may` agrees, asked with the earlier group first.
    fn join(&mut self, a: u32, b: u32, may: impl FnOnce(&Group, &Group) -> bool) {
        let (a, b) = (self.root(a), self.root(b));
        let (a, b) = (a.min(b), a.max(b));
        if a == b || self.are_apart(a, b) {
            return;
        }
        let (Some(first), Some(second)) = (self.groups[a as usize].take(), self.groups[b as usize].take()) else { return };
        if !may(&first, &second) {
            self.groups[a as usize] = Some(first);
            self.groups[b as usize] = Some(second);
            return;
        }
        let mut earliest = [first.earliest, second.earliest].concat();
        earliest.sort_unstable();
        earliest.truncate(SPOKESMEN);
        self.groups[a as usize] = Some(Group { root: a, size: first.size + second.size, earliest });
        self.parents[b as usize] = a;
    }

    fn are_apart(&mut self, a: u32, b: u32) -> bool {
        let component = self.component;
        component.fixed.apart.iter().any(|&(x, y)| {
            let (x, y) = (self.root(x), self.root(y));
            (x.min(y), x.max(y)) == (a, b)
        })
    }

    fn first(&mut self) -> Vec<u32> {
        let component = self.component;
        component.members.iter().map(|item| component.members[self.root(*item) as usize]).collect()
    }
}
