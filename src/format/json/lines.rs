//! The lines of a file written before, so that the next draft of a large map needs only the changed ones anew.
//!
//! Knows records by pointer only: a record that is the same object has the same line.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

use crate::id::Id;

/// What was written last.
#[derive(Default)]
pub struct WrittenLines {
    text: String,
    lines: Vec<Line>,
}

struct Line {
    /// Number of the section, then the id: the order in the file.
    place: (usize, Id<()>),
    /// Held, so that no other record can come to lie at the same address.
    record: Rc<dyn Any>,
    from: usize,
    to: usize,
}

impl fmt::Debug for WrittenLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WrittenLines({})", self.lines.len())
    }
}

impl WrittenLines {
    /// Bytes of the text.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }
}

/// Hands out lines written before and remembers where the present ones stand.
pub(super) struct Reuse<'a> {
    before: &'a WrittenLines,
    next: usize,
    section: usize,
    lines: Vec<Line>,
}

impl<'a> Reuse<'a> {
    pub(super) fn of(before: &'a WrittenLines) -> Self {
        Self { before, next: 0, section: 0, lines: Vec::with_capacity(before.lines.len()) }
    }

    pub(super) fn begin_section(&mut self) {
        self.section += 1;
    }

    /// The line of this record, when it was written before. Records are asked for in the order of the file.
    pub(super) fn line(&mut self, id: Id<()>, record: &Rc<dyn Any>) -> Option<&'a str> {
        let place = (self.section, id);
        while self.before.lines.get(self.next).is_some_and(|line| line.place < place) {
            self.next += 1;
        }
        let line = self.before.lines.get(self.next).filter(|line| line.place == place)?;
        if !Rc::ptr_eq(&line.record, record) {
            return None;
        }
        self.before.text.get(line.from..line.to)
    }

    /// Remembers where the line of a record stands, bytes.
    pub(super) fn remember(&mut self, id: Id<()>, record: Rc<dyn Any>, from: usize, to: usize) {
        self.lines.push(Line { place: (self.section, id), record, from, to });
    }

    pub(super) fn finish(self, text: &str) -> WrittenLines {
        WrittenLines { text: text.to_owned(), lines: self.lines }
    }
}
