//! Serves a folder to a browser on this computer: module scripts are not read from `file:`.

use crate::Result;
use std::{
    ffi::OsStr,
    fs,
    path::{Component, Path, PathBuf},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Longer than what a browser asks with, in bytes.
const ASKED_MAX: usize = 16 * 1024;

/// Serves the folder until the runtime ends; its port.
///
/// # Errors
/// No port.
pub async fn serve(folder: PathBuf) -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((browser, _)) = listener.accept().await {
            let folder = folder.clone();
            // A browser that went away needs no answer.
            tokio::spawn(async move { drop(answer(browser, &folder).await) });
        }
    });
    Ok(port)
}

async fn answer(mut browser: TcpStream, folder: &Path) -> Result<()> {
    let mut asked = Vec::new();
    while !asked.windows(4).any(|end| end == b"\r\n\r\n") && asked.len() < ASKED_MAX {
        if browser.read_buf(&mut asked).await? == 0 {
            return Ok(());
        }
    }
    let asked = String::from_utf8_lossy(&asked);
    let path = asked.split(' ').nth(1).unwrap_or("/").trim_start_matches('/');
    let path = Path::new(path.split('?').next().unwrap_or_default());
    let inside = path.components().all(|one| matches!(one, Component::Normal(_)));
    let found = if inside { fs::read(folder.join(path)).ok() } else { None };
    let kind = match path.extension().and_then(OsStr::to_str) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    let line = if found.is_some() { "200 OK" } else { "404 Not Found" };
    let body = found.unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {line}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    browser.write_all(head.as_bytes()).await?;
    browser.write_all(&body).await?;
    Ok(browser.shutdown().await?)
}
