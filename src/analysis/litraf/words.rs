//! The thirteen questions in plain language, with a word for every level.
//!
//! The criteria, scales and published anchors are facts of the UK government's legacy IT risk assessment framework
//! (updated 13 March 2025); the wording here is ours. Knows no scores.

use crate::model::{IMPACT_CRITERIA, LIKELIHOOD_CRITERIA};

/// Which of the thirteen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Criterion {
    /// L1..L7, by place 0..=6.
    Likelihood(usize),
    /// C1..C6, by place 0..=5.
    Impact(usize),
}

/// A question with its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Code of the framework: L1..L7, C1..C6.
    pub code: &'static str,
    /// A few words, for headings: "End of support".
    pub name: &'static str,
    /// The question as one would ask a colleague.
    pub text: &'static str,
    /// A word for each level, from level 1; six for likelihood, five for impact.
    pub levels: &'static [&'static str],
    /// The answer at its worst, to go into a sentence about a system: "it is out of support already".
    pub worst: &'static str,
    /// What the question is about, to go into a list: "when support ends".
    pub matter: &'static str,
    /// Whom to ask when nobody knows.
    pub ask: &'static str,
}

impl Criterion {
    /// All thirteen in the framework's order.
    pub fn all() -> impl Iterator<Item = Self> {
        let likelihood = (0..LIKELIHOOD_CRITERIA).map(Self::Likelihood);
        likelihood.chain((0..IMPACT_CRITERIA).map(Self::Impact))
    }

    /// The question. A place out of range gives the last one.
    pub fn question(self) -> &'static Question {
        match self {
            Self::Likelihood(place) => LIKELIHOOD.get(place).unwrap_or(&LIKELIHOOD[LIKELIHOOD_CRITERIA - 1]),
            Self::Impact(place) => IMPACT.get(place).unwrap_or(&IMPACT[IMPACT_CRITERIA - 1]),
        }
    }

    /// The highest level: 6 for likelihood, 5 for impact.
    pub const fn highest_level(self) -> u8 {
        match self {
            Self::Likelihood(_) => 6,
            Self::Impact(_) => 5,
        }
    }

    /// The word for a level, `None` outside the scale.
    pub fn level_word(self, level: u8) -> Option<&'static str> {
        self.question().levels.get(usize::from(level).checked_sub(1)?).copied()
    }
}

/// Questions about how likely trouble is, looking three years ahead.
pub static LIKELIHOOD: [Question; LIKELIHOOD_CRITERIA] = [
    Question {
        code: "L1",
        name: "End of support",
        text: "Will its makers stop supporting and patching it within three years?",
        levels: &["Very unlikely", "Unlikely", "Possible", "Likely", "Almost certain", "It is out of support already"],
        worst: "it is out of support already",
        matter: "when support ends",
        ask: "the supplier or whoever looks after it technically",
    },
    Question {
        code: "L2",
        name: "Contract running out",
        text: "Will a contract it rests on run out with nothing agreed to follow?",
        levels: &[
            "Very unlikely",
            "Unlikely",
            "Possible",
            "Likely",
            "Almost certain",
            "The contract has run out already",
        ],
        worst: "its contract has run out with nothing to follow",
        matter: "when the contract runs out",
        ask: "procurement or the contract manager",
    },
    Question {
        code: "L3",
        name: "Knowledge and skills",
        text: "Will we run short of people who can support and change it?",
        levels: &[
            "Very unlikely",
            "Unlikely",
            "Possible",
            "Likely",
            "Almost certain",
            "There are too few already, here and outside",
        ],
        worst: "there are too few people who know it already",
        matter: "how many people can support and change it",
        ask: "the head of the team that supports it",
    },
    Question {
        code: "L4",
        name: "Meeting needs",
        text: "Will it stop doing what the organisation needs of it?",
        levels: &["Very unlikely", "Unlikely", "Possible", "Likely", "Almost certain", "It falls short already"],
        worst: "it no longer does what is needed",
        matter: "whether it still does what is needed",
        ask: "the people who use it",
    },
    Question {
        code: "L5",
        name: "Physical surroundings",
        text: "Are its hardware and the place where it stands a worry?",
        levels: &[
            "Hardly any worry",
            "A small worry",
            "Some worry",
            "A big worry",
            "A very big worry",
            "They are unsuitable now",
        ],
        worst: "its hardware or its place is unsuitable now",
        matter: "whether its hardware and place are sound",
        ask: "whoever runs the data centre or server room",
    },
    Question {
        code: "L6",
        name: "Security weaknesses",
        text: "Does it have weaknesses that an attacker could use?",
        levels: &["Very unlikely", "Unlikely", "Possible", "Likely", "Almost certain", "Weaknesses are known now"],
        worst: "it has known security weaknesses",
        matter: "whether it has security weaknesses",
        ask: "the security team",
    },
    Question {
        code: "L7",
        name: "Past trouble",
        text: "How bad has its trouble been lately: outages, lost data, changes that went wrong?",
        levels: &["None known", "Minor", "Moderate", "Major", "Severe", "It is failing now"],
        worst: "it is failing now",
        matter: "how often it has failed",
        ask: "the service desk",
    },
];

/// Questions about how bad it would be.
pub static IMPACT: [Question; IMPACT_CRITERIA] = [
    Question {
        code: "C1",
        name: "Health and safety",
        text: "If it fails, how far are people's health, safety or lives at stake?",
        levels: &[
            "Hardly at all",
            "Slightly",
            "Noticeably",
            "Seriously",
            "Very seriously and for long, up to loss of life",
        ],
        worst: "lives are at stake if it fails",
        matter: "what its failure means for people's health",
        ask: "the clinical safety officer",
    },
    Question {
        code: "C2",
        name: "Reputation",
        text: "If it fails, who would have to step in to restore trust?",
        levels: &[
            "Nobody",
            "A little intervention",
            "Some intervention",
            "Significant intervention",
            "Questions in Parliament",
        ],
        worst: "its failure would be raised in Parliament",
        matter: "what its failure means for our reputation",
        ask: "communications",
    },
    Question {
        code: "C3",
        name: "Direct cost",
        text: "What would its failure cost us directly: fines, claims, redress, leaving a contract?",
        levels: &[
            "Under 1% of the budget or £5m",
            "1 to 4% or £5m to £10m",
            "Up to 7% or £20m",
            "Up to 10% or £50m",
            "Over 10% or £50m",
        ],
        worst: "its failure would cost over a tenth of the budget",
        matter: "what its failure would cost",
        ask: "finance",
    },
    Question {
        code: "C4",
        name: "People outside",
        text: "If it fails, how many people and organisations outside lose money or time?",
        levels: &["Hardly any", "A few", "Many in one place", "Many in a region", "People all over the country"],
        worst: "its failure would be felt all over the country",
        matter: "whom outside its failure would touch",
        ask: "the service's owner",
    },
    Question {
        code: "C5",
        name: "Staff time",
        text: "How many hours of staff time would a failure cost, idle or extra?",
        levels: &["Under 100", "Up to 1,000", "Up to 100,000", "Up to 500,000", "Over 500,000"],
        worst: "its failure would cost over half a million hours of staff time",
        matter: "how much staff time its failure would cost",
        ask: "operations managers",
    },
    Question {
        code: "C6",
        name: "Other systems",
        text: "How much do other systems and projects depend on it?",
        levels: &["Hardly at all", "A little", "Somewhat", "A lot", "Nearly everything is tied to it"],
        worst: "nearly everything is tied to it",
        matter: "which other systems depend on it",
        ask: "the enterprise architect",
    },
];
