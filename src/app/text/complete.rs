//! Names to choose from while a line that names a component is being typed.
//!
//! Knows the beginning of a line and the names of the map, no field and no keys.

use std::ops::Range;

use crate::format::owm::name_in_line;
use crate::model::Document;

/// Most names that are offered.
const MOST: usize = 8;
/// Words behind which a name stands.
const BEFORE_NAMES: [&str; 2] = ["evolve", "pipeline"];

/// Names that fit what is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// The bytes of the line that a name would replace.
    pub replaces: Range<usize>,
    /// Each as it is read, and as it must be written here.
    pub names: Vec<(String, String)>,
}

/// What fits behind `before`, the line up to the caret; nothing when no name stands there or it is whole already.
pub fn complete(document: &Document, before: &str) -> Option<Completions> {
    let start = begin_of_name(before)?;
    let typed = before.get(start..)?.trim_start_matches('"').to_lowercase();
    if typed.trim().is_empty() {
        return None;
    }
    // Names that begin so, then names with a word that does.
    let mut found: [Vec<&str>; 2] = [Vec::new(), Vec::new()];
    for component in document.components.values() {
        let name = component.name.as_str();
        let folded = name.to_lowercase();
        if folded == typed {
            return None;
        }
        let place = if folded.starts_with(&typed) {
            0
        } else if folded.split_whitespace().any(|word| word.starts_with(&typed)) {
            1
        } else {
            continue;
        };
        if let Some(list) = found.get_mut(place) {
            list.push(name);
        }
    }
    let mut names: Vec<(String, String)> = Vec::new();
    for list in &mut found {
        crate::order::sort(list);
        for name in list.iter() {
            let is_new = names.last().is_none_or(|(last, _)| last.as_str() != *name);
            if names.len() < MOST && is_new {
                names.push(((*name).to_owned(), name_in_line(name, before.contains('>'))));
            }
        }
    }
    (!names.is_empty()).then_some(Completions { replaces: start..before.len(), names })
}

/// Where the name begins that the caret stands behind.
fn begin_of_name(before: &str) -> Option<usize> {
    if before.trim_start().starts_with("//") || before.contains(';') {
        return None;
    }
    let indent = before.len() - before.trim_start().len();
    let behind_blanks = |at: usize| {
        let rest = before.get(at..).unwrap_or("");
        at + rest.len() - rest.trim_start().len()
    };
    if let Some(arrow) = before.rfind('>') {
        let begins = before.get(..arrow)?;
        let is_arrow =
            begins.ends_with('-') || begins.ends_with('\'') || begins.ends_with('+') || begins.ends_with('<');
        return is_arrow.then(|| behind_blanks(arrow + 1));
    }
    for word in BEFORE_NAMES {
        let rest = before.get(indent..).and_then(|line| line.strip_prefix(word));
        if rest.is_some_and(|rest| rest.starts_with(' ')) {
            return Some(behind_blanks(indent + word.len()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::owm;

    fn names(before: &str) -> Vec<String> {
        let text = "component Hot water [0.5, 0.5]\ncomponent Kettle [0.4, 0.4]\ncomponent Water main [0.1, 0.7]\n\
                    component A;B [0.1, 0.2]\ncomponent Cold water [0.5, 0.7]\n";
        complete(&owm::read(text).document, before).map_or_else(Vec::new, |found| {
            found.names.iter().map(|(_, written)| format!("{}{written}", &before[..found.replaces.start])).collect()
        })
    }

    #[test]
    fn names_are_offered_where_names_stand() {
        assert_eq!(names("Kettle->wa"), ["Kettle->Water main", "Kettle->Cold water", "Kettle->Hot water"]);
        assert_eq!(names("Kettle +'1'> k"), ["Kettle +'1'> Kettle"]);
        assert_eq!(names("evolve ke"), ["evolve Kettle"]);
        assert_eq!(names("pipeline cold"), ["pipeline Cold water"]);
        assert_eq!(names("Kettle->a"), ["Kettle->\"A;B\""]);
    }

    #[test]
    fn nothing_is_offered_where_nothing_fits() {
        for before in
            ["Kettle->", "Kettle->kettle", "Kettle->x", "component wa", "// Kettle->wa", "A->B; wa", "title a > wa"]
        {
            assert_eq!(names(before), Vec::<String>::new(), "{before}");
        }
    }
}
