//! Files that were made to bring a reader down: an error that says what they asked for, and no memory taken for them.

mod made;

use std::path::Path;

use made::{BYTE, longs, planar_tiles, rgb, shorts, tiff, within};
use reweave::{Channels, Depth, Format, Picture};
use reweave_formats::{Carried, Document, Kind, Problem, WriteOptions, encode};

/// Asserts that memory was what a file was refused for.
fn assert_too_much(result: Result<Document, Problem>, what: &str) {
    let Err(problem) = result else {
        panic!("{what} was read");
    };
    assert!(
        problem.what.contains("memory") && problem.advice.contains("--max-memory"),
        "{what}: {}; {}",
        problem.what,
        problem.advice
    );
}

fn grey(side: usize) -> Picture {
    let format = Format::srgb(Depth::U8, Channels::Grey);
    Picture::from_bytes(vec![77; side * side], side, side, format).unwrap()
}

fn encoded(kind: Kind, document: Document) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    encode(&mut file, kind, document, WriteOptions::default()).unwrap();
    file.into_inner()
}

/// The decoder's own assembly panics where the lowest tiles reach beyond the picture.
#[test]
fn tiles_of_separate_colours_are_read() {
    let value = |x: usize, y: usize, colour: usize| (x * 7 + y * 251 + colour * 91) as u16;
    for (width, height) in [(21, 19), (16, 33), (40, 16), (1, 1)] {
        for bytes in [1, 2] {
            let file = planar_tiles(width, height, bytes, value);
            let read = within(1, &file).unwrap();
            let expected: Vec<u8> = (0..height)
                .flat_map(|y| (0..width).map(move |x| (x, y)))
                .flat_map(|(x, y)| [0, 1, 2].map(|colour| value(x, y, colour)))
                .flat_map(|sample| match bytes {
                    1 => vec![sample as u8],
                    _ => sample.to_ne_bytes().to_vec(),
                })
                .collect();
            assert_eq!(read.picture.bytes(), expected, "{width}x{height}, {bytes}");
        }
    }
}

#[test]
fn strips_of_separate_colours_are_read() {
    let (width, height) = (5_u16, 4_u16);
    let pixels: Vec<u8> = (0..60).collect();
    // Strips of 3 rows and of 1 row for each colour.
    let places = [8, 23, 28, 43, 48, 63];
    let mut tags = rgb(width, height);
    tags.retain(|tag| ![273, 278, 279].contains(&tag.0));
    tags.extend([
        longs(273, &places),
        shorts(278, &[3]),
        longs(279, &[15, 5, 15, 5, 15, 5]),
        shorts(284, &[2]),
    ]);
    let read = within(1, &tiff(&pixels, tags)).unwrap();
    let expected: Vec<u8> = (0..20).flat_map(|at| [at, at + 20, at + 40]).collect();
    assert_eq!(read.picture.bytes(), expected);
}

#[test]
fn counts_of_tags_are_no_orders_for_memory() {
    let pixels = vec![9; 12];
    // A value that would not fit in the file is not looked for.
    for count in [0x7fff_ffff, 0xffff_fff0] {
        let mut tags = rgb(2, 2);
        tags.push((700, BYTE, count, vec![0; 4]));
        let read = within(1, &tiff(&pixels, tags)).unwrap();
        assert_eq!(read.picture.bytes(), pixels);
        assert!(read.carried.xmp.is_none());
        // Nor are so many strips.
        let mut tags = rgb(2, 2);
        tags.retain(|tag| tag.0 != 273);
        tags.push((273, made::LONG, count, vec![8, 0, 0, 0]));
        assert!(within(1, &tiff(&pixels, tags)).is_err());
    }
    // Many tags that point to the same bytes are as much memory as if each had its own.
    let bytes = vec![9; 1 << 20];
    let mut tags = rgb(2, 2);
    let place = 8_u32.to_le_bytes().to_vec();
    tags.extend((60_000..60_040).map(|tag| (tag, BYTE, 1 << 20, place.clone())));
    let file = tiff(&bytes, tags);
    assert!(within(64, &file).is_ok());
    assert_too_much(within(16, &file), "40 tags of a megabyte");
}

#[test]
fn tiles_as_large_as_a_continent_are_refused() {
    let mut tags = rgb(2, 2);
    tags.retain(|tag| ![273, 278, 279].contains(&tag.0));
    tags.extend([
        longs(322, &[0x7fff_fff0]),
        longs(323, &[0x7fff_fff0]),
        longs(324, &[8]),
        longs(325, &[12]),
    ]);
    assert_too_much(within(64, &tiff(&[0; 12], tags)), "a tile of gigabytes");
}

#[test]
fn channels_count() {
    // 484 megapixels are allowed; a hundred times as much memory is not.
    let file = made::exr(100, 22_000);
    assert!(file.len() < 4096);
    assert_too_much(within(4096, &file), "100 channels");
    // And a picture that is whole: 64x64 pixels of 4 half channels, as they are and as a picture.
    let format = Format::linear(Depth::F16, Channels::Rgba).premultiplied();
    let picture = Picture::new(512, 512, format).unwrap();
    let file = encoded(Kind::Exr, Document::new(picture, Carried::default()));
    assert!(within(4, &file).is_ok());
    assert_too_much(within(3, &file), "a small budget");
}

#[test]
fn metadata_comes_out_of_the_same_budget() {
    for kind in [Kind::Png, Kind::Webp, Kind::Tiff, Kind::Jpeg] {
        let mut carried = Carried::default();
        let mut icc = vec![0; 3 << 20];
        icc[16..20].copy_from_slice(b"RGB ");
        let format = Format::srgb(Depth::U8, Channels::Rgb);
        let picture = Picture::new(64, 64, format).unwrap();
        carried.icc = Some(icc);
        let file = encoded(kind, Document::new(picture, carried));
        let read = within(16, &file).unwrap_or_else(|problem| panic!("{kind:?}: {}", problem.what));
        assert_eq!(read.carried.icc.map(|icc| icc.len()), Some(3 << 20));
        match (kind, within(2, &file)) {
            // 3 MiB of zeros are a few bytes in a PNG, and its decoder does without a profile.
            (Kind::Png, read) => {
                let read = read.unwrap();
                assert!(read.carried.icc.is_none());
                assert!(read.notes.join(" ").contains("profile"), "{:?}", read.notes);
            }
            (_, read) => assert_too_much(read, kind.name()),
        }
    }
}

#[test]
fn pixels_come_out_of_the_budget() {
    for kind in [Kind::Png, Kind::Jpeg, Kind::Tiff, Kind::Webp, Kind::Exr] {
        let file = encoded(kind, Document::new(grey(1100), Carried::default()));
        assert!(within(64, &file).is_ok(), "{kind:?}");
        assert_too_much(within(1, &file), kind.name());
    }
}

/// What fuzzing starts from: each is read or refused, and none brings the reader down.
#[test]
fn seeds_of_the_fuzzer_are_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/picture");
    let mut seeds = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let _ = within(64, &bytes);
        seeds += 1;
    }
    assert!(seeds > 0);
}
