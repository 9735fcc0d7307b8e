//! From a text to its tree: lines, comments, statements on one line, blocks of pipelines.
//!
//! Recovers at every line break. Linear in the text.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::format::owm::lexer::{
    comment_start, find_arrow, find_outside_quotes, first_comment, is_blank, line_end, number_prefix, slice,
    starts_with_word, trimmed,
};
use crate::format::owm::statement::{keyword, Cursor};
use crate::format::owm::syntax::{Dialect, Form, Kind, Part, Role, Span, Statement, Tree};
use crate::format::owm::MAX_LINE_LENGTH;
use crate::model::folded_name;

impl<'t> Tree<'t> {
    /// The tree of an OnlineWardleyMaps text. Never fails, whatever the text.
    pub fn parse(text: &'t str) -> Self {
        Self::parse_dialect(text, Dialect::Owm)
    }

    /// The tree of a text in this dialect. Never fails, whatever the text.
    pub fn parse_dialect(text: &'t str, dialect: Dialect) -> Self {
        let code = match dialect {
            Dialect::Owm if text.contains("/*") => Cow::Owned(blank_out_comments(text)),
            _ => Cow::Borrowed(text),
        };
        // About one statement to 32 bytes and four parts to a statement in real maps.
        let mut parser = Parser {
            text,
            code: &code,
            dialect,
            statements: Vec::with_capacity(text.len() / 32 + 4),
            parts: Vec::with_capacity(text.len() / 8 + 16),
            keyword_names: BTreeSet::new(),
            front_matter: None,
        };
        parser.lines();
        parser.links_from_keyword_names();
        let Parser { mut statements, parts, .. } = parser;
        find_blocks(&mut statements, &parts);
        Self { text, code, dialect, statements, parts }
    }
}

struct Parser<'p> {
    text: &'p str,
    code: &'p str,
    dialect: Dialect,
    statements: Vec<Statement>,
    parts: Vec<Part>,
    /// Folded names of declared components that begin with a keyword, such as "note pad".
    keyword_names: BTreeSet<String>,
    /// Whether we are inside Mermaid's `---` header; `None` before the first line.
    front_matter: Option<bool>,
}

impl Parser<'_> {
    fn lines(&mut self) {
        let mut at = 0;
        let mut line = 0u32;
        while at < self.text.len() {
            let (content_end, next) = line_end(self.text, at);
            line = line.saturating_add(1);
            self.line(at, content_end, next, line);
            at = next;
        }
    }

    fn line(&mut self, start: usize, content_end: usize, next: usize, line: u32) {
        let content = Span::new(start, content_end);
        let whole = Span::new(start, next);
        let empty = Span::new(content_end, content_end);
        if content_end - start > MAX_LINE_LENGTH {
            self.push(Kind::TooLong, whole, line, empty, self.parts.len());
            return;
        }
        let code = slice(self.code, content);
        if self.dialect == Dialect::Mermaid && self.in_front_matter(code) {
            self.push(Kind::Comment, whole, line, trimmed(self.code, content), self.parts.len());
            return;
        }
        let comment_at = self.comment_in(code).map(|at| start + at);
        let comment = comment_at.map_or(empty, |at| trimmed(self.text, Span::new(at, content_end)));
        let body = trimmed(self.code, Span::new(start, comment_at.unwrap_or(content_end)));
        if body.is_empty() {
            let before = self.parts.len();
            let kind = if !comment.is_empty() {
                self.hidden_component(comment).unwrap_or(Kind::Comment)
            } else if slice(self.text, content).trim_matches(is_blank).is_empty() {
                Kind::Blank
            } else {
                Kind::Comment
            };
            let comment = match kind {
                Kind::Component(_) => empty,
                Kind::Comment if comment.is_empty() => trimmed(self.text, content),
                _ => comment,
            };
            self.push(kind, whole, line, comment, before);
            return;
        }
        self.statements_of_line(body, whole, line, comment);
    }

    /// Where the comment of the line begins; the address of a `url` line has slashes of its own.
    fn comment_in(&self, code: &str) -> Option<usize> {
        if starts_with_word(code.trim_start_matches(is_blank), "url") && code.contains('[') {
            let close = code.find(']').unwrap_or(code.len());
            return comment_start(code.get(close..).unwrap_or(""), self.dialect).map(|at| at + close);
        }
        comment_start(code, self.dialect)
    }

    fn in_front_matter(&mut self, code: &str) -> bool {
        let fence = code.trim() == "---";
        match self.front_matter {
            None if code.trim().is_empty() => false,
            None => {
                self.front_matter = Some(fence);
                fence
            }
            Some(inside) => {
                if inside && fence {
                    self.front_matter = Some(false);
                }
                inside
            }
        }
    }

    fn push(&mut self, kind: Kind, span: Span, line: u32, comment: Span, first_part: usize) {
        let parts = self.parts.len() - first_part;
        self.statements.push(Statement {
            kind,
            span,
            line,
            comment,
            block: None,
            first_part: u32::try_from(first_part).unwrap_or(u32::MAX),
            parts: u32::try_from(parts).unwrap_or(0),
        });
    }

    /// The statements of a line: one, unless it has braces.
    fn statements_of_line(&mut self, body: Span, whole: Span, line: u32, comment: Span) {
        let none = Span::new(whole.end, whole.end);
        let mut from = whole.start;
        let mut at = body.start;
        let mut braces = false;
        while at < body.end {
            let rest = Span::new(at, body.end);
            let text = slice(self.code, rest);
            let end = match text.as_bytes().first() {
                Some(b'{' | b'}') => {
                    braces = true;
                    at + 1
                }
                _ => at + statement_length(text, braces, self.dialect).max(1),
            };
            let first_part = self.parts.len();
            let kind = self.one_statement(trimmed(self.code, Span::new(at, end)));
            let next = trimmed(self.code, Span::new(end, body.end));
            let last = next.is_empty();
            let span = Span::new(from, if last { whole.end } else { next.start });
            self.push(kind, span, line, if last { comment } else { none }, first_part);
            from = span.end;
            at = if last { body.end } else { next.start };
        }
    }

    fn one_statement(&mut self, body: Span) -> Kind {
        let text = slice(self.code, body);
        let brace = match text {
            "{" => Some(Kind::BlockOpen),
            "}" => Some(Kind::BlockClose),
            _ => None,
        };
        if let Some(kind) = brace {
            self.parts.push(Part { role: Role::Keyword, span: body });
            return kind;
        }
        let first_part = self.parts.len();
        let kind = Cursor::new(self.code, self.dialect, body, &mut self.parts).statement();
        if let Kind::Component(_) = kind {
            let name = self.parts.iter().skip(first_part).find(|p| p.role == Role::Name);
            let name = name.map_or("", |p| slice(self.code, p.span)).trim_matches('"');
            if keyword(name).is_some() {
                self.keyword_names.insert(folded_name(name));
            }
        }
        kind
    }

    /// `// component Tea [0.6, 0.8]`: an author's way of hiding a component. Prose is left a comment.
    fn hidden_component(&mut self, comment: Span) -> Option<Kind> {
        if self.dialect != Dialect::Owm {
            return None;
        }
        let text = slice(self.code, comment);
        let inner = text.trim_start_matches(|c: char| c == '/' || is_blank(c));
        let start = comment.end - inner.len();
        let (kind, _) = keyword(inner)?;
        if !matches!(kind, Kind::Component(Form::Component | Form::Anchor | Form::Submap)) || !inner.contains('[') {
            return None;
        }
        let end = start + comment_start(inner, self.dialect).unwrap_or(inner.len());
        let before = self.parts.len();
        self.parts.push(Part { role: Role::CommentMark, span: Span::new(comment.start, start) });
        let body = trimmed(self.code, Span::new(start, end));
        let kind = Cursor::new(self.code, self.dialect, body, &mut self.parts).statement();
        let parts = self.parts.get(before..).unwrap_or_default();
        let numbers = parts.iter().filter(|p| p.role == Role::Number);
        let all_numbers = numbers.clone().all(|p| number_prefix(slice(self.code, p.span)).is_some());
        let prose = parts.iter().any(|p| p.role == Role::Junk || (p.role == Role::Name && p.span.is_empty()));
        if matches!(kind, Kind::Component(_)) && matches!(numbers.count(), 1 | 2) && all_numbers && !prose {
            return Some(kind);
        }
        self.parts.truncate(before);
        None
    }

    /// `note pad->paper` is a link when there is a component "note pad".
    fn links_from_keyword_names(&mut self) {
        if self.keyword_names.is_empty() {
            return;
        }
        for statement in &mut self.statements {
            let hidden = self.parts.get(statement.first_part as usize).is_none_or(|p| p.role != Role::Keyword);
            if hidden || matches!(statement.kind, Kind::BlockOpen | Kind::BlockClose | Kind::Header) {
                continue;
            }
            let end = if statement.comment.is_empty() { statement.span.end } else { statement.comment.start };
            let body = trimmed(self.code, Span::new(statement.span.start, end));
            let text = slice(self.code, body);
            let Some(arrow) = find_arrow(text, 0, self.dialect, false) else { continue };
            let name = folded_name(slice(text, Span::new(0, arrow.span.start)));
            if self.keyword_names.contains(&name) {
                let first_part = self.parts.len();
                if Cursor::new(self.code, self.dialect, body, &mut self.parts).link() {
                    statement.kind = Kind::Link;
                    statement.first_part = u32::try_from(first_part).unwrap_or(u32::MAX);
                    statement.parts = u32::try_from(self.parts.len() - first_part).unwrap_or(0);
                }
            }
        }
    }
}

/// Length of the statement at the beginning of `text`: up to a brace that cannot belong to it, or all.
fn statement_length(text: &str, behind_brace: bool, dialect: Dialect) -> usize {
    let has_open = text.contains('{');
    let has_close = text.contains('}');
    if !has_open && !has_close && !behind_brace {
        return text.len();
    }
    let kind = keyword(text).map(|(kind, _)| kind);
    let byte = |at: usize| text.as_bytes().get(at).copied();
    let found = match kind {
        Some(Kind::Pipeline) => {
            find_outside_quotes(text, dialect, |at| byte(at) == Some(b'{') || (behind_brace && byte(at) == Some(b'}')))
        }
        // In a one-line block each child ends where the next begins or at the brace.
        _ if behind_brace => find_outside_quotes(text, dialect, |at| {
            byte(at) == Some(b'}')
                || (at > 0
                    && text
                        .get(..at)
                        .is_some_and(|t| t.ends_with(is_blank) && t.trim_end().ends_with([']', ')', ';', ',', '{']))
                    && text
                        .get(at..)
                        .and_then(keyword)
                        .is_some_and(|(k, _)| matches!(k, Kind::Component(_) | Kind::Evolve)))
        }),
        Some(Kind::Component(_) | Kind::Evolve) => {
            let head = text.strip_suffix('}').unwrap_or(text);
            let ends = head.len() < text.len() && head.ends_with(|c: char| is_blank(c) || "])".contains(c));
            ends.then_some(head.len())
        }
        _ => None,
    };
    found.unwrap_or(text.len())
}

/// The text with block comments and comments inside lines as blanks, byte for byte, line breaks kept.
fn blank_out_comments(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut inside = false;
    let mut at = 0;
    while at < text.len() {
        let (content_end, next) = line_end(text, at);
        while at < content_end {
            let rest = slice(text, Span::new(at, content_end));
            let end = if inside {
                let end = rest.find("*/").map_or(rest.len(), |close| close + 2);
                inside = !rest.contains("*/");
                code.extend(std::iter::repeat_n(' ', end));
                end
            } else {
                let open = first_comment(rest).filter(|at| rest.get(*at..).is_some_and(|r| r.starts_with("/*")));
                inside = open.is_some();
                // The two signs that open it are blanked here, lest `/*/` close itself.
                let end = open.map_or(rest.len(), |open| open + 2);
                code.push_str(rest.get(..open.unwrap_or(end)).unwrap_or(""));
                code.push_str(if inside { "  " } else { "" });
                end
            };
            at += end.max(1);
        }
        code.push_str(slice(text, Span::new(content_end, next)));
        at = next;
    }
    code
}

/// Notes for each statement inside braces the pipeline they belong to.
///
/// A block that is never closed ends before the first statement that cannot be a variant.
fn find_blocks(statements: &mut [Statement], parts: &[Part]) {
    // A hidden component is a comment as far as braces are concerned.
    let hidden =
        |s: &Statement| parts.get(s.first_part as usize).is_some_and(|p| s.parts > 0 && p.role == Role::CommentMark);
    let kinds: Vec<Kind> = statements.iter().map(|s| if hidden(s) { Kind::Comment } else { s.kind }).collect();
    let trivia = |kind: Kind| matches!(kind, Kind::Blank | Kind::Comment);
    let mut pipeline = None;
    let mut at = 0;
    while let Some(kind) = kinds.get(at) {
        match kind {
            Kind::Pipeline => pipeline = Some(at),
            Kind::BlockOpen => {
                let Some(owner) = pipeline.take() else {
                    at += 1;
                    continue;
                };
                let behind = kinds.get(at + 1..).unwrap_or_default();
                let stop = behind.iter().position(|k| matches!(k, Kind::BlockClose | Kind::BlockOpen | Kind::Pipeline));
                let closed = stop.is_some_and(|s| behind.get(s) == Some(&Kind::BlockClose));
                let length = stop.unwrap_or(behind.len());
                let owner = u32::try_from(owner).ok();
                if let Some(open) = statements.get_mut(at) {
                    open.block = owner;
                }
                for statement in statements.iter_mut().skip(at + 1).take(length + usize::from(closed)) {
                    if !closed && !trivia(statement.kind) && !hidden(statement) && !is_variant(statement, parts) {
                        break;
                    }
                    statement.block = owner;
                }
                at += length;
            }
            kind if trivia(*kind) => {}
            _ => pipeline = None,
        }
        at += 1;
    }
}

/// Whether the statement looks like a child of a pipeline: a component with one number, or an `evolve`.
fn is_variant(statement: &Statement, parts: &[Part]) -> bool {
    match statement.kind {
        Kind::Evolve => true,
        Kind::Component(_) => {
            let own = parts.iter().skip(statement.first_part as usize).take(statement.parts as usize);
            own.filter(|p| p.role == Role::Number).count() == 1
        }
        _ => false,
    }
}
