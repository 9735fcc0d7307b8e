//! Widths of texts, so that a map is laid out the same on every screen, in a file and in a test.
//!
//! Knows fonts' metrics; knows no label, no canvas. [`ArialMeasure`] carries the widths of Arial, to which
//! Helvetica and Liberation Sans are metric-compatible, so no browser has to be asked.

mod widths;

/// Height of a capital letter over the font size (Arial: 1467 / 2048).
pub const CAP_HEIGHT: f64 = 0.716;
/// Part of the font size above the baseline that a line's box needs.
pub const ASCENT: f64 = 0.76;
/// Part of the font size below the baseline that a line's box needs.
pub const DESCENT: f64 = 0.22;

/// Gives widths of texts.
pub trait TextMeasure {
    /// Width of one line of text at font size 1; never negative, always finite.
    fn unit_width(&self, text: &str, bold: bool) -> f64;

    /// Width of one line of text at this font size, in the unit of the size.
    fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        self.unit_width(text, bold) * size
    }
}

/// Arial's widths without kerning; estimates for other scripts.
#[derive(Debug, Clone, Copy, Default)]
pub struct ArialMeasure;

impl ArialMeasure {
    /// Advance of a character in thousandths of the font size.
    pub fn advance(character: char, bold: bool) -> u16 {
        let code = u32::from(character);
        let table = |regular: &[u16], heavy: &[u16], from: u32| {
            let list = if bold { heavy } else { regular };
            list.get((code - from) as usize).copied().unwrap_or(widths::OTHER)
        };
        match code {
            0x20..=0x7e => table(&widths::ASCII, &widths::ASCII_BOLD, 0x20),
            0xa0..=0x17f => table(&widths::LATIN, &widths::LATIN_BOLD, 0xa0),
            0..=0x1f | 0x7f..=0x9f => 0,
            _ => widths::other(code, bold),
        }
    }
}

impl TextMeasure for ArialMeasure {
    fn unit_width(&self, text: &str, bold: bool) -> f64 {
        let thousandths: u64 = text.chars().map(|c| u64::from(Self::advance(c, bold))).sum();
        thousandths as f64 / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use crate::scene::measure::*;

    #[test]
    fn widths_are_those_of_helvetica() {
        // Adobe's published metrics of Helvetica: W 944, i 222, space 278, M 833; bold i 278.
        let m = ArialMeasure;
        assert_eq!(m.width("Wi M", 1000.0, false), 944.0 + 222.0 + 278.0 + 833.0);
        assert_eq!(m.width("i", 1000.0, true), 278.0);
        assert_eq!(m.width("é", 14.0, false), m.width("e", 14.0, false));
    }

    #[test]
    fn other_scripts_get_a_sensible_width() {
        let m = ArialMeasure;
        assert_eq!(m.width("地図", 10.0, false), 20.0);
        assert_eq!(m.width("🗺", 10.0, false), 12.0);
        assert_eq!(m.width("e\u{301}", 10.0, false), m.width("e", 10.0, false));
        assert!(m.width("Ж", 10.0, false) > 5.0);
        assert_eq!(m.width("\u{0}\u{200b}", 10.0, false), 0.0);
    }
}
