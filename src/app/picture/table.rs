//! The components as a table: on the clipboard as markup and as text, and on paper.

use crate::analysis::rank::{join, shown};
use crate::app::report::DataTable;
use crate::app::App;
use crate::model::AnyRecordId;

/// Names in a cell before the rest is counted.
const MOST_NAMES: usize = 6;
/// Words of the steps of the risk ramp.
const LEVELS: [&str; 5] = ["1 none", "2 low", "3 moderate", "4 high", "5 critical"];

impl App {
    /// The components that are drawn, from top to bottom, all or those selected.
    pub(super) fn component_table(&self, selection: bool) -> DataTable {
        let document = &self.document;
        let ranking = &self.analysis().ranking;
        let known = ranking.rows.iter().any(|row| row.has_facts);
        let mut headings = vec![("Name", false), ("Stage", false), ("Evolution", true), ("Needs", false)];
        if known {
            headings.extend([("Owner", false), ("Risk", false)]);
        }
        let mut rows = Vec::new();
        for id in self.scene().reading_order() {
            let Some(component) = document.components.get(&id) else { continue };
            if selection && !self.selection.contains(&AnyRecordId::Component(id)) {
                continue;
            }
            let at = self.position(id).map(|at| at.x);
            let axis = &document.settings.evolution;
            let stage = at.and_then(|at| axis.stages.get(axis.stage_of(at))).map_or("", |stage| &stage.name);
            let mut needs = Vec::new();
            for link in self.scene().links_of(id) {
                let Some(link) = document.links.get(link).filter(|link| link.from == id) else { continue };
                if let Some(needed) = document.components.get(&link.to) {
                    needs.push(shown(&needed.name));
                }
            }
            let more = needs.len().saturating_sub(MOST_NAMES);
            needs.truncate(MOST_NAMES);
            let mut needs = if more > 0 { needs.join(", ") } else { join(&needs) };
            if more > 0 {
                needs.push_str(&format!(" and {more} more"));
            }
            let evolution = at.map_or_else(String::new, |at| format!("{at:.2}"));
            let mut row = vec![shown(&component.name), stage.to_owned(), evolution, needs];
            if known {
                let facts = component.facts();
                let owner = facts.owner_business.value().or(facts.owner_technical.value());
                row.push(owner.cloned().unwrap_or_default());
                let ranked = ranking.rows.iter().find(|row| row.component == id && row.has_facts);
                row.push(ranked.map_or_else(String::new, |row| {
                    let level = LEVELS.get(usize::from(row.level).saturating_sub(1)).copied().unwrap_or_default();
                    if row.hatched {
                        format!("{level}, with unknowns")
                    } else {
                        level.to_owned()
                    }
                }));
            }
            rows.push(row);
        }
        DataTable { headings, rows, ..DataTable::default() }
    }
}

/// A cell that no spreadsheet takes for a formula.
fn guarded(cell: &str) -> String {
    let cell: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if cell.starts_with(['=', '+', '-', '@']) {
        format!("'{cell}")
    } else {
        cell
    }
}

fn push_text(out: &mut String, text: &str) {
    crate::render::xml::push_escaped(out, text);
}

/// The table as markup. With a `payload`, the map goes along where this app finds it again when it is pasted.
pub(super) fn as_html(title: &str, table: &DataTable, payload: Option<&str>) -> String {
    let mut out = String::from("<meta charset=\"utf-8\"><p>");
    push_text(&mut out, title);
    out.push_str("</p><table border=\"1\"");
    if let Some(payload) = payload {
        out.push_str(" data-portolan=\"");
        push_text(&mut out, payload);
        out.push('"');
    }
    out.push_str("><thead><tr>");
    for (heading, _) in &table.headings {
        out.push_str("<th>");
        push_text(&mut out, heading);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in row {
            out.push_str("<td>");
            push_text(&mut out, &guarded(cell));
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
    out
}

/// The table as lines with tabs.
pub(super) fn as_text(title: &str, table: &DataTable) -> String {
    let mut out = guarded(title);
    out.push_str("\r\n\r\n");
    let headings: Vec<&str> = table.headings.iter().map(|(heading, _)| *heading).collect();
    out.push_str(&headings.join("\t"));
    out.push_str("\r\n");
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| guarded(cell)).collect();
        out.push_str(&cells.join("\t"));
        out.push_str("\r\n");
    }
    out
}

/// A link with the title of the map for its words.
pub(super) fn link_as_html(address: &str, title: &str) -> String {
    let mut out = String::from("<meta charset=\"utf-8\"><a href=\"");
    push_text(&mut out, address);
    out.push_str("\">");
    push_text(&mut out, title);
    out.push_str("</a>");
    out
}
