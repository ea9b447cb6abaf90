//! Taking back the last act, as far as no carrier has heard of what it was done to. Kept in memory:
//! a start of the program begins without.

use crate::{
    Station,
    intake::{
        self,
        carried::{self, Carried},
    },
    shipment::{
        self, ShipmentError,
        hand::{self, Hand},
        load::{self, Load},
    },
    together,
    trouble::{Action, Code, Trouble},
    view::{ActDone, DeedKind, Left, LeftWhy, State, UndoOffer},
};
use rusqlite::Connection;
use std::{collections::BTreeMap, sync::Arc};

/// The history's word for it.
const UNDONE: (&str, &str) = ("undone", "");

/// The last act.
#[derive(Debug, Clone)]
pub(crate) struct Undo {
    /// What was done.
    pub deed: DeedKind,
    /// To what, and how it was before.
    pub steps: Vec<Step>,
}

/// One shipment as it was.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Flag, note, hold, carrier, sender; with the trouble that stood there.
    Hand {
        /// The shipment.
        id: i64,
        /// As it was.
        was: Hand,
        /// Whether it was ready, and not held by something else.
        ready: bool,
        /// What it waited for.
        trouble: Option<Trouble>,
    },
    /// Orders went with this one.
    Joined {
        /// The one that answers for them.
        id: i64,
        /// Those that went with it now, not before.
        members: Vec<i64>,
    },
    /// Orders that went with this one went apart.
    Parted {
        /// The one that answered for them.
        id: i64,
        /// Those that went with it.
        members: Vec<i64>,
    },
    /// A further shipment of an order began.
    Begun {
        /// The further one.
        id: i64,
        /// The one it came from.
        of: i64,
        /// What that one carried.
        load: Option<Load>,
        /// In detail.
        lines: Vec<Carried>,
    },
}

impl Step {
    /// The shipments that must not be at the carrier.
    fn ids(&self) -> [i64; 2] {
        match self {
            Self::Hand { id, .. } | Self::Joined { id, .. } | Self::Parted { id, .. } => [*id; 2],
            Self::Begun { id, of, .. } => [*id, *of],
        }
    }

    /// Whether it may still be taken back: what only this desk knows always, the rest while no
    /// carrier was asked.
    fn can_go(&self, db: &Connection, deed: DeedKind) -> Result<bool, ShipmentError> {
        if matches!(deed, DeedKind::Flag | DeedKind::Note) {
            return Ok(true);
        }
        let [id, of] = self.ids();
        let waits = |id| together::waits(db, id);
        match self {
            // The one it came from may be printed: that is why it is sent again.
            Self::Begun { .. } if was_sent(deed) => waits(id),
            Self::Begun { .. } => Ok(waits(id)? && waits(of)?),
            Self::Hand { .. } | Self::Joined { .. } | Self::Parted { .. } => waits(id),
        }
    }
}

impl Station {
    /// The last act, if some of it can still be taken back.
    ///
    /// # Errors
    /// The database.
    pub fn undo_offer(&self) -> Result<Option<UndoOffer>, Trouble> {
        let Some(undo) = self.live().undo.clone() else { return Ok(None) };
        let count = |db: &Connection| -> Result<u32, ShipmentError> {
            let mut n = 0;
            for step in &undo.steps {
                n += u32::from(step.can_go(db, undo.deed)?);
            }
            Ok(n)
        };
        let n = self.db.read(count)?;
        Ok((n > 0).then_some(UndoOffer { deed: undo.deed, n }))
    }

    /// Takes the last act back. What a carrier was asked for meanwhile stays, and is counted.
    ///
    /// # Errors
    /// [`Code::NothingBefore`] without one; the database.
    pub async fn undo(self: &Arc<Self>) -> Result<ActDone, Trouble> {
        let undo = self.live().undo.take();
        let Some(undo) = undo else {
            return Err(Trouble::new(Code::NothingBefore, Action::None, []));
        };
        let deed = undo.deed;
        let (station, now_ms) = (Arc::clone(self), self.now_ms());
        let (done, ids, left) = self
            .db
            .write(move |db| -> Result<_, ShipmentError> {
                let (mut ids, mut left) = (Vec::new(), BTreeMap::new());
                // The last one first: an order may have been divided twice.
                for step in undo.steps.iter().rev() {
                    if step.can_go(db, undo.deed)? {
                        station.take_back(db, undo.deed, step, now_ms)?;
                        ids.push(step.ids()[1]);
                    } else {
                        *left.entry(LeftWhy::AtCarrier).or_insert(0) += 1;
                    }
                }
                Ok((u32::try_from(ids.len()).unwrap_or(u32::MAX), ids, left))
            })
            .await?;
        self.touch();
        let left = left.into_iter().map(|(why, n)| Left { why, n }).collect();
        Ok(ActDone { deed, done, left, ids })
    }

    fn take_back(
        &self,
        db: &Connection,
        deed: DeedKind,
        step: &Step,
        now_ms: i64,
    ) -> Result<(), ShipmentError> {
        match step {
            Step::Hand { id, was, ready, trouble } => {
                // Only what the act changed: a flag put on meanwhile by another hand stays.
                let mut now = hand::of(db, *id)?;
                match deed {
                    DeedKind::Flag => now.flag = was.flag,
                    DeedKind::Note => now.memo.clone_from(&was.memo),
                    DeedKind::Carrier => {
                        now.wanted.clone_from(&was.wanted);
                        now.account.clone_from(&was.account);
                    }
                    DeedKind::Sender => now.sender.clone_from(&was.sender),
                    _ => now.hold.clone_from(&was.hold),
                }
                hand::put(db, *id, &now)?;
                if matches!(deed, DeedKind::Flag | DeedKind::Note) {
                    return shipment::tell(db, *id, "undone", "", now_ms);
                }
                self.recheck(db, *id, UNDONE, now_ms)?;
                if !ready && now.hold.is_none() {
                    // It waited for something that no check finds: a refusal, a number given back.
                    shipment::set_aside(db, *id, trouble.as_ref(), now_ms)?;
                }
                Ok(())
            }
            Step::Joined { id, members } => self.go_apart(db, *id, members, UNDONE, now_ms),
            Step::Parted { id, members } => self.go_together(db, *id, members, UNDONE, now_ms),
            Step::Begun { id, of, load, lines } => {
                load::list(db, *id, &[])?;
                load::go_with(db, *id, Some(*of))?;
                load::list(db, *of, &carried::plain(lines))?;
                load::set(db, *of, load.as_ref())?;
                shipment::tell(db, *id, "undone", "", now_ms)?;
                if was_sent(deed) {
                    return Ok(());
                }
                intake::know_buyer(db, intake::order_of(db, *of)?.id)?;
                self.recheck(db, *of, UNDONE, now_ms).map(drop)
            }
        }
    }
}

/// Whether a further shipment began for one that was sent, which stays as it is.
fn was_sent(deed: DeedKind) -> bool {
    matches!(deed, DeedKind::Reship | DeedKind::Return | DeedKind::Exchange)
}

/// Whether a state is one of before a carrier was asked.
pub(crate) fn before_carrier(state: State) -> bool {
    match state {
        State::Held | State::Ready | State::Refused => true,
        State::Requested | State::Waybilled | State::Printed | State::Voiding => false,
    }
}
