//! The smallest readings of a map text: lines, comments, quotes, numbers, arrows.
//!
//! Knows no statement. Nothing here fails: what is not there is `None`. Every search runs once over a line, so that a
//! hostile line cannot cost more than its length.

use std::borrow::Cow;

use crate::format::owm::syntax::{Arrow, Dialect, Span};
use crate::model::FlowDirection;

/// White space, and the byte order mark that editors leave at the beginning of a file.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The part of `text` in the span; empty when the span does not lie on characters.
pub(super) fn slice(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or("")
}

/// The span without blanks at its ends; an empty span stays at its beginning.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let inner = slice(text, span);
    let front = inner.trim_start_matches(is_blank);
    let start = span.end - front.len();
    if front.is_empty() {
        return Span::new(span.start, span.start);
    }
    Span::new(start, start + front.trim_end_matches(is_blank).len())
}

/// Where the line that begins at `from` ends: without and with its line break (`\n`, `\r\n` or `\r`).
pub(super) fn line_end(text: &str, from: usize) -> (usize, usize) {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    match rest.iter().position(|b| *b == b'\n' || *b == b'\r') {
        None => (text.len(), text.len()),
        Some(at) => {
            let crlf = rest.get(at) == Some(&b'\r') && rest.get(at + 1) == Some(&b'\n');
            (from + at, from + at + if crlf { 2 } else { 1 })
        }
    }
}

/// Length of the quoted text at the beginning of `text`, quotes included.
pub(super) fn quoted_length(text: &str, dialect: Dialect) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = *bytes.first()?;
    if quote != b'"' && !(quote == b'\'' && dialect == Dialect::Mermaid) {
        return None;
    }
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b if *b == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// The text between the quotes with its escapes resolved.
pub(super) fn unquoted(quoted: &str) -> Cow<'_, str> {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match characters.next() {
            Some('n') => text.push('\n'),
            Some('r') => {}
            Some('t') => text.push('\t'),
            Some(other @ ('"' | '\'' | '\\')) => text.push(other),
            Some(other) => {
                text.push('\\');
                text.push(other);
            }
            None => text.push('\\'),
        }
    }
    Cow::Owned(text)
}

/// `text` in double quotes with the escapes that OWM and Mermaid know.
pub(in crate::format) fn in_quotes(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a quote behind `before` opens a quoted text; the inch sign in `5" pipe` does not.
fn may_open_quote(before: Option<u8>) -> bool {
    before.is_none_or(|b| b.is_ascii_whitespace() || b"<>(['".contains(&b))
}

/// Where the first comment of a line begins: `//` (Mermaid: `%%`) outside quotes and not the slashes of an address.
pub(super) fn comment_start(line: &str, dialect: Dialect) -> Option<usize> {
    let mark = if dialect == Dialect::Mermaid { "%%" } else { "//" };
    if !line.contains(mark) {
        return None;
    }
    find_outside_quotes(line, dialect, |at| {
        let here = line.get(at..).unwrap_or("");
        here.starts_with(mark) && !(mark == "//" && ends_with_scheme(line.get(..at).unwrap_or("")))
    })
}

/// Where the first `//` or `/*` begins outside quotes.
pub(super) fn first_comment(line: &str) -> Option<usize> {
    find_outside_quotes(line, Dialect::Owm, |at| {
        let here = line.get(at..).unwrap_or("");
        here.starts_with("/*") || (here.starts_with("//") && !ends_with_scheme(line.get(..at).unwrap_or("")))
    })
}

/// First byte outside quoted texts that satisfies the test.
pub(super) fn find_outside_quotes(line: &str, dialect: Dialect, test: impl Fn(usize) -> bool) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i)).copied();
        if (*byte == b'"' || *byte == b'\'') && may_open_quote(before) {
            if let Some(length) = quoted_length(line.get(at..).unwrap_or(""), dialect) {
                at += length;
                continue;
            }
        }
        if test(at) {
            return Some(at);
        }
        at += 1;
    }
    None
}

fn ends_with_scheme(before: &str) -> bool {
    ["http:", "https:"].iter().any(|scheme| {
        before
            .len()
            .checked_sub(scheme.len())
            .and_then(|at| before.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    })
}

/// The number at the beginning of `text`, as JavaScript's `parseFloat` takes it, and its length.
pub(in crate::format) fn number_prefix(text: &str) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let mut at = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(at);
    at += whole;
    let mut fraction = 0;
    if bytes.get(at) == Some(&b'.') {
        fraction = digits(at + 1);
        if whole + fraction > 0 {
            at += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    let value: f64 = text.get(..at)?.parse().ok()?;
    value.is_finite().then_some((value, at))
}

/// Whether the whole of `text` is one number.
pub(super) fn is_number(text: &str) -> bool {
    number_prefix(text).is_some_and(|(_, length)| length == text.len())
}

/// A link's arrow in a text: where it is, what it means, and the text it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FoundArrow {
    pub(super) span: Span,
    pub(super) arrow: Arrow,
    pub(super) text: Option<Span>,
}

/// The first arrow of `line` at or behind `from` and before `;`, outside quotes. Spans count from the line's beginning.
pub(super) fn find_arrow(line: &str, from: usize, dialect: Dialect, stop_at_context: bool) -> Option<FoundArrow> {
    let bytes = line.as_bytes();
    let mut at = from;
    let mut flow_text_possible = true;
    while let Some(byte) = bytes.get(at) {
        let before = if at == from { None } else { bytes.get(at - 1).copied() };
        match byte {
            b'"' | b'\'' if may_open_quote(before) => {
                if let Some(length) = quoted_length(line.get(at..).unwrap_or(""), dialect) {
                    at += length;
                    continue;
                }
            }
            b';' if stop_at_context => return None,
            b'-' if bytes.get(at + 1) == Some(&b'>') => {
                let span = Span::new(at, at + 2);
                return Some(FoundArrow { span, arrow: Arrow::Need, text: None });
            }
            // `-->` and Mermaid's `-.->` are the same need, drawn otherwise.
            b'-' if bytes.get(at + 1..).is_some_and(|r| r.starts_with(b"->") || r.starts_with(b".->")) => {
                let length = if bytes.get(at + 1) == Some(&b'.') { 4 } else { 3 };
                return Some(FoundArrow { span: Span::new(at, at + length), arrow: Arrow::Need, text: None });
            }
            b'>' if dialect == Dialect::Mermaid && before.is_some_and(|b| b == b' ') => {
                return Some(FoundArrow { span: Span::new(at, at + 1), arrow: Arrow::Need, text: None });
            }
            b'+' => {
                if let Some((direction, length)) = flow_end(bytes, at + 1) {
                    let span = Span::new(at, at + 1 + length);
                    return Some(FoundArrow { span, arrow: Arrow::Flow(direction), text: None });
                }
                if bytes.get(at + 1) == Some(&b'\'') && flow_text_possible {
                    let mut end = at + 2;
                    while let Some(offset) = bytes.get(end..).and_then(|rest| rest.iter().position(|b| *b == b'\'')) {
                        end += offset;
                        if let Some((direction, length)) = flow_end(bytes, end + 1) {
                            return Some(FoundArrow {
                                span: Span::new(at, end + 1 + length),
                                arrow: Arrow::Flow(direction),
                                text: Some(Span::new(at + 2, end)),
                            });
                        }
                        end += 1;
                    }
                    // No flow text ends anywhere behind, so none of the later ones needs to be tried.
                    flow_text_possible = false;
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The head of a flow arrow at `at`: its direction and length.
fn flow_end(bytes: &[u8], at: usize) -> Option<(FlowDirection, usize)> {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'<'), Some(b'>')) => Some((FlowDirection::Both, 2)),
        (Some(b'<'), _) => Some((FlowDirection::Backward, 1)),
        (Some(b'>'), _) => Some((FlowDirection::Forward, 1)),
        _ => None,
    }
}

/// Whether `text` begins with `word` in any case and the word ends there.
pub(super) fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        && !text.as_bytes().get(word.len()).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80)
}

/// Where the last word of `text` begins, when it is `word`, in any case.
pub(super) fn last_word_is(text: &str, word: &str) -> Option<usize> {
    let text = text.trim_end_matches(is_blank);
    let start = text.len().checked_sub(word.len())?;
    let ends = text.get(start..)?.eq_ignore_ascii_case(word);
    let bounded = text.get(..start)?.chars().next_back().is_none_or(|c| is_blank(c) || "])\"".contains(c));
    (ends && bounded).then_some(start)
}
