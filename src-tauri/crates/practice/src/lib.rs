//! What a practice carrier and printer are.

pub mod carrier;
pub mod orders;
