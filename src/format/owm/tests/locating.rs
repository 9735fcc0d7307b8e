use expect_test::expect;
use proptest::prelude::{prop_assert, proptest};

use crate::format::owm::tests::support::*;
use crate::format::owm::*;
use crate::model::*;

const TEXT: &str = "title Tea\nevolve Kettle 0.6\n  component Kettle [0.4, 0.3] // hot\ncomponent Tea [0.8, 0.6]\nTea->Kettle->Tea\n\n// end";

#[test]
fn a_byte_leads_to_its_record_and_a_record_to_its_line() {
    let document = read(TEXT).document;
    let source = document.source.as_ref().unwrap();
    let kettle = AnyRecordId::Component(document.component_named("Kettle").unwrap().0);
    let links: Vec<AnyRecordId> = document.links.keys().map(|id| AnyRecordId::Link(*id)).collect();
    let at = |needle: &str| record_at(source, TEXT.find(needle).unwrap());
    assert_eq!(at("Tea\n"), Some(AnyRecordId::Settings));
    assert_eq!(at("evolve"), Some(kettle));
    assert_eq!(at("// hot"), Some(kettle));
    assert_eq!([at("Tea->"), at("->Tea\n")], [Some(links[0]), Some(links[1])]);
    assert_eq!([at("// end"), record_at(source, TEXT.len()), record_at(source, 10_000)], [None, None, None]);
    let text = |record| span_of(source, record).map(|range| &TEXT[range]);
    assert_eq!(text(kettle), Some("component Kettle [0.4, 0.3]"));
    assert_eq!(text(links[1]), Some("Kettle->Tea"));
    let index = SourceIndex::new(source);
    assert_eq!(index.spans_of(kettle).count(), 2);
}

#[test]
fn every_bound_record_of_every_real_map_is_found_where_it_stands() {
    for (name, text) in owm_corpus() {
        let document = read(&text).document;
        let index = SourceIndex::new(document.source.as_ref().unwrap());
        for id in document.components.keys() {
            let range = index.span_of(AnyRecordId::Component(*id)).unwrap_or_else(|| panic!("{name}: {id}"));
            assert_eq!(index.record_at(range.start), Some(AnyRecordId::Component(*id)), "{name}");
            assert_eq!(index.record_at(range.end), Some(AnyRecordId::Component(*id)), "{name}");
        }
    }
}

#[test]
fn words_have_classes() {
    let text = "component Tea [0.6, 0.8] label [1, 2] (buy) // x\nTea+'a day'>Cup; often\n// component Old [0.1, 0.2]\nwhat is this\n";
    let shown: Vec<String> =
        highlight(text).into_iter().map(|(range, class)| format!("{class:?}:{}", &text[range])).collect();
    expect![[r#"
        Keyword:component
        Name:Tea
        Number:0.6
        Number:0.8
        Keyword:label
        Number:1
        Number:2
        Decorator:buy
        Comment:// x
        Name:Tea
        Arrow:+'
        Text:a day
        Arrow:'>
        Name:Cup
        Text:often
        Hidden:// component Old [0.1, 0.2]
        Unknown:what is this"#]]
    .assert_eq(&shown.join("\n"));
}

proptest! {
    #![proptest_config(quiet())]
    #[test]
    fn classes_lie_in_order_on_characters(text in scrambled()) {
        let mut end = 0;
        for (range, _) in highlight(&text) {
            prop_assert!(range.start >= end && text.get(range.clone()).is_some());
            end = range.end;
        }
    }
}
