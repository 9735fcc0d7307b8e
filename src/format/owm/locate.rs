//! From a place in the text to a record and back, and the colours of the words: for linking a text pane with the map.
//!
//! Knows no screen; classes of words have names, not colours.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::format::owm::lexer::{slice, trimmed};
use crate::format::owm::syntax::{Kind, Role, Span, Tree};
use crate::model::{AnyRecordId, TextSource};
use crate::order;

/// Where the records of a text stand. Made once for a text, asked at every move of the caret.
#[derive(Debug, Clone)]
pub struct SourceIndex {
    /// First byte of each statement and, behind the last, the end of the text.
    starts: Vec<usize>,
    /// Records in each stretch of the text, in order of their places; a chain has one for each link.
    places: Vec<(Span, AnyRecordId)>,
    /// The stretch that stands for each record: of a component its own line.
    main: BTreeMap<AnyRecordId, Span>,
}

impl SourceIndex {
    /// The index of a text and its bindings.
    pub fn new(source: &TextSource) -> Self {
        let tree = Tree::parse(&source.text);
        let mut bound: BTreeMap<u32, Vec<AnyRecordId>> = BTreeMap::new();
        for binding in &source.bindings {
            bound.entry(binding.statement).or_default().push(binding.record);
        }
        let mut index = Self { starts: Vec::new(), places: Vec::new(), main: BTreeMap::new() };
        for (number, statement) in (0u32..).zip(tree.statements()) {
            index.starts.push(statement.span.start);
            let Some(records) = bound.get(&number) else { continue };
            let declares = matches!(statement.kind, Kind::Component(_));
            for (record, span) in records.iter().zip(stretches(&tree, number, records.len())) {
                index.places.push((span, *record));
                if declares {
                    index.main.insert(*record, span);
                } else {
                    index.main.entry(*record).or_insert(span);
                }
            }
        }
        index.starts.push(source.text.len());
        index
    }

    /// The record whose line the byte is in; in a chain of links the nearest link that begins before it.
    pub fn record_at(&self, byte_offset: usize) -> Option<AnyRecordId> {
        let statement = self.starts.partition_point(|start| *start <= byte_offset).checked_sub(1)?;
        // Behind the last byte the caret is still in the last line.
        let statement = statement.min(self.starts.len().saturating_sub(2));
        let (start, end) = (self.starts.get(statement)?, self.starts.get(statement + 1)?);
        let first = self.places.partition_point(|(span, _)| span.start < *start);
        let inside = self.places.get(first..)?.iter().take_while(|(span, _)| span.start < *end || span.start == *start);
        let mut found = None;
        for (span, record) in inside {
            if found.is_none() || span.start <= byte_offset {
                found = Some(*record);
            }
        }
        found
    }

    /// Where the record stands: its line without indent and comment, or its part of a chain.
    pub fn span_of(&self, record: AnyRecordId) -> Option<Range<usize>> {
        self.main.get(&record).map(|span| span.range())
    }

    /// All places that stand for the record, such as a component's line and its `evolve`.
    pub fn spans_of(&self, record: AnyRecordId) -> impl Iterator<Item = Range<usize>> + '_ {
        self.places.iter().filter(move |(_, other)| *other == record).map(|(span, _)| span.range())
    }
}

/// The stretch of each record of a statement: the pairs of a chain, else all of it.
fn stretches(tree: &Tree<'_>, number: u32, count: usize) -> Vec<Span> {
    let names: Vec<Span> = tree.spans(number, Role::Name).collect();
    let is_chain =
        tree.statement(number).is_some_and(|s| s.kind == Kind::Link) && names.len() == count + 1 && count > 1;
    if !is_chain {
        return vec![tree.body(number); count];
    }
    names.windows(2).filter_map(|pair| Some(Span::new(pair.first()?.start, pair.last()?.end))).collect()
}

/// The record whose line the byte is in. For repeated questions see [`SourceIndex`].
pub fn record_at(source: &TextSource, byte_offset: usize) -> Option<AnyRecordId> {
    SourceIndex::new(source).record_at(byte_offset)
}

/// Where the record stands in the text. For repeated questions see [`SourceIndex`].
pub fn span_of(source: &TextSource, record: AnyRecordId) -> Option<Range<usize>> {
    SourceIndex::new(source).span_of(record)
}

/// What a stretch of the text is, for colouring it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenClass {
    /// `component`, `label`, `{` …
    Keyword,
    /// Name of a component.
    Name,
    /// A number.
    Number,
    /// `->`, `+>` …
    Arrow,
    /// Title, note, context, stage …
    Text,
    /// `(buy)`, `inertia`, `--hide`
    Decorator,
    /// A comment.
    Comment,
    /// A component in a comment.
    Hidden,
    /// Nothing that is understood.
    Unknown,
}

/// The classes of all stretches that have one, in order and without overlaps.
pub fn highlight(text: &str) -> Vec<(Range<usize>, TokenClass)> {
    let tree = Tree::parse(text);
    let mut tokens: Vec<(Span, TokenClass)> = Vec::with_capacity(tree.parts.len());
    for (number, statement) in (0u32..).zip(tree.statements()) {
        let whole = trimmed(text, statement.span);
        match statement.kind {
            Kind::Comment => tokens.push((whole, TokenClass::Comment)),
            Kind::TooLong => tokens.push((whole, TokenClass::Unknown)),
            _ if tree.has(number, Role::CommentMark) => tokens.push((whole, TokenClass::Hidden)),
            _ => {
                for part in tree.parts(statement) {
                    push(&mut tokens, text, part.role, part.span);
                }
                tokens.push((statement.comment, TokenClass::Comment));
            }
        }
    }
    order::sort_by_key(&mut tokens, |(span, _)| (span.start, span.end));
    let mut end = 0;
    tokens.retain(|(span, _)| {
        let keep = !span.is_empty() && span.start >= end;
        end = if keep { span.end } else { end };
        keep
    });
    tokens.into_iter().map(|(span, class)| (span.range(), class)).collect()
}

fn push(tokens: &mut Vec<(Span, TokenClass)>, text: &str, role: Role, span: Span) {
    let class = match role {
        Role::Keyword | Role::EvolveWord => TokenClass::Keyword,
        Role::Name | Role::NewName => TokenClass::Name,
        Role::Text | Role::Stage | Role::Context | Role::FlowText | Role::Address | Role::UrlKey => TokenClass::Text,
        Role::Number | Role::LabelNumber | Role::PixelNumber | Role::Maturity | Role::Index => TokenClass::Number,
        Role::Flag(_) | Role::Hide => TokenClass::Decorator,
        Role::Junk => TokenClass::Unknown,
        Role::Label => {
            tokens.push((Span::new(span.start, span.start + 5), TokenClass::Keyword));
            return;
        }
        Role::Arrow(_) => {
            // The text inside has a class of its own.
            let arrow = slice(text, span);
            match (arrow.find('\''), arrow.rfind('\'')) {
                (Some(open), Some(close)) if open < close => {
                    tokens.push((Span::new(span.start, span.start + open + 1), TokenClass::Arrow));
                    tokens.push((Span::new(span.start + close, span.end), TokenClass::Arrow));
                }
                _ => tokens.push((span, TokenClass::Arrow)),
            }
            return;
        }
        Role::CommentMark | Role::Bracket | Role::Group | Role::UrlCall => return,
    };
    tokens.push((span, class));
}
