//! What one sees and finds on a map.

mod incremental;
mod samples;

use std::rc::Rc;

use crate::render::svg::{svg, SvgOptions};
use crate::scene::measure::ArialMeasure;
use crate::scene::style::{Look, Theme};
use crate::scene::*;

pub(crate) use samples::*;

pub(crate) fn scene_of(document: &crate::model::Document) -> Scene {
    Scene::build(document, &Rc::default(), &ViewOptions::default(), &ArialMeasure, None)
}

#[test]
#[ignore = "writes pictures to look at"]
fn pictures() {
    let folder = std::env::var("PICTURES").unwrap_or("/tmp/pics".to_owned());
    std::fs::create_dir_all(&folder).unwrap();
    for (name, document, facts) in all() {
        let options =
            ViewOptions { risk: name.contains("risk"), legend: name.contains("notation"), show_hidden: false };
        let scene = Scene::build(&document, &Rc::new(facts), &options, &ArialMeasure, None);
        eprintln!("{name}: {:?}", label_overlaps(&scene));
        for look in [Look::Light, Look::Dark, Look::HighContrast] {
            let theme = Theme::by(&document.settings.style, look);
            let text = svg(&scene, &theme, &SvgOptions { title: &document.settings.title, ..SvgOptions::default() });
            std::fs::write(format!("{folder}/{name}-{look:?}.svg"), text).unwrap();
        }
    }
}
