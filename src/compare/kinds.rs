//! What comparing needs of every kind of record: which there are, copying, and what refers to what.
//!
//! Knows the records' types and nothing of matching or merging.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::model::*;

/// References of a record to others.
pub(super) trait Refers: Clone {
    /// Gives every reference to `f` and puts what comes back in its place.
    fn visit(&mut self, _f: Visitor<'_>) {}
}

/// Takes a reference and gives the one to put in its place.
pub(super) type Visitor<'f> = &'f mut dyn FnMut(AnyRecordId) -> AnyRecordId;

fn component(id: &mut ComponentId, f: Visitor<'_>) {
    if let AnyRecordId::Component(other) = f(AnyRecordId::Component(*id)) {
        *id = other;
    }
}

fn component_set(ids: &mut BTreeSet<ComponentId>, f: Visitor<'_>) {
    let mut all = BTreeSet::new();
    for mut id in std::mem::take(ids) {
        component(&mut id, f);
        all.insert(id);
    }
    *ids = all;
}

impl Refers for Component {
    fn visit(&mut self, f: Visitor<'_>) {
        if let Some(id) = &mut self.pipeline {
            if let AnyRecordId::Pipeline(other) = f(AnyRecordId::Pipeline(*id)) {
                *id = other;
            }
        }
        let refers = self.facts().technologies.iter().any(|t| !t.lifecycle_ref.is_empty());
        if let Some(facts) = self.facts.as_mut().filter(|_| refers) {
            for technology in &mut Rc::make_mut(facts).technologies {
                let Ok(id) = LifecycleId::parse(&technology.lifecycle_ref) else { continue };
                if let AnyRecordId::Lifecycle(other) = f(AnyRecordId::Lifecycle(id)) {
                    technology.lifecycle_ref = other.to_string();
                }
            }
        }
    }
}

impl Refers for Link {
    fn visit(&mut self, f: Visitor<'_>) {
        component(&mut self.from, f);
        component(&mut self.to, f);
        if let Some(id) = &mut self.group {
            if let AnyRecordId::RedundancyGroup(other) = f(AnyRecordId::RedundancyGroup(*id)) {
                *id = other;
            }
        }
    }
}

impl Refers for Pipeline {
    fn visit(&mut self, f: Visitor<'_>) {
        component(&mut self.parent, f);
    }
}

impl Refers for Area {
    fn visit(&mut self, f: Visitor<'_>) {
        component_set(&mut self.members, f);
    }
}

impl Refers for Pathway {
    fn visit(&mut self, f: Visitor<'_>) {
        for step in &mut self.steps {
            component(step, f);
        }
    }
}

impl Refers for Contract {
    fn visit(&mut self, f: Visitor<'_>) {
        component_set(&mut self.components, f);
    }
}

impl Refers for KnowledgeHolding {
    fn visit(&mut self, f: Visitor<'_>) {
        component(&mut self.component, f);
    }
}

impl Refers for Risk {
    fn visit(&mut self, f: Visitor<'_>) {
        component_set(&mut self.components, f);
        let mut pathways = BTreeSet::new();
        for id in std::mem::take(&mut self.pathways) {
            pathways.insert(match f(AnyRecordId::Pathway(id)) {
                AnyRecordId::Pathway(other) => other,
                _ => id,
            });
        }
        self.pathways = pathways;
    }
}

impl Refers for Judgement {
    fn visit(&mut self, f: Visitor<'_>) {
        component(&mut self.component, f);
    }
}

impl Refers for Note {}
impl Refers for Annotation {}
impl Refers for Attitude {}
impl Refers for Accelerator {}
impl Refers for RedundancyGroup {}
impl Refers for Lifecycle {}

macro_rules! kinds {
    ($($variant:ident $field:ident $prefix:literal;)*) => {
        /// All records but settings and text, kind by kind in the order of ids.
        pub(super) fn records(document: &Document) -> Vec<AnyRecordId> {
            let mut all = Vec::new();
            $(all.extend(document.$field.keys().map(|id| AnyRecordId::$variant(*id)));)*
            all
        }

        /// Whether the record is the same in both, or in neither.
        pub(super) fn same(a: &Document, b: &Document, record: AnyRecordId) -> bool {
            match record {
                AnyRecordId::Settings => a.settings == b.settings,
                AnyRecordId::Source => a.source == b.source,
                $(AnyRecordId::$variant(id) => match (a.$field.get(&id), b.$field.get(&id)) {
                    (Some(a), Some(b)) => Rc::ptr_eq(a, b) || a == b,
                    (None, None) => true,
                    _ => false,
                },)*
            }
        }

        /// Makes the record in `to` what it is in `from`.
        pub(super) fn copy(record: AnyRecordId, from: &Document, to: &mut Document) {
            match record {
                AnyRecordId::Settings => to.settings = Rc::clone(&from.settings),
                AnyRecordId::Source => to.source = from.source.clone(),
                $(AnyRecordId::$variant(id) => match from.$field.get(&id) {
                    Some(record) => { to.$field.insert(id, Rc::clone(record)); }
                    None => { to.$field.remove(&id); }
                },)*
            }
        }

        /// What the record refers to.
        pub(super) fn references(document: &Document, record: AnyRecordId) -> Vec<AnyRecordId> {
            let mut found = Vec::new();
            let mut note = |other| { found.push(other); other };
            match record {
                AnyRecordId::Settings | AnyRecordId::Source => {}
                $(AnyRecordId::$variant(id) => if let Some(record) = document.$field.get(&id) {
                    $variant::clone(record).visit(&mut note);
                },)*
            }
            found
        }

        /// The document with other ids: `name` gives the new id of each record.
        pub(super) fn renamed(document: &Document, name: &dyn Fn(AnyRecordId) -> AnyRecordId) -> Document {
            let mut result = Document { extra: document.extra.clone(), settings: Rc::clone(&document.settings), ..Document::new() };
            $(for (id, record) in &document.$field {
                let new = match name(AnyRecordId::$variant(*id)) {
                    AnyRecordId::$variant(new) => new,
                    _ => *id,
                };
                let mut changed = false;
                let mut other = $variant::clone(record);
                other.visit(&mut |id| {
                    let new = name(id);
                    changed |= new != id;
                    new
                });
                result.$field.insert(new, if changed { Rc::new(other) } else { Rc::clone(record) });
            })*
            result.source = document.source.as_ref().map(|source| {
                let mut source = TextSource::clone(source);
                for binding in &mut source.bindings {
                    binding.record = name(binding.record);
                }
                Rc::new(source)
            });
            result
        }

        /// The `number`th id of the record's kind, as importers give them out.
        pub(super) fn numbered(record: AnyRecordId, number: u64) -> AnyRecordId {
            match record {
                AnyRecordId::Settings | AnyRecordId::Source => record,
                $(AnyRecordId::$variant(_) => AnyRecordId::$variant(crate::id::Id::numbered($prefix, number)),)*
            }
        }

        /// The id as it stands in files.
        pub(super) fn id_text(record: AnyRecordId) -> String {
            match record {
                AnyRecordId::Settings | AnyRecordId::Source => String::new(),
                $(AnyRecordId::$variant(id) => id.to_string(),)*
            }
        }
    };
}

type Knowledge = KnowledgeHolding;

kinds! {
    Component components 'c';
    Link links 'l';
    Pipeline pipelines 'p';
    Note notes 'n';
    Annotation annotations 'n';
    Attitude attitudes 'a';
    Accelerator accelerators 'a';
    Area areas 'a';
    Pathway pathways 'w';
    Contract contracts 'k';
    Knowledge knowledge 'h';
    Risk risks 'r';
    RedundancyGroup redundancy_groups 'g';
    Lifecycle lifecycles 'y';
    Judgement judgements 'j';
}

/// Whether two records are of one kind.
pub(super) fn same_kind(a: AnyRecordId, b: AnyRecordId) -> bool {
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
}
