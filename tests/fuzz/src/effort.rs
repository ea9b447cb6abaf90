//! What a piece of work takes of the heap, counted by the thread that does it.

#![allow(unsafe_code, reason = "an allocator is one by contract; this hands on to the system's")]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

/// What was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// The most that was held at once, bytes.
    pub heap_bytes: usize,
    /// All that was asked for, bytes.
    pub asked_bytes: usize,
}

/// Counts what the system's allocator hands out.
struct Counted;

#[global_allocator]
static COUNTED: Counted = Counted;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

/// A thread that ends has no counters any more; what it frees then is nobody's.
fn count(change: isize) {
    let _ = HELD.try_with(|held| {
        held.set(held.get().wrapping_add(change));
        let _ = MOST.try_with(|most| most.set(most.get().max(held.get())));
    });
    if change > 0 {
        let _ = ASKED.try_with(|asked| asked.set(asked.get().wrapping_add(change.unsigned_abs())));
    }
}

fn signed(size_bytes: usize) -> isize {
    isize::try_from(size_bytes).unwrap_or(isize::MAX)
}

// SAFETY: every call goes to the system's allocator as it came; counting allocates nothing, because
// the counters are constant at first and need no destructor.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count(signed(new_size) - signed(layout.size()));
        // SAFETY: as above.
        unsafe { System.realloc(old, layout, new_size) }
    }

    unsafe fn dealloc(&self, old: *mut u8, layout: Layout) {
        count(-signed(layout.size()));
        // SAFETY: as above.
        unsafe { System.dealloc(old, layout) }
    }
}

/// Does the work on this thread and says what it took, beyond what the thread held before.
pub fn of<T>(work: impl FnOnce() -> T) -> (T, Effort) {
    let (held, asked) = (HELD.get(), ASKED.get());
    MOST.set(held);
    let done = work();
    let heap_bytes = usize::try_from(MOST.get().wrapping_sub(held)).unwrap_or_default();
    (done, Effort { heap_bytes, asked_bytes: ASKED.get().wrapping_sub(asked) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_and_what_was_asked_for_are_told_apart() {
        let (_, effort) = of(|| (0..10).map(|_| vec![1_u8; 1_000].len()).sum::<usize>());
        assert_eq!(effort, Effort { heap_bytes: 1_000, asked_bytes: 10_000 });
        let (kept, effort) = of(|| vec![vec![0_u8; 500], vec![0_u8; 300]]);
        assert!((800..1_000).contains(&effort.heap_bytes), "{effort:?}");
        drop(kept);
        assert_eq!(of(|| ()).1, Effort::default());
    }
}
