//! The picture itself: the screen's scene, all of it or what is selected, in the chosen colours.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::app::picture::PixelJob;
use crate::app::state::Marks;
use crate::app::App;
use crate::geom::{Point, Rect, World};
use crate::model::{AnyRecordId, MapStyle};
use crate::render::svg::{svg_of_items, SvgOptions, MARGIN};
use crate::scene::display::{Item, ItemKey};
use crate::scene::measure::ArialMeasure;
use crate::scene::style::{Look, Theme};
use crate::scene::{Scene, ViewOptions};

/// Longest side of a picture in pixels that browsers draw (Chromium and Safari 16,384, Firefox more).
pub const MOST_SIDE: u32 = 16_384;
/// Most pixels of a picture: a quarter of a gigabyte while it is drawn.
pub const MOST_PIXELS: u64 = 64_000_000;

/// Colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colors {
    /// Those of the map on a light screen.
    #[default]
    Light,
    /// Light on dark.
    Dark,
    /// Black on white.
    Print,
}

impl Colors {
    /// The theme of a map of this style in these colours.
    pub(super) fn theme(self, style: &MapStyle) -> Theme {
        match (self, style) {
            (Self::Light, MapStyle::Dark) => Theme::by(&MapStyle::Plain, Look::Light),
            (Self::Light, style) => Theme::by(style, Look::Light),
            (Self::Dark, _) => Theme::by(&MapStyle::Dark, Look::Light),
            (Self::Print, style) => Theme::by(style, Look::Print),
        }
    }
}

/// A picture as it would be saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The picture, without the map inside.
    pub svg: String,
    /// Width, pixels at the chosen scale.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Preview {
    /// Why a picture of so many pixels cannot be made, in words.
    pub fn too_large(&self) -> Option<String> {
        let pixels = u64::from(self.width) * u64::from(self.height);
        (self.width > MOST_SIDE || self.height > MOST_SIDE || pixels > MOST_PIXELS).then(|| {
            format!(
                "A picture of {} × {} pixels is more than browsers draw ({} on a side, {} million in all). Choose a \
                 smaller size, only the selection, or SVG, which has no limit.",
                self.width,
                self.height,
                MOST_SIDE,
                MOST_PIXELS / 1_000_000
            )
        })
    }

    pub(super) fn into_job(self, map: Option<String>) -> PixelJob {
        PixelJob { svg: self.svg, width: self.width, height: self.height, map }
    }
}

impl App {
    /// The picture as its dialog shows it.
    pub(super) fn draw_preview(&self) -> Preview {
        let choices = self.picture.choices;
        let selection = choices.selection && !self.selection.is_empty();
        let scale = if choices.kind == crate::app::picture::Kind::Png { f64::from(choices.scale) } else { 1.0 };
        self.draw(selection, choices.legend, choices.colors, scale, None)
    }

    pub(super) fn draw(
        &self,
        selection: bool,
        legend: bool,
        colors: Colors,
        scale: f64,
        payload: Option<&str>,
    ) -> Preview {
        let scene = self.scene_with_legend(legend);
        let (items, view) = if selection {
            self.selected_items(&scene, legend)
        } else {
            (scene.painted(), scene.extent().inflate(MARGIN))
        };
        let settings = &self.document.settings;
        let description = if selection { "" } else { settings.description.as_str() };
        let options = SvgOptions { title: &settings.title, description, payload, ..SvgOptions::default() };
        let svg = svg_of_items(items.iter().map(|item| &**item), view, scale, &colors.theme(&settings.style), &options);
        let pixels = |length: f64| (length * scale).ceil().clamp(1.0, 1e9) as u32;
        Preview { svg, width: pixels(view.width()), height: pixels(view.height()) }
    }

    /// The screen's scene, made with or without the legend. Names stay where they stand on the screen. A comparison and
    /// the view of dependencies stay as they are: nobody could read their signs without the legend.
    pub(super) fn scene_with_legend(&self, legend: bool) -> Rc<Scene> {
        let scene = self.scene();
        let marked = self.shown.marks != Marks::None;
        let options = ViewOptions {
            risk: marked,
            show_hidden: self.shown.hidden,
            legend,
            legend_of_marks: self.shown.is_marked() && legend,
        };
        if self.comparing().is_some() || self.dependency_scene().is_some() || *scene.options() == options {
            return Rc::clone(scene);
        }
        let facts = self.derived.facts();
        Rc::new(Scene::build(&self.document, facts, &options, &ArialMeasure, Some(scene)))
    }

    /// What is drawn of the selected records and of what stands between them, with the part of the world they take.
    fn selected_items(&self, scene: &Scene, legend: bool) -> (Vec<Rc<Item>>, Rect<World>) {
        let mut records: BTreeSet<AnyRecordId> = self.selection.clone();
        for (id, link) in &self.document.links {
            let ends = [link.from, link.to];
            if ends.iter().all(|end| self.selection.contains(&AnyRecordId::Component(*end))) {
                records.insert(AnyRecordId::Link(*id));
            }
        }
        for (id, pipeline) in &self.document.pipelines {
            if self.selection.contains(&AnyRecordId::Component(pipeline.parent)) {
                records.insert(AnyRecordId::Pipeline(*id));
            }
        }
        let shows = |key: ItemKey| match key {
            ItemKey::Record(record) | ItemKey::Difference(record) | ItemKey::MovedFrom(record) => {
                records.contains(&record)
            }
            ItemKey::Label(id) | ItemKey::EvolveArrow(id) | ItemKey::EvolveLabel(id) | ItemKey::RiskMark(id) => {
                records.contains(&AnyRecordId::Component(id))
            }
            ItemKey::LinkText(id) => records.contains(&AnyRecordId::Link(id)),
            ItemKey::AnnotationBox => records.iter().any(|record| matches!(record, AnyRecordId::Annotation(_))),
            ItemKey::Frame | ItemKey::Legend => false,
        };
        let mut items = scene.painted();
        items.retain(|item| shows(item.key));
        let around = items.iter().map(|item| item.bounds).reduce(|all, bounds| all.union(&bounds));
        let mut view = around.unwrap_or(Rect::around(Point::ORIGIN, 40.0)).inflate(2.0 * MARGIN);
        let part = self.pictured(true);
        let legend = legend.then(|| {
            let only = Scene::build(&part, self.derived.facts(), scene.options(), &ArialMeasure, None);
            only.item(ItemKey::Legend).cloned()
        });
        if let Some(mut item) = legend.flatten() {
            let to = Point::new(view.max.x, view.min.y + MARGIN);
            let by = to - item.bounds.min;
            let moved = Rc::make_mut(&mut item);
            for shape in &mut moved.shapes {
                shape.translate(by);
            }
            moved.bounds = moved.bounds.translate(by);
            view = view.union(&moved.bounds.inflate(MARGIN));
            items.push(item);
        }
        (items, view)
    }
}
