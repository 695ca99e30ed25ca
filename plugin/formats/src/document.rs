//! What a picture file holds, and how to write it.

use reweave::{Format, Picture};

use crate::carried::Carried;
use crate::error::Problem;
use crate::kind::Kind;
use crate::window::Window;

/// What a file holds.
#[derive(Debug)]
pub struct Document {
    /// The format it was read from; none for a picture of our own.
    pub kind: Option<Kind>,
    /// Its pixels.
    pub picture: Picture,
    /// Where they lie (OpenEXR); elsewhere the whole picture.
    pub window: Window,
    /// Everything else.
    pub carried: Carried,
    /// What a reader should know: pages left out, profiles that do not fit.
    pub notes: Vec<String>,
    /// What of the pixels is missing, where the decoder went on all the same.
    pub damage: Option<String>,
}

impl Document {
    /// A picture that is all of its frame, with what is carried beside it.
    pub fn new(picture: Picture, carried: Carried) -> Self {
        Self {
            kind: None,
            window: Window::whole(&picture),
            picture,
            carried,
            notes: Vec::new(),
            damage: None,
        }
    }
}

/// How to write.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteOptions {
    /// JPEG and WebP: 1 to 100. None means the picture's own for JPEG, and lossless for WebP.
    pub quality: Option<u8>,
}

/// A picture from its bytes; what does not fit is a damaged file.
pub(crate) fn picture(
    width: usize,
    height: usize,
    format: Format,
    bytes: Vec<u8>,
) -> Result<Picture, Problem> {
    Picture::from_bytes(bytes, width, height, format)
        .map_err(|error| Problem::damaged("pixels", error))
}
