//! The plug-in in real GIMPs: in Debian roots with GIMP 3.0 and 3.2, without a window and in one, and in the system's own
//! GIMP 2.10 where it has one.
//!
//! `cargo xtask test gimp` makes the roots and runs this. Each GIMP is unpacked once, asked many things, and thrown away
//! at the end. What cannot run here says so and counts as skipped.

mod errors;
mod gimp;
mod gimp210;
mod killed;
mod picture;
mod pixels;
mod screen;
mod scripts;
mod window;

use gimp::{Gimp, Version};
use libtest_mimic::{Arguments, Failed, Trial};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

/// A test in one GIMP: an error says what is wrong.
type Test = fn(&Gimp) -> Result<(), String>;

/// A GIMP that is unpacked when the first test wants it.
type Shared = Arc<OnceLock<Result<Gimp, String>>>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut gimps: Vec<Shared> = Vec::new();
    let mut trials = Vec::new();
    for version in [Version::V3_0, Version::V3_2] {
        let gimp: Shared = Arc::default();
        let tests = [
            pixels::TESTS,
            errors::TESTS,
            scripts::TESTS,
            killed::TESTS,
            window::TESTS,
        ]
        .concat();
        for (name, test) in tests {
            let gimp = Arc::clone(&gimp);
            let name = format!("GIMP {}: {name}", version.number());
            trials.push(Trial::test(name, move || run(version, &gimp, test)));
        }
        gimps.push(gimp);
    }
    trials.push(Trial::test("GIMP 2.10: fills without a dialog", || {
        gimp210::test().map_err(Failed::from)
    }));
    let conclusion = libtest_mimic::run(&arguments, trials);
    // The roots go with them.
    drop(gimps);
    conclusion.exit_code()
}

fn run(version: Version, gimp: &Shared, test: Test) -> Result<(), Failed> {
    match gimp.get_or_init(|| Gimp::unpack(version)) {
        Ok(gimp) => test(gimp).map_err(Failed::from),
        Err(reason) => {
            // This line is how a test says that it could not run.
            println!("\nskipped: GIMP {}: {reason}", version.number());
            Ok(())
        }
    }
}
