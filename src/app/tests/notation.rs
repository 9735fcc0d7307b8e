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

/// The map with the whole notation, as OWM text and, with what that language has no words for, as our own file.
fn whole(name: &str) -> Person {
    let text = match name {
        "whole.owm" => include_str!("../../../tests/fixtures/notation/whole.owm"),
        _ => include_str!("../../../tests/fixtures/notation/whole.map.json"),
    };
    let mut person = Person::new();
    let files = vec![ReadFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }];
    person.does(Intent::File(FileIntent::Opened { files, can_save_back: false }));
    person
}

#[test]
fn the_map_with_the_whole_notation_holds_every_kind_and_reads_without_repair() {
    for name in ["whole.owm", "whole.map.json"] {
        let person = whole(name);
        let document = person.app.document();
        let worst = person.app.file_state().diagnostics.iter().map(|d| d.severity).max();
        assert!(worst <= Some(crate::diag::Severity::Notice), "{name}: {:?}", person.app.file_state().diagnostics);
        let components = || document.components.values();
        assert!(components().any(|c| c.is_anchor()) && components().any(|c| c.kind == ComponentKind::Submap));
        for symbol in [Symbol::Market, Symbol::Ecosystem] {
            assert!(components().any(|c| c.symbol == symbol), "{name}: {symbol:?}");
        }
        for method in [Method::Build, Method::Buy, Method::Outsource] {
            assert!(components().any(|c| c.method == Some(method)), "{name}: {method:?}");
        }
        assert!(components().any(|c| c.inertia.is_some()));
        assert!(components().any(|c| c.evolve.as_ref().is_some_and(|e| e.name.is_some())));
        assert!(components().any(|c| c.pipeline.is_some() && c.evolve.is_some()));
        assert!(document.links.values().any(|l| matches!(l.kind, LinkKind::Flow(_)) && !l.flow_text.is_empty()));
        assert!(document.links.values().any(|l| !l.context.is_empty()));
        assert!(document.annotations.values().any(|a| a.places.len() > 1));
        assert_eq!((document.notes.len(), document.attitudes.len(), document.accelerators.len()), (1, 3, 2));
        assert_eq!(document.pipelines.len(), 2);
        assert!(document.settings.annotation_box.is_some());
    }
    let person = whole("whole.map.json");
    let document = person.app.document();
    assert_eq!(document.areas.len(), 2);
    assert!(
        document.components.values().any(|c| c.hidden) && document.components.values().any(|c| c.evolution.is_none())
    );
}

#[test]
fn every_record_of_the_whole_notation_has_a_form_with_something_to_fill_in() {
    use crate::app::form::Part;
    let mut person = whole("whole.map.json");
    let mut records: Vec<AnyRecordId> = person.app.other_records();
    records.extend(person.app.document().components.keys().map(|id| AnyRecordId::Component(*id)));
    records.extend(person.app.document().links.keys().map(|id| AnyRecordId::Link(*id)));
    assert!(records.len() > 40);
    for record in records {
        person.does(Intent::Select(SelectIntent::Only([record].into())));
        let parts: Vec<Part> = person.app.form().groups.into_iter().flat_map(|group| group.parts).collect();
        let fields = parts.iter().filter(|part| matches!(part, Part::Field(_) | Part::Row { .. })).count();
        assert!(fields > 0, "{record:?} cannot be changed in the details");
        assert!(person.app.is_enabled(ActionId::Delete), "{record:?}");
    }
}

#[test]
fn every_kind_of_element_has_a_description_that_map_text_leaves_alone() {
    use crate::app::form::{FieldKey, FormIntent, Part};

    let mut person = whole("whole.map.json");
    let document = Rc::clone(person.app.document());
    let records: Vec<AnyRecordId> = [
        document.components.keys().next().map(|id| AnyRecordId::Component(*id)),
        document.links.keys().next().map(|id| AnyRecordId::Link(*id)),
        document.pipelines.keys().next().map(|id| AnyRecordId::Pipeline(*id)),
        document.notes.keys().next().map(|id| AnyRecordId::Note(*id)),
        document.annotations.keys().next().map(|id| AnyRecordId::Annotation(*id)),
        document.attitudes.keys().next().map(|id| AnyRecordId::Attitude(*id)),
        document.accelerators.keys().next().map(|id| AnyRecordId::Accelerator(*id)),
        document.areas.keys().next().map(|id| AnyRecordId::Area(*id)),
    ]
    .map(|record| record.expect("the whole notation has one of each kind"))
    .into();
    for (number, record) in records.iter().enumerate() {
        person.does(Intent::Select(SelectIntent::Only([*record].into())));
        let fields = person.app.form().groups.into_iter().flat_map(|group| group.parts);
        let keys: Vec<FieldKey> = fields
            .filter_map(|part| match part {
                Part::Field(field) => Some(field.key),
                _ => None,
            })
            .filter(|key| matches!(key, FieldKey::Description | FieldKey::AreaText | FieldKey::RecordDescription))
            .collect();
        let [key] = keys.as_slice() else { panic!("{record:?} has {keys:?}") };
        let before = Rc::clone(person.app.document());
        let text = format!("Why number {number}");
        person.does(Intent::Form(FormIntent::Take { key: *key, index: 0, text: text.clone() }));
        person.key("Ctrl+z");
        assert_eq!(*person.app.document(), before, "{record:?}: one step");
        person.key("Ctrl+y");
        assert!(written(&person).contains(&text), "{record:?}: {text}");
    }
    // Map text has no place for descriptions; editing the text must not cost them.
    person.acts(ActionId::ToggleText);
    let text = format!("{}\nnote Quite new [0.5, 0.5]\n", person.app.text_pane().text());
    person.does(Intent::Text(TextIntent::Typed { caret: text.len(), text }));
    let after = written(&person);
    assert!(after.contains("Quite new"));
    for number in 0..records.len() {
        assert!(after.contains(&format!("Why number {number}\"")), "{number} is lost");
    }
}

fn written(person: &Person) -> String {
    crate::format::json::write(person.app.document(), &Default::default())
}
