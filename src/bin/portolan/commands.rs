//! The commands. Each reads with the same readers as the app, so what opens here opens there.

use std::collections::BTreeMap;
use std::rc::Rc;

use portolan::analysis;
use portolan::diag::{Diagnostic, Place, Severity};
use portolan::format::{csv, json, owm};
use portolan::model::{Document, MapStyle};
use portolan::render::svg::{svg, SvgOptions};
use portolan::scene::measure::ArialMeasure;
use portolan::scene::style::{Look, Theme};
use portolan::scene::{Scene, SceneFacts, SuggestedPlace, ViewOptions};
use serde::Serialize;

use crate::files::{self, Opened};
use crate::{Failure, Outcome};

const HELP: &str = "\
portolan: Wardley maps and IT estates on the command line

  portolan check FILE… [--format text|json]
      Says what reading the files has to say, with line and column.
      Exit code 0: nothing to look at; 1: something; 2: a file could not be read.
  portolan convert FILE -o OUT
      Writes the map in the format that OUT's ending names:
      .json (our file), .owm .wm .txt (OnlineWardleyMaps), .csv (table of systems).
      What the format cannot say is listed; exit code 1 then.
  portolan render FILE -o OUT.svg [--theme plain|wardley|colour|dark|contrast] [--legend]
      Draws the map as the app does.
  portolan help
      This text.

FILE is anything the app opens. NAME.nodes.csv brings NAME.edges.csv along. Without -o the output goes to standard output.
";

/// Runs the command that the words make.
pub(crate) fn run(words: &[String]) -> Result<Outcome, Failure> {
    let Some((command, rest)) = words.split_first() else {
        return help();
    };
    let words = Words::parse(rest)?;
    match command.as_str() {
        "help" | "--help" | "-h" => help(),
        "check" => check(&words),
        "convert" => convert(&words),
        "render" => render(&words),
        other => Err(Failure::Usage(format!("there is no command “{other}”."))),
    }
}

/// Options that take a value, and those that do not.
const WITH_VALUE: &[&str] = &["-o", "--format", "--theme"];
const WITHOUT_VALUE: &[&str] = &["--legend"];

/// The words behind a command: files and options.
struct Words {
    files: Vec<String>,
    options: BTreeMap<String, String>,
}

impl Words {
    fn parse(words: &[String]) -> Result<Self, Failure> {
        let (mut files, mut options) = (Vec::new(), BTreeMap::new());
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if WITH_VALUE.contains(&word.as_str()) {
                let value = words.next().ok_or_else(|| Failure::Usage(format!("{word} wants a value behind it.")))?;
                options.insert(word.clone(), value.clone());
            } else if WITHOUT_VALUE.contains(&word.as_str()) {
                options.insert(word.clone(), String::new());
            } else if word.starts_with('-') {
                return Err(Failure::Usage(format!("there is no option “{word}”.")));
            } else {
                files.push(word.clone());
            }
        }
        Ok(Self { files, options })
    }

    fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name).map(String::as_str)
    }

    fn one_file(&self) -> Result<Opened, Failure> {
        match self.files.as_slice() {
            [file] => files::open(file),
            other => Err(Failure::Usage(format!("one file is wanted here, not {}.", other.len()))),
        }
    }
}

fn help() -> Result<Outcome, Failure> {
    files::write(None, HELP.as_bytes())?;
    Ok(Outcome::Fine)
}

/// A file's part of `check --format json`.
#[derive(Serialize)]
struct FileReport<'r> {
    file: &'r str,
    components: usize,
    links: usize,
    diagnostics: Vec<DiagnosticReport<'r>>,
}

/// A diagnostic in `check --format json`. Lines, columns and rows count from 1.
#[derive(Serialize)]
struct DiagnosticReport<'r> {
    severity: &'static str,
    code: &'r str,
    message: &'r str,
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn report(diagnostic: &Diagnostic) -> DiagnosticReport<'_> {
    let (line, column) = match &diagnostic.place {
        Place::Text { line, column, .. } => (Some(*line), Some(*column)),
        Place::Cell { row, .. } => (Some(*row), None),
        _ => (None, None),
    };
    DiagnosticReport {
        severity: severity(diagnostic.severity),
        code: diagnostic.code,
        message: &diagnostic.message,
        place: diagnostic.place.to_string(),
        line,
        column,
    }
}

/// `path:line:column: severity: message [code]`, the form that editors jump from.
fn text_line(path: &str, diagnostic: &Diagnostic) -> String {
    let place = match &diagnostic.place {
        Place::Text { line, column, .. } => format!("{path}:{line}:{column}"),
        Place::Cell { row, column } => format!("{path}:{row}: column {column}"),
        Place::Whole => path.to_owned(),
        other => format!("{path}: {other}"),
    };
    format!("{place}: {}: {} [{}]\n", severity(diagnostic.severity), diagnostic.message, diagnostic.code)
}

fn check(words: &Words) -> Result<Outcome, Failure> {
    if words.files.is_empty() {
        return Err(Failure::Usage("a file to check is wanted.".to_owned()));
    }
    let opened = words.files.iter().map(|file| files::open(file)).collect::<Result<Vec<_>, _>>()?;
    let text = match words.option("--format").unwrap_or("text") {
        "text" => {
            let lines = |o: &Opened| o.imported.diagnostics.iter().map(|d| text_line(&o.path, d)).collect::<String>();
            opened.iter().map(lines).collect::<String>()
        }
        "json" => {
            let reports: Vec<FileReport<'_>> = opened
                .iter()
                .map(|o| FileReport {
                    file: &o.path,
                    components: o.imported.document.components.len(),
                    links: o.imported.document.links.len(),
                    diagnostics: o.imported.diagnostics.iter().map(report).collect(),
                })
                .collect();
            let json = serde_json::to_string_pretty(&reports).map_err(|error| Failure::Format(error.to_string()))?;
            format!("{json}\n")
        }
        other => return Err(Failure::Usage(format!("--format is text or json, not “{other}”."))),
    };
    files::write(None, text.as_bytes())?;
    let more_than_notices = opened.iter().flat_map(|o| &o.imported.diagnostics).any(|d| d.severity > Severity::Notice);
    Ok(if more_than_notices { Outcome::Findings } else { Outcome::Fine })
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn convert(words: &Words) -> Result<Outcome, Failure> {
    let Opened { path, imported } = words.one_file()?;
    let out =
        words.option("-o").ok_or_else(|| Failure::Usage("-o OUT says where to and in which format.".to_owned()))?;
    let document = &imported.document;
    let (text, lost) = match ending(out).as_str() {
        "json" => (json::write(document, &imported.file), Vec::new()),
        "owm" | "wm" | "txt" => {
            let written = owm::write(document);
            (written.text, written.diagnostics)
        }
        "csv" => (csv::write_systems(document), Vec::new()),
        other => return Err(Failure::Usage(format!("there is no writer for “.{other}”."))),
    };
    files::write(Some(out), text.as_bytes())?;
    for diagnostic in &lost {
        eprint!("{}", text_line(&path, diagnostic));
    }
    Ok(if lost.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

fn render(words: &Words) -> Result<Outcome, Failure> {
    let Opened { imported, .. } = words.one_file()?;
    let out = words.option("-o");
    if out.is_some_and(|out| ending(out) != "svg") {
        return Err(Failure::Usage("pictures are written as .svg.".to_owned()));
    }
    let document = &imported.document;
    let theme = theme(document, words.option("--theme"))?;
    let scene = scene(document, words.options.contains_key("--legend"));
    let picture = svg(&scene, &theme, &SvgOptions { title: &document.settings.title, ..SvgOptions::default() });
    files::write(out, picture.as_bytes())?;
    Ok(Outcome::Fine)
}

fn theme(document: &Document, name: Option<&str>) -> Result<Theme, Failure> {
    let style = match name {
        None => return Ok(Theme::by(&document.settings.style, Look::Light)),
        Some("plain") => MapStyle::Plain,
        Some("wardley") => MapStyle::Wardley,
        Some("colour") => MapStyle::Colour,
        Some("dark") => MapStyle::Dark,
        Some("contrast") => return Ok(Theme::by(&MapStyle::Plain, Look::HighContrast)),
        Some(other) => return Err(Failure::Usage(format!("there is no theme “{other}”."))),
    };
    Ok(Theme::by(&style, Look::Light))
}

/// The map as the app draws it, without risk marks.
fn scene(document: &Document, legend: bool) -> Scene {
    let analysis = analysis::analyse(document, None);
    let places = analysis.places().map(|(component, place)| SuggestedPlace { component, at: place.at }).collect();
    let facts = Rc::new(SceneFacts::new(places, Vec::new()));
    Scene::build(document, &facts, &ViewOptions { legend, ..ViewOptions::default() }, &ArialMeasure, None)
}
