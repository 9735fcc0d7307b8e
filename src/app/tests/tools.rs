//! Tools by click, by rectangle and by Enter; grips; what components are coloured by; the question about the wheel.

use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::intent::*;
use crate::app::state::{DialogKind, Marks, TextFormat, ToolKind};
use crate::app::tests::script::Person;
use crate::geom::Vector;
use crate::model::*;
use crate::scene::display::ItemKey;

impl Person {
    fn takes(&mut self, tool: ToolKind) {
        self.does(Intent::Show(ShowIntent::Tool(tool)));
        assert_eq!(self.app.tool(), tool);
    }

    fn is_shown(&self, key: ItemKey) -> bool {
        self.app.scene().item(key).is_some()
    }

    fn downloads(&self) -> Vec<String> {
        let name = |effect: &Effect| match effect {
            Effect::Download { name, .. } => Some(name.clone()),
            _ => None,
        };
        self.effects.iter().filter_map(name).collect()
    }
}

type Count = fn(&Document) -> usize;

#[test]
fn every_placing_tool_works_by_click_and_by_enter() {
    let tools: [(ToolKind, &str, Count); 6] = [
        (ToolKind::Component, "Milk", |d| d.components.len()),
        (ToolKind::Anchor, "Staff", |d| d.components.len()),
        (ToolKind::Note, "Agreed", |d| d.notes.len()),
        (ToolKind::Annotation, "Ask", |d| d.annotations.len()),
        (ToolKind::Accelerator, "Law", |d| d.accelerators.len()),
        (ToolKind::Deaccelerator, "Rules", |d| d.accelerators.len()),
    ];
    for (tool, name, count) in tools {
        let mut person = Person::with_tea_shop();
        let there = count(person.app.document());
        person.takes(tool);
        assert!(person.effects.contains(&Effect::FocusMap), "the map takes the keyboard, so that Enter reaches it");
        person.clicks(person.screen(0.2, 0.2));
        person.types_name(name);
        assert_eq!(count(person.app.document()), there + 1, "{tool:?} by click");
        person.acts(ActionId::SelectNone);
        person.takes(tool);
        person.key("Enter");
        person.types_name(&format!("{name} 2"));
        assert_eq!(count(person.app.document()), there + 2, "{tool:?} by Enter");
        assert_eq!(person.app.tool(), ToolKind::Select);
        person.key("Ctrl+z");
        person.key("Ctrl+z");
        assert_eq!(count(person.app.document()), there);
    }
}

#[test]
fn attitudes_by_enter_have_an_extent_that_grips_change() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::AddSettlers);
    person.key("Enter");
    let id = *person.app.document().attitudes.keys().next().unwrap();
    let before = Attitude::clone(&person.app.document().attitudes[&id]);
    assert!((before.from.x - before.to.x).abs() > 0.1 && (before.from.y - before.to.y).abs() > 0.1);
    let corner = person.app.grip_places()[2];
    person.drags(corner, corner + Vector::new(60.0, 40.0));
    let after = Attitude::clone(&person.app.document().attitudes[&id]);
    let (right, bottom) = (after.from.x.max(after.to.x), after.from.y.min(after.to.y));
    assert!(right > before.from.x.max(before.to.x) + 0.02 && bottom < before.from.y.min(before.to.y) - 0.02);
    assert_eq!(after.from.x.min(after.to.x), before.from.x.min(before.to.x), "the opposite corner stays");
    person.key("Ctrl+z");
    assert_eq!(*person.app.document().attitudes[&id], before, "one step");
    // Escape in the middle leaves no trace.
    person.presses(corner);
    person.moves(corner + Vector::new(80.0, 0.0));
    person.key("Escape");
    person.releases(corner + Vector::new(80.0, 0.0));
    assert_eq!(*person.app.document().attitudes[&id], before);
}

#[test]
fn the_pipeline_tool_hangs_a_box_on_what_is_clicked_and_its_ends_can_be_pulled() {
    let mut person = Person::with_tea_shop();
    person.takes(ToolKind::Pipeline);
    person.clicks(person.screen(0.1, 0.9));
    assert!(person.status().contains("click one"), "{}", person.status());
    person.clicks(person.spot("Kettle"));
    let (id, pipeline) = person.app.document().pipelines.iter().next().map(|(id, p)| (*id, p.span)).unwrap();
    let (from, to) = pipeline.unwrap();
    let right = person.app.grip_places()[1];
    person.drags(right, right + Vector::new(90.0, 0.0));
    let (after_from, after_to) = person.app.document().pipelines[&id].span.unwrap();
    assert!(after_to.get() > to.get() + 0.05 && (after_from.get() - from.get()).abs() < 0.02);
    // The whole box moves with its component.
    person.acts(ActionId::SelectNone);
    person.does(Intent::Select(SelectIntent::Only([AnyRecordId::Pipeline(id)].into())));
    let kettle = person.place("Kettle");
    person.key("ArrowLeft");
    assert!((person.place("Kettle").0 - (kettle.0 - 0.01)).abs() < 1e-6);
    assert!((person.app.document().pipelines[&id].span.unwrap().1.get() - (after_to.get() - 0.01)).abs() < 1e-9);
}

#[test]
fn an_area_of_interest_by_rectangle_moves_with_its_members() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::MarkArea);
    person.drags(person.screen(0.3, 0.5), person.screen(0.5, 0.3));
    person.types_name("Kitchen");
    let area = Area::clone(person.app.document().areas.values().next().unwrap());
    assert_eq!(area.members.iter().collect::<Vec<_>>(), [&person.id("Kettle")]);
    let before = person.place("Kettle");
    person.key("ArrowRight");
    assert!(person.place("Kettle").0 > before.0, "the selected area moves what is in it");
    person.key("F2");
    person.types_name("Galley");
    assert_eq!(person.app.document().areas.values().next().unwrap().name, "Galley");
    person.key("Delete");
    assert!(person.app.document().areas.is_empty() && person.app.document().components.len() == 4);
    person.acts(ActionId::MarkArea);
    person.clicks(person.screen(0.02, 0.3));
    person.clicks(person.screen(0.1, 0.2));
    assert!(person.status().contains("no component"), "{}", person.status());
}

#[test]
fn each_place_of_a_remark_moves_alone() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::AddAnnotation);
    person.types_name("Ask");
    person.acts(ActionId::AddAnnotationPlace);
    person.clicks(person.screen(0.2, 0.2));
    let id = *person.app.document().annotations.keys().next().unwrap();
    let places = person.app.document().annotations[&id].places.clone();
    assert_eq!(places.len(), 2);
    person.drags(person.screen(0.2, 0.2), person.screen(0.3, 0.3));
    let after = person.app.document().annotations[&id].places.clone();
    assert_eq!(after[0], places[0]);
    assert!((after[1].x - 0.3).abs() < 1e-6 && (after[1].y - 0.3).abs() < 1e-6);
}

#[test]
fn the_box_of_the_remarks_and_the_label_where_it_is_going_can_be_dragged() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::AddAnnotation);
    person.types_name("Ask");
    person.acts(ActionId::SelectNone);
    let corner = person.app.scene().item(ItemKey::AnnotationBox).unwrap().bounds.center();
    let corner = person.app.camera().screen_from_world(corner);
    person.drags(corner, corner + Vector::new(40.0, -60.0));
    assert!(person.app.document().settings.annotation_box.is_some());

    person.clicks(person.spot("Kettle"));
    person.acts(ActionId::EvolveForward);
    let id = person.id("Kettle");
    let label = person.app.scene().item(ItemKey::EvolveLabel(id)).unwrap().bounds.center();
    let label = person.app.camera().screen_from_world(label);
    let to = person.app.document().components[&id].evolve.clone().unwrap().to;
    person.drags(label, label + Vector::new(10.0, 30.0));
    let evolve = person.app.document().components[&id].evolve.clone().unwrap();
    assert!(evolve.label_offset.is_some() && evolve.to == to);
}

#[test]
fn the_place_where_it_is_going_is_dragged_along_the_axis() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Kettle"));
    person.acts(ActionId::EvolveForward);
    let at = person.app.grip_places()[0];
    person.drags(at, at + Vector::new(70.0, 15.0));
    let kettle = Component::clone(&person.app.document().components[&person.id("Kettle")]);
    assert!(kettle.evolve.as_ref().unwrap().to.get() > 0.58, "it was going to 0.55");
    assert_eq!(kettle.evolution.unwrap().get(), 0.4, "and itself stays");
}

#[test]
fn colours_come_with_their_legend_on_the_map_and_in_the_picture() {
    let mut person = Person::with_tea_shop();
    assert!(!person.app.is_enabled(ActionId::ColorByOwner), "nobody is known to own anything");
    person.clicks(person.spot("Kettle"));
    let key = crate::app::form::FieldKey::Owner;
    let take = |text: &str| crate::app::form::FormIntent::Take { key, index: 0, text: text.to_owned() };
    person.does(Intent::Form(take("Kitchen manager")));
    person.acts(ActionId::ColorByOwner);
    assert_eq!(person.app.shown().marks, Marks::Owner);
    assert!(person.is_shown(ItemKey::RiskMark(person.id("Kettle"))));
    assert!(!person.is_shown(ItemKey::RiskMark(person.id("Power"))), "nobody answers for it");
    assert!(person.is_shown(ItemKey::Legend));
    person.acts(ActionId::ExportPicture);
    person.does(Intent::Picture(PictureIntent::Save));
    let svg = person.effects.iter().rev().find_map(|e| match e {
        Effect::Download { contents, .. } => Some(contents.clone()),
        _ => None,
    });
    assert!(svg.unwrap().contains("Kitchen manager"), "the legend is in the picture");
    // The legend lies inside what is seen.
    let legend = person.app.scene().item(ItemKey::Legend).unwrap().bounds;
    assert!(person.app.camera().screen_from_world(legend.max).x <= 1000.0);

    person.does(Intent::Select(SelectIntent::Only([person.record("Power"), person.record("Kettle")].into())));
    person.acts(ActionId::AddArea);
    person.types_name("Making");
    person.acts(ActionId::ColorByArea);
    let mark = person.app.scene().node(person.id("Power")).unwrap().mark.unwrap();
    assert_eq!(mark.group, Some(1));
    person.acts(ActionId::ColorByArea);
    assert!(!person.is_shown(ItemKey::Legend) && person.app.shown().marks == Marks::None);
    person.acts(ActionId::ToggleLegend);
    assert!(person.is_shown(ItemKey::Legend), "of everything that occurs");
}

#[test]
fn sizes_come_with_their_legend_and_what_nobody_knows_is_drawn_as_that() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Public"));
    person.acts(ActionId::ToggleAnchor);
    let radius = |person: &Person, name: &str| person.app.scene().node(person.id(name)).unwrap().radius;
    let usual = radius(&person, "Kettle");
    assert!(!person.app.is_enabled(ActionId::SizeByUsers), "nobody has said how many use anything");
    // Three need the power: they and what has none above it are told apart.
    let (power, public) = (person.id("Power"), person.id("Public"));
    for name in ["Cup of tea", "Public"] {
        let from = person.id(name);
        let kind = LinkKind::Need;
        person.does(Intent::Edit(crate::edit::Command::Connect { from, to: power, kind }));
    }
    person.acts(ActionId::SizeByNeeded);
    assert!(person.is_shown(ItemKey::Legend));
    let legend = |person: &Person| format!("{:?}", person.app.scene().item(ItemKey::Legend).unwrap().shapes);
    assert!(legend(&person).contains("One needs it") && legend(&person).contains("2 or 3 need it"));
    assert!(!legend(&person).contains("8 or more"), "only what occurs");
    assert!(radius(&person, "Power") > radius(&person, "Kettle") && radius(&person, "Kettle") > usual);
    assert_eq!(person.app.scene().node(public).unwrap().size, None, "people have no size");
    let status = person.status().to_owned();
    assert_eq!(status, "Larger is needed by more.");
    // It follows what is done to the map.
    let before = radius(&person, "Kettle");
    person.does(Intent::Edit(crate::edit::Command::Delete([person.record("Cup of tea")].into())));
    assert!(radius(&person, "Kettle") < before, "nothing needs it any more");
    person.acts(ActionId::Undo);
    assert_eq!(radius(&person, "Kettle"), before);

    person.acts(ActionId::SizeByRisk);
    assert_eq!(person.status(), "Larger is graver. Not known of 3 components: drawn with a dashed ring.");
    assert!(radius(&person, "Kettle") > before, "not known is never small");
    assert!(legend(&person).contains("Dashed: may be as grave as this"));
    person.acts(ActionId::ExportPicture);
    person.does(Intent::Picture(PictureIntent::Save));
    let svg = person.effects.iter().rev().find_map(|e| match e {
        Effect::Download { contents, .. } => Some(contents.clone()),
        _ => None,
    });
    assert!(svg.unwrap().contains("may be as grave"), "the legend is in the picture");
    person.acts(ActionId::SizeByRisk);
    assert!(!person.is_shown(ItemKey::Legend));
    assert_eq!(radius(&person, "Kettle"), usual);
}

#[test]
fn sizes_by_people_have_steps_of_ten_and_say_when_it_may_be_more() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Public"));
    person.acts(ActionId::ToggleAnchor);
    let say = |person: &mut Person, name: &str, value: u64, high: u64| {
        let id = person.id(name);
        let mut facts = person.app.document().components[&id].facts().clone();
        facts.users.knowledge = crate::known::Knowledge::Known { value, low: value, high };
        let change = crate::edit::ComponentChange::Facts(Box::new(facts));
        person.does(Intent::Edit(crate::edit::Command::ChangeComponents { ids: vec![id], change }));
    };
    say(&mut person, "Kettle", 9, 9);
    say(&mut person, "Power", 1_000, 20_000);
    person.acts(ActionId::SizeByUsers);
    let size = |person: &Person, name: &str| {
        let size = person.app.scene().node(person.id(name)).unwrap().size.unwrap();
        (size.step, size.unsure)
    };
    assert_eq!(size(&person, "Kettle"), (Some(1), false));
    assert_eq!(size(&person, "Power"), (Some(4), true), "perhaps 20,000");
    assert_eq!(size(&person, "Cup of tea"), (None, false));
    assert_eq!(person.status(), "Larger is used by more people. Not known of 1 component: drawn with a dashed ring.");
}

#[test]
fn more_owners_than_colours_share_the_last() {
    let mut person = Person::new();
    for (number, owner) in ["A", "A", "A", "B", "B", "C", "D", "E", "F", "G"].into_iter().enumerate() {
        person.double_clicks(person.screen(0.05 + 0.09 * number as f64, 0.5));
        person.types_name(&format!("System {number}"));
        let key = crate::app::form::FieldKey::Owner;
        person.does(Intent::Form(crate::app::form::FormIntent::Take { key, index: 0, text: owner.to_owned() }));
    }
    person.acts(ActionId::ColorByOwner);
    let group = |name: &str| person.app.scene().node(person.id(name)).unwrap().mark.unwrap().group.unwrap();
    assert_eq!((group("System 0"), group("System 3"), group("System 5")), (1, 2, 3));
    assert_eq!((group("System 8"), group("System 9")), (6, 6), "the rest together");
}

#[test]
fn the_wheel_question_is_asked_once() {
    let mut person = Person::with_tea_shop();
    let turn = Intent::Wheel(WheelInput {
        at: person.screen(0.5, 0.5),
        by: Vector::new(0.0, 100.0),
        ctrl: false,
        shift: false,
    });
    assert!(!person.app.asks_about_wheel());
    person.does(turn.clone());
    assert!(person.app.asks_about_wheel());
    person.does(Intent::Show(ShowIntent::WheelZooms(true)));
    assert!(!person.app.asks_about_wheel() && person.app.wheel_zooms());
    person.does(turn);
    assert!(!person.app.asks_about_wheel());
    let kept = Effect::StorePreference { key: "wheel-zooms", value: "true".to_owned() };
    assert!(person.effects.contains(&kept), "also for the next time");
}

#[test]
fn mermaid_says_what_it_leaves_out_before_anything_is_saved() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::ExportMermaid);
    let direct = person.downloads();
    assert!(direct.iter().all(|name| name.ends_with(".mmd")));
    person.acts(ActionId::AddPioneers);
    person.key("Enter");
    person.effects.clear();
    person.acts(ActionId::ExportMermaid);
    let Some(DialogKind::ExportLosses(TextFormat::Mermaid, losses)) = person.app.dialog().cloned() else {
        panic!("no list")
    };
    assert!(
        losses.iter().any(|loss| loss.to_lowercase().contains("attitude") || loss.contains("ioneers")),
        "{losses:?}"
    );
    assert!(person.downloads().is_empty(), "not yet");
    person.does(Intent::File(FileIntent::ExportText(TextFormat::Mermaid)));
    assert_eq!(person.downloads().len(), 1);
    assert_eq!(person.app.dialog(), None);
}

#[test]
fn ctrl_shift_g_takes_back_what_ctrl_g_made() {
    let mut person = Person::with_tea_shop();
    let members: crate::app::state::Selection = [person.record("Kettle"), person.record("Power")].into();
    person.does(Intent::Select(SelectIntent::Only(members.clone())));
    person.key("Ctrl+g");
    person.types_name("Making");
    assert!(person.app.is_enabled(ActionId::RemoveArea), "the area itself is selected");
    person.does(Intent::Select(SelectIntent::Only([person.record("Kettle")].into())));
    assert!(!person.app.is_enabled(ActionId::RemoveArea), "one of its members is not the area");
    person.does(Intent::Select(SelectIntent::Only(members)));
    person.key("Ctrl+Shift+g");
    assert!(person.app.document().areas.is_empty());
    assert_eq!(person.app.document().components.len(), 4);
}

#[test]
fn a_facilitator_types_name_after_name_with_links() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Kettle"));
    person.key("n");
    for name in ["Element", "Lid", "Thermostat"] {
        person.types_name(name);
    }
    // An empty name ends the row.
    person.types_name("");
    let kettle = person.id("Kettle");
    let needs: Vec<String> = person
        .app
        .document()
        .links
        .values()
        .filter(|link| link.from == kettle)
        .map(|link| person.app.document().components[&link.to].name.clone())
        .collect();
    assert_eq!(needs.len(), 4, "{needs:?}");
    assert!(person.app.dialog().is_none() && person.app.label_edit().is_none());
    let mut places: Vec<(f64, f64)> = ["Element", "Lid", "Thermostat"].map(|name| person.place(name)).to_vec();
    places.dedup();
    assert_eq!(places.len(), 3, "none on top of another");
    // Each direction of Ctrl+arrow, and Tab inside a name.
    for (keys, name) in [("Ctrl+ArrowLeft", "West"), ("Ctrl+ArrowRight", "East"), ("Ctrl+ArrowUp", "North")] {
        person.does(Intent::Select(SelectIntent::Only([person.record("Kettle")].into())));
        person.key(keys);
        person.types_name(name);
    }
    let at = |person: &Person, name: &str| person.place(name);
    assert!(at(&person, "West").0 < at(&person, "Kettle").0 && at(&person, "East").0 > at(&person, "Kettle").0);
    assert!(at(&person, "North").1 > at(&person, "Kettle").1);
    person.does(Intent::Select(SelectIntent::Only([person.record("Kettle")].into())));
    person.key("Ctrl+Enter");
    person.does(Intent::Label(LabelIntent::Commit("First".to_owned(), AfterLabel::LinkedNeighbour)));
    person.types_name("Second");
    let (first, second) = (person.id("First"), person.id("Second"));
    assert!(person.app.document().links.values().any(|link| (link.from, link.to) == (first, second)));
}

#[test]
fn what_is_chosen_by_name_keeps_the_keyboard() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::Palette);
    person.effects.clear();
    person.acts(ActionId::AddNote);
    assert!(person.app.dialog().is_none() && person.app.label_edit().is_some());
    assert!(!person.effects.contains(&Effect::FocusMap), "the name field has it");
    person.types_name("Agreed");
    person.acts(ActionId::Palette);
    person.effects.clear();
    person.acts(ActionId::SelectAll);
    assert!(person.effects.contains(&Effect::FocusMap));
}

#[test]
fn map_text_says_what_it_leaves_out_before_anything_is_saved() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::ExportOwm);
    assert_eq!(person.downloads().len(), 1, "nothing is lost: at once");
    person.does(Intent::Select(SelectIntent::Only([person.record("Kettle")].into())));
    person.acts(ActionId::AddArea);
    person.types_name("Making");
    person.effects.clear();
    person.acts(ActionId::ExportOwm);
    let Some(DialogKind::ExportLosses(TextFormat::Owm, losses)) = person.app.dialog().cloned() else {
        panic!("no list")
    };
    assert!(losses.iter().any(|loss| loss.contains("area")), "{losses:?}");
    assert!(person.downloads().is_empty(), "not yet");
    person.does(Intent::File(FileIntent::ExportText(TextFormat::Owm)));
    assert!(person.downloads()[0].ends_with(".owm"));
    assert_eq!(person.app.dialog(), None);
}

#[test]
fn copies_have_names_of_their_own() {
    let mut person = Person::with_tea_shop();
    person.does(Intent::Select(SelectIntent::Only([person.record("Kettle")].into())));
    person.key("Ctrl+d");
    person.key("Ctrl+d");
    assert_eq!(person.names(), ["Cup of tea", "Kettle", "Kettle 2", "Kettle 3", "Power", "Public"]);
    person.key("Ctrl+z");
    assert_eq!(person.names(), ["Cup of tea", "Kettle", "Kettle 2", "Power", "Public"]);
}

#[test]
fn the_pointer_for_a_room_changes_nothing_and_goes_with_escape() {
    let mut person = Person::with_tea_shop();
    let before = std::rc::Rc::clone(person.app.document());
    person.key("k");
    assert_eq!(person.app.tool(), ToolKind::Laser);
    person.drags(person.spot("Kettle"), person.screen(0.8, 0.8));
    assert_eq!(person.app.document(), &before);
    assert!(person.selected().is_empty());
    person.key("Escape");
    assert_eq!(person.app.tool(), ToolKind::Select);
}
