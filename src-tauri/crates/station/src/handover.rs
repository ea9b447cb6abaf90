//! Handing parcels to the driver: each is scanned onto its carrier account's open manifest, what
//! must not leave is refused, what was printed and not scanned is listed, and the sheet is signed.

mod kept;
mod sheet;

use crate::{
    Station,
    bench::{keep_meta, meta},
    carrier::track::Stage,
    print::draw,
    shipment::{self, ShipmentError},
    tracking,
    trouble::{Action, Code, Trouble},
    view::{HandSaid, HandView, ManifestList, ManifestView, Row, ScanView},
    weigh::AtHand,
};
use kept::Manifest;
use rusqlite::Connection;

/// The account whose driver stands there, in `meta`.
const ACCOUNT: &str = "handover_account";
/// Parcels that are shown of a manifest, and of those that are missing; counts go on.
const SHOWN_MAX: u32 = 300;
/// Labels that are older were handed over before there were manifests, or never will be.
const MISSING_MS: i64 = 3 * 86_400_000;
/// Closed manifests of one search.
const CLOSED_MAX: u32 = 60;

impl Station {
    /// Understands a scan while parcels are handed over.
    pub(crate) async fn scan_to_hand_over(&self, text: &str) -> Result<ScanView, Trouble> {
        let parcel = match self.parcel_at_hand(text)? {
            Ok(parcel) => parcel,
            Err(said) => return Ok(*said),
        };
        let of = self.db.read(|db| kept::manifest_of(db, parcel.waybill_id, parcel.part))?;
        if let Some(on) = of {
            let said = if on.closed_at_ms.is_none() { HandSaid::Twice } else { HandSaid::Closed };
            return self.handed(parcel.row, parcel.no, said, Some(&on));
        }
        let wanted = self.db.read(|db| meta(db, ACCOUNT))?.filter(|name| !name.is_empty());
        if wanted.as_ref().is_some_and(|account| *account != parcel.row.account) {
            return self.handed(parcel.row, parcel.no, HandSaid::WrongCarrier, None);
        }
        let stage = parcel.row.stage;
        let returns = matches!(stage, Some(Stage::Returning | Stage::Returned | Stage::Cancelled));
        if returns || parcel.row.back {
            return self.handed(parcel.row, parcel.no, HandSaid::Returned, None);
        }
        let (account, now_ms) = (parcel.row.account.clone(), self.now_ms());
        let AtHand { row, waybill_id, part, no, .. } = parcel;
        let (id, on_it) = (row.id, no.clone());
        self.db
            .write(move |db| -> Result<(), ShipmentError> {
                let manifest = kept::open(db, &account, now_ms)?;
                kept::put(db, manifest, (waybill_id, part), &on_it, now_ms)?;
                keep_meta(db, ACCOUNT, Some(&account))?;
                shipment::tell(db, id, "scanned_out", &on_it, now_ms)
            })
            .await?;
        self.touch();
        self.handed(row, no, HandSaid::Taken, None)
    }

    /// Whose parcels are handed over now, and what lies on the open manifest; without an account,
    /// whoever's parcel is scanned next.
    ///
    /// # Errors
    /// The database.
    pub fn manifest(&self) -> Result<ManifestView, Trouble> {
        let account = self.db.read(|db| meta(db, ACCOUNT))?.unwrap_or_default();
        let open = self.db.read(|db| kept::open_of(db, &account))?;
        self.manifest_view(&account, open.as_ref())
    }

    /// Chooses whose parcels are handed over; an empty name leaves it to the next scan.
    ///
    /// # Errors
    /// [`Code::NoAccount`]; the database.
    pub async fn hand_over_to(&self, account: &str) -> Result<ManifestView, Trouble> {
        if !account.is_empty() {
            self.account(account)?;
        }
        let account = account.to_owned();
        self.db.write(move |db| keep_meta(db, ACCOUNT, Some(&account))).await?;
        self.touch();
        self.manifest()
    }

    /// Takes a parcel off its manifest again.
    ///
    /// # Errors
    /// [`Code::ManifestNone`] if it is on no open one; the database.
    pub async fn take_off(&self, no: &str) -> Result<ManifestView, Trouble> {
        let (wanted, now_ms) = (no.trim().to_owned(), self.now_ms());
        let taken = self
            .db
            .write(move |db| -> Result<bool, ShipmentError> {
                let Some(id) = kept::take_off(db, &wanted)? else { return Ok(false) };
                shipment::tell(db, id, "taken_off", &wanted, now_ms)?;
                Ok(true)
            })
            .await?;
        if !taken {
            let fields = [("code", no.trim().to_owned())];
            return Err(Trouble::new(Code::ManifestNone, Action::None, fields));
        }
        self.touch();
        self.manifest()
    }

    /// Closes the open manifest: the driver signed for so many parcels of so much weight.
    ///
    /// # Errors
    /// [`Code::ManifestEmpty`]; [`Code::ManifestVoided`] while parcels whose number was taken back
    /// lie on it; the database.
    pub async fn close_manifest(&self) -> Result<ManifestView, Trouble> {
        let account = self.db.read(|db| meta(db, ACCOUNT))?.unwrap_or_default();
        let now_ms = self.now_ms();
        let empty = || {
            let fields = [("account", account.clone())];
            Trouble::new(Code::ManifestEmpty, Action::None, fields)
        };
        let open = self.db.read(|db| kept::open_of(db, &account))?.ok_or_else(empty)?;
        let lines = self.db.read(|db| kept::lines(db, open.id, u32::MAX))?;
        if lines.is_empty() {
            return Err(empty());
        }
        let voided: Vec<String> =
            lines.iter().filter(|line| line.voided).map(|line| line.no.clone()).collect();
        if !voided.is_empty() {
            let fields = [("codes", voided.join(", "))];
            return Err(Trouble::new(Code::ManifestVoided, Action::None, fields));
        }
        let no = manifest_no(&open);
        let id = open.id;
        let close = move |db: &Connection| -> Result<(), ShipmentError> {
            let (parcels, weight_g) = kept::sums(db, id)?;
            kept::close(db, id, (parcels, weight_g), now_ms)?;
            for line in &lines {
                shipment::tell(db, line.shipment_id, "handed_over", &no, now_ms)?;
            }
            Ok(())
        };
        self.db.write(close).await?;
        self.touch();
        let closed = self.db.read(|db| kept::get(db, id))?;
        self.manifest_view(&account, closed.as_ref())
    }

    /// Closed manifests, newest first: all, or those with that parcel, account or number.
    ///
    /// # Errors
    /// The database.
    pub fn manifests(&self, search: &str) -> Result<ManifestList, Trouble> {
        let found = self.db.read(|db| kept::closed(db, search.trim(), CLOSED_MAX))?;
        let views = found.iter().map(|one| self.manifest_view(&one.account, Some(one)));
        Ok(ManifestList { manifests: views.collect::<Result<_, _>>()? })
    }

    /// The row of a manifest by its number.
    ///
    /// # Errors
    /// [`Code::ManifestNone`]; the database.
    pub fn resolve_manifest(&self, no: &str) -> Result<i64, Trouble> {
        let id = no.trim().rsplit('-').next().and_then(|id| id.parse().ok());
        let found = self.db.read(|db| id.map(|id| kept::get(db, id)).transpose())?.flatten();
        found.filter(|one| manifest_no(one) == no.trim()).map(|one| one.id).ok_or_else(|| {
            Trouble::new(Code::ManifestNone, Action::None, [("code", no.to_owned())])
        })
    }

    fn handed(
        &self,
        row: Row,
        no: String,
        said: HandSaid,
        on: Option<&Manifest>,
    ) -> Result<ScanView, Trouble> {
        Ok(ScanView::Handed(Box::new(HandView {
            row: Row { waybill_no: Some(no), ..row },
            said,
            manifest: self.manifest()?,
            on: on.map(manifest_no).unwrap_or_default(),
            closed_at_ms: on.and_then(|on| on.closed_at_ms),
        })))
    }

    fn manifest_view(
        &self,
        account: &str,
        manifest: Option<&Manifest>,
    ) -> Result<ManifestView, Trouble> {
        let since_ms = self.now_ms() - MISSING_MS;
        let open = manifest.is_none_or(|one| one.closed_at_ms.is_none());
        let (lines, sums, missing) = self.db.read(|db| -> Result<_, ShipmentError> {
            let lines = manifest.map(|one| kept::lines(db, one.id, SHOWN_MAX)).transpose()?;
            let sums = manifest.map(|one| kept::sums(db, one.id)).transpose()?;
            let missing = match open && !account.is_empty() {
                true => kept::missing(db, account, since_ms)?,
                false => Vec::new(),
            };
            Ok((lines.unwrap_or_default(), sums.unwrap_or_default(), missing))
        })?;
        let at_close = manifest.and_then(|one| one.parcels.zip(one.weight_g));
        let (parcels, weight_g) = at_close.unwrap_or(sums);
        let shown = usize::try_from(SHOWN_MAX).unwrap_or(usize::MAX);
        Ok(ManifestView {
            id: manifest.map(|one| one.id),
            no: manifest.map(manifest_no).unwrap_or_default(),
            account: account.to_owned(),
            opened_at_ms: manifest.map(|one| one.opened_at_ms),
            closed_at_ms: manifest.and_then(|one| one.closed_at_ms),
            parcels,
            weight_g,
            lines: lines.into_iter().map(Into::into).collect(),
            missing_count: u32::try_from(missing.len()).unwrap_or(u32::MAX),
            missing: missing.into_iter().take(shown).map(Into::into).collect(),
        })
    }
}

/// "JJ20261122-7": 交接 of that day, and its place among all.
fn manifest_no(manifest: &Manifest) -> String {
    let day: String = draw::local_minute(manifest.opened_at_ms)
        .chars()
        .filter(char::is_ascii_digit)
        .take(8)
        .collect();
    format!("JJ{day}-{}", manifest.id)
}

/// What the carrier said of parcels that it has: nobody needs to hand them over any more.
fn has_it(stage: Option<&str>) -> bool {
    !matches!(
        tracking::stage_of(stage),
        None | Some(Stage::Announced | Stage::Other | Stage::Cancelled)
    )
}
