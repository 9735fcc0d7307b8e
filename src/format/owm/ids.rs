//! Which id each record of a text gets: counted for a new document, planned for a text that belongs to one.
//!
//! Knows nothing of what the statements say.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{Id, IdSource};
use crate::model::{AnyRecordId, ComponentId, Document, LinkId, PipelineId, SourceBinding};

/// Gives out the ids of one reading.
pub(super) struct Ids<'d> {
    planned: BTreeMap<u32, Vec<AnyRecordId>>,
    ends: BTreeMap<(ComponentId, ComponentId), Vec<LinkId>>,
    parents: BTreeMap<ComponentId, PipelineId>,
    used: BTreeSet<AnyRecordId>,
    made: BTreeSet<AnyRecordId>,
    counters: [u64; 26],
    source: Option<(IdSource, &'d Document)>,
}

/// A kind of record that statements make.
pub(super) trait Record: Sized {
    const PREFIX: char;
    fn any(id: Id<Self>) -> AnyRecordId;
    fn of(any: AnyRecordId) -> Option<Id<Self>>;
}

macro_rules! records {
    ($($kind:ident $prefix:literal;)*) => {$(
        impl Record for crate::model::$kind {
            const PREFIX: char = $prefix;
            fn any(id: Id<Self>) -> AnyRecordId {
                AnyRecordId::$kind(id)
            }
            fn of(any: AnyRecordId) -> Option<Id<Self>> {
                if let AnyRecordId::$kind(id) = any { Some(id) } else { None }
            }
        }
    )*};
}
records! { Component 'c'; Link 'l'; Pipeline 'p'; Note 'n'; Annotation 'a'; Attitude 't'; Accelerator 'x'; }

impl<'d> Ids<'d> {
    /// `c0001`, `c0002`, … in the order of the text.
    pub(super) fn counted() -> Self {
        Self {
            planned: BTreeMap::new(),
            ends: BTreeMap::new(),
            parents: BTreeMap::new(),
            used: BTreeSet::new(),
            made: BTreeSet::new(),
            counters: [0; 26],
            source: None,
        }
    }

    /// As the bindings say; new ids are free in the document and depend on `seed` alone.
    pub(super) fn planned(bindings: &[SourceBinding], document: &'d Document, seed: u64) -> Self {
        let mut ids = Self::counted();
        for binding in bindings {
            ids.planned.entry(binding.statement).or_default().push(binding.record);
        }
        ids.source = Some((IdSource::new(seed), document));
        ids
    }

    /// Lets links and pipelines be recognised by the components they belong to, too.
    pub(super) fn know(&mut self, document: &Document) {
        for (id, link) in &document.links {
            self.ends.entry((link.from, link.to)).or_default().push(*id);
        }
        for (id, pipeline) in &document.pipelines {
            self.parents.entry(pipeline.parent).or_insert(*id);
        }
    }

    /// The records planned for a statement. They tell apart what is spelt the same.
    pub(super) fn planned_at(&self, statement: u32) -> &[AnyRecordId] {
        self.planned.get(&statement).map_or(&[], Vec::as_slice)
    }

    /// The document that the plan belongs to.
    pub(super) fn document(&self) -> Option<&'d Document> {
        self.source.as_ref().map(|(_, document)| *document)
    }

    /// Whether the id was not planned but made here.
    pub(super) fn is_made(&self, record: AnyRecordId) -> bool {
        self.made.contains(&record)
    }

    /// The id of a statement's record.
    pub(super) fn take<K: Record>(&mut self, statement: u32) -> Id<K> {
        self.planned_for(statement).unwrap_or_else(|| self.make())
    }

    /// The id of a link: the statement's own when it still joins the same, any that joins the same, the statement's own.
    pub(super) fn take_link(&mut self, statement: u32, from: ComponentId, to: ComponentId) -> LinkId {
        if let Some(candidates) = self.ends.get(&(from, to)) {
            let planned = self.planned.get(&statement);
            let own = candidates.iter().find(|id| planned.is_some_and(|p| p.contains(&AnyRecordId::Link(**id))));
            let free = |id: &&LinkId| !self.used.contains(&AnyRecordId::Link(**id));
            if let Some(id) = own.filter(free).or_else(|| candidates.iter().find(free)).copied() {
                self.used.insert(AnyRecordId::Link(id));
                return id;
            }
        }
        self.take(statement)
    }

    /// The id of a pipeline: that of the parent's pipeline, or the statement's own.
    pub(super) fn take_pipeline(&mut self, statement: u32, parent: ComponentId) -> PipelineId {
        match self.parents.get(&parent).copied() {
            Some(id) if self.used.insert(AnyRecordId::Pipeline(id)) => id,
            _ => self.take(statement),
        }
    }

    fn planned_for<K: Record>(&mut self, statement: u32) -> Option<Id<K>> {
        let planned = self.planned_at(statement).iter();
        let id = planned.filter(|any| !self.used.contains(any)).find_map(|any| K::of(*any))?;
        self.used.insert(K::any(id));
        Some(id)
    }

    fn make<K: Record>(&mut self) -> Id<K> {
        let id = loop {
            let id = match &mut self.source {
                Some((source, _)) => source.next(K::PREFIX),
                None => {
                    let slot = usize::from(K::PREFIX as u8 - b'a');
                    let counter = self.counters.get_mut(slot).map_or(0, |counter| {
                        *counter += 1;
                        *counter
                    });
                    break Id::numbered(K::PREFIX, counter);
                }
            };
            let taken = self.source.as_ref().is_some_and(|(_, document)| document.has(K::any(id)));
            if !taken && !self.used.contains(&K::any(id)) {
                self.used.insert(K::any(id));
                self.made.insert(K::any(id));
                break id;
            }
        };
        id
    }
}
