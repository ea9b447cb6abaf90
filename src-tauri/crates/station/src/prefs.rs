//! What this computer alone remembers of the window: `desk.json` in the home. It is read before the
//! station is open, and never stops anything: what cannot be read is as if it were not there.

use crate::{config, view::DeskPrefs};
use std::{fs, io, path::Path};

/// Its name in the home.
pub const FILE_NAME: &str = "desk.json";
/// Smallest and largest words, percent.
const SCALE_PERCENT: std::ops::RangeInclusive<u32> = 100..=150;
/// Sets of screens whose place is kept; a desk does not have more.
const PLACES_MAX: usize = 8;

/// What is remembered; the usual where nothing is.
pub fn read(home: &Path) -> DeskPrefs {
    let text = fs::read_to_string(home.join(FILE_NAME)).unwrap_or_default();
    fitting(serde_json::from_str(&text).unwrap_or_default())
}

/// Remembers; what is out of bounds is brought within.
///
/// # Errors
/// The disk.
pub fn write(home: &Path, prefs: &DeskPrefs) -> io::Result<DeskPrefs> {
    let prefs = fitting(prefs.clone());
    fs::create_dir_all(home)?;
    config::put_file(&home.join(FILE_NAME), serde_json::to_string_pretty(&prefs)?.as_bytes())?;
    Ok(prefs)
}

fn fitting(mut prefs: DeskPrefs) -> DeskPrefs {
    prefs.scale_percent = prefs.scale_percent.clamp(*SCALE_PERCENT.start(), *SCALE_PERCENT.end());
    prefs.volume_percent = prefs.volume_percent.min(100);
    if !["zh", "en"].contains(&prefs.lang.as_str()) {
        prefs.lang.clear();
    }
    while prefs.places.len() > PLACES_MAX {
        prefs.places.pop_first();
    }
    prefs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Theme;

    #[test]
    fn what_is_broken_or_out_of_bounds_stops_nothing() {
        let home = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(read(home.path()), DeskPrefs::default());
        fs::write(home.path().join(FILE_NAME), "{").expect("written");
        assert_eq!(read(home.path()), DeskPrefs::default());
        let text = r#"{"theme":"dark","scalePercent":900,"lang":"xx","later":1}"#;
        fs::write(home.path().join(FILE_NAME), text).expect("written");
        let got = read(home.path());
        assert_eq!((got.theme, got.scale_percent, got.lang.as_str()), (Theme::Dark, 150, ""));
        let kept = write(home.path(), &got).expect("written");
        assert_eq!(read(home.path()), kept);
    }
}
