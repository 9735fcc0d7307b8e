//! `cargo xtask help`

use super::Command;
use crate::args::Args;
use crate::report::Outcome;

pub const COMMAND: Command = Command { name: "help", summary: "Show the commands.", options: "", run };

fn run(args: Args) -> Outcome {
    args.finish()?;
    print!("{}", super::overview());
    Ok(())
}
