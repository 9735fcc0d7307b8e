//! Copies: the part of a document that goes along, and putting such a part in under new ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::error::CommandError;
use crate::edit::plan::*;
use crate::model::*;

impl Planner<'_> {
    pub(super) fn paste(&mut self, clip: &Document, by: Vector<Map>) -> Result<(), CommandError> {
        if self.document.components.len() + clip.components.len() > MAX_COMPONENTS
            || self.document.links.len() + clip.links.len() > MAX_LINKS
        {
            return Err(CommandError::TooLarge);
        }
        if clip.is_empty() {
            return Err(CommandError::NotThere);
        }
        let document = self.document;
        let shift = |p: Point<Map>| on_map(Point::new(p.x + by.x, p.y + by.y));
        let mut new_ids: BTreeMap<ComponentId, ComponentId> = BTreeMap::new();
        for id in clip.components.keys() {
            let fresh = self.fresh('c', &document.components);
            new_ids.insert(*id, fresh);
        }
        let mut new_pipelines: BTreeMap<PipelineId, PipelineId> = BTreeMap::new();
        for (id, pipeline) in &clip.pipelines {
            if let Some(parent) = new_ids.get(&pipeline.parent) {
                let fresh = self.fresh('p', &document.pipelines);
                new_pipelines.insert(*id, fresh);
                let span = pipeline
                    .span
                    .map(|(a, b)| (Evolution::clamped(a.get() + by.x), Evolution::clamped(b.get() + by.x)));
                self.patch.pipelines(
                    document,
                    fresh,
                    Some(Pipeline { parent: *parent, span, ..Pipeline::clone(pipeline) }),
                );
            }
        }
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for component in document.components.values() {
            taken.insert(folded_name(&component.name));
        }
        for (id, component) in &clip.components {
            let Some(fresh) = new_ids.get(id) else { continue };
            let mut after = Component::clone(component);
            after.evolution = after.evolution.map(|e| Evolution::clamped(e.get() + by.x));
            after.visibility = after.visibility.map(|v| Visibility::clamped(v.get() + by.y));
            after.pipeline = after.pipeline.and_then(|p| {
                new_pipelines.get(&p).copied().or_else(|| document.pipelines.contains_key(&p).then_some(p))
            });
            after.external_id = None;
            after.name = free_name(&after.name, &mut taken);
            self.patch.components(document, *fresh, Some(after));
            self.created.push(AnyRecordId::Component(*fresh));
        }
        for link in clip.links.values() {
            if let (Some(from), Some(to)) = (new_ids.get(&link.from), new_ids.get(&link.to)) {
                let fresh = self.fresh('l', &document.links);
                let group = link.group.filter(|g| document.redundancy_groups.contains_key(g));
                self.patch.links(document, fresh, Some(Link { from: *from, to: *to, group, ..Link::clone(link) }));
            }
        }
        for note in clip.notes.values() {
            let fresh = self.fresh('n', &document.notes);
            self.patch.notes(document, fresh, Some(Note { at: shift(note.at)?, ..Note::clone(note) }));
            self.created.push(AnyRecordId::Note(fresh));
        }
        for accelerator in clip.accelerators.values() {
            let fresh = self.fresh('x', &document.accelerators);
            let after = Accelerator { at: shift(accelerator.at)?, ..Accelerator::clone(accelerator) };
            self.patch.accelerators(document, fresh, Some(after));
            self.created.push(AnyRecordId::Accelerator(fresh));
        }
        for attitude in clip.attitudes.values() {
            let fresh = self.fresh('t', &document.attitudes);
            let after = Attitude { from: shift(attitude.from)?, to: shift(attitude.to)?, ..Attitude::clone(attitude) };
            self.patch.attitudes(document, fresh, Some(after));
            self.created.push(AnyRecordId::Attitude(fresh));
        }
        for annotation in clip.annotations.values() {
            let fresh = self.fresh('a', &document.annotations);
            let places = annotation.places.iter().map(|p| shift(*p)).collect::<Result<_, _>>()?;
            self.patch.annotations(document, fresh, Some(Annotation { places, ..Annotation::clone(annotation) }));
            self.created.push(AnyRecordId::Annotation(fresh));
        }
        Ok(())
    }
}

/// The name, or with the next free number behind it: in map text a name stands for one component.
fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    if taken.insert(folded_name(name)) {
        return name.to_owned();
    }
    let (stem, number) = match name.rsplit_once(' ') {
        Some((stem, digits)) if !stem.is_empty() && digits.len() <= 4 => match digits.parse::<u32>() {
            Ok(number) => (stem, number),
            Err(_) => (name, 1),
        },
        _ => (name, 1),
    };
    for next in number.saturating_add(1).. {
        let tried = format!("{stem} {next}");
        if taken.insert(folded_name(&tried)) {
            return tried;
        }
    }
    name.to_owned()
}

/// The part of a document that a copy of these records consists of: links only when both ends are in.
pub fn part_of(document: &Document, records: &BTreeSet<AnyRecordId>) -> Document {
    let mut part = Document::new();
    for record in records {
        match record {
            AnyRecordId::Component(id) => {
                if let Some(c) = document.components.get(id) {
                    part.components.insert(*id, std::rc::Rc::clone(c));
                }
            }
            AnyRecordId::Note(id) => {
                if let Some(n) = document.notes.get(id) {
                    part.notes.insert(*id, std::rc::Rc::clone(n));
                }
            }
            AnyRecordId::Annotation(id) => {
                if let Some(a) = document.annotations.get(id) {
                    part.annotations.insert(*id, std::rc::Rc::clone(a));
                }
            }
            AnyRecordId::Attitude(id) => {
                if let Some(a) = document.attitudes.get(id) {
                    part.attitudes.insert(*id, std::rc::Rc::clone(a));
                }
            }
            AnyRecordId::Accelerator(id) => {
                if let Some(a) = document.accelerators.get(id) {
                    part.accelerators.insert(*id, std::rc::Rc::clone(a));
                }
            }
            _ => {}
        }
    }
    for (id, pipeline) in &document.pipelines {
        if part.components.contains_key(&pipeline.parent) {
            part.pipelines.insert(*id, std::rc::Rc::clone(pipeline));
        }
    }
    for (id, link) in &document.links {
        if part.components.contains_key(&link.from) && part.components.contains_key(&link.to) {
            part.links.insert(*id, std::rc::Rc::clone(link));
        }
    }
    part
}
