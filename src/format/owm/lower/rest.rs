//! Notes, annotations, attitudes, accelerators, settings, and lines that mean nothing.

use std::borrow::Cow;
use std::rc::Rc;

use crate::diag::Severity;
use crate::format::owm::lexer::{number_prefix, quoted_length, slice, unquoted};
use crate::format::owm::lint;
use crate::format::owm::lower::Lowering;
use crate::format::owm::report::{code, nearest, shown, At};
use crate::format::owm::statement::keywords;
use crate::format::owm::syntax::{cleaned, Dialect, Kind, Role, Span};
use crate::geom::{Map, Point, Size, World};
use crate::model::{
    Accelerator, Annotation, AnyRecordId, Attitude, AttitudeKind, EvolutionAxis, MapStyle, Note, Stage,
    MAX_NAME_LENGTH, STAGE_BOUNDARIES,
};

/// Most stages of an evolution axis.
const MAX_STAGES: usize = 20;
/// Largest width or height of a map, world pixels.
const MAX_SIZE: f64 = 100_000.0;
/// As in our file: a map a few pixels high is damage or a number half typed.
const MIN_SIZE: f64 = 50.0;

impl Lowering<'_, '_> {
    pub(super) fn rest(&mut self) {
        let mut title = None;
        for (number, statement) in self.statements() {
            match statement.kind {
                Kind::Note => self.note(number),
                Kind::Annotation => self.annotation(number),
                Kind::Accelerator { slows } => self.accelerator(number, slows),
                Kind::Title if title.is_some() => self.say_repeated(number, "The first title counts."),
                Kind::Title => title = Some(number),
                Kind::TooLong => {
                    let message = "This line is too long to be read; it stays in the text.";
                    self.report.say(Severity::Error, code!("too-long"), At(number, statement.span), message);
                }
                Kind::Unknown => self.unknown(number),
                Kind::BlockOpen | Kind::BlockClose => {
                    if statement.block.is_none() {
                        let message = "This brace belongs to no pipeline; it stays in the text.";
                        self.report.warn(code!("stray-brace"), At(number, self.tree.body(number)), message);
                    } else {
                        self.say_brace_of_missing(number);
                    }
                }
                Kind::Url => self.url_line(number),
                _ => {}
            }
            self.junk(number);
        }
        if let Some(number) = title {
            self.bind(number, AnyRecordId::Settings);
            // Quotes are a part of a title.
            let text =
                cleaned(Cow::Borrowed(self.tree.span(number, Role::Text).map_or("", |span| self.tree.code(span))));
            if text.is_empty() {
                let message = "This title is empty.";
                self.report.notice(code!("empty-title"), At(number, self.tree.body(number)), message);
            }
            self.settings.title = text.chars().take(2_000).collect();
        }
        self.settings();
        lint::lint(self.tree, &mut self.report);
    }

    /// Sizes come before attitudes, whose old form needs them.
    fn settings(&mut self) {
        for kind in [Kind::Size, Kind::Style, Kind::Evolution, Kind::ValueChain, Kind::YAxis, Kind::AnnotationBox] {
            let all: Vec<u32> = self.statements().filter(|(_, s)| s.kind == kind).map(|(number, _)| number).collect();
            let Some((last, earlier)) = all.split_last() else { continue };
            for number in earlier {
                self.say_repeated(*number, "The last one counts.");
            }
            if self.setting(*last, kind) {
                self.bind(*last, AnyRecordId::Settings);
            }
        }
        if self.is_mermaid() && !self.statements().any(|(_, s)| s.kind == Kind::Evolution) {
            // Mermaid's own four stages are equally wide.
            self.settings.evolution.boundaries = vec![0.25, 0.5, 0.75];
        }
        let attitudes: Vec<(u32, AttitudeKind)> = self
            .statements()
            .filter_map(|(number, s)| if let Kind::Attitude(kind) = s.kind { Some((number, kind)) } else { None })
            .collect();
        for (number, kind) in attitudes {
            self.attitude(number, kind);
        }
    }

    /// Whether the statement could be read.
    fn setting(&mut self, number: u32, kind: Kind) -> bool {
        let tree = self.tree;
        let at = At(number, tree.body(number));
        let stages: Vec<String> = tree.spans(number, Role::Stage).map(|s| self.name(number, s)).collect();
        match kind {
            Kind::Size => {
                let values: Vec<Option<f64>> =
                    tree.spans(number, Role::Number).map(|s| self.number(number, s)).collect();
                match values.as_slice() {
                    // OWM's way of saying that the map fills the window.
                    [Some(w), Some(h)] if *w == 0.0 && *h == 0.0 => {}
                    [Some(w), Some(h)] if *w > 0.0 && *h > 0.0 => {
                        self.settings.size =
                            Some(Size::<World>::new(w.clamp(MIN_SIZE, MAX_SIZE), h.clamp(MIN_SIZE, MAX_SIZE)));
                    }
                    _ => {
                        let message = "The size needs two numbers above 0, width and height in pixels.";
                        self.report.warn(code!("bad-size"), at, message);
                    }
                }
            }
            Kind::Style => self.style(number),
            Kind::Evolution => {
                self.settings.evolution.hidden = tree.has(number, Role::Hide);
                if stages.is_empty() {
                    if !self.settings.evolution.hidden {
                        let message = "Behind evolution stand the names of the stages, joined by ->.";
                        self.report.warn(code!("stages"), at, message);
                    }
                } else {
                    self.stages(number, &stages);
                }
            }
            Kind::ValueChain => {
                self.settings.value_chain.hidden = tree.has(number, Role::Hide);
                if !tree.has(number, Role::Hide) && !tree.has(number, Role::Junk) {
                    self.report.warn(
                        code!("value-chain"),
                        at,
                        "Behind valuechain stands --hide or nothing is changed.",
                    );
                }
            }
            Kind::YAxis => {
                let axis = &mut self.settings.value_chain;
                for (slot, word) in [&mut axis.label, &mut axis.bottom, &mut axis.top].into_iter().zip(&stages) {
                    slot.clone_from(word);
                }
                let message = "Read as the words of the value chain axis; today's OnlineWardleyMaps takes this line for a link and drops it.";
                self.report.notice(code!("y-axis"), at, message);
            }
            Kind::AnnotationBox => self.settings.annotation_box = Some(self.point(number)),
            _ => {}
        }
        true
    }

    fn style(&mut self, number: u32) {
        let text = self.text(number, Role::Text).to_lowercase();
        self.settings.style = match text.as_str() {
            "plain" => MapStyle::Plain,
            "wardley" => MapStyle::Wardley,
            "colour" => MapStyle::Colour,
            "handwritten" => MapStyle::Handwritten,
            "dark" => MapStyle::Dark,
            other => {
                let at = self.at(number, Role::Text);
                let message = format!("The style {} is not known; the map is drawn plain.", shown(other));
                let styles = ["plain", "wardley", "colour", "handwritten", "dark"];
                match nearest(other, styles.into_iter()).or_else(|| styles.into_iter().find(|s| other.starts_with(s))) {
                    Some(style) if at.1 != self.tree.body(number) => {
                        let fix = ("Use the style meant", at.1, style.to_owned());
                        self.report.fixable(Severity::Notice, code!("unknown-style"), at, message, fix);
                    }
                    _ => self.report.notice(code!("unknown-style"), at, message),
                }
                MapStyle::Other(self.text(number, Role::Text).chars().take(100).collect())
            }
        };
    }

    fn stages(&mut self, number: u32, names: &[String]) {
        let at = At(number, self.tree.body(number));
        let mut bounds: Vec<Option<f64>> = Vec::new();
        let stages: Vec<Stage> = names
            .iter()
            .take(MAX_STAGES)
            .map(|name| {
                let (name, bound) = self.stage_bound(name);
                bounds.push(bound);
                stage(&name)
            })
            .collect();
        if stages.len() != 4 && !self.is_mermaid() {
            let message = "OnlineWardleyMaps needs exactly four stages and shows its own otherwise.";
            self.report.warn(code!("stages"), at, message);
        }
        // The last bound is the right end of the axis.
        let inner: Option<Vec<f64>> = bounds.iter().take(bounds.len().saturating_sub(1)).copied().collect();
        let given = inner
            .filter(|b| b.windows(2).all(|w| matches!(w, [a, b] if a < b)) && b.iter().all(|b| *b > 0.0 && *b < 1.0));
        let count = stages.len();
        let boundaries = match given {
            Some(given) if self.is_mermaid() && bounds.last().is_some_and(Option::is_some) => given,
            _ if count == 4 && !self.is_mermaid() => STAGE_BOUNDARIES.to_vec(),
            _ => (1..count).map(|i| i as f64 / count as f64).collect(),
        };
        let hidden = self.settings.evolution.hidden;
        self.settings.evolution = EvolutionAxis { stages, boundaries, hidden };
    }

    /// `Genesis@0.175` of Mermaid: the name and the stage's right end.
    fn stage_bound(&self, name: &str) -> (String, Option<f64>) {
        if self.is_mermaid() {
            if let Some((start, rest)) = name.split_once('@') {
                if let Some((value, length)) = number_prefix(rest) {
                    let name = format!("{start}{}", rest.get(length..).unwrap_or(""));
                    return (name, Some(if value > 1.0 { value / 100.0 } else { value }));
                }
            }
        }
        (name.to_owned(), None)
    }

    fn note(&mut self, number: u32) {
        let at = self.point(number);
        let text = self.text(number, Role::Text).into_owned();
        let id = self.bind_new::<Note>(number);
        self.document.notes.insert(id, Rc::new(Note { text, at, ..Note::default() }));
    }

    fn accelerator(&mut self, number: u32, slows: bool) {
        let at = self.point(number);
        let name = self.text(number, Role::Name).chars().take(MAX_NAME_LENGTH).collect();
        let id = self.bind_new::<Accelerator>(number);
        self.document.accelerators.insert(id, Rc::new(Accelerator { name, slows, at, ..Accelerator::default() }));
    }

    fn annotation(&mut self, number: u32) {
        let tree = self.tree;
        let index = tree.span(number, Role::Index).unwrap_or_default();
        let parsed = number_prefix(tree.code(index)).filter(|(n, _)| *n >= 0.0 && *n <= 9_999.0);
        let next = self.next_annotation;
        if parsed.is_none() {
            let message = format!("An annotation begins with its number; {next} is used here.");
            self.report.warn(code!("annotation-number"), At(number, index), message);
        }
        let mut numbers = tree.spans(number, Role::Number);
        let mut places: Vec<Point<Map>> = Vec::new();
        while let (Some(y), Some(x)) = (numbers.next(), numbers.next()) {
            let (y, x) = (self.share(number, y), self.share(number, x));
            places.push(Point::new(x.unwrap_or(0.1), y.unwrap_or(0.9)));
        }
        if places.is_empty() {
            let message = "This annotation has no place; it is only listed in the box. OnlineWardleyMaps drops it.";
            self.report.warn(code!("no-place"), At(number, tree.body(number)), message);
        }
        let text = self.text(number, Role::Text).into_owned();
        let id = self.bind_new::<Annotation>(number);
        let shown_number = parsed.map_or(next, |(n, _)| n as u32);
        self.next_annotation = self.next_annotation.max(shown_number + 1);
        let annotation = Annotation { number: shown_number, text, places, ..Annotation::default() };
        self.document.annotations.insert(id, Rc::new(annotation));
    }

    fn attitude(&mut self, number: u32, kind: AttitudeKind) {
        let tree = self.tree;
        let values: Vec<Option<f64>> = tree.spans(number, Role::Number).map(|span| self.share(number, span)).collect();
        let pixels: Vec<f64> = tree.spans(number, Role::PixelNumber).filter_map(|s| self.number(number, s)).collect();
        let frame = self.settings.frame_size();
        let (from, to) = match (values.as_slice(), pixels.as_slice()) {
            ([Some(v1), Some(m1), Some(v2), Some(m2), ..], _) => (Point::new(*m1, *v1), Point::new(*m2, *v2)),
            ([Some(v), Some(m), ..], [width, height]) => {
                let to =
                    Point::new((m + width / frame.width).clamp(0.0, 1.0), (v - height / frame.height).clamp(0.0, 1.0));
                let body = tree.body(number);
                let start = tree.span(number, Role::Bracket).map_or(body.start, |s| s.start);
                let share = |value: f64| crate::format::owm::spell::number(value, 2, 0);
                let corners = format!("[{}, {}, {}, {}]", share(*v), share(*m), share(to.y), share(to.x));
                let end = tree.spans(number, Role::PixelNumber).last().map_or(body.end, |s| s.end);
                let message = "The old form with a width and a height; OnlineWardleyMaps now needs two corners and draws a box of its own size.";
                let fix = ("Write two corners", Span::new(start, end), corners);
                self.report.fixable(Severity::Warning, code!("old-attitude"), At(number, body), message, fix);
                (Point::new(*m, *v), to)
            }
            _ => {
                let message = "This needs four numbers, [visibility, evolution, visibility, evolution] of two corners; it is left out.";
                self.report.say(Severity::Error, code!("attitude-numbers"), At(number, tree.body(number)), message);
                return;
            }
        };
        let id = self.bind_new::<Attitude>(number);
        self.document.attitudes.insert(id, Rc::new(Attitude { kind, from, to, ..Attitude::default() }));
    }

    fn url_line(&mut self, number: u32) {
        let key = self.text(number, Role::Name).into_owned();
        let body = At(number, self.tree.body(number));
        if !self.tree.has(number, Role::Address) {
            self.report.warn(code!("url-line"), body, "A url line needs a name and an address in brackets.");
        } else if self.urls.get(&key) != Some(&number) {
            self.say_repeated(number, "The first address of this name counts.");
        } else if let Some(submap) = self.urls_used.get(&key) {
            let draft = self.drafts.binary_search_by_key(submap, |d| d.statement).ok();
            if let Some(id) = draft.map(|index| self.draft_id(index)) {
                self.bind(number, AnyRecordId::Component(id));
            }
        } else {
            let message = "No submap uses this address.";
            self.report.notice(code!("unused-url"), body, message);
        }
    }

    fn say_repeated(&mut self, number: u32, which: &str) {
        let word = self
            .tree
            .statement(number)
            .map_or("", |s| slice(self.tree.text, s.span).split_whitespace().next().unwrap_or(""));
        let message = format!("“{word}” is said more than once. {which}");
        self.report.notice(code!("repeated"), At(number, self.tree.body(number)), message);
    }

    fn say_brace_of_missing(&mut self, number: u32) {
        let block = self.tree.statement(number).and_then(|s| s.block);
        if block.is_some_and(|block| !self.pipelines.contains_key(&block)) {
            let message = "This brace belongs to a pipeline that is left out.";
            self.report.notice(code!("stray-brace"), At(number, self.tree.body(number)), message);
        }
    }

    fn unknown(&mut self, number: u32) {
        let body = self.tree.body(number);
        let at = At(number, body);
        let text = self.tree.code(body);
        if text.starts_with('#') && !self.is_mermaid() {
            let sign = Span::new(body.start, body.start + 1);
            let message = "A comment begins with // here; OnlineWardleyMaps reports this line as an error.";
            self.report.fixable(
                Severity::Notice,
                code!("hash-comment"),
                at,
                message,
                ("Write //", sign, "//".to_owned()),
            );
            return;
        }
        let word = text.split(|c: char| c.is_whitespace() || c == '[').next().unwrap_or("");
        let suggestion = nearest(word, keywords()).filter(|_| word.len() < text.len());
        if let Some(keyword) = suggestion {
            let message =
                format!("This line is not understood and stays in the text. Did you mean {}?", shown(keyword));
            let span = Span::new(body.start, body.start + word.len());
            let fix = ("Use this word", span, keyword.to_owned());
            self.report.fixable(Severity::Warning, code!("unknown-line"), at, message, fix);
            return;
        }
        if self.is_mermaid() {
            return self.report.warn(code!("unknown-line"), at, "This line is not understood and was left out.");
        }
        let message = "This line is not understood; it stays in the text.";
        let start = Span::new(body.start, body.start);
        let fix = ("Make it a comment", start, "// ".to_owned());
        self.report.fixable(Severity::Warning, code!("unknown-line"), at, message, fix);
    }

    fn junk(&mut self, number: u32) {
        let tree = self.tree;
        if tree.statement(number).is_some_and(|s| s.kind == Kind::Unknown) {
            return;
        }
        for span in tree.spans(number, Role::Junk) {
            let text = tree.code(span);
            let at = At(number, span);
            if text.starts_with('#') {
                let sign = Span::new(span.start, span.start + 1);
                let message = "A comment begins with // here.";
                self.report.fixable(
                    Severity::Notice,
                    code!("hash-comment"),
                    at,
                    message,
                    ("Write //", sign, "//".to_owned()),
                );
            } else {
                let message = format!("{} means nothing here; it stays in the text.", shown(text));
                self.report.notice(code!("ignored-text"), at, message);
            }
        }
    }
}

/// `Product / (+rental)`: the two lines of a stage's label.
pub(super) fn stage(name: &str) -> Stage {
    // Mermaid puts each of the two in quotes.
    let cut = |name: &str| {
        let name = name.trim();
        let quoted = quoted_length(name, Dialect::Mermaid) == Some(name.len());
        if quoted {
            unquoted(name).into_owned()
        } else {
            name.to_owned()
        }
    };
    match name.split_once('/') {
        Some((first, second)) if !second.contains('/') && (first.ends_with(' ') || second.starts_with(' ')) => {
            Stage { name: cut(first), second_name: cut(second) }
        }
        _ => Stage { name: cut(name), second_name: String::new() },
    }
}
