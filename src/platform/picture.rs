//! Pixels of a picture: the browser draws the SVG on a canvas of the wanted size and packs it as PNG.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use crate::app::picture::{finished, PixelJob};
use crate::platform::dom::document;
use crate::platform::PlatformError;

/// An address of bytes in this page; given back when dropped.
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// The address of an SVG.
    ///
    /// # Errors
    /// When the browser cannot make one.
    pub fn of_svg(svg: &str) -> Result<Self, PlatformError> {
        Ok(Self(Url::create_object_url_with_blob(&blob(svg.as_bytes(), "image/svg+xml")?)?))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        let _gone = Url::revoke_object_url(&self.0);
    }
}

/// Bytes for the browser.
pub(super) fn blob(bytes: &[u8], media_type: &str) -> Result<Blob, PlatformError> {
    let properties = BlobPropertyBag::new();
    properties.set_type(media_type);
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    Ok(Blob::new_with_u8_array_sequence_and_options(&parts, &properties)?)
}

/// The picture as PNG, with the map inside when there is one to go inside.
///
/// # Errors
/// When the browser cannot draw it, as with more pixels than it has room for.
pub async fn draw(job: PixelJob) -> Result<Vec<u8>, PlatformError> {
    let page = document().ok_or(PlatformError::Missing)?;
    let address = ObjectUrl::of_svg(&job.svg)?;
    let image = HtmlImageElement::new()?;
    image.set_src(address.as_str());
    JsFuture::from(image.decode()).await?;
    let missing = |_| PlatformError::Missing;
    let canvas: HtmlCanvasElement = page.create_element("canvas")?.dyn_into().map_err(missing)?;
    canvas.set_width(job.width);
    canvas.set_height(job.height);
    let context = canvas.get_context("2d")?.ok_or(PlatformError::Missing)?;
    let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_no_context| PlatformError::Missing)?;
    let (width, height) = (f64::from(job.width), f64::from(job.height));
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let promise = Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ignored = resolve.call1(&JsValue::NULL, &blob);
        });
        if let Err(error) = canvas.to_blob(done.unchecked_ref()) {
            let _ignored = reject.call1(&JsValue::NULL, &error);
        }
    });
    // Nothing comes when there was no room.
    let packed: Blob = JsFuture::from(promise).await?.dyn_into().map_err(|_null| PlatformError::TooManyPixels)?;
    // Safari keeps the memory of a canvas that is too large to be kept.
    canvas.set_width(0);
    let buffer = JsFuture::from(packed.array_buffer()).await?;
    Ok(finished(Uint8Array::new(&buffer).to_vec(), job.map.as_deref()))
}
