//! `cargo xtask setup`: everything that the other commands would set up when they need it.

use super::Command;
use crate::args::Args;
use crate::places;
use crate::report::{note, Outcome};
use crate::tools::{chromium, firefox, node, rust, wasm_opt};
use crate::web;

pub const COMMAND: Command = Command {
    name: "setup",
    summary: "Set up what the other commands need, now rather than when they need it.",
    options: "  --web   only what building the app needs, nothing for the browser tests\n",
    run,
};

fn run(mut args: Args) -> Outcome {
    let web_only = args.flag("--web");
    args.finish()?;
    rust::ensure_wasm_target()?;
    note(format!("Rust builds for {}.", rust::WASM));
    let generator = web::script_generator()?;
    note(format!("The script generator is {}", generator.display()));
    if places::on_path("wasm-opt").is_none() {
        // The app only gets a little larger without it.
        if let Err(failure) = wasm_opt::install() {
            note(failure);
        }
    }
    match wasm_opt::find() {
        Ok(tool) => note(format!("{} makes the shipped module smaller.", tool.version)),
        Err(why_not) => note(format!("{why_not} Builds work without; the module is a few per cent larger.")),
    }
    if !web_only {
        let node = node::ensure()?;
        note(format!("Node.js is {}", node.display()));
        node::ensure_packages()?;
        let browser = chromium::ensure(&node)?;
        note(format!("The browser for the tests is {}", browser.display()));
        match firefox::ensure() {
            Ok(browser) => note(format!("The app as one page is tried in {} too", browser.display())),
            Err(failure) => note(failure),
        }
    }
    println!("\nAll set up.");
    Ok(())
}
