//! Colours: what each [`Role`] looks like in each theme.
//!
//! The only place of the core with colour values. Knows nothing of shapes. Sources: the colours of
//! OnlineWardleyMaps' styles where a map style asks for them, darkened where they would be too pale to carry
//! meaning (WCAG 2.2: text 4.5 : 1, lines 3 : 1; measured in `tests`); everything else NHS identity colours,
//! a risk ramp and six categories that were chosen by colour difference over four kinds of sight.

use crate::model::MapStyle;
use crate::scene::display::Role;

/// A colour as CSS writes it, `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(&'static str);

impl Color {
    /// The colour as CSS and SVG write it.
    pub const fn css(self) -> &'static str {
        self.0
    }

    /// Red, green and blue, 0..=255.
    pub fn rgb(self) -> [u8; 3] {
        let part =
            |from: usize| self.0.get(from..from + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
        [part(1), part(3), part(5)]
    }

    /// Relative luminance, 0..=1 (WCAG 2.2, definition of relative luminance).
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.rgb().map(|part| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast with another colour, 1..=21 (WCAG 2.2, definition of contrast ratio).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// How the application looks, which a plain map follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// White ground.
    #[default]
    Light,
    /// Dark ground.
    Dark,
    /// Black, white and yellow, for projectors and weak sight.
    HighContrast,
    /// On paper: black on white, whatever the screen shows and the map's style is.
    Print,
}

/// A colour for each role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    paper: Color,
    paper_flank: Color,
    ink: Color,
    muted: Color,
    axis: Color,
    separator: Color,
    component_fill: Color,
    component_stroke: Color,
    component_text: Color,
    link: Color,
    flow: Color,
    flow_ink: Color,
    evolve: Color,
    inertia: Color,
    method_build: Color,
    method_buy: Color,
    method_outsource: Color,
    pioneers: Color,
    settlers: Color,
    town_planners: Color,
    annotation: Color,
    annotation_fill: Color,
    accelerator: Color,
    areas: [Color; 6],
    risk: [Color; 5],
    risk_ink: [Color; 5],
    risk_unknown: Color,
    unknown: Color,
    accent: Color,
    added: Color,
    removed: Color,
    changed: Color,
    moved: Color,
    /// The flanks are grey.
    fades: bool,
}

/// Number of steps in which the flanks of the Wardley style fade: one for each grey, so that no bands are seen.
pub const FLANK_STEPS: u8 = 43;

#[rustfmt::skip]
const FLANKS: [Color; FLANK_STEPS as usize] = [
    Color("#fefefe"), Color("#fdfdfd"), Color("#fcfcfc"), Color("#fbfbfb"), Color("#fafafa"), Color("#f9f9f9"), Color("#f8f8f8"),
    Color("#f7f7f7"), Color("#f6f6f6"), Color("#f5f5f5"), Color("#f4f4f4"), Color("#f3f3f3"), Color("#f2f2f2"), Color("#f1f1f1"),
    Color("#f0f0f0"), Color("#efefef"), Color("#eeeeee"), Color("#ededed"), Color("#ececec"), Color("#ebebeb"), Color("#eaeaea"),
    Color("#e9e9e9"), Color("#e8e8e8"), Color("#e7e7e7"), Color("#e6e6e6"), Color("#e5e5e5"), Color("#e4e4e4"), Color("#e3e3e3"),
    Color("#e2e2e2"), Color("#e1e1e1"), Color("#e0e0e0"), Color("#dfdfdf"), Color("#dedede"), Color("#dddddd"), Color("#dcdcdc"),
    Color("#dbdbdb"), Color("#dadada"), Color("#d9d9d9"), Color("#d8d8d8"), Color("#d7d7d7"), Color("#d6d6d6"), Color("#d5d5d5"),
    Color("#d4d4d4"),
];

const LIGHT: Theme = Theme {
    paper: Color("#ffffff"),
    paper_flank: Color("#d4d4d4"),
    ink: Color("#212b32"),
    muted: Color("#4c6272"),
    axis: Color("#4c6272"),
    separator: Color("#aeb7bd"),
    component_fill: Color("#ffffff"),
    component_stroke: Color("#212b32"),
    component_text: Color("#212b32"),
    link: Color("#4c6272"),
    flow: Color("#c2def4"),
    flow_ink: Color("#005eb8"),
    evolve: Color("#c2410c"),
    inertia: Color("#212b32"),
    method_build: Color("#d6d6d6"),
    method_buy: Color("#aaa5a9"),
    method_outsource: Color("#444444"),
    pioneers: Color("#3ccaf8"),
    settlers: Color("#599afa"),
    town_planners: Color("#936ff9"),
    annotation: Color("#4c6272"),
    annotation_fill: Color("#ffffff"),
    accelerator: Color("#768692"),
    areas: [Color("#12436d"), Color("#f46a25"), Color("#7a9b9a"), Color("#000000"), Color("#9e54ff"), Color("#8a2b0c")],
    risk: [Color("#fcf2bd"), Color("#fdc82b"), Color("#e47130"), Color("#ae3523"), Color("#581523")],
    risk_ink: [Color("#212b32"), Color("#212b32"), Color("#212b32"), Color("#ffffff"), Color("#ffffff")],
    risk_unknown: Color("#212b32"),
    unknown: Color("#768692"),
    accent: Color("#005eb8"),
    added: Color("#007f3b"),
    removed: Color("#d5281b"),
    changed: Color("#330072"),
    moved: Color("#005eb8"),
    fades: false,
};

const WARDLEY: Theme =
    Theme { separator: Color("#8c969c"), axis: Color("#212b32"), muted: Color("#3b4a55"), fades: true, ..LIGHT };

const COLOUR: Theme = Theme {
    axis: Color("#c23667"),
    separator: Color("#b8b8b8"),
    component_stroke: Color("#6f9a35"),
    component_text: Color("#486b1a"),
    link: Color("#5c5c5c"),
    evolve: Color("#c4532a"),
    annotation: Color("#015fa5"),
    annotation_fill: Color("#d9ebf9"),
    ..LIGHT
};

const DARK: Theme = Theme {
    paper: Color("#1c2328"),
    paper_flank: Color("#39444c"),
    ink: Color("#f0f4f5"),
    muted: Color("#aeb7bd"),
    axis: Color("#9fb0ba"),
    separator: Color("#4c5a64"),
    component_fill: Color("#1c2328"),
    component_stroke: Color("#f0f4f5"),
    component_text: Color("#f0f4f5"),
    link: Color("#9fb0ba"),
    flow: Color("#24486b"),
    flow_ink: Color("#7cc0ff"),
    evolve: Color("#f58a4b"),
    inertia: Color("#f0f4f5"),
    method_build: Color("#4a555e"),
    method_buy: Color("#7d868c"),
    method_outsource: Color("#d6d6d6"),
    pioneers: Color("#3ccaf8"),
    settlers: Color("#599afa"),
    town_planners: Color("#a58bfa"),
    annotation: Color("#aeb7bd"),
    annotation_fill: Color("#28323a"),
    accelerator: Color("#768692"),
    areas: [Color("#7cc0ff"), Color("#f58a4b"), Color("#daffd6"), Color("#7b79e0"), Color("#ffff00"), Color("#9a8a2a")],
    risk_unknown: Color("#f0f4f5"),
    unknown: Color("#aeb7bd"),
    accent: Color("#7cc0ff"),
    added: Color("#7ad9a6"),
    removed: Color("#ff9a8f"),
    changed: Color("#cdb0ff"),
    moved: Color("#7cc0ff"),
    ..LIGHT
};

const HIGH_CONTRAST: Theme = Theme {
    paper: Color("#000000"),
    paper_flank: Color("#000000"),
    ink: Color("#ffffff"),
    muted: Color("#ffffff"),
    axis: Color("#ffffff"),
    separator: Color("#b0b0b0"),
    component_fill: Color("#000000"),
    component_stroke: Color("#ffffff"),
    component_text: Color("#ffffff"),
    link: Color("#ffffff"),
    flow: Color("#5a5a00"),
    flow_ink: Color("#ffff00"),
    evolve: Color("#ffff00"),
    inertia: Color("#ffffff"),
    method_build: Color("#404040"),
    method_buy: Color("#8a8a8a"),
    method_outsource: Color("#e0e0e0"),
    pioneers: Color("#ffffff"),
    settlers: Color("#ffffff"),
    town_planners: Color("#ffffff"),
    annotation: Color("#ffffff"),
    annotation_fill: Color("#000000"),
    accelerator: Color("#ffff00"),
    areas: [Color("#7cc0ff"), Color("#f58a4b"), Color("#daffd6"), Color("#9b99f5"), Color("#ffff00"), Color("#b8a63a")],
    risk_unknown: Color("#ffffff"),
    unknown: Color("#c8c8c8"),
    accent: Color("#ffff00"),
    added: Color("#ffff00"),
    removed: Color("#ffffff"),
    changed: Color("#ffff00"),
    moved: Color("#ffff00"),
    ..LIGHT
};

/// Black on white, for paper and copiers: lines and words black, grounds grey; risk and areas keep the colours that also
/// differ in grey.
const PRINT: Theme = Theme {
    paper_flank: Color("#ffffff"),
    ink: Color("#000000"),
    muted: Color("#000000"),
    axis: Color("#000000"),
    separator: Color("#8c8c8c"),
    component_stroke: Color("#000000"),
    component_text: Color("#000000"),
    link: Color("#000000"),
    flow: Color("#d6d6d6"),
    flow_ink: Color("#000000"),
    evolve: Color("#000000"),
    inertia: Color("#000000"),
    annotation: Color("#000000"),
    risk_unknown: Color("#000000"),
    unknown: Color("#595959"),
    accent: Color("#000000"),
    ..LIGHT
};

impl Theme {
    /// The theme of a map in this style while the application has this look. A high contrast look and paper win over
    /// every style; `Dark` is dark on any screen; the other styles keep their white ground.
    pub fn by(style: &MapStyle, look: Look) -> Self {
        match (look, style) {
            (Look::HighContrast, _) => HIGH_CONTRAST,
            (Look::Print, _) => PRINT,
            (_, MapStyle::Dark) => DARK,
            (_, MapStyle::Wardley) => WARDLEY,
            (_, MapStyle::Colour) => COLOUR,
            (Look::Dark, _) => DARK,
            (Look::Light, _) => LIGHT,
        }
    }

    /// The colour of a role.
    pub fn color(&self, role: Role) -> Color {
        let step =
            |ramp: &[Color; 5], step: u8| ramp.get(usize::from(step.clamp(1, 5)) - 1).copied().unwrap_or(self.ink);
        match role {
            Role::Paper | Role::Halo => self.paper,
            Role::PaperFlank => self.paper_flank,
            Role::Flank(number) if self.fades => FLANKS.get(usize::from(number)).copied().unwrap_or(self.paper_flank),
            Role::Flank(_) => self.paper,
            Role::Ink => self.ink,
            Role::Muted => self.muted,
            Role::Axis => self.axis,
            Role::Separator => self.separator,
            Role::ComponentFill => self.component_fill,
            Role::ComponentStroke => self.component_stroke,
            Role::ComponentText => self.component_text,
            Role::Link => self.link,
            Role::Flow => self.flow,
            Role::FlowInk => self.flow_ink,
            Role::Evolve => self.evolve,
            Role::Inertia => self.inertia,
            Role::MethodBuild => self.method_build,
            Role::MethodBuy => self.method_buy,
            Role::MethodOutsource => self.method_outsource,
            Role::Pioneers => self.pioneers,
            Role::Settlers => self.settlers,
            Role::TownPlanners => self.town_planners,
            Role::Annotation => self.annotation,
            Role::AnnotationFill => self.annotation_fill,
            Role::Accelerator => self.accelerator,
            Role::Area(number) => self.areas.get(usize::from(number) % 6).copied().unwrap_or(self.ink),
            Role::AreaInk(number) => {
                let ground = self.color(Role::Area(number));
                let inks = [self.ink, self.paper, Color("#000000"), Color("#ffffff")];
                let mut best = self.ink;
                for ink in inks {
                    if ink.contrast(ground) > best.contrast(ground) {
                        best = ink;
                    }
                }
                best
            }
            Role::Risk(number) => step(&self.risk, number),
            Role::RiskInk(number) => step(&self.risk_ink, number),
            Role::RiskUnknown => self.risk_unknown,
            Role::Unknown => self.unknown,
            Role::Accent => self.accent,
            Role::Added => self.added,
            Role::Removed => self.removed,
            Role::Changed => self.changed,
            Role::Moved => self.moved,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::MapStyle;
    use crate::scene::display::Role;
    use crate::scene::style::*;

    fn all_themes() -> Vec<(String, Theme)> {
        let mut all = Vec::new();
        for style in [MapStyle::Plain, MapStyle::Wardley, MapStyle::Colour, MapStyle::Handwritten, MapStyle::Dark] {
            for look in [Look::Light, Look::Dark, Look::HighContrast, Look::Print] {
                all.push((format!("{style:?} {look:?}"), Theme::by(&style, look)));
            }
        }
        all
    }

    fn assert_contrast(least: f64, pairs: &[(Role, Role)]) {
        for (name, theme) in all_themes() {
            for (front, ground) in pairs {
                let ratio = theme.color(*front).contrast(theme.color(*ground));
                assert!(ratio >= least, "{name}: {front:?} on {ground:?} is {ratio:.2} : 1, wanted {least}");
            }
        }
    }

    #[test]
    fn the_formula_gives_the_published_ratios() {
        // From the table of base tokens: ink 14.42, muted 6.37, border 3.75, blue 6.38, evolution arrow 5.18 on white.
        let white = Color("#ffffff");
        for (hex, ratio) in
            [("#212b32", 14.42), ("#4c6272", 6.37), ("#768692", 3.75), ("#005eb8", 6.38), ("#c2410c", 5.18)]
        {
            assert!((Color(hex).contrast(white) - ratio).abs() < 0.006, "{hex}");
        }
        assert!((Color("#000000").contrast(white) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn texts_can_be_read() {
        assert_contrast(
            4.5,
            &[
                (Role::Ink, Role::Paper),
                (Role::Muted, Role::Paper),
                (Role::ComponentText, Role::Paper),
                (Role::Evolve, Role::Paper),
                (Role::FlowInk, Role::Paper),
                (Role::Added, Role::Paper),
                (Role::Removed, Role::Paper),
                (Role::Changed, Role::Paper),
                (Role::Moved, Role::Paper),
                (Role::Ink, Role::AnnotationFill),
                (Role::Annotation, Role::AnnotationFill),
                (Role::RiskInk(1), Role::Risk(1)),
                (Role::RiskInk(2), Role::Risk(2)),
                (Role::RiskInk(3), Role::Risk(3)),
                (Role::RiskInk(4), Role::Risk(4)),
                (Role::RiskInk(5), Role::Risk(5)),
                (Role::AreaInk(0), Role::Area(0)),
                (Role::AreaInk(1), Role::Area(1)),
                (Role::AreaInk(2), Role::Area(2)),
                (Role::AreaInk(3), Role::Area(3)),
                (Role::AreaInk(4), Role::Area(4)),
                (Role::AreaInk(5), Role::Area(5)),
            ],
        );
    }

    #[test]
    fn the_flanks_fade_evenly_into_the_paper() {
        let theme = Theme::by(&MapStyle::Wardley, Look::Light);
        let greys: Vec<u8> = (0..FLANK_STEPS).map(|step| theme.color(Role::Flank(step)).rgb()[0]).collect();
        assert_eq!(theme.color(Role::Flank(FLANK_STEPS - 1)), theme.color(Role::PaperFlank));
        assert!(greys[0] >= 252 && greys.windows(2).all(|w| (1..=3).contains(&(w[0] - w[1]))));
        let projector = Theme::by(&MapStyle::Wardley, Look::HighContrast);
        assert_eq!(projector.color(Role::Flank(9)), projector.color(Role::Paper));
    }

    #[test]
    fn texts_on_the_flanks_of_the_wardley_style_can_be_read() {
        let theme = Theme::by(&MapStyle::Wardley, Look::Light);
        for role in [Role::Ink, Role::Muted, Role::ComponentText] {
            assert!(theme.color(role).contrast(theme.color(Role::PaperFlank)) >= 4.5, "{role:?}");
        }
    }

    #[test]
    fn lines_that_mean_something_can_be_seen() {
        let line = |role| (role, Role::Paper);
        assert_contrast(
            3.0,
            &[
                line(Role::Link),
                line(Role::Axis),
                line(Role::ComponentStroke),
                line(Role::Inertia),
                line(Role::RiskUnknown),
                line(Role::Unknown),
                line(Role::Accent),
                line(Role::Area(0)),
                line(Role::Area(1)),
                line(Role::Area(2)),
                line(Role::Area(3)),
                line(Role::Area(4)),
                line(Role::Area(5)),
                (Role::ComponentStroke, Role::ComponentFill),
            ],
        );
    }

    #[test]
    fn a_dark_map_is_dark_on_a_light_screen_and_high_contrast_wins() {
        assert_eq!(Theme::by(&MapStyle::Dark, Look::Light), Theme::by(&MapStyle::Plain, Look::Dark));
        for style in [MapStyle::Wardley, MapStyle::Colour, MapStyle::Dark] {
            assert_eq!(Theme::by(&style, Look::HighContrast), Theme::by(&MapStyle::Plain, Look::HighContrast));
        }
    }
}
