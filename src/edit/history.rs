//! Undo and redo of patches. One gesture is one step.
//!
//! Knows nothing of what a step means beyond its label. Keeps selections beside the steps as an opaque value.
//! Limits: steps are dropped from the far end once their patches weigh more than the limit; redo is lost by any new step.

use std::collections::VecDeque;

use crate::model::{Document, Patch};

/// Marks the changes of one gesture, so that they become one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GestureId(pub u64);

/// One step of the history.
#[derive(Debug, Clone)]
pub struct Step<S> {
    /// What was done, for "Undo …".
    pub label: String,
    /// The change.
    pub patch: Patch,
    /// What was selected before.
    pub selection_before: S,
    /// What was selected after.
    pub selection_after: S,
    gesture: Option<GestureId>,
}

/// Bytes of patches that are kept, roughly.
const LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// Steps behind and ahead. `S` is the selection that is restored with a step.
#[derive(Debug, Clone)]
pub struct History<S> {
    done: VecDeque<Step<S>>,
    undone: Vec<Step<S>>,
    weight: usize,
    /// Grows with every change of the document, also by undo and redo.
    revision: u64,
    /// Number of steps behind when the document was last saved; `None` when that state is gone.
    saved_at: Option<usize>,
    /// Steps dropped from the far end, so that `saved_at` stays comparable.
    dropped: usize,
}

impl<S: Clone> Default for History<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Clone> History<S> {
    /// An empty history of a document that counts as saved.
    pub fn new() -> Self {
        Self { done: VecDeque::new(), undone: Vec::new(), weight: 0, revision: 0, saved_at: Some(0), dropped: 0 }
    }

    /// Applies the patch and keeps it as a step; an empty patch changes nothing.
    /// A patch of the same gesture as the last step is joined with it.
    pub fn commit(
        &mut self,
        document: &mut Document,
        patch: Patch,
        label: impl Into<String>,
        selection: (S, S),
        gesture: Option<GestureId>,
    ) {
        if patch.is_empty() {
            return;
        }
        document.apply(&patch);
        self.revision += 1;
        self.undone.clear();
        if self.saved_at.is_some_and(|at| at > self.position()) {
            self.saved_at = None;
        }
        let continues = gesture.is_some() && self.saved_at != Some(self.position());
        if let Some(last) = self.done.back_mut().filter(|last| continues && last.gesture == gesture) {
            self.weight = self.weight.saturating_sub(last.patch.weight());
            last.patch.squash(&patch);
            last.selection_after = selection.1;
            self.weight += last.patch.weight();
            if last.patch.is_empty() {
                self.done.pop_back();
            }
            return;
        }
        self.weight += patch.weight();
        self.done.push_back(Step {
            label: label.into(),
            patch,
            selection_before: selection.0,
            selection_after: selection.1,
            gesture,
        });
        while self.weight > LIMIT_BYTES && self.done.len() > 1 {
            if let Some(oldest) = self.done.pop_front() {
                self.weight = self.weight.saturating_sub(oldest.patch.weight());
                self.dropped += 1;
            }
        }
    }

    /// Takes the last step back; the patch that was applied and the selection to restore.
    pub fn undo(&mut self, document: &mut Document) -> Option<(Patch, Step<S>)> {
        let step = self.done.pop_back()?;
        let patch = step.patch.inverse();
        document.apply(&patch);
        self.revision += 1;
        self.weight = self.weight.saturating_sub(step.patch.weight());
        self.undone.push(step.clone());
        Some((patch, step))
    }

    /// Does the last undone step again.
    pub fn redo(&mut self, document: &mut Document) -> Option<(Patch, Step<S>)> {
        let step = self.undone.pop()?;
        document.apply(&step.patch);
        self.revision += 1;
        self.weight += step.patch.weight();
        self.done.push_back(step.clone());
        Some((step.patch.clone(), step))
    }

    /// Label of the step that undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.back().map(|s| s.label.as_str())
    }

    /// Label of the step that redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|s| s.label.as_str())
    }

    /// Grows with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Number of steps that can be taken back.
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// Whether nothing can be taken back.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    fn position(&self) -> usize {
        self.dropped + self.done.len()
    }

    /// Notes that the document as it is now has been saved.
    pub fn mark_saved(&mut self) {
        self.saved_at = Some(self.position());
    }

    /// Notes that the document as it is now is saved nowhere (a recovered draft).
    pub fn mark_unsaved(&mut self) {
        self.saved_at = None;
    }

    /// Whether the document differs from what was last saved.
    pub fn has_unsaved_changes(&self) -> bool {
        self.saved_at != Some(self.position())
    }
}
