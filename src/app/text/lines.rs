//! Lines of two and three texts compared: line breaks kept, two people's edits of one text worked together, places
//! carried over from one text to the next.
//!
//! Knows no grammar and no map.

use std::borrow::Cow;
use std::ops::Range;

/// Most pairs of differing lines that are compared; beyond, the whole stretch counts as one change.
const MOST_PAIRS: usize = 1_000_000;

/// Lines of the first text that became lines of the second.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hunk {
    old: Range<usize>,
    new: Range<usize>,
}

/// Text fields know one line break only.
pub(super) fn with_plain_breaks(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Lines with their breaks, whatever these are.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).map_or(rest.len(), |at| {
            let crlf = rest.get(at..at + 2) == Some("\r\n");
            at + if crlf { 2 } else { 1 }
        });
        let (line, behind) = rest.split_at(end);
        lines.push(line);
        rest = behind;
    }
    lines
}

fn body(line: &str) -> &str {
    line.trim_end_matches(['\n', '\r'])
}

/// How many lines at the beginning and at the end are the same.
fn same_ends<'l>(old: &[&'l str], new: &[&'l str], same: impl Fn(&str, &str) -> bool) -> (usize, usize) {
    let head = old.iter().zip(new).take_while(|(a, b)| same(a, b)).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| same(a, b)).count();
    (head, tail)
}

/// What was typed in a field that showed `original` with plain breaks, with the breaks of `original`: each line that
/// stayed has its own, new ones have the first line's.
pub(super) fn with_breaks_of(original: &str, typed: &str) -> String {
    if !original.contains('\r') {
        return typed.to_owned();
    }
    let (old, new) = (lines(original), lines(typed));
    let usual = old.first().map_or("\n", |line| line.get(body(line).len()..).filter(|s| !s.is_empty()).unwrap_or("\n"));
    let mut text = String::with_capacity(typed.len() + new.len());
    let hunks = changes(&old, &new, |a, b| body(a) == body(b));
    let mut hunks = hunks.iter().peekable();
    // How far the numbers of lines are apart at this place.
    let mut at_old = 0;
    for (number, line) in new.iter().enumerate() {
        while let Some(hunk) = hunks.peek().filter(|hunk| hunk.new.end <= number) {
            at_old = hunk.old.end + (number - hunk.new.end);
            hunks.next();
        }
        let changed = hunks.peek().is_some_and(|hunk| hunk.new.contains(&number));
        let own = old.get(at_old).filter(|_| !changed).map(|old| old.get(body(old).len()..).unwrap_or(""));
        text.push_str(body(line));
        if line.len() > body(line).len() {
            text.push_str(own.filter(|own| !own.is_empty()).unwrap_or(usual));
        }
        if !changed {
            at_old += 1;
        }
    }
    text
}

/// The stretches of lines in which two texts differ, in order.
fn changes(old: &[&str], new: &[&str], same: impl Fn(&str, &str) -> bool + Copy) -> Vec<Hunk> {
    let (head, tail) = same_ends(old, new, same);
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let a = old.get(head..old_end).unwrap_or_default();
    let b = new.get(head..new_end).unwrap_or_default();
    if a.is_empty() && b.is_empty() {
        return Vec::new();
    }
    if a.is_empty() || b.is_empty() || a.len().saturating_mul(b.len()) > MOST_PAIRS {
        return vec![Hunk { old: head..old_end, new: head..new_end }];
    }
    // Longest common subsequence of what lies from here to the end, row by row.
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    let get = |table: &[u32], row: usize, column: usize| table.get(row * width + column).copied().unwrap_or(0);
    for (row, x) in a.iter().enumerate().rev() {
        for (column, y) in b.iter().enumerate().rev() {
            let value = if same(x, y) {
                get(&longest, row + 1, column + 1) + 1
            } else {
                get(&longest, row + 1, column).max(get(&longest, row, column + 1))
            };
            if let Some(slot) = longest.get_mut(row * width + column) {
                *slot = value;
            }
        }
    }
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let both = a.get(i).zip(b.get(j));
        if both.is_some_and(|(x, y)| same(x, y)) {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (from_old, from_new) = (head + i, head + j);
        if j >= b.len() || (i < a.len() && get(&longest, i + 1, j) >= get(&longest, i, j + 1)) {
            i += 1;
        } else {
            j += 1;
        }
        match hunks.last_mut() {
            Some(last) if last.old.end == from_old && last.new.end == from_new => {
                (last.old.end, last.new.end) = (head + i, head + j);
            }
            _ => hunks.push(Hunk { old: from_old..head + i, new: from_new..head + j }),
        }
    }
    hunks
}

/// What somebody typed over `base`, with what became of `base` elsewhere worked in. Where both changed the same lines
/// the typed ones stay; lines that were added elsewhere are never left out.
pub(super) fn merged(base: &str, typed: &str, elsewhere: &str) -> String {
    let (old, mine, theirs) = (lines(base), lines(typed), lines(elsewhere));
    let same = |a: &str, b: &str| a == b;
    let typed_hunks = changes(&old, &mine, same);
    // (Lines of the base that go, who puts lines there, which lines.)
    let mut edits: Vec<(Range<usize>, u8, &[&str])> = Vec::new();
    for hunk in &typed_hunks {
        edits.push((hunk.old.clone(), 0, mine.get(hunk.new.clone()).unwrap_or_default()));
    }
    for hunk in changes(&old, &theirs, same) {
        let new = theirs.get(hunk.new.clone()).unwrap_or_default();
        let clash = typed_hunks.iter().find(|t| t.old.start < hunk.old.end && hunk.old.start < t.old.end);
        match clash {
            None => edits.push((hunk.old, 1, new)),
            Some(typed) => {
                let added = new.get(hunk.old.len().min(new.len())..).unwrap_or_default();
                edits.push((typed.old.end..typed.old.end, 1, added));
            }
        }
    }
    crate::order::sort_by_key(&mut edits, |(range, who, _)| (range.start, range.end, *who));
    let mut text = String::new();
    let mut at = 0;
    let add = |text: &mut String, lines: &[&str]| {
        for line in lines {
            // A line that was the last one had no break.
            if !text.is_empty() && !text.ends_with(['\n', '\r']) {
                text.push('\n');
            }
            text.push_str(line);
        }
    };
    for (range, _, new) in edits {
        add(&mut text, old.get(at..range.start.max(at)).unwrap_or_default());
        add(&mut text, new);
        at = at.max(range.end);
    }
    add(&mut text, old.get(at..).unwrap_or_default());
    text
}

/// The part in which two texts differ: where it begins, and its end in each.
pub(super) fn difference(old: &str, new: &str) -> (usize, usize, usize) {
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let mut start = same;
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let most = old.len().min(new.len()) - start;
    let mut tail = old.bytes().rev().zip(new.bytes().rev()).take(most).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(old.len() - tail) || !new.is_char_boundary(new.len() - tail) {
        tail -= 1;
    }
    (start, old.len() - tail, new.len() - tail)
}

/// Line and column of a byte, from 0; the column in bytes.
pub(super) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.bytes().filter(|b| *b == b'\n').count(), before.len() - start)
}

/// The byte at or before `at` where a character begins.
pub(super) fn on_character(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn line_breaks_survive_typing_in_a_field_that_knows_one_kind() {
        let original = "title A\r\ncomponent B [0.1, 0.2]\nnote x\r\n";
        let typed = "title A\ncomponent C [0.1, 0.2]\nnew\nnote x\n";
        assert_eq!(with_breaks_of(original, typed), "title A\r\ncomponent C [0.1, 0.2]\r\nnew\r\nnote x\r\n");
        assert_eq!(with_breaks_of(original, &with_plain_breaks(original)), original);
        assert_eq!(with_breaks_of("a\n\r\nb", "a\n\nb"), "a\n\r\nb");
    }

    #[test]
    fn edits_of_two_people_come_together() {
        let base = "a\nb\nc\nd\n";
        assert_eq!(merged(base, "a\nBB\nc\nd\n", "a\nb\nc\nD\ne\n"), "a\nBB\nc\nD\ne\n");
        // Of the same line the typed one stays, what was added behind it too.
        assert_eq!(merged(base, "a\nBB\nc\nd\n", "a\nX\nY\nc\nd\n"), "a\nBB\nY\nc\nd\n");
        assert_eq!(merged("a", "a\nb", "c\na"), "c\na\nb");
        assert_eq!(merged(base, base, "x"), "x");
    }

    #[test]
    fn places_are_counted_from_nought() {
        assert_eq!(line_and_column("ab\ncd", 4), (1, 1));
        assert_eq!(line_and_column("ab\ncd", 99), (1, 2));
        assert_eq!(difference("aXb", "aYYb"), (1, 2, 3));
        assert_eq!(difference("äb", "öb"), (0, 2, 2));
    }

    proptest! {
        #[test]
        fn one_person_alone_gets_their_text(base in "[ab\n]{0,12}", typed in "[ab\n]{0,12}") {
            prop_assert_eq!(merged(&base, &typed, &base), typed.clone());
            prop_assert_eq!(merged(&base, &base, &typed), typed);
        }

        #[test]
        fn breaks_of_an_unchanged_text_come_back(text in "[ab\r\n]{0,16}") {
            prop_assert_eq!(with_breaks_of(&text, &with_plain_breaks(&text)), text);
        }

        #[test]
        fn the_difference_is_all_there_is(old in "[aäb]{0,8}", new in "[aäb]{0,8}") {
            let (start, old_end, new_end) = difference(&old, &new);
            prop_assert_eq!(&old[..start], &new[..start]);
            prop_assert_eq!(&old[old_end..], &new[new_end..]);
        }
    }
}
