//! Calendar dates without a clock: "today" always comes in as an argument.

/// A calendar date (proleptic Gregorian). The crate is kept and knows leap years and month ends.
pub use chrono::NaiveDate as Date;
use chrono::{Days, Months};

/// Reads `YYYY-MM-DD`; anything else is `None`, years before 0 and beyond 9999 too, which would be written otherwise.
pub fn parse_iso(text: &str) -> Option<Date> {
    let text = text.trim();
    let in_digits = text.bytes().enumerate().all(|(at, byte)| byte.is_ascii_digit() || matches!(at, 4 | 7));
    (text.len() == 10 && in_digits).then(|| Date::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// Writes `YYYY-MM-DD`.
pub fn to_iso(date: Date) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// Days from `from` to `to`, negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// The day `days` later; `None` beyond the calendar.
pub fn days_after(date: Date, days: u64) -> Option<Date> {
    date.checked_add_days(Days::new(days))
}

/// The same day `months` earlier, clamped to the end of the month (31 August minus six months is 28 or 29 February).
pub fn months_before(date: Date, months: u32) -> Option<Date> {
    date.checked_sub_months(Months::new(months))
}

#[cfg(test)]
mod tests {
    use crate::date::*;

    #[test]
    fn notice_dates_clamp_to_the_month_end() {
        let before = |text, months| months_before(parse_iso(text).unwrap(), months).map(to_iso);
        assert_eq!(before("2026-09-30", 6).as_deref(), Some("2026-03-30"));
        assert_eq!(before("2026-08-31", 6).as_deref(), Some("2026-02-28"));
        assert_eq!(before("2024-08-31", 6).as_deref(), Some("2024-02-29"));
    }

    #[test]
    fn only_whole_iso_dates_are_read() {
        assert!(parse_iso("2026-02-29").is_none());
        assert!(parse_iso("26-02-01").is_none());
        assert_eq!(days_between(parse_iso("2026-01-15").unwrap(), parse_iso("2026-03-30").unwrap()), 74);
    }
}
