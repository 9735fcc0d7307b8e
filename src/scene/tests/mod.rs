//! What one sees and finds on a map.

mod detail;
mod hit;
mod incremental;
mod labels;
mod notes;
mod samples;

use std::rc::Rc;

use crate::scene::measure::ArialMeasure;
use crate::scene::*;

pub(crate) use samples::*;

pub(crate) fn scene_of(document: &crate::model::Document) -> Scene {
    Scene::build(document, &Rc::default(), &ViewOptions::default(), &ArialMeasure, None)
}
