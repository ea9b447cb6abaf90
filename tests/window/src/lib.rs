//! A bench for the real window: the program under WebKitWebDriver, with a home of its own, and
//! hands that type. What is expected of it stands in the tests.

mod hands;
mod picture;
mod serve;
mod shop;
mod stage;
mod started;
mod words;

pub use hands::{DIALOG, count};
pub use picture::Picture;
pub use shop::{Shop, settings};
pub use stage::{Look, Stage, build_scenes, engine};
pub use started::{Bench, KEY, binary, new_home, processes};
pub use words::says;

/// Anything that goes wrong at the bench ends the test.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
