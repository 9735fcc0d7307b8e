//! Why a command cannot be done. Shown to the user as they are; the document is unchanged.

use crate::model::MAX_NAME_LENGTH;

/// Why a command cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The thing is not there any more.
    #[error("That is not on the map any more.")]
    NotThere,
    /// A component cannot need itself.
    #[error("A component cannot be linked to itself. Choose another one.")]
    SelfLink,
    /// The link is there already.
    #[error("“{from}” is linked to “{to}” already.")]
    LinkExists {
        /// Name of the one end.
        from: String,
        /// Name of the other.
        to: String,
    },
    /// The name is empty.
    #[error("A name cannot be empty.")]
    EmptyName,
    /// The name is too long.
    #[error("A name has at most {MAX_NAME_LENGTH} characters.")]
    NameTooLong,
    /// Not a web or mail address.
    #[error("Only addresses that start with https:, http: or mailto: can be used.")]
    BadAddress,
    /// The component has a pipeline already.
    #[error("“{0}” has a pipeline already.")]
    PipelineExists(String),
    /// A component cannot be a variant of itself.
    #[error("A component cannot be a variant in its own pipeline.")]
    OwnVariant,
    /// Everything concerned is locked.
    #[error("Locked things do not move. Unlock them first.")]
    Locked,
    /// The document may not grow further.
    #[error("This map has reached the largest size that Portolan can hold.")]
    TooLarge,
    /// The evolution axis would be broken.
    #[error("Stages need at least one name, and boundaries that rise from left to right.")]
    BadAxis,
    /// Something the command names is not in the document, or a number is not finite.
    #[error("That would leave the map in a broken state, so nothing was changed.")]
    WouldBreak,
}
