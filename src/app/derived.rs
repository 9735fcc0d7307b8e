//! What follows from the document: analysis and display list, kept in step by patches.
//!
//! The only place that knows how the two fit together. Knows no pointer and no panel.

use std::rc::Rc;

use crate::analysis::{self, Analysis};
use crate::app::sizes::sizes;
use crate::app::state::{Look, Marks, Selection, Shown};
use crate::date::Date;
use crate::geom::{Map, Point, Rect, Vector, World};
use crate::model::{AnyRecordId, ComponentId, Document, Touched};
use crate::render::svg::{svg, SvgOptions};
use crate::scene::measure::ArialMeasure;
use crate::scene::style::{self, Theme};
use crate::scene::{Difference, Heading, RiskMark, Scene, SceneFacts, SuggestedPlace, ViewOptions};

/// Analysis and display list of one revision.
#[derive(Debug)]
pub(super) struct Derived {
    analysis: Rc<Analysis>,
    facts: Rc<SceneFacts>,
    scene: Rc<Scene>,
}

impl Derived {
    /// Everything computed from scratch.
    pub(super) fn of(document: &Document, today: Option<Date>, shown: Shown) -> Self {
        let analysis = Rc::new(analysis::analyse(document, today));
        let facts = Rc::new(scene_facts(document, &analysis, shown));
        let options = options(shown);
        let scene = Rc::new(Scene::build(document, &facts, &options, &ArialMeasure, None));
        Self { analysis, facts, scene }
    }

    /// After a change: only what it touches is computed anew.
    pub(super) fn update(&mut self, document: &Document, touched: &Touched, today: Option<Date>, shown: Shown) {
        self.analysis = Rc::new(analysis::update(&self.analysis, document, touched, today));
        let facts = scene_facts(document, &self.analysis, shown);
        if facts != *self.facts {
            self.facts = Rc::new(facts);
        }
        let scene = Rc::make_mut(&mut self.scene);
        scene.update(document, &self.facts, &options(shown), &ArialMeasure, touched);
    }

    /// The same document with other options of the view.
    pub(super) fn rebuild(&mut self, document: &Document, shown: Shown) {
        let options = options(shown);
        self.facts = Rc::new(scene_facts(document, &self.analysis, shown));
        let scene = Scene::build(document, &self.facts, &options, &ArialMeasure, Some(&self.scene));
        self.scene = Rc::new(scene);
    }

    /// What is drawn of a document with the differences from another.
    pub(super) fn compared(
        document: &Document,
        today: Option<Date>,
        shown: Shown,
        differences: Vec<Difference>,
    ) -> Rc<Scene> {
        let analysis = analysis::analyse(document, today);
        let facts = Rc::new(scene_facts(document, &analysis, shown).with_differences(differences));
        Rc::new(Scene::build(document, &facts, &options(shown), &ArialMeasure, None))
    }

    pub(super) fn analysis(&self) -> &Rc<Analysis> {
        &self.analysis
    }

    pub(super) fn facts(&self) -> &Rc<SceneFacts> {
        &self.facts
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

    /// What stands inside: components by their centre.
    pub(super) fn inside(&self, rect: &Rect<World>) -> Vec<AnyRecordId> {
        self.scene.inside(rect).into_iter().map(AnyRecordId::Component).collect()
    }

    /// The nearest component in a direction, and how far it counts as.
    pub(super) fn walk(&self, from: Point<World>, heading: Heading) -> Option<(f64, AnyRecordId)> {
        self.scene.walk(from, heading).map(|(way, id)| (way, AnyRecordId::Component(id)))
    }

    /// The component nearest to a record that is not among `without`.
    pub(super) fn nearest_other(&self, record: AnyRecordId, without: &Selection) -> Option<AnyRecordId> {
        let here = self.scene.node(record.component()?)?.center;
        let leaves_out = |id| without.contains(&AnyRecordId::Component(id));
        self.scene.nearest(here, leaves_out).map(AnyRecordId::Component)
    }

    /// Risk marks, whatever the map is coloured by.
    pub(super) fn risk_facts(&self) -> Rc<SceneFacts> {
        Rc::new(SceneFacts::new(Vec::new(), risk_marks(&self.analysis)))
    }

    /// Offset of a component's label as it is drawn now.
    pub(super) fn label_offset(&self, id: ComponentId) -> Option<Vector<World>> {
        self.scene.label_offset(id)
    }

    /// Offset of the name at the place where a component is going.
    pub(super) fn evolved_label_offset(&self, id: ComponentId) -> Option<Vector<World>> {
        self.scene.evolved_label_offset(id)
    }

    /// Offsets that put a name at the eight sides of its symbol.
    pub(super) fn label_sides(&self, document: &Document, id: ComponentId, evolved: bool) -> Vec<Vector<World>> {
        self.scene.label_sides(document, &ArialMeasure, id, evolved)
    }

    /// The whole map as a picture.
    pub(super) fn svg(scene: &Scene, document: &Document, look: Look) -> String {
        let look = match look {
            Look::Dark => style::Look::Dark,
            Look::HighContrast => style::Look::HighContrast,
            Look::System | Look::Light => style::Look::Light,
        };
        let settings = &document.settings;
        let options =
            SvgOptions { title: &settings.title, description: &settings.description, ..SvgOptions::default() };
        svg(scene, &Theme::by(&settings.style, look), &options)
    }
}

fn options(shown: Shown) -> ViewOptions {
    let marked = shown.marks != Marks::None;
    ViewOptions { risk: marked, show_hidden: shown.hidden, legend: shown.legend, legend_of_marks: shown.is_marked() }
}

/// What the drawing takes from the analysis: places that nobody decided, what components are coloured and sized by.
fn scene_facts(document: &Document, analysis: &Analysis, shown: Shown) -> SceneFacts {
    let places = analysis
        .places()
        .filter(|(id, place)| {
            let varies = document.components.get(id).is_some_and(|c| c.pipeline.is_some());
            varies || !place.evolution_decided || !place.visibility_decided
        })
        .map(|(component, place)| SuggestedPlace { component, at: place.at })
        .collect();
    let (marks, groups) = match shown.marks {
        Marks::Area => grouped(by_area(document)),
        Marks::Owner => grouped(by_owner(document)),
        Marks::None | Marks::Risk => (risk_marks(analysis), Vec::new()),
    };
    let (sizes, words) = sizes(document, analysis, shown.sizes);
    SceneFacts::new(places, marks).with_groups(groups).with_sizes(sizes, words)
}

fn risk_marks(analysis: &Analysis) -> Vec<RiskMark> {
    let rows = analysis.ranking.rows.iter().filter(|row| row.has_facts);
    let mark = |row: &analysis::rank::RankRow| RiskMark {
        component: row.component,
        step: row.level,
        rank: Some(row.rank),
        unsure: row.hatched,
        group: None,
    };
    rows.map(mark).collect()
}

/// Members of a group: its number 1..=6, its name, who is in it.
type Members = (u8, String, Vec<ComponentId>);

/// Areas with the colour of their hull; more than six share.
fn by_area(document: &Document) -> Vec<Members> {
    let mut groups = Vec::new();
    for (at, area) in document.areas.values().enumerate() {
        let number = area.color.unwrap_or((at % 6) as u8 + 1).clamp(1, 6);
        groups.push((number, area.name.clone(), area.members.iter().copied().collect()));
    }
    groups
}

/// Owners with the most systems first; from the sixth on they are one group when there are more.
fn by_owner(document: &Document) -> Vec<Members> {
    let mut owners: Vec<(String, Vec<ComponentId>)> = Vec::new();
    for (id, component) in &document.components {
        let facts = component.facts();
        let Some(owner) = facts.owner_business.value().or(facts.owner_technical.value()) else { continue };
        match owners.iter_mut().find(|(name, _)| name == owner) {
            Some((_, members)) => members.push(*id),
            None => owners.push((owner.clone(), vec![*id])),
        }
    }
    crate::order::sort_by(&mut owners, |a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    let many = owners.len() > 6;
    let numbered = owners.into_iter().enumerate().map(|(at, (name, members))| match at {
        5.. if many => (6, "Others".to_owned(), members),
        at => (at as u8 + 1, name, members),
    });
    numbered.collect()
}

fn grouped(groups: Vec<Members>) -> (Vec<RiskMark>, Vec<String>) {
    let mut names = vec![String::new(); 6];
    let mut marks = Vec::new();
    for (number, name, members) in groups {
        if let Some(words) = names.get_mut(usize::from(number).saturating_sub(1)) {
            if words.is_empty() {
                *words = name;
            } else if *words != name {
                words.push_str(", ");
                words.push_str(&name);
            }
        }
        for component in members {
            marks.push(RiskMark { component, step: 1, rank: None, unsure: false, group: Some(number) });
        }
    }
    (marks, names)
}
