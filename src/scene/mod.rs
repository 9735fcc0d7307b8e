//! How a document looks: the display list and everything that leads to it.
//!
//! Knows the document and its analysis; knows no canvas, no SVG and no browser. Text widths come in through a trait.

pub mod display;
mod facts;
mod grid;
pub mod measure;
pub mod metrics;
pub mod style;
pub mod wrap;

pub use facts::{RiskMark, SceneFacts, SuggestedPlace, ViewOptions};
