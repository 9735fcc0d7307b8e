//! The browser's view of the app: a frame of panels drawn by Yew around a map drawn on canvases.
//!
//! Holds no truth: a component may hold a draft text, a scroll position and a measured size, nothing else.
//! Everything a person does leaves as an [`crate::app::intent::Intent`].

mod app;
mod compare;
mod dependencies;
mod dialog;
mod field;
mod first;
mod frame;
mod icon;
mod list;
mod map_view;
mod mark;
mod page;
mod panel;
mod ptr;
mod risk;
mod table;
mod text;
mod tooltip;

/// Starts the app in the page.
pub fn start() {
    // Before the renderer is made, which would put in a hook of its own.
    yew::set_custom_panic_hook(Box::new(crate::platform::crash::on_panic));
    if let Some(root) = crate::platform::dom::by_id("app-root") {
        crate::platform::single::take_page_down();
        tooltip::install();
        yew::Renderer::<app::Root>::with_root(root.into()).render();
    }
}
