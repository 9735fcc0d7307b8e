//! Opens every map and graph under a folder and prints what became of each as a table: `cargo xtask corpus FOLDER`.
//!
//! Exit code 0 when everything holds, 1 when something does not, 2 when there is nothing to open.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "a program of the developers"
)]
#![allow(clippy::disallowed_methods, reason = "measures time on the desktop")]

mod check;
mod overlap;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use check::{by_code, check, files_under, Answer, Checked};
use portolan::diag::Severity;

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let mut checked = Vec::new();
    for folder in &folders {
        let files = match files_under(folder) {
            Ok(files) => files,
            Err(error) => {
                eprintln!("{}: {error}", folder.display());
                return ExitCode::from(2);
            }
        };
        for path in files {
            checked.push(check(&path, &shown(&path, folder)));
        }
    }
    if checked.is_empty() {
        eprintln!(
            "There is no map under {}.",
            folders.iter().map(|f| f.display().to_string()).collect::<Vec<_>>().join(", ")
        );
        return ExitCode::from(2);
    }
    table(&checked);
    summary(&checked);
    let failed = failures(&checked);
    if failed == 0 {
        println!("\nEverything holds.");
        ExitCode::SUCCESS
    } else {
        println!("\n{failed} of {} files fail.", checked.len());
        ExitCode::from(1)
    }
}

fn shown(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned()
}

const WIDTH: usize = 56;

fn row(cells: [&str; 10]) {
    let [name, rest @ ..] = cells;
    // The end of a long name tells files apart.
    let length = name.chars().count();
    let short: String = if length > WIDTH {
        std::iter::once('…').chain(name.chars().skip(length + 1 - WIDTH)).collect()
    } else {
        name.to_owned()
    };
    let widths = [6, 6, 6, 6, 9, 5, 5, 5, 10];
    let rest: String = rest.iter().zip(widths).map(|(cell, width)| format!(" {cell:>width$}")).collect();
    println!("{short:<WIDTH$}{rest}");
}

fn count(checked: &Checked, wanted: impl Fn(Severity) -> bool) -> usize {
    checked.diagnostics.iter().filter(|d| wanted(d.severity)).count()
}

fn table(all: &[Checked]) {
    row(["file", "comp.", "links", "remark", "notice", "open ms", "same", "line", "read", "overlaps"]);
    for checked in all {
        let overlaps = checked.overlaps.map_or_else(|| "-".to_owned(), |o| format!("{} > {}", o.before, o.after));
        row([
            &checked.name,
            &checked.components.to_string(),
            &checked.links.to_string(),
            &count(checked, |severity| severity > Severity::Notice).to_string(),
            &count(checked, |severity| severity == Severity::Notice).to_string(),
            &format!("{:.2}", checked.time.as_secs_f64() * 1_000.0),
            checked.unchanged.word(),
            checked.one_line.word(),
            checked.reread.word(),
            &overlaps,
        ]);
    }
    println!(
        "\nremark: warnings and errors. same: text saved without a change is the same to the byte. line: moving any one\n\
         component changes its line only. read: what is written is read as the same document,\n\
         told: but for what the writer named as lost. overlaps: pairs of names,\n\
         and of names and symbols, as the author left them > as drawn here. -: does not arise."
    );
}

fn summary(all: &[Checked]) {
    let sum = |of: &dyn Fn(&Checked) -> usize| -> usize { all.iter().map(of).sum() };
    println!(
        "\n{} files, {} components, {} links, {} warnings and errors, {} notices",
        all.len(),
        sum(&|c| c.components),
        sum(&|c| c.links),
        sum(&|c| count(c, |severity| severity > Severity::Notice)),
        sum(&|c| count(c, |severity| severity == Severity::Notice)),
    );
    for (question, answer) in [
        (
            "text saved without a change is the same to the byte",
            &(|c: &Checked| c.unchanged) as &dyn Fn(&Checked) -> Answer,
        ),
        ("moving any one component changes its line only", &|c: &Checked| c.one_line),
        ("what is written is read as the same document", &|c: &Checked| c.reread),
    ] {
        let number = |wanted: Answer| all.iter().filter(|c| answer(c) == wanted).count();
        let told = match number(Answer::Told) {
            0 => String::new(),
            told => format!(", {told} but for what the writer named as lost"),
        };
        println!("{question}: {} yes{told}, {} no", number(Answer::Yes), number(Answer::No));
    }
    let total: f64 = all.iter().map(|c| c.time.as_secs_f64()).sum();
    if let Some(slowest) = all.iter().max_by_key(|c| c.time) {
        println!(
            "opening took {:.0} ms in all, the slowest {:.1} ms: {} ({} components)",
            total * 1_000.0,
            slowest.time.as_secs_f64() * 1_000.0,
            slowest.name,
            slowest.components
        );
    }
    let drawn: Vec<_> = all.iter().filter_map(|c| c.overlaps).collect();
    let (names, before, after) =
        drawn.iter().fold((0, 0, 0), |sum, o| (sum.0 + o.names, sum.1 + o.before, sum.2 + o.after));
    let maps = drawn.len().max(1) as f64;
    println!(
        "names that overlap, pairs: {before} as left by the authors ({:.2} a map), {after} as drawn here ({:.2} a map), of \
         {names} names on {} maps",
        before as f64 / maps,
        after as f64 / maps,
        drawn.len()
    );
    println!("\ndiagnostics by kind");
    for (code, (severity, number, files)) in by_code(all) {
        let severity = format!("{severity:?}").to_lowercase();
        println!("  {number:>6} in {files:>4} files  {severity:<8} {code}");
    }
}

/// Prints what failed; the number of files.
fn failures(all: &[Checked]) -> usize {
    let failed: Vec<&Checked> = all.iter().filter(|c| !c.failures.is_empty()).collect();
    for checked in &failed {
        println!("\n{}", checked.name);
        for failure in checked.failures.iter().take(10) {
            println!("  {failure}");
        }
        if checked.failures.len() > 10 {
            println!("  and {} more", checked.failures.len() - 10);
        }
    }
    failed.len()
}
