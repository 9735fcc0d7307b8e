//! What can be done with a document: commands, the plan that turns them into patches, and the history.
//!
//! Knows no pointer and no panel. Nothing outside this folder makes a [`crate::model::Patch`], except loading.

mod command;
mod error;
mod history;
mod place;
mod plan;

pub use command::*;
pub use error::CommandError;
pub use history::{GestureId, History, Step};
pub use place::{align, distribute, free_place_near, Alignment, Direction};
pub use plan::{part_of, plan, Planned, Positions};

#[cfg(test)]
mod tests;
