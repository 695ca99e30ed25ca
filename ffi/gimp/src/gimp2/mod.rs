//! GIMP 2.10: images and drawables are numbers.

#![allow(
    missing_docs,
    non_camel_case_types,
    non_upper_case_globals,
    non_snake_case
)]
#![allow(clippy::all, clippy::undocumented_unsafe_blocks)]

use crate::files::{OpenError, table};

pub mod gimp;
pub mod glib;
pub mod gobject;
pub mod types;

/// What a plug-in needs.
pub struct Core {
    pub glib: glib::Glib,
    pub gobject: gobject::GObjects,
    pub gimp: gimp::Gimp,
}

impl Core {
    /// Opens the libraries.
    ///
    /// # Errors
    /// When one of them is not there: the program was not started by GIMP 2.10.
    pub fn open() -> Result<Self, OpenError> {
        Ok(Self {
            gimp: table!(gimp::Gimp, "gimp", "2.0"),
            gobject: table!(gobject::GObjects, "gobject", "2.0"),
            glib: table!(glib::Glib, "glib", "2.0"),
        })
    }
}
