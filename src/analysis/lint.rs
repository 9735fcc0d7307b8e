//! Hints about a map: things that are probably not meant, each as a notice with the component it is about.
//!
//! Computed when the hints are shown, not with every edit. Knows structure and places; nothing of risk scores.

use crate::analysis::Analysis;
use crate::diag::{Diagnostic, Place, Severity};
use crate::model::{folded_name, ComponentId, Document};

/// Most hints given; a large import would otherwise drown its reader.
pub const MOST_HINTS: usize = 500;
/// How far below what it needs a component must stand before the value chain counts as upside down.
const UPSIDE_DOWN: f64 = 0.02;

/// Hints, by kind and then by component.
pub fn hints(document: &Document, analysis: &Analysis) -> Vec<Diagnostic> {
    let graph = &analysis.graph;
    let name = |id: ComponentId| {
        document.components.get(&id).map_or_else(String::new, |c| crate::analysis::rank::shown(&c.name))
    };
    let mut found = Vec::new();
    let mut add = |code, id: ComponentId, message: String| {
        found.push(Diagnostic::new(Severity::Notice, code, Place::Record(id.to_string()), message));
    };

    for cycle in graph.cycles() {
        let Some(first) = cycle.first() else { continue };
        let names: Vec<String> = cycle.iter().take(4).map(|id| name(*id)).collect();
        let more = if cycle.len() > 4 { format!(" and {} more", cycle.len() - 4) } else { String::new() };
        add("map-cycle", *first, format!("These need one another in a circle: {}{more}.", names.join(", ")));
    }
    if document.components.len() > 1 {
        for id in graph.components().iter().filter(|id| graph.is_isolated(**id)) {
            add("map-orphan", *id, format!("{} is not linked to anything.", name(*id)));
        }
    }
    let mut names: Vec<(String, ComponentId)> = Vec::with_capacity(graph.len());
    for id in graph.components() {
        let folded = document.components.get(id).map_or_else(String::new, |c| folded_name(&c.name));
        if folded.is_empty() {
            add("map-unnamed", *id, "A component has no name.".to_owned());
        } else {
            names.push((folded, *id));
        }
    }
    names.sort_unstable();
    for pair in names.chunk_by(|a, b| a.0 == b.0).filter(|chunk| chunk.len() > 1) {
        if let Some((_, id)) = pair.first() {
            add("map-same-name", *id, format!("{} components are called {}.", pair.len(), name(*id)));
        }
    }
    for id in graph.components() {
        let Some(own) = analysis.place(*id).filter(|p| p.visibility_decided) else { continue };
        for need in graph.needs(*id) {
            let Some(below) = analysis.place(need.component).filter(|p| p.visibility_decided) else { continue };
            if below.at.y > own.at.y + UPSIDE_DOWN && graph.cycle_of(*id).is_none() {
                let message = format!("{} stands above {}, which needs it.", name(need.component), name(*id));
                add("map-upside-down", need.component, message);
            }
        }
    }
    found.truncate(MOST_HINTS);
    found
}
