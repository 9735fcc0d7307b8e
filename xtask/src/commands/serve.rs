//! `cargo xtask serve`: from a clone to the running app.

use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::Command;
use crate::args::Args;
use crate::places;
use crate::report::{note, seconds, Failure, Outcome};
use crate::server::{Server, Site};
use crate::web;

pub const COMMAND: Command = Command {
    name: "serve",
    summary: "Build the app, serve it on this machine and print its address.",
    options: "  --open        open it in the browser\n\
              \x20 --port N      on this port (else the first free one from 8080 on)\n\
              \x20 --debug       without optimisation: quicker to compile, slower to run\n\
              \x20 --watch       build again and reload the page after each change of a source file\n\
              \x20 --dir FOLDER  serve this folder and build nothing\n",
    run,
};

fn run(mut args: Args) -> Outcome {
    let start = Instant::now();
    let open = args.flag("--open");
    let port = args.number::<u16>("--port")?;
    let options = web::Options { release: !args.flag("--debug"), names: false };
    let watching = args.flag("--watch");
    let dir = args.value("--dir")?;
    args.finish()?;

    let build = dir.is_none();
    let folder = match dir {
        Some(dir) => PathBuf::from(dir),
        None => web::build(options)?,
    };
    if !folder.join("index.html").is_file() {
        return Err(Failure::new(format!("{} has no index.html to serve.", folder.display())));
    }
    let site = Arc::new(Site { folder, build: AtomicU64::new(0), watching: watching && build });
    let server = Server::bind(Arc::clone(&site), port)?;
    let address = server.address();
    println!("\nPortolan is running ({} after the command): {address}", seconds(start.elapsed()));
    println!("Ctrl+C ends it.");
    if open {
        open_in_browser(&address);
    }
    if site.watching {
        thread::spawn(move || rebuild_on_change(&site, options));
    }
    server.run();
    Ok(())
}

fn open_in_browser(address: &str) {
    let has_display =
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|it| std::env::var_os(it).is_some_and(|it| !it.is_empty()));
    let (program, args): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else if has_display() {
        ("xdg-open", &[])
    } else {
        note("There is no screen to open a browser on; open the address by hand.");
        return;
    };
    let mut command = Process::new(program);
    command.args(args).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Err(error) = command.spawn() {
        note(format!("Could not start a browser ({program}: {error}); open the address by hand."));
    }
}

/// What the app is made of. Asking for their times twice a second costs next to nothing and
/// needs no crate.
const SOURCES: &[&str] = &["src", "styles", "assets", "index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock"];

fn rebuild_on_change(site: &Site, options: web::Options) {
    let root = places::root();
    let stamp = || SOURCES.iter().fold((0, SystemTime::UNIX_EPOCH), |sum, it| newest(&root.join(it), sum));
    let mut seen = stamp();
    loop {
        thread::sleep(Duration::from_millis(500));
        let now = stamp();
        if now == seen {
            continue;
        }
        seen = now;
        println!("\nA source file has changed.");
        match web::build(options) {
            Ok(_) => {
                site.build.fetch_add(1, Ordering::Relaxed);
                println!("The page reloads itself.");
            }
            Err(failure) => eprintln!("\n{failure}\nThe last good build is still served."),
        }
    }
}

/// Number of files and the latest change among them.
fn newest(path: &Path, so_far: (u64, SystemTime)) -> (u64, SystemTime) {
    let Ok(meta) = path.metadata() else {
        return so_far;
    };
    if meta.is_dir() {
        let entries = path.read_dir().into_iter().flatten().flatten();
        return entries.fold(so_far, |sum, it| newest(&it.path(), sum));
    }
    let changed = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    (so_far.0 + 1, so_far.1.max(changed))
}
