//! Every length of the drawing in one place, world pixels unless it says otherwise.
//!
//! Only numbers. Those of the notation follow what OnlineWardleyMaps draws, so that pixel offsets in existing
//! files keep their meaning; components are 12 px wide instead of 10 (target size and legibility).

/// Radius of a component.
pub const NODE_RADIUS: f64 = 6.0;
/// Width of a component's outline.
pub const NODE_OUTLINE: f64 = 1.5;
/// Half side of the square of a component with a pipeline.
pub const PARENT_HALF: f64 = 6.0;
/// Half side of the box of a kind that is not known here.
pub const UNKNOWN_HALF: f64 = 7.0;
/// Radius of the ring around a submap's disc.
pub const SUBMAP_RING: f64 = 9.5;
/// Half size of what an anchor's point takes up below its name.
pub const ANCHOR_HALF: f64 = 3.0;
/// Baseline of an anchor's name above its point.
pub const ANCHOR_LIFT: f64 = 10.0;
/// Radius of the disc behind a component that is built, bought or outsourced.
pub const METHOD_RADIUS: f64 = 15.0;
/// Outer radius of the market symbol.
pub const MARKET_RADIUS: f64 = 18.0;
/// Radius of the circle on which the market's three discs stand.
pub const MARKET_ORBIT: f64 = 9.0;
/// Radius of each of the three discs.
pub const MARKET_DISC: f64 = 4.5;
/// Radii of the ecosystem's rings from outside.
pub const ECOSYSTEM_RADII: [f64; 3] = [30.0, 25.0, 10.0];
/// Distance of the ecosystem's hatching lines.
pub const ECOSYSTEM_HATCH: f64 = 5.0;

/// Height of a pipeline's box.
pub const PIPELINE_HEIGHT: f64 = 24.0;
/// Variants stand this far below the parent's centre.
pub const PIPELINE_DROP: f64 = 12.0;
/// The box reaches this far beyond the outer variants.
pub const PIPELINE_PADDING: f64 = 15.0;

/// Width of a link.
pub const LINK_WIDTH: f64 = 1.25;
/// Width of the band under a flow.
pub const FLOW_WIDTH: f64 = 9.0;
/// Length of a flow's arrowhead.
pub const FLOW_HEAD: f64 = 9.0;
/// Width of an evolution arrow.
pub const EVOLVE_WIDTH: f64 = 1.5;
/// Length of an evolution arrow's head.
pub const EVOLVE_HEAD: f64 = 9.0;

/// Height and width of an inertia bar.
pub const INERTIA_HEIGHT: f64 = 22.0;
/// See [`INERTIA_HEIGHT`].
pub const INERTIA_WIDTH: f64 = 6.0;
/// Where inertia stands beside a component that is not evolving, share of the axis to the right.
pub const INERTIA_RESTING: f64 = 0.02;
/// Where it stands when the evolution crosses no boundary, share of the axis to the right.
pub const INERTIA_MOVING: f64 = 0.05;

/// Side of an accelerator's arrow.
pub const ACCELERATOR_SIDE: f64 = 44.0;
/// Radius of an annotation's disc.
pub const ANNOTATION_RADIUS: f64 = 11.0;
/// Widest line in the box that lists annotations.
pub const ANNOTATION_BOX_TEXT: f64 = 320.0;
/// Padding of the box.
pub const ANNOTATION_BOX_PADDING: f64 = 8.0;
/// Members of an area lie this far inside its hull.
pub const AREA_PADDING: f64 = 26.0;

/// Radius of a risk mark's disc.
pub const RISK_RADIUS: f64 = 9.0;
/// Half width of a risk mark's triangle.
pub const RISK_TRIANGLE: f64 = 11.5;
/// Radius of the ring around the gravest risks and around those not known to be below red.
pub const RISK_RING: f64 = 13.0;

/// How much the radius of a symbol grows with each step of its size: each step has about twice the surface.
pub const SIZE_GROWTH: [f64; 5] = [0.0, 2.5, 5.5, 9.0, 13.0];
/// How much larger than the symbol the ring is that says "may be as large as this".
pub const SIZE_RING: f64 = 15.0;

/// Font size of names.
pub const LABEL_SIZE: f64 = 14.0;
/// Distance of baselines in names.
pub const LABEL_LEADING: f64 = 16.0;
/// Names are wrapped to about this width.
pub const LABEL_WIDTH: f64 = 124.0;
/// Names have at most this many lines; the rest becomes an ellipsis.
pub const LABEL_LINES: usize = 4;
/// A name at the author's place is wrapped only beyond this width.
pub const AUTHOR_LABEL_WIDTH: f64 = 240.0;
/// Gap between a symbol and its name.
pub const LABEL_GAP: f64 = 4.0;
/// A leader line joins a name to its symbol from this gap on.
pub const LEADER_FROM: f64 = 18.0;

/// Font size of notes.
pub const NOTE_SIZE: f64 = 13.0;
/// Distance of baselines in notes, annotations and the legend.
pub const NOTE_LEADING: f64 = 17.0;
/// Font size of texts on links.
pub const LINK_TEXT_SIZE: f64 = 12.0;
/// Text on a link stands this far above it.
pub const LINK_TEXT_LIFT: f64 = 4.0;
/// Font size of stage names and axis words.
pub const AXIS_SIZE: f64 = 13.0;
/// Font size of the title.
pub const TITLE_SIZE: f64 = 20.0;

/// Margins around the plane: left, top, right, bottom. Title, axis words and stage names stand in them.
pub const MARGIN_LEFT: f64 = 36.0;
/// See [`MARGIN_LEFT`].
pub const MARGIN_TOP: f64 = 48.0;
/// See [`MARGIN_LEFT`].
pub const MARGIN_RIGHT: f64 = 36.0;
/// See [`MARGIN_LEFT`].
pub const MARGIN_BOTTOM: f64 = 52.0;

/// Smallest text on the screen, screen pixels; what would be smaller is left out or drawn at this size.
pub const LEAST_TEXT: f64 = 11.0;
