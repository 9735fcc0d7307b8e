//! The clipboard: text, and pictures with markup and text together.

use std::future::Future;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{future_to_promise, JsFuture};

use crate::app::picture::{Copied, PixelJob};
use crate::platform::dom::window;
use crate::platform::{picture, PlatformError};

fn clipboard() -> Result<web_sys::Clipboard, PlatformError> {
    let navigator = window().ok_or(PlatformError::Missing)?.navigator();
    // Pages that are not served securely have none, whatever the types say.
    let value = Reflect::get(&navigator, &"clipboard".into())?;
    if value.is_undefined() {
        return Err(PlatformError::Missing);
    }
    Ok(navigator.clipboard())
}

/// Puts text on the clipboard.
///
/// # Errors
/// When the browser has no clipboard for pages or does not allow it.
pub async fn write(text: &str) -> Result<(), PlatformError> {
    JsFuture::from(clipboard()?.write_text(text)).await?;
    Ok(())
}

/// Reads text from the clipboard.
///
/// # Errors
/// As [`write`].
pub async fn read() -> Result<String, PlatformError> {
    let value = JsFuture::from(clipboard()?.read_text()).await?;
    value.as_string().ok_or(PlatformError::Missing)
}

/// Puts a picture, markup and text on the clipboard together; where the browser takes only text, the text. The browser
/// is asked at once, while it still knows that somebody pressed a key; the picture may come later (Safari insists).
pub fn write_rich(job: Option<PixelJob>, html: &str, text: String) -> impl Future<Output = Copied> + 'static {
    let begun = begin(job, html, &text);
    async move {
        let refused = match begun {
            Ok(promise) => match JsFuture::from(promise).await {
                Ok(_) => return Copied::All,
                Err(error) => PlatformError::from(error),
            },
            Err(error) => error,
        };
        match write(&text).await {
            Ok(()) => Copied::TextOnly,
            Err(_) => Copied::Refused(refused.to_string()),
        }
    }
}

fn begin(job: Option<PixelJob>, html: &str, text: &str) -> Result<Promise, PlatformError> {
    let clipboard = clipboard()?;
    let window = window().ok_or(PlatformError::Missing)?;
    let missing = |_| PlatformError::Missing;
    let item_of: Function = Reflect::get(&window, &"ClipboardItem".into())?.dyn_into().map_err(missing)?;
    let forms = Object::new();
    for (media_type, content) in [("text/plain", text), ("text/html", html)] {
        let blob = picture::blob(content.as_bytes(), media_type)?;
        Reflect::set(&forms, &media_type.into(), &Promise::resolve(&blob))?;
    }
    if let Some(job) = job {
        let pixels = future_to_promise(async move {
            let bytes = picture::draw(job).await.map_err(|error| JsValue::from(error.to_string()))?;
            let blob = picture::blob(&bytes, "image/png").map_err(|error| JsValue::from(error.to_string()))?;
            Ok(blob.into())
        });
        Reflect::set(&forms, &"image/png".into(), &pixels)?;
    }
    let item = Reflect::construct(&item_of, &Array::of1(&forms))?;
    let write: Function = Reflect::get(&clipboard, &"write".into())?.dyn_into().map_err(missing)?;
    write.call1(&clipboard, &Array::of1(&item))?.dyn_into().map_err(missing)
}
