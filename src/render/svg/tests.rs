//! Exported pictures: the same as before for known maps, well-formed for any.

use std::rc::Rc;

use expect_test::expect_file;
use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest, ProptestConfig};

use crate::model::arbitrary::arbitrary_document;
use crate::model::{Document, MapStyle};
use crate::render::svg::*;
use crate::scene::measure::ArialMeasure;
use crate::scene::style::Look;
use crate::scene::tests::{booking, marked, notation, tea_shop};
use crate::scene::{SceneFacts, ViewOptions};

fn scene(document: &Document, risk: bool) -> Scene {
    let facts: Rc<SceneFacts> = Rc::new(marked(document));
    let options = ViewOptions { risk, legend: risk, ..ViewOptions::default() };
    Scene::build(document, &facts, &options, &ArialMeasure, None)
}

fn picture(document: &Document, risk: bool, look: Look) -> String {
    let theme = Theme::by(&document.settings.style, look);
    let options =
        SvgOptions { title: &document.settings.title, description: "A map for tests", ..SvgOptions::default() };
    svg(&scene(document, risk), &theme, &options)
}

#[test]
fn the_tea_shop() {
    expect_file!["golden/tea_shop.svg"].assert_eq(&picture(&tea_shop(), false, Look::Light));
}

#[test]
fn the_whole_notation() {
    expect_file!["golden/notation.svg"].assert_eq(&picture(&notation(), false, Look::Light));
}

#[test]
fn risk_marks_and_legend_on_a_dark_ground() {
    expect_file!["golden/booking_risk_dark.svg"].assert_eq(&picture(&booking(), true, Look::Dark));
}

#[test]
fn the_picture_has_a_name_a_description_and_the_document_in_it() {
    let document = tea_shop();
    let theme = Theme::by(&MapStyle::Plain, Look::Print);
    let payload = "{\"name\": \"<Tea & cake>\"}";
    let options = SvgOptions {
        title: "Tea <shop>",
        description: "A & B",
        payload: Some(payload),
        transparent: true,
        inline: false,
    };
    let text = svg(&scene(&document, false), &theme, &options);
    let parsed = roxmltree::Document::parse(&text).unwrap();
    let child = |name: &str| parsed.root_element().children().find(|n| n.has_tag_name(name)).map(|n| n.text().unwrap());
    let svg_name = |name: &str| child(name);
    assert_eq!(svg_name("title"), Some("Tea <shop>"));
    assert_eq!(svg_name("desc"), Some("A & B"));
    assert_eq!(svg_name("metadata"), Some(payload));
    assert_eq!(parsed.root_element().attribute("role"), Some("img"));
    let named: Vec<&str> = parsed.root_element().attribute("aria-labelledby").unwrap().split(' ').collect();
    for id in named {
        assert!(parsed.descendants().any(|node| node.attribute("id") == Some(id)), "{id}");
    }
    assert!(!parsed.root_element().children().any(|node| node.has_tag_name("rect")), "no ground");
}

#[test]
fn every_component_is_in_the_picture_once_by_its_id_with_its_name() {
    let document = booking();
    let text = picture(&document, false, Look::Light);
    let parsed = roxmltree::Document::parse(&text).unwrap();
    let mut ids: Vec<&str> = parsed.descendants().filter_map(|node| node.attribute("id")).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "ids are unique");
    for (id, component) in &document.components {
        assert!(ids.contains(&format!("component-{id}").as_str()));
        let label = parsed.descendants().find(|n| n.attribute("id") == Some(&format!("label-{id}"))).unwrap();
        let words = label.children().filter(|n| n.attribute("aria-hidden").is_none()).filter_map(|n| n.text());
        assert_eq!(words.collect::<Vec<_>>().join(" "), component.name);
    }
}

#[test]
fn everything_drawn_lies_within_the_view() {
    for document in [tea_shop(), notation(), booking()] {
        let scene = scene(&document, true);
        let text = picture(&document, true, Look::Light);
        let parsed = roxmltree::Document::parse(&text).unwrap();
        let view: Vec<f64> =
            parsed.root_element().attribute("viewBox").unwrap().split(' ').map(|v| v.parse().unwrap()).collect();
        for item in scene.items() {
            let bounds = item.bounds;
            assert!(bounds.min.x >= view[0] && bounds.max.x <= view[0] + view[2], "{:?}", item.key);
            assert!(bounds.min.y >= view[1] && bounds.max.y <= view[1] + view[3], "{:?}", item.key);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_document_gives_well_formed_xml_without_links_or_scripts(
        document in arbitrary_document(),
        title in any::<String>(),
        payload in any::<String>(),
    ) {
        let options = SvgOptions { title: &title, description: &title, payload: Some(&payload), transparent: false, inline: false };
        let text = svg(&scene(&document, true), &Theme::by(&document.settings.style, Look::Light), &options);
        let parsed = roxmltree::Document::parse(&text);
        prop_assert!(parsed.is_ok(), "{:?}", parsed.err());
        for node in parsed.unwrap().descendants() {
            prop_assert!(!matches!(node.tag_name().name(), "script" | "a" | "image" | "use" | "foreignObject" | "style"));
            for attribute in node.attributes() {
                prop_assert!(!attribute.name().starts_with("on") && !attribute.name().contains("href"));
                prop_assert!(!attribute.value().contains("NaN") && !attribute.value().contains("inf"));
            }
        }
    }

    #[test]
    fn the_same_document_gives_the_same_bytes(document in arbitrary_document()) {
        prop_assert_eq!(picture(&document, true, Look::Light), picture(&document, true, Look::Light));
    }
}
