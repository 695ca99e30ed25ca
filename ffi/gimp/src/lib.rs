//! GIMP's libraries, opened at run time, so that nothing of GIMP is needed to build the plug-in.
//!
//! [`gimp3`] is written by bindgen from the headers of GIMP 3.0 (those of 3.2 give the same bytes) and [`gimp2`] from
//! those of GIMP 2.10, as far as `headers/gimp3.txt` and `headers/gimp2.txt` name functions: one table for each library,
//! because Windows looks a function up in one library only. `cargo xtask bindings` writes them again. What the functions do stands in GIMP's own
//! documentation: <https://developer.gimp.org/api/3.0/libgimp/>.
//!
//! The tables look up every function when they are opened and complain about a missing one only when it is called.

#![warn(missing_docs)]

mod files;
pub mod gimp2;
pub mod gimp3;
mod pixelwork;

pub use files::OpenError;
pub use pixelwork::Pixelwork;
