//! Makes a document that was just read obey the rules of the model: what dangles is dropped, what is broken is reset.
//!
//! Knows the rules of `model::violations` and no format. Every change is reported.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::diag::{Place, Severity};
use crate::format::report::Report;
use crate::geom::{Map, Point};
use crate::model::*;

/// Repairs until `model::violations` finds nothing.
pub(crate) fn repair(document: &mut Document, report: &mut Report) {
    let mut say = |code: &'static str, record: String, message: &str| {
        report.add(Severity::Warning, code, || Place::Record(record), || message);
    };
    repair_settings(&mut document.settings, &mut say);
    repair_pipelines(document, &mut say);
    repair_links(document, &mut say);
    repair_places(document, &mut say);
    repair_references(document, &mut say);
}

type Say<'s> = dyn FnMut(&'static str, String, &str) + 's;

fn repair_settings(settings: &mut Rc<Settings>, say: &mut Say<'_>) {
    let axis = &settings.evolution;
    let rising = axis.boundaries.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
    let inside = axis.boundaries.iter().all(|b| *b > 0.0 && *b < 1.0);
    if axis.stages.is_empty() || axis.boundaries.len() + 1 != axis.stages.len() || !rising || !inside {
        let hidden = axis.hidden;
        Rc::make_mut(settings).evolution = EvolutionAxis { hidden, ..EvolutionAxis::default() };
        say(
            "broken-axis",
            "settings".to_owned(),
            "The stages of evolution did not fit their boundaries; the usual four were taken.",
        );
    }
    if settings.size.is_some_and(|size| !(size.width.is_finite() && size.height.is_finite())) {
        Rc::make_mut(settings).size = None;
        say("not-finite", "settings".to_owned(), "The size of the map was no number; the usual one was taken.");
    }
}

fn repair_pipelines(document: &mut Document, say: &mut Say<'_>) {
    let mut parents = BTreeSet::new();
    document.pipelines.retain(|id, pipeline| {
        let there = document.components.contains_key(&pipeline.parent);
        if !there {
            say(
                "dangling-pipeline",
                id.to_string(),
                "A pipeline hung on a component that is not there; it was dropped.",
            );
        }
        let first = !there || parents.insert(pipeline.parent);
        if !first {
            say("second-pipeline", id.to_string(), "A component had two pipelines; the second was dropped.");
        }
        there && first
    });
    let pipelines = &document.pipelines;
    for (id, component) in &mut document.components {
        let in_order = match component.pipeline {
            None => true,
            Some(pipeline) => pipelines.get(&pipeline).is_some_and(|p| p.parent != *id),
        };
        if !in_order {
            Rc::make_mut(component).pipeline = None;
            say(
                "missing-pipeline",
                id.to_string(),
                "A component was a variant of a pipeline that cannot hold it; it now stands alone.",
            );
        }
        if let Some((end, _)) = component.name.char_indices().nth(MAX_NAME_LENGTH) {
            let name = &mut Rc::make_mut(component).name;
            name.truncate(end);
            // A blank at the end would come back without it from a table.
            name.truncate(name.trim_end().len());
            say("name-too-long", id.to_string(), "A name was cut after 500 characters.");
        }
    }
}

fn repair_links(document: &mut Document, say: &mut Say<'_>) {
    let (components, groups) = (&document.components, &document.redundancy_groups);
    document.links.retain(|id, link| {
        let there = components.contains_key(&link.from) && components.contains_key(&link.to);
        if !there {
            say("dangling-link", id.to_string(), "A link led to a component that is not there; it was dropped.");
        } else if link.from == link.to {
            say("self-link", id.to_string(), "A link ran from a component to itself; it was dropped.");
        }
        there && link.from != link.to
    });
    for (id, link) in &mut document.links {
        if link.group.is_some_and(|group| !groups.contains_key(&group)) {
            Rc::make_mut(link).group = None;
            say("dangling-group", id.to_string(), "A link belonged to a group of alternatives that is not there.");
        }
    }
}

fn repair_places(document: &mut Document, say: &mut Say<'_>) {
    let mut mend = |id: String, points: &mut [&mut Point<Map>]| {
        for point in points.iter_mut().filter(|point| !point.is_finite()) {
            **point = Point::new(0.5, 0.5);
            say("not-finite", id.clone(), "A place was no number; it was moved to the middle of the map.");
        }
    };
    for (id, note) in &mut document.notes {
        if !note.at.is_finite() {
            mend(id.to_string(), &mut [&mut Rc::make_mut(note).at]);
        }
    }
    for (id, annotation) in &mut document.annotations {
        if annotation.places.iter().any(|place| !place.is_finite()) {
            mend(id.to_string(), &mut Rc::make_mut(annotation).places.iter_mut().collect::<Vec<_>>());
        }
    }
    for (id, attitude) in &mut document.attitudes {
        if !attitude.from.is_finite() || !attitude.to.is_finite() {
            let Attitude { from, to, .. } = Rc::make_mut(attitude);
            mend(id.to_string(), &mut [from, to]);
        }
    }
    for (id, accelerator) in &mut document.accelerators {
        if !accelerator.at.is_finite() {
            mend(id.to_string(), &mut [&mut Rc::make_mut(accelerator).at]);
        }
    }
    for (id, component) in &mut document.components {
        let finite = |offset: Option<crate::geom::Vector<crate::geom::World>>| {
            offset.is_none_or(|v| v.x.is_finite() && v.y.is_finite())
        };
        if !finite(component.pin) {
            Rc::make_mut(component).pin = None;
            say(
                "not-finite",
                id.to_string(),
                "A place in the dependency view was no number; it is laid out by itself now.",
            );
        }
        if !finite(component.label_offset) || !finite(component.evolve.as_ref().and_then(|e| e.label_offset)) {
            let component = Rc::make_mut(component);
            component.label_offset = component.label_offset.filter(|v| finite(Some(*v)));
            if let Some(evolve) = &mut component.evolve {
                evolve.label_offset = evolve.label_offset.filter(|v| finite(Some(*v)));
            }
            say("not-finite", id.to_string(), "The place of a label was no number; it is placed by itself now.");
        }
    }
}

fn repair_references(document: &mut Document, say: &mut Say<'_>) {
    const LOST: &str = "A reference to a component that is not there was dropped.";
    let components = &document.components;
    let has = |id: &ComponentId| components.contains_key(id);
    for (id, area) in &mut document.areas {
        if !area.members.iter().all(has) {
            Rc::make_mut(area).members.retain(has);
            say("dangling-reference", id.to_string(), LOST);
        }
    }
    for (id, pathway) in &mut document.pathways {
        if !pathway.steps.iter().all(has) {
            Rc::make_mut(pathway).steps.retain(has);
            say("dangling-reference", id.to_string(), LOST);
        }
    }
    for (id, contract) in &mut document.contracts {
        if !contract.components.iter().all(has) {
            Rc::make_mut(contract).components.retain(has);
            say("dangling-reference", id.to_string(), LOST);
        }
    }
    let pathways = &document.pathways;
    for (id, risk) in &mut document.risks {
        if !risk.components.iter().all(has) || !risk.pathways.iter().all(|p| pathways.contains_key(p)) {
            let risk = Rc::make_mut(risk);
            risk.components.retain(has);
            risk.pathways.retain(|p| pathways.contains_key(p));
            say("dangling-reference", id.to_string(), LOST);
        }
    }
    document.knowledge.retain(|id, holding| {
        let there = has(&holding.component);
        if !there {
            say("dangling-reference", id.to_string(), "Knowledge of a component that is not there was dropped.");
        }
        there
    });
    document.judgements.retain(|id, judgement| {
        let there = has(&judgement.component);
        if !there {
            say("dangling-reference", id.to_string(), "A judgement of a component that is not there was dropped.");
        }
        there
    });
}
