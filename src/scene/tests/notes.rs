//! Where notes and the box of the annotations go.

use crate::geom::{Point, Rect, Size, Vector, World};
use crate::model::*;
use crate::scene::display::{Item, ItemKey, Shape};
use crate::scene::tests::{id_of, scene_of, Sketch};
use crate::scene::*;

fn note_at(scene: &Scene, number: u64) -> &Item {
    scene.item(ItemKey::Record(AnyRecordId::Note(crate::id::Id::numbered('n', number)))).unwrap()
}

fn first_line(item: &Item) -> Point<World> {
    item.shapes.iter().filter_map(Shape::text).next().unwrap().at
}

fn covers(a: &Rect<World>, b: &Rect<World>) -> bool {
    a.max.x.min(b.max.x) - a.min.x.max(b.min.x) > 1.0 && a.max.y.min(b.max.y) - a.min.y.max(b.min.y) > 1.0
}

#[test]
fn a_note_stays_where_its_author_put_it_unless_it_would_cover_a_symbol() {
    let sketch = || Sketch::new("Map").component("Kiln", 0.5, 0.5);
    let free = sketch().note("Agreed in May", 0.2, 0.2).document;
    let scene = scene_of(&free);
    assert_eq!(first_line(note_at(&scene, 1)), scene.frame().world_from_map(Point::new(0.2, 0.2)));

    let covering = sketch().note("Agreed in May", 0.5, 0.48).document;
    let scene = scene_of(&covering);
    let at = scene.frame().world_from_map(Point::new(0.48, 0.5));
    let note = note_at(&scene, 1);
    assert!(!covers(&note.bounds, &scene.node(id_of(&covering, "Kiln")).unwrap().body()));
    assert!(first_line(note).distance(at) < 40.0, "but near to it");
    assert!(!covers(&note.bounds, &scene.item(ItemKey::Label(id_of(&covering, "Kiln"))).unwrap().bounds));
}

#[test]
fn notes_stacked_line_by_line_stay_and_those_over_each_other_come_apart() {
    let stacked = Sketch::new("Map").note("One line", 0.5, 0.2).note("and the next", 0.48, 0.2).document;
    let scene = scene_of(&stacked);
    for (number, visibility) in [(1, 0.5), (2, 0.48)] {
        let author = scene.frame().world_from_map(Point::new(0.2, visibility));
        assert_eq!(first_line(note_at(&scene, number)), author);
    }
    let over = Sketch::new("Map").note("Said by one", 0.5, 0.2).note("Said by another", 0.495, 0.21).document;
    let scene = scene_of(&over);
    let (a, b) = (first_line(note_at(&scene, 1)), first_line(note_at(&scene, 2)));
    assert!((a.y - b.y).abs() >= 9.0, "{a:?} {b:?}");
}

#[test]
fn notes_that_are_larger_on_a_small_screen_cover_no_symbol_and_no_name() {
    let document = Sketch::new("Map")
        .component("Booking desk", 0.5, 0.35)
        .change("Booking desk", |c| c.label_offset = Some(Vector::new(-95.0, -4.0)))
        .note("Two people know these rules.", 0.507, 0.12)
        .document;
    let scene = scene_of(&document);
    for zoom in [1.0, 0.8, 0.6, 0.5] {
        let items = scene.visible(&scene.extent(), zoom, &|_| false);
        let bounds = |wanted: ItemKey| items.iter().find(|item| item.key == wanted).map(|item| item.bounds);
        let note = bounds(note_at(&scene, 1).key).unwrap();
        let desk = id_of(&document, "Booking desk");
        assert!(!covers(&note, &scene.node(desk).unwrap().body()), "at {zoom}");
        let name = bounds(ItemKey::Label(desk)).expect("there is room for it");
        assert!(!covers(&note, &name), "at {zoom}: {note:?} {name:?}");
    }
}

#[test]
fn a_box_of_remarks_goes_below_the_plane_rather_than_up_over_symbols() {
    let map = |visibility: f64| {
        let mut document = Sketch::new("Map").component("Kiln", 0.15, 0.05).settings(|s| {
            s.annotation_box = Some(Point::new(0.02, visibility));
        });
        for number in 1..=6 {
            document = document.annotation(number, "Something to know about it", &[(0.8, 0.1 * f64::from(number))]);
        }
        scene_of(&document.document)
    };
    let place = |visibility: f64| map(visibility).item(ItemKey::AnnotationBox).unwrap().bounds;
    let Size { height, .. } = map(0.5).frame().size();
    assert!(place(0.5).max.y < height, "where its author put it");
    let below = place(0.1);
    assert!(below.min.y > height, "{below:?}");
    assert!((below.min.x - place(0.5).min.x).abs() < 1.0, "under its author's place");
    let without = Sketch::new("Map").settings(|s| s.annotation_box = Some(Point::new(0.02, 0.01)));
    let scene = scene_of(&without.annotation(1, "Something to know", &[(0.8, 0.1)]).document);
    let inside = scene.item(ItemKey::AnnotationBox).unwrap().bounds;
    assert!(inside.max.y <= height + 1.0, "moved up where it covers nothing: {inside:?}");
}
