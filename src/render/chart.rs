//! Small pictures of numbers: matrices, bars with ranges, curves. A list of shapes with classes instead of colours.
//!
//! Knows numbers and words; nothing of risk, of the map or of a screen. Whoever shows it gives the classes their colours.
//! Units are pixels of the picture's own size.

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A rectangle: left, top, width, height.
    Box(f64, f64, f64, f64),
    /// A disc: centre and radius.
    Disc(f64, f64, f64),
    /// A line through points.
    Line(Vec<(f64, f64)>),
    /// A text at a place: its start, middle or end.
    Text(f64, f64, Anchor, String),
}

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

impl Anchor {
    /// The word of SVG.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A picture, with what it is and what it shows in words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// What it is.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// Width and height.
    pub size: (f64, f64),
    /// Shapes with their classes, from back to front.
    pub marks: Vec<(&'static str, Mark)>,
}

impl Chart {
    fn add(&mut self, class: &'static str, mark: Mark) {
        self.marks.push((class, mark));
    }
    fn text(&mut self, class: &'static str, x: f64, y: f64, anchor: Anchor, text: impl Into<String>) {
        self.marks.push((class, Mark::Text(x, y, anchor, text.into())));
    }
}

/// A value with its range, `low <= plan <= high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Smallest.
    pub low: f64,
    /// Planned.
    pub plan: f64,
    /// Largest.
    pub high: f64,
}

/// Classes of the steps 1..=5.
/// Room above a chart for what goes up in it.
const UNDER_AXIS_WORD: f64 = 26.0;

const CELLS: [&str; 5] = ["cell is-1", "cell is-2", "cell is-3", "cell is-4", "cell is-5"];
const IN_CORNERS: [&str; 5] =
    ["in-corner on-1", "in-corner on-2", "in-corner on-3", "in-corner on-4", "in-corner on-5"];
const ON_CELLS: [&str; 5] = ["is-number on-1", "is-number on-2", "is-number on-3", "is-number on-4", "is-number on-5"];

fn of_step(classes: [&'static str; 5], step: u8) -> &'static str {
    classes.get(usize::from(step.clamp(1, 5)) - 1).copied().unwrap_or("")
}

/// A point of a scatter: across, up, and the label of its disc.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Across, 1..=5.
    pub across: Range,
    /// Up, 1..=6.
    pub up: Range,
    /// A short label.
    pub label: String,
}

/// Likelihood up (1..=6) against impact across (1..=5), what is not known as boxes, and the curve on which their
/// product is `red_from`.
pub fn product_matrix(title: &str, description: &str, spots: &[Spot], red_from: f64) -> Chart {
    let (left, top, wide, high) = (46.0, UNDER_AXIS_WORD, 420.0, 360.0);
    let x = |impact: f64| left + (impact.clamp(1.0, 5.0) - 1.0) / 4.0 * wide;
    let y = |likelihood: f64| top + high - (likelihood.clamp(1.0, 6.0) - 1.0) / 5.0 * high;
    let mut chart =
        Chart { title: title.to_owned(), description: description.to_owned(), size: (500.0, 436.0), marks: Vec::new() };
    for step in 1..=6u8 {
        let at = y(f64::from(step));
        chart.add("grid", Mark::Line(vec![(left, at), (left + wide, at)]));
        chart.text("", left - 8.0, at + 4.0, Anchor::End, step.to_string());
    }
    for step in 1..=5u8 {
        let at = x(f64::from(step));
        chart.add("grid", Mark::Line(vec![(at, top), (at, top + high)]));
        chart.text("", at, top + high + 18.0, Anchor::Middle, step.to_string());
    }
    chart.text("", left + wide / 2.0, top + high + 38.0, Anchor::Middle, "Impact →");
    chart.text("", 4.0, 14.0, Anchor::Start, "Likelihood ↑");
    let curve: Vec<(f64, f64)> = (0..=60)
        .map(|step| 1.0 + 4.0 * f64::from(step) / 60.0)
        .filter(|impact| (1.0..=6.0).contains(&(red_from / impact)))
        .map(|impact| (x(impact), y(red_from / impact)))
        .collect();
    if let Some((cx, cy)) = curve.first().copied() {
        chart.add("red-line", Mark::Line(curve));
        chart.text("", cx + 6.0, cy + 14.0, Anchor::Start, "red from here");
    }
    for spot in spots {
        let open = spot.across.low < spot.across.high || spot.up.low < spot.up.high;
        if open {
            let (from, to) = (x(spot.across.low), x(spot.across.high));
            let (above, below) = (y(spot.up.high), y(spot.up.low));
            chart.add("range is-unsure", Mark::Box(from, above, (to - from).max(2.0), (below - above).max(2.0)));
        }
    }
    for spot in spots {
        let (cx, cy) = (x(spot.across.plan), y(spot.up.plan));
        chart.add("plan", Mark::Disc(cx, cy, 4.0));
        chart.text("", cx + 7.0, cy - 5.0, Anchor::Start, spot.label.clone());
    }
    chart
}

/// What stands in a 5 × 5 matrix. Places count from 0: up, then across.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatrixCounts {
    /// How many stand in each cell for sure.
    pub sure: [[usize; 5]; 5],
    /// How many are planned in each cell, but may be elsewhere.
    pub unsure: [[usize; 5]; 5],
    /// Where those may be: lowest and highest place up, lowest and highest place across.
    pub ranges: Vec<(usize, usize, usize, usize)>,
    /// What may be anywhere, in words; empty when nothing may.
    pub margin: String,
}

/// A number for each cell by its levels up and across, 1..=5.
pub type OfCell = fn(u8, u8) -> u8;

/// A 5 × 5 matrix: likelihood up, what `across` says across, the step of each cell by `step` and what is written into its
/// corner. What is not sure has a question mark and a dashed box around all places it may have.
pub fn level_matrix(
    title: &str,
    description: &str,
    (rows, columns): ([&str; 5], [&str; 5]),
    across: &str,
    (step, corner): (OfCell, OfCell),
    counts: &MatrixCounts,
) -> Chart {
    let (left, top, wide, high) = (92.0, UNDER_AXIS_WORD, 78.0, 54.0);
    let height = if counts.margin.is_empty() { 348.0 } else { 372.0 };
    let mut chart = Chart {
        title: title.to_owned(),
        description: description.to_owned(),
        size: (500.0, height),
        marks: Vec::new(),
    };
    for (up, word) in rows.iter().enumerate() {
        let y = top + (4.0 - up as f64) * high;
        chart.text("", left - 8.0, y + high / 2.0 + 4.0, Anchor::End, *word);
        for across in 0..5usize {
            let x = left + across as f64 * wide;
            let (likelihood, severity) = (up as u8 + 1, across as u8 + 1);
            let level = step(likelihood, severity);
            chart.add(of_step(CELLS, level), Mark::Box(x, y, wide, high));
            let written = corner(likelihood, severity).to_string();
            chart.text(of_step(IN_CORNERS, level), x + 9.0, y + 17.0, Anchor::Start, written);
            let count = |of: &[[usize; 5]; 5]| of.get(up).and_then(|row| row.get(across)).copied().unwrap_or(0);
            let words = match (count(&counts.sure), count(&counts.unsure)) {
                (0, 0) => continue,
                (sure, 0) => sure.to_string(),
                (0, unsure) => format!("{unsure}?"),
                (sure, unsure) => format!("{sure} + {unsure}?"),
            };
            chart.text(of_step(ON_CELLS, level), x + wide / 2.0, y + high / 2.0 + 6.0, Anchor::Middle, words);
        }
    }
    for (low_up, high_up, low_across, high_across) in &counts.ranges {
        let (x, y) = (left + *low_across as f64 * wide, top + (4.0 - *high_up as f64) * high);
        let width = (high_across + 1 - low_across) as f64 * wide;
        let height = (high_up + 1 - low_up) as f64 * high;
        // A light line below the dashed one, so that it shows on every colour.
        for class in ["unsure-under", "unsure"] {
            chart.add(class, Mark::Box(x + 3.0, y + 3.0, width - 6.0, height - 6.0));
        }
    }
    for (across, word) in columns.iter().enumerate() {
        let x = left + (across as f64 + 0.5) * wide;
        chart.text("", x, top + 5.0 * high + 18.0, Anchor::Middle, *word);
    }
    chart.text("", left + 2.5 * wide, top + 5.0 * high + 40.0, Anchor::Middle, across);
    if !counts.margin.is_empty() {
        chart.text("", left + 2.5 * wide, top + 5.0 * high + 64.0, Anchor::Middle, counts.margin.as_str());
    }
    chart.text("", 4.0, 14.0, Anchor::Start, "Likelihood ↑");
    chart
}

/// Four fields with how many stand in each: good on both sides, on the first, on the second, on neither; what stands in
/// none of them is said below.
pub fn quadrants(
    title: &str,
    description: &str,
    fields: [(&str, usize); 4],
    (across, up): (&str, &str),
    margin: &str,
) -> Chart {
    let (left, top, wide, high) = (60.0, UNDER_AXIS_WORD, 200.0, 110.0);
    let mut chart =
        Chart { title: title.to_owned(), description: description.to_owned(), size: (500.0, 316.0), marks: Vec::new() };
    let places = [(1.0, 0.0), (1.0, 1.0), (0.0, 0.0), (0.0, 1.0)];
    for ((word, count), (column, row)) in fields.into_iter().zip(places) {
        let (x, y) = (left + column * wide, top + row * high);
        chart.add("axis", Mark::Box(x, y, wide, high));
        chart.text("", x + wide / 2.0, y + high / 2.0 - 10.0, Anchor::Middle, word);
        chart.text("is-number", x + wide / 2.0, y + high / 2.0 + 16.0, Anchor::Middle, count.to_string());
    }
    let below = top + 2.0 * high;
    chart.text("", left + wide, below + 22.0, Anchor::Middle, across);
    chart.text("", 4.0, 14.0, Anchor::Start, up);
    chart.text("", left + wide, below + 48.0, Anchor::Middle, margin);
    chart
}

/// Bars of ranges, one below the other, on a scale from 0 to `most`, with a line at `line`.
pub fn range_bars(title: &str, description: &str, bars: &[(String, Range)], most: f64, line: f64) -> Chart {
    let (left, top, wide, row) = (170.0, 24.0, 310.0, 22.0);
    let high = bars.len() as f64 * row;
    let x = |value: f64| left + value.clamp(0.0, most) / most * wide;
    let mut chart = Chart {
        title: title.to_owned(),
        description: description.to_owned(),
        size: (500.0, top + high + 26.0),
        marks: Vec::new(),
    };
    for step in 0..=6u8 {
        let value = most * f64::from(step) / 6.0;
        chart.add("grid", Mark::Line(vec![(x(value), top), (x(value), top + high)]));
        chart.text("", x(value), top + high + 18.0, Anchor::Middle, format!("{value:.0}"));
    }
    for (place, (name, range)) in bars.iter().enumerate() {
        let y = top + place as f64 * row;
        let class = if range.low < range.high { "range is-unsure" } else { "range" };
        let (from, to) = (x(range.low), x(range.high));
        chart.add(class, Mark::Box(from, y + 4.0, (to - from).max(1.0), row - 8.0));
        chart.add("plan", Mark::Disc(x(range.plan), y + row / 2.0, 4.0));
        chart.text("", left - 8.0, y + row / 2.0 + 4.0, Anchor::End, shortened(name, 24));
    }
    chart.add("red-line", Mark::Line(vec![(x(line), top - 4.0), (x(line), top + high)]));
    chart.text("", x(line), top - 8.0, Anchor::Middle, format!("red from {line:.0}"));
    chart
}

/// A name that fits: cut at a character, never inside one.
fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let mut text: String = name.chars().take(most - 1).collect();
    text.push('…');
    text
}

/// Chance up (0..=1) that an amount across (logarithmic) is exceeded; `points` from the smallest amount on.
pub fn exceedance_curve(title: &str, description: &str, points: &[(f64, f64)], words: fn(f64) -> String) -> Chart {
    let (left, top, wide, high) = (52.0, UNDER_AXIS_WORD, 420.0, 240.0);
    let mut chart =
        Chart { title: title.to_owned(), description: description.to_owned(), size: (500.0, 316.0), marks: Vec::new() };
    let known = || points.iter().filter(|(amount, _)| *amount > 0.0 && amount.is_finite());
    let decade = |amount: f64| amount.log10();
    let from = known().map(|(amount, _)| decade(*amount).floor()).fold(f64::INFINITY, f64::min);
    let to = known().map(|(amount, _)| decade(*amount).ceil()).fold(f64::NEG_INFINITY, f64::max);
    if !(from.is_finite() && to.is_finite()) {
        chart.text("", left + wide / 2.0, top + high / 2.0, Anchor::Middle, "No year costs anything by these risks.");
        return chart;
    }
    let to = to.max(from + 1.0);
    let x = |amount: f64| left + (decade(amount) - from) / (to - from) * wide;
    let y = |chance: f64| top + (1.0 - chance.clamp(0.0, 1.0)) * high;
    for step in 0..=5u8 {
        let chance = f64::from(step) / 5.0;
        chart.add("grid", Mark::Line(vec![(left, y(chance)), (left + wide, y(chance))]));
        chart.text("", left - 8.0, y(chance) + 4.0, Anchor::End, format!("{:.0} %", chance * 100.0));
    }
    let mut power = from;
    while power <= to {
        let amount = 10f64.powf(power);
        chart.add("grid", Mark::Line(vec![(x(amount), top), (x(amount), top + high)]));
        chart.text("", x(amount), top + high + 18.0, Anchor::Middle, words(amount));
        power += 1.0;
    }
    chart.text("", left + wide / 2.0, top + high + 38.0, Anchor::Middle, "A year costs more than →");
    chart.text("", 4.0, 14.0, Anchor::Start, "Chance ↑");
    let line: Vec<(f64, f64)> = known().map(|(amount, chance)| (x(*amount), y(*chance))).collect();
    for (cx, cy) in &line {
        chart.add("plan", Mark::Disc(*cx, *cy, 3.0));
    }
    chart.add("curve", Mark::Line(line));
    chart
}

#[cfg(test)]
mod tests {
    use crate::render::chart::*;

    fn exactly(value: f64) -> Range {
        Range { low: value, plan: value, high: value }
    }

    fn inside(chart: &Chart) {
        for (_, mark) in &chart.marks {
            let points = match mark {
                Mark::Box(x, y, w, h) => vec![(*x, *y), (x + w, y + h)],
                Mark::Disc(x, y, _) | Mark::Text(x, y, _, _) => vec![(*x, *y)],
                Mark::Line(points) => points.clone(),
            };
            for (x, y) in points {
                assert!((0.0..=chart.size.0).contains(&x) && (0.0..=chart.size.1).contains(&y), "{mark:?}");
            }
        }
    }

    #[test]
    fn what_is_not_known_is_a_box_and_all_stands_inside() {
        let open = Range { low: 1.0, plan: 3.0, high: 5.0 };
        let spots = [
            Spot { across: open, up: exactly(6.0), label: "1".into() },
            Spot { across: exactly(1.0), up: exactly(99.0), label: "2".into() },
        ];
        let chart = product_matrix("t", "d", &spots, 16.0);
        assert_eq!(chart.marks.iter().filter(|(class, _)| class.starts_with("range")).count(), 1);
        inside(&chart);
        let Some((_, Mark::Line(curve))) = chart.marks.iter().find(|(class, _)| *class == "red-line") else {
            panic!("no red line")
        };
        // 16 is reached from impact 16/6 on; the curve ends at likelihood 16/5 for impact 5.
        assert!(curve.len() > 20);
        inside(&range_bars("t", "d", &[("A name that is much too long for its place".into(), open)], 30.0, 16.0));
        let counts = MatrixCounts {
            sure: [[1; 5]; 5],
            unsure: [[1; 5]; 5],
            ranges: vec![(0, 4, 0, 4), (4, 4, 4, 4)],
            margin: "one more".to_owned(),
        };
        inside(&level_matrix("t", "d", (["a"; 5], ["b"; 5]), "x", (u8::max, u8::min), &counts));
        inside(&quadrants("t", "d", [("a", 1), ("b", 2), ("c", 3), ("d", 4)], ("x", "y"), "and 3 more"));
        inside(&exceedance_curve("t", "d", &[(900.0, 0.9), (2e6, 0.01)], |x| x.to_string()));
        inside(&exceedance_curve("t", "d", &[(0.0, 0.9)], |x| x.to_string()));
    }
}
