//! The dependency view's layout: rows, order, places and routes of made-up estates.

mod common;

use std::hint::black_box;

use portolan::layout::{layout, Diagram, DiagramNode};
use portolan::model::sample;

use common::Body;

/// Who needs whom in a made-up estate.
fn estate(n: usize) -> Diagram {
    let document = sample::synthetic(n, 1);
    let ids: Vec<_> = document.components.keys().copied().collect();
    let number = |id| ids.binary_search(&id).unwrap_or(0) as u32;
    let nodes = document.components.values().map(|c| DiagramNode { top: c.is_anchor(), ..DiagramNode::default() });
    Diagram {
        nodes: nodes.collect(),
        links: document.links.values().map(|link| (number(link.from), number(link.to))).collect(),
    }
}

/// All benches of this file.
pub(crate) fn bodies() -> Vec<Body> {
    vec![Body::new("layout", |n| {
        let diagram = estate(n);
        Box::new(move || _ = black_box(layout(diagram.clone())))
    })]
}

#[allow(dead_code, reason = "tests/benches.rs brings its own")]
fn main() {
    common::run_at("layout", &bodies(), &[50, 300, 1_000, 5_000]);
}
