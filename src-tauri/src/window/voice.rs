//! The system's own speech, for web views that have none: `spd-say` where Linux has it.

use std::{
    io,
    process::{Command, Stdio},
};

/// Nobody listens to more than a sentence.
const CHARS_MAX: usize = 80;

/// Says it in `zh` or `en`; what was being said gives way.
///
/// # Errors
/// There is no speech on this computer.
pub fn say(text: &str, lang: &str) -> io::Result<()> {
    let text: String = text.chars().filter(|c| !c.is_control()).take(CHARS_MAX).collect();
    let lang = if lang == "en" { "en" } else { "zh" };
    run(&["--cancel"])?;
    run(&["--language", lang, "--", &text])
}

fn run(arguments: &[&str]) -> io::Result<()> {
    let mut said = Command::new("spd-say");
    let said = said.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    // It hands the words to a service and ends at once.
    said.stderr(Stdio::null()).status().map(drop)
}
