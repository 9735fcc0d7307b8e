//! Chunks of a PNG (PNG specification, sections 5 and 11.3.4.5): the map goes into an `iTXt` chunk of its own before the
//! end, with the check sum all chunks have.

use crate::format::packed::{pack, Unpacked};
use crate::format::picture::{unpack, KEYWORD};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
const TEXT: &[u8] = b"iTXt";
const END: &[u8] = b"IEND";

/// The picture with this text inside; `None` when the bytes are no whole PNG.
pub fn with_map(picture: &[u8], text: &str) -> Option<Vec<u8>> {
    with_bytes(picture, text.as_bytes())
}

/// The same with any bytes as the text.
pub(in crate::format) fn with_bytes(picture: &[u8], text: &[u8]) -> Option<Vec<u8>> {
    let end = chunks(picture).find(|chunk| chunk.kind == END)?.start;
    let mut body = KEYWORD.as_bytes().to_vec();
    // Ends the keyword; compressed, by zlib; no language, no translated keyword.
    body.extend_from_slice(&[0, 1, 0, 0, 0]);
    body.extend_from_slice(&pack(text));
    let length = u32::try_from(body.len()).ok()?;
    let mut out = Vec::with_capacity(picture.len() + body.len() + 12);
    out.extend_from_slice(picture.get(..end)?);
    out.extend_from_slice(&length.to_be_bytes());
    let from = out.len();
    out.extend_from_slice(TEXT);
    out.extend_from_slice(&body);
    let sum = crc(out.get(from..)?);
    out.extend_from_slice(&sum.to_be_bytes());
    out.extend_from_slice(picture.get(end..)?);
    Some(out)
}

/// Gives each whole chunk the check sum of what is in it now.
pub(in crate::format) fn sum_anew(picture: &mut [u8]) {
    let mut sums = Vec::new();
    for chunk in chunks(picture) {
        if let Some((bytes, _)) = chunk.sum {
            sums.push((chunk.start + 4 + bytes.len(), crc(bytes)));
        }
    }
    for (at, sum) in sums {
        for (place, byte) in picture.iter_mut().skip(at).zip(sum.to_be_bytes()) {
            *place = byte;
        }
    }
}

/// The text inside the picture, when there is one.
pub fn map_in(picture: &[u8]) -> Option<Unpacked> {
    let ours = |chunk: &Chunk<'_>| chunk.kind == TEXT && text_of(chunk.body).is_some();
    // A sound one first; one of them is unpacked, however many there are.
    let chunk = chunks(picture).find(|c| ours(c) && c.is_sound()).or_else(|| chunks(picture).find(ours))?;
    let (packed, text) = text_of(chunk.body)?;
    let found = if packed { unpack(text) } else { Unpacked { bytes: text.to_vec(), whole: true } };
    Some(Unpacked { whole: found.whole && chunk.is_sound(), ..found })
}

/// Whether the text of a chunk of ours is compressed, and the text.
fn text_of(body: &[u8]) -> Option<(bool, &[u8])> {
    let rest = body.strip_prefix(KEYWORD.as_bytes())?.strip_prefix(&[0])?;
    let (flags, rest) = rest.split_at_checked(2)?;
    // Language and translated keyword, each ended by a zero; programs that write the chunk anew may put something there.
    let mut parts = rest.splitn(3, |byte| *byte == 0);
    let (_, _, text) = (parts.next()?, parts.next()?, parts.next()?);
    Some((flags.first() == Some(&1), text))
}

struct Chunk<'p> {
    /// Where it starts in the file.
    start: usize,
    kind: &'p [u8],
    /// What there is of it, when the file ends early.
    body: &'p [u8],
    /// Kind and body, which the check sum is of, and the check sum; `None` when the file ends early.
    sum: Option<(&'p [u8], u32)>,
}

impl Chunk<'_> {
    fn is_sound(&self) -> bool {
        self.sum.is_some_and(|(bytes, sum)| crc(bytes) == sum)
    }
}

fn chunks(picture: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut at = if picture.starts_with(SIGNATURE) { SIGNATURE.len() } else { picture.len() };
    std::iter::from_fn(move || {
        let start = at;
        let length = number(picture.get(start..start + 4)?)? as usize;
        let kind = picture.get(start + 4..start + 8)?;
        let end = (start + 8).checked_add(length)?;
        let body = picture.get(start + 8..end.min(picture.len()))?;
        let sum = picture.get(end..end.checked_add(4)?).and_then(number);
        let sum = picture.get(start + 4..end).zip(sum);
        at = end.checked_add(4)?.min(picture.len());
        Some(Chunk { start, kind, body, sum })
    })
}

fn number(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

/// The check sum of chunks (PNG specification, section 5.5).
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    !sum
}
