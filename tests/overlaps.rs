//! How well names are placed on real maps: pairs that overlap, with the author's places alone and as we draw them.
//! Skipped with a message when the environment variable `PORTOLAN_CORPUS` names no folder; pictures of the maps are
//! written to the folder `PORTOLAN_PICTURES` when that is set.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, reason = "a test")]

use std::path::Path;

use portolan::format::{open, NamedBytes};
use portolan::render::svg::{svg, SvgOptions};
use portolan::scene::style::{Look, Theme};
use portolan::scene::{label_overlaps, LabelOverlaps};

#[path = "../examples/corpus/overlap.rs"]
mod overlap;

use overlap::{as_left_by_the_author, scene_of};

#[test]
fn names_on_real_maps_overlap_far_less_than_their_authors_left_them() {
    let Some(root) = std::env::var_os("PORTOLAN_CORPUS") else {
        println!("skipped: PORTOLAN_CORPUS names no folder of real maps");
        return;
    };
    let pictures = std::env::var_os("PORTOLAN_PICTURES");
    let mut files: Vec<_> =
        std::fs::read_dir(Path::new(&root).join("owm")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut total, mut maps, mut before) = (LabelOverlaps::default(), 0, 0);
    for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "owm")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(path).unwrap();
        let Ok(imported) = open(&[NamedBytes { name: &name, bytes: &bytes }]) else { continue };
        let scene = scene_of(&imported.document);
        let found = label_overlaps(&scene);
        before += as_left_by_the_author(&imported.document, &scene);
        maps += 1;
        total.labels += found.labels;
        total.label_label += found.label_label;
        total.label_node += found.label_node;
        total.label_box += found.label_box;
        if found.total() > 0 {
            println!("{name}: {found:?}");
        }
        if let Some(folder) = &pictures {
            let theme = Theme::by(&imported.document.settings.style, Look::Light);
            let text = svg(&scene, &theme, &SvgOptions::default());
            std::fs::write(Path::new(folder).join(format!("{name}.svg")), text).unwrap();
        }
    }
    let (names, after) = (total.labels, total.label_label + total.label_node);
    println!("{maps} maps, {names} names: {before} overlaps as left by the authors, {after} as drawn here, {} more with boxes", total.label_box);
    assert!(maps > 100 && after * 20 < before);
}
