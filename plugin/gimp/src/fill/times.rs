//! Where the time of a run goes, for those who set `REWEAVE_TIMES`.

use std::time::Instant;

/// A clock that says to the terminal what took how long.
pub struct Times {
    wanted: bool,
    last: Instant,
}

impl Times {
    pub fn start() -> Self {
        Self {
            wanted: std::env::var_os("REWEAVE_TIMES").is_some(),
            last: Instant::now(),
        }
    }

    /// What has been done since the last note.
    pub fn note(&mut self, what: &str) {
        if self.wanted {
            eprintln!("reweave: {what} {:.3} s", self.last.elapsed().as_secs_f64());
        }
        self.last = Instant::now();
    }
}
