//! The ranking: which systems to look at first, each with its mark and a sentence why.

mod lists;
mod row;
mod weights;

use yew::prelude::*;

use crate::analysis::litraf::Group;
use crate::analysis::rank::firmness::Firmness;
use crate::analysis::rank::{headline, shown, RankRow, ORDER_IN_WORDS};
use crate::analysis::Analysis;
use crate::app::intent::{Intent, RiskIntent, SelectIntent, ShowIntent};
use crate::app::ranking::RankList;
use crate::app::state::Selection;
use crate::model::{AnyRecordId, ComponentId, Document};
use crate::ui::icon::{icon, Icon};
use crate::ui::mark::risk_mark;
use crate::ui::ptr::PtrEq;

/// Rows shown at first, and more with each click.
const PAGE: usize = 50;

/// Properties of [`RankingPanel`].
#[derive(Properties, PartialEq)]
pub(crate) struct RankingProps {
    /// The document.
    pub(crate) document: PtrEq<Document>,
    /// Its analysis.
    pub(crate) analysis: PtrEq<Analysis>,
    /// What is selected.
    pub(crate) selection: Selection,
    /// Risk marks are on the map.
    pub(crate) marks: bool,
    /// Which list.
    pub(crate) list: RankList,
    /// The open row.
    pub(crate) open: Option<ComponentId>,
    /// How firm the order is, once computed.
    pub(crate) firmness: Option<PtrEq<Firmness>>,
    /// The place somebody would like a system to have.
    pub(crate) proposed: Option<(ComponentId, u32)>,
    /// How far it is computed.
    pub(crate) work: Html,
    /// What was computed is of an earlier state.
    pub(crate) old: bool,
    /// Nothing can be changed.
    pub(crate) read_only: bool,
    /// Takes intents.
    pub(crate) dispatch: Callback<Intent>,
}

/// The panel.
#[component]
pub(crate) fn RankingPanel(props: &RankingProps) -> Html {
    let shown_rows = use_state(|| PAGE);
    let ranking = &props.analysis.ranking;
    if ranking.is_silent() {
        return html! {
            <div class="panel-empty">
                <h2 class="panel-title">{ "Nothing is known yet" }</h2>
                <p>
                    { "The ranking begins as soon as somebody answers a question about a system: \
                       select a component and open “How likely is trouble?” in its details." }
                </p>
                <p>{ "What nobody knows counts as a risk to find out about, never as safe." }</p>
            </div>
        };
    }
    let more = {
        let shown_rows = shown_rows.clone();
        Callback::from(move |_: MouseEvent| shown_rows.set(*shown_rows + PAGE))
    };
    let marks = !props.marks;
    html! {
        <>
            <div class="section">
                <p class="panel-lead">
                    { format!("{} of {} systems have answers.",
                        ranking.with_facts, ranking.rows.len()) }
                </p>
                <button type="button" class="button is-small" aria-pressed={props.marks.to_string()}
                    onclick={props.dispatch.reform(move |_| Intent::Show(ShowIntent::RiskMarks(marks)))}>
                    { icon(Icon::Warning) }{ if props.marks { "Hide marks on the map" } else { "Show marks on the map" } }
                </button>
            </div>
            { weights::weights(props) }
            { lists::chooser(props) }
            {
                match props.list {
                    RankList::Order => by_sum(props, *shown_rows, more),
                    RankList::Judged => lists::judged(props),
                    other => lists::items(props, other),
                }
            }
            { props.work.clone() }
        </>
    }
}

fn by_sum(props: &RankingProps, most: usize, more: Callback<MouseEvent>) -> Html {
    let ranking = &props.analysis.ranking;
    let left = ranking.rows.len().saturating_sub(most);
    let (mut last, mut gated) = (None, false);
    let mut rows: Vec<Html> = Vec::new();
    for (place, row) in ranking.rows.iter().take(most).enumerate() {
        if last != Some(row.score.group) {
            rows.push(group_heading(row.score.group, ranking.counts));
        }
        // Harm to patients goes before the index: where the numbers begin anew, the list says so.
        if row.gated && last != Some(row.score.group) {
            rows.push(sub_heading(place, "Harm to patients first"));
        } else if gated && !row.gated && last == Some(row.score.group) {
            rows.push(sub_heading(place, "Then by the index"));
        }
        (last, gated) = (Some(row.score.group), row.gated);
        let ties = props.firmness.as_ref().and_then(|f| f.rows.get(place)).filter(|f| f.component == row.component);
        rows.push(rank_row(props, row, ties.is_some_and(|f| f.ties_with_next)));
    }
    html! {
        <>
            <p class="panel-lead section">{ ORDER_IN_WORDS }</p>
            <div class="rank-list">{ rows }</div>
            if left > 0 {
                <div class="section">
                    <button type="button" class="button" onclick={more}>{ format!("Show more ({left} left)") }</button>
                </div>
            }
        </>
    }
}

fn group_heading(group: Group, counts: [usize; 3]) -> Html {
    let count = counts.get(group as usize).copied().unwrap_or(0);
    let words = match group {
        Group::A => "Red",
        Group::B => "Not known to be below red",
        Group::C => "Below red",
    };
    html! { <h2 key={words} class="group-heading">{ format!("{words} ({count})") }</h2> }
}

fn sub_heading(place: usize, words: &'static str) -> Html {
    html! { <h3 key={format!("sub-{place}")} class="group-heading is-inner">{ words }</h3> }
}

fn rank_row(props: &RankingProps, row: &RankRow, ties: bool) -> Html {
    let id = row.component;
    let record = AnyRecordId::Component(id);
    let name = props.document.components.get(&id).map_or_else(String::new, |c| shown(&c.name));
    let selected = props.selection.contains(&record);
    let score = row.score.overall;
    let range = if score.is_exact() {
        format!("{:.1} of 30", score.plan)
    } else if score.high - score.low < 2.0 {
        format!("{:.1}–{:.1} of 30", score.low, score.high)
    } else {
        format!("{:.0}–{:.0} of 30", score.low, score.high)
    };
    let open = props.open == Some(id);
    let dispatch = props.dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        dispatch.emit(Intent::Select(SelectIntent::Reveal(record)));
        dispatch.emit(Intent::Risk(RiskIntent::Open(Some(id))));
    });
    html! {
        <div key={id.to_string()} class="rank-item">
            <button type="button" class="rank-row" aria-pressed={selected.to_string()} aria-expanded={open.to_string()} {onclick}>
                <span class="rank-place">{ row.rank }</span>
                { risk_mark(row.level, row.hatched) }
                <span class="rank-name">{ name }</span>
                if row.has_facts {
                    <span class="rank-facts">
                        <span>{ format!("index {:.1}", row.index.plan * 100.0) }</span>
                        <span>{ range }</span>
                        if row.score.unknown > 0 { <span>{ format!("{} not known", row.score.unknown) }</span> }
                        if row.gated { <span>{ "harm to patients" }</span> }
                        if ties { <span>{ "a tie with the next" }</span> }
                    </span>
                    // The open row says it in its first answer.
                    if !open { <span class="rank-sentence">{ headline(&props.document, row) }</span> }
                } else {
                    // One sentence a system would say the same each time.
                    <span class="rank-facts">{ "Nothing is known yet; it may be anything" }</span>
                }
            </button>
            if open {
                <row::RowDetails {id} place={row.rank} document={props.document.clone()} analysis={props.analysis.clone()}
                    firmness={props.firmness.clone()} old={props.old} read_only={props.read_only}
                    dispatch={props.dispatch.clone()} />
            }
        </div>
    }
}
