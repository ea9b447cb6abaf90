//! A file of 100,000 orders into the database, and the screen over all of them.

use crate::{
    figures::{Figures, Times, ms},
    home::{Arrivals, Home, Settings, instant_world, query},
};
use station::{
    Station,
    view::{Filter, ListQuery, Sort, Tab},
};
use std::{sync::Arc, time::Instant};

/// Rows of a file that is called large.
const ROWS: usize = 100_000;
/// Imports; the middle one counts.
const RUNS: usize = 3;
/// Looks at each list.
const LOOKS: usize = 41;

/// Imports three times, then looks.
pub async fn run(figures: &mut Figures) {
    let printers = ["tcp://127.0.0.1:9".to_owned()];
    let mut took = Times::default();
    let mut last = None;
    for _ in 0..RUNS {
        let home = Home::new(&Settings::instant(&printers));
        let station = home.open(instant_world(&Arrivals::new())).await;
        took.add(home.import(&station, ROWS).await.0);
        last = Some((station, home));
    }
    let middle = took.percentile(50);
    let rate = ROWS as f64 / middle.as_secs_f64();
    let seen = format!("{:.1} s ({rate:.0} rows/s)", middle.as_secs_f64());
    figures.add("import of 100,000 rows from CSV into the database", seen, "seconds");
    let (station, _home) = last.expect("at least one run");
    looks(figures, &station);
}

fn looks(figures: &mut Figures, station: &Arc<Station>) {
    let pending = || query(Some(Tab::Pending));
    let search = |text: &str| ListQuery { search: text.to_owned(), ..pending() };
    let filter = |filter: Filter| ListQuery { filter, ..pending() };
    let queries = [
        ("first screen", pending(), ROWS),
        ("screen in the middle", ListQuery { offset: 50_000, ..pending() }, ROWS),
        ("search, one hit", search("P-77777"), 1),
        ("search, a quarter", search("保温杯"), ROWS / 4),
        (
            "filter by province",
            filter(Filter { provinces: vec!["广东省".into()], ..Filter::default() }),
            ROWS / 8,
        ),
        ("filter by remark", filter(Filter { remark: Some(true), ..Filter::default() }), ROWS / 10),
        ("sorted by goods", ListQuery { sort: Sort::Goods, ..pending() }, ROWS),
    ];
    let mut seen = Vec::new();
    let mut add = |name: &str, look: &dyn Fn()| {
        let mut times = Times::default();
        for _ in 0..LOOKS {
            let begun = Instant::now();
            look();
            times.add(begun.elapsed());
        }
        seen.push(format!("{name} {}", ms(times.percentile(50))));
    };
    for (name, query, total) in &queries {
        add(name, &|| {
            assert_eq!(station.list(query).expect("a list").total as usize, *total, "{name}");
        });
    }
    add("choices of the filters", &|| drop(station.facets().expect("facets")));
    add("select all", &|| {
        assert_eq!(station.list_ids(&pending()).expect("ids").len(), ROWS);
    });
    add("status", &|| drop(station.status().expect("status")));
    figures.add("list of 100,000 waiting orders, medians", seen.join(", "), "—");
}
