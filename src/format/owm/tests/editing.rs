use std::rc::Rc;

use proptest::prelude::{prop, prop_assert, prop_assert_eq, proptest};

use crate::format::owm::tests::support::*;
use crate::format::owm::*;
use crate::geom::{Evolution, Point};
use crate::known::Known;
use crate::model::*;

/// The document with the text edited; checks what must hold after every edit.
fn typed(document: &Document, text: &str) -> Document {
    let (patch, _) = apply_text(document, text);
    let mut after = document.clone();
    after.apply(&patch);
    assert_eq!(violations(&after), []);
    assert_eq!(write(&after).text, text);
    let mut back = after.clone();
    back.apply(&patch.inverse());
    assert_eq!(&back, document);
    after
}

/// A map whose components have facts that no text says.
fn known(text: &str) -> Document {
    let mut document = read(text).document;
    for (number, component) in document.components.values_mut().enumerate() {
        let facts = SystemFacts { users: Known::exactly(number as u64), ..SystemFacts::default() };
        Rc::make_mut(component).facts = Some(Rc::new(facts));
    }
    for (number, link) in document.links.values_mut().enumerate() {
        Rc::make_mut(link).strength = Known::exactly(number as f64 / 100.0);
    }
    document
}

const TEA: &str = "title Tea\ncomponent Tea [0.8, 0.6]\ncomponent Kettle [0.4, 0.3] label [3, 4]\nevolve Kettle 0.6\n\
component Power [0.1, 0.7]\nTea->Kettle\nKettle->Power\nTea->Power\npipeline Power [0.5, 0.9]\nnote hot [0.2, 0.2]\n";

fn id_of(document: &Document, name: &str) -> ComponentId {
    document.component_named(name).unwrap_or_else(|| panic!("no {name}")).0
}

#[test]
fn a_rename_keeps_ids_and_everything_known() {
    let document = known(TEA);
    let after = typed(&document, &TEA.replace("Kettle", "Samovar"));
    assert_eq!(id_of(&after, "Samovar"), id_of(&document, "Kettle"));
    assert_eq!(after.links, document.links);
    let renamed = &after.components[&id_of(&after, "Samovar")];
    assert_eq!(renamed.facts, document.components[&id_of(&document, "Kettle")].facts);
    // In its own line only: the component stays the same, the links lose their end.
    let after = typed(&document, &TEA.replace("component Kettle", "component Samovar"));
    assert_eq!(id_of(&after, "Samovar"), id_of(&document, "Kettle"));
    assert_eq!(after.links.len(), 1);
}

#[test]
fn a_rename_and_a_move_at_once_keep_the_id() {
    let document = known(TEA);
    let after = typed(&document, &TEA.replace("component Kettle [0.4, 0.3] label [3, 4]", "component Pot [0.9, 0.9]"));
    assert_eq!(id_of(&after, "Pot"), id_of(&document, "Kettle"));
}

#[test]
fn lines_in_another_order_stay_the_same_things() {
    let document = known(TEA);
    let mut lines: Vec<&str> = TEA.lines().collect();
    lines.reverse();
    let after = typed(&document, &lines.join("\n"));
    assert_eq!(
        (&after.components, &after.links, &after.pipelines),
        (&document.components, &document.links, &document.pipelines)
    );
}

#[test]
fn a_line_added_before_a_renamed_one_does_not_take_its_id() {
    let document = known(TEA);
    let text = TEA.replace("component Kettle [0.4", "component Cup [0.7, 0.7]\ncomponent Kettles [0.4");
    let after = typed(&document, &text);
    assert_eq!(id_of(&after, "Kettles"), id_of(&document, "Kettle"));
    assert!(!document.components.contains_key(&id_of(&after, "Cup")));
    assert!(after.component_named("Cup").unwrap().1.facts.is_none());
}

#[test]
fn numbers_finer_than_the_text_survive_edits_elsewhere() {
    let mut document = known(TEA);
    change(&mut document, "Tea", |c| *c = c.clone().at(Point::new(0.123_456_7, 0.5)));
    let text = write(&document).text;
    assert!(text.contains("component Tea [0.50, 0.12]\n"), "{text}");
    let after = typed(&document, &text.replace("title Tea", "title Coffee"));
    assert_eq!(after.components, document.components);
    assert_eq!(after.settings.title, "Coffee");
    // A number edited in the text counts.
    let after = typed(&document, &text.replace("[0.50, 0.12]", "[0.50, 0.13]"));
    assert_eq!(after.component_named("Tea").unwrap().1.evolution, Some(Evolution::clamped(0.13)));
}

#[test]
fn a_removed_line_takes_along_what_hangs_on_it() {
    let mut document = known(TEA);
    let kettle = id_of(&document, "Kettle");
    let area = Area { members: [kettle, id_of(&document, "Tea")].into(), ..Area::default() };
    document.areas.insert(crate::id::Id::numbered('a', 1), Rc::new(area));
    let after = typed(&document, &TEA.replace("component Kettle [0.4, 0.3] label [3, 4]\n", ""));
    assert!(!after.components.contains_key(&kettle));
    assert_eq!((after.links.len(), after.areas.values().next().unwrap().members.len()), (1, 1));
}

#[test]
fn a_link_whose_line_is_edited_stays_the_same_link() {
    let document = known(TEA);
    let after = typed(&document, &TEA.replace("Kettle->Power", "Kettle+'12'>Power; slow"));
    let link = id_of_link(&document, "Kettle", "Power");
    assert_eq!(after.links[&link].context, "slow");
    assert_eq!(after.links[&link].strength, document.links[&link].strength);
}

fn id_of_link(document: &Document, from: &str, to: &str) -> LinkId {
    let (from, to) = (id_of(document, from), id_of(document, to));
    *document.links.iter().find(|(_, l)| l.from == from && l.to == to).unwrap().0
}

#[test]
fn a_component_commented_out_in_the_text_is_hidden_and_keeps_its_links() {
    let document = known(TEA);
    let after = typed(&document, &TEA.replace("component Kettle", "// component Kettle"));
    let kettle = &after.components[&id_of(&document, "Kettle")];
    assert!(kettle.hidden && kettle.facts.is_some());
    assert_eq!(after.links, document.links);
}

#[test]
fn a_document_without_a_text_takes_one() {
    let mut document = known(TEA);
    document.source = None;
    let text = write(&document).text.replace("Kettle", "Urn");
    let after = typed(&document, &text);
    assert_eq!(id_of(&after, "Urn"), id_of(&document, "Kettle"));
    assert_eq!(after.links, document.links);
}

#[test]
fn an_empty_text_empties_the_map() {
    let document = known(TEA);
    let after = typed(&document, "");
    assert!(after.components.is_empty() && after.links.is_empty() && after.pipelines.is_empty());
    assert_eq!(after.settings.title, "");
}

#[test]
fn the_same_edit_gives_the_same_ids_and_another_edit_others() {
    let document = known(TEA);
    let new = |text: &str| id_of(&typed(&document, text), "New");
    let (a, b) = (format!("{TEA}component New [0.1, 0.1]\n"), format!("{TEA}component New [0.2, 0.2]\n"));
    assert_eq!(new(&a), new(&a));
    assert_ne!(new(&a), new(&b));
}

/// Only the source may change when the text is the one the document is written as.
fn assert_no_record_changes(document: &Document) {
    let text = write(document).text;
    let (patch, _) = apply_text(document, &text);
    for change in patch.changes() {
        assert_eq!(change.record(), AnyRecordId::Source, "{change:?}\n{text}");
    }
    let mut after = document.clone();
    after.apply(&patch);
    assert_eq!(write(&after).text, text);
}

#[test]
fn the_documents_own_text_changes_nothing() {
    for (name, text) in owm_corpus() {
        let document = read(&text).document;
        let (patch, _) = apply_text(&document, &text);
        assert!(patch.is_empty(), "{name}: {patch:?}");
    }
}

proptest! {
    #![proptest_config(quiet())]
    #[test]
    fn writing_a_changed_document_and_typing_that_text_changes_no_record(
        text in prop::sample::select(texts()),
        changes in changes(),
    ) {
        let mut document = known(&text);
        with_changes(&mut document, &changes);
        prop_assert_eq!(violations(&document), []);
        assert_no_record_changes(&document);
    }

    #[test]
    fn whatever_is_typed_is_what_the_document_is_written_as(
        text in prop::sample::select(texts()),
        changes in changes(),
        edits in text_edits(),
        more in text_edits(),
    ) {
        let mut document = known(&text);
        with_changes(&mut document, &changes);
        let first = with_edits(&write(&document).text, &edits);
        let after = typed(&document, &first);
        let second = with_edits(&first, &more);
        typed(&after, &second);
    }

    #[test]
    fn any_text_can_be_typed(before in scrambled(), after in scrambled()) {
        let document = read(&before).document;
        prop_assert!(violations(&typed(&document, &after)).is_empty());
    }
}
