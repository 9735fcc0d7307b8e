use crate::app::samples::{all, Sample};
use crate::diag::Severity;
use crate::format::{json, open, Imported, NamedBytes};
use crate::model::violations;

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
