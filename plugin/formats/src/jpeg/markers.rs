//! The segments that a JPEG is made of: a marker, a length, and so many bytes.

use crate::error::Problem;

/// Start of scan: the header of the entropy-coded pixels that follow it.
pub(super) const SOS: u8 = 0xda;
/// The end of the picture.
pub(super) const EOI: u8 = 0xd9;

/// A comment.
pub(super) const COMMENT: u8 = 0xfe;

/// A segment, with the place of the byte after it.
pub(super) struct Segment<'a> {
    pub(super) marker: u8,
    pub(super) data: &'a [u8],
    pub(super) end: usize,
}

/// The segment that begins at `at`.
pub(super) fn segment(file: &[u8], mut at: usize) -> Result<Segment<'_>, Problem> {
    let cut = || Problem::damaged("JPEG", "it ends before its pixels begin");
    // Segments may be padded with 0xff.
    while file.get(at) == Some(&0xff) && file.get(at + 1) == Some(&0xff) {
        at += 1;
    }
    let &[0xff, marker, high, low] = file
        .get(at..at + 4)
        .and_then(|bytes| bytes.first_chunk())
        .ok_or_else(cut)?
    else {
        return Err(Problem::damaged(
            "JPEG",
            "its segments do not follow each other",
        ));
    };
    let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
    let data = file.get(at + 4..end).ok_or_else(cut)?;
    Ok(Segment { marker, data, end })
}

/// Where the next marker stands at or after `at`: a byte 0xff that is neither stuffed (0xff 0x00) nor padding.
pub(super) fn next_marker(file: &[u8], at: usize) -> Option<usize> {
    let rest = file.get(at..)?;
    let found = rest
        .windows(2)
        .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff))?;
    Some(at + found)
}
