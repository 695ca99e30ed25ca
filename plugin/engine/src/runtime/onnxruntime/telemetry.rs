//! From 1.29 on ONNX Runtime sends its makers what it is and what it runs, and keeps an identifier of the machine in the
//! user's cache folder. It does so as soon as an environment is made, before anybody can tell it not to through its
//! interface. All that it asks first is the process's environment (the variable below, in C, by `getenv`).

/// What ONNX Runtime asks.
pub const VARIABLE: &str = "ORT_DISABLE_TELEMETRY";

/// Says no to it. What the user has set stays.
pub(super) fn forbid() {
    if std::env::var_os(VARIABLE).is_none() {
        say_no();
    }
}

#[cfg(unix)]
fn say_no() {
    environment::add(c"ORT_DISABLE_TELEMETRY=1");
}

#[cfg(not(unix))]
fn say_no() {
    // SAFETY: on Windows, variables are set and read under a lock of the system's.
    unsafe { std::env::set_var(VARIABLE, "1") };
}

/// Setting a variable beside a host's threads.
///
/// `setenv`, and Rust's `set_var` with it, gives the old table of variables back to the heap while another thread may be
/// reading in it. So the table is not touched here. A longer copy of it is published in its place by one atomic store, and
/// neither is ever given back: who reads at this moment reads the old one or the new one, and both are whole. That leaves
/// what a mere reader has to fear as well, a host that calls `setenv` beside threads that read.
#[cfg(unix)]
mod environment {
    use std::ffi::{CStr, c_char};
    use std::ptr;
    use std::sync::atomic::{AtomicPtr, Ordering};

    /// The variable that points to the table, in the C library.
    #[cfg(not(target_os = "macos"))]
    fn place() -> *mut *mut *const c_char {
        unsafe extern "C" {
            static mut environ: *mut *const c_char;
        }
        &raw mut environ
    }

    #[cfg(target_os = "macos")]
    fn place() -> *mut *mut *const c_char {
        // SAFETY: it may be called at any time; libraries get at the table by it alone.
        unsafe { libc::_NSGetEnviron() }.cast()
    }

    /// Adds an entry of the form `NAME=VALUE`, before all others.
    pub(super) fn add(entry: &'static CStr) {
        // SAFETY: the place is aligned and there as long as the process is. Others write it without atomics: see above.
        let place = unsafe { AtomicPtr::from_ptr(place()) };
        loop {
            let old = place.load(Ordering::Acquire);
            let mut entries = vec![entry.as_ptr()];
            // SAFETY: a table is null, or ends with null.
            unsafe {
                let mut at = old;
                while !at.is_null() && !(*at).is_null() {
                    entries.push(*at);
                    at = at.add(1);
                }
            }
            entries.push(ptr::null());
            let new = ptr::from_mut(Box::leak(entries.into_boxed_slice())).cast();
            // Somebody else may have published another one meanwhile; then this copy was of no use, and is left.
            if place
                .compare_exchange(old, new, Ordering::AcqRel, Ordering::Acquire)
                .is_ok()
            {
                return;
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use std::process::Command;
        use std::sync::atomic::{AtomicBool, AtomicUsize};

        fn table() -> (*mut *const c_char, Vec<*const c_char>) {
            // SAFETY: as in `add`.
            let table = unsafe { AtomicPtr::from_ptr(place()) }.load(Ordering::Acquire);
            // SAFETY: it ends with null.
            let entries = (0..).map(|index| unsafe { *table.add(index) });
            (
                table,
                entries.take_while(|entry| !entry.is_null()).collect(),
            )
        }

        /// In one test, because it is the whole process's environment.
        #[test]
        fn what_is_added_is_there_for_all_and_who_reads_meanwhile_is_not_disturbed() {
            add(c"REWEAVE_TEST_FIRST=1");
            let (old, entries) = table();
            let (reads, done) = (AtomicUsize::new(0), AtomicBool::new(false));
            std::thread::scope(|scope| {
                let reader = scope.spawn(|| {
                    while !done.load(Ordering::Acquire) {
                        // SAFETY: nobody changes or removes a variable.
                        let value = unsafe { libc::getenv(c"REWEAVE_TEST_FIRST".as_ptr()) };
                        assert!(!value.is_null());
                        reads.fetch_add(1, Ordering::Release);
                    }
                });
                let mut added = 0;
                while (added < 1000 || reads.load(Ordering::Acquire) < 1000)
                    && !reader.is_finished()
                {
                    if added < 1000 {
                        add(c"REWEAVE_TEST_SECOND=2");
                        added += 1;
                    }
                    std::thread::yield_now();
                }
                done.store(true, Ordering::Release);
            });
            // Who has begun to read the old table can go on.
            for (index, entry) in entries.iter().enumerate() {
                // SAFETY: the table is kept, which is what is tested.
                assert_eq!(unsafe { *old.add(index) }, *entry);
            }
            assert_ne!(table().0, old);
            assert_eq!(std::env::var("REWEAVE_TEST_SECOND").unwrap(), "2");
            let child = Command::new("/bin/sh")
                .args(["-c", "echo $REWEAVE_TEST_FIRST$REWEAVE_TEST_SECOND"])
                .output();
            assert_eq!(child.unwrap().stdout, b"12\n");
        }
    }
}
