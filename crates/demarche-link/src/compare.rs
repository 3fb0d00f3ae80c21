//! What is compared with what: blocks of things with a key in common, in an order of their own.
//!
//! Within a block, each thing is compared with the [`NEIGHBOURS`] before it. Which pairs are compared is thus a function of the set of things alone, whatever the
//! order in which they arrived, and their number grows with the number of things, not with its square.

/// How many things before it, in the order of a block, a thing is compared with.
pub const NEIGHBOURS: usize = 8;

/// How alike two things are, in ten-thousandths: whole numbers add up to the same sum in any order.
pub type Likeness = i32;

/// The likeness of things that are the same.
pub const SAME: Likeness = 10_000;

/// Something that can be the same as another of its kind.
pub trait Comparable {
    /// From this likeness on, two are taken to be the same.
    const ENOUGH: Likeness;

    /// What two must share to be compared at all: some dozens of hashes. Equal things give equal keys in every version of this crate.
    fn keys(&self) -> Vec<u64>;

    /// How alike the two are, 0 to [`SAME`]. Symmetric.
    fn likeness(&self, other: &Self) -> Likeness;
}

impl<T: Comparable> Comparable for &T {
    const ENOUGH: Likeness = T::ENOUGH;

    fn keys(&self) -> Vec<u64> {
        (*self).keys()
    }

    fn likeness(&self, other: &Self) -> Likeness {
        (*self).likeness(other)
    }
}

/// Two things that were compared and are alike enough: places in the caller's list, the earlier first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alike {
    /// The earlier.
    pub first: u32,
    /// The later.
    pub second: u32,
    /// How alike they are.
    pub likeness: Likeness,
}

/// Compares what shares a key: the pairs that are alike enough, sorted. `items` stand in their own order (for instance by day, then id). O(n log n) for n keys.
pub fn compare<T: Comparable>(items: &[T]) -> Vec<Alike> {
    let mut entries: Vec<(u64, u32)> = Vec::new();
    let mut counts: Vec<u32> = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let mut keys = item.keys();
        keys.sort_unstable();
        keys.dedup();
        counts.push(keys.len() as u32);
        entries.extend(keys.into_iter().map(|key| (key, at as u32)));
    }
    entries.sort_unstable();
    // Where each item's keys stand in the sorted list, so that an item's neighbours in all its blocks are collected, and compared once.
    let mut starts: Vec<u32> = Vec::with_capacity(items.len() + 1);
    let mut total = 0;
    for count in &counts {
        starts.push(total);
        total += count;
    }
    let mut next = starts.clone();
    starts.push(total);
    let mut places = vec![0u32; entries.len()];
    for (place, &(_, item)) in entries.iter().enumerate() {
        places[next[item as usize] as usize] = place as u32;
        next[item as usize] += 1;
    }
    let mut alike = Vec::new();
    let mut near: Vec<u32> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        near.clear();
        for &place in &places[starts[at] as usize..starts[at + 1] as usize] {
            let key = entries[place as usize].0;
            let before = entries[..place as usize].iter().rev().take(NEIGHBOURS).take_while(|e| e.0 == key);
            near.extend(before.map(|e| e.1));
        }
        near.sort_unstable();
        near.dedup();
        for &earlier in &near {
            let likeness = items[earlier as usize].likeness(item);
            if likeness >= T::ENOUGH {
                alike.push(Alike { first: earlier, second: at as u32, likeness });
            }
        }
    }
    alike.sort_unstable();
    alike
}
