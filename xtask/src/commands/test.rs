//! `cargo xtask test`: every check there is, in order, with one table at the end.

use std::path::PathBuf;
use std::process::Command as Process;
use std::time::{Duration, Instant};

use super::{check_trunk, Command};
use crate::args::Args;
use crate::places;
use crate::process::{self, cargo};
use crate::report::{seconds, Failure, Outcome};
use crate::tools::{chromium, firefox, node, rust};
use crate::web;

pub const COMMAND: Command = Command {
    name: "test",
    summary: "Run all checks and tests; --only and --skip choose.",
    options:
        "  --only a,b   only these: lints (format, clippy, clippy-web), core, cli, tools, bare, web, browser, trunk\n\
              \x20 --skip a,b   all but these\n\
              \x20 -- WORD …    only browser tests whose file name contains one of the words\n",
    run,
};

/// One heading of the run.
struct Step {
    name: &'static str,
    /// Another name that stands for several steps.
    group: &'static str,
    title: &'static str,
    run: fn(&mut Run) -> Outcome<Verdict>,
}

enum Verdict {
    Passed(String),
    Failed(String),
    Skipped(String),
}

/// What later steps take from earlier ones.
#[derive(Default)]
struct Run {
    site: Option<PathBuf>,
    words: Vec<String>,
}

const STEPS: &[Step] = &[
    Step { name: "format", group: "lints", title: "Formatting (cargo fmt --check)", run: format },
    Step { name: "clippy", group: "lints", title: "Lints, native (clippy)", run: clippy },
    Step { name: "clippy-web", group: "lints", title: "Lints, browser (clippy)", run: clippy_web },
    Step { name: "core", group: "core", title: "Core tests (cargo test)", run: core },
    Step { name: "cli", group: "core", title: "Command-line tests (cargo test --features cli)", run: cli },
    Step { name: "tools", group: "tools", title: "Tests of the developer commands", run: tools },
    Step { name: "bare", group: "core", title: "The core compiles without a browser", run: bare },
    Step { name: "web", group: "web", title: "Release build of the site", run: site },
    Step { name: "browser", group: "browser", title: "Browser tests", run: browser },
    Step { name: "trunk", group: "trunk", title: "Trunk builds the same app", run: trunk },
];

fn run(mut args: Args) -> Outcome {
    let words = args.passed_on();
    let only = args.list("--only")?;
    let skip = args.list("--skip")?;
    args.finish()?;
    for name in only.iter().chain(&skip) {
        if !STEPS.iter().any(|it| it.name == name || it.group == name) {
            return Err(Failure::new(format!("there is no test step `{name}`.")).advise("Add --help to see them."));
        }
    }
    let named = |step: &Step, list: &[String]| list.iter().any(|it| it == step.name || it == step.group);
    let chosen = STEPS.iter().filter(|it| (only.is_empty() || named(it, &only)) && !named(it, &skip));

    let start = Instant::now();
    let mut state = Run { words, ..Run::default() };
    let mut results = Vec::new();
    for step in chosen {
        println!("\n== {} ==", step.title);
        let begin = Instant::now();
        let verdict = (step.run)(&mut state).unwrap_or_else(|failure| {
            eprintln!("{failure}");
            Verdict::Failed("see its message above".to_owned())
        });
        let time = begin.elapsed();
        println!("== {}: {} ({}) ==", step.title, verdict.word(), seconds(time));
        results.push((step, verdict, time));
    }
    summary(&results, start.elapsed())
}

impl Verdict {
    fn word(&self) -> &'static str {
        match self {
            Verdict::Passed(_) => "passed",
            Verdict::Failed(_) => "FAILED",
            Verdict::Skipped(_) => "skipped",
        }
    }

    fn detail(&self) -> &str {
        match self {
            Verdict::Passed(text) | Verdict::Failed(text) | Verdict::Skipped(text) => text,
        }
    }
}

fn summary(results: &[(&Step, Verdict, Duration)], total: Duration) -> Outcome {
    println!("\n== Summary ==");
    for (step, verdict, time) in results {
        println!("{:<8} {:<48} {:>12}  {}", verdict.word(), step.title, seconds(*time), verdict.detail());
    }
    println!("{:<8} {:<48} {:>12}", "", "together", seconds(total));
    let count = |word: &str| results.iter().filter(|(_, it, _)| it.word() == word).count();
    let failed = count("FAILED");
    println!("\nsteps: {} passed, {failed} failed, {} skipped", count("passed"), count("skipped"));
    if failed == 0 {
        Ok(())
    } else {
        Err(Failure::new(format!("{failed} of the checks failed; the table above says which.")))
    }
}

/// Passed when the program says so, without counting.
fn plain(command: &mut Process) -> Outcome<Verdict> {
    Ok(if process::watched(command)?.ok {
        Verdict::Passed(String::new())
    } else {
        Verdict::Failed("see above".to_owned())
    })
}

/// Passed when the program says so and really ran tests.
fn counted(command: &mut Process) -> Outcome<Verdict> {
    let result = process::watched(command)?;
    let count = Count::read(&result.lines);
    let text = count.to_string();
    Ok(if result.ok && count.failed == 0 && count.passed > 0 { Verdict::Passed(text) } else { Verdict::Failed(text) })
}

fn format(_: &mut Run) -> Outcome<Verdict> {
    rust::ensure_component("rustfmt")?;
    plain(cargo("fmt").args(["--all", "--check"]))
}

fn clippy(_: &mut Run) -> Outcome<Verdict> {
    rust::ensure_component("clippy")?;
    plain(cargo("clippy").args(["--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn clippy_web(_: &mut Run) -> Outcome<Verdict> {
    rust::ensure_component("clippy")?;
    rust::ensure_wasm_target()?;
    plain(cargo("clippy").args([
        "--target",
        rust::WASM,
        "--features",
        "web",
        "--lib",
        "--bin",
        "app",
        "--",
        "-D",
        "warnings",
    ]))
}

fn core(_: &mut Run) -> Outcome<Verdict> {
    counted(cargo("test").arg("--no-fail-fast"))
}

fn cli(_: &mut Run) -> Outcome<Verdict> {
    let manifest = std::fs::read_to_string(places::root().join("Cargo.toml")).unwrap_or_default();
    if !manifest.contains("required-features = [\"cli\"]") {
        return Ok(Verdict::Skipped("there is no command line yet".to_owned()));
    }
    counted(cargo("test").args(["--no-fail-fast", "--features", "cli"]))
}

fn tools(_: &mut Run) -> Outcome<Verdict> {
    counted(cargo("test").args(["--package", "xtask", "--profile", "xtask"]))
}

/// Without the feature `web` no browser crate is there, so browser types in the core do not
/// compile; and the core must compile for the browser without them too.
fn bare(_: &mut Run) -> Outcome<Verdict> {
    rust::ensure_wasm_target()?;
    plain(cargo("check").args(["--lib", "--no-default-features", "--target", rust::WASM]))
}

fn site(state: &mut Run) -> Outcome<Verdict> {
    let site = web::build(web::Options { release: true, names: false })?;
    let detail = format!("in {}", site.display());
    state.site = Some(site);
    Ok(Verdict::Passed(detail))
}

fn browser(state: &mut Run) -> Outcome<Verdict> {
    let Some(site) = built(state)? else {
        return Ok(Verdict::Failed("there is no site to test".to_owned()));
    };
    let node = node::ensure()?;
    node::ensure_packages()?;
    let browser = chromium::ensure(&node)?;
    let specs = specs(&state.words);
    if specs.is_empty() {
        return Ok(Verdict::Failed("no file in tests/browser/specs fits".to_owned()));
    }
    let mut command = Process::new(node);
    match firefox::ensure() {
        Ok(firefox) => _ = command.env("FIREFOX", firefox),
        // The tests in question are counted as skipped, and say so too.
        Err(failure) => eprintln!("\n*** {failure} ***\n"),
    }
    counted(
        command
            .current_dir(places::browser_tests())
            .env("CHROMIUM", browser)
            .env("PORTOLAN_SITE", site)
            .args(["--test", "--test-reporter=spec"])
            .args(specs),
    )
}

fn trunk(state: &mut Run) -> Outcome<Verdict> {
    let Some(trunk) = check_trunk::find() else {
        return Ok(Verdict::Skipped("Trunk is not on this machine".to_owned()));
    };
    let Some(site) = built(state)? else {
        return Ok(Verdict::Failed("there is no site to compare with".to_owned()));
    };
    let node = node::ensure()?;
    node::ensure_packages()?;
    let browser = chromium::ensure(&node)?;
    check_trunk::compare(&trunk, &node, &browser, &site)?;
    Ok(Verdict::Passed("same module, same styles, both start".to_owned()))
}

/// The site of this run; built now when its step was not asked for.
fn built(state: &mut Run) -> Outcome<Option<PathBuf>> {
    if state.site.is_none() {
        state.site = Some(web::build(web::Options { release: true, names: false })?);
    }
    Ok(state.site.clone())
}

fn specs(words: &[String]) -> Vec<PathBuf> {
    let folder = places::browser_tests().join("specs");
    let entries = folder.read_dir().into_iter().flatten().flatten().map(|it| it.path());
    let mut specs: Vec<PathBuf> = entries
        .filter(|it| {
            let name = it.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            name.ends_with(".test.mjs") && (words.is_empty() || words.iter().any(|word| name.contains(word)))
        })
        .collect();
    specs.sort();
    specs
}

/// Tests counted from the closing lines of cargo's and Node's runners.
#[derive(Default, PartialEq, Debug)]
struct Count {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Count {
    fn read(lines: &[String]) -> Count {
        let mut count = Count::default();
        for line in lines {
            let line = without_colour(line);
            if let Some((_, numbers)) = line.split_once("test result:") {
                // "ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.05s"
                for part in numbers.split([';', '.']) {
                    let mut words = part.split_whitespace();
                    let (Some(Ok(number)), Some(what)) = (words.next().map(str::parse::<u64>), words.next()) else {
                        continue;
                    };
                    count.add(what, number);
                }
            } else if let Some(rest) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) {
                let mut words = rest.split_whitespace();
                let (Some(what), Some(Ok(number)), None) =
                    (words.next(), words.next().map(str::parse::<u64>), words.next())
                else {
                    continue;
                };
                count.add(what, number);
            }
        }
        count
    }

    fn add(&mut self, what: &str, number: u64) {
        match what {
            "passed" | "pass" => self.passed += number,
            "failed" | "fail" | "cancelled" => self.failed += number,
            "ignored" | "skipped" | "todo" => self.skipped += number,
            _ => {}
        }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

fn without_colour(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        text.push_str(before);
        rest = after.split_once('m').map_or("", |(_, it)| it);
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::Count;

    fn read(text: &str) -> Count {
        Count::read(&text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn closing_lines_of_cargo_are_added_up() {
        let text = "running 2 tests\n\u{1b}[32mtest result: \u{1b}[0mok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.05s\n\
                    test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s";
        assert_eq!(read(text), Count { passed: 15, failed: 2, skipped: 1 });
    }

    #[test]
    fn closing_lines_of_node_are_read() {
        let text = "✔ a (1ms)\nℹ tests 5\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\nℹ todo 0\nℹ duration_ms 10.5";
        assert_eq!(read(text), Count { passed: 3, failed: 2, skipped: 0 });
        assert_eq!(read("# tests 1\n# pass 1\n# fail 0"), Count { passed: 1, failed: 0, skipped: 0 });
    }

    #[test]
    fn a_run_without_tests_counts_nothing() {
        assert_eq!(read("test result: ok. 0 passed; 0 failed; 0 ignored").passed, 0);
        assert_eq!(read("nothing of the kind"), Count::default());
    }
}
