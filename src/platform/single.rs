//! The app as one page: the map inside it, and the page itself to put maps into.
//!
//! The build makes the page and its frame (`xtask/src/web/single.rs`); `format::html` puts maps in. A page in which the
//! app runs is made anew from its frame and its parts, because the running app has changed it; a hosted app fetches the
//! page from beside itself.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::app::intent::ReadFile;
use crate::platform::dom::{document, window};
use crate::platform::PlatformError;

/// Where a hosted app finds the page.
const BESIDE: &str = "./portolan.html";
/// What the page is made of, with the elements that hold it.
const PARTS: [(&str, &str); 4] = [
    ("<!--part:style-->", "portolan-style"),
    ("<!--part:module-->", "portolan-module"),
    ("<!--part:frame-->", "portolan-frame"),
    ("<!--part:script-->", "portolan-script"),
];

fn text_of(id: &str) -> Option<String> {
    document()?.get_element_by_id(id)?.text_content()
}

/// The map inside the page, when there is one.
pub fn map_inside() -> Option<ReadFile> {
    let bytes = text_of("portolan-map")?.into_bytes();
    let path = window()?.location().pathname().ok()?;
    let last = path.rsplit('/').next().unwrap_or_default();
    let name = js_sys::decode_uri_component(last).map_or_else(|_| last.to_owned(), String::from);
    let name = if name.to_ascii_lowercase().ends_with(".html") { name } else { "map.html".to_owned() };
    Some(ReadFile { name, bytes })
}

/// Takes away what is read while no script runs.
pub fn take_page_down() {
    if let Some(page) = document().and_then(|document| document.get_element_by_id("handout")) {
        page.remove();
    }
}

/// The page without a map.
///
/// # Errors
/// When it is not beside a hosted app, or cannot be fetched.
pub async fn page() -> Result<String, PlatformError> {
    match text_of("portolan-frame") {
        Some(frame) => made_anew(&frame).ok_or(PlatformError::Missing),
        None => fetched().await,
    }
}

fn made_anew(frame: &str) -> Option<String> {
    let bytes: Vec<u8> = window()?.atob(frame).ok()?.chars().map(|c| c as u8).collect();
    let mut page = String::from_utf8(bytes).ok()?;
    for (mark, id) in PARTS {
        let (before, after) = page.split_once(mark)?;
        page = [before, &text_of(id)?, after].concat();
    }
    Some(page)
}

async fn fetched() -> Result<String, PlatformError> {
    let window = window().ok_or(PlatformError::Missing)?;
    let response: Response =
        JsFuture::from(window.fetch_with_str(BESIDE)).await?.dyn_into().map_err(|_other| PlatformError::Missing)?;
    if !response.ok() {
        return Err(PlatformError::Missing);
    }
    JsFuture::from(response.text()?).await?.as_string().ok_or(PlatformError::Missing)
}
