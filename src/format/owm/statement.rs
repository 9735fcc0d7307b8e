//! How one statement falls into parts.
//!
//! Reads what authors mean: any keyword case, blanks or tabs, labels before or behind the coordinates, decorators only
//! behind them. Never fails; what means nothing becomes a [`Role::Junk`] part.

use crate::format::owm::lexer::{
    find_arrow, find_outside_quotes, is_blank, is_number, last_word_is, number_prefix, quoted_length, slice,
    starts_with_word, trimmed,
};
use crate::format::owm::syntax::{Dialect, Flag, Form, Kind, Part, Role, Span};
use crate::format::owm::tail::{flag, group_words, inline_evolve, is_tail, last_maturity, tail_start};
use crate::model::AttitudeKind;

const KEYWORDS: [(&str, Kind); 25] = [
    ("component", Kind::Component(Form::Component)),
    ("pipeline", Kind::Pipeline),
    ("note", Kind::Note),
    ("evolve", Kind::Evolve),
    ("anchor", Kind::Component(Form::Anchor)),
    ("title", Kind::Title),
    ("style", Kind::Style),
    ("size", Kind::Size),
    ("evolution", Kind::Evolution),
    ("annotation", Kind::Annotation),
    ("annotations", Kind::AnnotationBox),
    ("submap", Kind::Component(Form::Submap)),
    ("url", Kind::Url),
    ("market", Kind::Component(Form::Market)),
    ("ecosystem", Kind::Component(Form::Ecosystem)),
    ("build", Kind::Decorate(Flag::Build)),
    ("buy", Kind::Decorate(Flag::Buy)),
    ("outsource", Kind::Decorate(Flag::Outsource)),
    ("pioneers", Kind::Attitude(AttitudeKind::Pioneers)),
    ("settlers", Kind::Attitude(AttitudeKind::Settlers)),
    ("townplanners", Kind::Attitude(AttitudeKind::TownPlanners)),
    ("accelerator", Kind::Accelerator { slows: false }),
    ("deaccelerator", Kind::Accelerator { slows: true }),
    ("valuechain", Kind::ValueChain),
    ("y-axis", Kind::YAxis),
];

/// All words a statement can begin with.
pub(super) fn keywords() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|(word, _)| *word)
}

/// The keyword at the beginning of `text` in any case, and its length.
pub(super) fn keyword(text: &str) -> Option<(Kind, usize)> {
    let first = text.as_bytes().first()?.to_ascii_lowercase();
    let (word, kind) = KEYWORDS.iter().find(|(word, _)| {
        word.as_bytes().first() == Some(&first)
            && text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && text
                .get(word.len()..)
                .and_then(|rest| rest.chars().next())
                .is_none_or(|c| is_blank(c) || c == '[' || c == '"')
    })?;
    Some((*kind, word.len()))
}

/// Reads along one statement and notes its parts.
pub(super) struct Cursor<'c> {
    code: &'c str,
    dialect: Dialect,
    at: usize,
    end: usize,
    parts: &'c mut Vec<Part>,
}

/// Brackets of a statement that could be its coordinates.
struct Place {
    /// Where the name ends.
    name_end: usize,
}

impl<'c> Cursor<'c> {
    pub(super) fn new(code: &'c str, dialect: Dialect, body: Span, parts: &'c mut Vec<Part>) -> Self {
        Self { code, dialect, at: body.start, end: body.end, parts }
    }

    fn rest(&self) -> &'c str {
        slice(self.code, Span::new(self.at, self.end))
    }

    fn push(&mut self, role: Role, span: Span) {
        self.parts.push(Part { role, span });
    }

    fn push_trimmed(&mut self, role: Role, span: Span) {
        let span = trimmed(self.code, span);
        self.push(role, span);
    }

    fn skip_blank(&mut self) {
        let rest = self.rest();
        self.at = self.end - rest.trim_start_matches(is_blank).len();
    }

    /// The whole statement. Returns what it turned out to be.
    pub(super) fn statement(&mut self) -> Kind {
        let text = self.rest();
        if let Some((kind, length)) = keyword(text) {
            if !self.is_link_in_disguise(kind, length) {
                self.push(Role::Keyword, Span::new(self.at, self.at + length));
                self.at += length;
                return self.keyword_statement(kind);
            }
        }
        if self.link() {
            return Kind::Link;
        }
        if self.dialect == Dialect::Mermaid && starts_with_word(text, "wardley-beta") {
            self.push(Role::Keyword, Span::new(self.at, self.end));
            return Kind::Header;
        }
        self.push(Role::Junk, Span::new(self.at, self.end));
        Kind::Unknown
    }

    /// Lines like `market->shop` or `Component services->FinOps`, whose author did not mean the keyword.
    fn is_link_in_disguise(&self, kind: Kind, length: usize) -> bool {
        let text = self.rest();
        let rest = text.get(length..).unwrap_or("");
        if !(rest.contains("->") || rest.contains('+')) || rest.contains('[') {
            return false;
        }
        let Some(arrow) = find_arrow(rest, 0, self.dialect, false) else { return false };
        if slice(rest, Span::new(0, arrow.span.start)).trim_matches(is_blank).is_empty() {
            return kind != Kind::Title;
        }
        let capital = text.get(..length).is_some_and(|word| word.contains(|c: char| c.is_ascii_uppercase()));
        match kind {
            Kind::Decorate(_) | Kind::Component(Form::Market | Form::Ecosystem) => true,
            Kind::Evolution | Kind::YAxis | Kind::Title | Kind::Note => false,
            Kind::Evolve => capital && !rest.split(is_blank).any(is_number),
            _ => capital,
        }
    }

    fn keyword_statement(&mut self, kind: Kind) -> Kind {
        self.skip_blank();
        match kind {
            Kind::Title | Kind::Style => self.rest_as(Role::Text),
            Kind::Component(form @ (Form::Market | Form::Ecosystem)) => {
                if !self.rest().contains('[') {
                    self.rest_as(Role::Name);
                    return Kind::Decorate(if form == Form::Market { Flag::Market } else { Flag::Ecosystem });
                }
                self.component();
            }
            Kind::Component(_) => self.component(),
            Kind::Decorate(_) => self.rest_as(Role::Name),
            Kind::Evolve => self.evolve(),
            Kind::Pipeline => {
                self.name_and_bracket(Role::Name, false);
                self.tail(false);
            }
            Kind::Note => {
                self.name_and_bracket(Role::Text, false);
                self.tail(false);
            }
            Kind::Accelerator { .. } => {
                self.name_and_bracket(Role::Name, false);
                self.tail(false);
            }
            Kind::Annotation => self.annotation(),
            Kind::AnnotationBox | Kind::Size => {
                self.bracket(Role::Bracket, Role::Number);
                self.tail(false);
            }
            Kind::Attitude(_) => self.attitude(),
            Kind::Evolution | Kind::YAxis | Kind::ValueChain => self.axis(kind),
            Kind::Url => self.url(),
            _ => self.rest_as(Role::Junk),
        }
        kind
    }

    fn rest_as(&mut self, role: Role) {
        self.skip_blank();
        if self.at < self.end {
            self.push_trimmed(role, Span::new(self.at, self.end));
        }
        self.at = self.end;
    }

    /// Everything behind the keyword of a component.
    pub(super) fn component(&mut self) {
        self.name_and_bracket(Role::Name, true);
        self.tail(true);
    }

    /// A name or text and the coordinates behind it.
    fn name_and_bracket(&mut self, role: Role, decorators: bool) {
        self.skip_blank();
        if let Some(length) = quoted_length(self.rest(), self.dialect) {
            let behind = self.rest().get(length..).unwrap_or("").trim_start_matches(is_blank);
            if behind.is_empty() || is_tail(behind) {
                self.push(role, Span::new(self.at, self.at + length));
                self.at += length;
                self.skip_blank();
                self.bracket(Role::Bracket, Role::Number);
                return;
            }
        }
        let end = self.find_place(decorators).name_end;
        self.push_trimmed(role, Span::new(self.at, self.at + end));
        self.at += end;
        self.skip_blank();
        self.bracket(Role::Bracket, Role::Number);
    }

    /// Which bracket holds the coordinates: the first pair of numbers that is not a label's offset, else the first
    /// number, else any bracket.
    fn find_place(&self, decorators: bool) -> Place {
        let rest = self.rest();
        let (mut pair, mut single, mut any, mut label) = (None, None, None, None);
        let mut from = 0;
        while let Some(open) = rest.get(from..).and_then(|r| r.find('[')).map(|o| o + from) {
            let close = rest.get(open..).and_then(|r| r.find(']')).map_or(rest.len(), |c| c + open);
            let inner = slice(rest, Span::new(open + 1, close));
            if let Some(word) = last_word_is(slice(rest, Span::new(0, open)), "label") {
                let beyond_one = inner.split(',').filter_map(|n| number_prefix(n.trim())).any(|(n, _)| n.abs() > 1.0);
                label = label.or(Some((open, word, beyond_one)));
            } else {
                let numbers = inner.split([',', ' ']).filter(|n| number_prefix(n.trim()).is_some()).count();
                any = any.or(Some(open));
                if numbers >= 1 {
                    single = single.or(Some(open));
                }
                if numbers >= 2 {
                    pair = Some(open);
                    break;
                }
            }
            from = close + 1;
        }
        let name_end = match (pair.or(single).or(any), label) {
            (Some(place), Some((open, word, _))) if open < place => word,
            (Some(place), _) => place,
            // `Flow label [0.1, 0.2]` is a name, `Flow label [12, -8]` a label without a place.
            (None, Some((open, word, beyond_one))) => {
                if beyond_one {
                    word
                } else {
                    open
                }
            }
            (None, None) if decorators => tail_start(rest).unwrap_or(rest.len()),
            (None, None) => rest.len(),
        };
        Place { name_end }
    }

    /// A bracket of numbers at the cursor. An inner pair of brackets only groups.
    fn bracket(&mut self, whole: Role, number: Role) -> bool {
        self.skip_blank();
        let rest = self.rest();
        if !rest.starts_with('[') {
            return false;
        }
        let mut depth = 0usize;
        let closing = rest.bytes().position(|b| {
            match b {
                b'[' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        });
        // Without its bracket the statement ends where the line does, or before the next bracket's word.
        let close = closing.or_else(|| rest.find(']')).unwrap_or(rest.len());
        let inner = Span::new(self.at + 1, self.at + close.max(1));
        self.push(whole, Span::new(self.at, self.at + (close + 1).min(rest.len())));
        let text = slice(self.code, inner);
        let separator: &[char] = if text.contains(',') { &[','] } else { &[',', ' ', '\t', ';'] };
        let blank_separated = !text.contains(',');
        let mut from = inner.start;
        for piece in text.split(separator) {
            let span = Span::new(from, from + piece.len());
            from = span.end + 1;
            let mut span = trimmed(self.code, span);
            // The inner brackets of `[[0.1, 0.2], [0.3, 0.4]]`.
            let piece = slice(self.code, span).trim_start_matches(['[', ' ']);
            span.start = span.end - piece.len();
            span.end = span.start + piece.trim_end_matches([']', ' ']).len();
            if !(blank_separated && span.is_empty()) {
                self.push(number, span);
            }
        }
        self.at += (close + 1).min(rest.len());
        true
    }

    /// What follows the name: labels, decorators, inline evolve, and coordinates when the label came first.
    fn tail(&mut self, decorators: bool) {
        let own = self.parts.iter().rev().take_while(|p| p.role != Role::Keyword);
        let mut has_place = own.filter(|p| p.role == Role::Bracket).count() > 0;
        while self.at < self.end {
            self.skip_blank();
            let rest = self.rest();
            let Some(first) = rest.chars().next() else { break };
            if first == '[' && !has_place {
                has_place = self.bracket(Role::Bracket, Role::Number);
            } else if starts_with_word(rest, "label") && rest.get(5..).is_some_and(|r| r.trim_start().starts_with('['))
            {
                self.label();
            } else if decorators && starts_with_word(rest, "inertia") {
                self.push(Role::Flag(Flag::Inertia), Span::new(self.at, self.at + 7));
                self.at += 7;
            } else if decorators && first == '(' && self.group() {
                // Noted by `group`.
            } else if decorators && starts_with_word(rest, "url") && rest.get(3..).is_some_and(|r| r.starts_with('(')) {
                let close = rest.find(')').unwrap_or(rest.len());
                self.push(Role::UrlCall, Span::new(self.at, self.at + (close + 1).min(rest.len())));
                self.push_trimmed(Role::UrlKey, Span::new(self.at + 4, self.at + close));
                self.at += (close + 1).min(rest.len());
            } else if decorators && inline_evolve(rest) {
                self.push(Role::EvolveWord, Span::new(self.at, self.at + 6));
                self.at += 6;
                self.skip_blank();
                let length = number_prefix(self.rest()).map_or(0, |(_, length)| length);
                self.push(Role::Maturity, Span::new(self.at, self.at + length));
                self.at += length;
            } else {
                self.junk(rest);
            }
        }
    }

    fn label(&mut self) {
        let start = self.at;
        self.at += 5;
        self.skip_blank();
        let index = self.parts.len();
        self.bracket(Role::Label, Role::LabelNumber);
        if let Some(part) = self.parts.get_mut(index) {
            part.span.start = start;
        }
    }

    /// One word that means nothing; words in a row become one part.
    fn junk(&mut self, rest: &str) {
        let length = if rest.starts_with('#') { rest.len() } else { rest.find(is_blank).unwrap_or(rest.len()) };
        let span = Span::new(self.at, self.at + length);
        match self.parts.last_mut() {
            Some(last)
                if last.role == Role::Junk
                    && slice(self.code, Span::new(last.span.end, span.start)).trim().is_empty() =>
            {
                last.span.end = span.end;
            }
            _ => self.push(Role::Junk, span),
        }
        self.at += length.max(1);
    }

    /// `(buy)`, `(buy, market)`, `(inertia)`; false when it is something else.
    fn group(&mut self) -> bool {
        let Some(words) = group_words(self.rest()) else { return false };
        self.push(Role::Group, Span::new(self.at, self.at + words.len() + 2));
        let mut from = self.at + 1;
        for word in words.split(',') {
            let span = trimmed(self.code, Span::new(from, from + word.len()));
            from += word.len() + 1;
            if let Some(flag) = flag(slice(self.code, span)) {
                self.push(Role::Flag(flag), span);
            }
        }
        self.at += words.len() + 2;
        true
    }

    /// One or more ends with arrows between them; false, and nothing noted, when there is no arrow.
    pub(super) fn link(&mut self) -> bool {
        let rest = self.rest();
        let Some(mut found) = find_arrow(rest, 0, self.dialect, false) else { return false };
        let base = self.at;
        let mut from = 0;
        loop {
            self.push_trimmed(Role::Name, Span::new(base + from, base + found.span.start));
            self.push(Role::Arrow(found.arrow), found.span.shifted(base));
            if let Some(text) = found.text {
                self.push_trimmed(Role::FlowText, text.shifted(base));
            }
            from = found.span.end;
            match find_arrow(rest, from, self.dialect, true) {
                Some(next) => found = next,
                None => break,
            }
        }
        let last = rest.get(from..).unwrap_or("");
        let quoted = last.len() - last.trim_start_matches(is_blank).len();
        let quoted = quoted_length(last.get(quoted..).unwrap_or(""), self.dialect).map_or(0, |length| quoted + length);
        let semicolon = last.get(quoted..).and_then(|r| r.find(';')).map(|at| at + quoted);
        self.push_trimmed(Role::Name, Span::new(base + from, base + from + semicolon.unwrap_or(last.len())));
        if let Some(at) = semicolon {
            let start = base + from + at + 1;
            let rest = slice(self.code, Span::new(start, self.end));
            let length = rest.find(';').unwrap_or(rest.len());
            self.push_trimmed(Role::Context, Span::new(start, start + length));
            if length < rest.len() {
                self.push_trimmed(Role::Junk, Span::new(start + length, self.end));
            }
        }
        self.at = self.end;
        true
    }

    /// `SOURCE[->NEW NAME] MATURITY [label [x, y]]`.
    fn evolve(&mut self) {
        let rest = self.rest();
        let base = self.at;
        // The label, then the number before it, then the names before that: from the right, as names hold anything.
        let label = find_outside_quotes(rest, self.dialect, |at| {
            let here = rest.get(at..).unwrap_or("");
            starts_with_word(here, "label")
                && here.get(5..).is_some_and(|r| r.trim_start().starts_with('['))
                && rest.get(..at).and_then(|r| r.chars().next_back()).is_none_or(is_blank)
        });
        let head_end = label.unwrap_or(rest.len());
        let head = slice(rest, Span::new(0, head_end));
        let arrow = find_arrow(head, 0, self.dialect, false);
        let names_from = arrow.map_or(0, |a| a.span.end);
        let bracket = find_outside_quotes(head, self.dialect, |at| head.as_bytes().get(at) == Some(&b'['))
            .filter(|at| *at >= names_from);
        let number = bracket.map(|at| Span::new(at, at)).or_else(|| last_maturity(head, names_from, self.dialect));
        let name_end = number.map_or(head_end, |n| n.start);
        if let Some(arrow) = arrow {
            self.push_trimmed(Role::Name, Span::new(base, base + arrow.span.start));
            self.push(Role::Arrow(arrow.arrow), arrow.span.shifted(base));
            self.push_trimmed(Role::NewName, Span::new(base + names_from, base + name_end));
        } else {
            self.push_trimmed(Role::Name, Span::new(base, base + name_end));
        }
        self.at = base + name_end;
        if bracket.is_some() {
            self.bracket(Role::Bracket, Role::Number);
        } else if let Some(number) = number {
            self.push(Role::Maturity, number.shifted(base));
            self.at = base + number.end;
        }
        let before = self.parts.len();
        self.tail(true);
        if number.is_none() {
            // The number may stand behind the label.
            let code = self.code;
            let late = self.parts.iter_mut().skip(before);
            if let Some(part) = late.filter(|p| p.role == Role::Junk).find(|p| is_number(slice(code, p.span))) {
                part.role = Role::Maturity;
            }
        }
    }

    fn annotation(&mut self) {
        let rest = self.rest();
        let length = rest.find(|c: char| is_blank(c) || c == ',' || c == '[').unwrap_or(rest.len());
        self.push(Role::Index, Span::new(self.at, self.at + length));
        self.at += length;
        let rest = self.rest();
        self.at = self.end - rest.trim_start_matches(|c: char| is_blank(c) || c == ',').len();
        let rest = self.rest();
        let before = find_outside_quotes(rest, self.dialect, |at| rest.as_bytes().get(at) == Some(&b'['));
        let before = before.unwrap_or(rest.len());
        let text_before = trimmed(self.code, Span::new(self.at, self.at + before));
        self.at += before;
        self.bracket(Role::Bracket, Role::Number);
        self.skip_blank();
        if !text_before.is_empty() {
            self.push(Role::Text, text_before);
            self.tail(false);
        } else {
            self.rest_as(Role::Text);
        }
    }

    fn attitude(&mut self) {
        self.bracket(Role::Bracket, Role::Number);
        // The old form: a corner, and a width and a height in pixels.
        for _ in 0..2 {
            self.skip_blank();
            let rest = self.rest();
            let length = rest.find(is_blank).unwrap_or(rest.len());
            if !is_number(rest.get(..length).unwrap_or("")) {
                break;
            }
            self.push(Role::PixelNumber, Span::new(self.at, self.at + length));
            self.at += length;
        }
        self.tail(false);
    }

    fn axis(&mut self, kind: Kind) {
        if starts_with_word(self.rest().trim_start_matches('-'), "hide") && self.rest().starts_with('-') {
            let length = self.rest().find(is_blank).unwrap_or(self.end - self.at);
            self.push(Role::Hide, Span::new(self.at, self.at + length));
            self.at += length;
            self.skip_blank();
        }
        let rest = self.rest();
        if rest.is_empty() {
            return;
        }
        if kind == Kind::ValueChain {
            self.rest_as(Role::Junk);
            return;
        }
        let base = self.at;
        let mut from = 0;
        for stage in rest.split("->") {
            self.push_trimmed(Role::Stage, Span::new(base + from, base + from + stage.len()));
            from += stage.len() + 2;
        }
        self.at = self.end;
    }

    fn url(&mut self) {
        let rest = self.rest();
        let key = rest.find(|c: char| is_blank(c) || c == '[').unwrap_or(rest.len());
        self.push(Role::Name, Span::new(self.at, self.at + key));
        self.at += key;
        self.skip_blank();
        let rest = self.rest();
        if rest.starts_with('[') {
            let close = rest.find(']').unwrap_or(rest.len());
            self.push(Role::Bracket, Span::new(self.at, self.at + (close + 1).min(rest.len())));
            self.push_trimmed(Role::Address, Span::new(self.at + 1, self.at + close));
            self.at += (close + 1).min(rest.len());
        } else if !rest.is_empty() {
            let length = rest.find(is_blank).unwrap_or(rest.len());
            self.push(Role::Address, Span::new(self.at, self.at + length));
            self.at += length;
        }
        self.tail(false);
    }
}
