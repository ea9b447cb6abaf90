//! What may be done with a shipment.

use crate::{
    print::job,
    ship::is_amiss,
    trouble::{Action, Code},
    view::{JobState, Row, State, Verb},
};

/// What may be done with a shipment now; `missing`: nobody asked for some of its labels.
pub fn of(row: &Row, jobs: &[job::Job], missing: bool) -> Vec<Verb> {
    let code = row.trouble.as_ref().map(|trouble| trouble.code);
    let doubted = jobs.iter().any(|job| matches!(job.state, JobState::Unknown | JobState::Sent));
    let moving = jobs.iter().any(|job| matches!(job.state, JobState::Spooled | JobState::Sending));
    let mut can = Vec::new();
    match row.state {
        State::Held => can.push(Verb::Edit),
        State::Ready | State::Refused => can.extend([Verb::Ship, Verb::Edit]),
        State::Requested if code == Some(Code::PickupUnknown) => can.push(Verb::LookAgain),
        State::Requested => match row.trouble.as_ref().map(|trouble| trouble.action) {
            Some(Action::EnterNumber) => can.push(Verb::EnterWaybill),
            Some(_) => can.extend([Verb::LookAgain, Verb::EnterWaybill]),
            None => {}
        },
        State::Voiding if row.trouble.is_some() => {
            can.extend([Verb::LookAgain, Verb::SettleVoid]);
        }
        State::Voiding => {}
        // A courier brought the number and took the parcel: there is no label of ours.
        State::Printed if jobs.is_empty() => {
            if !row.back {
                can.push(Verb::Return);
            }
            if code.is_some_and(is_amiss) {
                can.push(Verb::Acknowledge);
            }
        }
        State::Waybilled | State::Printed => {
            if doubted {
                can.push(Verb::ConfirmLabel);
            } else {
                let none = jobs.iter().all(|job| job.state == JobState::Dropped);
                if none || missing && row.state == State::Waybilled {
                    can.push(Verb::Ship);
                }
                if !none && !moving {
                    can.push(Verb::Reprint);
                }
            }
            if row.state == State::Printed && !row.back {
                can.push(Verb::Return);
            }
            if !jobs.iter().any(|job| job.state == JobState::Sending) {
                can.push(Verb::Void);
            }
            let amiss = code.is_some_and(is_amiss);
            if amiss || matches!(code, Some(Code::VoidRefused | Code::LabelUndrawable)) {
                can.push(Verb::Acknowledge);
            }
        }
    }
    can
}
