//! What becomes of an order's letters on the label, where it is not what was typed: pictures that
//! turn into words or go, and letters that only a font of this machine has.

use crate::{order::Person, shipment::waybill::LabelFacts, view::Letters};
use label::{font, text};

/// Of a label's texts; the sender's are the shop's own and the same on all.
pub fn of_label(facts: &LabelFacts) -> Letters {
    of(&facts.receiver, &[&facts.goods, &facts.note])
}

/// Of a receiver and other texts.
pub fn of(receiver: &Person, others: &[&str]) -> Letters {
    let mut all = Letters::default();
    let mut fonts: Vec<(&str, String)> = Vec::new();
    for text in [receiver.name.as_str(), &receiver.address.detail].iter().chain(others) {
        let tidy = text::tidy(text);
        let count = |pictures: usize| u32::try_from(pictures).unwrap_or(u32::MAX);
        all.pictures_worded = all.pictures_worded.saturating_add(count(tidy.worded));
        all.pictures_dropped = all.pictures_dropped.saturating_add(count(tidy.dropped));
        for (c, name) in font::borrowed(text) {
            match fonts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, letters)) if letters.contains(c) => {}
                Some((_, letters)) => letters.push(c),
                None => fonts.push((name, c.to_string())),
            }
        }
    }
    let fonts: Vec<_> = fonts.iter().map(|(name, letters)| format!("{letters} {name}")).collect();
    all.system_fonts = fonts.join(" · ");
    all
}

/// The same as lines of the history.
pub fn notes(letters: &Letters) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    if letters.pictures_worded > 0 || letters.pictures_dropped > 0 {
        let counts = format!("{} / {}", letters.pictures_worded, letters.pictures_dropped);
        notes.push(("pictures", counts));
    }
    if !letters.system_fonts.is_empty() {
        notes.push(("system_font", letters.system_fonts.clone()));
    }
    notes
}
