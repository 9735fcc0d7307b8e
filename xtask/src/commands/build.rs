//! `cargo xtask build`: the site, without serving it.

use super::Command;
use crate::args::Args;
use crate::report::Outcome;
use crate::web;

pub const COMMAND: Command = Command {
    name: "build",
    summary: "Build the site into the target folder.",
    options: "  --debug   without optimisation: quicker to compile, slower to run\n",
    run,
};

fn run(mut args: Args) -> Outcome {
    let release = !args.flag("--debug");
    args.finish()?;
    let site = web::build(web::Options { release, names: false })?;
    println!("The site is in {}", site.display());
    Ok(())
}
