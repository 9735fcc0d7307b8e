//! The form of what is selected.

use std::borrow::Cow;
use std::rc::Rc;

use crate::app::action::ActionId;
use crate::app::describe;
use crate::app::form::{Control, Field, FieldKey, Form, Group, Part, Pick};
use crate::app::intent::Intent;
use crate::app::state::DialogKind;
use crate::app::App;
use crate::edit::{AnyRecord, Command, ComponentChange};
use crate::geom::{Map, Point};
use crate::model::*;

type Key = FieldKey;

/// Longest list that is shown whole.
const MOST: usize = 40;

pub(super) fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    format!("{tenths}")
}

pub(super) const PERCENT: Control = Control::Number(0.0, 100.0, "%");

pub(super) fn choice(choices: &[(&'static str, &'static str)]) -> Control {
    Control::Choice(choices.iter().map(|(key, words)| (Cow::Borrowed(*key), Cow::Borrowed(*words))).collect())
}

pub(super) fn yes(on: bool) -> &'static str {
    if on {
        "yes"
    } else {
        "no"
    }
}

pub(super) fn group(title: &'static str, open: bool, parts: Vec<Part>) -> Group {
    Group { title, open, parts }
}

pub(super) fn row(words: impl Into<String>, fields: Vec<Field>, remove: Option<(String, Intent)>) -> Part {
    Part::Row { words: words.into(), fields, remove }
}

pub(super) const KINDS: [(&str, &str); 3] =
    [("component", "Component"), ("anchor", "User (anchor)"), ("submap", "Submap")];
pub(super) const SYMBOLS: [(&str, &str); 3] = [("plain", "Circle"), ("market", "Market"), ("ecosystem", "Ecosystem")];
pub(super) const METHODS: [(&str, &str); 4] =
    [("", "Not said"), ("build", "Build"), ("buy", "Buy"), ("outsource", "Outsource")];
pub(super) const FLOWS: [(&str, &str); 4] = [
    ("need", "A need"),
    ("forward", "A flow, the same way"),
    ("backward", "A flow, the other way"),
    ("both", "A flow, both ways"),
];
/// In the order of [`DependencyKind`].
pub(super) const NEEDS: [(&str, &str); 7] = [
    ("runtime", "While it runs"),
    ("data_feed", "Data comes from there"),
    ("hosted_on", "Runs on it"),
    ("identity", "Signs people in with it"),
    ("manual", "A person carries it over"),
    ("contract", "Bound by contract"),
    ("knowledge", "Rests on knowledge"),
];
/// In the order of [`Confirmation`].
pub(super) const SOURCES: [(&str, &str); 4] = [
    ("observed", "Seen in traffic or settings"),
    ("documented", "Written somewhere"),
    ("said", "Somebody said so"),
    ("guessed", "Guessed"),
];
pub(super) const ATTITUDES: [(&str, &str); 3] =
    [("pioneers", "Pioneers"), ("settlers", "Settlers"), ("town planners", "Town planners")];
pub(super) const COLORS: [(&str, &str); 7] = [
    ("", "By its order"),
    ("1", "1, circle"),
    ("2", "2, square"),
    ("3", "3, diamond"),
    ("4", "4, hexagon"),
    ("5", "5, triangle"),
    ("6", "6, pill"),
];

pub(super) fn kind_key(kind: &ComponentKind) -> &'static str {
    match kind {
        ComponentKind::Component => "component",
        ComponentKind::Anchor => "anchor",
        ComponentKind::Submap => "submap",
        ComponentKind::Unknown(_) => "unknown",
    }
}

fn symbol_key(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Plain => "plain",
        Symbol::Market => "market",
        Symbol::Ecosystem => "ecosystem",
    }
}

fn method_key(method: Option<Method>) -> &'static str {
    match method {
        None => "",
        Some(Method::Build) => "build",
        Some(Method::Buy) => "buy",
        Some(Method::Outsource) => "outsource",
    }
}

fn flow_key(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Need => "need",
        LinkKind::Flow(FlowDirection::Forward) => "forward",
        LinkKind::Flow(FlowDirection::Backward) => "backward",
        LinkKind::Flow(FlowDirection::Both) => "both",
    }
}

/// Components of which a field is shown: what they share, or nothing when they differ.
struct Several<'a>(Vec<&'a Rc<Component>>);

impl Several<'_> {
    fn field(&self, key: Key, control: Control, read: &dyn Fn(&Component) -> String) -> Field {
        let mut values = self.0.iter().map(|c| read(c));
        let first = values.next().unwrap_or_default();
        let mixed = values.any(|value| value != first);
        let mut field = Field::new(key, control, if mixed { String::new() } else { first });
        field.mixed = mixed;
        if let (true, Control::Choice(choices)) = (mixed, &mut field.control) {
            // Nothing chosen yet must differ from every choice.
            field.value = "mixed".to_owned();
            choices.insert(0, (Cow::Borrowed("mixed"), Cow::Borrowed("Various")));
        }
        field
    }
}

impl App {
    /// The form of what is selected; of the map when nothing is.
    pub fn form(&self) -> Form {
        let form = match self.selection.iter().collect::<Vec<_>>().as_slice() {
            [] => self.overview_form(),
            [AnyRecordId::Component(id)] => self.component_form(*id),
            [AnyRecordId::Link(id)] => self.link_form(*id),
            [other] => self.record_form(**other),
            many => self.several_form(many.len()),
        };
        self.with_refused(form)
    }

    fn titled(&self, record: AnyRecordId, groups: Vec<Group>) -> Form {
        let title = describe::record(self, record);
        Form { key: format!("{record:?}"), title: title.trim_end_matches('.').to_owned(), groups }
    }

    fn component_form(&self, id: ComponentId) -> Form {
        let Some(component) = self.document.components.get(&id) else {
            return Form { key: String::new(), title: String::new(), groups: Vec::new() };
        };
        let several = Several(vec![component]);
        let mut evolution = several.field(Key::Evolution, PERCENT, &evolution_of);
        let mut visibility = several.field(Key::Visibility, PERCENT, &visibility_of);
        evolution.disabled = component.locked;
        visibility.disabled = component.locked || component.pipeline.is_some();
        let stage = match component.evolution {
            Some(e) => format!("{}. 0 % is the far left, 100 % the far right.", describe::stage_name(self, e.get())),
            None => "Nobody has decided how evolved it is; it is drawn where it fits.".to_owned(),
        };
        let evolve = component.evolve.as_ref();
        let mut going = vec![Field::new(Key::Going, PERCENT, evolve.map_or_else(String::new, |e| percent(e.to.get())))];
        if let Some(evolve) = evolve {
            let name = evolve.name.clone().unwrap_or_default();
            going.push(Field::new(Key::NewName, Control::Line("Same name"), name));
        }
        let mut what = vec![Part::Field(Field::new(Key::Description, Control::Lines, component.description.clone()))];
        let mut kinds = KINDS.to_vec();
        if let ComponentKind::Unknown(_) = component.kind {
            kinds.push(("unknown", "A kind this version does not know"));
        }
        let mut kind = several.field(Key::Kind, choice(&kinds), &|c| kind_key(&c.kind).to_owned());
        kind.disabled = kinds.len() > KINDS.len();
        let symbol = several.field(Key::Symbol, choice(&SYMBOLS), &|c| symbol_key(c.symbol).to_owned());
        what.push(row("", vec![kind, symbol], None));
        let address = Field::new(Key::Url, Control::Line("https://"), component.url.clone().unwrap_or_default());
        let is_submap = component.kind == ComponentKind::Submap;
        if is_submap {
            what.push(Part::Field(address.clone()));
        }
        let method = several.field(Key::Method, choice(&METHODS), &|c| method_key(c.method).to_owned());
        let inertia = several.field(Key::Inertia, choice(&[("no", "No"), ("yes", "Yes")]), &inertia_of);
        what.push(row("", vec![method, inertia], None));
        if let Some(inertia) = &component.inertia {
            what.push(Part::Field(Field::new(Key::Cause, Control::Line("Not said"), inertia.cause.clone())));
        }
        let mut more = vec![Part::Field(several.field(Key::Tags, Control::Line("radiology, legacy"), &tags_of))];
        more.push(Part::Field(several.field(Key::Owner, Control::Line("A person or post"), &owner_of)));
        if !is_submap {
            more.push(Part::Field(address));
        }
        more.push(Part::LabelPlaces { key: Key::LabelSide, chosen: self.label_place(id, false) });
        if component.evolve.is_some() {
            more.push(Part::LabelPlaces { key: Key::EvolvedLabelSide, chosen: self.label_place(id, true) });
        }
        more.push(Part::Field(several.field(Key::Hidden, Control::Tick, &|c| yes(c.hidden).to_owned())));
        more.push(Part::Field(several.field(Key::Locked, Control::Tick, &|c| yes(c.locked).to_owned())));
        Form {
            key: format!("component-{id}"),
            title: describe::one_line(&component.name),
            groups: vec![
                group(
                    "",
                    true,
                    vec![Part::Field(Field::new(Key::Name, lines_of(&component.name), component.name.clone()))],
                ),
                group(
                    "Place",
                    true,
                    vec![row("", vec![evolution, visibility], None), Part::Hint(stage), row("", going, None)],
                ),
                group("About", true, what),
                group("Pipeline and areas", false, self.belongs(id, component)),
                group("More", false, more),
            ],
        }
    }

    /// The pipeline and the areas of a component.
    fn belongs(&self, id: ComponentId, component: &Component) -> Vec<Part> {
        let document = &self.document;
        let own = document.pipeline_of_parent(id).map(|(pipeline, _)| pipeline);
        let mut pipelines = vec![(Cow::Borrowed(""), Cow::Borrowed("None"))];
        for (pipeline, record) in document.pipelines.iter().filter(|(pipeline, _)| Some(**pipeline) != own) {
            pipelines.push((pipeline.to_string().into(), describe::name_of(self, record.parent).into()));
        }
        let mut parts = Vec::new();
        if pipelines.len() > 1 {
            let value = component.pipeline.map_or_else(String::new, |p| p.to_string());
            parts.push(Part::Field(Field::new(Key::Variant, Control::Choice(pipelines), value)));
        }
        match own {
            Some(pipeline) => {
                let record = AnyRecordId::Pipeline(pipeline);
                parts.push(Part::Item { words: "Its pipeline".to_owned(), record, remove: None });
                parts.push(Part::Action(ActionId::AddVariant));
            }
            None => parts.push(Part::Action(ActionId::AddPipeline)),
        }
        let mut areas = vec![(Cow::Borrowed(""), Cow::Borrowed("Choose…"))];
        for (area, record) in &document.areas {
            if record.members.contains(&id) {
                let mut after = Area::clone(record);
                after.members.remove(&id);
                let words = format!("Take it out of {}", describe::one_line(&record.name));
                let remove = Intent::Edit(Command::Put(AnyRecord::Area(*area, after)));
                parts.push(Part::Item {
                    words: describe::one_line(&record.name),
                    record: AnyRecordId::Area(*area),
                    remove: Some((words, remove)),
                });
            } else {
                areas.push((area.to_string().into(), describe::one_line(&record.name).into()));
            }
        }
        if areas.len() > 1 {
            parts.push(Part::Field(Field::new(Key::ToArea, Control::Choice(areas), "")));
        }
        parts.push(Part::Action(ActionId::AddArea));
        parts
    }

    fn link_form(&self, id: LinkId) -> Form {
        let record = AnyRecordId::Link(id);
        let Some(link) = self.document.links.get(&id) else { return self.titled(record, Vec::new()) };
        let end = |component, words: &str| Part::Item {
            words: format!("{words} {}", describe::name_of(self, component)),
            record: AnyRecordId::Component(component),
            remove: None,
        };
        let mut first = vec![
            end(link.from, "From"),
            end(link.to, "Needs"),
            Part::Action(ActionId::ReverseLink),
            Part::Field(Field::new(Key::LinkKind, choice(&FLOWS), flow_key(link.kind))),
        ];
        if link.kind != LinkKind::Need || !link.flow_text.is_empty() {
            first.push(Part::Field(Field::new(Key::FlowText, Control::Line("12 a day"), link.flow_text.clone())));
        }
        first.push(Part::Field(Field::new(Key::Context, Control::Line(""), link.context.clone())));
        first.push(described(&link.description));
        let strength = link.strength.value().map_or_else(String::new, |share| percent(*share));
        let words = "Empty counts as 100: whatever is needed is taken as vital until somebody knows better.";
        let buffer = link.buffer_h.value().map_or_else(String::new, f64::to_string);
        let mut sets = vec![(Cow::Borrowed(""), Cow::Borrowed("None: it needs exactly this"))];
        for (group, record) in &self.document.redundancy_groups {
            sets.push((group.to_string().into(), describe::one_line(&record.name).into()));
        }
        let key_of = |keys: &[(&'static str, &'static str)], at: usize| keys.get(at).map_or("", |(key, _)| *key);
        let mut second = vec![
            Part::Field(Field::new(Key::Strength, PERCENT, strength)),
            Part::Hint(words.to_owned()),
            Part::Field(Field::new(Key::Buffer, Control::Number(0.0, 8760.0, "hours"), buffer)),
            Part::Field(Field::new(Key::Dependency, choice(&NEEDS), key_of(&NEEDS, link.dependency as usize))),
            Part::Field(Field::new(
                Key::Interface,
                Control::Line("HL7, a file, typing it in again"),
                link.interface.clone(),
            )),
            Part::Field(Field::new(Key::Confirmed, choice(&SOURCES), key_of(&SOURCES, link.confirmed as usize))),
        ];
        if sets.len() > 1 {
            let group = link.group.map_or_else(String::new, |group| group.to_string());
            second.push(Part::Field(Field::new(Key::Alternatives, Control::Choice(sets), group)));
        }
        Form {
            key: format!("{record:?}"),
            title: "Link".to_owned(),
            groups: vec![group("", true, first), group("Dependency", true, second)],
        }
    }

    fn record_form(&self, record: AnyRecordId) -> Form {
        let parts = match record {
            AnyRecordId::Pipeline(id) => self.pipeline_parts(id),
            AnyRecordId::Note(id) => self.document.notes.get(&id).map(|note| {
                vec![
                    Part::Field(Field::new(Key::Text, Control::Lines, note.text.clone())),
                    place(note.at),
                    described(&note.description),
                ]
            }),
            AnyRecordId::Annotation(id) => return self.annotation_form(id),
            AnyRecordId::Attitude(id) => self.document.attitudes.get(&id).map(|a| {
                let kind = match a.kind {
                    AttitudeKind::Pioneers => "pioneers",
                    AttitudeKind::Settlers => "settlers",
                    AttitudeKind::TownPlanners => "town planners",
                };
                let number = |key, value: f64| Field::new(key, PERCENT, percent(value));
                let (left, right) = (a.from.x.min(a.to.x), a.from.x.max(a.to.x));
                let (top, bottom) = (a.from.y.max(a.to.y), a.from.y.min(a.to.y));
                vec![
                    Part::Field(Field::new(Key::Attitude, choice(&ATTITUDES), kind)),
                    row("", vec![number(Key::Left, left), number(Key::Right, right)], None),
                    row("", vec![number(Key::Top, top), number(Key::Bottom, bottom)], None),
                    described(&a.description),
                ]
            }),
            AnyRecordId::Accelerator(id) => self.document.accelerators.get(&id).map(|a| {
                let slows = choice(&[("no", "Speeds evolution up"), ("yes", "Slows evolution down")]);
                vec![
                    Part::Field(Field::new(Key::RecordName, lines_of(&a.name), a.name.clone())),
                    Part::Field(Field::new(Key::Slows, slows, yes(a.slows))),
                    place(a.at),
                    described(&a.description),
                ]
            }),
            AnyRecordId::Area(id) => self.area_parts(id),
            _ => None,
        };
        self.titled(record, vec![group("", true, parts.unwrap_or_default())])
    }

    fn pipeline_parts(&self, id: PipelineId) -> Option<Vec<Part>> {
        let pipeline = self.document.pipelines.get(&id)?;
        let end = |key, value: Option<crate::geom::Evolution>| {
            Field::new(key, PERCENT, value.map_or_else(String::new, |v| percent(v.get())))
        };
        let fields = vec![
            end(Key::SpanFrom, pipeline.span.map(|(from, _)| from)),
            end(Key::SpanTo, pipeline.span.map(|(_, to)| to)),
        ];
        let mut parts = vec![
            Part::Item {
                words: format!("On {}", describe::name_of(self, pipeline.parent)),
                record: AnyRecordId::Component(pipeline.parent),
                remove: None,
            },
            row("", fields, None),
            Part::Hint("The box reaches over its variants too; without numbers they alone decide.".to_owned()),
            described(&pipeline.description),
        ];
        let mut all = self.document.pipeline_members(id).map(|(id, _)| id).collect::<Vec<_>>();
        let x = |id: ComponentId| self.position(id).map_or(0.0, |p| p.x);
        crate::order::sort_by(&mut all, |a, b| x(*a).total_cmp(&x(*b)));
        parts.extend(all.iter().take(MOST).map(|id| {
            let words = describe::name_of(self, *id);
            let change = ComponentChange::Pipeline(None);
            let out = Intent::Edit(Command::ChangeComponents { ids: vec![*id], change });
            let remove = Some((format!("Take {words} out of the pipeline"), out));
            Part::Item { words, record: AnyRecordId::Component(*id), remove }
        }));
        more_of(all.len(), &mut parts);
        parts.push(Part::Action(ActionId::AddVariant));
        let pick = DialogKind::Pick(Pick::Variant(id));
        parts.push(Part::Button("Take a component in…", open(pick)));
        Some(parts)
    }

    fn annotation_form(&self, id: AnnotationId) -> Form {
        let record = AnyRecordId::Annotation(id);
        let Some(annotation) = self.document.annotations.get(&id) else { return self.titled(record, Vec::new()) };
        let first = vec![
            Part::Field(Field::new(Key::Text, Control::Lines, annotation.text.clone())),
            Part::Field(Field::new(Key::Number, Control::Number(1.0, 9999.0, ""), annotation.number.to_string())),
            described(&annotation.description),
        ];
        let mut places: Vec<Part> = Vec::new();
        for (at, p) in annotation.places.iter().enumerate().take(MOST) {
            let number = at + 1;
            let remove = (annotation.places.len() > 1).then(|| {
                let mut after = Annotation::clone(annotation);
                after.places.remove(at);
                let remove = Intent::Edit(Command::Put(AnyRecord::Annotation(id, after)));
                (format!("Remove place {number}"), remove)
            });
            let fields = vec![
                Field::new(Key::PlaceX, PERCENT, percent(p.x)).at(number),
                Field::new(Key::PlaceY, PERCENT, percent(p.y)).at(number),
            ];
            places.push(row(format!("Place {number}"), fields, remove));
        }
        more_of(annotation.places.len(), &mut places);
        places.push(Part::Action(ActionId::AddAnnotationPlace));
        let groups = vec![
            group("", true, first),
            group("Where it stands", true, places),
            group("Box with all remarks", false, vec![self.box_row()]),
        ];
        self.titled(record, groups)
    }

    /// Where the box of the annotations stands.
    pub(super) fn box_row(&self) -> Part {
        let at = self.document.settings.annotation_box;
        let number = |key, value: Option<f64>| Field::new(key, PERCENT, value.map_or_else(String::new, percent));
        row("", vec![number(Key::BoxX, at.map(|p| p.x)), number(Key::BoxY, at.map(|p| p.y))], None)
    }

    fn area_parts(&self, id: AreaId) -> Option<Vec<Part>> {
        let area = self.document.areas.get(&id)?;
        let color = area.color.map_or_else(String::new, |number| number.to_string());
        let mut parts = vec![
            Part::Field(Field::new(Key::RecordName, Control::Line(""), area.name.clone())),
            Part::Field(Field::new(Key::AreaColor, choice(&COLORS), color)),
            Part::Field(Field::new(Key::AreaText, Control::Lines, area.description.clone())),
        ];
        parts.extend(area.members.iter().take(MOST).map(|member| {
            let words = describe::name_of(self, *member);
            let mut after = Area::clone(area);
            after.members.remove(member);
            let remove =
                Some((format!("Take {words} out of the area"), Intent::Edit(Command::Put(AnyRecord::Area(id, after)))));
            Part::Item { words, record: AnyRecordId::Component(*member), remove }
        }));
        more_of(area.members.len(), &mut parts);
        parts.push(Part::Button("Add a member…", open(DialogKind::Pick(Pick::Member(id)))));
        Some(parts)
    }

    fn several_form(&self, count: usize) -> Form {
        let ids = self.selected_components();
        let several = Several(ids.iter().filter_map(|id| self.document.components.get(id)).collect());
        let mut groups = Vec::new();
        if !ids.is_empty() {
            if ids.len() < count {
                let words = format!("What follows is for the {} among them.", describe::count(ids.len(), "component"));
                groups.push(group("", true, vec![Part::Hint(words)]));
            }
            let evolution = several.field(Key::Evolution, PERCENT, &evolution_of);
            let visibility = several.field(Key::Visibility, PERCENT, &visibility_of);
            groups.push(group("", true, vec![row("", vec![evolution, visibility], None)]));
            let kind = several.field(Key::Kind, choice(&KINDS), &|c| kind_key(&c.kind).to_owned());
            let symbol = several.field(Key::Symbol, choice(&SYMBOLS), &|c| symbol_key(c.symbol).to_owned());
            let method = several.field(Key::Method, choice(&METHODS), &|c| method_key(c.method).to_owned());
            let inertia = several.field(Key::Inertia, choice(&[("no", "No"), ("yes", "Yes")]), &inertia_of);
            let about = vec![
                row("", vec![kind, symbol], None),
                row("", vec![method, inertia], None),
                Part::Field(several.field(Key::Owner, Control::Line("A person or post"), &owner_of)),
                Part::Field(Field::new(Key::AddTags, Control::Line("radiology, legacy"), "")),
                Part::Field(several.field(Key::Hidden, Control::Tick, &|c| yes(c.hidden).to_owned())),
                Part::Field(several.field(Key::Locked, Control::Tick, &|c| yes(c.locked).to_owned())),
                Part::Action(ActionId::AddArea),
            ];
            groups.push(group("About all of them", true, about));
            let arrange = [
                ActionId::AlignLeft,
                ActionId::AlignRight,
                ActionId::AlignTop,
                ActionId::AlignBottom,
                ActionId::DistributeEvolution,
                ActionId::DistributeVisibility,
            ];
            groups.push(group("Line up", true, arrange.map(Part::Action).to_vec()));
        }
        // The same for any number, so that what is open stays open while the selection grows.
        Form { key: "several".to_owned(), title: format!("{count} selected"), groups }
    }

    /// Everything on the map that is neither component nor link.
    pub fn other_records(&self) -> Vec<AnyRecordId> {
        let document = &self.document;
        let mut records: Vec<AnyRecordId> = document.notes.keys().map(|id| AnyRecordId::Note(*id)).collect();
        records.extend(document.annotations.keys().map(|id| AnyRecordId::Annotation(*id)));
        records.extend(document.attitudes.keys().map(|id| AnyRecordId::Attitude(*id)));
        records.extend(document.accelerators.keys().map(|id| AnyRecordId::Accelerator(*id)));
        records.extend(document.pipelines.keys().map(|id| AnyRecordId::Pipeline(*id)));
        records.extend(document.areas.keys().map(|id| AnyRecordId::Area(*id)));
        records
    }

    /// The map when nothing is selected: everything that is no component leads on from here.
    fn overview_form(&self) -> Form {
        let records = self.other_records();
        let mut parts: Vec<Part> = records
            .iter()
            .take(MOST)
            .map(|record| {
                let words = describe::record(self, *record);
                Part::Item { words: words.trim_end_matches('.').to_owned(), record: *record, remove: None }
            })
            .collect();
        more_of(records.len(), &mut parts);
        let groups = if parts.is_empty() { Vec::new() } else { vec![group("Notes, boxes and areas", true, parts)] };
        Form { key: "map".to_owned(), title: self.title().to_owned(), groups }
    }
}

/// One line for what has one: a field of one line would lose the breaks of more.
fn lines_of(text: &str) -> Control {
    if text.contains('\n') {
        Control::Lines
    } else {
        Control::Line("")
    }
}

fn evolution_of(c: &Component) -> String {
    c.evolution.map_or_else(String::new, |e| percent(e.get()))
}

fn visibility_of(c: &Component) -> String {
    c.visibility.map_or_else(String::new, |v| percent(v.get()))
}

fn inertia_of(c: &Component) -> String {
    yes(c.inertia.is_some()).to_owned()
}

fn owner_of(c: &Component) -> String {
    c.facts().owner_business.value().cloned().unwrap_or_default()
}

fn tags_of(c: &Component) -> String {
    let mut words = String::new();
    for tag in &c.tags {
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(tag);
    }
    words
}

fn described(description: &str) -> Part {
    Part::Field(Field::new(Key::RecordDescription, Control::Lines, description.to_owned()))
}

fn place(at: Point<Map>) -> Part {
    row("", vec![Field::new(Key::X, PERCENT, percent(at.x)), Field::new(Key::Y, PERCENT, percent(at.y))], None)
}

fn open(dialog: DialogKind) -> Intent {
    Intent::Show(crate::app::intent::ShowIntent::Dialog(Some(dialog)))
}

fn more_of(count: usize, parts: &mut Vec<Part>) {
    if count > MOST {
        parts.push(Part::Hint(format!("and {} more", count - MOST)));
    }
}
