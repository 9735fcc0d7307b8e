//! A document as `wardley-beta` text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diag::{Diagnostic, Place, Severity};
use crate::format::owm::{in_quotes, number, said_point, shown, stage_text};
use crate::geom::{Map, Point};
use crate::model::{
    folded_name, Component, ComponentId, ComponentKind, Document, FlowDirection, Link, LinkKind, MapStyle, Method,
    PipelineId, Symbol, ValueChainAxis,
};

/// A document as Mermaid text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenMermaid {
    /// The text.
    pub text: String,
    /// What it cannot carry.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the text could not take along: a count and the first names of each matter.
#[derive(Default)]
struct Losses(BTreeMap<&'static str, Vec<String>>);

impl Losses {
    fn note(&mut self, what: &'static str, name: &str) {
        self.0.entry(what).or_default().push(name.to_owned());
    }

    fn finish(self) -> Vec<Diagnostic> {
        self.0
            .into_iter()
            .map(|(what, names)| {
                let first: Vec<String> = names.iter().filter(|n| !n.is_empty()).take(3).map(|n| shown(n)).collect();
                let message = match (first.is_empty(), names.len().saturating_sub(first.len())) {
                    (true, _) if names.len() == 1 => format!("{what}."),
                    (true, _) => format!("{what} ({}).", names.len()),
                    (false, 0) => format!("{what}: {}.", first.join(", ")),
                    (false, more) => format!("{what}: {} and {more} more.", first.join(", ")),
                };
                Diagnostic::new(Severity::Warning, "mermaid-lost", Place::Whole, message)
            })
            .collect()
    }
}

/// The document as `wardley-beta` text that Mermaid's grammar takes: every name in quotes, all bounds of stages given,
/// numbers with a point. What Mermaid has no words for is left out and told.
pub fn write(document: &Document) -> WrittenMermaid {
    let mut writer =
        Writer { document, text: String::from("wardley-beta\n"), losses: Losses::default(), variants: BTreeMap::new() };
    for (id, component) in &document.components {
        if let Some(pipeline) = component.pipeline.filter(|p| document.pipelines.contains_key(p)) {
            writer.variants.entry(pipeline).or_default().push(*id);
        }
    }
    writer.settings();
    writer.components();
    writer.pipelines();
    writer.links();
    writer.evolves();
    writer.others();
    writer.register();
    WrittenMermaid { text: writer.text, diagnostics: writer.losses.finish() }
}

struct Writer<'d> {
    document: &'d Document,
    text: String,
    losses: Losses,
    variants: BTreeMap<PipelineId, Vec<ComponentId>>,
}

/// Text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn share(value: f64) -> String {
    number(value.clamp(0.0, 1.0), 2, 0)
}

fn place(at: Point<Map>) -> String {
    let at = said_point(at);
    format!("[{}, {}]", share(at.y), share(at.x))
}

impl<'d> Writer<'d> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A blank line between groups.
    fn gap(&mut self, before: usize) {
        if self.text.len() > before {
            self.text.push('\n');
        }
    }

    fn settings(&mut self) {
        let settings = &self.document.settings;
        let title = one_line(&settings.title);
        if !title.is_empty() {
            self.line(&format!("title {title}"));
        }
        if let Some(size) = settings.size {
            let pixels = |n: f64| n.clamp(1.0, 100_000.0).round();
            self.line(&format!("size [{}, {}]", pixels(size.width), pixels(size.height)));
        }
        let axis = &settings.evolution;
        let stages: Vec<String> = axis
            .stages
            .iter()
            .zip(axis.boundaries.iter().copied().chain(std::iter::once(1.0)))
            .map(|(stage, end)| {
                let name = in_quotes(&one_line(&stage.name));
                let second = one_line(&stage.second_name);
                let second = if second.is_empty() { second } else { format!(" / {}", in_quotes(&second)) };
                format!("{name}@{}{second}", if end >= 1.0 { "1.0".to_owned() } else { number(end, 2, 4) })
            })
            .collect();
        if stages.len() >= 2 {
            self.line(&format!("evolution {}", stages.join(" -> ")));
        } else {
            let only: Vec<String> = axis.stages.iter().map(stage_text).collect();
            self.losses.note("Mermaid needs at least two stages of evolution", &only.join(""));
        }
        if axis.hidden || settings.value_chain.hidden {
            self.losses.note("Mermaid cannot hide the axes", "");
        }
        if settings.value_chain != ValueChainAxis::default() && !settings.value_chain.hidden {
            self.losses.note("Mermaid has no words for the value chain axis", "");
        }
        if settings.style != MapStyle::Plain {
            self.losses.note("Mermaid has no styles of maps", "");
        }
        self.text.push('\n');
    }

    fn components(&mut self) {
        let document = self.document;
        let before = self.text.len();
        let mut names = BTreeSet::new();
        for component in document.components.values() {
            if !names.insert(folded_name(&component.name)) {
                self.losses.note("Mermaid takes components of one name for one", &component.name);
            }
            self.losses_of(component);
            if component.pipeline.is_none_or(|p| !document.pipelines.contains_key(&p)) {
                let line = self.component(component);
                self.line(&line);
            }
        }
        self.gap(before);
    }

    fn losses_of(&mut self, component: &Component) {
        let name = component.name.as_str();
        let mut lost = |lost: bool, what| {
            if lost {
                self.losses.note(what, name);
            }
        };
        lost(component.hidden, "Hidden components are written as comments");
        lost(component.symbol == Symbol::Ecosystem, "Mermaid has no symbol for ecosystems");
        lost(component.kind == ComponentKind::Submap, "Submaps are written as components");
        lost(
            matches!(component.kind, ComponentKind::Unknown(_)),
            "Components of unknown kinds are written as plain ones",
        );
        lost(component.url.is_some(), "Mermaid has no addresses");
        lost(
            component.symbol == Symbol::Market && component.method.is_some(),
            "Mermaid takes one decorator; the market is left out",
        );
        let is_anchor = component.is_anchor();
        let decorated = component.method.is_some() || component.symbol == Symbol::Market || component.inertia.is_some();
        lost(
            is_anchor && (component.label_offset.is_some() || decorated),
            "Anchors have no labels or decorators in Mermaid",
        );
        let undecided =
            component.evolution.is_none() || (component.visibility.is_none() && component.pipeline.is_none());
        lost(undecided, "Mermaid needs coordinates; what is undecided is put at 0.5");
        lost(component.facts.is_some(), "Facts about systems have no place in Mermaid");
        lost(
            !component.description.is_empty() || !component.tags.is_empty(),
            "Descriptions and tags have no place in Mermaid",
        );
        if let Some(evolve) = &component.evolve {
            lost(evolve.name.is_some(), "Mermaid has no new names for evolved components");
            lost(evolve.label_offset.is_some(), "Mermaid has no labels for evolved components");
            lost(component.pipeline.is_some(), "Mermaid cannot evolve variants in a pipeline");
        }
    }

    fn component(&self, component: &Component) -> String {
        let mut line = String::new();
        if component.hidden {
            line.push_str("%% ");
        }
        let word = if component.is_anchor() { "anchor" } else { "component" };
        // Writing into a String cannot fail.
        let _ok = write!(line, "{word} {} ", in_quotes(&component.name));
        let evolution = component.evolution.map_or(0.5, |e| e.get());
        let is_variant = component.pipeline.is_some_and(|p| self.document.pipelines.contains_key(&p));
        if is_variant {
            let _ok = write!(line, "[{}]", share(evolution));
        } else {
            line.push_str(&place(Point::new(evolution, component.visibility.map_or(0.5, |v| v.get()))));
        }
        if component.is_anchor() {
            return line;
        }
        if let Some(offset) = component.label_offset {
            let pixels = |n: f64| if n.is_finite() { n.clamp(-99_999.0, 99_999.0).round() as i64 } else { 0 };
            let _ok = write!(line, " label [{}, {}]", pixels(offset.x), pixels(offset.y));
        }
        if is_variant {
            return line;
        }
        match (component.method, component.symbol) {
            (Some(Method::Build), _) => line.push_str(" (build)"),
            (Some(Method::Buy), _) => line.push_str(" (buy)"),
            (Some(Method::Outsource), _) => line.push_str(" (outsource)"),
            (None, Symbol::Market) => line.push_str(" (market)"),
            (None, _) => {}
        }
        if component.inertia.is_some() {
            line.push_str(" inertia");
        }
        line
    }

    fn name(&self, id: ComponentId) -> Option<&'d str> {
        let document = self.document;
        document.components.get(&id).filter(|c| !c.hidden).map(|c| c.name.as_str())
    }

    fn pipelines(&mut self) {
        let document = self.document;
        let before = self.text.len();
        for (id, pipeline) in &document.pipelines {
            let variants: Vec<&Component> = self
                .variants
                .get(id)
                .into_iter()
                .flatten()
                .filter_map(|id| document.components.get(id))
                .map(|component| &**component)
                .collect();
            let parent = document.components.get(&pipeline.parent);
            let name = parent.map_or("", |c| c.name.as_str());
            let shown: Vec<&Component> = variants.iter().copied().filter(|c| !c.hidden).collect();
            if parent.is_none_or(|c| c.hidden) || shown.is_empty() {
                self.losses.note("Mermaid has only pipelines with variants", name);
                continue;
            }
            if variants.iter().any(|c| c.method.is_some() || c.symbol != Symbol::Plain || c.inertia.is_some()) {
                self.losses.note("Variants have no decorators in Mermaid", name);
            }
            self.line(&format!("pipeline {} {{", in_quotes(name)));
            for variant in variants {
                let line = self.component(&Component { kind: ComponentKind::Component, ..variant.clone() });
                self.line(&format!("  {line}"));
            }
            self.line("}");
        }
        self.gap(before);
    }

    fn links(&mut self) {
        let document = self.document;
        let before = self.text.len();
        for link in document.links.values() {
            let (Some(from), Some(to)) = (self.name(link.from), self.name(link.to)) else {
                self.losses.note("Links of hidden components are left out", "");
                continue;
            };
            if !link.description.is_empty() {
                self.losses.note("Descriptions and tags have no place in Mermaid", from);
            }
            let line = spelled(from, link, to);
            if !link.context.trim().is_empty() && !link.flow_text.trim().is_empty() {
                self.losses.note("Mermaid shows the flow's text and not the link's", from);
            }
            self.line(&line);
        }
        self.gap(before);
    }

    fn evolves(&mut self) {
        let before = self.text.len();
        for component in self.document.components.values() {
            if let (Some(evolve), None, false) = (&component.evolve, component.pipeline, component.hidden) {
                self.line(&format!("evolve {} {}", in_quotes(&component.name), share(evolve.to.get())));
            }
        }
        self.gap(before);
    }

    fn others(&mut self) {
        let document = self.document;
        for note in document.notes.values() {
            self.line(&format!("note {} {}", in_quotes(note.text.trim()), place(note.at)));
        }
        if let (Some(at), false) = (document.settings.annotation_box, document.annotations.is_empty()) {
            self.line(&format!("annotations {}", place(at)));
        }
        for annotation in document.annotations.values() {
            let number = annotation.number.to_string();
            if annotation.places.len() > 1 {
                self.losses.note("Annotations have one place in Mermaid, the first", &number);
            }
            match annotation.places.first() {
                Some(at) => {
                    self.line(&format!(
                        "annotation {number},{} {}",
                        place(*at),
                        in_quotes(&one_line(&annotation.text))
                    ));
                }
                None => self.losses.note("Annotations without a place are left out", &number),
            }
        }
        for accelerator in document.accelerators.values() {
            let word = if accelerator.slows { "deaccelerator" } else { "accelerator" };
            self.line(&format!("{word} {} {}", in_quotes(accelerator.name.trim()), place(accelerator.at)));
        }
        while self.text.ends_with("\n\n") {
            self.text.pop();
        }
    }

    fn register(&mut self) {
        let document = self.document;
        for (count, what) in [
            (document.attitudes.len(), "Mermaid has no pioneers, settlers and town planners"),
            (document.described_notation(), "Descriptions and tags have no place in Mermaid"),
            (document.areas.len(), "Areas have no place in Mermaid"),
            (document.pathways.len(), "Pathways have no place in Mermaid"),
            (document.contracts.len(), "Contracts have no place in Mermaid"),
            (document.knowledge.len(), "Knowledge has no place in Mermaid"),
            (document.risks.len(), "Risks have no place in Mermaid"),
            (document.redundancy_groups.len(), "Alternatives have no place in Mermaid"),
            (document.lifecycles.len(), "Support dates have no place in Mermaid"),
            (document.judgements.len(), "Judgements have no place in Mermaid"),
        ] {
            for _ in 0..count {
                self.losses.note(what, "");
            }
        }
    }
}

fn spelled(from: &str, link: &Link, to: &str) -> String {
    let flow_text = one_line(&link.flow_text).replace('\'', "’");
    let arrow = match link.kind {
        LinkKind::Need => "->".to_owned(),
        LinkKind::Flow(direction) => {
            let head = match direction {
                FlowDirection::Forward => ">",
                FlowDirection::Backward => "<",
                FlowDirection::Both => "<>",
            };
            if flow_text.is_empty() {
                format!("+{head}")
            } else {
                format!("+'{flow_text}'{head}")
            }
        }
    };
    let context = one_line(&link.context).replace(';', ",");
    let context = if context.is_empty() { context } else { format!("; {context}") };
    format!("{} {arrow} {}{context}", in_quotes(from), in_quotes(to))
}
