//! How numbers, names and whole statements are written, so that today's OWM reads them the same.

/// A number with at least `least` decimals. More are used, up to four, where they say the number exactly, as somebody
/// typed it; of longer ones `old` are kept, as many as the text had before.
pub(super) fn number(value: f64, least: usize, old: usize) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let digits = decimals(value, least, old);
    let text = format!("{value:.digits$}");
    // "-0.00" says nothing but a rounding.
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|b| b == b'0' || b == b'.') => rest.to_owned(),
        _ => text,
    }
}

/// How many decimals [`number`] uses.
pub(super) fn decimals(value: f64, least: usize, old: usize) -> usize {
    (least..=4.max(least))
        .find(|digits| {
            let scale = 10f64.powi(i32::try_from(*digits).unwrap_or(0));
            ((value * scale).round() / scale - value).abs() < 1e-9
        })
        .unwrap_or_else(|| old.clamp(least, 8))
}
