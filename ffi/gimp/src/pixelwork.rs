//! GEGL and babl, which are the same libraries under GIMP 2.10 and 3.

use crate::files::{OpenError, table};
use crate::gimp3::{babl, gegl};

/// What holds pixels, and what converts them.
pub struct Pixelwork {
    /// Buffers of pixels.
    pub gegl: gegl::Gegl,
    /// Formats of pixels.
    pub babl: babl::Babls,
}

impl Pixelwork {
    /// Opens the libraries.
    ///
    /// # Errors
    /// When one of them is not there: the program was not started by GIMP.
    pub fn open() -> Result<Self, OpenError> {
        Ok(Self {
            gegl: table!(gegl::Gegl, "gegl", "0.4"),
            babl: table!(babl::Babls, "babl", "0.1"),
        })
    }
}
