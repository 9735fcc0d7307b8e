//! Bytes to text: byte order marks, UTF-16, and the Windows code page that spreadsheets still write.
//!
//! Knows no format. The table of Windows-1252 is written out because the crate for all encodings would be
//! larger than the rest of the readers together.

use std::borrow::Cow;

use crate::format::FormatError;

/// How a text was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16, either order of bytes.
    Utf16,
    /// Windows-1252 (Western European).
    Windows1252,
}

/// Characters 0x80..=0x9F of Windows-1252; undefined ones are the replacement character.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}', //
    '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

/// The text in `bytes` without a byte order mark, and how it was encoded.
///
/// # Errors
/// [`FormatError::Empty`] without any character but blanks, [`FormatError::NotText`] for binary content.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), FormatError> {
    let (text, encoding) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => decode_bytes(rest)?,
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes).into(), Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes).into(), Encoding::Utf16),
        _ => match zeros_at(bytes) {
            // Plain letters in UTF-16 have a zero byte each, always on the same side.
            (0, odd) if odd > 0 => (utf16(bytes, u16::from_le_bytes).into(), Encoding::Utf16),
            (even, 0) if even > 0 => (utf16(bytes, u16::from_be_bytes).into(), Encoding::Utf16),
            _ => decode_bytes(bytes)?,
        },
    };
    if text.trim().is_empty() {
        return Err(FormatError::Empty);
    }
    if text.contains('\0') {
        return Err(FormatError::NotText);
    }
    Ok((text, encoding))
}

/// The text in `bytes` read in this encoding whatever it looks like; what is no letter of it becomes a replacement sign.
pub fn decode_as(bytes: &[u8], encoding: Encoding) -> String {
    let text = match (encoding, bytes) {
        (Encoding::Utf8, bytes) => String::from_utf8_lossy(bytes).into_owned(),
        (Encoding::Utf16, [0xfe, 0xff, rest @ ..]) => utf16(rest, u16::from_be_bytes),
        (Encoding::Utf16, bytes) if zeros_at(bytes).0 > zeros_at(bytes).1 => utf16(bytes, u16::from_be_bytes),
        (Encoding::Utf16, bytes) => utf16(bytes, u16::from_le_bytes),
        (Encoding::Windows1252, bytes) => windows_1252(bytes),
    };
    text.trim_start_matches('\u{feff}').replace('\0', "")
}

fn windows_1252(bytes: &[u8]) -> String {
    let letter = |byte: &u8| match *byte {
        high @ 0x80..=0x9f => WINDOWS_1252.get(usize::from(high - 0x80)).copied().unwrap_or('\u{fffd}'),
        other => char::from(other),
    };
    bytes.iter().map(letter).collect()
}

fn decode_bytes(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), FormatError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.into(), Encoding::Utf8)),
        Err(_) => {
            // One control character in twenty is binary, not a code page.
            let controls = bytes.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\r' | b'\n')).count();
            if controls * 20 > bytes.len() || bytes.contains(&0) {
                return Err(FormatError::NotText);
            }
            Ok((windows_1252(bytes).into(), Encoding::Windows1252))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [a, b] => unit([*a, *b]),
        _ => 0xfffd,
    });
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Zero bytes at even and at odd places of the first few hundred bytes.
fn zeros_at(bytes: &[u8]) -> (usize, usize) {
    let count = |parity| bytes.iter().take(400).enumerate().filter(|(i, b)| i % 2 == parity && **b == 0).count();
    (count(0), count(1))
}

#[cfg(test)]
mod tests {
    use crate::format::text::*;

    fn read(bytes: &[u8]) -> (String, Encoding) {
        let (text, encoding) = decode(bytes).unwrap();
        (text.into_owned(), encoding)
    }

    #[test]
    fn the_usual_encodings_give_the_same_text() {
        let text = "Größe – €5";
        let wide = |swap: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            units.flat_map(|u| if swap { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        assert_eq!(read(text.as_bytes()), (text.to_owned(), Encoding::Utf8));
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), (text.to_owned(), Encoding::Utf8));
        assert_eq!(read(&wide(false, true)), (text.to_owned(), Encoding::Utf16));
        assert_eq!(read(&wide(true, true)), (text.to_owned(), Encoding::Utf16));
        assert_eq!(read(b"Gr\xf6\xdfe \x96 \x805"), (text.to_owned(), Encoding::Windows1252));
        let unmarked: Vec<u8> = "id,label".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&unmarked), ("id,label".to_owned(), Encoding::Utf16));
    }

    #[test]
    fn binary_and_empty_are_refused() {
        assert_eq!(decode(b""), Err(FormatError::Empty));
        assert_eq!(decode(b"\xef\xbb\xbf \r\n"), Err(FormatError::Empty));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"), Err(FormatError::NotText));
        assert_eq!(decode(&[0xff, 0x01, 0x02, 0x03, 0x80]), Err(FormatError::NotText));
    }
}
