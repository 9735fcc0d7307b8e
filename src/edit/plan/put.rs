//! Putting a whole record in the place of one with the same id.

use crate::edit::error::CommandError;
use crate::edit::plan::*;
use crate::model::*;

impl Planner<'_> {
    pub(super) fn put(&mut self, record: &AnyRecord) -> Result<String, CommandError> {
        let document = self.document;
        let label = match record {
            AnyRecord::Pipeline(id, r) => {
                self.patch.pipelines(document, *id, Some(r.clone()));
                "Change pipeline".to_owned()
            }
            AnyRecord::Note(id, r) => {
                let text = checked_name(&r.text)?;
                self.patch.notes(document, *id, Some(Note { text, ..r.clone() }));
                "Change note".to_owned()
            }
            AnyRecord::Annotation(id, r) => {
                self.patch.annotations(document, *id, Some(r.clone()));
                format!("Change annotation {}", r.number)
            }
            AnyRecord::Attitude(id, r) => {
                self.patch.attitudes(document, *id, Some(r.clone()));
                "Change attitude".to_owned()
            }
            AnyRecord::Accelerator(id, r) => {
                let name = checked_name(&r.name)?;
                self.patch.accelerators(document, *id, Some(Accelerator { name, ..r.clone() }));
                "Change accelerator".to_owned()
            }
            AnyRecord::Area(id, r) => {
                let name = checked_name(&r.name)?;
                let label = format!("Change area {}", first_line(&name));
                self.patch.areas(document, *id, Some(Area { name, ..r.clone() }));
                label
            }
            AnyRecord::Pathway(id, r) => {
                self.patch.pathways(document, *id, Some(r.clone()));
                format!("Change pathway {}", r.name)
            }
            AnyRecord::Contract(id, r) => {
                self.patch.contracts(document, *id, Some(Contract::clone(r)));
                format!("Change contract {}", r.name)
            }
            AnyRecord::Knowledge(id, r) => {
                self.patch.knowledge(document, *id, Some(r.clone()));
                "Change who knows it".to_owned()
            }
            AnyRecord::Risk(id, r) => {
                self.patch.risks(document, *id, Some(Risk::clone(r)));
                "Change risk".to_owned()
            }
            AnyRecord::RedundancyGroup(id, r) => {
                self.patch.redundancy_groups(document, *id, Some(r.clone()));
                "Change alternatives".to_owned()
            }
            AnyRecord::Lifecycle(id, r) => {
                self.patch.lifecycles(document, *id, Some(r.clone()));
                "Change support dates".to_owned()
            }
            AnyRecord::Judgement(id, r) => {
                self.patch.judgements(document, *id, Some(r.clone()));
                "Record judgement".to_owned()
            }
        };
        self.checked(&label, CommandError::WouldBreak)
    }
}
