use std::collections::BTreeSet;

use expect_test::{expect, Expect};
use proptest::prelude::{prop_assert, prop_assert_eq, prop_oneof, proptest};

use crate::diag::{Diagnostic, Place};
use crate::format::owm::tests::support::*;
use crate::format::owm::*;
use crate::geom::{Point, Size, Vector};
use crate::model::*;

/// `line:column severity code message [fix]` for each diagnostic.
fn told(diagnostics: &[Diagnostic]) -> String {
    let lines: Vec<String> = diagnostics
        .iter()
        .map(|d| {
            let place = match d.place {
                Place::Text { line, column, .. } => format!("{line}:{column}"),
                _ => "whole".to_owned(),
            };
            let fix = d.fix.as_ref().map(|f| format!(" [{}: {:?}]", f.label, f.replacement)).unwrap_or_default();
            format!("{place} {:?} {}: {}{fix}", d.severity, d.code, d.message)
        })
        .collect();
    lines.join("\n")
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&told(&read(text).diagnostics));
}

fn component(document: &Document, name: &str) -> Component {
    Component::clone(document.component_named(name).unwrap_or_else(|| panic!("no {name}")).1)
}

#[test]
fn the_tea_shop_arrives() {
    let text = "title Tea Shop\nanchor Business [0.95, 0.63]\ncomponent Cup of Tea [0.79, 0.61] label [-85.48, 3.78]\n\
        component Kettle [0.43, 0.35] label [-57, 4]\nevolve Kettle->Electric Kettle 0.62 label [16, 5]\n\
        component Power [0.1, 0.7] inertia (outsource)\nevolve Power 0.89\nBusiness->Cup of Tea\n\
        Cup of Tea+'12 a day'>Kettle; limited by \nKettle -> Power\nannotation 1 [[0.43,0.49],[0.08,0.79]] Standardising\n\
        annotations [0.72, 0.03]\nnote +a generic note [0.23, 0.33]\nstyle wardley\nsize [900, 600]\n";
    let imported = read(text);
    let document = &imported.document;
    assert_eq!(told(&imported.diagnostics), "");
    assert_eq!(violations(document), []);
    assert_eq!(document.settings.title, "Tea Shop");
    assert_eq!(document.settings.style, MapStyle::Wardley);
    assert_eq!(document.settings.size, Some(Size::new(900.0, 600.0)));
    assert_eq!(document.settings.annotation_box, Some(Point::new(0.03, 0.72)));
    let cup = component(document, "cup of tea");
    assert_eq!(cup.place(), Some(Point::new(0.61, 0.79)));
    assert_eq!(cup.label_offset, Some(Vector::new(-85.48, 3.78)));
    let evolve = component(document, "Kettle").evolve.unwrap();
    assert_eq!((evolve.to.get(), evolve.name.as_deref()), (0.62, Some("Electric Kettle")));
    let power = component(document, "Power");
    assert_eq!((power.method, power.inertia.is_some(), power.label_offset), (Some(Method::Outsource), true, None));
    assert!(component(document, "Business").is_anchor());
    let links: Vec<&Link> = document.links.values().map(|l| &**l).collect();
    assert_eq!(links.len(), 3);
    assert_eq!(links[1].kind, LinkKind::Flow(FlowDirection::Forward));
    assert_eq!((links[1].flow_text.as_str(), links[1].context.as_str()), ("12 a day", "limited by"));
    let annotation = document.annotations.values().next().unwrap();
    assert_eq!(annotation.places, [Point::new(0.49, 0.43), Point::new(0.79, 0.08)]);
    let ids: Vec<String> = document.components.keys().map(ToString::to_string).collect();
    assert_eq!(ids, ["c0001", "c0002", "c0003", "c0004"]);
}

#[test]
fn what_authors_mean_is_read() {
    let document = read(
        "Component\tA [0.5, 0.5]\ncomponent B label [3,4] [0.1,0.2]\ncomponent building [0.2,0.2]\nbuilding->A\n\
         A->B->building\nevolve A 1\nmarket B\nbuild A\npipeline B { component V1 [0.3] component V2 [0.6] }\n\
         evolve V1 .9\ncomponent Late [0.4, 0.4] evolve 0.8\npioneers [0.9, 0.1] 110 72\ny-axis Value->Hidden->Seen\n",
    )
    .document;
    assert_eq!(violations(&document), []);
    assert_eq!(document.links.len(), 3);
    let a = component(&document, "A");
    assert_eq!((a.method, a.evolve.map(|e| e.to.get())), (Some(Method::Build), Some(1.0)));
    let b = component(&document, "B");
    assert_eq!(
        (b.symbol, b.label_offset, b.place()),
        (Symbol::Market, Some(Vector::new(3.0, 4.0)), Some(Point::new(0.2, 0.1)))
    );
    let v1 = component(&document, "V1");
    assert_eq!(
        (v1.evolution.map(|e| e.get()), v1.visibility, v1.evolve.map(|e| e.to.get())),
        (Some(0.3), None, Some(0.9))
    );
    assert!(v1.pipeline.is_some());
    assert_eq!(component(&document, "Late").evolve.map(|e| e.to.get()), Some(0.8));
    let pioneers = document.attitudes.values().next().unwrap();
    assert_eq!((pioneers.from, pioneers.to), (Point::new(0.1, 0.9), Point::new(0.2, 0.8)));
    let axis = &document.settings.value_chain;
    assert_eq!([&axis.label, &axis.bottom, &axis.top], ["Value", "Hidden", "Seen"]);
}

#[test]
fn components_in_comments_are_hidden_and_prose_is_not() {
    let imported = read(
        "component A [0.5, 0.5]\n// component B [0.2,0.3] label [1, 2]\n//component A [0.9,0.9]\n// component sizes [small]\n\
         // component C [0.4, 0.4] // remark\nA->B\nB->C\n",
    );
    let document = &imported.document;
    let hidden: Vec<&str> = document.components.values().filter(|c| c.hidden).map(|c| c.name.as_str()).collect();
    assert_eq!(hidden, ["B", "C"]);
    assert_eq!(document.links.len(), 2);
    expect!["2:14 Notice owm-hidden-components: Components in comments are read as hidden: “B”, “C”."]
        .assert_eq(&told(&imported.diagnostics));
}

#[test]
fn dangling_and_doubled_things_are_notices() {
    check("component Kettle [0.5, 0.5]\ncomponent Power [0.1, 0.2]\nKettel->Power\nKettle->Power\nKettle->power\nKettle->Kettle\nKettle->\nNobody->Power\nevolve Nobody 0.8\npipeline Nobody [0.1, 0.2]\ncomponent kettle [0.2, 0.2]\ncomponent Power [0.3, 0.3]\n", expect![[r#"
        3:1 Notice owm-dangling-link: “Kettel” is not on the map, so this link is left out. Did you mean “Kettle”? [Use this name: "Kettle"]
        5:1 Notice owm-duplicate-link: This link is there already; it stays in the text and is drawn once.
        6:7 Notice owm-self-link: This links a component to itself; it stays in the text and is not drawn.
        7:1 Warning owm-half-link: This link has only one end, so it is left out.
        8:1 Notice owm-dangling-link: “Nobody” is not on the map, so this link is left out. [Add the component: "component Nobody\n"]
        9:8 Notice owm-dangling-evolve: “Nobody” is not on the map, so nothing evolves here. [Add the component: "component Nobody\n"]
        10:10 Notice owm-dangling-pipeline: “Nobody” is not on the map, so this pipeline is left out. [Add the component: "component Nobody\n"]
        11:11 Notice owm-similar-name: “kettle” differs from “Kettle” in line 1 only in case or blanks; OnlineWardleyMaps joins links to the first.
        12:11 Notice owm-duplicate-name: “Power” is declared twice; links and other lines go to the one in line 2."#]]);
}

#[test]
fn what_owm_would_read_differently_is_said_with_a_fix() {
    check(
        "Component A [0.5, 0.5]\ncomponent\tB[0.1,0.2]label[3,4]\n  title T\nbuilding->A\nA->B->A\nevolve A 1\nA-->B\n",
        expect![[r#"
            1:1 Warning owm-keyword-case: OnlineWardleyMaps knows this word only in lower case. [Write in lower case: "component"]
            2:1 Warning owm-blank-after-word: OnlineWardleyMaps needs a blank here, not a tab or nothing; it drops the line without a word. [Put a blank: " "]
            2:12 Warning owm-blank-before-bracket: OnlineWardleyMaps finds a bracket only behind a blank. [Put a blank: " "]
            2:21 Warning owm-blank-before-bracket: OnlineWardleyMaps finds a bracket only behind a blank. [Put a blank: " "]
            3:3 Warning owm-indent: OnlineWardleyMaps ignores a title that is indented. [Remove the indent: ""]
            4:1 Notice owm-dangling-link: “building” is not on the map, so this link is left out. [Add the component: "\ncomponent building"]
            4:1 Warning owm-reserved-word: OnlineWardleyMaps drops a link that begins with a word of its own, as “building” does. [Put the name in quotes: "\"building\""]
            5:5 Warning owm-chain: OnlineWardleyMaps reads only the first link of a chain. [Write one link a line: "A->B\nB->A"]
            6:10 Warning owm-evolve-number: OnlineWardleyMaps takes a number without a digit and a point, like 1 or .9, for a part of the name. [Write it with a point: "1.00"]
            7:1 Notice owm-duplicate-link: This link is there already; it stays in the text and is drawn once.
            7:2 Warning owm-long-arrow: OnlineWardleyMaps takes the first dash for a part of the name. [Write ->: "->"]"#]],
    );
    check("component Web (public) [0.5, 0.5] (buy)\ncomponent inertia [0.1, 0.2]\ncomponent \"A [x]\" [0.3, 0.4]\ncomponent M (market)\ncomponent L label [3, 4] [0.1, 0.2]\ncomponent E [0.1, 0.2] evolve 0.5\ncomponent \"a // b\" [0.1, 0.2]\n", expect![[r#"
        1:11 Warning owm-decorator-misread: OnlineWardleyMaps looks for buy anywhere in the line and reads this line differently.
        2:11 Warning owm-decorator-misread: OnlineWardleyMaps looks for inertia anywhere in the line and reads this line differently.
        3:11 Warning owm-bracket-in-name: OnlineWardleyMaps takes the first bracket of the line for the coordinates, here inside the name.
        4:11 Notice owm-no-place: This component has no full pair of coordinates, so its place is undecided; OnlineWardleyMaps fills in 0.9 for the visibility and 0.1 for the evolution.
        4:11 Warning owm-name-misread: Without coordinates OnlineWardleyMaps takes the decorator for a part of the name, so that links do not find it.
        5:13 Warning owm-label-first: OnlineWardleyMaps takes the first bracket for the coordinates, so the label must stand behind them. [Put the label behind: "[0.1, 0.2] label [3, 4]"]
        6:24 Warning owm-inline-evolve: OnlineWardleyMaps crashes on evolve within a component's line. [Write it on its own line: "\nevolve E 0.50"]
        7:14 Warning owm-comment-in-text: OnlineWardleyMaps cuts the line at //, even inside quotes and addresses."#]]);
    check("component P [0.5, 0.5]\npipeline P { component V [0.3] }\npipeline p [0.2]\ncomponent E /* x */ [0.5,0.6]\nevolve P->Web 2.0 0.9\nbuild P\n# hash\ncompnent X [0.1, 0.2]\n", expect![[r#"
        2:10 Notice owm-single-variant: OnlineWardleyMaps does not draw a pipeline whose variants all stand at one place, nor its variants.
        2:12 Warning owm-braces: OnlineWardleyMaps needs the braces of a pipeline and each variant on lines of their own. [Write one a line: "pipeline P\n{\n  component V [0.3]\n}"]
        3:10 Warning owm-inexact-name: This is written “p” where the component is called “P”; OnlineWardleyMaps does not find it here. [Spell it the same: "P"]
        3:10 Notice owm-second-pipeline: “p” has a pipeline already; both are taken for one.
        3:13 Warning owm-pipeline-numbers: A pipeline needs two numbers, its left and its right end.
        4:13 Warning owm-inline-comment: For OnlineWardleyMaps a comment that begins with /* ends only in a later line, so it loses all up to there. [Move the comment to the end: "component E [0.5,0.6] // x"]
        5:11 Warning owm-version-in-name: OnlineWardleyMaps takes the first number with a point for the maturity, here the one in the name. [Put the name in quotes: "\"Web 2.0\""]
        6:7 Warning owm-standalone-decorator: Read as (build) on “P”; today's OnlineWardleyMaps ignores or refuses this line.
        7:1 Notice owm-hash-comment: A comment begins with // here; OnlineWardleyMaps reports this line as an error. [Write //: "//"]
        8:1 Warning owm-unknown-line: This line is not understood and stays in the text. Did you mean “component”? [Use this word: "component"]"#]]);
    check("component P [1.5, -0.2]\ncomponent Q [0,79, 0,61]\ncomponent R [50%, x]\ncomponent S\nsize [0]\nstyle wardly\nevolution a->b\nannotation x Text\npioneers [a]\nsubmap U [0.1, 0.2] url(k)\nurl j [https://x]\nsubmap W [0.1, 0.2] url(javascript:x)\npipeline S\n{\ncomponent V [0.4, 0.6]\nP->Q\n", expect![[r#"
        1:14 Warning owm-out-of-range: This lies outside the map, which goes from 0 to 1; it is shown at the edge.
        1:19 Warning owm-out-of-range: This lies outside the map, which goes from 0 to 1; it is shown at the edge.
        2:14 Warning owm-decimal-comma: Numbers are written with a point; the commas are read as points here. [Write points: "0.79, 0.61"]
        3:11 Notice owm-no-place: This component has no full pair of coordinates, so its place is undecided; OnlineWardleyMaps fills in 0.9 for the visibility and 0.1 for the evolution.
        3:14 Warning owm-per-cent: Per cent are read as a share here; OnlineWardleyMaps takes the number as it stands. [Write as a share: "0.50"]
        3:19 Error owm-not-a-number: This is not a number; write it as 0.42.
        4:11 Notice owm-no-place: This component has no full pair of coordinates, so its place is undecided; OnlineWardleyMaps fills in 0.9 for the visibility and 0.1 for the evolution.
        5:1 Warning owm-bad-size: The size needs two numbers above 0, width and height in pixels.
        6:7 Notice owm-unknown-style: The style “wardly” is not known; the map is drawn plain. [Use the style meant: "wardley"]
        7:1 Warning owm-stages: OnlineWardleyMaps needs exactly four stages and shows its own otherwise.
        8:1 Warning owm-no-place: This annotation has no place; it is only listed in the box. OnlineWardleyMaps drops it.
        8:12 Warning owm-annotation-number: An annotation begins with its number; 1 is used here.
        9:1 Error owm-attitude-numbers: This needs four numbers, [visibility, evolution, visibility, evolution] of two corners; it is left out.
        9:11 Error owm-not-a-number: This is not a number; write it as 0.42.
        10:25 Notice owm-no-url-line: There is no line “url k […]”, so this link leads nowhere.
        11:1 Notice owm-unused-url: No submap uses this address.
        12:25 Warning owm-unsafe-address: Only addresses that begin with http:, https: or mailto: are used; this one is left aside.
        13:10 Warning owm-unclosed-block: The braces of this pipeline are not closed; it ends here before the first line that is no variant. OnlineWardleyMaps swallows all components behind it. [Close the braces: "\n}"]"#]]);
}

/// Applying a fix settles what it was offered for.
#[test]
fn every_fix_removes_its_diagnostic() {
    let text = "Component A [0.5, 0.5]\ncomponent\tB[0.1,0.2]label[3,4]\n  title T\nbuilding->A\nA->B->A\nevolve A 1\nA-->B\n\
        component building [0.4, 0.4]\ncomponent L label [3, 4] [0.1, 0.2]\ncomponent E [0.1, 0.2] evolve 0.5\n\
        pipeline B { component V [0.3] component W [0.6] }\npipeline a [0.2, 0.4]\ncomponent F /* x */ [0.5,0.6]\n\
        evolve B->Web 2.0 0.9\n# hash\ncompnent X [0.1, 0.2]\nKettel->A\ncomponent Kettle [0.1, 0.2]\n\
        component Q [0,79, 0,61]\ncomponent R [50%, 0.5]\nstyle wardly\npioneers [0.9, 0.1] 110 72\nevolve L [0.1, 0.9]\n\
        A->B # remark\npipeline L\n{\ncomponent Y [0.4, 0.6]\ncomponent Z [0.4\n";
    let before = read(text).diagnostics;
    let mut codes = BTreeSet::new();
    for diagnostic in before.iter().filter(|d| d.fix.is_some()) {
        let fix = diagnostic.fix.as_ref().unwrap();
        let mut fixed = text.to_owned();
        fixed.replace_range(fix.start..fix.end, &fix.replacement);
        let count = |list: &[Diagnostic]| list.iter().filter(|d| d.code == diagnostic.code).count();
        let after = read(&fixed).diagnostics;
        assert!(count(&after) < count(&before), "{}: {} in\n{fixed}", diagnostic.code, told(&after));
        codes.insert(diagnostic.code);
    }
    assert!(codes.len() >= 20, "{codes:?}");
}

#[test]
fn columns_count_characters_and_spans_bytes() {
    let text = "\u{feff}title x\r\ncomponent Größe [0.5, 0.5]\r\nÄrger->Größe\r\n";
    let diagnostics = read(text).diagnostics;
    let Place::Text { line, column, start, end } = diagnostics[0].place.clone() else { panic!() };
    assert_eq!((line, column, &text[start..end]), (3, 1, "Ärger"));
}

#[test]
fn too_much_is_refused_or_left_out_with_a_word() {
    assert_eq!(
        told(&read(&"x".repeat(MAX_TEXT_LENGTH + 1)).diagnostics),
        "whole Error owm-too-large: This text has more than 8 MB and was not read."
    );
    let long = format!("component A [0.1, 0.2] {}\ncomponent B [0.1, 0.2]\n", "x".repeat(MAX_LINE_LENGTH));
    let imported = read(&long);
    assert_eq!(imported.document.components.len(), 1);
    assert_eq!(imported.diagnostics[0].code, "owm-too-long");
}

/// No line gets lost: it made or changed a record, is blank or a comment, or is named in a diagnostic.
#[test]
fn every_line_of_every_real_map_is_accounted_for() {
    for (name, text) in owm_corpus() {
        let imported = read(&text);
        assert_eq!(violations(&imported.document), [], "{name}");
        let source = imported.document.source.as_ref().unwrap();
        let bound: BTreeSet<u32> = source.bindings.iter().map(|b| b.statement).collect();
        let named: BTreeSet<u32> = imported
            .diagnostics
            .iter()
            .filter_map(|d| if let Place::Text { line, .. } = d.place { Some(line) } else { None })
            .collect();
        for (number, statement) in (0u32..).zip(Tree::parse(&text).statements()) {
            let comment = matches!(statement.kind, Kind::Blank | Kind::Comment)
                || text[statement.span.range()].trim_start().starts_with("//");
            assert!(
                comment || bound.contains(&number) || named.contains(&statement.line),
                "{name}:{} is lost: {}",
                statement.line,
                &text[statement.span.range()]
            );
        }
    }
}

proptest! {
    #![proptest_config(quiet())]
    #[test]
    fn whatever_is_read_obeys_the_rules(text in prop_oneof![scrambled(), mutated()]) {
        let imported = read(&text);
        prop_assert_eq!(violations(&imported.document), []);
        for diagnostic in &imported.diagnostics {
            if let Place::Text { start, end, .. } = diagnostic.place {
                prop_assert!(text.get(start..end).is_some(), "{:?}", diagnostic);
            }
            if let Some(fix) = &diagnostic.fix {
                prop_assert!(text.get(fix.start..fix.end).is_some(), "{:?}", diagnostic);
            }
        }
    }
}

#[test]
fn a_fix_mends_its_line_and_changes_nothing_else() {
    let fixed = |text: &str, code: &str| {
        let found = read(text).diagnostics.into_iter().find(|d| d.code == code);
        let fix = found.unwrap_or_else(|| panic!("no {code}")).fix.unwrap_or_else(|| panic!("no fix of {code}"));
        let mut mended = text.to_owned();
        mended.replace_range(fix.start..fix.end, &fix.replacement);
        assert!(read(&mended).diagnostics.iter().all(|d| d.code != code), "{mended}");
        (mended, fix.label)
    };
    let (text, label) = fixed("market Tea [0.4, 0.5] label [3, 4] // all\n", "owm-standalone-decorator");
    assert_eq!(
        (text.as_str(), label.as_str()),
        ("component Tea [0.4, 0.5] label [3, 4] (market) // all\n", "Write it as a component")
    );
    assert_eq!(
        read(&text).document.components,
        read("market Tea [0.4, 0.5] label [3, 4] // all\n").document.components
    );
    let (text, _) = fixed("title T\n  what is this?\n", "owm-unknown-line");
    assert_eq!(text, "title T\n  // what is this?\n");
    let (text, _) = fixed("component B [0.1, 0.2]\nA->B\n", "owm-dangling-link");
    assert_eq!(text, "component B [0.1, 0.2]\ncomponent A\nA->B\n");
    let (text, _) = fixed("evolve A 0.5\n", "owm-dangling-evolve");
    assert_eq!(text, "component A\nevolve A 0.5\n");
    let (text, _) =
        fixed("component A [0.1, 0.2] // a\r\npipeline Power station [0.2, 0.4]\r\n", "owm-dangling-pipeline");
    assert!(text.starts_with("component A [0.1, 0.2] // a\ncomponent Power station\r\npipeline"), "{text:?}");
}
