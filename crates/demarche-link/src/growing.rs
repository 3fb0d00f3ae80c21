//! Groups that grow: things come and go one by one, and the groups are at every time those of the whole set, in whatever order it came about.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compare::{Alike, Comparable, Likeness, NEIGHBOURS};
use crate::group::{Fixed, group};

/// The place of a thing among all: by day (unknown ones first), then id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank {
    /// A day counted from 1970-01-01, such as that of publication.
    pub day: Option<i32>,
    /// The thing's id.
    pub id: Arc<str>,
}

impl Rank {
    /// The rank of a thing with this day and id.
    pub fn new(day: Option<i32>, id: &str) -> Self {
        Self { day, id: id.into() }
    }
}

/// Groups of a set that changes.
///
/// A store keeps signatures, profiles and records; at its start it adds those of the days that new articles can touch, then each new one, and writes what [`Growing::regroup`]
/// returns. What was joined or separated by hand is said again at each start.
///
/// ```
/// use demarche_link::{Growing, Profile, Rank};
///
/// let mut stories = Growing::default();
/// let mut add = |id: &str, day: i32, text: &str| {
///     stories.add(&Rank::new(Some(day), id), Profile::of(None, text, Some(day)));
///     stories.regroup().into_iter().map(|group| group.into_iter().map(|rank| rank.id.to_string()).collect()).collect::<Vec<Vec<String>>>()
/// };
/// assert_eq!(add("b", 20_001, "Ghana's port of Tema stood still as dockers struck over wages that had not been paid."), [["b"]]);
/// assert_eq!(add("a", 20_000, "Dockers in Tema walked out over unpaid wages, closing Ghana's main port."), [["a", "b"]]);
/// assert_eq!(add("c", 20_001, "Shells fell on the market of Sumy, the regional governor said."), [["c"]]);
/// ```
#[derive(Clone, Debug)]
pub struct Growing<T> {
    items: BTreeMap<Rank, T>,
    blocks: BTreeMap<u64, BTreeSet<Rank>>,
    /// Of each thing, what it was compared with: the likeness, and in how many blocks the two are near.
    compared: BTreeMap<Rank, BTreeMap<Rank, (Likeness, u32)>>,
    together: BTreeSet<(Rank, Rank)>,
    apart: BTreeSet<(Rank, Rank)>,
    touched: BTreeSet<Rank>,
}

impl<T> Default for Growing<T> {
    fn default() -> Self {
        Self {
            items: BTreeMap::new(),
            blocks: BTreeMap::new(),
            compared: BTreeMap::new(),
            together: BTreeSet::new(),
            apart: BTreeSet::new(),
            touched: BTreeSet::new(),
        }
    }
}

impl<T: Comparable> Growing<T> {
    /// Adds a thing; one of the same rank is replaced. Costs the logarithm of the number of things and a bounded number of comparisons for each of its keys.
    pub fn add(&mut self, rank: &Rank, item: T) {
        self.remove(rank);
        let keys = distinct(&item);
        self.items.insert(rank.clone(), item);
        self.touched.insert(rank.clone());
        for key in keys {
            let (before, after) = self.around(key, rank);
            self.pairs_over(&before, &after, Self::part);
            for other in before.iter().chain(&after) {
                self.meet(other, rank);
            }
            self.blocks.entry(key).or_default().insert(rank.clone());
        }
    }

    /// Takes a thing out. Hand-made joins and separations stay and hold again when it comes back.
    pub fn remove(&mut self, rank: &Rank) {
        let Some(item) = self.items.get(rank) else { return };
        for key in distinct(item) {
            if let Some(block) = self.blocks.get_mut(&key) {
                block.remove(rank);
                if block.is_empty() {
                    self.blocks.remove(&key);
                }
            }
            let (before, after) = self.around(key, rank);
            for other in before.iter().chain(&after) {
                self.part(other, rank);
            }
            self.pairs_over(&before, &after, Self::meet);
        }
        let by_hand = self.together.iter().filter(|(a, b)| a == rank || b == rank);
        self.touched.extend(by_hand.flat_map(|(a, b)| [a.clone(), b.clone()]));
        self.touched.remove(rank);
        self.items.remove(rank);
    }

    /// Says by hand that two are the same.
    pub fn join(&mut self, a: &Rank, b: &Rank) {
        self.together.insert(pair(a, b));
        self.touched.extend([a.clone(), b.clone()]);
    }

    /// Says by hand that two are not the same.
    pub fn separate(&mut self, a: &Rank, b: &Rank) {
        self.apart.insert(pair(a, b));
        self.touched.extend([a.clone(), b.clone()]);
    }

    /// Takes back what was said by hand of two.
    pub fn release(&mut self, a: &Rank, b: &Rank) {
        self.together.remove(&pair(a, b));
        self.apart.remove(&pair(a, b));
        self.touched.extend([a.clone(), b.clone()]);
    }

    /// The groups of everything whose group may have changed since the last call: each a list of ranks in order. What they replace are the groups
    /// that held any of these things before.
    pub fn regroup(&mut self) -> Vec<Vec<Rank>> {
        let mut component: BTreeSet<Rank> = BTreeSet::new();
        let mut open: Vec<Rank> = std::mem::take(&mut self.touched).into_iter().filter(|r| self.items.contains_key(r)).collect();
        let mut joined: BTreeMap<&Rank, Vec<&Rank>> = BTreeMap::new();
        for (a, b) in &self.together {
            joined.entry(a).or_default().push(b);
            joined.entry(b).or_default().push(a);
        }
        while let Some(rank) = open.pop() {
            if !component.insert(rank.clone()) {
                continue;
            }
            let near =
                self.compared.get(&rank).into_iter().flatten().filter(|(_, (likeness, _))| *likeness >= T::ENOUGH).map(|(other, _)| other);
            let by_hand = joined.get(&rank).into_iter().flatten().copied();
            open.extend(near.chain(by_hand).filter(|r| self.items.contains_key(*r) && !component.contains(*r)).cloned());
        }
        self.groups_of(&component)
    }

    /// All groups.
    pub fn groups(&self) -> Vec<Vec<Rank>> {
        self.groups_of(&self.items.keys().cloned().collect())
    }

    /// The groups of things that nothing outside is joined to.
    fn groups_of(&self, ranks: &BTreeSet<Rank>) -> Vec<Vec<Rank>> {
        let ranks: Vec<&Rank> = ranks.iter().collect();
        let items: Vec<&T> = ranks.iter().filter_map(|r| self.items.get(r)).collect();
        let place = |rank: &Rank| ranks.binary_search(&rank).ok().map(|at| at as u32);
        let mut alike = Vec::new();
        for (second, at) in ranks.iter().zip(0..) {
            let before = self.compared.get(*second).into_iter().flat_map(|c| c.range::<Rank, _>(..*second));
            let before = before.filter(|(_, (likeness, _))| *likeness >= T::ENOUGH);
            alike.extend(before.filter_map(|(first, (likeness, _))| Some(Alike { first: place(first)?, second: at, likeness: *likeness })));
        }
        let places = |pairs: &BTreeSet<(Rank, Rank)>| pairs.iter().filter_map(|(a, b)| Some((place(a)?, place(b)?))).collect();
        let fixed = Fixed { together: places(&self.together), apart: places(&self.apart) };
        let groups = group(&items, &alike, &fixed);
        let mut out: BTreeMap<u32, Vec<Rank>> = BTreeMap::new();
        for (rank, first) in ranks.into_iter().zip(groups.first) {
            out.entry(first).or_default().push(rank.clone());
        }
        out.into_values().collect()
    }

    /// The things of a block just before and just after a rank.
    fn around(&self, key: u64, rank: &Rank) -> (Vec<Rank>, Vec<Rank>) {
        let Some(block) = self.blocks.get(&key) else { return (Vec::new(), Vec::new()) };
        let before = block.range::<Rank, _>(..rank).rev().take(NEIGHBOURS).cloned().collect();
        (before, block.range::<Rank, _>(rank..).take(NEIGHBOURS).cloned().collect())
    }

    /// The pairs that are exactly as far from each other that a thing between them decides whether they are compared.
    fn pairs_over(&mut self, before: &[Rank], after: &[Rank], change: fn(&mut Self, &Rank, &Rank)) {
        for (left, first) in before.iter().enumerate() {
            if let Some(second) = (NEIGHBOURS - 1).checked_sub(left).and_then(|right| after.get(right)) {
                change(self, first, second);
            }
        }
    }

    /// One block more in which two are near.
    fn meet(&mut self, a: &Rank, b: &Rank) {
        if let Some((_, times)) = self.compared.get_mut(a).and_then(|c| c.get_mut(b)) {
            *times += 1;
            let times = *times;
            self.set(b, a, times);
            return;
        }
        let (Some(x), Some(y)) = (self.items.get(a), self.items.get(b)) else { return };
        let likeness = x.likeness(y);
        self.compared.entry(a.clone()).or_default().insert(b.clone(), (likeness, 1));
        self.compared.entry(b.clone()).or_default().insert(a.clone(), (likeness, 1));
        self.touched.extend([a.clone(), b.clone()]);
    }

    /// One block fewer.
    fn part(&mut self, a: &Rank, b: &Rank) {
        let Some((_, times)) = self.compared.get(a).and_then(|c| c.get(b)) else { return };
        let times = times - 1;
        self.set(a, b, times);
        self.set(b, a, times);
    }

    fn set(&mut self, a: &Rank, b: &Rank, times: u32) {
        let Some(with) = self.compared.get_mut(a) else { return };
        if times > 0 {
            if let Some(entry) = with.get_mut(b) {
                entry.1 = times;
            }
            return;
        }
        with.remove(b);
        if with.is_empty() {
            self.compared.remove(a);
        }
        self.touched.insert(a.clone());
    }
}

fn pair(a: &Rank, b: &Rank) -> (Rank, Rank) {
    (a.min(b).clone(), a.max(b).clone())
}

fn distinct<T: Comparable>(item: &T) -> BTreeSet<u64> {
    item.keys().into_iter().collect()
}
