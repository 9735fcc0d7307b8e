//! One system as its row of a table says it: every field as a text, and each of those texts read again.
//!
//! Writing, reading and the comparison of before and after are one thing here, so that what was exported comes back
//! without a change. Knows the document; knows no rows and no files.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::format::csv::cells::{self, known_cell, DateOrder};
use crate::format::csv::columns::{folded_heading, Field};
use crate::format::csv::known_by::{bring_in_line, text_of};
use crate::format::json::Word;
use crate::geom::{Evolution, Visibility};
use crate::id::{Id, IdSource};
use crate::model::*;

/// What a document says about its systems in other records, found once.
pub(super) struct Lookup {
    areas: BTreeMap<ComponentId, Vec<AreaId>>,
    area_names: BTreeMap<String, AreaId>,
    contracts: BTreeMap<ComponentId, ContractId>,
    lifecycle_users: BTreeMap<String, usize>,
    knowledge: BTreeMap<ComponentId, Vec<KnowledgeId>>,
    /// How many systems have this id of another program.
    external_ids: BTreeMap<String, usize>,
}

impl Lookup {
    pub(super) fn of(document: &Document) -> Self {
        let mut lookup = Self {
            areas: BTreeMap::new(),
            area_names: BTreeMap::new(),
            contracts: BTreeMap::new(),
            lifecycle_users: BTreeMap::new(),
            knowledge: BTreeMap::new(),
            external_ids: BTreeMap::new(),
        };
        for (id, area) in &document.areas {
            lookup.area_names.entry(folded_name(&area.name)).or_insert(*id);
            for member in &area.members {
                lookup.areas.entry(*member).or_default().push(*id);
            }
        }
        for (id, contract) in &document.contracts {
            for component in &contract.components {
                lookup.contracts.entry(*component).or_insert(*id);
            }
        }
        for (id, holding) in &document.knowledge {
            lookup.knowledge.entry(holding.component).or_default().push(*id);
        }
        for component in document.components.values() {
            if let Some(external) = &component.external_id {
                *lookup.external_ids.entry(bare(external)).or_insert(0) += 1;
            }
            for technology in &component.facts().technologies {
                if !technology.lifecycle_ref.is_empty() {
                    *lookup.lifecycle_users.entry(technology.lifecycle_ref.clone()).or_insert(0) += 1;
                }
            }
        }
        lookup
    }

    /// Who knows a system.
    fn holdings<'d>(&self, document: &'d Document, id: ComponentId) -> Vec<(KnowledgeId, &'d KnowledgeHolding)> {
        let mut found = Vec::new();
        for key in self.knowledge.get(&id).into_iter().flatten() {
            if let Some(holding) = document.knowledge.get(key) {
                found.push((*key, &**holding));
            }
        }
        found
    }

    /// The id of a system in tables: the one of the program it came from where it tells the system from all others.
    pub(super) fn id_cell(&self, document: &Document, id: ComponentId) -> String {
        let external = document.components.get(&id).and_then(|component| component.external_id.as_ref());
        let external = external.map(|text| bare(text)).filter(|text| !text.is_empty());
        let telling = external.filter(|text| {
            // Unless another system without such an id goes by the same letters.
            let other = ComponentId::parse(text).ok().filter(|it| *it != id);
            let other = other.and_then(|it| document.components.get(&it)).is_some_and(|it| {
                let external = it.external_id.as_ref().map(|text| bare(text)).unwrap_or_default();
                external.is_empty() || self.external_ids.get(&external) != Some(&1)
            });
            self.external_ids.get(text) == Some(&1) && !other
        });
        telling.unwrap_or_else(|| id.to_string())
    }
}

/// A text as a cell brings it back: without blanks around it, with one sort of line ends.
pub(super) fn bare(text: &str) -> String {
    text.trim().replace("\r\n", "\n").replace('\r', "\n")
}

/// How cells are to be read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reading {
    pub(super) order: DateOrder,
    /// The column holds per cent rather than shares of 1.
    pub(super) per_cent: bool,
}

/// A system with everything of it that stands in other records.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) component: Component,
    facts: SystemFacts,
    technology: Technology,
    lifecycle: Lifecycle,
    contract: Contract,
    pub(super) areas: Vec<String>,
    known_by: String,
    /// The contract covers other systems too.
    contract_shared: bool,
    id: String,
    /// Tags that other columns than that of the tags have added.
    added_tags: BTreeSet<String>,
}

impl Draft {
    /// The system as the document has it.
    pub(super) fn of(document: &Document, lookup: &Lookup, id: ComponentId) -> Self {
        let Some(component) = document.components.get(&id) else { return Self::default() };
        let facts = component.facts();
        let technology = facts.technologies.first().cloned().unwrap_or_default();
        let lifecycle = LifecycleId::parse(&technology.lifecycle_ref).ok();
        let lifecycle = lifecycle.and_then(|id| document.lifecycles.get(&id));
        let contract = lookup.contracts.get(&id).and_then(|id| document.contracts.get(id));
        let areas = lookup.areas.get(&id).into_iter().flatten();
        Self {
            component: Component::clone(component),
            facts: facts.clone(),
            lifecycle: lifecycle.map(|it| Lifecycle::clone(it)).unwrap_or_default(),
            technology,
            contract_shared: contract.is_some_and(|it| it.components.len() > 1),
            contract: contract.map(|it| Contract::clone(it)).unwrap_or_default(),
            areas: areas.filter_map(|id| document.areas.get(id)).map(|area| area.name.clone()).collect(),
            known_by: text_of(lookup.holdings(document, id).into_iter().map(|(_, holding)| holding)),
            id: lookup.id_cell(document, id),
            added_tags: BTreeSet::new(),
        }
    }

    /// What the cell of this field says; empty for what is not known.
    pub(super) fn text(&self, field: Field) -> String {
        let (component, facts) = (&self.component, &self.facts);
        match field {
            Field::Id => self.id.clone(),
            Field::Name => component.name.clone(),
            Field::Kind if component.is_anchor() => "anchor".to_owned(),
            Field::Kind => facts.kind.word().to_owned(),
            Field::Oversight => facts.oversight.word().to_owned(),
            Field::Evolution => component.evolution.map(|e| e.get().to_string()).unwrap_or_default(),
            Field::Visibility => component.visibility.map(|v| v.get().to_string()).unwrap_or_default(),
            Field::Area => self.areas.join("; "),
            Field::KnownBy => self.known_by.clone(),
            Field::Description => component.description.clone(),
            Field::Tags => tags_cell(&component.tags),
            Field::OwnerBusiness => known_cell(&facts.owner_business.clone()),
            Field::OwnerTechnical => known_cell(&facts.owner_technical.clone()),
            Field::Supplier => facts.supplier.clone(),
            Field::Site => facts.site.clone(),
            Field::Product => self.technology.product.clone(),
            Field::Version => self.technology.version.clone(),
            Field::SupportEnds => support_end(self.lifecycle.support_ends),
            Field::SecurityEnds => support_end(self.lifecycle.security_ends),
            Field::ExtendedEnds => support_end(self.lifecycle.extended_ends),
            Field::Users => known_cell(&facts.users),
            Field::PatientsPerDay => known_cell(&facts.patients_per_day),
            Field::TolerableOutage => known_cell(&facts.tolerable_outage_h),
            Field::Recovery => known_cell(&facts.recovery_h),
            Field::FailRate => known_cell(&facts.fail_rate),
            Field::FunctionalFit => known_cell(&facts.functional_fit),
            Field::TechnicalFit => known_cell(&facts.technical_fit),
            Field::Strategy => facts.strategy.map(|it| it.word().to_owned()).unwrap_or_default(),
            Field::FoundHow => facts.found_how.clone(),
            Field::Url => component.url.clone().unwrap_or_default(),
            Field::Notes => facts.notes.clone(),
            Field::Likelihood(place) => facts.likelihood.get(usize::from(place)).map(known_cell).unwrap_or_default(),
            Field::Impact(place) => facts.impact.get(usize::from(place)).map(known_cell).unwrap_or_default(),
            Field::ContractEnds => self.contract.end.map(crate::date::to_iso).unwrap_or_default(),
            Field::ContractCharge => {
                let charge = &self.contract.annual_charge;
                let pounds = |pence: i64| cells::money_cell(pence);
                match charge.value() {
                    Some(pence) => pounds(*pence),
                    None if charge.is_not_applicable() => "n/a".to_owned(),
                    None => String::new(),
                }
            }
            Field::ContractNotice => known_cell(&self.contract.notice_months),
            Field::ContractRenews => match self.contract.auto_renews.value() {
                Some(true) => "yes".to_owned(),
                Some(false) => "no".to_owned(),
                None if self.contract.auto_renews.is_not_applicable() => "n/a".to_owned(),
                None => String::new(),
            },
            _ => String::new(),
        }
    }

    /// Puts a cell where it belongs; `false` when it cannot be read that way. Nothing has changed then.
    pub(super) fn fill(&mut self, field: Field, cell: &str, reading: Reading) -> bool {
        let text = || cell.to_owned();
        let order = reading.order;
        match field {
            Field::Id => self.component.external_id = Some(text()),
            Field::Name => self.component.name = text(),
            Field::Kind => self.set_kind(cell),
            Field::Oversight => return set_word(&mut self.facts.oversight, cell),
            Field::Evolution => {
                let place = cells::share(cell, reading.per_cent).and_then(|(_, value, _)| Evolution::new(value));
                return set(&mut self.component.evolution, place.map(Some));
            }
            Field::Visibility => {
                let place = cells::share(cell, reading.per_cent).and_then(|(_, value, _)| Visibility::new(value));
                return set(&mut self.component.visibility, place.map(Some));
            }
            Field::Area => self.areas = names_of(cell, &[';']),
            Field::KnownBy => self.known_by = names_of(cell, &[';', '\n']).join("; "),
            Field::Description => self.component.description = text(),
            Field::Tags => {
                self.component.tags.clone_from(&self.added_tags);
                for tag in tags_of(cell) {
                    self.component.tags.insert(tag);
                }
            }
            Field::OwnerBusiness => return set(&mut self.facts.owner_business, cells::known_text(cell)),
            Field::OwnerTechnical => return set(&mut self.facts.owner_technical, cells::known_text(cell)),
            Field::Supplier => self.facts.supplier = text(),
            Field::Site => self.facts.site = text(),
            Field::Product => self.technology.product = text(),
            Field::Version => self.technology.version = text(),
            Field::SupportEnds => return set(&mut self.lifecycle.support_ends, cells::support_end(cell, order)),
            Field::SecurityEnds => return set(&mut self.lifecycle.security_ends, cells::support_end(cell, order)),
            Field::ExtendedEnds => return set(&mut self.lifecycle.extended_ends, cells::support_end(cell, order)),
            Field::Users => return set(&mut self.facts.users, cells::known_count(cell)),
            Field::PatientsPerDay => return set(&mut self.facts.patients_per_day, cells::known_count(cell)),
            Field::TolerableOutage => {
                return set(&mut self.facts.tolerable_outage_h, cells::known_number(cell, 8760.0))
            }
            Field::Recovery => return set(&mut self.facts.recovery_h, cells::known_number(cell, 8760.0)),
            Field::FailRate => return set(&mut self.facts.fail_rate, cells::known_number(cell, 365.0)),
            Field::FunctionalFit => return set(&mut self.facts.functional_fit, cells::level(cell, 5)),
            Field::TechnicalFit => return set(&mut self.facts.technical_fit, cells::level(cell, 5)),
            Field::Strategy => {
                let none = matches!(folded_name(cell).as_str(), "?" | "none" | "not decided");
                let word = Strategy::from_word(&folded_heading(cell));
                return set(&mut self.facts.strategy, if none { Some(None) } else { word.map(Some) });
            }
            Field::FoundHow => self.facts.found_how = text(),
            Field::Url if allowed_address(cell) => self.component.url = Some(text()),
            Field::Notes => self.facts.notes = text(),
            Field::Likelihood(place) => {
                let slot = self.facts.likelihood.get_mut(usize::from(place));
                return slot.is_some_and(|slot| set(slot, cells::level(cell, 6)));
            }
            Field::Impact(place) => {
                let slot = self.facts.impact.get_mut(usize::from(place));
                return slot.is_some_and(|slot| set(slot, cells::level(cell, 5)));
            }
            // A contract that covers other systems is changed where all of them are seen.
            Field::ContractEnds | Field::ContractCharge | Field::ContractNotice | Field::ContractRenews
                if self.contract_shared =>
            {
                return false;
            }
            Field::ContractEnds => return set(&mut self.contract.end, cells::date(cell, order).map(Some)),
            Field::ContractCharge => return set(&mut self.contract.annual_charge, cells::known_money(cell)),
            Field::ContractNotice => return set(&mut self.contract.notice_months, cells::known_months(cell)),
            Field::ContractRenews => return set(&mut self.contract.auto_renews, cells::known_yes_no(cell)),
            _ => return false,
        }
        true
    }

    /// Adds to a text or a set instead of replacing it: a second column of the same meaning.
    pub(super) fn add(&mut self, field: Field, cell: &str) {
        match field {
            Field::Description => {
                self.component.description.push('\n');
                self.component.description.push_str(cell);
            }
            Field::Tags => {
                for tag in tags_of(cell) {
                    self.component.tags.insert(tag);
                }
            }
            _ => self.set_kind(cell),
        }
    }

    /// A tag that stays whatever the column of the tags says.
    pub(super) fn add_tag(&mut self, tag: String) {
        self.component.tags.insert(tag.clone());
        self.added_tags.insert(tag);
    }

    /// All columns were read.
    pub(super) fn settle(&mut self) {
        self.added_tags.clear();
    }

    fn set_kind(&mut self, cell: &str) {
        let word = folded_heading(cell);
        let known = SystemKind::from_word(&word).or_else(|| {
            Some(match word.as_str() {
                "app" | "apps" | "softwaresystem" | "software_system" | "container" | "worker" => {
                    SystemKind::Application
                }
                "services" | "api" | "apis" | "microservice" => SystemKind::Service,
                "datastore" | "database" | "db" | "dataset" => SystemKind::Data,
                "deploymentnode" | "node" | "os" | "operating_system" | "cloud" => SystemKind::Platform,
                "queue" | "broker" | "interface" | "integration_engine" => SystemKind::Integration,
                "server" | "appliance" => SystemKind::Hardware,
                "external" | "external_entity" | "external_entities" | "supplier" | "supplier_s_service" => {
                    SystemKind::SupplierService
                }
                _ => return None,
            })
        });
        match (known, word.as_str()) {
            (_, "person" | "user" | "users" | "actor" | "anchor" | "role") => {
                self.component.kind = ComponentKind::Anchor;
            }
            (Some(kind), _) => {
                if self.component.is_anchor() {
                    self.component.kind = ComponentKind::Component;
                }
                self.facts.kind = kind;
            }
            (None, _) => self.add_tag(cell.to_lowercase()),
        }
    }

    /// Puts the system into the document, with what of it stands in other records.
    pub(super) fn store(
        mut self,
        before: &Self,
        document: &mut Document,
        lookup: &mut Lookup,
        id: ComponentId,
        ids: &mut NewIds,
    ) {
        if self.lifecycle != before.lifecycle {
            self.store_lifecycle(document, lookup, ids);
        } else if self.technology != before.technology {
            // The support date of another product or version is no longer its own.
            self.technology.lifecycle_ref.clear();
        }
        if self.technology != before.technology {
            if self.technology.product.is_empty() {
                self.technology.product.clone_from(&self.component.name);
            }
            if let Some(first) = self.facts.technologies.first_mut() {
                *first = self.technology;
            } else {
                self.facts.technologies.push(self.technology);
            }
        }
        if self.contract != before.contract {
            let own = lookup.contracts.get(&id).copied();
            let key = own.unwrap_or_else(|| ids.next('t', document).cast());
            let mut contract = self.contract;
            if own.is_none() {
                contract.name = format!("Contract for {}", self.component.name);
                contract.supplier.clone_from(&self.facts.supplier);
                contract.components = BTreeSet::from([id]);
                lookup.contracts.insert(id, key);
            }
            document.contracts.insert(key, Rc::new(contract));
        }
        if self.areas != before.areas {
            let names = std::mem::take(&mut self.areas);
            set_areas(&names, document, lookup, id, ids);
        }
        if self.known_by != before.known_by {
            set_known_by(&self.known_by, document, lookup, id, ids);
        }
        if self.facts != before.facts {
            self.component.facts = Some(Rc::new(self.facts));
        }
        if document.components.get(&id).is_none_or(|now| **now != self.component) {
            document.components.insert(id, Rc::new(self.component));
        }
    }

    /// Support dates belong to a record of the product. One that other systems share is left to them.
    fn store_lifecycle(&mut self, document: &mut Document, lookup: &mut Lookup, ids: &mut NewIds) {
        if self.technology.product.is_empty() {
            self.technology.product.clone_from(&self.component.name);
        }
        let reference = self.technology.lifecycle_ref.clone();
        let own = LifecycleId::parse(&reference).ok().filter(|id| document.lifecycles.contains_key(id));
        let alone = lookup.lifecycle_users.get(&reference).copied().unwrap_or(0) <= 1;
        let key: LifecycleId = own.filter(|_| alone).unwrap_or_else(|| ids.next('y', document).cast());
        self.lifecycle.product.clone_from(&self.technology.product);
        self.lifecycle.cycle.clone_from(&self.technology.version);
        document.lifecycles.insert(key, Rc::new(self.lifecycle.clone()));
        self.technology.lifecycle_ref = key.to_string();
        *lookup.lifecycle_users.entry(self.technology.lifecycle_ref.clone()).or_insert(0) += 1;
    }
}

/// Where ids of new records come from.
#[derive(Debug, Clone)]
pub struct NewIds {
    source: Option<IdSource>,
    counts: BTreeMap<char, u64>,
}

impl NewIds {
    /// Numbers in the order of the rows: for a document of its own.
    pub fn numbered() -> Self {
        Self { source: None, counts: BTreeMap::new() }
    }
    /// From the source of the session: for rows that join a document.
    pub fn from_source(source: IdSource) -> Self {
        Self { source: Some(source), counts: BTreeMap::new() }
    }
    /// The source as it is now.
    pub fn into_source(self) -> Option<IdSource> {
        self.source
    }

    /// The next id with this prefix that no record of the document has.
    pub(crate) fn next(&mut self, prefix: char, document: &Document) -> Id<()> {
        loop {
            let id: Id<()> = match &mut self.source {
                Some(source) => source.next(prefix),
                None => {
                    let count = self.counts.entry(prefix).or_insert(0);
                    *count += 1;
                    Id::numbered(prefix, *count)
                }
            };
            let taken = match prefix {
                'c' => document.components.contains_key(&id.cast()),
                'l' => document.links.contains_key(&id.cast()),
                'a' => document.areas.contains_key(&id.cast()),
                't' => document.contracts.contains_key(&id.cast()),
                'h' => document.knowledge.contains_key(&id.cast()),
                _ => document.lifecycles.contains_key(&id.cast()),
            };
            if !taken {
                return id;
            }
        }
    }
}

/// The people who know a system are those that are named.
fn set_known_by(text: &str, document: &mut Document, lookup: &mut Lookup, id: ComponentId, ids: &mut NewIds) {
    let now = lookup.holdings(document, id);
    let (mut keys, mut records) = (Vec::new(), Vec::new());
    for (key, holding) in now {
        keys.push(key);
        records.push(holding);
    }
    let outcome = bring_in_line(id, &records, text);
    for (place, after) in outcome.changed {
        let Some(key) = keys.get(place) else { continue };
        match after {
            Some(holding) => _ = document.knowledge.insert(*key, Rc::new(holding)),
            None => {
                document.knowledge.remove(key);
                lookup.knowledge.entry(id).or_default().retain(|it| it != key);
            }
        }
    }
    for holding in outcome.new {
        let key: KnowledgeId = ids.next('h', document).cast();
        lookup.knowledge.entry(id).or_default().push(key);
        document.knowledge.insert(key, Rc::new(holding));
    }
}

/// Areas by name: the system leaves those that are not named, joins those that are; new names make new areas.
fn set_areas(names: &[String], document: &mut Document, lookup: &mut Lookup, id: ComponentId, ids: &mut NewIds) {
    let now = lookup.areas.entry(id).or_default();
    for area_id in std::mem::take(now) {
        if let Some(area) = document.areas.get_mut(&area_id) {
            Rc::make_mut(area).members.remove(&id);
        }
    }
    for name in names {
        let folded = folded_name(name);
        let known = lookup.area_names.get(&folded).copied();
        let area_id: AreaId = known.unwrap_or_else(|| ids.next('a', document).cast());
        lookup.area_names.insert(folded, area_id);
        let area = document.areas.entry(area_id).or_default();
        let area = Rc::make_mut(area);
        if known.is_none() {
            area.name.clone_from(name);
        }
        area.members.insert(id);
        now.push(area_id);
    }
}

fn set<T>(slot: &mut T, value: Option<T>) -> bool {
    let there = value.is_some();
    if let Some(value) = value {
        *slot = value;
    }
    there
}

fn set_word<T: Word>(slot: &mut T, cell: &str) -> bool {
    set(slot, T::from_word(&folded_heading(cell)))
}

/// Names in one cell.
pub(super) fn names_of(cell: &str, separators: &[char]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in cell.split(separators).map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|there| there == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn tags_of(cell: &str) -> Vec<String> {
    let separators: &[char] = match () {
        () if cell.contains('|') => &['|'],
        () if cell.contains([';', ',']) => &[';', ','],
        () => &[' '],
    };
    names_of(cell, separators)
}

/// Tags as a cell: a bar at the end says that a tag with a blank or a comma in it is one.
fn tags_cell(tags: &BTreeSet<String>) -> String {
    let mut cell = String::new();
    for tag in tags {
        if !cell.is_empty() {
            cell.push('|');
        }
        cell.push_str(tag);
    }
    if tags.len() == 1 && cell.contains([' ', ',', ';']) {
        cell.push('|');
    }
    cell
}

/// A day, or whether support is over.
fn support_end(end: SupportEnd) -> String {
    match end {
        SupportEnd::Unknown => String::new(),
        SupportEnd::Over => "over".to_owned(),
        SupportEnd::NoDate => "no date".to_owned(),
        SupportEnd::On(date) => crate::date::to_iso(date),
    }
}
