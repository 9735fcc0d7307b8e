//! Which tab may change a document: a lock of the browser for each, and a channel on which tabs talk.
//!
//! The browser gives the lock to one tab and passes it on when that tab is closed or dies. Where there are no locks
//! tabs ask each other; where there is no channel either, every tab is on its own.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{spawn_local, JsFuture};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::app::intent::Intent;
use crate::app::kept::KeepIntent;
use crate::platform::dom::{window, Listener};
use crate::platform::file::FileHandle;

/// What names of locks begin with.
const LOCK: &str = "portolan.map.";
/// Milliseconds that an owner has to hand over, before the lock is taken without asking.
const PATIENCE: u32 = 1_500;
/// Milliseconds in which an owner answers where there are no locks.
const ANSWER: u32 = 300;
/// Milliseconds between the last text of an owner and its lock, so that the text arrives first.
const HEAD_START: u32 = 150;

/// This tab among the others.
pub(super) struct Tabs(Rc<Inner>);

struct Inner {
    answer: Rc<dyn Fn(Intent)>,
    /// The file behind the document, which goes along when another tab takes over.
    file: FileHandle,
    channel: Option<BroadcastChannel>,
    document: RefCell<String>,
    owner: Cell<bool>,
    /// Grows with each document, so that late answers are known.
    turn: Cell<u32>,
    /// Gives the lock back.
    release: RefCell<Option<Function>>,
    /// Another tab said that it has the document.
    heard: Cell<bool>,
}

/// How a lock is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    IfFree,
    InTurn,
    Stealing,
}

impl Tabs {
    /// Begins to listen. The listener lives as long as the page.
    pub(super) fn new(answer: Rc<dyn Fn(Intent)>, file: FileHandle) -> Self {
        let inner = Rc::new(Inner {
            answer,
            file,
            channel: BroadcastChannel::new("portolan").ok(),
            document: RefCell::default(),
            owner: Cell::new(false),
            turn: Cell::new(0),
            release: RefCell::default(),
            heard: Cell::new(false),
        });
        if let Some(channel) = &inner.channel {
            let told = Rc::clone(&inner);
            std::mem::forget(Listener::new(channel, "message", move |event: MessageEvent| told.hear(&event.data())));
        }
        Self(inner)
    }

    /// Asks for the right to change this document and gives up the one before.
    pub(super) fn claim(&self, document: &str) {
        let inner = &self.0;
        inner.turn.set(inner.turn.get() + 1);
        inner.give_back();
        inner.document.replace(document.to_owned());
        inner.heard.set(false);
        if locks().is_some() {
            return inner.ask(Asking::IfFree);
        }
        inner.ask_around();
    }

    /// Whether a lock of the browser says that the document is this tab's: nobody else writes it then.
    pub(super) fn holds_lock(&self) -> bool {
        self.0.release.borrow().is_some()
    }

    /// Shows tabs that look on what the document is now.
    pub(super) fn share(&self, text: &str) {
        self.0.post("text", text);
        if let Some(file) = self.0.file.for_others() {
            self.0.post_value("file", &file);
        }
    }

    /// Gives the lock to whoever waits for it, once the text that was shared has had time to arrive.
    pub(super) fn let_go(&self) {
        let (inner, turn) = (Rc::clone(&self.0), self.0.turn.get());
        inner.owner.set(false);
        Timeout::new(HEAD_START, move || {
            if inner.turn.get() == turn {
                inner.give_back();
                if locks().is_some() {
                    inner.ask(Asking::InTurn);
                }
            }
        })
        .forget();
    }

    /// Asks the other tab for the document; takes it when no answer comes.
    pub(super) fn take_over(&self) {
        self.0.post("hand over", "");
        let (inner, turn, has_locks) = (Rc::clone(&self.0), self.0.turn.get(), locks().is_some());
        Timeout::new(if has_locks { PATIENCE } else { ANSWER }, move || {
            if inner.turn.get() == turn && !inner.owner.get() {
                if has_locks {
                    inner.ask(Asking::Stealing);
                } else {
                    inner.own();
                }
            }
        })
        .forget();
    }

    /// Documents that other tabs have in hand.
    pub(super) fn elsewhere(&self) -> impl std::future::Future<Output = Vec<String>> + 'static {
        let mine = self.0.owner.get().then(|| self.0.document.borrow().clone());
        async move {
            let mut others = Vec::new();
            if let Some(held) = held().await {
                for lock in held.iter() {
                    let name = Reflect::get(&lock, &"name".into()).ok().and_then(|name| name.as_string());
                    if let Some(document) = name.as_deref().and_then(|name| name.strip_prefix(LOCK)) {
                        if mine.as_deref() != Some(document) {
                            others.push(document.to_owned());
                        }
                    }
                }
            }
            others
        }
    }
}

fn locks() -> Option<JsValue> {
    let navigator = window()?.navigator();
    Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)
}

async fn held() -> Option<Array> {
    let locks = locks()?;
    let query: Function = Reflect::get(&locks, &"query".into()).ok()?.dyn_into().ok()?;
    let snapshot = JsFuture::from(query.call0(&locks).ok()?.dyn_into::<Promise>().ok()?).await.ok()?;
    Reflect::get(&snapshot, &"held".into()).ok()?.dyn_into().ok()
}

impl Inner {
    fn tell(&self, intent: KeepIntent) {
        (self.answer)(Intent::Keep(intent));
    }

    fn own(&self) {
        self.owner.set(true);
        self.tell(KeepIntent::Owned);
    }

    fn watch(&self) {
        self.owner.set(false);
        self.tell(KeepIntent::Elsewhere);
        self.post("watch", "");
    }

    /// Without locks: owns the document unless another tab says that it does.
    fn ask_around(self: &Rc<Self>) {
        self.post("who", "");
        let (later, turn) = (Rc::clone(self), self.turn.get());
        Timeout::new(ANSWER, move || {
            if later.turn.get() == turn {
                if later.heard.get() {
                    later.watch();
                } else {
                    later.own();
                }
            }
        })
        .forget();
    }

    fn give_back(&self) {
        self.owner.set(false);
        if let Some(release) = self.release.take() {
            let _given = release.call0(&JsValue::UNDEFINED);
        }
    }

    fn post(&self, kind: &str, text: &str) {
        self.post_value(kind, &text.into());
    }

    fn post_value(&self, kind: &str, value: &JsValue) {
        if let Some(channel) = &self.channel {
            let message = Array::of3(&kind.into(), &self.document.borrow().as_str().into(), value);
            let _refused = channel.post_message(&message);
        }
    }

    fn hear(&self, message: &JsValue) {
        let Some(message) = message.dyn_ref::<Array>() else { return };
        let part = |index: u32| message.get(index).as_string().unwrap_or_default();
        if part(1) != *self.document.borrow() {
            return;
        }
        match part(0).as_str() {
            "watch" if self.owner.get() => self.tell(KeepIntent::Watched),
            "hand over" if self.owner.get() => self.tell(KeepIntent::AskedFor),
            "who" if self.owner.get() => self.post("mine", ""),
            "mine" => self.heard.set(true),
            "file" if !self.owner.get() => {
                let name = message.get(2).dyn_ref::<Array>().and_then(|file| self.file.take_from(file));
                if let Some(name) = name {
                    self.tell(KeepIntent::FileKnown(name));
                }
            }
            "text" => self.tell(KeepIntent::Shared(part(2))),
            _ => {}
        }
    }

    /// Asks for the lock of the document in hand.
    fn ask(self: &Rc<Self>, asking: Asking) {
        let Some(locks) = locks() else { return };
        let Some(request) = Reflect::get(&locks, &"request".into()).ok().and_then(|f| f.dyn_into::<Function>().ok())
        else {
            return self.own();
        };
        let options = Object::new();
        let option = match asking {
            Asking::IfFree => Some("ifAvailable"),
            Asking::Stealing => Some("steal"),
            Asking::InTurn => None,
        };
        if let Some(option) = option {
            let _set = Reflect::set(&options, &option.into(), &true.into());
        }
        let turn = self.turn.get();
        let granted = {
            let inner = Rc::clone(self);
            // The lock is held until the promise that comes back is resolved.
            Closure::once_into_js(move |lock: JsValue| -> JsValue {
                if inner.turn.get() != turn {
                    return JsValue::UNDEFINED;
                }
                if !lock.is_object() {
                    inner.watch();
                    inner.ask(Asking::InTurn);
                    return JsValue::UNDEFINED;
                }
                let mut release = None;
                let held = Promise::new(&mut |resolve, _reject| release = Some(resolve));
                inner.release.replace(release);
                inner.own();
                held.into()
            })
        };
        let name = format!("{LOCK}{}", self.document.borrow());
        let Ok(promise) = request.call3(&locks, &name.into(), &options, &granted) else { return self.own() };
        let inner = Rc::clone(self);
        spawn_local(async move {
            let Err(error) = JsFuture::from(Promise::resolve(&promise)).await else { return };
            if inner.turn.get() != turn {
                return;
            }
            let stolen = error.dyn_ref::<web_sys::DomException>().is_some_and(|error| error.name() == "AbortError");
            if !stolen {
                // No locks for pages like this one, as from a file of its own.
                return inner.ask_around();
            }
            if inner.owner.replace(false) {
                inner.release.take();
                inner.tell(KeepIntent::Taken);
                inner.post("watch", "");
                inner.ask(Asking::InTurn);
            }
        });
    }
}
