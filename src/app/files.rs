//! Opening, saving, the clipboard and exports: what the app decides; the browser's part is in effects.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::app::compare::CompareIntent;
use crate::app::effect::Effect;
use crate::app::intent::{FileIntent, ReadFile};
use crate::app::kept::{now_key, version_key, Head, Why};
use crate::app::samples;
use crate::app::state::{AfterUnsaved, DialogKind, FileState, SaveState, SidePanel, TextFormat};
use crate::app::App;
use crate::date::to_iso;
use crate::diag::Severity;
use crate::edit::{part_of, Command, NewComponent};
use crate::format::{self, FileInfo, Imported, NamedBytes};
use crate::geom::Vector;
use crate::model::{AnyRecordId, Document, Settings};

/// Most lines of pasted text that become components.
const MOST_PASTED_LINES: usize = 500;

/// What is on its way into a file.
#[derive(Debug, Clone)]
pub(super) struct Writing {
    /// States it comes from, itself first.
    lineage: Vec<String>,
    /// Its revision.
    revision: u64,
}

impl App {
    pub(super) fn file(&mut self, intent: FileIntent, effects: &mut Vec<Effect>) {
        self.changes.panels = true;
        match intent {
            // Choosing a file to open ends the comparison first: this was dropped on it.
            FileIntent::Opened { files, .. } if self.comparing.is_some() => self.compare_with_dropped(&files, effects),
            FileIntent::Opened { files, can_save_back } => {
                if self.begin_review(&files, effects) || self.begin_support_review(&files, effects) {
                    return;
                }
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
                self.saved(name, clock, can_save_back, revision, effects);
            }
            FileIntent::Changed(theirs) => {
                let text = format!("{} was changed since you opened it. Nothing was written yet.", theirs.name);
                self.complain(&text, effects);
                self.dialog = Some(DialogKind::FileChanged(theirs));
            }
            FileIntent::ShowTheirs => {
                if let Some(DialogKind::FileChanged(theirs)) = self.dialog.take() {
                    self.compare(CompareIntent::Opened { files: vec![theirs], ancestor: false }, effects);
                }
            }
            FileIntent::Overwrite => {
                self.dialog = None;
                self.write_file(false, true, effects);
            }
            FileIntent::DownloadOriginal => {
                if let Some(original) = self.file.original.clone() {
                    effects.push(Effect::DownloadFile(original));
                }
            }
            FileIntent::SaveFailed(reason) => {
                self.complain(&format!("Could not save: {reason} Your changes are still here."), effects);
            }
            FileIntent::Cancelled => {}
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
                self.before_another(effects);
                self.replace_document(Document::new());
                self.file = FileState::default();
                self.file_info = FileInfo::default();
                effects.push(Effect::ForgetFile);
                self.say("New map.", false, effects);
            }
            AfterUnsaved::Open => {
                self.stop_comparing(effects);
                effects.push(Effect::PickFiles);
            }
            AfterUnsaved::Kept(document) => {
                self.before_another(effects);
                self.fetch_newest(&document, effects);
            }
            AfterUnsaved::Copy(text) => self.open_copy(&text, effects),
            AfterUnsaved::OpenThese(files) => self.open_files(&files, false, effects),
            AfterUnsaved::Update => self.load_update(effects),
            AfterUnsaved::TakeReview => self.open_review(effects),
            AfterUnsaved::OpenLink(fragment) => self.open_link(&fragment, effects),
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
            Ok(imported) => {
                let mended = imported.diagnostics.iter().any(|d| d.severity > Severity::Notice);
                self.take_imported(imported, name, can_save_back, effects);
                // What was repaired stays as it came, for whoever wants to look.
                self.file.original = files.first().filter(|_| mended).cloned();
            }
            Err(error) => {
                let message = error.sentence(&name);
                self.complain(&message, effects);
                self.dialog = Some(DialogKind::CannotOpen { message });
            }
        }
    }

    pub(super) fn take_imported(
        &mut self,
        imported: Imported,
        name: String,
        can_save_back: bool,
        effects: &mut Vec<Effect>,
    ) {
        let Imported { document, diagnostics, newer_version, file } = imported;
        let is_ours = name.to_ascii_lowercase().ends_with(".json");
        let repairs = diagnostics.iter().filter(|d| d.severity > Severity::Notice).count();
        let (components, links) = (document.components.len(), document.links.len());
        self.before_another(effects);
        self.replace_document(document);
        self.file_info = file;
        let draft = self.rescue_draft(effects);
        self.file = FileState {
            name: Some(name.clone()),
            // Only a file in our own format may be overwritten with it.
            can_save_back: can_save_back && is_ours && !newer_version,
            saved: SaveState::Untouched,
            diagnostics,
            read_only: newer_version,
            ..FileState::default()
        };
        if !(can_save_back && is_ours) {
            effects.push(Effect::ForgetFile);
        }
        self.kept.offered.clear();
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
        if draft {
            text.push_str(" Newer changes that are in no file are kept: see “Versions of this map” in the menu.");
        }
        if newer_version {
            text.push_str(" It was made by a newer version: you can look, but not change it.");
        }
        self.say(&text, false, effects);
        effects.push(Effect::FocusMap);
    }

    /// The document in hand makes room for another: what it is becomes a version, and the newest state is kept.
    fn before_another(&mut self, effects: &mut Vec<Effect>) {
        if self.file.mirror || self.document.is_empty() {
            return;
        }
        if self.history.has_unsaved_changes() {
            self.keep_version(Why::BeforeOpening, effects);
            let text = self.newest_text();
            self.put_newest(text, effects);
        }
    }

    /// What is in no file is kept as a draft, which the new version finds.
    fn load_update(&mut self, effects: &mut Vec<Effect>) {
        if self.is_unsaved() {
            let text = self.newest_text();
            self.put_newest(text, effects);
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

    /// A draft of this very document that is in no file becomes a version before it is written over.
    fn rescue_draft(&mut self, effects: &mut Vec<Effect>) -> bool {
        let key = now_key(self.document_id());
        let found = self.kept.heads.iter().any(|head| head.key == key && head.is_in_no_file());
        if found && !self.is_elsewhere(self.document_id()) {
            self.kept.next += 1;
            let to = version_key(self.document_id(), &self.kept.session, self.kept.next);
            effects.push(Effect::CopyKept { from: key, to });
            return true;
        }
        false
    }

    /// Opens what this browser keeps as the document it is.
    pub(super) fn take_kept(&mut self, imported: Imported, head: &Head, effects: &mut Vec<Effect>) {
        self.replace_document(imported.document);
        self.file_info = imported.file;
        let name = Some(head.file.clone()).filter(|file| !file.is_empty());
        self.file = FileState {
            name,
            diagnostics: imported.diagnostics,
            read_only: imported.newer_version,
            ..FileState::default()
        };
        effects.push(Effect::ForgetFile);
        let text = if head.is_in_no_file() {
            self.history.mark_unsaved();
            self.file.saved = SaveState::OnlyInBrowser;
            format!("{} is open as it was kept in this browser. Save it to a file to be safe.", head.name())
        } else {
            format!("{} is open as it was saved to {}.", head.name(), head.file)
        };
        self.say(&text, false, effects);
        effects.push(Effect::FocusMap);
    }

    /// Opens a text of ours as a document of its own: with another identity and in no file.
    fn open_copy(&mut self, text: &str, effects: &mut Vec<Effect>) {
        match format::json::read(text.as_bytes()) {
            Ok(imported) => {
                self.before_another(effects);
                self.dialog = None;
                let mut document = imported.document;
                let document_id = self.new_document_id();
                document.settings = Rc::new(Settings { document_id, ..Settings::clone(&document.settings) });
                self.replace_document(document);
                self.file_info = imported.file;
                self.file = FileState { read_only: imported.newer_version, ..FileState::default() };
                self.history.mark_unsaved();
                self.file.saved = SaveState::NotSaved;
                self.kept.stored_revision = None;
                self.draft_scheduled = true;
                effects.extend([Effect::ForgetFile, Effect::ScheduleDraft, Effect::FocusMap]);
                self.say("This is a copy of its own. It is in no file yet.", false, effects);
            }
            Err(error) => self.complain(&error.sentence("The version"), effects),
        }
    }

    fn saved(&mut self, name: String, clock: String, can_save_back: bool, revision: u64, effects: &mut Vec<Effect>) {
        // Whoever sent a map text may not be able to open our file.
        let other_form = name.ends_with(".json") && self.document.source.is_some();
        self.saved_clock.clone_from(&clock);
        self.file.name = Some(name.clone());
        self.file.can_save_back = can_save_back;
        let writing = self.writing.take().filter(|writing| writing.revision == revision);
        if let Some(writing) = &writing {
            self.file_info.lineage.clone_from(&writing.lineage);
        }
        if revision == self.history.revision() {
            self.history.mark_saved();
            self.file.saved = SaveState::SavedToFile { name, clock };
            self.keep_version(Why::Saved, effects);
            // The newest state is kept again, with the file that holds it.
            self.kept.stored_revision = None;
            if !self.draft_scheduled {
                self.draft_scheduled = true;
                effects.push(Effect::ScheduleDraft);
            }
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

    pub(super) fn save(&mut self, ask_where: bool, effects: &mut Vec<Effect>) {
        self.write_file(ask_where, false, effects);
    }

    fn write_file(&mut self, ask_where: bool, overwrite: bool, effects: &mut Vec<Effect>) {
        if self.document.is_empty() && self.document.settings.title.is_empty() {
            return self.say("There is nothing to save yet.", false, effects);
        }
        let name = match (&self.file.name, self.file.can_save_back) {
            (Some(name), true) => name.clone(),
            _ => self.proposed_name("map.json"),
        };
        let ask_where = ask_where || !self.file.can_save_back;
        let mut lineage = self.file_info.lineage.clone();
        if lineage.is_empty() || self.history.has_unsaved_changes() {
            // A state of its own, which copies can be traced back to.
            lineage.insert(0, self.new_document_id());
            lineage.truncate(format::json::MOST_ANCESTORS);
        }
        let info = FileInfo { saved_at: self.today.map(to_iso), lineage: lineage.clone(), ..self.file_info.clone() };
        let contents = format::json::write(&self.document, &info);
        let revision = self.history.revision();
        self.writing = Some(Writing { lineage, revision });
        effects.push(Effect::SaveFile { name, contents, ask_where, revision, overwrite });
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

    /// The links, or the systems, as a table. The two have names that tell them apart when both are opened again.
    pub(super) fn export_table(&mut self, links: bool, effects: &mut Vec<Effect>) {
        let (contents, ending, words) = if links {
            (format::csv::write_links(&self.document), "links.csv", "Exported the links as a table.")
        } else {
            (format::csv::write_systems(&self.document), "csv", "Exported the systems as a table.")
        };
        effects.push(Effect::Download { name: self.proposed_name(ending), contents, media_type: "text/csv" });
        self.say(words, false, effects);
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
        let of_picture = format::picture::svg::from_markup(text);
        if of_picture.is_some() || text.trim_start().starts_with('{') {
            let ours = of_picture.as_ref().map_or(text.as_bytes(), |found| &found.bytes);
            if let Ok(imported) = format::json::read(ours) {
                let clip = Box::new(imported.document);
                let by = Vector::new(0.03, -0.05);
                if let Some(planned) = self.run(&Command::Paste { clip, by }, effects) {
                    self.set_selection(planned.created.into_iter().collect(), effects);
                }
                return;
            }
        }
        if self.begin_review_of_text(text, effects) {
            return;
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
        let needed_by = self.only_component();
        // On a copy, which shares the records, and then all at once: what follows from the map is worked out once.
        let mut trial = Document::clone(&self.document);
        let mut made = BTreeSet::new();
        for line in &lines {
            let name: String = line.chars().take(crate::model::MAX_NAME_LENGTH).collect();
            let positions =
                |id| self.derived.position(id).or_else(|| trial.components.get(&id).and_then(|it| it.place()));
            let at = needed_by.is_none().then(|| self.free_place_among(&positions, &trial));
            let new = NewComponent { name, at, needed_by, ..NewComponent::default() };
            match crate::edit::plan(&trial, &Command::AddComponent(new), &mut self.ids, &positions) {
                Ok(planned) => {
                    trial.apply(&planned.patch);
                    made.extend(planned.created.into_iter().filter(|r| matches!(r, AnyRecordId::Component(_))));
                }
                Err(error) => self.complain(&error.to_string(), effects),
            }
        }
        if made.is_empty() {
            // Why is said already.
            return;
        }
        let label = format!("Paste {}", crate::app::describe::count(made.len(), "component"));
        if self.run(&Command::Apply(self.document.patch_to(&trial), label), effects).is_none() {
            return;
        }
        let count = made.len();
        self.set_selection(made, effects);
        self.say(&format!("Pasted {}.", crate::app::describe::count(count, "component")), true, effects);
    }
}
