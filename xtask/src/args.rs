//! The words after the command name. Knows no command.

use crate::report::{Failure, Outcome};

/// Options not yet asked for. A command takes those it knows and then calls [`Args::finish`],
/// which refuses what is left over: a misspelt option is an error, never ignored.
pub struct Args {
    words: Vec<String>,
}

impl Args {
    pub fn new(words: Vec<String>) -> Self {
        Args { words }
    }

    /// Is `--name` there?
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|it| it != name);
        self.words.len() != before
    }

    /// The value of `--name value` or `--name=value`.
    pub fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        let joined = format!("{name}=");
        if let Some(at) = self.words.iter().position(|it| it.starts_with(&joined)) {
            let word = self.words.remove(at);
            return Ok(word.strip_prefix(&joined).map(str::to_owned));
        }
        let Some(at) = self.words.iter().position(|it| it == name) else {
            return Ok(None);
        };
        self.words.remove(at);
        if at < self.words.len() {
            Ok(Some(self.words.remove(at)))
        } else {
            Err(Failure::new(format!("{name} needs a value.")))
        }
    }

    /// As [`Args::value`], read as a number.
    pub fn number<T: std::str::FromStr>(&mut self, name: &str) -> Outcome<Option<T>> {
        match self.value(name)? {
            None => Ok(None),
            Some(text) => match text.parse() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(Failure::new(format!("{name} needs a number, not `{text}`."))),
            },
        }
    }

    /// As [`Args::value`], a list with commas; empty when the option is not there.
    pub fn list(&mut self, name: &str) -> Outcome<Vec<String>> {
        let text = self.value(name)?.unwrap_or_default();
        Ok(text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect())
    }

    /// Everything after `--`, for the program that the command starts.
    pub fn passed_on(&mut self) -> Vec<String> {
        match self.words.iter().position(|it| it == "--") {
            Some(at) => {
                let mut rest = self.words.split_off(at);
                rest.remove(0);
                rest
            }
            None => Vec::new(),
        }
    }

    /// The words that are no options, such as names of files; refuses options that no one asked for.
    pub fn rest(self) -> Outcome<Vec<String>> {
        let (options, words): (Vec<_>, Vec<_>) = self.words.into_iter().partition(|it| it.starts_with('-'));
        Args { words: options }.finish()?;
        Ok(words)
    }

    /// Refuses what no one asked for.
    pub fn finish(self) -> Outcome {
        match self.words.first() {
            None => Ok(()),
            Some(word) => {
                Err(Failure::new(format!("`{word}` is not an option of this command."))
                    .advise("Add --help to see them."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    fn args(text: &str) -> Args {
        Args::new(text.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_are_taken_in_both_spellings() {
        let mut it = args("--port 9 --only=a,b --open");
        assert_eq!(it.number::<u16>("--port").unwrap(), Some(9));
        assert_eq!(it.list("--only").unwrap(), ["a", "b"]);
        assert!(it.flag("--open"));
        assert!(it.finish().is_ok());
    }

    #[test]
    fn a_misspelt_option_is_refused_by_name() {
        let mut it = args("--prot 9");
        assert_eq!(it.number::<u16>("--port").unwrap(), None);
        assert!(it.finish().unwrap_err().to_string().contains("--prot"));
    }

    #[test]
    fn what_is_no_option_is_left_and_a_misspelt_one_is_refused() {
        assert_eq!(args("maps more/maps").rest().unwrap(), ["maps", "more/maps"]);
        assert!(args("maps --qiuck").rest().unwrap_err().to_string().contains("--qiuck"));
    }

    #[test]
    fn a_missing_or_wrong_value_is_an_error() {
        assert!(args("--port").number::<u16>("--port").is_err());
        assert!(args("--port many").number::<u16>("--port").is_err());
    }

    #[test]
    fn words_after_two_dashes_go_to_the_other_program() {
        let mut it = args("--native -- --quick --open");
        assert_eq!(it.passed_on(), ["--quick", "--open"]);
        assert!(!it.flag("--open"));
    }
}
