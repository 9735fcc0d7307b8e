//! The commands, one file each. To add one: a file with `COMMAND`, its `mod` line and its place
//! in [`ALL`].

mod bench;
mod build;
mod check_trunk;
mod corpus;
mod dist;
mod fuzz;
mod help;
mod profile;
mod serve;
mod setup;
mod test;
mod trunk_hook;

use crate::args::Args;
use crate::report::Outcome;

pub struct Command {
    pub name: &'static str,
    /// One line for the overview.
    pub summary: &'static str,
    /// Its options, a line each; empty when it has none.
    pub options: &'static str,
    pub run: fn(Args) -> Outcome,
}

/// In the order of the overview.
pub const ALL: &[Command] = &[
    serve::COMMAND,
    test::COMMAND,
    build::COMMAND,
    dist::COMMAND,
    bench::COMMAND,
    corpus::COMMAND,
    fuzz::COMMAND,
    profile::COMMAND,
    setup::COMMAND,
    check_trunk::COMMAND,
    trunk_hook::COMMAND,
    help::COMMAND,
];

impl Command {
    pub fn help(&self) -> String {
        let mut text = format!("cargo xtask {}\n  {}\n", self.name, self.summary);
        if !self.options.is_empty() {
            text.push('\n');
            text.push_str(self.options);
        }
        text
    }
}

pub fn overview() -> String {
    let mut text = String::from("cargo xtask <command>\n\n");
    for command in ALL {
        text.push_str(&format!("  {:<12} {}\n", command.name, command.summary));
    }
    text.push_str("\n`cargo xtask <command> --help` shows the options of one.\n");
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_unique_and_listed() {
        let text = super::overview();
        for (at, command) in super::ALL.iter().enumerate() {
            assert!(super::ALL.iter().skip(at + 1).all(|it| it.name != command.name), "{} twice", command.name);
            assert!(text.contains(command.name) && command.help().contains(command.summary));
        }
    }
}
