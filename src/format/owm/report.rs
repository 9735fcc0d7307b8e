//! Collecting diagnostics about a map text: exact places, stable codes for each dialect, a bound on their number.

use crate::diag::{Diagnostic, Fix, Place, Severity};
use crate::format::owm::lexer::slice;
use crate::format::owm::syntax::{Dialect, Span, Tree};
use crate::order;

/// Most diagnostics about one text; what is beyond is counted.
const MAX_DIAGNOSTICS: usize = 5_000;

/// A stable code in each dialect.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code {
    pub(super) owm: &'static str,
    pub(super) mermaid: &'static str,
}

macro_rules! code {
    ($name:literal) => {
        $crate::format::owm::report::Code { owm: concat!("owm-", $name), mermaid: concat!("mermaid-", $name) }
    };
}
pub(super) use code;

/// A place in the text: the statement's number and the bytes.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct At(pub(in crate::format) u32, pub(in crate::format) Span);

/// The list being made.
pub(super) struct Reporter<'t> {
    tree: &'t Tree<'t>,
    list: Vec<Diagnostic>,
    left_out: usize,
    /// How many names may still be compared for suggestions; on a large map with many gaps that would take longest.
    suggestions: usize,
}

impl<'t> Reporter<'t> {
    pub(super) fn new(tree: &'t Tree<'t>) -> Self {
        Self { tree, list: Vec::new(), left_out: 0, suggestions: 400_000 }
    }

    pub(super) fn say(&mut self, severity: Severity, code: Code, at: At, message: impl Into<String>) {
        self.push(severity, code, at, message.into(), None);
    }

    pub(super) fn notice(&mut self, code: Code, at: At, message: impl Into<String>) {
        self.push(Severity::Notice, code, at, message.into(), None);
    }

    pub(super) fn warn(&mut self, code: Code, at: At, message: impl Into<String>) {
        self.push(Severity::Warning, code, at, message.into(), None);
    }

    /// With a replacement of the bytes in `span` that settles it.
    pub(super) fn fixable(
        &mut self,
        severity: Severity,
        code: Code,
        at: At,
        message: impl Into<String>,
        fix: (&str, Span, String),
    ) {
        let (label, span, replacement) = fix;
        let fix = Fix { label: label.to_owned(), start: span.start, end: span.end, replacement };
        self.push(severity, code, at, message.into(), Some(fix));
    }

    fn push(&mut self, severity: Severity, code: Code, at: At, message: String, fix: Option<Fix>) {
        if self.list.len() >= MAX_DIAGNOSTICS {
            self.left_out += 1;
            return;
        }
        let is_owm = self.tree.dialect == Dialect::Owm;
        let Some(message) = (if is_owm { Some(message) } else { without_owm(message) }) else { return };
        let code = if is_owm { code.owm } else { code.mermaid };
        let place = place(self.tree, at);
        self.list.push(Diagnostic { severity, code, message, place, fix });
    }

    /// Whether work that only makes messages better may compare this many more names.
    pub(super) fn may_suggest(&mut self, names: usize) -> bool {
        let allowed = names <= self.suggestions;
        self.suggestions = self.suggestions.saturating_sub(names);
        allowed
    }

    /// All of them in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        order::sort_by_key(&mut self.list, |d| match d.place {
            Place::Text { start, .. } => start,
            _ => 0,
        });
        if self.left_out > 0 {
            let message = format!("{} more remarks about this text are not listed.", self.left_out);
            let code = if self.tree.dialect == Dialect::Owm { "owm-more" } else { "mermaid-more" };
            self.list.push(Diagnostic::new(Severity::Notice, code, Place::Whole, message));
        }
        self.list
    }
}

/// A message without what it says about OnlineWardleyMaps, which is nothing to the reader of a Mermaid text.
fn without_owm(message: String) -> Option<String> {
    let Some(at) = message.find("OnlineWardleyMaps") else { return Some(message) };
    let before = message.get(..at)?;
    let end = ["; ", ". ", ", "].iter().filter_map(|sign| before.rfind(sign)).max()?;
    Some(format!("{}.", before.get(..end)?))
}

/// Where the bytes stand, for people.
pub(in crate::format) fn place(tree: &Tree<'_>, At(statement, span): At) -> Place {
    let line = tree.statement(statement).map_or(1, |s| s.line);
    let before = slice(tree.text, Span::new(0, span.start));
    let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let column = before.get(line_start..).map_or(0, |start| start.chars().count()) + 1;
    Place::Text { line, column: u32::try_from(column).unwrap_or(u32::MAX), start: span.start, end: span.end }
}

/// A name for a message: in quotes, on one line, not too long.
pub(in crate::format) fn shown(name: &str) -> String {
    let mut text: String = name.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if name.chars().nth(60).is_some() {
        text.push('…');
    }
    format!("“{text}”")
}

/// The name that the author probably meant: few letters different, or one the beginning of the other.
pub(super) fn nearest<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wanted: Vec<char> = wanted.to_lowercase().chars().take(80).collect();
    if wanted.len() < 3 {
        return None;
    }
    let allowed = if wanted.len() < 6 { 1 } else { 2 };
    let mut best: Option<(usize, &str)> = None;
    let first = wanted.first().copied();
    let last = wanted.last().copied();
    for name in names {
        // A slip seldom changes both the first and the last letter.
        let lower = |c: Option<char>| c.and_then(|c| c.to_lowercase().next());
        if lower(name.chars().next()) != first && lower(name.chars().next_back()) != last {
            continue;
        }
        let other: Vec<char> = name.to_lowercase().chars().take(80).collect();
        let (short, long) = if wanted.len() < other.len() { (&wanted, &other) } else { (&other, &wanted) };
        let distance = if long.len() - short.len() <= allowed {
            distance(&wanted, &other)
        } else if short.len() >= 5 && long.starts_with(short) {
            allowed
        } else {
            continue;
        };
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Number of letters to insert, leave out or replace (Levenshtein 1966).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut left = i + 1;
        let mut diagonal = i;
        for (slot, y) in row.iter_mut().skip(1).zip(b) {
            let above = *slot;
            left = (above + 1).min(left + 1).min(diagonal + usize::from(x != y));
            diagonal = above;
            *slot = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(a.len())
}
