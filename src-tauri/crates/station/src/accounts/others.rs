//! Which other accounts could carry an order that one of them refused.

use crate::{Station, intake, trouble::Trouble, view::AccountWay};

impl Station {
    /// Every account that is switched on, but for the one that has the order now; each with what
    /// the order lacks for it. No carrier is asked.
    ///
    /// # Errors
    /// No such order; the database.
    pub fn other_accounts(&self, id: i64) -> Result<Vec<AccountWay>, Trouble> {
        let order = self.db.read(|db| intake::order_of(db, id))?;
        let now = self.detail(id)?.row.account;
        let others = self.accounts.iter().zip(self.carrier_status());
        let others =
            others.filter(|(account, _)| !account.config.off && account.config.name != now);
        let ways = others.map(|(account, status)| {
            let ask = self.consignment(account, &order);
            let mut faults = self.faults_at(account, &order);
            if let (true, Err(more)) = (faults.is_empty(), account.carrier.create_request(&ask)) {
                faults = more;
            }
            let lacks = account.carrier.lacks().into_iter().map(str::to_owned).collect();
            AccountWay { carrier: account.carrier.label_name().to_owned(), status, lacks, faults }
        });
        Ok(ways.collect())
    }
}
