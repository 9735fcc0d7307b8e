//! Opening, saving, drafts, the clipboard and exports: what the app decides; the browser's part is in effects.

use std::collections::BTreeSet;

use crate::app::derived::Derived;
use crate::app::effect::Effect;
use crate::app::intent::{FileIntent, ReadFile};
use crate::app::samples;
use crate::app::state::{AfterUnsaved, DialogKind, FileState, Look, SaveState, SidePanel, TextFormat};
use crate::app::App;
use crate::date::to_iso;
use crate::diag::Severity;
use crate::edit::{part_of, Command, NewComponent};
use crate::format::{self, FileInfo, Imported, NamedBytes};
use crate::geom::Vector;
use crate::model::{AnyRecordId, Document};

/// Most lines of pasted text that become components.
const MOST_PASTED_LINES: usize = 500;

impl App {
    pub(super) fn file(&mut self, intent: FileIntent, effects: &mut Vec<Effect>) {
        self.changes.panels = true;
        match intent {
            // Choosing a file to open ends the comparison first: this was dropped on it.
            FileIntent::Opened { files, .. } if self.comparing.is_some() => self.compare_with_dropped(&files, effects),
            FileIntent::Opened { files, can_save_back } => {
                if self.is_unsaved() && !matches!(self.dialog, Some(DialogKind::UnsavedChanges(_))) {
                    self.dialog = Some(DialogKind::UnsavedChanges(AfterUnsaved::OpenThese(files)));
                } else {
                    self.open_files(&files, can_save_back, effects);
                }
            }
            FileIntent::ReadFailed(reason) => {
                let message = format!("The browser could not read the file: {reason}");
                self.complain(&message, effects);
                self.dialog = Some(DialogKind::CannotOpen { message });
            }
            FileIntent::Saved { name, clock, can_save_back, revision } => {
                // Whoever sent a map text may not be able to open our file.
                let other_form = name.ends_with(".json") && self.document.source.is_some();
                self.saved_clock.clone_from(&clock);
                self.file.name = Some(name.clone());
                self.file.can_save_back = can_save_back;
                if revision == self.history.revision() {
                    self.history.mark_saved();
                    self.file.saved = SaveState::SavedToFile { name, clock };
                    effects.push(Effect::ForgetDraft);
                }
                let text = if other_form {
                    "Saved as a Portolan file. For the map text, use “Export map text” in the menu."
                } else {
                    "Saved."
                };
                self.say(text, false, effects);
                if let Some(DialogKind::UnsavedChanges(after)) = self.dialog.take() {
                    self.go_on(after, effects);
                }
            }
            FileIntent::SaveFailed(reason) => {
                self.complain(&format!("Could not save: {reason} Your changes are still here."), effects);
            }
            FileIntent::Cancelled => {}
            FileIntent::DraftDue => {
                self.draft_scheduled = false;
                if self.history.has_unsaved_changes() {
                    // Every second while somebody edits: only changed lines are made anew.
                    let info = FileInfo { saved_at: self.today.map(to_iso), ..self.file_info.clone() };
                    let contents = format::json::write_again(&self.document, &info, &mut self.draft_lines);
                    effects.push(Effect::StoreDraft { contents, revision: self.history.revision() });
                } else {
                    effects.push(Effect::ForgetDraft);
                }
            }
            FileIntent::DraftStored(revision) => {
                let current = revision == self.history.revision();
                if current && self.history.has_unsaved_changes() {
                    self.file.saved = SaveState::OnlyInBrowser;
                }
            }
            FileIntent::DraftFailed(reason) => {
                let first = !matches!(self.file.saved, SaveState::BrowserRefuses { .. });
                self.file.saved = SaveState::BrowserRefuses { reason: reason.clone() };
                if first {
                    let text = format!("This browser keeps no drafts ({reason}). Save to a file to be safe.");
                    self.complain(&text, effects);
                }
            }
            FileIntent::DraftFound { contents, stored } => {
                // Only worth asking when it can be read.
                if format::json::read(contents.as_bytes()).is_ok_and(|draft| !draft.document.is_empty()) {
                    self.found_draft = Some((contents, stored));
                } else {
                    effects.push(Effect::ForgetDraft);
                }
            }
            FileIntent::RecoverDraft => self.recover_draft(effects),
            FileIntent::DiscardDraft => {
                self.found_draft = None;
                effects.push(Effect::ForgetDraft);
                self.say("The draft was thrown away.", false, effects);
            }
            FileIntent::Pasted(text) => self.paste(&text, effects),
            FileIntent::ExportText(as_what) => {
                self.dialog = None;
                self.download_text(as_what, effects);
            }
            FileIntent::SaveThenContinue => self.save(false, effects),
            FileIntent::ContinueWithoutSaving => {
                if let Some(DialogKind::UnsavedChanges(after)) = self.dialog.take() {
                    self.go_on(after, effects);
                }
            }
        }
    }

    /// Asks about unsaved changes first, when there are any.
    pub(super) fn ask_before(&mut self, what: AfterUnsaved, effects: &mut Vec<Effect>) {
        if self.is_unsaved() && !self.document.is_empty() {
            self.dialog = Some(DialogKind::UnsavedChanges(what));
            self.changes.panels = true;
        } else {
            self.dialog = None;
            self.go_on(what, effects);
        }
    }

    fn go_on(&mut self, what: AfterUnsaved, effects: &mut Vec<Effect>) {
        match what {
            AfterUnsaved::New => {
                self.replace_document(Document::new());
                self.file = FileState::default();
                self.file_info = FileInfo::default();
                effects.push(Effect::ForgetFile);
                effects.push(Effect::ForgetDraft);
                self.say("New map.", false, effects);
            }
            AfterUnsaved::Open => {
                self.stop_comparing(effects);
                effects.push(Effect::PickFiles);
            }
            AfterUnsaved::OpenThese(files) => self.open_files(&files, false, effects),
            AfterUnsaved::Update => self.load_update(effects),
            AfterUnsaved::Sample(id) => {
                let Some(sample) = samples::all().iter().find(|s| s.id == id) else { return };
                let file = ReadFile { name: sample.file_name.to_owned(), bytes: sample.content.as_bytes().to_vec() };
                self.open_files(&[file], false, effects);
                // An example is nobody's file: saving asks for a name.
                self.file.name = None;
                self.file.saved = SaveState::Untouched;
            }
        }
    }

    fn open_files(&mut self, files: &[ReadFile], can_save_back: bool, effects: &mut Vec<Effect>) {
        let name = files.first().map(|f| f.name.clone()).unwrap_or_default();
        let named: Vec<NamedBytes<'_>> = files.iter().map(|f| NamedBytes { name: &f.name, bytes: &f.bytes }).collect();
        match format::open(&named) {
            Ok(imported) => self.take_imported(imported, name, can_save_back, effects),
            Err(error) => {
                let message = error.sentence(&name);
                self.complain(&message, effects);
                self.dialog = Some(DialogKind::CannotOpen { message });
            }
        }
    }

    fn take_imported(&mut self, imported: Imported, name: String, can_save_back: bool, effects: &mut Vec<Effect>) {
        let Imported { document, diagnostics, newer_version, file } = imported;
        let is_ours = name.to_ascii_lowercase().ends_with(".json");
        let repairs = diagnostics.iter().filter(|d| d.severity > Severity::Notice).count();
        let (components, links) = (document.components.len(), document.links.len());
        self.replace_document(document);
        self.file_info = file;
        self.file = FileState {
            name: Some(name.clone()),
            // Only a file in our own format may be overwritten with it.
            can_save_back: can_save_back && is_ours && !newer_version,
            saved: SaveState::Untouched,
            diagnostics,
            read_only: newer_version,
        };
        if !(can_save_back && is_ours) {
            effects.push(Effect::ForgetFile);
        }
        self.found_draft = None;
        if repairs > 0 {
            self.side = Some(SidePanel::Problems);
        } else if self.side == Some(SidePanel::Problems) {
            self.side = Some(SidePanel::Inspector);
        }
        let mut text = format!(
            "Opened {name}: {}, {}",
            crate::app::describe::count(components, "component"),
            crate::app::describe::count(links, "link")
        );
        match repairs {
            0 => text.push('.'),
            n => text.push_str(&format!(", with {} to look at.", crate::app::describe::count(n, "problem"))),
        }
        if newer_version {
            text.push_str(" It was made by a newer version: you can look, but not change it.");
        }
        self.say(&text, false, effects);
        effects.push(Effect::FocusMap);
    }

    fn recover_draft(&mut self, effects: &mut Vec<Effect>) {
        let Some((contents, _)) = self.found_draft.take() else { return };
        match format::json::read(contents.as_bytes()) {
            Ok(imported) => {
                self.replace_document(imported.document);
                self.file_info = imported.file;
                self.file = FileState { diagnostics: imported.diagnostics, ..FileState::default() };
                self.history.mark_unsaved();
                self.file.saved = SaveState::OnlyInBrowser;
                self.say("Your draft is back. Save it to a file to keep it.", false, effects);
            }
            Err(error) => self.complain(&error.sentence("The draft"), effects),
        }
    }

    /// What is in no file is kept as a draft, which the new version finds.
    fn load_update(&mut self, effects: &mut Vec<Effect>) {
        if self.is_unsaved() {
            let contents = self.file_text();
            effects.push(Effect::StoreDraft { contents, revision: self.history.revision() });
        }
        self.guarding = false;
        effects.push(Effect::GuardLeaving(false));
        effects.push(Effect::LoadUpdate);
    }

    /// The document as it is written to files and drafts.
    pub(super) fn file_text(&self) -> String {
        let info = FileInfo { saved_at: self.today.map(to_iso), ..self.file_info.clone() };
        format::json::write(&self.document, &info)
    }

    pub(super) fn save(&mut self, ask_where: bool, effects: &mut Vec<Effect>) {
        if self.document.is_empty() && self.document.settings.title.is_empty() {
            return self.say("There is nothing to save yet.", false, effects);
        }
        let name = match (&self.file.name, self.file.can_save_back) {
            (Some(name), true) => name.clone(),
            _ => self.proposed_name("map.json"),
        };
        let ask_where = ask_where || !self.file.can_save_back;
        let contents = self.file_text();
        effects.push(Effect::SaveFile { name, contents, ask_where, revision: self.history.revision() });
    }

    /// `Outpatient-booking_2026-03-04.map.json`: from the title and the date, safe on every file system.
    pub fn proposed_name(&self, ending: &str) -> String {
        let mut name = String::new();
        for character in self.title().chars().take(80) {
            if character.is_alphanumeric() {
                name.push(character);
            } else if !name.ends_with('-') && !name.is_empty() {
                name.push('-');
            }
        }
        let name = name.trim_end_matches('-');
        let name = if name.is_empty() { "Map" } else { name };
        match self.today {
            Some(today) => format!("{name}_{}.{ending}", to_iso(today)),
            None => format!("{name}.{ending}"),
        }
    }

    /// What the text cannot carry is shown first, and saved only then.
    pub(super) fn export_text(&mut self, as_what: TextFormat, effects: &mut Vec<Effect>) {
        let diagnostics = match as_what {
            TextFormat::Owm => format::owm::write(&self.document).diagnostics,
            TextFormat::Mermaid => format::mermaid::write(&self.document).diagnostics,
        };
        if diagnostics.is_empty() {
            self.download_text(as_what, effects);
        } else {
            let losses = diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect();
            self.dialog = Some(DialogKind::ExportLosses(as_what, losses));
            self.changes.panels = true;
        }
    }

    fn download_text(&mut self, as_what: TextFormat, effects: &mut Vec<Effect>) {
        let (contents, ending, words) = match as_what {
            TextFormat::Owm => (format::owm::write(&self.document).text, "owm", "Exported as map text."),
            TextFormat::Mermaid => (format::mermaid::write(&self.document).text, "mmd", "Exported for Mermaid."),
        };
        effects.push(Effect::Download { name: self.proposed_name(ending), contents, media_type: "text/plain" });
        self.say(words, false, effects);
    }

    pub(super) fn export_svg(&mut self, effects: &mut Vec<Effect>) {
        let contents = Derived::svg(self.scene(), &self.document, Look::Light);
        effects.push(Effect::Download { name: self.proposed_name("svg"), contents, media_type: "image/svg+xml" });
        self.say("Exported as a picture.", false, effects);
    }

    pub(super) fn export_csv(&mut self, effects: &mut Vec<Effect>) {
        let contents = format::csv::write_systems(&self.document);
        effects.push(Effect::Download { name: self.proposed_name("csv"), contents, media_type: "text/csv" });
        self.say("Exported the systems as a table.", false, effects);
    }

    pub(super) fn copy(&mut self, effects: &mut Vec<Effect>) {
        let part = part_of(&self.document, &self.selection);
        if part.is_empty() {
            return;
        }
        let count = part.components.len();
        effects.push(Effect::WriteClipboard(format::json::write(&part, &FileInfo::default())));
        self.say(&format!("Copied {}.", crate::app::describe::count(count, "component")), false, effects);
    }

    /// Our own copies come back as they were; other text becomes a component a line.
    fn paste(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if text.trim_start().starts_with('{') {
            if let Ok(imported) = format::json::read(text.as_bytes()) {
                let clip = Box::new(imported.document);
                let by = Vector::new(0.03, -0.05);
                if let Some(planned) = self.run(&Command::Paste { clip, by }, effects) {
                    self.set_selection(planned.created.into_iter().collect(), effects);
                }
                return;
            }
        }
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        if lines.is_empty() {
            return self.say("The clipboard holds no text that could be pasted.", false, effects);
        }
        if lines.len() > MOST_PASTED_LINES {
            let text =
                format!("That is {} lines; at most {MOST_PASTED_LINES} can be pasted as components.", lines.len());
            return self.complain(&text, effects);
        }
        let gesture = self.new_gesture();
        let needed_by = self.only_component();
        let mut made = BTreeSet::new();
        for line in &lines {
            let name: String = line.chars().take(crate::model::MAX_NAME_LENGTH).collect();
            let at = needed_by.is_none().then(|| self.free_place_in_view());
            let new = NewComponent { name, at, needed_by, ..NewComponent::default() };
            if let Some(planned) = self.run_in(&Command::AddComponent(new), Some(gesture), effects) {
                made.extend(planned.created.into_iter().filter(|r| matches!(r, AnyRecordId::Component(_))));
            }
        }
        let count = made.len();
        self.set_selection(made, effects);
        self.say(&format!("Pasted {}.", crate::app::describe::count(count, "component")), true, effects);
    }
}
