//! From a command to a patch. Never changes the document; a command that cannot be done is a typed error.
//!
//! Here: the entry, making and changing single things. `remove` takes out and mends what referred to it, `put` takes
//! whole records, `copy` duplicates and pastes.

mod copy;
mod put;
mod remove;

pub use copy::part_of;

use std::collections::BTreeSet;

use crate::edit::command::*;
use crate::edit::error::CommandError;
use crate::edit::place::{free_place_near, Direction};
use crate::geom::{Evolution, Map, Point, Vector, Visibility};
use crate::id::{Id, IdSource};
use crate::model::*;
use crate::order;

/// A patch, what to call it, and what it made.
#[derive(Debug, Clone, Default)]
pub struct Planned {
    /// The change; empty when everything is so already.
    pub patch: Patch,
    /// What it does, for the history and the announcement: "Move Kettle".
    pub label: String,
    /// The records it makes.
    pub created: Vec<AnyRecordId>,
}

/// Where the components are drawn, for commands that need a place for something undecided.
pub type Positions<'a> = &'a dyn Fn(ComponentId) -> Option<Point<Map>>;

/// Makes the patch for a command.
///
/// # Errors
/// [`CommandError`] when the command cannot be done; nothing has changed then.
pub fn plan(
    document: &Document,
    command: &Command,
    ids: &mut IdSource,
    positions: Positions<'_>,
) -> Result<Planned, CommandError> {
    let mut planner = Planner { document, ids, positions, patch: Patch::default(), created: Vec::new() };
    let label = planner.run(command)?;
    Ok(Planned { patch: planner.patch, label, created: planner.created })
}

struct Planner<'a> {
    document: &'a Document,
    ids: &'a mut IdSource,
    positions: Positions<'a>,
    patch: Patch,
    created: Vec<AnyRecordId>,
}

fn checked_name(name: &str) -> Result<String, CommandError> {
    // Control characters other than the line break have no picture; runs of blanks do not show.
    let lines: Vec<String> = name
        .lines()
        .map(|line| {
            let printable: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            printable.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect();
    let name = lines.join("\n").trim().to_owned();
    if name.is_empty() {
        return Err(CommandError::EmptyName);
    }
    if name.chars().count() > MAX_NAME_LENGTH {
        return Err(CommandError::NameTooLong);
    }
    Ok(name)
}

/// Whether an address may be shown as a link.
fn checked_address(address: &str) -> Result<String, CommandError> {
    let address = address.trim();
    if allowed_address(address) {
        Ok(address.to_owned())
    } else {
        Err(CommandError::BadAddress)
    }
}

fn on_map(p: Point<Map>) -> Result<Point<Map>, CommandError> {
    if p.is_finite() {
        Ok(Point::new(p.x.clamp(0.0, 1.0), p.y.clamp(0.0, 1.0)))
    } else {
        Err(CommandError::WouldBreak)
    }
}

impl Planner<'_> {
    fn run(&mut self, command: &Command) -> Result<String, CommandError> {
        match command {
            Command::AddComponent(new) => self.add_component(new),
            Command::ChangeComponents { ids, change } => self.change_components(ids, change),
            Command::Move { records, by } => self.move_records(records, *by),
            Command::Place(places) => self.place(places),
            Command::Connect { from, to, kind } => self.connect(*from, *to, *kind),
            Command::ChangeLink { id, change } => self.change_link(*id, change),
            Command::Delete(records) => self.delete(records),
            Command::Duplicate { records, by } => {
                let clip = part_of(self.document, records);
                self.paste(&clip, *by)?;
                Ok(match self.created.len() {
                    1 => "Duplicate".to_owned(),
                    _ => format!("Duplicate {}", counted(clip.components.len(), "component")),
                })
            }
            Command::Paste { clip, by } => {
                self.paste(clip, *by)?;
                Ok(format!("Paste {}", counted(clip.components.len(), "component")))
            }
            Command::AddPipeline { parent } => self.add_pipeline(*parent),
            Command::AddNote { text, at } => {
                let text = checked_name(text)?;
                let (id, at) = (self.fresh('n', &self.document.notes), on_map(*at)?);
                self.created.push(AnyRecordId::Note(id));
                self.patch.notes(self.document, id, Some(Note { text, at, ..Note::default() }));
                Ok("Add note".to_owned())
            }
            Command::AddAnnotation { text, at } => {
                let number = self.document.annotations.values().map(|a| a.number).max().unwrap_or(0).saturating_add(1);
                let id = self.fresh('a', &self.document.annotations);
                self.created.push(AnyRecordId::Annotation(id));
                let annotation =
                    Annotation { number, text: checked_name(text)?, places: vec![on_map(*at)?], ..Default::default() };
                self.patch.annotations(self.document, id, Some(annotation));
                Ok(format!("Add annotation {number}"))
            }
            Command::AddAttitude { kind, from, to } => {
                let id = self.fresh('t', &self.document.attitudes);
                self.created.push(AnyRecordId::Attitude(id));
                let attitude = Attitude { kind: *kind, from: on_map(*from)?, to: on_map(*to)?, ..Default::default() };
                self.patch.attitudes(self.document, id, Some(attitude));
                Ok("Add attitude".to_owned())
            }
            Command::AddAccelerator { name, slows, at } => {
                let id = self.fresh('x', &self.document.accelerators);
                self.created.push(AnyRecordId::Accelerator(id));
                let accelerator =
                    Accelerator { name: checked_name(name)?, slows: *slows, at: on_map(*at)?, ..Default::default() };
                self.patch.accelerators(self.document, id, Some(accelerator));
                Ok(if *slows { "Add deaccelerator" } else { "Add accelerator" }.to_owned())
            }
            Command::AddArea { name, members } => {
                if !members.iter().all(|m| self.document.components.contains_key(m)) {
                    return Err(CommandError::NotThere);
                }
                let id = self.fresh('g', &self.document.areas);
                self.created.push(AnyRecordId::Area(id));
                let name = checked_name(name)?;
                let label = format!("Add area {name}");
                self.patch.areas(self.document, id, Some(Area { name, members: members.clone(), ..Area::default() }));
                Ok(label)
            }
            Command::Put(record) => self.put(record),
            Command::ChangeSettings(settings) => {
                let mut after = Settings::clone(settings);
                after.title = after.title.split_whitespace().collect::<Vec<_>>().join(" ");
                self.patch.settings(self.document, after);
                self.checked("Change map settings", CommandError::BadAxis)
            }
            Command::Apply(patch, label) => {
                self.patch = patch.clone();
                self.checked(label, CommandError::WouldBreak)
            }
            Command::Batch(commands, label) => {
                // Each sees what those before it did. The copy shares the records.
                let mut trial = self.document.clone();
                for command in commands {
                    let planned = plan(&trial, command, self.ids, self.positions)?;
                    trial.apply(&planned.patch);
                    self.created.extend(planned.created);
                }
                self.patch = self.document.patch_to(&trial);
                Ok(label.clone())
            }
        }
    }

    /// For the rare commands that carry whole records: tries them on a copy first. The copy shares the records.
    fn checked(&self, label: &str, error: CommandError) -> Result<String, CommandError> {
        let mut trial = self.document.clone();
        trial.apply(&self.patch);
        if violations(&trial).is_empty() {
            Ok(label.to_owned())
        } else {
            Err(error)
        }
    }

    fn fresh<K>(&mut self, prefix: char, taken: &RecordMap<K>) -> Id<K> {
        loop {
            let id = self.ids.next(prefix);
            if !taken.contains_key(&id) {
                return id;
            }
        }
    }

    fn component(&self, id: ComponentId) -> Result<&Component, CommandError> {
        self.document.components.get(&id).map(|c| &**c).ok_or(CommandError::NotThere)
    }

    fn add_component(&mut self, new: &NewComponent) -> Result<String, CommandError> {
        let name = checked_name(&new.name)?;
        if self.document.components.len() >= MAX_COMPONENTS {
            return Err(CommandError::TooLarge);
        }
        for other in new.needed_by.into_iter().chain(new.needs) {
            self.component(other)?;
        }
        if new.pipeline.is_some_and(|p| !self.document.pipelines.contains_key(&p)) {
            return Err(CommandError::NotThere);
        }
        let at = match (new.at, new.needed_by, new.needs) {
            (Some(at), _, _) => on_map(at)?,
            (None, Some(parent), _) => self.near(parent, Direction::Down),
            (None, None, Some(child)) => self.near(child, Direction::Up),
            (None, None, None) => {
                free_place_near(self.positions, self.document, Point::new(0.5, 0.85), Direction::Down)
            }
        };
        let id = self.fresh('c', &self.document.components);
        let component = Component { kind: new.kind.clone(), pipeline: new.pipeline, ..Component::named(name.clone()) };
        self.patch.components(self.document, id, Some(component.at(at)));
        self.created.push(AnyRecordId::Component(id));
        if let Some(parent) = new.needed_by {
            self.add_link(parent, id);
        }
        if let Some(child) = new.needs {
            self.add_link(id, child);
        }
        Ok(format!("Add {}", first_line(&name)))
    }

    fn near(&self, id: ComponentId, direction: Direction) -> Point<Map> {
        let from = (self.positions)(id).unwrap_or(Point::new(0.5, 0.5));
        free_place_near(self.positions, self.document, from, direction)
    }

    fn add_link(&mut self, from: ComponentId, to: ComponentId) {
        let id = self.fresh('l', &self.document.links);
        self.patch.links(self.document, id, Some(Link::need(from, to)));
        self.created.push(AnyRecordId::Link(id));
    }

    fn change_components(&mut self, ids: &[ComponentId], change: &ComponentChange) -> Result<String, CommandError> {
        let change = match change {
            ComponentChange::Name(name) => ComponentChange::Name(checked_name(name)?),
            ComponentChange::Url(Some(url)) if !url.trim().is_empty() => {
                ComponentChange::Url(Some(checked_address(url)?))
            }
            ComponentChange::Url(Some(_)) => ComponentChange::Url(None),
            ComponentChange::Evolve(Some(evolve)) => {
                let name = evolve.name.as_deref().map(checked_name).transpose()?;
                ComponentChange::Evolve(Some(Evolve { name, ..evolve.clone() }))
            }
            other => other.clone(),
        };
        for id in ids {
            let before = self.component(*id)?;
            let mut after = before.clone();
            match &change {
                ComponentChange::Name(name) => after.name.clone_from(name),
                ComponentChange::Kind(kind) => after.kind = kind.clone(),
                ComponentChange::Evolution(evolution) => after.evolution = *evolution,
                ComponentChange::Visibility(visibility) => after.visibility = *visibility,
                ComponentChange::LabelOffset(offset) => after.label_offset = *offset,
                ComponentChange::Symbol(symbol) => after.symbol = *symbol,
                ComponentChange::Method(method) => after.method = *method,
                ComponentChange::Inertia(inertia) => after.inertia.clone_from(inertia),
                ComponentChange::Evolve(evolve) => after.evolve.clone_from(evolve),
                ComponentChange::Pipeline(pipeline) => {
                    if let Some(p) = pipeline {
                        let record = self.document.pipelines.get(p).ok_or(CommandError::NotThere)?;
                        if record.parent == *id {
                            return Err(CommandError::OwnVariant);
                        }
                    }
                    if pipeline.is_none() && before.pipeline.is_some() {
                        // What leaves a box stays at its height.
                        let height = (self.positions)(*id).map(|p| Visibility::clamped(p.y));
                        after.visibility = height.or(after.visibility);
                    }
                    after.pipeline = *pipeline;
                }
                ComponentChange::Url(url) => after.url.clone_from(url),
                ComponentChange::Description(text) => after.description.clone_from(text),
                ComponentChange::Tags(tags) => after.tags.clone_from(tags),
                ComponentChange::Pin(pin) => after.pin = *pin,
                ComponentChange::Hidden(hidden) => after.hidden = *hidden,
                ComponentChange::Locked(locked) => after.locked = *locked,
                ComponentChange::Facts(facts) => {
                    let nothing = **facts == *SystemFacts::nothing_known();
                    after.facts = (!nothing).then(|| std::rc::Rc::new(SystemFacts::clone(facts)));
                }
            }
            let finite = [after.label_offset, after.evolve.as_ref().and_then(|e| e.label_offset)]
                .into_iter()
                .flatten()
                .all(|v| v.x.is_finite() && v.y.is_finite());
            if !finite || after.pin.is_some_and(|at| !(at.x.is_finite() && at.y.is_finite())) {
                return Err(CommandError::WouldBreak);
            }
            self.patch.components(self.document, *id, Some(after));
        }
        let what = match ids {
            [id] => first_line(&self.component(*id)?.name),
            _ => counted(ids.len(), "component"),
        };
        Ok(match &change {
            ComponentChange::Name(name) => format!("Rename {what} to {}", first_line(name)),
            ComponentChange::Evolution(_) | ComponentChange::Visibility(_) => format!("Move {what}"),
            ComponentChange::Pin(Some(_)) => format!("Pin {what}"),
            ComponentChange::Pin(None) => format!("Release {what}"),
            ComponentChange::Hidden(true) => format!("Hide {what}"),
            ComponentChange::Hidden(false) => format!("Show {what}"),
            ComponentChange::Locked(true) => format!("Lock {what}"),
            ComponentChange::Locked(false) => format!("Unlock {what}"),
            _ => format!("Change {what}"),
        })
    }

    fn move_records(&mut self, records: &BTreeSet<AnyRecordId>, by: Vector<Map>) -> Result<String, CommandError> {
        if !(by.x.is_finite() && by.y.is_finite()) {
            return Err(CommandError::WouldBreak);
        }
        if self.document.settings.locked {
            return Err(CommandError::Locked);
        }
        let document = self.document;
        let shifted = |p: Point<Map>| Point::new((p.x + by.x).clamp(0.0, 1.0), (p.y + by.y).clamp(0.0, 1.0));
        let (mut moved, mut name) = (0, String::new());
        for record in records {
            match record {
                AnyRecordId::Component(id) => {
                    let before = self.component(*id)?;
                    if before.locked {
                        continue;
                    }
                    let at = (self.positions)(*id).unwrap_or(Point::new(0.5, 0.5));
                    let to = shifted(at);
                    let mut after = before.clone();
                    // What is not moved along an axis keeps its value there, decided or not.
                    if by.x != 0.0 {
                        after.evolution = Some(Evolution::clamped(to.x));
                    }
                    if by.y != 0.0 && after.pipeline.is_none() {
                        after.visibility = Some(Visibility::clamped(to.y));
                    }
                    name = first_line(&after.name);
                    self.patch.components(document, *id, Some(after));
                }
                AnyRecordId::Note(id) => {
                    let note = document.notes.get(id).ok_or(CommandError::NotThere)?;
                    name = "note".to_owned();
                    self.patch.notes(document, *id, Some(Note { at: shifted(note.at), ..Note::clone(note) }));
                }
                AnyRecordId::Annotation(id) => {
                    let annotation = document.annotations.get(id).ok_or(CommandError::NotThere)?;
                    name = format!("annotation {}", annotation.number);
                    let places = annotation.places.iter().map(|p| shifted(*p)).collect();
                    self.patch.annotations(document, *id, Some(Annotation { places, ..Annotation::clone(annotation) }));
                }
                AnyRecordId::Attitude(id) => {
                    let attitude = document.attitudes.get(id).ok_or(CommandError::NotThere)?;
                    name = "attitude".to_owned();
                    let after = Attitude {
                        from: shifted(attitude.from),
                        to: shifted(attitude.to),
                        ..Attitude::clone(attitude)
                    };
                    self.patch.attitudes(document, *id, Some(after));
                }
                AnyRecordId::Accelerator(id) => {
                    let accelerator = document.accelerators.get(id).ok_or(CommandError::NotThere)?;
                    name = first_line(&accelerator.name);
                    let after = Accelerator { at: shifted(accelerator.at), ..Accelerator::clone(accelerator) };
                    self.patch.accelerators(document, *id, Some(after));
                }
                AnyRecordId::Pipeline(id) => {
                    let mut after = Pipeline::clone(document.pipelines.get(id).ok_or(CommandError::NotThere)?);
                    let shift = |e: Evolution| Evolution::clamped(e.get() + by.x);
                    after.span = after.span.map(|(from, to)| (shift(from), shift(to)));
                    self.patch.pipelines(document, *id, Some(after));
                    // Moves with its component, which is counted.
                    continue;
                }
                _ => continue,
            }
            moved += 1;
        }
        match moved {
            0 => Err(CommandError::Locked),
            1 => Ok(format!("Move {name}")),
            n => Ok(format!("Move {n} things")),
        }
    }

    fn place(&mut self, places: &[(ComponentId, Point<Map>)]) -> Result<String, CommandError> {
        for (id, at) in places {
            let before = self.component(*id)?;
            if before.locked {
                continue;
            }
            let mut after = before.clone().at(on_map(*at)?);
            if before.pipeline.is_some() {
                after.visibility = before.visibility;
            }
            self.patch.components(self.document, *id, Some(after));
        }
        Ok(format!("Place {}", counted(places.len(), "component")))
    }

    fn connect(&mut self, from: ComponentId, to: ComponentId, kind: LinkKind) -> Result<String, CommandError> {
        let (a, b) = (first_line(&self.component(from)?.name), first_line(&self.component(to)?.name));
        if from == to {
            return Err(CommandError::SelfLink);
        }
        if self.document.links.values().any(|l| l.from == from && l.to == to) {
            return Err(CommandError::LinkExists { from: a, to: b });
        }
        if self.document.links.len() >= MAX_LINKS {
            return Err(CommandError::TooLarge);
        }
        let id = self.fresh('l', &self.document.links);
        self.patch.links(self.document, id, Some(Link { kind, ..Link::need(from, to) }));
        self.created.push(AnyRecordId::Link(id));
        Ok(format!("Link {a} to {b}"))
    }

    fn change_link(&mut self, id: LinkId, change: &LinkChange) -> Result<String, CommandError> {
        let before = self.document.links.get(&id).ok_or(CommandError::NotThere)?;
        let mut after = Link::clone(before);
        match change {
            LinkChange::Reverse => std::mem::swap(&mut after.from, &mut after.to),
            LinkChange::Kind(kind) => after.kind = *kind,
            LinkChange::Context(text) => after.context.clone_from(text),
            LinkChange::FlowText(text) => after.flow_text.clone_from(text),
            LinkChange::Record(link) => after = Link::clone(link),
        }
        if after.from == after.to {
            return Err(CommandError::SelfLink);
        }
        if (after.from, after.to) != (before.from, before.to)
            && self.document.links.iter().any(|(other, l)| *other != id && l.from == after.from && l.to == after.to)
        {
            return Err(CommandError::LinkExists {
                from: first_line(&self.component(after.from)?.name),
                to: first_line(&self.component(after.to)?.name),
            });
        }
        self.component(after.from)?;
        self.component(after.to)?;
        if after.group.is_some_and(|g| !self.document.redundancy_groups.contains_key(&g)) {
            return Err(CommandError::NotThere);
        }
        self.patch.links(self.document, id, Some(after));
        Ok("Change link".to_owned())
    }

    fn add_pipeline(&mut self, parent: ComponentId) -> Result<String, CommandError> {
        let component = self.component(parent)?;
        let name = first_line(&component.name);
        if self.document.pipeline_of_parent(parent).is_some() {
            return Err(CommandError::PipelineExists(name));
        }
        let center = (self.positions)(parent).map_or(0.5, |p| p.x);
        let span = Some((Evolution::clamped(center - 0.12), Evolution::clamped(center + 0.12)));
        let id = self.fresh('p', &self.document.pipelines);
        self.patch.pipelines(self.document, id, Some(Pipeline { parent, span, ..Default::default() }));
        self.created.push(AnyRecordId::Pipeline(id));
        Ok(format!("Add pipeline to {name}"))
    }
}

/// "1 component", "3 components".
fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// A name in one line, for labels.
fn first_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
