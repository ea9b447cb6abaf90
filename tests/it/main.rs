//! The stories: whole stations in a told world. Start with `day`.

mod accounts;
mod commands;
mod crash;
mod day;
mod doubt;
mod faults;
mod hostile;
mod ipp;
mod letters;
mod offline;
mod pacing;
mod paper;
mod platform;
mod printers;
mod roll;
mod services;
mod setup;
mod sheets;
mod shipping;
mod shop_form;
mod store;
mod strip;
mod template;
mod tidy;
mod tongues;
mod types;
