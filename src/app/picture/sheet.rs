//! What goes on paper: pages with a heading, a body and a foot, cut to the size of the paper here, so that "page x of y"
//! is known before anything is printed. Printing itself is the browser's.
//!
//! Lengths are CSS pixels, 96 to the inch; `styles/print.css` gives the parts of a page the same sizes.

use std::rc::Rc;

use crate::analysis::voice::date_in_words;
use crate::app::picture::Colors;
use crate::app::ranking::Audience;
use crate::app::report::{summary, DataTable, TopRisk};
use crate::app::App;
use crate::geom::{Point, Rect, Size, Vector, World};
use crate::render::svg::{svg_of_items, SvgOptions, MARGIN};
use crate::scene::display::Item;
use crate::scene::measure::{ArialMeasure, TextMeasure};

/// Pixels of a millimetre.
const MM: f64 = 96.0 / 25.4;
/// Heights of heading and foot together with their distances, millimetres.
const HEAD_AND_FOOT: f64 = 20.0;
/// What neighbouring pages of a map share.
const OVERLAP: f64 = 24.0;
/// Most pages of one map; beyond that it is drawn smaller.
const MOST_MAP_PAGES: f64 = 40.0;
/// Most pages of a table.
const MOST_TABLE_PAGES: usize = 400;
/// Size and line of the letters of a table.
const TABLE_TEXT: f64 = 12.0;
const TABLE_LINE: f64 = 16.0;
/// Size and line of the letters of texts.
const TEXT: f64 = 14.0;
const TEXT_LINE: f64 = 20.0;
/// Words never fill a line to its end.
const RAGGED: f64 = 1.15;

/// Size of the paper, always on its side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 297 × 210 mm.
    #[default]
    A4,
    /// 420 × 297 mm.
    A3,
}

impl Paper {
    /// What is left between margins of 12 mm, below the heading and above the foot.
    fn body(self) -> Size<World> {
        let (width, height) = match self {
            Self::A4 => (297.0, 210.0),
            Self::A3 => (420.0, 297.0),
        };
        Size::new((width - 24.0) * MM, (height - 24.0 - HEAD_AND_FOOT) * MM)
    }
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The map or a part of it, as SVG.
    Map(String),
    /// Rows of the table of components.
    Table(DataTable),
    /// Sentences and top risks.
    Risks(Vec<String>, Vec<TopRisk>),
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Above the body.
    pub heading: String,
    /// The body.
    pub body: Body,
    /// At the foot on the right: "Page 1 of 3".
    pub number: String,
}

/// All pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Size of the paper.
    pub paper: Paper,
    /// Title of the map.
    pub title: String,
    /// The date, in words.
    pub date: String,
    /// Pages in order.
    pub pages: Vec<Page>,
}

impl Sheet {
    /// How many pages of what there are, in words.
    pub fn words(&self) -> String {
        let count = |wanted: fn(&Body) -> bool| self.pages.iter().filter(|page| wanted(&page.body)).count();
        let kinds = [
            (count(|body| matches!(body, Body::Map(_))), "of the map"),
            (count(|body| matches!(body, Body::Table(_))), "of the table"),
            (count(|body| matches!(body, Body::Risks(..))), "of top risks"),
        ];
        let parts: Vec<String> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        format!("{}: {}.", crate::app::describe::count(self.pages.len(), "page"), parts.join(", "))
    }
}

impl App {
    pub(super) fn make_sheet(&self) -> Sheet {
        let choices = self.picture.choices;
        let room = choices.paper.body();
        let title = self.title().to_owned();
        let mut parts = self.map_pages(room, choices.several_pages, choices.print_legend);
        if choices.print_table {
            let table = table_pages(self.component_table(false), room);
            parts.extend(table.into_iter().map(|body| ("Components".to_owned(), body)));
        }
        if choices.print_risks {
            parts.extend(self.risk_pages(room));
        }
        let of = parts.len();
        let pages = parts.into_iter().enumerate().map(|(at, (heading, body))| Page {
            heading,
            body,
            number: format!("Page {} of {of}", at + 1),
        });
        let date = self.today.map_or_else(String::new, date_in_words);
        Sheet { paper: choices.paper, title, date, pages: pages.collect() }
    }

    fn map_pages(&self, room: Size<World>, several: bool, legend: bool) -> Vec<(String, Body)> {
        let scene = self.scene_with_legend(legend);
        let items = scene.painted();
        let extent = scene.extent().inflate(MARGIN);
        let draw = |items: &mut dyn Iterator<Item = &Item>, view: Rect<World>, zoom: f64| {
            let settings = &self.document.settings;
            let options = SvgOptions { title: &settings.title, inline: true, ..SvgOptions::default() };
            Body::Map(svg_of_items(items, view, zoom, &Colors::Print.theme(&settings.style), &options))
        };
        let whole = |heading: String| {
            let zoom = (room.width / extent.width()).min(room.height / extent.height());
            vec![(heading, draw(&mut items.iter().map(|item| &**item), extent, zoom))]
        };
        if !several {
            return whole("Map".to_owned());
        }
        let mut zoom = 1.0;
        let (mut columns, mut rows) = grid(extent, room, zoom);
        while columns * rows > MOST_MAP_PAGES {
            zoom *= 0.85;
            (columns, rows) = grid(extent, room, zoom);
        }
        if columns * rows <= 1.0 {
            return whole("Map".to_owned());
        }
        let tile = Vector::new(room.width / zoom, room.height / zoom);
        let step: Vector<World> = Vector::new((room.width - OVERLAP) / zoom, (room.height - OVERLAP) / zoom);
        let mut pages = Vec::new();
        for row in 0..rows as usize {
            for column in 0..columns as usize {
                let corner: Point<World> = extent.min + Vector::new(step.x * column as f64, step.y * row as f64);
                let view = Rect { min: corner, max: corner + tile };
                let mut shown = items.iter().filter(|item| item.bounds.overlaps(&view)).map(|item: &Rc<Item>| &**item);
                let heading = format!("Map, row {} of {rows}, column {} of {columns}", row + 1, column + 1);
                pages.push((heading, draw(&mut shown, view, zoom)));
            }
        }
        pages
    }

    fn risk_pages(&self, room: Size<World>) -> Vec<(String, Body)> {
        let summary = summary(
            &self.document,
            self.analysis(),
            (Audience::Board, false),
            self.ranking().work().losses().map(|losses| &**losses),
        );
        let lines = |text: &str| lines_of(text, TEXT, room.width) * TEXT_LINE + 6.0;
        let mut pages = Vec::new();
        let mut used: f64 = summary.lead.iter().map(|text| lines(text)).sum();
        let mut page = (summary.lead, Vec::new());
        for risk in summary.risks {
            let height = 30.0 + risk.text.iter().map(|text| lines(text)).sum::<f64>();
            if used + height > room.height && used > 0.0 {
                pages.push(std::mem::take(&mut page));
                used = 0.0;
            }
            used += height;
            page.1.push(risk);
        }
        pages.push(page);
        let heading = summary.title;
        pages.into_iter().map(|(lead, risks)| (heading.clone(), Body::Risks(lead, risks))).collect()
    }
}

/// Columns and rows of pages that the map takes at this zoom, as whole numbers.
fn grid(extent: Rect<World>, room: Size<World>, zoom: f64) -> (f64, f64) {
    let pages = |length: f64, room: f64| ((length * zoom - OVERLAP) / (room - OVERLAP)).ceil().max(1.0);
    (pages(extent.width(), room.width), pages(extent.height(), room.height))
}

/// Lines that a text takes in a column of this width.
fn lines_of(text: &str, size: f64, width: f64) -> f64 {
    (ArialMeasure.width(text, size, false) * RAGGED / width.max(1.0)).ceil().max(1.0)
}

/// Shares of the width, by the number of columns; the same as in `styles/print.css`.
fn shares(columns: usize) -> &'static [f64] {
    if columns > 4 {
        &[0.26, 0.13, 0.08, 0.27, 0.14, 0.12]
    } else {
        &[0.36, 0.16, 0.1, 0.38]
    }
}

/// As many pages as the rows take.
fn table_pages(table: DataTable, room: Size<World>) -> Vec<Body> {
    let shares = shares(table.headings.len());
    let heading = TABLE_LINE + 10.0;
    let mut pages = Vec::new();
    let mut rows = Vec::new();
    let mut used = heading;
    for row in table.rows {
        let lines = row.iter().zip(shares).map(|(cell, share)| lines_of(cell, TABLE_TEXT, room.width * share - 16.0));
        let height = lines.fold(1.0, f64::max) * TABLE_LINE + 9.0;
        if used + height > room.height && !rows.is_empty() {
            pages.push(Body::Table(DataTable {
                headings: table.headings.clone(),
                rows: std::mem::take(&mut rows),
                ..DataTable::default()
            }));
            used = heading;
        }
        used += height;
        rows.push(row);
    }
    if !rows.is_empty() {
        pages.push(Body::Table(DataTable { headings: table.headings, rows, ..DataTable::default() }));
    }
    pages.truncate(MOST_TABLE_PAGES);
    pages
}
