//! Breaking texts into lines.
//!
//! Knows widths and characters; knows no map.

use crate::scene::measure::TextMeasure;

/// A line and its width at the font size it was broken for.
#[derive(Debug, Clone, PartialEq)]
pub struct WrappedLine {
    /// The text, without control characters.
    pub text: String,
    /// Width in the unit of the font size.
    pub width: f64,
}

/// How to break.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WrapRules {
    /// Font size.
    pub size: f64,
    /// Bold instead of regular.
    pub bold: bool,
    /// Lines are no wider than this, but for single words up to a third wider.
    pub width: f64,
    /// More lines become an ellipsis.
    pub lines: usize,
    /// Make the lines about equally long instead of filling each.
    pub balanced: bool,
}

/// A word this much wider than a line still stands whole on a line of its own: a broken word reads worse.
const WORD_SLACK: f64 = 1.35;
/// Longest text that is looked at, characters; the rest would not be seen anyway.
const MOST_CHARACTERS: usize = 4_000;
const ELLIPSIS: char = '…';

/// The text in lines: breaks in the text are kept, longer lines are broken at blanks and, where a word alone is
/// too wide, behind `-`, `/`, `_`, `.` or anywhere. Control characters become blanks. Blank texts give no line.
pub fn wrap(text: &str, rules: WrapRules, measure: &dyn TextMeasure) -> Vec<WrappedLine> {
    let width_of = |text: &str| measure.width(text, rules.size, rules.bold);
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.chars().take(MOST_CHARACTERS).peekable();
    let mut paragraph = String::new();
    let mut more = true;
    while more && lines.len() <= rules.lines {
        paragraph.clear();
        more = false;
        for character in rest.by_ref() {
            if character == '\n' {
                more = true;
                break;
            }
            paragraph.push(if character.is_control() { ' ' } else { character });
        }
        let trimmed = paragraph.trim();
        if trimmed.is_empty() {
            continue;
        }
        if width_of(trimmed) <= rules.width {
            lines.push(trimmed.to_owned());
            continue;
        }
        let pieces = pieces_of(trimmed, rules.width, &width_of);
        let blank = width_of(" ");
        let filled = fill(&pieces, rules.width, blank);
        let limit = if rules.balanced { balanced_width(&pieces, filled, rules.width, blank) } else { rules.width };
        join(&pieces, limit, blank, &mut lines);
    }
    if lines.len() > rules.lines {
        lines.truncate(rules.lines.max(1));
        if let Some(last) = lines.last_mut() {
            shorten(last, rules.width, &width_of);
        }
    }
    lines.into_iter().map(|text| WrappedLine { width: width_of(&text), text }).collect()
}

/// One line with an ellipsis where it is wider than `width`.
pub fn ellipsize(text: &str, size: f64, bold: bool, width: f64, measure: &dyn TextMeasure) -> WrappedLine {
    let mut text: String = text.chars().take(MOST_CHARACTERS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let width_of = |text: &str| measure.width(text, size, bold);
    if width_of(&text) > width {
        shorten(&mut text, width, &width_of);
    }
    WrappedLine { width: width_of(&text), text }
}

/// Puts an ellipsis at the end and drops as many characters before it as the width asks for.
fn shorten(text: &mut String, width: f64, width_of: &dyn Fn(&str) -> f64) {
    loop {
        let kept = text.trim_end_matches([' ', ',', ';', ':', '-', '(']).len();
        text.truncate(kept);
        text.push(ELLIPSIS);
        if width_of(text) <= width || kept == 0 {
            return;
        }
        text.pop();
        text.pop();
    }
}

/// A word or a part of one that must not be broken further.
struct Piece {
    text: String,
    width: f64,
    /// A blank stands before it when it is not first in its line.
    spaced: bool,
}

fn pieces_of(text: &str, width: f64, width_of: &dyn Fn(&str) -> f64) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for word in text.split_whitespace() {
        let whole = width_of(word);
        if whole <= width * WORD_SLACK {
            pieces.push(Piece { text: word.to_owned(), width: whole, spaced: true });
            continue;
        }
        let mut spaced = true;
        let mut part = String::new();
        let mut push = |part: &mut String, spaced: &mut bool| {
            let text = std::mem::take(part);
            pieces.push(Piece { width: width_of(&text), text, spaced: *spaced });
            *spaced = false;
        };
        for character in word.chars() {
            let mut buffer = [0; 4];
            let own = width_of(character.encode_utf8(&mut buffer));
            // Marks of no width stay with the letter before them.
            if own > 0.0 && !part.is_empty() && width_of(&part) + own > width {
                push(&mut part, &mut spaced);
            }
            part.push(character);
            if matches!(character, '-' | '/' | '_' | '.') && width_of(&part) > width / 3.0 {
                push(&mut part, &mut spaced);
            }
        }
        if !part.is_empty() {
            push(&mut part, &mut spaced);
        }
    }
    pieces
}

/// How many lines the pieces need at this width.
fn fill(pieces: &[Piece], width: f64, blank: f64) -> usize {
    let mut lines = 0;
    let mut used = f64::INFINITY;
    for piece in pieces {
        let gap = if piece.spaced { blank } else { 0.0 };
        if used + gap + piece.width > width {
            lines += 1;
            used = piece.width;
        } else {
            used += gap + piece.width;
        }
    }
    lines
}

/// The smallest width that needs no more lines.
fn balanced_width(pieces: &[Piece], lines: usize, width: f64, blank: f64) -> f64 {
    let least = width / lines.max(1) as f64 * 0.5;
    let mut low = pieces.iter().map(|p| p.width).fold(least, f64::max).min(width);
    let mut high = width;
    while high - low > 1.0 {
        let middle = 0.5 * (low + high);
        if fill(pieces, middle, blank) <= lines {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

fn join(pieces: &[Piece], width: f64, blank: f64, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut used = 0.0;
    for piece in pieces {
        let gap = if piece.spaced { blank } else { 0.0 };
        if !line.is_empty() && used + gap + piece.width > width {
            lines.push(std::mem::take(&mut line));
        }
        if line.is_empty() {
            used = piece.width;
        } else {
            if piece.spaced {
                line.push(' ');
            }
            used += gap + piece.width;
        }
        line.push_str(&piece.text);
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::scene::measure::{ArialMeasure, TextMeasure};
    use crate::scene::wrap::*;

    const RULES: WrapRules = WrapRules { size: 14.0, bold: false, width: 124.0, lines: 4, balanced: true };

    fn wrapped(text: &str) -> Vec<String> {
        wrap(text, RULES, &ArialMeasure).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn long_names_break_at_blanks_into_even_lines() {
        assert_eq!(wrapped("Kettle"), ["Kettle"]);
        assert_eq!(wrapped("Electronic patient record"), ["Electronic", "patient record"]);
        assert_eq!(wrapped("Spare\nparts"), ["Spare", "parts"]);
        assert_eq!(wrapped(" \n\t "), Vec::<String>::new());
    }

    #[test]
    fn very_long_words_break_and_very_long_names_end_in_an_ellipsis() {
        assert_eq!(wrapped("Donaudampfschifffahrtsgesellschaft").concat(), "Donaudampfschifffahrtsgesellschaft");
        assert!(wrapped("Donaudampfschifffahrtsgesellschaft").len() > 1);
        // 131 px are better than a last line of two letters.
        assert_eq!(wrapped("FastTextEmbeddings"), ["FastTextEmbeddings"]);
        let long = wrapped(&"several words ".repeat(30));
        assert_eq!(long.len(), 4);
        assert!(long[3].ends_with('…'));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked_and_no_letter_is_lost(text in "[a-zA-Zé地\\-/ \n]{0,120}") {
            let lines = wrap(&text, WrapRules { lines: 1000, ..RULES }, &ArialMeasure);
            for line in &lines {
                let words = line.text.split(' ').count();
                prop_assert!(line.width <= if words == 1 { 124.0 * WORD_SLACK } else { 124.0 } + 1e-9, "{line:?}");
                prop_assert!((ArialMeasure.width(&line.text, 14.0, false) - line.width).abs() < 1e-9);
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let joined: String = lines.iter().map(|line| line.text.as_str()).collect();
            prop_assert_eq!(letters(&joined), letters(&text));
        }

        #[test]
        fn any_text_gives_few_clean_lines(text in "\\PC{0,80}|[\u{0}-\u{1f}a-z ]{0,80}") {
            let lines = wrap(&text, RULES, &ArialMeasure);
            prop_assert!(lines.len() <= 4);
            prop_assert!(lines.iter().all(|l| !l.text.is_empty() && !l.text.chars().any(char::is_control)));
        }
    }
}
