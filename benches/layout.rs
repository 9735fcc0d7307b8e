//! The dependency view's layout: rows, order, places and routes of made-up estates and of real graphs.

mod common;

use std::hint::black_box;

use portolan::layout::{layout, Diagram, DiagramNode};
use portolan::model::Document;

use common::Body;

/// Who needs whom.
fn diagram(document: &Document) -> Diagram {
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
    vec![Body::on_estates("layout", |document| {
        let diagram = diagram(document);
        Box::new(move || _ = black_box(layout(diagram.clone())))
    })]
}

#[allow(dead_code, reason = "tests/benches.rs brings its own")]
fn main() {
    common::run_at("layout", &bodies(), &[50, 300, 1_000, 5_000]);
}
