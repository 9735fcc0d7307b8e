//! Links: `from` needs `to`.

use crate::id::Id;
use crate::known::Known;
use crate::model::{ComponentId, Extra, RedundancyGroupId};

/// Identifier of a [`Link`].
pub type LinkId = Id<Link>;

/// Which way a flow runs, seen from `from` to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FlowDirection {
    /// From `from` to `to`.
    #[default]
    Forward,
    /// From `to` to `from`.
    Backward,
    /// Both ways.
    Both,
}

/// How a link is meant on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LinkKind {
    /// A plain need.
    #[default]
    Need,
    /// A need along which something flows.
    Flow(FlowDirection),
}

/// How a dependency works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DependencyKind {
    /// Needed while running.
    #[default]
    Runtime,
    /// Data comes from there.
    DataFeed,
    /// Runs on it.
    HostedOn,
    /// Signs people in with it.
    Identity,
    /// A person carries it over.
    Manual,
    /// Bound by contract.
    Contract,
    /// Rests on knowledge.
    Knowledge,
}

/// How we know that a dependency exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Confirmation {
    /// Seen in traffic or configuration.
    Observed,
    /// Written somewhere.
    Documented,
    /// Somebody said so.
    #[default]
    Said,
    /// Guessed.
    Guessed,
}

/// A need of one component for another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Link {
    /// Who needs.
    pub from: ComponentId,
    /// What is needed.
    pub to: ComponentId,
    /// Need or flow.
    pub kind: LinkKind,
    /// Text at the middle of the line; empty for none.
    pub context: String,
    /// Text of the flow; empty for none.
    pub flow_text: String,
    /// How the dependency works.
    pub dependency: DependencyKind,
    /// Chance, 0..=1, that losing `to` stops `from`. Unknown is planned as 1.
    pub strength: Known<f64>,
    /// Hours that `from` copes without `to`, 0..=8760. Unknown is planned as 0.
    pub buffer_h: Known<f64>,
    /// Alternatives share a group.
    pub group: Option<RedundancyGroupId>,
    /// How we know.
    pub confirmed: Confirmation,
    /// HL7, file drop, re-keying, …
    pub interface: String,
    /// What it is about; for people, not drawn.
    pub description: String,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

impl Link {
    /// A plain need of `from` for `to`.
    pub fn need(from: ComponentId, to: ComponentId) -> Self {
        Self { from, to, ..Self::default() }
    }
}
