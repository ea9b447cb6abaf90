//! The words of the stages in the database.

use crate::carrier::track::Stage;

/// Every stage with its word in the database.
const WORDS: [(Stage, &str); 12] = [
    (Stage::Announced, "announced"),
    (Stage::Collected, "collected"),
    (Stage::InTransit, "in_transit"),
    (Stage::Customs, "customs"),
    (Stage::OutForDelivery, "out_for_delivery"),
    (Stage::AwaitsReceiver, "awaits_receiver"),
    (Stage::Problem, "problem"),
    (Stage::Returning, "returning"),
    (Stage::Delivered, "delivered"),
    (Stage::Returned, "returned"),
    (Stage::Cancelled, "cancelled"),
    (Stage::Other, "other"),
];

/// The word of a stage.
pub fn word(stage: Stage) -> &'static str {
    WORDS.iter().find(|row| row.0 == stage).map_or("other", |row| row.1)
}

/// The stage of a word; `None` for none and for what no version of ours wrote.
pub fn stage_of(word: Option<&str>) -> Option<Stage> {
    WORDS.iter().find(|row| Some(row.1) == word).map(|row| row.0)
}
