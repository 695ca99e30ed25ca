//! Work on one picture runs guarded: where something breaks down (a panic, in us or in a library that reads pictures),
//! that is the picture's error, and the batch goes on.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

/// Whether guarded work is being done; then a panic, on whichever thread, is not printed but kept.
static GUARDING: AtomicBool = AtomicBool::new(false);
/// Where the first panic of the guarded work was.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// Does the work. One piece of work at a time is guarded.
///
/// # Errors
/// What broke down, and where in the code.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    keep_panics();
    GUARDING.store(true, Ordering::SeqCst);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDING.store(false, Ordering::SeqCst);
    let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner).take();
    done.map_err(|panic| {
        let what = message(panic.as_ref());
        place.map_or_else(|| what.to_owned(), |place| format!("{what}, in {place}"))
    })
}

/// Has panics of guarded work kept instead of printed, from now on.
fn keep_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = take_hook();
        set_hook(Box::new(move |panic| {
            if GUARDING.load(Ordering::SeqCst) {
                let mut place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
                *place = place.take().or(panic.location().map(ToString::to_string));
            } else {
                print(panic);
            }
        }));
    });
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no reason given")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In one test, because one piece of work at a time is guarded.
    #[test]
    fn what_breaks_down_is_an_error_that_says_where() {
        assert_eq!(guarded(|| 7), Ok(7));
        let why = guarded(|| panic!("no pixel {}", 7)).unwrap_err();
        assert!(
            why.contains("no pixel 7") && why.contains("guard.rs"),
            "{why}"
        );
        // On another thread, as decoders of pictures do their work.
        let why = guarded(|| std::thread::spawn(|| panic!("tile 3")).join().unwrap()).unwrap_err();
        assert!(why.contains("guard.rs"), "{why}");
        // What went before is forgotten.
        assert_eq!(guarded(|| 8), Ok(8));
    }
}
