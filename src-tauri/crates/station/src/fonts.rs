//! Fonts of the machine, where a character stands in none of ours: found in the system's folders,
//! the first time that one is lacked, and mapped, not read.
#![allow(unsafe_code, reason = "a mapped file; the call says why it is sound")]

use fontdb::{Database, FaceInfo, ID, Style};
use label::font::{self, Fonts, Lent};
use std::{
    collections::HashSet,
    ops::RangeInclusive,
    path::Path,
    sync::{Mutex, OnceLock, PoisonError},
};

/// Fonts that have every character and draw none of them: a box with a number, or a question mark.
const PRETENDERS: [&str; 4] = ["LastResort", "Last Resort", "AdobeNotDef", "BMP Fallback"];

/// A weight nearer to this is preferred: names are bold.
const WEIGHT: u16 = 700;

/// Has labels use the fonts of this machine for what ours lack. Nothing is looked for before a
/// character is lacked.
pub fn use_the_systems() {
    Fonts::shipped().lend(Box::new(|c| the_systems().find(c)));
}

/// The fonts of this machine that have what ours lack; looked for at the first call.
pub fn the_systems() -> &'static SystemFonts {
    static FOUND: OnceLock<SystemFonts> = OnceLock::new();
    FOUND.get_or_init(|| {
        let mut fonts = Database::new();
        fonts.load_system_fonts();
        SystemFonts::of(fonts)
    })
}

/// Fonts of a machine that have what ours lack.
#[derive(Debug)]
pub struct SystemFonts {
    files: Mutex<Database>,
    /// The best first.
    faces: Vec<Covering>,
}

/// A font and what it has beyond ours.
#[derive(Debug)]
struct Covering {
    id: ID,
    name: String,
    beyond_ours: Vec<RangeInclusive<char>>,
}

impl SystemFonts {
    /// Those of a folder and the folders in it.
    pub fn in_folder(folder: &Path) -> Self {
        let mut fonts = Database::new();
        fonts.load_fonts_dir(folder);
        Self::of(fonts)
    }

    fn of(files: Database) -> Self {
        let mut infos: Vec<&FaceInfo> = files.faces().filter(|face| is_honest(face)).collect();
        // The same machine chooses the same font every day, in whatever order its folders are read.
        infos.sort_by_cached_key(|face| {
            let sloping = face.style != Style::Normal;
            let off = face.weight.0.abs_diff(WEIGHT);
            (sloping, face.monospaced, off, family(face), face.post_script_name.clone())
        });
        let covering = |face: &FaceInfo| {
            let beyond_ours = files.with_face_data(face.id, font::beyond_ours)?;
            let useful = !beyond_ours.is_empty();
            useful.then(|| Covering { id: face.id, name: family(face), beyond_ours })
        };
        let faces = infos.into_iter().filter_map(covering).collect();
        Self { files: Mutex::new(files), faces }
    }

    /// How many fonts there are, and how many characters they name that ours lack.
    pub fn extent(&self) -> (usize, usize) {
        let all = self.faces.iter().flat_map(|face| face.beyond_ours.iter().cloned().flatten());
        (self.faces.len(), all.collect::<HashSet<char>>().len())
    }

    /// The best font that draws `c`.
    pub fn find(&self, c: char) -> Option<Lent> {
        let has = |face: &&Covering| face.beyond_ours.iter().any(|range| range.contains(&c));
        self.faces.iter().filter(has).find_map(|face| {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            // SAFETY: a mapped file must not be cut short while it is used. Fonts are put into the
            // system's folders by installers, which replace them; Windows locks a mapped file.
            let (data, index) = unsafe { files.make_shared_face_data(face.id) }?;
            if !font::draws((*data).as_ref(), index, c) {
                files.make_face_data_unshared(face.id);
                return None;
            }
            Some(Lent { name: face.name.clone(), data, index })
        })
    }
}

fn is_honest(face: &FaceInfo) -> bool {
    !PRETENDERS
        .iter()
        .any(|name| face.post_script_name.contains(name) || family(face).contains(name))
}

fn family(face: &FaceInfo) -> String {
    face.families.first().map(|(name, _)| name.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const INVENTED: &[u8] = include_bytes!("../../label/tests/fonts/invented.ttf");

    #[test]
    fn a_folder_s_fonts_have_what_they_draw_and_broken_files_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("深/er");
        fs::create_dir_all(&deep).unwrap();
        fs::write(folder.path().join("cut.ttf"), &INVENTED[..700]).unwrap();
        fs::write(folder.path().join("text.otf"), "no font").unwrap();
        fs::write(deep.join("字体.ttf"), INVENTED).unwrap();
        let fonts = SystemFonts::in_folder(folder.path());
        let lent = fonts.find('क').expect("a font");
        assert_eq!(((*lent.data).as_ref(), lent.index), (INVENTED, 0));
        assert_eq!(lent.name, "Packbench Invented");
        // Two letters of one font are one file, mapped once.
        let again = fonts.find('א').expect("a font");
        assert!(std::ptr::eq((*again.data).as_ref(), (*lent.data).as_ref()));
        for none in ['中', 'A', '\u{1950}', '\u{e123}', 'ꙮ'] {
            assert!(fonts.find(none).is_none(), "{none:?}");
        }
        assert_eq!(fonts.extent().0, 1);
    }

    #[test]
    fn fonts_that_pretend_are_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let name = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        let (was, pretender) = (name("Packbench Invented"), name("LastResort Invented"));
        let mut bytes = INVENTED.to_vec();
        while let Some(at) = bytes.windows(was.len()).position(|part| part == was) {
            // One letter longer: the last is left away.
            bytes[at..at + was.len()].copy_from_slice(&pretender[..was.len()]);
        }
        fs::write(folder.path().join("last.ttf"), bytes).unwrap();
        assert!(SystemFonts::in_folder(folder.path()).find('क').is_none());
    }
}
