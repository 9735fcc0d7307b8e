//! Tries every reader with damaged and made-up inputs: `cargo xtask fuzz`.
//!
//! The same seed gives the same inputs; each is made from its number alone, so one can be tried again without the others.
//! Exit code 0 when everything held, 1 when something did not, 2 when there is nothing to do.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "a program of the developers"
)]
#![allow(clippy::disallowed_methods, reason = "measures time on the desktop")]

mod paste;
mod samples;

use std::io::{Seek, SeekFrom, Write};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portolan::format::fuzz::mutate::input;
use portolan::format::fuzz::{Reader, READERS};

/// An input that takes longer counts as hung.
const HUNG: Duration = Duration::from_secs(20);
/// What the browser gives a page's module.
const STACK: usize = 1 << 20;
/// Failures of one reader after which it is left alone.
const MOST_FAILURES: usize = 5;

struct Options {
    runs: u64,
    seed: u64,
    /// Number of the first input.
    from: u64,
    /// Where inputs that fail are written.
    folder: PathBuf,
    corpus: Option<PathBuf>,
    /// Files to try instead of made-up inputs.
    files: Vec<PathBuf>,
    readers: Vec<&'static Reader>,
}

/// The input being tried, for the thread that watches the time.
#[derive(Default)]
struct Now {
    since: Option<Instant>,
    number: u64,
    bytes: Vec<u8>,
}

fn all_readers() -> impl Iterator<Item = &'static Reader> {
    READERS.iter().chain(paste::READERS)
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        runs: 100_000,
        seed: 1,
        from: 0,
        folder: PathBuf::from("target/fuzz-failures"),
        corpus: std::env::var_os("PORTOLAN_CORPUS").map(PathBuf::from),
        files: Vec::new(),
        readers: Vec::new(),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        let number = |text: String| {
            text.replace('_', "").parse().map_err(|error: std::num::ParseIntError| format!("{text}: {error}"))
        };
        match word.as_str() {
            "--runs" => options.runs = number(value()?)?,
            "--seed" => options.seed = number(value()?)?,
            "--from" => options.from = number(value()?)?,
            "--folder" => options.folder = PathBuf::from(value()?),
            "--corpus" => options.corpus = Some(PathBuf::from(value()?)),
            "--file" => options.files.push(PathBuf::from(value()?)),
            name => match all_readers().find(|reader| reader.name == name) {
                Some(reader) => options.readers.push(reader),
                None => {
                    let names: Vec<&str> = all_readers().map(|reader| reader.name).collect();
                    return Err(format!("there is no reader {name}; there are {}", names.join(", ")));
                }
            },
        }
    }
    if options.readers.is_empty() {
        options.readers = all_readers().collect();
    }
    Ok(options)
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    // What a panic says is shown with the input that made it.
    std::panic::set_hook(Box::new(|_| {}));
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(move || run(&options));
    match worker.map(|worker| worker.join()) {
        Ok(Ok(code)) => code,
        _ => {
            eprintln!("the thread that tries the inputs could not be run");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> ExitCode {
    println!("{:<9} {:>9} {:>7} {:>9} {:>9}  slowest input", "reader", "inputs", "files", "seconds", "failures");
    let mut failed = 0;
    for reader in &options.readers {
        failed += if options.files.is_empty() { try_reader(options, reader) } else { try_files(options, reader) };
    }
    if failed == 0 {
        println!("\nEverything held.");
        ExitCode::SUCCESS
    } else {
        println!("\n{failed} inputs failed.");
        ExitCode::from(1)
    }
}

fn try_files(options: &Options, reader: &'static Reader) -> u64 {
    let mut failed = 0;
    for path in &options.files {
        let problem = match std::fs::read(path) {
            Ok(bytes) => try_one(reader, &bytes),
            Err(error) => Some(error.to_string()),
        };
        println!("{:<9} {}: {}", reader.name, path.display(), problem.as_deref().unwrap_or("holds"));
        failed += u64::from(problem.is_some());
    }
    failed
}

fn try_reader(options: &Options, reader: &'static Reader) -> u64 {
    let samples = samples::of(reader, options.corpus.as_deref());
    if samples.is_empty() {
        println!("{:<9} there is no file to begin with", reader.name);
        return 1;
    }
    // A stack that overflows ends the program at once; the number of the input is found here.
    let mut trace = std::fs::create_dir_all(&options.folder)
        .and_then(|()| std::fs::File::create(options.folder.join(format!("{}.number", reader.name))))
        .ok();
    let now = Arc::new(Mutex::new(Now::default()));
    watch(&now, reader, options);
    let began = Instant::now();
    let mut slowest = (Duration::ZERO, 0, 0);
    let mut failures = 0;
    let mut tried = 0;
    for number in options.from..options.from.saturating_add(options.runs) {
        let bytes = input(reader, &samples, options.seed, number);
        let length = bytes.len();
        if let Some(file) = &mut trace {
            let written =
                file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(format!("{number:020}").as_bytes()));
            if written.is_err() {
                trace = None;
            }
        }
        let start = Instant::now();
        set(&now, Now { since: Some(start), number, bytes: bytes.clone() });
        let problem = try_one(reader, &bytes);
        let took = start.elapsed();
        set(&now, Now::default());
        tried += 1;
        if took > slowest.0 {
            slowest = (took, number, length);
        }
        if let Some(problem) = problem {
            failures += 1;
            tell(options, reader, number, &bytes, &problem);
            if failures as usize >= MOST_FAILURES {
                println!("{:<9} is left alone after {MOST_FAILURES} failures", reader.name);
                break;
            }
        }
    }
    println!(
        "{:<9} {:>9} {:>7} {:>9.1} {:>9}  {:.1} ms, number {} ({} bytes)",
        reader.name,
        tried,
        samples.len(),
        began.elapsed().as_secs_f64(),
        failures,
        slowest.0.as_secs_f64() * 1000.0,
        slowest.1,
        slowest.2,
    );
    failures
}

/// What went wrong, if anything.
fn try_one(reader: &Reader, bytes: &[u8]) -> Option<String> {
    match catch_unwind(AssertUnwindSafe(|| (reader.check)(bytes))) {
        Ok(Ok(())) => None,
        Ok(Err(broken)) => Some(broken.to_string()),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without words");
            Some(format!("panicked: {text}"))
        }
    }
}

fn set(now: &Mutex<Now>, to: Now) {
    *now.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = to;
}

/// Ends the program when an input takes too long.
fn watch(now: &Arc<Mutex<Now>>, reader: &'static Reader, options: &Options) {
    let now = Arc::downgrade(now);
    let (folder, seed) = (options.folder.clone(), options.seed);
    std::thread::spawn(move || {
        while let Some(now) = now.upgrade() {
            let hung = {
                let now = now.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                now.since.is_some_and(|since| since.elapsed() > HUNG).then(|| (now.number, now.bytes.clone()))
            };
            if let Some((number, bytes)) = hung {
                let path = write(&folder, reader, number, &bytes);
                println!("{} hangs: input {number} takes more than {} s; {path}", reader.name, HUNG.as_secs());
                println!("  again: cargo xtask fuzz {} --seed {seed} --from {number} --runs 1", reader.name);
                std::process::exit(1);
            }
            drop(now);
            std::thread::sleep(Duration::from_millis(200));
        }
    });
}

fn write(folder: &Path, reader: &Reader, number: u64, bytes: &[u8]) -> String {
    let path = folder.join(format!("{}-{number}.bin", reader.name));
    match std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, bytes)) {
        Ok(()) => format!("written to {}", path.display()),
        Err(error) => format!("could not be written to {}: {error}", path.display()),
    }
}

fn tell(options: &Options, reader: &Reader, number: u64, bytes: &[u8], problem: &str) {
    let path = write(&options.folder, reader, number, bytes);
    let short: String = problem.chars().take(600).collect();
    println!("{} fails: input {number} of {} bytes, {path}", reader.name, bytes.len());
    println!("  {}", short.replace('\n', "\n  "));
    println!("  again: cargo xtask fuzz {} --seed {} --from {number} --runs 1", reader.name, options.seed);
}
