//! Sorting and gathering with little code: one routine for all types, where the standard library makes a copy of
//! several kilobytes for each. In a program that is sent over a network that adds up to an eighth of the whole.
//!
//! Knows nothing of what is sorted. Slower than the standard sort by a small factor: loops that sort thousands of
//! times (simulations, placing of names) use `sort_unstable_by`.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Runs of this length are sorted by insertion before they are merged.
const RUN: usize = 12;

/// Sorts; equals keep their order.
pub fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted(list.len(), &|a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    arrange(order, &mut |a, b| list.swap(a, b));
}

/// Sorts by a key; equals keep their order.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Sorts; equals keep their order.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, T::cmp);
}

/// A map of pairs; of pairs with the same key the last counts.
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in pairs {
        map.insert(key, value);
    }
    map
}

/// A set.
pub fn set<T: Ord>(values: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for value in values {
        set.insert(value);
    }
    set
}

/// The numbers below `len` in the order that `compare` asks for; equals from small to large.
fn sorted(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    if (1..len).all(|i| compare(i - 1, i) != Ordering::Greater) {
        return order;
    }
    for run in order.chunks_mut(RUN) {
        for end in 1..run.len() {
            let mut at = end;
            while let Some([before, this]) = run.get(at - 1..=at) {
                if compare(*before, *this) != Ordering::Greater {
                    break;
                }
                run.swap(at - 1, at);
                at -= 1;
                if at == 0 {
                    break;
                }
            }
        }
    }
    let mut merged = Vec::with_capacity(len);
    let mut width = RUN;
    while width < len {
        merged.clear();
        for pair in order.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some((a, left_rest)), Some((b, right_rest))) = (left.split_first(), right.split_first()) {
                if compare(*a, *b) == Ordering::Greater {
                    merged.push(*b);
                    right = right_rest;
                } else {
                    merged.push(*a);
                    left = left_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        width *= 2;
    }
    order
}

/// Brings what stands at `order[i]` to `i`, by swapping along the cycles.
fn arrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for first in 0..order.len() {
        let mut at = first;
        while let Some(next) = order.get(at).copied() {
            if let Some(place) = order.get_mut(at) {
                *place = at;
            }
            if next == first || next == at {
                break;
            }
            swap(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::order;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(list in prop::collection::vec((0u8..20, 0u16..2000), 0..200)) {
            let (mut ours, mut theirs) = (list.clone(), list.clone());
            order::sort_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&ours, &theirs);
            order::sort(&mut ours);
            theirs.sort();
            prop_assert_eq!(&ours, &theirs);
            prop_assert_eq!(order::map(list.clone()), list.iter().copied().collect());
            prop_assert_eq!(order::set(list.clone()), list.into_iter().collect());
        }
    }
}
