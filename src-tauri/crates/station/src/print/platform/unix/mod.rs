//! Linux and macOS: queues are CUPS', printers on `usblp` are files.

pub(in crate::print) mod cups;
pub(in crate::print) mod lp;
mod private;

pub(in crate::print) use cups as queues;
pub(in crate::print) use lp::{list as list_lp, open as open_lp};
