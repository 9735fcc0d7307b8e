//! Pictures of dots from pictures of shapes, with the fonts of the machine: none are brought along.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, Query};
use resvg::usvg::{Options, Tree};

use crate::Failure;

/// Fonts with the widths the map was laid out with, or nearly, best first.
const FONTS: &[&str] =
    &["Arial", "Helvetica", "Liberation Sans", "Arimo", "Nimbus Sans", "FreeSans", "DejaVu Sans", "Noto Sans"];
/// How many of them have Arial's widths.
const FITTING: usize = 6;
/// Most dots of a picture, 128 million.
const MOST_DOTS: f64 = 128e6;

/// The SVG as a PNG of its own width and height.
pub(crate) fn draw(svg: &str) -> Result<Vec<u8>, Failure> {
    let failed = |what: &dyn std::fmt::Display| Failure::Format(format!("The picture could not be drawn: {what}."));
    let mut options = Options { fontdb: Arc::new(fonts()?), ..Options::default() };
    options.font_family = options.fontdb.family_name(&Family::SansSerif).to_owned();
    let tree = Tree::from_str(svg, &options).map_err(|error| failed(&error))?;
    let size = tree.size().to_int_size();
    if f64::from(size.width()) * f64::from(size.height()) > MOST_DOTS {
        return Err(Failure::Usage(format!(
            "a picture of {} × {} dots is too large; choose a smaller --scale or write .svg.",
            size.width(),
            size.height()
        )));
    }
    let mut dots = Pixmap::new(size.width(), size.height()).ok_or_else(|| failed(&"it has no size"))?;
    resvg::render(&tree, Transform::identity(), &mut dots.as_mut());
    dots.encode_png().map_err(|error| failed(&error))
}

/// The fonts of the machine, with one of them for everything that is asked for.
fn fonts() -> Result<Database, Failure> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let has = |fonts: &Database, name: &str| {
        fonts.query(&Query { families: &[Family::Name(name)], ..Query::default() }).is_some()
    };
    let wanted = FONTS.iter().position(|name| has(&fonts, name));
    let any = fonts.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
    let Some(chosen) = wanted.and_then(|at| FONTS.get(at)).map(|name| (*name).to_owned()).or(any) else {
        return Err(Failure::Format(
            "No font was found on this machine, so names could not be drawn. Install one (Liberation Sans fits best) \
             or write .svg instead."
                .to_owned(),
        ));
    };
    if wanted.is_none_or(|at| at >= FITTING) {
        eprintln!(
            "portolan: names are drawn in {chosen}; a font with Arial's widths, such as Liberation Sans, fits better."
        );
    }
    fonts.set_sans_serif_family(chosen);
    Ok(fonts)
}
