//! Ctrl-C: the first one asks the work to stop cleanly, the second one leaves at once.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::report::complain;
use reweave_formats::place;

/// What a shell expects of a program that Ctrl-C has ended.
pub const EXIT_STATUS: u8 = 130;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C (and for SIGTERM, which says the same) from now on.
pub fn listen() {
    let heard = || {
        if ASKED.swap(true, Ordering::SeqCst) {
            place::tidy_up();
            std::process::exit(EXIT_STATUS.into());
        }
        complain("\nStopping; once more to leave at once.");
    };
    // Without it Ctrl-C still ends the program, and a result still appears whole or not at all.
    let _ = ctrlc::set_handler(heard);
}

/// Whether the work should stop.
pub fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
