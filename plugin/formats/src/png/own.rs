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
    /// Name and content of the chunks that the decoder does not know.
    pub(super) unknown: Vec<([u8; 4], Vec<u8>)>,
    /// The pixels as they were read.
    pub(super) format: Format,
}

impl Own {
    /// Whether there is something that no other format has a place for.
    pub(crate) fn has_more(&self) -> bool {
        let texts = [
            self.info.uncompressed_latin1_text.len(),
            self.info.compressed_latin1_text.len(),
            self.info.utf8_text.len(),
        ];
        texts.iter().sum::<usize>() + self.unknown.len() > 0
    }
}
