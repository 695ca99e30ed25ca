//! Content-aware fill in GIMP's menu: a GIMP plug-in that hands pixels to the Reweave engine and back.
//!
//! GIMP starts this program with a pipe to talk through; libgimp, which is opened at run time, does the talking. The
//! engine is the shared library beside this program, opened through the C interface of `reweave.h`.

mod check;
mod coverage;
mod engine;
mod gimp3;
mod job;
mod locale;
mod mnemonics;
mod options;
mod pixels;
mod preview;
mod rect;
mod stop;
mod text;

use std::ffi::OsString;
use std::path::Path;
use std::process::exit;

fn main() {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let by_hand = match &arguments[..] {
        [_, flag, folder] if flag == "--locale" => {
            locale::write(Path::new(folder)).map_err(|error| format!("{}: {error}", Path::new(folder).display()))
        }
        [_, flag] if flag == "--check" => check::run(),
        _ => exit(gimp3::main(arguments)),
    };
    if let Err(complaint) = by_hand {
        eprintln!("reweave: {complaint}");
        exit(1)
    }
}
