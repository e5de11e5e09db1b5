//! Work that is shared between threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Calls `work` with every item, on so many threads that are started for it, or on the calling one where that number is 0;
/// the results are in the order of the items.
///
/// Items are taken one after the other, so that large ones should be first. The calling thread only waits, and does a single
/// item itself: a thread of its own begins with an empty heap in glibc, where what reads a large model leaves one full of
/// holes. Printing a model of 5 MB takes a sixth less time among none.
pub fn in_parallel<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return done };
            done.push((index, work(item)));
        }
    };
    let threads = if items.len() > 1 { threads.min(items.len()) } else { 0 };
    let mut done = thread::scope(|scope| {
        let started = (0..threads).map(|_| thread::Builder::new().spawn_scoped(scope, run));
        let started: Vec<_> = started.filter_map(Result::ok).collect();
        // Where there is no thread to be had, this one does it all.
        let mut done = if started.is_empty() { run() } else { Vec::new() };
        for thread in started {
            match thread.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::{Barrier, Mutex};

    use super::*;

    #[test]
    fn results_are_in_the_order_of_items_on_however_many_threads() {
        let items: Vec<u32> = (0..100).collect();
        let expected: Vec<u32> = items.iter().map(|item| item * 2).collect();
        for threads in [0, 1, 2, 7, 200] {
            assert_eq!(in_parallel(threads, &items, |item| item * 2), expected, "{threads} threads");
        }
        assert!(in_parallel(4, &[(); 0], |()| ()).is_empty());
    }

    #[test]
    fn as_many_threads_work_as_were_asked_for() {
        // Nobody passes the barrier alone.
        let (barrier, seen) = (Barrier::new(3), Mutex::new(BTreeSet::new()));
        let _ = in_parallel(3, &[(); 3], |()| {
            seen.lock().unwrap().insert(format!("{:?}", thread::current().id()));
            barrier.wait();
        });
        assert_eq!(seen.into_inner().unwrap().len(), 3);
    }
}
