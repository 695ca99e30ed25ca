//! How many tests a program ran, read from what Rust's test harness prints.

use std::fmt;
use std::ops::AddAssign;

/// Tests by how they ended.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    /// Tests that held.
    pub passed: usize,
    /// Tests that did not.
    pub failed: usize,
    /// Tests that were not run, or that said that they could not.
    pub skipped: usize,
}

impl Tally {
    /// One test that held.
    pub fn one_passed() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    /// One test that did not.
    pub fn one_failed() -> Self {
        Self {
            failed: 1,
            ..Self::default()
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            passed,
            failed,
            skipped,
        } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

/// How a program reports.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// One test program: its last result line counts. Those before it were printed by programs that its tests ran.
    Once,
    /// Several in a row, as `cargo test --doc` runs them: all result lines count.
    Several,
}

/// Reads the harness's result lines. A test that printed `skipped: why` is counted as skipped and not as passed.
pub fn of(output: &str, report: Report) -> Tally {
    let results: Vec<Tally> = output.lines().filter_map(result).collect();
    let counted = match report {
        Report::Once => &results[results.len().saturating_sub(1)..],
        Report::Several => &results,
    };
    let mut tally = Tally::default();
    for result in counted {
        tally += *result;
    }
    let said = skips(output).count().min(tally.passed);
    tally.passed -= said;
    tally.skipped += said;
    tally
}

/// The numbers on a line such as `test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out`.
fn result(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut tally = Tally::default();
    for count in counts.split("; ") {
        let Some((number, what)) = count.split_once(' ') else {
            continue;
        };
        let number = number.parse().unwrap_or(0);
        match what {
            "passed" => tally.passed = number,
            "failed" => tally.failed = number,
            "ignored" => tally.skipped = number,
            _ => {}
        }
    }
    Some(tally)
}

/// The reasons of the tests that said that they could not run.
pub fn skips(output: &str) -> impl Iterator<Item = &str> {
    output.lines().filter_map(|line| {
        let line = line.trim_start();
        line.strip_prefix("skipped: ")
            .or_else(|| line.strip_prefix("SKIPPED: "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_the_lines_of_several_programs() {
        let output = "\
running 3 tests
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s
   Doc-tests reweave
test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 7 filtered out; finished in 0.1s
";
        let tally = |passed, failed, skipped| Tally {
            passed,
            failed,
            skipped,
        };
        assert_eq!(of(output, Report::Several), tally(6, 2, 1));
        assert_eq!(of(output, Report::Once), tally(4, 2, 0));
        assert_eq!(of("killed", Report::Once), tally(0, 0, 0));
    }

    #[test]
    fn a_test_that_says_it_could_not_run_did_not_pass() {
        let output = "skipped: no valgrind\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(
            of(output, Report::Once),
            Tally {
                passed: 1,
                failed: 0,
                skipped: 1
            }
        );
        assert_eq!(skips(output).collect::<Vec<_>>(), ["no valgrind"]);
    }
}
