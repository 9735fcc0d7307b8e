//! A browser of the Chromium family for the browser tests.

use std::path::PathBuf;
use std::process::Command;

use super::packages::{self, Package};
use crate::places;
use crate::process;
use crate::report::{note, step, Failure, Outcome};

const PACKAGE: Package = Package {
    title: "Chromium",
    apt: &["chromium"],
    dnf: &["chromium"],
    pacman: &["chromium"],
    apk: &["chromium"],
    brew: &["--cask", "chromium"],
};

const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
];

const FIXED_PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// Finds a browser without setting anything up. `CHROMIUM` names one.
pub fn find() -> Option<PathBuf> {
    places::program("CHROMIUM", NAMES, FIXED_PLACES)
}

/// Finds a browser, or installs one: the system's Chromium, else the one that the browser
/// driver's makers offer. Needs Node.js and the packages of `tests/browser`.
pub fn ensure(node: &std::path::Path) -> Outcome<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if let Err(failure) = packages::install(&PACKAGE) {
        note(failure);
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    if let Some(found) = driver_makers_own(node) {
        return Ok(found);
    }
    Err(Failure::new("the browser tests need Chromium, Chrome or Edge, and none could be had on this machine.")
        .advise("Install one, or name one with CHROMIUM=/path/to/it, and run the command again.")
        .advise("All other tests run without: cargo xtask test --skip browser"))
}

fn driver_makers_own(node: &std::path::Path) -> Option<PathBuf> {
    let folder = places::browser_tests();
    let program = folder.join("node_modules/playwright-core/cli.js");
    let installed = step("Fetch the browser that the driver's makers offer", || {
        process::quiet(
            Command::new(node).current_dir(&folder).arg(program).args(["install", "chromium"]),
            "the download",
        )
    });
    if let Err(failure) = installed {
        note(failure);
        return None;
    }
    let ask = "process.stdout.write(require('playwright-core').chromium.executablePath())";
    let path = process::first_line(Command::new(node).current_dir(&folder).args(["-e", ask]))?;
    Some(PathBuf::from(path)).filter(|it| it.is_file())
}
