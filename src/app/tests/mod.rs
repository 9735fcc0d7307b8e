//! The app driven by scripts of intents, without a browser. After every intent the document obeys its rules.

mod bindings;
mod dependencies;
mod files;
mod keyboard;
mod notation;
mod pointer;
mod ranking;
pub(crate) mod script;
mod table;
mod text;
mod tools;
