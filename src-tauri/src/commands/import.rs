//! Files of orders. The window sends the file itself, so it needs no right to read the disk.

use super::At;
use station::{
    trouble::Trouble,
    view::{Column, ImportPreview, ImportReport},
};
use tauri::{AppHandle, ipc};

/// Keeps the sent file and looks at it. Its name comes percent-encoded in `x-file-name`.
#[tauri::command]
pub async fn import_stage(
    desk: At<'_>,
    request: ipc::Request<'_>,
) -> Result<ImportPreview, Trouble> {
    let name = request.headers().get("x-file-name").and_then(|it| it.to_str().ok());
    let ipc::InvokeBody::Raw(bytes) = request.body() else {
        return Err(crate::session::internal("import_stage: no raw body"));
    };
    desk.stage(unescape(name.unwrap_or_default()), bytes).await
}

/// Imports a staged file; tells `import-progress` meanwhile.
#[tauri::command]
pub async fn import_run(
    app: AppHandle,
    desk: At<'_>,
    token: String,
    mapping: Vec<Option<Column>>,
    shop: Option<String>,
) -> Result<ImportReport, Trouble> {
    desk.import(&app, &token, mapping, shop).await
}

/// Stops an import; what was taken in stays.
#[tauri::command(async)]
pub fn import_stop(desk: At<'_>, token: String) -> Result<(), Trouble> {
    desk.import_stop(&token);
    Ok(())
}

/// Undoes JavaScript's `encodeURIComponent`.
pub(super) fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = hex.and_then(|two| u8::from_str_radix(two, 16).ok());
        match byte.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_come_through_headers() {
        assert_eq!(unescape("%E8%AE%A2%E5%8D%95%201.csv"), "订单 1.csv");
        assert_eq!(unescape("100%25.csv"), "100%.csv");
        assert_eq!(unescape("odd%zz%"), "odd%zz%");
    }
}
