//! The settings of an account at a Karrio gateway.

use super::{ConfigWhy, SecretRef, account::secret, section::Section};

/// What a Karrio gateway asks for.
#[derive(Debug, Clone)]
pub struct KarrioConfig {
    /// The gateway's API key.
    pub token: SecretRef,
    /// `carrier_id`s of the connections that may be used; empty is all.
    pub carrier_ids: Vec<String>,
    /// The service that is bought; empty is the cheapest.
    pub service: String,
    /// What labels are asked for.
    pub label_type: KarrioLabel,
    /// Trade term that says who pays duties.
    pub incoterm: String,
    /// Who carries it, as our own label names it; the account's name if empty.
    pub label_name: String,
}

/// What labels a Karrio gateway is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KarrioLabel {
    /// ZPL for 203 dpi.
    Zpl,
    /// ZPL for 300 dpi.
    Zpl300,
    /// PDF.
    Pdf,
    /// A picture.
    Png,
}

/// Names in one text, between commas.
fn listed(text: &str) -> Vec<String> {
    let names = text.split([',', '，']).map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// One `[[carrier]]` of this kind, beside what all have.
pub(super) fn read(section: &Section<'_>) -> KarrioConfig {
    if section.item("endpoint").is_none() {
        section.note("endpoint", ConfigWhy::Missing, "https://…");
    }
    let labels = [
        ("zpl", KarrioLabel::Zpl),
        ("zpl300", KarrioLabel::Zpl300),
        ("pdf", KarrioLabel::Pdf),
        ("png", KarrioLabel::Png),
    ];
    let terms = ["DAP", "DDP", "DDU", "EXW"];
    let incoterm = section.word("incoterm", &terms.map(|term| (term, term)));
    KarrioConfig {
        token: secret(section, "token", false),
        carrier_ids: listed(&section.text_or_empty("carrier_ids")),
        service: section.text_or_empty("service"),
        label_type: section.word("label_type", &labels),
        incoterm: incoterm.to_owned(),
        label_name: section.text_or_empty("label_name"),
    }
}
