//! What is wrong with an operator as typed in: `operator.<word>` in the language files.

use super::{Known, secret};
use crate::view::OperatorForm;

/// A name stands beside every act.
const NAME_CHARS_MAX: usize = 30;

/// What is wrong with an operator as typed in.
pub(super) fn of(
    form: &OperatorForm,
    was: Option<&Known>,
    known: &[Known],
) -> Option<&'static str> {
    let name = form.name.trim();
    let mut others = known.iter().filter(|it| Some(it.view.id) != was.map(|was| was.view.id));
    let pin = form.pin.as_deref().map(str::trim);
    let badge = form.badge.as_deref().map(str::trim);
    let kept = |typed: Option<&str>, was: Option<&String>| match typed {
        Some(typed) => !typed.is_empty(),
        None => was.is_some_and(|hash| !hash.is_empty()),
    };
    match () {
        () if name.is_empty() || name.chars().count() > NAME_CHARS_MAX => Some("name"),
        () if others.clone().any(|other| other.view.name == name) => Some("name_taken"),
        () if pin.is_some_and(|pin| !pin.is_empty() && !secret::is_pin(pin)) => Some("pin"),
        () if badge.is_some_and(|it| !it.is_empty() && !secret::is_badge(it)) => Some("badge"),
        () if !kept(pin, was.map(|was| &was.pin)) && !kept(badge, was.map(|was| &was.badge)) => {
            Some("no_secret")
        }
        () => others.find_map(|other| {
            let same = |typed: Option<&str>, hash: &str| {
                typed.is_some_and(|it| !it.is_empty() && secret::fits(it, hash))
            };
            match () {
                () if same(pin, &other.pin) => Some("pin_taken"),
                () if same(badge, &other.badge) => Some("badge_taken"),
                () => None,
            }
        }),
    }
}
