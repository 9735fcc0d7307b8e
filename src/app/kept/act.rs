//! Keeping the newest state and versions, and what follows from the answers.

use std::rc::Rc;

use crate::app::kept::{
    now_key, policy, version_key, what_changed, Goal, Head, Keep, KeepIntent, Promise, Trouble, Why,
};
use crate::app::state::{AfterUnsaved, DialogKind, SaveState};
use crate::app::{App, Effect};
use crate::date::to_iso;
use crate::format::{self, FileInfo};
use crate::model::{Document, Settings};

impl App {
    pub(crate) fn keep_intent(&mut self, intent: KeepIntent, effects: &mut Vec<Effect>) {
        match intent {
            KeepIntent::Due(now_ms) => self.keep_now(now_ms, effects),
            KeepIntent::Stored { head, cleared } => self.was_kept(*head, cleared, effects),
            KeepIntent::Refused { head, trouble, in_memory } => self.was_refused(*head, trouble, in_memory, effects),
            KeepIntent::Listed { heads, elsewhere } => self.was_listed(heads, elsewhere, effects),
            KeepIntent::Fetched { head, text, goal: Goal::Open } => self.open_kept(&head, &text, effects),
            KeepIntent::Fetched { head, text, goal: Goal::Show } => self.view_version(*head, &text),
            KeepIntent::Fetched { text, goal: Goal::Ancestor, .. } => {
                if let Ok(imported) = format::json::read(text.as_bytes()) {
                    self.merge_from("the last saved version of both".to_owned(), imported.document, effects);
                }
            }
            KeepIntent::FetchFailed(trouble) => {
                self.complain(&trouble.sentence(), effects);
                effects.push(Effect::ListKept);
            }
            KeepIntent::ShowVersions => self.show_versions(effects),
            KeepIntent::ShowRecent => {
                effects.push(Effect::ListKept);
                effects.push(Effect::LookForPromise);
                self.dialog = Some(DialogKind::Recent { forgetting: None });
            }
            KeepIntent::Look(key) => effects.push(Effect::FetchKept { key, goal: Goal::Show }),
            KeepIntent::Restore { when } => self.restore_version(&when, effects),
            KeepIntent::Compare { when } => self.compare_version(&when, effects),
            KeepIntent::OpenCopy => self.open_version_as_copy(effects),
            KeepIntent::Download => self.download_version(effects),
            KeepIntent::Open(document) => self.ask_before(AfterUnsaved::Kept(document), effects),
            KeepIntent::AskForget(forgetting) => self.dialog = Some(DialogKind::Recent { forgetting }),
            KeepIntent::Forget(document) => self.forget_kept(&document, effects),
            KeepIntent::Later => {
                self.kept.offered.clear();
                self.say("The draft stays in this browser: see “Recent maps” in the menu.", false, effects);
            }
            KeepIntent::Owned => self.now_owner(effects),
            KeepIntent::Elsewhere => self.now_mirror(effects),
            KeepIntent::Taken => self.was_taken(effects),
            KeepIntent::AskedFor => self.hand_over(effects),
            KeepIntent::Watched => {
                self.kept.watched = true;
                self.share(effects);
            }
            KeepIntent::Shared(text) => self.follow(&text, effects),
            KeepIntent::FileKnown(name) => self.file_is_known(name),
            KeepIntent::Promised(promise) => {
                let asked = promise != Promise::NotGiven && self.kept.promise == Some(Promise::NotGiven);
                self.kept.promise = Some(promise);
                if asked {
                    self.say(promise.sentence(), false, effects);
                }
            }
            KeepIntent::AskPromise => effects.push(Effect::AskPromise),
            KeepIntent::TakeOver => self.ask_for_it(effects),
            KeepIntent::OpenOwn => self.open_own(effects),
        }
        self.changes.panels = true;
    }

    // ---- identity ----

    /// Gives the document an identity when it has none, before anything else happens to it.
    pub(crate) fn name_document(&mut self) {
        if self.document.settings.document_id.is_empty() {
            let id = self.new_document_id();
            let settings = Settings { document_id: id, ..Settings::clone(&self.document.settings) };
            Rc::make_mut(&mut self.document).settings = Rc::new(settings);
        }
    }

    /// An id for a document of its own.
    pub(crate) fn new_document_id(&mut self) -> String {
        // Another seed than that of records, so that making documents uses up no ids of theirs.
        self.document_ids.next::<Document>('d').to_string()
    }

    /// The document's id; also when undo has brought back settings from before it had one.
    pub(crate) fn document_id(&self) -> &str {
        &self.document.settings.document_id
    }

    // ---- keeping ----

    /// Keeps what changed, and a version by the clock.
    fn keep_now(&mut self, now_ms: f64, effects: &mut Vec<Effect>) {
        self.draft_scheduled = false;
        self.kept.unsaved_since = match self.kept.unsaved_since {
            _ if !self.history.has_unsaved_changes() => None,
            // A clock that was put back begins anew.
            Some((since, _)) if since <= now_ms => Some((since, now_ms)),
            _ => Some((now_ms, now_ms)),
        };
        if self.kept.storing {
            // One at a time: what changed meanwhile is kept as soon as the answer is there.
            self.kept.overdue = true;
            return;
        }
        if self.file.mirror || self.kept.stored_revision == Some(self.history.revision()) || self.is_nothing() {
            return;
        }
        let over_others = std::mem::take(&mut self.kept.fresh_owner);
        let text = self.newest_text();
        let since = *self.kept.last_version_ms.get_or_insert(now_ms);
        if policy::due(now_ms, since) && self.differs_from_last_version() {
            self.keep_version_of(Why::Time, text.clone(), effects);
            self.kept.last_version_ms = Some(now_ms);
        }
        if self.kept.watched {
            effects.push(Effect::Share(text.clone()));
        }
        self.put_over(text, over_others, effects);
    }

    pub(crate) fn put_newest(&mut self, text: String, effects: &mut Vec<Effect>) {
        let over_others = self.kept.fresh_owner;
        self.put_over(text, over_others, effects);
    }

    fn put_over(&mut self, text: String, over_others: bool, effects: &mut Vec<Effect>) {
        let key = now_key(self.document_id());
        let head = self.head_of(key, Why::Now, text.len());
        self.kept.storing = true;
        self.kept.stored_revision = Some(head.revision);
        effects.push(Effect::Keep(Keep { head, text, over_others }));
    }

    /// Nothing worth keeping: a new map on which nobody has done anything.
    fn is_nothing(&self) -> bool {
        self.document.is_empty() && self.document.settings.title.is_empty() && !self.history.has_unsaved_changes()
    }

    /// The newest state as text. Every second while somebody edits: only changed lines are made anew.
    pub(crate) fn newest_text(&mut self) -> String {
        let info = FileInfo { saved_at: self.today.map(to_iso), ..self.file_info.clone() };
        format::json::write_again(&self.document, &info, &mut self.draft_lines)
    }

    fn head_of(&self, key: String, why: Why, bytes: usize) -> Head {
        let saved = !self.history.has_unsaved_changes();
        Head {
            key,
            document: self.document_id().to_owned(),
            title: self.document.settings.title.clone(),
            at_ms: 0.0,
            why,
            components: self.document.components.len(),
            links: self.document.links.len(),
            bytes,
            changed: String::new(),
            state: self.file_info.lineage.first().cloned().unwrap_or_default(),
            file: self.file.name.clone().filter(|_| saved).unwrap_or_default(),
            revision: self.history.revision(),
        }
    }

    fn differs_from_last_version(&self) -> bool {
        match &self.kept.last_version {
            Some(last) => !Rc::ptr_eq(last, &self.document) && !last.patch_to(&self.document).is_empty(),
            None => !self.document.is_empty(),
        }
    }

    /// Keeps the document as it is now, when it differs from the last version. Called before what is hard to take
    /// back: an import, a merge, a big deletion, another document.
    pub(crate) fn keep_version(&mut self, why: Why, effects: &mut Vec<Effect>) {
        if self.differs_from_last_version() || matches!(why, Why::Saved | Why::ByHand) {
            let text = self.newest_text();
            self.keep_version_of(why, text, effects);
        }
    }

    fn keep_version_of(&mut self, why: Why, text: String, effects: &mut Vec<Effect>) {
        self.kept.next += 1;
        let key = version_key(self.document_id(), &self.kept.session, self.kept.next);
        let mut head = self.head_of(key, why, text.len());
        if let Some(last) = &self.kept.last_version {
            head.changed = what_changed(last, &self.document);
        }
        self.kept.last_version = Some(Rc::clone(&self.document));
        effects.push(Effect::Keep(Keep { head, text, over_others: false }));
    }

    /// The document is another one: its versions begin with what it is now.
    pub(crate) fn versions_begin_anew(&mut self) {
        self.name_document();
        self.kept.last_version = Some(Rc::clone(&self.document));
        self.kept.last_version_ms = None;
        self.kept.storing = false;
        self.kept.overdue = false;
        self.kept.stored_revision = Some(self.history.revision());
        self.kept.viewed = None;
        self.kept.watched = false;
        self.kept.own = None;
        self.kept.fresh_owner = false;
        self.kept.unsaved_since = None;
    }

    /// Where no lock says whose the document is, two tabs may both change it: whoever finds that the other has written goes on
    /// with a copy of its own, so that nothing is written over.
    fn part_ways(&mut self, effects: &mut Vec<Effect>) {
        self.kept.storing = false;
        self.kept.stored_revision = None;
        let document_id = self.new_document_id();
        let settings = Settings { document_id, ..Settings::clone(&self.document.settings) };
        Rc::make_mut(&mut self.document).settings = Rc::new(settings);
        self.claim(effects);
        if !self.draft_scheduled {
            self.draft_scheduled = true;
            effects.push(Effect::ScheduleDraft);
        }
        self.complain(&Trouble::Elsewhere.sentence(), effects);
    }

    // ---- answers ----

    fn was_kept(&mut self, head: Head, cleared: bool, effects: &mut Vec<Effect>) {
        let newest = head.why == Why::Now;
        let current = head.document == self.document_id();
        if cleared {
            self.kept.heads.clear();
            self.complain(
                "What this browser kept for the page was cleared. The map as it is now was kept again; \
                 earlier versions are gone.",
                effects,
            );
        }
        self.kept.made_room = false;
        let version_at = head.at_ms;
        self.list_kept(head.clone());
        if !current {
            return;
        }
        if newest {
            let overdue = std::mem::take(&mut self.kept.overdue);
            self.after_storing(effects);
            if overdue && !self.file.mirror {
                self.keep_now(head.at_ms, effects);
            }
            if head.revision == self.history.revision() && self.history.has_unsaved_changes() {
                self.file.saved = SaveState::OnlyInBrowser;
            } else if matches!(self.file.saved, SaveState::BrowserRefuses { .. }) {
                self.file.saved = SaveState::NotSaved;
            }
        } else {
            self.kept.last_version_ms = Some(version_at);
            self.thin(policy::MOST, effects);
        }
    }

    /// The next newest state is due when something changed while the last one was stored.
    fn after_storing(&mut self, effects: &mut Vec<Effect>) {
        self.kept.storing = false;
        if self.kept.stored_revision != Some(self.history.revision()) && !self.draft_scheduled {
            self.draft_scheduled = true;
            effects.push(Effect::ScheduleDraft);
        }
    }

    fn was_refused(&mut self, head: Head, trouble: Trouble, in_memory: bool, effects: &mut Vec<Effect>) {
        let current = head.document == self.document_id();
        let newest = head.why == Why::Now;
        if in_memory {
            self.list_kept(head);
        }
        if !current {
            return;
        }
        if newest && trouble == Trouble::Elsewhere {
            return self.part_ways(effects);
        }
        if newest {
            self.after_storing(effects);
        }
        if trouble == Trouble::Full && !self.kept.made_room {
            // Older versions give way to the newest state, once, and it is said.
            self.kept.made_room = true;
            let versions = self.versions().len();
            self.thin(versions / 2, effects);
            if versions > 1 {
                self.kept.stored_revision = None;
                self.after_storing(effects);
                let text = "This browser has no room left for the page; half of this map's versions were given up.";
                return self.complain(text, effects);
            }
        }
        if newest && self.history.has_unsaved_changes() {
            let known = matches!(&self.file.saved, SaveState::BrowserRefuses { trouble: known } if *known == trouble);
            if !known && !self.kept.refused.as_ref().is_some_and(|said| *said == trouble) {
                self.complain(&trouble.sentence(), effects);
                self.kept.refused = Some(trouble.clone());
            }
            // Tried again at the next change, and after a while in any case.
            self.file.saved = SaveState::BrowserRefuses { trouble };
        }
    }

    fn list_kept(&mut self, head: Head) {
        self.kept.heads.retain(|other| other.key != head.key);
        // Of two kept in one moment the later one is the newer.
        self.kept.heads.insert(0, head);
        newest_first(&mut self.kept.heads);
    }

    fn thin(&mut self, most: usize, effects: &mut Vec<Effect>) {
        let versions: Vec<Head> = self.versions().into_iter().cloned().collect();
        let keys = policy::surplus(&versions, most);
        if !keys.is_empty() {
            self.kept.heads.retain(|head| !keys.contains(&head.key));
            effects.push(Effect::ForgetKept(keys));
        }
    }

    fn was_listed(&mut self, mut heads: Vec<Head>, elsewhere: Vec<String>, effects: &mut Vec<Effect>) {
        newest_first(&mut heads);
        self.kept.heads = heads;
        self.kept.elsewhere = elsewhere;
        if !self.kept.looked {
            self.kept.looked = true;
            for head in &self.kept.heads {
                let lost = head.why == Why::Now && head.is_in_no_file() && head.components + head.links > 0;
                if lost && head.document != *self.document_id() && !self.kept.elsewhere.contains(&head.document) {
                    self.kept.offered.push(head.clone());
                }
            }
            if let Some(first) = self.kept.offered.first().filter(|_| self.document.is_empty()) {
                let text = format!("A draft of {} is kept in this browser and is in no file.", first.name());
                effects.push(Effect::Announce { text, urgent: false });
            }
        }
    }

    // ---- documents ----

    pub(crate) fn fetch_newest(&mut self, document: &str, effects: &mut Vec<Effect>) {
        effects.push(Effect::FetchKept { key: now_key(document), goal: Goal::Open });
    }

    /// Asks for the newest saved state that both this map and another one come from, when it is kept.
    pub(crate) fn fetch_ancestor(&self, lineage: &[String], effects: &mut Vec<Effect>) {
        let Some(common) = lineage.iter().find(|state| self.file_info.lineage.contains(state)) else { return };
        let head = self.kept.heads.iter().find(|head| head.why == Why::Saved && head.state == *common);
        if let Some(head) = head {
            effects.push(Effect::FetchKept { key: head.key.clone(), goal: Goal::Ancestor });
        }
    }

    fn open_kept(&mut self, head: &Head, text: &str, effects: &mut Vec<Effect>) {
        match format::json::read(text.as_bytes()) {
            Ok(imported) => {
                self.dialog = None;
                self.kept.offered.clear();
                self.take_kept(imported, head, effects);
            }
            Err(error) => self.complain(&error.sentence(&format!("What is kept of {}", head.name())), effects),
        }
    }

    fn forget_kept(&mut self, document: &str, effects: &mut Vec<Effect>) {
        let mut keys = Vec::new();
        for head in self.kept.heads.iter().filter(|head| head.document == document) {
            keys.push(head.key.clone());
        }
        self.kept.heads.retain(|head| head.document != document);
        self.kept.offered.retain(|head| head.document != document);
        if document == self.document_id() {
            // The map in hand is kept again with its next change.
            self.kept.stored_revision = None;
        }
        if self.dialog.is_some() {
            self.dialog = Some(DialogKind::Recent { forgetting: None });
        }
        effects.push(Effect::ForgetKept(keys));
        self.say("Forgotten in this browser. Files are as they were.", false, effects);
    }

    // ---- reading ----

    /// Whether the work is safe, in words; changes that have been in no file for long say for how long.
    pub fn save_words(&self) -> String {
        let words = self.file.saved.words();
        let hours = self.kept.unsaved_since.map_or(0.0, |(since, now)| ((now - since) / 3_600_000.0).floor());
        match self.file.saved {
            SaveState::OnlyInBrowser if hours >= 1.0 => {
                let hours = crate::app::describe::count(hours.min(999.0) as usize, "hour");
                format!("{words} for {hours}: save a file")
            }
            _ => words,
        }
    }

    /// Whether the browser has promised to clear nothing; `None` until that is known.
    pub fn promise(&self) -> Option<Promise> {
        self.kept.promise
    }

    /// Drafts from before that are in no file and in no other tab's hand; newest first.
    pub fn offered_drafts(&self) -> &[Head] {
        &self.kept.offered
    }

    /// Newest states of all documents that are kept, newest first.
    pub fn recent_maps(&self) -> impl Iterator<Item = &Head> {
        self.kept.heads.iter().filter(|head| head.why == Why::Now)
    }

    /// Whether another tab has this document in hand.
    pub fn is_elsewhere(&self, document: &str) -> bool {
        self.kept.elsewhere.iter().any(|other| other == document)
    }

    /// Versions of this document, newest first.
    pub fn versions(&self) -> Vec<&Head> {
        let document = self.document_id();
        self.kept.heads.iter().filter(|head| head.document == document && head.why != Why::Now).collect()
    }
}

fn newest_first(heads: &mut [Head]) {
    crate::order::sort_by(heads, |a, b| b.at_ms.total_cmp(&a.at_ms));
}
