//! The text beside the map: what it shows, what typing makes of the map, and how the caret and the selection belong together.
//!
//! The text that is shown is the document written as OnlineWardleyMaps text, computed only while the pane is open. What
//! is typed counts for the document as it was when typing began, so that half-typed names cost no facts. A text in
//! which a line has just become unreadable waits: the map stays as it was, and so does what was typed, until the line
//! can be read again or the person says that it is meant so. Knows no screen; places are bytes of the shown text.

pub mod complete;
mod lines;
mod remarks;

use std::ops::Range;
use std::rc::Rc;

use crate::app::effect::Effect;
use crate::app::intent::TextIntent;
use crate::app::state::SidePanel;
use crate::app::{describe, App};
use crate::diag::{Diagnostic, Severity};
use crate::edit::GestureId;
use crate::format::owm::{self, SourceIndex, Written};
use crate::model::{AnyRecordId, Document, Patch, RecordChange, SourceBinding, SourceLanguage, TextSource};

/// Narrowest pane, CSS pixels.
pub const NARROWEST: u16 = 240;
/// Widest pane, CSS pixels; screens may allow less.
pub const WIDEST: u16 = 900;
/// Width at first.
pub const USUAL_WIDTH: u16 = 372;
/// Most records that are marked in the text.
const MOST_MARKS: usize = 200;

/// Something for the field to do once it shows the text: each has a number of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextOrder {
    /// Raised with each order.
    pub serial: u64,
    /// What to bring into view.
    pub show: Range<usize>,
    /// Select it, too, and take the keyboard focus.
    pub select: bool,
}

/// The pane and what it shows.
#[derive(Debug)]
pub struct TextPane {
    open: bool,
    width: u16,
    /// What is shown, with plain line breaks.
    text: Rc<str>,
    /// What the document is written as, with its own line breaks; while a text waits, as it was before.
    written: Rc<Written>,
    /// Raised when `text` changes otherwise than by typing.
    version: u64,
    /// The document has changed since.
    stale: bool,
    index: Option<SourceIndex>,
    diagnostics: Rc<[Diagnostic]>,
    caret: usize,
    order: TextOrder,
    typing: Option<Typing>,
    /// The text that the map shows, with plain breaks, while what was typed waits; and the line that it waits for.
    waiting: Option<Waiting>,
    /// Lines that could not be read in the text that the map shows.
    known: Unread,
    /// A patch of this pane is being carried out.
    applying: bool,
    /// The selection wants to be seen in the text.
    reveals: bool,
}

/// Typing in the pane, as long as nothing else changes the document.
#[derive(Debug)]
struct Typing {
    /// The document when it began.
    base: Rc<Document>,
    /// What it is written as.
    written: Rc<Written>,
    /// The step that further letters belong to.
    burst: Option<GestureId>,
}

#[derive(Debug)]
struct Waiting {
    shown: Rc<str>,
    line: u32,
}

/// How many lines of a text could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Unread {
    /// Something in them is wrong.
    errors: usize,
    /// They are not understood at all.
    lines: usize,
}

impl Unread {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut unread = Self::default();
        for diagnostic in diagnostics {
            unread.errors += usize::from(diagnostic.severity == Severity::Error);
            unread.lines += usize::from(is_unread(diagnostic));
        }
        unread
    }
}

/// Whether a line means nothing because of this.
fn is_unread(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
        || matches!(diagnostic.code, "owm-unknown-line" | "owm-half-link" | "owm-no-name" | "owm-unclosed-quotes")
}

impl TextPane {
    pub(super) fn new(open: bool, width: u16) -> Self {
        Self {
            open,
            width: width.clamp(NARROWEST, WIDEST),
            text: Rc::from(""),
            written: Rc::new(Written { text: String::new(), diagnostics: Vec::new(), bindings: Vec::new() }),
            version: 0,
            stale: true,
            index: None,
            diagnostics: Rc::from([]),
            caret: 0,
            order: TextOrder::default(),
            typing: None,
            waiting: None,
            known: Unread::default(),
            applying: false,
            reveals: false,
        }
    }

    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.open
    }
    /// Its width, CSS pixels.
    pub fn width(&self) -> u16 {
        self.width
    }
    /// What it shows, with plain line breaks.
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }
    /// Raised when the text changes otherwise than by typing: the field must take it over then.
    pub fn version(&self) -> u64 {
        self.version
    }
    /// Where the caret belongs, a byte of the text.
    pub fn caret(&self) -> usize {
        self.caret
    }
    /// What there is to say about the text, in its order.
    pub fn diagnostics(&self) -> &Rc<[Diagnostic]> {
        &self.diagnostics
    }
    /// The newest order to the field.
    pub fn order(&self) -> &TextOrder {
        &self.order
    }
    /// The line, from 1, because of which the map does not show what was typed.
    pub fn waits_for(&self) -> Option<u32> {
        self.waiting.as_ref().map(|waiting| waiting.line)
    }
    pub(super) fn set_open(&mut self, open: bool) {
        self.open = open;
    }

    fn tell(&mut self, show: Range<usize>, select: bool) {
        self.order = TextOrder { serial: self.order.serial + 1, show, select };
    }

    fn span_of(&self, record: AnyRecordId) -> Option<Range<usize>> {
        self.index.as_ref()?.span_of(record)
    }
}

impl App {
    /// The text beside the map.
    pub fn text_pane(&self) -> &TextPane {
        &self.text
    }

    /// Where the selected records stand in the text.
    pub fn text_marks(&self) -> Vec<Range<usize>> {
        let mut marks = Vec::new();
        let Some(index) = self.text.index.as_ref().filter(|_| self.text.open) else { return marks };
        for record in self.selection.iter().take(MOST_MARKS) {
            if self.selection.len() == 1 {
                marks.extend(index.spans_of(*record));
            } else {
                marks.extend(index.span_of(*record));
            }
        }
        marks
    }

    pub(super) fn text(&mut self, intent: TextIntent, effects: &mut Vec<Effect>) {
        self.changes.panels = true;
        match intent {
            TextIntent::Typed { text, caret } => self.typed(&text, caret, effects),
            TextIntent::Paused => self.text_paused(),
            TextIntent::Caret(at) => {
                let before = lines::line_and_column(&self.text.text, self.text.caret).0;
                self.text.caret = lines::on_character(&self.text.text, at);
                if lines::line_and_column(&self.text.text, self.text.caret).0 != before {
                    // Typing goes on elsewhere: that is another step.
                    self.text_paused();
                }
                self.select_at_caret(true);
            }
            TextIntent::Due => self.text_due(effects),
            TextIntent::TakeAsIs => self.take_as_is(effects),
            TextIntent::Fix(diagnostic) => self.fix_text(&diagnostic, effects),
            TextIntent::GoTo(diagnostic) => self.go_to_remark(&diagnostic, effects),
            TextIntent::Width(width) => {
                self.text.width = width.clamp(NARROWEST, WIDEST);
                self.store_text_pane(effects);
            }
        }
    }

    pub(super) fn toggle_text(&mut self, effects: &mut Vec<Effect>) {
        if self.text.open {
            self.text.set_open(false);
            effects.push(Effect::FocusMap);
        } else {
            self.open_text(effects);
            effects.push(Effect::FocusText);
        }
        self.store_text_pane(effects);
        self.changes.panels = true;
    }

    pub(super) fn open_text(&mut self, effects: &mut Vec<Effect>) {
        if self.text.open {
            return;
        }
        self.text.set_open(true);
        self.text.reveals = !self.selection.is_empty();
        self.text_due(effects);
        if self.selection.is_empty() {
            self.text.tell(self.text.caret..self.text.caret, false);
        }
    }

    fn store_text_pane(&self, effects: &mut Vec<Effect>) {
        let value = format!("{} {}", if self.text.open { "open" } else { "closed" }, self.text.width);
        effects.push(Effect::StorePreference { key: "text-pane", value });
    }

    // ---- from the text to the map ----

    fn typed(&mut self, typed: &str, caret: usize, effects: &mut Vec<Effect>) {
        if !self.text.open {
            return;
        }
        if let Some(reason) = self.why_read_only() {
            self.text.version += 1;
            return self.complain(reason, effects);
        }
        if self.comparing.is_some() {
            self.text.version += 1;
            return self.complain(crate::app::compare::LOOKED_AT, effects);
        }
        let typed = lines::with_plain_breaks(typed);
        if *typed == *self.text.text {
            self.text.caret = lines::on_character(&typed, caret);
            return;
        }
        let before = std::mem::replace(&mut self.text.text, Rc::from(typed.as_ref()));
        self.text.caret = lines::on_character(&typed, caret);
        if self.text.stale {
            // The map changed while somebody was typing: both count.
            let before = self.text.waiting.take().map_or(before, |waiting| waiting.shown);
            return self.work_in(&before, effects);
        }
        self.take_in(false, effects);
    }

    /// Makes the map what the text says, unless a line of it has just become unreadable.
    fn take_in(&mut self, as_is: bool, effects: &mut Vec<Effect>) {
        let original = lines::with_breaks_of(&self.text.written.text, &self.text.text);
        let typing = self.text.typing.take().unwrap_or_else(|| Typing {
            base: Rc::clone(&self.document),
            written: Rc::clone(&self.text.written),
            burst: None,
        });
        let (base, written) = (Rc::clone(&typing.base), Rc::clone(&typing.written));
        self.text.typing = Some(typing);
        let mut target = Document::clone(&base);
        let (patch, mut diagnostics) = if written.text == original {
            // Typed and taken back.
            (Patch::default(), owm::read(&self.text.text).diagnostics)
        } else {
            owm::apply_over(&base, &written, &original)
        };
        if original.len() != self.text.text.len() {
            // Their places must be those of the shown text.
            diagnostics = owm::read(&self.text.text).diagnostics;
        }
        target.apply(&patch);
        let step = self.document.patch_to(&target);
        let source = target.source.as_ref().filter(|source| source.language == SourceLanguage::Owm);
        let bindings = source.map_or_else(|| written.bindings.clone(), |source| source.bindings.clone());
        self.index_text(bindings.clone());
        let unread = Unread::of(&diagnostics);
        let worse = unread.errors > self.text.known.errors
            || (unread.lines > self.text.known.lines && changes_what_is_there(&step));
        if worse && !as_is {
            let line = self.line_waited_for(&diagnostics);
            let shown = match self.text.waiting.take() {
                Some(waiting) => waiting.shown,
                None => Rc::from(lines::with_plain_breaks(&self.text.written.text).as_ref()),
            };
            self.text.waiting = Some(Waiting { shown, line });
        } else {
            self.text.waiting = None;
            self.text.known = unread;
            self.text.written = Rc::new(Written { text: original, diagnostics: Vec::new(), bindings });
            if !step.is_empty() {
                self.commit_text(&target, step, effects);
            }
        }
        self.text.diagnostics = Rc::from(diagnostics);
        self.problems_again();
        self.select_at_caret(false);
        self.changes.panels = true;
    }

    fn commit_text(&mut self, target: &Document, step: Patch, effects: &mut Vec<Effect>) {
        let burst = match self.text.typing.as_ref().and_then(|typing| typing.burst) {
            Some(burst) => burst,
            None => {
                let burst = self.new_gesture();
                if let Some(typing) = &mut self.text.typing {
                    typing.burst = Some(burst);
                }
                burst
            }
        };
        let mut after = self.selection.clone();
        after.retain(|record| target.has(*record));
        let document = Rc::make_mut(&mut self.document);
        let selections = (self.selection.clone(), after);
        self.history.commit(document, step.clone(), "Edit the text", selections, Some(burst));
        self.text.applying = true;
        self.document_changed(&step, effects);
        self.text.applying = false;
        self.status = None;
    }

    fn take_as_is(&mut self, effects: &mut Vec<Effect>) {
        if self.text.waiting.is_some() {
            self.take_in(true, effects);
            self.text_paused();
            self.say("The map shows what the text says.", true, effects);
        }
    }

    fn text_paused(&mut self) {
        let waits = self.text.waiting.is_some();
        let Some(typing) = &mut self.text.typing else { return };
        typing.burst = None;
        // What is gone for the moment comes back as it was only as long as the base still has it.
        let document = &self.document;
        let is_loss = |change: &RecordChange| change.record() != AnyRecordId::Source && !document.has(change.record());
        if !waits && !typing.base.patch_to(document).changes().iter().any(is_loss) {
            typing.base = Rc::clone(&self.document);
            typing.written = Rc::clone(&self.text.written);
        }
    }

    fn line_waited_for(&self, diagnostics: &[Diagnostic]) -> u32 {
        let at = lines::line_and_column(&self.text.text, self.text.caret).0;
        let lines = diagnostics.iter().filter(|d| is_unread(d)).filter_map(remarks::line_of);
        lines.min_by_key(|line| (*line as usize).abs_diff(at + 1)).unwrap_or(1)
    }

    // ---- from the map to the text ----

    /// The document has changed; the text follows when there is time.
    pub(super) fn text_follows(&mut self, effects: &mut Vec<Effect>) {
        if self.text.applying {
            return;
        }
        self.text.typing = None;
        self.text.stale = true;
        if self.text.open || self.side == Some(SidePanel::Problems) {
            effects.push(Effect::ScheduleText);
        }
    }

    /// Another document has come.
    pub(super) fn text_begins_anew(&mut self) {
        self.text.typing = None;
        self.text.waiting = None;
        self.text.stale = true;
        self.text.caret = 0;
        if self.text.open {
            self.write_text(None);
            self.text.caret = 0;
            self.text.tell(0..0, false);
        }
    }

    pub(super) fn text_due(&mut self, effects: &mut Vec<Effect>) {
        if !self.text.open {
            return self.problems_again();
        }
        if self.text.stale {
            match self.text.waiting.take() {
                Some(waiting) => self.work_in(&waiting.shown, effects),
                None => self.write_text(None),
            }
        }
        self.show_selection_in_text();
        self.problems_again();
    }

    /// After undo and redo the text follows at once, with the caret where it changed.
    pub(super) fn text_steps_back(&mut self) {
        if self.text.open {
            let before = Rc::clone(&self.text.text);
            self.text.waiting = None;
            self.write_text(None);
            let (start, _, end) = lines::difference(&before, &self.text.text);
            if *before != *self.text.text {
                self.text.caret = end;
                self.text.tell(start..end, false);
            }
        }
    }

    /// Takes back what was typed and waits; `false` when nothing does, or nobody sees it.
    pub(super) fn undo_waiting_text(&mut self, effects: &mut Vec<Effect>) -> bool {
        if !self.text.open || self.text.waiting.take().is_none() {
            return false;
        }
        self.text_steps_back();
        self.text.typing = None;
        self.changes.panels = true;
        self.say("Undone: the text that the map did not show.", false, effects);
        true
    }

    /// What was typed over `shown`, together with what has become of the map.
    fn work_in(&mut self, shown: &str, effects: &mut Vec<Effect>) {
        let typed = Rc::clone(&self.text.text);
        self.write_text(Some((shown, &typed)));
        self.take_in(false, effects);
    }

    /// Shows the document as text, with the least change; with what was typed over an earlier text worked in.
    fn write_text(&mut self, typed: Option<(&str, &str)>) {
        let written = Rc::new(owm::write(&self.document));
        self.text.written = Rc::clone(&written);
        let shown = lines::with_plain_breaks(&written.text);
        self.text.diagnostics = Rc::from(owm::read(&shown).diagnostics);
        self.text.known = Unread::of(&self.text.diagnostics);
        let shown = match typed {
            Some((base, typed)) => lines::merged(base, typed, &shown),
            None => shown.into_owned(),
        };
        let caret = self.carried_caret(&shown, &written.bindings);
        if *shown != *self.text.text {
            self.text.text = Rc::from(shown);
            self.text.version += 1;
        }
        self.index_text(written.bindings.clone());
        self.text.caret = caret;
        self.text.typing = None;
        self.text.stale = false;
    }

    fn index_text(&mut self, bindings: Vec<SourceBinding>) {
        let text = self.text.text.to_string();
        let source = TextSource { language: SourceLanguage::Owm, text, bindings };
        self.text.index = Some(SourceIndex::new(&source));
    }

    /// Where the caret is in the next text: at the same place of the same element's line.
    fn carried_caret(&self, next: &str, bindings: &[SourceBinding]) -> usize {
        let (text, caret) = (&self.text.text, self.text.caret);
        let (start, old_end, new_end) = lines::difference(text, next);
        if caret <= start {
            return caret;
        }
        if caret >= old_end {
            return lines::on_character(next, caret - old_end + new_end);
        }
        let source =
            || TextSource { language: SourceLanguage::Owm, text: next.to_owned(), bindings: bindings.to_vec() };
        let index = self.text.index.as_ref();
        let record = index.and_then(|index| index.record_at(caret)).filter(|record| self.document.has(*record));
        let spans = record.and_then(|record| {
            let old = index.and_then(|index| index.spans_of(record).find(|span| span.contains(&caret)));
            Some((old?, SourceIndex::new(&source()).span_of(record)?))
        });
        match spans {
            Some((old, new)) => lines::on_character(next, (new.start + (caret - old.start)).min(new.end)),
            None => lines::on_character(next, caret.min(new_end)),
        }
    }

    // ---- caret and selection ----

    /// Selects what stands in the caret's line, without a word: a screen reader reads the line itself.
    fn select_at_caret(&mut self, reveal: bool) {
        let record = self.text.index.as_ref().and_then(|index| index.record_at(self.text.caret));
        let is_drawn = |record: &AnyRecordId| !matches!(record, AnyRecordId::Settings | AnyRecordId::Source);
        let Some(record) = record.filter(is_drawn).filter(|record| self.document.has(*record)) else { return };
        if self.selection.len() == 1 && self.selection.contains(&record) {
            return;
        }
        self.selection = [record].into();
        self.focus = Some(record);
        self.changes.overlay = true;
        self.changes.panels = true;
        if reveal {
            self.reveal(record);
        }
    }

    /// The selection was changed elsewhere: its line should be seen.
    pub(super) fn selection_wants_text(&mut self) {
        self.text.reveals = true;
        if self.text.open && !self.text.stale {
            self.show_selection_in_text();
        }
    }

    fn show_selection_in_text(&mut self) {
        if !std::mem::take(&mut self.text.reveals) {
            return;
        }
        if let Some(span) = self.selection.iter().next().and_then(|record| self.text.span_of(*record)) {
            self.text.tell(span, false);
        }
    }

    /// Puts all of the text on the clipboard.
    pub(super) fn copy_text(&mut self, effects: &mut Vec<Effect>) {
        let text = if self.text.open { self.text.text.to_string() } else { owm::write(&self.document).text };
        let count = text.lines().count();
        effects.push(Effect::WriteClipboard(text));
        self.say(&format!("Copied {} of map text.", describe::count(count, "line")), false, effects);
    }

    /// Whether something would be lost if the page were left now.
    pub(super) fn is_unsaved(&self) -> bool {
        (self.history.has_unsaved_changes() || self.text.waiting.is_some()) && !self.file.mirror
    }
}

/// Whether the patch does more than add.
fn changes_what_is_there(patch: &Patch) -> bool {
    let mut document = Document::new();
    document.apply(&patch.inverse());
    patch.changes().iter().any(|change| {
        let record = change.record();
        record != AnyRecordId::Source && document.has(record)
    })
}
