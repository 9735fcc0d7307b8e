//! The six lenses side by side: what each says about every system, the place it gives it, and where they disagree.
//!
//! Never merged: the order is one of the six. What a lens knows nothing about has no place in it and says so.

use crate::analysis::litraf::Group;
use crate::analysis::outage::{Outage, Outages};
use crate::analysis::rank::firmness::kendall_tau;
use crate::analysis::rank::{score_in_words, shown, RankRow};
use crate::analysis::voice::{hours, pounds};
use crate::analysis::Analysis;
use crate::app::describe::count;
use crate::app::report::{DataTable, Section};
use crate::model::{ComponentId, Document};
use crate::order;

/// Systems in the table, from the top of the order.
const MOST: usize = 300;
/// Sentences about disagreement.
const MOST_SAID: usize = 6;
/// Systems that are compared for how well two lenses agree: pairs grow with the square.
const MOST_COMPARED: usize = 1_000;
const NOT_KNOWN: &str = "not known";

/// A lens: its name, the question it answers, and its value, the larger the worse; `None` where nothing is known.
struct Lens {
    name: &'static str,
    question: &'static str,
    values: Vec<Option<f64>>,
    /// Place by number of the row; equal values share the first of their places.
    places: Vec<Option<usize>>,
    /// The last of the shared places.
    last: Vec<Option<usize>>,
}

impl Lens {
    fn new(name: &'static str, question: &'static str, values: Vec<Option<f64>>) -> Self {
        let mut rows: Vec<usize> =
            (0..values.len()).filter(|row| values.get(*row).is_some_and(Option::is_some)).collect();
        let value = |row: usize| values.get(row).copied().flatten().unwrap_or(0.0);
        order::sort_by(&mut rows, |a, b| value(*b).total_cmp(&value(*a)));
        let (mut places, mut last) = (vec![None; values.len()], vec![None; values.len()]);
        let mut first = 0;
        for (at, row) in rows.iter().enumerate() {
            if at > 0 && rows.get(at - 1).is_some_and(|before| value(*before) > value(*row)) {
                first = at;
            }
            if let Some(slot) = places.get_mut(*row) {
                *slot = Some(first + 1);
            }
        }
        let mut end = rows.len();
        for (at, row) in rows.iter().enumerate().rev() {
            if rows.get(at + 1).is_some_and(|after| value(*after) < value(*row)) {
                end = at + 1;
            }
            if let Some(slot) = last.get_mut(*row) {
                *slot = Some(end);
            }
        }
        Self { name, question, values, places, last }
    }

    fn place(&self, row: usize) -> Option<(usize, usize)> {
        Some((self.places.get(row).copied().flatten()?, self.last.get(row).copied().flatten()?))
    }

    fn known(&self) -> usize {
        self.values.iter().flatten().count()
    }

    /// "3", "=3" when shared, "not known".
    fn place_in_words(&self, row: usize) -> String {
        match self.place(row) {
            Some((first, last)) if first < last => format!("={first}"),
            Some((first, _)) => first.to_string(),
            None => NOT_KNOWN.to_owned(),
        }
    }
}

/// Both parts of the page: what the lenses are and how well they agree; and the table. O(n log n).
pub fn lenses(document: &Document, analysis: &Analysis) -> Vec<Section> {
    let rows: Vec<&RankRow> = analysis.ranking.rows.iter().filter(|row| row.has_facts).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let outages = Outages::new(document, &analysis.graph);
    let time: Vec<Option<Outage>> = rows.iter().map(|row| outages.of(&analysis.graph, row.component)).collect();
    let all = all_lenses(&rows, &time);
    let mut about = DataTable {
        headings: vec![("Lens", false), ("What it asks", false), ("Known", false), ("Agrees with the order", true)],
        ..DataTable::default()
    };
    for lens in &all {
        let agrees = agreement(lens).map_or_else(|| "too little known".to_owned(), |tau| format!("{tau:.2} of 1"));
        about.rows.push(vec![
            lens.name.to_owned(),
            lens.question.to_owned(),
            format!("{} of {}", lens.known(), rows.len()),
            if lens.name == ORDER { String::new() } else { agrees },
        ]);
    }
    let silent = analysis.ranking.rows.len() - rows.len();
    let mut lines = vec![
        "Six ways of looking at the same systems. They are never added up into one number: where they disagree, look at why."
            .to_owned(),
    ];
    if silent > 0 {
        lines.push(format!(
            "Not in the table: {} without any answer. They may stand anywhere in every lens and are not known to be below red.",
            count(silent, "system")
        ));
    }
    let apart = disagreements(document, &rows, &all);
    let mut table = DataTable {
        headings: vec![
            ("System", false),
            ("Order", true),
            ("Group", false),
            ("Score of 30", true),
            ("Place", true),
            ("Clinical level", true),
            ("Place", true),
            ("Importance of 5", true),
            ("Needed by", true),
            ("Place", true),
            ("Cost a year", true),
            ("Place", true),
            ("Harm before recovery", true),
            ("Deadlines, % urgent", true),
            ("Place", true),
        ],
        ..DataTable::default()
    };
    let place = |lens: usize, row: usize| all.get(lens).map_or_else(String::new, |lens| lens.place_in_words(row));
    for (at, row) in rows.iter().enumerate().take(MOST) {
        let red_from = document.settings.risk.red_from;
        let score = row.score.overall;
        let range = if score.is_exact() {
            score_in_words(score.plan, red_from)
        } else {
            let words = |value| score_in_words(value, red_from);
            format!("{} ({}–{})", words(score.plan), words(score.low), words(score.high))
        };
        let span = |low: f64, plan: f64, high: f64, digits: usize| {
            if low < high {
                format!("{plan:.digits$} ({low:.digits$}–{high:.digits$})")
            } else {
                format!("{plan:.digits$}")
            }
        };
        let harm = row.clinical.map(|it| it.level);
        let gate = if row.gated { ", goes first" } else { "" };
        let gap = time.get(at).and_then(Option::as_ref).and_then(|outage| outage.gap);
        table.push(
            vec![row.component],
            vec![
                name_of(document, row.component),
                row.rank.to_string(),
                format!("{}: {}", row.score.group.letter(), row.score.group.words()),
                range,
                place(0, at),
                harm.map_or_else(|| "not assessed".to_owned(), |l| format!("{}{gate}", span(l.low, l.plan, l.high, 0))),
                place(1, at),
                span(row.inherited.low, row.inherited.plan, row.inherited.high, 1),
                analysis.needed_by(row.component).len().to_string(),
                place(2, at),
                row.yearly_cost.map_or_else(|| NOT_KNOWN.to_owned(), |cost| pounds(cost.plan)),
                place(3, at),
                match gap {
                    None => NOT_KNOWN.to_owned(),
                    Some(gap) if gap > 0.0 => format!("{gap:.0} h too late"),
                    Some(_) => "0 h, in time".to_owned(),
                },
                row.urgency.map_or_else(|| NOT_KNOWN.to_owned(), |urgency| format!("{:.0}", urgency * 100.0)),
                place(4, at),
            ],
        );
    }
    let mut under = Vec::new();
    if rows.len() > MOST {
        under.push(format!("The first {MOST} of {} systems with answers.", rows.len()));
    }
    let mut all = vec![Section { heading: "The six lenses", lines, table: about }];
    if !apart.is_empty() {
        all.push(Section { heading: "Where they disagree most", lines: apart, table: DataTable::default() });
    }
    all.push(Section { heading: "Every system through each lens", lines: under, table });
    all
}

const ORDER: &str = "Order";

fn all_lenses(rows: &[&RankRow], time: &[Option<Outage>]) -> Vec<Lens> {
    let of = |value: &dyn Fn(&RankRow) -> Option<f64>| rows.iter().map(|row| value(row)).collect::<Vec<_>>();
    // Red first, as in the order: a score that is surely red stands above one that only may be.
    let block = |group: Group| f64::from(2 - group as u8) * 100.0;
    let late: Vec<Option<f64>> = rows
        .iter()
        .zip(time)
        .map(|(row, outage)| {
            let gap = outage.as_ref().and_then(|outage| outage.gap);
            // Harm before recovery counts first, then how near the next deadline is.
            match (gap, row.urgency) {
                (None, None) => None,
                (gap, urgency) => Some(if gap.is_some_and(|g| g > 0.0) { 1.0 } else { 0.0 } + urgency.unwrap_or(0.5)),
            }
        })
        .collect();
    vec![
        Lens::new(
            "Score",
            "How likely is trouble and how bad would it be, by the thirteen questions?",
            of(&|row| Some(block(row.score.group) + row.score.overall.plan)),
        ),
        Lens::new(
            "Clinical",
            "What harm to patients does the register know of?",
            of(&|row| row.clinical.map(|harm| harm.level.plan)),
        ),
        Lens::new(
            "Dependency",
            "How important is what needs it, directly or through others?",
            of(&|row| Some(row.inherited.plan)),
        ),
        Lens::new("Money", "What do its risks cost in a year?", of(&|row| row.yearly_cost.map(|cost| cost.plan))),
        Lens::new("Time", "Does harm come before recovery, and how near is the next deadline?", late),
        Lens::new(ORDER, "What to look at first, all things weighed?", of(&|row| Some(-f64::from(row.rank)))),
    ]
}

/// Kendall's tau of a lens against the order, over the systems it knows; ties keep the order. `None` for fewer than three.
fn agreement(lens: &Lens) -> Option<f64> {
    let mut known: Vec<(f64, usize)> =
        lens.values.iter().enumerate().filter_map(|(row, value)| Some(((*value)?, row))).take(MOST_COMPARED).collect();
    order::sort_by(&mut known, |a, b| b.0.total_cmp(&a.0));
    let places: Vec<usize> = known.iter().map(|(_, row)| *row).collect();
    (places.len() > 2).then(|| kendall_tau(&places))
}

/// Systems that one lens puts much higher or lower than the order does, the furthest apart first.
fn disagreements(document: &Document, rows: &[&RankRow], all: &[Lens]) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let far = (rows.len() / 4).max(5);
    for (at, row) in rows.iter().enumerate() {
        let rank = row.rank as usize;
        let name = || name_of(document, row.component);
        let lenses = all.iter().filter(|lens| lens.name != ORDER);
        let placed = lenses.filter_map(|lens| Some((lens, lens.place(at)?)));
        // Higher by a lens than in the order: shared places count as the last of them.
        let higher = placed.clone().filter(|(_, (_, last))| rank > last + far && *last <= far);
        if let Some((lens, (_, last))) = higher.min_by_key(|(_, (_, last))| *last) {
            let text = format!(
                "{}: {} by {}, {} in the order. {}",
                name(),
                ordinal(last),
                lens.name.to_lowercase(),
                ordinal(rank),
                why_lower(row)
            );
            found.push((rank - last, text));
        } else if rank <= far.min(10) {
            let lower = placed.filter(|(_, (first, _))| *first > rank + 2 * far);
            if let Some((lens, (first, _))) = lower.max_by_key(|(_, (first, _))| *first) {
                let text = format!(
                    "{}: {} in the order, but only {} by {}.",
                    name(),
                    ordinal(rank),
                    ordinal(first),
                    lens.name.to_lowercase()
                );
                found.push((first - rank, text));
            }
        }
    }
    order::sort_by(&mut found, |a, b| b.0.cmp(&a.0));
    found.into_iter().take(MOST_SAID).map(|(_, text)| text).collect()
}

fn why_lower(row: &RankRow) -> String {
    let range = if row.score.overall.is_exact() {
        format!("{:.1}", row.score.overall.plan)
    } else {
        format!("{:.1}–{:.1}", row.score.overall.low, row.score.overall.high)
    };
    match row.score.group {
        Group::A => format!("It is red ({range} of 30), but other red systems weigh more by the rest."),
        Group::B => format!("It is not known to be below red ({range} of 30), and what is surely red comes first."),
        Group::C => format!("It is below red ({range} of 30), and the order lists those last."),
    }
}

/// "1st", "22nd", "113th".
pub(super) fn ordinal(n: usize) -> String {
    let end = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

pub(super) fn name_of(document: &Document, id: ComponentId) -> String {
    document.components.get(&id).map_or_else(|| shown(""), |c| shown(&c.name))
}

/// Names with " → " between them.
pub(super) fn path_in_words(document: &Document, chain: &[ComponentId]) -> String {
    chain.iter().map(|id| name_of(document, *id)).collect::<Vec<_>>().join(" → ")
}

/// Hours as one says them, or that nobody has said.
pub(super) fn hours_or_not(known: Option<f64>) -> String {
    known.map_or_else(|| NOT_KNOWN.to_owned(), hours)
}
