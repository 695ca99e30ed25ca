//! Content-aware fill in GIMP's menu: a GIMP plug-in that hands pixels to the Reweave engine and back.
//!
//! GIMP starts this program with a pipe to talk through; libgimp, which is opened at run time, does the talking. The
//! engine is the shared library beside this program, opened through the C interface of `reweave.h`.

mod coverage;
mod engine;
mod gimp3;
mod job;
mod mnemonics;
mod options;
mod pixels;
mod preview;
mod rect;
mod stop;
mod text;

use std::process::exit;

fn main() {
    exit(gimp3::main(std::env::args_os().collect()))
}
