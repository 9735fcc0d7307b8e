//! `portolan rank`: the systems in order of risk.

use std::fmt::Write as _;

use portolan::analysis::analyse;
use portolan::analysis::rank::firmness::{Drawn, DEFAULT_DRAWS};
use portolan::app::report::order_csv;

use crate::files;
use crate::risk::{drawn, order, Order};
use crate::words::Words;
use crate::{Failure, Outcome};

/// Most draws that are waited for.
pub(crate) const MOST_DRAWS: f64 = 1e6;

pub(crate) fn rank(words: &Words) -> Result<Outcome, Failure> {
    let format = words.one_of("--format", &["text", "json", "csv"])?;
    let today = words.today()?;
    let draws = words.number("--draws", f64::from(DEFAULT_DRAWS), 1.0, MOST_DRAWS)? as u32;
    let opened = words.one_file()?;
    let document = &opened.imported.document;
    let analysis = analyse(document, Some(today));
    let by_weights = drawn(&analysis, Drawn::Weights, draws);
    let order = order(document, &analysis, today, draws);
    let text = match format {
        "json" => files::json_text(&order)?,
        // The same bytes as the app exports, but for the mark in front that spreadsheets want.
        "csv" => order_csv(document, &analysis, by_weights.as_ref()).trim_start_matches('\u{feff}').to_owned(),
        _ => list(&order),
    };
    files::write(words.option("-o"), text.as_bytes())?;
    Ok(Outcome::Fine)
}

fn list(order: &Order) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    for system in &order.systems {
        let gate = if system.clinical_gate { ", harm to patients first" } else { "" };
        _ = writeln!(text, "{:>4}. {}  [{}{gate}]", system.rank, system.name, system.group);
        _ = writeln!(
            text,
            "      index {:.3} ({:.3} to {:.3}); {} of 13 answers known",
            system.index.plan,
            system.index.low,
            system.index.high,
            13u8.saturating_sub(system.unknown_answers),
        );
        if system.by_weights.as_ref().is_some_and(|firm| firm.tie_with_next) {
            text.push_str("      a tie in practice with the next\n");
        }
        _ = writeln!(text, "      {}", system.sentence);
    }
    if order.systems.is_empty() {
        text.push_str("There is no system on this map.\n");
    }
    text
}
