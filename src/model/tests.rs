use std::rc::Rc;

use proptest::prelude::*;

use crate::geom::{Evolution, Point};
use crate::id::Id;
use crate::model::*;

/// Changes picked by number: rename, move, delete with its links, retitle.
fn random_patch(document: &Document, pick: (u8, u16)) -> Patch {
    let mut patch = Patch::default();
    let ids: Vec<ComponentId> = document.components.keys().copied().collect();
    let Some(id) = ids.get(usize::from(pick.1) % ids.len().max(1)).copied() else { return patch };
    let component = Component::clone(&document.components[&id]);
    match pick.0 % 4 {
        0 => patch.components(document, id, Some(Component { name: format!("N{}", pick.1), ..component })),
        1 => {
            let evolution = Some(Evolution::clamped(f64::from(pick.1) / 65_535.0));
            patch.components(document, id, Some(Component { evolution, ..component }));
        }
        2 => {
            for (link, _) in document.links_of(id) {
                patch.links(document, link, None);
            }
            patch.components(document, id, None);
        }
        _ => {
            let settings = Settings { title: format!("T{}", pick.1), ..Settings::clone(&document.settings) };
            patch.settings(document, settings);
        }
    }
    patch
}

proptest! {
    #[test]
    fn undoing_all_patches_gives_the_start(picks in prop::collection::vec((any::<u8>(), any::<u16>()), 0..40)) {
        let start = sample::synthetic(30, 3);
        let mut document = start.clone();
        let mut whole = Patch::default();
        let mut done = Vec::new();
        for pick in picks {
            let patch = random_patch(&document, pick);
            document.apply(&patch);
            whole.squash(&patch);
            prop_assert!(violations(&document).is_empty());
            done.push(patch);
        }
        let mut squashed = start.clone();
        squashed.apply(&whole);
        prop_assert_eq!(&squashed, &document);
        squashed.apply(&whole.inverse());
        prop_assert_eq!(&squashed, &start);
        let mut difference = start.clone();
        difference.apply(&start.patch_to(&document));
        prop_assert_eq!(&difference, &document);
        for patch in done.iter().rev() {
            document.apply(&patch.inverse());
        }
        prop_assert_eq!(document, start);
    }
}

#[test]
fn moving_touches_no_risk_input() {
    let document = sample::synthetic(10, 1);
    let id: ComponentId = Id::numbered('c', 3);
    let mut patch = Patch::default();
    let moved = Component::clone(&document.components[&id]).at(Point::new(0.5, 0.5));
    patch.components(&document, id, Some(moved));
    let touched = patch.touched();
    assert!(!touched.structure && !touched.risk_inputs);
    assert_eq!(touched.components.into_iter().collect::<Vec<_>>(), [id]);
}

#[test]
fn each_broken_rule_is_found() {
    let mut document = sample::synthetic(5, 1);
    assert_eq!(violations(&document), []);
    let (missing, first): (ComponentId, ComponentId) = (Id::numbered('z', 9), Id::numbered('c', 1));
    let link: LinkId = Id::numbered('l', 900);
    document.links.insert(link, Rc::new(Link::need(first, missing)));
    assert_eq!(violations(&document), [Violation::DanglingLink(link)]);
    document.links.insert(link, Rc::new(Link::need(first, first)));
    assert_eq!(violations(&document), [Violation::SelfLink(link)]);
    document.links.remove(&link);
    let area: AreaId = Id::numbered('a', 1);
    document.areas.insert(area, Rc::new(Area { members: [missing].into(), ..Area::default() }));
    assert_eq!(violations(&document), [Violation::DanglingReference(AnyRecordId::Area(area))]);
}

#[test]
fn names_are_compared_without_case_and_blanks() {
    let mut document = Document::new();
    let id = Id::numbered('c', 1);
    document.components.insert(id, Rc::new(Component::named("Spare\nparts")));
    assert_eq!(document.component_named("  spare  PARTS ").map(|(id, _)| id), Some(id));
    assert!(document.component_named("spareparts").is_none());
}

#[test]
fn stages_begin_at_their_boundary() {
    let axis = EvolutionAxis::default();
    assert_eq!([0.0, 0.174, 0.175, 0.4, 0.69, 0.7, 1.0].map(|e| axis.stage_of(e)), [0, 0, 1, 2, 2, 3, 3]);
}
