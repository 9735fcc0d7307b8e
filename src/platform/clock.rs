//! Time and chance: the only place that asks the browser for either.

use crate::date::Date;

/// Milliseconds since 1970.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// The local date.
pub fn today() -> Option<Date> {
    let now = js_sys::Date::new_0();
    Date::from_ymd_opt(i32::try_from(now.get_full_year()).ok()?, now.get_month() + 1, now.get_date())
}

/// The local time, "14:02".
pub fn clock() -> String {
    let now = js_sys::Date::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}

/// A moment in words for a sentence: "today at 14:02", "yesterday at 09:30", "on 3 March 2026 at 14:02".
pub fn moment_in_words(at_ms: f64) -> String {
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
    let then = js_sys::Date::new(&at_ms.into());
    let clock = format!("{:02}:{:02}", then.get_hours(), then.get_minutes());
    let day = |date: &js_sys::Date| (date.get_full_year(), date.get_month(), date.get_date());
    let now = js_sys::Date::new_0();
    let yesterday = js_sys::Date::new(&(now_ms() - 86_400_000.0).into());
    if day(&then) == day(&now) {
        format!("today at {clock}")
    } else if day(&then) == day(&yesterday) {
        format!("yesterday at {clock}")
    } else {
        let month = MONTHS.get(then.get_month() as usize).copied().unwrap_or_default();
        format!("on {} {month} {} at {clock}", then.get_date(), then.get_full_year())
    }
}

/// A seed that differs between sessions.
pub fn seed() -> u64 {
    let mut bytes = [0u8; 8];
    let random = crate::platform::dom::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if random {
        u64::from_le_bytes(bytes)
    } else {
        now_ms().to_bits()
    }
}
