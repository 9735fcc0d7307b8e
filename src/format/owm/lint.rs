//! Where today's OnlineWardleyMaps reads a line differently from what is meant, with a fix where one replacement settles it.
//!
//! Knows the habits of that program (its scanners look for words anywhere in a line); knows no document.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::format::owm::lexer::{in_quotes, is_blank, number_prefix, slice};
use crate::format::owm::report::{code, shown, At, Reporter};
use crate::format::owm::spell;
use crate::format::owm::syntax::{Dialect, Flag, Form, Kind, Role, Span, Statement, Tree};

/// A line that begins with one of these is never a link for OWM, whatever letter comes next.
const RESERVED: [&str; 20] = [
    "evolution",
    "valuechain",
    "anchor",
    "evolve",
    "component",
    "style",
    "build",
    "buy",
    "outsource",
    "title",
    "annotation",
    "pipeline",
    "note",
    "pioneers",
    "settlers",
    "townplanners",
    "submap",
    "url",
    "accelerator",
    "size",
];

/// Whether OWM takes a line that begins so for something else than a link.
pub(super) fn begins_reserved(text: &str) -> bool {
    RESERVED.iter().chain(["deaccelerator", "{", "}"].iter()).any(|word| text.starts_with(word))
}

/// The first of OWM's words that stands in parentheses: it drops links with one.
pub(super) fn reserved_in_parentheses(text: &str) -> Option<&'static str> {
    if !text.contains('(') {
        return None;
    }
    RESERVED.into_iter().find(|word| text.contains(&format!("({word})")))
}

/// Says it for every statement.
pub(super) fn lint(tree: &Tree<'_>, report: &mut Reporter<'_>) {
    if tree.dialect != Dialect::Owm {
        return;
    }
    let mut lint = Lint { tree, report };
    let mut line_before = 0;
    for (number, statement) in (0u32..).zip(tree.statements()) {
        if !matches!(statement.kind, Kind::Blank | Kind::Comment | Kind::TooLong | Kind::Unknown)
            && !tree.has(number, Role::CommentMark)
        {
            if statement.line == line_before {
                lint.several_on_a_line(number, statement);
            }
            lint.statement(number, statement);
        }
        line_before = statement.line;
    }
    lint.blocks();
}

struct Lint<'l, 't, 'r> {
    tree: &'l Tree<'t>,
    report: &'l mut Reporter<'r>,
}

impl Lint<'_, '_, '_> {
    fn statement(&mut self, number: u32, statement: &Statement) {
        let body = self.tree.body(number);
        let text = self.tree.code(body);
        self.keyword(number, statement);
        if statement.kind != Kind::Url && text.contains("//") {
            let start = body.start + text.find("//").unwrap_or(0);
            let at = At(number, Span::new(start, body.end));
            let message = "OnlineWardleyMaps cuts the line at //, even inside quotes and addresses.";
            self.report.warn(code!("comment-in-text"), at, message);
        }
        self.inline_comment(number, body);
        self.brackets(number);
        match statement.kind {
            Kind::Component(form) => self.component(number, statement, form),
            Kind::Link => self.link(number, body),
            Kind::Evolve => self.evolve(number),
            Kind::Note => {
                if let Some(span) = self.tree.span(number, Role::Text) {
                    self.bracket_in(number, span, "text");
                }
            }
            _ => {}
        }
    }

    fn keyword(&mut self, number: u32, statement: &Statement) {
        let tree = self.tree;
        let Some(keyword) = tree.span(number, Role::Keyword) else { return };
        let word = tree.code(keyword);
        if word.bytes().any(|b| b.is_ascii_uppercase()) {
            let message = "OnlineWardleyMaps knows this word only in lower case.";
            let fix = ("Write in lower case", keyword, word.to_lowercase());
            self.report.fixable(Severity::Warning, code!("keyword-case"), At(number, keyword), message, fix);
        }
        let behind = slice(tree.text, Span::new(keyword.end, statement.span.end));
        let blanks = behind.len() - behind.trim_start_matches(|c| is_blank(c) && c != '\n' && c != '\r').len();
        let is_brace = matches!(statement.kind, Kind::BlockOpen | Kind::BlockClose);
        if !is_brace && !behind.starts_with([' ', '\n', '\r']) && !behind.is_empty() {
            let span = Span::new(keyword.end, keyword.end + blanks);
            let message =
                "OnlineWardleyMaps needs a blank here, not a tab or nothing; it drops the line without a word.";
            let fix = ("Put a blank", span, " ".to_owned());
            self.report.fixable(Severity::Warning, code!("blank-after-word"), At(number, keyword), message, fix);
        }
        let must_begin_line = matches!(statement.kind, Kind::Title | Kind::Accelerator { slows: true });
        let before = slice(tree.text, Span::new(statement.span.start, keyword.start));
        // Browsers take the byte order mark off before anybody reads the file.
        let indent = Span::new(keyword.start - before.trim_start_matches('\u{feff}').len(), keyword.start);
        if must_begin_line && !indent.is_empty() {
            let message = match statement.kind {
                Kind::Title => "OnlineWardleyMaps ignores a title that is indented.",
                _ => "OnlineWardleyMaps takes an indented deaccelerator for an accelerator.",
            };
            let fix = ("Remove the indent", indent, String::new());
            self.report.fixable(Severity::Warning, code!("indent"), At(number, keyword), message, fix);
        }
    }

    /// `component E /* x */ [0.5, 0.6]`: OWM's comment ends in a later line only.
    fn inline_comment(&mut self, number: u32, body: Span) {
        let written = slice(self.tree.text, body);
        let Some(open) = written.find("/*").filter(|_| written != self.tree.code(body)) else { return };
        let Some(close) = written.get(open + 2..).and_then(|r| r.find("*/")).map(|at| at + open + 2) else { return };
        let part = |from: usize, to: usize| slice(written, Span::new(from, to)).trim();
        let line = format!("{} {} // {}", part(0, open), part(close + 2, written.len()), part(open + 2, close));
        let at = At(number, Span::new(body.start + open, body.start + close + 2));
        let message = "For OnlineWardleyMaps a comment that begins with /* ends only in a later line, so it loses all up to there.";
        self.report.fixable(
            Severity::Warning,
            code!("inline-comment"),
            at,
            message,
            ("Move the comment to the end", body, line),
        );
    }

    fn brackets(&mut self, number: u32) {
        let tree = self.tree;
        for role in [Role::Bracket, Role::Label] {
            let Some(span) = tree.span(number, role) else { continue };
            if !tree.code(span).ends_with(']') {
                let message = "This bracket is not closed.";
                let fix = ("Close the bracket", Span::new(span.end, span.end), "]".to_owned());
                self.report.fixable(Severity::Warning, code!("unclosed-bracket"), At(number, span), message, fix);
            }
            let open = span.start + tree.code(span).find('[').unwrap_or(0);
            let before = slice(&tree.code, Span::new(0, open));
            let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
            if !before.ends_with(' ') && !before.ends_with(']') && open > tree.body(number).start {
                let message = "OnlineWardleyMaps finds a bracket only behind a blank.";
                let fix = ("Put a blank", Span::new(open - blanks, open), " ".to_owned());
                self.report.fixable(Severity::Warning, code!("blank-before-bracket"), At(number, span), message, fix);
            }
        }
    }

    fn bracket_in(&mut self, number: u32, span: Span, what: &str) {
        if self.tree.code(span).contains('[') {
            let message = format!(
                "OnlineWardleyMaps takes the first bracket of the line for the coordinates, here inside the {what}."
            );
            self.report.warn(code!("bracket-in-name"), At(number, span), message);
        }
    }

    fn component(&mut self, number: u32, statement: &Statement, form: Form) {
        let tree = self.tree;
        let Some(name) = tree.span(number, Role::Name) else { return };
        let bracket = tree.span(number, Role::Bracket);
        self.bracket_in(number, name, "name");
        let name_text = tree.code(name);
        if name_text.starts_with('"') && !name_text.get(1..).unwrap_or("").contains('"') {
            let fix = ("Close the quotes", Span::new(name.end, name.end), "\"".to_owned());
            let message = "These quotes are not closed.";
            self.report.fixable(Severity::Warning, code!("unclosed-quotes"), At(number, name), message, fix);
        }
        if let (Some(label), Some(bracket)) = (tree.span(number, Role::Label), bracket) {
            if label.start < bracket.start {
                let both = Span::new(label.start, bracket.end);
                let fix = ("Put the label behind", both, format!("{} {}", tree.code(bracket), tree.code(label)));
                let message = "OnlineWardleyMaps takes the first bracket for the coordinates, so the label must stand behind them.";
                self.report.fixable(Severity::Warning, code!("label-first"), At(number, label), message, fix);
            }
        }
        if let (Some(word), Some(maturity)) = (tree.span(number, Role::EvolveWord), tree.span(number, Role::Maturity)) {
            let span = Span::new(word.start, maturity.end);
            let message = "OnlineWardleyMaps crashes on evolve within a component's line.";
            let at = At(number, span);
            if span.end == tree.body(number).end && statement.comment.is_empty() {
                let line = format!("\nevolve {} {}", tree.code(name), spell::number(value(tree.code(maturity)), 2, 0));
                let fix = ("Write it on its own line", span, line);
                self.report.fixable(Severity::Warning, code!("inline-evolve"), at, message, fix);
            } else {
                self.report.warn(code!("inline-evolve"), at, message);
            }
        }
        if matches!(form, Form::Market | Form::Ecosystem) {
            let keyword = tree.span(number, Role::Keyword).unwrap_or(name);
            let message = "Read as a component with this symbol; today's OnlineWardleyMaps refuses the line.";
            let body = tree.body(number);
            let rest = slice(tree.text, Span::new(keyword.end, body.end));
            let line = format!("component{rest} ({})", tree.code(keyword).to_lowercase());
            let fix = ("Write it as a component", body, line);
            self.report.fixable(Severity::Warning, code!("standalone-decorator"), At(number, keyword), message, fix);
        }
        self.decorators(number, statement, name, bracket);
    }

    /// Compares the decorators found here with those that OWM's search for words finds.
    fn decorators(&mut self, number: u32, statement: &Statement, name: Span, bracket: Option<Span>) {
        let tree = self.tree;
        let line = tree.code(tree.body(number));
        let has_flags = tree.parts_of(number).iter().any(|p| matches!(p.role, Role::Flag(_)));
        if statement.block.is_some() {
            if has_flags {
                let message = "OnlineWardleyMaps does not show decorators and inertia of variants in a pipeline.";
                self.report.notice(code!("variant-decorators"), At(number, name), message);
            }
            return;
        }
        if bracket.is_none() && tree.has(number, Role::Group) {
            let message = "Without coordinates OnlineWardleyMaps takes the decorator for a part of the name, so that links do not find it.";
            self.report.warn(code!("name-misread"), At(number, name), message);
        }
        if !line.contains('(') && !line.contains("inertia") && !line.contains("label ") && !line.contains("evolve ") {
            return;
        }
        let name_text = tree.code(name);
        if name_text.contains("label ") || (name_text.ends_with("label") && bracket.is_some()) {
            let message =
                "OnlineWardleyMaps takes the word label in this name for a label and its coordinates for the offset.";
            self.report.warn(code!("name-misread"), At(number, name), message);
        }
        if name_text.contains("evolve ") && !tree.has(number, Role::EvolveWord) {
            let message = "OnlineWardleyMaps crashes on the word evolve in a component's line.";
            self.report.warn(code!("name-misread"), At(number, name), message);
        }
        let ours = |flag: Flag| tree.has(number, Role::Flag(flag));
        let theirs = |word: &str| match (line.find('('), line.find(word), line.find(')')) {
            (Some(open), Some(at), Some(close)) => open < at && at < close,
            _ => false,
        };
        let method = ["build", "buy", "outsource"].into_iter().find(|word| theirs(word));
        let mut differing = Vec::new();
        for (word, flag) in [("build", Flag::Build), ("buy", Flag::Buy), ("outsource", Flag::Outsource)] {
            if (method == Some(word)) != ours(flag) {
                differing.push(word);
            }
        }
        for (word, flag) in [("market", Flag::Market), ("ecosystem", Flag::Ecosystem)] {
            if theirs(word) != ours(flag) {
                differing.push(word);
            }
        }
        if line.contains("inertia") != ours(Flag::Inertia) {
            differing.push("inertia");
        }
        if let Some(word) = differing.first() {
            let message =
                format!("OnlineWardleyMaps looks for {word} anywhere in the line and reads this line differently.");
            self.report.warn(code!("decorator-misread"), At(number, name), message);
        }
    }

    fn link(&mut self, number: u32, body: Span) {
        let tree = self.tree;
        let ends: Vec<Span> = tree.spans(number, Role::Name).collect();
        let arrows: Vec<Span> =
            tree.parts_of(number).iter().filter(|p| matches!(p.role, Role::Arrow(_))).map(|p| p.span).collect();
        if let (Some(second), Some(last)) = (arrows.get(1), ends.last()) {
            let pairs: Vec<String> = ends
                .windows(2)
                .zip(&arrows)
                .filter_map(|(pair, arrow)| match pair {
                    [a, b] => Some(format!("{}{}{}", tree.code(*a), tree.code(*arrow), tree.code(*b))),
                    _ => None,
                })
                .collect();
            let message = "OnlineWardleyMaps reads only the first link of a chain.";
            let fix = ("Write one link a line", Span::new(body.start, last.end), pairs.join("\n"));
            self.report.fixable(Severity::Warning, code!("chain"), At(number, *second), message, fix);
        }
        for arrow in arrows.iter().filter(|span| matches!(tree.code(**span), "-->" | "-.->")) {
            let fix = ("Write ->", *arrow, "->".to_owned());
            let message = "OnlineWardleyMaps takes the first dash for a part of the name.";
            self.report.fixable(Severity::Warning, code!("long-arrow"), At(number, *arrow), message, fix);
        }
        let Some(first) = ends.first().copied() else { return };
        let text = tree.code(first);
        if begins_reserved(text) {
            let message =
                format!("OnlineWardleyMaps drops a link that begins with a word of its own, as {} does.", shown(text));
            let fix = ("Put the name in quotes", first, in_quotes(text));
            self.report.fixable(Severity::Warning, code!("reserved-word"), At(number, first), message, fix);
        }
        let whole = tree.code(body);
        if let Some(word) = reserved_in_parentheses(whole) {
            let message = format!("OnlineWardleyMaps drops a link with ({word}) in it.");
            self.report.warn(code!("reserved-in-parentheses"), At(number, body), message);
        }
        for end in ends {
            let text = tree.code(end);
            if text.starts_with('"') && (text.contains("->") || text.contains(';')) {
                let message = "OnlineWardleyMaps splits a link at -> and ; even inside quotes.";
                self.report.warn(code!("sign-in-name"), At(number, end), message);
            }
        }
    }

    fn evolve(&mut self, number: u32) {
        let tree = self.tree;
        let names = [tree.span(number, Role::Name), tree.span(number, Role::NewName)];
        if let Some(span) = tree.span(number, Role::Maturity) {
            let text = tree.code(span);
            let plain = text.split_once('.').is_some_and(|(whole, rest)| !whole.is_empty() && !rest.is_empty());
            if !plain {
                let message = "OnlineWardleyMaps takes a number without a digit and a point, like 1 or .9, for a part of the name.";
                let fix = ("Write it with a point", span, spell::number(value(text), 2, 0));
                self.report.fixable(Severity::Warning, code!("evolve-number"), At(number, span), message, fix);
            }
            let label = tree.span(number, Role::Label);
            if label.is_some_and(|label| label.start < span.start) {
                let message = "OnlineWardleyMaps needs the number before the label.";
                self.report.warn(code!("label-first"), At(number, span), message);
            }
            let quoted = names[0].is_some_and(|name| tree.code(name).starts_with('"'));
            if quoted && names[1].is_none() && label.is_some() {
                let message = "OnlineWardleyMaps loses the number of a quoted name that evolves under the same name and has a label.";
                self.report.warn(code!("quoted-evolve"), At(number, span), message);
            }
        }
        for span in names.into_iter().flatten() {
            let text = tree.code(span);
            if has_version(text) && !text.starts_with('"') {
                let message =
                    "OnlineWardleyMaps takes the first number with a point for the maturity, here the one in the name.";
                let fix = ("Put the name in quotes", span, in_quotes(text));
                self.report.fixable(Severity::Warning, code!("version-in-name"), At(number, span), message, fix);
            }
        }
    }

    /// `pipeline X { component A [0.3] }` on one line; OWM needs each on its own.
    fn several_on_a_line(&mut self, number: u32, statement: &Statement) {
        let tree = self.tree;
        let before = number.checked_sub(1).and_then(|n| tree.statement(n));
        let second = before.is_some_and(|b| {
            number.checked_sub(2).and_then(|n| tree.statement(n)).is_none_or(|first| first.line != b.line)
        });
        // Said once a line, with a fix for all of it.
        if !second {
            return;
        }
        let all: Vec<u32> =
            (number - 1..).take_while(|n| tree.statement(*n).is_some_and(|s| s.line == statement.line)).collect();
        let mut lines = String::new();
        for n in &all {
            let inside = tree
                .statement(*n)
                .is_some_and(|s| matches!(s.kind, Kind::Component(_) | Kind::Evolve) && s.block.is_some());
            if !lines.is_empty() {
                lines.push_str(if inside { "\n  " } else { "\n" });
            }
            lines.push_str(tree.code(tree.body(*n)));
        }
        let start = tree.body(number - 1).start;
        let end = all.last().map_or(start, |n| tree.body(*n).end);
        let message = "OnlineWardleyMaps needs the braces of a pipeline and each variant on lines of their own.";
        let fix = ("Write one a line", Span::new(start, end), lines);
        self.report.fixable(Severity::Warning, code!("braces"), At(number, tree.body(number)), message, fix);
    }

    fn blocks(&mut self) {
        let tree = self.tree;
        // Pipeline's statement to: places of variants, last statement, closed.
        let mut blocks: BTreeMap<u32, (Vec<f64>, u32, bool)> = BTreeMap::new();
        for (number, statement) in (0u32..).zip(tree.statements()) {
            let Some(block) = statement.block else { continue };
            let entry = blocks.entry(block).or_default();
            match statement.kind {
                Kind::BlockClose => entry.2 = true,
                Kind::Component(_) if !tree.has(number, Role::CommentMark) => {
                    let place = tree.spans(number, Role::Number).next().map_or(0.2, |span| value(tree.code(span)));
                    entry.0.push(place);
                }
                _ => {}
            }
            if !matches!(statement.kind, Kind::Blank | Kind::Comment) {
                entry.1 = number;
            }
        }
        for (pipeline, (places, last, closed)) in blocks {
            let at = At(pipeline, tree.span(pipeline, Role::Name).unwrap_or_else(|| tree.body(pipeline)));
            if let Some(first) = places.first() {
                if places.iter().all(|p| p == first) {
                    let message = "OnlineWardleyMaps does not draw a pipeline whose variants all stand at one place, nor its variants.";
                    self.report.notice(code!("single-variant"), at, message);
                }
            }
            if !closed {
                let end = tree.body(last).end;
                let message = "The braces of this pipeline are not closed; it ends here before the first line that is no variant. OnlineWardleyMaps swallows all components behind it.";
                let fix = ("Close the braces", Span::new(end, end), "\n}".to_owned());
                self.report.fixable(Severity::Warning, code!("unclosed-block"), at, message, fix);
            }
        }
    }
}

fn value(text: &str) -> f64 {
    number_prefix(text).map_or(0.0, |(value, _)| value)
}

/// Whether a word of the name begins with a number with a point, as in `Web 2.0`: OWM takes the first such number.
pub(super) fn has_version(text: &str) -> bool {
    text.split(' ')
        .any(|word| number_prefix(word).is_some_and(|(_, length)| word.get(..length).is_some_and(|n| n.contains('.'))))
}
