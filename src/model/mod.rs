//! The document: maps of immutable records by id, and the one function that changes them.
//!
//! Knows no file format, no drawing and no analysis; no type here is `Serialize`. A record is shared by pointer
//! (`Rc`), so "has it changed?" is a comparison of pointers. [`Document::apply`] is the only way to change one.

mod address;
#[cfg(test)]
pub mod arbitrary;
mod component;
mod invariant;
mod link;
mod notation;
mod patch;
mod register;
pub mod sample;
mod settings;
mod source;
mod system;

pub use address::allowed_address;
pub use component::*;
pub use invariant::{violations, Violation};
pub use link::*;
pub use notation::*;
pub use patch::{AnyRecordId, Patch, RecordChange, Touched};
pub use register::*;
pub use settings::*;
pub use source::{SourceBinding, SourceLanguage, TextSource};
pub use system::*;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::id::Id;

/// Records of one kind, in the order of their ids.
pub type RecordMap<K> = BTreeMap<Id<K>, Rc<K>>;

/// Fields this version does not know, name to JSON text, written back as they came.
pub type Extra = BTreeMap<String, String>;

/// Most components a reader accepts in one document.
pub const MAX_COMPONENTS: usize = 50_000;
/// Most links a reader accepts in one document.
pub const MAX_LINKS: usize = 200_000;

/// A map with everything known about the estate below it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// Title, frame, axes, rules.
    pub settings: Rc<Settings>,
    /// The map text it was opened from, kept to the byte.
    pub source: Option<Rc<TextSource>>,
    /// Things on the map.
    pub components: RecordMap<Component>,
    /// Needs between them.
    pub links: RecordMap<Link>,
    /// Boxes of variants.
    pub pipelines: RecordMap<Pipeline>,
    /// Texts on the map.
    pub notes: RecordMap<Note>,
    /// Numbered remarks.
    pub annotations: RecordMap<Annotation>,
    /// Pioneers, settlers, town planners.
    pub attitudes: RecordMap<Attitude>,
    /// Accelerators and deaccelerators.
    pub accelerators: RecordMap<Accelerator>,
    /// Areas of interest.
    pub areas: RecordMap<Area>,
    /// Pathways.
    pub pathways: RecordMap<Pathway>,
    /// Contracts.
    pub contracts: RecordMap<Contract>,
    /// Who knows what.
    pub knowledge: RecordMap<KnowledgeHolding>,
    /// The risk register.
    pub risks: RecordMap<Risk>,
    /// Alternatives.
    pub redundancy_groups: RecordMap<RedundancyGroup>,
    /// Support dates.
    pub lifecycles: RecordMap<Lifecycle>,
    /// Professional judgements.
    pub judgements: RecordMap<Judgement>,
    /// Top-level fields of newer versions, kept as they came.
    pub extra: Extra,
}

impl Document {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing has been put on the map yet.
    pub fn is_empty(&self) -> bool {
        self.components.is_empty() && self.notes.is_empty() && self.links.is_empty()
    }

    /// How many pipelines, notes, annotations, attitudes and accelerators have a description.
    pub fn described_notation(&self) -> usize {
        let count = |all: &mut dyn Iterator<Item = &String>| all.filter(|text| !text.is_empty()).count();
        count(&mut self.pipelines.values().map(|it| &it.description))
            + count(&mut self.notes.values().map(|it| &it.description))
            + count(&mut self.annotations.values().map(|it| &it.description))
            + count(&mut self.attitudes.values().map(|it| &it.description))
            + count(&mut self.accelerators.values().map(|it| &it.description))
    }

    /// Links that begin or end at the component. Walks all links; see `analysis` for an index.
    pub fn links_of(&self, component: ComponentId) -> impl Iterator<Item = (LinkId, &Rc<Link>)> {
        self.links
            .iter()
            .filter(move |(_, link)| link.from == component || link.to == component)
            .map(|(id, link)| (*id, link))
    }

    /// The pipeline whose box hangs on the component.
    pub fn pipeline_of_parent(&self, parent: ComponentId) -> Option<(PipelineId, &Rc<Pipeline>)> {
        self.pipelines.iter().find(|(_, p)| p.parent == parent).map(|(id, p)| (*id, p))
    }

    /// The components that are variants in the pipeline, in order of id.
    pub fn pipeline_members(&self, pipeline: PipelineId) -> impl Iterator<Item = (ComponentId, &Rc<Component>)> {
        self.components.iter().filter(move |(_, c)| c.pipeline == Some(pipeline)).map(|(id, c)| (*id, c))
    }

    /// The first component of this name, ignoring case and runs of white space.
    pub fn component_named(&self, name: &str) -> Option<(ComponentId, &Rc<Component>)> {
        let wanted = folded_name(name);
        self.components.iter().find(|(_, c)| folded_name(&c.name) == wanted).map(|(id, c)| (*id, c))
    }
}

/// A name for comparing: lower case, line breaks and runs of blanks as one blank.
pub fn folded_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

#[cfg(test)]
mod tests;
