//! GIMP 3: [`Core`] for every run, [`Window`] only where a dialog is shown.

#![allow(
    missing_docs,
    non_camel_case_types,
    non_upper_case_globals,
    non_snake_case
)]
#![allow(clippy::all, clippy::undocumented_unsafe_blocks)]

use crate::files::{OpenError, table};

pub mod babl;
pub mod gegl;
pub mod gimp;
pub mod gimpbase;
pub mod gimpui;
pub mod gimpwidgets;
pub mod glib;
pub mod gobject;
pub mod gtk;
pub mod pixbuf;
pub mod types;

/// What a plug-in needs without a window.
pub struct Core {
    pub glib: glib::Glib,
    pub gobject: gobject::GObjects,
    pub base: gimpbase::GimpBase,
    pub gimp: gimp::Gimp,
}

impl Core {
    /// Opens the libraries.
    ///
    /// # Errors
    /// When one of them is not there: the program was not started by GIMP 3.
    pub fn open() -> Result<Self, OpenError> {
        Ok(Self {
            gimp: table!(gimp::Gimp, "gimp", "3.0"),
            base: table!(gimpbase::GimpBase, "gimpbase", "3.0"),
            gobject: table!(gobject::GObjects, "gobject", "2.0"),
            glib: table!(glib::Glib, "glib", "2.0"),
        })
    }
}

/// GIMP's dialogs and GTK.
pub struct Window {
    pub ui: gimpui::GimpUi,
    pub widgets: gimpwidgets::GimpWidgets,
    pub gtk: gtk::Gtk,
    pub pixbuf: pixbuf::Pixbufs,
}

impl Window {
    /// Opens the libraries.
    ///
    /// # Errors
    /// When one of them is not there.
    pub fn open() -> Result<Self, OpenError> {
        Ok(Self {
            ui: table!(gimpui::GimpUi, "gimpui", "3.0"),
            widgets: table!(gimpwidgets::GimpWidgets, "gimpwidgets", "3.0"),
            gtk: table!(gtk::Gtk, "gtk", "3"),
            pixbuf: table!(pixbuf::Pixbufs, "gdk_pixbuf", "2.0"),
        })
    }
}
