use proptest::prelude::*;

use crate::format::json::*;
use crate::model::arbitrary::arbitrary_document;
use crate::model::{violations, Document, Patch};

/// The first record in which two documents differ, in both forms.
fn first_difference(left: &Document, right: &Document) -> Option<String> {
    if left == right {
        return None;
    }
    // `patch_to` looks at pointers first, so records that are equal by content leave no change.
    let mut patch = left.patch_to(right);
    patch.squash(&Patch::default());
    let change = patch.changes().first();
    Some(change.map_or_else(|| format!("{:?}\n{:?}", left.extra, right.extra), |change| format!("{change:#?}")))
}

proptest! {
    #[test]
    fn what_is_written_reads_back_equal(document in arbitrary_document()) {
        prop_assert_eq!(violations(&document), []);
        let text = write(&document, &FileInfo::default());
        let back = read(text.as_bytes()).unwrap();
        if let Some(difference) = first_difference(&document, &back.document) {
            prop_assert!(false, "{}\n{}", text, difference);
        }
        prop_assert_eq!(write(&back.document, &back.file), text);
    }
}
