//! What follows from the document: analysis and display list, kept in step by patches.
//!
//! The only place that knows how the two fit together. Knows no pointer and no panel.

use std::rc::Rc;

use crate::analysis::{self, Analysis};
use crate::app::state::{Look, Selection};
use crate::date::Date;
use crate::edit::Direction;
use crate::geom::{Map, Point, Rect, Vector, World};
use crate::model::{AnyRecordId, ComponentId, Document, Touched};
use crate::render::svg;
use crate::scene::display::ItemKey;
use crate::scene::measure::ArialMeasure;
use crate::scene::style::Theme;
use crate::scene::{RiskMark, Scene, SceneFacts, SuggestedPlace, ViewOptions};

/// Analysis and display list of one revision.
#[derive(Debug)]
pub(super) struct Derived {
    analysis: Rc<Analysis>,
    scene: Rc<Scene>,
    options: ViewOptions,
}
