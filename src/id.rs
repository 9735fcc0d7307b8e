//! Identifiers of records: short texts packed into a number, one type per kind of record.
//!
//! Up to twelve characters of `a–z 0–9 _ -` fit losslessly into 64 bits, so an id is a plain `Copy` number in
//! memory and a readable text in a file ("kettle", "c0042"). Ids sort as their texts do. No randomness here:
//! [`IdSource`] is seeded by its caller.

use std::fmt;
use std::marker::PhantomData;

/// Most characters an id may have.
pub const MAX_ID_LENGTH: usize = 12;

/// 0 ends the text, so shorter ids sort before their extensions.
const ALPHABET: &[u8; 38] = b"-0123456789_abcdefghijklmnopqrstuvwxyz";
const BASE: u64 = 39;

/// Identifier of a record of kind `K`; stable over edits and files.
pub struct Id<K> {
    packed: u64,
    kind: PhantomData<fn() -> K>,
}

/// Why a text cannot be an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text is empty.
    #[error("an id cannot be empty")]
    Empty,
    /// The text has more than [`MAX_ID_LENGTH`] characters.
    #[error("an id has at most {MAX_ID_LENGTH} characters")]
    TooLong,
    /// The text holds a character outside `a–z 0–9 _ -`.
    #[error("an id has only the characters a-z, 0-9, _ and -, not {0:?}")]
    BadCharacter(char),
}

impl<K> Id<K> {
    /// The id written as `text`.
    ///
    /// # Errors
    /// [`IdError`] when the text is empty, too long or holds other characters.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        let mut packed = 0u64;
        let mut length = 0;
        for character in text.chars() {
            length += 1;
            if length > MAX_ID_LENGTH {
                return Err(IdError::TooLong);
            }
            let digit = u8::try_from(character)
                .ok()
                .and_then(|byte| ALPHABET.iter().position(|a| *a == byte))
                .ok_or(IdError::BadCharacter(character))?;
            packed = packed * BASE + digit as u64 + 1;
        }
        for _ in length..MAX_ID_LENGTH {
            packed *= BASE;
        }
        Ok(Self::from_packed(packed))
    }

    /// The `number`th id with this one-letter prefix, as importers give them out: `c0001`, `c0002`, …
    /// A prefix outside `a..=z` becomes `x`.
    pub fn numbered(prefix: char, number: u64) -> Self {
        let prefix = if prefix.is_ascii_lowercase() { prefix } else { 'x' };
        let number = number % 100_000_000_000;
        // Always within the alphabet and the length, so the fallback never runs.
        Self::parse(&format!("{prefix}{number:04}")).unwrap_or(Self::from_packed(1))
    }

    const fn from_packed(packed: u64) -> Self {
        Self { packed, kind: PhantomData }
    }

    /// The number behind the id, for hashing and seeding.
    pub const fn packed(self) -> u64 {
        self.packed
    }

    /// The same text as an id of another kind.
    pub const fn cast<L>(self) -> Id<L> {
        Id::from_packed(self.packed)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.packed;
        let mut digits = [0u8; MAX_ID_LENGTH];
        for slot in digits.iter_mut().rev() {
            *slot = (rest % BASE) as u8;
            rest /= BASE;
        }
        for digit in digits.into_iter().take_while(|d| *d > 0) {
            let character = ALPHABET.get(usize::from(digit) - 1).copied().unwrap_or(b'-');
            write!(f, "{}", char::from(character))?;
        }
        Ok(())
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<K> Default for Id<K> {
    /// The empty id, which no record ever has.
    fn default() -> Self {
        Self::from_packed(0)
    }
}
// Written by hand because `derive` would demand the same of the kind.
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.packed == other.packed
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.packed.cmp(&other.packed)
    }
}

/// Gives out ids that differ between people who work on copies of the same file:
/// each session is seeded differently by the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdSource {
    seed: u64,
    counter: u64,
}

impl IdSource {
    /// A source with this seed; the same seed gives the same ids.
    pub const fn new(seed: u64) -> Self {
        Self { seed, counter: 0 }
    }

    /// The next id: the prefix and eight base-32 characters. The caller checks that it is free in the document.
    pub fn next<K>(&mut self, prefix: char) -> Id<K> {
        const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        self.counter = self.counter.wrapping_add(1);
        let mut bits = split_mix(self.seed ^ self.counter.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut text = String::with_capacity(9);
        text.push(if prefix.is_ascii_lowercase() { prefix } else { 'x' });
        for _ in 0..8 {
            text.push(SIGNS.get((bits & 31) as usize).map_or('0', |b| char::from(*b)));
            bits >>= 5;
        }
        Id::parse(&text).unwrap_or(Id::from_packed(1))
    }
}

/// The mixing step of SplitMix64 (Steele, Lea, Flood 2014).
fn split_mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::id::*;

    struct Any;

    proptest! {
        #[test]
        fn text_survives_packing(text in "[a-z0-9_-]{1,12}") {
            prop_assert_eq!(Id::<Any>::parse(&text).unwrap().to_string(), text);
        }

        #[test]
        fn ids_sort_as_their_texts(a in "[a-z0-9_-]{1,12}", b in "[a-z0-9_-]{1,12}") {
            let order = Id::<Any>::parse(&a).unwrap().cmp(&Id::<Any>::parse(&b).unwrap());
            prop_assert_eq!(order, a.cmp(&b));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        assert_eq!(Id::<Any>::parse(""), Err(IdError::Empty));
        assert_eq!(Id::<Any>::parse("abcdefghijklm"), Err(IdError::TooLong));
        assert_eq!(Id::<Any>::parse("Tea"), Err(IdError::BadCharacter('T')));
    }

    #[test]
    fn sessions_do_not_share_ids() {
        let mut a = IdSource::new(1);
        let mut b = IdSource::new(2);
        let ids: std::collections::BTreeSet<Id<Any>> = (0..2000).flat_map(|_| [a.next('c'), b.next('c')]).collect();
        assert_eq!(ids.len(), 4000);
    }
}
