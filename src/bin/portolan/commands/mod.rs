//! The commands, one file each. Each reads with the same readers as the app, so what opens here opens there.

mod analyse;
mod check;
mod compare;
mod convert;
mod dates;
mod rank;
mod render;

use crate::files;
use crate::words::Words;
use crate::{Failure, Outcome};

const HELP: &str = "\
portolan: Wardley maps and IT estates on the command line

  portolan check FILE… [--format text|json]
      Says what reading the files has to say, with line and column.
      Exit code 0: nothing to look at; 1: something.
  portolan convert FILE -o OUT
      Writes the map in the format that OUT's ending names:
      .json (our file), .owm .wm .txt (OnlineWardleyMaps), .mmd (Mermaid), .csv (table of systems).
      What the format cannot say is listed; exit code 1 then.
  portolan render FILE -o OUT.svg|OUT.png [--theme plain|wardley|colour|dark|contrast] [--scale 1] [--legend]
      Draws the map as the app does. --scale 2 is twice as large. PNG uses the fonts of this machine.
  portolan rank FILE [--format text|json|csv] [--today 2026-03-04] [--draws 20000] [-o OUT]
      The systems in order of risk, with every score as an interval.
  portolan analyse FILE [--today 2026-03-04] [--draws 20000] [--systems 300] [-o OUT]
      Everything that is computed, as JSON: scores, reach, chances, chains, sentences. Fields: docs/analysis-json.md
  portolan diff A B [--format text|json] [--same \"Old name=New name\"]… [--today 2026-03-04] [-o OUT]
      What differs by meaning: added, removed, renamed, moved, changed field by field, links, risk.
      Exit code 0: the same; 1: they differ.
  portolan merge BASE A B -o OUT [--prefer ours|theirs] [--ours NAME]… [--theirs NAME]…
      A with what B made of BASE. What only one changed is taken; what both changed in the same field is a conflict: A's
      version stands, unless --prefer, or --theirs for one thing, says otherwise.
      Exit code 0: clean; 1: conflicts, listed on standard error.
      For git: git config merge.portolan.driver \"portolan merge %O %A %B -o %A\"
  portolan dates FILE DATES.json -o OUT [--today 2026-03-04]
      Sets end-of-support dates from a file of endoflife.date (API v0 or v1), by product and version. Nothing is fetched.
      What is not clear is left and listed; exit code 1 then.
  portolan help
      This text.

FILE is anything the app opens. NAME.nodes.csv brings NAME.edges.csv along. Without -o the output goes to standard output.
Exit codes: 0 done; 1 done, and there is something to look at; 2 it could not be done, and standard error says why.
";

type Run = fn(&Words) -> Result<Outcome, Failure>;

/// Commands by name, with the options they have.
const COMMANDS: &[(&str, &[&str], Run)] = &[
    ("check", &["--format"], check::check),
    ("convert", &["-o"], convert::convert),
    ("render", &["-o", "--theme", "--scale", "--legend"], render::render),
    ("rank", &["-o", "--format", "--today", "--draws"], rank::rank),
    ("diff", &["-o", "--format", "--same", "--today"], compare::diff),
    ("merge", &["-o", "--prefer", "--ours", "--theirs"], compare::merge),
    ("dates", &["-o", "--today"], dates::dates),
    ("analyse", &["-o", "--today", "--draws", "--systems"], analyse::analyse),
];

/// Runs the command that the words make.
pub(crate) fn run(words: &[String]) -> Result<Outcome, Failure> {
    let (command, rest) = match words.split_first() {
        None => ("help", words),
        Some((command, rest)) => (command.as_str(), rest),
    };
    if matches!(command, "help" | "--help" | "-h") {
        files::write(None, HELP.as_bytes())?;
        return Ok(Outcome::Fine);
    }
    let Some((_, options, run)) = COMMANDS.iter().find(|(name, _, _)| *name == command) else {
        return Err(Failure::Usage(format!("there is no command “{command}”.")));
    };
    run(&Words::parse(rest, options)?)
}
