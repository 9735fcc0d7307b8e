//! A picture with its table beside it. The shapes come from the core; here they get elements.

use std::fmt::Write as _;

use yew::prelude::*;

use crate::app::intent::Intent;
use crate::app::report::Picture;
use crate::render::chart::{Chart, Mark};
use crate::ui::risk::data_table::body_row;

pub(super) fn picture(picture: Picture, dispatch: &Callback<Intent>) -> Html {
    let Picture { chart, table, note } = picture;
    let headings = table.headings.iter().map(|(words, number)| {
        html! { <th scope="col" class={number.then_some("is-number")}>{ *words }</th> }
    });
    html! {
        <section key={chart.title.clone()} class="picture">
            <h3>{ &chart.title }</h3>
            <div>
                { svg(&chart) }
                <p class="field-hint">{ note }</p>
            </div>
            <div class="picture-table" tabindex="0" role="region" aria-label={format!("{}, as a table", chart.title)}>
                <table class="data-table">
                    <thead><tr>{ for headings }</tr></thead>
                    <tbody>{ for (0..table.rows.len()).map(|row| body_row(&table, row, dispatch)) }</tbody>
                </table>
            </div>
        </section>
    }
}

/// A number of pixels with one digit behind the point.
fn px(value: f64) -> String {
    format!("{value:.1}")
}

fn svg(chart: &Chart) -> Html {
    let view_box = format!("0 0 {} {}", px(chart.size.0), px(chart.size.1));
    html! {
        <svg class="chart" viewBox={view_box} role="img" aria-label={format!("{}. {}", chart.title, chart.description)}>
            <title>{ &chart.title }</title>
            <desc>{ &chart.description }</desc>
            { for chart.marks.iter().map(|(class, mark)| shape(class, mark)) }
        </svg>
    }
}

fn shape(class: &'static str, mark: &Mark) -> Html {
    match mark {
        Mark::Box(x, y, width, height) => html! {
            <rect {class} x={px(*x)} y={px(*y)} width={px(*width)} height={px(*height)} />
        },
        Mark::Disc(x, y, radius) => html! { <circle {class} cx={px(*x)} cy={px(*y)} r={px(*radius)} /> },
        Mark::Line(points) => {
            let mut text = String::new();
            for (x, y) in points {
                // Writing into a string cannot fail.
                let _ignored = write!(text, "{x:.1},{y:.1} ");
            }
            html! { <polyline {class} points={text} /> }
        }
        Mark::Text(x, y, anchor, text) => html! {
            <text {class} x={px(*x)} y={px(*y)} text-anchor={anchor.word()}>{ text }</text>
        },
    }
}
