//! `cargo xtask corpus FOLDER…`: every real map and graph under a folder, opened, edited, saved, read again.

use super::Command;
use crate::args::Args;
use crate::process::{self, cargo};
use crate::report::{Failure, Outcome};

pub const COMMAND: Command = Command {
    name: "corpus",
    summary: "Open every map under a folder; print what became of each as a table.",
    options: "  FOLDER…     folders with .owm, .wm, .mmd, .map.json and .nodes.csv files, searched to the bottom\n\
              \x20 --quick     compile without optimisation: sooner there, with times that say little\n",
    run,
};

fn run(mut args: Args) -> Outcome {
    let quick = args.flag("--quick");
    let folders = args.rest()?;
    if folders.is_empty() {
        return Err(Failure::new("a folder with maps is needed.").advise("For example: cargo xtask corpus maps/"));
    }
    let mut command = cargo("run");
    command.args(["--quiet", "--example", "corpus"]);
    if !quick {
        command.args(["--profile", "bench"]);
    }
    // The example runs in the workspace's folder; the names are those of the person's own.
    let here = std::env::current_dir().map_err(|error| Failure::new(format!("where are we? {error}")))?;
    command.arg("--").args(folders.iter().map(|folder| here.join(folder)));
    process::visible(&mut command)
}
