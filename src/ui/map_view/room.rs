//! Which labels are painted, and how large, when the map is small on the screen: none below a readable size,
//! the most important first, never one over another.

use std::borrow::Cow;

use crate::scene::display::{Item, Layer, Shape, TextAnchor, TextShape};
use crate::scene::measure::{ArialMeasure, TextMeasure};

/// Smallest text, CSS pixels on the screen.
const READABLE: f64 = 11.0;
/// Down to this size labels stay where they are, enlarged a little where they must be.
const AS_DRAWN: f64 = 9.5;
/// Side of the cells in which room is counted, CSS pixels.
const CELL: f64 = 6.0;
/// Most times a text may be enlarged beyond what was meant.
const MOST_ENLARGED: f64 = 1.8;
/// Texts smaller than this on the screen are left out, CSS pixels.
const SMALLEST: f64 = 5.0;
/// Most labels placed anew: more are no help.
const MOST: usize = 400;

/// Texts of the label layer that are painted, each with its font size in world pixels. Labels large enough stand
/// where the scene put them; smaller ones are enlarged as long as there is room, the most important first.
pub(crate) fn readable_texts<'a>(items: &[&'a Item], zoom: f64) -> Vec<(Cow<'a, TextShape>, f64)> {
    let readable = READABLE / zoom;
    let mut chosen = Vec::new();
    let mut small: Vec<&'a Item> = Vec::new();
    let mut room = Room::default();
    for item in items.iter().copied().filter(|item| item.layer == Layer::Labels) {
        if texts_of(item).all(|text| text.size * zoom >= AS_DRAWN) {
            for text in texts_of(item) {
                chosen.push((Cow::Borrowed(text), text.size.max(readable)));
            }
        } else {
            small.push(item);
        }
    }
    if small.is_empty() {
        return chosen;
    }
    for (text, _) in &chosen {
        room.take(text, zoom);
    }
    small.sort_by(|a, b| b.importance.total_cmp(&a.importance).then(a.key.cmp(&b.key)));
    let mut left = MOST;
    for item in small {
        let Some(text) = one_line(texts_of(item)) else { continue };
        if left > 0 && room.take(&text, zoom) {
            chosen.push((text, readable));
            left -= 1;
        }
    }
    chosen
}

fn texts_of(item: &Item) -> impl Iterator<Item = &TextShape> {
    item.shapes.iter().filter_map(|shape| match shape {
        Shape::Text(text) => Some(text),
        _ => None,
    })
}

/// Font size, world pixels, at which a text outside the label layer is painted; `None` leaves it out. Words on the
/// axes stand alone and are enlarged to stay readable; notes and marks have their place and keep their size.
pub(crate) fn readable_size(text: &TextShape, layer: Layer, zoom: f64) -> Option<f64> {
    let alone = layer == Layer::Ground;
    let wanted = if alone { text.size.max(READABLE / zoom) } else { text.size };
    let fits = wanted <= text.size * MOST_ENLARGED && wanted * zoom >= SMALLEST;
    fits.then_some(wanted)
}

/// The lines of a label as one text at the place of its first line.
fn one_line<'a>(mut lines: impl Iterator<Item = &'a TextShape>) -> Option<Cow<'a, TextShape>> {
    let first = lines.next()?;
    let mut whole = Cow::Borrowed(first);
    for line in lines {
        let text = &mut whole.to_mut().text;
        text.push(' ');
        text.push_str(&line.text);
    }
    Some(whole)
}

/// Cells of the screen that are taken, as sorted runs per row.
#[derive(Default)]
struct Room {
    rows: std::collections::BTreeMap<i32, Vec<(i32, i32)>>,
}

impl Room {
    /// Takes the room of the text at the readable size, if all of it is free.
    fn take(&mut self, text: &TextShape, zoom: f64) -> bool {
        let width = ArialMeasure.width(&text.text, READABLE, text.bold) + CELL;
        let x = text.at.x * zoom
            - match text.anchor {
                TextAnchor::Start => 0.0,
                TextAnchor::Middle => width / 2.0,
                TextAnchor::End => width,
            };
        let y = text.at.y * zoom;
        let cell = |v: f64| (v / CELL).floor() as i32;
        let (left, right) = (cell(x), cell(x + width));
        let (top, bottom) = (cell(y - READABLE), cell(y + READABLE * 0.3));
        let is_free =
            |row: i32| self.rows.get(&row).is_none_or(|runs| runs.iter().all(|(from, to)| *to < left || right < *from));
        if !(top..=bottom).all(is_free) {
            return false;
        }
        for row in top..=bottom {
            self.rows.entry(row).or_default().push((left, right));
        }
        true
    }
}
