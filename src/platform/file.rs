//! Files: choosing, dropping, reading, writing back and downloading.
//!
//! Where the browser has the File System Access API the handle of the opened file is kept, so that saving
//! writes it back; everywhere else an input element opens and a download saves. Closing a picker is no error.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DataTransfer, File, HtmlAnchorElement, HtmlInputElement, Url};

use crate::app::intent::ReadFile;
use crate::platform::dom::{document, window};
use crate::platform::PlatformError;

/// Largest file that is read, megabytes.
pub const LARGEST_MEGABYTES: u64 = 100;

/// What the pickers offer: the name of the kind and its endings.
const ENDINGS: [&str; 7] = [".json", ".owm", ".wm", ".txt", ".csv", ".svg", ".png"];

/// The file behind the document, where the browser lets us write it back.
#[derive(Clone, Default)]
pub struct FileHandle(Rc<RefCell<Option<JsValue>>>);

/// How a save went.
pub struct Saved {
    /// Name of the file.
    pub name: String,
    /// It can be written again without asking.
    pub can_save_back: bool,
}

impl FileHandle {
    /// Forgets the file: the document is another one now.
    pub fn forget(&self) {
        self.0.replace(None);
    }

    /// Lets the user choose files and reads them.
    ///
    /// # Errors
    /// [`PlatformError::Cancelled`] when the picker was closed; otherwise what the browser said.
    pub async fn pick(&self) -> Result<(Vec<ReadFile>, bool), PlatformError> {
        let Some(picker) = picker("showOpenFilePicker") else {
            return Ok((read_all(pick_with_input().await?).await?, false));
        };
        let options = Object::new();
        Reflect::set(&options, &"multiple".into(), &true.into())?;
        let handles: Array = promised(&picker, &window().into(), &options.into()).await?.unchecked_into();
        let mut files = Vec::new();
        for handle in handles.iter() {
            files.push(file_of(&handle).await?);
        }
        self.0.replace(only(&handles));
        Ok((read_all(files).await?, handles.length() == 1))
    }

    /// Lets the user choose a file to look at; the file behind the document stays what it is.
    ///
    /// # Errors
    /// As [`FileHandle::pick`].
    pub async fn pick_another(&self) -> Result<Vec<ReadFile>, PlatformError> {
        let Some(picker) = picker("showOpenFilePicker") else { return read_all(pick_with_input().await?).await };
        let handles: Array = promised(&picker, &window().into(), &Object::new().into()).await?.unchecked_into();
        let mut files = Vec::new();
        for handle in handles.iter() {
            files.push(file_of(&handle).await?);
        }
        read_all(files).await
    }

    /// Reads files that were dropped on the window. Takes what it needs from `transfer` at once, because it is
    /// empty as soon as the event is over.
    pub fn dropped(
        &self,
        transfer: &DataTransfer,
    ) -> impl std::future::Future<Output = Result<(Vec<ReadFile>, bool), PlatformError>> + 'static {
        let list = transfer.files();
        let files: Vec<File> = list.into_iter().flat_map(|l| (0..l.length()).filter_map(move |i| l.get(i))).collect();
        let items = transfer.items();
        let handle: Option<Promise> = (items.length() == 1).then(|| items.get(0)).flatten().and_then(|item| {
            let method: Function = Reflect::get(&item, &"getAsFileSystemHandle".into()).ok()?.dyn_into().ok()?;
            method.call0(&item).ok()?.dyn_into().ok()
        });
        let slot = self.clone();
        async move {
            let handle = match handle {
                Some(promise) => JsFuture::from(promise).await.ok().filter(|handle| handle.is_object()),
                None => None,
            };
            let can_save_back = handle.is_some();
            slot.0.replace(handle);
            Ok((read_all(files).await?, can_save_back))
        }
    }

    /// Writes the document: back to its file, to a new place, or as a download.
    ///
    /// # Errors
    /// [`PlatformError::Cancelled`] when the picker was closed; otherwise what the browser said.
    pub async fn save(&self, name: &str, contents: &str, ask_where: bool) -> Result<Saved, PlatformError> {
        let known = self.0.borrow().clone();
        let handle = match known {
            Some(handle) if !ask_where => handle,
            _ => {
                let Some(picker) = picker("showSaveFilePicker") else {
                    download(name, "application/json", contents.as_bytes())?;
                    return Ok(Saved { name: name.to_owned(), can_save_back: false });
                };
                let options = Object::new();
                Reflect::set(&options, &"suggestedName".into(), &name.into())?;
                promised(&picker, &window().into(), &options.into()).await?
            }
        };
        let writable = call(&handle, "createWritable", None).await?;
        call(&writable, "write", Some(&contents.into())).await?;
        call(&writable, "close", None).await?;
        let name = Reflect::get(&handle, &"name".into())?.as_string().unwrap_or_else(|| name.to_owned());
        self.0.replace(Some(handle));
        Ok(Saved { name, can_save_back: true })
    }
}

/// Offers bytes as a download.
///
/// # Errors
/// When the browser cannot make one.
pub fn download(name: &str, media_type: &str, contents: &[u8]) -> Result<(), PlatformError> {
    let parts = Array::of1(&Uint8Array::from(contents));
    let properties = BlobPropertyBag::new();
    properties.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &properties)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = document().ok_or(PlatformError::Missing)?;
    let anchor: HtmlAnchorElement =
        document.create_element("a")?.dyn_into().map_err(|_not_an_anchor| PlatformError::Missing)?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // The browser needs the address until it has begun; a minute is plenty.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _gone = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}

fn picker(name: &str) -> Option<Function> {
    Reflect::get(window()?.as_ref(), &name.into()).ok()?.dyn_into().ok()
}

fn only(list: &Array) -> Option<JsValue> {
    (list.length() == 1).then(|| list.get(0))
}

async fn promised(function: &Function, this: &JsValue, argument: &JsValue) -> Result<JsValue, PlatformError> {
    let promise: Promise = function.call1(this, argument)?.unchecked_into();
    Ok(JsFuture::from(promise).await?)
}

async fn call(object: &JsValue, name: &str, argument: Option<&JsValue>) -> Result<JsValue, PlatformError> {
    let function: Function =
        Reflect::get(object, &name.into())?.dyn_into().map_err(|_not_a_function| PlatformError::Missing)?;
    let result = match argument {
        Some(argument) => function.call1(object, argument)?,
        None => function.call0(object)?,
    };
    Ok(JsFuture::from(Promise::resolve(&result)).await?)
}

async fn file_of(handle: &JsValue) -> Result<File, PlatformError> {
    call(handle, "getFile", None).await?.dyn_into().map_err(|_not_a_file| PlatformError::Missing)
}

async fn read_all(files: Vec<File>) -> Result<Vec<ReadFile>, PlatformError> {
    let mut read = Vec::with_capacity(files.len());
    for file in files {
        let megabytes = (file.size() / 1e6) as u64;
        if megabytes > LARGEST_MEGABYTES {
            return Err(PlatformError::TooLarge { megabytes, limit: LARGEST_MEGABYTES });
        }
        let buffer = JsFuture::from(file.array_buffer()).await?;
        read.push(ReadFile { name: file.name(), bytes: Uint8Array::new(&buffer).to_vec() });
    }
    Ok(read)
}

/// The way of browsers without the File System Access API: an input element, made for the occasion.
async fn pick_with_input() -> Result<Vec<File>, PlatformError> {
    let document = document().ok_or(PlatformError::Missing)?;
    let input: HtmlInputElement =
        document.create_element("input")?.dyn_into().map_err(|_not_an_input| PlatformError::Missing)?;
    input.set_type("file");
    input.set_multiple(true);
    input.set_accept(&ENDINGS.join(","));
    let promise = Promise::new(&mut |resolve, _reject| {
        let chosen = resolve.clone();
        let on_change = Closure::once_into_js(move || {
            let _ignored = chosen.call1(&JsValue::NULL, &true.into());
        });
        let on_cancel = Closure::once_into_js(move || {
            let _ignored = resolve.call1(&JsValue::NULL, &false.into());
        });
        let _refused = input.add_event_listener_with_callback("change", on_change.unchecked_ref());
        let _refused = input.add_event_listener_with_callback("cancel", on_cancel.unchecked_ref());
    });
    input.click();
    if !JsFuture::from(promise).await?.is_truthy() {
        return Err(PlatformError::Cancelled);
    }
    let list = input.files().ok_or(PlatformError::Cancelled)?;
    Ok((0..list.length()).filter_map(|index| list.get(index)).collect())
}
