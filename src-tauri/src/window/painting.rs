//! Who paints. WebKitGTK's usual way shares its buffers with the graphics card; on a PC without one
//! the processor fills them through GL first, which takes more memory and several times as long
//! a frame as painting straight (measured: README, "Figures").

/// What tells WebKitGTK to paint straight; who has set it to anything has decided.
#[cfg(target_os = "linux")]
const PAINTS_STRAIGHT: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Set where a driver works the window: it gets no picture of one that is painted straight.
#[cfg(target_os = "linux")]
const DRIVEN: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Begins this program anew, in the same process, with WebKitGTK told to paint straight, where
/// there is no card. Comes back if there is one, or if it could not: then the usual way is taken.
#[cfg(target_os = "linux")]
pub fn choose() {
    use std::{env, os::unix::process::CommandExt, process::Command};
    let devices = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    let names = devices.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let decided = [PAINTS_STRAIGHT, DRIVEN].iter().any(|name| env::var_os(name).is_some());
    if decided || has_card(names) {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let mut anew = Command::new(program);
    anew.args(env::args_os().skip(1)).env(PAINTS_STRAIGHT, "1");
    // It only comes back with an error, and then nothing has changed.
    drop(anew.exec());
}

/// Other systems' web views decide for themselves.
#[cfg(not(target_os = "linux"))]
pub fn choose() {}

/// Whether one of the devices can paint: a card's other device only shows pictures.
#[cfg(target_os = "linux")]
fn has_card(mut names: impl Iterator<Item = String>) -> bool {
    names.any(|name| name.starts_with("renderD"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::has_card;

    #[test]
    fn a_card_is_what_can_paint() {
        for (names, card) in [
            (&["by-path", "card0", "renderD128"][..], true),
            (&["by-path", "card0"], false),
            (&[], false),
        ] {
            assert_eq!(has_card(names.iter().map(|it| (*it).to_owned())), card, "{names:?}");
        }
    }
}
