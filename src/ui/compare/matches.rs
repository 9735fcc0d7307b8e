//! The page that says which thing was taken for which, and lets a person put that right.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::compare::{CompareIntent, Matches, Pair};
use crate::app::intent::Intent;
use crate::model::AnyRecordId;

/// Most pairs that are listed.
const MOST: usize = 300;

/// Properties of [`MatchesPage`].
#[derive(Properties, PartialEq)]
pub(super) struct MatchesProps {
    /// Which is which.
    pub(super) matches: Matches,
    /// What the other map is called.
    pub(super) other: AttrValue,
    /// Whether a person has corrected anything.
    pub(super) corrected: bool,
    /// Takes intents.
    pub(super) dispatch: Callback<Intent>,
}

/// The page.
#[component]
pub(super) fn MatchesPage(props: &MatchesProps) -> Html {
    let (ours, theirs) = (use_node_ref(), use_node_ref());
    let join = {
        let (ours, theirs, dispatch) = (ours.clone(), theirs.clone(), props.dispatch.clone());
        let (mine, other) = (props.matches.only_ours.clone(), props.matches.only_theirs.clone());
        Callback::from(move |_: MouseEvent| {
            if let (Some(a), Some(b)) = (chosen(&ours, &mine), chosen(&theirs, &other)) {
                dispatch.emit(Intent::Compare(CompareIntent::Same(a, b)));
            }
        })
    };
    let matches = &props.matches;
    let by_hand = !matches.only_ours.is_empty() && !matches.only_theirs.is_empty();
    html! {
        <>
            <div class="section">
                <h2>{ "Which is which" }</h2>
                <p class="panel-lead">
                    { "Components are matched by their id where both maps are versions of one file, then by name, then \
                       by likeness. Links and everything else follow them." }
                </p>
                if props.corrected {
                    <button type="button" class="button is-small"
                        onclick={props.dispatch.reform(|_| Intent::Compare(CompareIntent::ForgetCorrections))}>
                        { "Forget your corrections" }
                    </button>
                }
            </div>
            <div class="section">
                <h2>{ "Match two by hand" }</h2>
                if by_hand {
                    <label for="match-ours">{ "Only in this map" }</label>
                    { options("match-ours", &ours, &matches.only_ours) }
                    <label for="match-theirs">{ "Only in " }{ props.other.clone() }</label>
                    { options("match-theirs", &theirs, &matches.only_theirs) }
                    <button type="button" class="button is-small" onclick={join}>{ "They are the same" }</button>
                } else {
                    <p class="panel-lead">{ "There is nothing left on both sides that could be matched." }</p>
                }
            </div>
            <ul class="match-list">
                { for matches.pairs.iter().take(MOST).map(|it| pair(props, it)) }
            </ul>
            if matches.pairs.len() > MOST {
                <p class="panel-lead section">{ format!("and {} more, all by id or name", matches.pairs.len() - MOST) }</p>
            }
        </>
    }
}

fn chosen(select: &NodeRef, of: &[(AnyRecordId, String)]) -> Option<AnyRecordId> {
    let at: usize = select.cast::<HtmlSelectElement>()?.value().parse().ok()?;
    of.get(at).map(|(record, _)| *record)
}

fn options(id: &'static str, select: &NodeRef, of: &[(AnyRecordId, String)]) -> Html {
    html! {
        <select {id} class="input" ref={select}>
            { for of.iter().enumerate().map(|(at, (_, name))| html! {
                <option key={at} value={at.to_string()}>{ name }</option>
            }) }
        </select>
    }
}

fn pair(props: &MatchesProps, pair: &Pair) -> Html {
    let theirs = pair.theirs;
    let names =
        if pair.name == pair.other_name { pair.name.clone() } else { format!("{} is {}", pair.name, pair.other_name) };
    html! {
        <li key={format!("{theirs:?}")} class={classes!("match", pair.is_unsure().then_some("is-unsure"))}>
            <span class="difference-words">
                <b>{ &names }</b>
                <span class="difference-field">
                    { if pair.is_unsure() { "Please check: " } else { "" } }{ pair.words() }
                </span>
            </span>
            <button type="button" class="button is-small" aria-label={format!("Not the same: {names}")}
                onclick={props.dispatch.reform(move |_| Intent::Compare(CompareIntent::NotTheSame(theirs)))}>
                { "Not the same" }
            </button>
        </li>
    }
}
