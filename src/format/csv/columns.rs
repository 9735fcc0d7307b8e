//! What a column means, by its heading.
//!
//! Knows the usual headings of inventories and of our own tables; everything else is kept under its heading.

use std::collections::BTreeMap;

use crate::format::Detected;

/// The meaning of a column of systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Id,
    Name,
    Evolution,
    Visibility,
    Description,
    Tags,
    Kind,
    Status,
    Area,
    OwnerBusiness,
    OwnerTechnical,
    Supplier,
    Site,
    Product,
    Version,
    SupportEnds,
    SecurityEnds,
    ExtendedEnds,
    Users,
    PatientsPerDay,
    TolerableOutage,
    Recovery,
    Likelihood(u8),
    Impact(u8),
    Url,
    DependsOn,
}

/// The meaning of a column of dependencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EdgeField {
    Source,
    Target,
    Kind,
    Label,
    Interface,
    Strength,
    Buffer,
}

/// Headings for systems, the better first. `many` fields take every column that matches.
const SYSTEM_HEADINGS: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "key", "system_id", "application_id", "app_id", "asset_id", "identifier", "reference"]),
    (Field::Name, &["label", "name", "application_name", "system_name", "app_name", "application", "system", "title"]),
    (Field::Evolution, &["evolution"]),
    (Field::Visibility, &["visibility"]),
    (Field::Description, &["description", "comments", "comment", "summary", "purpose", "notes"]),
    (Field::Tags, &["tags", "labels", "stereotypes", "keywords"]),
    (Field::Kind, &["kind", "type", "component_type", "system_type"]),
    (Field::Status, &["status", "state", "lifecycle_status"]),
    (
        Field::Area,
        &[
            "area",
            "domain",
            "category",
            "department",
            "directorate",
            "division",
            "system",
            "model",
            "project",
            "business_area",
        ],
    ),
    (Field::OwnerBusiness, &["owner", "business_owner", "owned_by", "product_owner", "information_asset_owner"]),
    (Field::OwnerTechnical, &["team", "technical_owner", "service_owner", "maintainer", "support_team"]),
    (Field::Supplier, &["supplier", "vendor", "manufacturer", "provider"]),
    (Field::Site, &["site", "location", "hosted_on", "hosting", "production_hosted_on", "data_centre"]),
    (Field::Product, &["technology", "product", "platform", "technologies"]),
    (Field::Version, &["version"]),
    (Field::SupportEnds, &["support_ends", "active_support_end", "end_of_support", "support_end"]),
    (Field::SecurityEnds, &["security_ends", "end_of_life", "eol", "eol_date", "end_of_life_date"]),
    (Field::ExtendedEnds, &["extended_ends", "extended_support_end", "extended_support"]),
    (Field::Users, &["users", "number_of_users", "user_count"]),
    (Field::PatientsPerDay, &["patients_per_day", "patients_a_day"]),
    (Field::TolerableOutage, &["tolerable_outage_h"]),
    (Field::Recovery, &["recovery_h", "rto_h"]),
    (Field::Url, &["url", "homepage", "link", "website"]),
    (Field::DependsOn, &["dependencies", "depends_on", "needs", "requires", "uses"]),
];

const EDGE_HEADINGS: &[(EdgeField, &[&str])] = &[
    (EdgeField::Source, &["source", "from", "source_id", "from_id", "consumer", "client", "dependent"]),
    (EdgeField::Target, &["target", "to", "target_id", "to_id", "destination", "depends_on", "provider"]),
    (EdgeField::Kind, &["kind", "type", "dependency", "relation"]),
    (EdgeField::Label, &["label", "context", "description"]),
    (EdgeField::Interface, &["interface", "technology", "protocol"]),
    (EdgeField::Strength, &["strength"]),
    (EdgeField::Buffer, &["buffer_h"]),
];

/// A heading for comparing: lower case, everything but letters and digits as one underscore.
pub(super) fn folded_heading(heading: &str) -> String {
    let words = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

fn assign<F: Copy>(headings: &[String], known: &[(F, &[&str])], many: impl Fn(F) -> bool) -> BTreeMap<usize, F> {
    let folded: Vec<String> = headings.iter().map(|heading| folded_heading(heading)).collect();
    let mut columns = BTreeMap::new();
    for (field, words) in known {
        for word in *words {
            let found =
                folded.iter().enumerate().find(|(index, heading)| *heading == word && !columns.contains_key(index));
            if let Some((index, _)) = found {
                columns.insert(index, *field);
                if !many(*field) {
                    break;
                }
            }
        }
    }
    columns
}

/// Columns of a table of systems.
pub(super) fn system_columns(headings: &[String]) -> BTreeMap<usize, Field> {
    let mut columns =
        assign(headings, SYSTEM_HEADINGS, |field| matches!(field, Field::Description | Field::Tags | Field::Kind));
    for (index, heading) in headings.iter().enumerate() {
        let level = match folded_heading(heading).as_bytes() {
            [b'l', digit @ b'1'..=b'7'] => Some(Field::Likelihood(digit - b'1')),
            [b'c', digit @ b'1'..=b'6'] => Some(Field::Impact(digit - b'1')),
            _ => None,
        };
        if let Some(field) = level {
            if !columns.values().any(|taken| *taken == field) {
                columns.insert(index, field);
            }
        }
    }
    columns
}

/// Columns of a table of dependencies.
pub(super) fn edge_columns(headings: &[String]) -> BTreeMap<usize, EdgeField> {
    assign(headings, EDGE_HEADINGS, |_| false)
}

/// What sort of table these headings belong to; `None` when they are no headings that mean anything.
pub(super) fn kind_of(headings: &[String]) -> Option<Detected> {
    let edges = edge_columns(headings);
    let has = |field: EdgeField| edges.values().any(|f| *f == field);
    if has(EdgeField::Source) && has(EdgeField::Target) {
        return Some(Detected::EdgesCsv);
    }
    if system_columns(headings).values().any(|field| matches!(field, Field::Id | Field::Name)) {
        return Some(Detected::NodesCsv);
    }
    let words = headings.iter().filter(|heading| !heading.trim().is_empty()).count();
    (words > 1).then_some(Detected::Csv)
}
