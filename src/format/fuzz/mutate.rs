//! Damaged and made-up inputs, the same for the same seed: what mail, disks, programs and people do to files.
//!
//! Knows bytes, words and JSON values; knows no reader but by its row in the table of readers.

use serde_json::Value;

use crate::format::fuzz::Reader;
use crate::model::sample::SampleRandom;

/// Inputs beyond this many bytes are not made longer.
const LONG: usize = 1 << 18;
/// Bytes that mean something in one of the formats.
const SIGNS: &[u8] = b"{}[]()<>\",:;\\/\n\r\t|'0-9e.=+@%#\0\xff";
/// Numbers that are hard to read right, other values, and characters of more than one byte.
const HARD: &[&str] = &[
    "1e999",
    "-1",
    "-0",
    "99999999999999999999",
    "0.5",
    "1e-400",
    "NaN",
    "null",
    "true",
    "\"x\"",
    "[]",
    "{}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "🗺️",
    "\u{fffd}",
    "\\u0000",
    "\\ud800",
    "2026-02-30",
    "=1+1",
];
/// Names of members that many things have.
const MEMBERS: &[&str] = &["id", "name", "kind", "to", "+", "0", "a/b", "~", "", "value", "state", "low"];
/// Values that stand where others are expected.
const VALUES: &[&str] = &[
    "null",
    "true",
    "-7",
    "1e40",
    "0.5",
    "3",
    "\"archive\"",
    "\"booking\"",
    "\"\"",
    "\"not_applicable\"",
    "[]",
    "{}",
    "[1,2]",
    "[null]",
    "{\"value\":3,\"high\":1}",
    "{\"state\":\"unknown\",\"value\":2}",
    "\"2026-02-30\"",
    "[0.5]",
];

/// The input with this number of a run with this seed. `samples` are sound files to begin with: of the reader's own format, or
/// of ours for readers of what holds one.
pub fn input(reader: &Reader, samples: &[Vec<u8>], seed: u64, number: u64) -> Vec<u8> {
    // Each number has its own generator, so that any input can be made again alone.
    let mut random =
        SampleRandom::new(SampleRandom::new(seed).next_bits() ^ number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    if random.next_below(10) == 0 {
        return words(reader, &mut random);
    }
    let mut bytes = samples.get(random.next_below(samples.len())).cloned().unwrap_or_default();
    let Some(wrap) = reader.wrap else {
        if random.next_below(4) == 0 {
            change_json(&mut bytes, &mut random);
        }
        damage_some(&mut bytes, reader, samples, &mut random);
        return bytes;
    };
    // What is inside, what is around it, or both.
    let where_to = random.next_below(3);
    if where_to != 0 {
        if random.next_below(2) == 0 {
            change_json(&mut bytes, &mut random);
        } else {
            damage_some(&mut bytes, reader, samples, &mut random);
        }
    }
    let mut wrapped = wrap(&bytes);
    if where_to != 1 {
        damage_some(&mut wrapped, reader, &[], &mut random);
        if let (Some(seal), 0) = (reader.seal, random.next_below(2)) {
            seal(&mut wrapped);
        }
    }
    wrapped
}

/// One to four damages.
fn damage_some(bytes: &mut Vec<u8>, reader: &Reader, others: &[Vec<u8>], random: &mut SampleRandom) {
    for _ in 0..1 + random.next_below(4) {
        damage(bytes, reader.words, others, random);
    }
}

/// Words of the format and signs in any order.
fn words(reader: &Reader, random: &mut SampleRandom) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..random.next_below(120) {
        match random.next_below(6) {
            0 => bytes.push(pick(SIGNS, random).unwrap_or(b' ')),
            1 => bytes.push(random.next_below(256) as u8),
            2 => bytes.extend_from_slice(pick(HARD, random).unwrap_or_default().as_bytes()),
            _ => bytes.extend_from_slice(pick(reader.words, random).unwrap_or_default().as_bytes()),
        }
        bytes.extend_from_slice(pick(&["", "", " ", "\n", ","], random).unwrap_or_default().as_bytes());
    }
    bytes
}

fn pick<T: Copy>(from: &[T], random: &mut SampleRandom) -> Option<T> {
    from.get(random.next_below(from.len())).copied()
}

/// One damage.
pub fn damage(bytes: &mut Vec<u8>, words: &[&str], others: &[Vec<u8>], random: &mut SampleRandom) {
    let length = bytes.len();
    let at = random.next_below(length + 1);
    let behind = |most: usize, random: &mut SampleRandom| (at + 1 + random.next_below(most)).min(length).max(at);
    match random.next_below(14) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.next_below(8);
            }
        }
        1 => {
            if let (Some(byte), Some(sign)) = (bytes.get_mut(at), pick(SIGNS, random)) {
                *byte = sign;
            }
        }
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..behind(40, random))),
        4 => {
            let copy = bytes.get(at..behind(200, random)).unwrap_or_default().to_vec();
            let to = random.next_below(length + 1);
            insert(bytes, to, &copy);
        }
        5 => insert(bytes, at, pick(HARD, random).unwrap_or_default().as_bytes()),
        6 => {
            let other = random.next_below(length);
            if at < length && other < length {
                bytes.swap(at, other);
            }
        }
        7 | 8 => insert(bytes, at, pick(words, random).unwrap_or_default().as_bytes()),
        9 => lines(bytes, random),
        10 => {
            let part = others.get(random.next_below(others.len())).map_or(&[][..], Vec::as_slice);
            let from = random.next_below(part.len());
            let to = (from + 1 + random.next_below(400)).min(part.len());
            insert(bytes, at, part.get(from..to).unwrap_or_default());
        }
        11 => {
            let end = behind(8, random);
            let zeros = random.next_below(2) as u8;
            bytes.get_mut(at..end).unwrap_or_default().fill(zeros.wrapping_mul(0xff));
        }
        12 => {
            let piece = bytes.get(at..behind(16, random)).unwrap_or_default().to_vec();
            // Now and then very often: what is slow with much of it shows.
            let times = if random.next_below(60) == 0 { 4000 } else { 2 + random.next_below(80) };
            insert(bytes, at, &piece.repeat(times));
        }
        _ => {
            // As when a program takes the file for another encoding.
            let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
            match random.next_below(6) {
                0 if length < 20_000 => *bytes = text.into_bytes(),
                1 => *bytes = String::from_utf8_lossy(bytes).encode_utf16().flat_map(u16::to_le_bytes).collect(),
                2 => *bytes = text.replace('\n', "\r").chars().map(|c| c as u8).collect(),
                3 => *bytes = text.replace('\n', "\r\n").chars().map(|c| c as u8).collect(),
                _ => bytes.reverse_range(at, behind(30, random)),
            }
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    if bytes.len() + part.len() <= LONG || part.len() < 64 {
        let at = at.min(bytes.len());
        drop(bytes.splice(at..at, part.iter().copied()));
    }
}

trait ReverseRange {
    fn reverse_range(&mut self, from: usize, to: usize);
}

impl ReverseRange for Vec<u8> {
    fn reverse_range(&mut self, from: usize, to: usize) {
        self.get_mut(from..to).unwrap_or_default().reverse();
    }
}

/// Lines lost, doubled or in another order, as after merging by hand.
fn lines(bytes: &mut Vec<u8>, random: &mut SampleRandom) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let at = random.next_below(lines.len());
    let other = random.next_below(lines.len());
    let Some(line) = lines.get(at).cloned() else { return };
    match random.next_below(5) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(other, line),
        2 => lines.swap(at, other),
        3 => {
            lines.insert(at, b"<<<<<<< ours\n".to_vec());
            lines.insert((at + 2).min(lines.len()), b"=======\n".to_vec());
            lines.insert((at + 4).min(lines.len()), b">>>>>>> theirs\n".to_vec());
        }
        _ => drop(lines.drain(at.min(other)..at.max(other))),
    }
    *bytes = lines.concat();
}

/// Changes one to six places of a JSON text; does nothing to other texts.
pub fn change_json(bytes: &mut Vec<u8>, random: &mut SampleRandom) {
    let Ok(mut value) = serde_json::from_slice::<Value>(bytes) else { return };
    for _ in 0..1 + random.next_below(6) {
        // The header mostly stays: else every file would be refused at once.
        let inner = if random.next_below(20) > 0 { value.get_mut("document") } else { None };
        match inner {
            Some(inner) => change(inner, random),
            None => change(&mut value, random),
        }
    }
    *bytes = value.to_string().into_bytes();
}

/// Changes one place of a JSON value: another type, a lost or a doubled element, another name.
pub fn change(value: &mut Value, random: &mut SampleRandom) {
    // Mostly further down, so that all depths are reached.
    let deeper = random.next_below(8) > 0;
    match value {
        Value::Array(elements) if deeper && !elements.is_empty() => {
            let at = random.next_below(elements.len());
            if let Some(element) = elements.get_mut(at) {
                return change(element, random);
            }
        }
        Value::Object(members) if deeper && !members.is_empty() => {
            let at = random.next_below(members.len());
            if let Some(member) = members.values_mut().nth(at) {
                return change(member, random);
            }
        }
        _ => {}
    }
    match (random.next_below(4), value) {
        (0, Value::Array(elements)) => {
            let at = random.next_below(elements.len());
            elements.extend(elements.get(at).cloned());
        }
        (1, Value::Array(elements)) if !elements.is_empty() => {
            elements.remove(random.next_below(elements.len()));
        }
        (2, Value::Object(members)) if !members.is_empty() => {
            let name = members.keys().nth(random.next_below(members.len())).cloned().unwrap_or_default();
            let member = members.remove(&name).unwrap_or_default();
            members.insert(pick(MEMBERS, random).unwrap_or_default().to_owned(), member);
        }
        (_, value) => {
            let other = pick(VALUES, random).unwrap_or("null");
            *value = serde_json::from_str(other).unwrap_or_default();
        }
    }
}
