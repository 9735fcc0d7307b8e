use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest, ProptestConfig};
use proptest::sample::Index;
use proptest::strategy::Strategy as Generator;

use crate::compare::kinds::records;
use crate::compare::tests::*;
use crate::format::json::{fields_of, set_fields};
use crate::format::mend;
use crate::geom::{Evolution, Visibility};
use crate::id::Id;
use crate::known::Known;
use crate::model::arbitrary::arbitrary_document;

/// An edit: what, where, how much.
type Edit = (u8, Index, u16);

fn edits() -> impl Generator<Value = Vec<Edit>> {
    prop::collection::vec((0u8..14, any::<Index>(), any::<u16>()), 0..8)
}

/// A document that knows its own identity, as files of one lineage do.
fn lineage() -> impl Generator<Value = Document> {
    arbitrary_document().prop_map(|mut document| {
        document.settings = Rc::new(Settings { document_id: "one file".into(), ..Settings::clone(&document.settings) });
        document
    })
}

/// Edits as people make them. `of` says which components this person works on; `seed` keeps new ids apart.
fn edited(document: &Document, edits: &[Edit], seed: u64, of: &dyn Fn(usize) -> bool, remove: bool) -> Document {
    let mut result = document.clone();
    for (number, (what, which, value)) in edits.iter().enumerate() {
        let ids: Vec<ComponentId> =
            document.components.keys().enumerate().filter(|(i, _)| of(*i)).map(|(_, id)| *id).collect();
        if ids.is_empty() {
            continue;
        }
        let (id, other) = (ids[which.index(ids.len())], ids[usize::from(*value) % ids.len()]);
        let share = f64::from(*value) / 65_535.0;
        let fresh = seed * 1_000 + number as u64;
        let Some(component) = result.components.get_mut(&id) else { continue };
        let component = Rc::make_mut(component);
        match what {
            0 => component.name = format!("Name {seed} {value}"),
            1 => component.evolution = Some(Evolution::clamped(share)),
            2 => component.visibility = Some(Visibility::clamped(share)),
            3 => component.description = format!("Description {value}"),
            4 => drop(component.tags.insert(format!("tag {value}"))),
            5 => {
                let mut facts = component.facts().clone();
                facts.site = format!("Site {value}");
                component.facts = Some(Rc::new(facts));
            }
            6 => {
                let mut facts = component.facts().clone();
                facts.likelihood[usize::from(value % 7)] = Known::exactly(1 + (value % 6) as u8);
                component.facts = Some(Rc::new(facts));
            }
            7 => component.inertia = Some(Inertia { cause: format!("Cause {value}") }),
            8 => {
                let new = Component::named(format!("New {seed} {number}"));
                result.components.insert(Id::numbered('x', fresh), Rc::new(new));
            }
            9 if id != other => {
                let link = Link { context: format!("{seed} {number}"), ..Link::need(id, other) };
                // A link removed and drawn again is the same link by meaning, under another id.
                let mut links = result.links.values().chain(document.links.values());
                let taken = links.any(|l| (l.from, l.to) == (id, other));
                if result.components.contains_key(&other) && !taken {
                    result.links.insert(Id::numbered('x', fresh), Rc::new(link));
                }
            }
            10 if remove => drop(result.components.remove(&id)),
            11 if remove => {
                let links: Vec<LinkId> = result.links.keys().copied().collect();
                if !links.is_empty() {
                    result.links.remove(&links[which.index(links.len())]);
                }
            }
            _ => component.locked = !component.locked,
        }
    }
    mend(&mut result);
    result
}

/// Everything but what a patch does not carry.
fn content(document: &Document) -> Document {
    Document { extra: Extra::new(), ..document.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn a_record_is_its_fields(document in arbitrary_document()) {
        let mut again = document.clone();
        for record in records(&document).into_iter().chain([AnyRecordId::Settings]) {
            let fields = fields_of(&document, record);
            set_fields(&mut again, record, &fields);
            prop_assert_eq!(fields_of(&again, record), fields);
        }
        prop_assert_eq!(again, document);
    }

    #[test]
    fn a_document_is_the_same_as_itself(document in arbitrary_document()) {
        prop_assert!(difference(&document, &document).is_same());
    }

    #[test]
    fn what_one_side_did_is_the_merge(base in lineage(), edits in edits()) {
        let changed = edited(&base, &edits, 1, &|_| true, true);
        for merged in [
            merge(&base, &base, &changed, &Choices::default()),
            merge(&base, &changed, &base, &Choices::default()),
            merge(&base, &changed, &changed, &Choices::default()),
        ] {
            prop_assert_eq!(merged.conflicts, vec![]);
            prop_assert_eq!(merged.notes, vec![]);
            prop_assert_eq!(&content(&merged.document), &content(&changed));
        }
    }

    /// Between documents that have nothing to do with each other, ids cannot be kept, but everything else is.
    #[test]
    fn what_one_side_did_is_the_merge_whatever_it_did(base in arbitrary_document(), other in arbitrary_document()) {
        let merged = merge(&base, &base, &other, &Choices::default());
        prop_assert_eq!(violations(&merged.document), vec![]);
        prop_assert_eq!(merged.conflicts, vec![]);
        let count = |d: &Document| (d.components.len(), d.links.len(), d.risks.len(), d.notes.len(), d.judgements.len());
        prop_assert_eq!(count(&merged.document), count(&other));
        prop_assert_eq!(difference(&merged.document, &base).is_same(), difference(&other, &base).is_same());
    }

    #[test]
    fn edits_of_different_things_commute(base in lineage(), ours in edits(), theirs in edits()) {
        let ours = edited(&base, &ours, 1, &|i| i % 2 == 0, false);
        let theirs = edited(&base, &theirs, 2, &|i| i % 2 == 1, false);
        let one = merge(&base, &ours, &theirs, &Choices::default());
        let two = merge(&base, &theirs, &ours, &Choices::default());
        prop_assert_eq!(&one.conflicts, &vec![]);
        prop_assert_eq!(&two.conflicts, &vec![]);
        prop_assert_eq!(one.document, two.document);
    }

    #[test]
    fn conflicts_are_only_where_both_changed_the_same(base in lineage(), ours in edits(), theirs in edits()) {
        let ours = edited(&base, &ours, 1, &|_| true, true);
        let theirs = edited(&base, &theirs, 2, &|_| true, true);
        let merged = merge(&base, &ours, &theirs, &Choices::default());
        prop_assert_eq!(violations(&merged.document), vec![]);
        let mut patched = ours.clone();
        patched.apply(&merged.patch);
        prop_assert_eq!(&patched, &merged.document);
        patched.apply(&merged.patch.inverse());
        prop_assert_eq!(&patched, &ours);
        for conflict in &merged.conflicts {
            match conflict.kind {
                // Made by both, and the same by its name or its ends: then each has it under an id of its own.
                ConflictKind::BothChanged if !base.has(conflict.record) && !theirs.has(conflict.record) => {
                    let made = match conflict.record {
                        AnyRecordId::Link(_) => theirs.links.keys().any(|id| !base.links.contains_key(id)),
                        _ => theirs.components.keys().any(|id| !base.components.contains_key(id)),
                    };
                    prop_assert!(made && ours.has(conflict.record), "{:?}", conflict);
                }
                ConflictKind::BothChanged => {
                    let texts = [&base, &ours, &theirs].map(|document| {
                        let mut fields = fields_of(document, conflict.record);
                        let place = ["evolution", "visibility"];
                        let component = matches!(conflict.record, AnyRecordId::Component(_));
                        fields.retain(|path, _| {
                            *path == conflict.field
                                || (component && conflict.field == "place" && place.contains(&path.as_str()))
                        });
                        fields
                    });
                    prop_assert!(texts[0] != texts[1] && texts[0] != texts[2] && texts[1] != texts[2], "{:?}", conflict);
                }
                ConflictKind::RemovedAndChanged { by } | ConflictKind::RemovedAndNeeded { by } => {
                    let (remover, keeper) = if by == Side::Ours { (&ours, &theirs) } else { (&theirs, &ours) };
                    prop_assert!(!remover.has(conflict.record) && keeper.has(conflict.record));
                }
            }
        }
        // Whoever is preferred, nothing stays open, and the outcome is valid.
        for side in [Side::Ours, Side::Theirs] {
            let settled = merge(&base, &ours, &theirs, &Choices { all: Some(side), ..Choices::default() });
            prop_assert_eq!(settled.open_conflicts().count(), 0);
            prop_assert_eq!(violations(&settled.document), vec![]);
        }
    }

    #[test]
    fn taking_everything_gives_the_other_document(base in lineage(), edits in edits()) {
        let changed = edited(&base, &edits, 1, &|_| true, true);
        let found = difference(&base, &changed);
        let mut result = base.clone();
        result.apply(&take(&base, &found.other, &found.records(Group::All)).patch);
        prop_assert_eq!(content(&result), Document { source: base.source.clone(), ..content(&changed) });
    }

    /// Whichever of the two comes before, the ids are ours and what happened is turned round.
    #[test]
    fn seen_from_the_other_end_added_is_removed(base in lineage(), edits in edits()) {
        let changed = edited(&base, &edits, 1, &|_| true, true);
        let there = difference(&base, &changed);
        let back = compare_with(&base, &changed, true, &Corrections::default(), None);
        prop_assert_eq!(&there.other, &back.other);
        for (a, b) in there.changes.iter().zip(&back.changes) {
            prop_assert_eq!(a.record, b.record);
            let turned = match a.what.as_slice() {
                [What::Added] => vec![What::Removed],
                [What::Removed] => vec![What::Added],
                other => other.to_vec(),
            };
            prop_assert_eq!(&turned, &b.what);
        }
        prop_assert_eq!(there.changes.len(), back.changes.len());
        // Both in one, as it is drawn, has all that either has.
        let both = with_removed(&there, &base);
        for record in records(&base).into_iter().chain(records(&there.other)) {
            prop_assert!(both.has(record));
        }
    }

    #[test]
    fn the_report_can_be_written_of_any_two(a in arbitrary_document(), b in arbitrary_document()) {
        let text = report(&difference(&a, &b), ("a", "b"));
        prop_assert!(text.starts_with("From a to b\n"));
    }
}
