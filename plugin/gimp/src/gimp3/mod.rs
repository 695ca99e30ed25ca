//! The plug-in in GIMP 3.0 and 3.2.
//!
//! GIMP starts the program afresh for each run, as it does to ask what the plug-in offers. Objects of GIMP's (images,
//! drawables, procedures) are owned by libgimp and stay valid until the run ends, so this module keeps plain pointers
//! to them. Everything that talks to GIMP happens in the main thread.

mod arguments;
mod bar;
mod core;
mod dialog;
mod drawable;
mod entry;
mod image;
mod procedure;
mod values;

pub use entry::main;
