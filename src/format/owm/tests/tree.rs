use expect_test::{expect, Expect};
use proptest::prelude::*;

use crate::format::owm::tests::support::*;
use crate::format::owm::*;

fn assert_lossless(text: &str, dialect: Dialect) {
    let tree = Tree::parse_dialect(text, dialect);
    assert_eq!(tree.pieces().collect::<String>(), text);
    let mut at = 0;
    for statement in tree.statements() {
        assert_eq!(statement.span.start, at);
        at = statement.span.end;
        for part in tree.parts(statement) {
            assert!(text.get(part.span.range()).is_some(), "{part:?} does not lie on characters");
            assert!(statement.span.start <= part.span.start && part.span.end <= statement.span.end, "{part:?}");
        }
    }
    assert_eq!(at, text.len());
}

proptest! {
    #![proptest_config(quiet())]
    #[test]
    fn any_text_comes_back_byte_for_byte(text in scrambled()) {
        assert_lossless(&text, Dialect::Owm);
        assert_lossless(&text, Dialect::Mermaid);
    }

    #[test]
    fn any_bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        assert_lossless(&text, Dialect::Owm);
        assert_lossless(&text, Dialect::Mermaid);
    }
}

#[test]
fn every_real_map_comes_back_byte_for_byte() {
    for (_, text) in owm_corpus() {
        assert_lossless(&text, Dialect::Owm);
        assert_lossless(&text.replace('\n', "\r\n"), Dialect::Owm);
    }
    for (_, text) in corpus("mermaid") {
        assert_lossless(&text, Dialect::Mermaid);
    }
}

fn check(line: &str, expected: Expect) {
    expected.assert_eq(&parts_of_line(line));
}

#[test]
fn component_lines() {
    check("component Tea [0.63, 0.81] label [-9, 4] inertia (buy)", expect!["Component(Component): Keyword=component Name=Tea Bracket=[0.63, 0.81] Number=0.63 Number=0.81 Label=label [-9, 4] LabelNumber=-9 LabelNumber=4 Flag(Inertia)=inertia Group=(buy) Flag(Buy)=buy"]);
    check("  Component\tTea[.63,0.81]label[3,4](buy, market)", expect!["Component(Component): Keyword=Component Name=Tea Bracket=[.63,0.81] Number=.63 Number=0.81 Label=label[3,4] LabelNumber=3 LabelNumber=4 Group=(buy, market) Flag(Buy)=buy Flag(Market)=market"]);
    check("component A label [3,4] [0.1,0.2]", expect!["Component(Component): Keyword=component Name=A Label=label [3,4] LabelNumber=3 LabelNumber=4 Bracket=[0.1,0.2] Number=0.1 Number=0.2"]);
    check(
        "component Flow label [0.1,0.2]",
        expect!["Component(Component): Keyword=component Name=Flow label Bracket=[0.1,0.2] Number=0.1 Number=0.2"],
    );
    check(
        "component \"Spare\\nparts\" [0.4, 0.5]",
        expect![[
            r#"Component(Component): Keyword=component Name="Spare\nparts" Bracket=[0.4, 0.5] Number=0.4 Number=0.5"#
        ]],
    );
    check(
        "component \"Best\" (legacy)  [0.55, 0.74]",
        expect![[
            r#"Component(Component): Keyword=component Name="Best" (legacy) Bracket=[0.55, 0.74] Number=0.55 Number=0.74"#
        ]],
    );
    check(
        "component A [x] [0.1,0.2]",
        expect!["Component(Component): Keyword=component Name=A [x] Bracket=[0.1,0.2] Number=0.1 Number=0.2"],
    );
    check("component Web (public) [0.1,0.2] (buy)", expect!["Component(Component): Keyword=component Name=Web (public) Bracket=[0.1,0.2] Number=0.1 Number=0.2 Group=(buy) Flag(Buy)=buy"]);
    check(
        "component Plain (market)",
        expect!["Component(Component): Keyword=component Name=Plain Group=(market) Flag(Market)=market"],
    );
    check("component A [0.1, 0.2] evolve 0.8 # remark", expect!["Component(Component): Keyword=component Name=A Bracket=[0.1, 0.2] Number=0.1 Number=0.2 EvolveWord=evolve Maturity=0.8 Junk=# remark"]);
    check("submap Pay [0.4, 0.6] label [8, 4] url(payMap)", expect!["Component(Submap): Keyword=submap Name=Pay Bracket=[0.4, 0.6] Number=0.4 Number=0.6 Label=label [8, 4] LabelNumber=8 LabelNumber=4 UrlCall=url(payMap) UrlKey=payMap"]);
    check("component Child [0.35] label [-20, 24]", expect!["Component(Component): Keyword=component Name=Child Bracket=[0.35] Number=0.35 Label=label [-20, 24] LabelNumber=-20 LabelNumber=24"]);
    check(
        "component A [0.79, ]",
        expect!["Component(Component): Keyword=component Name=A Bracket=[0.79, ] Number=0.79 Number="],
    );
    check(
        "component A [0.5, 0.6",
        expect!["Component(Component): Keyword=component Name=A Bracket=[0.5, 0.6 Number=0.5 Number=0.6"],
    );
    check(
        "component E /* x */ [0.5,0.6]",
        expect!["Component(Component): Keyword=component Name=E Bracket=[0.5,0.6] Number=0.5 Number=0.6"],
    );
    check("// component Old [0.5,0.6] label [3,4]", expect!["Component(Component): CommentMark=//  Keyword=component Name=Old Bracket=[0.5,0.6] Number=0.5 Number=0.6 Label=label [3,4] LabelNumber=3 LabelNumber=4"]);
    check("// component that we [0.5] need", expect!["Comment: "]);
}

#[test]
fn link_lines() {
    check("A->B", expect!["Link: Name=A Arrow(Need)=-> Name=B"]);
    check("A -> B ; limited by; more", expect!["Link: Name=A Arrow(Need)=-> Name=B Context=limited by Junk=; more"]);
    check("A+'12 per day'>B", expect!["Link: Name=A Arrow(Flow(Forward))=+'12 per day'> FlowText=12 per day Name=B"]);
    check("A+'it's'<>B", expect!["Link: Name=A Arrow(Flow(Both))=+'it's'<> FlowText=it's Name=B"]);
    check("A+<B", expect!["Link: Name=A Arrow(Flow(Backward))=+< Name=B"]);
    check("A->B->C", expect!["Link: Name=A Arrow(Need)=-> Name=B Arrow(Need)=-> Name=C"]);
    check("masters+->\"problem; solving\"", expect![[r#"Link: Name=masters+ Arrow(Need)=-> Name="problem; solving""#]]);
    check("building->road", expect!["Link: Name=building Arrow(Need)=-> Name=road"]);
    check("Component services->FinOps", expect!["Link: Name=Component services Arrow(Need)=-> Name=FinOps"]);
    check("market share->B", expect!["Link: Name=market share Arrow(Need)=-> Name=B"]);
    check("A->", expect!["Link: Name=A Arrow(Need)=-> Name="]);
}

#[test]
fn other_lines() {
    check("evolve Kettle->Electric Kettle 0.62 label [16, 5]", expect!["Evolve: Keyword=evolve Name=Kettle Arrow(Need)=-> NewName=Electric Kettle Maturity=0.62 Label=label [16, 5] LabelNumber=16 LabelNumber=5"]);
    check("evolve A 1", expect!["Evolve: Keyword=evolve Name=A Maturity=1"]);
    check(
        "evolve Web 2.0->Web 3.0 0.9",
        expect!["Evolve: Keyword=evolve Name=Web 2.0 Arrow(Need)=-> NewName=Web 3.0 Maturity=0.9"],
    );
    check("evolve Power [0.1, 0.89] label [-12, 21]", expect!["Evolve: Keyword=evolve Name=Power Bracket=[0.1, 0.89] Number=0.1 Number=0.89 Label=label [-12, 21] LabelNumber=-12 LabelNumber=21"]);
    check(
        "pipeline Brakes [0.25, 0.80]",
        expect!["Pipeline: Keyword=pipeline Name=Brakes Bracket=[0.25, 0.80] Number=0.25 Number=0.80"],
    );
    check(
        "note see [1] here [0.3,0.4]",
        expect!["Note: Keyword=note Text=see [1] here Bracket=[0.3,0.4] Number=0.3 Number=0.4"],
    );
    check("note what 5\" pipe // no", expect![[r#"Note: Keyword=note Text=what 5" pipe"#]]);
    check("annotation 1 [[0.43, 0.49], [0.08, 0.79] ] Ask", expect!["Annotation: Keyword=annotation Index=1 Bracket=[[0.43, 0.49], [0.08, 0.79] ] Number=0.43 Number=0.49 Number=0.08 Number=0.79 Text=Ask"]);
    check(
        "annotation 2,[0.43, 0.49] \"Ask\"",
        expect![[r#"Annotation: Keyword=annotation Index=2 Bracket=[0.43, 0.49] Number=0.43 Number=0.49 Text="Ask""#]],
    );
    check("pioneers [0.9, 0.1] 120 80", expect!["Attitude(Pioneers): Keyword=pioneers Bracket=[0.9, 0.1] Number=0.9 Number=0.1 PixelNumber=120 PixelNumber=80"]);
    check("evolution a -> b->c -> d", expect!["Evolution: Keyword=evolution Stage=a Stage=b Stage=c Stage=d"]);
    check("evolution --hide", expect!["Evolution: Keyword=evolution Hide=--hide"]);
    check(
        "url payMap [https://example.org/#pay]",
        expect!["Url: Keyword=url Name=payMap Bracket=[https://example.org/#pay] Address=https://example.org/#pay"],
    );
    check("title The // end", expect!["Title: Keyword=title Text=The"]);
    check("build Kettle", expect!["Decorate(Build): Keyword=build Name=Kettle"]);
    check(
        "market Kettle [0.1, 0.2]",
        expect!["Component(Market): Keyword=market Name=Kettle Bracket=[0.1, 0.2] Number=0.1 Number=0.2"],
    );
    check("y-axis Value->Low->High", expect!["YAxis: Keyword=y-axis Stage=Value Stage=Low Stage=High"]);
    check("compnent A [0.1, 0.2]", expect!["Unknown: Junk=compnent A [0.1, 0.2]"]);
}

#[test]
fn a_block_on_one_line_falls_into_its_statements() {
    let text = "pipeline B { component R [0.3] component D [0.7] label [3, 4] } // end\nA->B";
    let tree = Tree::parse(text);
    let shown: Vec<String> =
        tree.statements().iter().map(|s| format!("{:?} {:?} {:?}", s.kind, s.block, &text[s.span.range()])).collect();
    expect![[r#"
        Pipeline None "pipeline B "
        BlockOpen Some(0) "{ "
        Component(Component) Some(0) "component R [0.3] "
        Component(Component) Some(0) "component D [0.7] label [3, 4] "
        BlockClose Some(0) "} // end\n"
        Link None "A->B""#]]
    .assert_eq(&shown.join("\n"));
}

#[test]
fn a_block_that_is_never_closed_ends_where_ordinary_lines_begin() {
    let text = "pipeline B\n{\ncomponent R [0.3]\n// remark\ncomponent D [0.7]\ncomponent Else [0.5, 0.5]\ncomponent F [0.2]\n";
    let inside: Vec<&str> = Tree::parse(text)
        .statements()
        .iter()
        .filter(|s| s.block.is_some() && matches!(s.kind, Kind::Component(_)))
        .map(|s| text[s.span.range()].trim())
        .collect();
    assert_eq!(inside, ["component R [0.3]", "component D [0.7]"]);
}

#[test]
fn block_comments_hide_lines_and_parts_of_lines() {
    let text = "component A [0.1, 0.2]\n/* component B [0.1, 0.2]\ncomponent C [0.1, 0.2]\n*/ component D [0.1, 0.2] /* x */ inertia\n";
    let tree = Tree::parse(text);
    let kinds: Vec<Kind> = tree.statements().iter().map(|s| s.kind).collect();
    let component = Kind::Component(Form::Component);
    assert_eq!(kinds, [component, Kind::Comment, Kind::Comment, component]);
    assert_eq!(tree.parts(&tree.statements()[3]).last().unwrap().role, Role::Flag(Flag::Inertia));
}

#[test]
fn a_name_that_begins_with_a_keyword_is_a_link_end_when_it_is_declared() {
    let tree = Tree::parse("note pad->paper\ncomponent note pad [0.1, 0.2]\nnote other->paper\n");
    let kinds: Vec<Kind> = tree.statements().iter().map(|s| s.kind).collect();
    assert_eq!(kinds, [Kind::Link, Kind::Component(Form::Component), Kind::Note]);
}

/// Lines made to cost their length squared in a careless reader; such a reader hangs here for minutes.
#[test]
fn hostile_lines_are_read_in_linear_time() {
    for piece in [
        "(",
        "( ",
        "[",
        "\" ",
        "+'",
        "label [",
        "label ",
        "component [",
        "->",
        "{ ",
        "} ",
        "/*",
        "*/",
        "\\\" ",
        "evolve 1 ",
        "url( ",
    ] {
        for start in ["component ", "", "evolve ", "note ", "A->", "pipeline ", "// component ", "annotation 1 "] {
            let line: String = std::iter::once(start).chain(std::iter::repeat_n(piece, 9_900 / piece.len())).collect();
            let text = format!("{line}\n").repeat(3);
            assert_lossless(&text, Dialect::Owm);
        }
    }
}
