//! The browser's view of the app.
