//! A text put into a field of a record.

use std::collections::BTreeSet;

use crate::app::report::records::field_text;
use crate::app::report::records::kinds::{
    AVAILABLE, HOLDERS, MONEY, PATHWAY_KINDS, REPLACEMENTS, RESPONSES, STAGES, STATUSES,
};
use crate::app::report::records::provenance::{in_facts, in_record, part_of, set_part};
use crate::app::report::records::read::{
    abilities, actions, breaks, controls, convenience, level, links, losses, opt_day, pathways, pence, place, systems,
    words_of, yes_or_no, RecordError,
};
use crate::app::report::records::system::change_system;
use crate::app::table::values::{known_count, known_number, known_share, support_end_typed};
use crate::app::table::CellError;
use crate::date::Date;
use crate::edit::{AnyRecord, Command, LinkChange};
use crate::id::IdSource;
use crate::known::{Basis, Known};
use crate::model::{
    AnyRecordId, Area, Availability, Contract, Document, HolderKind, KnowledgeHolding, Lifecycle, Link, LinkId,
    Pathway, PathwayKind, RedundancyGroup, RedundancyGroupId, Replacement, Response, Risk, RiskStage, RiskStatus,
    SystemFacts,
};

/// What puts a text into a field of a record; `None` when it says that already, so that ranges, dates and sources stay
/// as they are.
///
/// # Errors
/// When the text cannot be taken; nothing has changed then.
pub fn changed(
    document: &Document,
    record: AnyRecordId,
    field: usize,
    typed: &str,
    today: Option<Date>,
    ids: &mut IdSource,
) -> Result<Option<Command>, RecordError> {
    let typed = typed.trim();
    if typed == field_text(document, record, field).trim() {
        return Ok(None);
    }
    if let AnyRecordId::Component(id) = record {
        return change_system(document, id, field, typed, today, ids).map(Some);
    }
    if let Some((field, part)) = part_of(field) {
        let mut record = load(document, record).ok_or(RecordError::NotThere)?;
        set_part(in_record(&mut record, field).ok_or(RecordError::NotThere)?, part, typed)?;
        return Ok(Some(Command::Put(record)));
    }
    if let (AnyRecordId::RedundancyGroup(id), 4) = (record, field) {
        return put_links(document, id, &links(document, typed)?).map(Some);
    }
    record_with(document, record, field, typed, today).map(|record| Some(Command::Put(record)))
}

/// The record as it is.
pub(super) fn load(document: &Document, record: AnyRecordId) -> Option<AnyRecord> {
    Some(match record {
        AnyRecordId::Pathway(id) => AnyRecord::Pathway(id, Pathway::clone(document.pathways.get(&id)?)),
        AnyRecordId::Contract(id) => AnyRecord::Contract(id, Box::new(Contract::clone(document.contracts.get(&id)?))),
        AnyRecordId::Knowledge(id) => AnyRecord::Knowledge(id, KnowledgeHolding::clone(document.knowledge.get(&id)?)),
        AnyRecordId::RedundancyGroup(id) => {
            AnyRecord::RedundancyGroup(id, RedundancyGroup::clone(document.redundancy_groups.get(&id)?))
        }
        AnyRecordId::Risk(id) => AnyRecord::Risk(id, Box::new(Risk::clone(document.risks.get(&id)?))),
        _ => return None,
    })
}

/// Whether a field says where its value comes from.
pub fn has_provenance(document: &Document, record: AnyRecordId, field: usize) -> bool {
    match record {
        AnyRecordId::Component(_) => in_facts(&mut SystemFacts::default(), field).is_some(),
        record => load(document, record).is_some_and(|mut record| in_record(&mut record, field).is_some()),
    }
}

/// Exactly these links are in the set.
fn put_links(document: &Document, group: RedundancyGroupId, wanted: &BTreeSet<LinkId>) -> Result<Command, RecordError> {
    let mut commands = Vec::new();
    for (id, link) in &document.links {
        let (is, should) = (link.group == Some(group), wanted.contains(id));
        if is != should {
            let link = Link { group: should.then_some(group), ..Link::clone(link) };
            commands.push(Command::ChangeLink { id: *id, change: LinkChange::Record(Box::new(link)) });
        }
    }
    Ok(Command::Batch(commands, "Change alternatives".to_owned()))
}

fn record_with(
    document: &Document,
    record: AnyRecordId,
    field: usize,
    typed: &str,
    today: Option<Date>,
) -> Result<AnyRecord, RecordError> {
    if field == 0 && typed.is_empty() {
        return Err(CellError::EmptyName.into());
    }
    fn stamp<T>(known: Known<T>, today: Option<Date>) -> Known<T> {
        Known { basis: Basis::Estimate, as_of: today, ..known }
    }
    match record {
        AnyRecordId::Pathway(id) => {
            let mut it = Pathway::clone(document.pathways.get(&id).ok_or(RecordError::NotThere)?);
            match field {
                0 => it.name = typed.to_owned(),
                1 => {
                    let disease = place(typed, PATHWAY_KINDS)? == 1;
                    it.kind = if disease { PathwayKind::Disease } else { PathwayKind::Activity };
                }
                2 => it.volume_per_day = stamp(known_count(typed, 0, 10_000_000)?, today),
                3 => it.importance = stamp(level(typed)?, today),
                4 => it.steps = systems(document, typed)?,
                _ => it.harm_if_stopped = typed.to_owned(),
            }
            Ok(AnyRecord::Pathway(id, it))
        }
        AnyRecordId::Area(id) => {
            let mut it = Area::clone(document.areas.get(&id).ok_or(RecordError::NotThere)?);
            match field {
                0 => it.name = typed.to_owned(),
                1 => it.members = crate::order::set(systems(document, typed)?),
                _ => it.description = typed.to_owned(),
            }
            Ok(AnyRecord::Area(id, it))
        }
        AnyRecordId::Contract(id) => {
            let mut it = Contract::clone(document.contracts.get(&id).ok_or(RecordError::NotThere)?);
            match field {
                0 => it.name = typed.to_owned(),
                1 => it.supplier = typed.to_owned(),
                2 => it.annual_charge = stamp(pence(typed)?, today),
                3 => it.components = crate::order::set(systems(document, typed)?),
                4 => it.start = opt_day(typed)?,
                5 => it.end = opt_day(typed)?,
                6 => it.extension_to = opt_day(typed)?,
                7 => it.auto_renews = stamp(yes_or_no(typed)?, today),
                8 => {
                    let known = known_count(typed, 0, 36)?;
                    let months = |n: &u64| *n as u32;
                    let known = match known.range() {
                        Some((low, value, high)) => Known::ranged(months(low), months(value), months(high)),
                        None if known.is_not_applicable() => Known::not_applicable(known.reason),
                        None => Known::unknown(),
                    };
                    it.notice_months = stamp(known, today);
                }
                9 => {
                    it.replacement = match place(typed, REPLACEMENTS)? {
                        1 => Replacement::InProcurement,
                        2 => Replacement::Agreed,
                        _ => Replacement::None,
                    };
                }
                10 => it.breaks = breaks(typed)?,
                11 => it.exit_plan = stamp(yes_or_no(typed)?, today),
                12 => it.data_return = stamp(yes_or_no(typed)?, today),
                13 => it.terminate_for_convenience = stamp(convenience(typed)?, today),
                14 => it.indexation_pct = stamp(known_number(typed, 0.0, 100.0)?, today),
                15 => it.capital = place(typed, MONEY)? == 1,
                16 => it.escrow = stamp(yes_or_no(typed)?, today),
                _ => it.transfer_restrictions = typed.to_owned(),
            }
            Ok(AnyRecord::Contract(id, Box::new(it)))
        }
        AnyRecordId::Knowledge(id) => {
            let mut it = KnowledgeHolding::clone(document.knowledge.get(&id).ok_or(RecordError::NotThere)?);
            match field {
                0 => it.holder = typed.to_owned(),
                1 => {
                    let found = systems(document, typed)?;
                    it.component = *found.first().ok_or_else(|| RecordError::NoSuchSystem(typed.to_owned()))?;
                }
                2 => {
                    it.holder_kind = match place(typed, HOLDERS)? {
                        1 => HolderKind::Contractor,
                        2 => HolderKind::Supplier,
                        3 => HolderKind::Retired,
                        4 => HolderKind::Volunteer,
                        _ => HolderKind::Staff,
                    };
                }
                3 => {
                    it.available = match place(typed, AVAILABLE)? {
                        0 => Availability::SameDay,
                        2 => Availability::Hard,
                        3 => Availability::Gone,
                        _ => Availability::Week,
                    };
                }
                4 => it.can = abilities(typed)?,
                5 => it.leaves_on = opt_day(typed)?,
                6 => it.written_down = stamp(known_share(typed)?, today),
                _ => it.skills = words_of(typed),
            }
            Ok(AnyRecord::Knowledge(id, it))
        }
        AnyRecordId::RedundancyGroup(id) => {
            let mut it = RedundancyGroup::clone(document.redundancy_groups.get(&id).ok_or(RecordError::NotThere)?);
            match field {
                0 => it.name = typed.to_owned(),
                1 => {
                    it.need = typed
                        .parse()
                        .ok()
                        .filter(|need| (1..=1_000).contains(need))
                        .ok_or(CellError::Number(1.0, 1_000.0))?;
                }
                2 => it.beta = stamp(known_share(typed)?, today),
                _ => it.shared = words_of(typed),
            }
            Ok(AnyRecord::RedundancyGroup(id, it))
        }
        AnyRecordId::Risk(id) => {
            let mut it = Risk::clone(document.risks.get(&id).ok_or(RecordError::NotThere)?);
            match field {
                0 => it.title = typed.to_owned(),
                1 => it.components = crate::order::set(systems(document, typed)?),
                2 => it.cause = typed.to_owned(),
                3 => it.event = typed.to_owned(),
                4 => it.consequence = typed.to_owned(),
                5 => it.frequency = stamp(known_number(typed, 0.0, 365.0)?, today),
                6 => it.loss = losses(typed)?,
                7 => it.harm.severity = stamp(level(typed)?, today),
                8 => it.harm.likelihood = stamp(level(typed)?, today),
                9 => it.nhs_likelihood = stamp(level(typed)?, today),
                10 => it.nhs_consequence = stamp(level(typed)?, today),
                11 => {
                    it.response = match place(typed, RESPONSES)? {
                        1 => Some(Response::Tolerate),
                        2 => Some(Response::Treat),
                        3 => Some(Response::Transfer),
                        4 => Some(Response::Terminate),
                        _ => None,
                    };
                }
                12 => it.owner = typed.to_owned(),
                13 => it.next_review = opt_day(typed)?,
                14 => {
                    it.status = match place(typed, STATUSES)? {
                        1 => RiskStatus::Transferred,
                        2 if it.owner.trim().is_empty() => return Err(RecordError::Owner),
                        2 => RiskStatus::Closed,
                        _ => RiskStatus::Open,
                    };
                }
                15 => {
                    it.stage = match place(typed, STAGES)? {
                        0 => RiskStage::Inherent,
                        2 => RiskStage::Target,
                        _ => RiskStage::Current,
                    };
                }
                16 => it.pathways = pathways(document, typed)?,
                17 => it.harm.patients = stamp(known_count(typed, 0, 10_000_000)?, today),
                18 => it.nhs_domain = typed.to_owned(),
                19 => it.controls = controls(typed)?,
                20 => it.actions = actions(typed)?,
                _ => it.harm.qaly = stamp(known_number(typed, 0.0, 1e6)?, today),
            }
            Ok(AnyRecord::Risk(id, Box::new(it)))
        }
        AnyRecordId::Lifecycle(id) => {
            let mut it = Lifecycle::clone(document.lifecycles.get(&id).ok_or(RecordError::NotThere)?);
            match field {
                0 => it.product = typed.to_owned(),
                1 => it.cycle = typed.to_owned(),
                2 => it.security_ends = support_end_typed(typed)?,
                3 => it.support_ends = support_end_typed(typed)?,
                4 => it.extended_ends = support_end_typed(typed)?,
                5 => it.extended_bought = typed.to_owned(),
                6 => it.source = typed.to_owned(),
                _ => it.imported_on = opt_day(typed)?,
            }
            Ok(AnyRecord::Lifecycle(id, it))
        }
        _ => Err(RecordError::NotThere),
    }
}
