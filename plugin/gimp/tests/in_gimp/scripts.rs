//! The procedure in scripts: a folder of pictures, and Python.

use crate::Test;
use crate::gimp::Gimp;

pub const TESTS: &[(&str, Test)] = &[("last values", last_values)];

fn last_values(gimp: &Gimp) -> Result<(), String> {
    let outcome = gimp.script(
        "(let ((image (open-photo)))
           (select-hole image)
           (plug-in-reweave-fill #:run-mode RUN-WITH-LAST-VALS #:image image #:drawables (layers-of image))
           (display \"filled\"))",
    )?;
    if outcome.said.contains("filled") { Ok(()) } else { Err(outcome.complaints) }
}
