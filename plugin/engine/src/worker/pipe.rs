//! Writing to a worker that may be gone. A program in C is ended by that, unless it has asked not to be (`SIGPIPE`); what
//! a host has asked for is the host's own business, so the signal is kept from the one thread that writes.

/// Does the work with that signal kept away from this thread. A write to who is gone is an error then, and no more.
#[cfg(unix)]
pub(super) fn without_signal<T>(work: impl FnOnce() -> T) -> T {
    let mut pipe = empty();
    let mut before = empty();
    // SAFETY: all sets live here and are initialised; the mask is this thread's own.
    unsafe {
        libc::sigaddset(&mut pipe, libc::SIGPIPE);
        libc::pthread_sigmask(libc::SIG_BLOCK, &pipe, &mut before);
    }
    let waited_before = is_waiting();
    let done = work();
    // SAFETY: as above. A signal that has come meanwhile is taken here, and no other waits for it: it is sent to the thread
    // that writes.
    unsafe {
        if !waited_before && is_waiting() {
            let mut signal = 0;
            libc::sigwait(&pipe, &mut signal);
        }
        libc::pthread_sigmask(libc::SIG_SETMASK, &before, std::ptr::null_mut());
    }
    done
}

#[cfg(unix)]
fn empty() -> libc::sigset_t {
    let mut set = std::mem::MaybeUninit::uninit();
    // SAFETY: it initialises the set.
    unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        set.assume_init()
    }
}

/// Whether the signal waits for this thread.
#[cfg(unix)]
fn is_waiting() -> bool {
    let mut set = empty();
    // SAFETY: the set lives here.
    unsafe { libc::sigpending(&mut set) == 0 && libc::sigismember(&set, libc::SIGPIPE) == 1 }
}

/// Elsewhere there is no such signal.
#[cfg(not(unix))]
pub(super) fn without_signal<T>(work: impl FnOnce() -> T) -> T {
    work()
}

/// Lets a pipe hold more, where that can be had: fewer times the two sides wait for each other.
#[cfg(target_os = "linux")]
pub(super) fn widen(pipe: &impl std::os::fd::AsRawFd) {
    // SAFETY: the descriptor is open; nothing else is changed. If it cannot be had, the pipe stays as it is.
    unsafe { libc::fcntl(pipe.as_raw_fd(), libc::F_SETPIPE_SZ, 1 << 20) };
}

#[cfg(not(target_os = "linux"))]
pub(super) fn widen<T>(_pipe: &T) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::{ErrorKind, Write};

    /// In a process of its own, where the signal does what it does in a host that is written in C.
    #[test]
    fn a_write_to_who_is_gone_ends_no_host() {
        const CHILD: &str = "REWEAVE_TEST_PIPE";
        if std::env::var_os(CHILD).is_some() {
            // SAFETY: the default is set again, in a process that does nothing else.
            unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) };
            for _ in 0..3 {
                let (reader, mut writer) = std::io::pipe().unwrap();
                drop(reader);
                let error = without_signal(|| writer.write_all(b"anybody?")).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::BrokenPipe);
            }
            assert!(!is_waiting());
            return;
        }
        let test = std::thread::current().name().unwrap().to_owned();
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &test])
            .env(CHILD, "1")
            .status();
        assert!(status.unwrap().success());
    }
}
