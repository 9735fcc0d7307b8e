//! Small editors for the records of the estate that are not drawn: pathways, areas, contracts, who knows what,
//! alternatives, risks, support dates; and for the facts of a system (`system`). Each kind is a table of fields (`kinds`); every field is a text that is written (`words`) and
//! read again (`read`), so that typing the same text once more leaves a record as it is (`change`).

mod change;
mod kinds;
mod provenance;
mod read;
mod system;
#[cfg(test)]
mod tests;
mod words;

pub use change::{changed, has_provenance};
pub use kinds::{RecordField, RecordKind, KINDS, RISK_TEMPLATES};
pub use provenance::{part_address, PARTS, QUESTIONS};
pub use read::RecordError;
pub use system::SYSTEM;
pub use words::{field_text, title};

use crate::date::{days_after, Date};
use crate::edit::AnyRecord;
use crate::id::IdSource;
use crate::model::{
    AnyRecordId, Area, Contract, Document, KnowledgeHolding, Lifecycle, Pathway, RedundancyGroup, Risk,
};
use kinds::{AREA, CONTRACT, KNOWLEDGE, PATHWAY, REDUNDANCY, RISK, SUPPORT};

/// Days until a new risk is looked at again.
const REVIEW_DAYS: u64 = 365;

/// The kind of a record, for those that are edited here.
pub fn kind_of(record: AnyRecordId) -> Option<RecordKind> {
    Some(match record {
        AnyRecordId::Pathway(_) => RecordKind::Pathway,
        AnyRecordId::Area(_) => RecordKind::Area,
        AnyRecordId::Contract(_) => RecordKind::Contract,
        AnyRecordId::Knowledge(_) => RecordKind::Knowledge,
        AnyRecordId::RedundancyGroup(_) => RecordKind::Redundancy,
        AnyRecordId::Risk(_) => RecordKind::Risk,
        AnyRecordId::Lifecycle(_) => RecordKind::Support,
        _ => return None,
    })
}

/// The fields of a kind.
pub fn fields(kind: RecordKind) -> &'static [RecordField] {
    match kind {
        RecordKind::Pathway => PATHWAY,
        RecordKind::Area => AREA,
        RecordKind::Contract => CONTRACT,
        RecordKind::Knowledge => KNOWLEDGE,
        RecordKind::Redundancy => REDUNDANCY,
        RecordKind::Risk => RISK,
        RecordKind::Support => SUPPORT,
    }
}

/// All records of a kind, by id.
pub fn records(document: &Document, kind: RecordKind) -> Vec<AnyRecordId> {
    match kind {
        RecordKind::Pathway => document.pathways.keys().map(|id| AnyRecordId::Pathway(*id)).collect(),
        RecordKind::Area => document.areas.keys().map(|id| AnyRecordId::Area(*id)).collect(),
        RecordKind::Contract => document.contracts.keys().map(|id| AnyRecordId::Contract(*id)).collect(),
        RecordKind::Knowledge => document.knowledge.keys().map(|id| AnyRecordId::Knowledge(*id)).collect(),
        RecordKind::Redundancy => {
            document.redundancy_groups.keys().map(|id| AnyRecordId::RedundancyGroup(*id)).collect()
        }
        RecordKind::Risk => document.risks.keys().map(|id| AnyRecordId::Risk(*id)).collect(),
        RecordKind::Support => document.lifecycles.keys().map(|id| AnyRecordId::Lifecycle(*id)).collect(),
    }
}

/// A new record of a kind; a risk from one of [`RISK_TEMPLATES`].
pub fn new_record(
    document: &Document,
    kind: RecordKind,
    ids: &mut IdSource,
    template: usize,
    today: Option<Date>,
) -> Option<AnyRecord> {
    let first = document.components.iter().find(|(_, c)| !c.is_anchor()).map(|(id, _)| *id);
    Some(match kind {
        RecordKind::Pathway => {
            AnyRecord::Pathway(ids.next('w'), Pathway { name: "New pathway".to_owned(), ..Pathway::default() })
        }
        RecordKind::Area => AnyRecord::Area(ids.next('a'), Area { name: "New area".to_owned(), ..Area::default() }),
        RecordKind::Contract => {
            let contract = Contract { name: "New contract".to_owned(), ..Contract::default() };
            AnyRecord::Contract(ids.next('k'), Box::new(contract))
        }
        RecordKind::Knowledge => {
            let holding =
                KnowledgeHolding { component: first?, holder: "New post".to_owned(), ..KnowledgeHolding::default() };
            AnyRecord::Knowledge(ids.next('h'), holding)
        }
        RecordKind::Redundancy => {
            let group = RedundancyGroup { name: "New alternatives".to_owned(), ..RedundancyGroup::default() };
            AnyRecord::RedundancyGroup(ids.next('g'), group)
        }
        RecordKind::Support => {
            let release = Lifecycle { product: "New product".to_owned(), imported_on: today, ..Lifecycle::default() };
            AnyRecord::Lifecycle(ids.next('y'), release)
        }
        RecordKind::Risk => {
            let (_, cause, event, harm) = RISK_TEMPLATES.get(template).or(RISK_TEMPLATES.first())?;
            let (cause, event, consequence) = ((*cause).to_owned(), (*event).to_owned(), (*harm).to_owned());
            let title = format!("If {cause}, then {event}, so {consequence}");
            let next_review = today.and_then(|today| days_after(today, REVIEW_DAYS));
            AnyRecord::Risk(
                ids.next('r'),
                Box::new(Risk { title, cause, event, consequence, next_review, ..Risk::default() }),
            )
        }
    })
}
