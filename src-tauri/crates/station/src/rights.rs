//! What not everybody may do. The one place that says who: until operators are known, whoever
//! stands at the bench may.

use crate::{Station, trouble::Trouble};

/// Something that is not part of every packer's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// Let an order pass whose goods were not counted right.
    PassCount,
    /// Keep a weight that is not what was expected.
    PassWeight,
}

impl Station {
    /// Whether who is at the bench has that right.
    ///
    /// # Errors
    /// What says that it takes somebody else.
    pub(crate) fn may(&self, right: Right) -> Result<(), Trouble> {
        tracing::info!(?right, "used");
        Ok(())
    }
}
