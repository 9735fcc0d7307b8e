//! A long list that is cheap to copy: chunks are shared until one of them is changed.
//!
//! Knows nothing of what is in it.

use std::rc::Rc;

/// Entries in a chunk.
const CHUNK: usize = 256;

/// A list of values by number.
#[derive(Debug, Clone)]
pub(crate) struct Chunked<T> {
    chunks: Vec<Rc<[T]>>,
    len: usize,
    filler: T,
}

impl<T: Clone> Chunked<T> {
    /// `len` copies of `filler`, which also fills what is not used yet.
    pub(crate) fn new(len: usize, filler: T) -> Self {
        let chunk: Rc<[T]> = vec![filler.clone(); CHUNK].into();
        Self { chunks: vec![chunk; len.div_ceil(CHUNK)], len, filler }
    }

    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The entry with this number.
    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    /// The entry with this number, to be changed.
    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        Rc::make_mut(self.chunks.get_mut(index / CHUNK)?).get_mut(index % CHUNK)
    }

    /// Adds an entry and returns its number.
    pub(crate) fn push(&mut self, value: T) -> usize {
        let index = self.len;
        if index / CHUNK >= self.chunks.len() {
            self.chunks.push(vec![self.filler.clone(); CHUNK].into());
        }
        self.len += 1;
        if let Some(place) = self.get_mut(index) {
            *place = value;
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use crate::scene::chunked::*;

    #[test]
    fn a_copy_is_not_changed_with_the_original() {
        let mut list = Chunked::new(0, 0);
        for number in 0..1_000 {
            assert_eq!(list.push(number), number);
        }
        let copy = list.clone();
        *list.get_mut(700).unwrap() = -1isize as usize;
        assert_eq!((copy.get(700), list.get(700), list.get(701)), (Some(&700), Some(&usize::MAX), Some(&701)));
        assert_eq!(copy.len(), 1_000);
        let shared = (0..4).filter(|i| Rc::ptr_eq(&copy.chunks[*i], &list.chunks[*i])).count();
        assert_eq!(shared, 3);
    }
}
