//! The order as a table with every figure in full, the same bytes in the browser and on the command line.

use crate::analysis::interval::Interval;
use crate::analysis::rank::firmness::Firmness;
use crate::analysis::rank::{headline, shown, RankRow};
use crate::analysis::Analysis;
use crate::format::csv::write_rows;
use crate::model::Document;

const HEADINGS: [&str; 26] = [
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

/// The order as CSV, a row for each system; the two columns on how firm it is are empty while that is not worked out.
pub fn order_csv(document: &Document, analysis: &Analysis, firmness: Option<&Firmness>) -> String {
    let mut rows = Vec::new();
    for (place, row) in analysis.ranking.rows.iter().enumerate() {
        let firm = firmness.and_then(|all| all.rows.get(place));
        let mut cells = cells(document, row);
        cells.push(firm.and_then(|firm| firm.ahead_of_next).map_or_else(String::new, |share| share.to_string()));
        cells.push(firm.map_or_else(String::new, |firm| firm.ties_with_next.to_string()));
        cells.push(headline(document, row));
        rows.push(cells);
    }
    write_rows(HEADINGS.map(str::to_owned).to_vec(), rows)
}

fn cells(document: &Document, row: &RankRow) -> Vec<String> {
    let name = shown(document.components.get(&row.component).map_or("", |component| &component.name));
    let score = row.score;
    let mut cells = vec![
        row.rank.to_string(),
        row.component.to_string(),
        name,
        score.group.letter().to_owned(),
        score.legacy.words().to_owned(),
        row.gated.to_string(),
    ];
    let mut span = |value: Option<Interval>| match value {
        Some(Interval { low, plan, high }) => cells.extend([low.to_string(), plan.to_string(), high.to_string()]),
        None => cells.extend([String::new(), String::new(), String::new()]),
    };
    for value in [Some(score.overall), Some(row.index), Some(row.inherited), row.yearly_cost] {
        span(value);
    }
    let open = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    cells.push(open(row.urgency));
    cells.push(open(row.clinical.map(|harm| harm.level.plan)));
    cells.push(score.unknown.to_string());
    cells.push(score.stale.to_string());
    cells.push(row.find_out.to_string());
    cells
}
