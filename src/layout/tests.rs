//! What every layered picture obeys, whatever is linked with what.

use proptest::prelude::*;

use crate::geom::{Point, Rect, Vector, World};
use crate::layout::{layout, settled, Course, Diagram, DiagramNode, Layout, LayoutJob, BOX_HEIGHT, BOX_WIDTH, ROW};

fn boxes(layout: &Layout) -> Vec<Rect<World>> {
    let half = Vector::new(BOX_WIDTH / 2.0, BOX_HEIGHT / 2.0);
    layout.places.iter().map(|at| Rect { min: *at - half, max: *at + half }).collect()
}

fn plain(count: usize, links: &[(u32, u32)]) -> Diagram {
    Diagram { nodes: vec![DiagramNode::default(); count], links: links.to_vec() }
}

/// Pairs of boxes on top of each other.
fn overlaps(layout: &Layout) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, Rect<World>)> = boxes(layout).into_iter().enumerate().collect();
    all.sort_by(|a, b| a.1.min.x.total_cmp(&b.1.min.x));
    let mut found = Vec::new();
    for (at, (a, own)) in all.iter().enumerate() {
        for (b, other) in all[at + 1..].iter().take_while(|(_, other)| other.min.x < own.max.x) {
            if other.min.y < own.max.y && own.min.y < other.max.y {
                found.push((*a, *b));
            }
        }
    }
    found
}

/// Lengths of upright and bending pieces that run through boxes other than the link's own.
fn runs_through_boxes(diagram: &Diagram, layout: &Layout) -> usize {
    let boxes = boxes(layout);
    let mut found = 0;
    for ((from, to), route) in diagram.links.iter().zip(&layout.routes) {
        for pair in route.points.windows(2) {
            // A bend stays between the heights of its ends, an upright piece on its x.
            let upright = pair[0].x == pair[1].x;
            let span = Rect::from_corners(pair[0], pair[1]);
            for (number, own) in boxes.iter().enumerate() {
                if number == *from as usize || number == *to as usize {
                    continue;
                }
                let inside = own.min.y < span.max.y - 0.5 && span.min.y + 0.5 < own.max.y;
                let beside = upright && (own.max.x <= span.min.x || span.max.x <= own.min.x);
                if inside && !beside && own.min.x < span.max.x && span.min.x < own.max.x {
                    found += 1;
                }
            }
        }
    }
    found
}

fn any_diagram(pins: bool) -> impl Strategy<Value = Diagram> {
    let node = (any::<bool>(), prop::option::weighted(0.7, -2_000.0..2_000.0f64), -8i32..8, -8i32..8, 0u8..10);
    (1usize..40).prop_flat_map(move |count| {
        let nodes = prop::collection::vec(node.clone(), count);
        let links = prop::collection::vec((0..count as u32, 0..count as u32), 0..count * 2);
        (nodes, links).prop_map(move |(nodes, links)| {
            let mut taken = Vec::new();
            let nodes = nodes
                .into_iter()
                .map(|(top, seed, x, row, dice)| {
                    // Two on one place are two people's wish; everything else must not overlap.
                    let at = Point::new(f64::from(x) * 170.0, f64::from(row) * ROW);
                    let pin = (pins && dice < 2 && !taken.contains(&(x, row))).then_some(at);
                    taken.push((x, row));
                    DiagramNode { top: top && dice == 9, pin, seed }
                })
                .collect();
            Diagram { nodes, links }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_two_boxes_overlap_and_links_go_down_around_boxes(diagram in any_diagram(false)) {
        let made = layout(diagram.clone());
        prop_assert_eq!(overlaps(&made), vec![]);
        prop_assert_eq!(runs_through_boxes(&diagram, &made), 0);
        for ((from, to), route) in diagram.links.iter().zip(&made.routes) {
            if from == to {
                prop_assert!(route.points.is_empty());
                continue;
            }
            let (a, b) = (made.places[*from as usize], made.places[*to as usize]);
            match route.course {
                Course::Down => prop_assert!(a.y < b.y),
                Course::Circle => prop_assert!(a.y > b.y),
                Course::ByHand => prop_assert!(false, "nothing was put by hand"),
            }
            // It begins and ends at the borders of its boxes.
            let (first, last) = (route.points[0], route.points[route.points.len() - 1]);
            prop_assert!((first.x - a.x).abs() <= BOX_WIDTH / 2.0 && (first.y - a.y).abs() == BOX_HEIGHT / 2.0);
            prop_assert!((last.x - b.x).abs() <= BOX_WIDTH / 2.0 && (last.y - b.y).abs() == BOX_HEIGHT / 2.0);
        }
    }

    #[test]
    fn what_is_pinned_stays_and_nothing_covers_it(diagram in any_diagram(true)) {
        let made = layout(diagram.clone());
        prop_assert_eq!(overlaps(&made), vec![]);
        for (node, place) in diagram.nodes.iter().zip(&made.places) {
            if let Some(pin) = node.pin {
                prop_assert_eq!(*place, settled(pin));
            }
        }
        for ((from, to), route) in diagram.links.iter().zip(&made.routes) {
            let (a, b) = (made.places[*from as usize], made.places[*to as usize]);
            if from != to {
                prop_assert_eq!(route.course == Course::Down, a.y < b.y);
            }
        }
    }

    #[test]
    fn slices_and_repetition_give_the_same(diagram in any_diagram(true), budget in 1usize..200) {
        let whole = layout(diagram.clone());
        prop_assert_eq!(&layout(diagram.clone()), &whole);
        let mut job = LayoutJob::new(diagram);
        let mut before = 0.0;
        let made = loop {
            if let Some(made) = job.step(budget) {
                break made;
            }
            prop_assert!(job.share() >= before && job.share() <= 1.0);
            before = job.share();
        };
        prop_assert_eq!(made, whole);
    }

    #[test]
    fn rows_do_not_depend_on_where_things_stood(mut diagram in any_diagram(false)) {
        // In one piece: how parts stand beside each other depends on how wide they are.
        diagram.links.extend((1..diagram.nodes.len() as u32).map(|other| (0, other)));
        let first = layout(diagram.clone());
        let mut again = diagram;
        for (node, place) in again.nodes.iter_mut().zip(&first.places) {
            node.seed = Some(place.x);
        }
        let second = layout(again.clone());
        for (a, b) in first.places.iter().zip(&second.places) {
            prop_assert!((a.y - b.y).abs() < 1e-9);
        }
    }
}

#[test]
fn links_go_round_only_where_there_is_a_circle() {
    let chain = layout(plain(4, &[(0, 1), (1, 2), (2, 3), (0, 3)]));
    assert!(chain.routes.iter().all(|route| route.course == Course::Down));
    let circle = layout(plain(4, &[(0, 1), (1, 2), (2, 1), (2, 3)]));
    let up = circle.routes.iter().filter(|route| route.course == Course::Circle).count();
    assert_eq!(up, 1);
    // The one that leads back, not the one that comes into the circle.
    assert_eq!(circle.routes[2].course, Course::Circle);
}

#[test]
fn users_stand_on_top_even_of_longer_chains() {
    // 0 is a user of 3; 1 needs 2 needs 3.
    let mut diagram = plain(4, &[(0, 3), (1, 2), (2, 3)]);
    diagram.nodes[0].top = true;
    let made = layout(diagram);
    assert!(made.places.iter().all(|place| place.y >= made.places[0].y));
}

#[test]
fn what_everything_needs_gets_one_line() {
    // Ten systems in a chain that all need the last: one line beside the chain, not nine.
    let mut links: Vec<(u32, u32)> = (0..9).map(|i| (i, i + 1)).collect();
    links.extend((0..8).map(|i| (i, 9)));
    let made = layout(plain(10, &links));
    let inner = |route: &crate::layout::Route| {
        let end = route.points.len().saturating_sub(1);
        route.points.iter().take(end).skip(1).map(|p| (p.y as i64, p.x as i64)).collect::<Vec<_>>()
    };
    let mut passed: Vec<(i64, i64)> = made.routes.iter().skip(9).flat_map(inner).collect();
    passed.sort_unstable();
    passed.dedup();
    assert!(!passed.is_empty() && passed.windows(2).all(|pair| pair[0].0 != pair[1].0), "{passed:?}");
    // Upright, or nearly.
    let (least, most) = (passed.iter().map(|p| p.1).min(), passed.iter().map(|p| p.1).max());
    assert!(most.zip(least).is_some_and(|(b, a)| b - a <= 60), "{passed:?}");
}

#[test]
fn wide_pictures_get_the_shape_of_a_page() {
    // One user of 120 systems that need the same network: two rows would be 18,000 pixels wide.
    let mut links: Vec<(u32, u32)> = (1..=120).map(|i| (0, i)).collect();
    links.extend((1..=120).map(|i| (i, 121)));
    let made = layout(plain(122, &links));
    let all = made.bounds.unwrap_or(Rect { min: Point::ORIGIN, max: Point::ORIGIN });
    let shape = all.width() / all.height();
    assert!((0.8..4.0).contains(&shape), "{} x {}", all.width(), all.height());
}

#[test]
fn a_new_box_leaves_the_others_nearly_where_they_are() {
    let document = crate::model::sample::synthetic(120, 3);
    let number = |id| document.components.keys().position(|key| *key == id).unwrap_or(0) as u32;
    let links: Vec<(u32, u32)> = document.links.values().map(|l| (number(l.from), number(l.to))).collect();
    let first = layout(plain(120, &links));
    let mut diagram = plain(121, &links);
    for (node, place) in diagram.nodes.iter_mut().zip(&first.places) {
        node.seed = Some(place.x);
    }
    diagram.links.push((40, 120));
    let second = layout(diagram);
    let width = first.bounds.map_or(1.0, |b| b.width());
    let moved = |tolerance: f64| {
        first.places.iter().zip(&second.places).filter(|(a, b)| a.distance(**b) > tolerance * width).count()
    };
    assert!(moved(0.25) < 12, "{} of 120 jumped", moved(0.25));
}

#[test]
fn odd_input_is_no_trouble() {
    assert_eq!(layout(Diagram::default()), Layout::default());
    let wild = Diagram {
        nodes: vec![
            DiagramNode { top: true, pin: Some(Point::new(f64::NAN, f64::INFINITY)), seed: Some(f64::NAN) },
            DiagramNode { top: false, pin: Some(Point::new(1e300, -1e300)), seed: None },
        ],
        links: vec![(0, 1), (0, 7), (9, 9), (1, 1)],
    };
    let made = layout(wild);
    assert!(made.places.iter().all(|place| place.is_finite()));
    // A chain of 20,000 needs neither recursion nor quadratic time.
    let chain: Vec<(u32, u32)> = (0..19_999).map(|i| (i, i + 1)).collect();
    assert_eq!(layout(plain(20_000, &chain)).places.len(), 20_000);
}

#[test]
fn no_slice_of_a_large_estate_does_much_more_than_asked_for() {
    // 3,000 boxes as in an estate: each needs one near it, some need one far from it.
    let near = (1..3_000u32).map(|i| (i - 1 - (i * 7) % i.min(40), i));
    let far = (1..3_000u32).step_by(3).map(|i| ((i * 131) % i, i));
    let mut job = LayoutJob::new(plain(3_000, &near.chain(far).collect::<Vec<_>>()));
    let budget = 25_000;
    let (mut slices, mut all) = (0, 0);
    while job.step(budget).is_none() {
        assert!(job.spent <= 3 * budget, "slice {slices} did {}", job.spent);
        slices += 1;
        all += job.spent;
    }
    assert!(slices > 15 && all / slices < budget * 5 / 4, "{slices} slices of {all} in all");
}
