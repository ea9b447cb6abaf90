//! Starting and ending the program. Whatever happens, no process of it is left: the driver does not
//! end the program when a session fails.

use crate::Result;
use serde_json::json;
use std::{
    env,
    fs::{self, File},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::process::Child;

/// Sessions are refused now and then while the machine is busy; three tries were always enough.
const TRIES: usize = 3;
/// How long a session may take to come up.
const START_MAX: Duration = Duration::from_secs(40);
/// Signs what such a home asks; invented.
pub const KEY: &str = "11111111-2222-3333-4444-555555555555";

/// The program at work on a home of its own.
pub struct Bench {
    /// Its window.
    pub window: WebDriver,
    /// Its home.
    pub home: Arc<TempDir>,
    driver: Child,
}

/// The program under test: `PACKBENCH_WINDOW_BIN`, or what was built beside this test.
pub fn binary() -> PathBuf {
    if let Some(path) = env::var_os("PACKBENCH_WINDOW_BIN") {
        return path.into();
    }
    let test = env::current_exe().expect("a running test has a file");
    let folder = test.ancestors().nth(2).expect("tests lie in target/PROFILE/deps");
    let path = folder.join(format!("packbench{}", env::consts::EXE_SUFFIX));
    assert!(path.exists(), "build it first: cargo build -p packbench ({})", path.display());
    path
}

impl Bench {
    /// Starts the program on an empty home.
    ///
    /// # Errors
    /// The driver, or no session after three tries.
    pub async fn start() -> Result<Self> {
        Self::start_on("").await
    }

    /// Starts the program on a home with these settings; without any it is a first start. Their
    /// secrets may be `file:key`.
    ///
    /// # Errors
    /// As [`Bench::start`].
    pub async fn start_on(settings: &str) -> Result<Self> {
        Self::start_as(settings, &[]).await
    }

    /// Starts the program on an empty home, with more in its environment.
    ///
    /// # Errors
    /// As [`Bench::start`].
    pub async fn start_beside(env: &[(&str, &str)]) -> Result<Self> {
        Self::start_as("", env).await
    }

    async fn start_as(settings: &str, env: &[(&str, &str)]) -> Result<Self> {
        let mut last = "no try".into();
        for _ in 0..TRIES {
            let bench = match Self::try_start_as(new_home(settings)?, env).await {
                Ok(bench) => bench,
                Err(error) => {
                    last = error;
                    continue;
                }
            };
            match bench.see("document.querySelector('main, nav')").await {
                Ok(_) => return Ok(bench),
                Err(error) => last = error,
            }
            // The session may be broken already; the processes end in any case.
            drop(bench.close().await);
        }
        Err(last)
    }

    /// Starts the program on a home that is there already, once.
    ///
    /// # Errors
    /// The driver, or no session.
    pub async fn try_start(home: Arc<TempDir>) -> Result<Self> {
        Self::try_start_as(home, &[]).await
    }

    async fn try_start_as(home: Arc<TempDir>, env: &[(&str, &str)]) -> Result<Self> {
        let driver = start_driver(home.path(), env)?;
        let (mut driver, port) = driver;
        let session = async {
            let mut wanted = Capabilities::new();
            wanted.set("webkitgtk:browserOptions", json!({ "binary": binary(), "args": [] }))?;
            await_port(port).await;
            WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await
        };
        match tokio::time::timeout(START_MAX, session).await {
            Ok(Ok(window)) => Ok(Self { window, home, driver }),
            failed => {
                let log = fs::read_to_string(home.path().join("driver.log")).unwrap_or_default();
                driver.kill().await?;
                end_program(home.path());
                let why = failed.map(|session| session.map(drop));
                Err(format!("no session: {why:?}\n{log}").into())
            }
        }
    }

    /// A second start of the program on the same home; its exit code and what it said.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn second_start(&self) -> Result<(Option<i32>, String)> {
        let out = Command::new(binary()).env("PACKBENCH_HOME", self.home.path()).output()?;
        Ok((out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned()))
    }

    /// Closes the window and ends the driver.
    ///
    /// # Errors
    /// The session was gone already.
    pub async fn close(mut self) -> Result<()> {
        let quit = self.window.clone().quit().await;
        self.driver.kill().await?;
        end_program(self.home.path());
        Ok(quit?)
    }
}

/// A home with these settings, or an empty one.
///
/// # Errors
/// The disk failed.
pub fn new_home(settings: &str) -> Result<Arc<TempDir>> {
    let home = tempfile::tempdir()?;
    if !settings.is_empty() {
        fs::write(home.path().join("station.toml"), settings)?;
        let key = home.path().join("key");
        fs::write(&key, KEY)?;
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600))?;
    }
    Ok(Arc::new(home))
}

/// A driver on a port of its own, with the program's home and language set. What both write goes to
/// a file: an inherited pipe would be held open by a program that outlives its driver.
fn start_driver(home: &Path, env: &[(&str, &str)]) -> Result<(Child, u16)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let log = File::create(home.join("driver.log"))?;
    let driver = tokio::process::Command::new("WebKitWebDriver")
        .args(["--host=127.0.0.1".to_owned(), format!("--port={port}")])
        // Without it the program does not answer the driver, and the session never comes.
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("PACKBENCH_HOME", home)
        .envs(env.iter().copied())
        .env("XDG_DATA_HOME", home.join("webview"))
        // No accessibility bus here; without it the log is full of its absence.
        .env("NO_AT_BRIDGE", "1")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .kill_on_drop(true)
        .spawn()?;
    Ok((driver, port))
}

async fn await_port(port: u16) {
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Every process that works on this home, by its number: the program, its web view, its driver.
pub fn processes(home: &Path) -> Vec<u32> {
    let ours = format!("PACKBENCH_HOME={}", home.display());
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let works = |pid: &u32| {
        let environ = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environ.split(|byte| *byte == 0).any(|one| one == ours.as_bytes())
    };
    let numbers = all.filter_map(|entry| entry.file_name().to_string_lossy().parse().ok());
    numbers.filter(|pid| *pid != std::process::id() && works(pid)).collect()
}

/// Ends every process that works on this home.
fn end_program(home: &Path) {
    for pid in processes(home) {
        drop(Command::new("kill").args(["-9", &pid.to_string()]).status());
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        end_program(self.home.path());
    }
}
