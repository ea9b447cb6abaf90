//! The whole machine, pair by pair.

use super::*;

/// Every legal step is listed once; every other pair must be refused.
#[test]
fn life_of_a_shipment() {
    use {Event as E, State as S};
    #[rustfmt::skip]
    let legal: &[(State, Event, State)] = &[
        (S::Held,      E::Passed,        S::Ready),
        (S::Held,      E::Stopped,       S::Held),      // edited, still wrong
        (S::Ready,     E::Passed,        S::Ready),     // edited
        (S::Ready,     E::Stopped,       S::Held),
        (S::Refused,   E::Passed,        S::Ready),
        (S::Refused,   E::Stopped,       S::Held),
        (S::Ready,     E::Requested,     S::Requested),
        (S::Refused,   E::Requested,     S::Requested), // the account was mended
        (S::Requested, E::Withdrawn,     S::Ready),
        (S::Requested, E::Issued,        S::Waybilled),
        (S::Requested, E::Refused,       S::Refused),
        (S::Waybilled, E::Printed,       S::Printed),
        (S::Printed,   E::Printed,       S::Printed),   // a reprint
        (S::Waybilled, E::VoidAsked,     S::Voiding),
        (S::Printed,   E::VoidAsked,     S::Voiding),
        (S::Voiding,   E::Voided,        S::Held),
        (S::Voiding,   E::KeptPrinted,   S::Printed),
        (S::Voiding,   E::KeptUnprinted, S::Waybilled),
    ];
    for from in STATES {
        for event in Event::ALL {
            let want = legal.iter().find(|row| (row.0, row.1) == (from, event));
            assert_eq!(next(from, event), want.map(|row| row.2), "{from:?} + {event:?}");
        }
    }
}

#[test]
fn state_words_read_back() {
    for state in STATES {
        assert_eq!(state_of(word(state)), Some(state));
    }
    assert_eq!(state_of("lost"), None);
}
