//! A large file in the window: chosen as a person chooses it, watched by its bar, stopped in the
//! middle, taken again, and nothing lost or doubled. Then a workbook.

use bench::{Bench, Result};
use serde_json::{Value, json};
use std::{fmt::Write as _, fs, path::Path};
use thirtyfour::Key;

/// Orders of the large file.
const ORDERS: u64 = 100_000;
/// Orders of the workbook.
const IN_WORKBOOK: u32 = 200;

/// How far the bar is, in percent; nothing while there is no bar.
const BAR: &str =
    "document.querySelector('.running [role=\"progressbar\"]')?.getAttribute('aria-valuenow')";
/// The report of an import is on the screen, whole.
const REPORT: &str = "document.querySelector('.done .report dl')";

fn large_csv(path: &Path) -> Result<()> {
    let mut csv = String::from("订单号,收件人,手机,省,市,区,详细地址,商品,数量\n");
    for n in 1..=ORDERS {
        writeln!(csv, "L-{n},样例{n},138{n:08},浙江省,杭州市,余杭区,样例路 {n} 号,杯子,1")?;
    }
    Ok(fs::write(path, csv)?)
}

fn workbook(path: &Path) -> Result<()> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let headings = ["订单号", "收件人", "手机", "地址", "商品", "数量"];
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(0, column, heading)?;
    }
    for n in 1..=IN_WORKBOOK {
        let place = format!("浙江省杭州市余杭区仓前街道样例路 {n} 号");
        let phone = format!("139{n:08}");
        let order = format!("X-{n}");
        let cells = [order.as_str(), "测试乙", phone.as_str(), place.as_str(), "杯刷"];
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(n, column, cell)?;
        }
        // Numbers are numbers in a workbook.
        sheet.write_number(n, 5, 2)?;
    }
    Ok(book.save(path)?)
}

/// The last import as the core knows it, once its report is on the screen.
async fn report(bench: &Bench) -> Result<Value> {
    bench.see(REPORT).await?;
    let status = bench.ask("status", json!({})).await?;
    Ok(status["lastImport"].clone())
}

fn number(report: &Value, field: &str) -> u64 {
    report[field].as_u64().unwrap_or_else(|| panic!("no {field}: {report}"))
}

#[tokio::test]
async fn a_hundred_thousand_rows_with_a_bar_and_a_stop() -> Result<()> {
    let bench = Bench::start().await?;
    bench.see("document.querySelector('button.begin')").await?;
    bench.press(Key::Enter).await?;
    let pending = r#"Number(document.querySelector('[data-tab="pending"] b')?.textContent)"#;
    bench.see(&format!("{pending} > 10")).await?;
    let before = bench.ask("status", json!({})).await?["counts"]["pending"].clone();
    let files = tempfile::tempdir()?;
    let (csv, xlsx) = (files.path().join("large.csv"), files.path().join("orders.xlsx"));
    large_csv(&csv)?;
    workbook(&xlsx)?;

    bench.press_ctrl('3').await?;
    bench.take_file(&csv).await?;
    // The second half of the way is storing: what is stopped there keeps what is in.
    bench.see(&format!("Number({BAR}) > 50")).await?;
    bench.shot("import-running").await?;
    bench.press(Key::Escape).await?;
    let stopped = report(&bench).await?;
    assert_eq!(stopped["stopped"], json!(true), "{stopped}");
    let first = number(&stopped, "added");
    assert!(first > 0 && first < ORDERS, "stopped in the middle: {stopped}");

    bench.take_file(&csv).await?;
    // The bar moves: seen twice, and further the second time.
    let seen = bench.see(&format!("Number({BAR}) > 0 && Number({BAR})")).await?;
    bench.see(&format!("{REPORT} || Number({BAR}) > {seen}")).await?;
    let whole = report(&bench).await?;
    assert_eq!(whole["stopped"], json!(false), "{whole}");
    assert_eq!((number(&whole, "known"), number(&whole, "added")), (first, ORDERS - first));
    bench.shot("import-report").await?;

    bench.take_file(&xlsx).await?;
    bench.see(&format!("{REPORT}?.textContent.includes('{IN_WORKBOOK}')")).await?;
    let book = report(&bench).await?;
    assert_eq!((number(&book, "added"), number(&book, "held")), (u64::from(IN_WORKBOOK), 0));

    let counts = bench.ask("status", json!({})).await?["counts"].clone();
    let before = before.as_u64().unwrap_or(0);
    assert_eq!(number(&counts, "pending"), before + ORDERS + u64::from(IN_WORKBOOK));
    bench.press_ctrl('1').await?;
    bench.see("document.querySelectorAll('.line').length > 5").await?;
    bench.shot("ship-large").await?;
    bench.close().await
}
