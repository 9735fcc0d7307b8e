//! Line icons of our own, on a grid of 20 × 20, drawn with the colour of the text around them.
//!
//! Icons never stand alone as a name: the button around them has words or an accessible name.

use yew::prelude::*;

/// An icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    /// Three lines: the main menu.
    Menu,
    /// The compass rose of a portolan chart.
    Rose,
    /// Arrow bent to the left.
    Undo,
    /// Arrow bent to the right.
    Redo,
    /// A lens.
    Find,
    /// A question mark in a ring.
    Help,
    /// A pointer.
    Select,
    /// A hand.
    Hand,
    /// A ring with a plus.
    Component,
    /// A person.
    Anchor,
    /// Two rings with a line.
    Link,
    /// A sheet with lines.
    Note,
    /// Three dots.
    More,
    /// Four arrows.
    Move,
    /// A bin.
    Delete,
    /// A box above two others.
    Dependencies,
    /// A pencil.
    Rename,
    /// Two sheets.
    Duplicate,
    /// A dashed arrow to the right.
    Evolve,
    /// A plus.
    Plus,
    /// A minus.
    Minus,
    /// Corners of a frame.
    Fit,
    /// A cross.
    Close,
    /// A triangle with a stroke.
    Warning,
    /// A ring with an i.
    Notice,
    /// A ring with a cross.
    Error,
    /// Bars of falling length.
    Ranking,
    /// Lines with dots.
    List,
    /// A grid.
    Table,
    /// A map with a line.
    Map,
    /// Sliders.
    Details,
    /// A folder.
    Open,
    /// A disk with an arrow down.
    Save,
    /// A spark: the guide.
    Guide,
    /// An arrow to the right.
    Next,
    /// An arrow to the left.
    Left,
    /// An arrow upwards.
    Up,
    /// An arrow downwards.
    Down,
    /// Angle brackets: text that is read.
    Text,
    /// Two sheets with an arrow each way.
    Compare,
}

/// The path; a second one is filled instead of stroked.
const fn paths(icon: Icon) -> (&'static str, &'static str) {
    match icon {
        Icon::Menu => ("M3 5.5h14M3 10h14M3 14.5h14", ""),
        Icon::Rose => (
            "M10 2.2 11.7 8.3 17.8 10 11.7 11.7 10 17.8 8.3 11.7 2.2 10 8.3 8.3zM4.6 4.6l2.6 2.6M15.4 4.6l-2.6 2.6M4.6 15.4l2.6-2.6M15.4 15.4l-2.6-2.6",
            "M10 2.2 11.7 8.3 10 10zM17.8 10 11.7 11.7 10 10zM10 17.8 8.3 11.7 10 10zM2.2 10 8.3 8.3 10 10z",
        ),
        Icon::Undo => ("M7.5 4 3.5 8l4 4M4 8h7.5a4.25 4.25 0 0 1 0 8.5H8", ""),
        Icon::Redo => ("M12.5 4l4 4-4 4M16 8H8.5a4.25 4.25 0 0 0 0 8.5H12", ""),
        Icon::Find => ("M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM12.6 12.6 17 17", ""),
        Icon::Help => (
            "M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM7.7 7.8a2.35 2.35 0 1 1 3.5 2.05c-.8.45-1.2.9-1.2 1.75",
            "M9 13.2h2v2H9z",
        ),
        Icon::Select => ("M5 3l11 6.2-4.9 1.4-2.2 4.9z", ""),
        Icon::Hand => (
            "M6.5 10.5V5.2a1.2 1.2 0 0 1 2.4 0V9M8.9 9V3.9a1.2 1.2 0 0 1 2.4 0V9M11.3 9V4.9a1.2 1.2 0 0 1 2.4 0v5.3M13.7 8.2a1.2 1.2 0 0 1 2.4 0v3.6c0 3.2-2 5.7-5.2 5.7-2.2 0-3.6-.9-4.7-2.7L3.7 11.2c-.7-1.1.9-2.2 1.8-1.2l1 1.1",
            "",
        ),
        Icon::Component => ("M8 6.5a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM15.5 2.5v6M12.5 5.5h6", ""),
        Icon::Anchor => ("M10 3a3.2 3.2 0 1 1 0 6.4A3.2 3.2 0 0 1 10 3zM4 17c.4-3.3 2.9-5 6-5s5.6 1.7 6 5", ""),
        Icon::Link => (
            "M5 2.7a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6zM15 12.7a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6zM6.7 6.7l6.6 6.6",
            "",
        ),
        Icon::Dependencies => ("M7 3h6v4H7zM3 13h5v4H3zM12 13h5v4h-5zM10 7v3M5.5 13v-3h9v3", ""),
        Icon::Note => ("M4 3h12v9.5L12.5 17H4zM12.5 17v-4.5H16M7 7h6M7 10h4", ""),
        Icon::More => ("", "M3 8.8h2.4v2.4H3zM8.8 8.8h2.4v2.4H8.8zM14.6 8.8H17v2.4h-2.4z"),
        Icon::Move => (
            "M10 2.5v15M2.5 10h15M7.7 4.8 10 2.5l2.3 2.3M7.7 15.2 10 17.5l2.3-2.3M4.8 7.7 2.5 10l2.3 2.3M15.2 7.7l2.3 2.3-2.3 2.3",
            "",
        ),
        Icon::Delete => ("M3.5 5.5h13M8 5.5V3.2h4v2.3M5.2 5.5l.8 11.3h8l.8-11.3M8.5 8.5v5.3M11.5 8.5v5.3", ""),
        Icon::Rename => ("M3.5 16.5l.9-3.8L13.6 3.5l2.9 2.9-9.2 9.2zM11.8 5.3l2.9 2.9", ""),
        Icon::Duplicate => ("M7.5 7.5h9v9h-9zM4.5 12.5h-1v-9h9v1", ""),
        Icon::Evolve => ("M2.5 10h2.5M7 10h2.5M11.5 10h5.5M13.5 6.2 17.3 10l-3.8 3.8", ""),
        Icon::Plus => ("M10 4v12M4 10h12", ""),
        Icon::Minus => ("M4 10h12", ""),
        Icon::Fit => ("M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7.5 7.5h5v5h-5z", ""),
        Icon::Close => ("M5 5l10 10M15 5 5 15", ""),
        Icon::Warning => ("M10 3 2.5 16.5h15zM10 8v4", "M9.1 13.3h1.8v1.8H9.1z"),
        Icon::Notice => ("M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM10 9.2v4.6", "M9.1 5.9h1.8v1.8H9.1z"),
        Icon::Error => ("M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM7.3 7.3l5.4 5.4M12.7 7.3l-5.4 5.4", ""),
        Icon::Ranking => ("M3 4.5h14M3 8.2h10M3 11.9h7M3 15.6h4", ""),
        Icon::List => ("M7.5 5h9.5M7.5 10h9.5M7.5 15h9.5", "M3 4h2v2H3zM3 9h2v2H3zM3 14h2v2H3z"),
        Icon::Table => ("M3 4h14v12H3zM3 8h14M3 12h14M8.5 8v8", ""),
        Icon::Map => ("M3 3v14h14M6.5 13.5l3.5-4 3 2 3.5-6", "M5.5 12.5h2v2h-2zM9 8.5h2v2H9zM15.3 4.5h2v2h-2z"),
        Icon::Details => ("M3 6h7M14 6h3M3 14h3M10 14h7M10 4v4M6 12v4", ""),
        Icon::Open => ("M3 16V4.5h5l1.8 2H16v2.8M3 16l2.5-6.7h12.7L15.8 16z", ""),
        Icon::Save => ("M10 3v9M6.3 8.5 10 12.2l3.7-3.7M3.5 13.5v3h13v-3", ""),
        Icon::Guide => ("M10 2.5l1.7 5.8 5.8 1.7-5.8 1.7-1.7 5.8-1.7-5.8L2.5 10l5.8-1.7z", ""),
        Icon::Next => ("M4 10h12M11.5 5.5 16 10l-4.5 4.5", ""),
        Icon::Left => ("M16 10H4M8.5 5.5 4 10l4.5 4.5", ""),
        Icon::Up => ("M10 16V4M5.5 8.5 10 4l4.5 4.5", ""),
        Icon::Down => ("M10 4v12M5.5 11.5 10 16l4.5-4.5", ""),
        Icon::Compare => ("M3 6.5h12M11.5 3 15 6.5 11.5 10M17 13.5H5M8.5 10 5 13.5 8.5 17", ""),
        Icon::Text => ("M7 5.5 2.5 10 7 14.5M13 5.5l4.5 4.5-4.5 4.5M11.3 4.5 8.7 15.5", ""),
    }
}

/// The icon as an element that screen readers pass over.
pub(crate) fn icon(icon: Icon) -> Html {
    let (line, solid) = paths(icon);
    html! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            if !line.is_empty() { <path d={line} /> }
            if !solid.is_empty() { <path class="solid" d={solid} /> }
        </svg>
    }
}
