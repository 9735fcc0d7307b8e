//! What a command says while it works: headings, elapsed time, and a failure as one clear
//! sentence with what to do about it. Knows no command.

use std::fmt;
use std::time::{Duration, Instant};

/// Why a command stopped, in words for the person at the terminal.
#[derive(Debug)]
pub struct Failure {
    problem: String,
    advice: Vec<String>,
}

pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub fn new(problem: impl Into<String>) -> Self {
        Failure { problem: problem.into(), advice: Vec::new() }
    }

    /// Adds what the person can do.
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice.push(advice.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stopped: {}", self.problem)?;
        for advice in &self.advice {
            write!(f, "\n  {advice}")?;
        }
        Ok(())
    }
}

/// Says what was being done when the system refused.
pub trait Context<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T, E: fmt::Display> Context<T> for Result<T, E> {
    fn doing(self, what: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("could not {}: {error}", what())))
    }
}

/// Does one step: a line before, the time after.
pub fn step<T>(title: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("-> {title}");
    let start = Instant::now();
    let outcome = work()?;
    println!("   done, {}", seconds(start.elapsed()));
    Ok(outcome)
}

/// A remark under the current step.
pub fn note(text: impl fmt::Display) {
    println!("   {text}");
}

/// `8.4 s`, `2 min 05 s`.
pub fn seconds(time: Duration) -> String {
    let total = time.as_secs();
    if total < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", total / 60, total % 60)
    }
}

/// `12.3 KB` (1 KB = 1,024 bytes, as browsers show it).
pub fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes * 10 + 512) / 1024;
    format!("{}.{} KB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{kilobytes, seconds, Failure};
    use std::time::Duration;

    #[test]
    fn times_and_sizes_read_well() {
        assert_eq!(seconds(Duration::from_millis(8_440)), "8.4 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
        assert_eq!(kilobytes(0), "0.0 KB");
        assert_eq!(kilobytes(1_536), "1.5 KB");
        assert_eq!(kilobytes(102_400), "100.0 KB");
    }

    #[test]
    fn a_failure_ends_with_its_advice() {
        let text = Failure::new("no Node here.").advise("Install it.").to_string();
        assert_eq!(text, "Stopped: no Node here.\n  Install it.");
    }
}
