//! Names that change with the content, so that a browser may keep a file for ever.

/// FNV-1a, 64 bits, as 16 hexadecimal digits: enough to tell versions of a file apart; no
/// protection against anyone.
pub fn of(bytes: &[u8]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in bytes {
        hash ^= u64::from(*byte);
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// `app.css` → `app-0123456789abcdef.css`
pub fn name(file_name: &str, bytes: &[u8]) -> String {
    match file_name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{}.{ending}", of(bytes)),
        None => format!("{file_name}-{}", of(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::{name, of};

    #[test]
    fn hashes_are_the_published_ones() {
        assert_eq!(of(b""), "cbf29ce484222325");
        assert_eq!(of(b"a"), "af63dc4c8601ec8c");
        assert_eq!(of(b"foobar"), "85944171f73967e8");
    }

    #[test]
    fn the_ending_stays_at_the_end() {
        assert_eq!(name("app_bg.wasm", b"a"), "app_bg-af63dc4c8601ec8c.wasm");
        assert_eq!(name("LICENCE", b"a"), "LICENCE-af63dc4c8601ec8c");
    }
}
