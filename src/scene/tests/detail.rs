//! What is painted at which zoom.

use std::rc::Rc;

use proptest::prelude::*;

use crate::geom::{Point, Rect, Vector};
use crate::model::sample::synthetic;
use crate::model::AnyRecordId;
use crate::scene::detail::{DOT_ZOOM, FULL_ZOOM};
use crate::scene::display::{Item, ItemKey, Layer, Role, Shape, TextShape};
use crate::scene::measure::ArialMeasure;
use crate::scene::metrics::LEAST_TEXT;
use crate::scene::tests::{booking, crowded, marked, notation, scene_of, tea_shop, Sketch};
use crate::scene::*;

fn texts(items: &[Rc<Item>]) -> Vec<&TextShape> {
    let shapes = items.iter().flat_map(|item| &item.shapes);
    shapes.filter_map(|shape| if let Shape::Text(text) = shape { Some(text) } else { None }).collect()
}

fn all(scene: &Scene, zoom: f64) -> Vec<Rc<Item>> {
    scene.visible(&scene.extent(), zoom, &|_| false)
}

#[test]
fn no_text_outside_marks_is_smaller_than_eleven_pixels() {
    let scene = scene_of(&notation());
    let estate = scene_of(&synthetic(400, 2));
    for zoom in [0.05, 0.11, 0.2, 0.35, 0.5, 0.6, 0.75, 0.79, 0.9, 1.0, 2.0] {
        for scene in [&scene, &estate] {
            let items = all(scene, zoom);
            for text in texts(&items) {
                let size = text.size * zoom;
                assert!(size >= LEAST_TEXT - 1e-6, "{:?} has {size:.1} px at {zoom}", text.text);
            }
        }
    }
}

#[test]
fn names_on_a_small_map_never_lie_over_each_other() {
    let scene = scene_of(&synthetic(1_500, 4));
    for zoom in [0.06, 0.1, 0.17, 0.3, 0.45, 0.55, 0.7, 0.78] {
        let items = all(&scene, zoom);
        let names = items.iter().find(|item| item.layer == Layer::Labels).unwrap();
        let boxes: Vec<Rect<World>> = names.shapes.iter().map(Shape::bounds).collect();
        assert!(boxes.len() > 10, "{} at {zoom}", boxes.len());
        for (i, a) in boxes.iter().enumerate() {
            for b in boxes.iter().skip(i + 1) {
                assert!(a.overlap_area(b) * zoom * zoom < 1.0, "{a:?} {b:?} at {zoom}");
            }
        }
    }
}

#[test]
fn a_map_of_usual_size_on_a_laptop_shows_its_names_as_at_full_zoom() {
    for (document, most_left_out) in [(booking(), 0), (tea_shop(), 0), (notation(), 1), (crowded(), 12)] {
        let scene = scene_of(&document);
        for zoom in [0.78, 0.73, 0.65] {
            let items = all(&scene, zoom);
            let name = |item: &&Rc<Item>| matches!(item.key, ItemKey::Label(_) | ItemKey::EvolveLabel(_));
            let names: Vec<&Rc<Item>> = items.iter().filter(name).collect();
            let wanted = scene.items().filter(name).count();
            let title = &document.settings.title;
            assert!(names.len() + most_left_out >= wanted, "{title} at {zoom}: {} of {wanted}", names.len());
            for (i, a) in names.iter().enumerate() {
                for b in names.iter().skip(i + 1) {
                    let [a, b] = [a, b].map(|item| item.shapes.iter().filter_map(Shape::text).map(TextShape::bounds));
                    let (a, b) = (a.reduce(|a, b| a.union(&b)).unwrap(), b.reduce(|a, b| a.union(&b)).unwrap());
                    assert!(!label::collide(&a, &b), "{title} at {zoom}: {a:?} {b:?}");
                }
            }
            // Most stand on the same side of their symbol as at full zoom.
            let side = |item: &Item, id| {
                let center = scene.node(id).unwrap().center;
                let text = item.shapes.iter().find_map(Shape::text).unwrap();
                (text.anchor, text.at.x > center.x, text.at.y > center.y)
            };
            let same = names.iter().filter(|item| match item.key {
                ItemKey::Label(id) => side(item, id) == side(scene.item(item.key).unwrap(), id),
                _ => true,
            });
            assert!(same.count() * 10 >= names.len() * 6, "{title} at {zoom}");
        }
    }
}

#[test]
fn an_authors_place_is_kept_on_a_small_map_with_its_near_edge() {
    let document = Sketch::new("").labelled("Bicycle", 0.5, 0.5, -66.0, 4.0).document;
    let scene = scene_of(&document);
    let id = document.component_named("Bicycle").unwrap().0;
    let right = |items: &[Rc<Item>]| {
        items.iter().find(|item| item.key == ItemKey::Label(id)).unwrap().bounds.max.x
            - scene.node(id).unwrap().center.x
    };
    let (full, small) = (right(&all(&scene, 1.0)), right(&all(&scene, 0.6)));
    assert!(full < 0.0 && (full - small).abs() < 1e-6, "{full} {small}");
}

#[test]
fn the_highest_risks_keep_their_names_longest() {
    let document = synthetic(2_000, 1);
    let facts = Rc::new(marked(&document));
    let options = ViewOptions { risk: true, ..ViewOptions::default() };
    let scene = Scene::build(&document, &facts, &options, &ArialMeasure, None);
    let page = scene.page();
    let zoom = 1366.0 / page.width();
    let mut steps = Vec::new();
    detail::each_label(&scene, &page, zoom, |key, _| {
        if let ItemKey::Label(id) = key {
            steps.extend(facts.mark(id).map(|mark| mark.step));
        }
    });
    let high = steps.iter().filter(|step| **step >= 4).count();
    assert!(steps.len() > 60 && high * 10 > steps.len() * 9, "{high} of {}", steps.len());
}

#[test]
fn components_become_dots_and_the_gravest_lie_on_top() {
    let document = synthetic(300, 1);
    let facts = Rc::new(marked(&document));
    let options = ViewOptions { risk: true, ..ViewOptions::default() };
    let scene = Scene::build(&document, &facts, &options, &ArialMeasure, None);
    let zoom = DOT_ZOOM * 0.5;
    let items = all(&scene, zoom);
    let dots = items.iter().find(|item| item.layer == Layer::Nodes).unwrap();
    let fills: Vec<Option<Role>> =
        dots.shapes.iter().map(|s| if let Shape::Circle { fill, .. } = s { *fill } else { None }).collect();
    assert_eq!(fills.iter().flatten().last(), Some(&Role::Risk(5)));
    assert!(fills.iter().filter(|fill| **fill == Some(Role::Risk(5))).count() > 50);
    // What is not known to be below red has a ring around its dot.
    let unsure = facts.marks().iter().filter(|mark| mark.unsure).count();
    assert!(unsure > 10);
    assert_eq!(fills.iter().filter(|fill| fill.is_none()).count(), unsure);
    assert_eq!(dots.shapes.len(), 300 + unsure);
    for shape in &dots.shapes {
        let Shape::Circle { radius, .. } = shape else { panic!("not a dot: {shape:?}") };
        assert!(radius * zoom >= 1.5);
    }
    assert!(!items.iter().any(|item| matches!(item.key, ItemKey::RiskMark(_))));
}

#[test]
fn the_legend_stays_readable_beside_the_plane_at_every_zoom() {
    let document = synthetic(300, 1);
    let facts = Rc::new(marked(&document));
    let options = ViewOptions { risk: true, legend_of_marks: true, ..ViewOptions::default() };
    let scene = Scene::build(&document, &facts, &options, &ArialMeasure, None);
    for zoom in [1.0, 0.7, 0.55, 0.4, 0.2, 0.05] {
        let items = all(&scene, zoom);
        let legend = items.iter().find(|item| item.key == ItemKey::Legend).unwrap();
        assert!(legend.bounds.min.x >= scene.frame.rect().max.x, "{zoom}: it covers the plane");
        for shape in &legend.shapes {
            if let Shape::Text(text) = shape {
                // Signs hold a number or a question mark, which is smaller than words at any zoom.
                let least = if text.text.len() > 1 { LEAST_TEXT } else { 7.5 };
                assert!(text.size * zoom > least - 0.01, "{zoom}: {} is {} pixels", text.text, text.size * zoom);
            }
        }
    }
}

#[test]
fn of_very_many_links_only_the_important_are_drawn_on_a_small_map() {
    let scene = scene_of(&synthetic(5_000, 1));
    let count = |zoom: f64| all(&scene, zoom).iter().filter(|item| item.layer == Layer::Links).count();
    assert_eq!(count(0.1), 3_000);
    assert_eq!(count(0.6), scene.items().filter(|item| item.layer == Layer::Links).count());
}

#[test]
fn at_full_zoom_everything_is_as_laid_out_and_hidden_items_are_left_out() {
    let document = notation();
    let scene = scene_of(&document);
    let items = all(&scene, 1.5);
    assert!(items.iter().eq(scene.painted().iter()), "the same items in the same order as in a picture");
    let last_link = items.iter().rposition(|item| item.layer == Layer::Links).unwrap();
    let names = |item: &Rc<Item>| {
        matches!(item.key, ItemKey::Record(AnyRecordId::Area(_) | AnyRecordId::Attitude(_)))
            && item.shapes.iter().any(|shape| shape.text().is_some())
    };
    assert!(items.iter().any(names), "there are areas with names");
    let first_name = items.iter().position(names).unwrap();
    assert!(first_name > last_link, "no link strikes out the name of an area");
    let shapes = |items: &[Rc<Item>]| items.iter().map(|item| item.shapes.len()).sum::<usize>();
    let laid_out: Vec<Rc<Item>> = scene.items().cloned().collect();
    assert_eq!(shapes(&items), shapes(&laid_out), "nothing is lost or drawn twice");
    let hidden = document.component_named("Bicycle").unwrap().0;
    let hides =
        |key: ItemKey| matches!(key, ItemKey::Record(AnyRecordId::Component(id)) | ItemKey::Label(id) if id == hidden);
    for (zoom, fewer) in [(1.5, 2), (0.6, 2)] {
        let before = all(&scene, zoom).len();
        let after = scene.visible(&scene.extent(), zoom, &hides);
        assert_eq!(before - after.len(), fewer);
    }
    assert!(!texts(&scene.visible(&scene.extent(), 0.6, &hides)).iter().any(|text| text.text == "Bicycle"));
}

/// Whether some of the item's ink lies in the area; links are lines, not the boxes around them.
fn reaches(item: &Item, area: &Rect<World>) -> bool {
    if item.layer != Layer::Links {
        return item.bounds.overlaps(area);
    }
    let Some(Shape::Line { points, .. }) = item.shapes.first() else { return false };
    (0..=500).any(|i| area.contains(points[0].lerp(points[1], f64::from(i) / 500.0)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn culling_leaves_out_only_what_is_outside(x in -200.0..1500.0f64, y in -200.0..1000.0f64, half in 1.0..400.0f64, zoom in 0.05..3.0f64) {
        let scene = scene_of(&synthetic(120, 7));
        let center = Point::new(x, y);
        let area = Rect::from_corners(center - Vector::new(half, half), center + Vector::new(half, half));
        let shown = scene.visible(&area, zoom, &|_| false);
        if zoom >= FULL_ZOOM {
            let keys: Vec<ItemKey> = shown.iter().map(|item| item.key).collect();
            for item in scene.items().filter(|item| reaches(item, &area)) { prop_assert!(keys.contains(&item.key)); }
        }
        prop_assert!(shown.windows(2).all(|w| w[0].layer <= w[1].layer), "from back to front");
        // The same again gives the same.
        prop_assert_eq!(shown, scene.visible(&area, zoom, &|_| false));
    }
}

#[test]
fn the_box_of_remarks_stays_off_the_words_of_the_axes_when_it_is_made_readable() {
    let mut document = notation();
    document.settings = std::rc::Rc::new(Settings {
        annotation_box: Some(Point::new(0.9, 0.0)),
        ..Settings::clone(&document.settings)
    });
    let scene = scene_of(&document);
    let plane = scene.frame().rect();
    assert!(plane.encloses(&scene.item(ItemKey::AnnotationBox).unwrap().bounds.inflate(-1.0)));
    for zoom in [0.6, 0.73, 0.9, 1.0] {
        let shown = scene.visible(&scene.page(), zoom, &|_| false);
        let shown: Vec<_> = shown.iter().filter(|item| item.key == ItemKey::AnnotationBox).collect();
        for item in shown {
            assert!(plane.encloses(&item.bounds.inflate(-1.0)), "at {zoom}: {:?}", item.bounds);
        }
    }
}
