//! The form of the map as a whole: title, axes, size, look.

use std::borrow::Cow;

use crate::app::describe;
use crate::app::form::fill::{choice, group, row, yes};
use crate::app::form::{Control, Field, FieldKey, Form, Part};
use crate::app::App;
use crate::model::{EvolutionAxis, MapStyle, StagePreset};

type Key = FieldKey;

/// Ready-made words for the stages.
pub(super) const PRESETS: [(&str, StagePreset); 4] = [
    ("Activities: genesis to commodity", StagePreset::Activities),
    ("Practices: novel to best", StagePreset::Practices),
    ("Data: unmodelled to modelled", StagePreset::Data),
    ("Knowledge: concept to accepted", StagePreset::Knowledge),
];

/// Looks of the map.
pub(super) const STYLES: [(&str, &str, MapStyle); 5] = [
    ("plain", "Plain, as the app looks", MapStyle::Plain),
    ("wardley", "Wardley, with grey flanks", MapStyle::Wardley),
    ("colour", "Colour", MapStyle::Colour),
    ("handwritten", "Hand-drawn", MapStyle::Handwritten),
    ("dark", "Dark", MapStyle::Dark),
];

/// Shapes of the map: key, words, width over height.
pub(super) const RATIOS: [(&str, &str, f64); 5] = [
    ("usual", "Usual, 11 : 7.2", 1100.0 / 720.0),
    ("slide", "Slide, 16 : 9", 16.0 / 9.0),
    ("paper", "Paper on its side, A4", std::f64::consts::SQRT_2),
    ("old", "Old slide, 4 : 3", 4.0 / 3.0),
    ("square", "Square", 1.0),
];

impl App {
    /// The form of the map's title, axes, size and look.
    pub fn map_form(&self) -> Form {
        let settings = &self.document.settings;
        let line = |key, value: &str| Field::new(key, Control::Line(""), value);
        let axis = &settings.evolution;
        let preset = PRESETS.iter().position(|(_, preset)| EvolutionAxis::preset(*preset).stages == axis.stages);
        let mut presets: Vec<_> =
            PRESETS.iter().enumerate().map(|(at, (words, _))| (at.to_string().into(), Cow::Borrowed(*words))).collect();
        if preset.is_none() {
            presets.push((Cow::Borrowed("own"), Cow::Borrowed("Own words")));
        }
        let preset = preset.map_or_else(|| "own".to_owned(), |at| at.to_string());
        let count = Field::new(Key::StageCount, Control::Number(1.0, 9.0, "stages"), axis.stages.len().to_string());
        let mut words = vec![Part::Field(count)];
        for (at, stage) in axis.stages.iter().enumerate().take(12) {
            let fields =
                vec![line(Key::Stage, &stage.name).at(at + 1), line(Key::StageSecond, &stage.second_name).at(at + 1)];
            words.push(row("", fields, None));
        }
        let mut bounds = Vec::new();
        for (at, bound) in axis.boundaries.iter().enumerate().take(11) {
            let percent = crate::app::form::fill::percent(*bound);
            bounds.push(Field::new(Key::Boundary, crate::app::form::fill::PERCENT, percent).at(at + 1));
        }
        words.push(row("Boundaries between the stages", bounds, None));
        words.push(Part::Field(Field::new(Key::StagesHidden, Control::Tick, yes(axis.hidden))));
        let chain = &settings.value_chain;
        let axis_words = vec![
            Part::Field(line(Key::AxisLabel, &chain.label)),
            row("", vec![line(Key::AxisTop, &chain.top), line(Key::AxisBottom, &chain.bottom)], None),
            Part::Field(Field::new(Key::AxisHidden, Control::Tick, yes(chain.hidden))),
        ];
        let size = settings.frame_size();
        let pixels = Control::Number(200.0, 20_000.0, "pixels");
        let number = |key, value: f64| Field::new(key, pixels.clone(), format!("{}", (value * 10.0).round() / 10.0));
        let shape = RATIOS.iter().find(|(_, _, ratio)| (size.width / size.height - ratio).abs() < 0.005);
        let mut shapes: Vec<(&'static str, &'static str)> =
            RATIOS.iter().map(|(key, words, _)| (*key, *words)).collect();
        if shape.is_none() {
            shapes.push(("own", "Its own"));
        }
        let style = STYLES.iter().find(|(_, _, style)| *style == settings.style).map_or("other", |(key, _, _)| *key);
        let mut styles: Vec<(&'static str, &'static str)> =
            STYLES.iter().map(|(key, words, _)| (*key, *words)).collect();
        if style == "other" {
            styles.push(("other", "As the file says"));
        }
        let looks =
            [("system", "As the system"), ("light", "Light"), ("dark", "Dark"), ("high-contrast", "High contrast")];
        let groups = vec![
            group(
                "",
                true,
                vec![
                    Part::Field(line(Key::Title, &settings.title)),
                    Part::Field(Field::new(Key::About, Control::Lines, settings.description.clone())),
                    Part::Field(Field::new(Key::Stages, Control::Choice(presets), preset)),
                ],
            ),
            group("Words and boundaries of the stages", false, words),
            group("Value chain axis", false, axis_words),
            group(
                "Size and look",
                true,
                vec![
                    Part::Field(Field::new(Key::Ratio, choice(&shapes), shape.map_or("own", |(key, _, _)| *key))),
                    row("", vec![number(Key::Width, size.width), number(Key::Height, size.height)], None),
                    row(
                        "",
                        vec![
                            Field::new(Key::Style, choice(&styles), style),
                            Field::new(Key::Look, choice(&looks), describe::look_key(self.look)),
                        ],
                        None,
                    ),
                    Part::Field(Field::new(Key::MapLocked, Control::Tick, yes(settings.locked))),
                ],
            ),
            group("Box with all remarks", false, vec![self.box_row()]),
        ];
        self.with_refused(Form { key: "settings".to_owned(), title: "Title, axes and size".to_owned(), groups })
    }
}
