//! Firefox for the browser tests of the app as one page. Any Firefox will do; the tests speak WebDriver BiDi to it.

use std::path::PathBuf;
use std::process::Command;

use super::packages::{self, Package};
use crate::places;
use crate::process;
use crate::report::{note, Failure, Outcome};

const PACKAGE: Package = Package {
    title: "Firefox",
    apt: &["firefox-esr"],
    dnf: &["firefox"],
    pacman: &["firefox"],
    apk: &["firefox"],
    brew: &["--cask", "firefox"],
};

const NAMES: &[&str] = &["firefox-esr", "firefox"];

const FIXED_PLACES: &[&str] =
    &["/Applications/Firefox.app/Contents/MacOS/firefox", r"C:\Program Files\Mozilla Firefox\firefox.exe"];

/// Finds Firefox without setting anything up. `FIREFOX` names one.
pub fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("FIREFOX").filter(|it| !it.is_empty()) {
        return Some(PathBuf::from(named));
    }
    NAMES
        .iter()
        .filter_map(|name| places::on_path(name))
        // Some systems have a placeholder that only says how to install it.
        .find(|it| process::first_line(Command::new(it).arg("--version")).is_some())
        .or_else(|| FIXED_PLACES.iter().map(PathBuf::from).find(|it| it.is_file()))
}

/// Finds Firefox, or installs it.
pub fn ensure() -> Outcome<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if let Err(failure) = packages::install(&PACKAGE) {
        note(failure);
    }
    find().ok_or_else(|| {
        Failure::new("Firefox could not be had on this machine, so the app as one page is tried in Chromium only.")
            .advise("Install Firefox, or name one with FIREFOX=/path/to/it, and run the command again.")
    })
}
