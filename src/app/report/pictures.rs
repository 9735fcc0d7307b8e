//! The pictures of risk, each with the numbers it is drawn from as a table.

use crate::analysis::clinical::{
    level, level_of, speaks_of_harm, trust_band, trust_score, trust_score_of, LIKELIHOOD_WORDS, SEVERITY_WORDS,
};
use crate::analysis::interval::Interval;
use crate::analysis::money::{counts_today, YearlyLoss};
use crate::analysis::portfolio::{quadrant, Quadrant};
use crate::analysis::rank::judged::is_in_force;
use crate::analysis::rank::{score_in_words, shown, RankRow};
use crate::analysis::voice::pounds;
use crate::analysis::Analysis;
use crate::app::describe::count;
use crate::app::report::DataTable;
use crate::known::Known;
use crate::model::{Document, Risk};
use crate::render::chart::{
    exceedance_curve, level_matrix, product_matrix, quadrants, range_bars, Chart, MatrixCounts, Range, Spot,
};

/// Systems in a picture, from the top of the order.
const MOST: usize = 20;

/// A picture with its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The shapes.
    pub chart: Chart,
    /// The same as a table.
    pub table: DataTable,
    /// What to bear in mind.
    pub note: String,
}

fn range(interval: Interval) -> Range {
    Range { low: interval.low, plan: interval.plan, high: interval.high }
}

/// A number with its range: "12 (9–16)".
fn interval_in_words(interval: Interval) -> String {
    if interval.is_exact() {
        format!("{:.2}", interval.plan)
    } else {
        format!("{:.2} ({:.2}–{:.2})", interval.plan, interval.low, interval.high)
    }
}

/// All pictures there is anything to draw for. The loss curve appears once its years are simulated.
pub fn pictures(document: &Document, analysis: &Analysis, losses: Option<&YearlyLoss>) -> Vec<Picture> {
    let mut pictures = Vec::new();
    if !analysis.ranking.is_silent() {
        pictures.push(bars(document, analysis));
        pictures.push(matrix(document, analysis));
    }
    if document.risks.values().any(|risk| counts_today(risk) && speaks_of_harm(risk)) {
        pictures.push(clinical(document));
    }
    let of_trust = |risk: &Risk| !(risk.nhs_likelihood.is_unknown() && risk.nhs_consequence.is_unknown());
    if document.risks.values().any(|risk| counts_today(risk) && of_trust(risk)) {
        pictures.push(trust(document));
    }
    pictures.extend(portfolio(document, analysis));
    pictures.extend(losses.filter(|losses| losses.known > 0).map(curve));
    pictures
}

fn top(analysis: &Analysis) -> impl Iterator<Item = &RankRow> {
    analysis.ranking.rows.iter().filter(|row| row.has_facts).take(MOST)
}

fn name_of(document: &Document, row: &RankRow) -> String {
    document.components.get(&row.component).map_or_else(String::new, |c| shown(&c.name))
}

fn bars(document: &Document, analysis: &Analysis) -> Picture {
    let red_from = document.settings.risk.red_from;
    let bars: Vec<(String, Range)> =
        top(analysis).map(|row| (name_of(document, row), range(row.score.overall))).collect();
    let words = |value| score_in_words(value, red_from);
    let rows = top(analysis).map(|row| {
        let score = row.score.overall;
        vec![
            row.rank.to_string(),
            name_of(document, row),
            row.score.group.words().to_owned(),
            words(score.low),
            words(score.plan),
            words(score.high),
            format!("{:.1}", row.index.plan * 100.0),
        ]
    });
    let description = format!(
        "Risk scores of the first {} systems in the order as bars from the lowest to the highest they can be, with a dot \
         for the planned score and a line at {red_from}, from which on a system is red.",
        bars.len()
    );
    Picture {
        chart: range_bars("Risk scores in the order of the ranking", &description, &bars, 30.0, red_from),
        table: DataTable {
            headings: vec![
                ("Place", true),
                ("System", false),
                ("Is", false),
                ("Lowest", true),
                ("Planned", true),
                ("Highest", true),
                ("Index", true),
            ],
            rows: rows.collect(),
            about: top(analysis).map(|row| vec![row.component]).collect(),
            lead: 1,
        },
        note: "A long bar means that much is not known. The order also counts what depends on a system, its yearly cost and \
               its deadlines, so it need not follow the dots."
            .to_owned(),
    }
}

fn matrix(document: &Document, analysis: &Analysis) -> Picture {
    let spots: Vec<Spot> = top(analysis)
        .map(|row| Spot {
            across: range(row.score.impact),
            up: range(row.score.likelihood),
            label: row.rank.to_string(),
        })
        .collect();
    let rows = top(analysis).map(|row| {
        vec![
            row.rank.to_string(),
            name_of(document, row),
            interval_in_words(row.score.likelihood),
            interval_in_words(row.score.impact),
        ]
    });
    let description = format!(
        "How likely trouble is, from 1 to 6, against how bad it would be, from 1 to 5, for {} systems. Boxes span what is \
         not known; numbers are places in the order.",
        spots.len()
    );
    Picture {
        chart: product_matrix(
            "How likely trouble is against how bad it would be",
            &description,
            &spots,
            document.settings.risk.red_from,
        ),
        table: DataTable {
            headings: vec![("Place", true), ("System", false), ("Likelihood of 6", true), ("Impact of 5", true)],
            rows: rows.collect(),
            about: top(analysis).map(|row| vec![row.component]).collect(),
            lead: 1,
        },
        note: "The first systems of the order. A box that crosses the dashed line may be red.".to_owned(),
    }
}

/// Counts by likelihood and severity, with the lines of the table. What is not known counts in the middle, as it is
/// planned, with a box around where it may be; a risk without either stands in the margin and in the table.
fn cells(
    document: &Document,
    of: fn(&Risk) -> (&Known<u8>, &Known<u8>),
    words: fn(&Risk) -> String,
) -> (MatrixCounts, Vec<Vec<String>>) {
    let mut counts = MatrixCounts::default();
    let mut rows = Vec::new();
    let mut anywhere = 0;
    let said = |known: &Known<u8>| match known.range() {
        Some((low, value, high)) if low != high => format!("{value} ({low}–{high})"),
        Some((_, value, _)) => value.to_string(),
        None => "not known".to_owned(),
    };
    let places = |known: &Known<u8>| {
        let (low, value, high) = known.range().map_or((1, 3, 5), |(low, value, high)| (*low, *value, *high));
        [low, value, high].map(|level| usize::from(level.clamp(1, 5)) - 1)
    };
    for risk in document.risks.values().filter(|risk| counts_today(risk)) {
        let (likelihood, severity) = of(risk);
        rows.push(vec![shown(&risk.title), said(likelihood), said(severity), words(risk)]);
        if likelihood.value().is_none() && severity.value().is_none() {
            anywhere += 1;
            continue;
        }
        let ([low_up, up, high_up], [low_across, across, high_across]) = (places(likelihood), places(severity));
        let is_sure = low_up == high_up && low_across == high_across;
        let counted = if is_sure { &mut counts.sure } else { &mut counts.unsure };
        if let Some(cell) = counted.get_mut(up).and_then(|row| row.get_mut(across)) {
            *cell += 1;
        }
        let range = (low_up, high_up, low_across, high_across);
        if !is_sure && !counts.ranges.contains(&range) {
            counts.ranges.push(range);
        }
    }
    if anywhere > 0 {
        counts.margin = format!("Neither known, may be anywhere: {}", count(anywhere, "risk"));
    }
    (counts, rows)
}

fn clinical(document: &Document) -> Picture {
    let (counts, rows) = cells(
        document,
        |risk| (&risk.harm.likelihood, &risk.harm.severity),
        |risk| {
            let level = level_of(&risk.harm);
            if level.is_exact() {
                format!("{:.0}", level.plan)
            } else {
                format!("{:.0} ({:.0}–{:.0})", level.plan, level.low, level.high)
            }
        },
    );
    let description = format!("Harm to patients: {} open risks by likelihood and severity.", rows.len());
    Picture {
        chart: level_matrix(
            "Clinical risk",
            &description,
            (LIKELIHOOD_WORDS, SEVERITY_WORDS),
            "Severity →",
            (level, level),
            &counts,
        ),
        table: DataTable {
            headings: vec![("Risk", false), ("Likelihood", true), ("Severity", true), ("Level of 5", true)],
            rows,
            ..DataTable::default()
        },
        note: "The example matrix of the NHS standard DCB0129. The level of each cell stands in its corner; levels 4 and 5 \
               put a system on top of its group. A question mark is planned in the middle and may be anywhere in its dashed \
               box."
            .to_owned(),
    }
}

fn trust(document: &Document) -> Picture {
    let (counts, rows) = cells(
        document,
        |risk| (&risk.nhs_likelihood, &risk.nhs_consequence),
        |risk| match (risk.nhs_likelihood.value(), risk.nhs_consequence.value(), trust_score_of(risk)) {
            (Some(likelihood), Some(consequence), _) => {
                let score = trust_score(*likelihood, *consequence);
                format!("{score}, {}", trust_band(score).word())
            }
            (_, _, Some(range)) => format!("somewhere in {:.0}–{:.0}", range.low, range.high),
            _ => "not known".to_owned(),
        },
    );
    let description = format!("The trust’s own register: {} open risks by likelihood and consequence.", rows.len());
    let numbers = ["1", "2", "3", "4", "5"];
    Picture {
        chart: level_matrix(
            "The trust’s own 5 × 5 matrix",
            &description,
            (numbers, numbers),
            "Consequence →",
            // Four bands on the five steps of the colours.
            (
                |likelihood, consequence| match trust_score(likelihood, consequence) {
                    0..=3 => 1,
                    4..=7 => 2,
                    8..=14 => 3,
                    _ => 5,
                },
                trust_score,
            ),
            &counts,
        ),
        table: DataTable {
            headings: vec![("Risk", false), ("Likelihood", true), ("Consequence", true), ("Score", true)],
            rows,
            ..DataTable::default()
        },
        note:
            "For the trust’s register only. Products of levels do not order risks, so the ranking does not use them. A \
               question mark is planned in the middle and may be anywhere in its dashed box."
                .to_owned(),
    }
}

/// The field of a judgement that a system may be tolerated.
const TOLERATE_FIELD: &str = "tolerate";

/// What to do with each system by how well it does its job and how sound it is; `None` while no fit is known.
fn portfolio(document: &Document, analysis: &Analysis) -> Option<Picture> {
    let mut counts = [0; 4];
    let (mut open, mut waiting) = (0, 0);
    let mut table = DataTable {
        headings: vec![
            ("System", false),
            ("Does its job", true),
            ("Is sound", true),
            ("Points to", false),
            ("Is", false),
        ],
        ..DataTable::default()
    };
    for row in &analysis.ranking.rows {
        let Some(component) = document.components.get(&row.component) else { continue };
        let facts = component.facts();
        let mut judgements = document.judgements.values();
        let judged =
            judgements.any(|j| j.component == row.component && j.field == TOLERATE_FIELD && is_in_force(j, analysis));
        let quadrant = quadrant(facts, row.score.group, judged);
        let place = match quadrant {
            Quadrant::Invest => Some(0),
            Quadrant::Migrate => Some(1),
            Quadrant::Tolerate => Some(2),
            Quadrant::Eliminate => Some(3),
            Quadrant::TolerateNeedsJudgement => None,
            Quadrant::NotClassified => {
                open += 1;
                continue;
            }
        };
        match place.and_then(|place| counts.get_mut(place)) {
            Some(count) => *count += 1,
            None => waiting += 1,
        }
        let fit = |known: &Known<u8>| known.value().map_or_else(|| "not known".to_owned(), u8::to_string);
        table.push(
            vec![row.component],
            vec![
                name_of(document, row),
                fit(&facts.functional_fit),
                fit(&facts.technical_fit),
                quadrant.words().to_owned(),
                row.score.group.words().to_owned(),
            ],
        );
    }
    if table.rows.is_empty() {
        return None;
    }
    let [invest, migrate, tolerate, eliminate] = counts;
    let description = format!(
        "Of {} systems, {invest} do their job and are sound (invest), {migrate} do their job but are not sound (migrate), \
         {tolerate} are sound but do not do their job (tolerate), {eliminate} are neither (eliminate). {waiting} would be \
         tolerated but may be red, and {open} are not classified because nobody has said.",
        analysis.ranking.rows.len()
    );
    let margin = format!("{waiting} need a judgement, {open} not classified");
    Some(Picture {
        chart: quadrants(
            "Where each system points to",
            &description,
            [("Invest", invest), ("Migrate", migrate), ("Tolerate", tolerate), ("Eliminate", eliminate)],
            ("Does its job →", "Is sound ↑"),
            &margin,
        ),
        table,
        note: "From 3 of 5 on a side counts as good. A system that is red, or not known to be below red, is never said to be \
               tolerable without a recorded judgement; one with an unknown side is not classified."
            .to_owned(),
    })
}

fn curve(losses: &YearlyLoss) -> Picture {
    let points: Vec<(f64, f64)> = losses.curve.iter().map(|point| (point.pounds, point.chance)).collect();
    let least = if losses.known < losses.of { "at least " } else { "" };
    let mut rows: Vec<Vec<String>> =
        losses.curve.iter().map(|point| vec![format!("{:.0} %", point.chance * 100.0), pounds(point.pounds)]).collect();
    rows.push(vec!["Average year".to_owned(), pounds(losses.mean)]);
    let description = format!(
        "The chance that the register’s risks cost more than an amount in one year. One year in ten costs {least}{} or more.",
        pounds(losses.p90)
    );
    Picture {
        chart: exceedance_curve("What a year may cost", &description, &points, pounds),
        table: DataTable {
            headings: vec![("Chance of more", true), ("In a year", true)],
            rows,
            ..DataTable::default()
        },
        note: format!(
            "{} simulated years of {} of {} open risks (seed {}); those without a known frequency and loss are left out, so \
             the amounts are {}the truth. Harm to people is never turned into money.",
            losses.years,
            losses.known,
            losses.of,
            losses.seed,
            if losses.known < losses.of { "below " } else { "close to " }
        ),
    }
}
