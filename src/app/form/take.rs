//! What was typed into a field, as a command.

use std::collections::BTreeSet;

use crate::app::describe;
use crate::app::effect::Effect;
use crate::app::form::map::{PRESETS, RATIOS, STYLES};
use crate::app::form::{FieldError, FieldKey, Pick};
use crate::app::intent::ShowIntent;
use crate::app::App;
use crate::edit::{AnyRecord, Command, CommandError, ComponentChange, LinkChange};
use crate::geom::{Evolution, Map, Point, Size, Vector, Visibility, World};
use crate::id::Id;
use crate::known::Known;
use crate::model::*;

type Key = FieldKey;
type Taken = Result<Option<Command>, FieldError>;

/// The number in a text, `None` when it is empty. A comma counts as a point; a per cent sign does not matter.
fn number(text: &str, min: f64, max: f64) -> Result<Option<f64>, FieldError> {
    let text = text.trim().replace(',', ".");
    let text = text.strip_suffix('%').unwrap_or(&text).trim_end();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<f64>() {
        Ok(value) if (min..=max).contains(&value) => Ok(Some(value)),
        _ => Err(FieldError::NotInRange(min, max)),
    }
}

fn share(text: &str) -> Result<Option<f64>, FieldError> {
    Ok(number(text, 0.0, 100.0)?.map(|value| value / 100.0))
}

fn needed_share(text: &str) -> Result<f64, FieldError> {
    share(text)?.ok_or(FieldError::NotInRange(0.0, 100.0))
}

fn tags(text: &str) -> BTreeSet<String> {
    let mut tags = BTreeSet::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        tags.insert(tag.to_owned());
    }
    tags
}

fn record_of<'a, T>(records: &'a RecordMap<T>, id: &Id<T>) -> Result<&'a T, FieldError> {
    records.get(id).map(|record| &**record).ok_or(FieldError::Command(CommandError::NotThere))
}

impl App {
    /// The command of a field that was filled in; `None` when the app itself takes it.
    pub(super) fn taken(&self, key: FieldKey, index: usize, text: &str) -> Taken {
        match key {
            Key::Look => return Ok(None),
            Key::Title
            | Key::About
            | Key::Stages
            | Key::StageCount
            | Key::Stage
            | Key::StageSecond
            | Key::Boundary
            | Key::StagesHidden
            | Key::AxisLabel
            | Key::AxisTop
            | Key::AxisBottom
            | Key::AxisHidden
            | Key::Width
            | Key::Height
            | Key::Ratio
            | Key::Style
            | Key::MapLocked
            | Key::BoxX
            | Key::BoxY => return self.settings_taken(key, index, text),
            _ => {}
        }
        let records: Vec<AnyRecordId> = self.selection.iter().copied().collect();
        match records.as_slice() {
            [AnyRecordId::Link(id)] => link_taken(record_of(&self.document.links, id)?, *id, key, text),
            [only] if only.component().is_none() => self.record_taken(*only, key, index, text),
            _ => self.components_taken(key, text),
        }
    }

    fn components_taken(&self, key: FieldKey, text: &str) -> Taken {
        let ids = self.selected_components();
        let one = self.only_component().and_then(|id| self.document.components.get(&id));
        let evolve = one.and_then(|c| c.evolve.clone());
        let change = match key {
            Key::Name => ComponentChange::Name(text.to_owned()),
            Key::Evolution => ComponentChange::Evolution(share(text)?.map(Evolution::clamped)),
            Key::Visibility => ComponentChange::Visibility(share(text)?.map(Visibility::clamped)),
            Key::Going => ComponentChange::Evolve(share(text)?.map(|to| Evolve {
                to: Evolution::clamped(to),
                name: evolve.as_ref().and_then(|e| e.name.clone()),
                label_offset: evolve.as_ref().and_then(|e| e.label_offset),
            })),
            Key::NewName => {
                let Some(evolve) = evolve else { return Ok(None) };
                let name = (!text.trim().is_empty()).then(|| text.to_owned());
                ComponentChange::Evolve(Some(Evolve { name, ..evolve }))
            }
            Key::Kind => ComponentChange::Kind(match text {
                "anchor" => ComponentKind::Anchor,
                "submap" => ComponentKind::Submap,
                "component" => ComponentKind::Component,
                _ => return Ok(None),
            }),
            Key::Symbol => ComponentChange::Symbol(match text {
                "market" => Symbol::Market,
                "ecosystem" => Symbol::Ecosystem,
                "plain" => Symbol::Plain,
                _ => return Ok(None),
            }),
            Key::Method => ComponentChange::Method(match text {
                "build" => Some(Method::Build),
                "buy" => Some(Method::Buy),
                "outsource" => Some(Method::Outsource),
                "" => None,
                _ => return Ok(None),
            }),
            Key::Inertia => match text {
                "yes" => ComponentChange::Inertia(Some(one.and_then(|c| c.inertia.clone()).unwrap_or_default())),
                "no" => ComponentChange::Inertia(None),
                _ => return Ok(None),
            },
            Key::Cause => ComponentChange::Inertia(Some(Inertia { cause: text.trim().to_owned() })),
            Key::Description => ComponentChange::Description(text.to_owned()),
            Key::Tags => ComponentChange::Tags(tags(text)),
            Key::AddTags => return Ok(self.tags_added(&ids, tags(text))),
            Key::Owner => return Ok(self.owner_given(&ids, text.trim())),
            Key::Url => ComponentChange::Url(Some(text.to_owned())),
            Key::Variant => match text {
                "" => ComponentChange::Pipeline(None),
                text => match Id::parse(text) {
                    Ok(id) => ComponentChange::Pipeline(Some(id)),
                    Err(_) => return Ok(None),
                },
            },
            Key::ToArea => {
                let Some(id) = Id::parse(text).ok() else { return Ok(None) };
                let mut area = Area::clone(record_of(&self.document.areas, &id)?);
                ids.iter().for_each(|member| {
                    area.members.insert(*member);
                });
                return Ok(Some(Command::Put(AnyRecord::Area(id, area))));
            }
            Key::Hidden => ComponentChange::Hidden(text == "yes"),
            Key::Locked => ComponentChange::Locked(text == "yes"),
            Key::LabelSide => ComponentChange::LabelOffset(self.offset_at(text, false)),
            Key::EvolvedLabelSide => {
                let Some(evolve) = evolve else { return Ok(None) };
                ComponentChange::Evolve(Some(Evolve { label_offset: self.offset_at(text, true), ..evolve }))
            }
            _ => return Ok(None),
        };
        Ok(Some(Command::ChangeComponents { ids, change }))
    }

    /// Tags for several: those they have stay.
    fn tags_added(&self, ids: &[ComponentId], tags: BTreeSet<String>) -> Option<Command> {
        let mut patch = Patch::default();
        for id in ids {
            let mut after = Component::clone(self.document.components.get(id)?);
            tags.iter().for_each(|tag| {
                after.tags.insert(tag.clone());
            });
            patch.components(&self.document, *id, Some(after));
        }
        let words = format!("Change {}", describe::count(ids.len(), "component"));
        (!tags.is_empty()).then_some(Command::Apply(patch, words))
    }

    /// An owner for all of them; none when the text is empty.
    fn owner_given(&self, ids: &[ComponentId], owner: &str) -> Option<Command> {
        let mut patch = Patch::default();
        for id in ids {
            let mut after = Component::clone(self.document.components.get(id)?);
            let mut facts = SystemFacts::clone(after.facts());
            facts.owner_business = if owner.is_empty() { Known::unknown() } else { Known::exactly(owner.to_owned()) };
            facts.owner_business.as_of = self.today;
            let nothing = facts == *SystemFacts::nothing_known();
            after.facts = (!nothing).then(|| std::rc::Rc::new(facts));
            patch.components(&self.document, *id, Some(after));
        }
        Some(Command::Apply(patch, format!("Change {}", describe::count(ids.len(), "component"))))
    }

    /// The offset of a name at one of the eight places; `None` for 0, the automatic one.
    fn offset_at(&self, text: &str, evolved: bool) -> Option<Vector<World>> {
        let side = text.parse::<usize>().ok()?.checked_sub(1)?;
        let id = self.only_component()?;
        let sides = self.derived.label_sides(&self.document, id, evolved);
        sides.get(side).map(|v| Vector::new(v.x.round(), v.y.round()))
    }

    /// The number of the place a name has: 0 for automatic, 1 to 8 beside its symbol, `None` for one of its own.
    pub fn label_place(&self, id: ComponentId, evolved: bool) -> Option<u8> {
        let component = self.document.components.get(&id)?;
        let offset = match evolved {
            true => component.evolve.as_ref().and_then(|e| e.label_offset),
            false => component.label_offset,
        };
        let Some(offset) = offset else { return Some(0) };
        let sides = self.derived.label_sides(&self.document, id, evolved);
        let found = sides.iter().position(|v| (v.x - offset.x).abs() <= 1.0 && (v.y - offset.y).abs() <= 1.0)?;
        u8::try_from(found + 1).ok()
    }

    fn record_taken(&self, record: AnyRecordId, key: FieldKey, index: usize, text: &str) -> Taken {
        let document = &self.document;
        let placed = |at: Point<Map>| -> Result<Point<Map>, FieldError> {
            Ok(match key {
                Key::X => Point::new(needed_share(text)?, at.y),
                _ => Point::new(at.x, needed_share(text)?),
            })
        };
        let put = match record {
            AnyRecordId::Pipeline(id) => {
                let mut pipeline = record_of(&document.pipelines, &id)?.clone();
                if key == Key::RecordDescription {
                    pipeline.description = text.to_owned();
                } else {
                    pipeline.span = share(text)?.map(|end| {
                        let end = Evolution::clamped(end);
                        let (from, to) = pipeline.span.unwrap_or((end, end));
                        if key == Key::SpanFrom {
                            (end, to.max(end))
                        } else {
                            (from.min(end), end)
                        }
                    });
                }
                AnyRecord::Pipeline(id, pipeline)
            }
            AnyRecordId::Note(id) => {
                let mut note = record_of(&document.notes, &id)?.clone();
                match key {
                    Key::Text => note.text = text.to_owned(),
                    Key::RecordDescription => note.description = text.to_owned(),
                    _ => note.at = placed(note.at)?,
                }
                AnyRecord::Note(id, note)
            }
            AnyRecordId::Annotation(id) => {
                let mut annotation = record_of(&document.annotations, &id)?.clone();
                match key {
                    Key::Text => annotation.text = text.trim().to_owned(),
                    Key::RecordDescription => annotation.description = text.to_owned(),
                    Key::Number => {
                        let value = number(text, 1.0, 9999.0)?.ok_or(FieldError::Empty)?.round() as u32;
                        if document.annotations.iter().any(|(other, a)| *other != id && a.number == value) {
                            return Err(FieldError::NumberTaken(value));
                        }
                        annotation.number = value;
                    }
                    key => {
                        let value = needed_share(text)?;
                        if let Some(place) = index.checked_sub(1).and_then(|i| annotation.places.get_mut(i)) {
                            match key {
                                Key::PlaceX => place.x = value,
                                _ => place.y = value,
                            }
                        }
                    }
                }
                AnyRecord::Annotation(id, annotation)
            }
            AnyRecordId::Attitude(id) => {
                let mut attitude = record_of(&document.attitudes, &id)?.clone();
                let (a, b) = (attitude.from, attitude.to);
                let (mut from, mut to) =
                    (Point::new(a.x.min(b.x), a.y.max(b.y)), Point::new(a.x.max(b.x), a.y.min(b.y)));
                match key {
                    Key::Attitude => {
                        attitude.kind = match text {
                            "settlers" => AttitudeKind::Settlers,
                            "town planners" => AttitudeKind::TownPlanners,
                            _ => AttitudeKind::Pioneers,
                        }
                    }
                    Key::RecordDescription => attitude.description = text.to_owned(),
                    Key::Left => from.x = needed_share(text)?,
                    Key::Right => to.x = needed_share(text)?,
                    Key::Top => from.y = needed_share(text)?,
                    _ => to.y = needed_share(text)?,
                }
                (attitude.from, attitude.to) = (from, to);
                AnyRecord::Attitude(id, attitude)
            }
            AnyRecordId::Accelerator(id) => {
                let mut accelerator = record_of(&document.accelerators, &id)?.clone();
                match key {
                    Key::RecordName => accelerator.name = needed_text(text)?,
                    Key::Slows => accelerator.slows = text == "yes",
                    Key::RecordDescription => accelerator.description = text.to_owned(),
                    _ => accelerator.at = placed(accelerator.at)?,
                }
                AnyRecord::Accelerator(id, accelerator)
            }
            AnyRecordId::Area(id) => {
                let mut area = record_of(&document.areas, &id)?.clone();
                match key {
                    Key::RecordName => area.name = needed_text(text)?,
                    Key::AreaColor => area.color = text.parse::<u8>().ok(),
                    _ => area.description = text.to_owned(),
                }
                AnyRecord::Area(id, area)
            }
            _ => return Ok(None),
        };
        Ok(Some(Command::Put(put)))
    }

    fn settings_taken(&self, key: FieldKey, index: usize, text: &str) -> Taken {
        let mut s = Settings::clone(&self.document.settings);
        let on = text == "yes";
        let at = index.saturating_sub(1);
        match key {
            Key::Title => s.title = text.to_owned(),
            Key::About => s.description = text.to_owned(),
            Key::Stages => {
                let Some((_, preset)) = text.parse().ok().and_then(|at: usize| PRESETS.get(at)) else {
                    return Ok(None);
                };
                let EvolutionAxis { stages, boundaries, .. } = EvolutionAxis::preset(*preset);
                s.evolution.stages = stages;
                s.evolution.boundaries = boundaries;
            }
            Key::StageCount => {
                let Some(count) = number(text, 1.0, 9.0)? else { return Ok(None) };
                let axis = &mut s.evolution;
                let count = count.round() as usize;
                axis.stages.truncate(count);
                axis.boundaries.truncate(count - 1);
                while axis.stages.len() < count {
                    // Each new one takes half of what was the last one's room.
                    let name = format!("Stage {}", axis.stages.len() + 1);
                    axis.stages.push(Stage { name, second_name: String::new() });
                    axis.boundaries.push((axis.boundaries.last().copied().unwrap_or(0.0) + 1.0) / 2.0);
                }
            }
            Key::Stage | Key::StageSecond => {
                let Some(stage) = s.evolution.stages.get_mut(at) else { return Ok(None) };
                let text = text.trim().to_owned();
                match key {
                    Key::Stage => stage.name = text,
                    _ => stage.second_name = text,
                }
            }
            Key::Boundary => {
                let value = needed_share(text)?;
                let Some(boundary) = s.evolution.boundaries.get_mut(at) else { return Ok(None) };
                *boundary = value;
            }
            Key::StagesHidden => s.evolution.hidden = on,
            Key::AxisLabel => s.value_chain.label = text.trim().to_owned(),
            Key::AxisTop => s.value_chain.top = text.trim().to_owned(),
            Key::AxisBottom => s.value_chain.bottom = text.trim().to_owned(),
            Key::AxisHidden => s.value_chain.hidden = on,
            Key::Width | Key::Height => {
                let size = s.frame_size();
                s.size = number(text, 200.0, 20_000.0)?.map(|value| match key {
                    Key::Width => Size::new(value, size.height),
                    _ => Size::new(size.width, value),
                });
            }
            Key::Ratio => {
                let Some((_, _, ratio)) = RATIOS.iter().find(|(key, _, _)| *key == text) else { return Ok(None) };
                let width = s.frame_size().width;
                s.size = Some(Size::new(width, (width / ratio).round()));
            }
            Key::Style => {
                let Some((_, _, style)) = STYLES.iter().find(|(key, _, _)| *key == text) else { return Ok(None) };
                s.style = style.clone();
            }
            Key::MapLocked => s.locked = on,
            _ => {
                // Both edges together, or the usual place.
                let usual = Point::new(0.1, 0.9);
                s.annotation_box = share(text)?.map(|value| match (key, s.annotation_box.unwrap_or(usual)) {
                    (Key::BoxX, at) => Point::new(value, at.y),
                    (_, at) => Point::new(at.x, value),
                });
            }
        }
        Ok(Some(Command::ChangeSettings(Box::new(s))))
    }

    /// What no command is needed for.
    pub(super) fn taken_by_app(&mut self, key: FieldKey, text: &str, effects: &mut Vec<Effect>) {
        if key == Key::Look {
            self.show(ShowIntent::Look(describe::look_from_key(text)), effects);
        }
    }

    /// The command of a component that was chosen by name.
    pub(super) fn picked(&self, pick: Pick, id: ComponentId) -> Result<Command, FieldError> {
        Ok(match pick {
            Pick::Member(area) => {
                let mut after = record_of(&self.document.areas, &area)?.clone();
                after.members.insert(id);
                Command::Put(AnyRecord::Area(area, after))
            }
            Pick::Variant(pipeline) => {
                Command::ChangeComponents { ids: vec![id], change: ComponentChange::Pipeline(Some(pipeline)) }
            }
        })
    }

    /// Components that can be chosen for this.
    pub fn can_pick(&self, pick: Pick, id: ComponentId) -> bool {
        match pick {
            Pick::Member(area) => self.document.areas.get(&area).is_some_and(|a| !a.members.contains(&id)),
            Pick::Variant(pipeline) => {
                let parent = self.document.pipelines.get(&pipeline).map(|p| p.parent);
                let component = self.document.components.get(&id);
                parent != Some(id) && component.is_some_and(|c| c.pipeline != Some(pipeline))
            }
        }
    }
}

fn needed_text(text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        Err(FieldError::Empty)
    } else {
        Ok(text.to_owned())
    }
}

fn link_taken(link: &Link, id: LinkId, key: FieldKey, text: &str) -> Taken {
    use FlowDirection::{Backward, Both, Forward};
    let change = match key {
        Key::LinkKind => LinkChange::Kind(match text {
            "forward" => LinkKind::Flow(Forward),
            "backward" => LinkKind::Flow(Backward),
            "both" => LinkKind::Flow(Both),
            _ => LinkKind::Need,
        }),
        Key::FlowText => LinkChange::FlowText(text.trim().to_owned()),
        Key::Context => LinkChange::Context(text.trim().to_owned()),
        Key::Strength => {
            let mut link = link.clone();
            link.strength = share(text)?.map_or_else(Known::unknown, Known::exactly);
            LinkChange::Record(Box::new(link))
        }
        Key::Buffer => {
            let buffer_h = number(text, 0.0, 8760.0)?.map_or_else(Known::unknown, Known::exactly);
            LinkChange::Record(Box::new(Link { buffer_h, ..link.clone() }))
        }
        Key::Dependency => {
            use DependencyKind as D;
            let dependency = match text {
                "data_feed" => D::DataFeed,
                "hosted_on" => D::HostedOn,
                "identity" => D::Identity,
                "manual" => D::Manual,
                "contract" => D::Contract,
                "knowledge" => D::Knowledge,
                _ => D::Runtime,
            };
            LinkChange::Record(Box::new(Link { dependency, ..link.clone() }))
        }
        Key::RecordDescription => LinkChange::Record(Box::new(Link { description: text.to_owned(), ..link.clone() })),
        Key::Interface => LinkChange::Record(Box::new(Link { interface: text.trim().to_owned(), ..link.clone() })),
        Key::Confirmed => {
            let confirmed = match text {
                "observed" => Confirmation::Observed,
                "documented" => Confirmation::Documented,
                "guessed" => Confirmation::Guessed,
                _ => Confirmation::Said,
            };
            LinkChange::Record(Box::new(Link { confirmed, ..link.clone() }))
        }
        Key::Alternatives => LinkChange::Record(Box::new(Link { group: Id::parse(text).ok(), ..link.clone() })),
        _ => return Ok(None),
    };
    Ok(Some(Command::ChangeLink { id, change }))
}
