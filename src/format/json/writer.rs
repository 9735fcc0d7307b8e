//! Appends JSON text: objects whose members are left out when they hold the default, and whose unknown members come
//! back from where reading kept them.
//!
//! Knows no record; the tables in `records` do. What reading could not understand is kept in the `extra` map of the
//! nearest record, under the JSON pointer from that record ("evolve/speed"), so nothing nested needs a map of its own.

use serde_json::Value;

use crate::format::json::cell::Cell;
use crate::format::json::lines::Reuse;
use crate::format::json::sections::{ELEMENT_DEPTH, SECTION_DEPTH};
use crate::model::Extra;

static NOTHING_KEPT: Extra = Extra::new();

/// The name under which elements of a list that could not be read are kept, behind the list's own.
pub(super) const LEFT_OVER: &str = "+";

/// The text so far and what was kept of the record being written.
pub(super) struct Out<'a> {
    pub(super) text: String,
    kept: &'a Extra,
    at: String,
    /// Lines written before, when they are to be used again.
    pub(super) reuse: Option<Reuse<'a>>,
}

impl<'a> Out<'a> {
    pub(super) fn new() -> Self {
        Self { text: String::new(), kept: &NOTHING_KEPT, at: String::new(), reuse: None }
    }

    /// Writes with the kept fields of another record.
    pub(super) fn with_kept(&mut self, kept: &'a Extra, body: impl FnOnce(&mut Self)) {
        let outer = (std::mem::replace(&mut self.kept, kept), std::mem::take(&mut self.at));
        body(self);
        (self.kept, self.at) = outer;
    }

    /// Writes with the pointer one step deeper.
    pub(super) fn below(&mut self, step: &str, body: impl FnOnce(&mut Self)) {
        if self.kept.is_empty() {
            return body(self);
        }
        let length = self.at.len();
        push_step(&mut self.at, step);
        body(self);
        self.at.truncate(length);
    }

    /// `{…}` with the members that `body` writes, each followed by a comma.
    pub(super) fn object(&mut self, body: impl FnOnce(&mut Self)) {
        self.text.push('{');
        body(self);
        self.close('}');
    }

    /// `[…]` with the elements that `body` writes, each followed by a comma.
    pub(super) fn array(&mut self, body: impl FnOnce(&mut Self)) {
        self.text.push('[');
        body(self);
        self.close(']');
    }

    fn close(&mut self, bracket: char) {
        if self.text.ends_with(',') {
            self.text.pop();
        }
        self.text.push(bracket);
    }

    pub(super) fn key(&mut self, name: &str) {
        push_string(&mut self.text, name);
        self.text.push(':');
    }

    /// A member that is left out when it is the default, unless something was kept for its place.
    pub(super) fn member<T: Cell + PartialEq>(&mut self, name: &str, value: &'a T, default: &T, always: bool) {
        self.below(name, |out| {
            if value != default || out.keeps_below() {
                out.key(name);
                value.put(out);
                out.text.push(',');
            } else if out.kept.contains_key(&out.at) {
                out.kept_here(name);
            } else if always {
                out.key(name);
                value.put(out);
                out.text.push(',');
            }
        });
    }

    /// The member kept for this place, if one was.
    pub(super) fn kept_here(&mut self, name: &str) {
        if let Some(raw) = self.kept.get(&self.at) {
            self.key(name);
            push_raw(&mut self.text, raw);
            self.text.push(',');
        }
    }

    /// What `body` writes on a line of its own; no line when it writes nothing.
    pub(super) fn line(&mut self, depth: usize, body: impl FnOnce(&mut Self)) {
        let before = self.text.len();
        self.start_line(depth);
        let start = self.text.len();
        body(self);
        if self.text.len() == start {
            self.text.truncate(before);
        }
    }

    fn start_line(&mut self, depth: usize) {
        self.text.push('\n');
        (0..depth).for_each(|_| self.text.push_str("  "));
    }

    /// Closes an object or list whose content stands on lines of its own.
    pub(super) fn close_on_line(&mut self, depth: usize, bracket: &str) {
        if self.text.ends_with(',') {
            self.text.pop();
        }
        self.start_line(depth);
        self.text.push_str(bracket);
    }

    /// A section of a newer version: its elements on lines of their own, as ours.
    pub(super) fn section_as_it_came(&mut self, name: &str, raw: &str) {
        self.key(name);
        match serde_json::from_str::<Value>(raw) {
            Ok(Value::Array(elements)) if !elements.is_empty() => {
                self.text.push('[');
                for element in elements {
                    self.line(ELEMENT_DEPTH, |out| push_value(&mut out.text, &element));
                    self.text.push(',');
                }
                self.close_on_line(SECTION_DEPTH, "],");
            }
            _ => {
                push_raw(&mut self.text, raw);
                self.text.push(',');
            }
        }
    }

    /// A member that is always written.
    pub(super) fn plain(&mut self, name: &str, value: &'a impl Cell) {
        self.key(name);
        self.below(name, |out| value.put(out));
        self.text.push(',');
    }

    /// Whether something was kept inside the value at this place.
    pub(super) fn keeps_below(&self) -> bool {
        !self.kept.is_empty() && self.kept_below().next().is_some()
    }

    fn kept_below(&self) -> impl Iterator<Item = (&'a str, &'a String)> + use<'a, '_> {
        let prefix = if self.at.is_empty() { String::new() } else { format!("{}/", self.at) };
        let length = prefix.len();
        self.kept
            .range(prefix.clone()..)
            .take_while(move |(key, _)| key.starts_with(&prefix))
            .filter_map(move |(key, raw)| Some((key.get(length..)?, raw)))
    }

    /// Names and texts of the members kept for this object, without those in `known`.
    pub(super) fn kept_names(&self, known: &[&[&str]]) -> Vec<(String, &'a String)> {
        if self.kept.is_empty() {
            return Vec::new();
        }
        self.kept_below()
            .filter(|(step, _)| !step.contains('/'))
            .map(|(step, raw)| (step.replace("~1", "/").replace("~0", "~"), raw))
            .filter(|(name, _)| !known.iter().any(|names| names.contains(&name.as_str())))
            .collect()
    }

    /// Writes those members.
    pub(super) fn kept_members(&mut self, known: &[&[&str]]) {
        for (name, raw) in self.kept_names(known) {
            self.key(&name);
            push_raw(&mut self.text, raw);
            self.text.push(',');
        }
    }

    /// Elements kept for this list because they could not be read, as JSON texts.
    pub(super) fn left_over(&self) -> Vec<Value> {
        if self.kept.is_empty() {
            return Vec::new();
        }
        let mut at = self.at.clone();
        push_step(&mut at, LEFT_OVER);
        self.kept.get(&at).and_then(|raw| serde_json::from_str(raw).ok()).unwrap_or_default()
    }
}

/// Appends a step to a JSON pointer without leading slash.
pub(super) fn push_step(pointer: &mut String, step: &str) {
    if !pointer.is_empty() {
        pointer.push('/');
    }
    for character in step.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// Appends a text in quotes.
pub(super) fn push_string(text: &mut String, content: &str) {
    text.push('"');
    for character in content.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            // Line separators of Unicode would break a line in some editors, and DEL is invisible.
            '\0'..='\x1f' | '\x7f' | '\u{2028}' | '\u{2029}' => {
                let number = character as u32;
                text.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    text.push(char::from_digit((number >> shift) & 15, 16).unwrap_or('0'));
                }
            }
            other => text.push(other),
        }
    }
    text.push('"');
}

/// Appends a number in the shortest form that reads back as the same; what is not finite becomes 0.
pub(super) fn push_number(text: &mut String, number: f64) {
    if number == 0.0 || !number.is_finite() {
        text.push('0');
        return;
    }
    // `{:?}` is the shortest round trip and turns to exponents where digits would run on.
    let digits = format!("{number:?}");
    text.push_str(digits.strip_suffix(".0").unwrap_or(&digits));
}

/// Appends a value on one line, members in order of their names.
pub(super) fn push_value(text: &mut String, value: &Value) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        // Digits as they came, so numbers of any size and precision survive.
        Value::Number(number) => text.push_str(number.as_str()),
        Value::String(content) => push_string(text, content),
        Value::Array(elements) => {
            text.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                push_value(text, element);
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                push_string(text, name);
                text.push(':');
                push_value(text, member);
            }
            text.push('}');
        }
    }
}

/// Appends kept JSON text on one line; what is no JSON after all goes in as a text, so the file stays readable.
pub(super) fn push_raw(text: &mut String, raw: &str) {
    match serde_json::from_str::<Value>(raw) {
        Ok(value) => push_value(text, &value),
        Err(_) => push_string(text, raw),
    }
}

/// The JSON text of a value.
pub(crate) fn value_text(value: &Value) -> String {
    let mut text = String::new();
    push_value(&mut text, value);
    text
}
