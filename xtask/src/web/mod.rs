//! The web build: compile, generate the script, shrink, assemble the page. The result is a
//! folder with relative names only, so it works on any host and in any sub-folder.

mod digest;
mod fingerprint;
pub mod offline;
mod page;
mod single;
mod tags;

pub use single::NAME as ONE_PAGE;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Instant;

use crate::lockfile;
use crate::places;
use crate::process::{self, cargo};
use crate::report::{kilobytes, note, seconds, step, Context, Failure, Outcome};
use crate::tools::{rust, wasm_opt};

/// How to build.
#[derive(Clone, Copy)]
pub struct Options {
    /// With optimisation, as shipped; else quick to compile and with names in stack traces.
    pub release: bool,
    /// With the functions' names in the module: for measuring where time and bytes go.
    pub names: bool,
}

impl Options {
    fn profile(self) -> &'static str {
        if self.release {
            "release"
        } else {
            "web-debug"
        }
    }
}

/// Builds the site and returns its folder.
pub fn build(options: Options) -> Outcome<PathBuf> {
    rust::ensure_wasm_target()?;
    check_versions()?;
    let folder = places::web(options.profile());
    let glue = compile(options)?;
    let wasm = places::target().join(rust::WASM).join(options.profile()).join("app.wasm");

    let bindgen = folder.join("bindgen");
    step("Generate the script that starts the app", || {
        remove_folder(&bindgen)?;
        let mut command = Command::new(&glue);
        command.args(["--target", "web", "--no-typescript", "--out-name", "app", "--out-dir"]).arg(&bindgen).arg(&wasm);
        if options.names || !options.release {
            command.arg("--keep-debug");
        }
        process::quiet(&mut command, "the script generator")
    })?;

    let raw = bindgen.join("app_bg.wasm");
    let shipped = if options.release && !options.names { shrink(&raw)? } else { raw };
    let read = |path: &Path| std::fs::read(path).doing(|| format!("read {}", path.display()));
    let (script, wasm) = (read(&bindgen.join("app.js"))?, read(&shipped)?);
    let snippets = Some(bindgen.join("snippets")).filter(|it| it.is_dir());

    let site = folder.join(if options.names { "site-with-names" } else { "site" });
    let staging = site.with_extension("new");
    remove_folder(&staging)?;
    std::fs::create_dir_all(&staging).doing(|| format!("make the folder {}", staging.display()))?;
    page::write(&places::root(), &page::App { script: &script, wasm: &wasm, snippets: snippets.as_deref() }, &staging)?;
    finish(&staging, &glue, options.release)?;
    remove_folder(&site)?;
    std::fs::rename(&staging, &site).doing(|| format!("put the site in place at {}", site.display()))?;
    Ok(site)
}

/// What a site has besides its page and the files that page names, whoever built it: the app as one page, and the
/// service worker that keeps it all. `small` takes its time for a smaller page.
pub fn finish(site: &Path, glue: &Path, small: bool) -> Outcome {
    step("Make the app as one page", || single::write(site, glue, small))?;
    offline::write(site)
}

/// Compiles the script generator alone, for Trunk.
pub fn script_generator() -> Outcome<PathBuf> {
    check_versions()?;
    step("Compile the script generator", || process::quiet(&mut glue_build(), "the script generator"))?;
    Ok(glue_path())
}

fn glue_build() -> Command {
    let mut command = cargo("build");
    command.args(["--quiet", "--package", "xtask", "--features", "glue", "--bin", "wasm-glue", "--profile", "xtask"]);
    command
}

fn glue_path() -> PathBuf {
    places::target().join("xtask").join(places::executable("wasm-glue"))
}

/// Compiles the app and, beside it, the script generator: the app ends in a long step for one
/// core, which leaves the other cores to the generator.
fn compile(options: Options) -> Outcome<PathBuf> {
    step(&format!("Compile the app for the browser ({} build) and the script generator", options.profile()), || {
        thread::scope(|scope| {
            let generator = scope.spawn(|| {
                let start = Instant::now();
                let output = process::quiet(&mut glue_build(), "the script generator")?;
                if start.elapsed().as_secs() > 2 {
                    note(format!("the script generator is compiled, {}", seconds(start.elapsed())));
                }
                Ok(output)
            });
            let mut command = cargo("build");
            command.args(["--target", rust::WASM, "--features", "web", "--bin", "app"]);
            command.args(["--profile", options.profile()]);
            let app = process::visible(&mut command);
            let generator = generator
                .join()
                .unwrap_or_else(|_| Err(Failure::new("the thread that compiled the script generator broke off.")));
            app.and(generator)
        })
    })?;
    Ok(glue_path())
}

fn check_versions() -> Outcome {
    let path = places::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).doing(|| format!("read {}", path.display()))?;
    let app = lockfile::versions(&lock, "wasm-bindgen");
    let generator = lockfile::versions(&lock, "wasm-bindgen-cli-support");
    if app.len() == 1 && app == generator {
        return Ok(());
    }
    Err(Failure::new(format!("the app uses wasm-bindgen {} and the script generator {}; they must be one and the same version.", app.join(", "), generator.join(", ")))
        .advise("Set both to the same version in Cargo.toml and xtask/Cargo.toml (and in xtask/glue/main.rs), then run `cargo update -p wasm-bindgen`."))
}

/// Runs `wasm-opt` where it is to be had; else says so and ships what the compiler made.
fn shrink(raw: &Path) -> Outcome<PathBuf> {
    let tool = match wasm_opt::find() {
        Ok(tool) => tool,
        Err(why_not) => {
            note(format!("{why_not} The module is shipped as the compiler made it, a few per cent larger."));
            return Ok(raw.to_path_buf());
        }
    };
    let small = raw.with_file_name("app_opt.wasm");
    let outcome = step(&format!("Shrink the module ({})", tool.version), || tool.run(raw, &small));
    if let Err(failure) = outcome {
        note(failure);
        note("The module is shipped as the compiler made it.");
        return Ok(raw.to_path_buf());
    }
    let size = |path: &Path| path.metadata().map(|it| it.len()).doing(|| format!("read {}", path.display()));
    let (before, after) = (size(raw)?, size(&small)?);
    note(format!("{} -> {}", kilobytes(before), kilobytes(after)));
    Ok(if after < before { small } else { raw.to_path_buf() })
}

pub fn remove_folder(folder: &Path) -> Outcome {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).doing(|| format!("clear {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Copies a built site over whatever was in `to`.
pub fn copy_site(site: &Path, to: &Path) -> Outcome {
    remove_folder(to)?;
    page::copy_tree(site, to)
}
