//! Tags of a TIFF that say something about the picture, and the directories they point to.

use std::io::{Read, Seek};

use image::metadata::Orientation;
use tiff::decoder::{Decoder, IfdDecoder};
use tiff::tags::{ByteOrder, Tag, Type, ValueBuffer};

use super::own::{Own, XMP};
use super::refused::refused;
use crate::carried::Carried;
use crate::error::Problem;
use crate::limits::Budget;

/// Layers as Photoshop keeps them, which its users would see instead of the fill.
const PHOTOSHOP_LAYERS: u16 = 37724;
/// Tags that say how the pixels are stored. They are the encoder's business.
const STRUCTURE: [u16; 31] = [
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 277, 278, 279, 280, 281, 284, 288,
    289, 317, 320, 322, 323, 324, 325, 330, 338, 339, 347, 530,
];
/// Directories inside EXIF that cannot be moved: interoperability, and the maker's note with its places in the old file.
const IMMOVABLE: [u16; 2] = [40965, 37500];

/// What the first directory carries, and notes on what is left behind.
pub(super) fn read<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    file_bytes: u64,
    budget: &mut Budget,
) -> Result<(Carried, Own, Vec<String>), Problem> {
    let mut notes = Vec::new();
    if decoder.more_images() {
        notes.push("only the first page of the TIFF is filled and written".to_owned());
    }
    let compression = decoder
        .find_tag_unsigned(Tag::Compression)
        .map_err(refused)?
        .unwrap_or(1);
    let mut own = Own {
        tags: Vec::new(),
        directories: Vec::new(),
        compression,
        is_premultiplied: false,
        extra_sample: None,
    };
    let mut carried = Carried::default();
    let mut ifd = decoder.image_ifd();
    let tags: Vec<Tag> = ifd.directory().iter().map(|(tag, _)| tag).collect();
    let mut pointers = Vec::new();
    for tag in tags {
        match tag.to_u16() {
            number if STRUCTURE.contains(&number) => continue,
            PHOTOSHOP_LAYERS => {
                notes.push("Photoshop's layers are left out: they would hide the fill".to_owned());
                continue;
            }
            _ => {}
        }
        let Some(value) = value(&mut ifd, tag, file_bytes, budget)? else {
            continue;
        };
        match tag {
            Tag::ExifDirectory | Tag::GpsDirectory => pointers.push(tag),
            Tag::IccProfile => carried.icc = Some(value.as_bytes().to_vec()),
            XMP => carried.xmp = Some(value.as_bytes().to_vec()),
            Tag::Orientation => {
                let number = value
                    .as_bytes()
                    .first_chunk()
                    .map_or(1, |bytes| u16::from_ne_bytes(*bytes));
                carried.orientation = u8::try_from(number).ok().and_then(Orientation::from_exif);
            }
            _ => own.tags.push((tag, value)),
        }
    }
    for tag in pointers {
        let tags = directory(decoder, tag, file_bytes, budget)?;
        if !tags.is_empty() {
            own.directories.push((tag, tags));
        }
    }
    Ok((carried, own, notes))
}

/// The value of a tag; none where it cannot be read, which is not worth losing the picture for.
fn value(
    ifd: &mut IfdDecoder<'_>,
    tag: Tag,
    file_bytes: u64,
    budget: &mut Budget,
) -> Result<Option<ValueBuffer>, Problem> {
    let Some(entry) = ifd.directory().get(tag) else {
        return Ok(None);
    };
    let bytes = entry
        .count()
        .saturating_mul(bytes_of_one(entry.field_type()));
    // No value is larger than the file that it stands in, whatever its count says.
    if bytes > file_bytes {
        return Ok(None);
    }
    budget.take(bytes, "its tags")?;
    let mut value = ValueBuffer::empty(Type::BYTE);
    if !matches!(ifd.find_tag_buf(tag, &mut value), Ok(Some(_))) {
        return Ok(None);
    }
    value.set_byte_order(ByteOrder::native());
    Ok(Some(value))
}

fn bytes_of_one(kind: Type) -> u64 {
    match kind {
        Type::BYTE | Type::ASCII | Type::SBYTE | Type::UNDEFINED => 1,
        Type::SHORT | Type::SSHORT => 2,
        Type::LONG | Type::SLONG | Type::FLOAT | Type::IFD => 4,
        _ => 8,
    }
}

/// The tags of the directory that `tag` points to; none where it cannot be read.
fn directory<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    tag: Tag,
    file_bytes: u64,
    budget: &mut Budget,
) -> Result<Vec<(Tag, ValueBuffer)>, Problem> {
    let pointer = decoder.find_tag(tag).ok().flatten();
    let pointer = pointer.and_then(|pointer| pointer.into_ifd_pointer().ok());
    let Some(directory) = pointer.and_then(|pointer| decoder.read_directory(pointer).ok()) else {
        return Ok(Vec::new());
    };
    let tags: Vec<Tag> = directory.iter().map(|(tag, _)| tag).collect();
    let mut ifd = decoder.read_directory_tags(&directory);
    let mut values = Vec::new();
    for tag in tags {
        if !IMMOVABLE.contains(&tag.to_u16())
            && let Some(value) = value(&mut ifd, tag, file_bytes, budget)?
        {
            values.push((tag, value));
        }
    }
    Ok(values)
}
