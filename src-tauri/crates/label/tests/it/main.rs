//! Tests of whole labels: what a person read and approved, and what other hands read from it.

#![allow(clippy::unwrap_used, reason = "a test may end where it fails")]

mod bytes;
mod codes;
mod extras;
mod golden;
mod lists;
mod papers;
mod pdf;
mod reading;
mod sample;
mod scripts;
mod tspl;
mod zpl;
