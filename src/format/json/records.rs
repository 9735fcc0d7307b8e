//! The form of every record in the file: one table a record, read and written by the same lines.
//!
//! This is the format; it is deliberately apart from the types of the model, whose fields may be renamed freely.
//! A line is `"name in the file" => field [in range] [as always];`. What holds its default is not written.
//! Any change of these tables is a change of the format: raise the version and add a migration (`migrate`).

use serde_json::Value;

use crate::format::json::cell::Cell;
use crate::format::json::names::NO_MOVEMENT;
use crate::format::json::reader::{Members, Reader};
use crate::format::json::writer::Out;
use crate::model::allowed_address;
use crate::model::*;

/// An object of the file.
pub(super) trait Record: PartialEq + Sized {
    /// Names of its members.
    const NAMES: &'static [&'static str];
    /// What a member that is not in the file stands for.
    fn fresh() -> Self;
    /// Appends the members that say something.
    fn put_members<'a>(&'a self, out: &mut Out<'a>);
    /// Takes the members it knows.
    fn take_members(&mut self, members: &mut Members, reader: &mut Reader<'_>);
    /// Fields kept for newer versions, for records that have a place for them.
    fn extra(&self) -> Option<&Extra> {
        None
    }
    /// The same, to be filled.
    fn extra_mut(&mut self) -> Option<&mut Extra> {
        None
    }
}

/// Appends the members of a record and what was kept for it, without the braces.
pub(super) fn put_inside<'a, R: Record>(record: &'a R, names_before: &[&str], out: &mut Out<'a>) {
    let body = |out: &mut Out<'a>| {
        record.put_members(out);
        out.kept_members(&[R::NAMES, names_before]);
    };
    match record.extra() {
        Some(extra) => out.with_kept(extra, body),
        None => body(out),
    }
}

/// Reads a record from the members of an object; what is left is kept.
pub(super) fn take_inside<R: Record>(members: &mut Members, reader: &mut Reader<'_>) -> R {
    let mut record = R::fresh();
    if record.extra().is_none() {
        record.take_members(members, reader);
        reader.keep_rest(members);
    } else {
        let kept = reader.record(|reader| {
            record.take_members(members, reader);
            reader.keep_rest(members);
        });
        if let Some(extra) = record.extra_mut() {
            *extra = kept;
        }
    }
    record
}

macro_rules! records {
    ($($kind:ident $([$extra:ident])? $(from $fresh:expr, )? $(then $mend:ident, )? {
        $($name:literal => $field:ident $(in $range:expr)? $(, $always:ident)?;)*
    })*) => {
        $(
            impl Record for $kind {
                const NAMES: &'static [&'static str] = &[$($name),*];
                fn fresh() -> Self {
                    records!(@fresh $($fresh)?)
                }
                fn put_members<'a>(&'a self, out: &mut Out<'a>) {
                    let usual = Self::fresh();
                    $(out.member($name, &self.$field, &usual.$field, records!(@always $($always)?));)*
                }
                fn take_members(&mut self, members: &mut Members, reader: &mut Reader<'_>) {
                    $(
                        let there = records!(@take self, members, reader, $name, $field $(, $range)?);
                        if records!(@always $($always)?) && !there {
                            reader.missing($name);
                        }
                    )*
                    $($mend(self, reader);)?
                }
                $(
                    fn extra(&self) -> Option<&Extra> {
                        Some(&self.$extra)
                    }
                    fn extra_mut(&mut self) -> Option<&mut Extra> {
                        Some(&mut self.$extra)
                    }
                )?
            }

            impl Cell for $kind {
                const BARE: bool = false;
                fn put<'a>(&'a self, out: &mut Out<'a>) {
                    out.object(|out| put_inside(self, &[], out));
                }
                fn take(value: &mut Value, reader: &mut Reader<'_>) -> Option<Self> {
                    let Value::Object(members) = value else { return None };
                    Some(take_inside(members, reader))
                }
            }
        )*
        /// All records with their names, for the check against the published schema.
        #[cfg(test)]
        pub(super) const ALL_RECORDS: &[(&str, &[&str])] = &[$((stringify!($kind), <$kind as Record>::NAMES)),*];
    };
    (@fresh) => { Self::default() };
    (@fresh $fresh:expr) => { $fresh };
    (@always) => { false };
    (@always always) => { true };
    (@take $self:ident, $members:ident, $reader:ident, $name:literal, $field:ident) => {
        $reader.member($members, $name, &mut $self.$field)
    };
    (@take $self:ident, $members:ident, $reader:ident, $name:literal, $field:ident, $range:expr) => {
        $reader.member_within($members, $name, &mut $self.$field, $range)
    };
}

/// Largest amount, count or whole number that is only bounded from below.
const MANY: f64 = f64::MAX;

records! {
    Component [extra] then mend_component, {
        "name" => name, always;
        "kind" => kind;
        "evolution" => evolution;
        "visibility" => visibility;
        "label_offset" => label_offset;
        "symbol" => symbol;
        "method" => method;
        "inertia" => inertia;
        "evolve" => evolve;
        "pipeline" => pipeline;
        "url" => url;
        "description" => description;
        "tags" => tags;
        "pin" => pin;
        "hidden" => hidden;
        "locked" => locked;
        "external_id" => external_id;
        "facts" => facts;
    }
    Inertia {
        "cause" => cause;
    }
    Evolve from NO_MOVEMENT(), {
        "to" => to, always;
        "name" => name;
        "label_offset" => label_offset;
    }
    SystemFacts [extra] {
        "kind" => kind;
        "oversight" => oversight;
        "found_how" => found_how;
        "owner_business" => owner_business;
        "owner_technical" => owner_technical;
        "supplier" => supplier;
        "site" => site;
        "technologies" => technologies;
        "users" => users;
        "patients_per_day" => patients_per_day;
        "likelihood" => likelihood in 1.0..=6.0;
        "impact" => impact in 1.0..=5.0;
        "tolerable_outage_h" => tolerable_outage_h in 0.0..=8760.0;
        "recovery_h" => recovery_h in 0.0..=8760.0;
        "recovery_tested_on" => recovery_tested_on;
        "fail_rate" => fail_rate in 0.0..=365.0;
        "functional_fit" => functional_fit in 1.0..=5.0;
        "technical_fit" => technical_fit in 1.0..=5.0;
        "pace_layer" => pace_layer;
        "strategy" => strategy;
        "controls" => controls;
        "notes" => notes;
        "evidence" => evidence;
    }
    Technology {
        "product" => product;
        "version" => version;
        "lifecycle_ref" => lifecycle_ref;
        "language" => language;
    }
    Control {
        "text" => text;
        "built" => built;
        "built_on" => built_on;
    }
    Evidence {
        "title" => title;
        "place" => place;
        "date" => date;
    }
    Link [extra] {
        "from" => from, always;
        "to" => to, always;
        "flow" => kind;
        "context" => context;
        "flow_text" => flow_text;
        "dependency" => dependency;
        "strength" => strength in 0.0..=1.0;
        "buffer_h" => buffer_h in 0.0..=8760.0;
        "group" => group;
        "confirmed" => confirmed;
        "interface" => interface;
        "description" => description;
    }
    Pipeline [extra] {
        "parent" => parent, always;
        "span" => span;
        "description" => description;
    }
    Note [extra] {
        "text" => text, always;
        "at" => at, always;
        "description" => description;
    }
    Annotation [extra] {
        "number" => number, always;
        "text" => text;
        "places" => places;
        "description" => description;
    }
    Attitude [extra] {
        "kind" => kind, always;
        "from" => from, always;
        "to" => to, always;
        "description" => description;
    }
    Accelerator [extra] {
        "name" => name, always;
        "slows" => slows;
        "at" => at, always;
        "description" => description;
    }
    Area [extra] {
        "name" => name, always;
        "members" => members;
        "description" => description;
        "color" => color in 1.0..=6.0;
    }
    Pathway [extra] {
        "name" => name, always;
        "kind" => kind;
        "steps" => steps;
        "harm_if_stopped" => harm_if_stopped;
        "importance" => importance in 1.0..=5.0;
        "volume_per_day" => volume_per_day;
    }
    Contract [extra] {
        "name" => name, always;
        "supplier" => supplier;
        "components" => components;
        "start" => start;
        "end" => end;
        "extension_to" => extension_to;
        "auto_renews" => auto_renews;
        "notice_months" => notice_months in 0.0..=36.0;
        "breaks" => breaks;
        "terminate_for_convenience" => terminate_for_convenience;
        "annual_charge" => annual_charge in 0.0..=MANY;
        "indexation_pct" => indexation_pct in -100.0..=1000.0;
        "capital" => capital;
        "exit_plan" => exit_plan;
        "data_return" => data_return;
        "transfer_restrictions" => transfer_restrictions;
        "escrow" => escrow;
        "replacement" => replacement;
    }
    ContractBreak {
        "date" => date;
        "notice_months" => notice_months in 0.0..=36.0;
        "charge" => charge in 0.0..=MANY;
    }
    Convenience {
        "notice_months" => notice_months in 0.0..=36.0;
        "charge" => charge in 0.0..=MANY;
    }
    KnowledgeHolding [extra] {
        "component" => component, always;
        "holder" => holder, always;
        "holder_kind" => holder_kind;
        "can" => can;
        "available" => available;
        "leaves_on" => leaves_on;
        "written_down" => written_down in 0.0..=1.0;
        "skills" => skills;
    }
    Risk [extra] {
        "title" => title, always;
        "components" => components;
        "pathways" => pathways;
        "cause" => cause;
        "event" => event;
        "consequence" => consequence;
        "stage" => stage;
        "frequency" => frequency in 0.0..=365.0;
        "loss" => loss;
        "harm" => harm;
        "nhs_likelihood" => nhs_likelihood in 1.0..=5.0;
        "nhs_consequence" => nhs_consequence in 1.0..=5.0;
        "nhs_domain" => nhs_domain;
        "response" => response;
        "controls" => controls;
        "actions" => actions;
        "owner" => owner;
        "next_review" => next_review;
        "status" => status;
    }
    LossLine then mend_loss, {
        "kind" => kind, always;
        "low" => low in 0.0..=MANY, always;
        "likely" => likely in 0.0..=MANY;
        "high" => high in 0.0..=MANY, always;
    }
    Harm {
        "severity" => severity in 1.0..=5.0;
        "likelihood" => likelihood in 1.0..=5.0;
        "patients" => patients;
        "qaly" => qaly in 0.0..=MANY;
    }
    RiskAction {
        "text" => text;
        "owner" => owner;
        "due" => due;
        "cost" => cost in 0.0..=MANY;
        "expected_after" => expected_after;
    }
    RedundancyGroup [extra] {
        "name" => name;
        "need" => need in 1.0..=1000.0;
        "beta" => beta in 0.0..=1.0;
        "shared" => shared;
    }
    Lifecycle [extra] {
        "product" => product, always;
        "cycle" => cycle;
        "support_ends" => support_ends;
        "security_ends" => security_ends;
        "extended_ends" => extended_ends;
        "extended_bought" => extended_bought;
        "source" => source;
        "imported_on" => imported_on;
    }
    Judgement [extra] {
        "component" => component, always;
        "field" => field, always;
        "computed" => computed;
        "judged" => judged;
        "reason" => reason;
        "evidence" => evidence;
        "by" => by;
        "on" => on;
        "expires" => expires;
        "agreed_by" => agreed_by;
    }
    Settings [extra] {
        "title" => title;
        "description" => description;
        "document_id" => document_id;
        "as_of" => as_of;
        "size" => size;
        "evolution" => evolution;
        "value_chain" => value_chain;
        "style" => style;
        "annotation_box" => annotation_box;
        "locked" => locked;
        "risk" => risk;
    }
    EvolutionAxis {
        "stages" => stages;
        "boundaries" => boundaries;
        "hidden" => hidden;
    }
    ValueChainAxis {
        "label" => label;
        "top" => top;
        "bottom" => bottom;
        "hidden" => hidden;
    }
    RiskSettings then mend_rules, {
        "rule_version" => rule_version;
        "red_from" => red_from in 0.0..=1000.0;
        "weights" => weights in 0.0..=1.0;
        "seed" => seed;
        "scarce_skills" => scarce_skills;
        "budget" => budget in 0.0..=MANY;
    }
}

/// Addresses lead only where a browser may be sent.
fn mend_component(component: &mut Component, reader: &mut Reader<'_>) {
    if component.url.as_deref().is_some_and(|url| !allowed_address(url)) {
        component.url = None;
        reader.say("json-address", || "An address that is not http, https or mailto was left out.");
    }
}

/// A range holds its own middle.
fn mend_loss(loss: &mut LossLine, reader: &mut Reader<'_>) {
    if loss.low > loss.high {
        std::mem::swap(&mut loss.low, &mut loss.high);
        // An end that could not be read holds something now.
        reader.forget("low");
        reader.forget("high");
        reader.say("json-range-order", || "The ends of a loss were the wrong way round and were swapped.");
    }
    loss.likely = loss.likely.map(|likely| likely.clamp(loss.low, loss.high));
}

/// Weights sum to 1.
fn mend_rules(rules: &mut RiskSettings, reader: &mut Reader<'_>) {
    if (rules.weights.iter().sum::<f64>() - 1.0).abs() > 1e-6 {
        rules.weights = RiskSettings::default().weights;
        reader.say("json-weights", || "The weights of the ranking did not sum to 1; the usual ones were taken.");
    }
}
