//! Finding components by name, as OWM does: any case, runs of blanks as one; but the very same spelling first.
//!
//! A table of numbers sorted once: maps with texts as keys took most of the time of reading a large map.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::owm::lower::Draft;
use crate::model::{folded_name, ComponentId};
use crate::order;

/// Where each name leads.
#[derive(Default)]
pub(super) struct Names {
    /// Hash of the folded name and number of the draft; of one hash in order of preference: at the top level before a
    /// variant before a hidden one, then in the order of the text.
    table: Vec<(u64, u32)>,
    /// Folded names of more than one component; there the plan of ids decides, where there is one.
    pub(super) ambiguous: BTreeSet<String>,
    pub(super) by_id: BTreeMap<ComponentId, usize>,
}

impl Names {
    /// The index of these components, and pairs of the same name: the second and the first.
    pub(super) fn new(drafts: &[Draft]) -> (Self, Vec<(usize, usize)>) {
        let mut order: Vec<(u64, bool, bool, u32)> = drafts
            .iter()
            .zip(0u32..)
            .map(|(draft, index)| {
                (folded_hash(&draft.component.name), draft.component.hidden, draft.block.is_some(), index)
            })
            .collect();
        order.sort_unstable();
        let table = order.into_iter().map(|(hash, _, _, index)| (hash, index)).collect();
        let mut names = Self { table, ..Self::default() };
        let twice = names.find_doubles(drafts);
        (names, twice)
    }

    fn find_doubles(&mut self, drafts: &[Draft]) -> Vec<(usize, usize)> {
        let name = |index: u32| drafts.get(index as usize).map_or("", |d| d.component.name.as_str());
        let mut twice = Vec::new();
        for group in self.table.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            let mut first: BTreeMap<String, u32> = BTreeMap::new();
            for (_, index) in group {
                let folded = folded_name(name(*index));
                match first.get(&folded) {
                    Some(earlier) => {
                        self.ambiguous.insert(folded);
                        twice.push((*index as usize, *earlier as usize));
                    }
                    None => {
                        first.insert(folded, *index);
                    }
                }
            }
        }
        if !twice.is_empty() {
            self.by_id = order::map(drafts.iter().enumerate().map(|(index, draft)| (draft.id, index)));
        }
        twice.sort_unstable();
        twice
    }

    /// The component of this name.
    pub(super) fn find(&self, name: &str, drafts: &[Draft]) -> Option<usize> {
        let hash = folded_hash(name);
        let first = self.table.partition_point(|(h, _)| *h < hash);
        let candidates =
            self.table.get(first..)?.iter().take_while(|(h, _)| *h == hash).map(|(_, index)| *index as usize);
        let mut folded: Option<String> = None;
        let mut alike = None;
        for index in candidates {
            let found = drafts.get(index)?;
            if found.component.name == name {
                return Some(index);
            }
            if alike.is_none() {
                let wanted = folded.get_or_insert_with(|| folded_name(name));
                alike = (folded_name(&found.component.name) == *wanted).then_some(index);
            }
        }
        alike
    }
}

/// FNV-1a over the letters of [`folded_name`], without making the text.
pub(in crate::format::owm) fn folded_hash(name: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut mix = |letter: u32| hash = (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3);
    let (mut any, mut gap) = (false, false);
    for c in name.chars() {
        if c.is_whitespace() {
            gap = any;
            continue;
        }
        if gap {
            mix(u32::from(' '));
        }
        (any, gap) = (true, false);
        if c.is_ascii() {
            mix(u32::from(c.to_ascii_lowercase()));
        } else {
            c.to_lowercase().for_each(|lower| mix(u32::from(lower)));
        }
    }
    hash
}
