#![allow(clippy::print_stderr, reason = "tests say what they skip and print the table of the corpus")]

mod editing;
mod golden;
mod locating;
mod names;
mod reading;
pub(in crate::format) mod support;
mod tree;
mod writing;
