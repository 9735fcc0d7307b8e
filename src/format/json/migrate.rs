//! Brings files of older versions up to date, one version at a time, on the raw JSON.
//!
//! Knows neither the records nor the model, and must not: a migration describes two shapes of text that never change
//! again, while the code moves on. A shipped migration is never edited. To change the format: change the tables in
//! `records`, raise [`CURRENT_VERSION`](super::CURRENT_VERSION), append a migration, add a file of the old version to
//! `tests/fixtures/json/v<old>` and update the snapshot of the full sample.

use serde_json::Value;

/// Why a migration could not be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MigrateError {
    /// The place that the migration changes is missing or has another type.
    #[error("{0} is missing or of another type")]
    Missing(&'static str),
    /// There is no migration from the version.
    #[error("there is no way from this version")]
    NoWay,
}

/// A step from one version to the next, for the whole file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Migration {
    /// The version it starts from; it ends at the next.
    pub(super) from: u32,
    /// What changes.
    pub(super) apply: fn(Value) -> Result<Value, MigrateError>,
}

/// All steps, oldest first. Still empty: version 1 is the first.
pub(super) const MIGRATIONS: &[Migration] = &[];

/// Runs every step from version `from` to version `to`.
///
/// # Errors
/// The version that could not be left, and why.
pub(super) fn migrate(mut file: Value, from: u32, to: u32, steps: &[Migration]) -> Result<Value, (u32, MigrateError)> {
    for version in from..to {
        let step = steps.iter().find(|step| step.from == version).ok_or((version, MigrateError::NoWay))?;
        file = (step.apply)(file).map_err(|error| (version, error))?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use serde_json::{json, Value};

    use crate::format::json::migrate::*;
    use crate::format::json::CURRENT_VERSION;

    fn rename_nodes(mut file: Value) -> Result<Value, MigrateError> {
        let document =
            file.get_mut("document").and_then(Value::as_object_mut).ok_or(MigrateError::Missing("document"))?;
        let nodes = document.remove("nodes").ok_or(MigrateError::Missing("document.nodes"))?;
        document.insert("components".to_owned(), nodes);
        Ok(file)
    }
    fn add_title(mut file: Value) -> Result<Value, MigrateError> {
        file["document"]["settings"] = json!({"title": "From version 2"});
        Ok(file)
    }
    const SYNTHETIC: &[Migration] =
        &[Migration { from: 1, apply: rename_nodes }, Migration { from: 2, apply: add_title }];

    #[test]
    fn steps_run_in_order_from_the_version_of_the_file() {
        let oldest = json!({"document": {"nodes": [{"id": "a"}]}});
        let newest = json!({"document": {"components": [{"id": "a"}], "settings": {"title": "From version 2"}}});
        assert_eq!(migrate(oldest, 1, 3, SYNTHETIC), Ok(newest.clone()));
        let middle = json!({"document": {"components": [{"id": "a"}]}});
        assert_eq!(migrate(middle, 2, 3, SYNTHETIC), Ok(newest.clone()));
        assert_eq!(migrate(newest.clone(), 3, 3, SYNTHETIC), Ok(newest));
    }

    #[test]
    fn a_step_that_fails_names_its_version() {
        assert_eq!(
            migrate(json!({"document": {}}), 1, 3, SYNTHETIC),
            Err((1, MigrateError::Missing("document.nodes")))
        );
        assert_eq!(migrate(json!({}), 3, 5, SYNTHETIC), Err((3, MigrateError::NoWay)));
    }

    #[test]
    fn there_is_a_step_from_every_version_and_no_other() {
        let starts: Vec<u32> = MIGRATIONS.iter().map(|step| step.from).collect();
        assert_eq!(starts, (1..CURRENT_VERSION).collect::<Vec<_>>());
    }
}
