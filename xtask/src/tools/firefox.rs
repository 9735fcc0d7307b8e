//! Firefox for the browser tests of the app as one page. Any Firefox will do; the tests speak WebDriver BiDi to it.

use std::path::PathBuf;

use super::packages::{self, Package};
use crate::places;
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
    places::program("FIREFOX", NAMES, FIXED_PLACES)
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
