//! Files put together byte by byte, as no encoder would write them.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::Cursor;

use reweave_formats::{Document, Limits, Problem, decode};

/// Reads bytes as a picture, within 500 megapixels and so many MiB.
pub fn within(mebibytes: u64, bytes: &[u8]) -> Result<Document, Problem> {
    let limits = Limits {
        memory: mebibytes << 20,
        ..Limits::default()
    };
    decode(Cursor::new(bytes), limits)
}

/// A tag of a little-endian TIFF: its number, its type, how many values it says it has, and their bytes.
pub type Tag = (u16, u16, u32, Vec<u8>);

pub const BYTE: u16 = 1;
pub const SHORT: u16 = 3;
pub const LONG: u16 = 4;

/// A tag with so many numbers of 16 bits as it says.
pub fn shorts(tag: u16, values: &[u16]) -> Tag {
    let bytes = values.iter().copied().flat_map(u16::to_le_bytes).collect();
    (tag, SHORT, values.len() as u32, bytes)
}

/// A tag with so many numbers of 32 bits as it says.
pub fn longs(tag: u16, values: &[u32]) -> Tag {
    let bytes = values.iter().copied().flat_map(u32::to_le_bytes).collect();
    (tag, LONG, values.len() as u32, bytes)
}

/// A little-endian TIFF: the header, `pixels` at byte 8, the directory, and the values that do not fit in it.
pub fn tiff(pixels: &[u8], mut tags: Vec<Tag>) -> Vec<u8> {
    tags.sort_by_key(|tag| tag.0);
    let directory = 8 + pixels.len();
    let mut file = b"II*\0".to_vec();
    file.extend((directory as u32).to_le_bytes());
    file.extend(pixels);
    let mut values = Vec::new();
    let behind = directory + 2 + 12 * tags.len() + 4;
    file.extend((tags.len() as u16).to_le_bytes());
    for (tag, kind, count, mut bytes) in tags {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(count.to_le_bytes());
        if bytes.len() > 4 {
            file.extend(((behind + values.len()) as u32).to_le_bytes());
            values.append(&mut bytes);
        } else {
            bytes.resize(4, 0);
            file.extend(bytes);
        }
    }
    file.extend(0_u32.to_le_bytes());
    file.extend(values);
    file
}

/// The tags of an uncompressed RGB TIFF of 8 bits in one strip at byte 8.
pub fn rgb(width: u16, height: u16) -> Vec<Tag> {
    vec![
        shorts(256, &[width]),
        shorts(257, &[height]),
        shorts(258, &[8, 8, 8]),
        shorts(259, &[1]),
        shorts(262, &[2]),
        longs(273, &[8]),
        shorts(277, &[3]),
        shorts(278, &[height]),
        longs(279, &[u32::from(width) * u32::from(height) * 3]),
    ]
}

/// A TIFF whose colours are stored one after the other, in tiles of 16x16 that reach beyond the picture. The value of
/// a sample is `value(x, y, colour)`, in `bytes` bytes.
pub fn planar_tiles(
    width: usize,
    height: usize,
    bytes: usize,
    value: impl Fn(usize, usize, usize) -> u16,
) -> Vec<u8> {
    const SIDE: usize = 16;
    let (across, down) = (width.div_ceil(SIDE), height.div_ceil(SIDE));
    let mut pixels = Vec::new();
    let mut places = Vec::new();
    for tile in 0..3 * across * down {
        places.push(8 + pixels.len() as u32);
        let colour = tile / (across * down);
        let (left, top) = (tile % across * SIDE, tile / across % down * SIDE);
        for (y, x) in (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (y, x))) {
            let sample = value(left + x, top + y, colour).to_le_bytes();
            pixels.extend(&sample[..bytes]);
        }
    }
    let tags = vec![
        shorts(256, &[width as u16]),
        shorts(257, &[height as u16]),
        shorts(258, &[8 * bytes as u16; 3]),
        shorts(259, &[1]),
        shorts(262, &[2]),
        shorts(277, &[3]),
        shorts(284, &[2]),
        shorts(322, &[SIDE as u16]),
        shorts(323, &[SIDE as u16]),
        longs(324, &places),
        longs(325, &vec![(SIDE * SIDE * bytes) as u32; places.len()]),
    ];
    tiff(&pixels, tags)
}

/// The header of an OpenEXR file with so many half channels of so many pixels a side, and nothing behind it.
pub fn exr(channels: usize, side: i32) -> Vec<u8> {
    let mut file = vec![0x76, 0x2f, 0x31, 0x01, 2, 0, 0, 0];
    let mut attribute = |name: &str, kind: &str, value: &[u8]| {
        for text in [name, kind] {
            file.extend(text.as_bytes());
            file.push(0);
        }
        file.extend((value.len() as i32).to_le_bytes());
        file.extend(value);
    };
    let mut list = Vec::new();
    for number in 0..channels {
        list.extend(format!("c{number:03}\0").as_bytes());
        // Half, as it is, one sample a pixel.
        for value in [1_i32, 0, 1, 1] {
            list.extend(value.to_le_bytes());
        }
    }
    list.push(0);
    let window: Vec<u8> = [0, 0, side - 1, side - 1]
        .into_iter()
        .flat_map(i32::to_le_bytes)
        .collect();
    attribute("channels", "chlist", &list);
    attribute("compression", "compression", &[0]);
    attribute("dataWindow", "box2i", &window);
    attribute("displayWindow", "box2i", &window);
    attribute("lineOrder", "lineOrder", &[0]);
    attribute("pixelAspectRatio", "float", &1_f32.to_le_bytes());
    attribute("screenWindowCenter", "v2f", &[0; 8]);
    attribute("screenWindowWidth", "float", &1_f32.to_le_bytes());
    file.push(0);
    file
}
