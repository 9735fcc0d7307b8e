mod cases;
mod properties;
mod story;

use std::rc::Rc;

use crate::compare::*;
use crate::format::owm;
use crate::model::*;

fn read(text: &str) -> Document {
    owm::read(text).document
}

/// Changes the component of this name.
fn change(document: &Document, name: &str, change: impl FnOnce(&mut Component)) -> Document {
    let mut document = document.clone();
    let (id, _) = document.component_named(name).unwrap_or_else(|| panic!("no {name}"));
    change(Rc::make_mut(document.components.get_mut(&id).unwrap()));
    document
}

/// What happened, as lines like `renamed Kettle`.
fn told(comparison: &Comparison) -> Vec<String> {
    let line = |change: &Change| {
        let what: Vec<String> = change.what.iter().map(|what| format!("{what:?}").to_lowercase()).collect();
        format!("{} {}", what.join(" "), change.name)
    };
    comparison.changes.iter().map(line).collect()
}

fn difference(before: &Document, after: &Document) -> Comparison {
    compare(before, after, &Corrections::default(), None)
}
