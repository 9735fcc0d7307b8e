//! What one sees and finds on a map.

mod detail;
mod hit;
mod incremental;
mod labels;
mod samples;

use std::rc::Rc;

use crate::render::svg::{svg, svg_of_items, SvgOptions};
use crate::scene::measure::ArialMeasure;
use crate::scene::style::{Look, Theme};
use crate::scene::*;

pub(crate) use samples::*;

pub(crate) fn scene_of(document: &crate::model::Document) -> Scene {
    Scene::build(document, &Rc::default(), &ViewOptions::default(), &ArialMeasure, None)
}

#[allow(clippy::print_stderr, reason = "run by hand")]
#[test]
#[ignore = "writes pictures to look at"]
fn pictures() {
    let folder = std::env::var("PICTURES").unwrap_or("/tmp/pics".to_owned());
    std::fs::create_dir_all(&folder).unwrap();
    for (name, document, facts) in all() {
        let options =
            ViewOptions { risk: name.contains("risk"), legend: name.contains("notation"), ..ViewOptions::default() };
        let scene = Scene::build(&document, &Rc::new(facts), &options, &ArialMeasure, None);
        eprintln!("{name}: {:?}", label_overlaps(&scene));
        for look in [Look::Light, Look::Dark, Look::HighContrast] {
            let theme = Theme::by(&document.settings.style, look);
            let text = svg(&scene, &theme, &SvgOptions { title: &document.settings.title, ..SvgOptions::default() });
            std::fs::write(format!("{folder}/{name}-{look:?}.svg"), text).unwrap();
        }
    }
    for (name, document, facts) in all() {
        let options = ViewOptions { risk: name.contains("risk"), ..ViewOptions::default() };
        let scene = Scene::build(&document, &Rc::new(facts), &options, &ArialMeasure, None);
        let theme = Theme::by(&document.settings.style, Look::Light);
        for zoom in [0.73, 0.55] {
            let area = scene.extent().inflate(10.0 / zoom);
            let items = scene.visible(&area, zoom, &|_| false);
            let text = svg_of_items(items.iter().map(|i| &**i), area, zoom, &theme, &SvgOptions::default());
            std::fs::write(format!("{folder}/small-{name}-{zoom:.2}.svg"), text).unwrap();
        }
    }
    for (n, risk) in [(60, false), (500, true), (500, false), (5_000, false), (5_000, true)] {
        let document = crate::model::sample::synthetic(n, 1);
        let facts = Rc::new(marked(&document));
        let options = ViewOptions { risk, ..ViewOptions::default() };
        let scene = Scene::build(&document, &facts, &options, &ArialMeasure, None);
        let theme = Theme::by(&document.settings.style, Look::Light);
        let page = scene.page();
        let fit = (1366.0 / page.width()).min(768.0 / page.height()) * 0.92;
        for zoom in [fit, 0.35, 0.6] {
            let half = Vector::new(1366.0 / zoom / 2.0, 768.0 / zoom / 2.0);
            let area = Rect::from_corners(page.center() - half, page.center() + half);
            let items = scene.visible(&area, zoom, &|_| false);
            let text = svg_of_items(items.iter().map(|i| &**i), area, zoom, &theme, &SvgOptions::default());
            std::fs::write(format!("{folder}/visible-{n}-{risk}-{zoom:.2}.svg"), text).unwrap();
        }
    }
}
