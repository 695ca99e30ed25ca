//! The segments of a JPEG before its pixels: tables, profile, metadata.

use super::own::Own;
use crate::carried::Carried;
use crate::error::Problem;

const ICC: &[u8] = b"ICC_PROFILE\0";
const EXIF: &[u8] = b"Exif\0\0";
pub(super) const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// Walks the segments up to the pixels. The last value is where those begin.
pub(super) fn segments(file: &[u8]) -> Result<(Own, Carried, usize), Problem> {
    let cut = || Problem::damaged("JPEG", "it ends before its pixels begin");
    let mut own = Own::default();
    let mut carried = Carried::default();
    let mut profile: Vec<(u8, &[u8])> = Vec::new();
    let mut at = 2;
    loop {
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
        let length = usize::from(u16::from_be_bytes([high, low]));
        let data = file.get(at + 4..at + 2 + length).ok_or_else(cut)?;
        at += 2 + length;
        match marker {
            0xda => break,
            0xdb => own.read_tables(data),
            0xc0..=0xc2 => own.read_components(data),
            0xe0 if data.starts_with(b"JFIF\0") => {
                if let &[_, _, unit, x1, x0, y1, y0, ..] = &data[5..] {
                    own.density = Some((
                        unit,
                        u16::from_be_bytes([x1, x0]),
                        u16::from_be_bytes([y1, y0]),
                    ));
                }
            }
            0xe1 if data.starts_with(EXIF) && carried.exif.is_none() => {
                carried.exif = Some(data[EXIF.len()..].to_vec())
            }
            0xe1 if data.starts_with(XMP) && carried.xmp.is_none() => {
                carried.xmp = Some(data[XMP.len()..].to_vec())
            }
            0xe2 if data.starts_with(ICC) && data.len() > ICC.len() + 2 => {
                profile.push((data[ICC.len()], &data[ICC.len() + 2..]));
            }
            // The multi-picture index (MPF) gives places in the old file, and Adobe's marker the old colour coding.
            0xe2 if data.starts_with(b"MPF\0") => {}
            0xe0 | 0xee => {}
            0xe1..=0xef => own.others.push((marker - 0xe0, data.to_vec())),
            _ => {}
        }
    }
    profile.sort_by_key(|(number, _)| *number);
    if !profile.is_empty() {
        carried.icc = Some(
            profile
                .into_iter()
                .flat_map(|(_, part)| part)
                .copied()
                .collect(),
        );
    }
    Ok((own, carried, at))
}
