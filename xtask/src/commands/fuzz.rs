//! `cargo xtask fuzz [READER…]`: every reader with damaged and made-up inputs, a stated number of them.

use super::Command;
use crate::args::Args;
use crate::places;
use crate::process::{self, cargo};
use crate::report::{Failure, Outcome};

pub const COMMAND: Command = Command {
    name: "fuzz",
    summary: "Try the readers with damaged and made-up inputs; say how many, how slow, what failed.",
    options: "  READER…        json, owm, mermaid, csv, svg, png, html, link, endoflife, open, paste, cells, app (default all)\n\
              \x20 --runs N       inputs for each reader (default 100000)\n\
              \x20 --seed S       another seed, other inputs (default 1)\n\
              \x20 --from I       begin with the input of this number: what a failure says to try again\n\
              \x20 --file FILE    try this file instead of made-up inputs\n\
              \x20 --corpus DIR   a folder with more files to begin with (default: PORTOLAN_CORPUS when set)\n\n\
              Inputs come from the project's own files by a seeded generator, so each can be made again from its number.\n\
              Compiled with optimisation and with every check of overflow and every assertion; a panic, a wrong answer,\n\
              something lost without a word, 20 seconds for one input, or a stack of more than 1 MB is a failure. What\n\
              failed is written under target/fuzz-failures.\n",
    run,
};

fn run(mut args: Args) -> Outcome {
    let folder = places::target().join("fuzz-failures");
    let mut options = Vec::new();
    for name in ["--runs", "--seed", "--from"] {
        if let Some(number) = args.number::<u64>(name)? {
            options.extend([name.to_owned(), number.to_string()]);
        }
    }
    // The example runs in the workspace's folder; the names are those of the person's own.
    let here = std::env::current_dir().map_err(|error| Failure::new(format!("where are we? {error}")))?;
    for name in ["--file", "--corpus"] {
        if let Some(path) = args.value(name)? {
            options.extend([name.to_owned(), here.join(path).display().to_string()]);
        }
    }
    let readers = args.rest()?;
    let mut command = cargo("run");
    command.args(["--quiet", "--example", "fuzz", "--profile", "fuzz", "--"]);
    command.arg("--folder").arg(&folder).args(&options).args(&readers);
    process::visible(&mut command).map_err(|failure| {
        failure.advise(format!(
            "If there is no word about an input above, the program itself was ended (a stack that overflowed, or no memory):\n\
             \x20 the number of the last input of each reader is in {}.",
            folder.display()
        ))
    })
}
