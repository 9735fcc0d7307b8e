use std::rc::Rc;

use proptest::prelude::*;

use crate::analysis::testing::{facts_with, Estate};
use crate::analysis::{analyse, lint, update};
use crate::date::parse_iso;
use crate::geom::{Evolution, Point, Visibility};
use crate::id::Id;
use crate::known::Known;
use crate::model::*;

/// A random edit: move, undecide, fact, strength, rename, hide, delete, weights.
fn random_patch(document: &Document, kind: u8, pick: u16) -> Patch {
    let mut patch = Patch::default();
    let ids: Vec<ComponentId> = document.components.keys().copied().collect();
    let links: Vec<LinkId> = document.links.keys().copied().collect();
    let (Some(id), Some(link)) =
        (ids.get(usize::from(pick) % ids.len().max(1)), links.get(usize::from(pick) % links.len().max(1)))
    else {
        return patch;
    };
    let component = Component::clone(&document.components[id]);
    let share = f64::from(pick) / 65_535.0;
    match kind % 9 {
        0 => patch.components(document, *id, Some(component.at(Point::new(share, 1.0 - share)))),
        1 => patch.components(document, *id, Some(Component { evolution: None, visibility: None, ..component })),
        2 => {
            let mut facts = component.facts().clone();
            facts.likelihood[usize::from(pick) % 7] = Known::exactly(1 + (pick % 6) as u8);
            patch.components(document, *id, Some(Component { facts: Some(Rc::new(facts)), ..component }));
        }
        3 => {
            let record = Link::clone(&document.links[link]);
            patch.links(document, *link, Some(Link { strength: Known::exactly(share), ..record }));
        }
        4 => patch.components(document, *id, Some(Component { name: format!("N{}", pick % 50), ..component })),
        5 => patch.components(document, *id, Some(Component { hidden: !component.hidden, ..component })),
        6 => {
            for (link, _) in document.links_of(*id) {
                patch.links(document, link, None);
            }
            patch.components(document, *id, None);
        }
        7 => {
            let mut settings = Settings::clone(&document.settings);
            settings.risk.weights[usize::from(pick % 5)] = share;
            settings.risk.red_from = 10.0 + 10.0 * share;
            patch.settings(document, settings);
        }
        _ => {
            let to = ids[(usize::from(pick) * 7 + 3) % ids.len()];
            if to != *id {
                patch.links(document, Id::numbered('x', u64::from(pick)), Some(Link::need(*id, to)));
            }
        }
    }
    patch
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn incremental_is_the_same_as_from_scratch(
        seed in 0..50u64,
        edits in prop::collection::vec((any::<u8>(), any::<u16>()), 1..12),
    ) {
        let today = parse_iso("2026-01-15");
        let mut document = sample::synthetic(25, seed);
        let mut analysis = analyse(&document, today);
        for (kind, pick) in edits {
            let patch = random_patch(&document, kind, pick);
            document.apply(&patch);
            analysis = update(&analysis, &document, &patch.touched(), today);
            prop_assert_eq!(&analysis, &analyse(&document, today));
        }
    }
}

#[test]
fn moving_a_component_keeps_everything_but_places() {
    let mut document = sample::synthetic(300, 5);
    let before = analyse(&document, None);
    let id = Id::numbered('c', 17);
    let mut patch = Patch::default();
    patch.components(&document, id, Some(Component::clone(&document.components[&id]).at(Point::new(0.25, 0.75))));
    document.apply(&patch);
    let after = update(&before, &document, &patch.touched(), None);
    assert!(Rc::ptr_eq(&before.graph, &after.graph));
    assert!(Rc::ptr_eq(&before.dependency, &after.dependency));
    assert!(Rc::ptr_eq(&before.ranking, &after.ranking));
    assert_eq!(after.place(id).unwrap().at, Point::new(0.25, 0.75));
}

#[test]
fn links_are_found_from_both_ends() {
    let mut estate = Estate::default();
    for name in ["a", "b", "c"] {
        estate.system(name, facts_with(2, 2));
    }
    let first = estate.need("a", "c", 1.0);
    let second = estate.need("b", "c", 1.0);
    let analysis = estate.analysis();
    let ends =
        |list: &[crate::analysis::graph::Neighbor]| -> Vec<_> { list.iter().map(|n| (n.component, n.link)).collect() };
    assert_eq!(ends(analysis.needed_by(estate.id("c"))), [(estate.id("a"), first), (estate.id("b"), second)]);
    assert_eq!(ends(analysis.needs(estate.id("a"))), [(estate.id("c"), first)]);
    assert!(analysis.needs(estate.id("c")).is_empty());
    assert_eq!(analysis.graph.services(), [estate.id("a"), estate.id("b")]);
}

#[test]
fn depth_follows_the_longest_chain_from_the_users() {
    let mut estate = Estate::default();
    estate.anchor("patient");
    for name in ["booking", "list", "server", "loose"] {
        estate.system(name, facts_with(2, 2));
    }
    estate.need("patient", "booking", 1.0);
    estate.need("booking", "list", 1.0);
    estate.need("booking", "server", 1.0);
    estate.need("list", "server", 1.0);
    let graph = estate.analysis().graph;
    let depth = |name: &str| graph.depth(estate.id(name)).unwrap();
    assert_eq!(["patient", "booking", "list", "server", "loose"].map(depth), [0, 1, 2, 3, 1]);
    assert!(graph.is_isolated(estate.id("loose")));
    assert_eq!(graph.services(), [estate.id("booking")]);
}

#[test]
fn cut_points_hold_the_map_together() {
    let mut estate = Estate::default();
    for name in ["a", "b", "middle", "c", "d"] {
        estate.system(name, facts_with(2, 2));
    }
    for (from, to) in [("a", "b"), ("a", "middle"), ("b", "middle"), ("middle", "c"), ("middle", "d"), ("c", "d")] {
        estate.need(from, to, 1.0);
    }
    assert_eq!(estate.analysis().graph.cut_points(), [estate.id("middle")]);
    let chain = (0..30_000).map(|i| format!("n{i}")).collect::<Vec<_>>();
    let mut estate = Estate::default();
    for name in &chain {
        estate.component(Component::named(name.as_str()));
    }
    for pair in chain.windows(2) {
        estate.need(&pair[0], &pair[1], 1.0);
    }
    assert_eq!(estate.analysis().graph.cut_points().len(), 29_998);
}

#[test]
fn hidden_components_take_no_part() {
    let mut estate = Estate::default();
    for name in ["a", "b", "c"] {
        estate.system(name, facts_with(2, 2));
    }
    estate.need("a", "b", 1.0);
    estate.need("b", "c", 1.0);
    let hidden = estate.id("b");
    Rc::make_mut(estate.document.components.get_mut(&hidden).unwrap()).hidden = true;
    let analysis = estate.analysis();
    assert_eq!(analysis.ranking.rows.len(), 2);
    assert!(analysis.needs(estate.id("a")).is_empty());
    assert!(analysis.place(hidden).is_none());
}

#[test]
fn decided_places_stay_and_variants_stand_level_with_their_pipeline() {
    let mut document = Document::new();
    let (kettle, electric, power) = (Id::numbered('c', 1), Id::numbered('c', 2), Id::numbered('c', 3));
    let pipeline = Id::numbered('p', 1);
    let add = |document: &mut Document, id, c: Component| document.components.insert(id, Rc::new(c));
    add(&mut document, kettle, Component::named("Kettle").at(Point::new(0.35, 0.43)));
    let variant = Component {
        pipeline: Some(pipeline),
        evolution: Evolution::new(0.63),
        visibility: Visibility::new(0.9),
        ..Component::named("Electric kettle")
    };
    add(&mut document, electric, variant);
    add(&mut document, power, Component::named("Power"));
    document.pipelines.insert(pipeline, Rc::new(Pipeline { parent: kettle, ..Pipeline::default() }));
    document.links.insert(Id::numbered('l', 1), Rc::new(Link::need(electric, power)));
    let analysis = analyse(&document, None);
    assert_eq!(analysis.place(kettle).unwrap().at, Point::new(0.35, 0.43));
    assert_eq!(analysis.place(electric).unwrap().at, Point::new(0.63, 0.43));
    let undecided = analysis.place(power).unwrap();
    assert!(!undecided.evolution_decided && !undecided.visibility_decided);
    assert_eq!([kettle, electric, power].map(|id| analysis.graph.depth(id).unwrap()), [0, 0, 1]);
}

/// An estate as a spreadsheet gives it: nothing decided.
fn undecided(n: usize) -> Document {
    let mut document = sample::synthetic(n, 9);
    for component in document.components.values_mut() {
        let component = Rc::make_mut(component);
        (component.evolution, component.visibility) = (None, None);
    }
    document
}

#[test]
fn undecided_components_do_not_pile_up() {
    for n in [3, 60, 700, 5_000] {
        let document = undecided(n);
        let analysis = analyse(&document, None);
        let scale = analysis.placement.frame_scale();
        let (width, height) = (1100.0 * scale, 720.0 * scale);
        let mut places: Vec<(f64, f64)> =
            analysis.places().map(|(_, place)| (place.at.x * width, place.at.y * height)).collect();
        assert!(places.iter().all(|(x, y)| (0.0..=width).contains(x) && (0.0..=height).contains(y)));
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        // No two dots closer than two diameters of a node.
        for (i, a) in places.iter().enumerate() {
            for b in places[i + 1..].iter().take_while(|b| b.0 - a.0 < 24.0) {
                assert!((a.0 - b.0).hypot(a.1 - b.1) >= 24.0, "{a:?} and {b:?} of {n}");
            }
        }
    }
}

#[test]
fn deciding_one_place_moves_nothing_else() {
    let mut document = undecided(200);
    let before = analyse(&document, None);
    let id = Id::numbered('c', 50);
    let mut patch = Patch::default();
    patch.components(&document, id, Some(Component::clone(&document.components[&id]).at(Point::new(0.5, 0.5))));
    document.apply(&patch);
    let after = update(&before, &document, &patch.touched(), None);
    let moved: Vec<ComponentId> =
        before.places().zip(after.places()).filter(|(a, b)| a != b).map(|(a, _)| a.0).collect();
    assert_eq!(moved, [id]);
}

#[test]
fn what_is_needed_stands_below_what_needs_it() {
    let document = undecided(400);
    let analysis = analyse(&document, None);
    for link in document.links.values() {
        let (from, to) = (analysis.place(link.from).unwrap().at, analysis.place(link.to).unwrap().at);
        assert!(from.y > to.y, "{:?} {:?}", link.from, link.to);
    }
}

#[test]
fn hints_name_circles_orphans_and_twins() {
    let mut estate = Estate::default();
    for name in ["a", "b", "loose"] {
        estate.system(name, facts_with(2, 2));
    }
    estate.system("A", facts_with(2, 2));
    estate.need("a", "b", 1.0);
    estate.need("b", "a", 1.0);
    estate.need("A", "b", 1.0);
    let hints = lint::hints(&estate.document, &estate.analysis());
    let said: Vec<(&str, &str)> = hints.iter().map(|d| (d.code, d.message.as_str())).collect();
    assert_eq!(
        said,
        [
            ("map-cycle", "These need one another in a circle: a, b."),
            ("map-orphan", "loose is not linked to anything."),
            ("map-same-name", "2 components are called a."),
        ]
    );
}

#[test]
fn an_empty_document_is_no_trouble() {
    let analysis = analyse(&Document::new(), parse_iso("2026-01-15"));
    assert!(analysis.ranking.rows.is_empty() && analysis.ranking.is_silent());
    assert!(analysis
        .blast_radius(Id::numbered('c', 1), crate::analysis::dependency::Direction::WhatStops)
        .affected
        .is_empty());
    assert_eq!(lint::hints(&Document::new(), &analysis), []);
}
