//! `[verify]`: what the settings say of the scan screen.

use super::section::Section;

/// How goods are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyConfig {
    /// No label before the goods are counted.
    pub before_label: bool,
    /// The label prints by itself once all is counted.
    pub print: bool,
}

impl Default for VerifyConfig {
    fn default() -> Self {
        Self { before_label: false, print: true }
    }
}

/// `[verify]`.
pub(super) fn verify(top: &Section<'_>) -> VerifyConfig {
    let Some(section) = top.table("verify") else { return VerifyConfig::default() };
    let print = section.item("print").is_none() || section.flag("print");
    let read = VerifyConfig { before_label: section.flag("before_label"), print };
    section.end();
    read
}
