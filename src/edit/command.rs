//! Commands: what the user meant, as plain values.
//!
//! Knows no pointer, key or panel. `plan` turns a command into a patch.

use std::collections::BTreeSet;

use crate::geom::{Evolution, Map, Point, Vector, Visibility, World};
use crate::model::*;

/// What the user wants done with the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Put a new component on the map, linked with another if asked.
    AddComponent(NewComponent),
    /// Change one thing about each of the components.
    ChangeComponents {
        /// Which.
        ids: Vec<ComponentId>,
        /// What.
        change: ComponentChange,
    },
    /// Move things by the same displacement. What is locked stays.
    Move {
        /// Components, notes, annotations, attitudes, accelerators.
        records: BTreeSet<AnyRecordId>,
        /// How far, in map units; nothing leaves the map.
        by: Vector<Map>,
    },
    /// Give components their own new places (align, distribute, suggested positions).
    Place(Vec<(ComponentId, Point<Map>)>),
    /// Link two components.
    Connect {
        /// Who needs.
        from: ComponentId,
        /// What is needed.
        to: ComponentId,
        /// Need or flow.
        kind: LinkKind,
    },
    /// Change one thing about a link.
    ChangeLink {
        /// Which.
        id: LinkId,
        /// What.
        change: LinkChange,
    },
    /// Take things away, with everything that cannot be without them.
    Delete(BTreeSet<AnyRecordId>),
    /// Put copies beside the originals, with the links among them.
    Duplicate {
        /// What to copy.
        records: BTreeSet<AnyRecordId>,
        /// How far away.
        by: Vector<Map>,
    },
    /// Put the records of another document in, with new ids where theirs are taken.
    Paste {
        /// What to put in.
        clip: Box<Document>,
        /// Moves all of it.
        by: Vector<Map>,
    },
    /// Hang a pipeline on a component.
    AddPipeline {
        /// The component.
        parent: ComponentId,
    },
    /// Put a text on the map.
    AddNote {
        /// Text.
        text: String,
        /// Where.
        at: Point<Map>,
    },
    /// Put a numbered remark on the map.
    AddAnnotation {
        /// Text.
        text: String,
        /// Where.
        at: Point<Map>,
    },
    /// Mark where pioneers, settlers or town planners work.
    AddAttitude {
        /// Which.
        kind: AttitudeKind,
        /// One corner.
        from: Point<Map>,
        /// The other.
        to: Point<Map>,
    },
    /// Put an accelerator or deaccelerator on the map.
    AddAccelerator {
        /// Name.
        name: String,
        /// Slows down.
        slows: bool,
        /// Where.
        at: Point<Map>,
    },
    /// Make an area of interest.
    AddArea {
        /// Name.
        name: String,
        /// Members.
        members: BTreeSet<ComponentId>,
    },
    /// Put a record in place of the one with its id (or add it): the editors of notes, areas, contracts, …
    Put(AnyRecord),
    /// Change the settings.
    ChangeSettings(Box<Settings>),
    /// Do what this patch says (the text pane, merges); its label says what it is.
    Apply(Patch, String),
    /// Do all of these, one after the other, as one step with this label: cells pasted into a table.
    Batch(Vec<Command>, String),
}

/// A component to be added.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewComponent {
    /// Name.
    pub name: String,
    /// Kind on the map.
    pub kind: ComponentKind,
    /// Place; `None` finds a free one near what it is linked with.
    pub at: Option<Point<Map>>,
    /// A component that needs the new one.
    pub needed_by: Option<ComponentId>,
    /// A component that the new one needs.
    pub needs: Option<ComponentId>,
    /// The pipeline it is a variant in.
    pub pipeline: Option<PipelineId>,
}

/// One thing to change about components.
#[derive(Debug, Clone, PartialEq)]
pub enum ComponentChange {
    /// Name (everywhere it shows).
    Name(String),
    /// Kind on the map.
    Kind(ComponentKind),
    /// Place on the evolution axis; `None` makes it undecided.
    Evolution(Option<Evolution>),
    /// Place on the value chain axis; `None` makes it undecided.
    Visibility(Option<Visibility>),
    /// Label offset; `None` is automatic.
    LabelOffset(Option<Vector<World>>),
    /// Symbol.
    Symbol(Symbol),
    /// Build, buy, outsource.
    Method(Option<Method>),
    /// Inertia.
    Inertia(Option<Inertia>),
    /// Expected movement.
    Evolve(Option<Evolve>),
    /// Pipeline it is a variant in.
    Pipeline(Option<PipelineId>),
    /// Address; refused unless http, https or mailto.
    Url(Option<String>),
    /// Description.
    Description(String),
    /// Tags.
    Tags(BTreeSet<String>),
    /// Place in the dependency view; `None` releases it.
    Pin(Option<Vector<World>>),
    /// Hidden.
    Hidden(bool),
    /// Locked.
    Locked(bool),
    /// Facts about the system.
    Facts(Box<SystemFacts>),
}

/// One thing to change about a link.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkChange {
    /// Swap the ends.
    Reverse,
    /// Need or flow.
    Kind(LinkKind),
    /// Text at the middle.
    Context(String),
    /// Text of the flow.
    FlowText(String),
    /// The whole record, for the editor of dependency facts.
    Record(Box<Link>),
}

/// A record of a kind that is edited as a whole.
#[derive(Debug, Clone, PartialEq)]
pub enum AnyRecord {
    /// A pipeline.
    Pipeline(PipelineId, Pipeline),
    /// A note.
    Note(NoteId, Note),
    /// An annotation.
    Annotation(AnnotationId, Annotation),
    /// An attitude.
    Attitude(AttitudeId, Attitude),
    /// An accelerator.
    Accelerator(AcceleratorId, Accelerator),
    /// An area.
    Area(AreaId, Area),
    /// A pathway.
    Pathway(PathwayId, Pathway),
    /// A contract.
    Contract(ContractId, Box<Contract>),
    /// Who knows what.
    Knowledge(KnowledgeId, KnowledgeHolding),
    /// A risk.
    Risk(RiskId, Box<Risk>),
    /// Alternatives.
    RedundancyGroup(RedundancyGroupId, RedundancyGroup),
    /// Support dates.
    Lifecycle(LifecycleId, Lifecycle),
    /// A judgement.
    Judgement(JudgementId, Judgement),
}
