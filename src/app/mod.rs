//! The application without a browser: one owner of all state, intents in, effects out.
//!
//! Knows every pure layer; knows no browser, clock or randomness. The shell feeds [`App::update`] with intents,
//! carries out the effects it returns, and looks at [`App::take_changes`] to see what to draw anew.

pub mod action;
mod actions;
pub mod compare;
pub mod dependencies;
mod derived;
pub mod describe;
pub mod effect;
mod files;
pub mod form;
pub mod grips;
pub mod import;
pub mod intent;
pub mod kept;
mod label;
pub mod picture;
mod pointer;
pub mod ranking;
mod read;
pub mod report;
pub mod samples;
pub mod send;
mod show;
mod sizes;
mod snap;
pub mod state;
pub mod support;
pub mod table;
#[cfg(test)]
pub(crate) mod tests;
pub mod text;
mod tools;
mod view;
mod walk;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::analysis::Analysis;
use crate::app::action::ActionId;
use crate::app::derived::Derived;
use crate::app::effect::Effect;
use crate::app::intent::{Intent, KeyContext, KeyInput, LabelIntent, SelectIntent, ShowIntent, Start, TextIntent};
use crate::app::pointer::Gesture;
pub use crate::app::snap::Guide;
use crate::app::state::{
    Changes, DialogKind, FileState, LabelEdit, Look, Marks, Preview, SaveState, Selection, Shown, SidePanel, Status,
    ToolKind, ViewTab,
};
use crate::app::text::TextPane;
use crate::date::Date;
use crate::edit::{plan, Command, GestureId, History, Planned};
use crate::format::json::WrittenLines;
use crate::geom::{Camera, Map, MapFrame, Point, Screen, Size, Vector, World};
use crate::id::IdSource;
use crate::model::{AnyRecordId, ComponentId, Document, Patch, TextSource};
use crate::scene::display::ItemKey;
use crate::scene::Scene;

/// Screen pixels of air around the map when it is fitted.
const FIT_MARGIN: f64 = 24.0;
/// Fitting does not enlarge beyond this.
const FIT_LARGEST_ZOOM: f64 = 1.6;
/// One step of zooming by key or button.
const ZOOM_STEP: f64 = 1.25;

/// All state of the application.
#[derive(Debug)]
pub struct App {
    document: Rc<Document>,
    history: History<Selection>,
    ids: IdSource,
    derived: Derived,
    today: Option<Date>,

    camera: Camera,
    /// The camera that showed the whole map last: while it is unchanged, the map stays whole in a window of any size.
    whole_view: Camera,
    viewport: Size<Screen>,
    selection: Selection,
    focus: Option<AnyRecordId>,
    map_focused: bool,
    tool: ToolKind,
    gesture: Gesture,
    preview: Preview,
    guides: Vec<Guide>,
    snapping: bool,
    label_edit: Option<LabelEdit>,
    /// What was typed into a field and could not be taken.
    refused: Option<form::Refused>,
    /// Where the last duplicate went, so that duplicating again repeats it.
    last_duplicate: Vector<Map>,
    gestures: u64,
    /// Keys pressed in a row that move the same selection make one step.
    nudge: Option<(GestureId, Selection)>,
    /// Elements are being added to the selection one by one: walking on does not drop it.
    gathering: bool,

    tab: ViewTab,
    text: TextPane,
    side: Option<SidePanel>,
    dialog: Option<DialogKind>,
    look: Look,
    shown: Shown,
    wheel_zooms: bool,
    /// Whether the wheel was turned and the question about it stands; `None` once it is answered.
    wheel_question: Option<bool>,
    letter_shortcuts: bool,
    find: String,
    status: Option<Status>,
    last_announcement: String,

    file: FileState,
    file_info: crate::format::FileInfo,
    /// Local time of the last save, for the words about it.
    saved_clock: String,
    draft_scheduled: bool,
    /// The draft written last, of which unchanged lines are used again.
    draft_lines: WrittenLines,
    guarding: bool,
    page_title: String,
    /// What is on its way into a file.
    writing: Option<files::Writing>,
    kept: kept::KeptState,
    /// Ids of documents.
    document_ids: IdSource,

    table: table::TableState,
    ranking: ranking::RankingState,
    dependencies: dependencies::DependencyState,
    picture: picture::PictureState,
    comparing: Option<Box<compare::Comparing>>,
    send: send::SendState,
    /// A new version of the app waits to be loaded.
    update_ready: bool,
    review: Option<Rc<import::Review>>,
    support: Option<Rc<support::SupportReview>>,
    changes: Changes,
}

impl App {
    /// An app with an empty map.
    pub fn new(start: Start) -> Self {
        let document = Rc::new(Document::new());
        let derived = Derived::of(&document, start.today, Shown::default());
        let mut app = Self {
            document,
            history: History::new(),
            ids: IdSource::new(start.seed),
            derived,
            today: start.today,
            camera: Camera::default(),
            whole_view: Camera::default(),
            viewport: Size::new(1000.0, 640.0),
            selection: Selection::new(),
            focus: None,
            map_focused: false,
            tool: ToolKind::Select,
            gesture: Gesture::Idle,
            preview: Preview::None,
            guides: Vec::new(),
            snapping: true,
            label_edit: None,
            refused: None,
            last_duplicate: Vector::new(0.03, -0.05),
            gestures: 0,
            nudge: None,
            gathering: false,
            tab: ViewTab::Map,
            text: TextPane::new(start.text_pane.0, start.text_pane.1),
            side: Some(SidePanel::Inspector),
            dialog: None,
            look: start.look,
            shown: Shown::default(),
            wheel_zooms: start.wheel_zooms.unwrap_or(false),
            wheel_question: start.wheel_zooms.is_none().then_some(false),
            letter_shortcuts: start.letter_shortcuts,
            find: String::new(),
            status: None,
            last_announcement: String::new(),
            file: FileState::default(),
            file_info: crate::format::FileInfo::default(),
            saved_clock: String::new(),
            draft_scheduled: false,
            draft_lines: WrittenLines::default(),
            guarding: false,
            page_title: String::new(),
            writing: None,
            kept: kept::KeptState::default(),
            document_ids: IdSource::new(start.seed.rotate_left(32) ^ 0x6d61_7073),
            table: table::TableState::default(),
            ranking: ranking::RankingState::default(),
            dependencies: dependencies::DependencyState::default(),
            picture: picture::PictureState::on_page(start.address),
            comparing: None,
            send: send::SendState::default(),
            update_ready: false,
            review: None,
            support: None,
            changes: Changes::ALL,
        };
        app.kept.session = app.document_ids.next::<Document>('s').to_string();
        app.versions_begin_anew();
        app
    }

    /// Takes in what happened; says what should happen outside.
    pub fn update(&mut self, intent: Intent) -> Vec<Effect> {
        let mut effects = Vec::new();
        let keeps_nudge = matches!(
            &intent,
            Intent::Key(_)
                | Intent::View(_)
                | Intent::File(_)
                | Intent::Keep(_)
                | Intent::Select(SelectIntent::MapFocused(_))
                | Intent::Text(TextIntent::Due)
                | Intent::Risk(intent::RiskIntent::Work)
        ) || matches!(&intent, Intent::Action(id) if id.is_move());
        if !keeps_nudge {
            self.nudge = None;
        }
        match intent {
            Intent::Pointer(input) => self.pointer(input, &mut effects),
            Intent::Wheel(input) => self.wheel(input),
            Intent::Key(input) => self.key(&input, &mut effects),
            Intent::Action(id) => self.act_from_anywhere(id, &mut effects),
            Intent::Edit(command) => {
                self.run(&command, &mut effects);
            }
            Intent::Label(LabelIntent::Commit(text, after)) => self.commit_label(&text, after, &mut effects),
            Intent::Label(LabelIntent::Cancel) => self.cancel_label(&mut effects),
            Intent::Form(intent) => self.form_intent(intent, &mut effects),
            Intent::Select(intent) => self.select(intent, &mut effects),
            Intent::Show(intent) => self.show(intent, &mut effects),
            Intent::View(intent) => self.view(intent),
            Intent::File(intent) => self.file(intent, &mut effects),
            Intent::Keep(intent) => self.keep_intent(intent, &mut effects),
            Intent::Text(intent) => self.text(intent, &mut effects),
            Intent::Table(intent) => self.table_intent(intent, &mut effects),
            Intent::Risk(intent) => self.risk_intent(intent, &mut effects),
            Intent::Dependencies(intent) => self.dependency_intent(intent, &mut effects),
            Intent::Picture(intent) => self.picture_intent(intent, &mut effects),
            Intent::Compare(intent) => self.compare(intent, &mut effects),
            Intent::Send(intent) => self.send_intent(intent, &mut effects),
            Intent::Import(intent) => self.import(intent, &mut effects),
            Intent::Support(intent) => self.support_intent(intent, &mut effects),
        }
        self.after_update(&mut effects);
        effects
    }

    /// What changed since the last call.
    pub fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.changes)
    }

    /// Title of the page and the question before leaving follow the state.
    fn after_update(&mut self, effects: &mut Vec<Effect>) {
        let unsaved = self.is_unsaved();
        self.refresh_dependencies(effects);
        self.begin_work(effects);
        self.claim(effects);
        if unsaved != self.guarding {
            self.guarding = unsaved;
            effects.push(Effect::GuardLeaving(unsaved));
        }
        let title = format!("{}{} – Portolan", if unsaved { "• " } else { "" }, self.title());
        if title != self.page_title {
            self.page_title.clone_from(&title);
            effects.push(Effect::SetPageTitle(title));
        }
    }

    // ---- changing the document ----

    /// Plans and commits a command as a step of its own. What went wrong is said, and nothing changed then.
    fn run(&mut self, command: &Command, effects: &mut Vec<Effect>) -> Option<Planned> {
        self.run_in(command, None, effects)
    }

    /// The same as part of a gesture.
    fn run_in(&mut self, command: &Command, gesture: Option<GestureId>, effects: &mut Vec<Effect>) -> Option<Planned> {
        match self.attempt(command, gesture, effects) {
            Ok(planned) => Some(planned),
            Err(reason) => {
                self.complain(&reason, effects);
                None
            }
        }
    }

    /// The same without a word when it cannot be done: the reason is for whoever asked.
    fn attempt(
        &mut self,
        command: &Command,
        gesture: Option<GestureId>,
        effects: &mut Vec<Effect>,
    ) -> Result<Planned, String> {
        if let Some(reason) = self.why_read_only() {
            return Err(reason.to_owned());
        }
        if self.comparing.as_ref().is_some_and(|comparing| !comparing.is_taking()) {
            return Err(compare::LOOKED_AT.to_owned());
        }
        let positions = |id| self.derived.position(id);
        let planned = plan(&self.document, command, &mut self.ids, &positions).map_err(|error| error.to_string())?;
        self.commit(&planned, gesture, effects);
        Ok(planned)
    }

    fn commit(&mut self, planned: &Planned, gesture: Option<GestureId>, effects: &mut Vec<Effect>) {
        if planned.patch.is_empty() {
            return;
        }
        let before = self.selection.clone();
        let after = self.selection.clone();
        let document = Rc::make_mut(&mut self.document);
        self.history.commit(document, planned.patch.clone(), planned.label.clone(), (before, after), gesture);
        self.document_changed(&planned.patch, effects);
        self.say(&format!("{}.", describe::done(&planned.label)), true, effects);
    }

    /// Everything that follows from a change of the document.
    fn document_changed(&mut self, patch: &Patch, effects: &mut Vec<Effect>) {
        self.derived.update(&self.document, &patch.touched(), self.today, self.shown);
        self.forget_what_is_gone();
        self.picture_is_stale();
        self.table_after_change(patch);
        if !matches!(self.file.saved, SaveState::BrowserRefuses { .. }) {
            self.file.saved = if self.history.has_unsaved_changes() {
                SaveState::NotSaved
            } else {
                self.file.name.clone().map_or(SaveState::Untouched, |name| SaveState::SavedToFile {
                    name,
                    clock: self.saved_clock.clone(),
                })
            };
        }
        if !self.draft_scheduled {
            self.draft_scheduled = true;
            effects.push(Effect::ScheduleDraft);
        }
        self.text_follows(effects);
        self.compare_anew();
        self.changes = Changes { camera: self.changes.camera, ..Changes::ALL };
    }

    fn forget_what_is_gone(&mut self) {
        let document = &self.document;
        self.selection.retain(|record| document.has(*record));
        self.focus = self.focus.filter(|record| document.has(*record));
        if self
            .label_edit
            .as_ref()
            .is_some_and(|e| matches!(e.target, state::LabelTarget::Record(r) if !document.has(r)))
        {
            self.label_edit = None;
        }
    }

    fn undo(&mut self, effects: &mut Vec<Effect>) {
        if let Some(reason) = self.why_read_only() {
            return self.complain(reason, effects);
        }
        if self.undo_waiting_text(effects) {
            return;
        }
        let document = Rc::make_mut(&mut self.document);
        let Some((patch, step)) = self.history.undo(document) else {
            return self.say("There is nothing to undo.", false, effects);
        };
        self.selection = step.selection_before;
        self.document_changed(&patch, effects);
        self.text_steps_back();
        self.say(&format!("Undone: {}.", step.label), false, effects);
    }

    fn redo(&mut self, effects: &mut Vec<Effect>) {
        if let Some(reason) = self.why_read_only() {
            return self.complain(reason, effects);
        }
        let document = Rc::make_mut(&mut self.document);
        let Some((patch, step)) = self.history.redo(document) else {
            return self.say("There is nothing to redo.", false, effects);
        };
        self.selection = step.selection_after;
        self.document_changed(&patch, effects);
        self.text_steps_back();
        self.say(&format!("Done again: {}.", step.label), false, effects);
    }

    /// Puts another document in the place of this one; the history begins anew.
    fn replace_document(&mut self, document: Document) {
        self.document = Rc::new(document);
        self.history = History::new();
        self.versions_begin_anew();
        self.derived = Derived::of(&self.document, self.today, self.shown);
        self.selection.clear();
        self.refused = None;
        self.focus = None;
        self.label_edit = None;
        self.gesture = Gesture::Idle;
        self.preview = Preview::None;
        self.tool = ToolKind::Select;
        self.nudge = None;
        self.gathering = false;
        self.find.clear();
        self.text_begins_anew();
        self.table.begin_anew();
        self.ranking = ranking::RankingState::default();
        self.dependencies_begin_anew();
        self.comparing = None;
        if self.side == Some(SidePanel::Compare) {
            self.side = Some(SidePanel::Inspector);
        }
        self.table_arrived();
        self.fit(None);
        self.changes = Changes::ALL;
    }

    fn new_gesture(&mut self) -> GestureId {
        self.gestures += 1;
        GestureId(self.gestures)
    }

    // ---- telling ----

    /// A sentence in the status bar and for screen readers.
    fn say(&mut self, text: &str, can_undo: bool, effects: &mut Vec<Effect>) {
        self.status = Some(Status { text: text.to_owned(), can_undo, is_error: false });
        self.last_announcement = text.to_owned();
        self.changes.panels = true;
        effects.push(Effect::Announce { text: text.to_owned(), urgent: false });
    }

    /// The same for what went wrong.
    fn complain(&mut self, text: &str, effects: &mut Vec<Effect>) {
        self.status = Some(Status { text: text.to_owned(), can_undo: false, is_error: true });
        self.last_announcement = text.to_owned();
        self.changes.panels = true;
        effects.push(Effect::Announce { text: text.to_owned(), urgent: true });
    }

    // ---- selection ----

    fn select(&mut self, intent: SelectIntent, effects: &mut Vec<Effect>) {
        match intent {
            SelectIntent::Only(records) => self.set_selection(records, effects),
            SelectIntent::Toggle(record) => {
                let mut records = self.selection.clone();
                if !records.remove(&record) {
                    records.insert(record);
                }
                self.set_selection(records, effects);
            }
            SelectIntent::Reveal(record) => {
                self.set_selection([record].into(), effects);
                self.reveal(record);
            }
            SelectIntent::Focus(record) => {
                self.focus = record.filter(|r| self.document.has(*r));
                self.changes.overlay = true;
            }
            SelectIntent::MapFocused(focused) => {
                if self.map_focused != focused {
                    self.map_focused = focused;
                    if focused && self.focus.is_none() {
                        self.focus = self.selection.iter().next().copied().or_else(|| self.first_in_reading_order());
                    }
                    self.changes.overlay = true;
                }
            }
        }
    }

    fn set_selection(&mut self, records: BTreeSet<AnyRecordId>, effects: &mut Vec<Effect>) {
        let mut records = records;
        records.retain(|r| self.document.has(*r));
        if records == self.selection {
            return;
        }
        self.selection = records;
        self.gathering = false;
        self.selection_wants_text();
        self.refused = None;
        if let Some(only) = self.selection.iter().next().filter(|_| self.selection.len() == 1) {
            self.focus = Some(*only);
            let text = describe::record(self, *only);
            effects.push(Effect::Announce { text: format!("Selected: {text}"), urgent: false });
        } else if !self.selection.is_empty() {
            let text = format!("{} selected.", describe::count(self.selection.len(), "element"));
            effects.push(Effect::Announce { text, urgent: false });
        }
        self.changes.overlay = true;
        self.changes.panels = true;
    }

    // ---- keys ----

    fn key(&mut self, input: &KeyInput, effects: &mut Vec<Effect>) {
        // Dialogs and the label editor have their own keys; only Escape and the shortcuts with Ctrl pass through.
        let outside = self.dialog.is_some() && input.context != KeyContext::Map;
        // A letter of a name is never a shortcut, even when the field has not got the focus yet.
        let naming = self.label_edit.is_some() && (input.context != KeyContext::Map || input.key.chars().count() == 1);
        if (outside || naming) && input.key != "Escape" {
            return;
        }
        if let Some(id) = action::action_for(input, self.letter_shortcuts) {
            if self.is_enabled(id) {
                self.act(id, effects);
            }
        }
    }
}

impl ActionId {
    /// Whether it is one of the keys that walk or move.
    fn is_move(self) -> bool {
        matches!(
            self,
            Self::WalkLeft
                | Self::WalkRight
                | Self::WalkUp
                | Self::WalkDown
                | Self::MoveFarLeft
                | Self::MoveFarRight
                | Self::MoveFarUp
                | Self::MoveFarDown
        )
    }
}
