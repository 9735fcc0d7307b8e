//! Developer commands: `cargo xtask <command>`.
//!
//! Sets up what is missing, builds the page, serves, tests, measures and packs it. One file
//! per command in `commands/`; adding one is a file and a line in `commands::ALL`. Nothing
//! here is part of the app, and nothing here may be needed to compile the app.

mod args;
mod commands;
mod lockfile;
mod places;
mod process;
mod report;
mod server;
mod tools;
mod web;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_else(|| "help".to_owned());
    let name = if matches!(name.as_str(), "-h" | "--help") { "help".to_owned() } else { name };
    let rest: Vec<String> = words.collect();

    let Some(command) = commands::ALL.iter().find(|it| it.name == name) else {
        eprintln!("There is no command `{name}`.\n");
        eprint!("{}", commands::overview());
        return ExitCode::from(2);
    };
    if rest.iter().any(|it| it == "--help" || it == "-h") {
        print!("{}", command.help());
        return ExitCode::SUCCESS;
    }
    match (command.run)(args::Args::new(rest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
