//! What the fields of the records say.

use crate::analysis::rank::shown;
use crate::app::report::records::change::load;
use crate::app::report::records::kinds::{
    AVAILABLE, HOLDERS, KNOWN, LOSSES, MONEY, PATHWAY_KINDS, REPLACEMENTS, RESPONSES, STAGES, STATUSES,
};
use crate::app::report::records::provenance::{in_record, part_of, part_text};
use crate::app::report::records::system::system_text;
use crate::app::table::columns::{plain, support_words, NOT_APPLICABLE, NOT_KNOWN};
use crate::date::{to_iso, Date};
use crate::known::Known;
use crate::model::{Ability, AnyRecordId, ComponentId, Control, Document, LossLine, PathwayKind, Pence, RiskAction};

fn system_names(document: &Document, ids: impl Iterator<Item = ComponentId>) -> String {
    let names: Vec<String> =
        ids.filter_map(|id| document.components.get(&id)).map(|component| shown(&component.name)).collect();
    names.join("; ")
}

pub(super) fn control_in_words(control: &Control) -> String {
    let state = match (control.built, control.built_on) {
        (false, _) => "planned".to_owned(),
        (true, None) => "in place".to_owned(),
        (true, Some(date)) => format!("in place since {}", to_iso(date)),
    };
    format!("{} | {state}", one_line(&control.text))
}

fn action_in_words(action: &RiskAction) -> String {
    let due = action.due.map_or_else(String::new, |due| format!("by {}", to_iso(due)));
    let cost = action.cost.map_or_else(String::new, |cost| format!("£{}", pounds_of(cost)));
    let parts = [one_line(&action.text), one_line(&action.owner), due, cost, one_line(&action.expected_after)];
    parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
}

/// One line, without the sign that parts it from what follows.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "/")
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
        AnyRecordId::Lifecycle(_) => shown(&format!("{name} {}", field_text(document, record, 1))),
        _ => shown(&name),
    }
}

/// What a field says.
pub fn field_text(document: &Document, record: AnyRecordId, field: usize) -> String {
    if let (Some((field, part)), None) = (part_of(field), record.component()) {
        let mut record = load(document, record);
        let known = record.as_mut().and_then(|record| in_record(record, field));
        return known.map_or_else(String::new, |it| part_text(&it, part));
    }
    match record {
        AnyRecordId::Component(id) => system_text(document, id, field),
        AnyRecordId::Lifecycle(id) => document.lifecycles.get(&id).map(|l| match field {
            0 => l.product.clone(),
            1 => l.cycle.clone(),
            2 => support_words(l.security_ends),
            3 => support_words(l.support_ends),
            4 => support_words(l.extended_ends),
            5 => l.extended_bought.clone(),
            6 => l.source.clone(),
            _ => date(l.imported_on),
        }),
        AnyRecordId::Pathway(id) => document.pathways.get(&id).map(|p| match field {
            0 => p.name.clone(),
            1 => word(PATHWAY_KINDS, usize::from(p.kind == PathwayKind::Disease)),
            2 => ranged(&p.volume_per_day, u64::to_string),
            3 => ranged(&p.importance, u8::to_string),
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
            2 => ranged(&c.annual_charge, |pence| pounds_of(*pence)),
            3 => system_names(document, c.components.iter().copied()),
            4 => date(c.start),
            5 => date(c.end),
            6 => date(c.extension_to),
            7 => known_bool(&c.auto_renews),
            8 => ranged(&c.notice_months, u32::to_string),
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
            12 => known_bool(&c.data_return),
            13 => known(&c.terminate_for_convenience, |it| {
                format!("{} months, £{}", it.notice_months, pounds_of(it.charge))
            }),
            14 => ranged(&c.indexation_pct, |value| plain(*value)),
            15 => word(MONEY, usize::from(c.capital)),
            16 => known_bool(&c.escrow),
            _ => c.transfer_restrictions.clone(),
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
            6 => ranged(&h.written_down, percent),
            _ => list(h.skills.iter().cloned()),
        }),
        AnyRecordId::RedundancyGroup(id) => document.redundancy_groups.get(&id).map(|g| match field {
            0 => g.name.clone(),
            1 => g.need.to_string(),
            2 => ranged(&g.beta, percent),
            3 => list(g.shared.iter().cloned()),
            _ => {
                let links = document.links.values().filter(|link| link.group == Some(id));
                let name = |id| system_names(document, std::iter::once(id));
                links.map(|link| format!("{} → {}", name(link.from), name(link.to))).collect::<Vec<_>>().join("\n")
            }
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
            14 => word(STATUSES, r.status as usize),
            15 => word(STAGES, r.stage as usize),
            16 => {
                let pathways = r.pathways.iter().filter_map(|id| document.pathways.get(id));
                pathways.map(|pathway| shown(&pathway.name)).collect::<Vec<_>>().join("; ")
            }
            17 => ranged(&r.harm.patients, u64::to_string),
            18 => r.nhs_domain.clone(),
            19 => r.controls.iter().map(control_in_words).collect::<Vec<_>>().join("\n"),
            20 => r.actions.iter().map(action_in_words).collect::<Vec<_>>().join("\n"),
            _ => ranged(&r.harm.qaly, |value| plain(*value)),
        }),
        _ => None,
    }
    .unwrap_or_default()
}
