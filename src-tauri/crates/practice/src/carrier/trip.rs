//! Where a practice parcel has been: the same way for each, told by every carrier in its own words.

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Collected,
    Left,
    /// Something no document names.
    Odd,
    Out,
    Signed,
}

/// One thing that happened.
pub struct Step {
    /// China's time.
    pub at: &'static str,
    pub what: What,
    pub place: &'static str,
    pub words: &'static str,
}

const fn step(at: &'static str, what: What, place: &'static str, words: &'static str) -> Step {
    Step { at, what, place, words }
}

/// The way of every parcel, oldest first.
pub const STEPS: [Step; 5] = [
    step("2026-11-21 18:30:00", What::Collected, "杭州市", "【杭州市】快件已揽收"),
    step("2026-11-21 22:05:00", What::Left, "杭州市", "【杭州转运中心】已发出"),
    step("2026-11-22 03:40:00", What::Odd, "", "快件已换乘"),
    step("2026-11-22 08:10:00", What::Out, "上海市", "【上海市】快递员正在派件"),
    step("2026-11-22 11:55:00", What::Signed, "上海市", "【上海市】已签收"),
];
