use proptest::prelude::*;

use crate::geom::{
    distance_to_segment, Camera, Evolution, GridIndex, Map, MapFrame, Point, Rect, Screen, Size, Vector, World,
};

fn finite() -> impl Strategy<Value = f64> {
    -1e4..1e4f64
}

proptest! {
    #[test]
    fn screen_and_world_are_inverse(zoom in 0.05..8.0f64, ox in finite(), oy in finite(), x in finite(), y in finite()) {
        let camera = Camera::new(zoom, Vector::new(ox, oy));
        let back = camera.world_from_screen(camera.screen_from_world(Point::new(x, y)));
        prop_assert!(back.distance(Point::new(x, y)) < 1e-6);
    }

    #[test]
    fn zooming_keeps_the_pointer_on_its_place(x in finite(), y in finite(), factor in 0.01..50.0f64) {
        let camera = Camera::new(0.7, Vector::new(31.0, -7.0));
        let fixed = Point::<Screen>::new(x, y);
        let before = camera.world_from_screen(fixed);
        let after = camera.zoomed_about(fixed, factor).world_from_screen(fixed);
        prop_assert!(before.distance(after) < 1e-5);
    }

    #[test]
    fn grid_finds_what_a_full_scan_finds(
        rects in prop::collection::vec((finite(), finite(), 0.0..900.0f64, 0.0..900.0f64), 1..60),
        area in (finite(), finite(), 0.0..9000.0f64, 0.0..9000.0f64),
    ) {
        let rect = |(x, y, w, h): (f64, f64, f64, f64)| Rect::<World>::from_corners(Point::new(x, y), Point::new(x + w, y + h));
        let mut index = GridIndex::new(100.0);
        for (i, r) in rects.iter().enumerate() { index.insert(i, rect(*r)); }
        for i in (0..rects.len()).step_by(3) { index.remove(i); }
        let area = rect(area);
        let expected: Vec<usize> = rects.iter().enumerate()
            .filter(|(i, r)| i % 3 != 0 && rect(**r).inflate(1e-9).overlaps(&area.inflate(1e-9)))
            .map(|(i, _)| i).collect();
        prop_assert_eq!(index.query(&area), expected);
    }
}

#[test]
fn visibility_points_up_and_the_world_points_down() {
    let frame = MapFrame::new(Size::new(1000.0, 500.0));
    assert_eq!(frame.world_from_map(Point::<Map>::new(0.0, 1.0)), Point::new(0.0, 0.0));
    assert_eq!(frame.world_from_map(Point::<Map>::new(1.0, 0.0)), Point::new(1000.0, 500.0));
    let back = frame.map_from_world(frame.world_from_map(Point::new(0.3, 0.8)));
    assert!(back.distance(Point::new(0.3, 0.8)) < 1e-12);
}

#[test]
fn unit_values_refuse_what_is_no_share() {
    for bad in [f64::NAN, f64::INFINITY, -0.01, 1.01] {
        assert_eq!(Evolution::new(bad), None);
    }
    assert_eq!(Evolution::clamped(7.0).get(), 1.0);
    assert_eq!(Evolution::clamped(f64::NAN).get(), 0.0);
}

#[test]
fn segment_distance() {
    let p = |x, y| Point::<World>::new(x, y);
    assert_eq!(distance_to_segment(p(5.0, 3.0), p(0.0, 0.0), p(10.0, 0.0)), 3.0);
    assert_eq!(distance_to_segment(p(13.0, 4.0), p(0.0, 0.0), p(10.0, 0.0)), 5.0);
    assert_eq!(distance_to_segment(p(3.0, 4.0), p(0.0, 0.0), p(0.0, 0.0)), 5.0);
}

#[test]
fn fitting_shows_the_whole_rectangle() {
    let viewport = Size::<Screen>::new(800.0, 600.0);
    let rect = Rect::<World>::from_size(Size::new(4000.0, 1000.0));
    let camera = Camera::fitting(rect, viewport, 20.0, 1.5);
    let visible = camera.visible_world(viewport);
    assert!(visible.contains(rect.min) && visible.contains(rect.max));
    assert!((camera.zoom() - 760.0 / 4000.0).abs() < 1e-12);
}
