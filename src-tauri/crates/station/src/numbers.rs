//! Numbers go back to the shops by file: which were not told yet, a file of them, once more, taken
//! back.
//!
//! A number is in one file, once: rows are chosen in one transaction that owes their file; then the
//! file is written whole (another name, flushed, renamed), and then it is owed no more. Dying in
//! between leaves an owed file, which is written to the same place at the next start.

mod by_itself;
mod file;

use crate::{
    Station,
    config::{self, TellForm, TellWhen},
    db::DbError,
    shipment::{
        ShipmentError,
        told::{self, Ready, Telling},
    },
    trouble::{Action, Code, Trouble},
    view::{
        NumbersView, ShopNumbers, StaleNumber, TellingState, TellingView, ToldView, WrittenFile,
    },
};
use rusqlite::Connection;
use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Where files are written in the home if the settings name no folder.
const FOLDER: &str = "numbers";
/// Files shown.
const TELLINGS_MAX: u32 = 50;
/// Old numbers shown.
const STALE_MAX: u32 = 200;
/// Letters of a shop's name in its file's.
const SHOP_LETTERS_MAX: usize = 40;
/// Files of one name: nobody writes one so often.
const COPIES_MAX: u32 = 1_000;

/// Whose doing a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    ByHand,
    ByItself,
}

impl Station {
    /// What shops have not been told, the files they were told by, and old numbers they know.
    ///
    /// # Errors
    /// The database.
    pub fn numbers(&self) -> Result<NumbersView, Trouble> {
        let practice = self.config.practice;
        let ready = self.ready();
        let (untold, stale, tellings, last) = self.db.read(|db| -> Result<_, DbError> {
            let untold = if practice { Vec::new() } else { told::untold(db, ready)? };
            Ok((
                untold,
                told::stale(db, STALE_MAX)?,
                told::recent(db, TELLINGS_MAX)?,
                told::last(db)?,
            ))
        })?;
        let mut last: HashMap<String, TellingView> =
            last.into_iter().map(|it| (it.shop.clone(), view(it))).collect();
        let mut shops: Vec<ShopNumbers> = untold
            .into_iter()
            .map(|it| ShopNumbers {
                last: last.remove(&it.shop),
                shop: it.shop,
                n: it.n,
                oldest_at_ms: Some(it.oldest_at_ms),
            })
            .collect();
        let mut quiet: Vec<ShopNumbers> = last
            .into_iter()
            .map(|(shop, last)| ShopNumbers { shop, n: 0, oldest_at_ms: None, last: Some(last) })
            .collect();
        quiet.sort_by(|a, b| a.shop.cmp(&b.shop));
        shops.extend(quiet);
        let stale = stale.into_iter().map(|it| StaleNumber {
            id: it.shipment_id,
            shop: it.shop,
            order_no: it.order_no,
            no: it.no,
            new_no: it.new_no,
        });
        let tell = &self.config.tell;
        Ok(NumbersView {
            practice,
            folder: self.numbers_folder().display().to_string(),
            by_itself: tell.every_min.is_some() || !tell.at_min.is_empty(),
            shops,
            stale: stale.collect(),
            tellings: tellings.into_iter().map(view).collect(),
            failed: self.live().tell_failed.clone(),
        })
    }

    /// Where files for shops are written.
    fn numbers_folder(&self) -> PathBuf {
        let asked = self.config.tell.folder.clone();
        asked.map_or_else(|| self.home.join(FOLDER), |folder| self.home.join(folder))
    }

    /// Writes a file of what a shop has not been told, into the folder for that or as `file`. What
    /// is owed to it from before is written first.
    ///
    /// # Errors
    /// [`Code::NumbersNone`] if there is nothing to tell; [`Code::NumbersUnwritten`] with the
    /// place, and nothing is lost; [`Code::NumbersPractice`]; the database.
    pub async fn tell_shop(
        self: &Arc<Self>,
        shop: &str,
        file: Option<&Path>,
    ) -> Result<TellingView, Trouble> {
        self.no_practice()?;
        let _one = self.telling.lock().await;
        let before = self.write_owed(Some(shop)).await?;
        let told = self.tell_one(shop, file, Told::ByHand).await?;
        let none = || Trouble::new(Code::NumbersNone, Action::None, [("shop", shop.to_owned())]);
        told.or(before).map(view).ok_or_else(none)
    }

    /// Files for all shops that have something, but not for orders without a shop.
    ///
    /// # Errors
    /// As [`Station::tell_shop`], but that there may be nothing to tell.
    pub async fn tell_shops(self: &Arc<Self>) -> Result<Vec<TellingView>, Trouble> {
        self.no_practice()?;
        let _one = self.telling.lock().await;
        let mut written: Vec<Telling> = self.write_owed(None).await?.into_iter().collect();
        let waiting = self.db.read(|db| told::untold(db, self.ready()))?;
        for untold in waiting.iter().filter(|untold| !untold.shop.is_empty()) {
            written.extend(self.tell_one(&untold.shop, None, Told::ByHand).await?);
        }
        Ok(written.into_iter().map(view).collect())
    }

    /// Writes a file once more, beside the first one; of numbers that were taken back since nothing
    /// is in it.
    ///
    /// # Errors
    /// [`Code::TellingNone`]; [`Code::NumbersNone`] if none of its numbers lives;
    /// [`Code::NumbersUnwritten`]; the database.
    pub async fn tell_again(self: &Arc<Self>, id: i64) -> Result<WrittenFile, Trouble> {
        let _one = self.telling.lock().await;
        let telling = self.telling_of(id)?;
        if telling.done_at_ms.is_none() || telling.back_at_ms.is_some() {
            return Err(no_telling(id));
        }
        let path = self.free(Path::new(&telling.path))?;
        if self.write_rows(&telling, &path).await? == 0 {
            let shop = telling.shop;
            return Err(Trouble::new(Code::NumbersNone, Action::None, [("shop", shop)]));
        }
        self.db.write(move |db| told::copied(db, id)).await?;
        self.touch();
        Ok(WrittenFile { path: path.display().to_string() })
    }

    /// The shop did not take a file: its numbers are to be told again.
    ///
    /// # Errors
    /// [`Code::TellingNone`]; the database.
    pub async fn tell_back(self: &Arc<Self>, id: i64) -> Result<(), Trouble> {
        let _one = self.telling.lock().await;
        let (name, now_ms) = (file_name(&self.telling_of(id)?.path), self.now_ms());
        if !self.db.write(move |db| told::put_back(db, id, &name, now_ms)).await? {
            return Err(no_telling(id));
        }
        self.live().tell_failed = None;
        self.touch();
        Ok(())
    }

    /// Somebody put an old number right in the shop.
    ///
    /// # Errors
    /// [`Code::ScanUnknown`] if the shop knows no such number; the database.
    pub async fn settle_number(self: &Arc<Self>, id: i64, no: &str) -> Result<(), Trouble> {
        let (text, now_ms) = (no.to_owned(), self.now_ms());
        if !self.db.write(move |db| told::settle(db, id, &text, now_ms)).await? {
            return Err(Trouble::new(Code::ScanUnknown, Action::None, [("code", no.to_owned())]));
        }
        self.touch();
        Ok(())
    }

    /// When and by which file the shop was told an order's number.
    pub(crate) fn told_of(&self, id: i64) -> Result<Option<ToldView>, Trouble> {
        let found = self.db.read(|db| told::of_shipment(db, id))?;
        Ok(found.and_then(|it| Some(ToldView { at_ms: it.done_at_ms?, file: file_name(&it.path) })))
    }

    /// Writes the files that are owed, of one shop or of all; the last of them.
    async fn write_owed(self: &Arc<Self>, shop: Option<&str>) -> Result<Option<Telling>, Trouble> {
        let mut last = None;
        let owed = self.db.read(told::owed)?;
        for telling in owed.into_iter().filter(|it| shop.is_none_or(|shop| shop == it.shop)) {
            last = self.write_telling(telling).await?.or(last);
        }
        Ok(last)
    }

    async fn tell_one(
        self: &Arc<Self>,
        shop: &str,
        file: Option<&Path>,
        by: Told,
    ) -> Result<Option<Telling>, Trouble> {
        let path = match file {
            Some(file) if file.exists() => {
                return Err(unwritten(file, &io::Error::from(io::ErrorKind::AlreadyExists)));
            }
            Some(file) => std::path::absolute(file).map_err(|why| unwritten(file, &why))?,
            None => self.free(&self.numbers_folder().join(self.name(shop)))?,
        };
        self.ready_folder(&path)?;
        // SQLite keeps texts.
        let Some(text) = path.to_str().map(str::to_owned) else {
            return Err(unwritten(&path, &io::Error::from(io::ErrorKind::InvalidFilename)));
        };
        let (shop, ready, now_ms) = (shop.to_owned(), self.ready(), self.now_ms());
        let choose = move |db: &Connection| -> Result<Option<Telling>, ShipmentError> {
            let by = (text.as_str(), by == Told::ByItself);
            let id = told::choose(db, (&shop, ready), by, now_ms)?;
            Ok(id.map(|id| told::get(db, id)).transpose()?.flatten())
        };
        match self.db.write(choose).await? {
            Some(telling) => self.write_telling(telling).await,
            None => Ok(None),
        }
    }

    /// Writes an owed file; `None` if none of its numbers lives any more.
    async fn write_telling(self: &Arc<Self>, telling: Telling) -> Result<Option<Telling>, Trouble> {
        let (id, now_ms) = (telling.id, self.now_ms());
        if self.db.write(move |db| told::without_voided(db, id)).await? == 0 {
            return Ok(None);
        }
        let path = PathBuf::from(&telling.path);
        let n = self.write_rows(&telling, &path).await.inspect_err(|why| self.failed(why))?;
        let name = file_name(&telling.path);
        self.db.write(move |db| told::done(db, id, (n, &name), now_ms)).await?;
        self.live().tell_failed = None;
        self.touch();
        tracing::info!(telling = id, rows = n, "numbers for a shop");
        Ok(self.db.read(|db| told::get(db, id))?)
    }

    /// Writes a telling's rows whole to a place; how many.
    async fn write_rows(self: &Arc<Self>, telling: &Telling, path: &Path) -> Result<u32, Trouble> {
        let form = self.config.tell.form(&telling.shop);
        let form = &TellForm { file: file::kind(path, form.file), ..form.clone() };
        let lines = self.db.read(|db| -> Result<_, DbError> {
            let lines = told::lines(db, telling.id)?;
            let with = |line: told::Line| {
                let children =
                    if form.parcels { told::children(db, line.waybill_id)? } else { vec![] };
                let account = self.accounts.iter().find(|it| it.config.name == line.account);
                let code = account.map(|it| it.carrier.code().to_owned()).unwrap_or_default();
                Ok(file::Told { line, code, children })
            };
            lines.into_iter().map(with).collect::<Result<Vec<_>, DbError>>()
        })?;
        if lines.is_empty() {
            return Ok(0);
        }
        self.ready_folder(path)?;
        let rows = file::rows(form, &lines);
        let bytes = file::bytes(form, &rows, telling.at_ms);
        // A folder on a network may take its time.
        let (to, station) = (path.to_owned(), Arc::clone(self));
        let written = async {
            let bytes = bytes?;
            let put = move || {
                let put = config::put_file(&to, &bytes);
                // Nobody else has the home while this is under way.
                drop(station);
                put
            };
            tokio::task::spawn_blocking(put).await.map_err(io::Error::other)?
        };
        written.await.map_err(|why| unwritten(path, &why))?;
        Ok(u32::try_from(rows.len() - 1).unwrap_or(u32::MAX))
    }

    /// The folder of a file is there. One outside the home is not made: it may be a disk that is
    /// not plugged in.
    fn ready_folder(&self, path: &Path) -> Result<(), Trouble> {
        let folder = path.parent().unwrap_or(path);
        let made = if folder.starts_with(&self.home) {
            config::private_folder(folder)
        } else if folder.is_dir() {
            Ok(())
        } else {
            Err(io::Error::from(io::ErrorKind::NotFound))
        };
        made.map_err(|why| unwritten(path, &why))
    }

    /// `numbers-拾光家居-20261122-183000.csv`.
    fn name(&self, shop: &str) -> String {
        let ending = file::ending(self.config.tell.form(shop).file);
        let fits = |c: char| if c.is_alphanumeric() || "-_ （）()".contains(c) { c } else { '_' };
        let shop: String = shop.chars().take(SHOP_LETTERS_MAX).map(fits).collect();
        let at = file::moment(self.now_ms(), "%Y%m%d-%H%M%S");
        let parts = ["numbers", shop.trim(), &at].map(str::to_owned);
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}.{ending}", parts.join("-"))
    }

    /// The name itself, or with " (2)" and so on: no file of another telling is written over.
    fn free(&self, path: &Path) -> Result<PathBuf, Trouble> {
        let part =
            |of: Option<&std::ffi::OsStr>| of.unwrap_or_default().to_string_lossy().into_owned();
        let (stem, ending) = (part(path.file_stem()), part(path.extension()));
        for n in 1..=COPIES_MAX {
            let name =
                if n == 1 { format!("{stem}.{ending}") } else { format!("{stem} ({n}).{ending}") };
            let found = path.with_file_name(name);
            let text = found.to_string_lossy();
            if !found.exists() && !self.db.read(|db| told::written(db, &text))? {
                return Ok(found);
            }
        }
        Err(unwritten(path, &io::Error::from(io::ErrorKind::AlreadyExists)))
    }

    fn telling_of(&self, id: i64) -> Result<Telling, Trouble> {
        self.db.read(|db| told::get(db, id))?.ok_or_else(|| no_telling(id))
    }

    fn no_practice(&self) -> Result<(), Trouble> {
        if self.config.practice {
            return Err(Trouble::new(Code::NumbersPractice, Action::None, []));
        }
        Ok(())
    }

    fn ready(&self) -> Ready {
        match self.config.tell.when {
            TellWhen::Printed => Ready::Printed,
            TellWhen::Number => Ready::Number,
            TellWhen::HandedOver => Ready::HandedOver,
        }
    }

    /// Kept for everybody to see until a file could be written.
    fn failed(&self, why: &Trouble) {
        tracing::error!(code = ?why.code, "numbers for a shop");
        self.live().tell_failed = Some(why.clone());
        self.touch();
    }
}

fn unwritten(path: &Path, why: &io::Error) -> Trouble {
    let fields = [("path", path.display().to_string()), ("why", why.to_string())];
    Trouble::new(Code::NumbersUnwritten, Action::Retry, fields)
}

fn no_telling(id: i64) -> Trouble {
    Trouble::new(Code::TellingNone, Action::None, [("id", id.to_string())])
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn view(telling: Telling) -> TellingView {
    let state = match (telling.back_at_ms, telling.done_at_ms) {
        (Some(_), _) => TellingState::Back,
        (None, Some(_)) => TellingState::Written,
        (None, None) => TellingState::Owed,
    };
    TellingView {
        id: telling.id,
        shop: telling.shop,
        at_ms: telling.at_ms,
        state,
        file: file_name(&telling.path),
        path: telling.path,
        n: telling.n,
        copies: telling.copies,
        by_itself: telling.by_itself,
        operator: telling.operator,
    }
}
