//! The map in the `metadata` of an SVG, as one word of letters, so that programs that write the picture anew keep it.

use crate::format::packed::{from_letters, pack, to_letters, Unpacked};
use crate::format::picture::{unpack, KEYWORD};

/// How the map begins in markup of the clipboard.
pub const IN_MARKUP: &str = "data-portolan=\"portolan-map;1;";

/// What goes into the `metadata` element: nothing that XML would have to escape.
pub fn payload(text: &str) -> String {
    format!("{KEYWORD};1;{}", to_letters(&pack(text.as_bytes())))
}

/// The text inside the picture, when there is one.
pub fn map_in(picture: &str) -> Option<Unpacked> {
    let marker = format!("{KEYWORD};1;");
    // Names and notes may say the same words; only what stands at the start of a `metadata` element counts.
    let at = picture.match_indices(&marker).map(|(at, _)| at).find(|at| is_in_metadata(picture, *at))?;
    let (packed, _) = from_letters(picture.get(at + marker.len()..)?);
    Some(unpack(&packed))
}

/// The text from markup of the clipboard that holds what [`payload`] made in an attribute of its own.
pub fn from_markup(markup: &str) -> Option<Unpacked> {
    let (_, letters) = markup.split_once(IN_MARKUP)?;
    let (packed, _) = from_letters(letters);
    Some(unpack(&packed)).filter(|unpacked| unpacked.whole)
}

/// Whether the last thing before this place is the start tag of a `metadata` element.
fn is_in_metadata(picture: &str, at: usize) -> bool {
    // Tags of that name are short; looking back without bound would take long in a file made for that.
    let mut from = at.saturating_sub(300);
    while !picture.is_char_boundary(from) {
        from += 1;
    }
    let before = picture.get(from..at).unwrap_or_default().trim_end();
    let Some((_, tag)) = before.strip_suffix('>').and_then(|before| before.rsplit_once('<')) else { return false };
    let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    name.rsplit(':').next() == Some("metadata") && !tag.ends_with('/')
}
