//! The station: all rules, no window.

pub mod carrier;
pub mod check;
pub mod import;
pub mod order;
pub mod outside;
pub mod place;
pub mod print;
pub mod trouble;
pub mod view;
