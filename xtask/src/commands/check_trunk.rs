//! `cargo xtask check-trunk`: the build by Trunk and ours are the same app.

use std::path::{Path, PathBuf};
use std::process::Command as Process;

use super::Command;
use crate::args::Args;
use crate::places;
use crate::process;
use crate::report::{note, step, Context, Failure, Outcome};
use crate::tools::{chromium, node};
use crate::web;

pub const COMMAND: Command = Command {
    name: "check-trunk",
    summary: "Build with Trunk too, and compare: same module, same styles, both start.",
    options: "",
    run,
};

fn run(args: Args) -> Outcome {
    args.finish()?;
    let trunk = find().ok_or_else(|| {
        Failure::new("Trunk is not on this machine, so there is nothing to compare.")
            .advise("`cargo binstall trunk` or `cargo install --locked trunk` installs it (the latter takes about ten minutes).")
    })?;
    let node = node::ensure()?;
    node::ensure_packages()?;
    let browser = chromium::ensure(&node)?;
    let ours = web::build(web::Options { release: true, names: false })?;
    compare(&trunk, &node, &browser, &ours)
}

pub fn find() -> Option<PathBuf> {
    places::on_path("trunk")
}

/// Builds with Trunk into a folder of its own and compares it with `ours`.
pub fn compare(trunk: &Path, node: &Path, browser: &Path, ours: &Path) -> Outcome {
    let theirs = places::target().join("web").join("trunk");
    step("Build with Trunk", || build(trunk, &theirs))?;
    step("Compare the two sites", || {
        process::visible(
            Process::new(node)
                .env("CHROMIUM", browser)
                .arg(places::browser_tests().join("compare-sites.mjs"))
                .arg(ours)
                .arg(&theirs),
        )
    })
}

fn build(trunk: &Path, out: &Path) -> Outcome {
    let mut command = Process::new(trunk);
    command.current_dir(places::root()).args(["build", "--release", "--dist"]).arg(out);
    // Trunk takes wasm-bindgen from PATH when it is the right version and downloads it else;
    // ours always is the right version.
    let tools = places::target().join("web").join("tools");
    std::fs::create_dir_all(&tools).doing(|| format!("make the folder {}", tools.display()))?;
    let generator = web::script_generator()?;
    let named = tools.join(places::executable("wasm-bindgen"));
    std::fs::copy(&generator, &named).doing(|| format!("write {}", named.display()))?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(tools).chain(std::env::split_paths(&path)))
        .doing(|| "put the tools on PATH".into())?;
    command.env("PATH", path).env_remove("NO_COLOR");
    note("Trunk uses our script generator as its wasm-bindgen.");
    process::quiet(&mut command, "Trunk").map(drop)
}
