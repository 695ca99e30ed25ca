//! Every format through the real program: known pixels come back bit for bit, the hole does not.

mod common;

use common::Desk;
use common::pictures::{
    self, SIDE, assert_filled, eight, floats, read_png, read_tiff, read_webp, sixteen, write_png,
    write_tiff, write_webp,
};
use exr::prelude::{self as exrs, WritableImage};
use tiff::decoder::DecodingResult;
use tiff::encoder::colortype;

fn desk() -> Desk {
    let desk = Desk::new();
    pictures::mask(&desk.path("mask.png"));
    desk
}

#[test]
fn png_of_8_and_16_bits() {
    let desk = desk();
    for channels in 1..=4 {
        write_png(
            &desk.path("a.png"),
            SIDE,
            SIDE,
            channels,
            &eight(channels),
            false,
        );
        let name = format!("out{channels}.png");
        desk.fill("a.png", &name).ok();
        let (bytes, info) = read_png(&desk.path(&name));
        assert_eq!(info.bit_depth, png::BitDepth::Eight);
        assert_filled(&eight(channels), &bytes, channels, &name);

        let big_endian: Vec<u8> = sixteen(channels)
            .into_iter()
            .flat_map(u16::to_be_bytes)
            .collect();
        write_png(&desk.path("b.png"), SIDE, SIDE, channels, &big_endian, true);
        let name = format!("out{channels}_16.png");
        desk.fill("b.png", &name).ok();
        let (bytes, info) = read_png(&desk.path(&name));
        assert_eq!(info.bit_depth, png::BitDepth::Sixteen);
        let values: Vec<u16> = bytes
            .chunks(2)
            .map(|b| u16::from_be_bytes([b[0], b[1]]))
            .collect();
        assert_filled(&sixteen(channels), &values, channels, &name);
    }
}

#[test]
fn png_chunks_come_along() {
    let desk = desk();
    let mut icc = vec![1_u8; 600];
    icc[16..20].copy_from_slice(b"RGB ");
    let mut info = png::Info::with_size(SIDE as u32, SIDE as u32);
    info.color_type = png::ColorType::Rgb;
    info.icc_profile = Some(icc.clone().into());
    info.pixel_dims = Some(png::PixelDimensions {
        xppu: 1234,
        yppu: 5678,
        unit: png::Unit::Meter,
    });
    let file = std::fs::File::create(desk.path("a.png")).unwrap();
    let mut encoder = png::Encoder::with_info(file, info).unwrap();
    encoder
        .add_text_chunk("Author".into(), "somebody".into())
        .unwrap();
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&eight(3))
        .unwrap();
    desk.fill("a.png", "out.png").ok();
    let (_, info) = read_png(&desk.path("out.png"));
    assert_eq!(info.icc_profile.as_deref(), Some(icc.as_slice()));
    assert_eq!(
        info.pixel_dims.map(|dims| (dims.xppu, dims.yppu)),
        Some((1234, 5678))
    );
    assert_eq!(info.uncompressed_latin1_text[0].text, "somebody");
}

/// A camera held upright: stored sideways, EXIF says so, and the mask was painted over what a viewer shows.
#[test]
fn masks_lie_over_the_upright_picture() {
    let desk = Desk::new();
    let (width, height) = (48_usize, 32_usize);
    let bytes: Vec<u8> = (0..width * height * 3)
        .map(|at| (at * 7 % 200) as u8)
        .collect();
    let mut info = png::Info::with_size(width as u32, height as u32);
    info.color_type = png::ColorType::Rgb;
    // One entry: orientation 6, turn 90 degrees clockwise.
    let exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    info.exif_metadata = Some(exif.as_slice().into());
    let file = std::fs::File::create(desk.path("a.png")).unwrap();
    let mut writer = png::Encoder::with_info(file, info)
        .unwrap()
        .write_header()
        .unwrap();
    writer.write_image_data(&bytes).unwrap();
    writer.finish().unwrap();
    // Upright it is 32 wide and 48 high; the hole lies in its upper right corner, which is stored at the upper left.
    let hole = |x: usize, y: usize| (20..28).contains(&x) && (4..12).contains(&y);
    let mask: Vec<u8> = (0..height * width)
        .map(|at| {
            if hole(at % height, at / height) {
                255
            } else {
                0
            }
        })
        .collect();
    write_png(&desk.path("mask.png"), height, width, 1, &mask, false);
    desk.fill("a.png", "out.png").ok();
    let (filled, info) = read_png(&desk.path("out.png"));
    assert_eq!(info.exif_metadata.as_deref(), Some(exif.as_slice()));
    let mut changed = 0;
    for (at, (old, new)) in bytes.chunks(3).zip(filled.chunks(3)).enumerate() {
        let (x, y) = (at % width, at / width);
        // Turned clockwise, column x becomes row x, and row y column (height - 1 - y).
        if hole(height - 1 - y, x) {
            changed += usize::from(old != new);
        } else {
            assert_eq!(old, new, "known pixel {x}, {y}");
        }
    }
    assert!(changed > 32, "{changed}");
}

/// Compositors crop mattes to what is in them.
#[test]
fn a_cropped_matte_lies_where_its_window_says() {
    let desk = Desk::new();
    pictures::picture(&desk.path("a.png"));
    let alpha = exrs::FlatSamples::F16(vec![exrs::f16::from_f32(1.0); 12 * 12]);
    let list = exrs::AnyChannels::sort(vec![exrs::AnyChannel::new("A", alpha)].into());
    let attributes = exrs::LayerAttributes {
        layer_position: exrs::Vec2(18, 16),
        ..exrs::LayerAttributes::named("matte")
    };
    let layer = exrs::Layer::new((12, 12), attributes, exrs::Encoding::default(), list);
    let mut image = exrs::Image::from_layer(layer);
    image.attributes.display_window = exrs::IntegerBounds::from_dimensions((SIDE, SIDE));
    image.write().to_file(desk.path("matte.exr")).unwrap();
    desk.run(&["fill", "a.png", "--mask", "matte.exr", "-o", "out.png"])
        .ok();
    assert_filled(
        &eight(3),
        &read_png(&desk.path("out.png")).0,
        3,
        "cropped matte",
    );
}

#[test]
fn tiff_of_8_16_bits_and_float() {
    let desk = desk();
    write_tiff::<colortype::RGB8>(&desk.path("8.tif"), &eight(3));
    write_tiff::<colortype::RGBA8>(&desk.path("8a.tif"), &eight(4));
    write_tiff::<colortype::Gray16>(&desk.path("16.tif"), &sixteen(1));
    write_tiff::<colortype::RGB16>(&desk.path("16rgb.tif"), &sixteen(3));
    write_tiff::<colortype::RGB32Float>(&desk.path("float.tif"), &floats(3));
    for name in ["8.tif", "8a.tif", "16.tif", "16rgb.tif", "float.tif"] {
        let out = format!("out_{name}");
        desk.fill(name, &out).ok();
        let ((before, _), (after, artist)) =
            (read_tiff(&desk.path(name)), read_tiff(&desk.path(&out)));
        assert_eq!(artist, "somebody", "{name}");
        match (before, after) {
            (DecodingResult::U8(a), DecodingResult::U8(b)) => {
                assert_filled(&a, &b, a.len() / (SIDE * SIDE), name)
            }
            (DecodingResult::U16(a), DecodingResult::U16(b)) => {
                assert_filled(&a, &b, a.len() / (SIDE * SIDE), name)
            }
            (DecodingResult::F32(a), DecodingResult::F32(b)) => assert_filled(&a, &b, 3, name),
            (before, after) => panic!("{name}: {before:?} became {after:?}"),
        }
    }
}

#[test]
fn webp_without_loss() {
    let desk = desk();
    for channels in [3, 4] {
        write_webp(&desk.path("a.webp"), channels);
        let out = format!("out{channels}.webp");
        desk.fill("a.webp", &out).ok();
        assert_filled(
            &eight(channels),
            &read_webp(&desk.path(&out)),
            channels,
            &out,
        );
    }
}

/// The channels of an OpenEXR file, by name.
fn channels(path: &std::path::Path) -> Vec<(String, exrs::FlatSamples)> {
    let image = exrs::read_first_flat_layer_from_file(path).unwrap();
    let list = image.layer_data.channel_data.list;
    list.into_iter()
        .map(|channel| (channel.name.to_string(), channel.sample_data))
        .collect()
}

#[test]
fn openexr_keeps_layers_types_and_attributes() {
    let desk = desk();
    let half = |channel: usize| -> Vec<exrs::f16> {
        (0..SIDE * SIDE)
            .map(|pixel| exrs::f16::from_f32(pictures::value(pixel, channel) * 4.0))
            .collect()
    };
    let list = smallvec(vec![
        exrs::AnyChannel::new("B", exrs::FlatSamples::F16(half(2))),
        exrs::AnyChannel::new("G", exrs::FlatSamples::F16(half(1))),
        exrs::AnyChannel::new("R", exrs::FlatSamples::F16(half(0))),
        exrs::AnyChannel::new(
            "Z",
            exrs::FlatSamples::F32((0..SIDE * SIDE).map(|pixel| pixel as f32).collect()),
        ),
        exrs::AnyChannel::new(
            "id",
            exrs::FlatSamples::U32((0..SIDE * SIDE).map(|pixel| pixel as u32).collect()),
        ),
    ]);
    let mut attributes = exrs::LayerAttributes::named("beauty");
    attributes.comments = Some("a comment".into());
    let layer = exrs::Layer::new((SIDE, SIDE), attributes, exrs::Encoding::default(), list);
    exrs::Image::from_layer(layer)
        .write()
        .to_file(desk.path("a.exr"))
        .unwrap();

    desk.fill("a.exr", "out.exr").ok();
    let (before, after) = (
        channels(&desk.path("a.exr")),
        channels(&desk.path("out.exr")),
    );
    for ((name, old), (new_name, new)) in before.iter().zip(&after) {
        assert_eq!(name, new_name);
        match (old, new) {
            (exrs::FlatSamples::F16(old), exrs::FlatSamples::F16(new)) => {
                assert_filled(old, new, 1, name)
            }
            _ => assert_eq!(old, new, "{name}"),
        }
    }
    let image = exrs::read_first_flat_layer_from_file(desk.path("out.exr")).unwrap();
    assert_eq!(
        image.layer_data.attributes.comments,
        Some("a comment".into())
    );
}

fn smallvec(
    list: Vec<exrs::AnyChannel<exrs::FlatSamples>>,
) -> exrs::AnyChannels<exrs::FlatSamples> {
    exrs::AnyChannels::sort(list.into())
}

#[test]
fn openexr_of_floats_above_one() {
    let desk = desk();
    let values = floats(3);
    exrs::write_rgb_file(desk.path("a.exr"), SIDE, SIDE, |x, y| {
        let at = 3 * (y * SIDE + x);
        (values[at], values[at + 1], values[at + 2])
    })
    .unwrap();
    desk.fill("a.exr", "out.exr").ok();
    for ((name, old), (_, new)) in channels(&desk.path("a.exr"))
        .into_iter()
        .zip(channels(&desk.path("out.exr")))
    {
        let (exrs::FlatSamples::F32(old), exrs::FlatSamples::F32(new)) = (old, new) else {
            panic!("{name}")
        };
        assert_filled(&old, &new, 1, &name);
    }
}

#[test]
fn jpeg_keeps_its_metadata_and_nearly_its_pixels() {
    let desk = desk();
    let mut coded = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut coded, 92);
    encoder
        .add_app_segment(13, b"Photoshop 3.0\0 caption".to_vec())
        .unwrap();
    encoder
        .encode(
            &eight(3),
            SIDE as u16,
            SIDE as u16,
            jpeg_encoder::ColorType::Rgb,
        )
        .unwrap();
    desk.write("a.jpg", &coded);
    desk.fill("a.jpg", "out.jpg").ok();
    let written = desk.bytes("out.jpg");
    assert!(written.windows(7).any(|part| part == b"caption"));
    let decode = |bytes: &[u8]| {
        zune_jpeg::JpegDecoder::new(zune_jpeg::zune_core::bytestream::ZCursor::new(bytes))
            .decode()
            .unwrap()
    };
    let (before, after) = (decode(&coded), decode(&written));
    // Blocks of 8x8 that the hole does not touch, and their neighbours for the chroma.
    let far = |pixel: usize| pixel / SIDE < 8 || pixel / SIDE >= 40;
    let worst = (0..SIDE * SIDE)
        .filter(|&pixel| far(pixel))
        .flat_map(|pixel| 3 * pixel..3 * pixel + 3)
        .map(|at| before[at].abs_diff(after[at]))
        .max();
    assert!(worst <= Some(6), "{worst:?}");
}

#[test]
fn the_extension_decides_the_format_and_losses_are_said() {
    let desk = desk();
    write_tiff::<colortype::RGB32Float>(&desk.path("a.tif"), &floats(3));
    for (name, start) in [
        ("o.png", &b"\x89PNG"[..]),
        ("o.jpg", b"\xff\xd8"),
        ("o.webp", b"RIFF"),
        ("o.exr", b"\x76\x2f\x31\x01"),
    ] {
        let said = desk.fill("a.tif", name).ok().out;
        assert!(desk.bytes(name).starts_with(start), "{name}");
        if name != "o.exr" {
            assert!(said.contains("rounded"), "{name}: {said}");
        }
    }
    desk.fill("a.tif", "o.gif").fails(1, &["o.gif", ".png"]);
}

#[test]
fn what_lies_under_the_mask_is_never_seen() {
    let desk = desk();
    for (name, under) in [("red", [255, 0, 0]), ("blue", [0, 0, 255])] {
        let mut bytes = eight(3);
        for (at, pixel) in bytes.chunks_exact_mut(3).enumerate() {
            if pictures::in_hole(at) {
                pixel.copy_from_slice(&under);
            }
        }
        let path = desk.path(format!("{name}.png"));
        write_png(&path, SIDE, SIDE, 3, &bytes, false);
        desk.fill(&format!("{name}.png"), &format!("{name}-filled.png"))
            .ok();
    }
    assert!(desk.bytes("red-filled.png") == desk.bytes("blue-filled.png"));
}
