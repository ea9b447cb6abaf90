//! A shop at work: the program between a carrier and a printer that speak the real protocols. What
//! came out on paper is read by a decoder of another hand.

use crate::{Bench, KEY, Result};
use practice::{
    carrier::{self, Carrier, RunningCarrier},
    printer::{self, Bitmap, Printer, RunningPrinter},
};
use rxing::{
    BinaryBitmap, DecodeHints, Luma8Source, Reader, common::HybridBinarizer, oned::Code128Reader,
};
use std::sync::Arc;

/// Slow enough to be stopped in the middle of a batch, mm a second.
const MM_PER_S: u32 = 120;
/// Rows given to the decoder at once, and from one time to the next; bars are higher than both.
const BAND: (usize, usize) = (60, 30);

/// The window with a carrier and a printer beside it.
pub struct Shop {
    /// The window.
    pub bench: Bench,
    /// Who gives numbers.
    pub carrier: RunningCarrier,
    /// What prints.
    pub printer: RunningPrinter,
}

impl Shop {
    /// Opens the window on settings that name both, with `more` behind them.
    ///
    /// # Errors
    /// No port, or no window.
    pub async fn open(more: &str) -> Result<Self> {
        let options = carrier::Options { api_key: KEY.into(), ..carrier::Options::default() };
        let carrier = Carrier::start(options).await?;
        let options = printer::Options { mm_per_s: Some(MM_PER_S), ..printer::Options::default() };
        let printer = Printer::start(options).await?;
        let settings = settings(&carrier.url(), printer.port());
        let bench = Bench::start_on(&format!("{settings}{more}")).await?;
        Ok(Self { bench, carrier, printer })
    }

    /// The numbers on all paper that came out, once so many pieces are out; empty where none is.
    pub async fn paper(&self, total: u64) -> Vec<String> {
        self.printer.await_labels(total).await;
        let labels = self.printer.labels();
        labels.iter().map(|label| number_on(&label.bitmap).unwrap_or_default()).collect()
    }

    /// The label with this number, once so many pieces of paper are out.
    ///
    /// # Errors
    /// None has it, or several.
    pub async fn label_of(&self, no: &str, total: u64) -> Result<Arc<Bitmap>> {
        let numbers = self.paper(total).await;
        let labels = self.printer.labels();
        let mut found = labels.iter().zip(&numbers).filter(|(_, its)| *its == no);
        match (found.next(), found.next()) {
            (Some((label, _)), None) => Ok(Arc::clone(&label.bitmap)),
            _ => Err(format!("not one label of {no}: {numbers:?}").into()),
        }
    }

    /// Closes the window.
    ///
    /// # Errors
    /// It was gone.
    pub async fn close(self) -> Result<()> {
        self.bench.close().await
    }
}

/// Settings of a shop with this carrier and this printer. The boundary between scanner and person
/// is wide: a busy machine's driver types slowly.
pub fn settings(carrier: &str, printer: u16) -> String {
    format!(
        "[sender]\nname = \"拾光家居\"\nphone = \"0571-88001234\"\nprovince = \"浙江省\"\n\
         city = \"杭州市\"\ndistrict = \"余杭区\"\ndetail = \"仓前街道文一西路 969 号\"\n\n\
         [scanner]\ngap_ms = 100\n\n\
         [[carrier]]\nname = \"圆通-快递鸟\"\nkind = \"kdniao\"\nenvironment = \"sandbox\"\n\
         shipper_code = \"YTO\"\nbusiness_id = \"test1777000\"\napi_key = \"file:key\"\n\
         customer_name = \"K00000000\"\nmonth_code = \"x\"\nendpoint = \"{carrier}\"\n\n\
         [[printer]]\nname = \"热敏 1 号\"\naddress = \"tcp://127.0.0.1:{printer}\"\n\
         language = \"zpl\"\ndots_per_mm = 8\npaper = \"76x130\"\nconfirm = \"status\"\n"
    )
}

/// The number in the Code 128 of a printed label, if one can be read.
fn number_on(label: &Bitmap) -> Option<String> {
    let row = label.width as usize;
    let dots = (0..label.height).flat_map(|y| (0..label.width).map(move |x| (x, y)));
    let luma: Vec<u8> = dots.map(|(x, y)| if label.black(x, y) { 0 } else { 255 }).collect();
    let (band, step) = BAND;
    (0..(label.height as usize).saturating_sub(band)).step_by(step).find_map(|top| {
        let rows = &luma[top * row..(top + band) * row];
        let source = Luma8Source::new_with_slice(rows, label.width, band as u32).ok()?;
        let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
        let found = Code128Reader.decode_with_hints(&mut image, &DecodeHints::default());
        found.ok().map(|found| found.getText().to_owned())
    })
}
