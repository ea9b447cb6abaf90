//! The stories: whole stations in a told world. Start with `day`.

mod commands;
mod crash;
mod day;
mod doubt;
mod faults;
mod ipp;
mod offline;
mod paper;
mod roll;
mod services;
mod setup;
mod sheets;
mod shipping;
mod store;
mod template;
mod tidy;
mod tongues;
mod types;
