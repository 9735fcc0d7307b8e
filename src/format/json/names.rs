//! The words that stand in the file for the values of enumerations.
//!
//! Words are never changed once written by a release; the names in the code may be.

use serde_json::Value;

use crate::format::json::cell::Cell;
use crate::format::json::reader::Reader;
use crate::format::json::writer::{push_string, Out};
use crate::geom::Evolution;
use crate::known::Basis;
use crate::model::*;

/// An enumeration with a word for each value; tables use the same words as files.
pub(crate) trait Word: Copy {
    /// The word that stands in files.
    fn word(self) -> &'static str;
    /// The value of a word.
    fn from_word(word: &str) -> Option<Self>;
}

/// The word for a value.
fn word_of<T: PartialEq>(words: &[(T, &'static str)], value: &T) -> &'static str {
    words.iter().find(|(known, _)| known == value).map_or("", |(_, word)| word)
}

macro_rules! words {
    ($($kind:ident { $($value:ident $word:literal),* $(,)? })*) => {
        $(
            impl Word for $kind {
                fn word(self) -> &'static str {
                    // The match has no rest, so a new value without a word does not compile.
                    match self { $($kind::$value => $word,)* }
                }
                fn from_word(word: &str) -> Option<Self> {
                    match word { $($word => Some($kind::$value),)* _ => None }
                }
            }
            impl Cell for $kind {
                fn put<'a>(&'a self, out: &mut Out<'a>) {
                    push_string(&mut out.text, self.word());
                }
                fn take(value: &mut Value, _: &mut Reader<'_>) -> Option<Self> {
                    value.as_str().and_then(Self::from_word)
                }
            }
        )*
        /// All words by enumeration, for the check against the published schema.
        #[cfg(test)]
        pub(super) const ALL_WORDS: &[(&str, &[&str])] = &[$((stringify!($kind), &[$($word),*])),*];
    };
}

words! {
    Basis {
        Measured "measured", Document "document", Interview "interview", Estimate "estimate", Imported "imported",
        Derived "derived", Assumed "assumed",
    }
    Symbol { Plain "plain", Market "market", Ecosystem "ecosystem" }
    Method { Build "build", Buy "buy", Outsource "outsource" }
    FlowDirection { Forward "forward", Backward "backward", Both "both" }
    DependencyKind {
        Runtime "runtime", DataFeed "data_feed", HostedOn "hosted_on", Identity "identity", Manual "manual",
        Contract "contract", Knowledge "knowledge",
    }
    Confirmation { Observed "observed", Documented "documented", Said "said", Guessed "guessed" }
    AttitudeKind { Pioneers "pioneers", Settlers "settlers", TownPlanners "town_planners" }
    SystemKind {
        UserNeed "user_need", PathwayStep "pathway_step", Service "service", Application "application", Data "data",
        Integration "integration", Platform "platform", Hardware "hardware", Device "device", Site "site",
        SupplierService "supplier_service",
    }
    Oversight { Managed "managed", KnownUnmanaged "known_unmanaged", Shadow "shadow", Suspected "suspected" }
    PaceLayer { Record "record", Differentiation "differentiation", Innovation "innovation" }
    Strategy {
        Retain "retain", Retire "retire", Rehost "rehost", Relocate "relocate", Repurchase "repurchase",
        Replatform "replatform", Refactor "refactor",
    }
    PathwayKind { Disease "disease", Activity "activity" }
    Replacement { None "none", InProcurement "in_procurement", Agreed "agreed" }
    HolderKind {
        Staff "staff", Contractor "contractor", Supplier "supplier", Retired "retired", Volunteer "volunteer",
    }
    Ability { Operate "operate", Fix "fix", Change "change" }
    Availability { SameDay "same_day", Week "week", Hard "hard", Gone "gone" }
    LossKind {
        StaffTime "staff_time", Response "response", Replacement "replacement", Income "income", Penalty "penalty",
        Claims "claims", OtherOrganisation "other_org",
    }
    RiskStage { Inherent "inherent", Current "current", Target "target" }
    Response { Tolerate "tolerate", Treat "treat", Transfer "transfer", Terminate "terminate" }
    RiskStatus { Open "open", Transferred "transferred", Closed "closed" }
    SourceLanguage { Owm "owm", Mermaid "mermaid" }
}

/// Words that stand beside any other word, which is kept.
macro_rules! open_words {
    ($($kind:ident, $other:ident { $($value:ident $word:literal),* $(,)? })*) => {$(
        impl Cell for $kind {
            fn put<'a>(&'a self, out: &mut Out<'a>) {
                match self {
                    $kind::$other(word) => push_string(&mut out.text, word),
                    known => push_string(&mut out.text, word_of(&[$(($kind::$value, $word)),*], known)),
                }
            }
            fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
                let known = [$(($kind::$value, $word)),*];
                let index = value.as_str().and_then(|word| known.iter().position(|(_, k)| *k == word));
                match index.and_then(|index| known.into_iter().nth(index)) {
                    Some((kind, _)) => Some(kind),
                    None => String::take(value, reader).map($kind::$other),
                }
            }
        }
    )*};
}
open_words! {
    ComponentKind, Unknown { Component "component", Anchor "anchor", Submap "submap" }
    MapStyle, Other {
        Plain "plain", Wardley "wardley", Colour "colour", Handwritten "handwritten", Dark "dark",
    }
}

/// A flow is written as its direction; a plain need is not written.
impl Cell for LinkKind {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        match self {
            Self::Need => push_string(&mut out.text, "none"),
            Self::Flow(direction) => direction.put(out),
        }
    }
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        if value.as_str() == Some("none") {
            return Some(Self::Need);
        }
        FlowDirection::take(value, reader).map(Self::Flow)
    }
}

/// As endoflife.date writes it: a day, or whether it is over already.
impl Cell for SupportEnd {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        match self {
            Self::Unknown => out.text.push_str("null"),
            Self::Over => out.text.push_str("true"),
            Self::NoDate => out.text.push_str("false"),
            Self::On(date) => date.put(out),
        }
    }
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            Value::Bool(true) => Some(Self::Over),
            Value::Bool(false) => Some(Self::NoDate),
            other => Cell::take(other, reader).map(Self::On),
        }
    }
}

/// One name or two, as a list, because a stage has hardly more to say.
impl Cell for Stage {
    fn put<'a>(&'a self, out: &mut Out<'a>) {
        if self.second_name.is_empty() {
            return self.name.put(out);
        }
        out.array(|out| {
            for name in [&self.name, &self.second_name] {
                name.put(out);
                out.text.push(',');
            }
        });
    }
    fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
        match value {
            Value::Array(names) => match names.as_mut_slice() {
                [name @ Value::String(_), second @ Value::String(_)] => {
                    Some(Self { name: String::take(name, reader)?, second_name: String::take(second, reader)? })
                }
                _ => None,
            },
            other => String::take(other, reader).map(|name| Self { name, ..Self::default() }),
        }
    }
}

/// Never used alone: the place every new movement starts from while it is read.
pub(super) const NO_MOVEMENT: fn() -> Evolve =
    || Evolve { to: Evolution::clamped(0.0), name: None, label_offset: None };
