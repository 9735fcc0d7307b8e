//! The lossless tree of a map text: statements in order, each with its parts and their places.
//!
//! Knows nothing of documents. A statement's span covers all its bytes with indent, comment and line break, so the
//! spans of all statements laid end to end are the text. Parts are the pieces that mean something; what lies between
//! them is never touched by an edit of a part.

use std::borrow::Cow;
use std::ops::Range;

use crate::format::owm::lexer;
use crate::model::{AttitudeKind, FlowDirection};

/// Bytes `start..end` of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte behind.
    pub end: usize,
}

impl Span {
    /// Bytes `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
    /// The same as a range.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
    /// Further to the right.
    pub(super) const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

/// Whose rules of spelling apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// OnlineWardleyMaps.
    Owm,
    /// Mermaid `wardley-beta`.
    Mermaid,
}

/// What an arrow says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrow {
    /// `->`
    Need,
    /// `+>`, `+<`, `+<>`, with or without a text.
    Flow(FlowDirection),
}

/// A word in parentheses behind a component, or `inertia`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// `(build)`
    Build,
    /// `(buy)`
    Buy,
    /// `(outsource)`
    Outsource,
    /// `(market)`
    Market,
    /// `(ecosystem)`
    Ecosystem,
    /// `inertia`
    Inertia,
}

/// With which word a component is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `component`
    Component,
    /// `anchor`
    Anchor,
    /// `submap`
    Submap,
    /// `market` with a place of its own.
    Market,
    /// `ecosystem` with a place of its own.
    Ecosystem,
}

/// What a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing but blanks.
    Blank,
    /// A line comment and nothing else, or a line inside a block comment.
    Comment,
    /// `wardley-beta`
    Header,
    /// `title`
    Title,
    /// A component, anchor or submap; commented out when it has a [`Role::CommentMark`].
    Component(Form),
    /// `build X`, `market X` and so on without a place.
    Decorate(Flag),
    /// A link or a chain of links.
    Link,
    /// `evolve`
    Evolve,
    /// `pipeline`
    Pipeline,
    /// `{`
    BlockOpen,
    /// `}`
    BlockClose,
    /// `note`
    Note,
    /// `annotation`
    Annotation,
    /// `annotations`
    AnnotationBox,
    /// `pioneers`, `settlers`, `townplanners`
    Attitude(AttitudeKind),
    /// `accelerator`, or `deaccelerator` when it slows down.
    Accelerator {
        /// Slows down.
        slows: bool,
    },
    /// `evolution`
    Evolution,
    /// `valuechain`
    ValueChain,
    /// `y-axis`
    YAxis,
    /// `size`
    Size,
    /// `style`
    Style,
    /// `url`
    Url,
    /// Longer than [`crate::format::owm::MAX_LINE_LENGTH`]; not looked at.
    TooLong,
    /// Nothing that is known.
    Unknown,
}

/// What a part of a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The slashes and blanks before a commented-out component.
    CommentMark,
    /// The first word.
    Keyword,
    /// A name, with its quotes when it has any: of the thing declared, of a link's end, of an evolving component …
    Name,
    /// The name behind the arrow of `evolve`.
    NewName,
    /// Free text: title, note, annotation, style.
    Text,
    /// Name of a stage or a word of the value chain axis.
    Stage,
    /// A link's arrow with its text.
    Arrow(Arrow),
    /// The text inside an arrow, without its quotes.
    FlowText,
    /// The text behind `;`, without it.
    Context,
    /// The bracket of coordinates.
    Bracket,
    /// One number inside the bracket; empty when it is left out.
    Number,
    /// The old form's width or height, pixels.
    PixelNumber,
    /// From the word `label` to its bracket's end.
    Label,
    /// One number of a label's offset.
    LabelNumber,
    /// Decorators with their parentheses.
    Group,
    /// One decorator, without parentheses.
    Flag(Flag),
    /// `evolve` within a component's line.
    EvolveWord,
    /// Expected evolution.
    Maturity,
    /// What stands inside `url(…)`.
    UrlKey,
    /// `url(…)` as a whole.
    UrlCall,
    /// The address of a `url` line.
    Address,
    /// Number of an annotation.
    Index,
    /// `--hide`
    Hide,
    /// Something behind the statement that means nothing.
    Junk,
}

/// A piece of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// Where it is.
    pub span: Span,
}

/// One statement, blank line or comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// What it is.
    pub kind: Kind,
    /// All its bytes.
    pub span: Span,
    /// Its line, from 1.
    pub line: u32,
    /// The comment behind it; empty when there is none.
    pub comment: Span,
    /// The statement of the pipeline in whose braces it stands.
    pub block: Option<u32>,
    pub(super) first_part: u32,
    pub(super) parts: u32,
}

/// A map text as statements and parts.
#[derive(Debug, Clone)]
pub struct Tree<'t> {
    pub(super) text: &'t str,
    /// The text with comments inside lines blanked out byte by byte, for reading values.
    pub(super) code: Cow<'t, str>,
    pub(super) dialect: Dialect,
    pub(super) statements: Vec<Statement>,
    pub(super) parts: Vec<Part>,
}

impl<'t> Tree<'t> {
    /// The text it was made from.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Statements, comments and blank lines in order; laid end to end they are the text.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The bytes of each statement in order.
    pub fn pieces(&self) -> impl Iterator<Item = &'t str> + '_ {
        self.statements.iter().map(|s| lexer::slice(self.text, s.span))
    }

    /// The parts of a statement, by their place.
    pub fn parts(&self, statement: &Statement) -> &[Part] {
        let first = statement.first_part as usize;
        self.parts.get(first..first + statement.parts as usize).unwrap_or_default()
    }

    pub(in crate::format) fn statement(&self, number: u32) -> Option<&Statement> {
        self.statements.get(number as usize)
    }

    pub(in crate::format) fn parts_of(&self, number: u32) -> &[Part] {
        self.statement(number).map_or(&[], |s| self.parts(s))
    }

    /// What the text says in the span, comments inside the line blanked out.
    pub(in crate::format) fn code(&self, span: Span) -> &str {
        lexer::slice(&self.code, span)
    }

    /// The span of all parts of the statement together, without indent, comment and line break.
    pub(in crate::format) fn body(&self, number: u32) -> Span {
        let parts = self.parts_of(number);
        let at = self.statement(number).map_or(0, |s| s.span.start);
        let start = parts.iter().map(|p| p.span.start).min().unwrap_or(at);
        let end = parts.iter().map(|p| p.span.end).max().unwrap_or(at);
        Span::new(start, end)
    }

    /// The spans of the parts of this role.
    pub(in crate::format) fn spans(&self, number: u32, role: Role) -> impl Iterator<Item = Span> + '_ {
        self.parts_of(number).iter().filter(move |p| p.role == role).map(|p| p.span)
    }

    /// The span of the first part of this role.
    pub(in crate::format) fn span(&self, number: u32, role: Role) -> Option<Span> {
        self.spans(number, role).next()
    }

    pub(in crate::format) fn has(&self, number: u32, role: Role) -> bool {
        self.span(number, role).is_some()
    }

    /// A name or text in the span: quotes taken off, control characters as blanks.
    pub(in crate::format) fn name(&self, span: Span) -> Cow<'_, str> {
        let raw = self.code(span);
        let text = match lexer::quoted_length(raw, self.dialect) {
            Some(length) if length == raw.len() => lexer::unquoted(raw),
            // A quote that is never closed is not a part of the name.
            None if raw.starts_with('"') && !raw.get(1..).unwrap_or("").contains('"') => {
                Cow::Borrowed(raw.get(1..).unwrap_or(""))
            }
            _ => Cow::Borrowed(raw),
        };
        cleaned(text)
    }
}

/// A component's name as the document keeps it: as [`cleaned`], with single blanks.
pub(super) fn cleaned_name(name: Cow<'_, str>) -> Cow<'_, str> {
    let name = cleaned(name);
    if !name.contains("  ") {
        return name;
    }
    let lines: Vec<String> =
        name.split('\n').map(|line| line.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")).collect();
    Cow::Owned(lines.join("\n"))
}

/// A text as the document keeps it: no control characters but line breaks, no blanks at the ends.
pub(super) fn cleaned(text: Cow<'_, str>) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() && c != '\n';
    if text.contains(odd) {
        let plain: String = text.chars().map(|c| if odd(c) { ' ' } else { c }).collect();
        return Cow::Owned(plain.trim().to_owned());
    }
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(lexer::is_blank)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(lexer::is_blank).to_owned()),
    }
}
