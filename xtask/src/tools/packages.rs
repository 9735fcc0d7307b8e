//! The system's package manager.

use std::process::Command;
use std::sync::Mutex;

use crate::places;
use crate::process;
use crate::report::{note, step, Failure, Outcome};

/// What a program's package is called in each system.
pub struct Package {
    /// For messages.
    pub title: &'static str,
    pub apt: &'static [&'static str],
    pub dnf: &'static [&'static str],
    pub pacman: &'static [&'static str],
    pub apk: &'static [&'static str],
    pub brew: &'static [&'static str],
}

struct Manager {
    program: &'static str,
    /// Brings its lists up to date; done once a run.
    refresh: &'static [&'static str],
    install: &'static [&'static str],
    names: fn(&Package) -> &'static [&'static str],
    needs_root: bool,
}

const MANAGERS: &[Manager] = &[
    Manager {
        program: "apt-get",
        refresh: &["update"],
        install: &["install", "-y", "--no-install-recommends"],
        names: |it| it.apt,
        needs_root: true,
    },
    Manager { program: "dnf", refresh: &[], install: &["install", "-y"], names: |it| it.dnf, needs_root: true },
    Manager {
        program: "pacman",
        refresh: &["-Sy"],
        install: &["-S", "--noconfirm", "--needed"],
        names: |it| it.pacman,
        needs_root: true,
    },
    Manager { program: "apk", refresh: &["update"], install: &["add"], names: |it| it.apk, needs_root: true },
    Manager { program: "brew", refresh: &[], install: &["install"], names: |it| it.brew, needs_root: false },
];

static REFRESHED: Mutex<bool> = Mutex::new(false);

/// Installs the package, as root or through `sudo -n` where the manager needs that; never asks
/// for a password.
pub fn install(package: &Package) -> Outcome {
    let Some(manager) = MANAGERS.iter().find(|it| places::on_path(it.program).is_some()) else {
        return Err(Failure::new(format!(
            "{} is not on this machine, and there is no package manager that this command knows.",
            package.title
        ))
        .advise(format!("Install {} and run the command again.", package.title)));
    };
    let names = (manager.names)(package);
    let by_hand = format!(
        "{}{} {} {}",
        if manager.needs_root { "sudo " } else { "" },
        manager.program,
        manager.install.join(" "),
        names.join(" ")
    );
    let sudo = manager.needs_root && !is_root();
    if sudo && !may_sudo() {
        return Err(Failure::new(format!(
            "{} is not on this machine, and installing it needs rights that this session does not have.",
            package.title
        ))
        .advise(format!("Run: {by_hand}")));
    }
    let command = |args: &[&str]| {
        let mut it = if sudo {
            let mut it = Command::new("sudo");
            it.args(["-n", "--preserve-env=DEBIAN_FRONTEND", manager.program]);
            it
        } else {
            Command::new(manager.program)
        };
        it.env("DEBIAN_FRONTEND", "noninteractive").args(args);
        it
    };

    let mut refreshed = REFRESHED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !manager.refresh.is_empty() && !*refreshed {
        let title = format!("Bring the package lists up to date ({} {})", manager.program, manager.refresh.join(" "));
        // Lists that are old, or only partly reached, may still have what is needed.
        if let Err(failure) = step(&title, || process::quiet(&mut command(manager.refresh), manager.program)) {
            note(failure);
        }
    }
    *refreshed = true;

    let mut args = manager.install.to_vec();
    args.extend(names);
    step(&format!("Install {} ({} {})", package.title, manager.program, args.join(" ")), || {
        process::quiet(&mut command(&args), manager.program)
    })
    .map(drop)
    .map_err(|failure| failure.advise(format!("To try it by hand: {by_hand}")))
}

fn is_root() -> bool {
    process::first_line(Command::new("id").arg("-u")).as_deref() == Some("0")
}

fn may_sudo() -> bool {
    places::on_path("sudo").is_some()
        && Command::new("sudo").args(["-n", "true"]).output().is_ok_and(|it| it.status.success())
}
