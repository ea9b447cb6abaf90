//! Setting carrier accounts up: what there is, one change at a time, a trial call.

use super::At;
use station::{
    trouble::Trouble,
    view::{
        AccountChange, AccountForm, AccountSetups, AccountTrial, AccountWay, ApplyAsked, ApplyForm,
        Right,
    },
};

/// All accounts of the settings.
#[tauri::command(async)]
pub fn account_setups(desk: At<'_>) -> Result<AccountSetups, Trouble> {
    desk.station()?.account_setups()
}

/// Changes the settings of the accounts, in effect when it returns.
#[tauri::command]
pub async fn change_accounts(
    desk: At<'_>,
    change: AccountChange,
) -> Result<AccountSetups, Trouble> {
    desk.change_accounts(change).await
}

/// Makes the cheapest call of an account; with a form of one that is not kept yet.
#[tauri::command]
pub async fn try_account(
    desk: At<'_>,
    name: String,
    form: Option<AccountForm>,
) -> Result<AccountTrial, Trouble> {
    desk.try_account(&name, form).await
}

/// Which other accounts could carry an order.
#[tauri::command(async)]
pub fn other_accounts(desk: At<'_>, id: i64) -> Result<Vec<AccountWay>, Trouble> {
    desk.station()?.other_accounts(id)
}

/// Begins to record what is said with an account, or ends it (0 minutes).
#[tauri::command(async)]
pub fn record_account(
    desk: At<'_>,
    account: String,
    minutes: u32,
) -> Result<AccountSetups, Trouble> {
    desk.station()?.record_account(&account, minutes)
}

/// A form to apply for a customer number with.
#[tauri::command(async)]
pub fn apply_form(desk: At<'_>, account: String) -> Result<ApplyForm, Trouble> {
    desk.station()?.apply_form(&account)
}

/// Applies for a customer number at an outlet, once.
#[tauri::command]
pub async fn apply(desk: At<'_>, form: ApplyForm) -> Result<ApplyAsked, Trouble> {
    let station = desk.station()?;
    station.may(Right::Settings)?;
    station.apply(form).await
}

/// Puts an application aside.
#[tauri::command]
pub async fn drop_application(desk: At<'_>, id: i64) -> Result<AccountSetups, Trouble> {
    let station = desk.station()?;
    station.may(Right::Settings)?;
    station.drop_application(id).await?;
    station.account_setups()
}
