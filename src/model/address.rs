//! Which addresses from a file may become links.
//!
//! Knows no format. A link is followed by a click of somebody who did not make the file, so only schemes that show a
//! page or write a mail are let through.

/// Most characters of an address.
const MAX_ADDRESS_LENGTH: usize = 2_000;

/// Whether the address begins with `http://`, `https://` or `mailto:` and holds no blank or control character.
pub fn allowed_address(address: &str) -> bool {
    let scheme = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (scheme("http://") || scheme("https://") || scheme("mailto:"))
        && address.len() <= MAX_ADDRESS_LENGTH
        && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use crate::model::address::allowed_address;

    #[test]
    fn only_pages_and_mails_are_allowed() {
        for good in ["https://example.org/a?b#c", "HTTP://example.org", "mailto:ward@example.org"] {
            assert!(allowed_address(good), "{good}");
        }
        for bad in ["javascript:alert(1)", " https://example.org", "file:///etc", "data:text/html,x", "https://a b", ""]
        {
            assert!(!allowed_address(bad), "{bad}");
        }
    }
}
