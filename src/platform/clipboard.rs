//! The clipboard, as text.

use wasm_bindgen_futures::JsFuture;

use crate::platform::dom::window;
use crate::platform::PlatformError;

fn clipboard() -> Result<web_sys::Clipboard, PlatformError> {
    let navigator = window().ok_or(PlatformError::Missing)?.navigator();
    // Pages that are not served securely have none, whatever the types say.
    let value = js_sys::Reflect::get(&navigator, &"clipboard".into())?;
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
