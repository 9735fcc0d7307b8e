//! Coordinates, offsets and other numbers, with what is wrong with them.

use crate::diag::Severity;
use crate::format::owm::lexer::number_prefix;
use crate::format::owm::lower::Lowering;
use crate::format::owm::report::{code, At};
use crate::format::owm::syntax::{Role, Span};
use crate::geom::{Evolution, Map, Point, Vector, Visibility, World};

/// Largest offset of a label in world pixels.
const MAX_OFFSET: f64 = 100_000.0;

impl Lowering<'_, '_> {
    /// The number in the span; `None` when it is left out or cannot be read.
    pub(super) fn number(&mut self, statement: u32, span: Span) -> Option<f64> {
        let text = self.tree.code(span);
        if text.is_empty() {
            return None;
        }
        let at = At(statement, span);
        let Some((value, length)) = number_prefix(text) else {
            let message = "This is not a number; write it as 0.42.";
            self.report.say(Severity::Error, code!("not-a-number"), at, message);
            return None;
        };
        match text.get(length..).unwrap_or("").trim() {
            "" => Some(value),
            "%" => {
                let value = value / 100.0;
                let message = "Per cent are read as a share here; OnlineWardleyMaps takes the number as it stands.";
                let fix = ("Write as a share", span, crate::format::owm::spell::number(value, 2, 0));
                self.report.fixable(Severity::Warning, code!("per-cent"), at, message, fix);
                Some(value)
            }
            _ => {
                let message = "Only the beginning of this is a number; the rest is left aside.";
                self.report.warn(code!("number-with-text"), at, message);
                Some(value)
            }
        }
    }

    /// A number 0..=1, clamped.
    pub(super) fn share(&mut self, statement: u32, span: Span) -> Option<f64> {
        let mut value = self.number(statement, span)?;
        if self.is_mermaid() && value > 1.0 {
            value /= 100.0;
        }
        if !(0.0..=1.0).contains(&value) {
            let message = "This lies outside the map, which goes from 0 to 1; it is shown at the edge.";
            self.report.warn(code!("out-of-range"), At(statement, span), message);
        }
        Some(value.clamp(0.0, 1.0))
    }

    /// Visibility and evolution from the statement's bracket.
    pub(super) fn pair(&mut self, statement: u32) -> (Option<f64>, Option<f64>) {
        let numbers: Vec<Span> = self.tree.spans(statement, Role::Number).collect();
        if let Some((visibility, evolution)) = self.decimal_commas(statement, &numbers) {
            return (Some(visibility), Some(evolution));
        }
        if let Some(third) = numbers.get(2) {
            let span = Span::new(third.start, numbers.last().map_or(third.end, |n| n.end));
            let message = "Coordinates are two numbers, visibility and evolution; the others are left aside.";
            self.report.warn(code!("too-many-numbers"), At(statement, span), message);
        }
        let visibility = numbers.first().and_then(|span| self.share(statement, *span));
        let evolution = numbers.get(1).and_then(|span| self.share(statement, *span));
        (visibility, evolution)
    }

    /// `[0,79, 0,61]`, written with commas as in German or French.
    fn decimal_commas(&mut self, statement: u32, numbers: &[Span]) -> Option<(f64, f64)> {
        let [a, b, c, d] = numbers else { return None };
        let joined = |whole: &Span, fraction: &Span| {
            let (whole_text, digits) = (self.tree.code(*whole), self.tree.code(*fraction));
            let looks_so = matches!(whole_text, "0" | "1")
                && fraction.start == whole.end + 1
                && !digits.is_empty()
                && digits.bytes().all(|b| b.is_ascii_digit());
            looks_so.then(|| format!("{whole_text}.{digits}").parse::<f64>().ok()).flatten()
        };
        let (visibility, evolution) = (joined(a, b)?, joined(c, d)?);
        let span = Span::new(a.start, d.end);
        let message = "Numbers are written with a point; the commas are read as points here.";
        let replacement =
            format!("{}.{}, {}.{}", self.tree.code(*a), self.tree.code(*b), self.tree.code(*c), self.tree.code(*d));
        let fix = ("Write points", span, replacement);
        self.report.fixable(Severity::Warning, code!("decimal-comma"), At(statement, span), message, fix);
        Some((visibility.clamp(0.0, 1.0), evolution.clamp(0.0, 1.0)))
    }

    /// A component's place; what is left out stays undecided.
    pub(super) fn component_place(&mut self, statement: u32) -> (Option<Visibility>, Option<Evolution>) {
        let (visibility, evolution) = self.pair(statement);
        if visibility.is_none() || evolution.is_none() {
            let message = "This component has no full pair of coordinates, so its place is undecided; OnlineWardleyMaps fills in 0.9 for the visibility and 0.1 for the evolution.";
            self.report.notice(code!("no-place"), self.at(statement, Role::Name), message);
        }
        (visibility.map(Visibility::clamped), evolution.map(Evolution::clamped))
    }

    /// The place of a note or an arrow; what is left out gets OWM's default.
    pub(super) fn point(&mut self, statement: u32) -> Point<Map> {
        let (visibility, evolution) = self.pair(statement);
        if visibility.is_none() || evolution.is_none() {
            let message = "This has no full pair of coordinates; 0.9 is used for the visibility and 0.1 for the evolution, as OnlineWardleyMaps does.";
            self.report.notice(code!("no-place"), At(statement, self.tree.body(statement)), message);
        }
        Point::new(evolution.unwrap_or(0.1), visibility.unwrap_or(0.9))
    }

    /// The label's offset in world pixels.
    pub(super) fn label(&mut self, statement: u32) -> Option<Vector<World>> {
        let whole = self.tree.span(statement, Role::Label)?;
        let numbers: Vec<Span> = self.tree.spans(statement, Role::LabelNumber).collect();
        let mut values = numbers.iter().map(|span| self.number(statement, *span));
        match (values.next().flatten(), values.next().flatten()) {
            (Some(x), Some(y)) => Some(Vector::new(x.clamp(-MAX_OFFSET, MAX_OFFSET), y.clamp(-MAX_OFFSET, MAX_OFFSET))),
            _ => {
                let message = "A label needs two numbers, to the right and down; without them its place is automatic.";
                self.report.warn(code!("label-numbers"), At(statement, whole), message);
                None
            }
        }
    }
}
