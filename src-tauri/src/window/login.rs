//! Opening at login: a file of the desktop's own kind on Linux, the user's Run key on Windows.

#[cfg(target_os = "linux")]
use std::path::PathBuf;
use std::{env, io, path::Path};

/// Opens at login from now on, or no longer.
///
/// # Errors
/// The system does not keep it.
pub fn set(wanted: bool, home: &Path) -> io::Result<()> {
    let program = env::current_exe()?;
    #[cfg(target_os = "linux")]
    return set_in(&folder()?, wanted, &program, home);
    #[cfg(windows)]
    return set_key(wanted, &program, home);
    #[cfg(not(any(target_os = "linux", windows)))]
    {
        let _ = (program, home);
        if wanted { Err(io::ErrorKind::Unsupported.into()) } else { Ok(()) }
    }
}

#[cfg(target_os = "linux")]
fn folder() -> io::Result<PathBuf> {
    let given = |name: &str| env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    let config = given("XDG_CONFIG_HOME").or_else(|| Some(given("HOME")?.join(".config")));
    config.map(|folder| folder.join("autostart")).ok_or(io::ErrorKind::NotFound.into())
}

/// The file of the XDG rule for programs that open at login.
#[cfg(target_os = "linux")]
fn set_in(folder: &Path, wanted: bool, program: &Path, home: &Path) -> io::Result<()> {
    let path = folder.join("packbench.desktop");
    if !wanted {
        return match std::fs::remove_file(path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            Ok(()) | Err(_) => Ok(()),
        };
    }
    std::fs::create_dir_all(folder)?;
    let [program, home] = [program, home].map(|path| quoted(&path.to_string_lossy()));
    let text = format!(
        "[Desktop Entry]\nType=Application\nName=Packbench\nExec={program} --home {home}\n\
         X-GNOME-Autostart-enabled=true\n"
    );
    std::fs::write(path, text)
}

/// As the desktop entry specification quotes an argument.
#[cfg(target_os = "linux")]
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '`' | '$' | '\\' => quoted.extend(['\\', '\\', c]),
            '%' => quoted.push_str("%%"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(windows)]
fn set_key(wanted: bool, program: &Path, home: &Path) -> io::Result<()> {
    use std::process::{Command, Stdio};
    const RUN: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";
    let line = format!("\"{}\" --home \"{}\"", program.display(), home.display());
    let mut reg = Command::new("reg");
    match wanted {
        true => reg.args(["add", RUN, "/v", "Packbench", "/t", "REG_SZ", "/d", &line, "/f"]),
        false => reg.args(["delete", RUN, "/v", "Packbench", "/f"]),
    };
    let done = reg.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    // Taking away what is not there is no failure.
    if done.success() || !wanted { Ok(()) } else { Err(io::Error::other("reg")) }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_file_comes_and_goes() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("autostart");
        let (program, home) = (Path::new("/opt/pack bench/packbench"), Path::new("/d/50%$"));
        set_in(&at, false, program, home).unwrap();
        set_in(&at, true, program, home).unwrap();
        let text = std::fs::read_to_string(at.join("packbench.desktop")).unwrap();
        let exec = r#"Exec="/opt/pack bench/packbench" --home "/d/50%%\\$""#;
        assert!(text.lines().any(|line| line == exec), "{text}");
        set_in(&at, false, program, home).unwrap();
        assert!(!at.join("packbench.desktop").exists());
    }
}
