//! Chunks of a PNG that the decoder does not know, or gives up without a word.

use std::io::{Read, Seek, SeekFrom};

use crate::error::Problem;
use crate::limits::Budget;

/// What the decoder reads, and what only tells how the old pixels were stored or when they were changed.
const KNOWN: [&[u8; 4]; 23] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"tIME", b"pHYs", b"cHRM", b"gAMA",
    b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"sBIT",
    b"acTL", b"fcTL", b"fdAT",
];

/// What the decoder does not say.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    /// Whether there is a colour profile.
    pub(super) has_profile: bool,
    /// Name and content of chunks that nobody knows, and that hold whatever the pixels are (safe to copy, in PNG's
    /// words).
    pub(super) kept: Vec<([u8; 4], Vec<u8>)>,
    /// Names of those that belong to the old pixels.
    pub(super) left_out: Vec<String>,
}

/// Looks through the chunks from the start of `input`, and goes back there. What is damaged is left to the decoder.
pub(super) fn chunks<R: Read + Seek>(
    input: &mut R,
    budget: &mut Budget,
) -> Result<Chunks, Problem> {
    let no = |error: std::io::Error| Problem::io("read", &error);
    let mut found = Chunks::default();
    let end = input.seek(SeekFrom::End(0)).map_err(no)?;
    input.seek(SeekFrom::Start(8)).map_err(no)?;
    let mut left = end.saturating_sub(8);
    // A chunk is its length, its name, its content and a check sum.
    while left >= 12 {
        let mut head = [0; 8];
        input.read_exact(&mut head).map_err(no)?;
        let [l3, l2, l1, l0, name @ ..] = head;
        let length = u64::from(u32::from_be_bytes([l3, l2, l1, l0]));
        let is_whole = length + 12 <= left;
        if !is_whole || &name == b"IEND" || !name.iter().all(u8::is_ascii_alphabetic) {
            break;
        }
        left -= length + 12;
        found.has_profile |= &name == b"iCCP";
        // A small first letter means that a reader may do without it, a small last one that it may be copied.
        let is_unknown = !KNOWN.contains(&&name) && name[0].is_ascii_lowercase();
        if is_unknown && name[3].is_ascii_lowercase() {
            budget.take(length, "its chunks")?;
            let mut data = vec![0; length as usize];
            input.read_exact(&mut data).map_err(no)?;
            found.kept.push((name, data));
            input.seek_relative(4).map_err(no)?;
            continue;
        }
        if is_unknown {
            let name = String::from_utf8_lossy(&name).into_owned();
            found.left_out.push(name);
        }
        // Not to a place in the file: that would throw away what is buffered.
        input.seek_relative(length as i64 + 4).map_err(no)?;
    }
    found.left_out.sort_unstable();
    found.left_out.dedup();
    input.rewind().map_err(no)?;
    Ok(found)
}
