//! `portolan rank`: the systems in order of risk.

use std::fmt::Write as _;

use portolan::analysis::analyse;
use portolan::analysis::rank::firmness::DEFAULT_DRAWS;

use crate::files;
use crate::risk::{order, Order, Span, SystemRow};
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
    let order = order(document, &analyse(document, Some(today)), today, draws);
    let text = match format {
        "json" => files::json_text(&order)?,
        "csv" => table(&order)?,
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

const HEADINGS: &[&str] = &[
    "rank",
    "id",
    "name",
    "group",
    "legacy",
    "clinical_gate",
    "score_low",
    "score_plan",
    "score_high",
    "index_low",
    "index_plan",
    "index_high",
    "inherited_low",
    "inherited_plan",
    "inherited_high",
    "yearly_cost_gbp_low",
    "yearly_cost_gbp_plan",
    "yearly_cost_gbp_high",
    "urgency",
    "clinical_level_plan",
    "unknown_answers",
    "stale_answers",
    "find_out",
    "ahead_of_next",
    "tie_with_next",
    "sentence",
];

fn table(order: &Order) -> Result<String, Failure> {
    let failed = |error: csv::Error| Failure::Format(error.to_string());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEADINGS).map_err(failed)?;
    for system in &order.systems {
        writer.write_record(cells(system)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| Failure::Format(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Failure::Format(error.to_string()))
}

fn cells(system: &SystemRow) -> Vec<String> {
    let span = |span: Span| [span.low, span.plan, span.high].map(|value| value.to_string());
    let open = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let firm = system.by_weights.as_ref();
    let mut cells = vec![
        system.rank.to_string(),
        system.id.clone(),
        guarded(&system.name),
        system.group.to_owned(),
        system.legacy.to_owned(),
        system.clinical_gate.to_string(),
    ];
    cells.extend(span(system.overall));
    cells.extend(span(system.index));
    cells.extend(span(system.inherited_impact));
    cells.extend(system.yearly_cost_gbp.map_or_else(Default::default, span));
    cells.push(open(system.urgency));
    cells.push(open(system.clinical.as_ref().map(|harm| harm.level.plan)));
    cells.push(system.unknown_answers.to_string());
    cells.push(system.stale_answers.to_string());
    cells.push(system.find_out.to_string());
    cells.push(open(firm.and_then(|firm| firm.ahead_of_next)));
    cells.push(firm.map_or_else(String::new, |firm| firm.tie_with_next.to_string()));
    cells.push(guarded(&system.sentence));
    cells
}

/// A cell that no spreadsheet computes.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
