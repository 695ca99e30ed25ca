//! Picture files: pixels in, pixels out, and everything else in them carried along.
//!
//! [`read`] makes a [`Document`] of a PNG, JPEG, TIFF, WebP or OpenEXR file, told by its first bytes and not by its
//! name; [`write()`] writes one in the format that the name asks for. A document written in the format it came from
//! keeps its depth, its channels, its colour profile and its metadata. In another format it keeps what that format
//! has a place for, and a note says what it has not. [`decode`] and [`encode`] do the same with bytes that are not in
//! a file.
//!
//! ```
//! use reweave::{Channels, Depth, Format, Picture};
//! use reweave_formats::{Carried, Document, Limits, WriteOptions, read, write};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("grey.png");
//!
//! // A picture of our own has nothing to carry.
//! let format = Format::srgb(Depth::U8, Channels::Grey);
//! let picture = Picture::from_bytes(vec![0, 85, 170, 255], 2, 2, format)?;
//! let notes = write(&path, Document::new(picture, Carried::default()), WriteOptions::default())?;
//! assert!(notes.is_empty(), "PNG holds all of it");
//!
//! // What was read is changed in place, and written with all that came with it.
//! let mut document = read(&path, Limits::default())?;
//! document.picture.bytes_mut()[0] = 42;
//! write(&path, document, WriteOptions::default())?;
//! assert_eq!(read(&path, Limits::default())?.picture.bytes(), [42, 85, 170, 255]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | file | what it knows |
//! |---|---|
//! | [`document`](Document) | what a file holds: pixels, their window, what is carried, notes |
//! | [`carried`](Carried) | profile and metadata, and what only one format has a place for |
//! | `png/`, `jpeg/`, `tiff/`, `webp/`, `exr/` | one folder a format: `read`, `write`, and `own`, what only it can hold |
//! | [`Limits`] | what a file may ask for before it is refused |
//! | `convert` | from one pixel format to another, where a file cannot hold the picture's own |
//! | [`orientation`], [`window`] | how a mask lies over a picture that is stored sideways or in part |
//! | [`place`] | a result appears whole or not at all |
//!
//! Whatever the bytes are, reading ends in a document or in an error that names the file and says what to do.

mod carried;
mod convert;
mod document;
mod error;
mod exr;
mod jpeg;
mod kind;
mod limits;
pub mod orientation;
pub mod place;
mod png;
mod tiff;
mod webp;
pub mod window;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use reweave::Format;

pub use carried::Carried;
pub use document::{Document, WriteOptions};
pub use error::{FileError, Problem};
pub use kind::Kind;
pub use limits::Limits;
pub use orientation::Orientation;
pub use window::Window;

/// Reads a picture file.
///
/// # Errors
/// Where the file is missing, damaged, cut short, larger than `limits` or of a sort that we do not read.
pub fn read(path: &Path, limits: Limits) -> Result<Document, FileError> {
    open(path)
        .and_then(|file| decode(file, limits))
        .map_err(|problem| problem.of(path))
}

fn open(path: &Path) -> Result<BufReader<File>, Problem> {
    let no = |error: &std::io::Error| Problem::io("read", error);
    // A device or a pipe would be waited for without end.
    let metadata = std::fs::metadata(path).map_err(|error| no(&error))?;
    if !metadata.is_file() {
        return Err(Problem::new("is not a file", "name a picture file"));
    }
    let file = File::open(path).map_err(|error| no(&error))?;
    Ok(BufReader::with_capacity(1 << 16, file))
}

/// Reads a picture from bytes that stand at their beginning.
///
/// # Errors
/// As [`read`]; the caller knows what to call the source.
pub fn decode<R: BufRead + Seek + Send>(mut input: R, limits: Limits) -> Result<Document, Problem> {
    let no = |error: std::io::Error| Problem::io("read", &error);
    let mut start = Vec::new();
    Read::by_ref(&mut input)
        .take(16)
        .read_to_end(&mut start)
        .map_err(no)?;
    input.rewind().map_err(no)?;
    if start.is_empty() {
        return Err(Problem::new("is empty", "fetch or export it again"));
    }
    let kind = Kind::of_bytes(&start).ok_or_else(|| {
        Problem::new(
            "is not a PNG, JPEG, TIFF, WebP or OpenEXR picture",
            "convert it to one of these; camera raw files have to be developed first",
        )
    })?;
    let mut document = guarded(kind, || match kind {
        Kind::Png => png::read(input, limits),
        Kind::Jpeg => jpeg::read(input, limits),
        Kind::Tiff => tiff::read(input, limits),
        Kind::Webp => webp::read(input, limits),
        Kind::Exr => exr::read(input, limits),
    })?;
    document.kind = Some(kind);
    Ok(document)
}

/// What `decoder` reads. The decoders are others' code, and files are others' bytes: a panic is that file's error,
/// and does not end the work on the files after it.
fn guarded(
    kind: Kind,
    decoder: impl FnOnce() -> Result<Document, Problem>,
) -> Result<Document, Problem> {
    // What the decoder had in its hands is gone with it, so nothing half-changed is seen afterwards.
    catch_unwind(AssertUnwindSafe(decoder))
        .unwrap_or_else(|_| Err(Problem::damaged(kind.name(), "its decoder gave up")))
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
    place::write(path, |file| encode(file, kind, document, options))
}

/// Writes a document as a file of `kind`. The notes say what the format could not hold.
///
/// # Errors
/// Where the format cannot hold the picture, or `out` cannot be written.
pub fn encode<W: Write + Seek>(
    out: &mut W,
    kind: Kind,
    document: Document,
    options: WriteOptions,
) -> Result<Vec<String>, Problem> {
    let mut notes = Vec::new();
    let Document {
        picture,
        window,
        carried,
        ..
    } = document;
    let format = nearest(kind, picture.format());
    if format != picture.format() {
        notes.extend(
            convert::losses(picture.format(), format).map(|loss| format!("{} {loss}", kind.name())),
        );
    }
    let picture = convert::to(picture, format)?;
    carried.note_losses(kind, &picture, &mut notes);
    match kind {
        Kind::Png => png::write(out, &picture, &carried),
        Kind::Jpeg => jpeg::write(out, &picture, &carried, options),
        Kind::Tiff => tiff::write(out, &picture, &carried),
        Kind::Webp => webp::write(out, &picture, &carried, options),
        Kind::Exr => exr::write(out, &picture, window, carried),
    }?;
    Ok(notes)
}

/// The format of pixels nearest to `format` that this kind of file can hold.
fn nearest(kind: Kind, format: Format) -> Format {
    match kind {
        Kind::Png => png::nearest(format),
        Kind::Jpeg => jpeg::nearest(format),
        Kind::Tiff => format,
        Kind::Webp => webp::nearest(format),
        Kind::Exr => exr::nearest(format),
    }
}

/// The format that would be written to `path`.
///
/// # Errors
/// Where its extension names none.
pub fn writable(path: &Path) -> Result<Kind, FileError> {
    Kind::of_path(path).ok_or_else(|| {
        let what = path.extension().map_or_else(
            || "has no extension that says which format to write".to_owned(),
            |other| {
                format!(
                    "would be a .{} file, which Reweave does not write",
                    other.display()
                )
            },
        );
        Problem::new(what, "end its name with .png, .jpg, .tif, .webp or .exr").of(path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_a_decoder_is_the_files_error() {
        let problem = guarded(Kind::Tiff, || panic!("on purpose")).unwrap_err();
        assert!(problem.what.contains("TIFF"), "{}", problem.what);
    }
}
