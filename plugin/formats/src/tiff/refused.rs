//! What the TIFF decoder says, in words of ours.

use tiff::TiffError;

use crate::error::Problem;

/// The problem that an error of the decoder is.
pub(super) fn refused(error: TiffError) -> Problem {
    match error {
        TiffError::UnsupportedError(what) => {
            Problem::unsupported(format!("is a TIFF of an unusual sort ({what})"))
        }
        error => Problem::damaged("TIFF", error),
    }
}
