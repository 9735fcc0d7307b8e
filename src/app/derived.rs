//! What follows from the document: analysis and display list, kept in step by patches.
//!
//! The only place that knows how the two fit together. Knows no pointer and no panel.

use std::rc::Rc;

use crate::analysis::{self, Analysis};
use crate::app::state::{Look, Selection};
use crate::date::Date;
use crate::edit::Direction;
use crate::geom::{Map, Point, Rect, Vector, World};
use crate::model::{AnyRecordId, ComponentId, Document, Touched};
use crate::render::svg::{svg, SvgOptions};
use crate::scene::display::ItemKey;
use crate::scene::measure::ArialMeasure;
use crate::scene::style::{self, Theme};
use crate::scene::{Heading, RiskMark, Scene, SceneFacts, SuggestedPlace, ViewOptions};

/// Analysis and display list of one revision.
#[derive(Debug)]
pub(super) struct Derived {
    analysis: Rc<Analysis>,
    facts: Rc<SceneFacts>,
    scene: Rc<Scene>,
}

impl Derived {
    /// Everything computed from scratch.
    pub(super) fn of(document: &Document, today: Option<Date>, risk: bool, show_hidden: bool) -> Self {
        let analysis = Rc::new(analysis::analyse(document, today));
        let facts = Rc::new(scene_facts(document, &analysis));
        let options = options(risk, show_hidden);
        let scene = Rc::new(Scene::build(document, &facts, &options, &ArialMeasure, None));
        Self { analysis, facts, scene }
    }

    /// After a change: only what it touches is computed anew.
    pub(super) fn update(
        &mut self,
        document: &Document,
        touched: &Touched,
        today: Option<Date>,
        risk: bool,
        show_hidden: bool,
    ) {
        self.analysis = Rc::new(analysis::update(&self.analysis, document, touched, today));
        let facts = scene_facts(document, &self.analysis);
        if facts != *self.facts {
            self.facts = Rc::new(facts);
        }
        let scene = Rc::make_mut(&mut self.scene);
        scene.update(document, &self.facts, &options(risk, show_hidden), &ArialMeasure, touched);
    }

    /// The same document with other options of the view.
    pub(super) fn rebuild(&mut self, document: &Document, risk: bool, show_hidden: bool) {
        let options = options(risk, show_hidden);
        let scene = Scene::build(document, &self.facts, &options, &ArialMeasure, Some(&self.scene));
        self.scene = Rc::new(scene);
    }

    pub(super) fn analysis(&self) -> &Rc<Analysis> {
        &self.analysis
    }

    pub(super) fn scene(&self) -> &Rc<Scene> {
        &self.scene
    }

    /// Where a component is drawn.
    pub(super) fn position(&self, id: ComponentId) -> Option<Point<Map>> {
        match self.analysis.place(id) {
            Some(place) => Some(place.at),
            // Hidden components have no place in the analysis; they keep what was decided.
            None => self.scene.node(id).map(|node| self.scene.frame().map_from_world(node.center)),
        }
    }

    /// What a click here means; `slop` in world pixels.
    pub(super) fn hit(&self, at: Point<World>, slop: f64, zoom: f64) -> Option<ItemKey> {
        self.scene.hit(at, slop, zoom).map(|hit| hit.key)
    }

    /// What stands inside: components by their centre.
    pub(super) fn inside(&self, rect: &Rect<World>) -> Vec<AnyRecordId> {
        self.scene.inside(rect).into_iter().map(AnyRecordId::Component).collect()
    }

    /// The nearest record in a direction.
    pub(super) fn walk(&self, from: AnyRecordId, direction: Direction) -> Option<AnyRecordId> {
        let heading = match direction {
            Direction::Left => Heading::Left,
            Direction::Right => Heading::Right,
            Direction::Up => Heading::Up,
            Direction::Down => Heading::Down,
        };
        self.scene.walk(from.component()?, heading).map(AnyRecordId::Component)
    }

    /// Where walking begins: the topmost, then leftmost.
    pub(super) fn first_in_reading_order(&self) -> Option<AnyRecordId> {
        self.scene.reading_order().first().copied().map(AnyRecordId::Component)
    }

    /// The component nearest to a record that is not among `without`.
    pub(super) fn nearest_other(&self, record: AnyRecordId, without: &Selection) -> Option<AnyRecordId> {
        let here = self.scene.node(record.component()?)?.center;
        let leaves_out = |id| without.contains(&AnyRecordId::Component(id));
        self.scene.nearest(here, leaves_out).map(AnyRecordId::Component)
    }

    /// Offset of a component's label as it is drawn now.
    pub(super) fn label_offset(&self, id: ComponentId) -> Option<Vector<World>> {
        self.scene.label_offset(id)
    }

    /// The whole map as a picture.
    pub(super) fn svg(&self, document: &Document, look: Look) -> String {
        let look = match look {
            Look::Dark => style::Look::Dark,
            Look::HighContrast => style::Look::HighContrast,
            Look::System | Look::Light => style::Look::Light,
        };
        let settings = &document.settings;
        let options =
            SvgOptions { title: &settings.title, description: &settings.description, ..SvgOptions::default() };
        svg(&self.scene, &Theme::by(&settings.style, look), &options)
    }
}

fn options(risk: bool, show_hidden: bool) -> ViewOptions {
    ViewOptions { risk, show_hidden, legend: false }
}

/// What the drawing takes from the analysis: places that nobody decided, and marks of systems with known facts.
fn scene_facts(document: &Document, analysis: &Analysis) -> SceneFacts {
    let places = analysis
        .places()
        .filter(|(id, place)| {
            let varies = document.components.get(id).is_some_and(|c| c.pipeline.is_some());
            varies || !place.evolution_decided || !place.visibility_decided
        })
        .map(|(component, place)| SuggestedPlace { component, at: place.at })
        .collect();
    let rows = analysis.ranking.rows.iter().filter(|row| row.has_facts);
    let marks = rows
        .map(|row| RiskMark { component: row.component, step: row.level, rank: Some(row.rank), unsure: row.hatched })
        .collect();
    SceneFacts::new(places, marks)
}
