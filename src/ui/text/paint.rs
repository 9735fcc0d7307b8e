//! The lines behind the field: number, mark and coloured words of those that are near the view.

use std::ops::Range;

use yew::prelude::*;

use crate::diag::{Diagnostic, Place, Severity};
use crate::format::owm::{highlight, TokenClass};
use crate::ui::icon::icon;
use crate::ui::text::remarks::sign_of;

/// Lines read before the first shown one, so that its words are seen in their surroundings.
const CONTEXT: usize = 60;

/// First byte of each line.
pub(super) fn starts_of(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    for (at, _) in text.match_indices('\n') {
        starts.push(at + 1);
    }
    starts
}

/// The line of a byte, from 0.
pub(super) fn line_at(starts: &[usize], at: usize) -> usize {
    starts.partition_point(|start| *start <= at).saturating_sub(1)
}

/// What is painted.
pub(super) struct Picture<'p> {
    pub(super) text: &'p str,
    pub(super) starts: &'p [usize],
    pub(super) marks: &'p [Range<usize>],
    pub(super) diagnostics: &'p [Diagnostic],
}

/// The worst remark about each line, and the stretches to underline.
type Remarks = (Vec<Option<Severity>>, Vec<(Range<usize>, Severity)>);

impl Picture<'_> {
    fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// The bytes of a line without its break.
    fn line(&self, number: usize) -> Range<usize> {
        let end = self.start(number + 1);
        let end = if end > self.start(number) && self.text.get(..end).is_some_and(|t| t.ends_with('\n')) {
            end - 1
        } else {
            end
        };
        self.start(number)..end
    }

    /// The worst remark about each line of the window, and the stretches to underline.
    fn remarks(&self, window: &Range<usize>) -> Remarks {
        let mut worst = vec![None; window.len()];
        let mut stretches = Vec::new();
        for diagnostic in self.diagnostics {
            let Place::Text { line, start, end, .. } = diagnostic.place else { continue };
            let number = (line as usize).saturating_sub(1);
            let Some(slot) = number.checked_sub(window.start).and_then(|at| worst.get_mut(at)) else { continue };
            *slot = (*slot).max(Some(diagnostic.severity));
            if diagnostic.severity > Severity::Notice {
                stretches.push((start..end, diagnostic.severity));
            }
        }
        (worst, stretches)
    }

    /// The lines of the window.
    pub(super) fn lines(&self, window: Range<usize>) -> Vec<Html> {
        let from = self.start(window.start.saturating_sub(CONTEXT));
        let to = self.start(window.end);
        let tokens = highlight(self.text.get(from..to).unwrap_or(""));
        let tokens: Vec<(Range<usize>, TokenClass)> =
            tokens.into_iter().map(|(range, class)| (range.start + from..range.end + from, class)).collect();
        let (worst, stretches) = self.remarks(&window);
        let mut lines = Vec::with_capacity(window.len());
        for (number, worst) in window.zip(worst) {
            let bytes = self.line(number);
            let marked = self.marks.iter().any(|mark| mark.start <= bytes.end && bytes.start <= mark.end);
            let class = classes!("text-line", marked.then_some("is-marked"));
            lines.push(html! {
                <div key={number} {class}>
                    <span class="text-number">
                        if let Some(severity) = worst { { mark(severity) } }
                        { number + 1 }
                    </span>
                    <span class="text-code">{ for self.words(&bytes, &tokens, &stretches) }</span>
                </div>
            });
        }
        lines
    }

    /// The words of a line, with their classes.
    fn words(
        &self,
        line: &Range<usize>,
        tokens: &[(Range<usize>, TokenClass)],
        stretches: &[(Range<usize>, Severity)],
    ) -> Vec<Html> {
        let first = tokens.partition_point(|(range, _)| range.end <= line.start);
        let mut words = Vec::new();
        let mut at = line.start;
        let stretch =
            stretches.iter().find(|(range, _)| range.start < line.end.max(line.start + 1) && range.end >= line.start);
        let mut push = |range: Range<usize>, class: &'static str| {
            // The underlined stretch cuts words in up to three.
            let (from, to) = stretch.map_or((range.end, range.end), |(s, _)| {
                (s.start.clamp(range.start, range.end), s.end.clamp(range.start, range.end))
            });
            for (start, end, wavy) in [(range.start, from, false), (from, to, true), (to, range.end, false)] {
                let Some(text) = self.text.get(start..end).filter(|text| !text.is_empty()) else { continue };
                let class = classes!(class, wavy.then_some("is-wavy"));
                words.push(html! { <span {class}>{ text }</span> });
            }
        };
        for (range, class) in tokens.get(first..).unwrap_or_default() {
            if range.start >= line.end {
                break;
            }
            let (start, end) = (range.start.max(at), range.end.min(line.end));
            push(at..start, "");
            push(start..end, class_of(*class));
            at = end.max(at);
        }
        push(at..line.end.max(at), "");
        words
    }
}

fn mark(severity: Severity) -> Html {
    let (sign, class, _) = sign_of(severity);
    html! { <span class={classes!("text-mark", class)}>{ icon(sign) }</span> }
}

fn class_of(class: TokenClass) -> &'static str {
    match class {
        TokenClass::Keyword => "code-keyword",
        TokenClass::Name => "code-name",
        TokenClass::Number => "code-number",
        TokenClass::Arrow => "code-arrow",
        TokenClass::Text => "code-text",
        TokenClass::Decorator => "code-decorator",
        TokenClass::Comment => "code-comment",
        TokenClass::Hidden => "code-hidden",
        TokenClass::Unknown => "code-unknown",
    }
}
