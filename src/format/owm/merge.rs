//! Three documents into one: what a text said, what it says now, and what is known besides.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::format::owm::said::{said_span, same_span, settings_lines, SaidComponent, SaidLine, SaidLink};
use crate::id::Id;
use crate::model::{Component, ComponentId, ComponentKind, Document, Link, Pipeline, PipelineId, Settings};
use crate::order;

type Records<K> = BTreeMap<Id<K>, Rc<K>>;

/// Takes over into `next` what differs from `old` to `new`.
pub(super) fn merge(next: &mut Document, old: &Document, new: &Document) {
    merge_settings(next, old, new);
    merge_records(&mut next.pipelines, &old.pipelines, &new.pipelines, |own: &mut Pipeline, old, new| {
        differing(&mut own.parent, &old.parent, &new.parent);
        differing(&mut own.span, &old.span, &new.span);
    });
    merge_records(&mut next.components, &old.components, &new.components, merge_component);
    merge_records(&mut next.links, &old.links, &new.links, |own: &mut Link, old, new| {
        differing(&mut own.from, &old.from, &new.from);
        differing(&mut own.to, &old.to, &new.to);
        differing(&mut own.kind, &old.kind, &new.kind);
        differing(&mut own.context, &old.context, &new.context);
        differing(&mut own.flow_text, &old.flow_text, &new.flow_text);
    });
    merge_lines(&mut next.notes, &old.notes, &new.notes, |own, new| (own.text, own.at) = (new.text.clone(), new.at));
    merge_lines(&mut next.annotations, &old.annotations, &new.annotations, |own, new| {
        (own.number, own.text, own.places) = (new.number, new.text.clone(), new.places.clone());
    });
    merge_lines(&mut next.attitudes, &old.attitudes, &new.attitudes, |own, new| {
        (own.kind, own.from, own.to) = (new.kind, new.from, new.to);
    });
    merge_lines(&mut next.accelerators, &old.accelerators, &new.accelerators, |own, new| {
        (own.name, own.slows, own.at) = (new.name.clone(), new.slows, new.at);
    });
    settle(next, new);
}

fn differing<T: Clone + PartialEq>(own: &mut T, old: &T, new: &T) {
    if old != new {
        own.clone_from(new);
    }
}

/// Additions and removals of the text, and `change` for what it says otherwise than before.
fn merge_records<K: Clone + PartialEq>(
    own: &mut Records<K>,
    old: &Records<K>,
    new: &Records<K>,
    change: impl Fn(&mut K, &K, &K),
) {
    for id in old.keys() {
        if !new.contains_key(id) {
            own.remove(id);
        }
    }
    for (id, after) in new {
        match (old.get(id), own.get_mut(id)) {
            (Some(before), Some(record)) if before != after => change(Rc::make_mut(record), before, after),
            // The text said it before, and the document never had it: it still need not.
            (Some(before), None) if before == after => {}
            (None, _) | (Some(_), None) => {
                own.insert(*id, Rc::clone(after));
            }
            (Some(_), Some(_)) => {}
        }
    }
}

fn merge_lines<K: SaidLine + Clone + PartialEq>(
    own: &mut Records<K>,
    old: &Records<K>,
    new: &Records<K>,
    take_over: impl Fn(&mut K, &K),
) {
    merge_records(own, old, new, |own, _, new| take_over(own, new));
    for (id, after) in new {
        if let Some(record) = own.get_mut(id) {
            if !after.same(record) {
                take_over(Rc::make_mut(record), after);
            }
        }
    }
}

fn merge_component(own: &mut Component, old: &Component, new: &Component) {
    differing(&mut own.name, &old.name, &new.name);
    if old.kind != new.kind {
        own.kind = new.kind.clone();
    }
    differing(&mut own.evolution, &old.evolution, &new.evolution);
    differing(&mut own.visibility, &old.visibility, &new.visibility);
    differing(&mut own.label_offset, &old.label_offset, &new.label_offset);
    differing(&mut own.symbol, &old.symbol, &new.symbol);
    differing(&mut own.method, &old.method, &new.method);
    if old.inertia.is_some() != new.inertia.is_some() {
        own.inertia.clone_from(&new.inertia);
    }
    match (&mut own.evolve, &old.evolve, &new.evolve) {
        (Some(own), Some(old), Some(new)) => {
            differing(&mut own.to, &old.to, &new.to);
            differing(&mut own.name, &old.name, &new.name);
            differing(&mut own.label_offset, &old.label_offset, &new.label_offset);
        }
        (slot, old, new) if old != new => slot.clone_from(new),
        _ => {}
    }
    differing(&mut own.pipeline, &old.pipeline, &new.pipeline);
    differing(&mut own.url, &old.url, &new.url);
    differing(&mut own.hidden, &old.hidden, &new.hidden);
}

fn merge_settings(next: &mut Document, old: &Document, new: &Document) {
    let (old, new) = (&*old.settings, &*new.settings);
    if old == new && settings_lines(&next.settings) == settings_lines(new) {
        return;
    }
    let own = Rc::make_mut(&mut next.settings);
    differing(&mut own.title, &old.title, &new.title);
    differing(&mut own.size, &old.size, &new.size);
    differing(&mut own.style, &old.style, &new.style);
    differing(&mut own.value_chain, &old.value_chain, &new.value_chain);
    differing(&mut own.annotation_box, &old.annotation_box, &new.annotation_box);
    differing(&mut own.evolution.hidden, &old.evolution.hidden, &new.evolution.hidden);
    if old.evolution.stages != new.evolution.stages {
        own.evolution.stages.clone_from(&new.evolution.stages);
        if own.evolution.boundaries.len() != new.evolution.boundaries.len() {
            own.evolution.boundaries.clone_from(&new.evolution.boundaries);
        }
    }
    if settings_lines(own) != settings_lines(new) {
        let kept = Settings::clone(own);
        *own = Settings {
            title: new.title.clone(),
            size: new.size,
            style: new.style.clone(),
            value_chain: new.value_chain.clone(),
            annotation_box: new.annotation_box,
            evolution: new.evolution.clone(),
            ..kept
        };
    }
}

/// What the document knows besides must not say anything else in words than the text does.
///
/// A method that an anchor had, say, is not written; when the text makes it a component, the text's word counts.
fn settle(next: &mut Document, new: &Document) {
    let mut taken_over: Vec<ComponentId> = Vec::new();
    for (id, after) in &new.components {
        let Some(own) = next.components.get(id) else { continue };
        let mut said = SaidComponent::of(after, new);
        said.variant_of = said.variant_of.filter(|pipeline| next.pipelines.contains_key(pipeline));
        if !said.same(&SaidComponent::of(own, next)) {
            taken_over.push(*id);
        }
    }
    for id in taken_over {
        if let (Some(own), Some(new)) = (next.components.get_mut(&id), new.components.get(&id)) {
            take_over(Rc::make_mut(own), new);
        }
    }
    // Ends are compared by name: of two components with the same one, text cannot tell which is meant.
    let name = |document: &Document, id: &ComponentId| document.components.get(id).map(|c| c.name.clone());
    let mut links = Vec::new();
    for (id, after) in &new.links {
        let Some(own) = next.links.get(id) else { continue };
        let (said, kept) = (SaidLink::of(after), SaidLink::of(own));
        let same_ends = name(new, &after.from) == name(next, &own.from) && name(new, &after.to) == name(next, &own.to);
        if !same_ends || (said.kind, said.context, said.flow_text) != (kept.kind, kept.context, kept.flow_text) {
            links.push(*id);
        }
    }
    for id in links {
        if let (Some(own), Some(after)) = (next.links.get_mut(&id), new.links.get(&id)) {
            let own = Rc::make_mut(own);
            (own.from, own.to, own.kind) = (after.from, after.to, after.kind);
            own.context.clone_from(&after.context);
            own.flow_text.clone_from(&after.flow_text);
        }
    }
    let with_variants: BTreeSet<PipelineId> = order::set(next.components.values().filter_map(|c| c.pipeline));
    let mut pipelines = Vec::new();
    for (id, after) in &new.pipelines {
        let Some(own) = next.pipelines.get(id) else { continue };
        let said = |p: &Pipeline| said_span(p, with_variants.contains(id));
        if name(new, &after.parent) != name(next, &own.parent) || !same_span(said(after), said(own)) {
            pipelines.push(*id);
        }
    }
    for id in pipelines {
        if let (Some(own), Some(after)) = (next.pipelines.get_mut(&id), new.pipelines.get(&id)) {
            let own = Rc::make_mut(own);
            (own.parent, own.span) = (after.parent, after.span);
        }
    }
}

fn take_over(own: &mut Component, new: &Component) {
    own.name.clone_from(&new.name);
    if !matches!((&own.kind, &new.kind), (ComponentKind::Unknown(_), ComponentKind::Component)) {
        own.kind = new.kind.clone();
    }
    (own.evolution, own.visibility, own.label_offset) = (new.evolution, new.visibility, new.label_offset);
    (own.symbol, own.method, own.pipeline, own.hidden) = (new.symbol, new.method, new.pipeline, new.hidden);
    if own.inertia.is_some() != new.inertia.is_some() {
        own.inertia.clone_from(&new.inertia);
    }
    own.evolve.clone_from(&new.evolve);
    own.url.clone_from(&new.url);
}

/// Takes out what names something that is gone.
pub(super) fn sweep(document: &mut Document) {
    let components: BTreeSet<ComponentId> = order::set(document.components.keys().copied());
    let has = |id: &ComponentId| components.contains(id);
    let mut parents = BTreeSet::new();
    document.pipelines.retain(|_, p| has(&p.parent) && parents.insert(p.parent));
    let homeless: Vec<ComponentId> = document
        .components
        .iter()
        .filter(|(id, c)| c.pipeline.is_some_and(|p| document.pipelines.get(&p).is_none_or(|p| p.parent == **id)))
        .map(|(id, _)| *id)
        .collect();
    for id in homeless {
        if let Some(component) = document.components.get_mut(&id) {
            Rc::make_mut(component).pipeline = None;
        }
    }
    document.links.retain(|_, l| has(&l.from) && has(&l.to) && l.from != l.to);
    for area in document.areas.values_mut().filter(|a| !a.members.iter().all(has)) {
        Rc::make_mut(area).members.retain(has);
    }
    for pathway in document.pathways.values_mut().filter(|p| !p.steps.iter().all(has)) {
        Rc::make_mut(pathway).steps.retain(has);
    }
    for contract in document.contracts.values_mut().filter(|c| !c.components.iter().all(has)) {
        Rc::make_mut(contract).components.retain(has);
    }
    for risk in document.risks.values_mut().filter(|r| !r.components.iter().all(has)) {
        Rc::make_mut(risk).components.retain(has);
    }
    document.knowledge.retain(|_, k| has(&k.component));
    document.judgements.retain(|_, j| has(&j.component));
}
