//! From a component's id to its dense number, in a few nanoseconds.
//!
//! A fixed open-addressing table over the packed ids: the standard hash map seeds itself at random, which a function of
//! its arguments must not, and a binary search costs five times as much in the loops over links.

use crate::model::ComponentId;

/// Marks an empty slot.
const EMPTY: u32 = u32::MAX;
/// Longest walk along the table; ids made to collide are found by binary search instead.
const LONGEST_WALK: usize = 24;

/// Dense numbers of a sorted list of ids.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct IdIndex {
    ids: Vec<ComponentId>,
    slots: Vec<u32>,
    shift: u32,
}

impl IdIndex {
    /// An index of these ids, each numbered by its place.
    pub(crate) fn new(ids: Vec<ComponentId>) -> Self {
        // At most half full, so a search looks at two slots on average.
        let bits = (ids.len().max(1) * 2).next_power_of_two().trailing_zeros();
        let mut index = Self { slots: vec![EMPTY; 1 << bits], shift: 64 - bits, ids };
        for (number, id) in (0u32..).zip(&index.ids) {
            let mut at = start(*id, index.shift);
            for _ in 0..LONGEST_WALK {
                match index.slots.get_mut(at) {
                    Some(slot) if *slot == EMPTY => {
                        *slot = number;
                        break;
                    }
                    _ => at = (at + 1) & (index.slots.len() - 1),
                }
            }
        }
        index
    }

    /// The ids, by number.
    pub(crate) fn ids(&self) -> &[ComponentId] {
        &self.ids
    }

    /// The number of an id.
    pub(crate) fn get(&self, id: ComponentId) -> Option<usize> {
        let mut at = start(id, self.shift);
        for _ in 0..LONGEST_WALK {
            let number = *self.slots.get(at)?;
            if number == EMPTY {
                return None;
            }
            if self.ids.get(number as usize) == Some(&id) {
                return Some(number as usize);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.ids.binary_search(&id).ok()
    }
}

/// Fibonacci hashing (Knuth, volume 3, 6.4): the top bits of the product are well mixed.
fn start(id: ComponentId, shift: u32) -> usize {
    (id.packed().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::analysis::index::*;
    use crate::id::Id;

    proptest! {
        #[test]
        fn every_id_is_found_and_no_other(numbers in prop::collection::btree_set(0..3000u64, 0..200)) {
            let ids: Vec<ComponentId> = numbers.iter().map(|n| Id::numbered('c', *n)).collect();
            let index = IdIndex::new(ids.clone());
            for n in 0..3000 {
                let id = Id::numbered('c', n);
                prop_assert_eq!(index.get(id), ids.iter().position(|i| *i == id));
            }
        }
    }
}
