use crate::compare::tests::*;
use crate::geom::{Evolution, Point};
use crate::id::Id;
use crate::known::Known;

const TEA: &str = "title Tea Shop\n// who drinks\nanchor Public [0.95, 0.6]\ncomponent Tea [0.8, 0.61] // the cup\n\
component Kettle [0.45, 0.4]\ncomponent Power [0.1, 0.7]\nPublic->Tea\nTea->Kettle\nKettle->Power\n";

fn id(document: &Document, name: &str) -> ComponentId {
    document.component_named(name).unwrap().0
}

fn at(x: f64, y: f64) -> impl FnOnce(&mut Component) {
    move |component| *component = component.clone().at(Point::new(x, y))
}

fn no_choices() -> Choices {
    Choices::default()
}

#[test]
fn a_line_put_in_shifts_no_names() {
    let before = read(TEA);
    let after = read(&TEA.replace("component Kettle", "component Water [0.3, 0.8]\ncomponent Kettle"));
    let found = difference(&before, &after);
    assert_eq!(told(&found), ["added Water"]);
    assert_eq!(in_short(&found), ["No system that is on both maps crossed the red line.", "Water is new."]);
    assert!(!found.matching.same_file);
}

#[test]
fn a_renamed_and_moved_component_is_told_as_both() {
    let before = read(TEA);
    let after = read(
        &TEA.replace("component Kettle [0.45, 0.4]", "component Electric kettle [0.46, 0.5]")
            .replace("Kettle", "Electric kettle")
            .replace("component Electric Electric", "component Electric"),
    );
    let found = difference(&before, &after);
    assert_eq!(told(&found), ["renamed moved Electric kettle"]);
    let text = report(&found, ("a.owm", "b.owm"));
    assert!(text.contains("~ “Kettle” is now Electric kettle"), "{text}");
    assert!(text.contains("→ Electric kettle: evolution: 0.4 → 0.5; place on the value chain: 0.45 → 0.46"), "{text}");
}

#[test]
fn what_is_only_alike_says_how_sure_it_is_and_can_be_corrected() {
    let before = read(TEA);
    // Another line first, so that ids tell nothing.
    let text = TEA.replace("anchor", "component Cake [0.7, 0.3]\nanchor").replace("Kettle", "Water kettle");
    let after = read(&text);
    let found = difference(&before, &after);
    assert_eq!(told(&found), ["renamed Water kettle", "added Cake"]);
    let renamed = found.changes[0].found.unwrap();
    assert_eq!(renamed.how, How::Likeness);
    assert!((ALIKE_FROM..=0.9).contains(&renamed.confidence), "{renamed:?}");
    assert!(report(&found, ("a", "b")).contains("? “Kettle” and Water kettle: "));

    let kettle = AnyRecordId::Component(id(&after, "Water kettle"));
    let new = Corrections { new: [kettle].into(), ..Corrections::default() };
    let found = compare(&before, &after, &new, None);
    assert!(told(&found).contains(&"removed Kettle".to_owned()), "{:?}", told(&found));
    assert!(told(&found).contains(&"added Water kettle".to_owned()));

    let cake = AnyRecordId::Component(id(&after, "Cake"));
    let kettle = AnyRecordId::Component(id(&before, "Kettle"));
    let same = Corrections { same: vec![(kettle, cake)], ..Corrections::default() };
    let found = compare(&before, &after, &same, None);
    let renamed = found.changes.iter().find(|change| change.name == "Cake").unwrap();
    assert_eq!(renamed.found.map(|found| (found.how, found.confidence)), Some((How::Person, 1.0)));
}

#[test]
fn links_are_known_by_their_ends() {
    let before = read(TEA);
    let after = read(&TEA.replace("Tea->Kettle\n", "Tea->Power\n").replace("Kettle->Power", "Kettle->Power; by wire"));
    let found = difference(&before, &after);
    assert_eq!(found.records(Group::Links).len(), 3);
    let text = report(&found, ("a", "b"));
    for line in ["− Tea → Kettle", "+ Tea → Power", "~ Kettle → Power: context: nothing → “by wire”"] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn a_link_put_in_shifts_no_links() {
    let before = read(TEA);
    let after = read(&TEA.replace("Public->Tea\n", "Public->Kettle\nPublic->Tea\n"));
    assert_eq!(told(&difference(&before, &after)), ["added Public → Kettle"]);
}

#[test]
fn risk_changes_are_told_with_both_standings() {
    let mut before = read(TEA);
    before.settings = Rc::new(Settings { document_id: "tea".into(), ..Settings::clone(&before.settings) });
    let level = |level: u8| {
        let facts = SystemFacts {
            likelihood: std::array::from_fn(|_| Known::exactly(level)),
            impact: std::array::from_fn(|_| Known::exactly(4)),
            ..SystemFacts::default()
        };
        move |component: &mut Component| component.facts = Some(Rc::new(facts.clone()))
    };
    let (before, after) = (change(&before, "Power", level(2)), change(&before, "Power", level(5)));
    let found = difference(&before, &after);
    let power = &found.risk[0];
    // All twos times all fours is 8, all fives times all fours 20; red starts at 16.
    assert_eq!((power.name.as_str(), power.before.overall.plan, power.after.overall.plan), ("Power", 8.0, 20.0));
    assert_eq!(in_short(&found), ["Power became red.", "Power has a higher score of risk."]);
    let back = compare_with(&before, &after, true, &Corrections::default(), None);
    assert_eq!(in_short(&back), ["Power is no longer red.", "Power has a lower score of risk."]);
    assert!(in_short(&difference(&before, &before)).is_empty());
    let text = report(&found, ("a", "b"));
    assert!(text.contains("! Power: below red → red; score 8.0 → 20.0 of 30"), "{text}");
    assert!(text.contains("security weakness (L6): 2 → 5") || text.contains("(L6): 2 → 5"), "{text}");
}

#[test]
fn renamed_here_and_moved_there_merges_by_itself() {
    let base = read(TEA);
    let ours = change(&base, "Kettle", |c| c.name = "Electric kettle".into());
    let theirs = change(&base, "Kettle", at(0.62, 0.43));
    let merged = merge(&base, &ours, &theirs, &no_choices());
    assert_eq!(merged.conflicts, []);
    let kettle = &merged.document.components[&id(&merged.document, "Electric kettle")];
    assert_eq!(kettle.place(), Some(Point::new(0.62, 0.43)));
    assert_eq!(merged.patch.changes().len(), 1);
}

#[test]
fn both_moved_is_one_conflict_that_a_choice_settles() {
    let base = read(TEA);
    let (ours, theirs) = (change(&base, "Kettle", at(0.1, 0.45)), change(&base, "Kettle", at(0.4, 0.9)));
    let merged = merge(&base, &ours, &theirs, &no_choices());
    let [conflict] = merged.conflicts.as_slice() else { panic!("{:?}", merged.conflicts) };
    assert_eq!(
        (conflict.kind, conflict.field.as_str(), conflict.taken),
        (ConflictKind::BothChanged, "place", Side::Ours)
    );
    assert_eq!(merged.document, ours);
    assert_eq!(
        conflict.sentence(),
        "Kettle: both changed place (was evolution 0.4, place on the value chain 0.45): ours says evolution 0.1, place on \
         the value chain 0.45, theirs says evolution 0.4, place on the value chain 0.9; ours was taken."
    );
    // Half of their move and half of ours would be a place that nobody chose.
    for choices in [
        Choices { all: Some(Side::Theirs), ..no_choices() },
        Choices { records: [(conflict.record, Side::Theirs)].into(), ..no_choices() },
        Choices {
            fields: [((conflict.record, "place".into()), Side::Theirs)].into(),
            all: Some(Side::Ours),
            ..no_choices()
        },
    ] {
        let merged = merge(&base, &ours, &theirs, &choices);
        assert_eq!(merged.open_conflicts().count(), 0);
        let kettle = &merged.document.components[&id(&base, "Kettle")];
        assert_eq!(kettle.place(), Some(Point::new(0.4, 0.9)));
    }
}

#[test]
fn removed_here_and_changed_there_is_kept_with_its_links_until_somebody_chooses() {
    let base = read(TEA);
    let kettle = id(&base, "Kettle");
    let mut ours = base.clone();
    ours.components.remove(&kettle);
    ours.links.retain(|_, link| link.from != kettle && link.to != kettle);
    let theirs = change(&base, "Kettle", |c| c.description = "boils".into());
    let merged = merge(&base, &ours, &theirs, &no_choices());
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].kind, ConflictKind::RemovedAndChanged { by: Side::Ours });
    assert_eq!(merged.conflicts[0].sentence(), "Kettle: We removed it and they changed it; it was kept.");
    assert_eq!(merged.document.links.len(), 3);
    assert_eq!(merged.document.components[&kettle].description, "boils");
    let choices = Choices { all: Some(Side::Ours), ..no_choices() };
    assert_eq!(merge(&base, &ours, &theirs, &choices).document, ours);
}

#[test]
fn removed_here_and_needed_there_is_kept_until_somebody_chooses() {
    let base = read(TEA);
    let power = id(&base, "Power");
    let mut theirs = base.clone();
    theirs.components.remove(&power);
    theirs.links.retain(|_, link| link.from != power && link.to != power);
    let mut ours = base.clone();
    let link: LinkId = Id::numbered('l', 90);
    ours.links.insert(link, Rc::new(Link::need(id(&base, "Tea"), power)));
    let merged = merge(&base, &ours, &theirs, &no_choices());
    assert_eq!(
        merged.conflicts.iter().map(|c| c.kind).collect::<Vec<_>>(),
        [ConflictKind::RemovedAndNeeded { by: Side::Theirs }]
    );
    assert!(merged.document.links.contains_key(&link) && merged.document.components.contains_key(&power));
    let choices = Choices { all: Some(Side::Theirs), ..no_choices() };
    let merged = merge(&base, &ours, &theirs, &choices);
    assert!(!merged.document.components.contains_key(&power) && !merged.document.links.contains_key(&link));
    assert_eq!(violations(&merged.document), []);
}

#[test]
fn sets_merge_by_element() {
    let base = change(&read(TEA), "Tea", |c| c.tags = ["hot".into(), "old".into()].into());
    let ours = change(&base, "Tea", |c| c.tags = ["hot".into(), "old".into(), "ours".into()].into());
    let theirs = change(&base, "Tea", |c| c.tags = ["hot".into(), "theirs".into()].into());
    let merged = merge(&base, &ours, &theirs, &no_choices());
    assert_eq!(merged.conflicts, []);
    let tags: Vec<&str> = merged.document.components[&id(&base, "Tea")].tags.iter().map(String::as_str).collect();
    assert_eq!(tags, ["hot", "ours", "theirs"]);
}

#[test]
fn both_added_the_same_name_is_one_and_other_names_are_two() {
    let base = read(TEA);
    let ours = read(&format!("{TEA}component Water [0.3, 0.8]\nKettle->Water\n"));
    let theirs = read(&format!("{TEA}component water [0.3, 0.8]\nKettle->water\ncomponent Cake [0.7, 0.3]\n"));
    let merged = merge(&base, &ours, &theirs, &no_choices());
    let names: Vec<&str> = merged.document.components.values().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Public", "Tea", "Kettle", "Power", "Water", "Cake"]);
    assert_eq!(merged.document.links.len(), 4);
    assert_eq!(merged.conflicts.iter().map(|c| c.field.as_str()).collect::<Vec<_>>(), ["name"]);
    let ours = read(&format!("{TEA}component Scones [0.3, 0.8]\n"));
    let merged = merge(&base, &ours, &theirs, &no_choices());
    assert_eq!(merged.conflicts, []);
    assert_eq!(merged.document.components.len(), 7);
}

#[test]
fn a_merged_map_text_keeps_our_lines_and_comments() {
    let base = read(TEA);
    let ours = read(&TEA.replace("// who drinks", "// who drinks, and why").replace("[0.45, 0.4]", "[0.45, 0.50]"));
    let theirs = read(
        &TEA.replace("component Power [0.1, 0.7]", "component Electricity [0.1, 0.7]")
            .replace("->Power", "->Electricity"),
    );
    let merged = merge(&base, &ours, &theirs, &no_choices());
    assert_eq!(merged.conflicts, []);
    assert_eq!(
        owm::write(&merged.document).text,
        "title Tea Shop\n// who drinks, and why\nanchor Public [0.95, 0.6]\ncomponent Tea [0.8, 0.61] // the cup\n\
         component Kettle [0.45, 0.50]\ncomponent Electricity [0.1, 0.7]\nPublic->Tea\nTea->Kettle\nKettle->Electricity\n"
    );
}

#[test]
fn single_changes_can_be_taken_with_what_they_need() {
    let before = read(TEA);
    let mut after = change(&before, "Tea", at(0.2, 0.8));
    after = change(&after, "Power", |c| c.evolution = Some(Evolution::clamped(0.9)));
    let water: ComponentId = Id::numbered('c', 50);
    after.components.insert(water, Rc::new(Component::named("Water")));
    let link: LinkId = Id::numbered('l', 50);
    after.links.insert(link, Rc::new(Link::need(id(&before, "Kettle"), water)));
    let found = difference(&before, &after);
    let taken = take(&before, &found.other, &[AnyRecordId::Link(link)].into());
    let mut result = before.clone();
    result.apply(&taken.patch);
    assert!(result.components.contains_key(&water) && result.links.contains_key(&link));
    assert_eq!(result.components[&id(&before, "Tea")], before.components[&id(&before, "Tea")]);
    let moved = take(&before, &found.other, &found.records(Group::What(What::Moved)));
    assert_eq!(moved.patch.changes().len(), 2);
    let mut all = before.clone();
    all.apply(&take(&before, &found.other, &found.records(Group::All)).patch);
    assert!(difference(&all, &after).is_same());
}

#[test]
fn a_merge_heeds_what_a_person_said_is_the_same() {
    let base = read(TEA);
    let ours = read(&(TEA.to_owned() + "component Booking desk [0.5, 0.2]\nTea->Booking desk\n"));
    let theirs = read(&(TEA.to_owned() + "component Reception [0.5, 0.2]\nTea->Reception\n"));
    let apart = merge(&base, &ours, &theirs, &no_choices());
    assert_eq!(apart.document.components.len(), 6);
    let component = |document: &Document, name: &str| AnyRecordId::Component(id(document, name));
    let same = vec![(component(&ours, "Booking desk"), component(&theirs, "Reception"))];
    let corrections = Corrections { same, ..Corrections::default() };
    let joined = merge_with(&base, &ours, &theirs, &corrections, &no_choices());
    assert_eq!(joined.document.components.len(), 5);
    // Both gave it a name: that is for a person to settle.
    assert_eq!(joined.conflicts.iter().map(|c| c.field.as_str()).collect::<Vec<_>>(), ["name"]);
}
