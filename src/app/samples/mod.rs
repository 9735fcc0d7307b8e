//! Maps to begin with. Each opens as a document of its own, so there is nothing to clear away.
//!
//! Everything in them is made up, but for the support dates of products. The files beside this one are ordinary files
//! of the two formats; `tests` holds them to what the application itself would write.

/// A map to begin with.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Key.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub summary: &'static str,
    /// Name of its file.
    pub file_name: &'static str,
    /// The file.
    pub content: &'static str,
}

/// All samples, in the order they are offered. The last two are one estate at two times, to be compared.
pub fn all() -> &'static [Sample] {
    &[
        Sample {
            id: "tea-shop",
            title: "Tea shop",
            summary: "The classic first map: a cup of tea and what it rests on.",
            file_name: "tea-shop.owm",
            content: include_str!("tea-shop.owm"),
        },
        Sample {
            id: "outpatient-booking",
            title: "Outpatient booking",
            summary: "How a patient gets an appointment, with the rules that live in two heads.",
            file_name: "outpatient-booking.map.json",
            content: include_str!("outpatient-booking.map.json"),
        },
        Sample {
            id: "hospital-estate",
            title: "Hospital estate",
            summary: "A small hospital's systems with risks, contracts, pathways and much that nobody knows.",
            file_name: "hospital-estate.map.json",
            content: include_str!("hospital-estate.map.json"),
        },
        Sample {
            id: "hospital-trust",
            title: "Hospital trust",
            summary: "115 systems on six pathways, with contracts, custodians, shadow systems and gaps: for the ranking and the table.",
            file_name: "hospital-trust.map.json",
            content: include_str!("hospital-trust.map.json"),
        },
        Sample {
            id: "letters-before",
            title: "Letters, before the move",
            summary: "Letters to patients from a program whose author has left.",
            file_name: "letters-before.map.json",
            content: include_str!("letters-before.map.json"),
        },
        Sample {
            id: "letters-after",
            title: "Letters, after the move",
            summary: "The same letters from a bought service; compare the two.",
            file_name: "letters-after.map.json",
            content: include_str!("letters-after.map.json"),
        },
    ]
}

#[cfg(test)]
mod tests;
