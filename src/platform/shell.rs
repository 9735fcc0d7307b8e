//! Carries out effects and sends the answers back as intents.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::DataTransfer;

use crate::app::effect::Effect;
use crate::app::intent::{CompareIntent, FileIntent, Intent, RiskIntent, SendIntent, TextIntent};
use crate::platform::file::FileHandle;
use crate::platform::leave::LeaveGuard;
use crate::platform::storage::{BrowserDrafts, DraftStore};
use crate::platform::{
    announce, clipboard, clock, crash, dom, file, prefs, single, update, PlatformError, MAP_ID, TEXT_ID,
};

/// Milliseconds from a change to the stored draft.
const DRAFT_DELAY: u32 = 1_000;
/// Milliseconds from a change of the map to its text.
const TEXT_DELAY: u32 = 60;

/// The browser as the app sees it.
pub struct Shell {
    answer: Rc<dyn Fn(Intent)>,
    handle: FileHandle,
    guard: LeaveGuard,
    drafts: Rc<RefCell<Option<BrowserDrafts>>>,
    /// Dropping it calls it off.
    text_due: RefCell<Option<Timeout>>,
}

impl Shell {
    /// A shell that sends its answers to `answer`.
    pub fn new(answer: impl Fn(Intent) + 'static) -> Self {
        Self {
            answer: Rc::new(answer),
            handle: FileHandle::default(),
            guard: LeaveGuard::new(),
            drafts: Rc::new(RefCell::new(None)),
            text_due: RefCell::new(None),
        }
    }

    /// Opens the store of drafts and tells the app what it finds there.
    pub fn look_for_draft(&self) {
        let (answer, drafts) = (Rc::clone(&self.answer), Rc::clone(&self.drafts));
        spawn_local(async move {
            let store = BrowserDrafts::open().await;
            drafts.replace(Some(store.clone()));
            if let Ok(Some(draft)) = store.read().await {
                crash::remember_draft(&draft.contents);
                let stored = clock::moment_in_words(draft.stored_ms);
                answer(Intent::File(FileIntent::DraftFound { contents: draft.contents, stored }));
            }
        });
    }

    /// Opens the map inside the page, when there is one.
    pub fn open_map_inside(&self) {
        if let Some(map) = single::map_inside() {
            (self.answer)(Intent::File(FileIntent::Opened { files: vec![map], can_save_back: false }));
        }
    }

    /// Files were dropped on the page.
    pub fn take_drop(&self, transfer: &DataTransfer) {
        self.opening(self.handle.dropped(transfer));
    }

    /// Carries out one effect.
    pub fn run(&self, effect: Effect) {
        match effect {
            Effect::Announce { text, urgent } => announce::announce(&text, urgent),
            Effect::FocusMap => dom::focus_soon(MAP_ID),
            Effect::FocusText => dom::focus_soon(TEXT_ID),
            Effect::ScheduleText => {
                let answer = Rc::clone(&self.answer);
                let later = Timeout::new(TEXT_DELAY, move || answer(Intent::Text(TextIntent::Due)));
                self.text_due.replace(Some(later));
            }
            Effect::PickFiles => {
                let handle = self.handle.clone();
                self.opening(async move { handle.pick().await });
            }
            Effect::PickToCompare { ancestor } => {
                let (answer, handle) = (Rc::clone(&self.answer), self.handle.clone());
                spawn_local(async move {
                    answer(match handle.pick_another().await {
                        Ok(files) => Intent::Compare(CompareIntent::Opened { files, ancestor }),
                        Err(PlatformError::Cancelled) => Intent::File(FileIntent::Cancelled),
                        Err(error) => Intent::File(FileIntent::ReadFailed(error.to_string())),
                    });
                });
            }
            Effect::SaveFile { name, contents, ask_where, revision } => {
                self.save(name, contents, ask_where, revision);
            }
            Effect::Download { name, contents, media_type } => {
                if let Err(error) = file::download(&name, media_type, contents.as_bytes()) {
                    (self.answer)(Intent::File(FileIntent::SaveFailed(error.to_string())));
                }
            }
            Effect::FetchPage => {
                let answer = Rc::clone(&self.answer);
                spawn_local(async move {
                    let page = single::page().await.map(Into::into).map_err(|error| error.to_string());
                    answer(Intent::Send(SendIntent::Page(page)));
                });
            }
            Effect::DownloadPage { name, contents, revision } => {
                let done = file::download(&name, "text/html", contents.as_bytes());
                let saved =
                    |revision| FileIntent::Saved { name, clock: clock::clock(), can_save_back: false, revision };
                let said = match done {
                    Ok(()) => revision.map(saved),
                    Err(error) => Some(FileIntent::SaveFailed(error.to_string())),
                };
                if let Some(said) = said {
                    (self.answer)(Intent::File(said));
                }
            }
            Effect::LoadUpdate => update::load(),
            Effect::ScheduleDraft => {
                let answer = Rc::clone(&self.answer);
                Timeout::new(DRAFT_DELAY, move || answer(Intent::File(FileIntent::DraftDue))).forget();
            }
            Effect::WorkSoon => {
                let answer = Rc::clone(&self.answer);
                Timeout::new(0, move || answer(Intent::Risk(RiskIntent::Work))).forget();
            }
            Effect::StoreDraft { contents, revision } => self.store_draft(contents, revision),
            Effect::ForgetDraft => {
                let store = self.drafts.borrow().clone();
                spawn_local(async move {
                    if let Some(store) = store {
                        let _nothing_to_do = store.forget().await;
                    }
                });
            }
            Effect::WriteClipboard(text) => spawn_local(async move {
                if let Err(error) = clipboard::write(&text).await {
                    announce::announce(&format!("Could not copy: {error}"), true);
                }
            }),
            Effect::ReadClipboard => {
                let answer = Rc::clone(&self.answer);
                spawn_local(async move {
                    match clipboard::read().await {
                        Ok(text) => answer(Intent::File(FileIntent::Pasted(text))),
                        Err(error) => announce::announce(&format!("Could not paste: {error}"), true),
                    }
                });
            }
            Effect::StorePreference { key, value } => prefs::set(key, &value),
            Effect::GuardLeaving(on) => self.guard.set(on),
            Effect::SetPageTitle(title) => {
                if let Some(document) = dom::document() {
                    document.set_title(&title);
                }
            }
            Effect::ForgetFile => self.handle.forget(),
            Effect::Print => {
                if let Some(window) = dom::window() {
                    let _refused = window.print();
                }
            }
        }
    }

    fn opening(
        &self,
        reading: impl Future<Output = Result<(Vec<crate::app::intent::ReadFile>, bool), PlatformError>> + 'static,
    ) {
        let answer = Rc::clone(&self.answer);
        spawn_local(async move {
            answer(Intent::File(match reading.await {
                Ok((files, can_save_back)) => FileIntent::Opened { files, can_save_back },
                Err(PlatformError::Cancelled) => FileIntent::Cancelled,
                Err(error) => FileIntent::ReadFailed(error.to_string()),
            }));
        });
    }

    fn save(&self, name: String, contents: String, ask_where: bool, revision: u64) {
        let (answer, handle) = (Rc::clone(&self.answer), self.handle.clone());
        spawn_local(async move {
            answer(Intent::File(match handle.save(&name, &contents, ask_where).await {
                Ok(saved) => FileIntent::Saved {
                    name: saved.name,
                    clock: clock::clock(),
                    can_save_back: saved.can_save_back,
                    revision,
                },
                Err(PlatformError::Cancelled) => FileIntent::Cancelled,
                Err(error) => FileIntent::SaveFailed(error.to_string()),
            }));
        });
    }

    fn store_draft(&self, contents: String, revision: u64) {
        crash::remember_draft(&contents);
        let (answer, drafts) = (Rc::clone(&self.answer), Rc::clone(&self.drafts));
        spawn_local(async move {
            let known = drafts.borrow().clone();
            let store = match known {
                Some(store) => store,
                None => BrowserDrafts::open().await,
            };
            drafts.replace(Some(store.clone()));
            answer(Intent::File(match store.write(&contents).await {
                Ok(()) => FileIntent::DraftStored(revision),
                Err(error) => FileIntent::DraftFailed(error.to_string()),
            }));
        });
    }
}
