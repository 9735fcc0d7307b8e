//! What a page with a map says to people whose browser runs no scripts: what it is, the map, the greatest risks in
//! sentences, and all components in a table.
//!
//! Knows documents and analyses; knows no screen. Everything that comes from data is escaped; no links, no styles.

use crate::analysis::rank::shown;
use crate::analysis::voice::date_in_words;
use crate::analysis::Analysis;
use crate::app::describe::count;
use crate::app::ranking::Audience;
use crate::app::report::summary;
use crate::app::table::columns::{column_of, text, Field, NOT_KNOWN};
use crate::model::{ComponentId, ComponentKind, Document};
use crate::render::xml::push_escaped;

/// What the file is, for somebody who got it by mail.
const WHAT_IT_IS: &str = "This file is a Wardley map, made with Portolan. It opens in any browser, with nothing to \
                          install, and asks nothing of the network. With scripts switched off it can be read and \
                          printed; with scripts on it can be searched, changed and saved again.";
/// Names in a cell before "and 3 more".
const MOST_NAMES: usize = 6;
/// Columns of the table that come from the risk model.
const RISK_COLUMNS: [Field; 5] = [Field::Owner, Field::Supplier, Field::SupportEnds, Field::Group, Field::Score];

/// The markup. `picture` is the map as SVG.
pub(super) fn page(document: &Document, analysis: &Analysis, title: &str, picture: &str, facts: bool) -> String {
    let mut page = Page { out: String::with_capacity(picture.len() + 4096) };
    page.out.push_str("<main id=\"handout\">\n<header>\n");
    page.element("h1", title);
    let mut lead =
        format!("{}, {}.", count(document.components.len(), "component"), count(document.links.len(), "link"));
    if let Some(today) = analysis.today() {
        lead = format!("As of {}: {lead}", date_in_words(today));
    }
    page.element("p", &lead);
    if !document.settings.description.trim().is_empty() {
        page.element("p", &document.settings.description);
    }
    page.element("p", WHAT_IT_IS);
    page.out.push_str("</header>\n<figure>\n");
    page.out.push_str(picture);
    page.out.push_str("</figure>\n");
    let known = facts && analysis.ranking.with_facts > 0;
    if known {
        page.risks(document, analysis);
    }
    page.components(document, analysis, known);
    page.out.push_str("</main>\n");
    page.out
}

struct Page {
    out: String,
}

impl Page {
    fn element(&mut self, tag: &str, text: &str) {
        self.open(tag);
        push_escaped(&mut self.out, text.trim());
        self.close(tag);
    }

    fn open(&mut self, tag: &str) {
        for part in ["<", tag, ">"] {
            self.out.push_str(part);
        }
    }

    fn close(&mut self, tag: &str) {
        for part in ["</", tag.split(' ').next().unwrap_or(tag), ">\n"] {
            self.out.push_str(part);
        }
    }

    fn risks(&mut self, document: &Document, analysis: &Analysis) {
        let summary = summary(document, analysis, (Audience::Board, false), None);
        self.open("section");
        self.element("h2", &summary.title);
        // The page has said already of which day it is.
        for paragraph in summary.lead.iter().filter(|text| !text.starts_with("As of ")) {
            self.element("p", paragraph);
        }
        self.open("ol");
        for risk in &summary.risks {
            self.open("li");
            self.element("h3", &risk.name);
            for paragraph in &risk.text {
                self.element("p", paragraph);
            }
            self.close("li");
        }
        self.close("ol");
        for (heading, lines) in &summary.lists {
            self.element("h3", heading);
            self.open("ul");
            for line in lines {
                self.element("li", line);
            }
            self.close("ul");
        }
        self.close("section");
    }

    fn components(&mut self, document: &Document, analysis: &Analysis, known: bool) {
        let extra: &[Field] = if known { &RISK_COLUMNS } else { &[] };
        self.open("section");
        self.element("h2", "Components");
        self.open("table");
        self.out.push_str("<thead><tr>");
        for heading in
            ["Name", "Sort", "Evolution", "Needs"].into_iter().chain(extra.iter().map(|f| column_of(*f).words))
        {
            self.element("th scope=\"col\"", heading);
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        // Systems by their place in the order, as far as they have one; then the rest.
        let ranked = analysis.ranking.rows.iter().map(|row| row.component).filter(|_| known);
        let rest = document.components.keys().copied().filter(|id| !known || analysis.row(*id).is_none());
        for id in ranked.chain(rest) {
            self.row(document, analysis, id, extra);
        }
        self.out.push_str("</tbody>\n");
        self.close("table");
        self.close("section");
    }

    fn row(&mut self, document: &Document, analysis: &Analysis, id: ComponentId, extra: &[Field]) {
        let Some(component) = document.components.get(&id) else { return };
        self.open("tr");
        self.open("th scope=\"row\"");
        push_escaped(&mut self.out, &shown(&component.name));
        if !component.description.trim().is_empty() {
            self.element("p", &component.description);
        }
        self.close("th");
        let kind = text(document, analysis, Field::Kind, id);
        self.element(
            "td",
            match component.kind {
                ComponentKind::Component if component.facts.is_some() => &kind,
                ComponentKind::Component => "Component",
                ComponentKind::Anchor => "Anchor (user)",
                ComponentKind::Submap => "Submap",
                ComponentKind::Unknown(_) => "Of a newer version",
            },
        );
        let axis = &document.settings.evolution;
        let stage = component.evolution.map_or("not decided", |at| {
            axis.stages.get(axis.stage_of(at.get())).map_or("", |stage| stage.name.as_str())
        });
        self.element("td", stage);
        let needs = analysis.needs(id);
        let mut names = String::new();
        for need in needs.iter().take(MOST_NAMES) {
            if !names.is_empty() {
                names.push_str("; ");
            }
            names.push_str(document.components.get(&need.component).map_or("", |c| c.name.as_str()));
        }
        if needs.len() > MOST_NAMES {
            names.push_str(&format!(" and {} more", needs.len() - MOST_NAMES));
        }
        self.element("td", &names);
        for field in extra {
            let cell = text(document, analysis, *field, id);
            self.element("td", if cell == NOT_KNOWN { "not known" } else { &cell });
        }
        self.close("tr");
    }
}
