//! An extra sample of which the file does not say what it is (ExtraSamples 0): neither colour nor alpha.
//!
//! Nobody can tell what it means, so it is kept beside the picture and goes back as it came.

use std::io::{self, Read, Seek, SeekFrom};

use reweave::{Channels, Format, Picture};

use crate::error::Problem;

/// The value of ExtraSamples for straight alpha.
const STRAIGHT_ALPHA: u16 = 2;

/// A TIFF in which a single extra sample without a meaning is called alpha.
///
/// The decoder drops a sample without a meaning from RGB pictures, and then undoes the predictor as if it were there
/// (tiff 0.11.3, decoder/image.rs, `compact_photometric_bytes`). What it takes for alpha it reads in full.
pub(super) struct Relabelled<R> {
    input: R,
    /// Where the next byte is read.
    at: u64,
    /// Where other bytes are read than those in the file.
    patch: Option<(u64, [u8; 2])>,
}

impl<R: Read + Seek> Relabelled<R> {
    pub(super) fn new(mut input: R) -> io::Result<Self> {
        input.rewind()?;
        // What cannot be understood is left to the decoder.
        let patch = find(&mut input).ok().flatten();
        input.rewind()?;
        Ok(Self {
            input,
            at: 0,
            patch,
        })
    }

    /// Whether there is such a sample.
    pub(super) fn is_relabelled(&self) -> bool {
        self.patch.is_some()
    }
}

/// The place of the value of ExtraSamples in the first directory, with the value to show there, where it is a single 0.
fn find<R: Read + Seek>(input: &mut R) -> io::Result<Option<(u64, [u8; 2])>> {
    let start: [u8; 4] = bytes(input)?;
    let is_big_endian = start[0] == b'M';
    let number = |bytes: &[u8]| {
        let shift = |value: u64, &byte: &u8| value << 8 | u64::from(byte);
        if is_big_endian {
            bytes.iter().fold(0, shift)
        } else {
            bytes.iter().rev().fold(0, shift)
        }
    };
    let is_big_tiff = number(&start[2..]) == 43;
    if is_big_tiff {
        // The size of an offset, which is always 8.
        bytes::<4>(input)?;
    }
    // An offset or a count, which BigTIFF has twice as long.
    let long = |input: &mut R| -> io::Result<u64> {
        if is_big_tiff {
            Ok(number(&bytes::<8>(input)?))
        } else {
            Ok(number(&bytes::<4>(input)?))
        }
    };
    let directory = long(input)?;
    let mut at = input.seek(SeekFrom::Start(directory))?;
    let entries = if is_big_tiff {
        long(input)?
    } else {
        number(&bytes::<2>(input)?)
    };
    at += if is_big_tiff { 8 } else { 2 };
    let (head, entry) = if is_big_tiff { (12, 20) } else { (8, 12) };
    for _ in 0..entries.min(u16::MAX.into()) {
        let tag = number(&bytes::<2>(input)?);
        let kind = number(&bytes::<2>(input)?);
        let count = long(input)?;
        let value = bytes::<2>(input)?;
        const EXTRA_SAMPLES: u64 = 338;
        const SHORT: u64 = 3;
        if (tag, kind, count, value) == (EXTRA_SAMPLES, SHORT, 1, [0, 0]) {
            let shown = if is_big_endian {
                STRAIGHT_ALPHA.to_be_bytes()
            } else {
                STRAIGHT_ALPHA.to_le_bytes()
            };
            return Ok(Some((at + head, shown)));
        }
        at += entry;
        input.seek(SeekFrom::Start(at))?;
    }
    Ok(None)
}

fn bytes<const N: usize>(input: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

impl<R: Read> Read for Relabelled<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        if let Some((place, shown)) = self.patch {
            for (place, shown) in (place..).zip(shown) {
                let byte = place
                    .checked_sub(self.at)
                    .and_then(|at| buffer[..count].get_mut(at as usize));
                if let Some(byte) = byte {
                    *byte = shown;
                }
            }
        }
        self.at += count as u64;
        Ok(count)
    }
}

impl<R: Seek> Seek for Relabelled<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.input.seek(to)?;
        Ok(self.at)
    }
}

/// Pixels of `format`, whose last sample is no alpha, as the picture and the plane of those samples.
pub(super) fn take(pixels: &[u8], format: Format) -> (Format, Vec<u8>, Vec<u8>) {
    let channels = match format.channels {
        Channels::Grey | Channels::GreyAlpha => Channels::Grey,
        Channels::Rgb | Channels::Rgba => Channels::Rgb,
    };
    let bytes = format.depth.bytes();
    let (mut picture, mut plane) = (Vec::new(), Vec::new());
    picture.reserve_exact(pixels.len() / format.pixel_bytes() * channels.count() * bytes);
    plane.reserve_exact(pixels.len() / format.pixel_bytes() * bytes);
    for pixel in pixels.chunks_exact(format.pixel_bytes()) {
        let (colour, extra) = pixel.split_at(channels.count() * bytes);
        picture.extend_from_slice(colour);
        plane.extend_from_slice(extra);
    }
    (Format { channels, ..format }, picture, plane)
}

/// The picture with the plane as its last sample again.
pub(super) fn put_back(picture: &Picture, plane: &[u8]) -> Result<Picture, Problem> {
    let format = picture.format();
    let channels = match format.channels {
        Channels::Grey | Channels::GreyAlpha => Channels::GreyAlpha,
        Channels::Rgb | Channels::Rgba => Channels::Rgba,
    };
    let colours = picture.bytes().chunks_exact(format.pixel_bytes());
    let pixels = colours
        .zip(plane.chunks_exact(format.depth.bytes()))
        .flat_map(|(colour, extra)| [colour, extra])
        .flatten()
        .copied()
        .collect();
    let format = Format { channels, ..format };
    Picture::from_bytes(pixels, picture.width(), picture.height(), format)
        .map_err(|error| Problem::damaged("pixels", error))
}
