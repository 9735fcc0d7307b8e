use std::rc::Rc;

use crate::app::samples::{all, Sample};
use crate::diag::Severity;
use crate::format::{json, open, Imported, NamedBytes};
use crate::model::violations;
use crate::scene::measure::ArialMeasure;
use crate::scene::{label_overlaps, Scene, ViewOptions};

fn opened(sample: &Sample) -> Imported {
    open(&[NamedBytes { name: sample.file_name, bytes: sample.content.as_bytes() }]).unwrap()
}

#[test]
fn every_sample_opens_without_a_complaint() {
    for sample in all() {
        let imported = opened(sample);
        let loud: Vec<_> = imported.diagnostics.iter().filter(|d| d.severity > Severity::Notice).collect();
        assert!(loud.is_empty(), "{}: {loud:#?}", sample.id);
        assert_eq!(violations(&imported.document), [], "{}", sample.id);
        assert!(imported.document.components.values().all(|c| c.evolution.is_some()), "{}", sample.id);
    }
}

/// A sample is what the application would save, so that opening and saving it changes nothing.
#[test]
fn samples_in_our_format_are_as_we_write_them() {
    for sample in all().iter().filter(|sample| sample.file_name.ends_with(".json")) {
        let imported = json::read(sample.content.as_bytes()).unwrap();
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/samples").join(sample.file_name);
        expect_test::expect_file![path].assert_eq(&json::write(&imported.document, &imported.file));
    }
}
/// These are the first maps people see.
#[test]
fn no_name_in_a_sample_covers_another() {
    for sample in all() {
        let document = opened(sample).document;
        let scene = Scene::build(&document, &Rc::default(), &ViewOptions::default(), &ArialMeasure, None);
        let overlaps = label_overlaps(&scene);
        assert!(overlaps.labels > 5, "{}", sample.id);
        assert_eq!((overlaps.label_label, overlaps.label_node, overlaps.label_box), (0, 0, 0), "{}", sample.id);
    }
}

/// The two can be compared because what stayed kept its id.
#[test]
fn before_and_after_share_their_ids() {
    let [before, after] = ["letters-before", "letters-after"]
        .map(|id| opened(all().iter().find(|sample| sample.id == id).unwrap()).document.components);
    let stayed: Vec<_> = before.keys().filter(|id| after.contains_key(id)).map(ToString::to_string).collect();
    assert!(stayed.contains(&"program".to_owned()) && stayed.len() >= 9, "{stayed:?}");
    assert!(before.len() > stayed.len() && after.len() > stayed.len());
}
