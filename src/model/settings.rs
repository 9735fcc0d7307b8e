//! What belongs to the map as a whole: title, frame, axes, theme, rules of the risk model.

use crate::date::Date;
use crate::geom::{Map, Point, Size, World};
use crate::model::Extra;

/// Frame of a map that does not say its size, world pixels.
pub const DEFAULT_FRAME: Size<World> = Size::new(1100.0, 720.0);

/// Right ends of the first three of four stages, as OnlineWardleyMaps draws them.
pub const STAGE_BOUNDARIES: [f64; 3] = [0.175, 0.40, 0.70];

/// A stage of evolution.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stage {
    /// First line of its label.
    pub name: String,
    /// Second line, empty for none.
    pub second_name: String,
}

/// The evolution axis.
#[derive(Debug, Clone, PartialEq)]
pub struct EvolutionAxis {
    /// Stages from left to right, at least one.
    pub stages: Vec<Stage>,
    /// Where one stage ends and the next begins, rising, within 0..1; one fewer than stages.
    pub boundaries: Vec<f64>,
    /// Labels and separators are not drawn.
    pub hidden: bool,
}

/// Ready-made words for the four stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StagePreset {
    /// Genesis … Commodity.
    Activities,
    /// Novel … Best.
    Practices,
    /// Unmodelled … Modelled.
    Data,
    /// Concept … Accepted.
    Knowledge,
}

impl StagePreset {
    /// The four labels; a second line behind `|`.
    pub const fn labels(self) -> [&'static str; 4] {
        match self {
            Self::Activities => ["Genesis", "Custom-Built", "Product|(+rental)", "Commodity|(+utility)"],
            Self::Practices => ["Novel", "Emerging", "Good", "Best"],
            Self::Data => ["Unmodelled", "Divergent", "Convergent", "Modelled"],
            Self::Knowledge => ["Concept", "Hypothesis", "Theory", "Accepted"],
        }
    }
}

impl EvolutionAxis {
    /// The axis with one of the ready-made sets of words and the usual boundaries.
    pub fn preset(preset: StagePreset) -> Self {
        let stage = |label: &str| {
            let (name, second) = label.split_once('|').unwrap_or((label, ""));
            Stage { name: name.to_owned(), second_name: second.to_owned() }
        };
        Self {
            stages: preset.labels().into_iter().map(stage).collect(),
            boundaries: STAGE_BOUNDARIES.to_vec(),
            hidden: false,
        }
    }

    /// Number of the stage that holds this evolution, from 0; a boundary belongs to the stage on its right.
    pub fn stage_of(&self, evolution: f64) -> usize {
        // Other tools draw the same boundary at 0.17 or 0.174, so a hair's breadth does not change the stage.
        self.boundaries.iter().filter(|b| evolution + 1e-9 >= **b).count()
    }
}

impl Default for EvolutionAxis {
    fn default() -> Self {
        Self::preset(StagePreset::Activities)
    }
}

/// The value chain axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueChainAxis {
    /// Name of the axis.
    pub label: String,
    /// Word at the top.
    pub top: String,
    /// Word at the bottom.
    pub bottom: String,
    /// Not drawn.
    pub hidden: bool,
}

impl Default for ValueChainAxis {
    fn default() -> Self {
        Self {
            label: "Value chain".to_owned(),
            top: "Visible".to_owned(),
            bottom: "Invisible".to_owned(),
            hidden: false,
        }
    }
}

/// How the map is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum MapStyle {
    /// Follows the application's light or dark look.
    #[default]
    Plain,
    /// With the grey flanks of Simon Wardley's maps.
    Wardley,
    /// OWM's green and red style.
    Colour,
    /// Hand-drawn look.
    Handwritten,
    /// Dark, whatever the application's look.
    Dark,
    /// A style that is not known here; drawn plain, kept as written.
    Other(String),
}

/// Weights and thresholds of the ranking (risk model, section 6).
#[derive(Debug, Clone, PartialEq)]
pub struct RiskSettings {
    /// Version of the rules that computed the file's numbers.
    pub rule_version: u32,
    /// Overall LITRAF score at which a system is red.
    pub red_from: f64,
    /// Weights of LITRAF, inherited impact, yearly cost, urgency and knowledge; they sum to 1.
    pub weights: [f64; 5],
    /// Seed of the simulations.
    pub seed: u64,
    /// Skills that are hard to hire.
    pub scarce_skills: Vec<String>,
    /// Budget of the organisation a year, pence, for C3 in per cent.
    pub budget: Option<i64>,
}

impl Default for RiskSettings {
    fn default() -> Self {
        Self {
            rule_version: 1,
            red_from: 16.0,
            weights: [0.35, 0.20, 0.20, 0.15, 0.10],
            seed: 42,
            scarce_skills: ["COBOL", "MUMPS", "VB6", "Delphi", "FoxPro", "Access", "RPG"].map(str::to_owned).to_vec(),
            budget: None,
        }
    }
}

/// Everything that belongs to the map as a whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// Title; empty when none was given.
    pub title: String,
    /// What the map is about.
    pub description: String,
    /// Identity of the document over copies and versions; empty until first saved.
    pub document_id: String,
    /// The date the map is about, when somebody set one.
    pub as_of: Option<Date>,
    /// Width and height of the plane in world pixels; `None` is [`DEFAULT_FRAME`].
    pub size: Option<Size<World>>,
    /// Evolution axis.
    pub evolution: EvolutionAxis,
    /// Value chain axis.
    pub value_chain: ValueChainAxis,
    /// Look.
    pub style: MapStyle,
    /// Top left corner of the annotation box; `None` is the usual place.
    pub annotation_box: Option<Point<Map>>,
    /// Nothing can be moved by hand.
    pub locked: bool,
    /// Rules of the ranking.
    pub risk: RiskSettings,
    /// Fields of newer versions, kept as they came.
    pub extra: Extra,
}

impl Settings {
    /// Size of the plane in world pixels.
    pub fn frame_size(&self) -> Size<World> {
        self.size.unwrap_or(DEFAULT_FRAME)
    }
}
