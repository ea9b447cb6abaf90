//! What a practice carrier and printer are: the other side of the station, speaking the real
//! protocols over real sockets. Nothing here knows the station or the label crate.

pub mod carrier;
pub mod component;
pub mod orders;
pub mod printer;
pub mod scale;
