//! The rest of the notation: pipelines, notes, annotations, attitudes, accelerators, areas.

use std::collections::BTreeSet;

use crate::geom::{Evolution, Map, Point};
use crate::id::Id;
use crate::model::{ComponentId, Extra};

/// Identifier of a [`Pipeline`].
pub type PipelineId = Id<Pipeline>;
/// Identifier of a [`Note`].
pub type NoteId = Id<Note>;
/// Identifier of an [`Annotation`].
pub type AnnotationId = Id<Annotation>;
/// Identifier of an [`Attitude`].
pub type AttitudeId = Id<Attitude>;
/// Identifier of an [`Accelerator`].
pub type AcceleratorId = Id<Accelerator>;
/// Identifier of an [`Area`].
pub type AreaId = Id<Area>;

/// A component shown as a box of variants. Variants are components whose `pipeline` names it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pipeline {
    /// The component the box hangs on.
    pub parent: ComponentId,
    /// Left and right end when given as a span; otherwise the variants decide.
    pub span: Option<(Evolution, Evolution)>,
    /// What it is about; for people, not drawn.
    pub description: String,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

/// A text on the map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Note {
    /// The text, may hold line breaks.
    pub text: String,
    /// Start of the text's baseline, 0..=1.
    pub at: Point<Map>,
    /// What it is about; for people, not drawn.
    pub description: String,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

/// A numbered remark with one or more places, listed in the annotation box.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Annotation {
    /// Number shown in the disc.
    pub number: u32,
    /// The remark.
    pub text: String,
    /// Where the discs stand, 0..=1.
    pub places: Vec<Point<Map>>,
    /// What it is about; for people, not drawn.
    pub description: String,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

/// Who should work on a part of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AttitudeKind {
    /// Explorers of the uncharted.
    #[default]
    Pioneers,
    /// Makers of products.
    Settlers,
    /// Industrialisers.
    TownPlanners,
}

/// A rectangle of an attitude.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attitude {
    /// Which.
    pub kind: AttitudeKind,
    /// One corner, 0..=1.
    pub from: Point<Map>,
    /// The opposite corner, 0..=1.
    pub to: Point<Map>,
    /// What it is about; for people, not drawn.
    pub description: String,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

/// A force that speeds evolution up or slows it down.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Accelerator {
    /// Name.
    pub name: String,
    /// Slows down instead of speeding up.
    pub slows: bool,
    /// Centre of the arrow, 0..=1.
    pub at: Point<Map>,
    /// What it is about; for people, not drawn.
    pub description: String,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

/// An area of interest: a named set of components drawn with a hull. A component may be in several.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Area {
    /// Name.
    pub name: String,
    /// Members.
    pub members: BTreeSet<ComponentId>,
    /// What it is about.
    pub description: String,
    /// Number of its colour, 1..=6; `None` is by its order among the areas.
    pub color: Option<u8>,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}
