//! Labels as dots.
