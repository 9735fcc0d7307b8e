//! Small editors for the records of the estate that are not drawn: pathways, areas, contracts, who knows what,
//! alternatives. Each kind is a table of fields; every field is a text that is read and written here.

use std::collections::BTreeSet;

use crate::analysis::rank::shown;
use crate::app::table::columns::{plain, NOT_APPLICABLE, NOT_KNOWN};
use crate::app::table::values::{day, known_count, known_number, known_share};
use crate::app::table::CellError;
use crate::date::{to_iso, Date};
use crate::edit::AnyRecord;
use crate::id::IdSource;
use crate::known::{Basis, Known};
use crate::model::{
    Ability, AnyRecordId, Area, Availability, ComponentId, Contract, ContractBreak, Document, HolderKind,
    KnowledgeHolding, LossKind, LossLine, Pathway, PathwayKind, Pence, RedundancyGroup, Replacement, Response, Risk,
    RiskStatus,
};

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordKind {
    /// Pathways.
    #[default]
    Pathway,
    /// Areas.
    Area,
    /// Contracts.
    Contract,
    /// Who knows what.
    Knowledge,
    /// Alternatives.
    Redundancy,
    /// Lines of the risk register.
    Risk,
}

/// Kinds with their headings, the word for one, and what they are for.
pub const KINDS: [(RecordKind, &str, &str, &str); 6] = [
    (
        RecordKind::Pathway,
        "Pathways",
        "pathway",
        "Chains of steps that people depend on, such as the care for a disease.",
    ),
    (
        RecordKind::Area,
        "Areas",
        "area",
        "Parts of the organisation or the map, to filter and to look at one at a time.",
    ),
    (RecordKind::Contract, "Contracts", "contract", "Agreements with suppliers, their ends and the ways out of them."),
    (RecordKind::Knowledge, "Who knows what", "person", "Posts and people who can run, mend or change a system."),
    (
        RecordKind::Redundancy,
        "Alternatives",
        "set of alternatives",
        "Systems that stand in for one another. Put links into the set in the details of the link.",
    ),
    (
        RecordKind::Risk,
        "Risks",
        "risk",
        "Lines of the risk register: what may happen, how often, and what it does to people and money.",
    ),
];

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecordField {
    /// Words above it.
    pub label: &'static str,
    /// How it is filled in, in a few words.
    pub hint: &'static str,
    /// Words to choose from; empty for a free text.
    pub choices: &'static [&'static str],
    /// It takes the whole width.
    pub wide: bool,
}

const fn text(label: &'static str, hint: &'static str) -> RecordField {
    RecordField { label, hint, choices: &[], wide: false }
}
const fn wide(label: &'static str, hint: &'static str) -> RecordField {
    RecordField { label, hint, choices: &[], wide: true }
}
const fn choice(label: &'static str, choices: &'static [&'static str]) -> RecordField {
    RecordField { label, hint: "", choices, wide: false }
}

const SYSTEMS: &str = "names, separated by semicolons";
const DAY: &str = "2027-03-31";
const KNOWN: &[&str] = &["Not known", "Yes", "No", "Does not apply"];
const PATHWAY_KINDS: &[&str] = &["Activity", "Disease"];
const REPLACEMENTS: &[&str] = &["Nothing arranged", "Being bought", "Agreed"];
const HOLDERS: &[&str] = &["Staff", "Contractor", "Supplier", "Retired", "Volunteer"];
const AVAILABLE: &[&str] = &["Same day", "Within a week", "Hardly", "Not any more"];

static PATHWAY: &[RecordField] = &[
    wide("Name", ""),
    choice("About", PATHWAY_KINDS),
    text("People a day", "a number or ?"),
    text("Importance", "1 to 5 or ?"),
    wide("Steps in order", SYSTEMS),
    wide("What happens to people if it stops", ""),
];
static AREA: &[RecordField] = &[wide("Name", ""), wide("Systems", SYSTEMS), wide("What it is about", "")];
static CONTRACT: &[RecordField] = &[
    wide("Name or reference", ""),
    text("Supplier", ""),
    text("Pounds a year", "a number or ?"),
    wide("Systems it covers", SYSTEMS),
    text("First day", DAY),
    text("Last day", DAY),
    text("With the extension until", DAY),
    choice("Renews by itself", KNOWN),
    text("Months of notice", "0 to 36 or ?"),
    choice("What comes after", REPLACEMENTS),
    wide("Break dates", "2027-03-31, 6 months, £10,000; …"),
    choice("Plan for leaving", KNOWN),
    choice("Data come back", KNOWN),
];
static KNOWLEDGE: &[RecordField] = &[
    wide("Role or initials", ""),
    wide("System", "its name"),
    choice("Is", HOLDERS),
    choice("Can be had", AVAILABLE),
    text("Can", "operate, fix, change"),
    text("Leaves on", DAY),
    text("Written down, %", "0 to 100 or ?"),
    text("Skills", "separated by commas"),
];
static REDUNDANCY: &[RecordField] = &[
    wide("Name", ""),
    text("How many must work", "at least 1"),
    text("Failures with a common cause, %", "0 to 100 or ?"),
    wide("What they share", "site, power, supplier …, separated by commas"),
];

const RESPONSES: &[&str] = &["Not decided", "Tolerate", "Treat", "Transfer", "Terminate"];
const STATUSES: &[&str] = &["Open", "Transferred", "Closed"];
const LEVEL: &str = "1 to 5 or ?";
/// Words for [`LossKind`], in its order.
const LOSSES: [(LossKind, &str); 7] = [
    (LossKind::StaffTime, "staff time"),
    (LossKind::Response, "response"),
    (LossKind::Replacement, "replacement"),
    (LossKind::Income, "income"),
    (LossKind::Penalty, "penalty"),
    (LossKind::Claims, "claims"),
    (LossKind::OtherOrganisation, "others"),
];
static RISK: &[RecordField] = &[
    wide("What", "If …, then …, so …"),
    wide("Systems", SYSTEMS),
    wide("Cause", ""),
    wide("Event", ""),
    wide("Consequence", ""),
    text("Times a year", "0.2 or 0.1–0.5 or ?"),
    wide("Pounds lost each time", "staff time 20,000–180,000; response 40,000–600,000 likely 120,000"),
    text("Worst harm to patients", LEVEL),
    text("Likelihood of that harm", LEVEL),
    text("Trust register: likelihood", LEVEL),
    text("Trust register: consequence", LEVEL),
    choice("Response", RESPONSES),
    text("Owner", "a person or post"),
    text("Next review", DAY),
    choice("Status", STATUSES),
];

/// Why a text cannot be taken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RecordError {
    /// As in a cell.
    #[error(transparent)]
    Cell(#[from] CellError),
    /// No system of that name.
    #[error("There is no system called “{0}”. Put the names as they are on the map, with semicolons between them.")]
    NoSuchSystem(String),
    /// A break date that cannot be read.
    #[error("Write breaks as “2027-03-31, 6 months, £10,000”, with semicolons between them.")]
    Break,
    /// A loss that cannot be read.
    #[error(
        "Write losses as “staff time 20,000–180,000; response 40,000–600,000 likely 120,000”. Kinds: staff time, \
             response, replacement, income, penalty, claims, others."
    )]
    Loss,
    /// None of the abilities.
    #[error("Write what they can do with the words operate, fix and change.")]
    Ability,
    /// The record has gone.
    #[error("This record is not there any more.")]
    NotThere,
}

/// The kind of a record, for those that are edited here.
pub fn kind_of(record: AnyRecordId) -> Option<RecordKind> {
    Some(match record {
        AnyRecordId::Pathway(_) => RecordKind::Pathway,
        AnyRecordId::Area(_) => RecordKind::Area,
        AnyRecordId::Contract(_) => RecordKind::Contract,
        AnyRecordId::Knowledge(_) => RecordKind::Knowledge,
        AnyRecordId::RedundancyGroup(_) => RecordKind::Redundancy,
        AnyRecordId::Risk(_) => RecordKind::Risk,
        _ => return None,
    })
}

/// The fields of a kind.
pub fn fields(kind: RecordKind) -> &'static [RecordField] {
    match kind {
        RecordKind::Pathway => PATHWAY,
        RecordKind::Area => AREA,
        RecordKind::Contract => CONTRACT,
        RecordKind::Knowledge => KNOWLEDGE,
        RecordKind::Redundancy => REDUNDANCY,
        RecordKind::Risk => RISK,
    }
}

/// All records of a kind, by id.
pub fn records(document: &Document, kind: RecordKind) -> Vec<AnyRecordId> {
    match kind {
        RecordKind::Pathway => document.pathways.keys().map(|id| AnyRecordId::Pathway(*id)).collect(),
        RecordKind::Area => document.areas.keys().map(|id| AnyRecordId::Area(*id)).collect(),
        RecordKind::Contract => document.contracts.keys().map(|id| AnyRecordId::Contract(*id)).collect(),
        RecordKind::Knowledge => document.knowledge.keys().map(|id| AnyRecordId::Knowledge(*id)).collect(),
        RecordKind::Redundancy => {
            document.redundancy_groups.keys().map(|id| AnyRecordId::RedundancyGroup(*id)).collect()
        }
        RecordKind::Risk => document.risks.keys().map(|id| AnyRecordId::Risk(*id)).collect(),
    }
}

/// A new record of a kind.
pub fn new_record(document: &Document, kind: RecordKind, ids: &mut IdSource) -> Option<AnyRecord> {
    let first = document.components.iter().find(|(_, c)| !c.is_anchor()).map(|(id, _)| *id);
    Some(match kind {
        RecordKind::Pathway => {
            AnyRecord::Pathway(ids.next('w'), Pathway { name: "New pathway".to_owned(), ..Pathway::default() })
        }
        RecordKind::Area => AnyRecord::Area(ids.next('a'), Area { name: "New area".to_owned(), ..Area::default() }),
        RecordKind::Contract => {
            let contract = Contract { name: "New contract".to_owned(), ..Contract::default() };
            AnyRecord::Contract(ids.next('k'), Box::new(contract))
        }
        RecordKind::Knowledge => {
            let holding =
                KnowledgeHolding { component: first?, holder: "New post".to_owned(), ..KnowledgeHolding::default() };
            AnyRecord::Knowledge(ids.next('h'), holding)
        }
        RecordKind::Redundancy => {
            let group = RedundancyGroup { name: "New alternatives".to_owned(), ..RedundancyGroup::default() };
            AnyRecord::RedundancyGroup(ids.next('g'), group)
        }
        RecordKind::Risk => {
            let title = "If (cause), then (event), so (harm)".to_owned();
            AnyRecord::Risk(ids.next('r'), Box::new(Risk { title, ..Risk::default() }))
        }
    })
}

fn system_names(document: &Document, ids: impl Iterator<Item = ComponentId>) -> String {
    let names: Vec<String> =
        ids.filter_map(|id| document.components.get(&id)).map(|component| shown(&component.name)).collect();
    names.join("; ")
}

fn list(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(", ")
}

fn known<T>(known: &Known<T>, words: impl Fn(&T) -> String) -> String {
    match known.value() {
        Some(value) => words(value),
        None if known.is_not_applicable() => NOT_APPLICABLE.to_owned(),
        None => NOT_KNOWN.to_owned(),
    }
}

/// With its range: "0.2 (0.1–0.5)".
fn ranged<T: PartialEq>(value: &Known<T>, words: impl Fn(&T) -> String) -> String {
    match value.range() {
        Some((low, value, high)) if low != high => format!("{} ({}–{})", words(value), words(low), words(high)),
        _ => known(value, words),
    }
}

fn losses_in_words(lines: &[LossLine]) -> String {
    let lines = lines.iter().map(|line| {
        let kind = LOSSES.iter().find(|(kind, _)| *kind == line.kind).map_or("", |(_, word)| word);
        let likely = line.likely.map_or_else(String::new, |likely| format!(" likely {}", pounds_of(likely)));
        format!("{kind} {}–{}{likely}", pounds_of(line.low), pounds_of(line.high))
    });
    lines.collect::<Vec<_>>().join("; ")
}

fn losses(typed: &str) -> Result<Vec<LossLine>, RecordError> {
    let mut lines = Vec::new();
    for text in typed.split(';').map(str::trim).filter(|text| !text.is_empty()) {
        let lower = text.to_lowercase().replace('£', "");
        let known = LOSSES.iter().find_map(|(kind, word)| Some((*kind, lower.strip_prefix(word)?)));
        let (kind, amounts) = known.ok_or(RecordError::Loss)?;
        let (range, likely) = match amounts.split_once("likely") {
            Some((range, likely)) => (range, Some(likely)),
            None => (amounts, None),
        };
        let amount = |text: &str| pence(text).ok().and_then(|known| known.value().copied()).ok_or(RecordError::Loss);
        let (low, high) = range.split_once('–').or_else(|| range.split_once('-')).ok_or(RecordError::Loss)?;
        let line = LossLine { kind, low: amount(low)?, likely: likely.map(amount).transpose()?, high: amount(high)? };
        let ordered = line.low > 0 && line.low <= line.high;
        if !ordered || line.likely.is_some_and(|likely| !(line.low..=line.high).contains(&likely)) {
            return Err(RecordError::Loss);
        }
        lines.push(line);
    }
    Ok(lines)
}

fn level(typed: &str) -> Result<Known<u8>, CellError> {
    let known = known_count(typed, 1, 5)?;
    Ok(match known.range() {
        Some((low, value, high)) => Known::ranged(*low as u8, *value as u8, *high as u8),
        None if known.is_not_applicable() => Known::not_applicable(known.reason),
        None => Known::unknown(),
    })
}

fn known_bool(known: &Known<bool>) -> String {
    let place = match known.value() {
        Some(true) => 1,
        Some(false) => 2,
        None if known.is_not_applicable() => 3,
        None => 0,
    };
    word(KNOWN, place)
}

fn word(words: &[&str], place: usize) -> String {
    words.get(place).map_or_else(String::new, |word| (*word).to_owned())
}

fn date(date: Option<Date>) -> String {
    date.map_or_else(String::new, to_iso)
}

fn pounds_of(pence: Pence) -> String {
    plain(pence as f64 / 100.0)
}

fn percent(share: &f64) -> String {
    plain(share * 100.0)
}

/// Heading of a record.
pub fn title(document: &Document, record: AnyRecordId) -> String {
    let name = field_text(document, record, 0);
    match record {
        AnyRecordId::Knowledge(_) => format!("{}: {}", shown(&name), field_text(document, record, 1)),
        _ => shown(&name),
    }
}

/// What a field says.
pub fn field_text(document: &Document, record: AnyRecordId, field: usize) -> String {
    match record {
        AnyRecordId::Pathway(id) => document.pathways.get(&id).map(|p| match field {
            0 => p.name.clone(),
            1 => word(PATHWAY_KINDS, usize::from(p.kind == PathwayKind::Disease)),
            2 => known(&p.volume_per_day, u64::to_string),
            3 => known(&p.importance, u8::to_string),
            4 => system_names(document, p.steps.iter().copied()),
            _ => p.harm_if_stopped.clone(),
        }),
        AnyRecordId::Area(id) => document.areas.get(&id).map(|a| match field {
            0 => a.name.clone(),
            1 => system_names(document, a.members.iter().copied()),
            _ => a.description.clone(),
        }),
        AnyRecordId::Contract(id) => document.contracts.get(&id).map(|c| match field {
            0 => c.name.clone(),
            1 => c.supplier.clone(),
            2 => known(&c.annual_charge, |pence| pounds_of(*pence)),
            3 => system_names(document, c.components.iter().copied()),
            4 => date(c.start),
            5 => date(c.end),
            6 => date(c.extension_to),
            7 => known_bool(&c.auto_renews),
            8 => known(&c.notice_months, u32::to_string),
            9 => word(REPLACEMENTS, c.replacement as usize),
            10 => {
                let breaks: Vec<String> = c
                    .breaks
                    .iter()
                    .map(|b| format!("{}, {} months, £{}", date(b.date), b.notice_months, pounds_of(b.charge)))
                    .collect();
                breaks.join("; ")
            }
            11 => known_bool(&c.exit_plan),
            _ => known_bool(&c.data_return),
        }),
        AnyRecordId::Knowledge(id) => document.knowledge.get(&id).map(|h| match field {
            0 => h.holder.clone(),
            1 => system_names(document, std::iter::once(h.component)),
            2 => word(HOLDERS, h.holder_kind as usize),
            3 => word(AVAILABLE, h.available as usize),
            4 => list(h.can.iter().map(|ability| {
                match ability {
                    Ability::Operate => "operate",
                    Ability::Fix => "fix",
                    Ability::Change => "change",
                }
                .to_owned()
            })),
            5 => date(h.leaves_on),
            6 => known(&h.written_down, percent),
            _ => list(h.skills.iter().cloned()),
        }),
        AnyRecordId::RedundancyGroup(id) => document.redundancy_groups.get(&id).map(|g| match field {
            0 => g.name.clone(),
            1 => g.need.to_string(),
            2 => known(&g.beta, percent),
            _ => list(g.shared.iter().cloned()),
        }),
        AnyRecordId::Risk(id) => document.risks.get(&id).map(|r| match field {
            0 => r.title.clone(),
            1 => system_names(document, r.components.iter().copied()),
            2 => r.cause.clone(),
            3 => r.event.clone(),
            4 => r.consequence.clone(),
            5 => ranged(&r.frequency, |value| plain(*value)),
            6 => losses_in_words(&r.loss),
            7 => ranged(&r.harm.severity, u8::to_string),
            8 => ranged(&r.harm.likelihood, u8::to_string),
            9 => ranged(&r.nhs_likelihood, u8::to_string),
            10 => ranged(&r.nhs_consequence, u8::to_string),
            11 => word(RESPONSES, r.response.map_or(0, |response| response as usize + 1)),
            12 => r.owner.clone(),
            13 => date(r.next_review),
            _ => word(STATUSES, r.status as usize),
        }),
        _ => None,
    }
    .unwrap_or_default()
}

fn systems(document: &Document, typed: &str) -> Result<Vec<ComponentId>, RecordError> {
    let mut found = Vec::new();
    for name in typed.split(';').map(str::trim).filter(|name| !name.is_empty()) {
        let (id, _) = document.component_named(name).ok_or_else(|| RecordError::NoSuchSystem(name.to_owned()))?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

fn place(typed: &str, words: &'static [&'static str]) -> Result<usize, CellError> {
    words.iter().position(|word| word.eq_ignore_ascii_case(typed.trim())).ok_or(CellError::Choice(words))
}

fn opt_day(typed: &str) -> Result<Option<Date>, CellError> {
    if typed.trim().is_empty() || typed.trim() == NOT_KNOWN {
        return Ok(None);
    }
    day(typed).map(Some).ok_or(CellError::Date)
}

fn yes_or_no(typed: &str) -> Result<Known<bool>, CellError> {
    Ok(match place(typed, KNOWN)? {
        1 => Known::exactly(true),
        2 => Known::exactly(false),
        3 => Known::not_applicable("Said not to apply"),
        _ => Known::unknown(),
    })
}

fn words_of(typed: &str) -> BTreeSet<String> {
    crate::order::set(typed.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned))
}

/// A number of pounds as pence; unknown and not applicable stay so.
fn pence(typed: &str) -> Result<Known<Pence>, CellError> {
    let typed = typed.trim().trim_start_matches('£');
    let pounds = known_number(typed, 0.0, 1e11)?;
    let whole = |pounds: &f64| (pounds * 100.0).round() as Pence;
    Ok(match pounds.range() {
        Some((low, value, high)) => Known::ranged(whole(low), whole(value), whole(high)),
        None if pounds.is_not_applicable() => Known::not_applicable(pounds.reason),
        None => Known::unknown(),
    })
}

fn breaks(typed: &str) -> Result<Vec<ContractBreak>, RecordError> {
    let mut found = Vec::new();
    for text in typed.split(';').map(str::trim).filter(|text| !text.is_empty()) {
        // A comma inside an amount of money is no separator.
        let mut parts = text.splitn(3, ',').map(str::trim);
        let date = parts.next().and_then(day).ok_or(RecordError::Break)?;
        let months = parts.next().map_or("0", |months| months.trim_end_matches(|c: char| !c.is_ascii_digit()));
        let notice_months: u32 = months.parse().ok().filter(|n| *n <= 36).ok_or(RecordError::Break)?;
        let charge = match parts.next() {
            Some(charge) => *pence(charge)?.value().ok_or(RecordError::Break)?,
            None => 0,
        };
        found.push(ContractBreak { date: Some(date), notice_months, charge });
    }
    Ok(found)
}

fn abilities(typed: &str) -> Result<BTreeSet<Ability>, RecordError> {
    let mut found = BTreeSet::new();
    for word in words_of(typed) {
        found.insert(match word.to_lowercase().as_str() {
            "operate" | "run" => Ability::Operate,
            "fix" | "mend" => Ability::Fix,
            "change" => Ability::Change,
            _ => return Err(RecordError::Ability),
        });
    }
    Ok(found)
}

/// The record with a text put into one of its fields.
///
/// # Errors
/// When the text cannot be taken; nothing has changed then.
pub fn changed(
    document: &Document,
    record: AnyRecordId,
    field: usize,
    typed: &str,
    today: Option<Date>,
) -> Result<AnyRecord, RecordError> {
    let typed = typed.trim();
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
                    it.notice_months = stamp(
                        known.value().map_or_else(Known::unknown, |months| Known::exactly(*months as u32)),
                        today,
                    );
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
                _ => it.data_return = stamp(yes_or_no(typed)?, today),
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
            // The same text again leaves ranges, dates and sources as they are.
            if typed == field_text(document, record, field).trim() {
                return Ok(AnyRecord::Risk(id, Box::new(it)));
            }
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
                _ => {
                    it.status = match place(typed, STATUSES)? {
                        1 => RiskStatus::Transferred,
                        2 => RiskStatus::Closed,
                        _ => RiskStatus::Open,
                    };
                }
            }
            Ok(AnyRecord::Risk(id, Box::new(it)))
        }
        _ => Err(RecordError::NotThere),
    }
}
