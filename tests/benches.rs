//! Every native bench runs once at 50 components, so that none rots.

#![allow(clippy::duplicate_mod, reason = "each bench brings the shared helper along")]

#[allow(dead_code, reason = "the benches' own main and sizes are not used here")]
#[path = "../benches/analysis.rs"]
mod analysis;
#[allow(dead_code, reason = "the benches' own main and sizes are not used here")]
#[path = "../benches/document.rs"]
mod document;
#[allow(dead_code, reason = "the benches' own main and sizes are not used here")]
#[path = "../benches/layout.rs"]
mod layout;
#[allow(dead_code, reason = "the benches' own main and sizes are not used here")]
#[path = "../benches/scene.rs"]
mod scene;

#[test]
fn every_bench_body_runs() {
    for body in analysis::bodies() {
        body.made(50)();
    }
    for body in document::bodies() {
        body.made(50)();
    }
    for body in layout::bodies() {
        body.made(50)();
    }
    for body in scene::bodies() {
        body.made(50)();
    }
}
