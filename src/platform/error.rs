//! What the browser may refuse, as values. Knows no browser type beyond the reason's text.

use wasm_bindgen::{JsCast, JsValue};

/// Why the browser did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlatformError {
    /// The browser has no room left for this page.
    #[error("this browser has no room left for the page")]
    Quota,
    /// Storage, files or the clipboard are switched off here, by the user or by policy.
    #[error("this browser does not allow it here")]
    Blocked,
    /// The browser does not have the service at all.
    #[error("this browser cannot do that")]
    Missing,
    /// The user closed the picker. Not an error to show.
    #[error("cancelled")]
    Cancelled,
    /// Larger than what the app takes.
    #[error("the file has {megabytes} MB; the app opens files of up to {limit} MB")]
    TooLarge {
        /// Its size.
        megabytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A picture with more pixels than the browser has room for.
    #[error("it has no room for so many pixels")]
    TooManyPixels,
    /// Anything else, in the browser's words.
    #[error("{0}")]
    Other(String),
}

impl From<JsValue> for PlatformError {
    fn from(value: JsValue) -> Self {
        let (name, message) = if let Some(exception) = value.dyn_ref::<web_sys::DomException>() {
            (exception.name(), exception.message())
        } else if let Some(error) = value.dyn_ref::<js_sys::Error>() {
            (String::from(error.name()), String::from(error.message()))
        } else {
            (String::new(), value.as_string().unwrap_or_else(|| "unknown reason".to_owned()))
        };
        match name.as_str() {
            "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => Self::Quota,
            "SecurityError" | "NotAllowedError" | "InvalidStateError" | "UnknownError" => Self::Blocked,
            "NotFoundError" | "NotSupportedError" => Self::Missing,
            "AbortError" => Self::Cancelled,
            _ => Self::Other(if message.is_empty() { name } else { message }),
        }
    }
}
