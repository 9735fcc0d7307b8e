//! `cargo xtask profile`: where the time of opening a map and the bytes of the module go, by
//! function.

use std::process::Command as Process;

use super::Command;
use crate::args::Args;
use crate::places;
use crate::process;
use crate::report::Outcome;
use crate::tools::{chromium, node};
use crate::web;

pub const COMMAND: Command = Command {
    name: "profile",
    summary: "Show which functions take the time of opening a map, or the bytes of the module.",
    options: "  --n N       a map of N components (default 2000)\n\
              \x20 --gesture   also pan, zoom and drag it\n\
              \x20 --bytes     the module's bytes instead\n",
    run,
};

fn run(mut args: Args) -> Outcome {
    let bytes = args.flag("--bytes");
    let gesture = args.flag("--gesture");
    let n = args.number::<u32>("--n")?.unwrap_or(2000);
    args.finish()?;
    let node = node::ensure()?;
    let site = web::build(web::Options { release: true, names: true })?;
    let mut command = Process::new(&node);
    command.current_dir(places::root()).env("PORTOLAN_SITE", site);
    let scripts = places::browser_tests().join("bench");
    if bytes {
        command.arg(scripts.join("bytes.mjs"));
    } else {
        node::ensure_packages()?;
        command.env("CHROMIUM", chromium::ensure(&node)?);
        command.arg(scripts.join("profile.mjs")).arg(n.to_string());
        if gesture {
            command.arg("--gesture");
        }
    }
    process::visible(&mut command)
}
