//! Which labels a printer takes: the keys of `[[printer]]` about forms, carriers, shops and
//! benches, and the one rule that chooses. A printer that names nothing takes what no other one
//! names.

use super::{CarrierConfig, ConfigWhy, PrinterConfig, section::Section};

/// The words of the forms, in the settings and in the window.
const FORMS: [(&str, Form); 4] = [
    ("waybill", Form::Waybill),
    ("packing", Form::Packing),
    ("picking", Form::Picking),
    ("handover", Form::Handover),
];

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// 面单.
    Waybill,
    /// 装箱单.
    Packing,
    /// 拣货单.
    Picking,
    /// 交接单.
    Handover,
}

impl Form {
    /// The word in the settings.
    pub fn word(self) -> &'static str {
        FORMS.iter().find(|(_, form)| *form == self).map_or("", |(word, _)| word)
    }
}

/// What a printer takes. An empty list asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Takes {
    /// Only these forms.
    pub forms: Vec<Form>,
    /// Only labels of these carrier accounts.
    pub carriers: Vec<String>,
    /// Only labels of these shops.
    pub shops: Vec<String>,
    /// Only at these benches.
    pub benches: Vec<String>,
}

/// A label that looks for a printer.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// What it is.
    pub form: Form,
    /// Its carrier account; empty for sheets of several.
    pub carrier: &'a str,
    /// Its shop; empty for sheets of several.
    pub shop: &'a str,
    /// This bench, as the settings call it; empty if they do not.
    pub bench: &'a str,
}

impl Takes {
    fn is_choosy(&self) -> bool {
        let Self { forms, carriers, shops, benches } = self;
        !(forms.is_empty() && carriers.is_empty() && shops.is_empty() && benches.is_empty())
    }

    fn fits(&self, wanted: Wanted<'_>) -> bool {
        let named =
            |names: &[String], name: &str| names.is_empty() || names.iter().any(|one| one == name);
        (self.forms.is_empty() || self.forms.contains(&wanted.form))
            && named(&self.carriers, wanted.carrier)
            && named(&self.shops, wanted.shop)
            && named(&self.benches, wanted.bench)
    }
}

/// The printer of a label: the first that names it, else the first that names nothing.
pub fn printer_for<'a>(
    printers: &'a [PrinterConfig],
    wanted: Wanted<'_>,
) -> Option<&'a PrinterConfig> {
    let fits = |printer: &&PrinterConfig| printer.takes.fits(wanted);
    let named = printers.iter().filter(fits).find(|printer| printer.takes.is_choosy());
    named.or_else(|| printers.iter().find(fits))
}

pub(super) fn read(section: &Section<'_>, carriers: &[CarrierConfig]) -> Takes {
    let mut forms = Vec::new();
    for word in section.texts("forms") {
        match FORMS.iter().find(|(known, _)| *known == word) {
            Some((_, form)) => forms.push(*form),
            None => {
                section.note("forms", ConfigWhy::NotOneOf, FORMS.map(|(word, _)| word).join(", "))
            }
        }
    }
    let takes = Takes {
        forms,
        carriers: section.texts("carriers"),
        shops: section.texts("shops"),
        benches: section.texts("benches"),
    };
    for name in &takes.carriers {
        if carriers.iter().all(|known| known.name != *name) {
            section.note("carriers", ConfigWhy::UnknownCarrier, name);
        }
    }
    takes
}

/// Every waybill must find a printer here, of whatever carrier and shop.
pub(super) fn check(top: &Section<'_>, printers: &[PrinterConfig], bench: &str) {
    let rest = Wanted { form: Form::Waybill, carrier: "", shop: "", bench };
    if !printers.is_empty() && printer_for(printers, rest).is_none() {
        top.note("printer", ConfigWhy::RestWithoutPrinter, bench);
    }
}
