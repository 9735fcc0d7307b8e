//! Programs and packages that the commands need: found, or set up through the system's own
//! means, or refused with a sentence that says what the person can do.

pub mod chromium;
pub mod firefox;
pub mod node;
pub mod packages;
pub mod rust;
pub mod wasm_opt;
