//! Portolan's core: Wardley maps and IT estates as data, and everything that can be computed from them.
//!
//! Modules in reading order; each may use only those listed before it (`tests/tidy.rs` checks this).
//! Nothing here but [`platform`] and [`ui`] knows a browser, a clock, a file system or randomness:
//! times, ids' seeds and file contents come in as arguments, and what should happen outside leaves as data.

// Layer 0: vocabulary.
pub mod date;
pub mod diag;
pub mod geom;
pub mod id;
pub mod known;
pub mod order;

// Layer 1: the document.
pub mod model;

// Layer 2: what can be done with a document.
pub mod analysis;
pub mod edit;
pub mod format;

// Still layer 2: two documents against each other.
pub mod compare;

// Layer 3: how a document looks.
pub mod layout;
pub mod render;
pub mod scene;

// Layer 4: the application, still without a browser.
pub mod app;

// Layer 5 and 6: the browser.
#[cfg(feature = "web")]
pub mod platform;
#[cfg(feature = "web")]
pub mod ui;
