//! Node.js, which runs the browser tests, and the two packages that they use.

use std::path::PathBuf;
use std::process::Command;

use super::packages::{self, Package};
use crate::places;
use crate::process;
use crate::report::{note, step, Context, Failure, Outcome};

/// The oldest version that has the test runner's options in use here and that the browser
/// driver supports.
const OLDEST: (u32, u32) = (18, 19);

const PACKAGE: Package = Package {
    title: "Node.js with npm",
    apt: &["nodejs", "npm"],
    dnf: &["nodejs", "npm"],
    pacman: &["nodejs", "npm"],
    apk: &["nodejs", "npm"],
    brew: &["node"],
};

/// Finds Node.js without setting anything up.
pub fn find() -> Option<PathBuf> {
    let node = places::on_path("node").or_else(|| places::on_path("nodejs"))?;
    let version = process::first_line(Command::new(&node).arg("--version"))?;
    (parse(&version)? >= OLDEST).then_some(node)
}

/// Finds Node.js and npm, or installs them.
pub fn ensure() -> Outcome<PathBuf> {
    if find().is_none() || places::on_path("npm").is_none() {
        packages::install(&PACKAGE)?;
    }
    let (major, minor) = OLDEST;
    match (find(), places::on_path("npm")) {
        (Some(node), Some(_)) => Ok(node),
        _ => Err(Failure::new(format!("the browser tests need Node.js {major}.{minor} or later with npm, and this system's packages do not have it."))
            .advise("Install a current Node.js (nodejs.org has it for every system) and run the command again.")),
    }
}

/// Installs the packages of `tests/browser` as its lock file says.
pub fn ensure_packages() -> Outcome {
    let folder = places::browser_tests();
    let lock =
        std::fs::read(folder.join("package-lock.json")).doing(|| "read tests/browser/package-lock.json".into())?;
    let stamp = folder.join("node_modules").join(".installed-lock.json");
    if std::fs::read(&stamp).is_ok_and(|it| it == lock) {
        return Ok(());
    }
    let npm = places::on_path("npm")
        .ok_or_else(|| Failure::new("npm is not on this machine.").advise("It comes with Node.js."))?;
    step("Install the browser driver and the accessibility checker (npm ci in tests/browser)", || {
        process::quiet(
            Command::new(npm).current_dir(&folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
            "npm",
        )
    })
    .map_err(|failure| {
        failure.advise("npm needs its registry once; behind a proxy, set it up with `npm config set proxy`.")
    })?;
    if let Err(error) = std::fs::write(&stamp, lock) {
        note(format!("could not note that the packages are installed: {error}"));
    }
    Ok(())
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions_compare_as_numbers() {
        assert!(super::parse("v20.3.0") > super::parse("v18.19.1"));
        assert!(super::parse("v9.11.2") < super::parse("v18.19.1"));
        assert_eq!(super::parse("unknown"), None);
    }
}
