//! Lines that Mermaid's grammar refuses: each fails the whole diagram there.

use crate::diag::{Diagnostic, Fix, Severity};
use crate::format::owm::{in_quotes, number, number_prefix, place, At, Flag, Kind, Role, Span, Tree};

/// Most remarks about one text.
const MAX_REMARKS: usize = 1_000;

pub(super) fn lint(tree: &Tree<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut lint = Lint { tree, diagnostics, remarks: 0 };
    let mut line_of_pipeline = 0;
    for (at, statement) in (0u32..).zip(tree.statements()) {
        match statement.kind {
            Kind::Pipeline => {
                line_of_pipeline = statement.line;
                if let Some(bracket) = tree.span(at, Role::Bracket) {
                    lint.say("mermaid-pipeline", at, bracket, "Mermaid has pipelines with variants in braces only.");
                }
            }
            Kind::BlockOpen if statement.line != line_of_pipeline => {
                let body = tree.body(at);
                lint.say("mermaid-brace", at, body, "Mermaid needs this brace on the pipeline's own line.");
            }
            Kind::Component(_) => lint.component(at),
            Kind::Evolve => {
                for role in [Role::NewName, Role::Label] {
                    if let Some(span) = tree.span(at, role) {
                        lint.say("mermaid-evolve", at, span, "Mermaid refuses a new name or a label behind evolve.");
                    }
                }
            }
            Kind::Link if tree.spans(at, Role::Name).count() > 2 => {
                lint.say("mermaid-chain", at, tree.body(at), "Mermaid needs one link a line.");
            }
            Kind::Note | Kind::Annotation => lint.quotes(at, Role::Text, true),
            Kind::Attitude(_) | Kind::Url | Kind::Style | Kind::YAxis | Kind::ValueChain | Kind::Decorate(_) => {
                lint.say("mermaid-unknown-word", at, tree.body(at), "Mermaid does not know this line.");
            }
            _ => {}
        }
        lint.numbers(at, statement.kind);
        if matches!(statement.kind, Kind::Component(_) | Kind::Link | Kind::Evolve | Kind::Pipeline) {
            lint.quotes(at, Role::Name, false);
        }
    }
}

struct Lint<'l, 't> {
    tree: &'l Tree<'t>,
    diagnostics: &'l mut Vec<Diagnostic>,
    remarks: usize,
}

impl Lint<'_, '_> {
    fn say(&mut self, code: &'static str, at: u32, span: Span, message: &str) {
        self.fixable(code, at, span, message, None);
    }

    fn fixable(&mut self, code: &'static str, at: u32, span: Span, message: &str, fix: Option<(&str, String)>) {
        self.remarks += 1;
        if self.remarks > MAX_REMARKS {
            return;
        }
        let fix = fix.map(|(label, replacement)| Fix {
            label: label.to_owned(),
            start: span.start,
            end: span.end,
            replacement,
        });
        let place = place(self.tree, At(at, span));
        let message = message.to_owned();
        self.diagnostics.push(Diagnostic { severity: Severity::Warning, code, message, place, fix });
    }

    fn component(&mut self, at: u32) {
        let tree = self.tree;
        let flags: Vec<Flag> = tree
            .parts_of(at)
            .iter()
            .filter_map(|p| if let Role::Flag(flag) = p.role { Some(flag) } else { None })
            .collect();
        let decorators = flags.iter().filter(|flag| **flag != Flag::Inertia).count();
        if decorators > 1 || flags.contains(&Flag::Ecosystem) {
            let message = "Mermaid takes one of (build), (buy), (outsource) and (market), and no ecosystem.";
            self.say("mermaid-decorators", at, tree.body(at), message);
        }
        if !tree.has(at, Role::Bracket) {
            self.say("mermaid-coordinates", at, tree.body(at), "Mermaid needs coordinates here.");
        }
    }

    /// Mermaid takes `0.5`, not `1`, `.5` or `50%`; whole numbers only for annotations, sizes and labels.
    fn numbers(&mut self, at: u32, kind: Kind) {
        let tree = self.tree;
        if matches!(kind, Kind::Annotation | Kind::AnnotationBox | Kind::Size) {
            return;
        }
        let spans: Vec<Span> = tree.spans(at, Role::Number).chain(tree.spans(at, Role::Maturity)).collect();
        for span in spans {
            let text = tree.code(span);
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            if !text.split_once('.').is_some_and(|(whole, rest)| digits(whole) && digits(rest)) {
                let fix = number_prefix(text).map(|(n, _)| ("Write it with a point", number(n, 2, 0)));
                self.fixable("mermaid-number", at, span, "Mermaid needs digits on both sides of a point here.", fix);
            }
        }
        for span in tree.spans(at, Role::LabelNumber).collect::<Vec<_>>() {
            if tree.code(span).contains('.') {
                let fix = number_prefix(tree.code(span)).map(|(n, _)| ("Write a whole number", format!("{n:.0}")));
                self.fixable("mermaid-number", at, span, "Mermaid needs whole numbers for a label.", fix);
            }
        }
    }

    /// Names that need quotes, or texts that always do.
    fn quotes(&mut self, at: u32, role: Role, always: bool) {
        let tree = self.tree;
        for span in tree.spans(at, role).collect::<Vec<_>>() {
            let text = tree.code(span);
            let quoted = text.starts_with(['"', '\'']) && text.len() > 1;
            if !text.is_empty() && !quoted && (always || !is_plain(text)) {
                let fix = Some(("Put it in quotes", in_quotes(text)));
                self.fixable("mermaid-quotes", at, span, "Mermaid needs quotes around this.", fix);
            }
        }
    }
}

/// Whether a name needs no quotes: words of letters, digits and a few signs, each beginning with a letter or `(`.
fn is_plain(name: &str) -> bool {
    const WORDS: [&str; 16] = [
        "title",
        "size",
        "evolution",
        "anchor",
        "component",
        "evolve",
        "pipeline",
        "note",
        "annotation",
        "accelerator",
        "deaccelerator",
        "build",
        "buy",
        "outsource",
        "market",
        "inertia",
    ];
    let sign = |c: char| c.is_ascii_alphanumeric() || "_()&-".contains(c);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !WORDS.iter().any(|word| name.starts_with(word))
        && name.split(' ').all(|word| {
            word.chars().all(sign)
                && (word.is_empty() || word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '('))
        })
}
