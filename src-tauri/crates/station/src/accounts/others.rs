//! Which other accounts could carry an order that one of them refused.

use crate::{
    Account, Station,
    intake::{self, StoredOrder},
    trouble::Trouble,
    view::AccountWay,
};

impl Station {
    /// Every account that is switched on, but for the one that has the order now; each with what
    /// the order lacks for it. No carrier is asked.
    ///
    /// # Errors
    /// No such order; the database.
    pub fn other_accounts(&self, id: i64) -> Result<Vec<AccountWay>, Trouble> {
        let order = self.db.read(|db| intake::order_of(db, id))?;
        let now = self.row(id)?.account;
        let ways = self.account_ways(&order).into_iter().map(|(_, way)| way);
        Ok(ways.filter(|way| way.status.name != now).collect())
    }

    /// Every account that is switched on, with what an order lacks for it.
    pub(crate) fn account_ways(&self, order: &StoredOrder) -> Vec<(&Account, AccountWay)> {
        let on = self.accounts.iter().zip(self.carrier_status());
        let on = on.filter(|(account, _)| !account.config.off);
        on.map(|(account, status)| {
            let ask = self.consignment(account, order);
            let mut faults = self.faults_at(account, order);
            if let (true, Err(more)) = (faults.is_empty(), account.carrier.create_request(&ask)) {
                faults = more;
            }
            let lacks = account.carrier.lacks().into_iter().map(str::to_owned).collect();
            let carrier = account.carrier.label_name().to_owned();
            (account, AccountWay { carrier, status, lacks, faults })
        })
        .collect()
    }
}
