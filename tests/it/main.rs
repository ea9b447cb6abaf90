//! The stories: whole stations in a told world. Start with `day`.

mod crash;
mod day;
mod doubt;
mod faults;
mod ipp;
mod letters;
mod offline;
mod paper;
mod roll;
mod setup;
mod sheets;
mod shipping;
mod store;
mod template;
mod tidy;
mod tongues;
mod types;
