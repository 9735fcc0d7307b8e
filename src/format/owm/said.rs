//! What OWM text can say of a record: the record without what has no words there, in the form it comes back.
//!
//! Two records that say the same need no edit of the text, whatever else differs between them.

use std::borrow::Cow;

use crate::format::owm::spell::{same_number, OFFSET, PLACE};
use crate::format::owm::syntax::{cleaned, cleaned_name, Flag, Form};
use crate::geom::{Map, Point, Vector, World};
use crate::model::allowed_address;
use crate::model::{
    Accelerator, Annotation, Attitude, AttitudeKind, Component, ComponentId, ComponentKind, Document, EvolutionAxis,
    Link, LinkKind, MapStyle, Method, Note, Pipeline, PipelineId, Settings, Stage, Symbol, ValueChainAxis,
};

/// A component as text can say it.
#[derive(Debug, Clone)]
pub(super) struct SaidComponent<'d> {
    pub(super) form: Form,
    pub(super) name: Cow<'d, str>,
    pub(super) variant_of: Option<PipelineId>,
    pub(super) visibility: Option<f64>,
    pub(super) evolution: Option<f64>,
    pub(super) label: Option<(f64, f64)>,
    pub(super) method: Option<Method>,
    pub(super) symbol: Symbol,
    pub(super) inertia: bool,
    pub(super) evolve: Option<SaidEvolve<'d>>,
    pub(super) url: Option<&'d str>,
    pub(super) hidden: bool,
}

/// An expected movement as text can say it.
#[derive(Debug, Clone)]
pub(super) struct SaidEvolve<'d> {
    pub(super) to: f64,
    pub(super) name: Option<Cow<'d, str>>,
    pub(super) label: Option<(f64, f64)>,
}

/// A link as text can say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SaidLink<'d> {
    pub(super) from: ComponentId,
    pub(super) to: ComponentId,
    pub(super) kind: LinkKind,
    pub(super) context: Cow<'d, str>,
    pub(super) flow_text: Cow<'d, str>,
}

fn offset(vector: Option<Vector<World>>) -> Option<(f64, f64)> {
    vector.map(|v| (v.x.clamp(-100_000.0, 100_000.0), v.y.clamp(-100_000.0, 100_000.0)))
}

fn same_offset(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same_number(a.0, b.0, OFFSET) && same_number(a.1, b.1, OFFSET),
        (None, None) => true,
        _ => false,
    }
}

fn same_place(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same_number(a, b, PLACE),
        (None, None) => true,
        _ => false,
    }
}

/// A name that comes back as it was written.
pub(super) fn said_name(name: &str) -> Cow<'_, str> {
    let name = cleaned_name(Cow::Borrowed(name));
    if name.is_empty() {
        Cow::Borrowed("Unnamed")
    } else {
        name
    }
}

/// Text on one line, without the signs that would end it.
fn one_line(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if !trimmed.contains(|c: char| c.is_control()) && !trimmed.contains("//") && !trimmed.contains("/*") {
        return Cow::Borrowed(trimmed);
    }
    let plain: String = trimmed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // Once is not enough for `///`.
    Cow::Owned(plain.replace("//", "/ /").replace("//", "/ /").replace("/*", "/ *"))
}

impl<'d> SaidComponent<'d> {
    pub(super) fn of(component: &'d Component, document: &Document) -> Self {
        let variant_of = component.pipeline.filter(|id| document.pipelines.contains_key(id));
        let evolution = component.evolution.map(|e| e.get());
        let visibility = if variant_of.is_some() { None } else { component.visibility.map(|v| v.get()) };
        let full = evolution.is_some() && (visibility.is_some() || variant_of.is_some());
        // A variant without a number would take its label's for it.
        let may_be_labelled = variant_of.is_none() || full;
        Self {
            form: match component.kind {
                ComponentKind::Anchor => Form::Anchor,
                ComponentKind::Submap => Form::Submap,
                _ => Form::Component,
            },
            name: said_name(&component.name),
            variant_of,
            visibility,
            evolution,
            label: offset(component.label_offset).filter(|_| may_be_labelled),
            method: component.method,
            symbol: component.symbol,
            inertia: component.inertia.is_some(),
            evolve: component.evolve.as_ref().map(|evolve| SaidEvolve {
                to: evolve.to.get(),
                name: evolve.name.as_deref().filter(|name| !name.trim().is_empty()).map(said_name),
                label: offset(evolve.label_offset),
            }),
            url: component.url.as_deref().filter(|url| !url.contains(']') && allowed_address(url)),
            // A comment is taken for a hidden component only when it has a place.
            hidden: component.hidden && full,
        }
    }

    pub(super) fn method_flag(&self) -> Option<Flag> {
        self.method.map(|method| match method {
            Method::Build => Flag::Build,
            Method::Buy => Flag::Buy,
            Method::Outsource => Flag::Outsource,
        })
    }

    pub(super) fn symbol_flag(&self) -> Option<Flag> {
        match self.symbol {
            Symbol::Plain => None,
            Symbol::Market => Some(Flag::Market),
            Symbol::Ecosystem => Some(Flag::Ecosystem),
        }
    }

    /// Whether something stands behind the name that OWM would take for a part of it without a bracket between.
    pub(super) fn has_tail(&self) -> bool {
        self.label.is_some()
            || self.inertia
            || self.method.is_some()
            || self.symbol != Symbol::Plain
            || self.url.is_some()
    }

    pub(super) fn same_flags(&self, other: &Self) -> bool {
        (self.method, self.symbol, self.inertia) == (other.method, other.symbol, other.inertia)
    }

    pub(super) fn same_place(&self, other: &Self) -> bool {
        same_place(self.visibility, other.visibility) && same_place(self.evolution, other.evolution)
    }

    pub(super) fn same_label(&self, other: &Self) -> bool {
        same_offset(self.label, other.label)
    }

    pub(super) fn same_evolve(&self, other: &Self) -> bool {
        match (&self.evolve, &other.evolve) {
            (Some(a), Some(b)) => same_number(a.to, b.to, PLACE) && a.name == b.name && same_offset(a.label, b.label),
            (None, None) => true,
            _ => false,
        }
    }

    /// Whether a text that says `self` says `other` as well.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.form == other.form
            && self.name == other.name
            && self.variant_of == other.variant_of
            && self.same_place(other)
            && self.same_label(other)
            && self.same_flags(other)
            && self.same_evolve(other)
            && self.url == other.url
            && self.hidden == other.hidden
    }
}

impl<'d> SaidLink<'d> {
    pub(super) fn of(link: &'d Link) -> Self {
        let context = one_line(&link.context);
        let context = if context.contains(';') { Cow::Owned(context.replace(';', ",")) } else { context };
        let flow_text = match link.kind {
            LinkKind::Need => Cow::Borrowed(""),
            LinkKind::Flow(_) => one_line(&link.flow_text),
        };
        let flow_text = if flow_text.contains('\'') { Cow::Owned(flow_text.replace('\'', "’")) } else { flow_text };
        Self { from: link.from, to: link.to, kind: link.kind, context, flow_text }
    }
}

/// Ends of a pipeline's box; variants decide when there are any.
pub(super) fn said_span(pipeline: &Pipeline, has_variants: bool) -> Option<(f64, f64)> {
    pipeline.span.filter(|_| !has_variants).map(|(left, right)| (left.get(), right.get()))
}

pub(super) fn same_span(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same_number(a.0, b.0, PLACE) && same_number(a.1, b.1, PLACE),
        (None, None) => true,
        _ => false,
    }
}

/// A point within the map.
pub(in crate::format) fn said_point(at: Point<Map>) -> Point<Map> {
    let share = |value: f64| if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.5 };
    Point::new(share(at.x), share(at.y))
}

pub(super) fn same_point(a: Point<Map>, b: Point<Map>) -> bool {
    let (a, b) = (said_point(a), said_point(b));
    same_number(a.x, b.x, PLACE) && same_number(a.y, b.y, PLACE)
}

/// A record of one line: its words and its points.
pub(super) trait SaidLine {
    /// The text of it.
    fn text(&self) -> Cow<'_, str>;
    /// All points in the order they are written.
    fn points(&self) -> Vec<Point<Map>>;
    /// What else tells it from others of its kind.
    fn variety(&self) -> u32;

    /// Whether a text that says `self` says `other` as well.
    fn same(&self, other: &Self) -> bool {
        let (a, b) = (self.points(), other.points());
        self.variety() == other.variety()
            && self.text() == other.text()
            && a.len() == b.len()
            && a.into_iter().zip(b).all(|(a, b)| same_point(a, b))
    }
}

impl SaidLine for Note {
    fn text(&self) -> Cow<'_, str> {
        cleaned(Cow::Borrowed(&self.text))
    }
    fn points(&self) -> Vec<Point<Map>> {
        vec![said_point(self.at)]
    }
    fn variety(&self) -> u32 {
        0
    }
}

impl SaidLine for Annotation {
    fn text(&self) -> Cow<'_, str> {
        let text = cleaned(Cow::Borrowed(&self.text));
        if text.contains('\n') {
            Cow::Owned(text.replace('\n', " "))
        } else {
            text
        }
    }
    fn points(&self) -> Vec<Point<Map>> {
        self.places.iter().copied().map(said_point).collect()
    }
    fn variety(&self) -> u32 {
        self.number.min(9_999)
    }
}

impl SaidLine for Accelerator {
    fn text(&self) -> Cow<'_, str> {
        cleaned(Cow::Borrowed(&self.name))
    }
    fn points(&self) -> Vec<Point<Map>> {
        vec![said_point(self.at)]
    }
    fn variety(&self) -> u32 {
        u32::from(self.slows)
    }
}

impl SaidLine for Attitude {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }
    fn points(&self) -> Vec<Point<Map>> {
        vec![said_point(self.from), said_point(self.to)]
    }
    fn variety(&self) -> u32 {
        match self.kind {
            AttitudeKind::Pioneers => 0,
            AttitudeKind::Settlers => 1,
            AttitudeKind::TownPlanners => 2,
        }
    }
}

/// Both lines of a stage's label in one.
pub(in crate::format) fn stage_text(stage: &Stage) -> String {
    let plain = |text: &str| one_line(&text.replace("->", "→")).into_owned();
    if stage.second_name.trim().is_empty() {
        plain(&stage.name)
    } else {
        format!("{} / {}", plain(&stage.name), plain(&stage.second_name))
    }
}

/// The settings as lines, in the order they are written: what each begins with and the rest of it.
/// `None` is the default and needs no line.
pub(super) fn settings_lines(settings: &Settings) -> [(&'static str, Option<String>); 7] {
    let title = one_line(&settings.title);
    let size = settings.size.filter(|s| s.width > 0.0 && s.height > 0.0);
    [
        ("title", Some(title.into_owned()).filter(|t| !t.is_empty())),
        (
            "size",
            size.map(|s| {
                let pixels = |value: f64| crate::format::owm::spell::number(value.clamp(0.01, 100_000.0), 0, 2);
                format!("[{}, {}]", pixels(s.width), pixels(s.height))
            }),
        ),
        ("style", said_style(&settings.style)),
        ("evolution", said_evolution(&settings.evolution)),
        ("valuechain", settings.value_chain.hidden.then(|| "--hide".to_owned())),
        ("y-axis", said_value_chain(&settings.value_chain)),
        ("annotations", settings.annotation_box.map(|at| crate::format::owm::spell::place(said_point(at)))),
    ]
}

fn said_style(style: &MapStyle) -> Option<String> {
    let word = match style {
        MapStyle::Plain => return None,
        MapStyle::Wardley => "wardley",
        MapStyle::Colour => "colour",
        MapStyle::Handwritten => "handwritten",
        MapStyle::Dark => "dark",
        MapStyle::Other(other) => return Some(one_line(other).into_owned()).filter(|o| !o.is_empty()),
    };
    Some(word.to_owned())
}

fn said_evolution(axis: &EvolutionAxis) -> Option<String> {
    let stages: Vec<String> = axis.stages.iter().map(stage_text).collect();
    let usual: Vec<String> = EvolutionAxis::default().stages.iter().map(stage_text).collect();
    match (axis.hidden, stages == usual) {
        (false, true) => None,
        (true, true) => Some("--hide".to_owned()),
        (false, false) => Some(stages.join("->")),
        (true, false) => Some(format!("--hide {}", stages.join("->"))),
    }
}

fn said_value_chain(axis: &ValueChainAxis) -> Option<String> {
    let words = [&axis.label, &axis.bottom, &axis.top].map(|word| one_line(&word.replace("->", "→")).into_owned());
    let usual = ValueChainAxis::default();
    let usual = [usual.label, usual.bottom, usual.top];
    (words != usual).then(|| words.join("->"))
}
