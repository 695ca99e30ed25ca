//! The plug-in in GIMP 2.10: the same fill without a dialog.
//!
//! Images and drawables are numbers here, and arguments have places instead of names: what GIMP 3 takes one by one comes
//! as one text.

mod bar;
mod core;
mod drawable;
mod entry;
mod image;

pub use entry::main;
