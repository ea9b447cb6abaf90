//! Rows into orders: what each cell means, which rows belong together, which cannot be taken.

use super::source::{Row, ShapeFault};
use super::{NUMBER_CHARS_MAX, Parsed, REFUSED_LISTED_MAX, cells, columns, size};
use crate::order::{Address, Codes, Customs, Item, NewOrder, Person, Services, country};
use crate::place;
use crate::view::{Column, RefusedRow, RowFault};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A refused value is shown up to here, in characters.
const VALUE_CHARS_MAX: usize = 80;

/// Between the remarks of rows of one order.
const NOTES_BETWEEN: &str = " / ";

/// Orders as far as the rows so far tell them.
pub(super) struct Gather<'h> {
    headings: &'h [String],
    /// For each heading its field.
    mapping: &'h [Option<Column>],
    shop: &'h str,
    /// `None` where a row of the order was refused.
    orders: Vec<Option<NewOrder>>,
    /// Lines of each order's rows.
    lines: Vec<Vec<u32>>,
    by_number: HashMap<(String, String), usize>,
    seen: HashSet<(usize, u64)>,
    /// Why an order's rows are all refused.
    spoiled: HashMap<usize, RefusedRow>,
    refused: Vec<RefusedRow>,
    refused_count: u32,
    rows: u32,
}

/// What one row says.
struct Line {
    receiver: Person,
    item: Item,
    weight_g: Option<u32>,
    volume_cm3: Option<u32>,
    parcels: Option<u32>,
    paid_at_ms: Option<i64>,
    note: String,
    services: Services,
    sender: String,
}

/// What is wrong with a row, and in which field.
type Wrong = (RowFault, Option<Column>);

impl<'h> Gather<'h> {
    pub(super) fn new(
        headings: &'h [String],
        mapping: &'h [Option<Column>],
        shop: &'h str,
    ) -> Self {
        Self {
            headings,
            mapping,
            shop,
            orders: Vec::new(),
            lines: Vec::new(),
            by_number: HashMap::new(),
            seen: HashSet::new(),
            spoiled: HashMap::new(),
            refused: Vec::new(),
            refused_count: 0,
            rows: 0,
        }
    }

    /// Takes one row in, or refuses it.
    pub(super) fn row(&mut self, row: &Row) {
        self.rows += 1;
        let number = match self.number(row) {
            Ok(number) => number,
            Err(refused) => return self.refuse(refused),
        };
        let cell = self.cell(row, Column::Shop);
        let shop = if cell.is_empty() { cells::clean(self.shop) } else { cell };
        let new = self.orders.len();
        let at = *self.by_number.entry((shop.clone(), number.clone())).or_insert(new);
        if at == new {
            self.orders.push(None);
            self.lines.push(Vec::new());
        }
        if let Some(spoiled) = self.spoiled.get(&at) {
            let refused = RefusedRow { line: row.line, ..spoiled.clone() };
            return self.refuse(refused);
        }
        let mut hasher = DefaultHasher::new();
        row.cells.hash(&mut hasher);
        if row.fault.is_none() && !self.seen.insert((at, hasher.finish())) {
            return;
        }
        let line = match row.fault {
            Some(fault) => Err(self.shape(row, fault)),
            None => self.line(row).map_err(|wrong| self.wrong(row, wrong)),
        };
        match line {
            Ok(line) => self.join(at, (shop, number), line, row),
            Err(refused) => self.spoil(at, refused),
        }
    }

    pub(super) fn finish(self) -> Parsed {
        let mut refused = self.refused;
        refused.sort_by_key(|row| row.line);
        refused.truncate(REFUSED_LISTED_MAX);
        Parsed {
            orders: self.orders.into_iter().flatten().collect(),
            refused,
            refused_count: self.refused_count,
            rows: self.rows,
            stopped: false,
        }
    }

    /// The order number, if the row has one that can be trusted.
    fn number(&self, row: &Row) -> Result<String, RefusedRow> {
        let shapeless = row.fault.filter(|fault| {
            fault.cell.is_none_or(|cell| self.mapping[cell] == Some(Column::Number))
        });
        if let Some(fault) = shapeless {
            return Err(self.shape(row, fault));
        }
        let text = self.cell(row, Column::Number);
        let number = cells::code(&text);
        if number.is_empty() || cells::digits_lost(number) {
            return Err(self.wrong(row, (RowFault::NumberMissing, Some(Column::Number))));
        }
        if number.chars().count() > NUMBER_CHARS_MAX {
            return Err(self.wrong(row, (RowFault::NumberTooLong, Some(Column::Number))));
        }
        Ok(number.to_owned())
    }

    fn line(&self, row: &Row) -> Result<Line, Wrong> {
        let text = |column| self.cell(row, column);
        let quantity = text(Column::Quantity);
        let quantity = if quantity.is_empty() { Some(1) } else { cells::quantity(&quantity) };
        let paid_at_ms = cells::time_ms(&text(Column::PaidAt))
            .map_err(|()| (RowFault::TimeUnreadable, Some(Column::PaidAt)))?;
        Ok(Line {
            receiver: self.receiver(row),
            item: Item {
                title: text(Column::Goods),
                quantity: quantity.ok_or((RowFault::QuantityUnreadable, Some(Column::Quantity)))?,
                customs: self.customs(row)?,
                codes: self.codes(row),
            },
            weight_g: self.weight(row)?,
            volume_cm3: self.volume(row)?,
            parcels: size::parcels(&text(Column::Parcels))
                .map_err(|()| (RowFault::ParcelsUnreadable, Some(Column::Parcels)))?,
            paid_at_ms,
            note: text(Column::Note),
            services: self.services(row)?,
            sender: text(Column::Sender),
        })
    }

    /// A code that a spreadsheet rounded is none: counting would never find it.
    fn codes(&self, row: &Row) -> Codes {
        let code = |column| {
            let text = self.cell(row, column);
            let code = cells::code(&text);
            if cells::digits_lost(code) { String::new() } else { code.to_owned() }
        };
        Codes { sku: code(Column::Sku), barcode: code(Column::Barcode) }
    }

    fn weight(&self, row: &Row) -> Result<Option<u32>, Wrong> {
        for (column, unit_g) in [(Column::WeightG, 1), (Column::WeightKg, 1000)] {
            let text = self.cell(row, column);
            if !text.is_empty() {
                let grams = cells::weight_g(&text, unit_g);
                let grams = grams.ok_or((RowFault::WeightUnreadable, Some(column)))?;
                return Ok(Some(grams).filter(|grams| *grams > 0));
            }
        }
        Ok(None)
    }

    fn volume(&self, row: &Row) -> Result<Option<u32>, Wrong> {
        for (column, unit_cm3) in [(Column::VolumeCm3, 1), (Column::VolumeM3, 1_000_000)] {
            let volume = size::volume_cm3(&self.cell(row, column), unit_cm3)
                .map_err(|()| (RowFault::VolumeUnreadable, Some(column)))?;
            if volume.is_some() {
                return Ok(volume);
            }
        }
        Ok(None)
    }

    fn services(&self, row: &Row) -> Result<Services, Wrong> {
        let money = |column| {
            let wrong = (RowFault::MoneyUnreadable, Some(column));
            cells::money_fen(&self.cell(row, column)).map_err(|()| wrong)
        };
        let pay = cells::pay(&self.cell(row, Column::PayBy));
        Ok(Services {
            pay: pay.map_err(|()| (RowFault::PayUnreadable, Some(Column::PayBy)))?,
            cod_fen: money(Column::Cod)?,
            insured_fen: money(Column::Insured)?,
            privacy: false,
            slip: size::slip(&self.cell(row, Column::Slip))
                .map_err(|()| (RowFault::SlipUnreadable, Some(Column::Slip)))?
                .unwrap_or(false),
        })
    }

    /// What is no country or currency stays as it is: the check names it.
    fn customs(&self, row: &Row) -> Result<Customs, Wrong> {
        let text = |column| self.cell(row, column);
        let value = text(Column::PieceValue);
        let value =
            cells::money_fen(value.trim_start_matches("US").trim_start_matches(['$', '€', '£']));
        let weight = text(Column::PieceG);
        let weight_g = match weight.as_str() {
            "" => None,
            text => {
                let wrong = (RowFault::WeightUnreadable, Some(Column::PieceG));
                Some(cells::weight_g(text, 1).ok_or(wrong)?).filter(|grams| *grams > 0)
            }
        };
        let origin = text(Column::Origin);
        Ok(Customs {
            english: text(Column::English),
            hs_code: text(Column::HsCode).chars().filter(|c| !matches!(c, '.' | ' ')).collect(),
            origin: country::code(&origin).map_or(origin, str::to_owned),
            value_minor: value
                .map_err(|()| (RowFault::MoneyUnreadable, Some(Column::PieceValue)))?,
            currency: cells::currency(&text(Column::Currency)),
            weight_g,
        })
    }

    fn receiver(&self, row: &Row) -> Person {
        let text = |column| self.cell(row, column);
        let phone = text(Column::Phone);
        let phone = if phone.is_empty() { text(Column::Phone2) } else { phone };
        let address = place::normalise(&Address {
            province: text(Column::Province),
            city: text(Column::City),
            district: text(Column::District),
            detail: text(Column::Detail),
            country: text(Column::Country),
            postcode: cells::code(&text(Column::Postcode)).to_owned(),
        });
        let (name, email) = (text(Column::Name), text(Column::Email));
        Person { name, phone: cells::code(&phone).to_owned(), address, email }
    }

    /// Adds a row to its order.
    fn join(&mut self, at: usize, (shop, number): (String, String), line: Line, row: &Row) {
        let Some(order) = &mut self.orders[at] else {
            self.lines[at].push(row.line);
            self.orders[at] = Some(NewOrder {
                shop,
                number,
                paid_at_ms: line.paid_at_ms,
                receiver: line.receiver,
                items: vec![line.item],
                weight_g: line.weight_g,
                volume_cm3: line.volume_cm3,
                parcels: line.parcels,
                note: line.note,
                services: line.services,
                sender: line.sender,
            });
            return;
        };
        if !same_receiver(&mut order.receiver, line.receiver) {
            let refused = self.wrong(row, (RowFault::OtherReceiver, Some(Column::Number)));
            return self.refuse(refused);
        }
        let Some(services) = joined(order.services, line.services) else {
            let refused = self.wrong(row, (RowFault::OtherServices, Some(Column::Cod)));
            return self.spoil(at, refused);
        };
        let Some(parcels) = one(order.parcels, line.parcels) else {
            let refused = self.wrong(row, (RowFault::OtherServices, Some(Column::Parcels)));
            return self.spoil(at, refused);
        };
        if !same(&mut order.sender, line.sender) {
            let refused = self.wrong(row, (RowFault::OtherServices, Some(Column::Sender)));
            return self.spoil(at, refused);
        }
        (order.services, order.parcels) = (services, parcels);
        self.lines[at].push(row.line);
        order.items.push(line.item);
        order.paid_at_ms = order.paid_at_ms.or(line.paid_at_ms);
        order.weight_g = sum(order.weight_g, line.weight_g);
        order.volume_cm3 = sum(order.volume_cm3, line.volume_cm3);
        if !line.note.is_empty() && !order.note.split(NOTES_BETWEEN).any(|note| note == line.note) {
            if !order.note.is_empty() {
                order.note.push_str(NOTES_BETWEEN);
            }
            order.note.push_str(&line.note);
        }
    }

    /// Refuses a row and with it what was taken of its order.
    fn spoil(&mut self, at: usize, refused: RefusedRow) {
        self.orders[at] = None;
        for line in std::mem::take(&mut self.lines[at]) {
            self.refuse(RefusedRow { line, ..refused.clone() });
        }
        self.spoiled.insert(at, refused.clone());
        self.refuse(refused);
    }

    fn refuse(&mut self, row: RefusedRow) {
        self.refused_count += 1;
        if self.refused.len() < REFUSED_LISTED_MAX {
            self.refused.push(row);
        }
    }

    /// The cleaned cell of a field; empty when it is not mapped.
    fn cell(&self, row: &Row, column: Column) -> String {
        let at = self.mapping.iter().position(|mapped| *mapped == Some(column));
        at.and_then(|at| row.cells.get(at)).map_or_else(String::new, |cell| cells::clean(cell))
    }

    fn shape(&self, row: &Row, fault: ShapeFault) -> RefusedRow {
        let column = fault.cell.map_or(String::new(), |cell| self.headings[cell].clone());
        RefusedRow { line: row.line, column, why: fault.why, value: String::new() }
    }

    /// What is told of a row: the value only where it is not about a person.
    fn wrong(&self, row: &Row, (why, column): Wrong) -> RefusedRow {
        let at = self.mapping.iter().position(|mapped| mapped.is_some() && *mapped == column);
        let heading = at.map_or(String::new(), |at| self.headings[at].clone());
        let shown = column.filter(|column| !columns::PERSONAL.contains(column));
        let value = shown.map_or(String::new(), |column| self.cell(row, column));
        let value = value.chars().take(VALUE_CHARS_MAX).collect();
        RefusedRow { line: row.line, column: heading, why, value }
    }
}

/// Exports repeat an order's sums on each of its rows or write them into the first alone; sums that
/// differ may be parts or mistakes, and nobody here knows which.
fn joined(ours: Services, theirs: Services) -> Option<Services> {
    Some(Services {
        pay: one(ours.pay, theirs.pay)?,
        cod_fen: one(ours.cod_fen, theirs.cod_fen)?,
        insured_fen: one(ours.insured_fen, theirs.insured_fen)?,
        privacy: false,
        slip: ours.slip || theirs.slip,
    })
}

/// What two rows say, of which one may say nothing; `None` if they say different things.
fn one<T: PartialEq + Copy>(a: Option<T>, b: Option<T>) -> Option<Option<T>> {
    (a.is_none() || b.is_none() || a == b).then_some(a.or(b))
}

/// Weights and volumes of an order's rows together.
fn sum(a: Option<u32>, b: Option<u32>) -> Option<u32> {
    match (a, b) {
        (Some(known), Some(more)) => Some(known.saturating_add(more)),
        (known, more) => known.or(more),
    }
}

/// Whether a further row goes to the same person. What it leaves out is the same (Shopify writes
/// the receiver into an order's first row only); what the rows before left out, it fills in.
fn same_receiver(ours: &mut Person, mut theirs: Person) -> bool {
    let pairs: Vec<_> = parts(ours).into_iter().zip(parts(&mut theirs)).collect();
    if pairs.iter().any(|(a, b)| !a.is_empty() && !b.is_empty() && a != b) {
        return false;
    }
    pairs.into_iter().all(|(a, b)| same(a, std::mem::take(b)))
}

/// Whether a further row says the same or nothing; what was not said yet is filled in.
fn same(ours: &mut String, theirs: String) -> bool {
    if ours.is_empty() {
        *ours = theirs;
        return true;
    }
    theirs.is_empty() || *ours == theirs
}

fn parts(person: &mut Person) -> [&mut String; 9] {
    let Person { name, phone, address, email } = person;
    let Address { province, city, district, detail, country, postcode } = address;
    [name, phone, province, city, district, detail, country, postcode, email]
}
