//! Words for screen readers, the status bar and tooltips. Plain UK English.

use crate::app::state::{GuideStep, Look, ToolKind};
use crate::app::App;
use crate::model::{AnyRecordId, AttitudeKind, ComponentId, ComponentKind, Method};

/// "1 link", "3 links".
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}

/// A name in one line.
pub fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Name of a component.
pub fn name_of(app: &App, id: ComponentId) -> String {
    app.document().components.get(&id).map_or_else(|| "a component".to_owned(), |c| one_line(&c.name))
}

/// Name of the stage that holds this evolution.
pub fn stage_name(app: &App, evolution: f64) -> String {
    let axis = &app.document().settings.evolution;
    axis.stages.get(axis.stage_of(evolution)).map_or_else(|| "evolution".to_owned(), |s| s.name.clone())
}

fn percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

/// Where a component stands, in words.
pub fn place(app: &App, id: ComponentId) -> String {
    let Some(component) = app.document().components.get(&id) else { return String::new() };
    let evolution = match component.evolution {
        Some(e) => format!("evolution {} {} %", stage_name(app, e.get()), percent(e.get())),
        None => "evolution undecided".to_owned(),
    };
    let visibility = match component.visibility {
        Some(v) => format!("visibility {} %", percent(v.get())),
        None if component.pipeline.is_some() => "in a pipeline".to_owned(),
        None => "visibility undecided".to_owned(),
    };
    format!("{evolution}, {visibility}")
}

/// What a record is, in one sentence: name, kind, place, risk, links.
pub fn record(app: &App, record: AnyRecordId) -> String {
    let document = app.document();
    match record {
        AnyRecordId::Component(id) => {
            let Some(component) = document.components.get(&id) else { return String::new() };
            let kind = match &component.kind {
                ComponentKind::Anchor => "anchor",
                ComponentKind::Submap => "submap",
                ComponentKind::Unknown(_) => "element of a kind this version does not know",
                ComponentKind::Component => match component.method {
                    Some(Method::Build) => "component, build",
                    Some(Method::Buy) => "component, buy",
                    Some(Method::Outsource) => "component, outsource",
                    None => "component",
                },
            };
            let mut words = vec![one_line(&component.name), kind.to_owned(), place(app, id)];
            if let Some(evolve) = &component.evolve {
                words.push(format!("going to {} {} %", stage_name(app, evolve.to.get()), percent(evolve.to.get())));
            }
            if component.inertia.is_some() {
                words.push("with inertia".to_owned());
            }
            if let Some(risk) = app.risk_words(id) {
                words.push(risk);
            }
            let (needs, needed_by) = app.link_counts(id);
            words.push(format!("needs {needs}"));
            words.push(format!("needed by {needed_by}"));
            if app.analysis().graph.cycle_of(id).is_some() {
                words.push("in a circle".to_owned());
            }
            if component.hidden {
                words.push("hidden".to_owned());
            }
            if component.locked {
                words.push("locked".to_owned());
            }
            format!("{}.", words.join(", "))
        }
        AnyRecordId::Link(id) => {
            let Some(link) = document.links.get(&id) else { return String::new() };
            let text = if link.context.is_empty() { String::new() } else { format!(": {}", one_line(&link.context)) };
            format!("Link, {} needs {}{text}.", name_of(app, link.from), name_of(app, link.to))
        }
        AnyRecordId::Note(id) => {
            document.notes.get(&id).map_or_else(String::new, |n| format!("Note: {}.", one_line(&n.text)))
        }
        AnyRecordId::Annotation(id) => document
            .annotations
            .get(&id)
            .map_or_else(String::new, |a| format!("Annotation {}: {}.", a.number, one_line(&a.text))),
        AnyRecordId::Attitude(id) => document.attitudes.get(&id).map_or_else(String::new, |a| {
            match a.kind {
                AttitudeKind::Pioneers => "Area of pioneers.",
                AttitudeKind::Settlers => "Area of settlers.",
                AttitudeKind::TownPlanners => "Area of town planners.",
            }
            .to_owned()
        }),
        AnyRecordId::Accelerator(id) => document.accelerators.get(&id).map_or_else(String::new, |a| {
            format!("{} {}.", if a.slows { "Deaccelerator" } else { "Accelerator" }, one_line(&a.name))
        }),
        AnyRecordId::Pipeline(id) => {
            document.pipelines.get(&id).map_or_else(String::new, |p| format!("Pipeline of {}.", name_of(app, p.parent)))
        }
        AnyRecordId::Area(id) => document.areas.get(&id).map_or_else(String::new, |a| {
            format!("Area {}, {}.", one_line(&a.name), count(a.members.len(), "component"))
        }),
        _ => String::new(),
    }
}

/// "Moved Kettle to Product 62 %, visibility 40 %."
pub fn moved(app: &App, id: ComponentId) -> String {
    let Some(at) = app.position(id) else { return String::new() };
    let stage = stage_name(app, at.x);
    format!("Moved {} to {stage} {} %, visibility {} %.", name_of(app, id), percent(at.x), percent(at.y))
}

/// A label of the history as something done: "Move Kettle" becomes "Moved Kettle".
pub fn done(label: &str) -> String {
    let (verb, rest) = label.split_once(' ').unwrap_or((label, ""));
    let past = match verb {
        "Add" => "Added",
        "Move" => "Moved",
        "Rename" => "Renamed",
        "Delete" => "Deleted",
        "Duplicate" => "Duplicated",
        "Paste" => "Pasted",
        "Link" => "Linked",
        "Change" => "Changed",
        "Place" => "Placed",
        "Hide" => "Hid",
        "Show" => "Showed",
        "Lock" => "Locked",
        "Unlock" => "Unlocked",
        "Record" => "Recorded",
        "Pin" => "Pinned",
        "Release" => "Released",
        _ => return label.to_owned(),
    };
    format!("{past} {rest}").trim_end().to_owned()
}

/// What to do with a tool; nothing for the select tool.
pub fn tool_hint(tool: ToolKind) -> Option<&'static str> {
    match tool {
        ToolKind::Select => None,
        ToolKind::Hand => Some("Drag to move the view."),
        ToolKind::Laser => Some("Point at the map. Escape puts the pointer away."),
        ToolKind::Component => Some("Click where the component should stand, or press Enter."),
        ToolKind::Anchor => Some("Click where the anchor should stand, or press Enter."),
        ToolKind::Link => Some("Click a component, then what it needs."),
        ToolKind::Note => Some("Click where the note should stand, or press Enter."),
        ToolKind::Area => Some("Click one corner of the area, then the opposite one."),
        ToolKind::MoveTo => Some("Click where the selection should go."),
        ToolKind::Annotation => Some("Click where the numbered remark belongs, or press Enter."),
        ToolKind::AnnotationPlace => Some("Click where the same remark belongs too, or press Enter."),
        ToolKind::Pipeline => Some("Click the component that has variants."),
        ToolKind::Interest => Some("Click two corners around the components of the area, or drag."),
        ToolKind::Accelerator => Some("Click where the accelerator should stand, or press Enter."),
        ToolKind::Deaccelerator => Some("Click where the deaccelerator should stand, or press Enter."),
        ToolKind::Attitude(AttitudeKind::Pioneers) => {
            Some("Click one corner of where pioneers work, then the opposite one.")
        }
        ToolKind::Attitude(AttitudeKind::Settlers) => {
            Some("Click one corner of where settlers work, then the opposite one.")
        }
        ToolKind::Attitude(AttitudeKind::TownPlanners) => {
            Some("Click one corner of where town planners work, then the opposite one.")
        }
    }
}

/// What the guide asks.
pub fn guide_question(app: &App, step: GuideStep) -> String {
    let user = app.document().components.values().find(|c| c.is_anchor()).map(|c| one_line(&c.name));
    match step {
        GuideStep::User => "Who needs something? Name the people the map is for.".to_owned(),
        GuideStep::Need => format!("What do {} need first of all?", user.unwrap_or_else(|| "they".to_owned())),
        GuideStep::Parts => "What does that take? Name the parts one by one; leave it empty to finish.".to_owned(),
    }
}

/// The look as it is kept in the preferences.
pub fn look_key(look: Look) -> &'static str {
    match look {
        Look::System => "system",
        Look::Light => "light",
        Look::Dark => "dark",
        Look::HighContrast => "high-contrast",
    }
}

/// The look of a kept preference.
pub fn look_from_key(key: &str) -> Look {
    match key {
        "light" => Look::Light,
        "dark" => Look::Dark,
        "high-contrast" => Look::HighContrast,
        _ => Look::System,
    }
}
