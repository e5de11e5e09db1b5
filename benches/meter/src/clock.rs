//! CPU time, of the process and of one thread.

use std::os::unix::thread::JoinHandleExt;
use std::thread::JoinHandle;
use std::time::Duration;

/// CPU time the process has used, on all of its threads.
pub fn process_cpu() -> Duration {
    read(libc::CLOCK_PROCESS_CPUTIME_ID)
}

/// CPU time the current thread has used.
pub fn thread_cpu() -> Duration {
    read(libc::CLOCK_THREAD_CPUTIME_ID)
}

/// The CPU clock of another thread of the process.
#[derive(Clone, Copy, Debug)]
pub struct ThreadClock(libc::clockid_t);

impl ThreadClock {
    /// The clock of a thread; reads zero once the thread has ended.
    ///
    /// # Panics
    /// When the system has no such clock, without which nothing can be measured.
    pub fn of<T>(thread: &JoinHandle<T>) -> Self {
        let mut clock = 0;
        // SAFETY: the handle keeps the thread's identifier valid, and `clock` outlives the call.
        let failed = unsafe { libc::pthread_getcpuclockid(thread.as_pthread_t(), &raw mut clock) };
        assert_eq!(failed, 0, "the thread has a CPU clock");
        Self(clock)
    }

    /// CPU time the thread has used.
    pub fn read(self) -> Duration {
        read(self.0)
    }
}

fn read(clock: libc::clockid_t) -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` outlives the call.
    let failed = unsafe { libc::clock_gettime(clock, &raw mut time) };
    if failed != 0 {
        return Duration::ZERO;
    }
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}
