//! The list of versions: looking at one, restoring it as one step, opening it as a document of its own.

use std::rc::Rc;

use crate::app::compare::CompareIntent;
use crate::app::derived::Derived;
use crate::app::kept::{what_changed, Goal, Head, Viewed, Why};
use crate::app::state::{AfterUnsaved, DialogKind, Look, Shown};
use crate::app::{App, Effect};
use crate::edit::Command;
use crate::format;
use crate::model::Document;

impl App {
    pub(super) fn show_versions(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::ListKept);
        self.kept.viewed = None;
        let first = self.versions().first().map(|head| head.key.clone());
        if let Some(key) = first {
            effects.push(Effect::FetchKept { key, goal: Goal::Show });
        }
        self.dialog = Some(DialogKind::Versions);
        self.changes.panels = true;
    }

    /// The version in view in the list of versions.
    pub fn viewed_version(&self) -> Option<&Viewed> {
        self.kept.viewed.as_ref()
    }

    pub(super) fn view_version(&mut self, head: Head, text: &str) {
        if self.dialog != Some(DialogKind::Versions) || head.document != self.document_id() {
            return;
        }
        let document = format::json::read(text.as_bytes()).ok().map(|imported| Rc::new(imported.document));
        let (picture, against_now) = match &document {
            Some(document) => {
                let look = if self.look == Look::HighContrast { Look::HighContrast } else { Look::Light };
                let derived = Derived::of(document, self.today, Shown::default());
                let drawn = Derived::svg(derived.scene(), document, look);
                (drawn, what_changed(document, &self.document))
            }
            None => (String::new(), String::new()),
        };
        let (picture, text) = (Rc::from(picture), Rc::from(text));
        self.kept.viewed = Some(Viewed { head, document, picture, text, against_now });
    }

    /// One step that can be undone; the present state is kept as a version before it.
    pub(super) fn restore_version(&mut self, when: &str, effects: &mut Vec<Effect>) {
        let Some(document) = self.kept.viewed.as_ref().and_then(|viewed| viewed.document.clone()) else { return };
        self.dialog = None;
        effects.push(Effect::FocusMap);
        let patch = self.document.patch_to(&document);
        if patch.is_empty() {
            return self.say("That version is the same as the map as it is now.", false, effects);
        }
        if !self.file.read_only {
            self.keep_version(Why::BeforeRestore, effects);
        }
        if self.run(&Command::Apply(patch, format!("Restore the version from {when}")), effects).is_some() {
            self.say(&format!("The map is as it was {when}. Undo takes this back."), true, effects);
        }
    }

    pub(super) fn compare_version(&mut self, when: &str, effects: &mut Vec<Effect>) {
        let Some(document) = self.kept.viewed.as_ref().and_then(|viewed| viewed.document.as_ref()) else { return };
        let document = Box::new(Document::clone(document));
        let name = format!("the version from {when}");
        self.compare(CompareIntent::With { name, document, earlier: true }, effects);
    }

    pub(super) fn open_version_as_copy(&mut self, effects: &mut Vec<Effect>) {
        let Some(viewed) = &self.kept.viewed else { return };
        if viewed.document.is_some() {
            let text = Rc::clone(&viewed.text);
            self.ask_before(AfterUnsaved::Copy(text), effects);
        }
    }

    pub(super) fn download_version(&mut self, effects: &mut Vec<Effect>) {
        let Some(viewed) = &self.kept.viewed else { return };
        let contents = viewed.text.to_string();
        effects.push(Effect::Download {
            name: self.proposed_name("map.json"),
            contents,
            media_type: "application/json",
        });
        self.say("Downloaded the version.", false, effects);
    }
}
