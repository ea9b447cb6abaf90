//! The carrier's book: which order got which number, for ever. With a journal file it survives the
//! program; each entry is written down before anybody hears of it.

use super::marks;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    fs::{File, OpenOptions},
    io::{self, Read, Seek, Write},
    path::Path,
};

/// One number that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The client's `OrderCode`.
    pub order_key: String,
    /// KDNiao's code of the carrier.
    pub shipper_code: String,
    /// The number.
    pub waybill_no: String,
    /// The numbers of its further parcels.
    pub children: Vec<String>,
    /// The number under which its signed slip comes back.
    pub slip: Option<String>,
    /// SHA-256 of the request text that got it, in hex.
    pub request_sha: String,
    /// It was taken back.
    pub voided: bool,
    /// How often a waybill was asked for with this `OrderCode`, since this program started.
    pub asked: u32,
    /// How many of these requests had another text than the first.
    pub altered: u32,
}

/// One line of the journal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Issued {
        order_key: String,
        shipper_code: String,
        waybill_no: String,
        request_sha: String,
        order: Value,
        #[serde(default)]
        at_ms: i64,
        #[serde(default)]
        further: Further,
    },
    Voided {
        order_key: String,
    },
}

/// The book of one practice carrier.
#[derive(Debug, Default)]
pub struct Book {
    issued: Vec<Issued>,
    /// The complete `Order` of each answer, for the day it is asked for again.
    orders: Vec<Value>,
    /// When each was issued, ms UTC.
    born_ms: Vec<i64>,
    by_key: HashMap<String, usize>,
    numbers: HashSet<String>,
    journal: Option<File>,
}

/// What else than one number is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Parcels, at least 1.
    pub parcels: u64,
    /// Whether a signed slip comes back.
    pub slip: bool,
    /// When it is asked for, ms UTC.
    pub at_ms: i64,
}

/// The further numbers of an order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Further {
    /// Of its further parcels.
    pub children: Vec<String>,
    /// Of its slip.
    pub slip: Option<String>,
}

/// Whether a number is new.
pub enum Given {
    New(Value, Further),
    Again(Value, Further),
    Voided,
}

impl Book {
    /// Opens a book, with what its journal remembers. A last line cut by a crash never reached
    /// anybody and is dropped.
    pub fn open(journal: Option<&Path>) -> io::Result<Self> {
        let mut book = Self::default();
        let Some(path) = journal else { return Ok(book) };
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        for line in text[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            book.remember(serde_json::from_slice(line)?);
        }
        file.set_len(whole as u64)?;
        file.seek(io::SeekFrom::End(0))?;
        book.journal = Some(file);
        Ok(book)
    }

    /// Everything issued, in the order of issue.
    pub fn issued(&self) -> Vec<Issued> {
        self.issued.clone()
    }

    /// How many numbers were ever issued; every parcel's is one.
    pub fn count(&self) -> u64 {
        self.issued.iter().map(|issued| 1 + issued.children.len() as u64).sum()
    }

    /// Whether this key has its number already.
    pub fn knows(&self, order_key: &str) -> bool {
        self.by_key.contains_key(order_key)
    }

    /// Every key that ever got a number.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.issued.iter().map(|issued| issued.order_key.as_str())
    }

    /// What was answered for a key.
    pub fn order(&self, order_key: &str) -> Option<(&Value, Further)> {
        self.by_key.get(order_key).map(|&at| (&self.orders[at], self.further(at)))
    }

    /// What was answered with a number, or with it as a further one.
    pub fn by_number(&self, waybill_no: &str) -> Option<&Value> {
        let has = |issued: &Issued| {
            issued.waybill_no == waybill_no
                || issued.children.iter().chain(&issued.slip).any(|no| no == waybill_no)
        };
        let at = self.issued.iter().position(has)?;
        Some(&self.orders[at])
    }

    /// A live number's order and when it was issued, ms UTC.
    pub fn alive(&self, waybill_no: &str) -> Option<(&Value, i64)> {
        let of_it = |issued: &Issued| issued.waybill_no == waybill_no && !issued.voided;
        let at = self.issued.iter().position(of_it)?;
        Some((&self.orders[at], self.born_ms[at]))
    }

    fn further(&self, at: usize) -> Further {
        let Issued { children, slip, .. } = &self.issued[at];
        Further { children: children.clone(), slip: slip.clone() }
    }

    /// The order's number: the one it has, or a new one.
    pub fn give(
        &mut self,
        order_key: &str,
        shipper_code: &str,
        request_sha: &str,
        from: &marks::Place,
        to: &marks::Place,
        extent: Extent,
    ) -> io::Result<Given> {
        if let Some(&at) = self.by_key.get(order_key) {
            let issued = &mut self.issued[at];
            issued.asked += 1;
            issued.altered += u32::from(issued.request_sha != request_sha);
            return Ok(match issued.voided {
                true => Given::Voided,
                false => Given::Again(self.orders[at].clone(), self.further(at)),
            });
        }
        let mut new: Vec<String> = Vec::new();
        let mut next = |key: &str| {
            let is_taken = |no: &str| self.numbers.contains(no) || new.iter().any(|it| it == no);
            let no = marks::number(shipper_code, key, is_taken);
            new.push(no.clone());
            no
        };
        let no = next(order_key);
        let children = (2..=extent.parcels).map(|nth| next(&format!("{order_key}/{nth}")));
        let children = children.collect();
        let slip = extent.slip.then(|| next(&format!("{order_key}/slip")));
        let further = Further { children, slip };
        let order = marks::order(order_key, shipper_code, &no, from, to);
        self.record(Line::Issued {
            order_key: order_key.to_owned(),
            shipper_code: shipper_code.to_owned(),
            waybill_no: no,
            request_sha: request_sha.to_owned(),
            order: order.clone(),
            at_ms: extent.at_ms,
            further: further.clone(),
        })?;
        if let Some(issued) = self.issued.last_mut() {
            issued.asked = 1;
        }
        Ok(Given::New(order, further))
    }

    /// Takes a number back. Says whether it was live, or `None` when there is no such number.
    pub fn void(&mut self, order_key: &str, waybill_no: &str) -> io::Result<Option<bool>> {
        let Some(&at) = self.by_key.get(order_key) else { return Ok(None) };
        if self.issued[at].waybill_no != waybill_no {
            return Ok(None);
        }
        let was_live = !self.issued[at].voided;
        if was_live {
            self.record(Line::Voided { order_key: order_key.to_owned() })?;
        }
        Ok(Some(was_live))
    }

    fn record(&mut self, line: Line) -> io::Result<()> {
        if let Some(file) = &mut self.journal {
            let mut text = serde_json::to_vec(&line)?;
            text.push(b'\n');
            file.write_all(&text)?;
        }
        self.remember(line);
        Ok(())
    }

    fn remember(&mut self, line: Line) {
        match line {
            Line::Issued {
                order_key,
                shipper_code,
                waybill_no,
                request_sha,
                order,
                at_ms,
                further,
            } => {
                let Further { children, slip } = further;
                self.numbers.extend(children.iter().chain(&slip).cloned());
                self.by_key.insert(order_key.clone(), self.issued.len());
                self.numbers.insert(waybill_no.clone());
                self.orders.push(order);
                self.born_ms.push(at_ms);
                self.issued.push(Issued {
                    order_key,
                    shipper_code,
                    waybill_no,
                    children,
                    slip,
                    request_sha,
                    voided: false,
                    asked: 0,
                    altered: 0,
                });
            }
            Line::Voided { order_key } => {
                if let Some(&at) = self.by_key.get(&order_key) {
                    self.issued[at].voided = true;
                }
            }
        }
    }
}
