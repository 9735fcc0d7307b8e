//! `wasm-opt` from Binaryen: makes the shipped module smaller. Welcome, never required.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::packages::{self, Package};
use crate::places;
use crate::process;
use crate::report::Outcome;

const PACKAGE: Package = Package {
    title: "wasm-opt",
    apt: &["binaryen"],
    dnf: &["binaryen"],
    pacman: &["binaryen"],
    apk: &["binaryen"],
    brew: &["binaryen"],
};

/// What the compiler may use in a module by default since Rust 1.87; older versions of
/// `wasm-opt` do not read that from the module.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Versions before this one do not know `table.fill`, which the script generator uses.
const OLDEST: u32 = 112;

pub struct WasmOpt {
    program: PathBuf,
    /// Such as `wasm-opt version 120`.
    pub version: String,
}

/// The program on PATH, or why it is not used, as a sentence.
pub fn find() -> Result<WasmOpt, String> {
    let missing = || "wasm-opt is not on this machine.".to_owned();
    let program = places::on_path("wasm-opt").ok_or_else(missing)?;
    let version = process::first_line(Command::new(&program).arg("--version")).ok_or_else(missing)?;
    let number = version.split_whitespace().find_map(|it| it.parse::<u32>().ok());
    if number.is_some_and(|it| it < OLDEST) {
        return Err(format!("{version} is too old for today's modules ({OLDEST} or later is needed)."));
    }
    Ok(WasmOpt { program, version })
}

/// Installs it through the system's package manager.
pub fn install() -> Outcome {
    packages::install(&PACKAGE)
}

impl WasmOpt {
    /// Optimises for size.
    pub fn run(&self, input: &Path, output: &Path) -> Outcome {
        process::quiet(
            Command::new(&self.program).arg("-Oz").args(FEATURES).arg(input).arg("-o").arg(output),
            "wasm-opt",
        )
        .map(drop)
    }
}
