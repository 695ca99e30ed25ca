//! GEGL and babl, which hold and convert pixels: the same libraries under GIMP 2.10 and 3.

use reweave_gimp_sys::gimp3::babl::Babls;
use reweave_gimp_sys::gimp3::gegl::Gegl;
use reweave_gimp_sys::{OpenError, Pixelwork};
use std::ptr::null_mut;
use std::sync::OnceLock;

static OPENED: OnceLock<Pixelwork> = OnceLock::new();

/// Opens both.
pub fn open() -> Result<(), OpenError> {
    let _ = OPENED.set(Pixelwork::open()?);
    Ok(())
}

/// Makes them ready, before the first pixel is touched.
pub fn start() {
    // SAFETY: no arguments are handed over.
    unsafe { gegl().gegl_init(null_mut(), null_mut()) };
}

fn opened() -> &'static Pixelwork {
    OPENED
        .get()
        .unwrap_or_else(|| unreachable!("main opens the libraries before anything else"))
}

/// GEGL's functions.
pub fn gegl() -> &'static Gegl {
    &opened().gegl
}

/// babl's functions.
pub fn babl() -> &'static Babls {
    &opened().babl
}
