//! The forms that the settings name, and which of them an order's label gets.

use super::Form;
use crate::{
    config::{Config, ConfigFault, FormUse, PrinterConfig},
    print::draw,
};
use label::{
    forms::waybill::extras::form_of,
    units::{Head, Paper},
};
use std::{path::Path, sync::Arc};

/// A form in use, or all that is wrong with it.
type Read = Result<Arc<Form>, Vec<ConfigFault>>;

/// The forms in use, in the order of the settings.
#[derive(Debug, Default)]
pub struct Forms(Vec<(FormUse, Read)>);

impl Forms {
    /// Reads the forms of the settings. Whether they fit is asked for the heads of the printers
    /// that draw them.
    pub fn load(home: &Path, config: &Config) -> Self {
        let read = |used: &FormUse| {
            let form = Form::load(home, &used.file)?;
            let faults: Vec<ConfigFault> = heads(&config.printers, form.shop.paper)
                .into_iter()
                .map(|head| form.faults(head))
                .find(|faults| !faults.is_empty())
                .unwrap_or_default();
            if faults.is_empty() { Ok(Arc::new(form)) } else { Err(faults) }
        };
        Self(config.forms.iter().map(|used| (used.clone(), read(used))).collect())
    }

    /// The form of a shop's labels on this paper: the first that names the shop, else the first
    /// that is for all.
    pub fn of(&self, shop: &str, paper: Paper) -> Option<&Arc<Form>> {
        let wanted = form_of(paper)?;
        let fitting = || {
            let good = self.0.iter().filter_map(|(used, read)| Some((used, read.as_ref().ok()?)));
            good.filter(|(_, form)| form.shop.paper == wanted)
        };
        let named = fitting().find(|(used, _)| used.shops.iter().any(|name| name == shop));
        named.or_else(|| fitting().find(|(used, _)| used.shops.is_empty())).map(|(_, form)| form)
    }

    /// The form with this digest, if it is in use.
    pub fn by_digest(&self, digest: &str) -> Option<&Arc<Form>> {
        self.0.iter().filter_map(|(_, read)| read.as_ref().ok()).find(|it| it.digest == digest)
    }

    /// Each by its name, with all that is wrong with it.
    pub fn judged(&self) -> Vec<(String, Vec<ConfigFault>)> {
        let one = |(used, read): &(FormUse, Read)| {
            (used.file.clone(), read.as_ref().err().cloned().unwrap_or_default())
        };
        self.0.iter().map(one).collect()
    }

    /// The first that cannot be used, by its name, with all that is wrong with it.
    pub fn bad(&self) -> Option<(&str, &[ConfigFault])> {
        let mut all = self.0.iter();
        all.find_map(|(used, read)| Some((used.file.as_str(), read.as_ref().err()?.as_slice())))
    }
}

/// The heads that would draw a form for this paper; the coarsest if no printer holds the paper.
pub fn heads(printers: &[PrinterConfig], paper: Paper) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for printer in printers {
        let head = draw::head(printer);
        if form_of(draw::paper(printer)) == Some(paper) && !heads.contains(&head) {
            heads.push(head);
        }
    }
    if heads.is_empty() { vec![Head::DPMM_8] } else { heads }
}
