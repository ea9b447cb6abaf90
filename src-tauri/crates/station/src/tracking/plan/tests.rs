//! The plan for few and for many, and what becomes of a parcel that says nothing.

use super::*;

const FREE: Allowance =
    Allowance { batch_max: 1, calls_a_day: Some(30_000), calls_per_s: 20, again_after_ms: 1 };
const SF: Allowance =
    Allowance { batch_max: 10, calls_a_day: Some(3_000), calls_per_s: 30, again_after_ms: 1 };

/// 100,000 parcels as a shop of 25,000 a day has them on their way.
fn many() -> Vec<Group> {
    let of = |stage, parcels| Group { stage, quiet: false, parcels };
    vec![
        of(None, 15_000),
        of(Some(Stage::Collected), 10_000),
        of(Some(Stage::InTransit), 55_000),
        of(Some(Stage::OutForDelivery), 8_000),
        of(Some(Stage::AwaitsReceiver), 8_000),
        of(Some(Stage::Problem), 3_000),
        Group { stage: Some(Stage::InTransit), quiet: true, parcels: 1_000 },
        of(Some(Stage::Delivered), 500_000),
    ]
}

#[test]
fn a_hundred_thousand_parcels_fit_the_allowance() {
    for allowance in [FREE, SF] {
        let plan = plan(&many(), &allowance, None, Time::Real);
        assert_eq!(plan.parcels, 100_000, "what has arrived is not counted");
        // The README's figures.
        assert_eq!(plan.wanted_calls * allowance.batch_max as u64, 496_000);
        assert!((18_300..18_500).contains(&plan.stretch_permille), "{plan:?}");
        assert!(plan.wanted_calls > plan.planned_calls);
        let allowed = u64::from(plan.allowed_calls.unwrap());
        assert!(plan.planned_calls <= allowed * 9 / 10, "{plan:?}");
        assert!(plan.planned_calls > allowed * 8 / 10, "and uses it: {plan:?}");
        // Every parcel has its turn: even the one that is asked after least, within the patience.
        let slowest = 24 * HOUR_MS * plan.stretch_permille as i64 / 1_000;
        assert!(slowest < LOST_MS, "{plan:?}");
        let a_day = DAY_MS / plan.spacing_ms(&allowance);
        assert!(a_day <= plan.allowed_calls.unwrap().into());
    }
}

#[test]
fn few_parcels_are_asked_after_as_they_deserve() {
    let few = [Group { stage: Some(Stage::OutForDelivery), quiet: false, parcels: 100 }];
    let plan = plan(&few, &FREE, None, Time::Real);
    assert_eq!((plan.stretch_permille, plan.planned_calls), (1_000, 1_200));
    let limited = super::plan(&few, &FREE, Some(600), Time::Real);
    assert_eq!((limited.allowed_calls, limited.planned_calls), (Some(600), 539));
    let unlimited = Allowance { calls_a_day: None, ..FREE };
    let free = super::plan(&few, &unlimited, None, Time::Real);
    assert_eq!((free.allowed_calls, free.spacing_ms(&unlimited)), (None, 200));
}

#[test]
fn a_stretch_is_the_same_for_all() {
    let now_ms = 1_800_000_000_000;
    let parcel = |stage| Parcel {
        id: 100,
        stage: Some(stage),
        since_ms: now_ms - DAY_MS,
        news_at_ms: now_ms - HOUR_MS,
        told_at_ms: None,
    };
    for stage in [Stage::OutForDelivery, Stage::InTransit, Stage::AwaitsReceiver, Stage::Customs] {
        let wait =
            |stretch| parcel(stage).next_ms(now_ms, stretch, 1, Time::Real).unwrap() - now_ms;
        assert_eq!(wait(13_000), wait(1_000) * 13, "{stage:?}");
        let wanted = wanted_ms(Some(stage), false).unwrap();
        assert!((wanted * 9 / 10..=wanted * 11 / 10).contains(&wait(1_000)));
    }
    let told = Parcel { told_at_ms: Some(now_ms), ..parcel(Stage::InTransit) };
    let plain = parcel(Stage::InTransit).next_ms(now_ms, 1_000, 1, Time::Real).unwrap();
    let later = told.next_ms(now_ms, 1_000, 1, Time::Real).unwrap();
    assert_eq!(later - now_ms, (plain - now_ms) * TOLD_LESS);
}

#[test]
fn what_has_arrived_or_is_silent_for_too_long_is_left() {
    let now_ms = 1_800_000_000_000;
    let next = |stage, days| {
        let parcel = Parcel {
            id: 1,
            stage,
            since_ms: now_ms - 60 * DAY_MS,
            news_at_ms: now_ms - days * DAY_MS,
            told_at_ms: None,
        };
        parcel.next_ms(now_ms, 1_000, 1, Time::Real).is_some()
    };
    for done in [Stage::Delivered, Stage::Returned, Stage::Cancelled] {
        assert!(!next(Some(done), 0));
    }
    assert!(next(None, 14) && !next(None, 16));
    assert!(next(Some(Stage::InTransit), 29) && !next(Some(Stage::InTransit), 31));
}

#[test]
fn a_batch_printed_at_once_is_not_asked_after_at_once() {
    let first: std::collections::BTreeSet<i64> = (0..1_000)
        .map(|id| {
            let stage = None;
            Parcel { id, stage, since_ms: 0, news_at_ms: 0, told_at_ms: None }.first_ms(Time::Real)
        })
        .collect();
    assert!(first.len() > 150, "{}", first.len());
    assert!(*first.first().unwrap() >= FIRST_MS * 9 / 10);
}
