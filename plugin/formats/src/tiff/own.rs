//! What only a TIFF has a place for.

use std::fmt;

use tiff::tags::{Tag, ValueBuffer};

/// A tag that is not in the reader's list of names.
pub(super) const XMP: Tag = Tag::Unknown(700);

/// Tags and compression.
pub struct Own {
    pub(super) tags: Vec<(Tag, ValueBuffer)>,
    /// Directories that the picture's own points to: EXIF and GPS.
    pub(super) directories: Vec<(Tag, Vec<(Tag, ValueBuffer)>)>,
    pub(super) compression: u16,
    /// Whether colours are multiplied by alpha.
    pub(super) is_premultiplied: bool,
    /// A sample of each pixel beside its colours, of which the file does not say what it is.
    pub(super) extra_sample: Option<Vec<u8>>,
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The values of tags cannot be shown.
        let tags: Vec<Tag> = self.tags.iter().map(|(tag, _)| *tag).collect();
        f.debug_struct("Own")
            .field("tags", &tags)
            .finish_non_exhaustive()
    }
}
