//! The browser's services: files, storage, clipboard, time, look, input. Carries out the app's effects.
//!
//! Knows the app's intents and effects; knows no view. The only module that awaits.

pub mod address;
pub mod announce;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod dom;
mod error;
pub mod file;
pub mod held;
pub mod input;
pub mod leave;
pub mod media;
pub mod observe;
pub mod picture;
pub mod prefs;
mod shell;
pub mod single;
pub mod storage;
mod tabs;
pub mod update;

pub use error::PlatformError;
pub use shell::Shell;

/// Id of the element that shows the map and takes its keys.
pub const MAP_ID: &str = "map";
/// Id of the field over the map in which names are typed.
pub const NAME_FIELD_ID: &str = "map-editor";
/// Id of the field with the text.
pub const TEXT_ID: &str = "text-source";
