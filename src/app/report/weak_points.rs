//! Where the estate is weak as a whole: what systems share, what stops services all by itself, circles, harm that comes
//! before recovery, how often pathways stop, and what mending would be worth. Each with its chain and its sentence.

use crate::analysis::dependency::{
    CauseKind, Chance, ChanceMethod, Findings, Gain, Outcome, SharedCause, SimulationResult, MOST_CHAINS,
};
use crate::analysis::outage::Outages;
use crate::analysis::rank::join;
use crate::analysis::voice::one_in;
use crate::analysis::Analysis;
use crate::app::describe::count;
use crate::app::report::lenses::{hours_or_not, name_of, path_in_words};
use crate::app::report::{DataTable, Section};
use crate::model::{ComponentId, Document};
use crate::order;

/// Rows of a table.
const MOST: usize = MOST_CHAINS;

/// The sections, those that are still being worked out left out.
pub fn weak_points(
    document: &Document,
    analysis: &Analysis,
    findings: Option<&Findings>,
    failures: Option<&SimulationResult>,
    gains: Option<&[Gain]>,
) -> Vec<Section> {
    let mut sections = Vec::new();
    if let Some(findings) = findings {
        sections.push(shared(document, findings));
        sections.push(single(document, findings));
    }
    sections.push(circles(document, analysis));
    sections.push(time(document, analysis));
    if let Some(failures) = failures {
        sections.push(stops(document, findings.map_or(&[], |it| &it.chances), failures));
    }
    if let Some(gains) = gains {
        sections.push(worth(document, gains));
    }
    sections
}

/// Up to `most` names, and how many more there are.
fn names(document: &Document, ids: &[ComponentId], most: usize) -> String {
    let mut first: Vec<String> = ids.iter().take(most).map(|id| name_of(document, *id)).collect();
    if ids.len() > most {
        first.push(format!("{} more", ids.len() - most));
    }
    join(&first)
}

fn cause_in_words(document: &Document, cause: &SharedCause) -> String {
    let systems = names(document, &cause.systems, 3);
    let then = match cause.services.as_slice() {
        [] => " No service is likely to stop with them.".to_owned(),
        services if cause.kind == CauseKind::Person => {
            format!(" Nobody else could bring back {}.", names(document, services, 3))
        }
        services if matches!(cause.kind, CauseKind::Supplier | CauseKind::Contract) => {
            format!(" On them rest {}.", names(document, services, 3))
        }
        services if services.len() == 1 => format!(" {} stops with them.", names(document, services, 3)),
        services => format!(" {} stop with them.", names(document, services, 3)),
    };
    let first = match cause.kind {
        CauseKind::Site => format!("If {} is lost, so are {systems}.", cause.name),
        CauseKind::Supplier => format!("If {} fails as a supplier, {systems} are without one.", cause.name),
        CauseKind::Version => format!("A fault in {} hits {systems} together.", cause.name),
        CauseKind::Contract => format!("If {} ends, {systems} are without a contract.", cause.name),
        CauseKind::Person => format!("Only {} can mend or change {systems}.", cause.name),
    };
    first + &then
}

fn shared(document: &Document, findings: &Findings) -> Section {
    let mut table = DataTable {
        headings: vec![
            ("What is shared", false),
            ("Is a", false),
            ("Systems", true),
            ("Services that stop", true),
            ("Weight", true),
            ("In words", false),
        ],
        ..DataTable::default()
    };
    for cause in findings.causes.iter().take(MOST) {
        table.push(
            cause.systems.clone(),
            vec![
                cause.name.clone(),
                cause.kind.word().to_lowercase(),
                cause.systems.len().to_string(),
                cause.services.len().to_string(),
                format!("{:.1}", cause.importance),
                cause_in_words(document, cause),
            ],
        );
    }
    let lines = if table.rows.is_empty() {
        "No two systems are recorded with the same site, supplier, version, contract or only person. Nothing recorded does \
         not mean nothing shared: fill in those columns of the table first."
    } else {
        "What several systems have in common fails for all of them at once. The weight adds up how important the services are \
         that stop. Choose a row’s name to see its systems on the map."
    };
    Section { heading: "Shared causes", lines: vec![lines.to_owned()], table }
}

fn single(document: &Document, findings: &Findings) -> Section {
    let mut table = DataTable {
        headings: vec![
            ("System", false),
            ("Services it stops alone", true),
            ("Weight", true),
            ("Gravest chain", false),
            ("In words", false),
        ],
        ..DataTable::default()
    };
    for point in findings.single.iter().take(MOST) {
        let name = name_of(document, point.component);
        table.push(
            vec![point.component],
            vec![
                name.clone(),
                point.services.len().to_string(),
                format!("{:.1}", point.importance),
                path_in_words(document, &point.chain),
                format!(
                    "If {name} alone fails, so {} {}.",
                    if point.services.len() == 1 { "does" } else { "do" },
                    names(document, &point.services, 3)
                ),
            ],
        );
    }
    let mut lines = vec![if table.rows.is_empty() {
        "No system stops a service all by itself, as far as the links say.".to_owned()
    } else {
        "Systems whose failure alone stops a service. Alternatives count as such: what one of them can stand in for is not \
         listed here."
            .to_owned()
    }];
    if findings.single.len() > MOST {
        lines.push(format!("The {MOST} weightiest of {}.", findings.single.len()));
    }
    if findings.left_out > 0 {
        lines.push(format!(
            "Looked at {}; {} more not in full, so the list may be longer.",
            count(findings.services, "service"),
            findings.left_out
        ));
    }
    Section { heading: "What stops a service all by itself", lines, table }
}

fn circles(document: &Document, analysis: &Analysis) -> Section {
    let mut table =
        DataTable { headings: vec![("Circle", false), ("Systems", true), ("In words", false)], ..DataTable::default() };
    for circle in analysis.graph.cycles().iter().take(MOST) {
        let chain = analysis.graph.a_way_round(circle);
        table.push(
            circle.clone(),
            vec![
                path_in_words(document, &chain),
                circle.len().to_string(),
                format!(
                    "{} need one another. When one stops, all may stop, and none can be started first: move them together.",
                    names(document, circle, 4)
                ),
            ],
        );
    }
    let lines = if table.rows.is_empty() {
        "No system needs itself through others."
    } else {
        "Systems that need one another in a circle."
    };
    Section { heading: "Circles", lines: vec![lines.to_owned()], table }
}

fn time(document: &Document, analysis: &Analysis) -> Section {
    let outages = Outages::new(document, &analysis.graph);
    let (mut late, mut unknown, mut in_time) = (Vec::new(), 0, 0);
    for row in &analysis.ranking.rows {
        let Some(outage) = outages.of(&analysis.graph, row.component) else { continue };
        match outage.gap {
            Some(gap) if gap > 0.0 => late.push((gap, row.component, outage)),
            Some(_) if !outage.at_most => in_time += 1,
            _ => unknown += 1,
        }
    }
    order::sort_by(&mut late, |a, b| b.0.total_cmp(&a.0));
    let mut table = DataTable {
        headings: vec![
            ("System", false),
            ("Harm after, h", true),
            ("Back after, h", true),
            ("Too late by, h", true),
            ("Because of", false),
            ("In words", false),
        ],
        ..DataTable::default()
    };
    for (gap, id, outage) in late.iter().take(MOST) {
        let name = name_of(document, *id);
        let at_most = if outage.at_most { "at most " } else { "" };
        table.push(
            vec![*id],
            vec![
                name.clone(),
                format!("{at_most}{:.1}", outage.hours_to_harm.unwrap_or(0.0)),
                format!("{:.1}", outage.recovery.unwrap_or(0.0)),
                format!("{gap:.1}"),
                path_in_words(document, &outage.chain),
                format!(
                    "When {name} fails, harm may begin after {at_most}{}, but bringing it back may take {}.",
                    hours_or_not(outage.hours_to_harm),
                    hours_or_not(outage.recovery)
                ),
            ],
        );
    }
    let lines = vec![
        "Hours until somebody may come to harm, against the longest time to bring a system back.".to_owned(),
        format!(
            "Harm comes before recovery for {}. {} in time as far as is known. For {} nobody has said how long people can wait \
             or how long recovery takes, so they are not known to be in time.",
            count(late.len(), "system"),
            if in_time == 1 { "1 is".to_owned() } else { format!("{in_time} are") },
            count(unknown, "system"),
        ),
    ];
    Section { heading: "Harm before recovery", lines, table }
}

fn outcome_in_words(document: &Document, outcome: Outcome) -> (&'static str, String, Vec<ComponentId>) {
    match outcome {
        Outcome::Service(id) => ("service", name_of(document, id), vec![id]),
        Outcome::Pathway(id) => match document.pathways.get(&id) {
            Some(pathway) => ("pathway", crate::analysis::rank::shown(&pathway.name), pathway.steps.clone()),
            None => ("pathway", String::new(), Vec::new()),
        },
    }
}

fn stops(document: &Document, chances: &[(ComponentId, Chance)], failures: &SimulationResult) -> Section {
    let mut table = DataTable {
        headings: vec![
            ("What stops", false),
            ("Is a", false),
            ("Chance in a year, %", true),
            ("Give or take", true),
            ("Found by", false),
            ("Mending this would help most", false),
            ("In words", false),
        ],
        ..DataTable::default()
    };
    let mut pathways_first: Vec<_> = failures.stops.iter().collect();
    order::sort_by_key(&mut pathways_first, |stop| matches!(stop.outcome, Outcome::Service(_)));
    for stop in pathways_first.into_iter().take(MOST) {
        let (kind, name, about) = outcome_in_words(document, stop.outcome);
        let exact = match stop.outcome {
            Outcome::Service(id) => chances.iter().find(|it| it.0 == id).map(|it| it.1),
            Outcome::Pathway(_) => None,
        };
        let chance = exact.and_then(|it| it.at_least).unwrap_or(stop.chance);
        let (found, error) = match exact {
            Some(Chance { at_least: Some(_), method: ChanceMethod::HardChain, .. }) => ("formula", String::new()),
            Some(Chance { at_least: Some(_), .. }) => ("every case", String::new()),
            _ => ("simulation", format!("± {:.2}", stop.standard_error * 100.0)),
        };
        let most: Vec<String> = stop
            .worth
            .iter()
            .take(2)
            .map(|(id, worth)| format!("{} ({:.1})", name_of(document, *id), worth * 100.0))
            .collect();
        let at_least = exact.is_none_or(|it| it.unknown > 0) && failures.unknown > 0;
        table.push(
            about,
            vec![
                name.clone(),
                kind.to_owned(),
                format!("{}{:.1}", if at_least { "at least " } else { "" }, chance * 100.0),
                error,
                found.to_owned(),
                most.join(", "),
                format!("{name} stops. {}{}.", one_in(chance), if at_least { ", or more often" } else { "" }),
            ],
        );
    }
    let mut lines = vec![format!(
        "How often each pathway and service stops at least once in a year, by the failure rates and links on record. Exact where \
         every case can be weighed, else from {} simulated years (seed {}).",
        failures.trials, failures.seed
    )];
    if failures.unknown > 0 {
        lines.push(format!(
            "Nobody has said how often {} of {} components fail; they count as never failing here, so the chances are “at least”.",
            failures.unknown, failures.of
        ));
    }
    Section { heading: "How often services stop", lines, table }
}

fn worth(document: &Document, gains: &[Gain]) -> Section {
    let mut table = DataTable {
        headings: vec![
            ("Mend", false),
            ("Stops avoided a year", true),
            ("Helps most", false),
            ("Chain", false),
            ("In words", false),
        ],
        ..DataTable::default()
    };
    for gain in gains {
        let name = name_of(document, gain.component);
        let (_, helped, _) = outcome_in_words(document, gain.helped);
        table.push(
            vec![gain.component],
            vec![
                name.clone(),
                format!("{:.3}", gain.sum),
                helped.clone(),
                path_in_words(document, &gain.chain),
                format!(
                    "If {name} never failed by itself, the chance that {helped} stops in a year would fall by {:.1} in 100.",
                    gain.most * 100.0
                ),
            ],
        );
    }
    let lines = if table.rows.is_empty() {
        "Nobody has said how often anything fails, so nothing can be said about what mending is worth: fill in “Fails a year” in \
         the table."
            .to_owned()
    } else {
        "What would stop less often if a system never failed by itself: added up over all pathways and services."
            .to_owned()
    };
    Section { heading: "What mending is worth", lines: vec![lines], table }
}
