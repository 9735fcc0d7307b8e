//! What stands in cells: days, amounts, numbers, levels, yes and no, in the spellings of spreadsheets and people.
//!
//! Knows no column and no record. What cannot be read is `None`; nothing is guessed within a cell.

use crate::date::{days_after, Date};
use crate::known::{Basis, Known};
use crate::model::{allowed_address, folded_name, SupportEnd};

use crate::format::csv::columns::Takes;

/// What "03/04/2026" means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// 3 April.
    #[default]
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// First three letters of the months.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Days that spreadsheets count from 30 December 1899: 1954 to 2119, so that plain numbers are no dates.
const SERIALS: std::ops::RangeInclusive<u64> = 20_000..=80_000;

/// Whether a cell can be read as this.
pub(super) fn can_be_read(takes: Takes, cell: &str, order: DateOrder) -> bool {
    match takes {
        Takes::Text => true,
        Takes::Number => known_number(cell, f64::MAX).is_some(),
        Takes::Level(most) => level(cell, most).is_some(),
        Takes::Share => known_share(cell, true).is_some(),
        Takes::SupportEnd => support_end(cell, order).is_some(),
        Takes::Date => date(cell, order).is_some(),
        Takes::Money => known_money(cell).is_some(),
        Takes::YesNo => known_yes_no(cell).is_some(),
        Takes::Address => allowed_address(cell),
    }
}

/// A day: 2027-03-31, 31/03/2027, 31.3.27, 31 Mar 2027, March 31, 2027, 20270331, 46112 (a spreadsheet's count of days),
/// each with or without a time of day behind it.
pub(super) fn date(cell: &str, order: DateOrder) -> Option<Date> {
    let lower = cell.trim().to_lowercase();
    let day_part = match lower.split_once('t') {
        Some((before, after)) if before.ends_with(|c: char| c.is_ascii_digit()) && after.contains(':') => before,
        _ => &lower,
    };
    let mut parts: Vec<&str> = Vec::new();
    for word in day_part.split([' ', ',', '\u{a0}', '/', '-', '.', '–']).filter(|word| !word.is_empty()) {
        // A time of day, or what belongs to it.
        if word.contains(':') || matches!(word, "am" | "pm" | "z" | "of" | "utc" | "gmt") || is_weekday(word) {
            continue;
        }
        parts.push(word);
    }
    let number = |text: &str| -> Option<u32> {
        let bare = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ordinal = text.get(bare.len()..).is_some_and(|end| matches!(end, "" | "st" | "nd" | "rd" | "th"));
        (ordinal && bare.len() <= 4).then(|| bare.parse().ok()).flatten()
    };
    match parts.as_slice() {
        [whole] | [whole, _] if whole.len() >= 5 && whole.bytes().all(|b| b.is_ascii_digit()) => {
            // A fraction behind a point is a time of day.
            let plain = parts.len() == 1 || day_part.contains('.');
            let count: u64 = whole.parse().ok()?;
            if whole.len() == 8 && parts.len() == 1 {
                return Date::from_ymd_opt((count / 10_000) as i32, (count / 100 % 100) as u32, (count % 100) as u32);
            }
            (plain && SERIALS.contains(&count)).then(|| days_after(Date::from_ymd_opt(1899, 12, 30)?, count)).flatten()
        }
        [first, second, third] => {
            let (a, b, c) = (number(first), number(second), number(third));
            let (year, month, day) = match (a, month(second), month(first)) {
                (_, _, Some(month)) => (year(third)?, month, b?),
                (Some(day), Some(month), _) if first.len() <= 4 && third.len() != 1 => match first.len() {
                    4 if first.bytes().all(|b| b.is_ascii_digit()) => (year(first)?, month, c?),
                    _ => (year(third)?, month, day),
                },
                (Some(_), None, _) if first.len() == 4 => (year(first)?, b?, c?),
                (Some(a), None, _) => {
                    let (day, month) = if order == DateOrder::DayFirst { (a, b?) } else { (b?, a) };
                    (year(third)?, month, day)
                }
                _ => return None,
            };
            Date::from_ymd_opt(year, month, day)
        }
        _ => None,
    }
}

fn is_weekday(word: &str) -> bool {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    days.iter().any(|day| word.starts_with(day)) && (word.len() == 3 || word.ends_with("day"))
}

fn month(word: &str) -> Option<u32> {
    let start = word.get(..3)?;
    let place = MONTHS.iter().position(|month| *month == start)?;
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let whole = NAMES.get(place).is_some_and(|name| *name == word);
    (whole || word.len() == 3 || word == "sept").then_some(place as u32 + 1)
}

/// Four digits, or two: 00 to 69 are of this century.
fn year(word: &str) -> Option<i32> {
    let number: i32 = word.parse().ok().filter(|_| word.bytes().all(|b| b.is_ascii_digit()))?;
    match word.len() {
        4 if (1900..=2200).contains(&number) => Some(number),
        2 => Some(number + if number < 70 { 2000 } else { 1900 }),
        _ => None,
    }
}

/// What a day written in three numbers says about the order of its parts: the only order it can be read in, or `Err` when
/// it can be read in both and they differ.
pub(super) fn order_of(cell: &str) -> Option<Result<DateOrder, ()>> {
    let word = cell.split_whitespace().next()?;
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    if first.len() > 2 || second.len() > 2 || !matches!(third.len(), 2 | 4) {
        return None;
    }
    match (date(word, DateOrder::DayFirst), date(word, DateOrder::MonthFirst)) {
        (Some(a), Some(b)) if a == b => None,
        (Some(_), Some(_)) => Some(Err(())),
        (Some(_), None) => Some(Ok(DateOrder::DayFirst)),
        (None, Some(_)) => Some(Ok(DateOrder::MonthFirst)),
        (None, None) => None,
    }
}

/// A day, or whether support is over, as endoflife.date puts it.
pub(super) fn support_end(cell: &str, order: DateOrder) -> Option<SupportEnd> {
    match folded_name(cell).as_str() {
        "?" | "unknown" | "not known" => Some(SupportEnd::Unknown),
        "true" | "yes" | "over" | "ended" | "expired" => Some(SupportEnd::Over),
        "false" | "no" | "no date" | "none" => Some(SupportEnd::NoDate),
        _ => date(cell, order).map(SupportEnd::On),
    }
}

/// Yes or no.
pub(super) fn yes_no(cell: &str) -> Option<bool> {
    match folded_name(cell).trim_end_matches('.') {
        "yes" | "y" | "true" | "x" | "1" | "✓" | "✔" => Some(true),
        "no" | "n" | "false" | "0" | "✗" | "✘" => Some(false),
        _ => None,
    }
}

/// An amount in pence: "£12,500", "12 500,50 €", "GBP 1.2m", "85k". Negative amounts are none.
pub(super) fn money(cell: &str) -> Option<i64> {
    let lower = cell.trim().to_lowercase();
    let mut text = lower.as_str();
    for sign in ["£", "$", "€", "gbp", "eur", "usd"] {
        text = text.strip_prefix(sign).unwrap_or(text).trim();
        text = text.strip_suffix(sign).unwrap_or(text).trim();
    }
    for period in ["p.a.", "pa", "per year", "per annum", "a year", "/year"] {
        text = text.strip_suffix(period).unwrap_or(text).trim();
    }
    let (text, times) = match (text.strip_suffix('k'), text.strip_suffix('m')) {
        (Some(text), _) => (text, 1_000.0),
        (_, Some(text)) => (text, 1_000_000.0),
        _ => (text, 1.0),
    };
    let digits: String =
        text.trim().chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')).collect();
    // The last sign with other than three digits behind it is the decimal sign; the others separate thousands.
    let last = digits.rfind([',', '.']);
    let decimal = last.filter(|at| {
        let behind = digits.len() - at - 1;
        let sign = digits.get(*at..=*at).unwrap_or_default();
        let alone = digits.matches(sign).count() == 1;
        alone && (behind != 3 || times > 1.0)
    });
    let mut plain = String::new();
    for (at, character) in digits.char_indices() {
        match character {
            '0'..='9' => plain.push(character),
            ',' | '.' if Some(at) == decimal => plain.push('.'),
            ',' | '.' => {}
            _ => return None,
        }
    }
    // Whole pence are exact whatever their number.
    let (pounds, pence) = plain.split_once('.').unwrap_or((&plain, ""));
    if times == 1.0 && pence.len() <= 2 && !pounds.is_empty() {
        let pence: i64 = format!("{pence:0<2}").parse().ok()?;
        return pounds.parse::<i64>().ok()?.checked_mul(100)?.checked_add(pence);
    }
    let pence = plain.parse::<f64>().ok()? * times * 100.0;
    (0.0..=1e15).contains(&pence).then(|| pence.round() as i64)
}

/// Low, planned and high: "4", "1,200", "61,5", "40 %", "2–4", "3 (2–4)", "2 to 4".
pub(super) fn numbers(cell: &str) -> Option<(f64, f64, f64)> {
    let text = cell.trim();
    let one = |text: &str| plain_number(text.trim().trim_end_matches('%').trim());
    let (value, range) = match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((value, range)) => (Some(one(value)?), range),
        None => (None, text),
    };
    let ends = range.split_once('–').or_else(|| range.split_once('-')).or_else(|| range.split_once(" to "));
    match (ends, value) {
        (Some((low, high)), value) => {
            let (low, high) = (one(low)?, one(high)?);
            let value = value.unwrap_or(f64::midpoint(low, high));
            (low <= value && value <= high).then_some((low, value, high))
        }
        (None, None) => one(range).map(|value| (value, value, value)),
        (None, Some(_)) => None,
    }
}

/// A number with a point or a comma for the fraction; a comma or a blank in front of three digits separates thousands.
fn plain_number(text: &str) -> Option<f64> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = text.split([',', ' ', '\u{a0}', '\u{202f}']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let thousands = |group: &&str| group.split('.').next().is_some_and(|whole| whole.len() == 3 && digits(whole));
    let joined = if rest.is_empty() {
        text.to_owned()
    } else if digits(first) && first.len() <= 3 && rest.iter().all(thousands) {
        format!("{first}{}", rest.concat())
    } else if rest.len() == 1 && text.contains(',') {
        text.replace(',', ".")
    } else {
        return None;
    };
    let plain = joined.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    joined.parse::<f64>().ok().filter(|value| plain && value.is_finite())
}

/// A share of 1. `per_cent` says that the column holds per cent; a sign in the cell says so too.
pub(super) fn share(cell: &str, per_cent: bool) -> Option<(f64, f64, f64)> {
    let (low, value, high) = numbers(cell)?;
    let by = if per_cent || cell.contains('%') { 100.0 } else { 1.0 };
    let all = (low / by, value / by, high / by);
    (0.0..=1.0).contains(&all.0).then_some(all).filter(|(_, _, high)| *high <= 1.0)
}

/// Unknown, not applicable, or what `read` makes of it; all of it came in with a file.
fn known<T>(cell: &str, read: impl FnOnce(&str) -> Option<Known<T>>) -> Option<Known<T>> {
    let known = match folded_name(cell).as_str() {
        "?" | "unknown" | "not known" => Known::unknown(),
        "n/a" | "na" | "not applicable" | "does not apply" => Known::not_applicable(""),
        _ => read(cell)?,
    };
    Some(Known { basis: Basis::Imported, ..known })
}

/// A text that may be unknown or not apply.
pub(super) fn known_text(cell: &str) -> Option<Known<String>> {
    known(cell, |cell| Some(Known::exactly(cell.to_owned())))
}

/// A number within these limits.
pub(super) fn known_number(cell: &str, most: f64) -> Option<Known<f64>> {
    known(cell, |cell| {
        let (low, value, high) = numbers(cell).filter(|(low, _, high)| *low >= 0.0 && *high <= most)?;
        Some(Known::ranged(low, value, high))
    })
}

/// A share of 1.
pub(super) fn known_share(cell: &str, per_cent: bool) -> Option<Known<f64>> {
    known(cell, |cell| share(cell, per_cent).map(|(low, value, high)| Known::ranged(low, value, high)))
}

/// A whole number, exact up to the largest there is.
pub(super) fn known_count(cell: &str) -> Option<Known<u64>> {
    known(cell, |cell| {
        if let Ok(whole) = cell.parse::<u64>() {
            return Some(Known::exactly(whole));
        }
        let (low, value, high) = range_of_whole(cell).or_else(|| {
            let (low, value, high) = numbers(cell).filter(|(_, _, high)| *high <= 1e15)?;
            Some((low.round() as u64, value.round() as u64, high.round() as u64))
        })?;
        Some(Known::ranged(low, value, high))
    })
}

/// "3 (2–4)" as we write it, exact for any whole number.
fn range_of_whole(cell: &str) -> Option<(u64, u64, u64)> {
    let (value, range) = cell.strip_suffix(')')?.split_once(" (")?;
    let (low, high) = range.split_once('–')?;
    let all = (low.parse().ok()?, value.parse().ok()?, high.parse().ok()?);
    (all.0 <= all.1 && all.1 <= all.2).then_some(all)
}

/// An amount in pence that may be unknown or not apply.
pub(super) fn known_money(cell: &str) -> Option<Known<i64>> {
    known(cell, |cell| money(cell).map(Known::exactly))
}

/// Yes or no, or neither.
pub(super) fn known_yes_no(cell: &str) -> Option<Known<bool>> {
    known(cell, |cell| yes_no(cell).map(Known::exactly))
}

/// Months of notice.
pub(super) fn known_months(cell: &str) -> Option<Known<u32>> {
    let months =
        known_number(cell.trim_end_matches(|c: char| c.is_alphabetic()), 36.0).or_else(|| known_number(cell, 36.0))?;
    Some(whole_steps(months))
}

/// A level from 1 to `most`: "4", "4 – Likely", "2–4", "3 (2–4)", "?", "n/a".
pub(super) fn level(cell: &str, most: u8) -> Option<Known<u8>> {
    let in_words = |cell: &str| -> Option<f64> {
        let (number, words) = cell.split_once([' ', '-', '–', ':', '='])?;
        let worded = words.chars().any(char::is_alphabetic) && !words.contains(|c: char| c.is_ascii_digit());
        worded.then(|| number.trim().parse().ok()).flatten()
    };
    known(cell, |cell| {
        let (low, value, high) = numbers(cell).or_else(|| in_words(cell).map(|n| (n, n, n)))?;
        let whole = low.fract() == 0.0 && high.fract() == 0.0;
        // Between the ends of a range the worse of two middles is planned.
        let levels = (low as u8, value.ceil() as u8, high as u8);
        (whole && low >= 1.0 && high <= f64::from(most)).then(|| Known::ranged(levels.0, levels.1, levels.2))
    })
}

fn whole_steps(known: Known<f64>) -> Known<u32> {
    let range = known.range().map(|(low, value, high)| (*low as u32, value.ceil() as u32, high.ceil() as u32));
    let whole = match range {
        Some((low, value, high)) => Known::ranged(low, value, high),
        None if known.is_not_applicable() => Known::not_applicable(""),
        None => Known::unknown(),
    };
    Known { basis: known.basis, ..whole }
}

/// A known value as its cell says it; what is not known is empty.
pub(super) fn known_cell<T: ToString + PartialEq>(known: &Known<T>) -> String {
    if known.is_not_applicable() {
        return "n/a".to_owned();
    }
    known.range().map_or_else(String::new, |(low, value, high)| {
        if low == high {
            value.to_string()
        } else {
            format!("{} ({}–{})", value.to_string(), low.to_string(), high.to_string())
        }
    })
}

/// Pounds, with pence where there are any.
pub(super) fn money_cell(pence: i64) -> String {
    match pence % 100 {
        0 => (pence / 100).to_string(),
        rest => format!("{}.{rest:02}", pence / 100),
    }
}
