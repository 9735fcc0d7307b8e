//! Numbers and dates as one says them.

use crate::date::{to_iso, Date};

/// 1234567 as "1,234,567".
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Pounds, rounded to what anybody would say: "£950", "£41,000", "£1.2 million".
pub fn pounds(amount: f64) -> String {
    let amount = if amount.is_finite() { amount.max(0.0) } else { 0.0 };
    match amount {
        a if a >= 999_500.0 => {
            let millions = format!("{:.1}", a / 1e6);
            format!("£{} million", millions.trim_end_matches(".0"))
        }
        a if a >= 9_950.0 => format!("£{}", thousands((a / 1_000.0).round() as u64 * 1_000)),
        a if a >= 1_000.0 => format!("£{}", thousands((a / 100.0).round() as u64 * 100)),
        a => format!("£{a:.0}"),
    }
}

/// A chance in a year as a sentence without its full stop: "The chance in a year is about 1 in 12".
pub fn one_in(chance: f64) -> String {
    match chance {
        c if c >= 0.95 => "It happens nearly every year".to_owned(),
        c if c > 0.6 => "It is more likely than not in any year".to_owned(),
        c if c > 0.4 => "It happens about every other year".to_owned(),
        c if c >= 1e-4 => format!("The chance in a year is about 1 in {}", thousands((1.0 / c).round() as u64)),
        c if c > 0.0 => "The chance in a year is below 1 in 10,000".to_owned(),
        _ => "It is not expected to happen at all".to_owned(),
    }
}

/// Hours as one says them: "40 minutes", "9 hours", "3 days".
pub fn hours(hours: f64) -> String {
    let count = |n: f64, unit: &str| format!("{n:.0} {unit}{}", if n.round() == 1.0 { "" } else { "s" });
    match hours {
        h if h < 1.0 / 60.0 => "no time at all".to_owned(),
        h if h < 1.0 => count(h * 60.0, "minute"),
        h if h < 72.0 => count(h, "hour"),
        h => count(h / 24.0, "day"),
    }
}

/// A date as "30 March 2026".
pub fn date_in_words(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let iso = to_iso(date);
    let parts: Vec<&str> = iso.rsplitn(3, '-').collect();
    let number = |place: usize| parts.get(place).and_then(|p| p.parse::<usize>().ok());
    match (number(0), number(1).and_then(|m| MONTHS.get(m.checked_sub(1)?)), parts.get(2)) {
        (Some(day), Some(month), Some(year)) => format!("{day} {month} {year}"),
        _ => iso,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::voice::words::*;
    use crate::date::parse_iso;

    #[test]
    fn amounts_are_said_as_people_say_them() {
        let said = [0.0, 949.6, 1_234.0, 40_349.39, 999_600.0, 1_576_666_666.67, 2e6].map(pounds);
        assert_eq!(said, ["£0", "£950", "£1,200", "£40,000", "£1 million", "£1576.7 million", "£2 million"]);
    }

    #[test]
    fn chances_hours_and_dates() {
        assert_eq!(one_in(0.2212), "The chance in a year is about 1 in 5");
        assert_eq!(one_in(1e-9), "The chance in a year is below 1 in 10,000");
        assert_eq!([0.5, 1.0, 9.0, 96.0].map(hours), ["30 minutes", "1 hour", "9 hours", "4 days"]);
        assert_eq!(date_in_words(parse_iso("2026-03-30").unwrap()), "30 March 2026");
    }
}
