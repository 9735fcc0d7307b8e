//! What the written text cannot say, and what OnlineWardleyMaps will read differently in it.
//!
//! One diagnostic a matter, with a count and the first names, however many records it concerns.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Place, Severity};
use crate::format::owm::lint::reserved_in_parentheses;
use crate::format::owm::report::shown;
use crate::format::owm::said::SaidComponent;
use crate::format::owm::sync::links::loses_flow_text;
use crate::model::{
    folded_name, Component, ComponentId, ComponentKind, Confirmation, DependencyKind, Document, EvolutionAxis, Link,
    Symbol,
};
use crate::order;

struct Losses {
    list: Vec<Diagnostic>,
}

impl Losses {
    /// Says something about these components; nothing when there are none.
    fn about<'c>(
        &mut self,
        code: &'static str,
        severity: Severity,
        components: impl Iterator<Item = &'c Component>,
        what: &str,
    ) {
        let names: Vec<&str> = components.map(|c| c.name.as_str()).collect();
        if names.is_empty() {
            return;
        }
        let first: Vec<String> = names.iter().take(3).map(|name| shown(name)).collect();
        let more = match names.len().saturating_sub(first.len()) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!("{what}: {}{more}.", first.join(", "));
        self.list.push(Diagnostic::new(severity, code, Place::Whole, message));
    }

    fn count(&mut self, code: &'static str, counted: &[(usize, &str, &str)], rest: &str) {
        let parts: Vec<String> = counted
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
            .collect();
        if !parts.is_empty() {
            let message = format!("{} {rest}", parts.join(", "));
            self.list.push(Diagnostic::new(Severity::Warning, code, Place::Whole, message));
        }
    }
}

const DECORATORS: [&str; 5] = ["build", "buy", "outsource", "market", "ecosystem"];

const NOT_SAID: &str = "cannot be said in map text; save the file as well to keep them.";

pub(super) fn losses(document: &Document) -> Vec<Diagnostic> {
    let mut losses = Losses { list: Vec::new() };
    let all = || document.components.values().map(|c| &**c);
    let says = |c: &Component, test: &dyn Fn(&SaidComponent<'_>) -> bool| test(&SaidComponent::of(c, document));

    let facts = all().filter(|c| c.facts.is_some()).count();
    let words = all().filter(|c| !c.description.is_empty() || !c.tags.is_empty() || c.external_id.is_some()).count();
    let causes = all().filter(|c| c.inertia.as_ref().is_some_and(|i| !i.cause.is_empty())).count();
    losses.count(
        "owm-lost-details",
        &[
            (facts, "component's facts", "components' facts"),
            (words, "component's description or tags", "components' descriptions or tags"),
            (causes, "cause of inertia", "causes of inertia"),
            (document.links.values().filter(|l| has_details(l)).count(), "link's details", "links' details"),
            (document.described_notation(), "description", "descriptions"),
            (document.areas.len(), "area", "areas"),
            (document.pathways.len(), "pathway", "pathways"),
            (document.contracts.len(), "contract", "contracts"),
            (document.knowledge.len(), "entry about knowledge", "entries about knowledge"),
            (document.risks.len(), "risk", "risks"),
            (document.redundancy_groups.len(), "group of alternatives", "groups of alternatives"),
            (document.lifecycles.len(), "support date", "support dates"),
            (document.judgements.len(), "judgement", "judgements"),
        ],
        NOT_SAID,
    );
    losses.about(
        "owm-lost-kind",
        Severity::Warning,
        all().filter(|c| matches!(c.kind, ComponentKind::Unknown(_))),
        "Written as plain components, as map text has no word for their kind",
    );
    losses.about(
        "owm-lost-label",
        Severity::Warning,
        all().filter(|c| c.label_offset.is_some() && says(c, &|said| said.label.is_none())),
        "The label of a variant cannot be written without its place in the pipeline",
    );
    losses.about(
        "owm-lost-hidden",
        Severity::Warning,
        all().filter(|c| c.hidden && says(c, &|said| !said.hidden)),
        "Written as visible, as only components with coordinates can be hidden in a comment",
    );
    losses.about(
        "owm-lost-address",
        Severity::Warning,
        all().filter(|c| c.url.is_some() && says(c, &|said| said.url.is_none())),
        "The address cannot be written",
    );
    losses.about(
        "owm-undecided",
        Severity::Notice,
        all().filter(|c| {
            says(c, &|said| said.evolution.is_none() || (said.visibility.is_none() && said.variant_of.is_none()))
        }),
        "Without a full place; OnlineWardleyMaps fills in 0.9 for the visibility and 0.1 for the evolution",
    );
    names(document, &mut losses);
    settings(document, &mut losses);
    losses.list
}

fn has_details(link: &Link) -> bool {
    let plain = Link {
        kind: link.kind,
        context: link.context.clone(),
        flow_text: link.flow_text.clone(),
        ..Link::need(link.from, link.to)
    };
    link.dependency != DependencyKind::default()
        || link.confirmed != Confirmation::default()
        || loses_flow_text(link)
        || link.strength != plain.strength
        || link.buffer_h != plain.buffer_h
        || link.group.is_some()
        || !link.interface.is_empty()
        || !link.description.is_empty()
}

/// OWM looks for its words anywhere in a component's line.
fn is_misread(component: &Component) -> bool {
    let name = component.name.as_str();
    let decorated = component.method.is_some() || component.symbol != Symbol::Plain;
    (name.contains("inertia") && component.inertia.is_none())
        || name.contains("label ")
        || name.ends_with("label")
        || name.contains("evolve ")
        || (name.contains('(') && (decorated || DECORATORS.iter().any(|word| name.contains(word))))
}

fn names(document: &Document, losses: &mut Losses) {
    let linked: BTreeSet<ComponentId> = order::set(document.links.values().flat_map(|l| [l.from, l.to]));
    let cut = |name: &str| name.contains(['[', '{', '}']) || name.contains("//") || name.contains("/*");
    losses.about(
        "owm-unsafe-name",
        Severity::Warning,
        document.components.values().map(|c| &**c).filter(|c| cut(&c.name)),
        "OnlineWardleyMaps stumbles over [, {, }, // and /* in names, even in quotes",
    );
    let loses_links = |name: &str| name.contains("->") || name.contains(';') || reserved_in_parentheses(name).is_some();
    let split = document.components.iter().filter(|(id, c)| linked.contains(id) && loses_links(&c.name));
    losses.about(
        "owm-unsafe-name",
        Severity::Warning,
        split.map(|(_, c)| &**c),
        "OnlineWardleyMaps loses links of names with ->, ; or one of its words in parentheses, even in quotes",
    );
    losses.about(
        "owm-unsafe-name",
        Severity::Warning,
        document.components.values().map(|c| &**c).filter(|c| is_misread(c)),
        "OnlineWardleyMaps takes words in these names for decorators or labels",
    );
    let mut first: BTreeMap<String, ComponentId> = BTreeMap::new();
    let mut doubled = Vec::new();
    for (id, component) in &document.components {
        let folded = folded_name(&component.name);
        match first.get(&folded) {
            None => {
                first.insert(folded, *id);
            }
            Some(_) if linked.contains(id) => doubled.push(&**component),
            Some(_) => {}
        }
    }
    losses.about(
        "owm-ambiguous-name",
        Severity::Warning,
        doubled.into_iter(),
        "Several components have these names, and text joins all links to the first of them",
    );
}

fn settings(document: &Document, losses: &mut Losses) {
    let settings = &document.settings;
    let mut say =
        |code, message: &str| losses.list.push(Diagnostic::new(Severity::Warning, code, Place::Whole, message));
    if settings.evolution.stages.len() != 4 {
        say("owm-lost-stages", "OnlineWardleyMaps needs exactly four stages and shows its own otherwise.");
    } else if settings.evolution.boundaries != EvolutionAxis::default().boundaries {
        say("owm-lost-stages", "The boundaries of the stages cannot be said in map text; OnlineWardleyMaps draws them at 0.175, 0.40 and 0.70.");
    }
    if !settings.description.is_empty() {
        say("owm-lost-description", "The map's description cannot be said in map text.");
    }
}
