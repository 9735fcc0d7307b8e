//! The dependency view: what of the estate it shows, its layout in slices, its picture, and what is emphasised there
//! and on the map.
//!
//! Nothing here is in the document but pins. A picture that is being laid out anew leaves the old one on the screen.

pub mod filter;
pub mod focus;
mod pins;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::analysis::graph::Graph;
use crate::app::dependencies::filter::{Filter, FilterChange, Pick};
use crate::app::dependencies::focus::{Emphasis, Focus};
use crate::app::effect::Effect;
use crate::app::state::ViewTab;
use crate::app::{describe, App};
use crate::geom::{Camera, Point};
use crate::layout::{Diagram, DiagramNode, Layout, LayoutJob};
use crate::model::{AnyRecordId, ComponentId, LinkId};
use crate::scene::dependency::DependencyPicture;
use crate::scene::measure::ArialMeasure;
use crate::scene::Scene;

/// Beyond so many components the view asks first what to show.
pub const ASKS_ABOVE: usize = 300;
/// Boxes and lines laid out in one slice: 2 ms natively, a few in a browser.
const SLICE: usize = 80_000;
/// How many of the most needed systems the first question offers.
pub const MOST_NEEDED: usize = 40;

/// What happens to the dependency view.
#[derive(Debug, Clone, PartialEq)]
pub enum DependencyIntent {
    /// Another filter.
    Filter(FilterChange),
    /// Everything again.
    ClearFilters,
    /// Look at what is around a component.
    Around(ComponentId),
    /// One link more or less: upwards (who needs it), and by how much.
    Reach {
        /// Who needs it instead of what it needs.
        upwards: bool,
        /// More instead of less.
        more: bool,
    },
    /// Leave what is emphasised.
    Leave,
    /// Show everything although it is much.
    ShowAll,
    /// Ask again what to show.
    Ask,
    /// Give up the layout that is being made.
    Stop,
}

/// Who is in a picture and how they are linked, without where they stand.
#[derive(Debug, Clone, PartialEq, Default)]
struct Cast {
    components: Vec<ComponentId>,
    links: Vec<LinkId>,
    diagram: Diagram,
}

/// What the view remembers.
#[derive(Debug, Default)]
pub struct DependencyState {
    filter: Filter,
    focus: Option<Focus>,
    emphasis: Option<Rc<Emphasis>>,
    /// The question what to show was answered.
    answered: bool,
    cast: Rc<Cast>,
    layout: Rc<Layout>,
    job: Option<(LayoutJob, Rc<Cast>)>,
    /// The layout that was given up, so that it is not begun again by itself.
    stopped: Option<Rc<Cast>>,
    scene: Option<Rc<Scene>>,
    /// Something has changed that the picture depends on.
    stale: bool,
    scheduled: bool,
    /// The view of the other canvas view, map or dependencies, while this one is shown: camera, and the one that showed all.
    other: (Camera, Camera),
    /// How many of how many are shown.
    counts: (usize, usize),
    neighbors: bool,
}

impl DependencyState {
    /// What is left out.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }
    /// What is emphasised, here and on the map.
    pub fn focus(&self) -> Option<&Focus> {
        self.focus.as_ref()
    }
    /// What that comes to.
    pub fn emphasis(&self) -> Option<&Rc<Emphasis>> {
        self.emphasis.as_ref()
    }
    /// How many of how many components are shown.
    pub fn counts(&self) -> (usize, usize) {
        self.counts
    }
    /// Share of the layout that is done, while one is being made.
    pub fn progress(&self) -> Option<f64> {
        self.job.as_ref().map(|(job, _)| job.share())
    }
    /// Whether neighbours are shown as a list.
    pub fn shows_neighbors(&self) -> bool {
        self.neighbors
    }
}

impl App {
    /// The dependency view.
    pub fn dependencies(&self) -> &DependencyState {
        &self.dependencies
    }

    /// Whether the view asks what to show instead of showing it.
    pub fn asks_what_to_show(&self) -> bool {
        let state = &self.dependencies;
        self.tab == ViewTab::Dependencies && !state.answered && state.counts.0 > ASKS_ABOVE
    }

    /// Whether the layout of the whole was given up.
    pub fn layout_was_stopped(&self) -> bool {
        self.dependencies.stopped.is_some()
    }

    pub(super) fn dependency_intent(&mut self, intent: DependencyIntent, effects: &mut Vec<Effect>) {
        match intent {
            DependencyIntent::Filter(change) => {
                self.dependencies.filter.change(change);
                self.dependencies.answered |= !self.dependencies.filter.is_empty();
                self.filtered(effects);
            }
            DependencyIntent::ClearFilters => {
                self.dependencies.filter = Filter::default();
                self.filtered(effects);
            }
            DependencyIntent::Around(id) => {
                self.set_selection([AnyRecordId::Component(id)].into(), effects);
                self.focus_around(effects);
            }
            DependencyIntent::Reach { upwards, more } => self.reach_further(upwards, more, effects),
            DependencyIntent::Leave => {
                self.leave_emphasis(effects);
            }
            DependencyIntent::ShowAll => {
                self.dependencies.answered = true;
                self.dependencies.stopped = None;
                self.picture_is_stale();
                effects.push(Effect::FocusMap);
            }
            DependencyIntent::Ask => {
                self.dependencies.answered = false;
                self.dependencies.filter = Filter::default();
                self.dependencies.focus = None;
                self.picture_is_stale();
            }
            DependencyIntent::Stop => {
                self.dependencies.stopped = self.dependencies.job.take().map(|(_, cast)| cast);
                self.say("Stopped arranging; the picture before is shown.", false, effects);
            }
        }
        self.changes.panels = true;
    }

    fn filtered(&mut self, effects: &mut Vec<Effect>) {
        self.picture_is_stale();
        if self.dependencies.filter.pick == Some(Pick::SinglePoints) {
            self.ranking.resume_work();
        }
        self.refresh_dependencies(effects);
        if self.lacks_single_points() {
            return self.say("Working out the single points of failure.", false, effects);
        }
        let text = self.shown_words();
        self.say(&text, false, effects);
    }

    /// Whether single points of failure are asked for that are not worked out yet.
    pub fn lacks_single_points(&self) -> bool {
        self.dependencies.filter.pick == Some(Pick::SinglePoints) && self.ranking.work().findings().is_none()
    }

    /// What was worked out may be what the view shows.
    pub(super) fn single_points_are_known(&mut self, effects: &mut Vec<Effect>) {
        if self.tab == ViewTab::Dependencies && self.dependencies.filter.pick == Some(Pick::SinglePoints) {
            self.filtered(effects);
        }
    }

    /// "Showing 42 of 310."
    pub fn shown_words(&self) -> String {
        let (shown, of) = self.dependencies.counts;
        format!("Showing {shown} of {of}.")
    }

    pub(super) fn toggle_neighbors(&mut self, effects: &mut Vec<Effect>) {
        self.dependencies.neighbors = !self.dependencies.neighbors;
        let text =
            if self.dependencies.neighbors { "Neighbours shown as a list." } else { "List of neighbours hidden." };
        self.say(text, false, effects);
    }

    /// Another document: nothing of the old picture is of use.
    pub(super) fn dependencies_begin_anew(&mut self) {
        self.dependencies = DependencyState {
            neighbors: self.dependencies.neighbors,
            scheduled: self.dependencies.scheduled,
            stale: true,
            ..DependencyState::default()
        };
    }

    pub(super) fn picture_is_stale(&mut self) {
        self.dependencies.stale = true;
    }

    /// Comes to the view or leaves it: each canvas view has its own camera.
    pub(super) fn swap_cameras(&mut self, from: ViewTab, to: ViewTab) {
        if (from == ViewTab::Dependencies) == (to == ViewTab::Dependencies) {
            return;
        }
        let whole = self.dependencies.other.0 == self.dependencies.other.1;
        std::mem::swap(&mut self.camera, &mut self.dependencies.other.0);
        std::mem::swap(&mut self.whole_view, &mut self.dependencies.other.1);
        self.tab = to;
        self.cancel_gesture();
        self.dependencies.stale = true;
        if whole && to != ViewTab::Dependencies {
            self.fit(None);
        }
        self.changes.scene = true;
        self.changes.camera = true;
    }

    /// Brings the picture up to date when it is looked at, and asks for time when that takes long.
    pub(super) fn refresh_dependencies(&mut self, effects: &mut Vec<Effect>) {
        if !std::mem::take(&mut self.dependencies.stale) {
            return;
        }
        self.refresh_emphasis();
        if self.tab != ViewTab::Dependencies {
            self.changes.scene |= self.dependencies.focus.is_some();
            return;
        }
        let shown = self.shown_components();
        let graph = Rc::clone(&self.derived.analysis().graph);
        self.dependencies.counts = (shown.len(), graph.len());
        if self.asks_what_to_show() {
            self.dependencies.job = None;
            self.dependencies.cast = Rc::default();
            self.dependencies.layout = Rc::default();
            return self.draw_dependencies(true);
        }
        let cast = self.cast(&graph, &shown);
        if cast == *self.dependencies.cast {
            self.dependencies.job = None;
            return self.draw_dependencies(false);
        }
        if self.dependencies.stopped.as_deref() == Some(&cast) {
            return self.draw_dependencies(false);
        }
        let cast = Rc::new(cast);
        let mut diagram = cast.diagram.clone();
        for (node, id) in diagram.nodes.iter_mut().zip(&cast.components) {
            node.seed = self.seed_of(*id);
        }
        self.dependencies.stopped = None;
        self.dependencies.job = Some((LayoutJob::new(diagram), cast));
        // What is small is there at once.
        let small = self.dependencies.job.as_ref().is_some_and(|(_, cast)| cast.components.len() <= ASKS_ABOVE);
        let mut done = self.arrange();
        while small && !done {
            done = self.arrange();
        }
        if !done && self.dependencies.scene.is_none() {
            self.draw_dependencies(true);
        }
        self.ask_for_time(effects);
    }

    /// Where a component stood in the picture before, or stands on the map.
    fn seed_of(&self, id: ComponentId) -> Option<f64> {
        let before = self.dependencies.cast.components.binary_search(&id).ok();
        let before = before.and_then(|at| self.dependencies.layout.places.get(at));
        match before {
            Some(place) => Some(place.x),
            None => self.derived.position(id).map(|at| at.x * 1_000.0),
        }
    }

    fn cast(&self, graph: &Graph, shown: &BTreeSet<ComponentId>) -> Cast {
        let components: Vec<ComponentId> = shown.iter().copied().collect();
        let mut diagram = Diagram::default();
        let mut links = Vec::new();
        for id in &components {
            let component = self.document.components.get(id);
            diagram.nodes.push(DiagramNode {
                top: component.is_some_and(|c| c.is_anchor()),
                pin: component.and_then(|c| c.pin).map(|pin| Point::ORIGIN + pin),
                seed: None,
            });
        }
        for (number, id) in (0u32..).zip(&components) {
            for need in graph.needs(*id) {
                if let Ok(other) = components.binary_search(&need.component) {
                    links.push(need.link);
                    diagram.links.push((number, other as u32));
                }
            }
        }
        Cast { components, links, diagram }
    }

    /// One slice of the layout. Whether it is finished.
    pub(super) fn arrange(&mut self) -> bool {
        let Some((job, cast)) = &mut self.dependencies.job else { return false };
        let Some(layout) = job.step(SLICE) else { return false };
        let first = self.dependencies.layout.places.is_empty();
        let same = *self.dependencies.cast.components == *cast.components;
        self.dependencies.cast = Rc::clone(cast);
        self.dependencies.layout = Rc::new(layout);
        self.dependencies.job = None;
        self.draw_dependencies(first || !same);
        true
    }

    fn ask_for_time(&mut self, effects: &mut Vec<Effect>) {
        if self.dependencies.job.is_some() && !self.dependencies.scheduled {
            self.dependencies.scheduled = true;
            effects.push(Effect::WorkSoon);
        }
    }

    /// Time for a slice has come.
    pub(super) fn dependency_work(&mut self, effects: &mut Vec<Effect>) {
        if std::mem::take(&mut self.dependencies.scheduled) {
            self.arrange();
            self.changes.panels = true;
            self.ask_for_time(effects);
        }
    }

    /// Makes the picture of the layout there is; `anew` shows all of it.
    fn draw_dependencies(&mut self, anew: bool) {
        let heading = format!("{}: who needs what", self.title());
        let subheading = self.subheading();
        let picture = DependencyPicture {
            components: &self.dependencies.cast.components,
            links: &self.dependencies.cast.links,
            layout: &self.dependencies.layout,
            heading: &heading,
            subheading: &subheading,
        };
        let facts = self.derived.risk_facts();
        let scene = Scene::of_dependencies(&self.document, &facts, &picture, &ArialMeasure);
        let whole = self.camera == self.whole_view;
        self.dependencies.scene = Some(Rc::new(scene));
        if anew || whole {
            self.fit(None);
        }
        self.changes.scene = true;
        self.changes.overlay = true;
        self.changes.panels = true;
    }

    /// The line below the title in the picture.
    fn subheading(&self) -> String {
        let (shown, of) = self.dependencies.counts;
        let mut words = match &self.dependencies.emphasis {
            Some(emphasis) => emphasis.sentence.clone(),
            None => describe::count(shown, "component"),
        };
        let chips: Vec<String> =
            self.dependencies.filter.chips(&self.document).into_iter().map(|(words, _)| words).collect();
        if !chips.is_empty() {
            words = format!("{words} Only {}; {shown} of {of}.", chips.join(", "));
        }
        words
    }

    pub(super) fn dependency_scene(&self) -> Option<&Rc<Scene>> {
        self.dependencies.scene.as_ref().filter(|_| self.tab == ViewTab::Dependencies)
    }

    /// Components that filters and emphasis leave.
    fn shown_components(&self) -> BTreeSet<ComponentId> {
        let analysis = self.derived.analysis();
        let mut shown = BTreeSet::new();
        let picked = self.dependencies.filter.picked(analysis, self.ranking.work().findings().map(|it| &**it));
        for id in analysis.graph.components() {
            let lit = self.dependencies.emphasis.as_ref().is_none_or(|e| e.lit.contains(id));
            let in_pick = picked.as_ref().is_none_or(|picked| picked.contains(id));
            if lit && in_pick && self.dependencies.filter.lets(&self.document, analysis, *id) {
                shown.insert(*id);
            }
        }
        shown
    }
}
