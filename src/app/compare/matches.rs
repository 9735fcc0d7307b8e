//! Which thing of the other map was taken for which of this one, and putting that right.

use crate::analysis::rank::shown;
use crate::app::compare::Comparing;
use crate::app::effect::Effect;
use crate::app::App;
use crate::compare::How;
use crate::model::{AnyRecordId, Document};

/// Two components taken for one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// In the open map.
    pub ours: AnyRecordId,
    /// In the other one, by its own id.
    pub theirs: AnyRecordId,
    /// Its name here.
    pub name: String,
    /// Its name there.
    pub other_name: String,
    /// How it was found.
    pub how: How,
    /// How sure, 0..=1.
    pub confidence: f64,
}

impl Pair {
    /// How it was found and how sure that is.
    pub fn words(&self) -> String {
        let how = match self.how {
            How::Person => return "you said so".to_owned(),
            How::Id => "by its id",
            How::Name => "by its name",
            How::Likeness => "by likeness of name, place and neighbours",
        };
        format!("{how}, {:.0} % sure", self.confidence * 100.0)
    }
    /// Whether somebody should have a look.
    pub fn is_unsure(&self) -> bool {
        self.how == How::Likeness || self.confidence < 0.85
    }
}

/// What is matched and what is left, components only: all else follows them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matches {
    /// Pairs, those to look at first, then by name.
    pub pairs: Vec<Pair>,
    /// Only in the open map.
    pub only_ours: Vec<(AnyRecordId, String)>,
    /// Only in the other one, by its own id.
    pub only_theirs: Vec<(AnyRecordId, String)>,
}

impl Comparing {
    /// Which is which.
    pub fn matches(&self, ours: &Document) -> Matches {
        let mut matches = Matches::default();
        let mut taken = std::collections::BTreeSet::new();
        for (id, component) in &self.theirs.components {
            let (theirs, other_name) = (AnyRecordId::Component(*id), shown(&component.name));
            match self.comparison.matching.pairs.get(&theirs) {
                Some(found) => {
                    taken.insert(found.before);
                    let name = found.before.component().and_then(|id| ours.components.get(&id));
                    let name = name.map_or_else(String::new, |c| shown(&c.name));
                    let (ours, how, confidence) = (found.before, found.how, found.confidence);
                    matches.pairs.push(Pair { ours, theirs, name, other_name, how, confidence });
                }
                None => matches.only_theirs.push((theirs, other_name)),
            }
        }
        for (id, component) in &ours.components {
            if !taken.contains(&AnyRecordId::Component(*id)) {
                matches.only_ours.push((AnyRecordId::Component(*id), shown(&component.name)));
            }
        }
        let by_person = |pair: &Pair| pair.how != How::Person;
        crate::order::sort_by(&mut matches.pairs, |a, b| {
            let key = |pair: &Pair| (!pair.is_unsure(), by_person(pair));
            key(a).cmp(&key(b)).then(a.name.cmp(&b.name)).then(a.theirs.cmp(&b.theirs))
        });
        matches
    }
    /// Whether a person has corrected anything.
    pub fn is_corrected(&self) -> bool {
        !self.corrections.same.is_empty() || !self.corrections.new.is_empty()
    }
}

impl App {
    /// These two are one thing.
    pub(super) fn match_by_hand(&mut self, ours: AnyRecordId, theirs: AnyRecordId, effects: &mut Vec<Effect>) {
        let Some(comparing) = &mut self.comparing else { return };
        let corrections = &mut comparing.corrections;
        corrections.same.retain(|(a, b)| *a != ours && *b != theirs);
        corrections.new.remove(&theirs);
        corrections.same.push((ours, theirs));
        self.compare_anew();
        self.say("The two count as one thing now.", false, effects);
    }

    /// What the other map has there is another thing.
    pub(super) fn unmatch(&mut self, theirs: AnyRecordId, effects: &mut Vec<Effect>) {
        let Some(comparing) = &mut self.comparing else { return };
        comparing.corrections.same.retain(|(_, b)| *b != theirs);
        comparing.corrections.new.insert(theirs);
        self.compare_anew();
        self.say("The two count as different things now.", false, effects);
    }

    /// Forgets what people said about which is which.
    pub(super) fn forget_corrections(&mut self, effects: &mut Vec<Effect>) {
        let Some(comparing) = &mut self.comparing else { return };
        comparing.corrections = crate::compare::Corrections::default();
        self.compare_anew();
        self.say("Matched again as they were found.", false, effects);
    }
}
