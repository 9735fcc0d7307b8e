//! Carries out effects and sends the answers back as intents.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DataTransfer, Event};

use crate::app::effect::Effect;
use crate::app::intent::{
    CompareIntent, FileIntent, Intent, PictureIntent, ReadFile, RiskIntent, SendIntent, TextIntent,
};
use crate::app::kept::{Goal, Head, Keep, KeepIntent, Trouble, Why};
use crate::platform::dom::Listener;
use crate::platform::file::{FileHandle, Save};
use crate::platform::leave::LeaveGuard;
use crate::platform::storage::{Refusal, Shelf};
use crate::platform::tabs::Tabs;
use crate::platform::{
    address, announce, clipboard, clock, crash, dom, file, picture, prefs, single, storage, update, PlatformError,
    MAP_ID, TEXT_ID,
};

/// Milliseconds from a change to keeping it: with the time it takes, at most a second of work is ever missing.
const DRAFT_DELAY: u32 = 150;
/// Milliseconds from a change of the map to its text.
const TEXT_DELAY: u32 = 60;

/// The browser as the app sees it.
pub struct Shell {
    answer: Rc<dyn Fn(Intent)>,
    handle: FileHandle,
    guard: LeaveGuard,
    shelf: Shelf,
    tabs: Tabs,
    _leaving: Vec<Listener>,
    /// Dropping it calls it off.
    text_due: RefCell<Option<Timeout>>,
}

impl Shell {
    /// A shell that sends its answers to `answer`.
    pub fn new(answer: impl Fn(Intent) + 'static) -> Self {
        let answer: Rc<dyn Fn(Intent)> = Rc::new(answer);
        let handle = FileHandle::default();
        Self {
            tabs: Tabs::new(Rc::clone(&answer), handle.clone()),
            shelf: Shelf::default(),
            _leaving: on_leaving(&answer),
            answer,
            handle,
            guard: LeaveGuard::new(),
            text_due: RefCell::new(None),
        }
    }

    /// Tells the app what this browser keeps, and takes files that the system opens with the installed app.
    pub fn begin(&self) {
        self.list_kept();
        let (handle, answer) = (self.handle.clone(), Rc::clone(&self.answer));
        file::on_launch(move |files| {
            let (handle, answer) = (handle.clone(), Rc::clone(&answer));
            spawn_local(async move { answer(Intent::File(opened(handle.launched(&files).await))) });
        });
    }

    fn list_kept(&self) {
        let (answer, shelf, elsewhere) = (Rc::clone(&self.answer), self.shelf.clone(), self.tabs.elsewhere());
        spawn_local(async move {
            let elsewhere = elsewhere.await;
            if let Ok(heads) = shelf.list().await {
                answer(Intent::Keep(KeepIntent::Listed { heads, elsewhere }));
            }
        });
    }

    fn keep(&self, keep: Keep) {
        let Keep { mut head, text, over_others } = keep;
        head.at_ms = clock::now_ms();
        if head.why == Why::Now {
            crash::remember_draft(&text);
        }
        let unsure = !over_others && !self.tabs.holds_lock();
        let (answer, shelf) = (Rc::clone(&self.answer), self.shelf.clone());
        spawn_local(async move {
            let kept = match unsure && shelf.is_of_others(&head).await {
                true => Err(Refusal { trouble: Trouble::Elsewhere, in_memory: false }),
                false => shelf.put(&head, &text).await,
            };
            let head = Box::new(head);
            answer(Intent::Keep(match kept {
                Ok(cleared) => KeepIntent::Stored { head, cleared },
                Err(refusal) => KeepIntent::Refused { head, trouble: refusal.trouble, in_memory: refusal.in_memory },
            }));
        });
    }

    fn fetch(&self, key: String, goal: Goal) {
        let (answer, shelf) = (Rc::clone(&self.answer), self.shelf.clone());
        spawn_local(async move {
            answer(Intent::Keep(match shelf.get(&key).await {
                Ok((head, text)) => KeepIntent::Fetched { head: Box::new(head), text, goal },
                Err(trouble) => KeepIntent::FetchFailed(trouble),
            }));
        });
    }

    fn promise(&self, call: &'static str) {
        let answer = Rc::clone(&self.answer);
        spawn_local(async move { answer(Intent::Keep(KeepIntent::Promised(storage::promise(call).await))) });
    }

    /// What is kept under one key becomes a version under another.
    fn copy_kept(&self, from: String, to: String) {
        let (answer, shelf) = (Rc::clone(&self.answer), self.shelf.clone());
        spawn_local(async move {
            let Ok((head, text)) = shelf.get(&from).await else {
                return answer(Intent::Keep(KeepIntent::FetchFailed(Trouble::Gone)));
            };
            let head = Head { key: to, why: Why::Draft, ..head };
            if let Ok(cleared) = shelf.put(&head, &text).await {
                answer(Intent::Keep(KeepIntent::Stored { head: Box::new(head), cleared }));
            }
        });
    }

    /// Opens the map inside the page, when there is one.
    pub fn open_map_inside(&self) {
        if let Some(map) = single::map_inside() {
            (self.answer)(Intent::File(FileIntent::Opened { files: vec![map], can_save_back: false }));
        }
    }

    /// Opens the map that stands in the page's address, when there is one.
    pub fn look_for_link(&self) {
        if let Some(fragment) = address::take_map() {
            (self.answer)(Intent::Picture(PictureIntent::LinkOpened(fragment)));
        }
    }

    /// Files were dropped on the page or pasted into it.
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
            Effect::SaveFile { name, contents, ask_where, revision, overwrite } => {
                self.save(name, contents, (ask_where, overwrite), revision);
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
            Effect::SavePixels { name, job } => {
                let answer = Rc::clone(&self.answer);
                spawn_local(async move {
                    let saved = picture::draw(job).await.and_then(|bytes| file::download(&name, "image/png", &bytes));
                    answer(Intent::Picture(match saved {
                        Ok(()) => PictureIntent::Saved,
                        Err(error) => PictureIntent::NotDrawn(error.to_string()),
                    }));
                });
            }
            Effect::CopyRich { picture, html, text } => {
                let (answer, copying) = (Rc::clone(&self.answer), clipboard::write_rich(picture, &html, text));
                spawn_local(async move { answer(Intent::Picture(PictureIntent::Copied(copying.await))) });
            }
            Effect::ScheduleDraft => {
                let answer = Rc::clone(&self.answer);
                Timeout::new(DRAFT_DELAY, move || answer(Intent::Keep(KeepIntent::Due(clock::now_ms())))).forget();
            }
            Effect::WorkSoon => {
                let answer = Rc::clone(&self.answer);
                Timeout::new(0, move || answer(Intent::Risk(RiskIntent::Work))).forget();
            }
            Effect::Keep(keep) => self.keep(keep),
            Effect::FetchKept { key, goal } => self.fetch(key, goal),
            Effect::CopyKept { from, to } => self.copy_kept(from, to),
            Effect::ForgetKept(keys) => {
                let shelf = self.shelf.clone();
                spawn_local(async move {
                    let _nothing_to_do = shelf.forget(&keys).await;
                });
            }
            Effect::ListKept => self.list_kept(),
            Effect::LookForPromise => self.promise("persisted"),
            Effect::AskPromise => self.promise("persist"),
            Effect::Claim { document } => self.tabs.claim(&document),
            Effect::LetGo => self.tabs.let_go(),
            Effect::TakeOver => self.tabs.take_over(),
            Effect::Share(text) => self.tabs.share(&text),
            Effect::DownloadFile(original) => {
                if let Err(error) = file::download(&original.name, "application/octet-stream", &original.bytes) {
                    (self.answer)(Intent::File(FileIntent::SaveFailed(error.to_string())));
                }
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

    fn opening(&self, reading: impl Future<Output = Result<(Vec<ReadFile>, bool), PlatformError>> + 'static) {
        let answer = Rc::clone(&self.answer);
        spawn_local(async move { answer(Intent::File(opened(reading.await))) });
    }

    fn save(&self, name: String, contents: String, how: (bool, bool), revision: u64) {
        let (answer, handle) = (Rc::clone(&self.answer), self.handle.clone());
        let (ask_where, overwrite) = how;
        spawn_local(async move {
            answer(Intent::File(match handle.save(&name, &contents, ask_where, overwrite).await {
                Ok(Save::Done(saved)) => FileIntent::Saved {
                    name: saved.name,
                    clock: clock::clock(),
                    can_save_back: saved.can_save_back,
                    revision,
                },
                Ok(Save::ChangedMeanwhile(theirs)) => FileIntent::Changed(theirs),
                Err(PlatformError::Cancelled) => FileIntent::Cancelled,
                Err(error) => FileIntent::SaveFailed(error.to_string()),
            }));
        });
    }
}

fn opened(read: Result<(Vec<ReadFile>, bool), PlatformError>) -> FileIntent {
    match read {
        Ok((files, can_save_back)) => FileIntent::Opened { files, can_save_back },
        Err(PlatformError::Cancelled) => FileIntent::Cancelled,
        Err(error) => FileIntent::ReadFailed(error.to_string()),
    }
}

/// What waits is kept at once when the page is hidden or left: on phones nothing else is told before the end.
fn on_leaving(answer: &Rc<dyn Fn(Intent)>) -> Vec<Listener> {
    let (Some(window), Some(document)) = (dom::window(), dom::document()) else { return Vec::new() };
    let targets: [(&web_sys::EventTarget, &'static str); 2] = [(&window, "pagehide"), (&document, "visibilitychange")];
    let mut listeners = Vec::new();
    for (target, event) in targets {
        let answer = Rc::clone(answer);
        listeners.push(Listener::new(target, event, move |_: Event| {
            answer(Intent::Keep(KeepIntent::Due(clock::now_ms())));
        }));
    }
    listeners
}
