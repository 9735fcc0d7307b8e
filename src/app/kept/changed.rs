//! What changed between two states of a document, in one sentence.

use crate::app::describe::count;
use crate::model::{AnyRecordId, Document, Patch};

/// Names that are said; more are counted.
const MOST_NAMES: usize = 3;

/// "Added Kettle, Tea. Removed 1 link. Changed Water." Empty when nothing did.
pub fn sentence(before: &Document, after: &Document) -> String {
    let patch = before.patch_to(after);
    if patch.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    for (verb, was, is) in [("Added", false, true), ("Removed", true, false), ("Changed", true, true)] {
        let part = part(&patch, before, after, was, is);
        if !part.is_empty() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(verb);
            text.push(' ');
            text.push_str(&part.join(", "));
            text.push('.');
        }
    }
    text
}

fn part(patch: &Patch, before: &Document, after: &Document, was: bool, is: bool) -> Vec<String> {
    let (mut names, mut links, mut others, mut settings) = (Vec::new(), 0, 0, false);
    let mut components = 0;
    for change in patch.changes() {
        let record = change.record();
        if record == AnyRecordId::Settings {
            settings = was && is;
            continue;
        }
        if before.has(record) != was || after.has(record) != is {
            continue;
        }
        match record {
            AnyRecordId::Component(id) => {
                components += 1;
                let holder = if is { after } else { before };
                if let Some(component) = holder.components.get(&id).filter(|_| names.len() < MOST_NAMES) {
                    names.push(short(&component.name));
                }
            }
            AnyRecordId::Link(_) => links += 1,
            AnyRecordId::Source => {}
            _ => others += 1,
        }
    }
    let mut parts = names;
    if components > MOST_NAMES {
        parts = vec![count(components, "component")];
    }
    if links > 0 {
        parts.push(count(links, "link"));
    }
    if others > 0 {
        parts.push(count(others, "other thing"));
    }
    if settings {
        parts.push("the map's settings".to_owned());
    }
    parts
}

fn short(name: &str) -> String {
    let name = name.trim();
    if name.is_empty() {
        return "a component without a name".to_owned();
    }
    let mut text: String = name.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if name.chars().nth(40).is_some() {
        text.push('…');
    }
    text
}
