//! What this browser keeps: texts with a short head each, under keys. IndexedDB; where that is refused
//! `localStorage`; where both are, memory, and that is said as a failure.
//!
//! Six calls of IndexedDB are all there is to it, so the bindings of the browser are used directly: a crate over them
//! would be larger than this file and hide that writes ask for strict durability (power-off) and are read back.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::app::kept::{Head, Promise as Promised, Trouble, Why};
use crate::platform::dom::window;

const DATABASE: &str = "portolan-maps";
const HEADS: &str = "heads";
const TEXTS: &str = "texts";
/// What keys in `localStorage` begin with.
const LOCAL: &str = "portolan.kept.";

/// Texts by key: head and content.
type Memory = Rc<RefCell<BTreeMap<String, (String, String)>>>;

#[derive(Clone)]
enum Place {
    Indexed(IdbDatabase),
    Local,
    Memory(Trouble),
}

/// Where texts are kept.
#[derive(Clone, Default)]
pub struct Shelf {
    place: Rc<RefCell<Option<Place>>>,
    memory: Memory,
    /// Head of what this tab wrote or read last under each key: when another stands there, another tab has written.
    seen: Rc<RefCell<BTreeMap<String, String>>>,
    /// The key written last: when it is gone, somebody has cleared what was kept.
    last: Rc<RefCell<Option<String>>>,
}

/// How keeping failed.
pub struct Refusal {
    /// Why.
    pub trouble: Trouble,
    /// It is in memory until the page is closed.
    pub in_memory: bool,
}

impl From<JsValue> for Refusal {
    fn from(value: JsValue) -> Self {
        Self { trouble: trouble(&value), in_memory: false }
    }
}

fn exception_name(value: &JsValue) -> String {
    value.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default()
}

fn trouble(value: &JsValue) -> Trouble {
    match exception_name(value).as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => Trouble::Full,
        "SecurityError" | "NotAllowedError" => Trouble::Blocked,
        "InvalidStateError" => Trouble::Private,
        name => {
            let message = Reflect::get(value, &"message".into()).ok().and_then(|message| message.as_string());
            let message = message.or_else(|| value.as_string()).filter(|message| !message.is_empty());
            Trouble::Other(message.unwrap_or_else(|| name.to_owned()))
        }
    }
}

impl Shelf {
    /// The place, opened when it is not open yet.
    async fn place(&self) -> Place {
        let known = self.place.borrow().clone();
        if let Some(place) = known {
            return place;
        }
        let place = match open_database().await {
            Ok(database) => {
                // Cleared from outside, or wanted by a later version of the app: opened anew with the next use.
                let slot = Rc::clone(&self.place);
                let forget = Closure::<dyn FnMut()>::new(move || {
                    if let Ok(mut place) = slot.try_borrow_mut() {
                        *place = None;
                    }
                });
                database.set_onclose(Some(forget.as_ref().unchecked_ref()));
                forget.forget();
                Place::Indexed(database)
            }
            Err(error) => match probe_local() {
                Ok(()) => Place::Local,
                // Missing altogether is a block too: every browser of today has it.
                Err(local) if error.is_undefined() => Place::Memory(match trouble(&local) {
                    Trouble::Full => Trouble::Full,
                    _ => Trouble::Blocked,
                }),
                Err(_) => Place::Memory(trouble(&error)),
            },
        };
        self.place.replace(Some(place.clone()));
        place
    }

    /// Whether another tab has written under this key since this one wrote or read there. Versions have keys of their own.
    pub async fn is_of_others(&self, head: &Head) -> bool {
        let Some(seen) = self.seen.borrow().get(&head.key).cloned().filter(|_| head.why == Why::Now) else {
            return false;
        };
        let there = match self.place().await {
            Place::Indexed(database) => head_indexed(&database, &head.key).await.ok().flatten(),
            Place::Local => {
                local().ok().and_then(|store| store.get_item(&format!("{LOCAL}head.{}", head.key)).ok().flatten())
            }
            Place::Memory(_) => None,
        };
        there.is_some_and(|there| there != seen)
    }

    /// Keeps a text and reads it back; whether what was kept before had been cleared meanwhile.
    ///
    /// # Errors
    /// When the browser did not keep it.
    pub async fn put(&self, head: &Head, text: &str) -> Result<bool, Refusal> {
        let written = head.write();
        let kept = self.put_written(head, &written, text).await;
        if kept.is_ok() {
            self.seen.borrow_mut().insert(head.key.clone(), written);
        }
        kept
    }

    async fn put_written(&self, head: &Head, written: &str, text: &str) -> Result<bool, Refusal> {
        match self.place().await {
            Place::Indexed(database) => {
                let first = self.put_indexed(&database, &head.key, written, text).await;
                match first {
                    Err(error) if exception_name(&error) == "InvalidStateError" => {
                        // The connection was closed, as when site data are cleared: once more with a new one.
                        self.place.replace(None);
                        match self.place().await {
                            Place::Indexed(database) => {
                                self.put_indexed(&database, &head.key, written, text).await.map_err(Refusal::from)?
                            }
                            _ => Err(Refusal::from(error)),
                        }
                    }
                    other => other.map_err(Refusal::from)?,
                }
            }
            Place::Local => {
                let store = local()?;
                let cleared = match self.last.borrow().as_deref() {
                    Some(last) => store.get_item(&format!("{LOCAL}head.{last}"))?.is_none(),
                    None => false,
                };
                let key = format!("{LOCAL}text.{}", head.key);
                store.set_item(&key, text)?;
                store.set_item(&format!("{LOCAL}head.{}", head.key), written)?;
                if store.get_item(&key)?.as_deref() != Some(text) {
                    return Err(Refusal { trouble: Trouble::Differs, in_memory: false });
                }
                self.last.replace(Some(head.key.clone()));
                Ok(cleared)
            }
            Place::Memory(trouble) => {
                self.memory.borrow_mut().insert(head.key.clone(), (written.to_owned(), text.to_owned()));
                Err(Refusal { trouble, in_memory: true })
            }
        }
    }

    /// The outer error is the browser's, the inner one ours.
    async fn put_indexed(
        &self,
        database: &IdbDatabase,
        key: &str,
        head: &str,
        text: &str,
    ) -> Result<Result<bool, Refusal>, JsValue> {
        let (key_value, text): (JsValue, JsValue) = (key.into(), text.into());
        let transaction = begin(database, "readwrite")?;
        let (heads, texts) = (transaction.object_store(HEADS)?, transaction.object_store(TEXTS)?);
        let known = self.last.borrow().clone();
        let before = match known {
            Some(last) => Some(heads.count_with_key(&last.into())?),
            None => None,
        };
        heads.put_with_key(&head.into(), &key_value)?;
        texts.put_with_key(&text, &key_value)?;
        completed(&transaction).await?;
        let cleared = match before {
            Some(count) => count.result()?.as_f64() == Some(0.0),
            None => false,
        };
        let kept = finished(&begin(database, "readonly")?.object_store(TEXTS)?.get(&key_value)?).await?;
        if kept != text {
            return Ok(Err(Refusal { trouble: Trouble::Differs, in_memory: false }));
        }
        self.last.replace(Some(key.to_owned()));
        Ok(Ok(cleared))
    }

    /// Head and text under a key.
    ///
    /// # Errors
    /// [`Trouble::Gone`] when nothing is kept there, or what the browser said.
    pub async fn get(&self, key: &str) -> Result<(Head, String), Trouble> {
        let found = match self.place().await {
            Place::Indexed(database) => fetch(&database, key).await.map_err(|error| trouble(&error))?,
            Place::Local => {
                let get = |part: &str| local().ok()?.get_item(&format!("{LOCAL}{part}.{key}")).ok().flatten();
                get("head").zip(get("text"))
            }
            Place::Memory(_) => self.memory.borrow().get(key).cloned(),
        };
        let (head, text) = found.ok_or(Trouble::Gone)?;
        self.seen.borrow_mut().insert(key.to_owned(), head.clone());
        Ok((Head::read(key, &head).ok_or(Trouble::Gone)?, text))
    }

    /// All heads, in the order of their keys.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn list(&self) -> Result<Vec<Head>, Trouble> {
        let mut heads = Vec::new();
        match self.place().await {
            Place::Indexed(database) => list_indexed(&database, &mut heads).await.map_err(|error| trouble(&error))?,
            Place::Local => {
                let Ok(store) = local() else { return Ok(heads) };
                for index in 0..store.length().unwrap_or_default() {
                    let Ok(Some(name)) = store.key(index) else { continue };
                    let Some(key) = name.strip_prefix(LOCAL).and_then(|name| name.strip_prefix("head.")) else {
                        continue;
                    };
                    if let Ok(Some(text)) = store.get_item(&name) {
                        heads.extend(Head::read(key, &text));
                    }
                }
            }
            Place::Memory(_) => {
                for (key, (head, _)) in self.memory.borrow().iter() {
                    heads.extend(Head::read(key, head));
                }
            }
        }
        Ok(heads)
    }

    /// Forgets what is kept under these keys.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn forget(&self, keys: &[String]) -> Result<(), Trouble> {
        for key in keys {
            self.seen.borrow_mut().remove(key);
        }
        if self.last.borrow().as_ref().is_some_and(|last| keys.contains(last)) {
            self.last.replace(None);
        }
        match self.place().await {
            Place::Indexed(database) => forget_indexed(&database, keys).await.map_err(|error| trouble(&error)),
            Place::Local => {
                for key in keys {
                    for part in ["head", "text"] {
                        if let Ok(store) = local() {
                            let _gone = store.remove_item(&format!("{LOCAL}{part}.{key}"));
                        }
                    }
                }
                Ok(())
            }
            Place::Memory(_) => {
                for key in keys {
                    self.memory.borrow_mut().remove(key);
                }
                Ok(())
            }
        }
    }
}

async fn head_indexed(database: &IdbDatabase, key: &str) -> Result<Option<String>, JsValue> {
    let head = finished(&begin(database, "readonly")?.object_store(HEADS)?.get(&key.into())?).await?;
    Ok(head.as_string())
}

/// Asks the browser whether it clears by itself what is kept (`persisted`), or not to (`persist`).
pub async fn promise(call: &str) -> Promised {
    let asking = || -> Option<Promise> {
        let storage = Reflect::get(&window()?.navigator(), &"storage".into()).ok()?;
        let function: Function = Reflect::get(&storage, &call.into()).ok()?.dyn_into().ok()?;
        function.call0(&storage).ok()?.dyn_into().ok()
    };
    let Some(asked) = asking() else { return Promised::NotOffered };
    match JsFuture::from(asked).await.ok().and_then(|it| it.as_bool()) {
        Some(true) => Promised::Given,
        Some(false) if call == "persisted" => Promised::NotGiven,
        Some(false) => Promised::Refused,
        None => Promised::NotOffered,
    }
}

async fn fetch(database: &IdbDatabase, key: &str) -> Result<Option<(String, String)>, JsValue> {
    let transaction = begin(database, "readonly")?;
    let head = transaction.object_store(HEADS)?.get(&key.into())?;
    let text = transaction.object_store(TEXTS)?.get(&key.into())?;
    completed(&transaction).await?;
    Ok(head.result()?.as_string().zip(text.result()?.as_string()))
}

async fn list_indexed(database: &IdbDatabase, into: &mut Vec<Head>) -> Result<(), JsValue> {
    let transaction = begin(database, "readonly")?;
    let store: IdbObjectStore = transaction.object_store(HEADS)?;
    let (keys, heads) = (store.get_all_keys()?, store.get_all()?);
    completed(&transaction).await?;
    let (keys, heads): (Array, Array) = (keys.result()?.unchecked_into(), heads.result()?.unchecked_into());
    for (key, head) in keys.iter().zip(heads.iter()) {
        if let (Some(key), Some(head)) = (key.as_string(), head.as_string()) {
            into.extend(Head::read(&key, &head));
        }
    }
    Ok(())
}

async fn forget_indexed(database: &IdbDatabase, keys: &[String]) -> Result<(), JsValue> {
    let transaction = begin(database, "readwrite")?;
    for store in [HEADS, TEXTS] {
        let store = transaction.object_store(store)?;
        for key in keys {
            store.delete(&key.into())?;
        }
    }
    completed(&transaction).await
}

fn local() -> Result<web_sys::Storage, JsValue> {
    window().ok_or(JsValue::UNDEFINED)?.local_storage()?.ok_or(JsValue::UNDEFINED)
}

fn probe_local() -> Result<(), JsValue> {
    let key = format!("{LOCAL}probe");
    let store = local()?;
    store.set_item(&key, "1")?;
    store.remove_item(&key)
}

async fn open_database() -> Result<IdbDatabase, JsValue> {
    let factory = window().ok_or(JsValue::UNDEFINED)?.indexed_db()?.ok_or(JsValue::UNDEFINED)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1)?;
    let fresh = request.clone();
    let on_upgrade = Closure::once_into_js(move || {
        if let Some(database) = fresh.result().ok().and_then(|value| value.dyn_into::<IdbDatabase>().ok()) {
            for store in [HEADS, TEXTS] {
                let _exists = database.create_object_store(store);
            }
        }
    });
    request.set_onupgradeneeded(Some(on_upgrade.unchecked_ref()));
    finished(&request).await?.dyn_into()
}

/// A transaction over both stores. Writing asks for strict durability, which web-sys has no binding for.
fn begin(database: &IdbDatabase, mode: &str) -> Result<IdbTransaction, JsValue> {
    let stores = Array::of2(&HEADS.into(), &TEXTS.into());
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let function: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    function.call3(database, &stores, &mode.into(), &options)?.dyn_into()
}

/// Waits until the browser has taken a transaction in.
async fn completed(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_event) => Ok(()),
        Err(_event) => Err(transaction.error().map_or(JsValue::UNDEFINED, JsValue::from)),
    }
}

/// Waits for a request and gives its result.
async fn finished(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_event) => request.result(),
        Err(_event) => Err(request.error()?.map_or(JsValue::UNDEFINED, JsValue::from)),
    }
}
