//! The display list: what is drawn, as shapes in world coordinates with roles instead of colours.
//!
//! The canvas, the SVG export and the tests read the same list. Knows no document, no theme and no zoom;
//! roles become colours in `style`, and what is too small to see is left out by the painter.

use crate::geom::{Point, Rect, Vector, World};
use crate::model::{AnyRecordId, ComponentId, LinkId};
use crate::scene::measure::{ASCENT, DESCENT};

/// What a colour is for; `style::Theme` says which colour that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Ground of the map.
    Paper,
    /// Ground of the flanks in the Wardley style where they are darkest.
    PaperFlank,
    /// Ground of the flanks from light to dark, 0..=[`FLANK_STEPS`](crate::scene::style::FLANK_STEPS) - 1.
    Flank(u8),
    /// Text and outlines.
    Ink,
    /// Less important text.
    Muted,
    /// Axis lines.
    Axis,
    /// Stage separators.
    Separator,
    /// Fill of components.
    ComponentFill,
    /// Outline of components.
    ComponentStroke,
    /// Names of components.
    ComponentText,
    /// Links.
    Link,
    /// Flow links' broad band.
    Flow,
    /// Flow arrowheads and texts.
    FlowInk,
    /// Evolution arrows, evolved components.
    Evolve,
    /// Inertia bars.
    Inertia,
    /// Fill behind texts that stand over lines.
    Halo,
    /// Build, buy and outsource discs.
    MethodBuild,
    /// See [`Role::MethodBuild`].
    MethodBuy,
    /// See [`Role::MethodBuild`].
    MethodOutsource,
    /// Pioneers' box.
    Pioneers,
    /// Settlers' box.
    Settlers,
    /// Town planners' box.
    TownPlanners,
    /// Outline of annotation discs and box.
    Annotation,
    /// Ground of annotation discs and box.
    AnnotationFill,
    /// Accelerator arrows.
    Accelerator,
    /// Hull of the area with this number in the categorical palette, 0..=5.
    Area(u8),
    /// Text on the colour of an area.
    AreaInk(u8),
    /// Risk ramp, 1..=5.
    Risk(u8),
    /// Text on the risk ramp, 1..=5.
    RiskInk(u8),
    /// Ring of something not known to be below red.
    RiskUnknown,
    /// Grey of kinds this version does not know, and of undecided places.
    Unknown,
    /// Selection and guides.
    Accent,
    /// What is new against another map.
    Added,
    /// What is gone against another map.
    Removed,
    /// What changed against another map.
    Changed,
    /// What moved against another map.
    Moved,
}

/// Dashes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Solid,
    /// 2 on, 2 off: axes and separators.
    Fine,
    /// 5 on, 5 off: evolution arrows.
    Medium,
}

/// A line's look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub role: Role,
    /// Width, world pixels.
    pub width: f64,
    /// Dashes.
    pub dash: Dash,
}

impl Stroke {
    /// An unbroken line.
    pub const fn solid(role: Role, width: f64) -> Self {
        Self { role, width, dash: Dash::Solid }
    }
}

/// Which end of a text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextAnchor {
    /// The start.
    #[default]
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextShape {
    /// The text, without line breaks.
    pub text: String,
    /// Point on the baseline.
    pub at: Point<World>,
    /// Which end stands there.
    pub anchor: TextAnchor,
    /// Font size, world pixels.
    pub size: f64,
    /// Width it was laid out with, world pixels; a font of other metrics may come out a little different.
    pub width: f64,
    /// Bold instead of regular.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Colour.
    pub role: Role,
    /// Turn about `at`, radians clockwise on the screen.
    pub turn: f64,
    /// Drawn with a halo of the paper's colour, so that it stays readable over lines.
    pub halo: bool,
}

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A line through the points.
    Line {
        /// Two points or more.
        points: Vec<Point<World>>,
        /// Look.
        stroke: Stroke,
    },
    /// A disc or ring.
    Circle {
        /// Centre.
        center: Point<World>,
        /// Radius.
        radius: f64,
        /// Fill.
        fill: Option<Role>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// A rectangle.
    Box {
        /// Where.
        rect: Rect<World>,
        /// Radius of the corners.
        corner: f64,
        /// Fill.
        fill: Option<Role>,
        /// Outline.
        stroke: Option<Stroke>,
        /// Opacity of the fill, 0..=1.
        fill_opacity: f64,
    },
    /// A closed polygon.
    Polygon {
        /// Three points or more.
        points: Vec<Point<World>>,
        /// Fill.
        fill: Option<Role>,
        /// Outline.
        stroke: Option<Stroke>,
        /// Opacity of the fill, 0..=1.
        fill_opacity: f64,
    },
    /// A text.
    Text(TextShape),
}

/// What an item stands for; also the order in which equal layers are painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKey {
    /// Axes, stages, title.
    Frame,
    /// A record.
    Record(AnyRecordId),
    /// The label of a component.
    Label(ComponentId),
    /// The evolution arrow of a component with the evolved place.
    EvolveArrow(ComponentId),
    /// The label at the evolved place.
    EvolveLabel(ComponentId),
    /// The risk mark of a component.
    RiskMark(ComponentId),
    /// The text on a link.
    LinkText(LinkId),
    /// Where a record stood on the map it is compared with, with the arrow from there.
    MovedFrom(AnyRecordId),
    /// The sign of what differs from the map it is compared with.
    Difference(AnyRecordId),
    /// The box that lists the annotations.
    AnnotationBox,
    /// The legend.
    Legend,
}

/// Layers from back to front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Ground, axes, stage lines.
    Ground,
    /// Attitudes, area hulls.
    Areas,
    /// Links, evolution arrows.
    Links,
    /// Pipeline boxes, halos, accelerators.
    Boxes,
    /// Components and inertia.
    Nodes,
    /// Labels and texts.
    Labels,
    /// Annotations, notes, risk marks, legend.
    Marks,
}

impl ItemKey {
    /// The layer in which items with this key are painted.
    pub const fn layer(self) -> Layer {
        match self {
            Self::Frame => Layer::Ground,
            Self::Record(AnyRecordId::Area(_) | AnyRecordId::Attitude(_)) => Layer::Areas,
            Self::Record(AnyRecordId::Link(_)) => Layer::Links,
            Self::Record(AnyRecordId::Pipeline(_) | AnyRecordId::Accelerator(_)) | Self::MovedFrom(_) => Layer::Boxes,
            Self::Record(AnyRecordId::Component(_)) | Self::EvolveArrow(_) => Layer::Nodes,
            Self::Label(_) | Self::EvolveLabel(_) | Self::LinkText(_) => Layer::Labels,
            Self::RiskMark(_) | Self::Difference(_) | Self::AnnotationBox | Self::Legend | Self::Record(_) => {
                Layer::Marks
            }
        }
    }
}

/// Shapes that belong together and are found by one click.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it stands for.
    pub key: ItemKey,
    /// Layer.
    pub layer: Layer,
    /// Everything drawn lies inside.
    pub bounds: Rect<World>,
    /// Back to front.
    pub shapes: Vec<Shape>,
    /// Importance for level of detail: items with a larger number are kept longer when there is no room. 0..=1.
    pub importance: f64,
}

impl TextShape {
    /// The text's box; for a turned text the box around it.
    pub fn bounds(&self) -> Rect<World> {
        let left = match self.anchor {
            TextAnchor::Start => 0.0,
            TextAnchor::Middle => -0.5 * self.width,
            TextAnchor::End => -self.width,
        };
        let (top, bottom) = (-ASCENT * self.size, DESCENT * self.size);
        if self.turn == 0.0 {
            let corner = |x, y| self.at + Vector::new(x, y);
            return Rect { min: corner(left, top), max: corner(left + self.width, bottom) };
        }
        let (sin, cos) = self.turn.sin_cos();
        let corner = |x: f64, y: f64| self.at + Vector::new(x * cos - y * sin, x * sin + y * cos);
        let right = left + self.width;
        let corners = [corner(left, top), corner(right, top), corner(left, bottom), corner(right, bottom)];
        Rect::around_points(corners).unwrap_or(Rect { min: self.at, max: self.at })
    }
}

impl Shape {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&TextShape> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The box around the shape with its outline, arrowheads and all.
    pub fn bounds(&self) -> Rect<World> {
        let half = |stroke: &Option<Stroke>| stroke.map_or(0.0, |s| s.width / 2.0);
        let around = |points: &[Point<World>], by: f64| {
            Rect::around_points(points.iter().copied()).unwrap_or(Rect::around(Point::ORIGIN, 0.0)).inflate(by)
        };
        match self {
            Self::Line { points, stroke } => around(points, stroke.width / 2.0),
            Self::Circle { center, radius, stroke, .. } => Rect::around(*center, radius + half(stroke)),
            Self::Box { rect, stroke, .. } => rect.inflate(half(stroke)),
            Self::Polygon { points, stroke, .. } => around(points, half(stroke)),
            Self::Text(text) => text.bounds(),
        }
    }

    /// The same shape moved.
    pub fn translate(&mut self, by: Vector<World>) {
        match self {
            Self::Line { points, .. } | Self::Polygon { points, .. } => {
                for point in points {
                    *point = *point + by;
                }
            }
            Self::Circle { center, .. } => *center = *center + by,
            Self::Box { rect, .. } => *rect = rect.translate(by),
            Self::Text(text) => text.at = text.at + by,
        }
    }
}

impl Item {
    /// An item around these shapes, of middling importance.
    pub fn new(key: ItemKey, shapes: Vec<Shape>) -> Self {
        let bounds =
            shapes.iter().map(Shape::bounds).reduce(|a, b| a.union(&b)).unwrap_or(Rect::around(Point::ORIGIN, 0.0));
        Self { key, layer: key.layer(), bounds, shapes, importance: 0.5 }
    }

    /// The same with this importance, 0..=1.
    #[must_use]
    pub fn important(mut self, importance: f64) -> Self {
        self.importance = importance;
        self
    }
}
