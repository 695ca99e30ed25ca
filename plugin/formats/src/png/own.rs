//! What only a PNG has a place for.

use png::Info;
use reweave::Format;

/// The keyword under which PNG keeps XMP.
pub(super) const XMP: &str = "XML:com.adobe.xmp";

/// Chunks of a PNG: physical size, gamma, chromaticities, text and so on.
#[derive(Debug)]
pub struct Own {
    /// All that the header and the chunks say.
    pub(super) info: Info<'static>,
    /// The pixels as they were read.
    pub(super) format: Format,
}
