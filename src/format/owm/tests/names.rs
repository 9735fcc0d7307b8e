//! Names that look like something else, in every place a name can stand.

use std::rc::Rc;

use proptest::prelude::proptest;

use crate::format::owm::tests::support::*;
use crate::format::owm::*;

const TEXT: &str = "title T\ncomponent Aaa [0.5, 0.5] label [3, 4]\ncomponent Bbb [0.25, 0.75] (buy)\ncomponent Ddd\nAaa->Bbb; ctx\n\
Bbb+'x'>Aaa\nevolve Aaa->Ccc 0.8 label [1, 2]\nevolve Bbb 0.9\npipeline Aaa [0.2, 0.6]\npipeline Bbb\n{\n\
component Vvv [0.3]\ncomponent Www [0.4] label [7, 8]\n}\nVvv->Aaa\nnote Nnn [0.1, 0.2]\nanchor Uuu [0.9, 0.9]\nUuu->Aaa\n\
annotation 1 [0.1, 0.2] Ttt\naccelerator Eee [0.1, 0.2]\nDdd->Uuu\n";

/// Puts the name everywhere, writes and reads.
fn check(odd: &str) {
    for without_text in [false, true] {
        let mut document = read(TEXT).document;
        if without_text {
            document.source = None;
        }
        for (name, end) in [("Aaa", ""), ("Bbb", " b"), ("Ddd", " d"), ("Vvv", " v"), ("Uuu", " u")] {
            change(&mut document, name, |c| c.name = format!("{odd}{end}"));
        }
        let first = document.components.keys().nth(1).copied().unwrap_or_default();
        let evolve = Rc::make_mut(document.components.get_mut(&first).unwrap()).evolve.as_mut().unwrap();
        evolve.name = Some(odd.to_owned());
        Rc::make_mut(document.notes.values_mut().next().unwrap()).text = odd.to_owned();
        Rc::make_mut(document.annotations.values_mut().next().unwrap()).text = odd.to_owned();
        Rc::make_mut(document.accelerators.values_mut().next().unwrap()).name = odd.to_owned();
        Rc::make_mut(&mut document.settings).title = odd.to_owned();
        let written = write(&document).text;
        // One line of title and annotation is all that text has.
        let line = odd.split('\n').collect::<Vec<_>>().join(" ");
        Rc::make_mut(document.annotations.values_mut().next().unwrap()).text = line.clone();
        Rc::make_mut(&mut document.settings).title = line.replace("//", "/ /").replace("/*", "/ *");
        assert_same(&document, &read(&written).document, &format!("{odd:?}\n{written}"));
    }
}

#[test]
fn odd_names_come_back_from_every_place() {
    for odd in [
        "building",
        "note pad",
        "Web 2.0",
        "3D",
        "A/B",
        "St. Ives",
        "two\nlines",
        "say \"hi\"",
        "\"all\"",
        "title case",
        "x (y)",
        "url path",
        "evolution",
        "pipeline",
        "A+B",
        "C++",
        "a-",
        "a-.",
        "50% off",
        "it's",
        "+'x",
        "x+'y'>z",
        "size",
        "label maker",
        "-x",
        ">x",
        "<x",
        "#1",
        "a #1",
        "Größe",
        "a, b",
        "1",
        "style guide",
        "inertia",
        "component",
        "back\\slash",
        "\\n",
        "anchorage",
        "end label",
        "1.5",
        "v1.5 x",
        "a: b",
        "{x}",
        "x }",
        "{",
        "settlers",
        "(buy) x",
        "x (buy)",
        "a -> b",
        "a->b",
        "a;b",
        "a [b]",
        "[0.1, 0.2]",
        "a // b",
        "http://x.org/a",
        "a /* b */ c",
        "'x'",
        "--hide",
        "evolve 0.5",
        "x evolve 0.5",
        "url(x)",
        "x url(y)",
        "wardley-beta",
        "%% x",
        "annotation 1 [0.1, 0.2]",
        ",x",
        "x,",
        "\"",
        "\"x",
        "x\"",
        "a \"b // c",
        "label [1, 2]",
    ] {
        check(odd);
    }
}

proptest! {
    #![proptest_config(quiet())]
    #[test]
    fn any_name_comes_back(odd in "[a-zA-Z0-9 \\-+>'\"<;/\\*\\[\\](){}.,:#%\\\\\n]{1,12}") {
        // As the document keeps it: single blanks, none at the ends of the whole.
        let lines: Vec<String> = odd
            .trim()
            .split('\n')
            .map(|line| line.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
            .collect();
        let odd = lines.join("\n");
        if !odd.is_empty() && !odd.contains("//") && !odd.contains("/*") {
            check(&odd);
        }
    }
}
