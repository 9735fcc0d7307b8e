//! Which versions of a document are taken, and which are kept when there are many.
//!
//! Knows only when and why each was kept.

use crate::app::kept::head::{Head, Why};

/// Time of work between two versions, milliseconds.
pub const EVERY_MS: f64 = 5.0 * 60.0 * 1_000.0;
/// Versions that are kept of a document at least, when there were that many.
pub const LEAST: usize = 24;
/// Versions that are kept of a document at most.
pub const MOST: usize = 48;
/// A deletion of this many elements is big.
const BIG_DELETION: usize = 5;

/// Whether a version is due by time: `last_ms` is when the last one was kept or the document was opened.
pub fn due(now_ms: f64, last_ms: f64) -> bool {
    // A clock that was put back must not stop versions for hours.
    now_ms - last_ms >= EVERY_MS || now_ms < last_ms
}

/// Whether deleting so many of all elements is worth a version before it.
pub fn is_big_deletion(deleted: usize, of: usize) -> bool {
    deleted >= BIG_DELETION || (deleted >= 2 && deleted * 4 >= of)
}

/// Keys of the versions to give up so that at most `most` are left. Of those kept by the clock the one goes whose
/// neighbours in time are nearest, counted in shares of its age, so that the last hour stays dense and older weeks
/// stay covered; landmarks go only when nothing else is left. The newest and the oldest stay as long as possible.
pub fn surplus(versions: &[Head], most: usize) -> Vec<String> {
    let mut left: Vec<&Head> = versions.iter().filter(|head| head.why != Why::Now).collect();
    crate::order::sort_by(&mut left, |a, b| a.at_ms.total_cmp(&b.at_ms));
    let newest = left.last().map_or(0.0, |head| head.at_ms);
    let mut gone = Vec::new();
    while left.len() > most.max(1) {
        let middle = || 1..left.len().saturating_sub(1);
        let gap = |index: usize| {
            let at = |index: usize| left.get(index).map_or(0.0, |head| head.at_ms);
            let age = (newest - at(index)).max(1.0);
            (at(index + 1) - at(index.saturating_sub(1))) / age
        };
        let closest = |landmarks: bool| {
            middle()
                .filter(|index| left.get(*index).is_some_and(|head| head.why.is_landmark() == landmarks))
                .min_by(|a, b| gap(*a).total_cmp(&gap(*b)))
        };
        let index = closest(false).or_else(|| closest(true)).unwrap_or(0);
        gone.push(left.remove(index).key.clone());
    }
    gone
}
