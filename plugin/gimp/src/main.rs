//! Content-aware fill in GIMP's menu: a GIMP plug-in that hands pixels to the Reweave engine and back.
//!
//! GIMP starts this program with a pipe to talk through; libgimp, which is opened at run time, does the talking. The
//! engine is the shared library beside this program, opened through the C interface of `reweave.h`.

// On Windows a console would open with every fill.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod check;
mod editor;
mod engine;
mod fill;
mod gegl;
mod gimp2;
mod gimp3;
mod locale;
mod mnemonics;
mod options;
mod pixels;
mod preview;
mod rect;
mod stop;
mod text;
mod worker;

use std::ffi::OsString;
use std::path::Path;
use std::process::exit;

fn main() {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    worker::ask_for_one();
    let by_hand = match &arguments[..] {
        [_, word] if word == worker::ARGUMENT => exit(worker::serve()),
        [_, flag, folder] if flag == "--locale" => locale::write(Path::new(folder))
            .map_err(|error| format!("{}: {error}", Path::new(folder).display())),
        [_, flag] if flag == "--check" => check::run(),
        _ if is_gimp2(&arguments) => exit(gimp2::main(arguments)),
        _ => exit(gimp3::main(arguments)),
    };
    if let Err(complaint) = by_hand {
        eprintln!("reweave: {complaint}");
        exit(1)
    }
}

/// Whether GIMP 2.10 has started this program: GIMP 3 puts the version of its protocol before the two ends of the pipe,
/// so that what is asked for stands one place later.
fn is_gimp2(arguments: &[OsString]) -> bool {
    arguments
        .get(4)
        .is_some_and(|word| word == "-query" || word == "-init" || word == "-run")
}
