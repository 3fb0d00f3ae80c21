//! From compared pairs to groups, without chains.
//!
//! Pairs that are alike enough join things to components; inside a component, the two groups with the greatest mean likeness of their members are
//! joined, then the next two, as long as that mean is enough (average linkage). In a component of more than 512, a mean is taken between the eight earliest members of each group. A single likely pair can therefore not chain two groups that are otherwise unlike. What is compared, the sums
//! and every tie are functions of the set and its order, so the result does not depend on the order of arrival.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::compare::{Alike, Comparable, Likeness};
use crate::great::group_great;

/// The greatest component in which all pairs are compared; for greater ones see [`crate::great`].
const COMPLETE: usize = 512;

/// Joins and separations made by hand, as places in the caller's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Pairs that are the same, whatever their likeness.
    pub together: Vec<(u32, u32)>,
    /// Pairs that are not the same and never get into one group.
    pub apart: Vec<(u32, u32)>,
}

/// Groups of a list of things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Of each thing, the place of the first member of its group.
    pub first: Vec<u32>,
    /// Pairs of `together` that could not be joined because of `apart`.
    pub contradicted: Vec<(u32, u32)>,
}

/// Groups `items` by the pairs that are alike enough. `items` stand in their own order, as for [`crate::compare()`].
pub fn group<T: Comparable>(items: &[T], alike: &[Alike], fixed: &Fixed) -> Groups {
    let mut groups = Groups { first: (0..items.len() as u32).collect(), contradicted: Vec::new() };
    let whole = Component { members: groups.first.clone(), alike: alike.to_vec(), fixed: fixed.ordered() };
    for component in whole.parts() {
        let (first, contradicted) = if component.members.len() > COMPLETE {
            group_great(items, &component)
        } else {
            let mut linkage = Linkage::new(&component.members, &all_pairs(items, &component.members), &component.fixed);
            linkage.run(T::ENOUGH);
            (linkage.first(), linkage.contradicted)
        };
        for (member, first) in component.members.iter().zip(first) {
            groups.first[*member as usize] = first;
        }
        groups.contradicted.extend(contradicted);
    }
    groups.contradicted.sort_unstable();
    groups
}

fn all_pairs<T: Comparable>(items: &[T], members: &[u32]) -> Vec<Alike> {
    let mut pairs = Vec::with_capacity(members.len() * (members.len() - 1) / 2);
    for (at, &second) in members.iter().enumerate() {
        for &first in &members[..at] {
            let likeness = items[first as usize].likeness(&items[second as usize]);
            pairs.push(Alike { first, second, likeness });
        }
    }
    pairs
}

/// Things, in order, with the pairs among them that are alike enough and what was said of them by hand.
pub(crate) struct Component {
    pub(crate) members: Vec<u32>,
    pub(crate) alike: Vec<Alike>,
    pub(crate) fixed: Fixed,
}

impl Component {
    /// What hangs together, directly or through others. Things that nothing is joined to are left out.
    fn parts(self) -> Vec<Self> {
        let place = |item: u32| place(&self.members, item);
        let mut parents: Vec<u32> = (0..self.members.len() as u32).collect();
        for (a, b) in self.alike.iter().map(|c| (c.first, c.second)).chain(self.fixed.together.iter().copied()) {
            let (a, b) = (root(&mut parents, place(a)), root(&mut parents, place(b)));
            parents[a.max(b) as usize] = a.min(b);
        }
        let roots: Vec<u32> = (0..parents.len() as u32).map(|at| root(&mut parents, at)).collect();
        // Parts are numbered by their roots; a root is the first of its part.
        let mut parts: Vec<Self> = Vec::new();
        let mut sizes = vec![0u32; roots.len()];
        roots.iter().for_each(|root| sizes[*root as usize] += 1);
        let mut part_of: Vec<Option<u32>> = vec![None; roots.len()];
        for (at, root) in roots.iter().enumerate().filter(|(_, root)| sizes[**root as usize] > 1) {
            let part = *part_of[*root as usize].get_or_insert(parts.len() as u32);
            if part as usize == parts.len() {
                parts.push(Self {
                    members: Vec::with_capacity(sizes[*root as usize] as usize),
                    alike: Vec::new(),
                    fixed: Fixed::default(),
                });
            }
            parts[part as usize].members.push(self.members[at]);
        }
        let part = |item: u32| part_of[roots[place(item) as usize] as usize].map(|part| part as usize);
        for pair in &self.alike {
            if let Some(part) = part(pair.first) {
                parts[part].alike.push(*pair); // both ends lie in it: they were joined above
            }
        }
        let inside = |&&(a, b): &&(u32, u32)| part(a).is_some() && part(a) == part(b);
        for pair in self.fixed.together.iter().filter(inside) {
            part(pair.0).into_iter().for_each(|part| parts[part].fixed.together.push(*pair));
        }
        for pair in self.fixed.apart.iter().filter(inside) {
            part(pair.0).into_iter().for_each(|part| parts[part].fixed.apart.push(*pair));
        }
        parts
    }
}

/// Where a thing stands among members in order.
pub(crate) fn place(members: &[u32], item: u32) -> u32 {
    // Of the whole list, each stands in its own place.
    if members.get(item as usize) == Some(&item) { item } else { members.partition_point(|m| *m < item) as u32 }
}

pub(crate) fn root(parents: &mut [u32], mut item: u32) -> u32 {
    while parents[item as usize] != item {
        parents[item as usize] = parents[parents[item as usize] as usize];
        item = parents[item as usize];
    }
    item
}

impl Fixed {
    /// The same, in an order of its own.
    fn ordered(&self) -> Self {
        let order = |pairs: &[(u32, u32)]| {
            let mut pairs: Vec<(u32, u32)> = pairs.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
            pairs.sort_unstable();
            pairs
        };
        Self { together: order(&self.together), apart: order(&self.apart) }
    }
}

/// What is known between two groups.
#[derive(Clone, Copy, Default)]
struct Bond {
    sum: i64,
    count: i64,
    apart: bool,
}

impl Bond {
    fn mean(self) -> Likeness {
        if self.count == 0 { 0 } else { (self.sum / self.count) as Likeness }
    }
}

/// Average linkage inside one component. Groups are known by the place, among the component's members, of their first member.
struct Linkage<'a> {
    members: &'a [u32],
    bonds: Vec<BTreeMap<u32, Bond>>,
    parents: Vec<u32>,
    best: BinaryHeap<(Likeness, Reverse<u32>, Reverse<u32>)>,
    contradicted: Vec<(u32, u32)>,
}

impl<'a> Linkage<'a> {
    fn new(members: &'a [u32], pairs: &[Alike], fixed: &Fixed) -> Self {
        let place = |item: u32| place(members, item);
        let mut bonds = vec![BTreeMap::<u32, Bond>::new(); members.len()];
        let mut change = |a: u32, b: u32, how: &dyn Fn(&mut Bond)| {
            how(bonds[a as usize].entry(b).or_default());
            how(bonds[b as usize].entry(a).or_default());
        };
        for pair in pairs {
            let likeness = i64::from(pair.likeness);
            change(place(pair.first), place(pair.second), &|bond| {
                bond.sum += likeness;
                bond.count += 1;
            });
        }
        for &(a, b) in fixed.apart.iter().filter(|(a, b)| a != b) {
            change(place(a), place(b), &|bond| bond.apart = true);
        }
        let parents = (0..members.len() as u32).collect();
        let mut linkage = Self { members, bonds, parents, best: BinaryHeap::new(), contradicted: Vec::new() };
        for &(a, b) in &fixed.together {
            let (x, y) = (root(&mut linkage.parents, place(a)), root(&mut linkage.parents, place(b)));
            if x == y {
                continue;
            }
            if linkage.bonds[x as usize].get(&y).is_some_and(|bond| bond.apart) {
                linkage.contradicted.push((a, b));
            } else {
                linkage.join(x.min(y), x.max(y));
            }
        }
        linkage
    }

    /// Joins groups while the best mean is at least `enough`.
    fn run(&mut self, enough: Likeness) {
        self.best.clear();
        for (a, bonds) in self.bonds.iter().enumerate() {
            let later = bonds.range(a as u32 + 1..).filter(|(_, bond)| !bond.apart);
            self.best.extend(later.map(|(b, bond)| (bond.mean(), Reverse(a as u32), Reverse(*b))));
        }
        while let Some((mean, Reverse(a), Reverse(b))) = self.best.pop() {
            if mean < enough {
                break;
            }
            // An entry is stale where either group is gone or the mean has moved since.
            let now = self.bonds[a as usize].get(&b);
            if now.is_some_and(|bond| !bond.apart && bond.mean() == mean) {
                self.join(a, b);
            }
        }
    }

    /// Joins the group of `b` to that of `a`; `a < b`.
    fn join(&mut self, a: u32, b: u32) {
        self.parents[b as usize] = a;
        let bonds = std::mem::take(&mut self.bonds[b as usize]);
        self.bonds[a as usize].remove(&b);
        for (other, bond) in bonds.into_iter().filter(|(other, _)| *other != a) {
            self.bonds[other as usize].remove(&b);
            let both = self.bonds[a as usize].entry(other).or_default();
            both.sum += bond.sum;
            both.count += bond.count;
            both.apart |= bond.apart;
            let both = *both;
            self.bonds[other as usize].insert(a, both);
            if !both.apart {
                self.best.push((both.mean(), Reverse(a.min(other)), Reverse(a.max(other))));
            }
        }
    }

    /// Of each member, the first member of its group, as places in the caller's list.
    fn first(&mut self) -> Vec<u32> {
        (0..self.members.len() as u32).map(|m| self.members[root(&mut self.parents, m) as usize]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;

    /// Numbers are alike by their distance, and compared where they share a decade.
    struct Number(i32);

    impl Comparable for Number {
        const ENOUGH: Likeness = 5_000;

        fn keys(&self) -> Vec<u64> {
            vec![self.0.div_euclid(10) as u64, (self.0 + 5).div_euclid(10) as u64 + 1_000]
        }

        fn likeness(&self, other: &Self) -> Likeness {
            (10_000 - 1_500 * (self.0 - other.0).abs()).max(0)
        }
    }

    fn check(numbers: &[i32], fixed: &Fixed, expect: &[u32]) -> Vec<(u32, u32)> {
        let items: Vec<Number> = numbers.iter().copied().map(Number).collect();
        let groups = group(&items, &compare(&items), fixed);
        assert_eq!(groups.first, expect);
        groups.contradicted
    }

    #[test]
    fn likes_are_joined() {
        check(&[1, 2, 3, 40, 42], &Fixed::default(), &[0, 0, 0, 3, 3]);
    }

    #[test]
    fn a_chain_is_cut() {
        // Each is like the next, the ends are not alike.
        check(&[0, 3, 6, 9, 12], &Fixed::default(), &[0, 0, 2, 2, 4]);
    }

    #[test]
    fn a_great_chain_is_cut() {
        let numbers: Vec<Number> = (0..700).map(Number).collect();
        let groups = group(&numbers, &compare(&numbers), &Fixed::default());
        let widest = groups.first.iter().zip(0u32..).map(|(first, at)| at - first).max();
        assert_eq!(widest, Some(5));
    }

    #[test]
    fn hands_join_and_separate() {
        let fixed = Fixed { together: vec![(0, 3)], apart: vec![(1, 0)] };
        check(&[1, 2, 30, 60], &fixed, &[0, 1, 2, 0]);
    }

    #[test]
    fn a_separation_holds_against_joins() {
        let fixed = Fixed { together: vec![(0, 1), (1, 2)], apart: vec![(0, 2)] };
        assert_eq!(check(&[1, 50, 90], &fixed, &[0, 0, 2]), [(1, 2)]);
    }
}
