//! What there is to say about the text: going from one remark to the next, and doing what one of them proposes.

use std::ops::Range;
use std::rc::Rc;

use crate::app::effect::Effect;
use crate::app::state::SidePanel;
use crate::app::text::lines;
use crate::app::App;
use crate::diag::{Diagnostic, Place, Severity};
use crate::format::owm;
use crate::id::Id;
use crate::model::{AnyRecordId, SourceLanguage};

/// The line a remark is about, from 1.
pub(super) fn line_of(diagnostic: &Diagnostic) -> Option<u32> {
    match diagnostic.place {
        Place::Text { line, .. } => Some(line),
        _ => None,
    }
}

fn range_of(diagnostic: &Diagnostic) -> Option<Range<usize>> {
    match diagnostic.place {
        Place::Text { start, end, .. } => Some(start..end.max(start)),
        _ => None,
    }
}

impl App {
    /// The list of problems while it is seen: what was said about the text on opening gives way to what there is to say
    /// about it now, and what concerns elements that are gone is dropped.
    pub(in crate::app) fn problems_again(&mut self) {
        if self.side != Some(SidePanel::Problems) {
            return;
        }
        let document = &self.document;
        let is_of_text = |d: &Diagnostic| d.code.starts_with("owm-") && range_of(d).is_some();
        let mut list = std::mem::take(&mut self.file.diagnostics);
        list.retain(|diagnostic| match &diagnostic.place {
            Place::Record(text) => Id::parse(text).map_or(true, |id| document.has(AnyRecordId::Component(id))),
            _ => true,
        });
        if document.source.as_ref().is_some_and(|source| source.language == SourceLanguage::Owm) {
            list.retain(|diagnostic| !is_of_text(diagnostic));
            if self.text.open && !self.text.stale {
                list.extend(self.text.diagnostics.iter().cloned());
            } else {
                list.extend(owm::read(&owm::write(document).text).diagnostics);
            }
        }
        self.file.diagnostics = list;
        self.changes.panels = true;
    }

    /// To the next remark behind the caret, or the one before it; round at the ends.
    pub(in crate::app) fn next_remark(&mut self, forward: bool, effects: &mut Vec<Effect>) {
        self.open_text(effects);
        let caret = self.text.caret;
        let all = Rc::clone(&self.text.diagnostics);
        let placed: Vec<&Diagnostic> = all.iter().filter(|d| range_of(d).is_some()).collect();
        let starts = |d: &&&Diagnostic| range_of(d).map_or(0, |range| range.start);
        let found = if forward {
            placed.iter().find(|d| starts(d) > caret).or_else(|| placed.first())
        } else {
            placed.iter().rev().find(|d| starts(d) < caret).or_else(|| placed.last())
        };
        match found {
            Some(diagnostic) => self.go_to_remark(diagnostic, effects),
            None => self.say("There is nothing to say about the text.", false, effects),
        }
    }

    pub(super) fn go_to_remark(&mut self, diagnostic: &Diagnostic, effects: &mut Vec<Effect>) {
        let Some(range) = range_of(diagnostic) else { return };
        self.open_text(effects);
        let at = |byte| lines::on_character(&self.text.text, byte);
        let range = at(range.start)..at(range.end);
        self.text.caret = range.start;
        self.text.tell(range, true);
        let kind = match diagnostic.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Notice => "Notice",
        };
        let line = line_of(diagnostic).unwrap_or(1);
        effects
            .push(Effect::Announce { text: format!("{kind} in line {line}: {}", diagnostic.message), urgent: false });
        self.select_at_caret(true);
        self.changes.panels = true;
    }

    /// Does what a remark proposes, as a step of its own. One that is no longer there is passed over.
    pub(super) fn fix_text(&mut self, diagnostic: &Diagnostic, effects: &mut Vec<Effect>) {
        if !self.text.diagnostics.contains(diagnostic) || self.file.read_only {
            return;
        }
        let Some(fix) = &diagnostic.fix else { return };
        let text = Rc::clone(&self.text.text);
        let (Some(before), Some(behind)) = (text.get(..fix.start), text.get(fix.end..)) else { return };
        let replacement = lines::with_plain_breaks(&fix.replacement);
        self.text_paused();
        let fixed = format!("{before}{replacement}{behind}");
        let end = fix.start + replacement.len();
        self.typed(&fixed, end, effects);
        self.text_paused();
        self.text.version += 1;
        self.text.caret = end;
        self.text.tell(fix.start..end, true);
        self.say(&format!("Done: {}.", fix.label), true, effects);
    }
}
