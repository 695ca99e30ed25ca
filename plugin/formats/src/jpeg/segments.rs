//! The segments of a JPEG before its pixels: tables, profile, metadata.

use super::markers::{COMMENT, SOS, Segment, segment};
use super::own::Own;
use crate::carried::Carried;
use crate::error::Problem;

const ICC: &[u8] = b"ICC_PROFILE\0";
const EXIF: &[u8] = b"Exif\0\0";
pub(super) const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// What comes before the pixels.
pub(super) struct Head {
    pub(super) own: Own,
    pub(super) carried: Carried,
    /// Where the pixels begin.
    pub(super) pixels: usize,
    /// Whether the pixels come in several scans, so that a decoder has to hold all coefficients at once.
    pub(super) has_scans: bool,
}

/// Walks the segments up to the pixels.
pub(super) fn segments(file: &[u8]) -> Result<Head, Problem> {
    let mut own = Own::default();
    let mut carried = Carried::default();
    let mut profile: Vec<(u8, &[u8])> = Vec::new();
    let mut is_progressive = false;
    let mut at = 2;
    let components_in_scan = loop {
        let Segment { marker, data, end } = segment(file, at)?;
        at = end;
        match marker {
            SOS => break data.first().map_or(0, |&count| usize::from(count)),
            0xdb => own.read_tables(data),
            0xc0..=0xc2 => {
                is_progressive = marker == 0xc2;
                own.read_components(data);
            }
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
            COMMENT => own.comments.push(data.to_vec()),
            0xe1..=0xef => own.others.push((marker - 0xe0, data.to_vec())),
            _ => {}
        }
    };
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
    let has_scans = is_progressive || components_in_scan < own.components.len();
    Ok(Head {
        own,
        carried,
        pixels: at,
        has_scans,
    })
}
