//! The draft in this browser: one text behind one interface, in IndexedDB or, where that is blocked, in
//! `localStorage`. A safety net, not the document: that is the file.

use js_sys::{Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

use crate::platform::dom::window;
use crate::platform::{clock, PlatformError};

const DATABASE: &str = "portolan";
const STORE: &str = "drafts";
const KEY: &str = "current";

/// A stored draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The document as text.
    pub contents: String,
    /// When it was stored, milliseconds since 1970.
    pub stored_ms: f64,
}

/// A place for the draft.
#[allow(async_fn_in_trait, reason = "used in this program only, on one thread")]
pub trait DraftStore {
    /// Stores the draft in place of the one before.
    ///
    /// # Errors
    /// When the browser has no room or does not allow it.
    async fn write(&self, contents: &str) -> Result<(), PlatformError>;
    /// The stored draft.
    ///
    /// # Errors
    /// When the browser does not allow it.
    async fn read(&self) -> Result<Option<Draft>, PlatformError>;
    /// Takes the draft away.
    ///
    /// # Errors
    /// When the browser does not allow it.
    async fn forget(&self) -> Result<(), PlatformError>;
}

/// The store this browser has.
#[derive(Clone)]
pub enum BrowserDrafts {
    /// IndexedDB.
    Indexed(IdbDatabase),
    /// `localStorage`: about five megabytes.
    Local,
}

impl BrowserDrafts {
    /// Opens the best store there is.
    pub async fn open() -> Self {
        match open_database().await {
            Ok(database) => Self::Indexed(database),
            Err(_blocked) => Self::Local,
        }
    }

    fn store(database: &IdbDatabase, mode: IdbTransactionMode) -> Result<IdbObjectStore, PlatformError> {
        Ok(database.transaction_with_str_and_mode(STORE, mode)?.object_store(STORE)?)
    }
}

impl DraftStore for BrowserDrafts {
    async fn write(&self, contents: &str) -> Result<(), PlatformError> {
        let stored_ms = clock::now_ms();
        match self {
            Self::Indexed(database) => {
                let record = js_sys::Object::new();
                Reflect::set(&record, &"contents".into(), &contents.into())?;
                Reflect::set(&record, &"stored".into(), &stored_ms.into())?;
                let store = Self::store(database, IdbTransactionMode::Readwrite)?;
                finished(&store.put_with_key(&record, &KEY.into())?).await?;
                Ok(())
            }
            Self::Local => {
                let store = local()?;
                store.set_item(&local_key(), &format!("{stored_ms}\n{contents}"))?;
                Ok(())
            }
        }
    }

    async fn read(&self) -> Result<Option<Draft>, PlatformError> {
        match self {
            Self::Indexed(database) => {
                let store = Self::store(database, IdbTransactionMode::Readonly)?;
                let record = finished(&store.get(&KEY.into())?).await?;
                if record.is_undefined() {
                    return Ok(None);
                }
                let contents = Reflect::get(&record, &"contents".into())?.as_string();
                let stored_ms = Reflect::get(&record, &"stored".into())?.as_f64().unwrap_or(0.0);
                Ok(contents.map(|contents| Draft { contents, stored_ms }))
            }
            Self::Local => {
                let text = local()?.get_item(&local_key())?;
                Ok(text.as_deref().and_then(|text| text.split_once('\n')).map(|(stored, contents)| Draft {
                    contents: contents.to_owned(),
                    stored_ms: stored.parse().unwrap_or(0.0),
                }))
            }
        }
    }

    async fn forget(&self) -> Result<(), PlatformError> {
        match self {
            Self::Indexed(database) => {
                let store = Self::store(database, IdbTransactionMode::Readwrite)?;
                finished(&store.delete(&KEY.into())?).await?;
                Ok(())
            }
            Self::Local => Ok(local()?.remove_item(&local_key())?),
        }
    }
}

fn local() -> Result<web_sys::Storage, PlatformError> {
    window().ok_or(PlatformError::Missing)?.local_storage()?.ok_or(PlatformError::Blocked)
}

fn local_key() -> String {
    format!("{DATABASE}.draft")
}

async fn open_database() -> Result<IdbDatabase, PlatformError> {
    let factory = window().ok_or(PlatformError::Missing)?.indexed_db()?.ok_or(PlatformError::Blocked)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1)?;
    let fresh = request.clone();
    let on_upgrade = Closure::once_into_js(move || {
        if let Some(database) = fresh.result().ok().and_then(|value| value.dyn_into::<IdbDatabase>().ok()) {
            let _exists = database.create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(on_upgrade.unchecked_ref()));
    finished(&request).await?.dyn_into().map_err(|_not_a_database| PlatformError::Blocked)
}

/// Waits for a request and gives its result.
async fn finished(request: &IdbRequest) -> Result<JsValue, PlatformError> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_event) => Ok(request.result()?),
        Err(_event) => Err(match request.error() {
            Ok(Some(error)) => JsValue::from(error).into(),
            _ => PlatformError::Blocked,
        }),
    }
}
