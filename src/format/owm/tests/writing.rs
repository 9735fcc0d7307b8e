use std::rc::Rc;

use expect_test::{expect, Expect};

use crate::format::owm::tests::support::*;
use crate::format::owm::*;
use crate::geom::{Evolution, Point, Size, Vector, Visibility};
use crate::id::Id;
use crate::model::*;

const TEA: &str = "// Tea shop\ntitle Tea Shop\nanchor Business [0.95, 0.63]\ncomponent Cup of Tea [0.79, 0.61] label [-85.48, 3.78] // the cup\n\
component Kettle  [0.43,0.350] label [-57, 4] (buy)\nevolve Kettle->Electric Kettle 0.62 label [16, 5]\n\
component Power [0.1, 0.7] inertia\nevolve Power 0.89\npipeline Power\n{\n\tcomponent Wind [0.3]\n\n\tcomponent Sun [0.6] label [3, 4]\n}\n\
// Links\nBusiness->Cup of Tea\nCup of Tea->Kettle; limited by \nKettle -> Power->Business\n\nnote +a [0.23, 0.33]\nstyle wardley\n";

fn check(change: impl FnOnce(&mut Document), expected: Expect) {
    expected.assert_eq(&difference(TEA, &edited(TEA, change)));
}

#[test]
fn an_unchanged_document_is_written_byte_for_byte() {
    for (name, text) in owm_corpus() {
        for text in [text.replace('\n', "\r\n"), text] {
            let document = read(&text).document;
            let written = write(&document);
            assert!(written.text == text, "{name} differs:\n{}", difference(&text, &written.text));
            assert_eq!(written.bindings, document.source.as_ref().unwrap().bindings);
        }
    }
}

/// Components of every real map, each moved by itself.
#[test]
fn moving_one_component_changes_its_line_only() {
    for (name, text) in owm_corpus() {
        let document = read(&text).document;
        // Up to nine of each map, the last among them; all of them take minutes without optimisation.
        let step = document.components.len() / 8 + 1;
        for id in document.components.keys().rev().step_by(step) {
            let mut moved = document.clone();
            let component = Rc::make_mut(moved.components.get_mut(id).unwrap());
            let to = if component.evolution == Some(Evolution::clamped(0.37)) { 0.38 } else { 0.37 };
            component.evolution = Some(Evolution::clamped(to));
            let written = write(&moved).text;
            let changed: Vec<(&str, &str)> =
                text.split('\n').zip(written.split('\n')).filter(|(before, after)| before != after).collect();
            assert_eq!(text.split('\n').count(), written.split('\n').count(), "{name}");
            let [(before, after)] = changed.as_slice() else { panic!("{name}: {changed:?}") };
            assert!(
                before.contains("component")
                    || before.contains("anchor")
                    || before.contains("submap")
                    || before.contains("market"),
                "{before}"
            );
            assert!(after.contains("0.37") || after.contains("0.38"), "{after}");
            assert_same(&moved, &read(&written).document, &format!("{name}: {before} => {after}"));
        }
    }
}

#[test]
fn single_parts_are_replaced() {
    let at = |x, y| move |c: &mut Component| *c = c.clone().at(Point::new(x, y));
    check(
        |d| change(d, "Kettle", at(0.35, 0.5)),
        expect![[r#"
        -component Kettle  [0.43,0.350] label [-57, 4] (buy)
        +component Kettle  [0.50,0.350] label [-57, 4] (buy)"#]],
    );
    check(
        |d| change(d, "Kettle", at(0.123_456, 0.43)),
        expect![[r#"
        -component Kettle  [0.43,0.350] label [-57, 4] (buy)
        +component Kettle  [0.43,0.123] label [-57, 4] (buy)"#]],
    );
    check(
        |d| change(d, "Wind", |c| c.evolution = Some(Evolution::clamped(0.175))),
        expect![[r#"
        -	component Wind [0.3]
        +	component Wind [0.175]"#]],
    );
    check(
        |d| change(d, "Cup of Tea", |c| c.label_offset = Some(Vector::new(-80.4, 3.78))),
        expect![[r#"
        -component Cup of Tea [0.79, 0.61] label [-85.48, 3.78] // the cup
        +component Cup of Tea [0.79, 0.61] label [-80.4, 3.78] // the cup"#]],
    );
    check(
        |d| change(d, "Cup of Tea", |c| c.label_offset = None),
        expect![[r#"
        -component Cup of Tea [0.79, 0.61] label [-85.48, 3.78] // the cup
        +component Cup of Tea [0.79, 0.61] // the cup"#]],
    );
    check(
        |d| change(d, "Business", |c| c.label_offset = Some(Vector::new(12.3, -8.0))),
        expect![[r#"
        -anchor Business [0.95, 0.63]
        +anchor Business [0.95, 0.63] label [12.3, -8]"#]],
    );
    check(
        |d| change(d, "Kettle", |c| c.method = Some(Method::Build)),
        expect![[r#"
        -component Kettle  [0.43,0.350] label [-57, 4] (buy)
        +component Kettle  [0.43,0.350] label [-57, 4] (build)"#]],
    );
    check(
        |d| {
            change(d, "Kettle", |c| {
                c.symbol = Symbol::Market;
                c.inertia = Some(Inertia::default());
            })
        },
        expect![[r#"
        -component Kettle  [0.43,0.350] label [-57, 4] (buy)
        +component Kettle  [0.43,0.350] label [-57, 4] inertia (buy, market)"#]],
    );
    check(
        |d| change(d, "Power", |c| c.inertia = None),
        expect![[r#"
        -component Power [0.1, 0.7] inertia
        +component Power [0.1, 0.7]"#]],
    );
    check(
        |d| change(d, "Cup of Tea", |c| c.hidden = true),
        expect![[r#"
        -component Cup of Tea [0.79, 0.61] label [-85.48, 3.78] // the cup
        +// component Cup of Tea [0.79, 0.61] label [-85.48, 3.78] // the cup"#]],
    );
    check(
        |d| change(d, "Cup of Tea", |c| c.visibility = None),
        expect![[r#"
        -component Cup of Tea [0.79, 0.61] label [-85.48, 3.78] // the cup
        +component Cup of Tea [, 0.61] label [-85.48, 3.78] // the cup"#]],
    );
    check(
        |d| {
            change(d, "Cup of Tea", |c| {
                c.visibility = None;
                c.evolution = None;
                c.label_offset = None;
            })
        },
        expect![[r#"
        -component Cup of Tea [0.79, 0.61] label [-85.48, 3.78] // the cup
        +component Cup of Tea // the cup"#]],
    );
    check(
        |d| change(d, "Business", |c| c.kind = ComponentKind::Component),
        expect![[r#"
        -anchor Business [0.95, 0.63]
        +component Business [0.95, 0.63]"#]],
    );
    check(
        |d| change(d, "Cup of Tea", |c| c.url = Some("https://example.org/a".to_owned())),
        expect![[r#"
        -component Cup of Tea [0.79, 0.61] label [-85.48, 3.78] // the cup
        +component Cup of Tea [0.79, 0.61] label [-85.48, 3.78] url(link1) // the cup
        +
        +url link1 [https://example.org/a]"#]],
    );
}

#[test]
fn a_new_name_goes_wherever_it_is_named() {
    check(
        |d| change(d, "Kettle", |c| c.name = "Samovar".to_owned()),
        expect![[r#"
        -component Kettle  [0.43,0.350] label [-57, 4] (buy)
        -evolve Kettle->Electric Kettle 0.62 label [16, 5]
        +component Samovar  [0.43,0.350] label [-57, 4] (buy)
        +evolve Samovar->Electric Kettle 0.62 label [16, 5]
        -Cup of Tea->Kettle; limited by 
        -Kettle -> Power->Business
        +Cup of Tea->Samovar; limited by 
        +Samovar -> Power->Business"#]],
    );
    check(
        |d| change(d, "Kettle", |c| c.name = "building [a]".to_owned()),
        expect![[r#"
        -component Kettle  [0.43,0.350] label [-57, 4] (buy)
        -evolve Kettle->Electric Kettle 0.62 label [16, 5]
        +component "building [a]"  [0.43,0.350] label [-57, 4] (buy)
        +evolve "building [a]"->Electric Kettle 0.62 label [16, 5]
        -Cup of Tea->Kettle; limited by 
        -Kettle -> Power->Business
        +Cup of Tea->"building [a]"; limited by 
        +"building [a]" -> Power->Business"#]],
    );
    check(
        |d| change(d, "Power", |c| c.name = "Web 2.0; x".to_owned()),
        expect![[r#"
        -component Power [0.1, 0.7] inertia
        -evolve Power 0.89
        -pipeline Power
        +component Web 2.0; x [0.1, 0.7] inertia
        +evolve "Web 2.0; x" 0.89
        +pipeline Web 2.0; x
        -Kettle -> Power->Business
        +Kettle -> "Web 2.0; x"->Business"#]],
    );
    check(
        |d| change(d, "Business", |c| c.name = "notebook".to_owned()),
        expect![[r#"
        -anchor Business [0.95, 0.63]
        +anchor notebook [0.95, 0.63]
        -Business->Cup of Tea
        +"notebook"->Cup of Tea
        -Kettle -> Power->Business
        +Kettle -> Power->notebook"#]],
    );
    check(
        |d| change(d, "Business", |c| c.name = "two\nlines".to_owned()),
        expect![[r#"
        -anchor Business [0.95, 0.63]
        +anchor "two\nlines" [0.95, 0.63]
        -Business->Cup of Tea
        +"two\nlines"->Cup of Tea
        -Kettle -> Power->Business
        +Kettle -> Power->"two\nlines""#]],
    );
}

#[test]
fn evolve_lines_follow() {
    let evolve = |to, name: Option<&str>| {
        Some(Evolve { to: Evolution::clamped(to), name: name.map(str::to_owned), label_offset: None })
    };
    check(
        |d| change(d, "Power", |c| c.evolve = evolve(0.9, None)),
        expect![[r#"
        -evolve Power 0.89
        +evolve Power 0.90"#]],
    );
    check(
        |d| change(d, "Power", |c| c.evolve = evolve(1.0, Some("Fusion"))),
        expect![[r#"
        -evolve Power 0.89
        +evolve Power->Fusion 1.00"#]],
    );
    check(
        |d| change(d, "Kettle", |c| c.evolve = evolve(0.62, None)),
        expect![[r#"
        -evolve Kettle->Electric Kettle 0.62 label [16, 5]
        +evolve Kettle 0.62"#]],
    );
    check(|d| change(d, "Kettle", |c| c.evolve = None), expect!["-evolve Kettle->Electric Kettle 0.62 label [16, 5]"]);
    check(|d| change(d, "Wind", |c| c.evolve = evolve(0.5, None)), expect!["+evolve Wind 0.50"]);
}

#[test]
fn removed_records_take_their_lines_along() {
    check(
        |d| delete(d, "Kettle"),
        expect![[r#"
        -component Kettle  [0.43,0.350] label [-57, 4] (buy)
        -evolve Kettle->Electric Kettle 0.62 label [16, 5]
        -Cup of Tea->Kettle; limited by 
        -Kettle -> Power->Business
        +Power->Business"#]],
    );
    check(|d| delete(d, "Sun"), expect!["-	component Sun [0.6] label [3, 4]"]);
    check(
        |d| {
            d.pipelines.clear();
            for name in ["Wind", "Sun"] {
                delete(d, name);
            }
        },
        expect![[r#"
        -pipeline Power
        -{
        -	component Wind [0.3]
        -	component Sun [0.6] label [3, 4]
        -}"#]],
    );
    check(
        |d| {
            d.links.pop_last();
        },
        expect![[r#"
        -Kettle -> Power->Business
        +Kettle -> Power"#]],
    );
    check(
        |d| {
            d.links.pop_first();
        },
        expect!["-Business->Cup of Tea"],
    );
    check(|d| d.notes.clear(), expect!["-note +a [0.23, 0.33]"]);
}

#[test]
fn new_records_stand_with_their_like() {
    let id = |n| Id::numbered('c', n);
    check(
        |d| {
            d.components.insert(id(90), Rc::new(Component::named("Gas").at(Point::new(0.8, 0.2))));
            let parent = d.component_named("Power").unwrap().0;
            let pipeline = d.pipeline_of_parent(parent).unwrap().0;
            let water = Component {
                pipeline: Some(pipeline),
                evolution: Some(Evolution::clamped(0.8)),
                ..Component::named("Water")
            };
            d.components.insert(id(91), Rc::new(water));
            let cup = d.component_named("Cup of Tea").unwrap().0;
            d.links.insert(
                Id::numbered('l', 90),
                Rc::new(Link {
                    kind: LinkKind::Flow(FlowDirection::Both),
                    flow_text: "it's".to_owned(),
                    context: "a;b".to_owned(),
                    ..Link::need(cup, id(90))
                }),
            );
            d.notes.insert(
                Id::numbered('n', 90),
                Rc::new(Note { text: "two\nlines".to_owned(), at: Point::new(0.1, 0.2), ..Note::default() }),
            );
            d.annotations.insert(
                Id::numbered('a', 90),
                Rc::new(Annotation {
                    number: 3,
                    text: "see [x]".to_owned(),
                    places: vec![Point::new(0.1, 0.2), Point::new(0.3, 0.4)],
                    ..Annotation::default()
                }),
            );
            Rc::make_mut(&mut d.settings).size = Some(Size::new(900.0, 600.0));
        },
        expect![[r#"
            +size [900, 600]
            +component Gas [0.20, 0.80]
            +	component Water [0.80]
            +Cup of Tea+'it’s'<>Gas; a,b
            +note "two\nlines" [0.20, 0.10]
            +
            +annotation 3 [[0.20, 0.10], [0.40, 0.30]] see [x]"#]],
    );
    check(
        |d| {
            let cup = d.component_named("Cup of Tea").unwrap().0;
            let span = Some((Evolution::clamped(0.4), Evolution::clamped(0.8)));
            d.pipelines.insert(Id::numbered('p', 90), Rc::new(Pipeline { parent: cup, span, ..Pipeline::default() }));
            // Out of its box, and over into another one.
            change(d, "Wind", |c| {
                c.pipeline = None;
                c.visibility = Some(Visibility::clamped(0.5));
            });
            change(d, "Sun", |c| c.pipeline = Some(Id::numbered('p', 90)));
        },
        expect![[r#"
        -	component Wind [0.3]
        -	component Sun [0.6] label [3, 4]
        +component Wind [0.50, 0.30]
        +pipeline Cup of Tea
        +{
        +  component Sun [0.60] label [3, 4]
        +}"#]],
    );
}

#[test]
fn chains_lose_and_change_just_the_link_concerned() {
    let text = "component A [0.1, 0.1]\ncomponent B [0.2, 0.2]\ncomponent C [0.3, 0.3]\ncomponent D [0.4, 0.4]\n  A->B->C->D; x // y\n";
    let nth = |d: &Document, n: usize| *d.links.keys().nth(n).unwrap();
    let check =
        |change: &dyn Fn(&mut Document), expected: Expect| expected.assert_eq(&difference(text, &edited(text, change)));
    check(
        &|d| {
            let id = nth(d, 1);
            d.links.remove(&id);
        },
        expect![[r#"
        -  A->B->C->D; x // y
        +  A->B // y
        +  C->D; x"#]],
    );
    check(
        &|d| {
            let id = nth(d, 0);
            d.links.remove(&id);
        },
        expect![[r#"
        -  A->B->C->D; x // y
        +  B->C->D; x // y"#]],
    );
    check(
        &|d| {
            let id = nth(d, 2);
            Rc::make_mut(d.links.get_mut(&id).unwrap()).context = "z".to_owned();
        },
        expect![[r#"
        -  A->B->C->D; x // y
        +  A->B->C // y
        +  C->D; z"#]],
    );
    check(
        &|d| {
            let id = nth(d, 1);
            Rc::make_mut(d.links.get_mut(&id).unwrap()).kind = LinkKind::Flow(FlowDirection::Backward);
        },
        expect![[r#"
        -  A->B->C->D; x // y
        +  A->B // y
        +  B+<C
        +  C->D; x"#]],
    );
    check(
        &|d| {
            change(d, "B", |c| c.name = "Bee".to_owned());
            let id = nth(d, 2);
            d.links.remove(&id);
        },
        expect![[r#"
        -component B [0.2, 0.2]
        +component Bee [0.2, 0.2]
        -  A->B->C->D; x // y
        +  A->Bee->C // y"#]],
    );
}

#[test]
fn line_breaks_and_a_missing_one_at_the_end_are_kept() {
    let text = "component A [0.1, 0.2]\r\ncomponent B [0.3, 0.4]";
    let add = |d: &mut Document| {
        d.components.insert(Id::numbered('c', 90), Rc::new(Component::named("C").at(Point::new(0.5, 0.5))));
    };
    assert_eq!(edited(text, add), "component A [0.1, 0.2]\r\ncomponent B [0.3, 0.4]\r\ncomponent C [0.50, 0.50]");
    assert_eq!(edited(text, |d| delete(d, "B")), "component A [0.1, 0.2]\r\n");
}

#[test]
fn a_one_line_block_is_opened_up_only_when_it_must_be() {
    let text = "component P [0.5, 0.5]\npipeline P { component V [0.3] component W [0.6] }\n";
    expect![[r#"
        component P [0.5, 0.5]
        pipeline P { component V [0.40] component W [0.6] }
    "#]]
    .assert_eq(&edited(text, |d| change(d, "V", |c| c.evolution = Some(Evolution::clamped(0.4)))));
    expect![[r#"
        component P [0.5, 0.5]
        pipeline P { component W [0.6] 
          // component V [0.30]
        }
    "#]]
    .assert_eq(&edited(text, |d| change(d, "V", |c| c.hidden = true)));
    expect![[r#"
        component P [0.5, 0.5]
        pipeline P { component V [0.3] }
    "#]]
    .assert_eq(&edited(text, |d| delete(d, "W")));
}

#[test]
fn a_document_without_a_text_is_printed_in_full() {
    let mut document = read(TEA).document;
    document.source = None;
    change(&mut document, "Kettle", |c| c.description = "x".to_owned());
    let written = write(&document);
    expect![[r#"
        title Tea Shop
        style wardley

        anchor Business [0.95, 0.63]
        component Cup of Tea [0.79, 0.61] label [-85.48, 3.78]
        component Kettle [0.43, 0.35] label [-57, 4] (buy)
        component Power [0.10, 0.70] inertia

        pipeline Power
        {
          component Wind [0.30]
          component Sun [0.60] label [3, 4]
        }

        Business->Cup of Tea
        Cup of Tea->Kettle; limited by
        Kettle->Power
        Power->Business

        evolve Kettle->Electric Kettle 0.62 label [16, 5]
        evolve Power 0.89

        note +a [0.23, 0.33]
    "#]]
    .assert_eq(&written.text);
    document.source = None;
    let mut again = read(&written.text).document;
    change(&mut again, "Kettle", |c| c.description = "x".to_owned());
    assert_eq!(essence(&again), essence(&document));
    expect!["1 component's description or tags cannot be said in map text; save the file as well to keep them."]
        .assert_eq(&written.diagnostics.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join("\n"));
}

/// Read, printed without its text, and read again, every real map says the same.
#[test]
fn every_real_map_survives_printing() {
    for (name, text) in owm_corpus() {
        let mut document = read(&text).document;
        document.source = None;
        let written = write(&document);
        let again = read(&written.text);
        assert_same(&document, &again.document, &name);
        let unwanted: Vec<_> = again
            .diagnostics
            .iter()
            .filter(|d| {
                ![
                    "owm-hidden-components",
                    "owm-duplicate-name",
                    "owm-similar-name",
                    "owm-no-place",
                    "owm-single-variant",
                    "owm-variant-evolves",
                    "owm-unknown-style",
                    "owm-y-axis",
                    "owm-stages",
                    "owm-decorator-misread",
                    "owm-name-misread",
                ]
                .contains(&d.code)
            })
            .collect();
        assert!(unwanted.is_empty(), "{name}: {unwanted:?}\n{}", written.text);
    }
}
