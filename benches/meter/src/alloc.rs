//! An allocator that counts what the current thread allocates.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, with a counter a thread in front.
///
/// Counters are plain cells of the thread: an atomic shared by all threads would cost a rival that allocates much more
/// than one that allocates little, and so falsify the times that are measured beside the counts.
pub struct CountingAllocator;

/// What a thread has allocated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allocations {
    /// Calls of the allocator that gave memory: allocations and reallocations.
    pub count: u64,
    /// Bytes asked for by them.
    pub bytes: u64,
}

thread_local! {
    static TALLY: Cell<Allocations> = const { Cell::new(Allocations { count: 0, bytes: 0 }) };
}

/// What the current thread has allocated since it started.
///
/// Stays at zero unless the program declares [`CountingAllocator`] its global allocator.
pub fn allocations() -> Allocations {
    TALLY.with(Cell::get)
}

/// What the closure allocates on the current thread.
pub fn counted<T>(run: impl FnOnce() -> T) -> (T, Allocations) {
    let before = allocations();
    let result = run();
    let after = allocations();
    (result, Allocations { count: after.count - before.count, bytes: after.bytes - before.bytes })
}

fn tally(bytes: usize) {
    // A thread on its way out has no cell any more; what it allocates then is nobody's figure.
    let _ = TALLY.try_with(|tally| {
        let Allocations { count, bytes: before } = tally.get();
        tally.set(Allocations { count: count + 1, bytes: before + bytes as u64 });
    });
}

// SAFETY: every call is handed to the system's allocator unchanged; the counter neither allocates nor unwinds.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        tally(layout.size());
        // SAFETY: the caller's promise, passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        tally(layout.size());
        // SAFETY: the caller's promise, passed on.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        tally(new_size);
        // SAFETY: the caller's promise, passed on.
        unsafe { System.realloc(memory, layout, new_size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise, passed on.
        unsafe { System.dealloc(memory, layout) }
    }
}
