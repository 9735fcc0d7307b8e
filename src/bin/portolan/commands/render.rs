//! `portolan render`: the map as a picture.

use std::rc::Rc;

use portolan::analysis;
use portolan::model::{Document, MapStyle, Settings};
use portolan::render::svg::{svg_of_items, SvgOptions};
use portolan::scene::measure::ArialMeasure;
use portolan::scene::style::{Look, Theme};
use portolan::scene::{Scene, SceneFacts, SuggestedPlace, ViewOptions};

use crate::files::{self, ending, Opened};
use crate::png;
use crate::words::Words;
use crate::{Failure, Outcome};

/// White space around everything drawn, world pixels; as in the app's exports.
const MARGIN: f64 = 12.0;

pub(crate) fn render(words: &Words) -> Result<Outcome, Failure> {
    let out = words.option("-o");
    let format = out.map_or_else(|| "svg".to_owned(), ending);
    if !matches!(format.as_str(), "svg" | "png") {
        return Err(Failure::Usage("pictures are written as .svg or .png.".to_owned()));
    }
    let scale = words.number("--scale", 1.0, 0.1, 10.0)?;
    let Opened { imported, .. } = words.one_file()?;
    let (document, theme) = styled(&imported.document, words.option("--theme"))?;
    let scene = scene(&document, words.has("--legend"));
    let options = SvgOptions { title: &document.settings.title, ..SvgOptions::default() };
    let view = scene.extent().inflate(MARGIN);
    let picture = svg_of_items(scene.painted().iter().map(|item| &**item), view, scale, &theme, &options);
    let bytes = if format == "png" { png::draw(&picture)? } else { picture.into_bytes() };
    files::write(out, &bytes)?;
    Ok(Outcome::Fine)
}

/// The map in the style that is asked for, as if its author had chosen it: a style is more than colours.
fn styled(document: &Document, name: Option<&str>) -> Result<(Document, Theme), Failure> {
    let mut document = document.clone();
    let style = match name {
        None => document.settings.style.clone(),
        Some("plain") => MapStyle::Plain,
        Some("wardley") => MapStyle::Wardley,
        Some("colour") => MapStyle::Colour,
        Some("dark") => MapStyle::Dark,
        Some("contrast") => return Ok((document, Theme::by(&MapStyle::Plain, Look::HighContrast))),
        Some(other) => return Err(Failure::Usage(format!("there is no theme “{other}”."))),
    };
    let theme = Theme::by(&style, Look::Light);
    document.settings = Rc::new(Settings { style, ..Settings::clone(&document.settings) });
    Ok((document, theme))
}

/// The map as the app draws it, without risk marks.
fn scene(document: &Document, legend: bool) -> Scene {
    let analysis = analysis::analyse(document, None);
    let places = analysis.places().map(|(component, place)| SuggestedPlace { component, at: place.at }).collect();
    let facts = Rc::new(SceneFacts::new(places, Vec::new()));
    Scene::build(document, &facts, &ViewOptions { legend, ..ViewOptions::default() }, &ArialMeasure, None)
}
