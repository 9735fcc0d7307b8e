//! Small maps written in code.

use std::rc::Rc;

use crate::geom::{Evolution, Point, Size, Vector};
use crate::id::Id;
use crate::model::*;
use crate::scene::{RiskMark, SceneFacts};

/// Writes a map line by line.
#[derive(Default)]
pub(crate) struct Sketch {
    pub(crate) document: Document,
}

pub(crate) fn id_of<K>(document: &Document, name: &str) -> Id<K> {
    document.component_named(name).unwrap_or_else(|| panic!("no component {name}")).0.cast()
}

impl Sketch {
    pub(crate) fn new(title: &str) -> Self {
        let mut sketch = Self::default();
        sketch.document.settings = Rc::new(Settings { title: title.to_owned(), ..Settings::default() });
        sketch
    }

    pub(crate) fn settings(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Rc::make_mut(&mut self.document.settings));
        self
    }

    pub(crate) fn add(
        mut self,
        name: &str,
        visibility: f64,
        evolution: f64,
        change: impl FnOnce(&mut Component),
    ) -> Self {
        let mut component = Component::named(name).at(Point::new(evolution, visibility));
        change(&mut component);
        let id = Id::numbered('c', self.document.components.len() as u64 + 1);
        self.document.components.insert(id, Rc::new(component));
        self
    }

    pub(crate) fn anchor(self, name: &str, visibility: f64, evolution: f64) -> Self {
        self.add(name, visibility, evolution, |c| c.kind = ComponentKind::Anchor)
    }

    pub(crate) fn component(self, name: &str, visibility: f64, evolution: f64) -> Self {
        self.add(name, visibility, evolution, |_| {})
    }

    pub(crate) fn labelled(self, name: &str, visibility: f64, evolution: f64, x: f64, y: f64) -> Self {
        self.add(name, visibility, evolution, |c| c.label_offset = Some(Vector::new(x, y)))
    }

    pub(crate) fn change(mut self, name: &str, change: impl FnOnce(&mut Component)) -> Self {
        let id = id_of(&self.document, name);
        change(Rc::make_mut(self.document.components.get_mut(&id).unwrap()));
        self
    }

    pub(crate) fn evolve(self, name: &str, to: f64, new_name: Option<&str>) -> Self {
        let name_after = new_name.map(str::to_owned);
        self.change(name, |c| {
            c.evolve = Some(Evolve { to: Evolution::clamped(to), name: name_after, label_offset: None });
        })
    }

    pub(crate) fn link(self, from: &str, to: &str) -> Self {
        self.link_with(from, to, |_| {})
    }

    pub(crate) fn links(mut self, text: &str) -> Self {
        for line in text.lines().filter(|line| line.contains("->")) {
            let (from, to) = line.split_once("->").unwrap();
            self = self.link(from.trim(), to.trim());
        }
        self
    }

    pub(crate) fn link_with(mut self, from: &str, to: &str, change: impl FnOnce(&mut Link)) -> Self {
        let mut link = Link::need(id_of(&self.document, from), id_of(&self.document, to));
        change(&mut link);
        self.document.links.insert(Id::numbered('l', self.document.links.len() as u64 + 1), Rc::new(link));
        self
    }

    pub(crate) fn pipeline(mut self, parent: &str, variants: &[(&str, f64)]) -> Self {
        let id = Id::numbered('p', self.document.pipelines.len() as u64 + 1);
        let pipeline = Pipeline { parent: id_of(&self.document, parent), ..Pipeline::default() };
        self.document.pipelines.insert(id, Rc::new(pipeline));
        for (name, evolution) in variants {
            self = self.add(name, 0.5, *evolution, |c| {
                c.visibility = None;
                c.pipeline = Some(id);
            });
        }
        self
    }

    pub(crate) fn note(mut self, text: &str, visibility: f64, evolution: f64) -> Self {
        let note = Note { text: text.to_owned(), at: Point::new(evolution, visibility), ..Note::default() };
        self.document.notes.insert(Id::numbered('n', self.document.notes.len() as u64 + 1), Rc::new(note));
        self
    }

    pub(crate) fn annotation(mut self, number: u32, text: &str, places: &[(f64, f64)]) -> Self {
        let places = places.iter().map(|(v, e)| Point::new(*e, *v)).collect();
        let annotation = Annotation { number, text: text.to_owned(), places, ..Annotation::default() };
        self.document.annotations.insert(Id::numbered('a', u64::from(number)), Rc::new(annotation));
        self
    }

    pub(crate) fn attitude(mut self, kind: AttitudeKind, from: (f64, f64), to: (f64, f64)) -> Self {
        let (from, to) = (Point::new(from.1, from.0), Point::new(to.1, to.0));
        let attitude = Attitude { kind, from, to, ..Attitude::default() };
        self.document.attitudes.insert(Id::numbered('t', self.document.attitudes.len() as u64), Rc::new(attitude));
        self
    }

    pub(crate) fn accelerator(mut self, name: &str, slows: bool, visibility: f64, evolution: f64) -> Self {
        let at = Point::new(evolution, visibility);
        let accelerator = Accelerator { name: name.to_owned(), slows, at, ..Accelerator::default() };
        let id = Id::numbered('x', self.document.accelerators.len() as u64);
        self.document.accelerators.insert(id, Rc::new(accelerator));
        self
    }

    pub(crate) fn area(mut self, name: &str, members: &[&str]) -> Self {
        let members = members.iter().map(|name| id_of(&self.document, name)).collect();
        let area = Area { name: name.to_owned(), members, ..Area::default() };
        self.document.areas.insert(Id::numbered('r', self.document.areas.len() as u64), Rc::new(area));
        self
    }
}

pub(crate) fn tea_shop() -> Document {
    Sketch::new("Tea shop")
        .anchor("Business", 0.95, 0.63)
        .anchor("Public", 0.95, 0.78)
        .component("Cup of tea", 0.79, 0.61)
        .component("Cup", 0.73, 0.78)
        .component("Tea", 0.63, 0.81)
        .component("Hot water", 0.52, 0.80)
        .component("Water", 0.38, 0.82)
        .component("Kettle", 0.43, 0.35)
        .component("Power", 0.10, 0.70)
        .links(
            "Business->Cup of tea
            Public->Cup of tea
            Cup of tea->Cup
            Cup of tea->Tea
            Cup of tea->Hot water
            Hot water->Water
            Hot water->Kettle
            Kettle->Power",
        )
        .evolve("Kettle", 0.62, Some("Electric kettle"))
        .evolve("Power", 0.89, None)
        .change("Kettle", |c| c.inertia = Some(Inertia::default()))
        .note("A generic note appeared", 0.23, 0.33)
        .annotation(1, "Standardising power allows kettles to evolve faster", &[(0.43, 0.49), (0.08, 0.79)])
        .annotation(2, "Hot water is obvious and well known", &[(0.48, 0.85)])
        .document
}

pub(crate) fn booking() -> Document {
    Sketch::new("Outpatient booking")
        .anchor("Patient", 0.96, 0.42)
        .anchor("General practitioner", 0.96, 0.66)
        .component("Appointment at a convenient time", 0.86, 0.44)
        .component("Referral", 0.84, 0.68)
        .component("Patient portal", 0.74, 0.40)
        .component("Call centre", 0.73, 0.56)
        .component("Electronic referral service", 0.70, 0.74)
        .component("Clinic templates and slots", 0.58, 0.33)
        .component("Patient administration system", 0.52, 0.52)
        .component("Text message reminders", 0.63, 0.83)
        .component("Letters", 0.60, 0.66)
        .component("Integration engine", 0.40, 0.60)
        .component("Spine demographics", 0.34, 0.80)
        .component("Clinicians' rotas (spreadsheet)", 0.44, 0.14)
        .component("Identity and access", 0.28, 0.70)
        .component("Data centre", 0.14, 0.72)
        .component("Network", 0.12, 0.86)
        .component("Reporting warehouse", 0.36, 0.36)
        .links(
            "Patient->Appointment at a convenient time
            General practitioner->Referral
            Appointment at a convenient time->Patient portal
            Appointment at a convenient time->Call centre
            Referral->Electronic referral service
            Patient portal->Patient administration system
            Patient portal->Identity and access
            Call centre->Patient administration system
            Electronic referral service->Integration engine
            Patient administration system->Clinic templates and slots
            Patient administration system->Integration engine
            Patient administration system->Letters
            Patient administration system->Text message reminders
            Integration engine->Spine demographics
            Clinic templates and slots->Clinicians' rotas (spreadsheet)
            Patient administration system->Data centre
            Integration engine->Data centre
            Data centre->Network
            Patient administration system->Reporting warehouse
            Identity and access->Network",
        )
        .evolve("Patient administration system", 0.66, None)
        .change("Patient administration system", |c| c.inertia = Some(Inertia::default()))
        .evolve("Clinicians' rotas (spreadsheet)", 0.46, Some("Rostering system"))
        .document
}

/// Marks of all steps on the components in order, some of them unsure.
pub(crate) fn marked(document: &Document) -> SceneFacts {
    let marks = document.components.iter().filter(|(_, c)| !c.is_anchor()).enumerate().map(|(i, (id, _))| RiskMark {
        component: *id,
        step: (i * 7 % 5) as u8 + 1,
        rank: Some(i as u32 + 1),
        unsure: i % 4 == 1,
        group: None,
    });
    SceneFacts::new(Vec::new(), marks.collect())
}

pub(crate) fn notation() -> Document {
    let mut sketch = Sketch::new("Everything the notation has")
        .settings(|s| s.style = MapStyle::Wardley)
        .anchor("Cyclist", 0.96, 0.60)
        .component("Bicycle", 0.82, 0.58)
        .component("Workshop", 0.66, 0.40)
        .component("Brakes", 0.60, 0.58)
        .component("Power", 0.16, 0.76)
        .component("Spare\nparts", 0.46, 0.52)
        .component("Undecided thing", 0.34, 0.30)
        .component("Payment", 0.52, 0.80)
        .component("Steel market", 0.30, 0.86)
        .component("Rider community", 0.70, 0.16)
        .component("Frame", 0.34, 0.62)
        .component("Tyres", 0.28, 0.70)
        .component("Repair know-how", 0.50, 0.22)
        .component("Made by a newer version", 0.18, 0.40)
        .component("Advice", 0.80, 0.30);
    sketch = sketch
        .pipeline("Brakes", &[("Rim brake", 0.46), ("Disc brake", 0.74)])
        .pipeline("Power", &[("Muscle", 0.84)])
        .links(
            "Cyclist->Bicycle
            Bicycle->Brakes
            Bicycle->Spare parts
            Spare parts->Frame
            Frame->Steel market
            Bicycle->Payment
            Brakes->Power
            Workshop->Repair know-how
            Repair know-how->Undecided thing
            Advice->Rider community
            Undecided thing->Made by a newer version",
        )
        .link_with("Bicycle", "Workshop", |l| {
            l.kind = LinkKind::Flow(FlowDirection::Both);
            l.flow_text = "12 a day".to_owned();
        })
        .link_with("Spare parts", "Tyres", |l| {
            l.kind = LinkKind::Flow(FlowDirection::Forward);
            l.context = "fitted by hand".to_owned();
        })
        .link_with("Cyclist", "Advice", |l| l.context = "asks for".to_owned())
        .change("Undecided thing", |c| c.evolution = None)
        .change("Payment", |c| c.kind = ComponentKind::Submap)
        .change("Steel market", |c| c.symbol = Symbol::Market)
        .change("Rider community", |c| c.symbol = Symbol::Ecosystem)
        .change("Made by a newer version", |c| c.kind = ComponentKind::Unknown("hologram".to_owned()))
        .change("Workshop", |c| c.method = Some(Method::Build))
        .change("Frame", |c| c.method = Some(Method::Buy))
        .change("Tyres", |c| c.method = Some(Method::Outsource))
        .evolve("Disc brake", 0.90, Some("Standard brake"))
        .evolve("Repair know-how", 0.46, None)
        .change("Repair know-how", |c| c.inertia = Some(Inertia::default()))
        .change("Advice", |c| c.inertia = Some(Inertia::default()))
        .note("Agreed in May\nwith everybody", 0.10, 0.06)
        .annotation(
            1,
            "Ask the owner of the workshop, who knows both the parts and the people",
            &[(0.72, 0.48), (0.08, 0.62)],
        )
        .annotation(2, "Spare parts are dear", &[(0.44, 0.58)])
        .attitude(AttitudeKind::Pioneers, (0.92, 0.02), (0.58, 0.165))
        .attitude(AttitudeKind::TownPlanners, (0.36, 0.72), (0.04, 0.98))
        .accelerator("Open standard", false, 0.92, 0.84)
        .accelerator("Regulation", true, 0.92, 0.20)
        .area("Making", &["Frame", "Tyres", "Spare parts"])
        .area("Serving", &["Workshop", "Advice"]);
    sketch.document
}

/// Names so long and places so near that labels have to look for room.
pub(crate) fn crowded() -> Document {
    let mut sketch = Sketch::new("Crowded").settings(|s| s.size = Some(Size::new(700.0, 460.0)));
    let words =
        ["Booking", "Picture archive", "Ward list", "Pathology requests", "Payroll", "Network", "General ledger"];
    for i in 0..42u32 {
        let (row, column) = (i / 7, i % 7);
        let (v, e) = (0.92 - 0.15 * f64::from(row), 0.08 + 0.13 * f64::from(column) + 0.02 * f64::from(row % 3));
        sketch = sketch.component(&format!("{} {i}", words[(i * 3 % 7) as usize]), v, e);
    }
    for i in 7..42u32 {
        let name = |i: u32| format!("{} {i}", words[(i * 3 % 7) as usize]);
        sketch = sketch.link(&name(i - 7 + (i % 2)), &name(i));
    }
    sketch.document
}
