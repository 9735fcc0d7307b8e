//! Readers that are part of the app: opening whatever it is, pasting on the map and pasting into the table.
//!
//! What must hold beyond the readers themselves: the app goes on, the rules of the document hold, and one press of undo takes a
//! pasted thing back.

use std::rc::Rc;

use portolan::app::action::ActionId;
use portolan::app::import::ImportIntent;
use portolan::app::intent::{FileIntent, Intent, ReadFile, ShowIntent, Start, TableIntent};
use portolan::app::state::{Look, ViewTab};
use portolan::app::App;
use portolan::date::parse_iso;
use portolan::format::fuzz::{check_document, Broken, Reader};
use portolan::format::json;
use portolan::model::{violations, Document};

/// Words of cells and of names.
const WORDS: &[&str] = &[
    "\t",
    "\n",
    "\r\n",
    "\"",
    "3",
    "2-4",
    "n/a",
    "unknown",
    "soon",
    "Name\tOwner\n",
    "Portal",
    "2026-01-31",
    "1,200",
    ",",
    ";",
    "data-portolan=\"portolan-map;1;eJwD",
    "{\"format\":\"portolan-map\"",
    "component a [0.5, 0.5]\n",
    "a->b\n",
    "#m=1.",
];

pub const READERS: &[Reader] = &[
    Reader {
        name: "paste",
        check: check_paste,
        endings: &[".map.json", ".csv", ".owm"],
        words: WORDS,
        wrap: None,
        seal: None,
    },
    Reader { name: "cells", check: check_cells, endings: &[".csv"], words: WORDS, wrap: None, seal: None },
    Reader {
        name: "app",
        check: check_app,
        endings: &[".map.json", ".owm", ".mmd", ".csv"],
        words: WORDS,
        wrap: None,
        seal: None,
    },
];

/// The app with a small estate.
fn app() -> App {
    const SAMPLE: &[u8] = include_bytes!("../../src/app/samples/letters-after.map.json");
    let mut app = App::new(Start {
        seed: 7,
        today: parse_iso("2026-03-04"),
        look: Look::Light,
        wheel_zooms: None,
        letter_shortcuts: true,
        address: "https://maps.example.org/".to_owned(),
        text_pane: (false, 360),
    });
    opens(&mut app, "letters.map.json", SAMPLE);
    app
}

fn opens(app: &mut App, name: &str, bytes: &[u8]) {
    let file = ReadFile { name: name.to_owned(), bytes: bytes.to_vec() };
    app.update(Intent::File(FileIntent::Opened { files: vec![file], can_save_back: false }));
}

/// Bytes as clipboards give them: any text.
fn text(bytes: &[u8]) -> String {
    // A clipboard of megabytes takes long for a good reason.
    String::from_utf8_lossy(bytes.get(..100_000).unwrap_or(bytes)).into_owned()
}

fn rules(app: &App) -> Result<(), Broken> {
    match violations(app.document()).into_iter().next() {
        Some(violation) => Err(Broken::Rule(violation)),
        None => Ok(()),
    }
}

/// What was pasted obeys the rules; undone, the map is as it was.
fn taken_back(mut app: App, before: &Rc<Document>) -> Result<(), Broken> {
    rules(&app)?;
    if app.document() != before {
        app.update(Intent::Action(ActionId::Undo));
        if **app.document() != **before {
            return Err(Broken::ReadsOtherwise("undo does not bring back what was there".to_owned()));
        }
    }
    Ok(())
}

fn check_paste(bytes: &[u8]) -> Result<(), Broken> {
    let mut app = app();
    let before = Rc::clone(app.document());
    app.update(Intent::File(FileIntent::Pasted(text(bytes))));
    if app.review().is_some() {
        app.update(Intent::Import(ImportIntent::Take));
    }
    taken_back(app, &before)
}

fn check_cells(bytes: &[u8]) -> Result<(), Broken> {
    let mut app = app();
    app.update(Intent::Show(ShowIntent::Tab(ViewTab::Table)));
    let before = Rc::clone(app.document());
    app.update(Intent::Table(TableIntent::Paste(text(bytes))));
    taken_back(app, &before)
}

/// Opened, reviewed when it is a table, analysed and drawn; kept and read again.
fn check_app(bytes: &[u8]) -> Result<(), Broken> {
    let mut app = app();
    opens(&mut app, "", bytes);
    if app.review().is_some() {
        app.update(Intent::Import(ImportIntent::AsNew(true)));
        app.update(Intent::Import(ImportIntent::Take));
    }
    rules(&app)?;
    app.update(Intent::Show(ShowIntent::Tab(ViewTab::Table)));
    app.update(Intent::Show(ShowIntent::Tab(ViewTab::Map)));
    let drawn = app.scene().items().count();
    let components = app.document().components.values().filter(|component| !component.hidden).count();
    if drawn < components.min(1) {
        return Err(Broken::Lost(format!("{components} components, nothing is drawn")));
    }
    check_document(app.document(), &Default::default())?;
    let text = json::write(app.document(), &Default::default());
    json::read(text.as_bytes()).map(drop).map_err(Broken::NotRead)
}
