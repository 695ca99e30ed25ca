//! Picture files: pixels in, pixels out, and everything else in them carried along.
//!
//! One file a format. Each reads a [`Document`] and writes one; a document written in the format it came from keeps
//! its depth, its channels, its colour profile and its metadata. In another format it keeps what that format has a
//! place for, and a note says what it has not.

pub mod carried;
pub mod convert;
pub mod error;
pub mod exr;
pub mod jpeg;
pub mod limits;
pub mod orientation;
pub mod place;
pub mod png;
#[cfg(test)]
mod round_trip;
pub mod tiff;
pub mod webp;
pub mod window;

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use reweave::{Format, Picture};

use carried::Carried;
use error::{FileError, Problem};
use limits::Limits;
use window::Window;

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
    fn of_bytes(start: &[u8]) -> Option<Self> {
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

    /// The format of pixels nearest to `format` that this kind of file can hold.
    fn nearest(self, format: Format) -> Format {
        match self {
            Self::Png => png::nearest(format),
            Self::Jpeg => jpeg::nearest(format),
            Self::Tiff => format,
            Self::Webp => webp::nearest(format),
            Self::Exr => exr::nearest(format),
        }
    }
}

/// What a file holds.
#[derive(Debug)]
pub struct Document {
    /// Its pixels.
    pub picture: Picture,
    /// Where they lie (OpenEXR); elsewhere the whole picture.
    pub window: Window,
    /// Everything else.
    pub carried: Carried,
    /// What a reader should know: pages left out, profiles that do not fit.
    pub notes: Vec<String>,
}

/// How to write.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteOptions {
    /// JPEG and WebP: 1 to 100. None means the picture's own for JPEG, and lossless for WebP.
    pub quality: Option<u8>,
}

/// A file that can be read from its start and again.
type Input = BufReader<File>;

/// Reads a picture file.
///
/// # Errors
/// Where the file is missing, damaged, cut short, larger than `limits` or of a sort that we do not read.
pub fn read(path: &Path, limits: Limits) -> Result<Document, FileError> {
    open(path)
        .and_then(|(input, kind)| match kind {
            Kind::Png => png::read(input, limits),
            Kind::Jpeg => jpeg::read(input, limits),
            Kind::Tiff => tiff::read(input, limits),
            Kind::Webp => webp::read(input, limits),
            Kind::Exr => exr::read(input, limits),
        })
        .map_err(|problem| problem.of(path))
}

fn open(path: &Path) -> Result<(Input, Kind), Problem> {
    let no = |error: &std::io::Error| Problem::io("read", error);
    // A device or a pipe would be waited for without end.
    let metadata = std::fs::metadata(path).map_err(|error| no(&error))?;
    if !metadata.is_file() {
        return Err(Problem::new("is not a file", "name a picture file"));
    }
    let mut input =
        BufReader::with_capacity(1 << 16, File::open(path).map_err(|error| no(&error))?);
    let mut start = Vec::new();
    Read::by_ref(&mut input)
        .take(16)
        .read_to_end(&mut start)
        .map_err(|error| no(&error))?;
    input.rewind().map_err(|error| no(&error))?;
    if start.is_empty() {
        return Err(Problem::new("is empty", "fetch or export it again"));
    }
    let kind = Kind::of_bytes(&start).ok_or_else(|| {
        Problem::new(
            "is not a PNG, JPEG, TIFF, WebP or OpenEXR picture",
            "convert it to one of these; camera raw files have to be developed first",
        )
    })?;
    Ok((input, kind))
}

/// Writes a document in the format of the file's extension, under a temporary name that is then renamed.
///
/// The notes say what the format could not hold.
///
/// # Errors
/// Where the extension names no format that we write, or the file cannot be written. Then nothing has changed.
pub fn write(
    path: &Path,
    document: Document,
    options: WriteOptions,
) -> Result<Vec<String>, FileError> {
    let kind = writable(path)?;
    let mut notes = Vec::new();
    let Document {
        picture,
        window,
        carried,
        ..
    } = document;
    let format = kind.nearest(picture.format());
    if format != picture.format() {
        notes.extend(
            convert::losses(picture.format(), format).map(|loss| format!("{} {loss}", kind.name())),
        );
    }
    let picture = convert::to(picture, format).map_err(|problem| problem.of(path))?;
    carried.note_losses(kind, &picture, &mut notes);
    place::write(path, |file| match kind {
        Kind::Png => png::write(file, &picture, &carried),
        Kind::Jpeg => jpeg::write(file, &picture, &carried, options),
        Kind::Tiff => tiff::write(file, &picture, &carried),
        Kind::Webp => webp::write(file, &picture, &carried, options),
        Kind::Exr => exr::write(file, &picture, window, &carried),
    })?;
    Ok(notes)
}

/// The format that would be written to `path`.
///
/// # Errors
/// Where its extension names none.
pub fn writable(path: &Path) -> Result<Kind, FileError> {
    Kind::of_path(path).ok_or_else(|| {
        Problem::new(
            "has no extension that says which format to write",
            "end its name with .png, .jpg, .tif, .webp or .exr",
        )
        .of(path)
    })
}

/// A picture from its bytes; what does not fit is a damaged file.
fn picture(
    width: usize,
    height: usize,
    format: Format,
    bytes: Vec<u8>,
) -> Result<Picture, Problem> {
    Picture::from_bytes(bytes, width, height, format)
        .map_err(|error| Problem::damaged("pixels", error))
}
