//! `cargo xtask dist`: the folder that any web host can serve.

use std::path::Path;
use std::process::Command as Process;

use super::Command;
use crate::args::Args;
use crate::places;
use crate::process;
use crate::report::{kilobytes, note, step, Context, Outcome};
use crate::tools::node;
use crate::web;

pub const COMMAND: Command = Command {
    name: "dist",
    summary: "Build the static folder for any web host, and say how large it is.",
    options: "  --compress   also write each file as .br and .gz, for hosts that send these\n\
              \x20 --debug      without optimisation: quicker to make, much larger and slower; only to try things\n",
    run,
};

fn run(mut args: Args) -> Outcome {
    let compress = args.flag("--compress");
    let release = !args.flag("--debug");
    args.finish()?;
    let site = web::build(web::Options { release, names: false })?;
    let folder = places::root().join("dist");
    step("Write dist/", || web::copy_site(&site, &folder))?;
    sizes(&folder, compress)?;
    println!("\nThe folder dist/ can be put on any web host, also in a sub-folder; nothing runs on the server.");
    println!("The file dist/{} is the whole app too: it starts by a double click, without any host.", web::ONE_PAGE);
    Ok(())
}

/// Prints the table of sizes. Node.js has both compressors built in; without it there are only
/// the plain sizes, which is said.
fn sizes(folder: &Path, compress: bool) -> Outcome {
    if let Some(node) = node::find() {
        let mut command = Process::new(node);
        command.arg(places::browser_tests().join("bench/sizes.mjs")).arg(folder);
        if compress {
            command.arg("--write");
        }
        return process::visible(&mut command);
    }
    let mut total = 0;
    for entry in folder.read_dir().doing(|| format!("read {}", folder.display()))?.flatten() {
        let size = entry.metadata().map_or(0, |it| it.len());
        total += size;
        note(format!("{:>10}  {}", kilobytes(size), entry.file_name().to_string_lossy()));
    }
    note(format!("{:>10}  together, uncompressed", kilobytes(total)));
    note("Compressed sizes and files need Node.js, which is not on this machine; `cargo xtask setup` installs it.");
    Ok(())
}
