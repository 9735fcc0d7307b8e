//! Starting other programs: visibly, quietly with a sign of life, or visibly with what they
//! print kept. Knows no particular program.

use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::report::{note, seconds, Context, Failure, Outcome};

/// How often a quiet program's elapsed time is shown.
const SIGN_OF_LIFE: Duration = Duration::from_secs(10);
/// How many of the last lines of a quiet program are shown when it fails.
const LAST_LINES: usize = 40;

/// `cargo <command>` in the workspace, by the Cargo that started us.
pub fn cargo(command: &str) -> Command {
    let mut it = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    it.current_dir(crate::places::root()).arg(command);
    // In CI a lock file that does not fit is an error, not something to repair on the way.
    if std::env::var_os("CI").is_some() && command != "fmt" {
        it.arg("--locked");
    }
    it
}

/// Its command line, for messages.
pub fn line(command: &Command) -> String {
    let mut text = std::path::Path::new(command.get_program())
        .file_name()
        .map_or_else(String::new, |it| it.to_string_lossy().into_owned());
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}

fn spawn(command: &mut Command) -> Outcome<Child> {
    command.stdin(Stdio::null());
    let text = line(command);
    command.spawn().doing(|| format!("start `{text}`"))
}

/// Runs with its output going straight to the terminal.
pub fn visible(command: &mut Command) -> Outcome {
    let text = line(command);
    let status = spawn(command)?.wait().doing(|| format!("wait for `{text}`"))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{text}` failed ({status}); its own message is above.")))
    }
}

/// Runs without showing its output; says every ten seconds that it is still at work. The last
/// lines of its output are shown when it fails. Returns the output.
pub fn quiet(command: &mut Command, what: &str) -> Outcome<String> {
    let text = line(command);
    let start = Instant::now();
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = spawn(command)?;
    let (sender, lines) = mpsc::channel();
    read_lines(child.stdout.take(), sender.clone());
    read_lines(child.stderr.take(), sender);

    let mut output = Vec::new();
    let mut shown = start;
    loop {
        match lines.recv_timeout(Duration::from_millis(500)) {
            Ok(line) => output.push(line),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
        if shown.elapsed() >= SIGN_OF_LIFE {
            shown = Instant::now();
            note(format!("{what}: still at work, {}", seconds(start.elapsed())));
        }
    }
    let status = child.wait().doing(|| format!("wait for `{text}`"))?;
    if status.success() {
        return Ok(output.join("\n"));
    }
    for line in output.iter().skip(output.len().saturating_sub(LAST_LINES)) {
        eprintln!("   | {line}");
    }
    Err(Failure::new(format!("`{text}` failed ({status}); its last lines are above.")))
}

/// What a watched program printed and whether it ended well.
pub struct Watched {
    pub ok: bool,
    pub lines: Vec<String>,
}

/// Runs with its output shown and kept.
pub fn watched(command: &mut Command) -> Outcome<Watched> {
    let text = line(command);
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = spawn(command)?;
    let (sender, receiver) = mpsc::channel();
    read_lines(child.stdout.take(), sender.clone());
    read_lines(child.stderr.take(), sender);
    let mut lines = Vec::new();
    let mut out = std::io::stdout();
    for line in receiver {
        // A closed terminal must not stop the tests half-way.
        if writeln!(out, "{line}").is_err() {
            out = std::io::stdout();
        }
        lines.push(line);
    }
    let status = child.wait().doing(|| format!("wait for `{text}`"))?;
    Ok(Watched { ok: status.success(), lines })
}

fn read_lines(stream: Option<impl Read + Send + 'static>, sender: mpsc::Sender<String>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|count| count > 0) {
            let line = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
            if sender.send(line).is_err() {
                return;
            }
            bytes.clear();
        }
    });
}

/// The first line a program prints, trimmed; nothing when it cannot be run.
pub fn first_line(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(str::trim).find(|it| !it.is_empty()).map(str::to_owned)
}
