//! The stories: whole stations in a told world. Start with `day`.

mod commands;
mod crash;
mod day;
mod doubt;
mod faults;
mod ipp;
mod letters;
mod offline;
mod paper;
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
mod tracking;
mod types;
