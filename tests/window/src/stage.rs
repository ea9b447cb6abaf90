//! The scenes of `ui/src/fake/scenes` in the program's own engine: WebKitGTK's small browser on a
//! screen of its own, as large as any that is looked at.

use crate::{Picture, Result, serve::serve};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// The screen, in pixels. Windows may be larger: the engine draws what nobody sees, too.
const SCREEN: &str = "2700x1700x24";
/// Where a window begins, in pixels: its tool bar, not its page, lies under the mouse in the middle
/// of the screen. Without a window manager the focus is where the mouse is.
const TOP: i32 = 840;
/// Scenes say themselves that something never comes, long before this.
const SCRIPT_MAX: Duration = Duration::from_secs(240);
/// The fonts that setup installs, and how their edges are drawn, whatever else this machine has.
const FONTS: &str = r#"<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>/usr/share/fonts/opentype/noto</dir><dir>/usr/share/fonts/truetype/dejavu</dir>
<cachedir prefix="xdg">fonts</cachedir><match target="pattern">
<edit name="antialias" mode="assign"><bool>true</bool></edit>
<edit name="hinting" mode="assign"><bool>true</bool></edit>
<edit name="hintstyle" mode="assign"><const>hintslight</const></edit>
<edit name="rgba" mode="assign"><const>none</const></edit></match></fontconfig>"#;
/// Sessions are refused now and then while the machine is busy.
const SESSIONS_MAX: usize = 3;
/// How long a session may take to come up.
const START_MAX: Duration = Duration::from_secs(60);
/// Sizes are asked for again until the page has them.
const TRIES: usize = 40;

/// How a scene is looked at.
#[derive(Clone, Debug)]
pub struct Look {
    /// `zh` or `en`.
    pub lang: &'static str,
    /// Of the words, in percent.
    pub scale_percent: u32,
}

/// A browser with the scenes in it.
pub struct Stage {
    window: WebDriver,
    driver: Child,
    screen: Child,
    _home: TempDir,
}

/// Builds the scenes into the target folder; where they are.
///
/// # Errors
/// What the build says.
pub async fn build_scenes() -> Result<PathBuf> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui");
    let test = std::env::current_exe()?;
    let target = test.ancestors().nth(3).ok_or("tests lie in target/PROFILE/deps")?;
    let folder = target.join("scenes");
    let vite = ["vite", "build", "--config", "vite.scenes.ts", "--emptyOutDir", "--outDir"];
    let mut npx = Command::new("npx");
    let out = npx.current_dir(ui).arg("--no-install").args(vite).arg(&folder).output().await?;
    if out.status.success() {
        return Ok(folder);
    }
    Err(format!("the scenes are not built:\n{}", String::from_utf8_lossy(&out.stderr)).into())
}

/// The engine's own small browser. Debian's library brings it along.
fn browser() -> Result<PathBuf> {
    let mut folders = vec![PathBuf::from("/usr/libexec")];
    for one in fs::read_dir("/usr/lib")?.flatten() {
        folders.push(one.path());
    }
    let mut paths = folders.iter().map(|one| one.join("webkit2gtk-4.1/MiniBrowser"));
    Ok(paths.find(|path| path.exists()).ok_or("no MiniBrowser of webkit2gtk-4.1")?)
}

/// The engine's version, as the program is built with it.
///
/// # Errors
/// There is none.
pub async fn engine() -> Result<String> {
    let out = Command::new("pkg-config").args(["--modversion", "webkit2gtk-4.1"]).output().await?;
    let version = String::from_utf8_lossy(&out.stdout).trim().to_owned();
    if version.is_empty() { Err("no webkit2gtk-4.1".into()) } else { Ok(version) }
}

impl Stage {
    /// Opens a browser on scenes that were built.
    ///
    /// # Errors
    /// No screen, no driver, or no session.
    pub async fn open(scenes: &Path) -> Result<Self> {
        let files = serve(scenes.to_path_buf()).await?;
        let mut last = "no try".into();
        for _ in 0..SESSIONS_MAX {
            match tokio::time::timeout(START_MAX, Self::try_open(files)).await {
                Ok(Ok(stage)) => return Ok(stage),
                Ok(Err(error)) => last = error,
                Err(late) => last = late.into(),
            }
        }
        Err(last)
    }

    async fn try_open(files: u16) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let mut screen = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let said = screen.stdout.take().ok_or("Xvfb says its number")?;
        let mut number = String::new();
        BufReader::new(said).read_line(&mut number).await?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = File::create(home.path().join("driver.log"))?;
        let fonts = home.path().join("fonts.conf");
        fs::write(&fonts, FONTS)?;
        let driver = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1".to_owned(), format!("--port={port}")])
            .env("DISPLAY", format!(":{}", number.trim()))
            .env("GDK_BACKEND", "x11")
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path())
            .env("XDG_CACHE_HOME", home.path())
            .env("FONTCONFIG_FILE", &fonts)
            .env("NO_AT_BRIDGE", "1")
            .env("LANG", "C.UTF-8")
            .env("TZ", "Asia/Shanghai")
            // Several threads draw large letters half a pixel off now and then, tile by tile.
            .env("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1")
            .env("WEBKIT_SKIA_CPU_PAINTING_THREADS", "0")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let mut wanted = Capabilities::new();
        let options = json!({ "binary": browser()?, "args": ["--automation"] });
        wanted.set("webkitgtk:browserOptions", options)?;
        let window = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await?;
        window.set_script_timeout(SCRIPT_MAX).await?;
        window.goto(format!("http://127.0.0.1:{files}/scenes.html")).await?;
        Ok(Self { window, driver, screen, _home: home })
    }

    /// Calls something of `window.stage` and waits for its answer.
    async fn stage(&self, call: &str, args: Vec<Value>) -> Result<Value> {
        let script = format!(
            "const args = [...arguments], done = args.pop();\
             Promise.resolve((() => window.stage.{call})())\
             .then((it) => done({{ ok: it ?? null }}), (no) => done({{ no: String(no) }}));"
        );
        let said = self.window.execute_async(script, args).await?;
        match said.json().get("ok") {
            Some(answer) => Ok(answer.clone()),
            None => Err(format!("{call}: {}", said.json()["no"]).into()),
        }
    }

    /// The names of all scenes.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn names(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.stage("names", Vec::new()).await?)?)
    }

    /// The pictures of the guide, as `ui/src/fake/scenes/guide.ts` lists them.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn guide<Taken: DeserializeOwned>(&self) -> Result<Vec<Taken>> {
        Ok(serde_json::from_value(self.stage("guide", Vec::new()).await?)?)
    }

    /// Makes the page so large, in pixels.
    ///
    /// # Errors
    /// It never is.
    pub async fn fit(&self, width: u32, height: u32) -> Result<()> {
        for _ in 0..TRIES {
            let size = self.window.execute("return [innerWidth, innerHeight]", vec![]).await?;
            let size: (i64, i64) = serde_json::from_value(size.json().clone())?;
            let off = (i64::from(width) - size.0, i64::from(height) - size.1);
            if off == (0, 0) {
                return Ok(());
            }
            let outer = self.window.get_window_rect().await?;
            let next = (outer.width + off.0, outer.height + off.1);
            let next = (u32::try_from(next.0)?, u32::try_from(next.1)?);
            self.window.set_window_rect(0, TOP.into(), next.0, next.1).await?;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(format!("the page is never {width} × {height}").into())
    }

    /// Shows a scene, light, and waits until it stands still.
    ///
    /// # Errors
    /// It never does, with what it waits for.
    pub async fn show(&self, scene: &str, look: &Look) -> Result<()> {
        let Look { lang, scale_percent } = look;
        let look = json!({ "lang": lang, "theme": "light", "scalePercent": scale_percent });
        let args = vec![json!(scene), look];
        self.stage("show(args[0], args[1])", args).await.map(drop).map_err(|error| {
            let why = format!("{scene} in {lang}: {error}");
            why.into()
        })
    }

    /// The same scene in another theme.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn shade(&self, theme: &str) -> Result<()> {
        self.stage("shade(args[0])", vec![json!(theme)]).await.map(drop)
    }

    /// Words of the page that are cut off or covered, one sentence each.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn cut(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.stage("cut()", Vec::new()).await?)?)
    }

    /// Adds a style to the page, for good.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn style(&self, css: &str) -> Result<()> {
        self.stage("style(args[0])", vec![json!(css)]).await.map(drop)
    }

    /// The page as it is now.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn picture(&self) -> Result<Picture> {
        Picture::read(&self.window.screenshot_as_png().await?)
    }

    /// Ends the browser, its driver and its screen.
    ///
    /// # Errors
    /// The session was gone already.
    pub async fn close(mut self) -> Result<()> {
        let quit = self.window.clone().quit().await;
        self.driver.kill().await?;
        self.screen.kill().await?;
        Ok(quit?)
    }
}
