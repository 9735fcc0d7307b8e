//! A text to rows and cells: separators, line ends, quotes, lines above the headings, totals below, ragged rows.
//!
//! Knows no meaning of any column but by asking whether a row looks like headings. The parsing of quotes is the `csv`
//! crate's.

use crate::diag::{Place, Severity};
use crate::format::csv::columns::known_headings;
use crate::format::report::Report;
use crate::model::folded_name;

/// Separators that are looked for.
pub const SEPARATORS: [u8; 4] = *b",;\t|";
/// Most rows above the headings.
pub(super) const MOST_ABOVE: usize = 20;
/// Longest cell, bytes; spreadsheets hold 32,767 characters.
pub(super) const MAX_CELL_BYTES: usize = 65_536;
/// Most columns of a table; more is no table that anybody made.
pub(super) const MAX_COLUMNS: usize = 2_000;
/// Rows that are looked at to find the separator and the headings.
const LOOKED_AT: usize = 30;

/// How a text is cut into cells; what is `None` is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cut {
    /// Between cells.
    pub separator: Option<u8>,
    /// The headings, by their place among the rows that hold anything, from 0.
    pub heading_row: Option<usize>,
}

/// A table with its headings.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Sheet {
    /// Between cells.
    pub separator: u8,
    /// The first rows that hold anything: their numbers and what they say, to choose the headings from.
    pub beginning: Vec<(u32, String)>,
    /// Which of them are the headings.
    pub heading_row: usize,
    /// Headings as they stand.
    pub headings: Vec<String>,
    /// The rows below the headings that hold anything.
    pub rows: Vec<Row>,
    /// Rows that are no rows of the table: what stands above the headings, and totals.
    pub beside: Vec<Beside>,
}

/// A row that is no row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its number in a spreadsheet.
    pub number: u32,
    /// Its first words.
    pub text: String,
    /// It stands below the table and sums it up; otherwise it stands above the headings.
    pub is_total: bool,
}

impl Sheet {
    /// Whether the heading of this column stands further left already.
    pub(super) fn repeats(&self, column: usize) -> bool {
        let folded = |heading: &String| heading.trim().to_lowercase();
        self.headings.get(column).map(folded).is_some_and(|heading| {
            !heading.is_empty() && self.headings.iter().take(column).any(|earlier| folded(earlier) == heading)
        })
    }

    /// Whether no row has anything in this column.
    pub(super) fn is_empty_column(&self, column: usize) -> bool {
        self.rows.iter().all(|row| row.cell(column).is_empty())
    }

    /// The first few different cells of a column, shortened.
    pub fn examples(&self, column: usize, most: usize) -> Vec<String> {
        let mut examples: Vec<String> = Vec::new();
        for cell in self.rows.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_empty()) {
            let short = shortened(cell, 40);
            if !examples.contains(&short) {
                examples.push(short);
                if examples.len() >= most {
                    break;
                }
            }
        }
        examples
    }
}

/// A cell without the mark that keeps spreadsheets from computing it.
pub(super) fn plain(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(super::FORMULA_SIGNS) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// The beginning of a text, with a sign when there is more.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number in a spreadsheet, from 1.
    pub number: u32,
    cells: Vec<String>,
}

impl Row {
    /// The content of a cell without blanks around it; empty when the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
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
    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }
    fn words(&self) -> String {
        let mut words = String::new();
        for cell in self.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) {
            if !words.is_empty() {
                words.push_str(" · ");
            }
            words.push_str(cell);
            if words.len() > 200 {
                break;
            }
        }
        shortened(&words, 80)
    }
}

/// The separator of a table: the one that stands as often in most of the first lines.
pub(super) fn separator_of(text: &str) -> u8 {
    let mut best = ((0, 0), b',');
    for separator in SEPARATORS {
        let mut counts: Vec<usize> = Vec::new();
        let (mut quoted, mut count, mut empty) = (false, 0, true);
        for byte in text.bytes().take(1 << 18) {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' | b'\r' if !quoted => {
                    if !empty {
                        counts.push(count);
                    }
                    (count, empty) = (0, true);
                    if counts.len() >= LOOKED_AT {
                        break;
                    }
                    continue;
                }
                other if other == separator && !quoted => count += 1,
                _ => {}
            }
            empty = false;
        }
        if !empty && counts.len() < LOOKED_AT {
            counts.push(count);
        }
        let lines = |wanted: usize| counts.iter().filter(|count| **count == wanted).count();
        let score = counts.iter().filter(|count| **count > 0).map(|count| (lines(*count), *count)).max();
        if score.is_some_and(|score| score > best.0) {
            best = (score.unwrap_or_default(), separator);
        }
    }
    best.1
}

/// The first row of a table and the one that seems to be its headings, for a look at what it is.
pub(super) fn headings_of(text: &str) -> (Vec<String>, Vec<String>) {
    let (text, separator) = without_hint(text);
    let mut first: Vec<Row> = Vec::new();
    for cells in records(text, separator.unwrap_or_else(|| separator_of(text))).take(LOOKED_AT) {
        first.push(Row { number: 0, cells });
    }
    let place = heading_row(&first);
    let cells = |place: usize| first.iter().filter(|row| row.filled() > 0).nth(place).map(|row| row.cells.clone());
    (cells(0).unwrap_or_default(), cells(place).unwrap_or_default())
}

/// Excel's first line `sep=;` names the separator and is no row.
fn without_hint(text: &str) -> (&str, Option<u8>) {
    let first = text.lines().next().unwrap_or_default();
    match first.trim().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) if separator.is_ascii() => {
            (text.get(first.len()..).unwrap_or_default().trim_start_matches(['\r', '\n']), Some(*separator))
        }
        _ => (text, None),
    }
}

fn records(text: &str, separator: u8) -> impl Iterator<Item = Vec<String>> + use<'_> {
    let reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    // Reading from memory that is valid text has no errors left to report.
    reader.into_records().map_while(Result::ok).map(|record| record.iter().map(str::to_owned).collect())
}

/// Which of the rows that hold anything are the headings: the one with most known headings; where there is none, the
/// first that is filled about as far as the rest.
fn heading_row(rows: &[Row]) -> usize {
    let rows: Vec<&Row> = rows.iter().filter(|row| row.filled() > 0).take(MOST_ABOVE).collect();
    let most_filled = rows.iter().map(|row| row.filled()).max().unwrap_or(0);
    let mut best = (0, None);
    for (place, row) in rows.iter().enumerate() {
        let known = known_headings(&row.cells);
        // A first row of headings is the headings; further down their words are those of systems or of another table.
        if place == 0 && (known > 4 || known > 1 && known * 2 >= row.filled()) {
            return 0;
        }
        // One known word in a later row is a word, not headings.
        if known > best.0 && (known > 1 || place == 0) {
            best = (known, Some(place));
        }
    }
    let filled = || rows.iter().position(|row| row.filled() * 5 >= most_filled * 3);
    best.1.or_else(filled).unwrap_or(0)
}

/// Reads the table as it seems to be meant.
pub(super) fn read_sheet(text: &str, report: &mut Report) -> Sheet {
    cut_sheet(text, Cut::default(), report)
}

/// Reads the table; what is ragged or badly quoted is reported.
pub(super) fn cut_sheet(text: &str, cut: Cut, report: &mut Report) -> Sheet {
    // One sort of line end, so that rows can be counted.
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    let (content, hinted) = without_hint(&text);
    let separator = cut.separator.or(hinted).unwrap_or_else(|| separator_of(content));
    let mut number = 1 + u32::from(hinted.is_some());
    let mut longest = (0, 1);
    let mut rest = content;
    let mut rows: Vec<Row> = Vec::new();
    for cells in records(content, separator) {
        // Blank lines are rows of a spreadsheet too, but no records.
        let blank = rest.len() - rest.trim_start_matches('\n').len();
        rest = rest.trim_start_matches('\n');
        number += blank as u32;
        let lines = 1 + cells.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        for _ in 0..lines {
            rest = rest.split_once('\n').map_or("", |(_, behind)| behind);
        }
        longest = longest.max((lines, number));
        let row = Row { number, cells };
        if row.filled() > 0 {
            rows.push(row);
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
    assemble(rows, separator, cut.heading_row, report)
}

fn assemble(mut rows: Vec<Row>, separator: u8, headings: Option<usize>, report: &mut Report) -> Sheet {
    let mut sheet = Sheet { separator, ..Sheet::default() };
    for row in rows.iter().take(MOST_ABOVE) {
        sheet.beginning.push((row.number, row.words()));
    }
    let place = headings.unwrap_or_else(|| heading_row(rows.get(..LOOKED_AT).unwrap_or(&rows)));
    let place = place.min(rows.len().saturating_sub(1));
    sheet.heading_row = place;
    let below = rows.split_off((place + 1).min(rows.len()));
    if let Some(headings) = rows.pop() {
        for heading in headings.cells {
            sheet.headings.push(plain(&heading));
        }
    }
    for row in rows {
        let text = row.words();
        report.add(
            Severity::Notice,
            "csv-above-headings",
            || Place::Cell { row: row.number, column: "1".to_owned() },
            || format!("Row {} stands above the headings and was left out: “{text}”.", row.number),
        );
        sheet.beside.push(Beside { number: row.number, text, is_total: false });
    }
    sheet.rows = below;
    take_out_totals(&mut sheet, report);
    if sheet.headings.len() <= MAX_COLUMNS {
        for row in &sheet.rows {
            check_length(row, &sheet.headings, report);
        }
    }
    sheet
}

/// The last rows, when they sum the others up.
fn take_out_totals(sheet: &mut Sheet, report: &mut Report) {
    for _ in 0..3 {
        let is_total = sheet.rows.last().is_some_and(|row| {
            let first =
                row.cells.iter().map(|cell| folded_name(cell)).find(|cell| !cell.is_empty()).unwrap_or_default();
            let first = first.trim_end_matches(':');
            let others = row.cells.iter().filter(|cell| !cell.trim().is_empty()).skip(1);
            matches!(first, "total" | "totals" | "grand total" | "sum" | "subtotal" | "sub-total" | "average")
                && others.clone().all(|cell| cell.chars().any(|c| c.is_ascii_digit()))
        });
        if sheet.rows.len() < 2 || !is_total {
            return;
        }
        if let Some(row) = sheet.rows.pop() {
            let text = row.words();
            report.add(
                Severity::Notice,
                "csv-total",
                || Place::Cell { row: row.number, column: "1".to_owned() },
                || format!("Row {} sums the others up and was left out: “{text}”.", row.number),
            );
            sheet.beside.push(Beside { number: row.number, text, is_total: true });
        }
    }
}

fn check_length(row: &Row, headings: &[String], report: &mut Report) {
    if let Some((column, cell)) = row.beyond(headings.len()).next() {
        let place = || Place::Cell { row: row.number, column: (column + 1).to_string() };
        report.add(Severity::Warning, "csv-long-row", place, || {
            let short = shortened(cell, 40);
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
