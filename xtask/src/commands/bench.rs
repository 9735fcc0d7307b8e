//! `cargo xtask bench`: the release build in a real browser, beside a bare reference page in
//! the same run; or the native benches.

use std::process::Command as Process;

use super::Command;
use crate::args::Args;
use crate::places;
use crate::process::{self, cargo};
use crate::report::Outcome;
use crate::tools::{chromium, firefox, node};
use crate::web;

pub const COMMAND: Command = Command {
    name: "bench",
    summary: "Measure the release build in a browser beside a bare page; --native: the core.",
    options: "  --n 100,500,…   numbers of components (default 100,500,2000,5000)\n\
              \x20 --systems 500,… numbers of systems to rank (default 500,5000,20000)\n\
              \x20 --runs N        runs of each, of which the median counts (default 3)\n\
              \x20 --only a,b      parts: size, cold, open, pan, zoom, drag, pages (the app as one page, installed),\n\
              \x20                 risk (ranks, table, dependencies; real graphs of PORTOLAN_CORPUS too)\n\
              \x20 --json FILE     also write every figure\n\
              \x20 --native        the core's benches instead (cargo bench); words after -- go to it\n",
    run,
};

fn run(mut args: Args) -> Outcome {
    let passed_on = args.passed_on();
    if args.flag("--native") {
        args.finish()?;
        return process::visible(cargo("bench").args(&passed_on));
    }
    let mut options = passed_on;
    for name in ["--n", "--systems", "--runs", "--only", "--json"] {
        if let Some(value) = args.value(name)? {
            options.extend([name.to_owned(), value]);
        }
    }
    args.finish()?;
    let node = node::ensure()?;
    node::ensure_packages()?;
    let browser = chromium::ensure(&node)?;
    let site = web::build(web::Options { release: true, names: false })?;
    let mut command = Process::new(node);
    // Without Firefox the one page is measured in Chromium alone.
    if let Some(firefox) = firefox::find() {
        command.env("FIREFOX", firefox);
    }
    process::visible(
        command
            .current_dir(places::root())
            .env("CHROMIUM", browser)
            .env("PORTOLAN_SITE", site)
            .arg(places::browser_tests().join("bench/run.mjs"))
            .args(options),
    )
}
