//! What can stand behind a name: decorators, labels, inline evolve, maturities. Questions about a text, no parts.

use crate::format::owm::lexer::{is_blank, number_prefix, starts_with_word};
use crate::format::owm::syntax::{Dialect, Flag, Span};

/// The decorator with this word.
pub(super) fn flag(word: &str) -> Option<Flag> {
    const FLAGS: [(&str, Flag); 6] = [
        ("build", Flag::Build),
        ("buy", Flag::Buy),
        ("outsource", Flag::Outsource),
        ("market", Flag::Market),
        ("ecosystem", Flag::Ecosystem),
        ("inertia", Flag::Inertia),
    ];
    FLAGS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, flag)| *flag)
}

/// The words inside a group of decorators at the beginning of `text`, when all of them are known.
pub(super) fn group_words(text: &str) -> Option<&str> {
    let words = text.strip_prefix('(')?;
    // All decorators together are shorter; without the limit a line of parentheses would cost its length squared.
    let words = words.get(..words.bytes().take(100).position(|b| b == b')')?)?;
    words.split(',').all(|word| flag(word.trim()).is_some()).then_some(words)
}

/// Whether a component's line can go on like this behind its name.
pub(super) fn is_tail(text: &str) -> bool {
    text.starts_with('[')
        || group_words(text).is_some()
        || starts_with_word(text, "inertia")
        || (starts_with_word(text, "label") && text.contains('['))
        || text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url("))
        || inline_evolve(text)
}

pub(super) fn inline_evolve(text: &str) -> bool {
    starts_with_word(text, "evolve")
        && text.get(6..).is_some_and(|rest| number_prefix(rest.trim_start_matches(is_blank)).is_some())
}

/// Where decorators begin in a component's line that has no bracket.
pub(super) fn tail_start(rest: &str) -> Option<usize> {
    rest.char_indices().filter(|(_, c)| is_blank(*c)).map(|(at, c)| at + c.len_utf8()).find(|at| {
        let here = rest.get(*at..).unwrap_or("");
        match here.bytes().next() {
            Some(b'(') => group_words(here).is_some(),
            Some(b'u' | b'U') => here.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url(")),
            Some(b'e' | b'E') => inline_evolve(here),
            _ => false,
        }
    })
}

/// The last word of `head` behind `from` that can be a maturity: a number with a dot, or 0, or 1.
pub(super) fn last_maturity(head: &str, from: usize, dialect: Dialect) -> Option<Span> {
    let mut end = head.len();
    let mut tries = 0;
    while end > from && tries < 4 {
        let word_end = head.get(..end)?.trim_end_matches(is_blank).len();
        let word_start = head
            .get(..word_end)?
            .rfind(is_blank)
            .map_or(0, |at| at + head.get(at..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8));
        let word = head.get(word_start..word_end)?;
        let is_maturity = number_prefix(word).is_some_and(|(value, length)| {
            length == word.len() && (word.contains('.') || value == 0.0 || value == 1.0 || dialect == Dialect::Mermaid)
        });
        if is_maturity && word_start > from {
            return Some(Span::new(word_start, word_end));
        }
        // A number may be followed by decorators, not by other words.
        flag(word.trim_matches(['(', ')', ',']))?;
        end = word_start;
        tries += 1;
    }
    None
}
