//! How fast the station is, durable and whole: orders a second, scan to first byte, a batch at the
//! speed of paper, a bad carrier, a large file, a long list. Prints a table for the README. Words
//! on the command line choose: `cargo bench -p packbench-tests -- orders scan batch pace lists`.

mod batch;
mod figures;
mod home;
mod lists;
mod orders;
mod pace;
mod scan;

use figures::Figures;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|w| !w.starts_with('-')).collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| word == name);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("threads can be started");
    let mut figures = Figures::default();
    let flush = figures::flush(home::folder()).say();
    figures.add("flush of 8 KiB to this disk", flush, "—");
    runtime.block_on(async {
        if wanted("orders") {
            orders::run(&mut figures).await;
        }
        if wanted("scan") {
            scan::run(&mut figures).await;
        }
        if wanted("batch") {
            batch::run(&mut figures).await;
        }
        if wanted("pace") {
            pace::run(&mut figures).await;
        }
        if wanted("lists") {
            lists::run(&mut figures).await;
        }
    });
    figures.print(home::folder());
}
