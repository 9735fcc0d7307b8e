//! Two tabs on one document: one may change it, the others follow and can take over.
//!
//! The shell holds a lock of the browser for the document of the owner. A tab that does not get the lock is a mirror:
//! it shows what the owner sends, and every command is refused in words.

use std::rc::Rc;

use crate::app::kept::Why;
use crate::app::state::{AfterUnsaved, SaveState};
use crate::app::{App, Changes, Effect};
use crate::edit::History;
use crate::format;

impl App {
    /// Why nothing can be changed here; `None` when it can.
    pub(crate) fn why_read_only(&self) -> Option<&'static str> {
        if self.file.mirror {
            return Some("This map is open in another tab, so it can only be looked at here. Choose “Take over here” to change it.");
        }
        self.file
            .read_only
            .then_some("This map was made by a newer version of Portolan, so it can be looked at but not changed.")
    }

    /// Asks for the document when another one has come into hand.
    pub(crate) fn claim(&mut self, effects: &mut Vec<Effect>) {
        if self.kept.claimed != self.document_id() && !self.document.is_empty() {
            self.kept.claimed = self.document_id().to_owned();
            effects.push(Effect::Claim { document: self.kept.claimed.clone() });
        }
    }

    /// Whether this tab follows another one.
    pub fn is_mirror(&self) -> bool {
        self.file.mirror
    }

    /// Whether the tab had something else in hand before it began to follow.
    pub fn has_own(&self) -> bool {
        self.kept.own.is_some()
    }

    pub(super) fn now_owner(&mut self, effects: &mut Vec<Effect>) {
        if !self.file.mirror {
            return;
        }
        self.set_mirror(false);
        self.kept.fresh_owner = true;
        // Whoever had the map before looks on now.
        self.kept.watched = true;
        self.kept.own = None;
        self.kept.stored_revision = None;
        // Whether the file behind it holds all of this, the other tab knows.
        self.history.mark_unsaved();
        self.file.saved = SaveState::NotSaved;
        self.draft_scheduled = true;
        effects.push(Effect::ScheduleDraft);
        self.say("You can change the map here now.", false, effects);
    }

    pub(super) fn now_mirror(&mut self, effects: &mut Vec<Effect>) {
        if self.file.mirror {
            return;
        }
        self.kept.own = Some(Rc::clone(&self.document));
        self.set_mirror(true);
        let text = "This map is open in another tab. Here you can look; choose “Take over here” to change it.";
        self.complain(text, effects);
    }

    fn set_mirror(&mut self, on: bool) {
        self.file.mirror = on;
        self.file.read_only = on || self.file_info.newer_version.is_some();
        if on {
            self.label_edit = None;
            self.cancel_gesture();
            self.kept.watched = false;
        }
        self.changes = Changes { camera: self.changes.camera, ..Changes::ALL };
    }

    /// The lock went to another tab without a handover, because this one did not answer in time. What it has that the
    /// other may not have becomes a version.
    pub(super) fn was_taken(&mut self, effects: &mut Vec<Effect>) {
        if self.file.mirror {
            return;
        }
        if self.history.has_unsaved_changes() {
            self.keep_version(Why::BeforeTakeover, effects);
        }
        self.set_mirror(true);
        self.complain(
            "Another tab took this map over. Here you can look; what you had is among the versions.",
            effects,
        );
    }

    /// Another tab asks for the document: it gets the newest state, then the lock.
    pub(super) fn hand_over(&mut self, effects: &mut Vec<Effect>) {
        if self.file.mirror {
            return;
        }
        let text = self.newest_text();
        effects.push(Effect::Share(text.clone()));
        if self.history.has_unsaved_changes() {
            self.put_newest(text, effects);
        }
        effects.push(Effect::LetGo);
        self.set_mirror(true);
        self.say("Another tab has taken this map over. Here you can look.", false, effects);
    }

    pub(super) fn share(&mut self, effects: &mut Vec<Effect>) {
        if !self.file.mirror {
            let text = self.newest_text();
            effects.push(Effect::Share(text));
        }
    }

    pub(super) fn ask_for_it(&mut self, effects: &mut Vec<Effect>) {
        if self.file.mirror {
            effects.push(Effect::TakeOver);
        }
    }

    /// Shows the document as its owner has it. Camera and selection stay.
    pub(super) fn follow(&mut self, text: &str, effects: &mut Vec<Effect>) {
        // A text that was under way when the lock arrived still counts while nothing was changed here.
        if !self.file.mirror && !self.kept.fresh_owner {
            return;
        }
        let Ok(imported) = format::json::read(text.as_bytes()) else { return };
        if imported.document.settings.document_id != self.document_id() {
            return;
        }
        let patch = self.document.patch_to(&imported.document);
        if self.kept.own.as_ref().is_some_and(|own| Rc::ptr_eq(own, &self.document)) && patch.is_empty() {
            self.kept.own = None;
        }
        self.file_info = imported.file;
        if patch.is_empty() {
            return;
        }
        Rc::make_mut(&mut self.document).apply(&patch);
        self.history = History::new();
        if self.kept.fresh_owner {
            self.history.mark_unsaved();
        }
        self.derived.update(&self.document, &patch.touched(), self.today, self.shown);
        self.forget_what_is_gone();
        self.table_after_change(&patch);
        self.text_follows(effects);
        self.compare_anew();
        self.changes = Changes { camera: self.changes.camera, ..Changes::ALL };
    }

    /// The owner has told which file is behind the document; whoever takes over writes there.
    pub(super) fn file_is_known(&mut self, name: String) {
        if self.file.mirror || self.kept.fresh_owner {
            self.file.name = Some(name);
            self.file.can_save_back = true;
        }
    }

    /// What this tab had before it began to follow becomes a document of its own.
    pub(super) fn open_own(&mut self, effects: &mut Vec<Effect>) {
        if let Some(own) = self.kept.own.take() {
            let text = format::json::write(&own, &self.file_info);
            self.ask_before(AfterUnsaved::Copy(Rc::from(text)), effects);
        }
    }
}
