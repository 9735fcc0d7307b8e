//! Takes values out of JSON objects one by one: what has another type or an unknown name is kept and reported, what is
//! out of range is moved into it, and nothing stops the rest from being read.
//!
//! Knows no record; the tables in `records` do.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diag::{Place, Severity};
use crate::format::json::cell::Cell;
use crate::format::json::range::Within;
use crate::format::json::writer::{push_step, value_text, LEFT_OVER};
use crate::format::report::Report;
use crate::id::Id;
use crate::model::Extra;

/// A JSON object; `serde_json` keeps its names sorted.
pub(super) type Members = serde_json::Map<String, Value>;

/// Most characters of any text; longer ones are cut.
pub(super) const MAX_TEXT_LENGTH: usize = 100_000;

/// New ids for records whose own could not be used, by section and the text that stood there.
#[derive(Debug, Default)]
pub(super) struct IdTable {
    /// Section and unusable text to new id.
    pub(super) aliases: BTreeMap<(&'static str, String), Id<()>>,
}

/// Where we are and what has been said and kept so far.
pub(super) struct Reader<'r> {
    pub(super) report: &'r mut Report,
    pub(super) ids: &'r IdTable,
    /// JSON pointer from the top of the file, for diagnostics.
    place: String,
    /// Kept for the record being read, by JSON pointer from it.
    kept: Extra,
    kept_at: String,
}

impl<'r> Reader<'r> {
    pub(super) fn new(report: &'r mut Report, ids: &'r IdTable, place: &str) -> Self {
        Self { report, ids, place: place.to_owned(), kept: Extra::new(), kept_at: String::new() }
    }

    /// Reports something at the present place.
    pub(super) fn say<M: Into<String>>(&mut self, code: &'static str, message: impl FnOnce() -> M) {
        let place = &self.place;
        self.report.add(Severity::Warning, code, || Place::Json(place.clone()), message);
    }

    /// Reads what `body` reads one step deeper; `kept_step` is the step in the written file.
    pub(super) fn below<T>(&mut self, step: &str, kept_step: &str, body: impl FnOnce(&mut Self) -> T) -> T {
        let lengths = (self.place.len(), self.kept_at.len());
        self.place.push('/');
        // The step is escaped the same way, so append it behind the slash by hand.
        let mut escaped = String::new();
        push_step(&mut escaped, step);
        self.place.push_str(&escaped);
        push_step(&mut self.kept_at, kept_step);
        let result = body(self);
        self.place.truncate(lengths.0);
        self.kept_at.truncate(lengths.1);
        result
    }

    /// Reads a record that has its own `extra`; gives back what was kept for it.
    pub(super) fn record(&mut self, body: impl FnOnce(&mut Self)) -> Extra {
        let outer = (std::mem::take(&mut self.kept), std::mem::take(&mut self.kept_at));
        body(self);
        let kept = std::mem::replace(&mut self.kept, outer.0);
        self.kept_at = outer.1;
        kept
    }

    /// Keeps a value for the present place.
    pub(super) fn keep(&mut self, value: &Value) {
        self.kept.insert(self.kept_at.clone(), value_text(value));
    }

    /// Drops what was kept for a member that got another value after all.
    pub(super) fn forget(&mut self, name: &str) {
        self.below(name, name, |reader| reader.kept.remove(&reader.kept_at));
    }

    /// Reads the member `name` into `slot`; false when it is not there.
    pub(super) fn member<T: Cell>(&mut self, members: &mut Members, name: &str, slot: &mut T) -> bool {
        let Some(mut value) = members.remove(name) else { return false };
        if value.is_null() {
            return false;
        }
        self.below(name, name, |reader| match T::take(&mut value, reader) {
            Some(content) => *slot = content,
            None => {
                reader.keep(&value);
                reader.say("json-unreadable-value", || {
                    format!("{} is not understood here; it was set aside.", brief(&value))
                });
            }
        });
        true
    }

    /// The same for a number, which is then moved into its range.
    pub(super) fn member_within<T: Cell + Within>(
        &mut self,
        members: &mut Members,
        name: &str,
        slot: &mut T,
        range: std::ops::RangeInclusive<f64>,
    ) -> bool {
        let there = self.member(members, name, slot);
        if there && slot.move_within(*range.start(), *range.end()) {
            self.below(name, name, |reader| {
                reader.say("json-out-of-range", || match *range.end() {
                    f64::MAX => format!("A number was below {} and was moved to it.", range.start()),
                    end => format!("A number was outside {} to {end} and was moved to the nearest end.", range.start()),
                });
            });
        }
        there
    }

    /// Notes that a member that every such record has is missing.
    pub(super) fn missing(&mut self, name: &str) {
        self.say("json-missing", || format!("“{name}” is missing; the usual value was taken."));
    }

    /// Reads the list `name` with `body`; anything else there is kept.
    pub(super) fn section(&mut self, members: &mut Members, name: &str, body: impl FnOnce(&mut [Value], &mut Self)) {
        match members.remove(name) {
            None | Some(Value::Null) => {}
            Some(Value::Array(mut elements)) => self.below(name, name, |reader| body(&mut elements, reader)),
            Some(other) => self.below(name, name, |reader| {
                reader.keep(&other);
                reader.say("json-unreadable-section", || format!("{} is no list; it was set aside.", brief(&other)));
            }),
        }
    }

    /// Keeps what is left of an object: fields of a newer version.
    pub(super) fn keep_rest(&mut self, members: &mut Members) {
        for (name, value) in std::mem::take(members) {
            self.below(&name, &name, |reader| reader.keep(&value));
        }
    }

    /// Reads each element of a list with `take`; those that cannot be read are kept behind the others.
    pub(super) fn elements<T>(
        &mut self,
        elements: &mut [Value],
        mut take: impl FnMut(&mut Value, &mut Self) -> Option<T>,
    ) -> Vec<T> {
        let mut taken = Vec::with_capacity(elements.len());
        let mut left_over = Vec::new();
        for (index, value) in elements.iter_mut().enumerate() {
            let kept_step = taken.len().to_string();
            match self.below(&index.to_string(), &kept_step, |reader| take(value, reader)) {
                Some(element) => taken.push(element),
                None => {
                    self.say("json-unreadable-element", || {
                        format!("{} is not understood here; it was set aside.", brief(value))
                    });
                    left_over.push(value.take());
                }
            }
        }
        if !left_over.is_empty() {
            self.below(LEFT_OVER, LEFT_OVER, |reader| reader.keep(&Value::Array(left_over)));
        }
        taken
    }
}

/// The first characters of a value, for a sentence.
fn brief(value: &Value) -> String {
    let text = value_text(value);
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
