//! Where each component stands and how much room its symbol takes.
//!
//! Knows the document and the suggested places; makes no shapes.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::geom::{Map, MapFrame, Point, Rect, World};
use crate::model::{Component, ComponentId, Document, PipelineId};
use crate::scene::build::component::symbol_radius;
use crate::scene::metrics::*;
use crate::scene::{RiskMark, SceneFacts, SizeMark, ViewOptions};

/// Pipelines within pipelines deeper than this are not followed.
const MOST_NESTING: usize = 8;

/// A component as the drawing sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Which component.
    pub id: ComponentId,
    /// Its centre.
    pub center: Point<World>,
    /// Where it is expected to go, when it is.
    pub evolved: Option<Point<World>>,
    /// Radius of its symbol; arrows end there.
    pub radius: f64,
    /// It is a user or another start of the value chain.
    pub anchor: bool,
    /// Nobody has decided its evolution; the place is a suggestion.
    pub undecided: bool,
    /// Hidden, shown only because the view asks for it.
    pub hidden: bool,
    /// It has a pipeline and is drawn as a square.
    pub parent: bool,
    /// It is a variant in a pipeline.
    pub variant: bool,
    /// Its risk, when the view shows risks.
    pub mark: Option<RiskMark>,
    /// How large it is drawn, when the view shows sizes.
    pub size: Option<SizeMark>,
    /// Links that begin or end here.
    pub degree: usize,
    /// 0..=1, see [`Node::weigh`].
    pub importance: f64,
}

impl Node {
    /// How much larger its symbol is than usual, world pixels of the radius.
    pub fn growth(&self) -> f64 {
        let step = self.size.and_then(|size| size.step).unwrap_or(1);
        SIZE_GROWTH.get(usize::from(step).saturating_sub(1)).copied().unwrap_or(0.0)
    }

    /// Whether it may be larger than it is drawn.
    pub fn may_be_larger(&self) -> bool {
        self.size.is_some_and(|size| size.unsure || size.step.is_none())
    }

    /// What the symbol covers.
    pub fn body(&self) -> Rect<World> {
        Rect::around(self.center, self.radius)
    }

    /// Importance for level of detail: where a chain begins, what much depends on and what is risky stays longest.
    fn weigh(&self, component: &Component) -> f64 {
        let degree = self.degree as f64;
        let kind = if component.is_anchor() { 0.55 } else { 0.12 };
        let change = if component.evolve.is_some() || component.inertia.is_some() { 0.05 } else { 0.0 };
        let parent = if self.parent { 0.08 } else { 0.0 };
        let risk = self.mark.map_or(0.0, |mark| {
            let first = mark.rank.map_or(0.0, |rank| 0.12 / f64::from(rank.max(1)).sqrt());
            0.1 * f64::from(mark.step.clamp(1, 5) - 1) + first
        });
        let size = 0.02 * self.growth();
        (kind + change + parent + risk + size + 0.25 * degree / (degree + 6.0)).min(1.0)
    }
}

/// Which components have a pipeline and which are variants in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Families {
    /// Pipeline by parent.
    pub(crate) pipelines: BTreeMap<ComponentId, PipelineId>,
    /// Variants by pipeline.
    pub(crate) variants: BTreeMap<PipelineId, Vec<ComponentId>>,
}

impl Families {
    pub(crate) fn of(document: &Document) -> Self {
        let mut families = Self::default();
        if document.pipelines.is_empty() {
            return families;
        }
        for (id, pipeline) in &document.pipelines {
            families.pipelines.insert(pipeline.parent, *id);
        }
        for (id, component) in &document.components {
            if let Some(pipeline) = component.pipeline {
                families.variants.entry(pipeline).or_default().push(*id);
            }
        }
        families
    }

    /// Parents and variants that are not the same in both.
    pub(crate) fn differences(&self, other: &Self) -> BTreeSet<ComponentId> {
        let mut found = BTreeSet::new();
        let mut compare = |a: &Self, b: &Self| {
            for (parent, pipeline) in &a.pipelines {
                if b.pipelines.get(parent) != Some(pipeline) {
                    found.insert(*parent);
                    found.extend(a.variants.get(pipeline).into_iter().flatten());
                }
            }
            for (pipeline, variants) in &a.variants {
                let others = b.variants.get(pipeline);
                if others != Some(variants) {
                    found.extend(variants.iter().filter(|v| others.is_none_or(|o| o.binary_search(v).is_err())));
                }
            }
        };
        compare(self, other);
        compare(other, self);
        found
    }

    /// Adds the variants of every parent in the set, and theirs.
    pub(crate) fn add_variants(&self, components: &mut BTreeSet<ComponentId>) {
        if self.pipelines.is_empty() {
            return;
        }
        let mut open: Vec<ComponentId> = components.iter().copied().collect();
        while let Some(parent) = open.pop() {
            let Some(pipeline) = self.pipelines.get(&parent) else { continue };
            for variant in self.variants.get(pipeline).into_iter().flatten() {
                if components.insert(*variant) {
                    open.push(*variant);
                }
            }
        }
    }
}

/// Makes nodes from records.
#[derive(Clone, Copy)]
pub(crate) struct NodeMaker<'a> {
    pub(crate) document: &'a Document,
    pub(crate) facts: &'a SceneFacts,
    pub(crate) options: &'a ViewOptions,
    pub(crate) families: &'a Families,
    pub(crate) frame: MapFrame,
}

impl NodeMaker<'_> {
    /// The node of a component, `None` when it is not drawn.
    pub(crate) fn node(&self, id: ComponentId, component: &Rc<Component>, degree: usize) -> Option<Node> {
        if component.hidden && !self.options.show_hidden {
            return None;
        }
        let center = self.center(id, component, 0);
        let parent = self.families.pipelines.contains_key(&id);
        let mark = if self.options.risk { self.facts.mark(id) } else { None };
        let evolved = component.evolve.as_ref().map(|evolve| {
            let x = self.frame.world_from_map(Point::new(evolve.to.get(), 0.0)).x;
            Point::new(x, center.y)
        });
        let symbol = symbol_radius(component, parent);
        let method = if component.method.is_some() && !component.is_anchor() { METHOD_RADIUS } else { 0.0 };
        let ring = mark.map_or(0.0, |mark| match mark.step {
            _ if mark.group.is_some() => RISK_TRIANGLE,
            _ if mark.unsure => RISK_RING + 1.0,
            5.. => RISK_RING + 1.0,
            4 => RISK_TRIANGLE,
            _ => RISK_RADIUS,
        });
        let mut node = Node {
            id,
            center,
            evolved,
            radius: symbol.max(method).max(ring),
            size: self.facts.size(id).filter(|_| !component.is_anchor()),
            anchor: component.is_anchor(),
            undecided: component.evolution.is_none() && !component.is_anchor(),
            hidden: component.hidden,
            parent,
            variant: component.pipeline.is_some_and(|p| self.document.pipelines.contains_key(&p)),
            mark,
            degree,
            importance: 0.0,
        };
        node.radius += node.growth();
        if node.may_be_larger() {
            node.radius = node.radius.max(symbol + SIZE_RING);
        }
        node.importance = node.weigh(component);
        Some(node)
    }

    fn center(&self, id: ComponentId, component: &Component, depth: usize) -> Point<World> {
        let decided = component.evolution.is_some() && component.visibility.is_some();
        let suggested = if decided { None } else { self.facts.place(id) };
        let at = suggested.unwrap_or_else(|| scattered(id));
        let map = Point::new(
            component.evolution.map_or(at.x, |e| e.get()).clamp(0.0, 1.0),
            component.visibility.map_or(at.y, |v| v.get()).clamp(0.0, 1.0),
        );
        let own = self.frame.world_from_map(map);
        let parent = component
            .pipeline
            .and_then(|pipeline| self.document.pipelines.get(&pipeline))
            .and_then(|pipeline| Some((pipeline.parent, self.document.components.get(&pipeline.parent)?)));
        match parent {
            Some((parent_id, parent)) if depth < MOST_NESTING && parent_id != id => {
                Point::new(own.x, self.center(parent_id, parent, depth + 1).y + PIPELINE_DROP)
            }
            _ => own,
        }
    }
}

/// A place for a component about which nothing is known, different for different ids so that they do not pile up.
fn scattered(id: ComponentId) -> Point<Map> {
    let mixed = id.packed().wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let share = |bits: u64| (bits & 0xffff) as f64 / 65_535.0;
    Point::new(0.1 + 0.8 * share(mixed >> 16), 0.1 + 0.8 * share(mixed >> 40))
}
