//! Texts made small for places that take only letters or bytes: deflate, and base64 in the alphabet of addresses.
//!
//! Knows no format. Unpacking is bounded: a few bytes can claim to be gigabytes.

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::deflate::core::{
    compress, create_comp_flags_from_zip_params, CompressorOxide, TDEFLFlush, TDEFLStatus,
};
use miniz_oxide::inflate::{decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit, DecompressError};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Beyond this many bytes packing takes less trouble.
const LARGE: usize = 200_000;

/// What came out of a packed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// The bytes, or as many of them as could be had.
    pub bytes: Vec<u8>,
    /// Everything is there and as it was packed.
    pub whole: bool,
}

impl Unpacked {
    fn of(result: Result<Vec<u8>, DecompressError>) -> Self {
        match result {
            Ok(bytes) => Self { bytes, whole: true },
            Err(broken) => Self { bytes: broken.output, whole: false },
        }
    }
}

/// Packs bytes with a check sum (zlib, RFC 1950).
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec_zlib(bytes, if bytes.len() > LARGE { 6 } else { 9 })
}

/// Unpacks what [`pack`] packed, at most `limit` bytes of it.
pub(crate) fn unpack(packed: &[u8], limit: usize) -> Unpacked {
    Unpacked::of(decompress_to_vec_zlib_with_limit(packed, limit))
}

/// Packs bytes (raw deflate, RFC 1951) that are likely to repeat parts of `before`, which goes not along.
/// `before` has at most 32 KB.
pub(crate) fn pack_after(before: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut compressor =
        CompressorOxide::new(create_comp_flags_from_zip_params(if bytes.len() > LARGE { 6 } else { 9 }, 0, 0));
    let mut out = Vec::new();
    run(&mut compressor, before, TDEFLFlush::Sync, &mut out);
    out.clear();
    run(&mut compressor, bytes, TDEFLFlush::Finish, &mut out);
    out
}

fn run(compressor: &mut CompressorOxide, mut bytes: &[u8], flush: TDEFLFlush, out: &mut Vec<u8>) {
    let mut room = vec![0; 16 << 10];
    loop {
        let (status, read, written) = compress(compressor, bytes, &mut room, flush);
        out.extend_from_slice(room.get(..written).unwrap_or_default());
        bytes = bytes.get(read..).unwrap_or_default();
        let more = status == TDEFLStatus::Okay && (written == room.len() || !bytes.is_empty());
        if !more {
            return;
        }
    }
}

/// Unpacks what [`pack_after`] packed after the same `before`, at most `limit` bytes of it. There is no check sum.
pub(crate) fn unpack_after(before: &[u8], packed: &[u8], limit: usize) -> Unpacked {
    // What was not sent is put in front as a block that is not compressed, and taken off again.
    let length = u16::try_from(before.len()).unwrap_or(u16::MAX);
    let before = before.get(..usize::from(length)).unwrap_or_default();
    let mut stream = vec![0];
    stream.extend_from_slice(&length.to_le_bytes());
    stream.extend_from_slice(&(!length).to_le_bytes());
    stream.extend_from_slice(before);
    stream.extend_from_slice(packed);
    let mut unpacked = Unpacked::of(decompress_to_vec_with_limit(&stream, before.len() + limit));
    unpacked.bytes.drain(..before.len().min(unpacked.bytes.len()));
    unpacked
}

/// A check sum of bytes (Adler-32, RFC 1950).
pub(crate) fn check_sum(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    high << 16 | low
}

/// Bytes as letters, digits, `-` and `_` (RFC 4648, section 5, without padding).
pub(crate) fn to_letters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 4 / 3 + 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..=three.len() {
            let letter = LETTERS.get((bits >> (18 - 6 * at) & 63) as usize).copied().unwrap_or(b'A');
            text.push(char::from(letter));
        }
    }
    text
}

/// Bytes from letters, also from those of ordinary base64; blanks and line breaks in between do not count. Stops at
/// the first sign that is none of them; returns the bytes and how much of the text was read.
pub(crate) fn from_letters(text: &str) -> (Vec<u8>, usize) {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for (at, sign) in text.bytes().enumerate() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            b' ' | b'\t' | b'\r' | b'\n' | b'=' => continue,
            _ => return (bytes, at),
        };
        bits = (bits << 6 | u32::from(value)) & 0x00ff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 255) as u8);
        }
    }
    (bytes, text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::format::packed::*;

    #[test]
    fn letters_are_those_of_the_standard() {
        // RFC 4648, section 10, without padding.
        for (text, letters) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE")]
        {
            assert_eq!(to_letters(text.as_bytes()), letters);
            assert_eq!(from_letters(letters).0, text.as_bytes());
        }
        assert_eq!(to_letters(&[0xfb, 0xff]), "-_8");
        assert_eq!(from_letters("+/8=").0, [0xfb, 0xff]);
        assert_eq!(from_letters("Zm\n 9v<x"), (b"foo".to_vec(), 6));
    }

    #[test]
    fn the_check_sum_is_that_of_the_standard() {
        // Known value of Adler-32.
        assert_eq!(check_sum(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn a_bomb_gives_no_more_than_asked_for() {
        let bomb = pack(&vec![b' '; 5 << 20]);
        assert!(bomb.len() < 20_000);
        let unpacked = unpack(&bomb, 1000);
        assert!(!unpacked.whole && unpacked.bytes.len() <= 1000);
        let bomb = pack_after(b"x", &vec![b' '; 5 << 20]);
        let unpacked = unpack_after(b"x", &bomb, 1000);
        assert!(!unpacked.whole && unpacked.bytes.len() <= 1000);
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again(bytes in prop::collection::vec(any::<u8>(), 0..3000), before in prop::collection::vec(any::<u8>(), 0..500)) {
            let whole = |bytes: &[u8]| Unpacked { bytes: bytes.to_vec(), whole: true };
            prop_assert_eq!(unpack(&pack(&bytes), 3000), whole(&bytes));
            prop_assert_eq!(unpack_after(&before, &pack_after(&before, &bytes), 3000), whole(&bytes));
            prop_assert_eq!(from_letters(&to_letters(&bytes)).0, bytes);
        }

        #[test]
        fn any_bytes_can_be_tried(bytes in prop::collection::vec(any::<u8>(), 0..300), text in any::<String>()) {
            unpack(&bytes, 1000);
            unpack_after(b"before", &bytes, 1000);
            from_letters(&text);
        }
    }
}
