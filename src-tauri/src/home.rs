//! The folder that holds everything: where it is.

use std::{
    env,
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// What the practice carrier and printer write.
pub const PRACTICE: &str = "practice";

/// The home as asked for (`--home`, `PACKBENCH_HOME`), or the user's data folder.
pub fn choose(asked: Option<PathBuf>) -> PathBuf {
    let home = asked.unwrap_or_else(|| data_folder().join("packbench"));
    std::path::absolute(&home).unwrap_or(home)
}

/// The user's data folder: the XDG rule, and Windows' own.
fn data_folder() -> PathBuf {
    let given = |name: &str| env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    let local = || given("LOCALAPPDATA").or_else(|| Some(given("HOME")?.join(".local/share")));
    given("XDG_DATA_HOME")
        .filter(|path| path.is_absolute())
        .or_else(local)
        .unwrap_or_else(env::temp_dir)
}

/// Milliseconds since 1970, UTC.
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn a_home_that_was_asked_for_is_taken_as_it_is() {
        assert_eq!(choose(Some("/data/pb".into())), Path::new("/data/pb"));
        assert!(choose(None).is_absolute());
    }
}
