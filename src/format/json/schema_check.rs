//! Test support: holds every file that a test writes to the published schema.
//!
//! Knows as much of JSON Schema (draft 2020-12) as our schema uses and refuses a schema that uses more, so nothing in it
//! goes unchecked. A validator from outside would triple the packages that the tests compile.

use std::cell::RefCell;

use serde_json::{Map, Value};

use crate::format::json::sections;
use crate::model::Document;

/// The schema as it is published.
pub(super) const SCHEMA: &str = include_str!("portolan-map.schema.json");

thread_local! {
    static PARSED: RefCell<Option<Value>> = const { RefCell::new(None) };
}

/// Checks a text that was written for this document. What a newer version put into it is not ours to check.
pub(super) fn check_written(document: &Document, text: &str) {
    if !sections::keeps_anything(document) {
        let value = serde_json::from_str(text).unwrap();
        let faults = faults(&value);
        assert!(faults.is_empty(), "what was written breaks the schema: {faults:#?}\n{text}");
    }
}

/// What breaks the schema, with its place.
pub(super) fn faults(file: &Value) -> Vec<String> {
    PARSED.with_borrow_mut(|parsed| {
        let schema = parsed.get_or_insert_with(|| serde_json::from_str(SCHEMA).unwrap());
        let mut faults = Vec::new();
        Checker { definitions: &schema["$defs"] }.check(schema, file, "", &mut faults);
        faults
    })
}

struct Checker<'s> {
    definitions: &'s Value,
}

impl Checker<'_> {
    fn check(&self, schema: &Value, value: &Value, place: &str, faults: &mut Vec<String>) {
        let rules = schema.as_object().unwrap_or_else(|| panic!("no schema at {place}: {schema}"));
        for (rule, wanted) in rules {
            if !self.holds(rules, rule, wanted, value, place, faults) {
                faults.push(format!("{place}: {value} breaks {rule} {wanted}"));
            }
        }
    }

    fn holds(
        &self,
        rules: &Map<String, Value>,
        rule: &str,
        wanted: &Value,
        value: &Value,
        place: &str,
        faults: &mut Vec<String>,
    ) -> bool {
        let number = |wanted: &Value| wanted.as_f64().unwrap();
        let within = |test: &dyn Fn(f64) -> bool| value.as_f64().is_none_or(test);
        let length = |test: &dyn Fn(usize) -> bool| value.as_array().is_none_or(|elements| test(elements.len()));
        match rule {
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let name = wanted.as_str().and_then(|name| name.strip_prefix("#/$defs/")).unwrap();
                let target = self.definitions.get(name).unwrap_or_else(|| panic!("no definition {name}"));
                self.check(target, value, place, faults);
                true
            }
            "type" => match wanted.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "number" => value.is_number(),
                "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
                other => panic!("type {other} is not known here"),
            },
            "const" => value == wanted,
            "enum" => wanted.as_array().unwrap().contains(value),
            "minimum" => within(&|n| n >= number(wanted)),
            "maximum" => within(&|n| n <= number(wanted)),
            "minItems" => length(&|n| n as f64 >= number(wanted)),
            "maxItems" => length(&|n| n as f64 <= number(wanted)),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() as f64 <= number(wanted)),
            "uniqueItems" => {
                value.as_array().is_none_or(|all| all.iter().enumerate().all(|(i, v)| !all[..i].contains(v)))
            }
            "pattern" => value.as_str().is_none_or(|text| match wanted.as_str().unwrap() {
                "^[a-z0-9_-]{1,12}$" => crate::id::Id::<()>::parse(text).is_ok(),
                "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => {
                    text.len() == 10
                        && text
                            .bytes()
                            .enumerate()
                            .all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
                }
                other => panic!("pattern {other} is not known here"),
            }),
            "required" => value.as_object().is_none_or(|members| {
                wanted.as_array().unwrap().iter().all(|name| members.contains_key(name.as_str().unwrap()))
            }),
            "properties" => {
                for (name, schema) in wanted.as_object().unwrap() {
                    if let Some(member) = value.get(name) {
                        self.check(schema, member, &format!("{place}/{name}"), faults);
                    }
                }
                true
            }
            "prefixItems" => {
                for (index, (schema, element)) in wanted.as_array().unwrap().iter().zip(elements(value)).enumerate() {
                    self.check(schema, element, &format!("{place}/{index}"), faults);
                }
                true
            }
            "items" => {
                let skipped = rules.get("prefixItems").map_or(0, |items| items.as_array().unwrap().len());
                for (index, element) in elements(value).iter().enumerate().skip(skipped) {
                    self.check(wanted, element, &format!("{place}/{index}"), faults);
                }
                true
            }
            "allOf" => {
                wanted.as_array().unwrap().iter().for_each(|schema| self.check(schema, value, place, faults));
                true
            }
            "anyOf" => wanted.as_array().unwrap().iter().any(|schema| {
                let mut inner = Vec::new();
                self.check(schema, value, place, &mut inner);
                inner.is_empty()
            }),
            other => panic!("{other} is not known here"),
        }
    }
}

fn elements(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The properties that the schema gives a definition.
fn properties(definition: &str) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let properties = schema["$defs"][definition]["properties"].as_object().unwrap_or_else(|| panic!("no {definition}"));
    properties.keys().cloned().collect()
}

#[test]
fn the_schema_names_what_the_tables_name() {
    use crate::format::json::{names::ALL_WORDS, records::ALL_RECORDS};
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let in_sections: Vec<&str> = schema["properties"]["document"]["properties"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(|section| section["items"]["$ref"].as_str())
        .map(|reference| reference.trim_start_matches("#/$defs/"))
        .collect();
    for (record, names) in ALL_RECORDS {
        let mut expected: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        expected.extend(in_sections.contains(record).then(|| "id".to_owned()));
        expected.sort_unstable();
        assert_eq!(properties(record), expected, "{record}");
    }
    for (kind, words) in ALL_WORDS {
        let in_schema: Vec<&str> = elements(&schema["$defs"][kind]["enum"]).iter().filter_map(Value::as_str).collect();
        assert_eq!(in_schema, *words, "{kind}");
    }
    let sections: Vec<&String> = schema["properties"]["document"]["properties"].as_object().unwrap().keys().collect();
    let mut expected: Vec<&str> = sections::SECTION_NAMES.iter().copied().chain(["settings", "source"]).collect();
    expected.sort_unstable();
    assert_eq!(sections, expected);
}

#[test]
fn files_kept_for_ever_obey_the_schema_and_broken_ones_do_not() {
    let full: Value = serde_json::from_str(include_str!("../../../tests/fixtures/json/v1/full.map.json")).unwrap();
    assert_eq!(faults(&full), Vec::<String>::new());
    let cases = [
        ("/version", "2"),
        ("/document/components/0/evolution", "1.5"),
        ("/document/components/0/id", "\"Not an id\""),
        ("/document/components/0/method", "\"barter\""),
        ("/document/components/1/facts/users", "{\"value\":\"many\"}"),
        ("/document/components/1/facts/likelihood/L1", "7"),
        ("/document/contracts/0/start", "\"1.4.2020\""),
        ("/document/links/0/from", "null"),
        ("/document/notes/0/at", "[0.5]"),
        ("/document/settings/risk/weights", "[1]"),
        ("/document/areas/0/members", "[\"a\",\"a\"]"),
        ("/document/source/text", "\"one line\""),
    ];
    for (place, replacement) in cases {
        let mut broken = full.clone();
        *broken.pointer_mut(place).unwrap() = serde_json::from_str(replacement).unwrap();
        let found = faults(&broken);
        assert!(found.iter().any(|fault| fault.starts_with(place)), "{place}: {found:?}");
    }
    let mut broken = full.clone();
    broken.pointer_mut("/document/links/0").unwrap().as_object_mut().unwrap().remove("to");
    assert_eq!(faults(&broken).len(), 1);
}
