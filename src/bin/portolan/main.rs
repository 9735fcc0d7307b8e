//! The command line: the same core without a browser, for maps that are kept as code.
//!
//! Reads files and the arguments, prints, and sets the exit code; knows nothing of how things are done.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

mod commands;
mod files;
mod png;
mod risk;
mod words;

use std::process::ExitCode;

/// How a run ended.
pub(crate) enum Outcome {
    /// All is well: exit code 0.
    Fine,
    /// It was done, but there is something to look at: exit code 1.
    Findings,
}

/// Why a command could not be done: exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The words make no command.
    #[error("{0}\nTry: portolan help")]
    Usage(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file could not be understood.
    #[error("{0}")]
    Format(String),
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match commands::run(&words) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("portolan: {failure}");
            ExitCode::from(2)
        }
    }
}
