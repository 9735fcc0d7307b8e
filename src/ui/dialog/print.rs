//! The dialog of printing, and the pages themselves: they stand in the page while the dialog is open and are seen only by
//! the printer.

use yew::prelude::*;

use crate::app::intent::{Intent, PictureIntent};
use crate::app::picture::{Body, Choice, Page, Paper, Sheet};
use crate::app::report::DataTable;
use crate::platform::dom;
use crate::ui::dialog::picture::{alternatives, tick};
use crate::ui::dialog::{close_intent, preview, Dialog};
use crate::ui::frame::View;

/// The dialog.
pub(super) fn print(view: &View<'_>) -> Html {
    let choices = view.app.picture_choices();
    let sheet = view.app.print_sheet();
    let paper = |words, paper| (words, Choice::Paper(paper), choices.paper == paper, true);
    let papers = [paper("A4 on its side", Paper::A4), paper("A3 on its side", Paper::A3)];
    let spread = [
        ("On one page", Choice::SeveralPages(false), !choices.several_pages, true),
        ("At full size, over several pages where needed", Choice::SeveralPages(true), choices.several_pages, true),
    ];
    let first = sheet.and_then(|sheet| sheet.pages.first());
    html! {
        <Dialog title="Print or save as PDF" wide=true on_close={view.on(close_intent())}>
            <div class="dialog-body picture-dialog">
                <div class="picture-choices">
                    { alternatives(view, "Paper", "print-paper", &papers) }
                    { alternatives(view, "The map", "print-spread", &spread) }
                    { tick(view, "print-legend", "With the legend", choices.print_legend, Choice::PrintLegend) }
                    { tick(view, "print-table", "With a table of the components", choices.print_table, Choice::PrintTable) }
                    { tick(view, "print-risks", "With the top risks", choices.print_risks, Choice::PrintRisks) }
                    <p class="field-hint">
                        { "For a PDF, choose “Save as PDF” as the printer in the next window: lines stay lines and \
                           words stay words. Keep “Margins” at “Default”." }
                    </p>
                </div>
                <figure class="picture-preview">
                    if let Some(Page { body: Body::Map(svg), .. }) = first { { preview::preview(svg) } }
                    <figcaption><span role="status">{ sheet.map_or_else(String::new, |sheet| sheet.words()) }</span></figcaption>
                </figure>
            </div>
            <div class="dialog-foot">
                <button type="button" class="button is-primary" autofocus=true
                    onclick={view.on(Intent::Picture(PictureIntent::Print))}>{ "Print" }</button>
                <button type="button" class="button" onclick={view.on(close_intent())}>{ "Close" }</button>
            </div>
        </Dialog>
    }
}

/// The pages, for the printer only.
pub(crate) fn sheet(view: &View<'_>) -> Html {
    let Some(sheet) =
        view.app.print_sheet().filter(|_| view.app.dialog() == Some(&crate::app::state::DialogKind::Print))
    else {
        return Html::default();
    };
    let class = match sheet.paper {
        Paper::A4 => "print-sheet is-a4",
        Paper::A3 => "print-sheet is-a3",
    };
    html! {
        <div {class} aria-hidden="true">{ for sheet.pages.iter().map(|page| self::page(sheet, page)) }</div>
    }
}

fn page(sheet: &Sheet, page: &Page) -> Html {
    let body = match &page.body {
        Body::Map(svg) => html! { <Drawing svg={AttrValue::from(svg.clone())} /> },
        Body::Table(table) => self::table(table),
        Body::Risks(lead, risks) => html! {
            <div class="sheet-text">
                { for lead.iter().map(|text| html! { <p>{ text }</p> }) }
                { for risks.iter().map(|risk| html! {
                    <section>
                        <h3>{ &risk.name }</h3>
                        { for risk.text.iter().map(|text| html! { <p>{ text }</p> }) }
                    </section>
                }) }
            </div>
        },
    };
    html! {
        <section class="sheet-page" key={page.number.clone()}>
            <header><strong>{ &sheet.title }</strong><span>{ &page.heading }</span></header>
            <div class="sheet-body">{ body }</div>
            <footer><span>{ &sheet.date }</span><span>{ &page.number }</span></footer>
        </section>
    }
}

fn table(table: &DataTable) -> Html {
    let class = if table.headings.len() > 4 { "sheet-table is-broad" } else { "sheet-table" };
    html! {
        <table {class}>
            <thead><tr>{ for table.headings.iter().map(|(words, _)| html! { <th scope="col">{ *words }</th> }) }</tr></thead>
            <tbody>
                { for table.rows.iter().map(|row| html! {
                    <tr>{ for row.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr>
                }) }
            </tbody>
        </table>
    }
}

#[derive(Properties, PartialEq)]
struct DrawingProps {
    svg: AttrValue,
}

/// A drawing of ours as elements of the page, there at once and printed as lines and words.
#[component]
fn Drawing(props: &DrawingProps) -> Html {
    let element = use_node_ref();
    use_effect_with(props.svg.clone(), {
        let element = element.clone();
        move |svg: &AttrValue| {
            if let Some(place) = element.get() {
                dom::put_drawing(&place, svg);
            }
        }
    });
    html! { <div class="sheet-map" ref={element}></div> }
}
