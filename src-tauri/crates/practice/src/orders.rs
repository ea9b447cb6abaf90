//! Sample orders for a first start: every person, phone and house is invented, every district
//! exists. One order has two kinds of goods, one lacks its district (it will be held), one has a
//! remark, one a character that few fonts have.

/// A CSV file of 24 orders (25 rows) in UTF-8, with the headings shops in China export.
pub fn sample() -> &'static str {
    include_str!("orders.csv")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_sample_is_what_it_says() {
        let rows: Vec<Vec<&str>> =
            sample().lines().skip(1).map(|line| line.split(',').collect()).collect();
        let columns = sample().lines().next().unwrap().split(',').count();
        assert!(rows.iter().all(|row| row.len() == columns));
        let orders: BTreeSet<_> = rows.iter().map(|row| row[0]).collect();
        let provinces: BTreeSet<_> = rows.iter().map(|row| row[5]).collect();
        assert_eq!((rows.len(), orders.len()), (25, 24));
        assert!(provinces.len() >= 12);
        assert_eq!(rows.iter().filter(|row| row[7].is_empty()).count(), 1);
        assert_eq!(rows.iter().filter(|row| !row[12].is_empty()).count(), 1);
        assert!(sample().contains('𠮷'));
    }
}
