//! What files carry beside their pixels is kept, or it is said that it is not.

mod made;

use std::io::Cursor;

use jpeg_encoder::{ColorType, Encoder};
use made::{rgb, shorts, within};
use reweave::Channels;
use reweave_formats::{Document, Kind, WriteOptions, encode};
use tiff::encoder::{Compression, TiffEncoder, colortype};
use tiff::tags::{Predictor, Tag};

/// The document as a file of `kind`, with the notes of writing it.
fn written(kind: Kind, document: Document) -> (Vec<u8>, Vec<String>) {
    let mut file = Cursor::new(Vec::new());
    let notes = encode(&mut file, kind, document, WriteOptions::default()).unwrap();
    (file.into_inner(), notes)
}

fn jpeg(colours: ColorType) -> Vec<u8> {
    let samples = if matches!(colours, ColorType::Cmyk) {
        4
    } else {
        3
    };
    let pixels: Vec<u8> = (0..48 * 48 * samples)
        .map(|at| (at * at / 5 % 251) as u8)
        .collect();
    let mut file = Vec::new();
    let encoder = Encoder::new(&mut file, 90);
    encoder.encode(&pixels, 48, 48, colours).unwrap();
    file
}

#[test]
fn a_jpeg_without_half_of_its_scan_is_damaged() {
    let whole = jpeg(ColorType::Rgb);
    assert_eq!(within(64, &whole).unwrap().damage, None);
    let middle = whole.len() / 2;
    let cut = [&whole[..middle], &[0xff, 0xd9]].concat();
    let damage = within(64, &cut).unwrap().damage.unwrap();
    assert!(
        damage.contains('%') && damage.contains("missing"),
        "{damage}"
    );
}

#[test]
fn comments_of_a_jpeg_stay() {
    let plain = jpeg(ColorType::Rgb);
    let comments: [&[u8]; 2] = [b"taken by somebody", b"\xff\xd8 not text"];
    let mut file = plain[..2].to_vec();
    for comment in comments {
        file.extend([0xff, 0xfe, 0, comment.len() as u8 + 2]);
        file.extend(comment);
    }
    file.extend(&plain[2..]);
    let (again, notes) = written(Kind::Jpeg, within(64, &file).unwrap());
    assert_eq!(notes, [""; 0]);
    for comment in comments {
        let is_there = again.windows(comment.len()).any(|part| part == comment);
        assert!(is_there, "{comment:?}");
    }
    // JFIF's own segment is still the first, and the pixels are those of a file without comments.
    assert_eq!(again[..4], [0xff, 0xd8, 0xff, 0xe0]);
    let (without, _) = written(Kind::Jpeg, within(64, &plain).unwrap());
    let pixels = |file: &[u8]| within(64, file).unwrap().picture.into_bytes();
    assert_eq!(pixels(&again), pixels(&without));
    let (_, notes) = written(Kind::Png, within(64, &file).unwrap());
    assert!(notes.join(" ").contains("comments"), "{notes:?}");
}

#[test]
fn cmyk_becomes_rgb_and_it_is_said() {
    let read = within(64, &jpeg(ColorType::Cmyk)).unwrap();
    assert_eq!(read.picture.format().channels, Channels::Rgb);
    assert!(read.notes.join(" ").contains("CMYK"), "{:?}", read.notes);
    assert_eq!(within(64, &jpeg(ColorType::Rgb)).unwrap().notes, [""; 0]);
}

#[test]
fn chunks_that_nobody_knows_stay() {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 2, 2);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    // The last letter says whether a chunk may be copied when the pixels have changed.
    let chunks: [([u8; 4], &[u8]); 3] =
        [(*b"vpAg", b"safe"), (*b"teSt", b""), (*b"iDOT", b"unsafe")];
    for (name, data) in chunks {
        let name = png::chunk::ChunkType(name);
        writer.write_chunk(name, data).unwrap();
    }
    writer.write_image_data(&[5; 12]).unwrap();
    writer.finish().unwrap();
    let read = within(64, &file).unwrap();
    let notes = read.notes.join(" ");
    assert!(notes.contains("iDOT") && !notes.contains("vpAg"), "{notes}");
    let (again, notes) = written(Kind::Png, read);
    assert_eq!(notes, [""; 0]);
    let has = |name: &[u8]| again.windows(name.len()).any(|part| part == name);
    assert!(has(b"vpAgsafe"));
    assert!(!has(b"iDOT") && !has(b"unsafe"));
    // And a second time: what was written is what is read.
    let (third, _) = written(Kind::Png, within(64, &again).unwrap());
    assert_eq!(third, again);
}

/// The decoder drops such samples, and where there is a predictor, spoils the others.
#[test]
fn an_extra_sample_without_a_meaning_stays() {
    let (width, height) = (7, 5);
    let pixels: Vec<u8> = (0..width * height * 4)
        .map(|at| (at * at % 253) as u8)
        .collect();
    for (compression, predictor) in [
        (Compression::Uncompressed, Predictor::None),
        (Compression::Lzw, Predictor::Horizontal),
    ] {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file)
            .unwrap()
            .with_compression(compression)
            .with_predictor(predictor);
        let mut image = encoder
            .new_image::<colortype::RGBA8>(width as u32, height as u32)
            .unwrap();
        image.encoder().write_tag(Tag::ExtraSamples, 0_u16).unwrap();
        image.write_data(&pixels).unwrap();
        let mut read = within(64, file.get_ref()).unwrap();
        assert_eq!(read.picture.format().channels, Channels::Rgb);
        let colours: Vec<u8> = pixels
            .chunks(4)
            .flat_map(|pixel| &pixel[..3])
            .copied()
            .collect();
        assert_eq!(read.picture.bytes(), colours, "{predictor:?}");
        assert!(read.notes.join(" ").contains("extra channel"));
        read.picture.bytes_mut()[0] ^= 0xff;
        let (again, _) = written(Kind::Tiff, read);
        // A reader that takes the sample for alpha sees all four.
        let as_alpha = patched(&again);
        let seen = within(64, &as_alpha).unwrap();
        let mut expected = pixels.clone();
        expected[0] ^= 0xff;
        assert_eq!(seen.picture.bytes(), expected, "{predictor:?}");
        assert_eq!(
            within(64, &again).unwrap().picture.format().channels,
            Channels::Rgb
        );
    }
}

/// The file with its extra sample called alpha.
fn patched(file: &[u8]) -> Vec<u8> {
    let entry = [338_u16.to_le_bytes(), 3_u16.to_le_bytes()].concat();
    let place = file
        .windows(4)
        .rposition(|part| part == entry)
        .expect("the tag is written");
    let mut file = file.to_vec();
    assert_eq!(file[place + 4..place + 10], [1, 0, 0, 0, 0, 0]);
    file[place + 8] = 2;
    file
}

/// As other programs write it: the tags in one strip, big or small.
#[test]
fn a_plain_tiff_with_an_extra_sample_is_read() {
    let mut tags = rgb(2, 1);
    tags.retain(|tag| ![258, 277, 279].contains(&tag.0));
    tags.extend([
        shorts(258, &[8; 4]),
        shorts(277, &[4]),
        made::longs(279, &[8]),
        shorts(338, &[0]),
    ]);
    let read = within(1, &made::tiff(&[1, 2, 3, 4, 5, 6, 7, 8], tags)).unwrap();
    assert_eq!(read.picture.bytes(), [1, 2, 3, 5, 6, 7]);
}
