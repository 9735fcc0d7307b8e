//! Browser services: the only place that talks to the browser's file, storage and clipboard interfaces.
