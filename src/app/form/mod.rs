//! What can be said about the things on the map, as forms: plain rows of fields, buttons and lists.
//!
//! One description for every kind of element, so that each can be edited with words and numbers alone. `fill` makes
//! the form of what is selected, `take` turns what was typed into a command. Knows no browser and draws nothing.

mod fill;
mod map;
mod take;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::app::action::ActionId;
use crate::app::effect::Effect;
use crate::app::intent::Intent;
use crate::app::App;
use crate::edit::CommandError;
use crate::model::{AnyRecordId, AreaId, ComponentId, PipelineId};

/// Something happened in a form.
#[derive(Debug, Clone, PartialEq)]
pub enum FormIntent {
    /// A field was left or chosen with this text.
    Take {
        /// Which field.
        key: FieldKey,
        /// Which of several alike, from 1; 0 when there is one.
        index: usize,
        /// What it holds now.
        text: String,
    },
    /// What was refused is given up: the field shows again what is so.
    Restore,
    /// A component was chosen by name.
    Picked(Pick, ComponentId),
}

/// What a component is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// As a member of an area.
    Member(AreaId),
    /// As a variant in a pipeline.
    Variant(PipelineId),
}

macro_rules! fields {
    ($($key:ident, $id:literal, $label:literal;)*) => {
        /// A field of a form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FieldKey {
            $(#[doc = $label] $key,)*
        }

        impl FieldKey {
            /// Name in the page, and the words beside it.
            pub const fn words(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$key => ($id, $label),)*
                }
            }
        }
    };
}

fields! {
    Name, "component-name", "Name";
    Evolution, "component-evolution", "Evolution";
    Visibility, "component-visibility", "Visibility";
    Going, "component-evolves", "Going to";
    NewName, "component-new-name", "Name there";
    Kind, "component-kind", "Kind";
    Symbol, "component-symbol", "Symbol";
    Method, "component-method", "Come by";
    Inertia, "component-inertia", "Inertia";
    Cause, "component-cause", "Why it resists change";
    Description, "component-description", "Description";
    Tags, "component-tags", "Tags";
    AddTags, "component-add-tags", "Add tags to all";
    Owner, "component-owner", "Who answers for it";
    Url, "component-url", "Web address";
    Variant, "component-pipeline", "Variant in the pipeline of";
    ToArea, "component-area", "Add to an area";
    Hidden, "component-hidden", "Hidden on the map";
    Locked, "component-locked", "Locked: does not move";
    LabelSide, "component-label", "Place of the label";
    EvolvedLabelSide, "component-evolved-label", "Place of the label there";
    LinkKind, "link-kind", "What it is";
    FlowText, "link-flow", "What flows";
    Context, "link-context", "Words on the link";
    Strength, "link-strength", "If it stops, chance that this stops too";
    Buffer, "link-buffer", "Time it can do without";
    Dependency, "link-dependency", "How it needs it";
    Interface, "link-interface", "By way of";
    Confirmed, "link-confirmed", "How we know";
    Alternatives, "link-alternatives", "One of these alternatives";
    SpanFrom, "pipeline-from", "From";
    SpanTo, "pipeline-to", "To";
    Text, "record-text", "Text";
    RecordName, "record-name", "Name";
    RecordDescription, "record-description", "Description";
    X, "record-evolution", "Evolution";
    Y, "record-visibility", "Visibility";
    Number, "annotation-number", "Number";
    PlaceX, "annotation-evolution", "Evolution";
    PlaceY, "annotation-visibility", "Visibility";
    BoxX, "box-evolution", "Left edge";
    BoxY, "box-visibility", "Top edge";
    Attitude, "attitude-kind", "Who works here";
    Left, "attitude-left", "Left edge";
    Right, "attitude-right", "Right edge";
    Top, "attitude-top", "Top edge";
    Bottom, "attitude-bottom", "Bottom edge";
    Slows, "accelerator-kind", "What it does";
    AreaColor, "area-color", "Colour and mark";
    AreaText, "area-description", "What it is about";
    Title, "settings-title", "Title";
    About, "settings-description", "What the map is about";
    Stages, "settings-stages", "Stages of evolution";
    StageCount, "settings-stage-count", "Number of stages";
    Stage, "settings-stage", "Stage";
    StageSecond, "settings-second", "Second line";
    Boundary, "settings-boundary", "Boundary";
    StagesHidden, "settings-stages-hidden", "Hide the stages and their lines";
    AxisLabel, "settings-axis", "Name of the value chain axis";
    AxisTop, "settings-top", "Top of the value chain";
    AxisBottom, "settings-bottom", "Bottom of the value chain";
    AxisHidden, "settings-axis-hidden", "Hide the value chain axis";
    Width, "settings-width", "Width";
    Height, "settings-height", "Height";
    Ratio, "settings-ratio", "Shape of the map";
    Style, "settings-style", "Look of the map";
    Look, "settings-look", "Look of the app";
    MapLocked, "settings-locked", "Lock the map: nothing moves";
}

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// One line; the words are shown while it is empty.
    Line(&'static str),
    /// Several lines.
    Lines,
    /// A number in this range, with the unit.
    Number(f64, f64, &'static str),
    /// One of these: key and words.
    Choice(Vec<(Cow<'static, str>, Cow<'static, str>)>),
    /// A box to tick; the value is "yes" or "no".
    Tick,
}

/// A field with what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Which.
    pub key: FieldKey,
    /// Which of several alike, from 1; 0 when there is one.
    pub index: usize,
    /// How it is filled in.
    pub control: Control,
    /// What it holds.
    pub value: String,
    /// Those selected differ in it; the value is empty then.
    pub mixed: bool,
    /// It cannot be changed now.
    pub disabled: bool,
    /// Why what was typed was refused; `value` is what was typed then.
    pub error: Option<String>,
}

impl Field {
    fn new(key: FieldKey, control: Control, value: impl Into<String>) -> Self {
        Self { key, index: 0, control, value: value.into(), mixed: false, disabled: false, error: None }
    }

    fn at(mut self, index: usize) -> Self {
        self.index = index;
        self
    }

    /// Name in the page.
    pub fn id(&self) -> String {
        match self.index {
            0 => self.key.words().0.to_owned(),
            index => format!("{}-{index}", self.key.words().0),
        }
    }
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A field.
    Field(Field),
    /// Fields side by side, under words of their own, and what takes the row away.
    Row {
        /// Words; empty for none.
        words: String,
        /// The fields.
        fields: Vec<Field>,
        /// What takes it away, and the words for it.
        remove: Option<(String, Intent)>,
    },
    /// A sentence.
    Hint(String),
    /// Something that leads on to a record.
    Item {
        /// Its name.
        words: String,
        /// What it leads to.
        record: AnyRecordId,
        /// What takes it out of the list, and the words for it.
        remove: Option<(String, Intent)>,
    },
    /// A button.
    Button(&'static str, Intent),
    /// A button for an action of the table.
    Action(ActionId),
    /// Eight places around the symbol for a name, and the automatic one.
    LabelPlaces {
        /// For the name, or the one at the place where it is going.
        key: FieldKey,
        /// The number of the place it has, 0 for automatic, `None` for one of its own.
        chosen: Option<u8>,
    },
}

/// Rows that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Heading; empty for the first.
    pub title: &'static str,
    /// Open at first.
    pub open: bool,
    /// Rows.
    pub parts: Vec<Part>,
}

/// All that can be said about what is selected.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Differs for different things, so that what is typed for one never lands in another.
    pub key: String,
    /// What it is about.
    pub title: String,
    /// Groups.
    pub groups: Vec<Group>,
}

/// Why what was typed cannot be taken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FieldError {
    /// Not a number of the range.
    #[error("Enter a number from {0} to {1}.")]
    NotInRange(f64, f64),
    /// It cannot be left empty.
    #[error("This cannot be empty.")]
    Empty,
    /// Somebody else's number.
    #[error("There is a remark {0} already.")]
    NumberTaken(u32),
    /// The command was refused.
    #[error(transparent)]
    Command(#[from] CommandError),
}

/// What was typed into a field and refused.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refused {
    key: FieldKey,
    index: usize,
    typed: String,
    reason: String,
}

impl App {
    pub(super) fn form_intent(&mut self, intent: FormIntent, effects: &mut Vec<Effect>) {
        self.changes.panels = true;
        match intent {
            FormIntent::Restore => self.refused = None,
            FormIntent::Picked(pick, id) => match self.picked(pick, id) {
                Ok(command) => {
                    self.run(&command, effects);
                }
                Err(error) => self.complain(&error.to_string(), effects),
            },
            FormIntent::Take { key, index, text } => {
                if self.refused.as_ref().is_some_and(|r| (r.key, r.index) == (key, index)) {
                    self.refused = None;
                }
                let done = match self.taken(key, index, &text) {
                    Ok(Some(command)) => self.attempt(&command, None, effects).map(|_| ()),
                    Ok(None) => return self.taken_by_app(key, &text, effects),
                    Err(error) => Err(error.to_string()),
                };
                if let Err(reason) = done {
                    // What was typed stays in the field, with the reason beside it.
                    effects.push(Effect::Announce { text: reason.clone(), urgent: true });
                    self.refused = Some(Refused { key, index, typed: text, reason });
                }
            }
        }
    }

    /// Puts what was refused back into its field.
    fn with_refused(&self, mut form: Form) -> Form {
        let Some(refused) = &self.refused else { return form };
        for part in form.groups.iter_mut().flat_map(|group| &mut group.parts) {
            let fields = match part {
                Part::Field(field) => std::slice::from_mut(field),
                Part::Row { fields, .. } => fields.as_mut_slice(),
                _ => continue,
            };
            for field in fields.iter_mut().filter(|f| (f.key, f.index) == (refused.key, refused.index)) {
                field.value.clone_from(&refused.typed);
                field.error = Some(refused.reason.clone());
            }
        }
        form
    }
}
