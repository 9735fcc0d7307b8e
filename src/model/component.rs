//! Components: the things on the map.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::geom::Map;
use crate::geom::{Evolution, Point, Vector, Visibility, World};
use crate::id::Id;
use crate::model::{Extra, PipelineId, SystemFacts};

/// Identifier of a [`Component`].
pub type ComponentId = Id<Component>;

/// Most characters of a name.
pub const MAX_NAME_LENGTH: usize = 500;

/// What a component is on the map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ComponentKind {
    /// A need, activity, practice, data or system.
    #[default]
    Component,
    /// A user or another place where the value chain begins.
    Anchor,
    /// A component that stands for another map.
    Submap,
    /// A kind that a newer version wrote; kept and drawn as a grey box.
    Unknown(String),
}

/// The symbol a component is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Symbol {
    /// A circle (a square when it has a pipeline).
    #[default]
    Plain,
    /// The market symbol.
    Market,
    /// The ecosystem symbol.
    Ecosystem,
}

/// How a component is come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Made by ourselves.
    Build,
    /// Bought.
    Buy,
    /// Run by somebody else for us.
    Outsource,
}

/// Resistance to change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inertia {
    /// Why; empty when not said.
    pub cause: String,
}

/// Where a component is expected to go.
#[derive(Debug, Clone, PartialEq)]
pub struct Evolve {
    /// Expected evolution.
    pub to: Evolution,
    /// Name at the new place, when it changes.
    pub name: Option<String>,
    /// Offset of the label at the new place, world pixels from the centre to the start of the baseline.
    pub label_offset: Option<Vector<World>>,
}

/// One thing on the map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Component {
    /// Name, may hold line breaks.
    pub name: String,
    /// What it is on the map.
    pub kind: ComponentKind,
    /// Place on the evolution axis; `None` is undecided.
    pub evolution: Option<Evolution>,
    /// Place on the value chain axis; `None` is undecided.
    pub visibility: Option<Visibility>,
    /// Offset of the label, world pixels from the centre to the start of the baseline; `None` is automatic.
    pub label_offset: Option<Vector<World>>,
    /// Symbol.
    pub symbol: Symbol,
    /// Build, buy or outsource.
    pub method: Option<Method>,
    /// Inertia, when there is any.
    pub inertia: Option<Inertia>,
    /// Expected movement.
    pub evolve: Option<Evolve>,
    /// The pipeline it is a variant in; its visibility then comes from the pipeline's parent.
    pub pipeline: Option<PipelineId>,
    /// Address of the map behind a submap or of a page about the component; http, https or mailto only.
    pub url: Option<String>,
    /// What it is, in a sentence or more.
    pub description: String,
    /// Tags.
    pub tags: BTreeSet<String>,
    /// Where somebody has put it in the dependency view, world pixels from the origin of that picture; `None` is by
    /// itself.
    pub pin: Option<Vector<World>>,
    /// Left out of the drawing, as authors do by commenting a line out.
    pub hidden: bool,
    /// Cannot be moved by hand.
    pub locked: bool,
    /// Identifier in the system it was imported from.
    pub external_id: Option<String>,
    /// What is known about the system behind it; `None` is nothing yet.
    pub facts: Option<Rc<SystemFacts>>,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

impl Component {
    /// A component with this name and nothing decided.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The same at this place of the map (clamped to it).
    #[must_use]
    pub fn at(mut self, place: Point<Map>) -> Self {
        self.evolution = Some(Evolution::clamped(place.x));
        self.visibility = Some(Visibility::clamped(place.y));
        self
    }

    /// Place on the map when both coordinates are decided.
    pub fn place(&self) -> Option<Point<Map>> {
        Some(Point::new(self.evolution?.get(), self.visibility?.get()))
    }

    /// What is known about the system behind it; everything unknown when nothing was entered.
    pub fn facts(&self) -> &SystemFacts {
        match &self.facts {
            Some(facts) => facts,
            None => SystemFacts::nothing_known(),
        }
    }

    /// Whether it is a user or another start of the value chain.
    pub fn is_anchor(&self) -> bool {
        self.kind == ComponentKind::Anchor
    }
}
