//! The reference parser's own golden map: everything it reads arrives, with these accepted differences:
//!
//! 1. Components without coordinates stay undecided instead of 0.9/0.1: a pile in one corner says nothing.
//! 2. `component X (market)` without coordinates is called "X", not "X (market)", which no author means.
//! 3. A label that nobody wrote is automatic instead of a fixed offset.
//! 4. `size` left out is "no size" instead of 0 × 0.
//! 5. A pipeline's ends come from its variants when it has any; the reference stores them as numbers.
//! 6. `evolve` of a variant arrives; the reference reads it and then finds no component for it.
//! 7. The kinds the reference lists apart (markets, methods) are empty there too.

use serde_json::Value;

use crate::format::owm::read;
use crate::geom::Vector;
use crate::model::*;

fn golden() -> Option<(Document, Value)> {
    let Some(root) = std::env::var_os("PORTOLAN_CORPUS") else {
        eprintln!("PORTOLAN_CORPUS is not set: the golden map is skipped");
        return None;
    };
    let folder = std::path::PathBuf::from(root).join("owm_golden");
    let text = std::fs::read_to_string(folder.join("GoldenMasterMapText.txt")).expect("golden text");
    let expected = std::fs::read_to_string(folder.join("GoldenMasterConverterOutput.txt")).expect("golden output");
    Some((read(&text).document, serde_json::from_str(&expected).expect("JSON")))
}

fn list<'v>(expected: &'v Value, key: &str) -> &'v Vec<Value> {
    expected[key].as_array().unwrap_or_else(|| panic!("no {key}"))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("no {key} in {value}"))
}

/// The name without the decorator that the reference leaves in it (difference 2).
fn plain_name(name: &str) -> &str {
    name.trim_end_matches(" (ecosystem)").trim_end_matches(" (market)")
}

fn check_component(document: &Document, expected: &Value) {
    let name = plain_name(text(expected, "name"));
    let (_, component) = document.component_named(name).unwrap_or_else(|| panic!("{name} did not arrive"));
    let (visibility, maturity) = (number(expected, "visibility"), number(expected, "maturity"));
    match component.place() {
        Some(place) => assert_eq!((place.y, place.x), (visibility, maturity), "{name}"),
        None => assert_eq!((visibility, maturity), (0.9, 0.1), "{name} (difference 1)"),
    }
    let (x, y) = (number(&expected["label"], "x"), number(&expected["label"], "y"));
    match component.label_offset {
        Some(offset) => assert_eq!(offset, Vector::new(x, y), "{name}"),
        None => assert!([(5.0, -10.0), (10.0, -20.0), (15.0, -30.0)].contains(&(x, y)), "{name} (difference 3)"),
    }
    assert_eq!(component.inertia.is_some(), expected["inertia"], "{name}");
    let decorators = &expected["decorators"];
    assert_eq!(component.method == Some(Method::Build), decorators["build"], "{name}");
    assert_eq!(component.method == Some(Method::Buy), decorators["buy"], "{name}");
    assert_eq!(component.method == Some(Method::Outsource), decorators["outsource"], "{name}");
    assert_eq!(component.symbol == Symbol::Market, decorators["market"], "{name}");
    assert_eq!(component.symbol == Symbol::Ecosystem, decorators["ecosystem"], "{name}");
}

#[test]
fn all_elements_of_the_golden_map_arrive() {
    let Some((document, expected)) = golden() else { return };
    assert_eq!(violations(&document), []);
    assert_eq!(document.settings.title, text(&expected, "title"));
    let style = format!("{:?}", document.settings.style).to_lowercase();
    assert_eq!(style, text(&expected["presentation"], "style"));
    assert_eq!(document.settings.size, None);
    let annotation_box = document.settings.annotation_box.unwrap();
    let expected_box = &expected["presentation"]["annotations"];
    assert_eq!(
        (annotation_box.y, annotation_box.x),
        (number(expected_box, "visibility"), number(expected_box, "maturity"))
    );

    let mut components = 0;
    for key in ["components", "anchors", "submaps"] {
        for component in list(&expected, key) {
            check_component(&document, component);
            components += 1;
        }
    }
    for key in ["markets", "ecosystems", "methods"] {
        assert!(list(&expected, key).is_empty(), "{key} (difference 7)");
    }
    for evolved in list(&expected, "evolved") {
        let (_, component) = document.component_named(text(evolved, "name")).unwrap();
        let evolve = component.evolve.as_ref().unwrap();
        assert_eq!(evolve.to.get(), number(evolved, "maturity"));
        assert_eq!(evolve.name.as_deref().unwrap_or(""), text(evolved, "override"));
        let label = &evolved["label"];
        assert_eq!(evolve.label_offset, Some(Vector::new(number(label, "x"), number(label, "y"))));
    }
    assert_eq!(document.pipelines.len(), list(&expected, "pipelines").len());
    for pipeline in list(&expected, "pipelines") {
        let (parent, _) = document.component_named(text(pipeline, "name")).unwrap();
        let (id, found) = document.pipeline_of_parent(parent).unwrap();
        let variants = list(pipeline, "components");
        components += variants.len();
        let members: Vec<_> = document.pipeline_members(id).map(|(_, c)| c).collect();
        assert_eq!(members.len(), variants.len());
        for (member, variant) in members.iter().zip(variants) {
            assert_eq!(member.name, text(variant, "name"));
            assert_eq!(member.evolution.unwrap().get(), number(variant, "maturity"));
            let label = &variant["label"];
            assert_eq!(member.label_offset, Some(Vector::new(number(label, "x"), number(label, "y"))));
        }
        let ends = match found.span {
            Some((left, right)) => (left.get(), right.get()),
            None => {
                let at = || members.iter().map(|m| m.evolution.unwrap().get());
                (at().fold(1.0, f64::min), at().fold(0.0, f64::max))
            }
        };
        assert_eq!(ends, (number(pipeline, "maturity1"), number(pipeline, "maturity2")));
    }
    assert_eq!(document.components.len(), components);

    let stages: Vec<&str> = document.settings.evolution.stages.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(stages, list(&expected, "evolution").iter().map(|s| text(s, "line1")).collect::<Vec<_>>());
    assert_eq!(!document.settings.evolution.hidden, expected["showEvolutionAxis"]);
    assert_eq!(!document.settings.value_chain.hidden, expected["showValueChainAxis"]);

    let name = |id: &ComponentId| document.components[id].name.as_str();
    let links: Vec<_> = document.links.values().map(|l| (name(&l.from), name(&l.to), l.context.as_str())).collect();
    let expected_links: Vec<_> =
        list(&expected, "links").iter().map(|l| (text(l, "start"), text(l, "end"), text(l, "context"))).collect();
    assert_eq!(links, expected_links);

    assert_eq!(document.annotations.len(), list(&expected, "annotations").len());
    for (annotation, expected) in document.annotations.values().zip(list(&expected, "annotations")) {
        assert_eq!(
            (f64::from(annotation.number), annotation.text.as_str()),
            (number(expected, "number"), text(expected, "text"))
        );
        let places: Vec<_> = annotation.places.iter().map(|p| (p.y, p.x)).collect();
        let all = list(expected, "occurances");
        assert_eq!(places, all.iter().map(|o| (number(o, "visibility"), number(o, "maturity"))).collect::<Vec<_>>());
    }
    let notes: Vec<_> = document.notes.values().map(|n| (n.text.as_str(), n.at.y, n.at.x)).collect();
    let expected_notes: Vec<_> = list(&expected, "notes")
        .iter()
        .map(|n| (text(n, "text"), number(n, "visibility"), number(n, "maturity")))
        .collect();
    assert_eq!(notes, expected_notes);

    let url = &list(&expected, "urls")[0];
    assert_eq!(document.component_named("Website").unwrap().1.url.as_deref(), Some(text(url, "url")));
    let attitudes: Vec<_> = document
        .attitudes
        .values()
        .map(|a| (format!("{:?}", a.kind).to_lowercase(), a.from.y, a.from.x, a.to.y, a.to.x))
        .collect();
    let expected_attitudes: Vec<_> = list(&expected, "attitudes")
        .iter()
        .map(|a| {
            let n = |key| number(a, key);
            (text(a, "attitude").to_owned(), n("visibility"), n("maturity"), n("visibility2"), n("maturity2"))
        })
        .collect();
    assert_eq!(attitudes, expected_attitudes);
    let accelerators: Vec<_> =
        document.accelerators.values().map(|a| (a.name.as_str(), a.slows, a.at.y, a.at.x)).collect();
    let expected_accelerators: Vec<_> = list(&expected, "accelerators")
        .iter()
        .map(|a| {
            (text(a, "name"), a["deaccelerator"].as_bool().unwrap(), number(a, "visibility"), number(a, "maturity"))
        })
        .collect();
    assert_eq!(accelerators, expected_accelerators);
}
