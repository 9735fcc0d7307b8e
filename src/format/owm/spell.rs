//! How numbers, names and whole statements are written, so that today's OWM reads them the same.
//!
//! Knows no text that was there before: see `sync` for changing one.

use std::borrow::Cow;
use std::fmt::Write;

use crate::format::owm::lexer::{find_arrow, in_quotes, is_blank, last_word_is};
use crate::format::owm::lint::{begins_reserved, has_version};
use crate::format::owm::said::{SaidComponent, SaidEvolve, SaidLink};
use crate::format::owm::statement::keyword;
use crate::format::owm::syntax::{Dialect, Flag, Form};
use crate::geom::{Map, Point};
use crate::model::{AttitudeKind, FlowDirection, LinkKind};

/// Decimals of coordinates.
pub(super) const PLACE: usize = 2;
/// Decimals of offsets, which OWM writes as whole pixels.
pub(super) const OFFSET: usize = 0;

/// A number with at least `least` decimals. More are used, up to four, where they say the number exactly, as somebody
/// typed it; of longer ones `old` are kept, as many as the text had before.
pub(in crate::format) fn number(value: f64, least: usize, old: usize) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let digits = exact_decimals(value, least, 4).unwrap_or_else(|| old.clamp(least, 8));
    let text = format!("{value:.digits$}");
    // "-0.00" says nothing but a rounding.
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|b| b == b'0' || b == b'.') => rest.to_owned(),
        _ => text,
    }
}

/// The smallest number of decimals within `least..=most` that says the number exactly.
fn exact_decimals(value: f64, least: usize, most: usize) -> Option<usize> {
    (least..=most.max(least)).find(|digits| {
        let scale = 10f64.powi(i32::try_from(*digits).unwrap_or(0));
        ((value * scale).round() / scale - value).abs() < 1e-9
    })
}

/// Whether writing `value` over a text that says `said` would say the same again.
pub(super) fn same_number(said: f64, value: f64, least: usize) -> bool {
    if (said - value).abs() < 1e-9 {
        return true;
    }
    let old = exact_decimals(said, 0, 8).unwrap_or(8);
    number(value, least, old).parse().is_ok_and(|written: f64| (written - said).abs() < 1e-9)
}

/// Where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Behind `component` and the like.
    Declared {
        /// Coordinates follow.
        bracket: bool,
    },
    /// First end of a link.
    LinkStart,
    /// Any other end of a link.
    LinkEnd,
    /// In `evolve`, before or behind the arrow.
    Evolving,
    /// Behind `pipeline`.
    Parent,
    /// Text of a note or an annotation, name of an arrow.
    Text,
}

/// A name as it has to be written there: in quotes where it would be read as something else.
pub(super) fn name(name: &str, slot: Slot) -> Cow<'_, str> {
    if needs_quotes(name, slot) {
        Cow::Owned(in_quotes(name))
    } else {
        Cow::Borrowed(name)
    }
}

/// A name as it has to be written behind an arrow (`in_link`), or behind `evolve` and `pipeline`.
pub fn name_in_line(text: &str, in_link: bool) -> String {
    name(text, if in_link { Slot::LinkEnd } else { Slot::Evolving }).into_owned()
}

fn needs_quotes(name: &str, slot: Slot) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '"' | '[' | '{' | '}');
    if name.is_empty() || name.contains(odd) || name.contains("//") || name.contains("/*") {
        return true;
    }
    let has_arrow = || find_arrow(name, 0, Dialect::Owm, false).is_some() || name.contains("+'");
    match slot {
        Slot::Text => last_word_is(name, "label").is_some(),
        Slot::Declared { bracket } => {
            has_arrow()
                || last_word_is(name, "label").is_some()
                || (!bracket && (name.contains('(') || name.split(is_blank).any(|w| w.eq_ignore_ascii_case("evolve"))))
        }
        Slot::Parent => has_arrow() || last_word_is(name, "label").is_some(),
        Slot::LinkStart | Slot::LinkEnd => {
            has_arrow()
                || name.contains(';')
                || meets_arrow(name)
                || name.starts_with('#')
                || (slot == Slot::LinkStart && (begins_reserved(name) || keyword(name).is_some()))
        }
        Slot::Evolving => has_arrow() || has_version(name) || meets_arrow(name),
    }
}

/// Whether an arrow beside the name would run into it.
fn meets_arrow(name: &str) -> bool {
    name.ends_with(['-', '+']) || name.ends_with("-.") || name.starts_with(['<', '>', '\''])
}

/// `[0.79, 0.61]`; what is undecided stays empty, which OWM fills in.
pub(super) fn bracket(visibility: Option<f64>, evolution: Option<f64>) -> String {
    let one = |value: Option<f64>| value.map(|v| number(v, PLACE, 0)).unwrap_or_default();
    format!("[{}, {}]", one(visibility), one(evolution))
}

pub(super) fn place(at: Point<Map>) -> String {
    bracket(Some(at.y), Some(at.x))
}

pub(super) fn label((x, y): (f64, f64)) -> String {
    format!("label [{}, {}]", number(x, OFFSET, 0), number(y, OFFSET, 0))
}

pub(super) fn word(form: Form) -> &'static str {
    match form {
        Form::Component => "component",
        Form::Anchor => "anchor",
        Form::Submap => "submap",
        Form::Market => "market",
        Form::Ecosystem => "ecosystem",
    }
}

pub(super) fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::Build => "build",
        Flag::Buy => "buy",
        Flag::Outsource => "outsource",
        Flag::Market => "market",
        Flag::Ecosystem => "ecosystem",
        Flag::Inertia => "inertia",
    }
}

pub(super) fn attitude(kind: AttitudeKind) -> &'static str {
    match kind {
        AttitudeKind::Pioneers => "pioneers",
        AttitudeKind::Settlers => "settlers",
        AttitudeKind::TownPlanners => "townplanners",
    }
}

/// ` inertia (buy, market)`: in one pair of parentheses, as OWM finds only the first pair.
pub(super) fn flags(said: &SaidComponent<'_>) -> String {
    let mut text = String::new();
    if said.inertia {
        text.push_str(" inertia");
    }
    let words: Vec<&str> = said.method_flag().into_iter().chain(said.symbol_flag()).map(flag).collect();
    if !words.is_empty() {
        text.push_str(" (");
        text.push_str(&words.join(", "));
        text.push(')');
    }
    text
}

/// The brackets with the component's place; `[, ]` when it is undecided and more follows, else nothing.
pub(super) fn place_of(said: &SaidComponent<'_>) -> String {
    match (said.variant_of, said.visibility, said.evolution) {
        (None, None, None) if said.has_tail() => bracket(None, None),
        (_, None, None) => String::new(),
        (Some(_), _, Some(evolution)) => format!("[{}]", number(evolution, PLACE, 0)),
        (_, visibility, evolution) => bracket(visibility, evolution),
    }
}

/// A component's whole line; `url_key` names the line with its address.
pub(super) fn component(said: &SaidComponent<'_>, url_key: Option<&str>) -> String {
    let place = place_of(said);
    let mut line = String::new();
    if said.hidden {
        line.push_str("// ");
    }
    line.push_str(word(said.form));
    line.push(' ');
    line.push_str(&name(&said.name, Slot::Declared { bracket: !place.is_empty() }));
    if !place.is_empty() {
        line.push(' ');
        line.push_str(&place);
    }
    if let Some(offset) = said.label {
        line.push(' ');
        line.push_str(&label(offset));
    }
    line.push_str(&flags(said));
    if let Some(key) = url_key {
        // Writing into a String cannot fail.
        let _ok = write!(line, " url({key})");
    }
    line
}

pub(super) fn evolve(source: &str, said: &SaidEvolve<'_>) -> String {
    let mut line = format!("evolve {}", name(source, Slot::Evolving));
    if let Some(new) = &said.name {
        line.push_str("->");
        line.push_str(&name(new, Slot::Evolving));
    }
    line.push(' ');
    line.push_str(&number(said.to, PLACE, 0));
    if let Some(offset) = said.label {
        line.push(' ');
        line.push_str(&label(offset));
    }
    line
}

/// `->`, `+>`, `+'text'<>` …
pub(super) fn arrow(said: &SaidLink<'_>) -> String {
    let LinkKind::Flow(direction) = said.kind else { return "->".to_owned() };
    let head = match direction {
        FlowDirection::Forward => ">",
        FlowDirection::Backward => "<",
        FlowDirection::Both => "<>",
    };
    if said.flow_text.is_empty() {
        format!("+{head}")
    } else {
        format!("+'{}'{head}", said.flow_text)
    }
}

pub(super) fn link(from: &str, said: &SaidLink<'_>, to: &str) -> String {
    let mut line = format!("{}{}{}", name(from, Slot::LinkStart), arrow(said), name(to, Slot::LinkEnd));
    if !said.context.is_empty() {
        line.push_str("; ");
        line.push_str(&said.context);
    }
    line
}

pub(super) fn pipeline(parent: &str, span: Option<(f64, f64)>) -> String {
    let ends = span.map(|(left, right)| format!(" {}", bracket(Some(left), Some(right)))).unwrap_or_default();
    format!("pipeline {}{ends}", name(parent, Slot::Parent))
}
