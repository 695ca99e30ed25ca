//! The formats, told by a file's name or by its first bytes.

use std::path::Path;

/// A picture file's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PNG: 8 or 16 bits.
    Png,
    /// JPEG: 8 bits, lossy.
    Jpeg,
    /// TIFF: 8 or 16 bits, half or float.
    Tiff,
    /// WebP: 8 bits.
    Webp,
    /// OpenEXR: half or float, linear.
    Exr,
}

impl Kind {
    /// The format that a file's extension names.
    pub fn of_path(path: &Path) -> Option<Self> {
        Some(
            match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
                "png" | "apng" => Self::Png,
                "jpg" | "jpeg" | "jpe" | "jfif" => Self::Jpeg,
                "tif" | "tiff" => Self::Tiff,
                "webp" => Self::Webp,
                "exr" => Self::Exr,
                _ => return None,
            },
        )
    }

    /// The format that a file's first bytes show. Its name may lie.
    pub fn of_bytes(start: &[u8]) -> Option<Self> {
        Some(match start {
            [0x89, b'P', b'N', b'G', ..] => Self::Png,
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Self::Tiff,
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Self::Webp,
            [0x76, 0x2f, 0x31, 0x01, ..] => Self::Exr,
            _ => return None,
        })
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Tiff => "TIFF",
            Self::Webp => "WebP",
            Self::Exr => "OpenEXR",
        }
    }
}
