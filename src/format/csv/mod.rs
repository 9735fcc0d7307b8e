//! Dependency tables.
