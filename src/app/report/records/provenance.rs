//! Where a value comes from, as fields of their own: on what it rests, from when, who said so, until when it counts as
//! fresh, and why it is not known or does not apply.
//!
//! A field of a record has an address; the parts of its provenance have addresses behind it (see [`part_address`]), so
//! that they are written, read and refused as any field.

use crate::app::report::records::kinds::{choice, lines, text, RecordField};
use crate::app::report::records::read::{opt_day, place, RecordError};
use crate::date::{to_iso, Date};
use crate::edit::AnyRecord;
use crate::known::{Basis, Known, DEFAULT_REVIEW_DAYS};
use crate::model::{SystemFacts, IMPACT_CRITERIA, LIKELIHOOD_CRITERIA};

/// Where the addresses of the parts begin: each part is this far behind the one before.
const STEP: usize = 1_000;
/// Where the thirteen questions begin among the fields of a system.
pub const QUESTIONS: usize = 100;
/// Fewest characters of a reason.
const REASON_LENGTH: usize = 10;
const FEWEST_DAYS: u16 = 30;
const MOST_DAYS: u16 = 1_825;

const BASES: &[&str] = &["Measured", "Document", "Interview", "Estimate", "Imported", "Worked out", "Assumed"];
const BASIS_VALUES: [Basis; 7] = [
    Basis::Measured,
    Basis::Document,
    Basis::Interview,
    Basis::Estimate,
    Basis::Imported,
    Basis::Derived,
    Basis::Assumed,
];

/// The parts.
pub static PARTS: [RecordField; 5] = [
    choice("Rests on", BASES),
    text("As of", "2027-03-31"),
    text("Said by", "a role"),
    text("Look again after, days", "365"),
    lines("Why it is not known or does not apply", "at least 10 characters"),
];

/// The address of a part of the provenance of a field.
pub fn part_address(field: usize, part: usize) -> usize {
    field + STEP * (part + 1)
}

/// The field and the part that an address stands for; `None` for a plain field.
pub(super) fn part_of(address: usize) -> Option<(usize, usize)> {
    (address >= STEP).then(|| (address % STEP, address / STEP - 1))
}

/// What any value says about where it comes from.
pub(super) struct Provenance<'k> {
    basis: &'k mut Basis,
    as_of: &'k mut Option<Date>,
    by: &'k mut String,
    review_days: &'k mut Option<u16>,
    reason: &'k mut String,
}

fn of<T>(known: &mut Known<T>) -> Option<Provenance<'_>> {
    let Known { basis, as_of, by, review_days, reason, .. } = known;
    Some(Provenance { basis, as_of, by, review_days, reason })
}

/// The provenance of a field of a record; `None` for fields that are no more than a text.
pub(super) fn in_record(record: &mut AnyRecord, field: usize) -> Option<Provenance<'_>> {
    match (record, field) {
        (AnyRecord::Pathway(_, it), 2) => of(&mut it.volume_per_day),
        (AnyRecord::Pathway(_, it), 3) => of(&mut it.importance),
        (AnyRecord::Contract(_, it), 2) => of(&mut it.annual_charge),
        (AnyRecord::Contract(_, it), 7) => of(&mut it.auto_renews),
        (AnyRecord::Contract(_, it), 8) => of(&mut it.notice_months),
        (AnyRecord::Contract(_, it), 11) => of(&mut it.exit_plan),
        (AnyRecord::Contract(_, it), 12) => of(&mut it.data_return),
        (AnyRecord::Contract(_, it), 13) => of(&mut it.terminate_for_convenience),
        (AnyRecord::Contract(_, it), 14) => of(&mut it.indexation_pct),
        (AnyRecord::Contract(_, it), 16) => of(&mut it.escrow),
        (AnyRecord::Knowledge(_, it), 6) => of(&mut it.written_down),
        (AnyRecord::RedundancyGroup(_, it), 2) => of(&mut it.beta),
        (AnyRecord::Risk(_, it), 5) => of(&mut it.frequency),
        (AnyRecord::Risk(_, it), 7) => of(&mut it.harm.severity),
        (AnyRecord::Risk(_, it), 8) => of(&mut it.harm.likelihood),
        (AnyRecord::Risk(_, it), 9) => of(&mut it.nhs_likelihood),
        (AnyRecord::Risk(_, it), 10) => of(&mut it.nhs_consequence),
        (AnyRecord::Risk(_, it), 17) => of(&mut it.harm.patients),
        (AnyRecord::Risk(_, it), 21) => of(&mut it.harm.qaly),
        _ => None,
    }
}

/// The provenance of a field of a system, or of one of its thirteen answers.
pub(super) fn in_facts(facts: &mut SystemFacts, field: usize) -> Option<Provenance<'_>> {
    match field {
        3 => of(&mut facts.owner_business),
        4 => of(&mut facts.owner_technical),
        9 => of(&mut facts.users),
        10 => of(&mut facts.patients_per_day),
        11 => of(&mut facts.tolerable_outage_h),
        12 => of(&mut facts.recovery_h),
        14 => of(&mut facts.fail_rate),
        15 => of(&mut facts.functional_fit),
        16 => of(&mut facts.technical_fit),
        _ => {
            let place = field.checked_sub(QUESTIONS)?;
            if place < LIKELIHOOD_CRITERIA {
                of(facts.likelihood.get_mut(place)?)
            } else if place < LIKELIHOOD_CRITERIA + IMPACT_CRITERIA {
                of(facts.impact.get_mut(place - LIKELIHOOD_CRITERIA)?)
            } else {
                None
            }
        }
    }
}

/// What a part says.
pub(super) fn part_text(it: &Provenance<'_>, part: usize) -> String {
    match part {
        0 => {
            let at = BASIS_VALUES.iter().position(|basis| basis == it.basis);
            at.and_then(|at| BASES.get(at)).map_or_else(String::new, |word| (*word).to_owned())
        }
        1 => it.as_of.map_or_else(String::new, to_iso),
        2 => it.by.clone(),
        3 => it.review_days.unwrap_or(DEFAULT_REVIEW_DAYS).to_string(),
        _ => it.reason.clone(),
    }
}

/// Puts a text into a part.
pub(super) fn set_part(it: Provenance<'_>, part: usize, typed: &str) -> Result<(), RecordError> {
    match part {
        0 => *it.basis = BASIS_VALUES.get(place(typed, BASES)?).copied().unwrap_or_default(),
        1 => *it.as_of = opt_day(typed)?,
        2 => *it.by = typed.to_owned(),
        3 => {
            let days: u16 = match typed {
                "" => DEFAULT_REVIEW_DAYS,
                typed => typed.parse().map_err(|_no_number| RecordError::Days)?,
            };
            if !(FEWEST_DAYS..=MOST_DAYS).contains(&days) {
                return Err(RecordError::Days);
            }
            *it.review_days = Some(days).filter(|days| *days != DEFAULT_REVIEW_DAYS);
        }
        _ if !typed.is_empty() && typed.chars().count() < REASON_LENGTH => return Err(RecordError::Reason),
        _ => *it.reason = typed.to_owned(),
    }
    Ok(())
}
