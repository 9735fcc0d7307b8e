//! What a person does in the details: fields of each kind of element, one step each, and refusals that lose nothing.

use crate::app::action::ActionId;
use crate::app::form::{Control, Field, FieldKey, FormIntent, Part, Pick};
use crate::app::intent::*;
use crate::app::tests::script::Person;
use crate::edit::{AnyRecord, Command};
use crate::geom::{Evolution, Point};
use crate::model::*;

impl Person {
    fn fields(&self) -> Vec<Field> {
        let forms = [self.app.form(), self.app.map_form()];
        let parts = forms.into_iter().flat_map(|form| form.groups).flat_map(|group| group.parts);
        parts
            .flat_map(|part| match part {
                Part::Field(field) => vec![field],
                Part::Row { fields, .. } => fields,
                _ => Vec::new(),
            })
            .collect()
    }

    fn field(&self, key: FieldKey, index: usize) -> Field {
        let found = self.fields().into_iter().find(|f| f.key == key && f.index == index);
        found.unwrap_or_else(|| panic!("no field {key:?} {index} in the details"))
    }

    fn fills_in(&mut self, key: FieldKey, text: &str) {
        self.fills_in_at(key, 0, text);
    }

    /// Only a field that is there can be filled in; a choice only with one of its choices.
    fn fills_in_at(&mut self, key: FieldKey, index: usize, text: &str) {
        let field = self.field(key, index);
        assert!(!field.disabled, "{key:?} is disabled");
        if let Control::Choice(choices) = &field.control {
            assert!(choices.iter().any(|(key, _)| key == text), "{key:?} has no choice {text:?}");
        }
        self.does(Intent::Form(FormIntent::Take { key, index, text: text.to_owned() }));
    }

    fn selects(&mut self, record: AnyRecordId) {
        self.does(Intent::Select(SelectIntent::Only([record].into())));
    }

    fn selects_all_of(&mut self, names: &[&str]) {
        let records = names.iter().map(|name| self.record(name)).collect();
        self.does(Intent::Select(SelectIntent::Only(records)));
    }

    fn component(&self, name: &str) -> &Component {
        &self.app.document().components[&self.id(name)]
    }

    fn removals(&self) -> Vec<(String, Intent)> {
        let parts = self.app.form().groups.into_iter().flat_map(|group| group.parts);
        parts
            .filter_map(|part| match part {
                Part::Row { remove, .. } | Part::Item { remove, .. } => remove,
                _ => None,
            })
            .collect()
    }
}

#[test]
fn every_field_of_a_component_is_one_step_that_undo_takes_back() {
    let mut person = Person::with_tea_shop();
    person.selects(person.record("Power"));
    person.acts(ActionId::AddPipeline);
    let pipeline = person.app.document().pipelines.keys().next().unwrap().to_string();
    person.selects(person.record("Kettle"));
    let fills: [(FieldKey, &str); 17] = [
        (FieldKey::Evolution, "61,5"),
        (FieldKey::Visibility, "30 %"),
        (FieldKey::Going, "80"),
        (FieldKey::NewName, "Boiler"),
        (FieldKey::Kind, "submap"),
        (FieldKey::Symbol, "market"),
        (FieldKey::Method, "outsource"),
        (FieldKey::Inertia, "yes"),
        (FieldKey::Cause, "A long contract"),
        (FieldKey::Description, "Boils water"),
        (FieldKey::Tags, "kitchen, hot"),
        (FieldKey::Url, "https://example.org/kettle"),
        (FieldKey::Owner, "Kitchen manager"),
        (FieldKey::Hidden, "yes"),
        (FieldKey::Hidden, "no"),
        (FieldKey::Locked, "yes"),
        (FieldKey::Variant, &pipeline),
    ];
    for (key, text) in fills {
        let before = person.app.document().components.clone();
        person.fills_in(key, text);
        assert_ne!(person.app.document().components, before, "{key:?} changes something");
        person.key("Ctrl+z");
        assert_eq!(person.app.document().components, before, "{key:?} is one step");
        person.key("Ctrl+y");
    }
    let kettle = person.component("Kettle").clone();
    assert_eq!(kettle.evolution, Evolution::new(0.615));
    assert_eq!(kettle.evolve.as_ref().unwrap().name.as_deref(), Some("Boiler"));
    assert_eq!(kettle.inertia.as_ref().unwrap().cause, "A long contract");
    assert_eq!(kettle.url.as_deref(), Some("https://example.org/kettle"));
    assert!(kettle.pipeline.is_some() && kettle.locked && !kettle.hidden);
    assert_eq!(person.field(FieldKey::Evolution, 0).value, "61.5", "shown as typed");
}

#[test]
fn what_is_refused_stays_in_the_field_with_the_reason() {
    let mut person = Person::with_tea_shop();
    person.selects(person.record("Kettle"));
    let before = person.app.document().components.clone();
    let wrong = [
        (FieldKey::Evolution, "900", "from 0 to 100"),
        (FieldKey::Visibility, "high", "from 0 to 100"),
        (FieldKey::Evolution, "NaN", "from 0 to 100"),
        (FieldKey::Going, "-1", "from 0 to 100"),
        (FieldKey::Name, "  ", "empty"),
        (FieldKey::Url, "javascript:alert(1)", "https:"),
    ];
    for (key, text, reason) in wrong {
        person.fills_in(key, text);
        let field = person.field(key, 0);
        assert_eq!(field.value, text, "what was typed is still there");
        let error = field.error.unwrap_or_else(|| panic!("no reason beside {key:?}"));
        assert!(error.contains(reason), "{error}");
        assert!(person.heard().contains(reason), "said: {}", person.heard());
        assert_eq!(person.app.document().components, before);
    }
    person.does(Intent::Form(FormIntent::Restore));
    assert!(person.fields().iter().all(|f| f.error.is_none()));
    person.fills_in(FieldKey::Evolution, "900");
    person.fills_in(FieldKey::Evolution, "40");
    assert_eq!(person.field(FieldKey::Evolution, 0).error, None, "a good one clears it");
    person.fills_in(FieldKey::Evolution, "900");
    person.selects(person.record("Power"));
    assert_eq!(person.field(FieldKey::Evolution, 0).error, None, "it was about the other one");
}

#[test]
fn several_show_what_they_share_and_change_together() {
    let mut person = Person::with_tea_shop();
    person.selects(person.record("Kettle"));
    person.fills_in(FieldKey::Method, "buy");
    person.fills_in(FieldKey::Tags, "hot");
    person.selects_all_of(&["Kettle", "Power"]);
    let method = person.field(FieldKey::Method, 0);
    assert!(method.mixed && method.value == "mixed");
    assert!(person.field(FieldKey::Evolution, 0).mixed);
    assert!(!person.field(FieldKey::Kind, 0).mixed);
    person.fills_in(FieldKey::Method, "mixed");
    assert_eq!(person.component("Kettle").method, Some(Method::Buy), "“Various” changes nothing");
    person.fills_in(FieldKey::Method, "build");
    person.fills_in(FieldKey::Visibility, "25");
    person.fills_in(FieldKey::AddTags, "estate, hot");
    for name in ["Kettle", "Power"] {
        let c = person.component(name);
        assert_eq!((c.method, c.visibility.map(|v| v.get())), (Some(Method::Build), Some(0.25)));
    }
    assert_eq!(person.component("Kettle").tags.iter().collect::<Vec<_>>(), ["estate", "hot"]);
    assert_eq!(person.component("Power").tags.iter().collect::<Vec<_>>(), ["estate", "hot"]);
    person.key("Ctrl+z");
    assert!(person.component("Power").tags.is_empty(), "one step for both");
    assert_eq!(person.component("Kettle").tags.iter().collect::<Vec<_>>(), ["hot"]);
}

#[test]
fn links_say_what_flows_and_which_way() {
    let mut person = Person::with_tea_shop();
    let link = *person.app.document().links.keys().next().unwrap();
    person.selects(AnyRecordId::Link(link));
    person.fills_in(FieldKey::LinkKind, "both");
    person.fills_in(FieldKey::FlowText, "12 a day");
    person.fills_in(FieldKey::Context, "by hand");
    person.fills_in(FieldKey::Strength, "40");
    let record = &person.app.document().links[&link];
    assert_eq!(record.kind, LinkKind::Flow(FlowDirection::Both));
    assert_eq!((record.flow_text.as_str(), record.context.as_str()), ("12 a day", "by hand"));
    assert_eq!(record.strength.value(), Some(&0.4));
    for (key, text) in [
        (FieldKey::Buffer, "4"),
        (FieldKey::Dependency, "manual"),
        (FieldKey::Interface, "typing it in again"),
        (FieldKey::Confirmed, "observed"),
    ] {
        person.fills_in(key, text);
        assert_eq!(person.field(key, 0).value, text);
    }
    let record = &person.app.document().links[&link];
    assert_eq!((record.buffer_h.value(), record.dependency), (Some(&4.0), DependencyKind::Manual));
    assert_eq!((record.interface.as_str(), record.confirmed), ("typing it in again", Confirmation::Observed));
    person.fills_in(FieldKey::Strength, "140");
    assert!(person.field(FieldKey::Strength, 0).error.is_some());
}

#[test]
fn pipelines_have_ends_and_variants_come_and_go() {
    let mut person = Person::with_tea_shop();
    person.selects(person.record("Power"));
    person.acts(ActionId::AddPipeline);
    let pipeline = *person.app.document().pipelines.keys().next().unwrap();
    person.selects(AnyRecordId::Pipeline(pipeline));
    person.fills_in(FieldKey::SpanFrom, "20");
    person.fills_in(FieldKey::SpanTo, "95");
    let span = |p: &Person| p.app.document().pipelines[&pipeline].span.map(|(a, b)| (a.get(), b.get()));
    assert_eq!(span(&person), Some((0.2, 0.95)));
    person.fills_in(FieldKey::SpanTo, "10");
    assert_eq!(span(&person), Some((0.1, 0.1)), "the ends do not cross");
    person.does(Intent::Form(FormIntent::Picked(Pick::Variant(pipeline), person.id("Kettle"))));
    assert_eq!(person.component("Kettle").pipeline, Some(pipeline));
    assert!(!person.app.can_pick(Pick::Variant(pipeline), person.id("Power")), "not in its own pipeline");
    let (words, out) = person.removals().pop().unwrap();
    assert!(words.contains("Kettle"));
    person.does(out);
    assert_eq!(person.component("Kettle").pipeline, None);
    person.fills_in(FieldKey::SpanFrom, "");
    assert_eq!(span(&person), None, "only its variants decide");
}

#[test]
fn annotations_have_several_places_each_with_numbers() {
    let mut person = Person::with_tea_shop();
    for text in ["Ask the owner", "Check the date"] {
        person.acts(ActionId::AddAnnotation);
        person.types_name(text);
    }
    let second = *person.app.document().annotations.iter().find(|(_, a)| a.number == 2).unwrap().0;
    person.selects(AnyRecordId::Annotation(second));
    person.acts(ActionId::AddAnnotationPlace);
    person.key("Enter");
    person.fills_in_at(FieldKey::PlaceX, 2, "70");
    person.fills_in_at(FieldKey::PlaceY, 2, "20");
    person.fills_in(FieldKey::Number, "7");
    let record = |p: &Person| p.app.document().annotations[&second].as_ref().clone();
    assert_eq!((record(&person).number, record(&person).places.len()), (7, 2));
    assert_eq!(record(&person).places[1], Point::new(0.7, 0.2));
    person.fills_in(FieldKey::Number, "1");
    assert!(person.field(FieldKey::Number, 0).error.unwrap().contains("remark 1"), "taken by the other");
    let (_, remove_first) = person.removals().remove(0);
    person.does(remove_first);
    assert_eq!(record(&person).places, [Point::new(0.7, 0.2)]);
    person.fills_in(FieldKey::BoxX, "72");
    person.fills_in(FieldKey::BoxY, "12");
    assert_eq!(person.app.document().settings.annotation_box, Some(Point::new(0.72, 0.12)));
}

#[test]
fn notes_attitudes_accelerators_and_areas_in_numbers() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::AddNote);
    person.types_name("Agreed");
    person.fills_in(FieldKey::Text, "Agreed\nin May");
    person.fills_in(FieldKey::X, "33");
    person.fills_in(FieldKey::Y, "12");
    let note = person.app.document().notes.values().next().unwrap().as_ref().clone();
    assert_eq!((note.text.as_str(), note.at), ("Agreed\nin May", Point::new(0.33, 0.12)));

    person.does(Intent::Edit(Command::AddAttitude {
        kind: AttitudeKind::Pioneers,
        from: Point::new(0.4, 0.2),
        to: Point::new(0.1, 0.9),
    }));
    let id = *person.app.document().attitudes.keys().next().unwrap();
    person.selects(AnyRecordId::Attitude(id));
    person.fills_in(FieldKey::Attitude, "town planners");
    person.fills_in(FieldKey::Left, "5");
    person.fills_in(FieldKey::Bottom, "30");
    let a = person.app.document().attitudes[&id].as_ref().clone();
    assert_eq!(a.kind, AttitudeKind::TownPlanners);
    assert_eq!((a.from, a.to), (Point::new(0.05, 0.9), Point::new(0.4, 0.3)), "whichever corners it was drawn from");

    person.acts(ActionId::AddAccelerator);
    person.types_name("Open standard");
    person.fills_in(FieldKey::RecordName, "Law");
    person.fills_in(FieldKey::Slows, "yes");
    let x = person.app.document().accelerators.values().next().unwrap().as_ref().clone();
    assert_eq!((x.name.as_str(), x.slows), ("Law", true));
    person.fills_in(FieldKey::RecordName, "");
    assert!(person.field(FieldKey::RecordName, 0).error.is_some());

    person.selects_all_of(&["Kettle", "Power"]);
    person.acts(ActionId::AddArea);
    person.types_name("Making");
    let area = *person.app.document().areas.keys().next().unwrap();
    person.fills_in(FieldKey::AreaColor, "5");
    person.fills_in(FieldKey::AreaText, "What makes tea");
    person.does(Intent::Form(FormIntent::Picked(Pick::Member(area), person.id("Cup of tea"))));
    let record = person.app.document().areas[&area].as_ref().clone();
    assert_eq!((record.color, record.members.len()), (Some(5), 3));
    let out = person.removals().into_iter().find(|(words, _)| words.contains("Kettle")).unwrap().1;
    person.does(out);
    assert_eq!(person.app.document().areas[&area].members.len(), 2);
    person.selects(person.record("Kettle"));
    person.fills_in(FieldKey::ToArea, &area.to_string());
    assert_eq!(person.app.document().areas[&area].members.len(), 3);
}

#[test]
fn the_map_has_its_own_words_boundaries_shape_and_look() {
    let mut person = Person::with_tea_shop();
    person.fills_in(FieldKey::Title, "Tea");
    person.fills_in(FieldKey::Stages, "2");
    person.fills_in_at(FieldKey::Stage, 1, "Raw");
    assert_eq!(person.field(FieldKey::Stages, 0).value, "own");
    person.fills_in(FieldKey::StageCount, "6");
    assert_eq!(person.app.document().settings.evolution.stages.len(), 6);
    assert_eq!(person.app.document().settings.evolution.boundaries[3..], [0.85, 0.925]);
    person.fills_in_at(FieldKey::Stage, 6, "Utility");
    person.fills_in(FieldKey::StageCount, "0");
    assert!(person.field(FieldKey::StageCount, 0).error.is_some());
    person.fills_in(FieldKey::StageCount, "4");
    person.fills_in_at(FieldKey::Boundary, 1, "25");
    person.fills_in_at(FieldKey::Boundary, 1, "90");
    let refused = person.field(FieldKey::Boundary, 1).error.unwrap();
    assert!(refused.contains("rise from left to right"), "{refused}");
    person.fills_in(FieldKey::AxisTop, "Near");
    person.fills_in(FieldKey::AxisHidden, "yes");
    person.fills_in(FieldKey::StagesHidden, "yes");
    person.fills_in(FieldKey::Ratio, "slide");
    person.fills_in(FieldKey::Style, "wardley");
    person.fills_in(FieldKey::Look, "dark");
    let s = Settings::clone(&person.app.document().settings);
    assert_eq!((s.title.as_str(), s.evolution.stages[0].name.as_str()), ("Tea", "Raw"));
    assert_eq!(s.evolution.boundaries, [0.25, 0.4, 0.7]);
    assert!(s.value_chain.hidden && s.evolution.hidden && s.value_chain.top == "Near");
    assert!((s.frame_size().width / s.frame_size().height - 16.0 / 9.0).abs() < 0.01);
    assert_eq!((s.style.clone(), person.app.look()), (MapStyle::Wardley, crate::app::state::Look::Dark));
}

#[test]
fn a_label_goes_to_each_of_the_eight_sides_and_back() {
    let mut person = Person::with_tea_shop();
    person.selects(person.record("Kettle"));
    let id = person.id("Kettle");
    assert_eq!(person.app.label_place(id, false), Some(0));
    let mut seen = Vec::new();
    for side in 1..=8u8 {
        person.does(Intent::Form(FormIntent::Take { key: FieldKey::LabelSide, index: 0, text: side.to_string() }));
        assert_eq!(person.app.label_place(id, false), Some(side));
        let offset = person.component("Kettle").label_offset.unwrap();
        assert!(!seen.contains(&offset), "{side} is a place of its own");
        seen.push(offset);
        let label = person.app.scene().item(crate::scene::display::ItemKey::Label(id)).unwrap().bounds;
        let center = person.app.world_position(AnyRecordId::Component(id)).unwrap();
        let beside = match side {
            1..=3 => label.center().x > center.x,
            4..=6 => label.center().x < center.x,
            7 => label.max.y < center.y && (label.center().x - center.x).abs() < 1.5,
            _ => label.min.y > center.y && (label.center().x - center.x).abs() < 1.5,
        };
        assert!(beside, "{side}: {label:?} about {center:?}");
    }
    person.does(Intent::Form(FormIntent::Take { key: FieldKey::LabelSide, index: 0, text: "0".to_owned() }));
    assert_eq!(person.component("Kettle").label_offset, None);
    person.fills_in(FieldKey::Going, "80");
    person.does(Intent::Form(FormIntent::Take { key: FieldKey::EvolvedLabelSide, index: 0, text: "4".to_owned() }));
    assert!(person.component("Kettle").evolve.as_ref().unwrap().label_offset.unwrap().x < 0.0);
}

#[test]
fn what_is_no_component_is_found_from_the_map_itself() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::AddNote);
    person.types_name("Agreed");
    person.acts(ActionId::SelectNone);
    let leads = person.app.form().groups.into_iter().flat_map(|g| g.parts).filter(|p| matches!(p, Part::Item { .. }));
    assert_eq!(leads.count(), 1);
    // Whatever came in with a file of another program has a form without falling over.
    let id = *person.app.document().notes.keys().next().unwrap();
    person.does(Intent::Edit(Command::Put(AnyRecord::Note(
        id,
        Note { text: "a\nb".to_owned(), at: Point::new(0.0, 1.0), ..Default::default() },
    ))));
    person.selects(AnyRecordId::Note(id));
    assert_eq!(person.field(FieldKey::Text, 0).value, "a\nb");
}
