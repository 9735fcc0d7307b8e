//! Where names go.

use crate::geom::{Point, Rect, Vector};
use crate::model::*;
use crate::scene::display::{Item, ItemKey, Shape, TextAnchor, TextShape};
use crate::scene::tests::{booking, crowded, id_of, notation, scene_of, tea_shop, Sketch};
use crate::scene::*;

fn label<'s>(scene: &'s Scene, document: &Document, name: &str) -> &'s Item {
    scene.item(ItemKey::Label(id_of(document, name))).unwrap()
}

fn lines(item: &Item) -> Vec<&TextShape> {
    item.shapes.iter().filter_map(|shape| if let Shape::Text(text) = shape { Some(text) } else { None }).collect()
}

fn words(item: &Item) -> Vec<&str> {
    lines(item).iter().map(|text| text.text.as_str()).collect()
}

fn has_leader(item: &Item) -> bool {
    item.shapes.iter().any(|shape| matches!(shape, Shape::Line { .. }))
}

#[test]
fn the_authors_place_is_kept_to_the_pixel_when_nothing_is_in_the_way() {
    let document = Sketch::new("")
        .labelled("Bicycle", 0.5, 0.5, -40.0, 24.0)
        .labelled("Two\nlines", 0.2, 0.5, 8.0, -30.0)
        .document;
    let scene = scene_of(&document);
    let center = |name| scene.node(id_of(&document, name)).unwrap().center;
    let [text] = lines(label(&scene, &document, "Bicycle"))[..] else { panic!("one line") };
    assert_eq!((text.at, text.anchor), (center("Bicycle") + Vector::new(-40.0, 24.0), TextAnchor::Start));
    // Names of several lines have their middle at the author's point.
    let [first, second] = lines(label(&scene, &document, "Two lines"))[..] else { panic!("two lines") };
    assert_eq!((first.at, first.anchor), (center("Two lines") + Vector::new(8.0, -30.0), TextAnchor::Middle));
    assert_eq!((second.at.x, second.at.y - first.at.y), (first.at.x, 16.0));
    for name in ["Bicycle", "Two lines"] {
        let offset = document.component_named(name).unwrap().1.label_offset;
        assert_eq!(scene.label_offset(id_of(&document, name)), offset);
    }
}

#[test]
fn an_author_s_place_on_another_symbol_is_given_up_for_a_free_one_nearby() {
    // The second component stands where the first one's name would be.
    let document = Sketch::new("").labelled("Bicycle", 0.5, 0.5, 10.0, 4.0).component("Wheel", 0.5, 0.53).document;
    let scene = scene_of(&document);
    assert_eq!(label_overlaps(&scene).total(), 0);
    let bicycle = label(&scene, &document, "Bicycle");
    assert!(lines(bicycle)[0].at != scene.node(id_of(&document, "Bicycle")).unwrap().center + Vector::new(10.0, 4.0));
    let center = scene.node(id_of(&document, "Bicycle")).unwrap().center;
    assert!(bicycle.bounds.inflate(20.0).contains(center), "still beside its symbol");
    assert_eq!(scene.displaced_labels().collect::<Vec<_>>(), [(id_of(&document, "Bicycle"), false, true)]);
}

#[test]
fn a_name_stands_to_the_right_of_its_symbol_at_mid_height_when_all_is_free() {
    let document = Sketch::new("").component("Power", 0.5, 0.45).document;
    let scene = scene_of(&document);
    let center = scene.node(id_of(&document, "Power")).unwrap().center;
    let text = lines(label(&scene, &document, "Power"))[0].clone();
    assert_eq!(text.anchor, TextAnchor::Start);
    assert!((text.at.x - center.x - 10.0).abs() < 1e-9);
    // The middle of the capitals (0.716 of 14 px) lies at the centre's height.
    assert!((text.at.y - 0.5 * 0.716 * 14.0 - center.y).abs() < 1e-9);
}

#[test]
fn a_user_s_name_stands_above_its_point() {
    let document = tea_shop();
    let scene = scene_of(&document);
    let point = scene.node(id_of(&document, "Public")).unwrap().center;
    let text = lines(label(&scene, &document, "Public"))[0].clone();
    assert_eq!((text.anchor, text.bold), (TextAnchor::Middle, true));
    assert_eq!(text.at, point + Vector::new(0.0, -10.0));
}

#[test]
fn names_of_variants_stay_outside_their_box() {
    let document = notation();
    let scene = scene_of(&document);
    let (pipeline, _) = document.pipeline_of_parent(id_of(&document, "Brakes")).unwrap();
    let rect = scene.item(ItemKey::Record(AnyRecordId::Pipeline(pipeline))).unwrap().bounds;
    for name in ["Rim brake", "Disc brake", "Brakes"] {
        assert!(!label(&scene, &document, name).bounds.overlaps(&rect.inflate(-1.0)), "{name}");
    }
}

#[test]
fn maps_with_room_for_all_names_have_no_overlaps() {
    for document in [tea_shop(), booking(), notation(), crowded()] {
        let overlaps = label_overlaps(&scene_of(&document));
        assert_eq!(overlaps.total(), 0, "{}: {overlaps:?}", document.settings.title);
    }
}

#[test]
fn in_a_tight_cluster_names_move_out_and_are_tied_to_their_symbols() {
    let mut sketch = Sketch::new("");
    for i in 0..9u32 {
        let (row, column) = (f64::from(i / 3), f64::from(i % 3));
        sketch = sketch.component(&format!("Component {i}"), 0.5 + 0.022 * row, 0.5 + 0.014 * column);
    }
    let document = sketch.document;
    let scene = scene_of(&document);
    assert_eq!(label_overlaps(&scene).total(), 0);
    let leaders = scene.items().filter(|item| matches!(item.key, ItemKey::Label(_)) && has_leader(item)).count();
    assert!((1..9).contains(&leaders), "{leaders} leader lines");
    for item in scene.items().filter(|item| matches!(item.key, ItemKey::Label(_)) && has_leader(item)) {
        let ItemKey::Label(id) = item.key else { continue };
        let center = scene.node(id).unwrap().center;
        let Some(Shape::Line { points, .. }) = item.shapes.first() else { panic!("leader first") };
        assert!(points[0].distance(center) < 12.0, "begins at its symbol");
    }
}

#[test]
fn overlaps_are_counted_where_they_are() {
    // Two names of one line at the same place, put there by hand: one pair.
    let document = Sketch::new("").component("Alpha", 0.5, 0.5).component("Beta", 0.5, 0.7).document;
    let mut scene = scene_of(&document);
    assert_eq!(label_overlaps(&scene), LabelOverlaps { labels: 2, ..LabelOverlaps::default() });
    let to = label(&scene, &document, "Alpha").bounds.min;
    let beta = ItemKey::Label(id_of(&document, "Beta"));
    let mut item = Item::clone(scene.item(beta).unwrap());
    let by = to - item.bounds.min;
    item.shapes.iter_mut().for_each(|shape| shape.translate(by));
    scene.items.put(beta, Some(Item::new(beta, item.shapes.clone())), None);
    assert_eq!((label_overlaps(&scene).label_label, label_overlaps(&scene).label_node), (1, 0));
    // And on a symbol.
    let center = scene.node(id_of(&document, "Alpha")).unwrap().center;
    item.shapes.iter_mut().for_each(|shape| shape.translate(center - to - Vector::new(3.0, 3.0)));
    scene.items.put(beta, Some(Item::new(beta, item.shapes)), None);
    assert_eq!((label_overlaps(&scene).label_label, label_overlaps(&scene).label_node), (1, 1));
}

#[test]
fn long_names_are_wrapped_and_the_evolved_place_has_its_own_name() {
    let document = booking();
    let scene = scene_of(&document);
    assert_eq!(
        words(label(&scene, &document, "Patient administration system")),
        ["Patient", "administration", "system"]
    );
    let rotas: ComponentId = id_of(&document, "Clinicians' rotas (spreadsheet)");
    assert_eq!(words(scene.item(ItemKey::EvolveLabel(rotas)).unwrap()), ["Rostering system"]);
    let evolved = scene.node(rotas).unwrap().evolved.unwrap();
    assert!(scene.item(ItemKey::EvolveLabel(rotas)).unwrap().bounds.inflate(20.0).contains(evolved));
}

#[test]
fn names_stand_within_the_plane_or_just_beyond_it() {
    let mut sketch = Sketch::new("");
    for (i, (v, e)) in [(0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0), (0.5, 1.0), (0.5, 0.0)].into_iter().enumerate()
    {
        sketch = sketch.component(&format!("At the edge of the map {i}"), v, e);
    }
    let scene = scene_of(&sketch.document);
    let size = scene.frame().size();
    let plane = Rect::from_corners(Point::new(-1.0, -16.0), Point::new(size.width + 37.0, size.height + 2.0));
    for item in scene.items().filter(|item| matches!(item.key, ItemKey::Label(_))) {
        assert!(plane.contains(item.bounds.min) && plane.contains(item.bounds.max), "{:?}", words(item));
    }
}

#[test]
fn names_keep_clear_of_the_words_of_the_axes_also_where_an_author_put_them_there() {
    let document = Sketch::new("")
        .labelled("Computing power", 0.72, 0.03, 0.0, 40.0)
        .component("Near the corner", 0.995, 0.01)
        .component("Near the top", 0.01, 0.995)
        .document;
    let scene = scene_of(&document);
    let words: Vec<Rect<_>> = lines(scene.item(ItemKey::Frame).unwrap()).iter().map(|text| text.bounds()).collect();
    for name in ["Computing power", "Near the corner", "Near the top"] {
        for text in lines(label(&scene, &document, name)) {
            assert!(words.iter().all(|w| w.overlap_area(&text.bounds()) < 2.0), "{name} over the words of an axis");
        }
    }
}

#[test]
fn names_sent_off_the_map_are_written_once_beside_their_symbol() {
    let document = Sketch::new("").labelled("Bicycle", 0.5, 0.5, -1024.0, -1024.0).document;
    let scene = scene_of(&document);
    let center = scene.node(id_of(&document, "Bicycle")).unwrap().center;
    assert!(label(&scene, &document, "Bicycle").bounds.inflate(20.0).contains(center));
    let text = "component Bicycle [0.5, 0.3]\nevolve Bicycle 0.7 label [-1024, -1024]\n";
    let document = crate::format::owm::read(text).document;
    let scene = scene_of(&document);
    let id = id_of(&document, "Bicycle");
    assert!(scene.item(ItemKey::Label(id)).is_some() && scene.item(ItemKey::EvolveLabel(id)).is_none());
}

#[test]
fn notes_stacked_line_by_line_stay_apart() {
    let text = "note + break wireless into fixed, mobile and unlicensed spectrum [0.40, 0.02]\n\
                note + physics reduces free space [0.37, 0.02]\n";
    let document = crate::format::owm::read(text).document;
    let scene = scene_of(&document);
    let boxes: Vec<_> = document
        .notes
        .keys()
        .filter_map(|id| scene.item(ItemKey::Record(AnyRecordId::Note(*id))))
        .map(|item| item.bounds)
        .collect();
    assert_eq!(boxes.len(), 2);
    assert!(boxes[0].overlap_area(&boxes[1]) < 1.0);
}
