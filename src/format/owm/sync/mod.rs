//! Writing a document as text with the least change to the text it came from.
//!
//! The text is read anew with the ids its statements are bound to. Where what it says differs from what the document
//! says, single parts of single lines are replaced, lines are taken out, or lines are added where their like stand.
//! A document without a text is written the same way, as additions to an empty one.

mod assemble;
mod components;
mod lines;
mod links;
mod losses;
mod pipelines;
mod silent;

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostic;
use crate::format::owm::ids::{Ids, Record};
use crate::format::owm::lexer::{is_number, slice};
use crate::format::owm::lower::{lower, Lowered};
use crate::format::owm::said::SaidComponent;
use crate::format::owm::spell;
use crate::format::owm::syntax::{Kind, Role, Span, Tree};
use crate::id::Id;
use crate::model::{AnyRecordId, ComponentId, Document, PipelineId, SourceBinding, SourceLanguage, TextSource};
use crate::order;

pub(super) use silent::silent;

/// A document as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// What the text cannot say, and what OnlineWardleyMaps will read differently.
    pub diagnostics: Vec<Diagnostic>,
    /// The record of each statement, for making the text the document's source.
    pub bindings: Vec<SourceBinding>,
}

impl Written {
    /// The text as a document's source.
    pub fn into_source(self) -> TextSource {
        TextSource { language: SourceLanguage::Owm, text: self.text, bindings: self.bindings }
    }
}

/// The document as OnlineWardleyMaps text. What the document's own text says already stays byte for byte.
pub fn write(document: &Document) -> Written {
    let own = document.source.as_deref().filter(|source| source.language == SourceLanguage::Owm);
    let empty = TextSource { language: SourceLanguage::Owm, text: String::new(), bindings: Vec::new() };
    let source = own.unwrap_or(&empty);
    let tree = Tree::parse(&source.text);
    // Records that the text makes but nobody bound are not the document's; they are left as they stand.
    let base = lower(&tree, Ids::planned(&source.bindings, document, 0));
    let silent = silent(&base.document, document, &source.bindings);
    let mut sync = Sync {
        silent,
        tree: &tree,
        base: &base,
        document,
        edits: BTreeMap::new(),
        deleted: BTreeSet::new(),
        inserts: BTreeMap::new(),
        records: BTreeMap::new(),
        url_keys: BTreeMap::new(),
        freed_urls: BTreeSet::new(),
        statements_of: BTreeMap::new(),
        first_of: BTreeMap::new(),
        self_links: BTreeMap::new(),
        new_components: Vec::new(),
        variants: BTreeMap::new(),
    };
    sync.run();
    let (text, bindings) = sync.assemble(&source.bindings);
    Written { text, diagnostics: losses::losses(document), bindings }
}

/// A replacement of bytes within one statement.
#[derive(Debug, Clone)]
struct Edit {
    span: Span,
    text: String,
}

/// A statement to be added: its line without a line break, and the records it stands for.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    records: Vec<AnyRecordId>,
}

struct Sync<'s, 't> {
    tree: &'s Tree<'t>,
    base: &'s Lowered<'s>,
    document: &'s Document,
    edits: BTreeMap<u32, Vec<Edit>>,
    deleted: BTreeSet<u32>,
    /// Lines to add behind so many statements: 0 is the beginning.
    inserts: BTreeMap<u32, Vec<Line>>,
    /// New bindings of statements whose links have changed.
    records: BTreeMap<u32, Vec<AnyRecordId>>,
    /// Keys of addresses given out, by address.
    url_keys: BTreeMap<String, String>,
    /// Addresses that a component had in the text and has no more.
    freed_urls: BTreeSet<String>,
    /// Statements bound to each component.
    statements_of: BTreeMap<ComponentId, Vec<u32>>,
    /// Statements of records that the text cannot tell from others, as the second of two links between components of
    /// the same names: written once, and left alone while the line stays the same.
    silent: BTreeMap<AnyRecordId, u32>,
    /// First statement of every other record.
    first_of: BTreeMap<AnyRecordId, u32>,
    /// Links of components to themselves, which only the text has.
    self_links: BTreeMap<ComponentId, Vec<u32>>,
    /// Components to add outside pipelines.
    new_components: Vec<Line>,
    /// Variants to add to each pipeline.
    variants: BTreeMap<PipelineId, Vec<Line>>,
}

impl<'s, 't> Sync<'s, 't> {
    fn run(&mut self) {
        for binding in &self.base.bindings {
            if let AnyRecordId::Component(id) = binding.record {
                self.statements_of.entry(id).or_default().push(binding.statement);
            } else {
                self.first_of.entry(binding.record).or_insert(binding.statement);
            }
        }
        for pair in self.base.references.windows(2) {
            if let [a, b] = pair {
                if a.statement == b.statement && a.component == b.component && self.is_single_link(a.statement) {
                    self.self_links.entry(a.component).or_default().push(a.statement);
                }
            }
        }
        self.settings();
        self.components();
        self.pipelines();
        self.links();
        self.evolves_of_new();
        self.lines();
        self.addresses();
        self.silent_lines();
    }

    /// Whether the text has no line for the record.
    fn is_new<K: Record>(&self, id: Id<K>) -> bool {
        !self.base.document.has(K::any(id)) && !self.silent.contains_key(&K::any(id))
    }

    fn is_single_link(&self, statement: u32) -> bool {
        self.tree.statement(statement).is_some_and(|s| s.kind == Kind::Link)
            && self.tree.spans(statement, Role::Name).count() == 2
    }

    /// Whether the record's statement is not known to the document, and so must not be touched.
    fn is_foreign<K: Record>(&self, id: Id<K>) -> bool {
        self.base.ids.is_made(K::any(id))
    }

    /// What the text says of a component; boxes that the document does not know are none.
    fn said_base(&self, id: ComponentId) -> Option<SaidComponent<'s>> {
        let base: &'s Lowered<'s> = self.base;
        let mut said = base.document.components.get(&id).map(|c| SaidComponent::of(c, &base.document))?;
        said.variant_of = said.variant_of.filter(|pipeline| !self.is_foreign(*pipeline));
        Some(said)
    }

    fn said(&self, id: ComponentId) -> Option<SaidComponent<'s>> {
        let document: &'s Document = self.document;
        document.components.get(&id).map(|c| SaidComponent::of(c, document))
    }

    /// The name as the text says it; a component that is gone has none, and then nothing needs it.
    fn said_name(&self, id: ComponentId) -> String {
        self.document
            .components
            .get(&id)
            .map_or_else(String::new, |c| crate::format::owm::said::said_name(&c.name).into_owned())
    }

    fn edit(&mut self, statement: u32, span: Span, text: impl Into<String>) {
        let text = text.into();
        if slice(self.tree.text, span) != text {
            self.edits.entry(statement).or_default().push(Edit { span, text });
        }
    }

    /// Takes a part out with the blanks before it.
    fn remove(&mut self, statement: u32, span: Span) {
        let start = self.tree.statement(statement).map_or(span.start, |s| s.span.start);
        let before = slice(self.tree.text, Span::new(start, span.start));
        let start = start + before.trim_end_matches([' ', '\t']).len();
        self.edit(statement, Span::new(start, span.end), "");
    }

    /// Replaces what stands between the indent and the comment.
    fn replace_body(&mut self, statement: u32, text: impl Into<String>) {
        let body = self.tree.body(statement);
        self.edits.remove(&statement);
        self.edit(statement, body, text);
    }

    /// Writes a number over one that is there, keeping its decimals; nothing when it says the same.
    fn edit_number(&mut self, statement: u32, span: Span, said: f64, value: f64, least: usize) {
        if !spell::same_number(said, value, least) {
            let token = slice(self.tree.text, span);
            let old = token.split_once('.').map_or(0, |(_, digits)| digits.len());
            self.edit(statement, span, spell::number(value, least, old));
        }
    }

    fn is_plain_number(&self, span: Span) -> bool {
        is_number(self.tree.code(span))
    }

    /// Where something can be added to a statement: behind its last part that means anything.
    fn end_of_parts(&self, statement: u32) -> usize {
        let parts = self.tree.parts_of(statement).iter().filter(|p| p.role != Role::Junk);
        parts.map(|p| p.span.end).max().unwrap_or_else(|| self.tree.body(statement).end)
    }

    /// The bytes of `span` with the edits of its statement worked in.
    fn rendered(&self, statement: u32, span: Span) -> String {
        let mut text = String::new();
        let mut at = span.start;
        let mut edits: Vec<&Edit> = self.edits.get(&statement).into_iter().flatten().collect();
        order::sort_by_key(&mut edits, |e| (e.span.start, e.span.end));
        for edit in edits {
            if edit.span.start >= at && edit.span.end <= span.end {
                text.push_str(slice(self.tree.text, Span::new(at, edit.span.start)));
                text.push_str(&edit.text);
                at = edit.span.end;
            }
        }
        text.push_str(slice(self.tree.text, Span::new(at, span.end)));
        text
    }

    /// Whether no other statement stands on the line.
    fn is_alone(&self, statement: u32) -> bool {
        let line = |number: Option<u32>| number.and_then(|n| self.tree.statement(n)).map(|s| s.line);
        let own = line(Some(statement));
        line(statement.checked_sub(1)) != own && line(statement.checked_add(1)) != own
    }

    /// The blanks before a statement.
    fn indent(&self, statement: u32) -> String {
        let start = self.tree.statement(statement).map_or(0, |s| s.span.start);
        let before = slice(self.tree.text, Span::new(start, self.tree.body(statement).start));
        before.chars().filter(|c| *c == ' ' || *c == '\t').collect()
    }

    /// The number of the last statement that satisfies the test, outside blocks.
    fn last(&self, test: impl Fn(Kind) -> bool) -> Option<u32> {
        let all = self.tree.statements();
        let at = all.iter().rposition(|s| s.block.is_none() && test(s.kind))?;
        u32::try_from(at).ok()
    }

    fn count(&self) -> u32 {
        u32::try_from(self.tree.statements().len()).unwrap_or(u32::MAX)
    }

    /// Adds lines behind the statement, indented like it.
    fn insert_after(&mut self, statement: u32, lines: impl IntoIterator<Item = Line>) {
        let indent = self.indent(statement);
        let lines = lines.into_iter().map(|line| Line { text: format!("{indent}{}", line.text), ..line });
        self.inserts.entry(statement + 1).or_default().extend(lines);
    }

    /// Adds lines at the end, with a blank line before the first of a group.
    fn append(&mut self, lines: Vec<Line>) {
        let Some(first) = lines.first() else { return };
        let at = self.count();
        let blank_before = self.tree.statements().last().is_none_or(|s| s.kind == Kind::Blank);
        let slot = self.inserts.entry(at).or_default();
        let needs_blank = if slot.is_empty() { !blank_before } else { true };
        // The title alone needs no gap before the other settings.
        if needs_blank && !first.text.is_empty() {
            slot.push(Line { text: String::new(), records: Vec::new() });
        }
        slot.extend(lines);
    }

    /// Adds lines behind the last statement of their kind, else at the end.
    fn add_by_kind(&mut self, test: impl Fn(Kind) -> bool, lines: Vec<Line>) {
        if lines.is_empty() {
            return;
        }
        match self.last(test) {
            Some(statement) => self.insert_after(statement, lines),
            None => self.append(lines),
        }
    }
}
