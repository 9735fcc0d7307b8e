//! Statements that name components: pipelines, evolve, decorators on their own lines, links.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::diag::Severity;
use crate::format::owm::ids::Record;
use crate::format::owm::lower::{LinkSite, Lowering};
use crate::format::owm::report::{code, shown, At};
use crate::format::owm::syntax::{Arrow, Dialect, Flag, Kind, Role, Span};
use crate::geom::Evolution;
use crate::model::{AnyRecordId, ComponentId, Evolve, Link, LinkId, LinkKind, Method, Pipeline, Symbol, MAX_LINKS};

/// Links with the same ends: places in the list of links.
struct Seen {
    first: usize,
    others: Vec<usize>,
}

/// Whether two links of the same ends say the same.
fn says_the_same(a: &Link, b: &Link) -> bool {
    a.kind == b.kind && a.context == b.context && a.flow_text == b.flow_text
}

/// An arrow of a statement: which, what it says, where, and its text.
#[derive(Clone, Copy)]
struct FoundArrow {
    number: u32,
    arrow: Arrow,
    span: Span,
    text: Option<Span>,
}

type SeenLinks = BTreeMap<(ComponentId, ComponentId), Seen>;

impl Lowering<'_, '_> {
    pub(super) fn collect_pipelines(&mut self) {
        let numbers: Vec<u32> = self.statements().filter(|(_, s)| s.kind == Kind::Pipeline).map(|(n, _)| n).collect();
        for number in numbers {
            self.pipeline(number);
        }
        // Braces belong to the pipeline's record, variants to its box.
        let braces: Vec<(u32, u32)> = self
            .statements()
            .filter(|(_, s)| matches!(s.kind, Kind::BlockOpen | Kind::BlockClose))
            .filter_map(|(number, s)| s.block.map(|block| (number, block)))
            .collect();
        for (number, block) in braces {
            if let Some(id) = self.pipelines.get(&block) {
                let record = AnyRecordId::Pipeline(*id);
                self.bind(number, record);
            }
        }
        let mut variants = BTreeSet::new();
        for draft in &mut self.drafts {
            let id = draft.block.and_then(|block| self.pipelines.get(&block)).copied();
            if let Some(id) = id {
                draft.component.pipeline = Some(id);
                variants.insert(id);
            }
        }
        for id in variants {
            // Variants decide where the box is, whatever the bracket says.
            if let Some(pipeline) = self.document.pipelines.get_mut(&id) {
                Rc::make_mut(pipeline).span = None;
            }
        }
    }

    fn pipeline(&mut self, number: u32) {
        let tree = self.tree;
        let Some(span) = tree.span(number, Role::Name) else {
            self.report.warn(code!("unknown-line"), At(number, tree.body(number)), "This pipeline names no component.");
            return;
        };
        let at = At(number, span);
        let numbers: Vec<Span> = tree.spans(number, Role::Number).collect();
        let ends = match numbers.as_slice() {
            [] => None,
            [one] => {
                let message = "A pipeline needs two numbers, its left and its right end.";
                self.report.warn(code!("pipeline-numbers"), At(number, *one), message);
                None
            }
            _ => match self.pair(number) {
                (Some(a), Some(b)) => Some((Evolution::clamped(a.min(b)), Evolution::clamped(a.max(b)))),
                _ => None,
            },
        };
        let known = self.known_ends(number, &[span], |any| {
            let pipeline = Pipeline::of(any).and_then(|id| self.ids.document()?.pipelines.get(&id));
            pipeline.map(|p| vec![p.parent])
        });
        // A variant carries no box of its own.
        let outside = |index: &usize| self.drafts.get(*index).is_some_and(|d| d.block.is_none());
        let known = known.and_then(|ends| ends.first().copied()).filter(outside);
        let parent = known.or_else(|| self.resolve(span).filter(outside));
        let Some(parent) = parent else {
            self.say_missing(code!("dangling-pipeline"), at, "so this pipeline is left out");
            return;
        };
        self.say_inexact(number, span, parent);
        let parent_id = self.draft_id(parent);
        self.refer(number, span, parent);
        if let Some(label) = tree.span(number, Role::Label) {
            self.report.notice(
                code!("ignored-text"),
                At(number, label),
                "A pipeline has no label; this is left aside.",
            );
        }
        let earlier = self.pipeline_of.get(&parent_id).copied();
        if let Some(id) = earlier {
            let message = format!("{} has a pipeline already; both are taken for one.", shown(&tree.name(span)));
            self.report.notice(code!("second-pipeline"), at, message);
            self.pipelines.insert(number, id);
            self.bind(number, AnyRecordId::Pipeline(id));
            if let Some(pipeline) = self.document.pipelines.get_mut(&id) {
                let pipeline = Rc::make_mut(pipeline);
                pipeline.span = pipeline.span.or(ends);
            }
            return;
        }
        let id = self.ids.take_pipeline(number, parent_id);
        self.bind(number, AnyRecordId::Pipeline(id));
        self.pipelines.insert(number, id);
        self.pipeline_of.insert(parent_id, id);
        let pipeline = Pipeline { parent: parent_id, span: ends, ..Pipeline::default() };
        self.document.pipelines.insert(id, Rc::new(pipeline));
    }

    /// OWM finds evolving components and parents of pipelines by their exact name only.
    fn say_inexact(&mut self, number: u32, span: Span, index: usize) {
        let Some(draft) = self.drafts.get(index) else { return };
        let wanted = self.tree.name(span);
        if wanted == draft.component.name || self.tree.dialect == Dialect::Mermaid {
            return;
        }
        let message = format!(
            "This is written {} where the component is called {}; OnlineWardleyMaps does not find it here.",
            shown(&wanted),
            shown(&draft.component.name)
        );
        let declared = self.tree.span(draft.statement, Role::Name).map(|s| self.tree.code(s).to_owned());
        let fix = ("Spell it the same", span, declared.unwrap_or_default());
        self.report.fixable(Severity::Warning, code!("inexact-name"), At(number, span), message, fix);
    }

    pub(super) fn relations(&mut self) {
        let mut seen = BTreeMap::new();
        for (number, statement) in self.statements() {
            match statement.kind {
                Kind::Evolve => self.evolve(number),
                Kind::Decorate(flag) => self.decorate(number, flag),
                Kind::Component(_) => self.inline_evolve(number),
                _ => {}
            }
        }
        // Behind all renames, so that a link to an evolved name can be told from an unknown one.
        for (number, statement) in self.statements() {
            if statement.kind == Kind::Link {
                self.link(number, &mut seen);
            }
        }
    }

    fn inline_evolve(&mut self, number: u32) {
        let Some(maturity) = self.tree.span(number, Role::Maturity) else { return };
        let Ok(index) = self.drafts.binary_search_by_key(&number, |d| d.statement) else { return };
        if let Some(value) = self.share(number, maturity) {
            if let Some(draft) = self.drafts.get_mut(index) {
                draft.evolving = true;
                draft.component.evolve = Some(Evolve { to: Evolution::clamped(value), name: None, label_offset: None });
            }
        }
    }

    fn evolve(&mut self, number: u32) {
        let tree = self.tree;
        let mut name = tree.span(number, Role::Name).unwrap_or_else(|| tree.body(number));
        let mut maturity = tree.span(number, Role::Maturity);
        // `evolve Phase 1` of a component "Phase 1" has no maturity.
        if let (Some(value), false) = (maturity, tree.has(number, Role::NewName)) {
            let whole = Span::new(name.start, value.end);
            if self.resolve(name).is_none() && self.resolve(whole).is_some() {
                name = whole;
                maturity = None;
            }
        }
        let Some(index) = self.resolve_bound(number, name) else {
            self.say_missing(code!("dangling-evolve"), At(number, name), "so nothing evolves here");
            return;
        };
        self.say_inexact(number, name, index);
        self.refer(number, name, index);
        let record = AnyRecordId::Component(self.draft_id(index));
        self.bind(number, record);
        if self.drafts.get(index).is_some_and(|d| d.evolving) {
            let message = format!("{} evolves twice; the first line counts.", shown(&tree.name(name)));
            self.report.notice(code!("repeated"), At(number, name), message);
            return;
        }
        let value = match maturity {
            Some(span) => self.share(number, span),
            // `evolve Power [0.1, 0.89]`: the place it evolves to.
            None => {
                let last = tree.spans(number, Role::Number).last();
                if let Some(span) = last {
                    let bracket = tree.span(number, Role::Bracket).unwrap_or(span);
                    let message = "Behind evolve stands one number, the evolution aimed at. The last number of the bracket is read as such; OnlineWardleyMaps does not find the component here.";
                    let fix = ("Write one number", bracket, decimal(tree.code(span)));
                    self.report.fixable(Severity::Warning, code!("evolve-bracket"), At(number, bracket), message, fix);
                }
                last.and_then(|span| self.share(number, span))
            }
        };
        if value.is_none() {
            let message = "How far this evolves is not said; 0.85 is used, as OnlineWardleyMaps does.";
            self.report.notice(code!("no-maturity"), At(number, name), message);
        }
        let new_name = tree.span(number, Role::NewName).map(|span| self.name(number, span)).filter(|n| !n.is_empty());
        let label_offset = self.label(number);
        let is_variant = self.drafts.get(index).is_some_and(|d| d.block.is_some());
        if is_variant {
            let message = "OnlineWardleyMaps does not show that a variant in a pipeline evolves.";
            self.report.notice(code!("variant-evolves"), At(number, name), message);
        }
        if let Some(draft) = self.drafts.get_mut(index) {
            draft.evolving = true;
            draft.component.evolve =
                Some(Evolve { to: Evolution::clamped(value.unwrap_or(0.85)), name: new_name, label_offset });
        }
        let junk: Vec<Span> =
            tree.parts_of(number).iter().filter(|p| matches!(p.role, Role::Flag(_))).map(|p| p.span).collect();
        for span in junk {
            let message = "This belongs on the component's own line; here it has no effect.";
            self.report.notice(code!("ignored-text"), At(number, span), message);
        }
    }

    /// `build X`, `market X`: gone from OWM, still found in files.
    fn decorate(&mut self, number: u32, flag: Flag) {
        let tree = self.tree;
        let name = tree.span(number, Role::Name).unwrap_or_else(|| tree.body(number));
        let Some(index) = self.resolve_bound(number, name) else {
            self.say_missing(code!("dangling-decorator"), At(number, name), "so this line has no effect");
            return;
        };
        self.refer(number, name, index);
        let record = AnyRecordId::Component(self.draft_id(index));
        self.bind(number, record);
        let word = tree.span(number, Role::Keyword).map(|span| tree.code(span).to_lowercase()).unwrap_or_default();
        let message = format!(
            "Read as ({word}) on {}; today's OnlineWardleyMaps ignores or refuses this line.",
            shown(&tree.name(name))
        );
        self.report.warn(code!("standalone-decorator"), At(number, name), message);
        let Some(draft) = self.drafts.get_mut(index) else { return };
        match flag {
            Flag::Build => draft.component.method = Some(Method::Build),
            Flag::Buy => draft.component.method = Some(Method::Buy),
            Flag::Outsource => draft.component.method = Some(Method::Outsource),
            Flag::Market => draft.component.symbol = Symbol::Market,
            Flag::Ecosystem => draft.component.symbol = Symbol::Ecosystem,
            Flag::Inertia => {}
        }
    }

    fn link(&mut self, number: u32, seen: &mut SeenLinks) {
        let parts = self.tree.parts_of(number);
        let last_name = parts.iter().rposition(|p| p.role == Role::Name);
        let known = self.known_link(number);
        let mut names = 0;
        let mut before: Option<usize> = None;
        let mut pending: Option<FoundArrow> = None;
        for (position, part) in parts.iter().enumerate() {
            match part.role {
                Role::Name => {
                    let is_last = Some(position) == last_name;
                    let known = known.as_ref().and_then(|known| known.get(names)).copied().flatten();
                    let found = self.link_end(number, part.span, known, is_last);
                    if let (Some(arrow), Some(from), Some(to)) = (pending, before, found) {
                        self.add_link(number, arrow, (from, to), is_last, seen);
                    }
                    before = found;
                    names += 1;
                }
                Role::Arrow(arrow) => {
                    let count = pending.map_or(0, |p| p.number + 1);
                    pending = Some(FoundArrow { number: count, arrow, span: part.span, text: None });
                }
                Role::FlowText => {
                    if let Some(arrow) = &mut pending {
                        arrow.text = Some(part.span);
                    }
                }
                _ => {}
            }
        }
    }

    /// The component at an end of a link.
    fn link_end(&mut self, number: u32, span: Span, known: Option<usize>, is_last: bool) -> Option<usize> {
        let found =
            known.or_else(|| if span.is_empty() { None } else { self.resolve(span) }).map(|index| (index, span));
        let found = if found.is_none() && is_last { self.before_hash(number, span) } else { found };
        match found {
            Some((index, span)) => self.refer(number, span, index),
            None => {
                let at = if span.is_empty() { At(number, self.tree.body(number)) } else { At(number, span) };
                self.say_missing_end(at, span.is_empty());
            }
        }
        found.map(|(index, _)| index)
    }

    fn add_link(&mut self, number: u32, arrow: FoundArrow, ends: (usize, usize), is_last: bool, seen: &mut SeenLinks) {
        let tree = self.tree;
        let (from, to) = (self.draft_id(ends.0), self.draft_id(ends.1));
        if from == to {
            let message = "This links a component to itself; it stays in the text and is not drawn.";
            self.report.notice(code!("self-link"), At(number, arrow.span), message);
            return;
        }
        let link = Link {
            kind: match arrow.arrow {
                Arrow::Need => LinkKind::Need,
                Arrow::Flow(direction) => LinkKind::Flow(direction),
            },
            context: if is_last { self.text(number, Role::Context).into_owned() } else { String::new() },
            flow_text: arrow.text.map(|span| tree.name(span).into_owned()).unwrap_or_default(),
            ..Link::need(from, to)
        };
        let next = self.links.len();
        let is_full = next >= MAX_LINKS;
        let place = match seen.entry((from, to)) {
            Entry::Occupied(mut same_ends) => {
                let same_ends = same_ends.get_mut();
                let mut earlier = std::iter::once(&same_ends.first).chain(&same_ends.others);
                let double =
                    earlier.find(|at| self.links.get(**at).is_some_and(|(_, other)| says_the_same(other, &link)));
                if let Some((id, _)) = double.and_then(|at| self.links.get(*at)) {
                    let id = *id;
                    let message = "This link is there already; it stays in the text and is drawn once.";
                    self.report.notice(code!("duplicate-link"), At(number, tree.body(number)), message);
                    self.bind_link(number, arrow.number, id);
                    return;
                }
                if !is_full {
                    same_ends.others.push(next);
                }
                next
            }
            Entry::Vacant(slot) => {
                if !is_full {
                    slot.insert(Seen { first: next, others: Vec::new() });
                }
                next
            }
        };
        if place >= MAX_LINKS {
            if !self.said_too_many_links {
                self.said_too_many_links = true;
                let message =
                    format!("A map has at most {MAX_LINKS} links; this one and those behind it are left out.");
                self.report.say(Severity::Error, code!("too-many-links"), At(number, arrow.span), message);
            }
            return;
        }
        let id = self.ids.take_link(number, from, to);
        self.bind_link(number, arrow.number, id);
        self.links.push((id, Rc::new(link)));
    }

    fn bind_link(&mut self, statement: u32, arrow: u32, link: LinkId) {
        self.bind(statement, AnyRecordId::Link(link));
        if self.keeps_places {
            self.sites.push(LinkSite { statement, arrow, link });
        }
    }

    /// Ends that the links planned for the statement have, where names alone do not tell.
    fn known_link(&self, number: u32) -> Option<Vec<Option<usize>>> {
        if self.names.ambiguous.is_empty() {
            return None;
        }
        let ends: Vec<Span> = self.tree.spans(number, Role::Name).collect();
        let mut known = vec![None; ends.len()];
        for (position, pair) in ends.windows(2).enumerate() {
            let found = self.known_ends(number, pair, |any| {
                let link = Link::of(any).and_then(|id| self.ids.document()?.links.get(&id));
                link.map(|link| vec![link.from, link.to])
            });
            for (offset, index) in found.into_iter().flatten().enumerate() {
                if let Some(slot) = known.get_mut(position + offset) {
                    *slot = Some(index);
                }
            }
        }
        known.iter().any(Option::is_some).then_some(known)
    }

    fn say_missing_end(&mut self, at: At, empty: bool) {
        if empty {
            let message = "This link has only one end, so it is left out.";
            self.report.warn(code!("half-link"), at, message);
        } else {
            self.say_missing(code!("dangling-link"), at, "so this link is left out");
        }
    }

    /// `A->B # remark`: what stands before the sign, when that is a component.
    fn before_hash(&mut self, number: u32, span: Span) -> Option<(usize, Span)> {
        let text = self.tree.code(span);
        let hash = text.find(" #")?;
        let head = Span::new(span.start, span.start + text.get(..hash)?.trim_end().len());
        let index = self.resolve(head)?;
        let sign = Span::new(span.start + hash + 1, span.start + hash + 2);
        let message =
            "A comment begins with // here; OnlineWardleyMaps takes this for a part of the name and drops the link.";
        let fix = ("Write //", sign, "//".to_owned());
        let at = At(number, Span::new(sign.start, span.end));
        self.report.fixable(Severity::Warning, code!("hash-comment"), at, message, fix);
        Some((index, head))
    }
}

/// A number as `evolve` needs it: with a point.
pub(super) fn decimal(text: &str) -> String {
    crate::format::owm::lexer::number_prefix(text)
        .map_or_else(String::new, |(n, _)| crate::format::owm::spell::number(n, 2, 0))
}
