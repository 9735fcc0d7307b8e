//! Fifteen real revisions of one map: what is said about each step is held against the texts themselves.

#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use std::collections::BTreeSet;

use crate::compare::tests::*;

/// The revisions in order, number and text; empty with a message without a corpus.
fn revisions() -> Vec<String> {
    let Some(root) = std::env::var_os("PORTOLAN_CORPUS") else {
        println!("PORTOLAN_CORPUS is not set: the story of fifteen revisions is skipped");
        return Vec::new();
    };
    let folder = std::path::Path::new(&root).join("owm/history");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 15);
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// Names of components in a map text, read with as little as possible. Those commented out are on the map, hidden.
fn names(text: &str) -> BTreeSet<String> {
    text.lines()
        .map(|line| line.trim().trim_start_matches('/').trim())
        .filter_map(|line| line.strip_prefix("component ").or(line.strip_prefix("anchor ")))
        .filter_map(|rest| rest.split('[').next())
        .map(folded_name)
        .collect()
}

#[test]
fn what_is_said_of_each_revision_is_what_its_text_says() {
    let texts = revisions();
    for (number, pair) in texts.windows(2).enumerate() {
        let found = difference(&read(&pair[0]), &read(&pair[1]));
        let (old, new) = (names(&pair[0]), names(&pair[1]));
        let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
        for change in found.changes.iter().filter(|change| matches!(change.record, AnyRecordId::Component(_))) {
            if change.what.contains(&What::Removed) {
                gone.insert(folded_name(&change.name));
            }
            if change.what.contains(&What::Added) {
                come.insert(folded_name(&change.name));
            }
            if change.what.contains(&What::Renamed) {
                let name = change.fields.iter().find(|field| field.field == "name").unwrap();
                let (before, after) = (folded_name(name.before.trim_matches(['“', '”'])), folded_name(&change.name));
                if before != after {
                    gone.insert(before);
                    come.insert(after);
                }
            }
        }
        let step = format!("revision {} to {}", number + 1, number + 2);
        assert_eq!(gone, old.difference(&new).cloned().collect(), "{step}");
        assert_eq!(come, new.difference(&old).cloned().collect(), "{step}");
    }
}

#[test]
fn the_steps_read_as_what_the_author_did() {
    let texts = revisions();
    if texts.is_empty() {
        return;
    }
    let step = |from: usize| difference(&read(&texts[from - 1]), &read(&texts[from]));
    // One link more; then comments only, twice.
    assert_eq!(told(&step(1)), ["added society → social cohesion"]);
    assert!(step(3).is_same());
    assert!(step(14).is_same());
    let text = report(&step(9), ("ninth", "tenth"));
    assert!(text.contains("~ “spread of knowledge” is now knowledge dissemination"), "{text}");
    // Seven names became capitals; nothing was added or removed for it.
    let found = step(11);
    assert_eq!(found.records(Group::What(What::Renamed)).len(), 7);
    assert!(found.records(Group::What(What::Added)).is_empty() && found.records(Group::What(What::Removed)).is_empty());
}

#[test]
fn revisions_merge_into_the_next_and_with_what_somebody_else_did() {
    let texts = revisions();
    for pair in texts.windows(2) {
        let (base, next) = (read(&pair[0]), read(&pair[1]));
        let merged = merge(&base, &base, &next, &Choices::default());
        assert_eq!(merged.conflicts, []);
        // As text it is the next revision again, for nothing else was changed.
        assert_eq!(owm::write(&merged.document).text, pair[1]);
        // Somebody describes a component that is in both, while the author goes on.
        let Some((id, shared)) = base.components.iter().find(|(_, c)| next.component_named(&c.name).is_some()) else {
            continue;
        };
        let (id, name) = (*id, shared.name.clone());
        let ours = change(&base, &name, |component| component.description = "Ours".into());
        let merged = merge(&base, &ours, &next, &Choices::default());
        assert_eq!(merged.conflicts, []);
        assert_eq!(merged.document.components[&id].description, "Ours");
        let after = difference(&merged.document, &next);
        assert_eq!(after.changes.len(), 1, "{:?}", told(&after));
    }
}

#[test]
fn the_story_in_figures() {
    let texts = revisions();
    let documents: Vec<Document> = texts.iter().map(|text| read(text)).collect();
    for (number, pair) in documents.windows(2).enumerate() {
        let found = difference(&pair[0], &pair[1]);
        let of = |what| found.records(Group::What(what)).len();
        println!(
            "revision {} to {}: {} added, {} removed, {} renamed, {} moved, {} changed, {} links",
            number + 1,
            number + 2,
            of(What::Added),
            of(What::Removed),
            of(What::Renamed),
            of(What::Moved),
            of(What::Changed),
            found.records(Group::Links).len()
        );
        // Seen from the other end the same things happened the other way round.
        let back = compare_with(&pair[0], &pair[1], true, &Corrections::default(), None);
        let back_of = |what| back.records(Group::What(what)).len();
        assert_eq!((back_of(What::Added), back_of(What::Removed)), (of(What::Removed), of(What::Added)));
        assert_eq!(back.changes.len(), found.changes.len());
    }
    for (number, three) in documents.windows(3).enumerate() {
        // Two people went on from the same revision, one a step, the other two.
        let [base, one, two] = three else { continue };
        let merged = merge(base, one, two, &Choices::default());
        println!("from revision {}, one step with two: {} conflicts", number + 1, merged.conflicts.len());
        assert_eq!(violations(&merged.document), []);
        let theirs = merge(base, one, two, &Choices { all: Some(Side::Theirs), ..Choices::default() });
        assert_eq!((theirs.open_conflicts().count(), violations(&theirs.document)), (0, vec![]));
    }
}
