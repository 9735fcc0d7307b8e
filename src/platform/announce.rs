//! Sentences for screen readers, in two live regions that stand in the page from the start.

use crate::platform::dom::by_id;

/// Id of the region that waits its turn.
pub const POLITE: &str = "announce-polite";
/// Id of the region that interrupts.
pub const URGENT: &str = "announce-urgent";

/// Says the sentence. The same sentence twice is said twice: an invisible sign makes it differ.
pub fn announce(text: &str, urgent: bool) {
    let Some(region) = by_id(if urgent { URGENT } else { POLITE }) else { return };
    let same = region.text_content().as_deref() == Some(text);
    let text = if same { format!("{text}\u{a0}") } else { text.to_owned() };
    region.set_text_content(Some(&text));
}
