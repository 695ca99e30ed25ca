//! Content-aware fill in GIMP's menu: a GIMP plug-in that hands pixels to the Reweave engine and back.
//!
//! GIMP starts this program with a pipe to talk through; libgimp, which is opened at run time, does the talking. The
//! engine is the shared library beside this program, opened through the C interface of `reweave.h`.

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
    if let [_, flag, folder] = &arguments[..]
        && flag == "--locale"
    {
        match locale::write(Path::new(folder)) {
            Ok(()) => exit(0),
            Err(error) => {
                eprintln!("reweave: {}: {error}", Path::new(folder).display());
                exit(1)
            }
        }
    }
    exit(gimp3::main(arguments))
}
