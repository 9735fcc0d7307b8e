//! Writing XML text safely.
//!
//! Knows the rules of XML 1.0 for characters; knows no picture.

/// Adds text with the five special characters escaped and everything XML 1.0 forbids left out.
/// Line breaks and tabs become blanks, so the text can stand in an attribute too.
pub fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if is_allowed(c) => out.push(c),
            _ => {}
        }
    }
}

/// Whether a character may stand in XML 1.0 (section 2.2, Char) and is no control character.
pub fn is_allowed(character: char) -> bool {
    !character.is_control() && !matches!(u32::from(character), 0xfffe | 0xffff)
}

/// Adds a number with at most two decimals and no trailing zeros; what is not finite becomes 0.
pub fn push_number(out: &mut String, value: f64) {
    use std::fmt::Write as _;
    let hundredths = if value.is_finite() { (value * 100.0).round().clamp(-9e15, 9e15) as i64 } else { 0 };
    let (sign, size) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
    let (whole, part) = (size / 100, size % 100);
    // Writing into a string cannot fail.
    let _ignored = match (part % 10, part) {
        (_, 0) => write!(out, "{sign}{whole}"),
        (0, _) => write!(out, "{sign}{whole}.{}", part / 10),
        _ => write!(out, "{sign}{whole}.{part:02}"),
    };
}

#[cfg(test)]
mod tests {
    use crate::render::xml::*;

    fn number(value: f64) -> String {
        let mut out = String::new();
        push_number(&mut out, value);
        out
    }

    #[test]
    fn numbers_are_short_and_never_minus_zero() {
        assert_eq!(
            [0.0, -0.001, 1.5, -2.25, 10.0, 0.05, -0.1].map(number),
            ["0", "0", "1.5", "-2.25", "10", "0.05", "-0.1"]
        );
        assert_eq!([f64::NAN, f64::INFINITY].map(number), ["0", "0"]);
    }

    #[test]
    fn nothing_gets_out_of_its_quotes() {
        let mut out = String::new();
        push_escaped(&mut out, "<a b=\"c\" d='e'>&\u{0}\u{8}\u{fffe}\n</a>");
        assert_eq!(out, "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp; &lt;/a&gt;");
    }
}
