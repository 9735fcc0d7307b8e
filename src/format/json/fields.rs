//! A record as its fields, each the JSON text that our file has for it: for comparing and merging field by field without
//! a second list of all fields.
//!
//! A field is named by its path in the record ("facts/likelihood/L3"). Objects that group fields are opened up; a value
//! with its range and provenance stays one field. Fields that hold their default are not there, as in the file.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::format::json::reader::{IdTable, Members, Reader};
use crate::format::json::records::{put_inside, take_inside, Record};
use crate::format::json::writer::{push_step, value_text, Out};
use crate::format::report::Report;

/// Fields by path, with the JSON text of each.
pub type Fields = BTreeMap<String, String>;

/// Objects that only group fields.
const GROUPS: &[&str] = &["facts", "facts/likelihood", "facts/impact", "harm", "value_chain", "risk"];

pub(super) fn of_record<R: Record>(record: &R) -> Fields {
    let mut out = Out::new();
    out.object(|out| put_inside(record, &[], out));
    let mut fields = Fields::new();
    if let Ok(Value::Object(members)) = serde_json::from_str(&out.text) {
        open(members, "", &mut fields);
    }
    fields
}

fn open(members: Members, at: &str, into: &mut Fields) {
    for (name, value) in members {
        let mut path = at.to_owned();
        push_step(&mut path, &name);
        match value {
            Value::Object(inner) if GROUPS.contains(&path.as_str()) && !inner.is_empty() => open(inner, &path, into),
            other => {
                into.insert(path, value_text(&other));
            }
        }
    }
}

pub(super) fn to_record<R: Record>(fields: &Fields) -> R {
    let mut members = Members::new();
    for (path, text) in fields {
        let Ok(value) = serde_json::from_str::<Value>(text) else { continue };
        let mut at = &mut members;
        let mut steps = path.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).peekable();
        while let Some(step) = steps.next() {
            if steps.peek().is_none() {
                // An empty group beside fields of the same group says nothing.
                let there = at.get(&step).is_some_and(Value::is_object) && value == Value::Object(Members::new());
                if !there {
                    at.insert(step, value);
                }
                break;
            }
            let group = at.entry(step).or_insert_with(|| Value::Object(Members::new()));
            if !group.is_object() {
                *group = Value::Object(Members::new());
            }
            let Value::Object(inner) = group else { break };
            at = inner;
        }
    }
    let (mut report, ids) = (Report::default(), IdTable::default());
    take_inside(&mut members, &mut Reader::new(&mut report, &ids, ""))
}

/// The elements of a field that is a list, as JSON texts; `None` when it is none.
pub fn elements(text: &str) -> Option<Vec<String>> {
    match serde_json::from_str(text) {
        Ok(Value::Array(elements)) => Some(elements.iter().map(value_text).collect()),
        _ => None,
    }
}

/// A field's text as people would say it. `name` gives the words for texts that stand for something, such as ids.
pub fn in_words(text: &str, name: &dyn Fn(&str) -> Option<String>) -> String {
    serde_json::from_str(text).map_or_else(|_| text.to_owned(), |value| words(&value, name))
}

fn words(value: &Value, name: &dyn Fn(&str) -> Option<String>) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number_words(number.as_f64(), number.as_str()),
        Value::String(text) => name(text).unwrap_or_else(|| {
            // One line, however many the text has.
            format!("“{}”", text.split_whitespace().collect::<Vec<_>>().join(" "))
        }),
        Value::Array(elements) if elements.is_empty() => "nothing".to_owned(),
        Value::Array(elements) => elements.iter().map(|e| words(e, name)).collect::<Vec<_>>().join(", "),
        Value::Object(members) => known_words(members, name).unwrap_or_else(|| {
            let part = |(key, value): (&String, &Value)| format!("{} {}", key.replace('_', " "), words(value, name));
            let parts: Vec<String> = members.iter().map(part).collect();
            if parts.is_empty() {
                "yes".to_owned()
            } else {
                parts.join(", ")
            }
        }),
    }
}

/// At most three decimals: places of maps are not more exact than that.
fn number_words(number: Option<f64>, digits: &str) -> String {
    match number {
        Some(number) if digits.contains('.') => {
            format!("{number:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => digits.to_owned(),
    }
}

/// A value that may be unknown, with its range and where it comes from.
fn known_words(members: &Members, name: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let text = |key: &str| members.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let mut said = match (members.get("value"), text("state")) {
        (Some(value), _) => words(value, name),
        (None, Some("not_applicable")) => "does not apply".to_owned(),
        (None, Some("unknown")) => "not known".to_owned(),
        _ => return None,
    };
    let end = |key: &str| members.get(key).or(members.get("value")).map(|value| words(value, name));
    if members.contains_key("low") || members.contains_key("high") {
        if let (Some(low), Some(high)) = (end("low"), end("high")) {
            said += &format!(" ({low} to {high})");
        }
    }
    for (key, before) in [("basis", ""), ("by", "by "), ("as_of", "as of "), ("reason", "because ")] {
        if let Some(text) = text(key) {
            said += &format!(", {before}{text}");
        }
    }
    Some(said)
}
