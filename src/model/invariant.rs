//! The rules every document obeys: editing never breaks them, loading repairs until they hold.

use std::collections::BTreeSet;

use crate::model::*;

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// A link names a component that is not there.
    DanglingLink(LinkId),
    /// A link runs from a component to itself.
    SelfLink(LinkId),
    /// A link's redundancy group is not there.
    DanglingGroup(LinkId),
    /// A pipeline hangs on a component that is not there.
    DanglingPipeline(PipelineId),
    /// Two pipelines hang on one component.
    SecondPipeline(PipelineId),
    /// A component is a variant in a pipeline that is not there.
    MissingPipeline(ComponentId),
    /// A component is a variant in its own pipeline.
    OwnVariant(ComponentId),
    /// A name is longer than [`MAX_NAME_LENGTH`].
    NameTooLong(ComponentId),
    /// A number that must be finite is not.
    NotFinite(AnyRecordId),
    /// A record names a component that is not there.
    DanglingReference(AnyRecordId),
    /// The evolution axis has no stage, or its boundaries do not rise within 0..1.
    BrokenAxis,
}

/// All broken rules, in the order of the records. Empty for every document that was loaded or edited.
pub fn violations(document: &Document) -> Vec<Violation> {
    let mut found = Vec::new();
    let has = |id: &ComponentId| document.components.contains_key(id);

    let axis = &document.settings.evolution;
    let rising = axis.boundaries.windows(2).all(|w| matches!(w, [a, b] if a < b));
    let inside = axis.boundaries.iter().all(|b| *b > 0.0 && *b < 1.0);
    if axis.stages.is_empty() || axis.boundaries.len() + 1 != axis.stages.len() || !rising || !inside {
        found.push(Violation::BrokenAxis);
    }
    if document.settings.size.is_some_and(|s| !(s.width.is_finite() && s.height.is_finite())) {
        found.push(Violation::NotFinite(AnyRecordId::Settings));
    }

    for (id, component) in &document.components {
        if component.name.chars().count() > MAX_NAME_LENGTH {
            found.push(Violation::NameTooLong(*id));
        }
        let evolved = component.evolve.as_ref().and_then(|e| e.label_offset);
        let mut places = component.label_offset.into_iter().chain(evolved).chain(component.pin);
        if places.any(|v| !(v.x.is_finite() && v.y.is_finite())) {
            found.push(Violation::NotFinite(AnyRecordId::Component(*id)));
        }
        if let Some(pipeline) = component.pipeline {
            match document.pipelines.get(&pipeline) {
                None => found.push(Violation::MissingPipeline(*id)),
                Some(p) if p.parent == *id => found.push(Violation::OwnVariant(*id)),
                Some(_) => {}
            }
        }
    }
    for (id, link) in &document.links {
        if !has(&link.from) || !has(&link.to) {
            found.push(Violation::DanglingLink(*id));
        }
        if link.from == link.to {
            found.push(Violation::SelfLink(*id));
        }
        if link.group.is_some_and(|g| !document.redundancy_groups.contains_key(&g)) {
            found.push(Violation::DanglingGroup(*id));
        }
    }
    let mut parents = BTreeSet::new();
    for (id, pipeline) in &document.pipelines {
        if !has(&pipeline.parent) {
            found.push(Violation::DanglingPipeline(*id));
        }
        if !parents.insert(pipeline.parent) {
            found.push(Violation::SecondPipeline(*id));
        }
    }
    for (id, note) in &document.notes {
        if !note.at.is_finite() {
            found.push(Violation::NotFinite(AnyRecordId::Note(*id)));
        }
    }
    for (id, annotation) in &document.annotations {
        if annotation.places.iter().any(|p| !p.is_finite()) {
            found.push(Violation::NotFinite(AnyRecordId::Annotation(*id)));
        }
    }
    for (id, attitude) in &document.attitudes {
        if !attitude.from.is_finite() || !attitude.to.is_finite() {
            found.push(Violation::NotFinite(AnyRecordId::Attitude(*id)));
        }
    }
    for (id, accelerator) in &document.accelerators {
        if !accelerator.at.is_finite() {
            found.push(Violation::NotFinite(AnyRecordId::Accelerator(*id)));
        }
    }
    let mut dangling = |record: AnyRecordId, ok: bool| {
        if !ok {
            found.push(Violation::DanglingReference(record));
        }
    };
    for (id, area) in &document.areas {
        dangling(AnyRecordId::Area(*id), area.members.iter().all(has));
    }
    for (id, pathway) in &document.pathways {
        dangling(AnyRecordId::Pathway(*id), pathway.steps.iter().all(has));
    }
    for (id, contract) in &document.contracts {
        dangling(AnyRecordId::Contract(*id), contract.components.iter().all(has));
    }
    for (id, holding) in &document.knowledge {
        dangling(AnyRecordId::Knowledge(*id), has(&holding.component));
    }
    for (id, risk) in &document.risks {
        let pathways = risk.pathways.iter().all(|p| document.pathways.contains_key(p));
        dangling(AnyRecordId::Risk(*id), pathways && risk.components.iter().all(has));
    }
    for (id, judgement) in &document.judgements {
        dangling(AnyRecordId::Judgement(*id), has(&judgement.component));
    }
    found
}
