//! Typed text as values of a cell, and changed cells as commands.
//!
//! Text that cannot be taken is a typed error with what the column takes; nothing has changed then.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::analysis::litraf::Criterion;
use crate::app::table::columns::{
    column_of, facts_text, kind_at, oversight_at, strategy_at, support_end, Field, Takes, NOT_KNOWN,
};
use crate::app::table::values::{
    choice, is_unknown, known_count, known_number, known_text, number, support_end_typed, Typed,
};
use crate::date::Date;
use crate::edit::{AnyRecord, Command, ComponentChange};
use crate::format::csv::known_by::bring_in_line;
use crate::geom::{Evolution, Visibility};
use crate::id::IdSource;
use crate::known::{Basis, Known};
use crate::model::{
    folded_name, AnyRecordId, Area, AreaId, Component, ComponentId, Document, Lifecycle, LifecycleId, SystemFacts,
    Technology, MAX_NAME_LENGTH,
};

/// Longest text of a cell, bytes.
const LONGEST: usize = 20_000;

/// Why a text cannot be taken. Shown as it is.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum CellError {
    /// A worked-out column.
    #[error("This column is worked out and cannot be typed in.")]
    Computed,
    /// Not a level.
    #[error("Type a level from 1 to {0}, a range such as 2–4, ? for not known or n/a for does not apply.")]
    Level(u8),
    /// Not a number, or outside.
    #[error("Type a number from {0} to {1}, a range such as 2–4, ? for not known or n/a for does not apply.")]
    Number(f64, f64),
    /// Not a percentage.
    #[error("Type a number from 0 to 100, or ? for not known.")]
    PerCent,
    /// Not a date.
    #[error("Type a day such as 2027-03-31 or 31/03/2027, “over”, “no date” or ? for not known.")]
    Date,
    /// Not one of the words.
    #[error("Type one of: {}.", .0.join(", "))]
    Choice(&'static [&'static str]),
    /// A name that is empty.
    #[error("A name cannot be empty.")]
    EmptyName,
    /// Too long.
    #[error("That text is too long for this cell.")]
    TooLong,
    /// Not a web or mail address.
    #[error("Only addresses that start with https:, http: or mailto: can be used.")]
    Address,
    /// A support date without a product it belongs to.
    #[error("Say the product first: support dates belong to a product.")]
    NoProduct,
    /// More rows or columns than the table has.
    #[error("There is no cell for this: the table ends before it.")]
    BeyondTheEnd,
    /// The component has gone.
    #[error("This system is not there any more.")]
    NotThere,
}

/// Cells changed together: collected, then made into one command.
pub(in crate::app) struct Edits<'a> {
    document: &'a Document,
    today: Option<Date>,
    components: BTreeMap<ComponentId, Component>,
    areas: BTreeMap<AreaId, Area>,
    new_areas: Vec<Area>,
    lifecycles: Vec<(LifecycleId, Lifecycle)>,
    known_by: BTreeMap<ComponentId, String>,
    ids: &'a mut IdSource,
}

impl<'a> Edits<'a> {
    pub(in crate::app) fn new(document: &'a Document, today: Option<Date>, ids: &'a mut IdSource) -> Self {
        Self {
            document,
            today,
            components: BTreeMap::new(),
            areas: BTreeMap::new(),
            new_areas: Vec::new(),
            lifecycles: Vec::new(),
            known_by: BTreeMap::new(),
            ids,
        }
    }

    /// Puts a text into a cell. The same text again changes nothing, so that what is known of its source stays.
    pub(in crate::app) fn set(&mut self, id: ComponentId, field: Field, typed: &str) -> Result<(), CellError> {
        let record = self.document.components.get(&id).ok_or(CellError::NotThere)?;
        let typed = typed.trim();
        if facts_text(self.document, field, id).is_some_and(|now| now.trim() == typed) {
            return Ok(());
        }
        if typed.len() > LONGEST {
            return Err(CellError::TooLong);
        }
        if field == Field::Area {
            self.set_areas(id, typed);
            return Ok(());
        }
        if field == Field::KnownBy {
            self.known_by.insert(id, typed.to_owned());
            return Ok(());
        }
        let mut component = self.components.get(&id).cloned().unwrap_or_else(|| Component::clone(record));
        let mut facts = SystemFacts::clone(component.facts());
        let known_text = |typed: &str| self.stamp(known_text(typed));
        match (field, column_of(field).takes) {
            (_, Takes::Nothing) => return Err(CellError::Computed),
            (Field::Name, _) if typed.is_empty() => return Err(CellError::EmptyName),
            (Field::Name, _) if typed.chars().count() > MAX_NAME_LENGTH => return Err(CellError::TooLong),
            (Field::Name, _) => component.name = typed.to_owned(),
            (Field::Kind, Takes::Choice(words)) => facts.kind = kind_at(choice(typed, words)?),
            (Field::Oversight, Takes::Choice(words)) => facts.oversight = oversight_at(choice(typed, words)?),
            (Field::Strategy, Takes::Choice(words)) => {
                facts.strategy = if is_unknown(typed) { None } else { strategy_at(choice(typed, words)?) };
            }
            (Field::Evolution | Field::Visibility, Takes::Number(min, max, _)) => {
                let share = match number(typed, min, max).map_err(|_other| CellError::PerCent)? {
                    Typed::Value(_, value, _) => Some(value / 100.0),
                    _ => None,
                };
                if field == Field::Evolution {
                    component.evolution = share.map(Evolution::clamped);
                } else {
                    component.visibility = share.map(Visibility::clamped);
                }
            }
            (Field::Owner, _) => facts.owner_business = known_text(typed),
            (Field::Team, _) => facts.owner_technical = known_text(typed),
            (Field::Supplier, _) => facts.supplier = typed.to_owned(),
            (Field::Site, _) => facts.site = typed.to_owned(),
            (Field::Product | Field::Version, _) => set_technology(&mut facts, field, typed),
            (Field::SupportEnds, _) => self.set_support(&component, &mut facts, typed)?,
            (Field::Users, Takes::Number(min, max, _)) => facts.users = self.count(typed, min, max)?,
            (Field::Patients, Takes::Number(min, max, _)) => facts.patients_per_day = self.count(typed, min, max)?,
            (Field::Tolerable, Takes::Number(min, max, _)) => {
                facts.tolerable_outage_h = self.number(typed, min, max)?;
            }
            (Field::Recovery, Takes::Number(min, max, _)) => facts.recovery_h = self.number(typed, min, max)?,
            (Field::FailRate, Takes::Number(min, max, _)) => facts.fail_rate = self.number(typed, min, max)?,
            (Field::FunctionalFit, Takes::Level(most)) => facts.functional_fit = self.level(typed, most, None)?,
            (Field::TechnicalFit, Takes::Level(most)) => facts.technical_fit = self.level(typed, most, None)?,
            (Field::Answer(criterion), Takes::Level(most)) => {
                let answer = self.level(typed, most, Some(criterion))?;
                let slot = match criterion {
                    Criterion::Likelihood(place) => facts.likelihood.get_mut(place),
                    Criterion::Impact(place) => facts.impact.get_mut(place),
                };
                if let Some(slot) = slot {
                    *slot = answer;
                }
            }
            (Field::FoundHow, _) => facts.found_how = typed.to_owned(),
            (Field::Notes, _) => facts.notes = typed.to_owned(),
            (Field::Description, _) => component.description = typed.to_owned(),
            (Field::Tags, _) => {
                component.tags.clear();
                for tag in typed.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
                    component.tags.insert(tag.to_owned());
                }
            }
            (Field::Url, _) => {
                let lower = typed.to_ascii_lowercase();
                let allowed = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
                if !typed.is_empty() && !allowed {
                    return Err(CellError::Address);
                }
                component.url = (!typed.is_empty()).then(|| typed.to_owned());
            }
            _ => return Err(CellError::Computed),
        }
        if facts != *component.facts() {
            component.facts = Some(Rc::new(facts));
        }
        self.components.insert(id, component);
        Ok(())
    }

    /// A value somebody typed is an estimate of today.
    fn stamp<T>(&self, known: Known<T>) -> Known<T> {
        Known { basis: Basis::Estimate, as_of: self.today, ..known }
    }

    fn number(&self, typed: &str, min: f64, max: f64) -> Result<Known<f64>, CellError> {
        Ok(self.stamp(known_number(typed, min, max)?))
    }

    fn count(&self, typed: &str, min: f64, max: f64) -> Result<Known<u64>, CellError> {
        Ok(self.stamp(known_count(typed, min as u64, max as u64)?))
    }

    fn level(&self, typed: &str, most: u8, criterion: Option<Criterion>) -> Result<Known<u8>, CellError> {
        // The words of the levels count too: "Likely", "4 – Likely".
        let wanted = folded_name(typed);
        let of_word = |level: &u8| {
            criterion.and_then(|c| c.level_word(*level)).is_some_and(|word| {
                let word = folded_name(word);
                wanted == word || wanted == format!("{level} – {word}")
            })
        };
        if let Some(level) = (1..=most).find(of_word) {
            return Ok(self.stamp(Known::exactly(level)));
        }
        let known = number(typed, 1.0, f64::from(most)).map_err(|_other| CellError::Level(most))?;
        Ok(self.stamp(match known {
            Typed::Unknown => Known::unknown(),
            Typed::NotApplicable => Known::not_applicable("Said not to apply"),
            // Only whole levels; between the ends of a range the worse of two middles is planned.
            Typed::Value(low, value, high) => {
                if [low, high].iter().any(|n| n.fract() != 0.0) {
                    return Err(CellError::Level(most));
                }
                Known::ranged(low as u8, value.ceil() as u8, high as u8)
            }
        }))
    }

    /// Areas by name: the system leaves those that are not named, joins those that are; new names make new areas.
    fn set_areas(&mut self, id: ComponentId, typed: &str) {
        let wanted: Vec<&str> = if typed == NOT_KNOWN {
            Vec::new()
        } else {
            typed.split(';').map(str::trim).filter(|name| !name.is_empty()).collect()
        };
        let named = |name: &str| wanted.iter().any(|it| folded_name(it) == folded_name(name));
        for (area_id, record) in &self.document.areas {
            let now = self.areas.get(area_id).unwrap_or(record);
            if now.members.contains(&id) != named(&now.name) {
                let mut area = now.clone();
                if !area.members.remove(&id) {
                    area.members.insert(id);
                }
                self.areas.insert(*area_id, area);
            }
        }
        for area in &mut self.new_areas {
            area.members.remove(&id);
        }
        for name in &wanted {
            let folded = folded_name(name);
            if self.document.areas.values().any(|area| folded_name(&area.name) == folded) {
                continue;
            }
            let place = self.new_areas.iter().position(|area| folded_name(&area.name) == folded);
            match place.and_then(|place| self.new_areas.get_mut(place)) {
                Some(area) => _ = area.members.insert(id),
                None => self.new_areas.push(Area { name: (*name).to_owned(), members: [id].into(), ..Area::default() }),
            }
        }
    }

    /// A support date belongs to a record of the product. One that other systems share is left to them, and this
    /// system gets its own.
    fn set_support(&mut self, component: &Component, facts: &mut SystemFacts, typed: &str) -> Result<(), CellError> {
        let end = support_end_typed(typed)?;
        if support_end(self.document, component) == end {
            return Ok(());
        }
        let Some(technology) = facts.technologies.first_mut().filter(|t| !t.product.trim().is_empty()) else {
            return Err(CellError::NoProduct);
        };
        let own = LifecycleId::parse(&technology.lifecycle_ref).ok();
        let known = own.and_then(|id| self.document.lifecycles.get(&id).map(|record| (id, record)));
        let reference = &technology.lifecycle_ref;
        let sharers =
            self.document.components.values().filter(|c| {
                c.facts().technologies.iter().any(|t| !reference.is_empty() && t.lifecycle_ref == *reference)
            });
        let (id, record) = match known {
            Some((id, record)) if sharers.count() <= 1 => (id, Lifecycle::clone(record)),
            _ => (self.ids.next('y'), Lifecycle { product: technology.product.clone(), ..Lifecycle::default() }),
        };
        technology.lifecycle_ref = id.to_string();
        let record = Lifecycle {
            security_ends: end,
            source: "Typed into the table".to_owned(),
            imported_on: self.today,
            ..record
        };
        self.lifecycles.retain(|(other, _)| *other != id);
        self.lifecycles.push((id, record));
        Ok(())
    }

    /// The commands that make the changes; empty when there are none.
    pub(in crate::app) fn commands(self) -> Vec<Command> {
        let mut commands = Vec::new();
        for (id, record) in self.lifecycles {
            commands.push(Command::Put(AnyRecord::Lifecycle(id, record)));
        }
        for (id, text) in self.known_by {
            let (mut keys, mut records) = (Vec::new(), Vec::new());
            for (key, holding) in self.document.knowledge.iter().filter(|(_, holding)| holding.component == id) {
                keys.push(*key);
                records.push(&**holding);
            }
            let outcome = bring_in_line(id, &records, &text);
            for (place, after) in outcome.changed {
                let Some(key) = keys.get(place) else { continue };
                commands.push(match after {
                    Some(holding) => Command::Put(AnyRecord::Knowledge(*key, holding)),
                    None => Command::Delete([AnyRecordId::Knowledge(*key)].into()),
                });
            }
            for holding in outcome.new {
                commands.push(Command::Put(AnyRecord::Knowledge(self.ids.next('h'), holding)));
            }
        }
        for (id, after) in self.components {
            let Some(before) = self.document.components.get(&id) else { continue };
            let mut change = |differs: bool, change: ComponentChange| {
                if differs {
                    commands.push(Command::ChangeComponents { ids: vec![id], change });
                }
            };
            change(before.name != after.name, ComponentChange::Name(after.name.clone()));
            change(before.evolution != after.evolution, ComponentChange::Evolution(after.evolution));
            change(before.visibility != after.visibility, ComponentChange::Visibility(after.visibility));
            change(before.description != after.description, ComponentChange::Description(after.description.clone()));
            change(before.tags != after.tags, ComponentChange::Tags(after.tags.clone()));
            change(before.url != after.url, ComponentChange::Url(after.url.clone()));
            change(before.facts() != after.facts(), ComponentChange::Facts(Box::new(after.facts().clone())));
        }
        for (id, area) in self.areas {
            commands.push(Command::Put(AnyRecord::Area(id, area)));
        }
        for area in self.new_areas.into_iter().filter(|area| !area.members.is_empty()) {
            commands.push(Command::AddArea { name: area.name, members: area.members });
        }
        commands
    }
}

fn set_technology(facts: &mut SystemFacts, field: Field, typed: &str) {
    if facts.technologies.is_empty() {
        facts.technologies.push(Technology::default());
    }
    if let Some(technology) = facts.technologies.first_mut() {
        if field == Field::Product {
            technology.product = typed.to_owned();
        } else {
            technology.version = typed.to_owned();
        }
        // The support date of another product or version is no longer its own.
        technology.lifecycle_ref.clear();
    }
    facts.technologies.retain(|t| *t != Technology::default());
}
