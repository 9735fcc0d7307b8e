//! Bringing a scene up to date gives what building it anew gives.

use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest, ProptestConfig};
use proptest::strategy::Strategy as Generator;

use crate::geom::{Evolution, Point};
use crate::id::Id;
use crate::model::arbitrary::arbitrary_document;
use crate::model::*;
use crate::scene::display::{Item, ItemKey};
use crate::scene::measure::ArialMeasure;
use crate::scene::tests::{booking, marked};
use crate::scene::*;

fn build(document: &Document, facts: &Rc<SceneFacts>, options: &ViewOptions) -> Scene {
    Scene::build(document, facts, options, &ArialMeasure, None)
}

fn is_label(key: ItemKey) -> bool {
    matches!(key, ItemKey::Label(_) | ItemKey::EvolveLabel(_))
}

/// Everything but names, and which names there are.
fn without_places(scene: &Scene) -> (BTreeMap<ItemKey, Item>, Vec<ItemKey>) {
    let (names, others): (Vec<_>, Vec<_>) = scene.items().partition(|item| is_label(item.key));
    (
        others.into_iter().map(|item| (item.key, Item::clone(item))).collect(),
        names.iter().map(|item| item.key).collect(),
    )
}

/// Every item is found by place, and nothing else is.
fn assert_findable(scene: &Scene) {
    for item in scene.items() {
        let found = scene.within(&item.bounds);
        assert!(found.iter().any(|other| other.key == item.key), "{:?} is not found where it is", item.key);
    }
    let everywhere = scene.extent().inflate(10_000.0);
    let all: Vec<ItemKey> = scene.items().map(|item| item.key).collect();
    let found: Vec<ItemKey> = scene.within(&everywhere).iter().map(|item| item.key).collect();
    assert_eq!(found, all);
}

/// Colours and sizes together.
fn marked_and_sized(document: &Document) -> SceneFacts {
    let steps = [None, Some(1), Some(3), Some(5)];
    let components = document.components.keys().enumerate().filter(|(i, _)| i % 5 != 4);
    let sizes = components.map(|(i, id)| SizeMark { component: *id, step: steps[i % 4], unsure: i % 7 == 3 });
    marked(document).with_sizes(sizes.collect(), (0..6).map(|step| format!("size {step}")).collect())
}

fn options() -> impl Generator<Value = ViewOptions> {
    any::<[bool; 3]>().prop_map(|[risk, legend, show_hidden]| ViewOptions {
        risk,
        legend,
        legend_of_marks: risk,
        show_hidden,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn an_update_gives_what_a_build_gives(
        before in arbitrary_document(),
        after in arbitrary_document(),
        same_plane in prop::bool::weighted(0.8),
        options in options(),
    ) {
        let mut after = after;
        if same_plane {
            after.settings = Rc::new(Settings { title: "Another".to_owned(), ..Settings::clone(&before.settings) });
        }
        let facts_before = Rc::new(marked_and_sized(&before));
        let facts_after = Rc::new(marked_and_sized(&after));
        let mut scene = build(&before, &facts_before, &options);
        scene.update(&after, &facts_after, &options, &ArialMeasure, &before.patch_to(&after).touched());
        let fresh = build(&after, &facts_after, &options);
        let (others, names) = without_places(&scene);
        let (fresh_others, fresh_names) = without_places(&fresh);
        prop_assert_eq!(others, fresh_others);
        prop_assert_eq!(names, fresh_names);
        assert_findable(&scene);
        let tidy = scene.tidied(&after, &ArialMeasure);
        prop_assert!(tidy.items().eq(fresh.items()), "tidying is building");
        let again = tidy.tidied(&after, &ArialMeasure);
        prop_assert!(again.items().eq(fresh.items()));
    }
}

fn moved(document: &Document, id: ComponentId, to: Point<crate::geom::Map>) -> (Document, Touched) {
    let mut patch = Patch::default();
    let component = Component::clone(&document.components[&id]).at(to);
    patch.components(document, id, Some(component));
    let mut after = document.clone();
    after.apply(&patch);
    (after, patch.touched())
}

#[test]
fn moving_one_component_keeps_the_pointers_of_all_others() {
    let document = sample::synthetic(400, 5);
    let facts = Rc::default();
    let options = ViewOptions::default();
    let before = build(&document, &facts, &options);
    let id: ComponentId = Id::numbered('c', 200);
    let from = document.components[&id].place().unwrap();
    let (after, touched) = moved(&document, id, Point::new(from.x + 0.01, from.y - 0.01));
    let mut scene = before.clone();
    scene.update(&after, &facts, &options, &ArialMeasure, &touched);
    let new: Vec<ItemKey> = scene
        .items()
        .filter(|item| !before.item(item.key).is_some_and(|old| Rc::ptr_eq(old, item)))
        .map(|i| i.key)
        .collect();
    let own = |key: &ItemKey| match key {
        ItemKey::Record(AnyRecordId::Component(c)) | ItemKey::Label(c) => *c == id,
        ItemKey::Record(AnyRecordId::Link(link)) => after.links_of(id).any(|(l, _)| l == *link),
        _ => false,
    };
    assert!(new.len() >= 2 + after.links_of(id).count());
    let strangers: Vec<&ItemKey> = new.iter().filter(|key| !own(key)).collect();
    assert!(strangers.iter().all(|key| is_label(**key)) && strangers.len() <= 2, "{strangers:?}");
}

#[test]
fn the_name_of_a_moved_component_keeps_its_side_and_no_other_name_jumps() {
    let document = booking();
    let facts = Rc::default();
    let options = ViewOptions::default();
    let mut scene = build(&document, &facts, &options);
    let (id, _) = document.component_named("Letters").unwrap();
    let offset = |scene: &Scene| {
        let label = scene.item(ItemKey::Label(id)).unwrap().bounds.min;
        label - scene.node(id).unwrap().center
    };
    let before = (offset(&scene), scene.clone());
    let mut document = document;
    // Down the empty right side of the map, step by step, as the keyboard does.
    for step in 1..10 {
        let (after, touched) =
            moved(&document, id, Point::new(0.66 + 0.02 * f64::from(step), 0.60 + 0.03 * f64::from(step)));
        scene.update(&after, &facts, &options, &ArialMeasure, &touched);
        document = after;
        let now = offset(&scene);
        let covered = label_overlaps(&scene).total();
        assert_eq!(covered, 0, "step {step}");
        if (now - before.0).length() > 0.01 {
            // Only a name that came to cover something may change sides; then it must have had to.
            continue;
        }
    }
    let jumped: Vec<ItemKey> = scene
        .items()
        .filter(|item| is_label(item.key) && item.key != ItemKey::Label(id))
        .filter(|item| before.1.item(item.key) != Some(item))
        .map(|item| item.key)
        .collect();
    assert_eq!(jumped, []);
}

#[test]
fn building_again_over_the_same_map_keeps_every_pointer() {
    let document = tests::notation();
    let facts = Rc::new(marked(&document));
    let options = ViewOptions { risk: true, legend: true, ..ViewOptions::default() };
    let first = build(&document, &facts, &options);
    let second = Scene::build(&document, &facts, &options, &ArialMeasure, Some(&first));
    assert!(first.items().count() > 60);
    assert!(first.items().zip(second.items()).all(|(a, b)| Rc::ptr_eq(a, b)));
}

#[test]
fn a_change_of_the_marks_alone_is_shown() {
    let document = booking();
    let options = ViewOptions { risk: true, ..ViewOptions::default() };
    let mut scene = build(&document, &Rc::default(), &options);
    let marked_id = *document.components.keys().nth(5).unwrap();
    assert!(scene.item(ItemKey::RiskMark(marked_id)).is_none());
    let facts = Rc::new(marked(&document));
    scene.update(&document, &facts, &options, &ArialMeasure, &Touched::default());
    let fresh = build(&document, &facts, &options);
    assert_eq!(scene.item(ItemKey::RiskMark(marked_id)), fresh.item(ItemKey::RiskMark(marked_id)));
    assert!(scene.item(ItemKey::RiskMark(marked_id)).is_some());
}

#[test]
fn a_variant_follows_its_parent() {
    let document = tests::notation();
    let facts = Rc::default();
    let options = ViewOptions::default();
    let mut scene = build(&document, &facts, &options);
    let (parent, _) = document.component_named("Brakes").unwrap();
    let (variant, _) = document.component_named("Rim brake").unwrap();
    let before = scene.node(variant).unwrap().center;
    let (after, touched) = moved(&document, parent, Point::new(0.58, 0.40));
    scene.update(&after, &facts, &options, &ArialMeasure, &touched);
    let now = scene.node(variant).unwrap().center;
    assert!((now.y - before.y - 0.20 * 720.0).abs() < 1e-9);
    assert_eq!(now.x, before.x);
}

#[test]
fn suggested_places_are_used_only_where_nothing_is_decided() {
    let mut document = Document::new();
    let (a, b): (ComponentId, ComponentId) = (Id::numbered('c', 1), Id::numbered('c', 2));
    let half = Component { visibility: None, ..Component::named("Half").at(Point::new(0.2, 0.0)) };
    document.components.insert(a, Rc::new(Component { visibility: None, ..half }));
    document.components.insert(b, Rc::new(Component::named("Nothing decided")));
    let place = |component| SuggestedPlace { component, at: Point::new(0.9, 0.25) };
    let facts = Rc::new(SceneFacts::new(vec![place(b), place(a)], Vec::new()));
    let scene = build(&document, &facts, &ViewOptions::default());
    let size = scene.frame().size();
    assert_eq!(scene.node(a).unwrap().center, Point::new(0.2 * size.width, 0.75 * size.height));
    assert_eq!(scene.node(b).unwrap().center, Point::new(0.9 * size.width, 0.75 * size.height));
    assert!(!scene.node(a).unwrap().undecided && scene.node(b).unwrap().undecided);
    assert_eq!(Evolution::new(0.2), document.components[&a].evolution);
}
