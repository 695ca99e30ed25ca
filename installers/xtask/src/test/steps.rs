//! A run as a list of named steps: what each did, how long it took, and what it all adds up to.

use super::tally::{self, Report, Tally};
use crate::command::run_logged;
use crate::house::House;
use anyhow::Result;
use std::process::Command;
use std::time::{Duration, Instant};

/// No step may take longer than this: a test that hangs must not hang CI.
const LIMIT: Duration = Duration::from_secs(25 * 60);

/// The run so far.
pub struct Steps<'a> {
    house: &'a House,
    start: Instant,
    lines: Vec<String>,
    skips: Vec<String>,
    total: Tally,
}

impl<'a> Steps<'a> {
    /// Starts the clock.
    pub fn new(house: &'a House) -> Self {
        Self {
            house,
            start: Instant::now(),
            lines: Vec::new(),
            skips: Vec::new(),
            total: Tally::default(),
        }
    }

    /// Does `work` as one step, which counts as one test, and gives what it made unless it failed. Its time is limited by
    /// that of the programs which it starts ([`crate::command`]).
    pub fn check<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        let start = self.announce(name);
        match work() {
            Ok(value) => {
                self.note(name, start, Tally::one_passed());
                Some(value)
            }
            Err(error) => {
                eprintln!("{error:#}");
                self.note(name, start, Tally::one_failed());
                None
            }
        }
    }

    /// Runs `command` as one step that is right or wrong as a whole.
    pub fn command(&mut self, name: &str, command: &mut Command) -> bool {
        let log = self.house.log(name);
        self.check(name, || {
            let outcome = run_logged(command, &log, LIMIT)?;
            anyhow::ensure!(
                outcome.success,
                "{}\n{name}: {}",
                outcome.output,
                outcome.reason
            );
            Ok(())
        })
        .is_some()
    }

    /// Runs a program that reports in the way of Rust's test harness, and counts its tests.
    pub fn tests(&mut self, name: &str, command: &mut Command, report: Report) {
        let start = self.announce(name);
        let outcome = match run_logged(command, &self.house.log(name), LIMIT) {
            Ok(outcome) => outcome,
            Err(error) => {
                eprintln!("{error:#}");
                return self.note(name, start, Tally::one_failed());
            }
        };
        let mut tally = tally::of(&outcome.output, report);
        if !outcome.success {
            eprintln!("{}\n{name}: {}", outcome.output, outcome.reason);
            // It may have died before it could say which test failed.
            tally.failed = tally.failed.max(1);
        }
        for reason in tally::skips(&outcome.output) {
            self.skips.push(format!("{name}: {reason}"));
        }
        self.note(name, start, tally);
    }

    /// Counts something that cannot be tested here, and why.
    pub fn skip(&mut self, reason: &str) {
        eprintln!("SKIPPED: {reason}");
        self.skips.push(reason.to_owned());
        self.total.skipped += 1;
    }

    /// Prints the times, what was skipped, and the sums as the last line; `false` if something failed.
    pub fn finish(self) -> bool {
        println!("\n{:>8}  step", "seconds");
        for line in &self.lines {
            println!("{line}");
        }
        println!("{:8.1}  in all", self.start.elapsed().as_secs_f32());
        for skip in &self.skips {
            println!("SKIPPED: {skip}");
        }
        println!("{}", self.total);
        self.total.failed == 0
    }

    fn announce(&self, name: &str) -> Instant {
        eprintln!("== {name}");
        Instant::now()
    }

    fn note(&mut self, name: &str, start: Instant, tally: Tally) {
        let seconds = start.elapsed().as_secs_f32();
        eprintln!("   {tally} ({seconds:.1} s)");
        let verdict = if tally.failed > 0 { "   FAILED" } else { "" };
        if tally == Tally::default() {
            return; // a program without tests
        }
        self.lines
            .push(format!("{seconds:8.1}  {name}: {tally}{verdict}"));
        self.total += tally;
    }
}
