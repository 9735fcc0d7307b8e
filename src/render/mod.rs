//! Pictures of a scene in other formats.
//!
//! Knows scenes and themes; knows no document and no browser.

pub mod chart;
pub mod svg;
pub mod xml;
