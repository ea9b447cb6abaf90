//! How wide columns and how high rows become: numbers alone. µm.

/// The narrowest and the widest that columns want to be, and what they say they are.
pub(super) struct Wishes {
    pub least: Vec<i32>,
    pub most: Vec<i32>,
    pub said: Vec<Option<i32>>,
}

/// Raises columns alike until they are together at least `want`: those that say no width, if there
/// are some.
pub(super) fn share(columns: &mut [i32], said: &[Option<i32>], want: i32) {
    let own = |(column, said): (&i32, &Option<i32>)| (*column).max(said.unwrap_or(0));
    let lack = want - columns.iter().zip(said).map(own).sum::<i32>();
    let silent = said.iter().filter(|said| said.is_none()).count();
    let count = if silent == 0 { columns.len() } else { silent }.max(1) as i32;
    if lack > 0 {
        let free = columns.iter_mut().zip(said).filter(|(_, said)| silent == 0 || said.is_none());
        for ((column, _), nth) in free.zip(0..) {
            *column += lack / count + i32::from(nth < lack % count);
        }
    }
}

/// Notes that columns are together `want`: those that say nothing share what the others leave.
pub(super) fn say(columns: &mut [Option<i32>], want: i32) {
    if let [only] = columns {
        *only = Some(only.map_or(want, |has| has.max(want)));
        return;
    }
    let left = want - columns.iter().flatten().sum::<i32>();
    let silent = columns.iter().filter(|column| column.is_none()).count() as i32;
    if silent > 0 && left > 0 {
        columns.iter_mut().filter(|column| column.is_none()).for_each(|c| *c = Some(left / silent));
    }
}

/// The columns' widths in `room`; a table that says its width fills it.
pub(super) fn widths(wishes: &Wishes, room: i32, is_said: bool) -> Vec<i32> {
    let Wishes { least, most, said } = wishes;
    let count = least.len();
    let mut widths: Vec<i32> =
        (0..count).map(|at| said[at].map_or(least[at], |said| said.max(least[at]))).collect();
    let silent: Vec<usize> = (0..count).filter(|&at| said[at].is_none()).collect();
    let used: i32 = widths.iter().sum();
    let left = i64::from(room - used);
    if left < 0 {
        // Too wide together: what is above the least shrinks alike.
        let above: i64 = (0..count).map(|at| i64::from(widths[at] - least[at])).sum();
        for at in (0..count).filter(|_| above > 0) {
            let own = i64::from(widths[at] - least[at]);
            widths[at] -= (own * (-left).min(above) / above) as i32;
        }
        return widths;
    }
    let wanted: i64 = silent.iter().map(|&at| i64::from(most[at] - least[at])).sum();
    let given = left.min(wanted);
    for &at in silent.iter().filter(|_| wanted > 0) {
        widths[at] += (i64::from(most[at] - least[at]) * given / wanted) as i32;
    }
    let left = left - given;
    if is_said && left > 0 {
        // By what they are already, the silent ones alone if there are some.
        let all: Vec<usize> = if silent.is_empty() { (0..count).collect() } else { silent };
        let total: i64 = all.iter().map(|&at| i64::from(widths[at].max(1))).sum();
        for &at in &all {
            widths[at] += (left * i64::from(widths[at].max(1)) / total.max(1)) as i32;
        }
    }
    widths
}

/// Makes rows higher until they are together `want`: those that say no height, if there are some.
pub(super) fn stretch(heights: &mut [i32], want: i32, said: &[i32]) {
    let lack = want - heights.iter().sum::<i32>();
    let silent: Vec<usize> = (0..heights.len()).filter(|&at| said[at] == 0).collect();
    let all = if silent.is_empty() { (0..heights.len()).collect() } else { silent };
    if lack > 0 && !all.is_empty() {
        for &at in &all {
            heights[at] += lack / all.len() as i32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(columns: &[(i32, i32, Option<i32>)]) -> Wishes {
        Wishes {
            least: columns.iter().map(|column| column.0).collect(),
            most: columns.iter().map(|column| column.1).collect(),
            said: columns.iter().map(|column| column.2).collect(),
        }
    }

    #[test]
    fn columns_are_as_wide_as_they_say_or_need() {
        let plain = wishes(&[(10, 100, None), (20, 50, None)]);
        assert_eq!(widths(&plain, 1_000, false), [100, 50], "no wider than its content");
        assert_eq!(widths(&plain, 300, true), [200, 100], "a table that says its width fills it");
        assert_eq!(widths(&plain, 90, false), [10 + 45, 20 + 15], "free room by what is wanted");
        assert_eq!(widths(&plain, 5, false), [10, 20], "never narrower than a word");
        let said = wishes(&[(10, 100, Some(70)), (20, 50, None)]);
        assert_eq!(widths(&said, 200, true), [70, 130]);
        assert_eq!(widths(&said, 60, true), [40, 20], "what says too much gives way");
        let all = wishes(&[(0, 0, Some(100)), (0, 0, Some(300))]);
        assert_eq!(widths(&all, 800, true), [200, 600]);
    }

    #[test]
    fn cells_over_several_columns_raise_what_they_lack() {
        let mut least = [10, 20, 30];
        share(&mut least, &[None; 3], 50);
        assert_eq!(least, [10, 20, 30]);
        share(&mut least, &[None; 3], 67);
        assert_eq!(least, [13, 22, 32]);
        share(&mut least, &[Some(40), None, None], 100);
        assert_eq!(least, [13, 25, 35], "one that says its width is not raised");
        let mut said = [Some(40), None, None];
        say(&mut said, 100);
        assert_eq!(said, [Some(40), Some(30), Some(30)]);
    }

    #[test]
    fn a_high_table_stretches_rows_that_say_nothing() {
        let mut heights = [100, 50, 50];
        stretch(&mut heights, 400, &[100, 0, 0]);
        assert_eq!(heights, [100, 150, 150]);
    }
}
