//! Saves what can be saved from a file that is no whole JSON any more: one that ends too early or is damaged in places.
//!
//! Works line by line, which is why the writer puts one record on a line: a line that can be read by itself is taken, any
//! other is counted and left. Knows no record.

use serde_json::Value;

use crate::diag::{Place, Severity};
use crate::format::json::reader::Members;
use crate::format::json::{too_deep, FORMAT_NAME, MAX_NESTING};
use crate::format::report::Report;

/// An object or list whose end has not been seen yet, with the name it has in the one around it.
enum Open {
    Object(String, Members),
    List(String, Vec<Value>),
}

/// The value that the readable lines make, or `None` when they do not even say that the file is one of ours.
pub(super) fn salvage(text: &str, report: &mut Report) -> Option<Value> {
    let mut open: Vec<Open> = Vec::new();
    let mut top = Members::new();
    let mut started = false;
    let (mut read, mut last) = (0usize, 0);
    for (number, line) in (1u32..).zip(text.lines()) {
        let content = line.trim().trim_end_matches(',').trim_end();
        last = number;
        if content.is_empty() {
            continue;
        }
        if !started && content == "{" {
            started = true;
            continue;
        }
        if take_line(content, &mut open, &mut top) {
            read += 1;
        } else {
            let place = || Place::Text { line: number, column: 1, start: 0, end: 0 };
            report.add(Severity::Error, "json-lost-line", place, || {
                format!("Line {number} is damaged and was left out.")
            });
        }
    }
    while close(&mut open, &mut top) {}
    if top.get("format").and_then(Value::as_str) != Some(FORMAT_NAME) || !top.contains_key("document") {
        return None;
    }
    report.add(Severity::Error, "json-salvaged", || Place::Whole, || {
        format!("The file is damaged or ends too early; {read} of its {last} lines could be read. Check what is missing.")
    });
    Some(Value::Object(top))
}

/// Takes one line; false when it cannot be read.
fn take_line(content: &str, open: &mut Vec<Open>, top: &mut Members) -> bool {
    // One level is the file's own.
    if too_deep(content, (MAX_NESTING - 1).saturating_sub(open.len())).is_some() {
        return false;
    }
    match content {
        "}" | "]" => {
            // The brace of the file itself has nothing to close.
            close(open, top);
            return true;
        }
        "{" | "[" if matches!(open.last(), Some(Open::List(..))) => {
            begin(String::new(), content, open);
            return true;
        }
        _ => {}
    }
    if let Some(head) = content.strip_suffix(['{', '[']).and_then(|head| head.trim_end().strip_suffix(':')) {
        if let Ok(name) = serde_json::from_str::<String>(head.trim_end()) {
            begin(name, content, open);
            return true;
        }
    }
    match open.last_mut() {
        Some(Open::List(_, elements)) => match serde_json::from_str(content) {
            Ok(value) => elements.push(value),
            Err(_) => return false,
        },
        Some(Open::Object(_, members)) => return take_members(content, members),
        None => return take_members(content, top),
    }
    true
}

fn take_members(content: &str, into: &mut Members) -> bool {
    match serde_json::from_str::<Members>(&format!("{{{content}}}")) {
        Ok(members) => {
            into.extend(members);
            true
        }
        Err(_) => false,
    }
}

fn begin(name: String, content: &str, open: &mut Vec<Open>) {
    open.push(if content.ends_with('{') { Open::Object(name, Members::new()) } else { Open::List(name, Vec::new()) });
}

/// Puts the innermost open object or list into the one around it; false when none is open.
fn close(open: &mut Vec<Open>, top: &mut Members) -> bool {
    let (name, value) = match open.pop() {
        Some(Open::Object(name, members)) => (name, Value::Object(members)),
        Some(Open::List(name, elements)) => (name, Value::Array(elements)),
        None => return false,
    };
    match open.last_mut() {
        Some(Open::Object(_, members)) => {
            members.insert(name, value);
        }
        Some(Open::List(_, elements)) => elements.push(value),
        None => {
            top.insert(name, value);
        }
    }
    true
}
