//! Every kind of element is made, changed, removed and brought back without a line of text.

use std::rc::Rc;

use crate::app::action::ActionId;
use crate::app::intent::*;
use crate::app::tests::script::Person;
use crate::model::*;

/// Removes what is selected, then undoes until the revision before it was made.
fn delete_and_undo(person: &mut Person, count: fn(&Document) -> usize) {
    let there = count(person.app.document());
    person.key("Delete");
    assert_eq!(count(person.app.document()), there - 1, "{}", person.status());
    person.key("Ctrl+z");
    assert_eq!(count(person.app.document()), there);
}

#[test]
fn notes_annotations_and_accelerators_by_click() {
    let mut person = Person::with_tea_shop();
    type Count = fn(&Document) -> usize;
    let clicks: [(ActionId, &str, Count); 4] = [
        (ActionId::AddNote, "Agreed in May", |d| d.notes.len()),
        (ActionId::AddAnnotation, "Ask the owner", |d| d.annotations.len()),
        (ActionId::AddAccelerator, "Open standard", |d| d.accelerators.len()),
        (ActionId::AddDeaccelerator, "Regulation", |d| d.accelerators.len()),
    ];
    for (action, text, count) in clicks {
        person.acts(action);
        person.types_name(text);
        assert_eq!(person.app.selection().len(), 1, "{text} is selected");
        person.key("F2");
        person.types_name(&format!("{text}, changed"));
        delete_and_undo(&mut person, count);
        person.acts(ActionId::SelectNone);
    }
    let document = person.app.document();
    assert_eq!(document.notes.values().next().unwrap().text, "Agreed in May, changed");
    assert_eq!(document.annotations.values().next().unwrap().number, 1);
    assert_eq!(document.accelerators.values().filter(|a| a.slows).count(), 1);
}

#[test]
fn attitudes_by_two_clicks_and_by_drag() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::AddPioneers);
    person.clicks(person.screen(0.05, 0.9));
    person.clicks(person.screen(0.2, 0.6));
    person.acts(ActionId::AddTownPlanners);
    person.drags(person.screen(0.75, 0.5), person.screen(0.95, 0.1));
    let attitudes: Vec<(AttitudeKind, i64, i64)> = person
        .app
        .document()
        .attitudes
        .values()
        .map(|a| (a.kind, (a.from.x * 100.0).round() as i64, (a.to.y * 100.0).round() as i64))
        .collect();
    assert!(attitudes.contains(&(AttitudeKind::Pioneers, 5, 60)), "{attitudes:?}");
    assert!(attitudes.contains(&(AttitudeKind::TownPlanners, 75, 10)), "{attitudes:?}");
    delete_and_undo(&mut person, |d| d.attitudes.len());
}

#[test]
fn pipelines_with_variants_that_evolve_and_resist() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Power"));
    person.acts(ActionId::AddPipeline);
    person.clicks(person.spot("Power"));
    person.acts(ActionId::AddVariant);
    person.types_name("Gas");
    person.types_name("Solar");
    person.types_name("");
    let document = person.app.document();
    let (pipeline, _) = document.pipeline_of_parent(person.id("Power")).unwrap();
    assert_eq!(document.pipeline_members(pipeline).count(), 2);
    person.does(Intent::Select(SelectIntent::Only([person.record("Solar")].into())));
    person.acts(ActionId::EvolveForward);
    person.acts(ActionId::ToggleInertia);
    person.acts(ActionId::MethodBuy);
    let solar = &person.app.document().components[&person.id("Solar")];
    assert!(solar.evolve.is_some() && solar.inertia.is_some() && solar.method == Some(Method::Buy));
    // A variant stays at the height of the box, however it is moved.
    let height = person.place("Power").1;
    person.key("ArrowUp");
    assert_eq!(person.place("Solar").1, height);
    person.acts(ActionId::LeavePipeline);
    assert_eq!(person.app.document().components[&person.id("Solar")].pipeline, None);
    assert_eq!(person.place("Solar").1, height, "it stays where it was");
    person.does(Intent::Select(SelectIntent::Only([AnyRecordId::Pipeline(pipeline)].into())));
    delete_and_undo(&mut person, |d| d.pipelines.len());
}

#[test]
fn kinds_and_symbols_go_on_and_off() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Kettle"));
    let start = Rc::clone(person.app.document());
    let actions = [
        ActionId::MethodBuild,
        ActionId::MethodOutsource,
        ActionId::ToggleMarket,
        ActionId::ToggleEcosystem,
        ActionId::ToggleSubmap,
        ActionId::ToggleAnchor,
        ActionId::ToggleInertia,
        ActionId::Lock,
        ActionId::Hide,
    ];
    for action in actions {
        person.acts(action);
        assert_ne!(person.app.document().components, start.components, "{action:?} on");
        person.acts(action);
        assert_eq!(person.app.document().components, start.components, "{action:?} off");
    }
}

#[test]
fn links_become_flows_and_turn() {
    let mut person = Person::with_tea_shop();
    let link = *person.app.document().links.keys().next().unwrap();
    person.does(Intent::Select(SelectIntent::Only([AnyRecordId::Link(link)].into())));
    let kind = |p: &Person| p.app.document().links[&link].kind;
    let mut seen = Vec::new();
    for _ in 0..3 {
        person.acts(ActionId::MakeFlow);
        seen.push(kind(&person));
    }
    use FlowDirection::*;
    assert_eq!(seen, [LinkKind::Flow(Forward), LinkKind::Flow(Backward), LinkKind::Flow(Both)]);
    person.acts(ActionId::MakeNeed);
    assert_eq!(kind(&person), LinkKind::Need);
    let ends = |p: &Person| (p.app.document().links[&link].from, p.app.document().links[&link].to);
    let before = ends(&person);
    person.acts(ActionId::ReverseLink);
    assert_eq!(ends(&person), (before.1, before.0));
    person.key("F2");
    person.types_name("by hand");
    assert_eq!(person.app.document().links[&link].context, "by hand");
}

#[test]
fn areas_hold_components_that_may_be_in_several() {
    let mut person = Person::with_tea_shop();
    for (name, members) in [("Making", ["Kettle", "Power"]), ("Hot", ["Kettle", "Cup of tea"])] {
        let records = members.map(|m| person.record(m)).into();
        person.does(Intent::Select(SelectIntent::Only(records)));
        person.key("Ctrl+g");
        person.types_name(name);
    }
    let kettle = person.id("Kettle");
    assert_eq!(person.app.document().areas.values().filter(|a| a.members.contains(&kettle)).count(), 2);
    person.clicks(person.spot("Kettle"));
    person.key("Delete");
    assert!(person.app.document().areas.values().all(|a| a.members.len() == 1));
}
