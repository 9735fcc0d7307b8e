//! Why a browser does not keep what it is given, each in words of its own.

/// Why something was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Switched off for this page, by a setting or by policy.
    Blocked,
    /// There, but closed to this window, as in some private windows.
    Private,
    /// No room left.
    Full,
    /// What was read back was not what was written.
    Differs,
    /// What was asked for is not there any more.
    Gone,
    /// Another tab has written there since this one did.
    Elsewhere,
    /// Anything else, in the browser's words.
    Other(String),
}

impl Trouble {
    /// One sentence: what happened and what to do.
    pub fn sentence(&self) -> String {
        match self {
            Self::Blocked => {
                "This browser does not let the page keep anything (cookies or site data are blocked for it). \
                              Save to a file to be safe."
                    .to_owned()
            }
            Self::Private => {
                "This window keeps nothing, as private windows do. Save to a file before you close it.".to_owned()
            }
            Self::Full => "This browser has no room left for the page, so the last changes are not kept in it. \
                           Save to a file, or forget old maps under “Recent maps”."
                .to_owned(),
            Self::Differs => "This browser did not keep what it was given: reading it back gave something else. \
                              Save to a file to be safe."
                .to_owned(),
            Self::Gone => {
                "What was kept in this browser is not there any more; it was cleared, or forgotten in another tab."
                    .to_owned()
            }
            Self::Elsewhere => {
                "Another tab works on this map too, so this tab goes on with a copy of its own: both are kept under \
                 “Recent maps”, and “Compare” brings them together."
                    .to_owned()
            }
            Self::Other(reason) => {
                format!("This browser did not keep the last changes ({reason}). Save to a file to be safe.")
            }
        }
    }

    /// A few words for the save state.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Blocked => "Not saved: this browser keeps nothing",
            Self::Private => "Not saved: this private window keeps nothing",
            Self::Full => "Not saved: this browser is full",
            Self::Differs => "Not saved: this browser keeps it wrongly",
            Self::Gone => "Not saved: what was kept is gone",
            Self::Elsewhere => "Not saved: another tab has this map",
            Self::Other(_) => "Not saved: this browser keeps no drafts",
        }
    }
}
