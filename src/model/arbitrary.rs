//! Random documents for property tests: every kind of record and every field, always within the rules of the model.
//!
//! A document is drawn from bytes, and bytes that run out read as 0, so shorter inputs give simpler documents: that is
//! how failing cases shrink. Every field is listed, so a new field of the model does not compile until it is here.

use std::collections::BTreeSet;
use std::rc::Rc;

use proptest::prelude::{any, prop, prop_oneof};
use proptest::strategy::Strategy as Generator;

use crate::date::Date;
use crate::geom::{Evolution, Point, Size, Vector, Visibility};
use crate::id::Id;
use crate::known::{Basis, Knowledge, Known};
use crate::model::*;

/// A random document of up to a dozen records of each kind.
pub fn arbitrary_document() -> impl Generator<Value = Document> {
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..200),
        4 => prop::collection::vec(any::<u8>(), 2000..8000),
    ]
    .prop_map(|bytes| document_from_bytes(&bytes))
}

/// The document that these bytes stand for; any bytes will do.
pub fn document_from_bytes(bytes: &[u8]) -> Document {
    // Half of the documents hold something of a newer version.
    Draw { bytes, kept: bytes.first().is_some_and(|byte| byte % 4 > 1) }.document()
}

/// Bytes still to be used.
struct Draw<'b> {
    bytes: &'b [u8],
    kept: bool,
}

const TEXTS: &[&str] = &[
    "",
    "Tea",
    "Cup of tea",
    "Größe",
    "two\nlines",
    "\"quoted\"",
    "back\\slash",
    "=SUM(A1)",
    "<b>&amp;",
    "💉 vaccine",
    "\u{2028}",
    "tab\tand\rreturn",
    " blanks ",
    "ノート",
    "null",
    "@cmd",
    "-1",
    "[0.1, 0.2]",
];
const KEPT_NAMES: &[&str] = &["future", "x~1y", "~0tilde", "with \"quotes\"", "+", "0", ""];
const KEPT_VALUES: &[&str] = &[
    "1",
    "1.50",
    "123456789012345678901234567890",
    "\"text\"",
    "[1,{\"a\":null}]",
    "{\"b\":true,\"c\":[]}",
    "null",
    "1e+400",
];

/// Draws each field by its type, or by the expression given for it.
macro_rules! draw {
    ($d:ident, $kind:ident { $($field:ident $(: $value:expr)?),* $(,)? }) => {
        $kind { $($field: draw!(@value $d $(, $value)?)),* }
    };
    (@value $d:ident) => { Drawn::drawn($d) };
    (@value $d:ident, $value:expr) => { $value };
}

trait Drawn {
    fn drawn(d: &mut Draw<'_>) -> Self;
}

macro_rules! drawn_by {
    ($($kind:ty, |$d:ident| $value:expr;)*) => {$(
        impl Drawn for $kind {
            fn drawn($d: &mut Draw<'_>) -> Self { $value }
        }
    )*};
}

macro_rules! drawn_words {
    ($($kind:ident { $($value:expr),* $(,)? })*) => {$(
        impl Drawn for $kind {
            fn drawn(d: &mut Draw<'_>) -> Self {
                let all = [$($value),*];
                let index = d.below(all.len());
                all.into_iter().nth(index).unwrap()
            }
        }
    )*};
}

drawn_words! {
    Symbol { Symbol::Plain, Symbol::Market, Symbol::Ecosystem }
    Method { Method::Build, Method::Buy, Method::Outsource }
    ComponentKind {
        ComponentKind::Component, ComponentKind::Anchor, ComponentKind::Submap, ComponentKind::Unknown("drone".to_owned()),
    }
    FlowDirection { FlowDirection::Forward, FlowDirection::Backward, FlowDirection::Both }
    DependencyKind {
        DependencyKind::Runtime, DependencyKind::DataFeed, DependencyKind::HostedOn, DependencyKind::Identity,
        DependencyKind::Manual, DependencyKind::Contract, DependencyKind::Knowledge,
    }
    Confirmation { Confirmation::Said, Confirmation::Observed, Confirmation::Documented, Confirmation::Guessed }
    AttitudeKind { AttitudeKind::Pioneers, AttitudeKind::Settlers, AttitudeKind::TownPlanners }
    Basis {
        Basis::Estimate, Basis::Measured, Basis::Document, Basis::Interview, Basis::Imported, Basis::Derived, Basis::Assumed,
    }
    SystemKind {
        SystemKind::Application, SystemKind::UserNeed, SystemKind::PathwayStep, SystemKind::Service, SystemKind::Data,
        SystemKind::Integration, SystemKind::Platform, SystemKind::Hardware, SystemKind::Device, SystemKind::Site,
        SystemKind::SupplierService,
    }
    Oversight { Oversight::KnownUnmanaged, Oversight::Managed, Oversight::Shadow, Oversight::Suspected }
    PaceLayer { PaceLayer::Record, PaceLayer::Differentiation, PaceLayer::Innovation }
    Strategy {
        Strategy::Retain, Strategy::Retire, Strategy::Rehost, Strategy::Relocate, Strategy::Repurchase,
        Strategy::Replatform, Strategy::Refactor,
    }
    PathwayKind { PathwayKind::Activity, PathwayKind::Disease }
    Replacement { Replacement::None, Replacement::InProcurement, Replacement::Agreed }
    HolderKind {
        HolderKind::Staff, HolderKind::Contractor, HolderKind::Supplier, HolderKind::Retired, HolderKind::Volunteer,
    }
    Ability { Ability::Operate, Ability::Fix, Ability::Change }
    Availability { Availability::Week, Availability::SameDay, Availability::Hard, Availability::Gone }
    LossKind {
        LossKind::StaffTime, LossKind::Response, LossKind::Replacement, LossKind::Income, LossKind::Penalty,
        LossKind::Claims, LossKind::OtherOrganisation,
    }
    RiskStage { RiskStage::Current, RiskStage::Inherent, RiskStage::Target }
    Response { Response::Tolerate, Response::Treat, Response::Transfer, Response::Terminate }
    RiskStatus { RiskStatus::Open, RiskStatus::Transferred, RiskStatus::Closed }
    SourceLanguage { SourceLanguage::Owm, SourceLanguage::Mermaid }
    MapStyle {
        MapStyle::Plain, MapStyle::Wardley, MapStyle::Colour, MapStyle::Handwritten, MapStyle::Dark,
        MapStyle::Other("neon".to_owned()),
    }
}

drawn_by! {
    bool, |d| d.byte() % 2 == 1;
    u16, |d| u16::from(d.byte()) * 31;
    u32, |d| u32::from(d.byte());
    u64, |d| d.whole();
    i64, |d| (d.whole() >> 1) as i64;
    f64, |d| d.number(-1e6, 1e6);
    String, |d| d.text();
    Date, |d| Date::from_ymd_opt(1990 + i32::from(d.byte() % 80), 1 + d.below(12) as u32, 1 + d.below(28) as u32).unwrap();
    Evolution, |d| Evolution::clamped(d.number(0.0, 1.0));
    Visibility, |d| Visibility::clamped(d.number(0.0, 1.0));
    Point<crate::geom::Map>, |d| Point::new(d.number(0.0, 1.0), d.number(0.0, 1.0));
    Vector<crate::geom::World>, |d| Vector::new(d.number(-200.0, 200.0), d.number(-200.0, 200.0));
    Size<crate::geom::World>, |d| Size::new(d.number(100.0, 9e3), d.number(100.0, 9e3));
    (Evolution, Evolution), |d| (Drawn::drawn(d), Drawn::drawn(d));
    LinkKind, |d| if d.rarely() { LinkKind::Flow(Drawn::drawn(d)) } else { LinkKind::Need };
    SupportEnd, |d| match d.below(4) {
        0 => SupportEnd::Unknown,
        1 => SupportEnd::Over,
        2 => SupportEnd::NoDate,
        _ => SupportEnd::On(Drawn::drawn(d)),
    };
    Inertia, |d| draw!(d, Inertia { cause });
    Evolve, |d| draw!(d, Evolve { to, name, label_offset });
    Technology, |d| draw!(d, Technology { product, version, lifecycle_ref, language });
    Control, |d| draw!(d, Control { text, built, built_on });
    Evidence, |d| draw!(d, Evidence { title, place, date });
    ContractBreak, |d| draw!(d, ContractBreak { date, notice_months: d.below(37) as u32, charge });
    Convenience, |d| draw!(d, Convenience { notice_months: d.below(37) as u32, charge });
    RiskAction, |d| draw!(d, RiskAction { text, owner, due, cost, expected_after });
    LossLine, |d| {
        let mut ends: [i64; 3] = [Drawn::drawn(d), Drawn::drawn(d), Drawn::drawn(d)];
        ends.sort_unstable();
        draw!(d, LossLine { kind, low: ends[0], likely: d.rarely().then_some(ends[1]), high: ends[2] })
    };
    Harm, |d| draw!(d, Harm { severity: d.level(5), likelihood: d.level(5), patients: d.count(), qaly: d.range(0.0, 900.0) });
    Known<bool>, |d| d.known(|d| Known::exactly(Drawn::drawn(d)));
    Known<String>, |d| d.known(|d| Known::exactly(d.text()));
    Known<Convenience>, |d| d.known(|d| Known::exactly(Drawn::drawn(d)));
    Known<i64>, |d| d.known(|d| Known::exactly(Drawn::drawn(d)));
    Known<u64>, |d| d.count();
    Stage, |d| draw!(d, Stage { name, second_name });
    EvolutionAxis, |d| {
        let stages = 1 + d.below(5);
        EvolutionAxis {
            stages: (0..stages).map(|_| Drawn::drawn(d)).collect(),
            boundaries: (1..stages).map(|i| (i as f64 - 0.5 * d.number(0.0, 1.0)) / stages as f64).collect(),
            hidden: d.rarely(),
        }
    };
    ValueChainAxis, |d| draw!(d, ValueChainAxis { label, top, bottom, hidden });
    RiskSettings, |d| {
        let raw: [f64; 5] = std::array::from_fn(|_| d.number(0.1, 1.0));
        let sum: f64 = raw.iter().sum();
        draw!(d, RiskSettings {
            rule_version, red_from: d.number(0.0, 30.0), weights: raw.map(|w| w / sum), seed, scarce_skills, budget,
        })
    };
    Settings, |d| {
        draw!(d, Settings {
            title, description, document_id, as_of, size,
            evolution: if d.rarely() { Drawn::drawn(d) } else { EvolutionAxis::default() },
            value_chain: if d.rarely() { Drawn::drawn(d) } else { ValueChainAxis::default() },
            style, annotation_box, locked: d.rarely(),
            risk: if d.rarely() { Drawn::drawn(d) } else { RiskSettings::default() },
            extra: d.extra(&[]),
        })
    };
    SystemFacts, |d| draw!(d, SystemFacts {
        kind, oversight, found_how, owner_business, owner_technical, supplier, site, technologies, users, patients_per_day,
        likelihood: std::array::from_fn(|_| d.level(6)), impact: std::array::from_fn(|_| d.level(5)),
        tolerable_outage_h: d.range(0.0, 8760.0), recovery_h: d.range(0.0, 8760.0), recovery_tested_on,
        fail_rate: d.range(0.0, 365.0), functional_fit: d.level(5), technical_fit: d.level(5), pace_layer, strategy,
        controls, notes, evidence, extra: d.extra(&["evidence/+"]),
    });
    Rc<SystemFacts>, |d| Rc::new(Drawn::drawn(d));
}

impl<T: Drawn> Drawn for Option<T> {
    fn drawn(d: &mut Draw<'_>) -> Self {
        d.rarely().then(|| T::drawn(d))
    }
}
impl<T: Drawn> Drawn for Vec<T> {
    fn drawn(d: &mut Draw<'_>) -> Self {
        let count = if d.rarely() { d.below(4) } else { 0 };
        (0..count).map(|_| T::drawn(d)).collect()
    }
}
impl<T: Drawn + Ord> Drawn for BTreeSet<T> {
    fn drawn(d: &mut Draw<'_>) -> Self {
        Vec::drawn(d).into_iter().collect()
    }
}

impl Draw<'_> {
    fn byte(&mut self) -> u8 {
        match self.bytes {
            [first, rest @ ..] => {
                self.bytes = rest;
                *first
            }
            [] => 0,
        }
    }
    fn below(&mut self, below: usize) -> usize {
        usize::from(self.byte()) % below
    }
    /// One time in three.
    fn rarely(&mut self) -> bool {
        self.byte() % 3 == 1
    }
    fn whole(&mut self) -> u64 {
        let length = self.below(9);
        (0..length).fold(0, |number, _| number << 8 | u64::from(self.byte()))
    }
    /// A number with few or with many digits.
    fn number(&mut self, low: f64, high: f64) -> f64 {
        let share = match self.byte() % 4 {
            0 => 0.0,
            1 => f64::from(self.byte()) / 255.0,
            2 => (f64::from(self.byte()) / 2.56).round() / 100.0,
            _ => (self.whole() >> 11) as f64 / (1u64 << 53) as f64,
        };
        (low + share * (high - low)).clamp(low, high)
    }
    fn text(&mut self) -> String {
        let words = if self.rarely() { self.below(4) } else { 1 };
        (0..words).map(|_| TEXTS[self.below(TEXTS.len())]).collect()
    }
    /// Fields of newer versions, sometimes; `inside` are JSON pointers to things that are always written.
    fn extra(&mut self, inside: &[&str]) -> Extra {
        let mut extra = Extra::new();
        if self.byte() % 8 == 7 && self.kept {
            for _ in 0..self.below(3) {
                let name = KEPT_NAMES[self.below(KEPT_NAMES.len())];
                extra.insert(name.to_owned(), KEPT_VALUES[self.below(KEPT_VALUES.len())].to_owned());
            }
            for pointer in inside {
                extra.insert((*pointer).to_owned(), "[3]".to_owned());
            }
        }
        extra
    }
    fn known<T>(&mut self, value: impl FnOnce(&mut Self) -> Known<T>) -> Known<T> {
        let mut known = match self.byte() % 5 {
            0 => return Known::unknown(),
            1 => Known::not_applicable(self.text()),
            2 => Known::unknown(),
            _ => value(self),
        };
        if self.rarely() {
            known = Known {
                basis: Drawn::drawn(self),
                as_of: Drawn::drawn(self),
                by: self.text(),
                review_days: Drawn::drawn(self),
                reason: self.text(),
                ..known
            };
        }
        known
    }
    fn ordered<T: Copy + PartialOrd>(&mut self, mut draw: impl FnMut(&mut Self) -> T) -> Known<T> {
        self.known(|d| {
            let mut three = [draw(d); 3];
            if d.rarely() {
                three = [draw(d), draw(d), draw(d)];
                three.sort_by(|a, b| a.partial_cmp(b).unwrap());
            }
            Known { knowledge: Knowledge::Known { low: three[0], value: three[1], high: three[2] }, ..Known::unknown() }
        })
    }
    fn level(&mut self, most: u8) -> Known<u8> {
        self.ordered(|d| 1 + d.byte() % most)
    }
    fn count(&mut self) -> Known<u64> {
        self.ordered(Self::whole)
    }
    fn range(&mut self, low: f64, high: f64) -> Known<f64> {
        self.ordered(|d| d.number(low, high))
    }

    fn ids<K>(&mut self, prefix: char) -> Vec<Id<K>> {
        let count = self.below(12);
        let texts: BTreeSet<String> = (0..count)
            .map(|i| if self.rarely() { format!("{prefix}-{}_{i}", self.byte()) } else { format!("{prefix}{i:04}") })
            .collect();
        texts.iter().map(|text| Id::parse(text).unwrap()).collect()
    }
    fn one_of<K>(&mut self, ids: &[Id<K>]) -> Option<Id<K>> {
        (!ids.is_empty()).then(|| ids[self.below(ids.len())])
    }
    fn some_of<K>(&mut self, ids: &[Id<K>]) -> Vec<Id<K>> {
        (0..self.below(5)).filter_map(|_| self.one_of(ids)).collect()
    }
    fn records<K>(&mut self, prefix: char, mut draw: impl FnMut(&mut Self) -> Option<K>) -> RecordMap<K> {
        self.ids(prefix).into_iter().filter_map(|id| Some((id, Rc::new(draw(self)?)))).collect()
    }

    fn document(&mut self) -> Document {
        let mut document = Document::new();
        if self.byte() % 2 == 1 {
            document.settings = Rc::new(Drawn::drawn(self));
        }
        let components: Vec<ComponentId> = self.ids('c');
        let mut parents = BTreeSet::new();
        document.pipelines = self.records('p', |d| {
            let parent = d.one_of(&components).filter(|parent| parents.insert(*parent))?;
            Some(draw!(d, Pipeline { parent: parent, span, description, extra: d.extra(&[]) }))
        });
        let pipelines: Vec<PipelineId> = document.pipelines.keys().copied().collect();
        for id in &components {
            let component = self.component(*id, &document, &pipelines);
            document.components.insert(*id, Rc::new(component));
        }
        document.redundancy_groups = self.records('g', |d| {
            Some(draw!(
                d,
                RedundancyGroup {
                    name,
                    need: 1 + d.below(4) as u32,
                    beta: d.range(0.0, 1.0),
                    shared,
                    extra: d.extra(&[]),
                }
            ))
        });
        let groups: Vec<RedundancyGroupId> = document.redundancy_groups.keys().copied().collect();
        document.links = self.records('l', |d| {
            let (from, to) = (d.one_of(&components)?, d.one_of(&components)?);
            let link = draw!(
                d,
                Link {
                    from: from,
                    to: to,
                    kind,
                    context,
                    flow_text,
                    dependency,
                    strength: d.range(0.0, 1.0),
                    buffer_h: d.range(0.0, 8760.0),
                    group: d.one_of(&groups),
                    confirmed,
                    interface,
                    description,
                    extra: d.extra(&[]),
                }
            );
            (from != to).then_some(link)
        });
        self.notation(&mut document, &components);
        self.register(&mut document, &components);
        if self.rarely() {
            let mut bindings = Vec::new();
            for id in self.some_of(&components) {
                bindings.push(SourceBinding { statement: u32::drawn(self), record: AnyRecordId::Component(id) });
                bindings.push(SourceBinding { statement: u32::drawn(self), record: AnyRecordId::Settings });
            }
            let text = (0..self.below(6)).map(|_| self.text() + "\r\n").collect();
            document.source = Some(Rc::new(draw!(self, TextSource { language, text: text, bindings: bindings })));
        }
        document.extra = self.extra(&[]);
        document
    }

    fn component(&mut self, id: ComponentId, document: &Document, pipelines: &[PipelineId]) -> Component {
        let pipeline = if self.rarely() { self.one_of(pipelines) } else { None };
        let url = self.rarely().then(|| "https://example.org/a?b=c&d".to_owned());
        let mut component = draw!(
            self,
            Component {
                name,
                kind,
                evolution,
                visibility,
                label_offset,
                symbol,
                method,
                inertia,
                evolve,
                pipeline: pipeline.filter(|p| document.pipelines[p].parent != id),
                url: url,
                description,
                tags,
                pin,
                hidden: self.rarely(),
                locked: self.rarely(),
                external_id,
                facts,
                extra: self.extra(&[]),
            }
        );
        // What a newer version would put inside, or in place of, fields of today.
        if self.byte() % 8 == 7 && self.kept {
            if component.evolve.is_some() {
                component.extra.insert("evolve/by~1when".to_owned(), "\"2031\"".to_owned());
            }
            if component.method.is_none() {
                component.extra.insert("method".to_owned(), "\"barter\"".to_owned());
            }
        }
        component
    }

    fn notation(&mut self, document: &mut Document, components: &[ComponentId]) {
        document.notes = self.records('n', |d| Some(draw!(d, Note { text, at, description, extra: d.extra(&[]) })));
        document.annotations = self
            .records('n', |d| Some(draw!(d, Annotation { number, text, places, description, extra: d.extra(&[]) })));
        document.attitudes =
            self.records('a', |d| Some(draw!(d, Attitude { kind, from, to, description, extra: d.extra(&[]) })));
        document.accelerators =
            self.records('a', |d| Some(draw!(d, Accelerator { name, slows, at, description, extra: d.extra(&[]) })));
        document.areas = self.records('a', |d| {
            let members = d.some_of(components).into_iter().collect();
            let color = Some(1 + d.below(6) as u8).filter(|n| n % 2 == 0);
            Some(draw!(d, Area { name, members: members, description, color: color, extra: d.extra(&[]) }))
        });
    }

    fn register(&mut self, document: &mut Document, components: &[ComponentId]) {
        document.pathways = self.records('w', |d| {
            Some(draw!(
                d,
                Pathway {
                    name,
                    kind,
                    steps: d.some_of(components),
                    harm_if_stopped,
                    importance: d.level(5),
                    volume_per_day,
                    extra: d.extra(&[]),
                }
            ))
        });
        let pathways: Vec<PathwayId> = document.pathways.keys().copied().collect();
        document.contracts = self.records('k', |d| {
            let covered = d.some_of(components).into_iter().collect();
            Some(draw!(
                d,
                Contract {
                    name,
                    supplier,
                    components: covered,
                    start,
                    end,
                    extension_to,
                    auto_renews,
                    notice_months: d.ordered(|d| d.below(37) as u32),
                    breaks,
                    terminate_for_convenience,
                    annual_charge,
                    indexation_pct: d.range(0.0, 20.0),
                    capital,
                    exit_plan,
                    data_return,
                    transfer_restrictions,
                    escrow,
                    replacement,
                    extra: d.extra(&[]),
                }
            ))
        });
        document.knowledge = self.records('h', |d| {
            let component = d.one_of(components)?;
            Some(draw!(
                d,
                KnowledgeHolding {
                    component: component,
                    holder,
                    holder_kind,
                    can,
                    available,
                    leaves_on,
                    written_down: d.range(0.0, 1.0),
                    skills,
                    extra: d.extra(&["can/+"]),
                }
            ))
        });
        document.risks = self.records('r', |d| {
            let (systems, ways) = (d.some_of(components), d.some_of(&pathways));
            Some(draw!(
                d,
                Risk {
                    title,
                    components: systems.into_iter().collect(),
                    pathways: ways.into_iter().collect(),
                    cause,
                    event,
                    consequence,
                    stage,
                    frequency: d.range(0.0, 365.0),
                    loss,
                    harm,
                    nhs_likelihood: d.level(5),
                    nhs_consequence: d.level(5),
                    nhs_domain,
                    response,
                    controls,
                    actions,
                    owner,
                    next_review,
                    status,
                    extra: d.extra(&[]),
                }
            ))
        });
        document.lifecycles = self.records('y', |d| {
            Some(draw!(
                d,
                Lifecycle {
                    product,
                    cycle,
                    support_ends,
                    security_ends,
                    extended_ends,
                    extended_bought,
                    source,
                    imported_on,
                    extra: d.extra(&[]),
                }
            ))
        });
        document.judgements = self.records('j', |d| {
            let component = d.one_of(components)?;
            Some(draw!(
                d,
                Judgement {
                    component: component,
                    field,
                    computed,
                    judged,
                    reason,
                    evidence,
                    by,
                    on,
                    expires,
                    agreed_by,
                    extra: d.extra(&[]),
                }
            ))
        });
    }
}
