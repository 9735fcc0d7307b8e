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
pub struct FileHandle(Rc<RefCell<Option<Behind>>>);

/// A handle and what the file held when it was read or written here.
#[derive(Clone)]
struct Behind {
    handle: JsValue,
    /// Time of the last change and size, as the browser tells them; `None` when not even that is known.
    stamp: Option<(f64, f64)>,
    /// Fingerprint of the content.
    print: Option<u64>,
}

/// Whether a file was written.
pub enum Save {
    /// Yes.
    Done(Saved),
    /// No: somebody else has changed it since it was opened, to this.
    ChangedMeanwhile(ReadFile),
}

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

    /// The file as other tabs of this browser can take it over.
    pub(super) fn for_others(&self) -> Option<Array> {
        let behind = self.0.borrow().clone()?;
        let (changed, size) = behind.stamp.unwrap_or((-1.0, -1.0));
        let print = behind.print.map_or(JsValue::NULL, |print| print.to_string().into());
        Some(Array::of4(&behind.handle, &changed.into(), &size.into(), &print))
    }

    /// Takes over a file from another tab; its name, when it is one.
    pub(super) fn take_from(&self, other: &Array) -> Option<String> {
        let handle = other.get(0);
        let name = Reflect::get(&handle, &"name".into()).ok()?.as_string()?;
        let stamp = other.get(1).as_f64().zip(other.get(2).as_f64()).filter(|(changed, _)| *changed >= 0.0);
        let print = other.get(3).as_string().and_then(|print| print.parse().ok());
        self.0.replace(Some(Behind { handle, stamp, print }));
        Some(name)
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
        self.read_handles(&handles).await
    }

    /// Reads files that the system opened with the installed app.
    ///
    /// # Errors
    /// What the browser said.
    pub async fn launched(&self, handles: &Array) -> Result<(Vec<ReadFile>, bool), PlatformError> {
        self.read_handles(handles).await
    }

    async fn read_handles(&self, handles: &Array) -> Result<(Vec<ReadFile>, bool), PlatformError> {
        let mut files = Vec::new();
        for handle in handles.iter() {
            files.push(file_of(&handle).await?);
        }
        let stamp = files.first().map(stamp_of);
        let read = read_all(files).await?;
        self.0.replace(only(handles).map(|handle| Behind { handle, stamp, print: read.first().map(print_of) }));
        Ok((read, handles.length() == 1))
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
            let stamp = files.first().map(stamp_of);
            let read = read_all(files).await?;
            slot.0.replace(handle.map(|handle| Behind { handle, stamp, print: read.first().map(print_of) }));
            Ok((read, can_save_back))
        }
    }

    /// Writes the document: back to its file, to a new place, or as a download. A file that was changed meanwhile is
    /// not written unless `overwrite`.
    ///
    /// # Errors
    /// [`PlatformError::Cancelled`] when the picker was closed; otherwise what the browser said.
    pub async fn save(
        &self,
        name: &str,
        contents: &str,
        ask_where: bool,
        overwrite: bool,
    ) -> Result<Save, PlatformError> {
        let known = self.0.borrow().clone();
        let handle = match known {
            Some(behind) if !ask_where => {
                if !overwrite {
                    if let Some(theirs) = changed_meanwhile(&behind).await? {
                        return Ok(Save::ChangedMeanwhile(theirs));
                    }
                }
                behind.handle
            }
            _ => {
                let Some(picker) = picker("showSaveFilePicker") else {
                    download(name, "application/json", contents.as_bytes())?;
                    return Ok(Save::Done(Saved { name: name.to_owned(), can_save_back: false }));
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
        let stamp = file_of(&handle).await.ok().as_ref().map(stamp_of);
        self.0.replace(Some(Behind { handle, stamp, print: Some(fingerprint(contents.as_bytes())) }));
        Ok(Save::Done(Saved { name, can_save_back: true }))
    }
}

/// What the file holds now, when that is not what it held before. A file that is gone, or that the browser does not
/// let us look at, holds nothing that could be lost.
async fn changed_meanwhile(behind: &Behind) -> Result<Option<ReadFile>, PlatformError> {
    let Ok(file) = file_of(&behind.handle).await else { return Ok(None) };
    if behind.stamp == Some(stamp_of(&file)) {
        return Ok(None);
    }
    // Another time alone is no change: a synchronised folder touches files.
    let read = read_all(vec![file]).await?;
    Ok(read.into_iter().next().filter(|file| behind.print != Some(print_of(file))))
}

fn stamp_of(file: &File) -> (f64, f64) {
    (file.last_modified(), file.size())
}

fn print_of(file: &ReadFile) -> u64 {
    fingerprint(&file.bytes)
}

/// FNV-1a: only to see that a content is another one.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |print, byte| (print ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Calls `work` with the handles of files that the system opens with the installed app, now and later.
pub fn on_launch(mut work: impl FnMut(Array) + 'static) {
    let Some(queue) = window().and_then(|window| Reflect::get(&window, &"launchQueue".into()).ok()) else { return };
    let Some(consume) = Reflect::get(&queue, &"setConsumer".into()).ok().and_then(|f| f.dyn_into::<Function>().ok())
    else {
        return;
    };
    let consumer = Closure::<dyn FnMut(JsValue)>::new(move |launch: JsValue| {
        let files = Reflect::get(&launch, &"files".into()).ok().and_then(|files| files.dyn_into::<Array>().ok());
        if let Some(files) = files.filter(|files| files.length() > 0) {
            work(files);
        }
    });
    let _refused = consume.call1(&queue, consumer.as_ref());
    consumer.forget();
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
