//! What one finds under the pointer and with the arrow keys.

use crate::geom::{Point, Rect, Vector};
use crate::model::*;
use crate::scene::display::ItemKey;
use crate::scene::tests::{id_of, notation, scene_of, tea_shop, Sketch};
use crate::scene::*;

fn component(document: &Document, name: &str) -> ComponentId {
    id_of(document, name)
}

fn record(document: &Document, name: &str) -> ItemKey {
    ItemKey::Record(AnyRecordId::Component(component(document, name)))
}

#[test]
fn a_symbol_is_hit_before_the_lines_and_names_around_it() {
    let document = tea_shop();
    let scene = scene_of(&document);
    let center = scene.node(component(&document, "Hot water")).unwrap().center;
    for by in [Vector::new(0.0, 0.0), Vector::new(5.0, 3.0), Vector::new(-9.0, 8.0), Vector::new(9.0, 0.0)] {
        let hit = scene.hit(center + by, 8.0, 1.0).unwrap();
        assert_eq!((hit.key, hit.part), (record(&document, "Hot water"), HitPart::Body), "{by:?}");
    }
}

#[test]
fn names_lines_arrows_and_decorations_are_found() {
    let document = notation();
    let scene = scene_of(&document);
    let at = |name: &str| scene.node(component(&document, name)).unwrap().center;
    let hit = |point| scene.hit(point, 4.0, 1.0).map(|hit| (hit.key, hit.part));

    let name = scene.item(ItemKey::Label(component(&document, "Payment"))).unwrap().bounds.center();
    assert_eq!(hit(name), Some((ItemKey::Label(component(&document, "Payment")), HitPart::Text)));

    let (link, _) = document.links.iter().find(|(_, l)| l.to == component(&document, "Payment")).unwrap();
    let on_the_way = at("Bicycle").lerp(at("Payment"), 0.7) + Vector::new(1.0, 1.0);
    assert_eq!(hit(on_the_way), Some((ItemKey::Record(AnyRecordId::Link(*link)), HitPart::Line)));

    let know_how = scene.node(component(&document, "Repair know-how")).unwrap();
    let arrow = ItemKey::EvolveArrow(know_how.id);
    assert_eq!(hit(know_how.evolved.unwrap()), Some((arrow, HitPart::EvolvedPlace)));
    assert_eq!(hit(know_how.center.lerp(know_how.evolved.unwrap(), 0.3)), Some((arrow, HitPart::Line)));

    let (pioneers, _) = document.attitudes.iter().next().unwrap();
    let corner = scene.frame().world_from_map(Point::new(0.02, 0.92));
    let key = ItemKey::Record(AnyRecordId::Attitude(*pioneers));
    assert_eq!(hit(corner), Some((key, HitPart::Corner(0))));
    assert_eq!(hit(corner + Vector::new(60.0, 1.0)), Some((key, HitPart::Line)));
    // The inside of an attitude is map: one begins a marquee there.
    assert_eq!(hit(corner + Vector::new(60.0, 120.0)), None);

    let (brakes, _) = document.pipeline_of_parent(component(&document, "Brakes")).unwrap();
    let box_of = scene.item(ItemKey::Record(AnyRecordId::Pipeline(brakes))).unwrap().bounds;
    let key = ItemKey::Record(AnyRecordId::Pipeline(brakes));
    assert_eq!(hit(Point::new(box_of.max.x, box_of.center().y)), Some((key, HitPart::End(1))));
    assert_eq!(hit(Point::new(at("Rim brake").x + 40.0, box_of.center().y)), Some((key, HitPart::Inside)));
    assert_eq!(hit(at("Rim brake")), Some((record(&document, "Rim brake"), HitPart::Body)));

    assert_eq!(hit(Point::new(-500.0, -500.0)), None);
    assert_eq!(scene.hit(Point::new(f64::NAN, 0.0), f64::INFINITY, f64::NAN), None);
}

#[test]
fn of_two_symbols_over_each_other_the_nearer_centre_wins() {
    let document = Sketch::new("").component("Left", 0.5, 0.500).component("Right", 0.5, 0.505).document;
    let scene = scene_of(&document);
    let [left, right] = ["Left", "Right"].map(|name| scene.node(component(&document, name)).unwrap().center);
    for (share, name) in [(0.1, "Left"), (0.4, "Left"), (0.6, "Right"), (0.9, "Right")] {
        assert_eq!(scene.hit(left.lerp(right, share), 4.0, 1.0).unwrap().key, record(&document, name), "{share}");
    }
}

#[test]
fn a_marquee_takes_what_has_its_centre_inside() {
    let document = tea_shop();
    let scene = scene_of(&document);
    let world = |x, y| scene.frame().world_from_map(Point::new(x, y));
    let names =
        |ids: Vec<ComponentId>| -> Vec<String> { ids.iter().map(|id| document.components[id].name.clone()).collect() };
    let inside = scene.inside(&Rect::from_corners(world(0.7, 0.75), world(0.9, 0.5)));
    assert_eq!(names(inside), ["Cup", "Tea", "Hot water"]);
}

#[test]
fn arrow_keys_walk_to_the_neighbour_one_sees_there() {
    let document = tea_shop();
    let scene = scene_of(&document);
    let from = |name: &str, heading| {
        let here = scene.node(component(&document, name)).unwrap().center;
        scene.walk(here, heading).map(|(_, id)| document.components[&id].name.as_str())
    };
    assert_eq!(from("Business", Heading::Right), Some("Public"));
    assert_eq!(from("Public", Heading::Left), Some("Business"));
    assert_eq!(from("Business", Heading::Down), Some("Cup of tea"));
    assert_eq!(from("Kettle", Heading::Left), None);
    assert_eq!(from("Power", Heading::Down), None);
    assert_eq!(from("Water", Heading::Up), Some("Hot water"));
}

#[test]
fn reading_goes_row_by_row_and_reaches_everything_once() {
    let document = tea_shop();
    let scene = scene_of(&document);
    let order: Vec<&str> = scene.reading_order().iter().map(|id| document.components[id].name.as_str()).collect();
    assert_eq!(order, ["Business", "Public", "Cup of tea", "Cup", "Tea", "Hot water", "Kettle", "Water", "Power"]);
    let large = sample::synthetic(300, 3);
    let scene = scene_of(&large);
    let mut all = scene.reading_order();
    all.sort_unstable();
    assert_eq!(all, large.components.keys().copied().collect::<Vec<_>>());
}

#[test]
fn on_a_small_map_the_shown_names_are_hit_where_they_are_shown() {
    let document = sample::synthetic(500, 1);
    let scene = scene_of(&document);
    let zoom = 0.3;
    let area = scene.page();
    let mut found = 0;
    detail::each_label(&scene, &area, zoom, |key, rect| {
        let hit = scene.hit(rect.center(), 0.5, zoom);
        if hit.is_some_and(|hit| hit.key == key && hit.part == HitPart::Text) {
            found += 1;
        }
    });
    let mut shown = 0;
    detail::each_label(&scene, &area, zoom, |_, _| shown += 1);
    // Symbols under a name are hit first, so not quite all.
    assert!(shown > 20 && found * 10 > shown * 8, "{found} of {shown}");
}
