//! What the risk view shows besides the ranking: the summary for a board or for clinicians, pictures with their tables,
//! the register, and the records of the estate. Words come from `analysis::voice`; knows no screen.

mod lenses;
mod order;
mod pictures;
pub mod records;
mod register;
mod sheet;
mod summary;
#[cfg(test)]
mod tests;
mod weak_points;

pub use lenses::lenses;
pub use order::order_csv;
pub use pictures::{pictures, Picture};
pub use register::register;
pub use sheet::{basis_in_words, sheet, Sheet};
pub use summary::{summary, Summary, TopRisk};
pub use weak_points::weak_points;

use crate::model::ComponentId;

/// A part of a page: what it is about, sentences, and a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    /// Heading.
    pub heading: &'static str,
    /// Sentences above the table.
    pub lines: Vec<String>,
    /// The table; nothing is drawn when it has no rows.
    pub table: DataTable,
}

/// A table of words and numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataTable {
    /// Headings, with whether the column holds numbers.
    pub headings: Vec<(&'static str, bool)>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<String>>,
    /// The systems each row is about, to be shown on the map. Empty, or one entry for each row.
    pub about: Vec<Vec<ComponentId>>,
    /// The column whose cells lead to them.
    pub lead: usize,
}

/// Missing, number, text.
type Key = (bool, f64, String);

impl DataTable {
    /// Adds a row about these systems.
    pub fn push(&mut self, about: Vec<ComponentId>, row: Vec<String>) {
        self.about.push(about);
        self.rows.push(row);
    }

    /// Numbers of the rows by a column: numbers by size, words by letters; cells that say nothing or "not known" last
    /// either way.
    pub fn sorted(&self, column: usize, falling: bool) -> Vec<usize> {
        let numbers = self.headings.get(column).is_some_and(|(_, number)| *number);
        let key = |row: &Vec<String>| {
            let cell = row.get(column).map_or("", String::as_str).trim().to_lowercase();
            let number = number_in(&cell);
            let missing = cell.is_empty() || (numbers && number.is_none());
            (missing, number.filter(|_| numbers).unwrap_or(0.0), cell)
        };
        let mut keyed: Vec<(Key, usize)> = self.rows.iter().enumerate().map(|(at, row)| (key(row), at)).collect();
        crate::order::sort_by(&mut keyed, |(a, _), (b, _)| {
            let order =
                a.1.total_cmp(&b.1).then_with(|| if numbers { std::cmp::Ordering::Equal } else { a.2.cmp(&b.2) });
            a.0.cmp(&b.0).then(if falling { order.reverse() } else { order })
        });
        keyed.into_iter().map(|(_, at)| at).collect()
    }
}

/// The first number in a cell: "£1.2 million" is 1,200,000, "12 (9–16)" is 12.
fn number_in(cell: &str) -> Option<f64> {
    let start = cell.find(|c: char| c.is_ascii_digit())?;
    let rest = cell.get(start..)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    let number: f64 = rest.get(..end)?.replace(',', "").trim_end_matches('.').parse().ok()?;
    Some(if rest.get(end..).is_some_and(|unit| unit.trim_start().starts_with("million")) {
        number * 1e6
    } else {
        number
    })
}
