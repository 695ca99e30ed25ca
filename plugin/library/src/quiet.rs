//! Panics are told as errors, and not printed into the terminal of a host that knows nothing of Rust.

use std::cell::RefCell;
use std::panic::{set_hook, take_hook};
use std::sync::Once;
use std::thread;

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on, keeps what panics print from the host's terminal. All of them are caught, by the frontends or by the engine, and
/// their words are in the error. The hook is this library's own: it carries its own standard library.
///
/// Threads with names of another's giving are those of a Rust program that links this crate, such as our tests: they print.
pub(crate) fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = take_hook();
        set_hook(Box::new(move |panic| {
            let place = panic.location().map(ToString::to_string);
            // While a thread ends there is nowhere to keep it.
            let _ = PLACE.try_with(|kept| *kept.borrow_mut() = place);
            let thread = thread::current();
            if thread.name().is_some_and(|name| !is_ours(name)) {
                print(panic);
            }
        }));
    });
}

/// Where in the code this thread panicked, told once.
pub(crate) fn place() -> Option<String> {
    PLACE.try_with(RefCell::take).ok().flatten()
}

/// Whether a thread of this name is the engine's, or that of the built-in runtime. Those of hosts, and of the engine's
/// pool, have no names that Rust knows of.
fn is_ours(name: &str) -> bool {
    name.starts_with("reweave-") || name.starts_with("rten-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    /// In a process of its own, whose terminal can be read.
    #[test]
    fn only_threads_of_rust_programs_print() {
        const CHILD: &str = "REWEAVE_TEST_QUIET";
        if std::env::var_os(CHILD).is_some() {
            keep_quiet();
            let host = thread::spawn(|| {
                let _ = std::panic::catch_unwind(|| panic!("in a host"));
                place().unwrap()
            });
            assert!(host.join().unwrap().contains("quiet.rs"));
            assert_eq!(place(), None);
            for name in ["reweave-network", "somebody"] {
                let named = thread::Builder::new().name(name.into());
                let panics = named.spawn(move || panic!("in {name}")).unwrap();
                assert!(panics.join().is_err());
            }
            return;
        }
        let test = thread::current().name().unwrap().to_owned();
        let child = Command::new(std::env::current_exe().unwrap())
            .args([&test, "--exact", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stderr);
        assert!(child.status.success(), "{said}");
        assert!(said.contains("in somebody"), "{said}");
        assert!(
            !said.contains("in a host") && !said.contains("in reweave"),
            "{said}"
        );
    }
}
