//! Child processes, with what they used.

use std::io;
use std::process::Child;
use std::time::{Duration, Instant};

/// How a child process ended and what it used, the processes it started and waited for included.
#[derive(Clone, Copy, Debug)]
pub struct Exit {
    /// Whether it ended with status 0.
    pub success: bool,
    /// User and system time.
    pub cpu: Duration,
}

/// Waits for the child to end, and kills it when it takes longer than `limit`.
///
/// # Errors
/// When it had to be killed, or the system does not let us wait for it.
pub fn wait(child: &mut Child, limit: Duration) -> io::Result<Exit> {
    let end = Instant::now() + limit;
    let pid = libc::pid_t::try_from(child.id()).map_err(io::Error::other)?;
    loop {
        let mut status = 0;
        let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
        // SAFETY: both arguments outlive the call; `Child` has not waited for this process, so the ID is still its own.
        let waited = unsafe { libc::wait4(pid, &raw mut status, libc::WNOHANG, usage.as_mut_ptr()) };
        if waited == pid {
            // SAFETY: all zeroes are a valid `rusage`, and the call has filled it.
            let usage = unsafe { usage.assume_init() };
            let success = libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0;
            return Ok(Exit { success, cpu: time(usage.ru_utime) + time(usage.ru_stime) });
        }
        if waited < 0 {
            return Err(io::Error::last_os_error());
        }
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::other(format!("killed after {} s", limit.as_secs())));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn time(time: libc::timeval) -> Duration {
    Duration::new(time.tv_sec.unsigned_abs(), 0) + Duration::from_micros(time.tv_usec.unsigned_abs())
}

/// The most memory a running child has had in use, in kB (`VmHWM` of Linux).
///
/// # Errors
/// When there is no such process, or the system has no `/proc`.
pub fn peak_memory_kb(child: &Child) -> io::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
        .ok_or_else(|| io::Error::other("no VmHWM in /proc/*/status"))
}
