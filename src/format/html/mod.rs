//! A page with a map inside: the app as one file, which people without the tool open, read, change and save.
//!
//! Knows the marks by which a page is filled and read, and nothing of what else stands in it: the page itself comes in as
//! text (the build makes it), and so does what can be read without scripts. The map is JSON in a block of data; `<` is
//! written as an escape there, so neither `</script>` nor `<!--` can end it, and reading needs no step of its own.

use crate::format::text::decode;
use crate::format::{json, FormatError, Imported};

/// What the page begins its map with. The part in quotes is what a reader looks for.
const MAP_OPENS: &str = "<script type=\"application/json\" id=\"portolan-map\">";
const MAP_ID: &str = "id=\"portolan-map\"";
const MAP_CLOSES: &str = "</script>";
/// Where the map goes in a page without one, and where what can be read without scripts goes.
const MAP_PLACE: &str = "<!--portolan:map-->";
const PAGE_PLACE: &str = "<!--portolan:page-->";

/// What goes into the page.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// Title of the page: plain text, escaped here.
    pub title: &'a str,
    /// What can be read with scripts off: markup, put in as it is, so whoever makes it escapes what comes from data.
    pub page: &'a str,
    /// The map as our file.
    pub json: &'a str,
}

/// The page with a map inside; `None` when it is no page that a map can be put into.
pub fn write(shell: &str, content: &Content<'_>) -> Option<String> {
    let (before, rest) = shell.split_once("<title>")?;
    let (_, rest) = rest.split_once("</title>")?;
    let (middle, rest) = rest.split_once(PAGE_PLACE)?;
    let (between, after) = rest.split_once(MAP_PLACE)?;
    let mut text = String::with_capacity(shell.len() + content.page.len() + content.json.len() + 1024);
    text.push_str(before);
    text.push_str("<title>");
    for character in content.title.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            other if other.is_control() => text.push(' '),
            other => text.push(other),
        }
    }
    text.push_str("</title>");
    for part in [middle, content.page, between, MAP_OPENS] {
        text.push_str(part);
    }
    // Outside of texts JSON has no such sign, and inside it may be written like this.
    for (index, part) in content.json.split('<').enumerate() {
        if index > 0 {
            text.push_str("\\u003c");
        }
        text.push_str(part);
    }
    text.push_str(MAP_CLOSES);
    text.push_str(after);
    Some(text)
}

/// The map inside a page.
///
/// # Errors
/// [`FormatError::NotThisFormat`] for a page without one; else as [`json::read`]. A page cut off in the middle of the
/// map is read as far as it goes.
pub fn read(bytes: &[u8]) -> Result<Imported, FormatError> {
    let (text, _) = decode(bytes)?;
    match block(&text) {
        Some(map) => json::read(map.as_bytes()),
        None if text.contains(MAP_PLACE) => {
            Err(FormatError::NotThisFormat { looks_like: "Portolan itself without a map inside" })
        }
        None => Err(FormatError::NotThisFormat { looks_like: "a web page" }),
    }
}

/// The text of the block with the map. Programs that save pages may write its attributes in another order.
fn block(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(MAP_ID)?;
    let (_, rest) = rest.split_once('>')?;
    Some(rest.split_once(MAP_CLOSES).map_or(rest, |(map, _)| map))
}

#[cfg(test)]
mod tests;
