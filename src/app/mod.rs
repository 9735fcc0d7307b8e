//! The application without a browser: one owner of all state, intents in, effects out.
//!
//! Knows every pure layer; knows no browser, clock or randomness. The shell feeds [`App::update`] with intents,
//! carries out the effects it returns, and looks at [`App::take_changes`] to see what to draw anew.

pub mod action;
pub mod effect;
pub mod intent;
pub mod state;
