//! What people type for numbers, days and unknowns, read.
//!
//! "?" and an empty text are not known, "n/a" does not apply; "2–4" and "3 (2–4)" are ranges; a comma may be a decimal
//! sign or separate thousands. Knows no column and no record.

use crate::app::table::columns::{NOT_APPLICABLE, NOT_KNOWN};
use crate::app::table::CellError;
use crate::date::{parse_iso, Date};
use crate::known::Known;
use crate::model::{folded_name, SupportEnd};

pub(super) fn is_unknown(typed: &str) -> bool {
    let folded = folded_name(typed);
    matches!(folded.as_str(), "" | NOT_KNOWN | "unknown" | "not known")
}

fn is_not_applicable(typed: &str) -> bool {
    let folded = folded_name(typed);
    matches!(folded.as_str(), NOT_APPLICABLE | "na" | "-" | "–" | "not applicable" | "does not apply")
}

pub(super) fn known_text(typed: &str) -> Known<String> {
    if is_unknown(typed) {
        Known::unknown()
    } else if is_not_applicable(typed) {
        Known::not_applicable("Said not to apply")
    } else {
        Known::exactly(typed.to_owned())
    }
}

pub(super) fn choice(typed: &str, words: &'static [&'static str]) -> Result<usize, CellError> {
    let wanted = folded_name(typed);
    let letters = |word: &str| folded_name(word).replace('’', "'");
    words.iter().position(|word| letters(word) == wanted.replace('’', "'")).ok_or(CellError::Choice(words))
}

/// A typed number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Typed {
    Unknown,
    NotApplicable,
    /// Low, planned, high.
    Value(f64, f64, f64),
}

/// "4", "1,200", "61,5", "2–4", "3 (2–4)", "40 %"; anything else, or anything outside, is an error.
pub(super) fn number(typed: &str, min: f64, max: f64) -> Result<Typed, CellError> {
    let error = CellError::Number(min, max);
    if is_unknown(typed) {
        return Ok(Typed::Unknown);
    }
    if is_not_applicable(typed) {
        return Ok(Typed::NotApplicable);
    }
    let one = |text: &str| {
        let value = plain_number(text.trim().trim_end_matches('%').trim()).ok_or(error)?;
        if (min..=max).contains(&value) {
            Ok(value)
        } else {
            Err(error)
        }
    };
    let typed = typed.trim();
    let (value, range) = match typed.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((value, range)) => (Some(one(value)?), range),
        None => (None, typed),
    };
    let ends = range.split_once('–').or_else(|| range.split_once('-')).or_else(|| range.split_once(" to "));
    let (low, high) = match (ends, value) {
        (Some((low, high)), _) => (one(low)?, one(high)?),
        (None, None) => {
            let value = one(range)?;
            return Ok(Typed::Value(value, value, value));
        }
        (None, Some(_)) => return Err(error),
    };
    let value = value.unwrap_or(f64::midpoint(low, high));
    if low <= value && value <= high {
        Ok(Typed::Value(low, value, high))
    } else {
        Err(error)
    }
}

/// A number with a point or a comma for the fraction; a comma in front of three digits separates thousands.
fn plain_number(text: &str) -> Option<f64> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let thousands = |group: &&str| group.split('.').next().is_some_and(|whole| whole.len() == 3 && digits(whole));
    let joined = if rest.is_empty() {
        text.to_owned()
    } else if digits(first) && first.len() <= 3 && rest.iter().all(thousands) {
        format!("{first}{}", rest.concat())
    } else if rest.len() == 1 {
        text.replace(',', ".")
    } else {
        return None;
    };
    let plain = joined.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    joined.parse::<f64>().ok().filter(|value| plain && value.is_finite())
}

pub(crate) fn support_end_typed(typed: &str) -> Result<SupportEnd, CellError> {
    if is_unknown(typed) {
        return Ok(SupportEnd::Unknown);
    }
    match folded_name(typed).as_str() {
        "over" | "ended" | "true" => return Ok(SupportEnd::Over),
        "no date" | "none" | "false" => return Ok(SupportEnd::NoDate),
        _ => {}
    }
    day(typed).map(SupportEnd::On).ok_or(CellError::Date)
}

/// A day as people write it: 2027-03-31, 31/03/2027, 31.3.2027.
pub(crate) fn day(typed: &str) -> Option<Date> {
    let typed = typed.trim();
    let turned = || {
        let parts: Vec<&str> = typed.split(['/', '.']).collect();
        let [day, month, year] = parts.as_slice() else { return None };
        parse_iso(&format!("{:0>4}-{:0>2}-{:0>2}", year.trim(), month.trim(), day.trim()))
    };
    parse_iso(typed).or_else(turned)
}

/// A number that may be unknown or not apply.
pub(crate) fn known_number(typed: &str, min: f64, max: f64) -> Result<Known<f64>, CellError> {
    Ok(match number(typed, min, max)? {
        Typed::Unknown => Known::unknown(),
        Typed::NotApplicable => Known::not_applicable("Said not to apply"),
        Typed::Value(low, value, high) => Known::ranged(low, value, high),
    })
}

/// The same for whole numbers.
pub(crate) fn known_count(typed: &str, min: u64, max: u64) -> Result<Known<u64>, CellError> {
    let known = known_number(typed, min as f64, max as f64)?;
    let whole = |n: &f64| n.round() as u64;
    Ok(match known.range() {
        Some((low, value, high)) => Known::ranged(whole(low), whole(value), whole(high)),
        None if known.is_not_applicable() => Known::not_applicable(known.reason),
        None => Known::unknown(),
    })
}

/// Per cent as a share, 0..=1.
pub(crate) fn known_share(typed: &str) -> Result<Known<f64>, CellError> {
    let known = known_number(typed, 0.0, 100.0)?;
    Ok(match known.range() {
        Some((low, value, high)) => Known::ranged(low / 100.0, value / 100.0, high / 100.0),
        None if known.is_not_applicable() => Known::not_applicable(known.reason),
        None => Known::unknown(),
    })
}
