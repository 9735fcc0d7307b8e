use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::edit::*;
use crate::geom::{Map, Point, Vector};
use crate::id::{Id, IdSource};
use crate::model::*;

fn positions(document: &Document) -> impl Fn(ComponentId) -> Option<Point<Map>> + '_ {
    |id| document.components.get(&id).and_then(|c| c.place())
}

fn run(
    document: &mut Document,
    history: &mut History<()>,
    command: &Command,
    ids: &mut IdSource,
) -> Result<Planned, CommandError> {
    let planned = plan(document, command, ids, &positions(document))?;
    history.commit(document, planned.patch.clone(), planned.label.clone(), ((), ()), None);
    Ok(planned)
}

fn tea_shop() -> Document {
    let mut document = Document::new();
    for (n, name, x, y) in
        [(1, "Public", 0.6, 0.95), (2, "Cup of tea", 0.65, 0.8), (3, "Kettle", 0.4, 0.4), (4, "Power", 0.7, 0.1)]
    {
        let component = Component::named(name).at(Point::new(x, y));
        document.components.insert(Id::numbered('c', n), component.into());
    }
    for (n, from, to) in [(1, 1, 2), (2, 2, 3), (3, 3, 4)] {
        let link = Link::need(Id::numbered('c', from), Id::numbered('c', to));
        document.links.insert(Id::numbered('l', n), link.into());
    }
    document
}

fn component(n: u64) -> ComponentId {
    Id::numbered('c', n)
}

fn names(document: &Document) -> Vec<&str> {
    document.components.values().map(|c| c.name.as_str()).collect()
}

#[test]
fn deleting_a_component_takes_its_links_and_says_so() {
    let (mut document, mut history, mut ids) = (tea_shop(), History::new(), IdSource::new(1));
    let start = document.clone();
    let delete = Command::Delete([AnyRecordId::Component(component(3))].into());
    let planned = run(&mut document, &mut history, &delete, &mut ids).unwrap();
    assert_eq!(planned.label, "Delete Kettle and 2 links");
    assert_eq!(names(&document), ["Public", "Cup of tea", "Power"]);
    assert_eq!(document.links.len(), 1);
    history.undo(&mut document).unwrap();
    assert_eq!(document, start);
}

#[test]
fn a_linked_neighbour_finds_free_places_in_a_row() {
    let (mut document, mut history, mut ids) = (tea_shop(), History::new(), IdSource::new(1));
    for name in ["A", "B", "C"] {
        let new = NewComponent { name: name.into(), needed_by: Some(component(2)), ..NewComponent::default() };
        run(&mut document, &mut history, &Command::AddComponent(new), &mut ids).unwrap();
    }
    let places: Vec<Point<Map>> =
        document.components.values().filter(|c| c.name.len() == 1).filter_map(|c| c.place()).collect();
    assert_eq!(places.len(), 3);
    for (i, a) in places.iter().enumerate() {
        assert!(a.y < 0.8, "a need stands below");
        for b in places.iter().skip(i + 1) {
            assert!((a.x - b.x).abs() > 0.05 || (a.y - b.y).abs() > 0.04, "{a:?} {b:?}");
        }
    }
    assert_eq!(document.links.len(), 6);
}

#[test]
fn impossible_commands_change_nothing_and_say_why() {
    let (mut document, mut history, mut ids) = (tea_shop(), History::new(), IdSource::new(1));
    let start = document.clone();
    let connect = |from, to| Command::Connect { from: component(from), to: component(to), kind: LinkKind::Need };
    let rename =
        |name: &str| Command::ChangeComponents { ids: vec![component(1)], change: ComponentChange::Name(name.into()) };
    let url = |url: &str| Command::ChangeComponents {
        ids: vec![component(1)],
        change: ComponentChange::Url(Some(url.into())),
    };
    let cases = [
        (connect(1, 1), CommandError::SelfLink),
        (connect(1, 2), CommandError::LinkExists { from: "Public".into(), to: "Cup of tea".into() }),
        (connect(1, 99), CommandError::NotThere),
        (rename(" \n "), CommandError::EmptyName),
        (rename(&"x".repeat(501)), CommandError::NameTooLong),
        (url("javascript:alert(1)"), CommandError::BadAddress),
        (url("data:text/html,x"), CommandError::BadAddress),
    ];
    for (command, error) in cases {
        assert_eq!(run(&mut document, &mut history, &command, &mut ids).unwrap_err(), error);
    }
    assert_eq!(document, start);
    assert!(history.is_empty());
}

#[test]
fn moving_stays_on_the_map_and_respects_locks() {
    let (mut document, mut history, mut ids) = (tea_shop(), History::new(), IdSource::new(1));
    let go = |n, x, y| Command::Move { records: [AnyRecordId::Component(component(n))].into(), by: Vector::new(x, y) };
    run(&mut document, &mut history, &go(1, 0.9, 0.9), &mut ids).unwrap();
    assert_eq!(document.components[&component(1)].place(), Some(Point::new(1.0, 1.0)));
    let lock = Command::ChangeComponents { ids: vec![component(2)], change: ComponentChange::Locked(true) };
    run(&mut document, &mut history, &lock, &mut ids).unwrap();
    assert_eq!(run(&mut document, &mut history, &go(2, 0.1, 0.0), &mut ids).unwrap_err(), CommandError::Locked);
}

#[test]
fn deleting_a_pipeline_frees_its_variants_at_the_height_of_the_box() {
    let (mut document, mut history, mut ids) = (tea_shop(), History::new(), IdSource::new(1));
    let planned = run(&mut document, &mut history, &Command::AddPipeline { parent: component(4) }, &mut ids).unwrap();
    let [AnyRecordId::Pipeline(pipeline)] = planned.created[..] else { panic!("no pipeline made") };
    let variant = NewComponent {
        name: "Solar".into(),
        pipeline: Some(pipeline),
        at: Some(Point::new(0.5, 0.1)),
        ..NewComponent::default()
    };
    run(&mut document, &mut history, &Command::AddComponent(variant), &mut ids).unwrap();
    let own = Command::ChangeComponents { ids: vec![component(4)], change: ComponentChange::Pipeline(Some(pipeline)) };
    assert_eq!(run(&mut document, &mut history, &own, &mut ids).unwrap_err(), CommandError::OwnVariant);
    run(&mut document, &mut history, &Command::Delete([AnyRecordId::Component(component(4))].into()), &mut ids)
        .unwrap();
    let (_, solar) = document.component_named("solar").unwrap();
    assert_eq!((solar.pipeline, solar.place()), (None, Some(Point::new(0.5, 0.1))));
    assert!(document.pipelines.is_empty() && violations(&document).is_empty());
}

#[test]
fn duplicates_bring_the_links_among_them() {
    let (mut document, mut history, mut ids) = (tea_shop(), History::new(), IdSource::new(1));
    let records: BTreeSet<AnyRecordId> = [2, 3].map(|n| AnyRecordId::Component(component(n))).into();
    let command = Command::Duplicate { records, by: Vector::new(0.03, -0.05) };
    let planned = run(&mut document, &mut history, &command, &mut ids).unwrap();
    assert_eq!((planned.created.len(), document.components.len(), document.links.len()), (2, 6, 4));
}

#[test]
fn a_gesture_is_one_step_and_saving_is_remembered() {
    let (mut document, mut history, mut ids) = (tea_shop(), History::<()>::new(), IdSource::new(1));
    let start = document.clone();
    for _ in 0..5 {
        let nudge =
            Command::Move { records: [AnyRecordId::Component(component(2))].into(), by: Vector::new(0.01, 0.0) };
        let planned = plan(&document, &nudge, &mut ids, &positions(&document)).unwrap();
        history.commit(&mut document, planned.patch, planned.label, ((), ()), Some(GestureId(7)));
    }
    assert_eq!(history.len(), 1);
    assert!(history.has_unsaved_changes());
    history.mark_saved();
    history.undo(&mut document).unwrap();
    assert_eq!(document, start);
    assert!(history.has_unsaved_changes());
    history.redo(&mut document).unwrap();
    assert!(!history.has_unsaved_changes());
    // A step after undoing past the saved state: that state cannot be reached any more.
    history.undo(&mut document).unwrap();
    let rename = Command::ChangeComponents { ids: vec![component(1)], change: ComponentChange::Name("X".into()) };
    run(&mut document, &mut history, &rename, &mut ids).unwrap();
    assert!(history.has_unsaved_changes());
}

#[test]
fn aligning_and_distributing() {
    let places = [
        (component(1), Point::new(0.1, 0.9)),
        (component(2), Point::new(0.4, 0.5)),
        (component(3), Point::new(0.9, 0.1)),
    ];
    assert!(align(&places, Alignment::Left).iter().all(|(_, p)| p.x == 0.1));
    assert!(align(&places, Alignment::Top).iter().all(|(_, p)| p.y == 0.9));
    let even = distribute(&places, true);
    assert!((even[1].1.x - 0.5).abs() < 1e-12 && even[1].1.y == 0.5);
    assert!(distribute(&places[..2], true).is_empty());
}

/// A command picked by numbers, aimed at whatever the document holds.
fn any_command(document: &Document, pick: (u8, u16, u16)) -> Command {
    let ids: Vec<ComponentId> = document.components.keys().copied().collect();
    let one = |n: u16| ids.get(usize::from(n) % ids.len().max(1)).copied().unwrap_or_default();
    let (a, b) = (one(pick.1), one(pick.2));
    let at = Point::new(f64::from(pick.1) / 65_535.0, f64::from(pick.2) / 65_535.0);
    match pick.0 % 14 {
        0 => Command::AddComponent(NewComponent {
            name: format!("N{}", pick.1),
            at: Some(at),
            ..NewComponent::default()
        }),
        1 => Command::AddComponent(NewComponent { name: "Need".into(), needed_by: Some(a), ..NewComponent::default() }),
        2 => Command::Move {
            records: [a, b].map(AnyRecordId::Component).into(),
            by: Vector::new(at.x - 0.5, at.y - 0.5),
        },
        3 => Command::Connect { from: a, to: b, kind: LinkKind::Need },
        4 => Command::Delete([AnyRecordId::Component(a)].into()),
        5 => Command::Duplicate { records: [a, b].map(AnyRecordId::Component).into(), by: Vector::new(0.02, 0.02) },
        6 => Command::AddPipeline { parent: a },
        7 => match document.pipelines.keys().next() {
            Some(p) => Command::ChangeComponents { ids: vec![a], change: ComponentChange::Pipeline(Some(*p)) },
            None => Command::AddPipeline { parent: b },
        },
        8 => Command::AddArea { name: "Area".into(), members: [a, b].into() },
        9 => Command::AddNote { text: "Note".into(), at },
        10 => Command::AddAnnotation { text: "Look".into(), at },
        11 => Command::ChangeComponents { ids: vec![a, b], change: ComponentChange::Name(format!("R{}", pick.2)) },
        12 => match document.links.keys().nth(usize::from(pick.1) % document.links.len().max(1)) {
            Some(l) => Command::ChangeLink { id: *l, change: LinkChange::Reverse },
            None => Command::AddNote { text: "Other".into(), at },
        },
        _ => match document.pipelines.keys().next() {
            Some(p) => Command::Delete([AnyRecordId::Pipeline(*p)].into()),
            None => Command::Place(vec![(a, at)]),
        },
    }
}

proptest! {
    #[test]
    fn any_script_keeps_the_rules_and_can_be_undone(picks in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 0..60)) {
        let (mut document, mut history, mut ids) = (tea_shop(), History::new(), IdSource::new(9));
        let start = document.clone();
        for pick in picks {
            let command = any_command(&document, pick);
            let before = document.clone();
            if run(&mut document, &mut history, &command, &mut ids).is_err() {
                prop_assert_eq!(&document, &before);
            }
            prop_assert_eq!(violations(&document), vec![], "after {:?}", command);
        }
        let end = document.clone();
        while history.undo(&mut document).is_some() {}
        prop_assert_eq!(&document, &start);
        while history.redo(&mut document).is_some() {}
        prop_assert_eq!(&document, &end);
    }
}

#[test]
fn an_address_is_taken_by_the_same_rule_as_from_a_file() {
    let (mut document, id) = (Document::new(), Id::numbered('c', 1));
    document.components.insert(id, std::rc::Rc::new(Component::named("Map of the wards".to_owned())));
    let address =
        |url: &str| Command::ChangeComponents { ids: vec![id], change: ComponentChange::Url(Some(url.to_owned())) };
    let planned = |url: &str| plan(&document, &address(url), &mut IdSource::new(1), &|_| None).map(|_| ());
    assert_eq!(planned(" https://example.org/a "), Ok(()));
    // A file with a blank in the address would come back without it.
    for bad in ["https://example.org/a b", "javascript:alert(1)", "example.org"] {
        assert_eq!(planned(bad), Err(CommandError::BadAddress), "{bad}");
    }
}
