//! The compiler's WebAssembly target.

use std::path::PathBuf;
use std::process::Command;

use crate::places;
use crate::process;
use crate::report::{step, Failure, Outcome};

pub const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that the compiler can build for the browser.
pub fn ensure_wasm_target() -> Outcome {
    if has_wasm_target() {
        return Ok(());
    }
    let by_hand = format!("Install Rust through rustup, then run: rustup target add {WASM}");
    let Some(rustup) = places::on_path("rustup") else {
        return Err(Failure::new(format!("this Rust cannot build for the browser yet: its target {WASM} is missing, and there is no rustup to add it."))
            .advise(by_hand)
            .advise("A Rust from the system's packages has a package of its own for it, such as libstd-rust-dev-wasm32 on Debian."));
    };
    step(&format!("Add the WebAssembly target to Rust (rustup target add {WASM})"), || {
        process::quiet(Command::new(rustup).args(["target", "add", WASM]), "rustup")
    })?;
    if has_wasm_target() {
        Ok(())
    } else {
        Err(Failure::new(format!("rustup added the target {WASM}, but the compiler in use does not have it."))
            .advise(by_hand))
    }
}

fn has_wasm_target() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = process::first_line(Command::new(rustc).current_dir(places::root()).args([
        "--print",
        "target-libdir",
        "--target",
        WASM,
    ]));
    folder.map(PathBuf::from).and_then(|it| it.read_dir().ok()).is_some_and(|mut it| it.next().is_some())
}

/// Makes sure of `clippy` or `rustfmt`, which a minimal toolchain lacks.
pub fn ensure_component(name: &str) -> Outcome {
    let has = || {
        let mut command = process::cargo(if name == "rustfmt" { "fmt" } else { name });
        command.env_remove("CI").arg("--version");
        process::first_line(&mut command).is_some()
    };
    if has() {
        return Ok(());
    }
    let Some(rustup) = places::on_path("rustup") else {
        return Err(Failure::new(format!("{name} is not on this machine, and there is no rustup to add it."))
            .advise(format!("Install the {name} that belongs to this Rust.")));
    };
    step(&format!("Add {name} to Rust (rustup component add {name})"), || {
        process::quiet(Command::new(rustup).args(["component", "add", name]), "rustup")
    })
    .map(drop)
}
