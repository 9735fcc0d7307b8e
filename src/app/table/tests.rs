use crate::app::intent::KeyInput;
use crate::app::table::columns::{filter_passes, Field, COLUMNS};
use crate::app::table::{takes_key, tsv};

#[test]
fn cells_survive_the_clipboard() {
    let cells = vec![
        vec!["plain".to_owned(), String::new(), "two\nlines".to_owned()],
        vec!["a \"quoted\" word".to_owned(), "tab\there".to_owned(), "x".to_owned()],
    ];
    assert_eq!(tsv::read(&tsv::write(&cells)), cells);
    // As Excel writes it, and as people type it.
    assert_eq!(tsv::read("1\t2\r\n3\t4\r\n"), [["1", "2"], ["3", "4"]]);
    assert_eq!(tsv::read("one"), [["one"]]);
    assert_eq!(tsv::read("a\t"), [["a", ""]]);
    assert_eq!(tsv::read("5\" disk\tx"), [["5\" disk", "x"]]);
    assert!(tsv::read("").is_empty());
}

#[test]
fn filters_compare_find_and_leave_out() {
    for (cell, filter, passes) in [
        ("4", ">3", true),
        ("3", ">3", false),
        ("3 (2–4)", ">=3", true),
        ("?", ">3", false),
        ("?", "?", true),
        ("", "?", true),
        ("Harrow Laboratory", "lab", true),
        ("Harrow Laboratory", "!lab", false),
        ("Red", "=red", true),
        ("Below red", "=red", false),
    ] {
        assert_eq!(filter_passes(cell, filter), passes, "{cell} {filter}");
    }
}

#[test]
fn every_field_has_one_column_and_the_name_comes_first() {
    let mut fields: Vec<Field> = COLUMNS.iter().map(|column| column.field).collect();
    assert_eq!(fields.first(), Some(&Field::Name));
    fields.sort_unstable();
    fields.dedup();
    assert_eq!(fields.len(), COLUMNS.len());
}

#[test]
fn tab_leaves_the_grid() {
    let key = |key: &str| KeyInput { key: key.to_owned(), ..KeyInput::default() };
    assert!(!takes_key(&key("Tab")));
    assert!(takes_key(&key("ArrowDown")) && takes_key(&key("F2")));
}
