//! What can be wrong with a practice printer; switched at run time or named on a command line.

/// The faults. All off is a good printer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// Resets the connection after so many more bytes, once; a label in the middle is lost.
    pub reset_after_bytes: Option<u64>,
    /// Takes no byte from the socket any more.
    pub stall: bool,
    /// The roll ends after so many more labels; [`super::RunningPrinter::refill`] goes on.
    pub paper_out_after: Option<u64>,
    /// Never answers a question.
    pub silent_status: bool,
    /// Answers no question while paper is out or the head is open, as Zebra's page on `~HS` says.
    pub silent_when_blocked: bool,
    /// Of two questions it knows the older only, as many imitations: `ESC !?`, not `ESC !S`.
    pub old_questions: bool,
    /// The head is open: nothing is printed.
    pub head_open: bool,
    /// The pause key was pressed: nothing is printed.
    pub pause: bool,
}

/// A word that names no fault or has no such value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("bad fault: {0}")]
pub struct BadFault(pub String);

impl Faults {
    /// Reads `name=value` words, for example `paper_out_after=3 silent_status`; `-` and `_` are
    /// the same. A switch without a value is on; counts take `none`.
    ///
    /// # Errors
    /// The first word that is not a fault.
    pub fn from_args<S: AsRef<str>>(args: &[S]) -> Result<Self, BadFault> {
        let mut faults = Self::default();
        args.iter().try_for_each(|word| faults.apply(word.as_ref()))?;
        Ok(faults)
    }

    /// Switches the one fault a `name=value` word names.
    ///
    /// # Errors
    /// The word is not a fault.
    pub fn apply(&mut self, word: &str) -> Result<(), BadFault> {
        let bad = || BadFault(word.to_owned());
        let (name, value) = word.split_once('=').unwrap_or((word, "on"));
        match name.replace('-', "_").as_str() {
            "reset_after_bytes" => self.reset_after_bytes = count(value).ok_or_else(bad)?,
            "paper_out_after" => self.paper_out_after = count(value).ok_or_else(bad)?,
            "stall" => self.stall = switch(value).ok_or_else(bad)?,
            "silent_status" => self.silent_status = switch(value).ok_or_else(bad)?,
            "silent_when_blocked" => self.silent_when_blocked = switch(value).ok_or_else(bad)?,
            "old_questions" => self.old_questions = switch(value).ok_or_else(bad)?,
            "head_open" => self.head_open = switch(value).ok_or_else(bad)?,
            "pause" => self.pause = switch(value).ok_or_else(bad)?,
            _ => return Err(bad()),
        }
        Ok(())
    }
}

fn switch(value: &str) -> Option<bool> {
    match value {
        "on" | "true" | "yes" | "1" => Some(true),
        "off" | "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

fn count(value: &str) -> Option<Option<u64>> {
    if value == "none" { Some(None) } else { value.parse().ok().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_faults() {
        let faults = Faults::from_args(&["paper-out-after=3", "stall", "head_open=off"]).unwrap();
        let want = Faults { paper_out_after: Some(3), stall: true, ..Faults::default() };
        assert_eq!(faults, want);
        assert_eq!(Faults::from_args::<&str>(&[]).unwrap(), Faults::default());
        for bad in ["smoke", "stall=maybe", "paper_out_after", "reset_after_bytes=-1"] {
            assert_eq!(Faults::from_args(&[bad]), Err(BadFault(bad.to_owned())));
        }
    }
}
