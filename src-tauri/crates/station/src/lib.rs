//! The station: all rules, no window.

pub mod carrier;
pub mod config;
pub mod order;
pub mod outside;
pub mod print;
pub mod trouble;
pub mod view;
