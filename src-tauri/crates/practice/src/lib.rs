//! What a practice carrier and printer are.
