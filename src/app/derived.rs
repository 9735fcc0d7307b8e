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
use crate::scene::{RiskMark, Scene, SceneFacts, SuggestedPlace, ViewOptions};

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
    pub(super) fn hit(&self, at: Point<World>, slop: f64) -> Option<ItemKey> {
        let area = Rect::around(at, slop + 40.0);
        let node = self
            .scene
            .within(&area)
            .into_iter()
            .filter_map(|item| match item.key {
                ItemKey::Record(AnyRecordId::Component(id)) => self.scene.node(id),
                _ => None,
            })
            .map(|node| (node.center.distance(at) - node.radius, node.id))
            .filter(|(distance, _)| *distance <= slop)
            .min_by(|a, b| a.0.total_cmp(&b.0));
        node.map(|(_, id)| ItemKey::Record(AnyRecordId::Component(id)))
    }

    /// What stands inside: components by their centre.
    pub(super) fn inside(&self, rect: &Rect<World>) -> Vec<AnyRecordId> {
        self.scene.nodes().filter(|n| rect.contains(n.center)).map(|n| AnyRecordId::Component(n.id)).collect()
    }

    /// The nearest record in a direction.
    pub(super) fn walk(&self, from: AnyRecordId, direction: Direction) -> Option<AnyRecordId> {
        let here = self.scene.node(from.component()?)?.center;
        let cost = |to: Point<World>| {
            let by = to - here;
            let (along, across) = match direction {
                Direction::Left => (-by.x, by.y),
                Direction::Right => (by.x, by.y),
                Direction::Up => (-by.y, by.x),
                Direction::Down => (by.y, by.x),
            };
            (along > 0.5).then(|| along + 2.0 * across.abs())
        };
        self.scene
            .nodes()
            .filter_map(|n| cost(n.center).map(|c| (c, n.id)))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, id)| AnyRecordId::Component(id))
    }

    /// Where walking begins: the topmost, then leftmost.
    pub(super) fn first_in_reading_order(&self) -> Option<AnyRecordId> {
        self.scene
            .nodes()
            .min_by(|a, b| a.center.y.total_cmp(&b.center.y).then(a.center.x.total_cmp(&b.center.x)))
            .map(|n| AnyRecordId::Component(n.id))
    }

    /// The component nearest to a record that is not among `without`.
    pub(super) fn nearest_other(&self, record: AnyRecordId, without: &Selection) -> Option<AnyRecordId> {
        let here = self.scene.node(record.component()?)?.center;
        self.scene
            .nodes()
            .filter(|node| !without.contains(&AnyRecordId::Component(node.id)))
            .min_by(|a, b| a.center.distance(here).total_cmp(&b.center.distance(here)).then(a.id.cmp(&b.id)))
            .map(|node| AnyRecordId::Component(node.id))
    }

    /// Offset of a component's label as it is drawn now.
    pub(super) fn label_offset(&self, id: ComponentId) -> Option<Vector<World>> {
        let node = self.scene.node(id)?;
        let label = self.scene.item(ItemKey::Label(id))?;
        Some(Point::new(label.bounds.min.x, label.bounds.max.y) - node.center)
    }

    /// The whole map as a picture.
    pub(super) fn svg(&self, document: &Document, look: Look) -> String {
        let look = match look {
            Look::Dark => style::Look::Dark,
            Look::HighContrast => style::Look::HighContrast,
            Look::System | Look::Light => style::Look::Light,
        };
        svg(&self.scene, &Theme::by(&document.settings.style, look), &SvgOptions::default())
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
