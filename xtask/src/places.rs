//! Where things lie: the workspace, its target folder and what the commands put there.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;

/// The folder with the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    // Cargo sets it at run time too; the compiled-in one would be stale after a move.
    let own =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    own.parent().map_or(own.clone(), Path::to_path_buf)
}

/// Cargo's target folder, wherever the person keeps it: this program lies in it.
pub fn target() -> PathBuf {
    let exe = std::env::current_exe().ok();
    match exe.as_deref().and_then(Path::parent).and_then(Path::parent) {
        Some(folder) => folder.to_path_buf(),
        None => root().join("target"),
    }
}

/// Working files of the web builds.
pub fn web(profile: &str) -> PathBuf {
    target().join("web").join(profile)
}

/// Where the browser tests live.
pub fn browser_tests() -> PathBuf {
    root().join("tests").join("browser")
}

/// The program's name on this system.
pub fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

/// Finds a program on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    // npm and its like are scripts on Windows.
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    std::env::split_paths(&path)
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
        .find(|it| is_program(it))
}

/// Finds a program that works: the one a variable names, else the first of the names on PATH that says its version, else
/// the first of the places where installers put it.
pub fn program(variable: &str, names: &[&str], fixed: &[&str]) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(variable).filter(|it| !it.is_empty()) {
        return Some(PathBuf::from(named));
    }
    names
        .iter()
        .filter_map(|name| on_path(name))
        // Some systems have a placeholder that only says how to install it.
        .find(|it| process::first_line(Command::new(it).arg("--version")).is_some())
        .or_else(|| fixed.iter().map(PathBuf::from).find(|it| it.is_file()))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
