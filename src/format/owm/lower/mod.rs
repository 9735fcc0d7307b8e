//! From a tree to a document: what the statements say, with a diagnostic for everything changed, guessed or left aside.
//!
//! Two passes: components first, so that names are known wherever they stand; then everything that names them.
//! Ids come from [`Ids`], so that the same reading serves a new document and one that exists already.

mod names;
mod numbers;
mod relations;
mod rest;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::diag::{Diagnostic, Severity};
use crate::format::owm::ids::{Ids, Record};
use crate::format::owm::lexer::slice;
use crate::format::owm::lower::names::Names;
use crate::format::owm::report::{code, nearest, shown, At, Reporter};
use crate::format::owm::spell::{self, Slot};
use crate::format::owm::syntax::{cleaned_name, Dialect, Flag, Form, Kind, Role, Span, Statement, Tree};
use crate::geom::Evolution;
use crate::model::allowed_address;
use crate::model::{
    folded_name, AnyRecordId, Component, ComponentId, ComponentKind, Document, Inertia, Link, LinkId, Method,
    PipelineId, Settings, SourceBinding, Symbol, MAX_COMPONENTS, MAX_NAME_LENGTH,
};
use crate::order;

/// A place in the text that names a component.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    pub(super) statement: u32,
    pub(super) span: Span,
    pub(super) component: ComponentId,
}

/// A link of a statement: `arrow` counts from 0; several for a chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct LinkSite {
    pub(super) statement: u32,
    pub(super) arrow: u32,
    pub(super) link: LinkId,
}

/// A text as a document, and how the two hang together.
pub(super) struct Lowered<'d> {
    pub(super) document: Document,
    pub(super) bindings: Vec<SourceBinding>,
    pub(super) references: Vec<Reference>,
    pub(super) links: Vec<LinkSite>,
    /// The statement that declares each component, by id.
    pub(super) declared: Vec<(ComponentId, u32)>,
    /// The statement of each address, by its key.
    pub(super) urls: BTreeMap<String, u32>,
    pub(super) ids: Ids<'d>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A component being put together.
struct Draft {
    id: ComponentId,
    statement: u32,
    /// The pipeline's statement whose braces it stands in.
    block: Option<u32>,
    component: Component,
    /// Has an `evolve` already.
    evolving: bool,
}

struct Lowering<'t, 'd> {
    tree: &'t Tree<'t>,
    ids: Ids<'d>,
    report: Reporter<'t>,
    drafts: Vec<Draft>,
    names: Names,
    /// Pipelines by their statement and by their parent.
    pipelines: BTreeMap<u32, PipelineId>,
    pipeline_of: BTreeMap<ComponentId, PipelineId>,
    settings: Settings,
    document: Document,
    bindings: Vec<SourceBinding>,
    /// Whether places of names and links are wanted: for changing the text, not for reading alone.
    keeps_places: bool,
    references: Vec<Reference>,
    sites: Vec<LinkSite>,
    links: Vec<(LinkId, Rc<Link>)>,
    urls: BTreeMap<String, u32>,
    /// The first statement that uses each address.
    urls_used: BTreeMap<String, u32>,
    next_annotation: u32,
    said_too_many_links: bool,
}

/// Reads the tree; ids as `ids` has them.
pub(super) fn lower<'d>(tree: &Tree<'_>, ids: Ids<'d>) -> Lowered<'d> {
    let mut lowering = Lowering {
        tree,
        ids,
        report: Reporter::new(tree),
        drafts: Vec::new(),
        names: Names::default(),
        pipelines: BTreeMap::new(),
        pipeline_of: BTreeMap::new(),
        settings: Settings::default(),
        document: Document::new(),
        bindings: Vec::new(),
        keeps_places: false,
        references: Vec::new(),
        sites: Vec::new(),
        links: Vec::new(),
        urls: BTreeMap::new(),
        urls_used: BTreeMap::new(),
        next_annotation: 1,
        said_too_many_links: false,
    };
    lowering.keeps_places = lowering.ids.document().is_some();
    lowering.collect_urls();
    lowering.collect_components();
    lowering.collect_pipelines();
    lowering.relations();
    lowering.rest();
    lowering.finish()
}

fn number_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl<'t, 'd> Lowering<'t, 'd> {
    fn statements(&self) -> impl Iterator<Item = (u32, &'t Statement)> {
        let tree: &'t Tree<'t> = self.tree;
        tree.statements().iter().enumerate().map(|(index, statement)| (number_of(index), statement))
    }

    fn bind(&mut self, statement: u32, record: AnyRecordId) {
        self.bindings.push(SourceBinding { statement, record });
    }

    fn bind_new<K: Record>(&mut self, statement: u32) -> crate::id::Id<K> {
        let id = self.ids.take::<K>(statement);
        self.bind(statement, K::any(id));
        id
    }

    /// The span of the first part of this role, or of the whole statement.
    fn at(&self, statement: u32, role: Role) -> At {
        At(statement, self.tree.span(statement, role).unwrap_or_else(|| self.tree.body(statement)))
    }

    /// A name, cut to the length a document allows.
    fn name(&mut self, statement: u32, span: Span) -> String {
        let name = cleaned_name(self.tree.name(span));
        if name.chars().nth(MAX_NAME_LENGTH).is_none() {
            return name.into_owned();
        }
        let cut: String = name.chars().take(MAX_NAME_LENGTH).collect();
        let message = format!("This name has more than {MAX_NAME_LENGTH} characters; the rest is left out on the map.");
        self.report.warn(code!("name-too-long"), At(statement, span), message);
        cut
    }

    fn collect_urls(&mut self) {
        for (number, statement) in self.statements() {
            if statement.kind == Kind::Url {
                if let Some(key) = self.tree.span(number, Role::Name) {
                    self.urls.entry(self.tree.code(key).to_owned()).or_insert(number);
                }
            }
        }
    }

    fn collect_components(&mut self) {
        let tree: &'t Tree<'t> = self.tree;
        // Names that are really there; a comment with the same name is an older version of the line, not a hidden thing.
        let has_hidden = tree.parts.iter().any(|p| p.role == Role::CommentMark);
        let mut live: BTreeSet<String> = BTreeSet::new();
        if has_hidden {
            for (number, statement) in self.statements() {
                if matches!(statement.kind, Kind::Component(_)) && !tree.has(number, Role::CommentMark) {
                    live.extend(tree.span(number, Role::Name).map(|span| folded_name(&tree.name(span))));
                }
            }
        }
        let mut hidden: Vec<u32> = Vec::new();
        for (number, statement) in self.statements() {
            let Kind::Component(form) = statement.kind else { continue };
            let is_hidden = tree.has(number, Role::CommentMark);
            if is_hidden {
                let numbers = tree.spans(number, Role::Number).count();
                let name = tree.span(number, Role::Name).map(|span| folded_name(&tree.name(span))).unwrap_or_default();
                // One number is a place only among variants.
                // One of another's name is left a comment, unless it is known to be a component.
                let known = self.ids.planned_at(number).iter().any(|any| Component::of(*any).is_some());
                if (numbers == 1) != statement.block.is_some() || !(live.insert(name) || known) {
                    continue;
                }
                hidden.push(number);
            }
            if self.drafts.len() >= MAX_COMPONENTS {
                let message = format!(
                    "A map has at most {MAX_COMPONENTS} components; this one and those behind it are left out."
                );
                self.report.say(Severity::Error, code!("too-many-components"), At(number, tree.body(number)), message);
                break;
            }
            let component = Component { hidden: is_hidden, ..self.component(number, statement, form) };
            let id = self.bind_new::<Component>(number);
            if self.keeps_places {
                let span = tree.span(number, Role::Name).unwrap_or_default();
                self.references.push(Reference { statement: number, span, component: id });
            }
            self.drafts.push(Draft { id, statement: number, block: statement.block, component, evolving: false });
        }
        self.index_names();
        self.say_hidden(&hidden);
    }

    fn say_hidden(&mut self, hidden: &[u32]) {
        let Some(first) = hidden.first().copied() else { return };
        let names: Vec<String> = hidden
            .iter()
            .take(3)
            .filter_map(|number| self.tree.span(*number, Role::Name))
            .map(|span| shown(&self.tree.name(span)))
            .collect();
        let more = match hidden.len().saturating_sub(names.len()) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let what = if hidden.len() == 1 { "One component in a comment is" } else { "Components in comments are" };
        let message = format!("{what} read as hidden: {}{more}.", names.join(", "));
        self.report.notice(code!("hidden-components"), self.at(first, Role::Name), message);
    }

    fn component(&mut self, number: u32, statement: &Statement, form: Form) -> Component {
        let tree = self.tree;
        let span = tree.span(number, Role::Name).unwrap_or_default();
        let mut name = self.name(number, span);
        if name.is_empty() {
            name = "Unnamed".to_owned();
            let message = "This component has no name; it is called “Unnamed” on the map.";
            self.report.warn(code!("no-name"), At(number, tree.body(number)), message);
        }
        let mut component = Component {
            name,
            kind: match form {
                Form::Anchor => ComponentKind::Anchor,
                Form::Submap => ComponentKind::Submap,
                _ => ComponentKind::Component,
            },
            symbol: match form {
                Form::Market => Symbol::Market,
                Form::Ecosystem => Symbol::Ecosystem,
                _ => Symbol::Plain,
            },
            ..Component::default()
        };
        if statement.block.is_some() {
            component.evolution = self.variant_place(number);
        } else {
            (component.visibility, component.evolution) = self.component_place(number);
        }
        component.label_offset = self.label(number);
        for part in tree.parts_of(number) {
            if let Role::Flag(flag) = part.role {
                self.set_flag(&mut component, flag, At(number, part.span));
            }
        }
        if tree.has(number, Role::UrlCall) {
            component.url = self.url_of(number);
        }
        component
    }

    fn set_flag(&mut self, component: &mut Component, flag: Flag, at: At) {
        let method = match flag {
            Flag::Build => Method::Build,
            Flag::Buy => Method::Buy,
            Flag::Outsource => Method::Outsource,
            Flag::Market | Flag::Ecosystem => {
                let symbol = if flag == Flag::Market { Symbol::Market } else { Symbol::Ecosystem };
                if component.symbol != Symbol::Plain && component.symbol != symbol {
                    let message = "A component is a market or an ecosystem, not both; the first is kept.";
                    self.report.warn(code!("two-symbols"), at, message);
                } else {
                    component.symbol = symbol;
                }
                return;
            }
            Flag::Inertia => {
                component.inertia = Some(Inertia::default());
                return;
            }
        };
        if component.method.is_some_and(|m| m != method) {
            let message = "A component is built, bought or outsourced; the first of these words is kept.";
            self.report.warn(code!("two-methods"), at, message);
        } else {
            component.method = Some(method);
        }
    }

    /// The address behind `url(…)`: the one of the `url` line with this key, or written out.
    fn url_of(&mut self, number: u32) -> Option<String> {
        let tree = self.tree;
        let key_span = tree.span(number, Role::UrlKey)?;
        let key = tree.code(key_span);
        let at = At(number, key_span);
        let address = match self.urls.get(key) {
            Some(line) => {
                self.urls_used.entry(key.to_owned()).or_insert(number);
                tree.span(*line, Role::Address).map(|span| tree.code(span).to_owned()).unwrap_or_default()
            }
            None if key.contains(':') => key.to_owned(),
            None => {
                let message = format!("There is no line “url {key} […]”, so this link leads nowhere.");
                self.report.notice(code!("no-url-line"), at, message);
                return None;
            }
        };
        if allowed_address(&address) {
            return Some(address);
        }
        let message = "Only addresses that begin with http:, https: or mailto: are used; this one is left aside.";
        self.report.warn(code!("unsafe-address"), at, message);
        None
    }

    fn index_names(&mut self) {
        let tree: &'t Tree<'t> = self.tree;
        let (names, twice) = Names::new(&self.drafts);
        self.names = names;
        for (index, first) in twice {
            let (Some(draft), Some(first)) = (self.drafts.get(index), self.drafts.get(first)) else { continue };
            let line = tree.statement(first.statement).map_or(0, |s| s.line);
            let at = self.at(draft.statement, Role::Name);
            let name = shown(&draft.component.name);
            if draft.component.name == first.component.name {
                let message = format!("{name} is declared twice; links and other lines go to the one in line {line}.");
                self.report.notice(code!("duplicate-name"), at, message);
            } else {
                let message = format!(
                    "{name} differs from {} in line {line} only in case or blanks; OnlineWardleyMaps joins links to the first.",
                    shown(&first.component.name)
                );
                self.report.notice(code!("similar-name"), at, message);
            }
        }
    }

    /// The component of this name.
    fn resolve(&self, span: Span) -> Option<usize> {
        self.names.find(&self.tree.name(span), &self.drafts)
    }

    /// The component of this name; of several the one that the statement is known to be about.
    fn resolve_bound(&self, statement: u32, span: Span) -> Option<usize> {
        self.known_ends(statement, &[span], |any| Component::of(any).map(|id| vec![id]))
            .and_then(|ends| ends.first().copied())
            .or_else(|| self.resolve(span))
    }

    /// Components that a planned record of the statement belongs to, when they have these names and one of the names
    /// is not enough to tell.
    fn known_ends(
        &self,
        statement: u32,
        spans: &[Span],
        ends: impl Fn(AnyRecordId) -> Option<Vec<ComponentId>>,
    ) -> Option<Vec<usize>> {
        if self.names.ambiguous.is_empty() {
            return None;
        }
        let names: Vec<String> = spans.iter().map(|span| folded_name(&self.tree.name(*span))).collect();
        if !names.iter().any(|name| self.names.ambiguous.contains(name)) {
            return None;
        }
        self.ids.planned_at(statement).iter().filter_map(|any| ends(*any)).find_map(|ids| {
            let found: Vec<usize> = ids.iter().filter_map(|id| self.names.by_id.get(id).copied()).collect();
            let fits = found.len() == names.len()
                && found.iter().zip(&names).all(|(index, name)| {
                    self.drafts.get(*index).is_some_and(|draft| folded_name(&draft.component.name) == *name)
                });
            fits.then_some(found)
        })
    }

    fn draft_id(&self, index: usize) -> ComponentId {
        self.drafts.get(index).map_or_else(ComponentId::default, |d| d.id)
    }

    fn refer(&mut self, statement: u32, span: Span, index: usize) {
        if self.keeps_places {
            let component = self.draft_id(index);
            self.references.push(Reference { statement, span, component });
        }
    }

    /// Says that a name is not on the map, with the nearest one that is.
    fn say_missing(&mut self, code: crate::format::owm::report::Code, at: At, consequence: &str) {
        let name = self.tree.name(at.1).into_owned();
        if name.is_empty() {
            let message = format!("There is no name here, {consequence}.");
            self.report.notice(code, at, message);
            return;
        }
        let renamed = self.report.may_suggest(self.drafts.len())
            && self.drafts.iter().any(|d| {
                let new = d.component.evolve.as_ref().and_then(|e| e.name.as_ref());
                new.is_some_and(|new| folded_name(new) == folded_name(&name))
            });
        if renamed {
            let message = format!(
                "{} is the name of an evolved component, which cannot be named here, {consequence}.",
                shown(&name)
            );
            self.report.notice(code, at, message);
            return;
        }
        let candidate = if self.report.may_suggest(self.drafts.len() * 4) {
            nearest(&name, self.drafts.iter().map(|d| d.component.name.as_str()))
        } else {
            None
        };
        match candidate.map(str::to_owned) {
            Some(candidate) => {
                let message =
                    format!("{} is not on the map, {consequence}. Did you mean {}?", shown(&name), shown(&candidate));
                let spelt = if candidate.contains('\n') || candidate.contains('"') {
                    crate::format::owm::lexer::in_quotes(&candidate)
                } else {
                    candidate
                };
                self.report.fixable(Severity::Notice, code, at, message, ("Use this name", at.1, spelt));
            }
            None => {
                let message = format!("{} is not on the map, {consequence}.", shown(&name));
                if self.tree.dialect == Dialect::Owm {
                    let fix = self.adding(at.0, &name);
                    self.report.fixable(Severity::Notice, code, at, message, fix);
                } else {
                    self.report.notice(code, at, message);
                }
            }
        }
    }

    /// A line for a component of this name: behind the last of them, else before the statement that misses it.
    fn adding(&self, statement: u32, name: &str) -> (&'static str, Span, String) {
        let line = format!("component {}", spell::name(name, Slot::Declared { bracket: false }));
        let last = self.drafts.iter().rev().find(|d| d.block.is_none() && !d.component.hidden);
        let (at, line) = match last.filter(|d| d.statement < statement) {
            Some(draft) => {
                let body = self.tree.body(draft.statement);
                let behind = slice(self.tree.text, Span::new(body.end, self.tree.text.len()));
                (body.end + behind.find(['\n', '\r']).unwrap_or(behind.len()), format!("\n{line}"))
            }
            None => (self.tree.statement(statement).map_or(0, |s| s.span.start), format!("{line}\n")),
        };
        ("Add the component", Span::new(at, at), line)
    }

    fn finish(mut self) -> Lowered<'d> {
        let mut declared: Vec<(ComponentId, u32)> = Vec::new();
        if self.keeps_places {
            declared = self.drafts.iter().map(|d| (d.id, d.statement)).collect();
            declared.sort_unstable();
            order::sort_by_key(&mut self.references, |r| (r.statement, r.span.start));
        }
        self.document.components = order::map(self.drafts.into_iter().map(|d| (d.id, Rc::new(d.component))));
        self.document.links = order::map(self.links);
        self.document.settings = Rc::new(self.settings);
        order::sort_by_key(&mut self.bindings, |b| b.statement);
        Lowered {
            document: self.document,
            bindings: self.bindings,
            references: self.references,
            links: self.sites,
            declared,
            urls: self.urls,
            ids: self.ids,
            diagnostics: self.report.finish(),
        }
    }

    /// The text of a part, quotes taken off.
    fn text(&self, statement: u32, role: Role) -> Cow<'t, str> {
        let tree: &'t Tree<'t> = self.tree;
        tree.span(statement, role).map_or(Cow::Borrowed(""), |span| tree.name(span))
    }

    fn is_mermaid(&self) -> bool {
        self.tree.dialect == Dialect::Mermaid
    }

    /// The one number of a variant. Of a pair, pasted from an ordinary line, the second is the evolution.
    fn variant_place(&mut self, number: u32) -> Option<Evolution> {
        let numbers: Vec<Span> = self.tree.spans(number, Role::Number).collect();
        let span = match numbers.as_slice() {
            [] => None,
            [one] => Some(*one),
            [first, second, ..] => {
                let message = "A variant in a pipeline has one number, its evolution. Of two, the second is read as evolution here; OnlineWardleyMaps takes the first.";
                let fix = ("Keep the second number", Span::new(first.start, second.start), String::new());
                self.report.fixable(
                    Severity::Warning,
                    code!("variant-with-two-numbers"),
                    At(number, *first),
                    message,
                    fix,
                );
                Some(*second)
            }
        };
        let value = span.and_then(|span| self.share(number, span));
        if value.is_none() {
            let message = "This variant has no place in its pipeline; OnlineWardleyMaps puts it at 0.2.";
            self.report.notice(code!("no-place"), self.at(number, Role::Name), message);
        }
        value.map(Evolution::clamped)
    }
}
