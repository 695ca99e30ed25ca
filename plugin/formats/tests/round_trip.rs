//! What is written is what is read, in every format and for every pixel format that it holds.

use std::path::Path;

use reweave::{Alpha, Channels, Depth, Format, Picture, Transfer};

use reweave_formats::{Carried, Document, Kind, Limits, WriteOptions, orientation, read, write};

const CHANNELS: [Channels; 4] = [
    Channels::Grey,
    Channels::GreyAlpha,
    Channels::Rgb,
    Channels::Rgba,
];

/// Noise, so that no two pixels are alike; of floats, finite ones.
fn noise(width: usize, height: usize, format: Format) -> Picture {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    };
    let samples = width * height * format.channels.count();
    let bytes: Vec<u8> = (0..samples)
        .flat_map(|_| match format.depth {
            Depth::U8 => vec![next() as u8],
            Depth::U16 => (next() as u16).to_ne_bytes().to_vec(),
            Depth::F16 => half::f16::from_f32(next() as f32 / 1e6 - 2.0)
                .to_ne_bytes()
                .to_vec(),
            Depth::F32 => (next() as f32 / 1e6 - 2.0).to_ne_bytes().to_vec(),
        })
        .collect();
    Picture::from_bytes(bytes, width, height, format).unwrap()
}

fn document(picture: Picture) -> Document {
    Document::new(picture, Carried::default())
}

fn carried(icc: &[u8], exif: &[u8], xmp: &[u8]) -> Carried {
    let mut carried = Carried::default();
    carried.icc = Some(icc.to_vec());
    carried.exif = Some(exif.to_vec());
    carried.xmp = Some(xmp.to_vec());
    carried
}

/// The picture after a trip over the disk, with the notes of writing it.
fn trip(path: &Path, document: Document) -> (Document, Vec<String>) {
    let notes = write(path, document, WriteOptions::default()).unwrap();
    (read(path, Limits::default()).unwrap(), notes)
}

fn holds(kind: Kind) -> Vec<Format> {
    let formats = |depths: &[Depth], make: fn(Depth, Channels) -> Format| -> Vec<Format> {
        depths
            .iter()
            .flat_map(|&depth| CHANNELS.map(|channels| make(depth, channels)))
            .collect()
    };
    match kind {
        Kind::Png => formats(&[Depth::U8, Depth::U16], Format::srgb),
        Kind::Tiff => [
            formats(&[Depth::U8, Depth::U16], Format::srgb),
            formats(&[Depth::F16, Depth::F32], Format::linear),
        ]
        .concat(),
        Kind::Webp => vec![
            Format::srgb(Depth::U8, Channels::Rgb),
            Format::srgb(Depth::U8, Channels::Rgba),
        ],
        Kind::Exr => formats(&[Depth::F16, Depth::F32], |depth, channels| {
            Format::linear(depth, channels).premultiplied()
        }),
        Kind::Jpeg => Vec::new(),
    }
}

#[test]
fn lossless_formats_keep_every_bit() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, name) in [
        (Kind::Png, "a.png"),
        (Kind::Tiff, "a.tif"),
        (Kind::Webp, "a.webp"),
        (Kind::Exr, "a.exr"),
    ] {
        for format in holds(kind) {
            for (width, height) in [(37, 23), (1, 1), (3, 200)] {
                let picture = noise(width, height, format);
                let (back, notes) = trip(&folder.path().join(name), document(picture.clone()));
                assert_eq!(back.picture.bytes(), picture.bytes(), "{name} {format:?}");
                assert_eq!(notes, [""; 0], "{name} {format:?}");
                let read = back.picture.format();
                assert_eq!(
                    (read.depth, read.channels, read.transfer),
                    (format.depth, format.channels, format.transfer)
                );
                // And once more, now in the file's own format.
                let (again, _) = trip(&folder.path().join(name), back);
                assert_eq!(
                    again.picture,
                    picture_as(&picture, read),
                    "{name} {format:?}"
                );
            }
        }
    }
}

/// Alpha of a picture without an alpha channel means nothing, and formats differ in what they say.
fn picture_as(picture: &Picture, format: Format) -> Picture {
    Picture::from_bytes(
        picture.bytes().to_vec(),
        picture.width(),
        picture.height(),
        format,
    )
    .unwrap()
}

#[test]
fn premultiplied_tiffs_stay_so() {
    let folder = tempfile::tempdir().unwrap();
    let format = Format::srgb(Depth::U8, Channels::Rgba).premultiplied();
    let picture = noise(5, 4, format);
    let (back, _) = trip(&folder.path().join("a.tif"), document(picture.clone()));
    assert_eq!(back.picture, picture);
    let (again, _) = trip(&folder.path().join("b.tif"), back);
    assert_eq!(again.picture.format().alpha, Alpha::Premultiplied);
}

#[test]
fn eight_bits_survive_every_wider_format() {
    let folder = tempfile::tempdir().unwrap();
    let picture = noise(19, 7, Format::srgb(Depth::U8, Channels::Rgb));
    for name in ["a.tif", "a.exr", "a.webp", "a.png"] {
        let (there, _) = trip(&folder.path().join(name), document(picture.clone()));
        let (back, _) = trip(&folder.path().join("back.webp"), there);
        assert_eq!(back.picture.bytes(), picture.bytes(), "{name}");
    }
}

#[test]
fn a_jpeg_written_again_hardly_changes() {
    let folder = tempfile::tempdir().unwrap();
    let smooth: Vec<u8> = (0..64 * 48)
        .flat_map(|at| [(at % 64 * 3) as u8, (at / 64 * 5) as u8, 90])
        .collect();
    let picture =
        Picture::from_bytes(smooth, 64, 48, Format::srgb(Depth::U8, Channels::Rgb)).unwrap();
    for quality in [30, 75, 95] {
        let path = folder.path().join("a.jpg");
        write(
            &path,
            document(picture.clone()),
            WriteOptions {
                quality: Some(quality),
            },
        )
        .unwrap();
        let first = read(&path, Limits::default()).unwrap();
        let pixels = first.picture.clone();
        let (second, _) = trip(&folder.path().join("b.jpg"), first);
        let differences = pixels
            .bytes()
            .iter()
            .zip(second.picture.bytes())
            .map(|(a, b)| a.abs_diff(*b));
        let worst = differences.clone().max().unwrap();
        let mean = differences.map(f64::from).sum::<f64>() / pixels.bytes().len() as f64;
        assert!(
            worst <= 4 && mean < 0.5,
            "quality {quality}: worst {worst}, mean {mean}"
        );
    }
}

#[test]
fn profiles_and_metadata_are_carried() {
    let folder = tempfile::tempdir().unwrap();
    let mut icc = vec![7_u8; 70_000];
    icc[16..20].copy_from_slice(b"RGB ");
    let exif = orientation::exif_of(orientation::Orientation::Rotate90);
    let xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>".to_vec();
    let rgb = noise(8, 8, Format::srgb(Depth::U8, Channels::Rgb));
    for name in ["a.png", "a.jpg", "a.webp", "a.tif"] {
        let mut first = document(rgb.clone());
        first.carried = carried(&icc, &exif, &xmp);
        let path = folder.path().join(name);
        let (back, _) = trip(&path, first);
        let (again, notes) = trip(&path, back);
        assert_eq!(notes, [""; 0], "{name}");
        assert_eq!(again.carried.icc.as_ref(), Some(&icc), "{name}");
        assert_eq!(again.carried.xmp.as_ref(), Some(&xmp), "{name}");
        assert_eq!(
            again.carried.upright(),
            orientation::Orientation::Rotate90,
            "{name}"
        );
        if name != "a.tif" {
            assert_eq!(again.carried.exif.as_ref(), Some(&exif), "{name}");
        }
    }
    // Lossy WebP has a container of our own.
    let mut lossy = document(rgb);
    lossy.carried = carried(&icc, &exif, &xmp);
    let path = folder.path().join("lossy.webp");
    write(&path, lossy, WriteOptions { quality: Some(80) }).unwrap();
    let back = read(&path, Limits::default()).unwrap();
    assert!(
        back.carried.icc.is_some() && back.carried.exif.is_some() && back.carried.xmp.is_some()
    );
}

#[test]
fn a_profile_that_does_not_fit_is_left_out_and_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut icc = vec![0_u8; 200];
    icc[16..20].copy_from_slice(b"CMYK");
    let mut first = document(noise(4, 4, Format::srgb(Depth::U8, Channels::Rgb)));
    first.carried.icc = Some(icc);
    let (back, notes) = trip(&folder.path().join("a.png"), first);
    assert!(back.carried.icc.is_none());
    assert!(
        notes.iter().any(|note| note.contains("profile")),
        "{notes:?}"
    );
}

#[test]
fn what_a_format_cannot_hold_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let float = noise(
        4,
        4,
        Format::linear(Depth::F32, Channels::Rgba).premultiplied(),
    );
    let notes = write(
        &folder.path().join("a.jpg"),
        document(float),
        WriteOptions::default(),
    )
    .unwrap()
    .join(" ");
    for word in ["8 bits", "alpha", "sRGB"] {
        assert!(notes.contains(word), "{word}: {notes}");
    }
    let linear = Format {
        transfer: Transfer::Linear,
        ..Format::srgb(Depth::F32, Channels::Grey)
    };
    let notes = write(
        &folder.path().join("a.png"),
        document(noise(2, 2, linear)),
        WriteOptions::default(),
    )
    .unwrap();
    assert!(notes.join(" ").contains("16 bits"), "{notes:?}");
}

#[test]
fn damaged_files_are_errors_that_name_the_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.png", "a.jpg", "a.tif", "a.webp", "a.exr"] {
        let path = folder.path().join(name);
        write(
            &path,
            document(noise(64, 64, Format::srgb(Depth::U8, Channels::Rgb))),
            WriteOptions::default(),
        )
        .unwrap();
        let whole = std::fs::read(&path).unwrap();
        for keep in [0, 3, 20, whole.len() / 3, whole.len() - 3] {
            std::fs::write(&path, &whole[..keep]).unwrap();
            match read(&path, Limits::default()) {
                Err(error) => assert!(error.to_string().contains(name), "{error}"),
                // A TIFF and an OpenEXR file may end in bytes that say nothing of the pixels.
                Ok(_) => assert!(
                    keep + 3 == whole.len(),
                    "{name} cut at {keep} of {} was read",
                    whole.len()
                ),
            }
        }
        // One flipped byte after the other: an error or a picture, never a crash.
        for at in (0..whole.len()).step_by(whole.len() / 97 + 1) {
            let mut broken = whole.clone();
            broken[at] ^= 0x55;
            std::fs::write(&path, &broken).unwrap();
            let _ = read(&path, Limits::default());
        }
    }
    let error = read(&folder.path().join("missing.png"), Limits::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("missing.png") && error.contains("check the name"),
        "{error}"
    );
    std::fs::write(folder.path().join("text.png"), "not a picture").unwrap();
    let error = read(&folder.path().join("text.png"), Limits::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("text.png") && error.contains("convert"),
        "{error}"
    );
}
