//! Shops' own forms: what there is, how one looks, keeping it, files taken in.

use super::{At, import::unescape};
use station::{
    trouble::Trouble,
    view::{FormDoc, FormList, FormLook, FormOpened, FormSave},
};
use tauri::ipc::{self, Response};

/// All forms.
#[tauri::command(async)]
pub fn form_list(desk: At<'_>) -> Result<FormList, Trouble> {
    desk.station()?.form_list()
}

/// A form to edit; without a name a new one.
#[tauri::command(async)]
pub fn form_doc(desk: At<'_>, name: Option<String>, paper: String) -> Result<FormDoc, Trouble> {
    desk.station()?.form_doc(name.as_deref(), &paper)
}

/// Where a form's things may be and what is wrong with them.
#[tauri::command(async)]
pub fn form_look(desk: At<'_>, doc: FormDoc, dots_per_m: u32) -> Result<FormLook, Trouble> {
    desk.station()?.form_look(&doc, dots_per_m)
}

/// The label with a form on it, dot for dot.
#[tauri::command(async)]
pub fn form_png(desk: At<'_>, doc: FormDoc, dots_per_m: u32) -> Result<Response, Trouble> {
    Ok(Response::new(desk.station()?.form_png(&doc, dots_per_m)?))
}

/// Keeps a form, in effect when it returns.
#[tauri::command]
pub async fn form_save(desk: At<'_>, save: FormSave) -> Result<FormList, Trouble> {
    desk.save_form(&save).await
}

/// Takes a form away.
#[tauri::command]
pub async fn form_remove(desk: At<'_>, name: String) -> Result<FormList, Trouble> {
    desk.remove_form(&name).await
}

/// Takes in the sent file: a form or a picture. Its name comes percent-encoded in `x-file-name`.
#[tauri::command]
pub async fn form_open(desk: At<'_>, request: ipc::Request<'_>) -> Result<FormOpened, Trouble> {
    let name = request.headers().get("x-file-name").and_then(|it| it.to_str().ok());
    let ipc::InvokeBody::Raw(bytes) = request.body() else {
        return Err(crate::session::internal("form_open: no raw body"));
    };
    desk.station()?.open_form_file(&unescape(name.unwrap_or_default()), bytes)
}
