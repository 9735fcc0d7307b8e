use crate::app::action::ActionId;
use crate::app::intent::*;
use crate::app::state::{Preview, ToolKind};
use crate::app::tests::script::Person;
use crate::geom::{Point, Size, Vector};

#[test]
fn double_click_names_a_new_component_and_undo_takes_it_back() {
    let mut person = Person::new();
    person.double_clicks(person.screen(0.5, 0.5));
    person.types_name("Kettle");
    assert_eq!(person.names(), ["Kettle"]);
    assert_eq!(person.place("Kettle"), (0.5, 0.5));
    assert_eq!(person.status(), "Added Kettle.");
    person.key("Ctrl+z");
    assert!(person.names().is_empty());
    person.key("Ctrl+Shift+z");
    assert_eq!(person.names(), ["Kettle"]);
}

#[test]
fn escape_in_the_label_editor_leaves_no_trace() {
    let mut person = Person::new();
    person.double_clicks(person.screen(0.5, 0.5));
    person.does(Intent::Label(LabelIntent::Cancel));
    assert!(person.names().is_empty() && person.app.undo_label().is_none());
}

#[test]
fn a_drag_is_a_preview_until_the_pointer_comes_up_and_one_step_then() {
    let mut person = Person::with_tea_shop();
    let steps = person.app.revision();
    let (from, to) = (person.spot("Kettle"), person.screen(0.6, 0.3));
    person.presses(from);
    person.moves(from.lerp(to, 0.5));
    person.moves(to);
    assert!(matches!(person.app.preview(), Preview::Move { .. }));
    assert_eq!(person.place("Kettle"), (0.4, 0.4), "the document waits");
    person.releases(to);
    assert_eq!(person.place("Kettle"), (0.6, 0.3));
    assert_eq!(person.app.revision(), steps + 1);
    assert_eq!(person.status(), "Moved Kettle to Product 60 %, visibility 30 %.");
    person.key("Ctrl+z");
    assert_eq!(person.place("Kettle"), (0.4, 0.4));
}

#[test]
fn a_drag_snaps_to_neighbours_and_boundaries_and_shows_the_line() {
    let mut person = Person::with_tea_shop();
    let (from, to) = (person.spot("Kettle"), person.screen(0.652, 0.5));
    person.presses(from);
    person.moves(to);
    assert_eq!(person.app.guides().len(), 1);
    person.releases(to);
    assert_eq!(person.place("Kettle").0, 0.65, "under the cup of tea");
    assert!(person.app.guides().is_empty());
    person.drags(person.spot("Kettle"), person.screen(0.402, 0.5));
    assert_eq!(person.place("Kettle").0, 0.4, "on the boundary of Product");
    person.acts(ActionId::ToggleSnapping);
    person.drags(person.spot("Kettle"), person.screen(0.652, 0.5));
    assert_eq!(person.place("Kettle").0, 0.652);
}

#[test]
fn escape_stops_a_drag_without_a_trace() {
    let mut person = Person::with_tea_shop();
    let revision = person.app.revision();
    let from = person.spot("Kettle");
    person.presses(from);
    person.moves(Point::new(from.x + 80.0, from.y));
    person.key("Escape");
    person.moves(Point::new(from.x + 120.0, from.y));
    person.releases(Point::new(from.x + 120.0, from.y));
    assert_eq!((person.place("Kettle"), person.app.revision()), ((0.4, 0.4), revision));
}

#[test]
fn a_shaky_click_selects_and_moves_nothing() {
    let mut person = Person::with_tea_shop();
    let from = person.spot("Kettle");
    person.presses(from);
    person.moves(Point::new(from.x + 3.0, from.y));
    person.releases(Point::new(from.x + 3.0, from.y));
    assert_eq!(person.selected(), ["Kettle"]);
    assert_eq!(person.place("Kettle"), (0.4, 0.4));
}

#[test]
fn marquee_and_shift_click_select_several_and_they_move_together() {
    let mut person = Person::with_tea_shop();
    person.drags(person.screen(0.3, 0.5), person.screen(0.8, 0.05));
    assert_eq!(person.selected(), ["Kettle", "Power"]);
    person.shift_clicks(person.spot("Cup of tea"));
    assert_eq!(person.selected(), ["Cup of tea", "Kettle", "Power"]);
    person.shift_clicks(person.spot("Power"));
    assert_eq!(person.selected(), ["Cup of tea", "Kettle"]);
    person.drags(person.spot("Kettle"), person.screen(0.5, 0.4));
    assert_eq!((person.place("Kettle"), person.place("Cup of tea")), ((0.5, 0.4), (0.75, 0.8)));
    person.clicks(person.screen(0.05, 0.6));
    assert!(person.selected().is_empty());
}

#[test]
fn an_area_is_selected_with_two_clicks_without_dragging() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::SelectArea);
    person.clicks(person.screen(0.3, 0.5));
    person.clicks(person.screen(0.8, 0.05));
    assert_eq!(person.selected(), ["Kettle", "Power"]);
    assert_eq!(person.app.tool(), ToolKind::Select);
}

#[test]
fn moving_with_clicks_instead_of_dragging() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Kettle"));
    person.acts(ActionId::MoveTo);
    person.clicks(person.screen(0.2, 0.2));
    assert_eq!(person.place("Kettle"), (0.2, 0.2));
    assert_eq!(person.app.tool(), ToolKind::Select);
}

fn on_handle(person: &mut Person, phase: PointerPhase, at: Point<crate::geom::Screen>, handle: Handle) {
    person.does(Intent::Pointer(PointerInput {
        phase,
        at,
        button: PointerButton::Primary,
        device: PointerDevice::Mouse,
        shift: false,
        ctrl: false,
        alt: false,
        handle: Some(handle),
    }));
}

#[test]
fn linking_from_the_handle_by_drag_and_by_two_clicks() {
    let mut person = Person::with_tea_shop();
    let links = person.app.document().links.len();
    person.clicks(person.spot("Public"));
    let (from, to) = (person.spot("Public"), person.spot("Power"));
    on_handle(&mut person, PointerPhase::Down, from, Handle::Link);
    person.moves(to);
    person.releases(to);
    assert_eq!(person.status(), "Linked Public to Power.");
    person.clicks(person.spot("Public"));
    on_handle(&mut person, PointerPhase::Down, from, Handle::Link);
    person.releases(from);
    let to = person.spot("Kettle");
    person.moves(to);
    person.clicks(to);
    assert_eq!(person.app.document().links.len(), links + 2);
    // The same again is refused with a reason.
    person.acts(ActionId::SelectNone);
    person.does(Intent::Show(ShowIntent::Tool(ToolKind::Link)));
    person.clicks(person.spot("Public"));
    person.clicks(person.spot("Kettle"));
    assert_eq!(person.status(), "“Public” is linked to “Kettle” already.");
}

#[test]
fn the_link_tool_begins_at_the_selected_component() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Public"));
    person.does(Intent::Show(ShowIntent::Tool(ToolKind::Link)));
    person.clicks(person.spot("Power"));
    assert_eq!(person.status(), "Linked Public to Power.");
}

#[test]
fn a_link_drawn_to_the_empty_map_names_a_new_component() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Kettle"));
    let (from, to) = (person.spot("Kettle"), person.screen(0.2, 0.2));
    on_handle(&mut person, PointerPhase::Down, from, Handle::Link);
    person.moves(to);
    person.releases(to);
    person.types_name("Water");
    assert_eq!(person.place("Water"), (0.2, 0.2));
    let (kettle, water) = (person.id("Kettle"), person.id("Water"));
    assert!(person.app.document().links.values().any(|l| (l.from, l.to) == (kettle, water)));
}

#[test]
fn evolving_by_handle_and_by_key() {
    let mut person = Person::with_tea_shop();
    person.clicks(person.spot("Kettle"));
    let (from, to) = (person.spot("Kettle"), person.screen(0.62, 0.1));
    on_handle(&mut person, PointerPhase::Down, from, Handle::Evolve);
    person.moves(to);
    person.releases(to);
    let evolve =
        |p: &Person| p.app.document().components[&p.id("Kettle")].evolve.clone().map(|e| (e.to.get() * 100.0).round());
    assert_eq!(evolve(&person), Some(62.0));
    person.key("e");
    assert_eq!(evolve(&person), Some(67.0));
    person.acts(ActionId::RemoveEvolve);
    assert_eq!(evolve(&person), None);
}

#[test]
fn wheel_pans_and_ctrl_wheel_zooms_about_the_pointer_and_a_setting_swaps_them() {
    let mut person = Person::with_tea_shop();
    let wheel = |ctrl| {
        Intent::Wheel(WheelInput { at: Point::new(300.0, 200.0), by: Vector::new(0.0, -100.0), ctrl, shift: false })
    };
    let before = person.app.camera();
    person.does(wheel(false));
    assert_eq!(person.app.camera().zoom(), before.zoom());
    assert_eq!(person.app.camera().offset().y, before.offset().y + 100.0);
    let fixed = person.app.camera().world_from_screen(Point::new(300.0, 200.0));
    person.does(wheel(true));
    assert!(person.app.camera().zoom() > before.zoom());
    assert!(person.app.camera().world_from_screen(Point::new(300.0, 200.0)).distance(fixed) < 1e-9);
    person.does(Intent::Show(ShowIntent::WheelZooms(true)));
    let zoom = person.app.camera().zoom();
    person.does(wheel(false));
    assert!(person.app.camera().zoom() > zoom);
}

#[test]
fn locked_things_stay_and_say_so() {
    let mut person = Person::with_tea_shop();
    person.acts(ActionId::LockMap);
    person.drags(person.spot("Kettle"), person.screen(0.6, 0.3));
    assert_eq!(person.place("Kettle"), (0.4, 0.4));
    assert_eq!(person.status(), "Locked things do not move. Unlock them first.");
}

#[test]
fn a_map_shown_whole_stays_whole_when_the_room_for_it_changes() {
    let mut person = Person::with_tea_shop();
    let resized = |width, height| Intent::View(ViewIntent::Resized(Size::new(width, height)));
    person.acts(ActionId::FitAll);
    person.acts(ActionId::ToggleRiskMarks);
    person.does(resized(560.0, 620.0));
    let (left, right) = (person.screen(0.0, 0.5), person.screen(1.0, 0.5));
    assert!(left.x > 0.0 && right.x < 560.0, "{left:?} {right:?}");
    // Somebody who looks at a part keeps looking at it.
    person.does(Intent::View(ViewIntent::Zoom(2.0, None)));
    let zoom = person.app.camera().zoom();
    person.does(resized(1000.0, 700.0));
    assert_eq!(person.app.camera().zoom(), zoom);
}
