//! A text to rows and cells: separators, line ends, quotes, ragged rows.
//!
//! Knows no meaning of any column. The parsing of quotes is the `csv` crate's.

use crate::diag::{Place, Severity};
use crate::format::report::Report;

/// A table with its headings.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Headings as they stand in the first row.
    pub(super) headings: Vec<String>,
    /// The other rows that hold anything.
    pub(super) rows: Vec<Row>,
}

impl Table {
    /// Whether the heading of this column stands further left already.
    pub(super) fn repeats(&self, column: usize) -> bool {
        let folded = |heading: &String| heading.trim().to_lowercase();
        self.headings.get(column).map(folded).is_some_and(|heading| {
            !heading.is_empty() && self.headings.iter().take(column).any(|earlier| folded(earlier) == heading)
        })
    }
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    /// Its number in a spreadsheet, the headings being row 1.
    pub(super) number: u32,
    cells: Vec<String>,
}

impl Row {
    /// The content of a cell without blanks around it; empty when the row is shorter.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }
    /// Cells behind the last heading.
    pub(super) fn beyond(&self, columns: usize) -> impl Iterator<Item = (usize, &str)> {
        self.cells
            .iter()
            .enumerate()
            .skip(columns)
            .map(|(i, cell)| (i, cell.trim()))
            .filter(|(_, cell)| !cell.is_empty())
    }
}

/// The separator of a table, the one that cuts the first row into most cells.
pub(super) fn separator_of(text: &str) -> u8 {
    let mut best = (0, b',');
    for separator in [b',', b';', b'\t', b'|'] {
        let mut quoted = false;
        let mut count = 0;
        for byte in text.bytes() {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' | b'\r' if !quoted => break,
                other if other == separator && !quoted => count += 1,
                _ => {}
            }
        }
        if count > best.0 {
            best = (count, separator);
        }
    }
    best.1
}

/// The headings of a table, for a look at what it is.
pub(super) fn headings_of(text: &str) -> Vec<String> {
    let (text, separator) = without_hint(text);
    records(text, separator).next().unwrap_or_default()
}

/// Excel's first line `sep=;` names the separator and is no row.
fn without_hint(text: &str) -> (&str, u8) {
    let first = text.lines().next().unwrap_or_default();
    match first.trim().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) if separator.is_ascii() => {
            (text.get(first.len()..).unwrap_or_default().trim_start_matches(['\r', '\n']), *separator)
        }
        _ => (text, separator_of(text)),
    }
}

fn records(text: &str, separator: u8) -> impl Iterator<Item = Vec<String>> + use<'_> {
    let reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    // Reading from memory that is valid text has no errors left to report.
    reader.into_records().map_while(Result::ok).map(|record| record.iter().map(str::to_owned).collect())
}

/// Reads the table; what is ragged or badly quoted is reported.
pub(super) fn read_table(text: &str, report: &mut Report) -> Table {
    // One sort of line end, so that rows can be counted.
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    let (content, separator) = without_hint(&text);
    let hint_rows = u32::from(content.len() != text.len());
    let mut table = Table::default();
    let mut number = 1 + hint_rows;
    let mut longest = (0, 1);
    let mut rest = content;
    for (index, cells) in records(content, separator).enumerate() {
        // Blank lines are rows of a spreadsheet too, but no records.
        let blank = rest.len() - rest.trim_start_matches('\n').len();
        rest = rest.trim_start_matches('\n');
        number += blank as u32;
        let lines = 1 + cells.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        for _ in 0..lines {
            rest = rest.split_once('\n').map_or("", |(_, behind)| behind);
        }
        longest = longest.max((lines, number));
        if index == 0 {
            table.headings = cells;
        } else if cells.iter().any(|cell| !cell.trim().is_empty()) {
            table.rows.push(Row { number, cells });
        }
        number += 1;
    }
    if content.matches('"').count() % 2 == 1 {
        let place = || Place::Cell { row: longest.1, column: "1".to_owned() };
        report.add(Severity::Warning, "csv-open-quote", place, || {
            format!(
                "A quotation mark is never closed, most likely in row {}, which runs over {} lines; check the rows from there.",
                longest.1, longest.0
            )
        });
    }
    for row in &table.rows {
        check_length(row, &table.headings, report);
    }
    table
}

fn check_length(row: &Row, headings: &[String], report: &mut Report) {
    if let Some((column, cell)) = row.beyond(headings.len()).next() {
        let place = || Place::Cell { row: row.number, column: (column + 1).to_string() };
        report.add(Severity::Warning, "csv-long-row", place, || {
            let short: String = cell.chars().take(40).collect();
            format!(
                "The row has more cells than there are headings, from “{short}” on; they were kept by their number."
            )
        });
    } else if row.cells.len() < headings.len() {
        let column = headings.get(row.cells.len()).cloned().unwrap_or_default();
        let place = || Place::Cell { row: row.number, column };
        report.add(Severity::Notice, "csv-short-row", place, || {
            format!(
                "The row ends after {} of {} cells; the others were taken as empty.",
                row.cells.len(),
                headings.len()
            )
        });
    }
}
