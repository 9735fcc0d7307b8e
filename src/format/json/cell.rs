//! How single values stand in the file: texts, numbers, dates, places, lists, values that may be unknown.
//!
//! Knows no record and no names of fields.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value;

use crate::date::{parse_iso, to_iso, Date};
use crate::format::json::reader::{Reader, MAX_TEXT_LENGTH};
use crate::format::json::writer::{push_number, push_string, push_value, Out};
use crate::geom::{Evolution, Point, Size, Vector, Visibility};
use crate::known::{Basis, Knowledge, Known};
use crate::order;

/// A value with a form in the file.
pub(super) trait Cell: Sized {
    /// Whether a known value may stand for itself; objects may not, because a [`Known`] is one too.
    const BARE: bool = true;
    /// Appends the value.
    fn put<'a>(&'a self, out: &mut Out<'a>);
    /// Takes the value out; `None`, with `value` untouched, when it is something else.
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self>;
    /// Whether it is smaller than another; false for what has no order that matters.
    fn precedes(&self, _other: &Self) -> bool {
        false
    }
}

impl Cell for String {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        push_string(&mut out.text, self);
    }
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::String(text) = value else { return None };
        let mut text = std::mem::take(text);
        if let Some((end, _)) = text.char_indices().nth(MAX_TEXT_LENGTH) {
            text.truncate(end);
            reader.say("json-text-too-long", || format!("A text was cut after {MAX_TEXT_LENGTH} characters."));
        }
        Some(text)
    }
}

impl Cell for bool {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        out.text.push_str(if *self { "true" } else { "false" });
    }
    fn take(value: &mut Value, _: &mut Reader<'_>) -> Option<Self> {
        value.as_bool()
    }
}

impl Cell for f64 {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        push_number(&mut out.text, *self);
    }
    fn take(value: &mut Value, _: &mut Reader<'_>) -> Option<Self> {
        value.as_f64().filter(|number| number.is_finite())
    }
    fn precedes(&self, other: &Self) -> bool {
        self < other
    }
}

macro_rules! whole_number {
    ($($number:ty),*) => {$(
        impl Cell for $number {
            fn put<'a>(&'a self, out: &mut Out<'a>) {
                out.text.push_str(&self.to_string());
            }
            fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
                let exact = value.as_u64().map(i128::from).or_else(|| value.as_i64().map(i128::from));
                // 3.0 is a whole number too; so is 1e30, which is out of range.
                let number = exact.or_else(|| value.as_f64().filter(|f| f.fract() == 0.0).map(|f| f as i128))?;
                let inside = number.clamp(i128::from(<$number>::MIN), i128::from(<$number>::MAX));
                if inside != number {
                    reader.say("json-out-of-range", || format!("{number} was moved to {inside}."));
                }
                <$number>::try_from(inside).ok()
            }
            fn precedes(&self, other: &Self) -> bool {
                self < other
            }
        }
    )*};
}
whole_number!(u8, u16, u32, u64, i64);

impl Cell for Date {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        push_string(&mut out.text, &to_iso(*self));
    }
    fn take(value: &mut Value, _: &mut Reader<'_>) -> Option<Self> {
        value.as_str().and_then(parse_iso)
    }
}

impl<T: Cell> Cell for Option<T> {
    const BARE: bool = T::BARE;
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        match self {
            Some(inner) => inner.put(out),
            None => out.text.push_str("null"),
        }
    }
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        T::take(value, reader).map(Some)
    }
}

impl<T: Cell> Cell for Rc<T> {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        T::put(self, out);
    }
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        T::take(value, reader).map(Rc::new)
    }
}

fn put_list<'a, T: Cell + 'a>(list: impl Iterator<Item = &'a T>, out: &mut Out<'a>) {
    out.array(|out| {
        for (index, element) in list.enumerate() {
            out.below(&index.to_string(), |out| element.put(out));
            out.text.push(',');
        }
        for value in out.left_over() {
            push_value(&mut out.text, &value);
            out.text.push(',');
        }
    });
}

impl<T: Cell> Cell for Vec<T> {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        put_list(self.iter(), out);
    }
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Array(elements) = value else { return None };
        Some(reader.elements(elements, T::take))
    }
}

impl<T: Cell + Ord> Cell for BTreeSet<T> {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        put_list(self.iter(), out);
    }
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        Vec::take(value, reader).map(order::set)
    }
}

/// A list of exactly so many numbers; anything else is not taken.
fn take_numbers<const N: usize>(value: &Value) -> Option<[f64; N]> {
    let numbers: Vec<f64> = value.as_array()?.iter().map(Value::as_f64).collect::<Option<_>>()?;
    <[f64; N]>::try_from(numbers).ok().filter(|numbers| numbers.iter().all(|n| n.is_finite()))
}

fn put_numbers(numbers: &[f64], out: &mut Out<'_>) {
    out.array(|out| {
        for number in numbers {
            push_number(&mut out.text, *number);
            out.text.push(',');
        }
    });
}

impl<const N: usize> Cell for [f64; N] {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        put_numbers(self, out);
    }
    fn take(value: &mut Value, _: &mut Reader<'_>) -> Option<Self> {
        take_numbers(value)
    }
}

/// A number kept inside `limit`; told when it had to be moved.
fn inside(number: f64, low: f64, high: f64, reader: &mut Reader<'_>) -> f64 {
    let moved = number.clamp(low, high);
    if moved != number {
        reader.say("json-out-of-range", || format!("{number} was moved to {moved}."));
    }
    moved
}

macro_rules! pair_of_numbers {
    ($($name:ident { $x:ident, $y:ident } $low:literal $high:literal;)*) => {$(
        impl<S> Cell for $name<S> {
            fn put<'a>(&'a self, out: &mut Out<'a>) {
                put_numbers(&[self.$x, self.$y], out);
            }
            fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
                let [x, y] = take_numbers(value)?;
                Some(Self::new(inside(x, $low, $high, reader), inside(y, $low, $high, reader)))
            }
        }
    )*};
}
// Places a little outside the frame occur in real maps; places far outside are damage.
pair_of_numbers! {
    Point { x, y } -10.0 10.0;
    Vector { x, y } -100_000.0 100_000.0;
    Size { width, height } 50.0 1_000_000.0;
}

macro_rules! unit_number {
    ($($name:ident),*) => {$(
        impl Cell for $name {
            fn put<'a>(&'a self, out: &mut Out<'a>) {
                push_number(&mut out.text, self.get());
            }
            fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
                let number = value.as_f64()?;
                Some(Self::clamped(inside(number, 0.0, 1.0, reader)))
            }
        }
    )*};
}
unit_number!(Evolution, Visibility);

impl Cell for (Evolution, Evolution) {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        put_numbers(&[self.0.get(), self.1.get()], out);
    }
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        let [from, to] = take_numbers(value)?;
        let mut end = |number| Evolution::clamped(inside(number, 0.0, 1.0, reader));
        Some((end(from), end(to)))
    }
}

impl<T: Cell + Clone + PartialEq> Cell for Known<T> {
    const BARE: bool = false;

    fn put<'a>(&'a self, out: &mut Out<'a>) {
        let plain = Self { knowledge: Knowledge::Unknown, ..Self::unknown() };
        let says_no_more = self.basis == plain.basis
            && self.as_of.is_none()
            && self.by.is_empty()
            && self.review_days.is_none()
            && self.reason.is_empty();
        if let (true, Knowledge::Known { value, low, high }) =
            (T::BARE && says_no_more && !out.keeps_below(), &self.knowledge)
        {
            if value == low && value == high {
                return value.put(out);
            }
        }
        out.object(|out| {
            match &self.knowledge {
                Knowledge::Unknown => out.text.push_str("\"state\":\"unknown\","),
                Knowledge::NotApplicable => out.text.push_str("\"state\":\"not_applicable\","),
                Knowledge::Known { value, low, high } => {
                    out.plain("value", value);
                    out.member("low", low, value, false);
                    out.member("high", high, value, false);
                }
            }
            out.member("basis", &self.basis, &Basis::default(), false);
            out.member("as_of", &self.as_of, &None, false);
            out.member("by", &self.by, &String::new(), false);
            out.member("review_days", &self.review_days, &None, false);
            out.member("reason", &self.reason, &String::new(), false);
            // Beside a state of unknown, a value is a stray one that was kept.
            let written = if self.value().is_some() { KNOWN_NAMES } else { KNOWN_NAMES.get(3..).unwrap_or_default() };
            out.kept_members(&[written]);
        });
    }

    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Object(members) = value else {
            return if T::BARE { T::take(value, reader).map(Self::exactly) } else { None };
        };
        let mut known = Self::unknown();
        match members.get("state").map(|state| state.as_str()) {
            None | Some(Some("known")) => {
                if let Some(content) = members.get_mut("value") {
                    // Without its value the whole is set aside, so nothing may be taken out before.
                    let content = reader.below("value", "value", |reader| T::take(&mut content.clone(), reader))?;
                    members.remove("value");
                    known = Self::exactly(content);
                }
            }
            Some(Some("unknown")) => {}
            Some(Some("not_applicable")) => known.knowledge = Knowledge::NotApplicable,
            Some(_) => return None,
        }
        members.remove("state");
        if let Knowledge::Known { value, low, high } = &mut known.knowledge {
            reader.member(members, "low", low);
            reader.member(members, "high", high);
            if value.precedes(low) || high.precedes(value) {
                if value.precedes(low) {
                    *low = value.clone();
                }
                if high.precedes(value) {
                    *high = value.clone();
                }
                reader.say("json-range-order", || "A range did not hold its own value; it was widened to it.");
            }
        }
        reader.member(members, "basis", &mut known.basis);
        reader.member(members, "as_of", &mut known.as_of);
        reader.member(members, "by", &mut known.by);
        reader.member(members, "review_days", &mut known.review_days);
        reader.member(members, "reason", &mut known.reason);
        reader.keep_rest(members);
        Some(known)
    }
}

/// Members of a [`Known`] in the file.
pub(super) const KNOWN_NAMES: &[&str] =
    &["value", "low", "high", "state", "basis", "as_of", "by", "review_days", "reason"];

/// A row of values that may be unknown, as an object with those that say something: `{"L1":3,"L4":5}`.
macro_rules! levels {
    ($($count:literal $names:expr;)*) => {$(
        impl Cell for [Known<u8>; $count] {
            fn put<'a>(&'a self, out: &mut Out<'a>) {
                let unknown = Known::unknown();
                out.object(|out| {
                    for (level, name) in self.iter().zip($names) {
                        out.member(name, level, &unknown, false);
                    }
                    out.kept_members(&[&$names]);
                });
            }
            fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
                let Value::Object(members) = value else { return None };
                let mut levels = <[Known<u8>; $count]>::default();
                for (level, name) in levels.iter_mut().zip($names) {
                    reader.member(members, name, level);
                }
                reader.keep_rest(members);
                Some(levels)
            }
        }
    )*};
}
/// Names of LITRAF's likelihood criteria.
pub(super) const LIKELIHOOD_NAMES: [&str; 7] = ["L1", "L2", "L3", "L4", "L5", "L6", "L7"];
/// Names of LITRAF's impact criteria.
pub(super) const IMPACT_NAMES: [&str; 6] = ["C1", "C2", "C3", "C4", "C5", "C6"];
levels! {
    7 LIKELIHOOD_NAMES;
    6 IMPACT_NAMES;
}
