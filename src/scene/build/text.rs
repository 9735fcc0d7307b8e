//! Shapes that are mostly text: notes, annotations and their box.

use crate::geom::{Point, Rect, Vector, World};
use crate::model::{Annotation, AnnotationId, AnyRecordId, MapStyle, Note, NoteId};
use crate::order;
use crate::scene::build::Maker;
use crate::scene::display::{Item, ItemKey, Role, Shape, Stroke, TextAnchor, TextShape};
use crate::scene::label::collide;
use crate::scene::measure::{ASCENT, CAP_HEIGHT, DESCENT};
use crate::scene::metrics::*;
use crate::scene::wrap::{wrap, WrapRules, WrappedLine};
use crate::scene::Scene;

/// Notes are wrapped where the plane ends, but to no less and no more than this, world pixels: their authors stack them
/// line by line, so a note that need not be two lines high must not be.
const NOTE_WIDTH: (f64, f64) = (300.0, 720.0);
/// Most lines of a note.
const NOTE_LINES: usize = 24;
/// Most places of one annotation that are drawn.
const MOST_PLACES: usize = 200;

/// How several lines look.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineLook {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) anchor: TextAnchor,
    pub(super) role: Role,
    pub(super) halo: bool,
}

/// Puts lines below each other, the first baseline at `first`.
pub(super) fn push_lines(lines: Vec<WrappedLine>, first: Point<World>, look: LineLook, shapes: &mut Vec<Shape>) {
    let LineLook { size, bold, anchor, role, halo } = look;
    shapes.extend(lines.into_iter().enumerate().map(|(number, line)| {
        let at = first + Vector::new(0.0, number as f64 * NOTE_LEADING);
        let (text, width) = (line.text, line.width);
        Shape::Text(TextShape { text, at, anchor, size, width, bold, italic: false, role, turn: 0.0, halo })
    }));
}

/// Whether a component stands here, or the place where one is going.
fn covers_symbols(scene: &Scene, rect: &Rect<World>) -> bool {
    let mut covers = false;
    scene.items.each_overlapping(rect, |item| {
        if let ItemKey::Record(AnyRecordId::Component(_)) | ItemKey::EvolveArrow(_) = item.key {
            covers = covers || item.shapes.iter().any(|shape| collide(&shape.bounds(), rect));
        }
    });
    covers
}

impl Maker<'_> {
    /// Text broken into lines of at most `width`.
    pub(super) fn wrapped(&self, text: &str, size: f64, bold: bool, width: f64, lines: usize) -> Vec<WrappedLine> {
        wrap(text, WrapRules { size, bold, width, lines, balanced: false }, self.measure)
    }

    /// A note: its text, nothing around it. `None` when it is blank.
    pub(super) fn note_item(&self, id: NoteId, note: &Note) -> Option<Item> {
        let first = self.frame.world_from_map(note.at);
        let room = (self.frame.size().width - first.x).clamp(NOTE_WIDTH.0, NOTE_WIDTH.1);
        let lines = self.wrapped(&note.text, NOTE_SIZE, true, room, NOTE_LINES);
        let mut shapes = Vec::with_capacity(lines.len());
        // On the grey flanks of the Wardley style a white halo would be a blot.
        let halo = self.document.settings.style != MapStyle::Wardley;
        let look = LineLook { size: NOTE_SIZE, bold: true, anchor: TextAnchor::Start, role: Role::Ink, halo };
        push_lines(lines, first, look, &mut shapes);
        if shapes.is_empty() {
            return None;
        }
        Some(Item::new(ItemKey::Record(AnyRecordId::Note(id)), shapes).important(0.7))
    }

    /// A numbered disc at each place. `None` without places.
    pub(super) fn annotation_item(&self, id: AnnotationId, annotation: &Annotation) -> Option<Item> {
        let mut shapes = Vec::with_capacity(2 * annotation.places.len());
        for place in annotation.places.iter().take(MOST_PLACES) {
            let center = self.frame.world_from_map(*place);
            shapes.push(Shape::Circle {
                center,
                radius: ANNOTATION_RADIUS,
                fill: Some(Role::AnnotationFill),
                stroke: Some(Stroke::solid(Role::Annotation, 1.5)),
            });
            let number = annotation.number.to_string();
            let size = if number.len() > 2 { 9.0 } else { 12.0 };
            let at = Point::new(center.x, center.y + CAP_HEIGHT * size / 2.0);
            shapes.push(self.bold_text(number, at, size, TextAnchor::Middle, Role::Ink));
        }
        if shapes.is_empty() {
            return None;
        }
        Some(Item::new(ItemKey::Record(AnyRecordId::Annotation(id)), shapes).important(0.8))
    }

    /// The list of annotations: where the map says, else below the evolution axis, where nothing else stands.
    pub(super) fn annotation_box(&self, scene: &Scene) -> Option<Item> {
        let mut listed: Vec<(&Annotation, Vec<WrappedLine>)> = self
            .document
            .annotations
            .values()
            .map(|a| (&**a, self.wrapped(&a.text, NOTE_SIZE, false, ANNOTATION_BOX_TEXT, 12)))
            .filter(|(_, lines)| !lines.is_empty())
            .collect();
        if listed.is_empty() {
            return None;
        }
        order::sort_by_key(&mut listed, |(annotation, _)| annotation.number);
        let numbers: Vec<WrappedLine> =
            listed.iter().flat_map(|(a, _)| self.wrapped(&a.number.to_string(), NOTE_SIZE, true, 200.0, 1)).collect();
        let number_width = numbers.iter().map(|n| n.width).fold(0.0, f64::max) + 8.0;
        let text_width = listed.iter().flat_map(|(_, lines)| lines).map(|l| l.width).fold(0.0, f64::max);
        let count: usize = listed.iter().map(|(_, lines)| lines.len()).sum();
        let pad = ANNOTATION_BOX_PADDING;
        let height = 2.0 * pad + (count.saturating_sub(1)) as f64 * NOTE_LEADING + (ASCENT + DESCENT) * NOTE_SIZE;
        let size = Vector::new(2.0 * pad + number_width + text_width, height);
        let plane = self.frame.size();
        let below = plane.height + MARGIN_BOTTOM + 4.0;
        let corner = match self.document.settings.annotation_box {
            // At the author's place, within the plane if it fits. Moved up from where it would hang out of the plane it
            // may lie over symbols; then it goes below the axis.
            Some(place) => {
                let at = self.frame.world_from_map(place);
                let inside =
                    Point::new(at.x.min(plane.width - size.x).max(0.0), at.y.min(plane.height - size.y).max(0.0));
                let over_symbols = inside.y < at.y && covers_symbols(scene, &Rect::from_corners(inside, inside + size));
                Point::new(inside.x, if over_symbols { below } else { inside.y })
            }
            None => Point::new(0.0, below),
        };
        let mut shapes = vec![Shape::Box {
            rect: Rect::from_corners(corner, corner + size),
            corner: 4.0,
            fill: Some(Role::AnnotationFill),
            stroke: Some(Stroke::solid(Role::Annotation, 1.0)),
            fill_opacity: 0.94,
        }];
        let mut baseline = corner.y + pad + ASCENT * NOTE_SIZE;
        for ((_, lines), number) in listed.into_iter().zip(numbers) {
            let at = Point::new(corner.x + pad, baseline);
            shapes.push(self.bold_text(number.text, at, NOTE_SIZE, TextAnchor::Start, Role::Ink));
            for line in lines {
                shapes.push(Shape::Text(TextShape {
                    text: line.text,
                    at: Point::new(corner.x + pad + number_width, baseline),
                    anchor: TextAnchor::Start,
                    size: NOTE_SIZE,
                    width: line.width,
                    bold: false,
                    italic: false,
                    role: Role::Ink,
                    turn: 0.0,
                    halo: false,
                }));
                baseline += NOTE_LEADING;
            }
        }
        Some(Item::new(ItemKey::AnnotationBox, shapes).important(0.8))
    }
}
