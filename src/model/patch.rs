//! Patches: a change of the document as a value, record by record, with the record before and after.
//!
//! The inverse of a patch swaps before and after, so no hand-written inverse can be wrong. Knows nothing of what
//! the user meant (see `edit`).

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::model::*;
use crate::order;

macro_rules! record_kinds {
    ($($variant:ident, $kind:ty, $field:ident;)*) => {
        /// The id of a record of any kind.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum AnyRecordId {
            /// The settings, of which there is one.
            Settings,
            /// The text source, of which there is at most one.
            Source,
            $(#[doc = concat!("A [`", stringify!($kind), "`].")] $variant(Id<$kind>),)*
        }

        /// One record before and after. `None` before is an addition, `None` after a removal.
        #[derive(Debug, Clone, PartialEq)]
        pub enum RecordChange {
            /// The settings.
            Settings {
                /// Before.
                before: Rc<Settings>,
                /// After.
                after: Rc<Settings>,
            },
            /// The text source.
            Source {
                /// Before.
                before: Option<Rc<TextSource>>,
                /// After.
                after: Option<Rc<TextSource>>,
            },
            $(
                #[doc = concat!("A [`", stringify!($kind), "`].")]
                $variant {
                    /// Which.
                    id: Id<$kind>,
                    /// Before.
                    before: Option<Rc<$kind>>,
                    /// After.
                    after: Option<Rc<$kind>>,
                },
            )*
        }

        impl RecordChange {
            /// Which record.
            pub fn record(&self) -> AnyRecordId {
                match self {
                    Self::Settings { .. } => AnyRecordId::Settings,
                    Self::Source { .. } => AnyRecordId::Source,
                    $(Self::$variant { id, .. } => AnyRecordId::$variant(*id),)*
                }
            }

            fn inverse(&self) -> Self {
                match self {
                    Self::Settings { before, after } => Self::Settings { before: Rc::clone(after), after: Rc::clone(before) },
                    Self::Source { before, after } => Self::Source { before: after.clone(), after: before.clone() },
                    $(Self::$variant { id, before, after } => Self::$variant { id: *id, before: after.clone(), after: before.clone() },)*
                }
            }

            /// This change and then `later` of the same record; `None` when they are of different records.
            fn then(&self, later: &Self) -> Option<Self> {
                match (self, later) {
                    (Self::Settings { before, .. }, Self::Settings { after, .. }) =>
                        Some(Self::Settings { before: Rc::clone(before), after: Rc::clone(after) }),
                    (Self::Source { before, .. }, Self::Source { after, .. }) =>
                        Some(Self::Source { before: before.clone(), after: after.clone() }),
                    $((Self::$variant { id, before, .. }, Self::$variant { id: same, after, .. }) if id == same =>
                        Some(Self::$variant { id: *id, before: before.clone(), after: after.clone() }),)*
                    _ => None,
                }
            }

            fn is_nothing(&self) -> bool {
                match self {
                    Self::Settings { before, after } => before == after,
                    Self::Source { before, after } => before == after,
                    $(Self::$variant { before, after, .. } => before == after,)*
                }
            }
        }

        impl Document {
            /// Applies the change: each record becomes its `after`. Returns nothing because nothing can fail;
            /// a patch made for another document simply puts its records in.
            pub fn apply(&mut self, patch: &Patch) {
                for change in &patch.changes {
                    match change {
                        RecordChange::Settings { after, .. } => self.settings = Rc::clone(after),
                        RecordChange::Source { after, .. } => self.source = after.clone(),
                        $(RecordChange::$variant { id, after, .. } => match after {
                            Some(record) => { self.$field.insert(*id, Rc::clone(record)); }
                            None => { self.$field.remove(id); }
                        },)*
                    }
                }
            }

            /// The patch that turns `self` into `other`: records with another pointer and another content.
            pub fn patch_to(&self, other: &Self) -> Patch {
                let mut patch = Patch::default();
                if !Rc::ptr_eq(&self.settings, &other.settings) {
                    patch.push(RecordChange::Settings { before: Rc::clone(&self.settings), after: Rc::clone(&other.settings) });
                }
                patch.push(RecordChange::Source { before: self.source.clone(), after: other.source.clone() });
                $(
                    for (id, before) in &self.$field {
                        let after = other.$field.get(id);
                        if !after.is_some_and(|after| Rc::ptr_eq(before, after)) {
                            patch.push(RecordChange::$variant { id: *id, before: Some(Rc::clone(before)), after: after.cloned() });
                        }
                    }
                    for (id, after) in &other.$field {
                        if !self.$field.contains_key(id) {
                            patch.push(RecordChange::$variant { id: *id, before: None, after: Some(Rc::clone(after)) });
                        }
                    }
                )*
                patch
            }

            /// Whether a record with this id is there.
            pub fn has(&self, record: AnyRecordId) -> bool {
                match record {
                    AnyRecordId::Settings => true,
                    AnyRecordId::Source => self.source.is_some(),
                    $(AnyRecordId::$variant(id) => self.$field.contains_key(&id),)*
                }
            }
        }

        $(
            impl Patch {
                #[doc = concat!("Notes that the ", stringify!($kind), " `id` of `document` becomes `after` (`None` removes it).")]
                pub fn $field(&mut self, document: &Document, id: Id<$kind>, after: Option<$kind>) {
                    let before = document.$field.get(&id).cloned();
                    self.push(RecordChange::$variant { id, before, after: after.map(Rc::new) });
                }
            }
        )*
    };
}

record_kinds! {
    Component, Component, components;
    Link, Link, links;
    Pipeline, Pipeline, pipelines;
    Note, Note, notes;
    Annotation, Annotation, annotations;
    Attitude, Attitude, attitudes;
    Accelerator, Accelerator, accelerators;
    Area, Area, areas;
    Pathway, Pathway, pathways;
    Contract, Contract, contracts;
    Knowledge, KnowledgeHolding, knowledge;
    Risk, Risk, risks;
    RedundancyGroup, RedundancyGroup, redundancy_groups;
    Lifecycle, Lifecycle, lifecycles;
    Judgement, Judgement, judgements;
}

/// A change of the document: at most one entry a record, empty entries left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Patch {
    changes: Vec<RecordChange>,
}

/// What a patch touches, for deciding what must be computed anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Components added, removed or changed.
    pub components: BTreeSet<ComponentId>,
    /// Links added, removed or changed.
    pub links: BTreeSet<LinkId>,
    /// Which components exist or how they are linked has changed.
    pub structure: bool,
    /// Something that scores are computed from has changed: structure, facts, strengths, register, rules.
    pub risk_inputs: bool,
    /// Title, axes, frame, style or other settings have changed.
    pub settings: bool,
    /// Anything drawn besides components and links has changed: pipelines, notes, annotations, areas, …
    pub decorations: bool,
}

impl Patch {
    /// Adds a change behind the others; a second change of a record is joined with its first.
    pub fn push(&mut self, change: RecordChange) {
        let record = change.record();
        // Gestures touch few records and imports come through `patch_to`, which never repeats one: search only the tail.
        let near = self.changes.len().saturating_sub(64);
        if let Some((index, joined)) = self
            .changes
            .iter()
            .enumerate()
            .skip(near)
            .find(|(_, earlier)| earlier.record() == record)
            .and_then(|(index, earlier)| earlier.then(&change).map(|joined| (index, joined)))
        {
            if joined.is_nothing() {
                self.changes.remove(index);
            } else if let Some(slot) = self.changes.get_mut(index) {
                *slot = joined;
            }
        } else if !change.is_nothing() {
            self.changes.push(change);
        }
    }

    /// Notes that the settings of `document` become `after`.
    pub fn settings(&mut self, document: &Document, after: Settings) {
        self.push(RecordChange::Settings { before: Rc::clone(&document.settings), after: Rc::new(after) });
    }

    /// Notes that the text source of `document` becomes `after`.
    pub fn source(&mut self, document: &Document, after: Option<TextSource>) {
        self.push(RecordChange::Source { before: document.source.clone(), after: after.map(Rc::new) });
    }

    /// The changes in order.
    pub fn changes(&self) -> &[RecordChange] {
        &self.changes
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The patch that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { changes: self.changes.iter().rev().map(RecordChange::inverse).collect() }
    }

    /// This patch and then `later` as one: the first `before` and the last `after` of each record.
    pub fn squash(&mut self, later: &Self) {
        use std::collections::BTreeMap;
        let mut position: BTreeMap<AnyRecordId, usize> =
            order::map(self.changes.iter().enumerate().map(|(i, c)| (c.record(), i)));
        for change in &later.changes {
            match position.get(&change.record()).and_then(|i| self.changes.get_mut(*i)) {
                Some(earlier) => {
                    if let Some(joined) = earlier.then(change) {
                        *earlier = joined;
                    }
                }
                None => {
                    position.insert(change.record(), self.changes.len());
                    self.changes.push(change.clone());
                }
            }
        }
        self.changes.retain(|c| !c.is_nothing());
    }

    /// What the patch touches.
    pub fn touched(&self) -> Touched {
        let mut touched = Touched::default();
        for change in &self.changes {
            match change {
                RecordChange::Settings { before, after } => {
                    touched.settings = true;
                    touched.risk_inputs |= before.risk != after.risk;
                }
                RecordChange::Component { id, before, after } => {
                    touched.components.insert(*id);
                    match (before, after) {
                        (Some(b), Some(a)) => {
                            touched.structure |= b.kind != a.kind || b.pipeline != a.pipeline || b.hidden != a.hidden;
                            touched.risk_inputs |= b.facts != a.facts || b.name != a.name;
                        }
                        _ => touched.structure = true,
                    }
                }
                RecordChange::Link { id, before, after } => {
                    touched.links.insert(*id);
                    match (before, after) {
                        (Some(b), Some(a)) => {
                            touched.structure |= b.from != a.from || b.to != a.to;
                            touched.risk_inputs |=
                                b.strength != a.strength || b.buffer_h != a.buffer_h || b.group != a.group;
                        }
                        _ => touched.structure = true,
                    }
                }
                RecordChange::Pipeline { .. } => {
                    touched.decorations = true;
                    touched.structure = true;
                }
                RecordChange::Note { .. }
                | RecordChange::Annotation { .. }
                | RecordChange::Attitude { .. }
                | RecordChange::Accelerator { .. }
                | RecordChange::Area { .. } => touched.decorations = true,
                RecordChange::Source { .. } => {}
                _ => touched.risk_inputs = true,
            }
        }
        touched.risk_inputs |= touched.structure;
        touched
    }

    /// Rough number of bytes the patch keeps alive, for the limit of the history.
    pub fn weight(&self) -> usize {
        self.changes.len() * 512
            + self
                .changes
                .iter()
                .map(|change| match change {
                    RecordChange::Source { before, after } => {
                        before.as_ref().map_or(0, |s| s.text.len()) + after.as_ref().map_or(0, |s| s.text.len())
                    }
                    _ => 0,
                })
                .sum::<usize>()
    }
}

impl AnyRecordId {
    /// The component's id, when it is a component.
    pub fn component(&self) -> Option<ComponentId> {
        match self {
            Self::Component(id) => Some(*id),
            _ => None,
        }
    }
}
