//! The one binary: command line, and the window when no subcommand is given.
fn main() {}
