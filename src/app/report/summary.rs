//! The top risks on one page, for a board or for clinicians.

use crate::analysis::litraf::Group;
use crate::analysis::money::{yearly_total, YearlyLoss};
use crate::analysis::outage::Outages;
use crate::analysis::rank::{shown, ORDER_IN_WORDS};
use crate::analysis::voice::{
    board, clinical, contracts, date_in_words, find_out_first, give_notice_by, judgements, people, pounds,
};
use crate::analysis::Analysis;
use crate::app::ranking::Audience;
use crate::model::{ComponentId, Document};

/// Systems on the page.
const MOST: usize = 10;
/// Lines of the lists below them.
const MOST_LINES: usize = 5;
/// The same on a page that must not grow.
const MOST_BRIEF_LINES: usize = 3;
/// Letters of a paragraph on such a page: four lines of print.
const MOST_LETTERS: usize = 420;

/// One of the top risks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopRisk {
    /// The system.
    pub component: ComponentId,
    /// Its name.
    pub name: String,
    /// Step of the colour ramp, 1..=5, and whether the unknowns leave it open.
    pub mark: (u8, bool),
    /// Paragraphs.
    pub text: Vec<String>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Heading.
    pub title: String,
    /// How things stand as a whole.
    pub lead: Vec<String>,
    /// The top systems.
    pub risks: Vec<TopRisk>,
    /// Headings with their lines: whom to ask, by when to give notice.
    pub lists: Vec<(&'static str, Vec<String>)>,
}

/// The page, from what is known now; the money of a year once it has been simulated. When `brief`, it keeps to what
/// fits on one printed page.
pub fn summary(
    document: &Document,
    analysis: &Analysis,
    (audience, brief): (Audience, bool),
    losses: Option<&YearlyLoss>,
) -> Summary {
    let ranking = &analysis.ranking;
    let name = shown(&document.settings.title);
    let of = if document.settings.title.trim().is_empty() { "our systems".to_owned() } else { name };
    let title = match audience {
        Audience::Board => format!("The ten greatest risks of {of}"),
        Audience::Clinical => format!("What failing systems mean for patients: {of}"),
    };
    let [red, open, below] = ranking.counts;
    let mut lead = vec![format!(
        "Of {} systems {red} {} red, {open} {} not known to be below red, and {below} {} below red. {} have answers on \
         record; what nobody knows counts as a risk, never as safe.",
        ranking.rows.len(),
        is_or_are(red),
        is_or_are(open),
        is_or_are(below),
        ranking.with_facts
    )];
    if !brief {
        lead.push(ORDER_IN_WORDS.to_owned());
    }
    if audience == Audience::Board {
        lead.extend(money(document, losses));
    }
    if let Some(today) = analysis.today() {
        lead.push(format!("As of {}.", date_in_words(today)));
    }
    let outages = Outages::new(document, &analysis.graph);
    let risks = ranking.rows.iter().filter(|row| row.has_facts).take(MOST).map(|row| {
        let id = row.component;
        let mut text: Vec<String> = match audience {
            Audience::Board => board(document, analysis, id).into_iter().collect(),
            Audience::Clinical => clinical(document, analysis, &outages, id).into_iter().collect(),
        };
        let name = document.components.get(&id).map_or_else(String::new, |c| shown(&c.name));
        let mark = (row.level, row.hatched);
        if brief {
            let text = text.into_iter().map(|text| whole_sentences(&text, MOST_LETTERS)).collect();
            return TopRisk { component: id, name, mark, text };
        }
        if let Some(today) = analysis.today() {
            text.extend(people(document, id, today));
            if audience == Audience::Board {
                text.extend(contracts(document, id, today).into_iter().take(1));
            }
        }
        text.extend(judgements(document, analysis, id));
        if row.score.unknown > 0 && row.score.group == Group::B {
            text.push(format!("{} of 13 questions about it have no answer yet.", row.score.unknown));
        }
        TopRisk { component: id, name, mark, text }
    });
    let risks: Vec<TopRisk> = risks.collect();
    let mut lists = Vec::new();
    let most_lines = if brief { MOST_BRIEF_LINES } else { MOST_LINES };
    let ask = find_out_first(document, analysis, most_lines).into_iter();
    let ask: Vec<String> = ask.map(|item| format!("{}: {}", item.title, item.text)).collect();
    if !ask.is_empty() {
        lists.push(("What is not known, and whom to ask", ask));
    }
    if let (Some(today), Audience::Board) = (analysis.today(), audience) {
        let notice = give_notice_by(document, today).into_iter().take(most_lines);
        let notice: Vec<String> = notice.map(|item| item.text).collect();
        if !notice.is_empty() {
            lists.push(("Give notice by", notice));
        }
    }
    Summary { title, lead, risks, lists }
}

/// As many whole sentences as fit into so many letters, the first in any case.
fn whole_sentences(text: &str, most: usize) -> String {
    let (mut letters, mut end) = (0, text.len());
    for (at, letter) in text.char_indices() {
        letters += 1;
        let rest = text.get(at + letter.len_utf8()..).unwrap_or("");
        let ends = letter == '.' && rest.starts_with(' ');
        if ends && (letters <= most || end == text.len()) {
            end = at + 1;
        }
    }
    if letters <= most {
        return text.to_owned();
    }
    text.get(..end).unwrap_or(text).to_owned()
}

fn is_or_are(count: usize) -> &'static str {
    if count == 1 {
        "is"
    } else {
        "are"
    }
}

fn money(document: &Document, losses: Option<&YearlyLoss>) -> Vec<String> {
    let total = yearly_total(document);
    if total.of == 0 {
        return vec!["No risk with a cost is on the register, so nobody can say what staying costs.".to_owned()];
    }
    let least = if total.known < total.of { "at least " } else { "about " };
    let mut text = format!("The risks on the register cost {least}{} a year on average", pounds(total.at_least));
    if total.known < total.of {
        let open = total.of - total.known;
        text.push_str(&format!("; {open} of {} {} no known cost", total.of, if open == 1 { "has" } else { "have" }));
    }
    text.push('.');
    if let Some(losses) = losses.filter(|losses| losses.known > 0) {
        text.push_str(&format!(
            " Half of all years cost less than {}; one year in ten costs {} or more.",
            pounds(losses.p50),
            pounds(losses.p90)
        ));
    }
    vec![text]
}
