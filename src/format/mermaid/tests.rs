use expect_test::expect;
use proptest::prelude::{prop_assert_eq, proptest};
use std::rc::Rc;

use crate::format::owm::tests::support::{assert_same, corpus, owm_corpus, quiet, scrambled};
use crate::format::{mermaid, owm};
use crate::geom::Point;
use crate::model::*;

const BICYCLE: &str = "%% a remark\nwardley-beta\ntitle Bicycle workshop\nsize [900, 600]\n\
evolution Idea@0.175 / Concept -> Trial@0.4 -> \"Offer\"@0.7 -> Utility@1.0\nanchor Cyclist [0.95, 0.60]\n\
component Bicycle [79.0, 0.61] label [12, -8] (buy) inertia\ncomponent '3D printer' [0.20, 0.30]\n\
component Brakes [0.55, 0.50]\nCyclist -> Bicycle\nBicycle +'12 per day'> Brakes; weekly\n\
Bicycle -.-> \"3D printer\"\nCyclist > Brakes\nCyclist +<> Bicycle\nevolve Bicycle 0.82\npipeline Brakes {\n\
  component Rim brake [0.35]\n  component Disc brake [0.72] label [4, 20]\n}\nnote \"agreed in May\" [0.35, 0.12]\n\
annotations [0.72, 0.03]\nannotation 1,[0.43, 0.49] \"Ask the owner\"\naccelerator Open standard [0.9, 0.3]\n\
deaccelerator Regulation [0.8, 0.6]\n";

#[test]
fn a_whole_example_arrives() {
    let imported = mermaid::read(BICYCLE);
    let told: Vec<&str> = imported.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(told, Vec::<&str>::new());
    let document = imported.document;
    assert_eq!(violations(&document), []);
    assert_eq!(document.settings.title, "Bicycle workshop");
    let stages: Vec<(&str, &str)> =
        document.settings.evolution.stages.iter().map(|s| (s.name.as_str(), s.second_name.as_str())).collect();
    assert_eq!(stages, [("Idea", "Concept"), ("Trial", ""), ("Offer", ""), ("Utility", "")]);
    assert_eq!(document.settings.evolution.boundaries, [0.175, 0.4, 0.7]);
    let bicycle = document.component_named("Bicycle").unwrap().1;
    assert_eq!(bicycle.place(), Some(Point::new(0.61, 0.79)), "79.0 is per cent");
    assert_eq!((bicycle.method, bicycle.inertia.is_some()), (Some(Method::Buy), true));
    assert_eq!(document.links.len(), 5);
    assert_eq!(document.components.values().filter(|c| c.pipeline.is_some()).count(), 2);
    assert_eq!((document.notes.len(), document.annotations.len(), document.accelerators.len()), (1, 1, 2));
}

#[test]
fn stages_that_are_not_given_are_equally_wide() {
    let quarter = [0.25, 0.5, 0.75];
    assert_eq!(mermaid::read("wardley-beta\n").document.settings.evolution.boundaries, quarter);
    let named = mermaid::read("wardley-beta\nevolution A -> B -> C -> D\n").document;
    assert_eq!(named.settings.evolution.boundaries, quarter);
    let three = mermaid::read("wardley-beta\nevolution A -> B -> C\n").document;
    assert_eq!(three.settings.evolution.boundaries, [1.0 / 3.0, 2.0 / 3.0]);
}

#[test]
fn what_mermaid_refuses_is_read_and_told() {
    let text = "wardley-beta\ncomponent Web 2 [1, .5] label [1.5, 2] (buy) (market)\ncomponent B\nevolve B->C 0.5\n\
pipeline B [0.1, 0.2]\npipeline B\n{\ncomponent V [0.3]\n}\nB->B->V\nnote free text [0.1, 0.2]\npioneers [0.9, 0.1, 0.8, 0.2]\n\
# hash\ncomponent Größe [0.1, 0.1]\nGröße -> Nobody\n";
    let imported = mermaid::read(text);
    assert_eq!(imported.document.components.len(), 4);
    let told: Vec<String> =
        imported.diagnostics.iter().map(|d| format!("{} {}: {}", d.place, d.code, d.message)).collect();
    expect![[r#"
        line 2, column 1 mermaid-decorators: Mermaid takes one of (build), (buy), (outsource) and (market), and no ecosystem.
        line 2, column 11 mermaid-quotes: Mermaid needs quotes around this.
        line 2, column 18 mermaid-number: Mermaid needs digits on both sides of a point here.
        line 2, column 21 mermaid-number: Mermaid needs digits on both sides of a point here.
        line 2, column 32 mermaid-number: Mermaid needs whole numbers for a label.
        line 3, column 1 mermaid-coordinates: Mermaid needs coordinates here.
        line 3, column 11 mermaid-no-place: This component has no full pair of coordinates, so its place is undecided.
        line 4, column 11 mermaid-evolve: Mermaid refuses a new name or a label behind evolve.
        line 5, column 12 mermaid-pipeline: Mermaid has pipelines with variants in braces only.
        line 6, column 10 mermaid-second-pipeline: “B” has a pipeline already; both are taken for one.
        line 7, column 1 mermaid-brace: Mermaid needs this brace on the pipeline's own line.
        line 10, column 1 mermaid-chain: Mermaid needs one link a line.
        line 10, column 2 mermaid-self-link: This links a component to itself; it stays in the text and is not drawn.
        line 11, column 6 mermaid-quotes: Mermaid needs quotes around this.
        line 12, column 1 mermaid-unknown-word: Mermaid does not know this line.
        line 13, column 1 mermaid-unknown-line: This line is not understood and was left out.
        line 14, column 11 mermaid-quotes: Mermaid needs quotes around this.
        line 15, column 1 mermaid-quotes: Mermaid needs quotes around this.
        line 15, column 10 mermaid-dangling-link: “Nobody” is not on the map, so this link is left out."#]].assert_eq(&told.join("\n"));
}

#[test]
fn a_written_map_names_what_it_cannot_carry() {
    let document = owm::read(
        "title A \"b\"\nstyle wardley\nanchor User [1, 0.5]\ncomponent Web 2.0 [0.5, 0.25] label [3.4, -4] (buy, market)\n\
         component Ecos [0.1, 0.1] (ecosystem)\ncomponent Un\nevolve Ecos->New 0.8 label [1, 2]\npipeline Ecos [0.1, 0.2]\n\
         component P [0.5, 0.5]\npipeline P\n{\ncomponent V [0.3]\n}\nevolve V 0.4\nUser->Web 2.0; x\nUser+'it's'>Ecos; y\n\
         // component Hid [0.3, 0.3]\nUser->Hid\nannotation 1 [[0.1,0.2],[0.3,0.4]] t\nannotations [0.9, 0.1]\n\
         note \"a\\nb\" [0.1, 0.2]\npioneers [0.9, 0.1, 0.8, 0.2]\ndeaccelerator slow [0.1, 0.1]\n",
    )
    .document;
    let written = mermaid::write(&document);
    expect![[r#"
        wardley-beta
        title A "b"
        evolution "Genesis"@0.175 -> "Custom-Built"@0.40 -> "Product"@0.70 / "(+rental)" -> "Commodity"@1.0 / "(+utility)"

        anchor "User" [1.00, 0.50]
        component "Web 2.0" [0.50, 0.25] label [3, -4] (buy)
        component "Ecos" [0.10, 0.10]
        component "Un" [0.50, 0.50]
        component "P" [0.50, 0.50]
        %% component "Hid" [0.30, 0.30]

        pipeline "P" {
          component "V" [0.30]
        }

        "User" -> "Web 2.0"; x
        "User" +'it’s'> "Ecos"; y

        evolve "Ecos" 0.80

        note "a\nb" [0.10, 0.20]
        annotations [0.90, 0.10]
        annotation 1,[0.10, 0.20] "t"
        deaccelerator "slow" [0.10, 0.10]
    "#]].assert_eq(&written.text);
    expect![[r#"
        Annotations have one place in Mermaid, the first: “1”.
        Hidden components are written as comments: “Hid”.
        Links of hidden components are left out.
        Mermaid cannot evolve variants in a pipeline: “V”.
        Mermaid has no labels for evolved components: “Ecos”.
        Mermaid has no new names for evolved components: “Ecos”.
        Mermaid has no pioneers, settlers and town planners.
        Mermaid has no styles of maps.
        Mermaid has no symbol for ecosystems: “Ecos”.
        Mermaid has only pipelines with variants: “Ecos”.
        Mermaid needs coordinates; what is undecided is put at 0.5: “Un”.
        Mermaid shows the flow's text and not the link's: “User”.
        Mermaid takes one decorator; the market is left out: “Web 2.0”."#]]
    .assert_eq(&written.diagnostics.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join("\n"));
}

/// The document without what Mermaid has no words for.
fn carried(document: &Document) -> Document {
    let mut document = document.clone();
    let settings = Rc::make_mut(&mut document.settings);
    (settings.style, settings.value_chain) = (MapStyle::Plain, ValueChainAxis::default());
    settings.title = settings.title.split_whitespace().collect::<Vec<_>>().join(" ");
    settings.size = settings.size.map(|s| crate::geom::Size::new(s.width.round(), s.height.round()));
    let (places, hidden) = (settings.annotation_box, document.components.values().any(|c| c.hidden));
    if document.annotations.is_empty() && places.is_some() {
        Rc::make_mut(&mut document.settings).annotation_box = None;
    }
    document.attitudes.clear();
    let mut gone = Vec::new();
    for (id, component) in &mut document.components {
        let component = Rc::make_mut(component);
        if component.hidden {
            gone.push(*id);
        }
        component.url = None;
        if component.kind == ComponentKind::Submap {
            component.kind = ComponentKind::Component;
        }
        if component.symbol == Symbol::Ecosystem || component.method.is_some() {
            component.symbol = Symbol::Plain;
        }
        if component.is_anchor() || component.pipeline.is_some() {
            (component.method, component.symbol, component.inertia) = (None, Symbol::Plain, None);
        }
        if component.is_anchor() {
            component.label_offset = None;
        }
        component.label_offset = component.label_offset.map(|v| crate::geom::Vector::new(v.x.round(), v.y.round()));
        let half = |n: Option<f64>| n.unwrap_or(0.5);
        component.evolution = Some(crate::geom::Evolution::clamped(half(component.evolution.map(|e| e.get()))));
        component.visibility = match component.pipeline {
            Some(_) => None,
            None => Some(crate::geom::Visibility::clamped(half(component.visibility.map(|v| v.get())))),
        };
        if let Some(evolve) = &mut component.evolve {
            (evolve.name, evolve.label_offset) = (None, None);
        }
        if component.pipeline.is_some() {
            component.evolve = None;
        }
    }
    assert!(hidden != gone.is_empty());
    document.components.retain(|id, _| !gone.contains(id));
    document.links.retain(|_, l| !gone.contains(&l.from) && !gone.contains(&l.to));
    let full: Vec<PipelineId> = document.components.values().filter_map(|c| c.pipeline).collect();
    document.pipelines.retain(|id, p| full.contains(id) && !gone.contains(&p.parent));
    for pipeline in document.pipelines.values_mut() {
        Rc::make_mut(pipeline).span = None;
    }
    for annotation in document.annotations.values_mut() {
        Rc::make_mut(annotation).places.truncate(1);
    }
    document.annotations.retain(|_, a| !a.places.is_empty());
    document
}

#[test]
fn every_real_mermaid_map_is_read_and_written_and_read_again() {
    for (name, text) in corpus("mermaid") {
        let document = mermaid::read(&text).document;
        assert_eq!(violations(&document), [], "{name}");
        let written = mermaid::write(&document);
        let again = mermaid::read(&written.text);
        assert_same(&carried(&document), &again.document, &name);
        let unknown: Vec<_> = again.diagnostics.iter().filter(|d| d.severity > crate::diag::Severity::Notice).collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
    }
}

/// From the language of OnlineWardleyMaps to Mermaid: what Mermaid can carry arrives.
#[test]
fn every_real_map_can_be_converted() {
    for (name, text) in owm_corpus() {
        let document = owm::read(&text).document;
        let written = mermaid::write(&document);
        assert_same(&carried(&document), &mermaid::read(&written.text).document, &name);
    }
}

/// And back: a Mermaid map as map text, with the stages' bounds as the only thing lost.
#[test]
fn every_real_mermaid_map_can_be_written_as_map_text() {
    for (name, text) in corpus("mermaid") {
        let mut document = mermaid::read(&text).document;
        let written = owm::write(&document).text;
        let again = owm::read(&written).document;
        Rc::make_mut(&mut document.settings).evolution.boundaries = again.settings.evolution.boundaries.clone();
        assert_same(&document, &again, &format!("{name}\n{written}"));
    }
}

proptest! {
    #![proptest_config(quiet())]
    #[test]
    fn whatever_is_read_obeys_the_rules_and_can_be_written(text in scrambled()) {
        let document = mermaid::read(&format!("wardley-beta\n{text}")).document;
        prop_assert_eq!(violations(&document), []);
        let again = mermaid::read(&mermaid::write(&document).text).document;
        prop_assert_eq!(violations(&again), []);
    }
}
