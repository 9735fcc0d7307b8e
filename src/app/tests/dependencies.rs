//! The dependency view as a person uses it: what breaks, filters, pins, the question above 300 components.

use crate::app::action::ActionId;
use crate::app::dependencies::filter::{FilterChange, Pick};
use crate::app::intent::*;
use crate::app::samples;
use crate::app::state::ViewTab;
use crate::app::tests::script::Person;
use crate::edit::{Command, ComponentChange};
use crate::geom::{Point, Size, Vector};
use crate::layout::{BOX_HEIGHT, BOX_WIDTH, ROW};
use crate::model::{sample, AnyRecordId, ComponentId};
use crate::scene::display::ItemKey;

fn at_dependencies(mut person: Person) -> Person {
    person.acts(ActionId::ShowDependencies);
    assert_eq!(person.app.tab(), ViewTab::Dependencies);
    person
}

fn opens(text: &str) -> Person {
    let mut person = Person::new();
    let files = vec![ReadFile { name: "estate.map.json".to_owned(), bytes: text.as_bytes().to_vec() }];
    person.does(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    person
}

fn trust() -> Person {
    let sample = samples::all().iter().find(|sample| sample.id == "hospital-trust");
    at_dependencies(opens(sample.map_or("", |sample| sample.content)))
}

fn row(person: &Person, id: ComponentId) -> i64 {
    person.app.scene().node(id).map_or(-1, |node| (node.center.y / ROW).round() as i64)
}

fn selects(person: &mut Person, name: &str) -> ComponentId {
    let id = person.id(name);
    person.does(Intent::Select(SelectIntent::Only([AnyRecordId::Component(id)].into())));
    id
}

#[test]
fn users_stand_on_top_and_needs_below() {
    let person = at_dependencies(Person::with_tea_shop());
    let rows: Vec<i64> =
        ["Public", "Cup of tea", "Kettle", "Power"].iter().map(|name| row(&person, person.id(name))).collect();
    assert_eq!(rows, [0, 1, 2, 3]);
}

#[test]
fn what_breaks_is_shown_alone_with_a_sentence_and_escape_leaves() {
    let mut person = at_dependencies(Person::with_tea_shop());
    selects(&mut person, "Kettle");
    person.acts(ActionId::WhatStops);
    assert_eq!(person.app.scene().nodes().count(), 3);
    let said = person.app.status().map(|s| s.text.clone()).unwrap_or_default();
    assert_eq!(said, "If Kettle stops, 2 systems stop. The longest chain: Public needs Cup of tea needs Kettle.");
    // The same on the map: the others are faint there.
    person.acts(ActionId::ShowMap);
    assert_eq!(person.app.lit().map(|lit| lit.len()), Some(3));
    person.acts(ActionId::Escape);
    assert!(person.app.lit().is_none());
    assert_eq!(person.app.selection().len(), 1, "one press, one effect");
    person.acts(ActionId::WhatNeeds);
    let said = person.app.status().map(|s| s.text.clone()).unwrap_or_default();
    assert_eq!(said, "To run, Kettle needs 1 system.");
}

#[test]
fn so_many_links_around_more_and_less() {
    let mut person = at_dependencies(Person::with_tea_shop());
    selects(&mut person, "Power");
    person.acts(ActionId::FocusAround);
    assert_eq!(person.app.scene().nodes().count(), 2);
    person.acts(ActionId::FocusMore);
    assert_eq!(person.app.scene().nodes().count(), 3);
    person.does(Intent::Dependencies(DependencyIntent::Reach { upwards: true, more: true }));
    assert_eq!(person.app.scene().nodes().count(), 4);
    person.acts(ActionId::LeaveFocus);
    assert_eq!(person.app.dependencies().counts(), (4, 4));
}

#[test]
fn a_box_is_pinned_by_dragging_by_keys_and_by_a_click_and_released() {
    let mut person = at_dependencies(Person::with_tea_shop());
    let kettle = selects(&mut person, "Kettle");
    let before = person.app.scene().node(kettle).unwrap().center;
    let grab = person.app.camera().screen_from_world(before);
    let zoom = person.app.camera().zoom();
    person.drags(grab, grab + Vector::new(300.0 * zoom, 10.0));
    let pin = Point::ORIGIN + person.app.document().components[&kettle].pin.unwrap();
    assert!((pin.x - before.x - 300.0).abs() < 2.0 && pin.y == before.y, "rows catch: {pin:?}");
    assert_eq!(person.app.scene().node(kettle).unwrap().center, pin);
    person.acts(ActionId::MoveFarLeft);
    person.acts(ActionId::MoveFarLeft);
    let moved = person.app.scene().node(kettle).unwrap().center;
    assert!(moved.x < pin.x - 100.0);
    // Presses in a row are one step; undo goes back to the drag, undo again to nothing pinned.
    person.acts(ActionId::Undo);
    assert_eq!(person.app.scene().node(kettle).unwrap().center, pin);
    person.acts(ActionId::Undo);
    assert_eq!(person.app.document().components[&kettle].pin, None);
    person.acts(ActionId::Redo);
    assert!(person.app.is_enabled(ActionId::UnpinAll));
    person.acts(ActionId::UnpinAll);
    assert_eq!(person.app.document().components[&kettle].pin, None);
    // Nothing of all this moves anything on the map.
    let place = person.app.document().components[&kettle].place();
    assert_eq!(place, Person::with_tea_shop().app.document().components[&kettle].place());
}

#[test]
fn arrows_walk_along_links() {
    let mut person = at_dependencies(Person::with_tea_shop());
    let public = AnyRecordId::Component(person.id("Public"));
    person.does(Intent::Select(SelectIntent::Focus(Some(public))));
    let names = |person: &Person| person.app.focus().and_then(|f| f.component());
    person.acts(ActionId::WalkDown);
    person.acts(ActionId::WalkDown);
    assert_eq!(names(&person), Some(person.id("Kettle")));
    person.acts(ActionId::WalkUp);
    assert_eq!(names(&person), Some(person.id("Cup of tea")));
}

#[test]
fn filters_say_how_many_are_shown_and_can_be_taken_away() {
    let mut person = trust();
    let (_, of) = person.app.dependencies().counts();
    person.does(Intent::Dependencies(DependencyIntent::Filter(FilterChange::Text("server".to_owned()))));
    let (shown, same) = person.app.dependencies().counts();
    assert!(shown > 0 && shown < of && same == of);
    let all = person.app.document().components.values();
    assert_eq!(all.filter(|c| c.name.to_lowercase().contains("server")).count(), shown);
    assert_eq!(person.app.dependencies().filter().chips(person.app.document()).len(), 1);
    person.does(Intent::Dependencies(DependencyIntent::Filter(FilterChange::Text("no such thing".to_owned()))));
    assert_eq!(person.app.dependencies().counts().0, 0);
    person.does(Intent::Dependencies(DependencyIntent::ClearFilters));
    assert_eq!(person.app.dependencies().counts(), (of, of));
}

#[test]
fn the_trusts_picture_has_no_box_on_another_and_exports() {
    let mut person = trust();
    let nodes: Vec<_> = person.app.scene().nodes().map(|node| node.center).collect();
    assert_eq!(nodes.len(), person.app.dependencies().counts().1);
    for (at, a) in nodes.iter().enumerate() {
        for b in &nodes[at + 1..] {
            assert!((a.x - b.x).abs() >= BOX_WIDTH || (a.y - b.y).abs() >= BOX_HEIGHT);
        }
    }
    let page = person.app.scene().page();
    let shape = page.width() / page.height();
    assert!((0.8..3.0).contains(&shape), "{} x {}", page.width(), page.height());
    person.effects.clear();
    person.acts(ActionId::ExportPicture);
    person.does(Intent::Picture(PictureIntent::Save));
    let picture = person.effects.iter().find_map(|effect| match effect {
        crate::app::effect::Effect::Download { contents, .. } => Some(contents.clone()),
        _ => None,
    });
    let picture = picture.unwrap_or_default();
    assert!(picture.contains("who needs what") && roxmltree::Document::parse(&picture).is_ok());
}

#[test]
fn a_large_estate_asks_first_and_is_arranged_in_slices() {
    let mut person = Person::new();
    let document = sample::synthetic(600, 5);
    let text = crate::format::json::write(&document, &crate::format::FileInfo::default());
    let files = vec![ReadFile { name: "large.map.json".to_owned(), bytes: text.into_bytes() }];
    person.does(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    let mut person = at_dependencies(person);
    assert!(person.app.asks_what_to_show());
    assert_eq!(person.app.scene().nodes().count(), 0);
    person.effects.clear();
    person.does(Intent::Dependencies(DependencyIntent::ShowAll));
    assert!(person.app.dependencies().progress().is_some());
    assert!(person.effects.contains(&crate::app::effect::Effect::WorkSoon));
    let mut slices = 0;
    while person.app.dependencies().progress().is_some() {
        person.does(Intent::Risk(RiskIntent::Work));
        slices += 1;
        assert!(slices < 2_000);
    }
    assert!(slices > 3);
    assert_eq!(person.app.scene().nodes().count(), 600);
    person.does(Intent::Dependencies(DependencyIntent::Ask));
    assert!(person.app.asks_what_to_show());
    person.does(Intent::Dependencies(DependencyIntent::ShowAll));
    person.does(Intent::Dependencies(DependencyIntent::Stop));
    assert!(person.app.dependencies().progress().is_none() && person.app.layout_was_stopped());
}

#[test]
fn each_view_keeps_its_own_camera_and_things_are_added_on_the_map_only() {
    let mut person = Person::with_tea_shop();
    person.does(Intent::View(ViewIntent::Zoom(2.0, None)));
    let on_map = person.app.camera();
    let mut person = at_dependencies(person);
    person.does(Intent::View(ViewIntent::Zoom(1.3, None)));
    person.does(Intent::View(ViewIntent::Resized(Size::new(900.0, 600.0))));
    person.acts(ActionId::ShowDependencies);
    assert_eq!(person.app.tab(), ViewTab::Map);
    assert_eq!(person.app.camera().zoom(), on_map.zoom());
    let mut person = at_dependencies(person);
    assert!(!person.app.is_enabled(ActionId::AddComponent));
    let before = person.app.document().components.len();
    person.double_clicks(Point::new(880.0, 580.0));
    assert!(person.app.label_edit().is_none());
    assert_eq!(person.app.document().components.len(), before);
    let wrong = Some(Vector::new(f64::NAN, 0.0));
    let kettle = person.id("Kettle");
    person.does(Intent::Edit(Command::ChangeComponents { ids: vec![kettle], change: ComponentChange::Pin(wrong) }));
    assert_eq!(person.app.document().components[&kettle].pin, None);
}

#[test]
fn single_points_of_failure_are_looked_for_in_slices_and_can_be_stopped() {
    let mut person = trust();
    let all = person.app.dependencies().counts().0;
    person.does(Intent::Dependencies(DependencyIntent::Filter(FilterChange::Pick(Some(Pick::SinglePoints)))));
    assert!(person.app.lacks_single_points(), "not worked out in one go");
    assert!(person.app.ranking().work().findings_percent().is_some());
    person.does(Intent::Risk(RiskIntent::Cancel));
    assert!(person.app.lacks_single_points() && !person.app.ranking().work().is_running());
    person.does(Intent::Risk(RiskIntent::Resume));
    let mut slices = 0;
    while person.app.lacks_single_points() {
        person.does(Intent::Risk(RiskIntent::Work));
        slices += 1;
        assert!(slices < 1_000, "it comes to an end");
    }
    assert!(slices > 2, "{slices} slices");
    let (shown, of) = person.app.dependencies().counts();
    assert!(shown > 0 && shown < all && of == all, "{shown} of {of}");
    let said = person.app.status().map(|s| s.text.clone()).unwrap_or_default();
    assert_eq!(said, format!("Showing {shown} of {of}."));
    // Each of them stops a service all by itself.
    for node in person.app.scene().nodes() {
        assert!(!person.app.analysis().services_stopped_by(node.id).is_empty());
    }
}

#[test]
fn from_afar_the_names_that_matter_can_be_read_and_the_others_are_counted() {
    let person = trust();
    let scene = person.app.scene();
    let all = scene.extent();
    let count = scene.nodes().count();
    for zoom in [0.3, 0.2, 0.1] {
        let items = scene.visible(&all.inflate(500.0), zoom, &|_| false);
        let named: Vec<_> = items
            .iter()
            .filter(|item| matches!(item.key, ItemKey::Record(AnyRecordId::Component(_))))
            .filter(|item| item.shapes.iter().any(|shape| shape.text().is_some()))
            .collect();
        let texts = named.iter().flat_map(|item| &item.shapes).filter_map(|shape| shape.text());
        assert!(texts.into_iter().all(|text| text.size * zoom >= 9.0), "small names at {zoom}");
        for (at, item) in named.iter().enumerate() {
            let covered = named[at + 1..].iter().find(|other| other.bounds.inflate(-1.0).overlaps(&item.bounds));
            assert!(covered.is_none(), "{:?} under {:?} at {zoom}", item.key, covered.map(|it| it.key));
        }
        assert!(named.len() > 10 && named.len() < count, "{} of {count} at {zoom}", named.len());
        let said = items.iter().flat_map(|item| &item.shapes).filter_map(|shape| shape.text());
        let left_out = format!("{} names are left out at this size", count - named.len());
        assert!(said.into_iter().any(|text| text.text == left_out), "{left_out} at {zoom}");
    }
    // A saved picture has all names.
    let painted = scene.painted();
    assert!(!painted
        .iter()
        .flat_map(|item| &item.shapes)
        .any(|shape| shape.text().is_some_and(|t| t.text.contains("left out"))));
}
