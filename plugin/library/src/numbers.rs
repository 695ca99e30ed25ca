//! Single numbers of pixels, whatever their depth.

use half::f16;
use reweave::{Depth, Format};

/// Reads and writes single numbers of a row of pixels, whatever their depth, as 0 to 1.
#[derive(Clone, Copy)]
pub(crate) struct Numbers {
    depth: Depth,
    per_pixel: usize,
}

impl Numbers {
    /// For pixels of a format.
    pub(crate) fn of(format: &Format) -> Self {
        Self {
            depth: format.depth,
            per_pixel: format.channels.count(),
        }
    }

    /// The number of `channel` of pixel `x`.
    pub(crate) fn get(self, row: &[u8], x: usize, channel: usize) -> f32 {
        let at = (x * self.per_pixel + channel) * self.depth.bytes();
        match self.depth {
            Depth::U8 => f32::from(row[at]) / 255.0,
            Depth::U16 => f32::from(u16::from_ne_bytes([row[at], row[at + 1]])) / 65535.0,
            Depth::F16 => f16::from_ne_bytes([row[at], row[at + 1]]).to_f32(),
            Depth::F32 => f32::from_ne_bytes([row[at], row[at + 1], row[at + 2], row[at + 3]]),
        }
    }

    /// Writes a number; what integers cannot hold becomes the nearest that they can.
    pub(crate) fn set(self, row: &mut [u8], x: usize, channel: usize, value: f32) {
        let at = (x * self.per_pixel + channel) * self.depth.bytes();
        match self.depth {
            Depth::U8 => row[at] = (value * 255.0).round() as u8,
            Depth::U16 => {
                row[at..at + 2].copy_from_slice(&((value * 65535.0).round() as u16).to_ne_bytes())
            }
            Depth::F16 => row[at..at + 2].copy_from_slice(&f16::from_f32(value).to_ne_bytes()),
            Depth::F32 => row[at..at + 4].copy_from_slice(&value.to_ne_bytes()),
        }
    }
}
