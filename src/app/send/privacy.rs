//! A document without what should not go along.
//!
//! What newer versions wrote may say anything, so it is left out with either. Knows no file.

use std::rc::Rc;

use crate::model::{Component, Document, Link, Settings};

/// The document without descriptions, notes and remarks unless `notes`, and without answers, owners, contracts, costs
/// and everything else the risk model knows unless `facts`. With both it is the document itself.
pub fn without(document: &Document, notes: bool, facts: bool) -> Document {
    let mut left = document.clone();
    if notes && facts {
        return left;
    }
    // The text the map was read from says it all again.
    left.source = None;
    left.extra.clear();
    for component in left.components.values_mut() {
        *component = Rc::new(bare_component(component, notes, facts));
    }
    for link in left.links.values_mut() {
        *link = Rc::new(bare_link(link, notes, facts));
    }
    left.settings = Rc::new(Settings { extra: Default::default(), ..(*left.settings).clone() });
    for pipeline in left.pipelines.values_mut() {
        let pipeline = Rc::make_mut(pipeline);
        pipeline.extra.clear();
        if !notes {
            pipeline.description.clear();
        }
    }
    for attitude in left.attitudes.values_mut() {
        let attitude = Rc::make_mut(attitude);
        attitude.extra.clear();
        if !notes {
            attitude.description.clear();
        }
    }
    for accelerator in left.accelerators.values_mut() {
        let accelerator = Rc::make_mut(accelerator);
        accelerator.extra.clear();
        if !notes {
            accelerator.description.clear();
        }
    }
    for area in left.areas.values_mut() {
        let area = Rc::make_mut(area);
        area.extra.clear();
        if !notes {
            area.description.clear();
        }
    }
    if notes {
        for note in left.notes.values_mut() {
            Rc::make_mut(note).extra.clear();
        }
        for annotation in left.annotations.values_mut() {
            Rc::make_mut(annotation).extra.clear();
        }
    } else {
        left.notes.clear();
        left.annotations.clear();
        Rc::make_mut(&mut left.settings).description.clear();
    }
    if facts {
        without_extra_facts(&mut left);
    } else {
        left.pathways.clear();
        left.contracts.clear();
        left.knowledge.clear();
        left.risks.clear();
        left.redundancy_groups.clear();
        left.lifecycles.clear();
        left.judgements.clear();
        Rc::make_mut(&mut left.settings).risk = Default::default();
    }
    left
}

fn without_extra_facts(document: &mut Document) {
    for record in document.pathways.values_mut() {
        Rc::make_mut(record).extra.clear();
    }
    for record in document.contracts.values_mut() {
        Rc::make_mut(record).extra.clear();
    }
    for record in document.knowledge.values_mut() {
        Rc::make_mut(record).extra.clear();
    }
    for record in document.risks.values_mut() {
        Rc::make_mut(record).extra.clear();
    }
    for record in document.redundancy_groups.values_mut() {
        Rc::make_mut(record).extra.clear();
    }
    for record in document.lifecycles.values_mut() {
        Rc::make_mut(record).extra.clear();
    }
    for record in document.judgements.values_mut() {
        Rc::make_mut(record).extra.clear();
    }
}

fn bare_component(component: &Component, notes: bool, facts: bool) -> Component {
    let mut bare = component.clone();
    bare.extra.clear();
    if !notes {
        bare.description.clear();
    }
    if facts {
        if let Some(known) = &mut bare.facts {
            let known = Rc::make_mut(known);
            known.extra.clear();
            if !notes {
                known.notes.clear();
            }
        }
    } else {
        bare.facts = None;
        bare.external_id = None;
        bare.tags.clear();
    }
    bare
}

fn bare_link(link: &Link, notes: bool, facts: bool) -> Link {
    let mut bare = Link { extra: Default::default(), ..link.clone() };
    if !notes {
        bare.description.clear();
    }
    if !facts {
        let nothing = Link::default();
        bare.dependency = nothing.dependency;
        bare.strength = nothing.strength;
        bare.buffer_h = nothing.buffer_h;
        bare.group = nothing.group;
        bare.confirmed = nothing.confirmed;
        bare.interface = nothing.interface;
    }
    bare
}
