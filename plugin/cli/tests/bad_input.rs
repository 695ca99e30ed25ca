//! Bad input: an error that names the file and says what to do, and nothing lost or half written.

mod common;

use common::Desk;
use common::pictures::{self, SIDE, eight, flat_mask, mask, picture, read_png, write_png};

fn desk() -> Desk {
    let desk = Desk::new();
    picture(&desk.path("a.png"));
    mask(&desk.path("mask.png"));
    desk
}

#[test]
fn missing_files() {
    let desk = desk();
    desk.fill("none.png", "out.png")
        .fails(1, &["none.png", "check the name"]);
    desk.run(&["fill", "a.png", "--mask", "none.png", "-o", "out.png"])
        .fails(1, &["none.png", "check the name"]);
    assert_eq!(desk.names(), ["a.png", "mask.png"]);
}

#[test]
fn truncated_files() {
    let desk = desk();
    let whole = desk.bytes("a.png");
    for keep in [0, 5, 30, whole.len() / 2, whole.len() - 20] {
        desk.write("b.png", &whole[..keep]);
        desk.fill("b.png", "out.png").fails(1, &["b.png", "again"]);
    }
    desk.write("cut.png", &desk.bytes("mask.png")[..60]);
    desk.run(&["fill", "a.png", "--mask", "cut.png", "-o", "out.png"])
        .fails(1, &["cut.png", "again"]);
    assert!(!desk.exists("out.png"));
}

/// A PNG that promises 4 gigapixels in 60 bytes.
fn bomb() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = b"IHDR".to_vec();
    header.extend(65_535_u32.to_be_bytes());
    header.extend(65_535_u32.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    bytes.extend(13_u32.to_be_bytes());
    bytes.extend(&header);
    bytes.extend(crc(&header).to_be_bytes());
    bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[test]
fn decompression_bombs_are_refused_by_their_header() {
    let desk = desk();
    desk.write("bomb.png", &bomb());
    let began = std::time::Instant::now();
    desk.fill("bomb.png", "out.png")
        .fails(1, &["bomb.png", "65535x65535", "--max-megapixels"]);
    desk.run(&["fill", "a.png", "--mask", "bomb.png", "-o", "out.png"])
        .fails(1, &["bomb.png"]);
    assert!(began.elapsed().as_secs() < 5);
    desk.run(&[
        "fill",
        "a.png",
        "--mask",
        "mask.png",
        "-o",
        "out.png",
        "--max-megapixels",
        "1",
    ])
    .ok();
}

#[test]
fn a_mask_of_another_size() {
    let desk = desk();
    flat_mask(&desk.path("small.png"), 20, 10, 255);
    desk.run(&["fill", "a.png", "--mask", "small.png", "-o", "out.png"])
        .fails(
            1,
            &[
                "small.png",
                "20x10",
                "a.png",
                "48x48",
                "as large as the picture",
            ],
        );
    assert!(!desk.exists("out.png"));
}

#[test]
fn an_all_black_mask_gives_the_picture_back() {
    let desk = desk();
    flat_mask(&desk.path("black.png"), SIDE, SIDE, 0);
    let said = desk
        .run(&["fill", "a.png", "--mask", "black.png", "-o", "out.png"])
        .ok()
        .out;
    assert!(
        said.contains("nothing to fill") && said.contains("unchanged"),
        "{said}"
    );
    assert_eq!(desk.bytes("out.png"), desk.bytes("a.png"));
    desk.run(&["fill", "a.png", "--mask", "black.png", "-o", "out.tif"])
        .ok();
    assert!(desk.exists("out.tif"));
}

/// The result is what its name says, whatever the picture's name says.
#[test]
fn an_all_black_mask_does_not_copy_a_jpeg_into_a_png() {
    let desk = desk();
    flat_mask(&desk.path("black.png"), SIDE, SIDE, 0);
    desk.write("wrong.png", &jpeg());
    desk.run(&["fill", "wrong.png", "--mask", "black.png", "-o", "out.png"])
        .ok();
    assert!(desk.bytes("out.png").starts_with(b"\x89PNG"));
    desk.run(&["fill", "wrong.png", "--mask", "black.png", "-o", "out.jpg"])
        .ok();
    assert_eq!(desk.bytes("out.jpg"), jpeg());
}

#[test]
fn an_all_white_mask_is_filled_and_told_what_it_is() {
    let desk = desk();
    flat_mask(&desk.path("white.png"), SIDE, SIDE, 255);
    let said = desk
        .run(&["fill", "a.png", "--mask", "white.png", "-o", "out.png"])
        .ok()
        .out;
    assert!(
        said.contains("white.png covers the whole picture") && said.contains("--invert"),
        "{said}"
    );
    let said = desk.fill("a.png", "part.png").ok().out;
    assert!(!said.contains("whole picture"), "{said}");
}

/// The test picture as a JPEG.
fn jpeg() -> Vec<u8> {
    let mut coded = Vec::new();
    let side = SIDE as u16;
    jpeg_encoder::Encoder::new(&mut coded, 92)
        .encode(&eight(3), side, side, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    coded
}

#[test]
fn a_jpeg_of_which_half_is_missing_is_warned_of() {
    let desk = desk();
    let whole = jpeg();
    let half = [&whole[..whole.len() / 2], &[0xff, 0xd9]].concat();
    desk.write("half.jpg", &half);
    desk.write("half_mask.jpg", &half);
    let ended = desk.fill("half.jpg", "out.jpg").ok();
    assert!(
        ended.err.contains("warning: half.jpg") && ended.err.contains("missing"),
        "{}",
        ended.err
    );
    let ended = desk
        .run(&["fill", "a.png", "--mask", "half_mask.jpg", "-o", "out.png"])
        .ok();
    assert!(ended.err.contains("half_mask.jpg"), "{}", ended.err);
    let words = ["fill", "half.jpg", "--mask", "mask.png", "-o", "out2.jpg"];
    let lines = desk.run(&[&words[..], &["--json"]].concat()).ok().json();
    let filled = lines.iter().find(|line| line["event"] == "filled").unwrap();
    let notes = filled["notes"].to_string();
    assert!(notes.contains("missing"), "{notes}");
    desk.run(&[&words[..4], &["-o", "out3.jpg", "--strict"]].concat())
        .fails(1, &["half.jpg", "missing", "--strict"]);
    assert!(!desk.exists("out3.jpg"));
    // What is whole is not doubted.
    desk.write("whole.jpg", &whole);
    let words = ["fill", "whole.jpg", "--mask", "mask.png", "-o", "out4.jpg"];
    let ended = desk.run(&[&words[..], &["--strict"]].concat()).ok();
    assert_eq!(ended.err, "");
}

#[test]
fn memory_has_one_limit() {
    let desk = desk();
    desk.fill("a.png", "out.png").ok();
    let with = |memory: &str| {
        let words = ["fill", "a.png", "--mask", "mask.png", "-o", "out2.png"];
        desk.run(&[&words[..], &["--max-memory", memory]].concat())
    };
    // 48x48 pixels are 7 KB, but this text is larger.
    let mut info = png::Info::with_size(SIDE as u32, SIDE as u32);
    info.color_type = png::ColorType::Rgb;
    let file = std::fs::File::create(desk.path("a.png")).unwrap();
    let mut encoder = png::Encoder::with_info(file, info).unwrap();
    encoder
        .add_text_chunk("Author".into(), "x".repeat(2 << 20))
        .unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&eight(3)).unwrap();
    writer.finish().unwrap();
    with("1MiB").fails(1, &["a.png", "1.0 MiB allowed", "--max-memory"]);
    assert!(!desk.exists("out2.png"));
    with("64MiB").ok();
    with("lots").fails(2, &["--max-memory", "4GiB"]);
}

#[test]
fn nan_and_infinity_are_survived_and_kept() {
    let desk = desk();
    let mut values = pictures::floats(3);
    let strange = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
    for (number, value) in strange.into_iter().enumerate() {
        // A known pixel, one beside the hole, and one in it.
        for pixel in [5, 15 * SIDE + 20, 20 * SIDE + 22] {
            values[3 * (pixel + number)] = value;
        }
    }
    exr::prelude::write_rgb_file(desk.path("a.exr"), SIDE, SIDE, |x, y| {
        let at = 3 * (y * SIDE + x);
        (values[at], values[at + 1], values[at + 2])
    })
    .unwrap();
    desk.fill("a.exr", "out.exr").ok();
    let image = exr::prelude::read_first_flat_layer_from_file(desk.path("out.exr")).unwrap();
    let red = image
        .layer_data
        .channel_data
        .list
        .iter()
        .find(|channel| channel.name == *"R")
        .unwrap();
    let exr::prelude::FlatSamples::F32(red) = &red.sample_data else {
        panic!("{:?}", red.sample_data)
    };
    for (pixel, &new) in red.iter().enumerate() {
        if pictures::in_hole(pixel) {
            assert!(new.is_finite(), "pixel {pixel} was filled with {new}");
        } else {
            assert_eq!(
                new.to_bits(),
                values[3 * pixel].to_bits(),
                "known pixel {pixel}"
            );
        }
    }
}

#[test]
fn the_smallest_and_the_longest_pictures() {
    let desk = desk();
    for (width, height) in [(1, 1), (20_000, 16), (16, 20_000), (2, 3)] {
        let bytes: Vec<u8> = (0..width * height * 3).map(|at| (at % 251) as u8).collect();
        write_png(&desk.path("odd.png"), width, height, 3, &bytes, false);
        let hole = |at: usize| {
            (at % width) * 4 / width.max(4) == 1 && (at / width) * 4 / height.max(4) == 1
        };
        let mut cover: Vec<u8> = (0..width * height)
            .map(|at| if hole(at) { 255 } else { 0 })
            .collect();
        if width == 1 {
            cover[0] = 255;
        }
        write_png(&desk.path("cover.png"), width, height, 1, &cover, false);
        let words = [
            "fill",
            "odd.png",
            "--mask",
            "cover.png",
            "-o",
            "out.png",
            "--overwrite",
        ];
        let ended = desk.run(&words);
        if width == 1 && ended.status == 1 {
            // There is nothing to learn from: said, and nothing written.
            ended.fails(1, &["odd.png"]);
            continue;
        }
        ended.ok();
        let (filled, _) = read_png(&desk.path("out.png"));
        for (at, (old, new)) in bytes.chunks(3).zip(filled.chunks(3)).enumerate() {
            assert!(
                cover[at] > 0 || old == new,
                "{width}x{height}: known pixel {at}"
            );
        }
    }
}

#[test]
fn models_that_cannot_be_used() {
    let desk = desk();
    let zoo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo");
    let with = |model: &str| {
        desk.run(&[
            "fill", "a.png", "--mask", "mask.png", "-o", "out.png", "--model", model,
        ])
    };
    with("none.onnx").fails(2, &["none.onnx"]);
    // Not a model at all, without and with a card.
    desk.write("text.onnx", b"this is no model");
    with("text.onnx").fails(1, &["text.onnx"]);
    std::fs::copy(zoo.join("gated.json"), desk.path("text.json")).unwrap();
    with("text.onnx").fails(1, &["text.onnx"]);
    // A cut one.
    let model = std::fs::read(zoo.join("gated.onnx")).unwrap();
    desk.write("cut.onnx", &model[..model.len() / 2]);
    std::fs::copy(zoo.join("gated.json"), desk.path("cut.json")).unwrap();
    with("cut.onnx").fails(1, &["cut.onnx"]);
    // A card that tells of other inputs.
    std::fs::copy(zoo.join("gated.onnx"), desk.path("other.onnx")).unwrap();
    let card = std::fs::read_to_string(zoo.join("gated.json")).unwrap();
    let card = card
        .replacen("\"name\": \"picture\"", "\"name\": \"image\"", 1)
        .replacen("\"sha256\"", "\"_sha256\"", 1);
    let mut card: serde_json::Value = serde_json::from_str(&card).unwrap();
    card.as_object_mut().unwrap().remove("_sha256");
    desk.write("other.json", card.to_string().as_bytes());
    with("other.onnx").fails(1, &["other", "image"]);
    // A card that is none.
    desk.write("other.json", b"{ \"version\": 1 ");
    with("other.onnx").fails(1, &["other.json"]);
    assert!(!desk.exists("out.png"));
}

#[test]
fn places_that_cannot_be_written() {
    let desk = desk();
    desk.write("file", b"in the way");
    desk.fill("a.png", "file/out.png")
        .fails(1, &["file/out.png"]);
    desk.run(&[
        "fill",
        "a.png",
        "--mask",
        "mask.png",
        "-o",
        "out.png",
        "--overwrite",
    ])
    .ok();
    // Write protection does not stop root, who may run these tests.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let locked = desk.path("locked");
        std::fs::create_dir(&locked).unwrap();
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o555)).unwrap();
        if std::fs::write(locked.join("probe"), b"").is_err() {
            desk.fill("a.png", "locked/out.png")
                .fails(1, &["locked/out.png", "permissions"]);
        }
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    #[cfg(target_os = "linux")]
    desk.fill("a.png", "/proc/out.png")
        .fails(1, &["/proc/out.png"]);
    assert_eq!(desk.bytes("file"), b"in the way");
}

#[test]
fn what_is_no_picture() {
    let desk = desk();
    desk.write("notes.png", b"dear diary");
    desk.fill("notes.png", "out.png")
        .fails(1, &["notes.png", "convert"]);
    #[cfg(unix)]
    desk.run(&["fill", "/dev/zero", "--mask", "mask.png", "-o", "out.png"])
        .fails(1, &["/dev/zero", "not a file"]);
    assert!(!desk.exists("out.png"));
}

#[test]
fn holes_of_the_picture_itself() {
    let desk = desk();
    desk.run(&["fill", "a.png", "--hole", "alpha", "-o", "out.png"])
        .fails(1, &["a.png", "--mask"]);
    // Transparent where the hole is.
    let mut bytes = eight(4);
    for (pixel, value) in bytes.chunks_mut(4).enumerate() {
        value[3] = if pictures::in_hole(pixel) { 0 } else { 255 };
    }
    write_png(&desk.path("clear.png"), SIDE, SIDE, 4, &bytes, false);
    desk.run(&["fill", "clear.png", "--hole", "alpha", "-o", "out.png"])
        .ok();
    let (filled, _) = read_png(&desk.path("out.png"));
    assert!(
        filled.chunks(4).all(|pixel| pixel[3] == 255),
        "the fill is opaque"
    );
    // Magenta where the hole is.
    let mut bytes = eight(3);
    for (pixel, value) in bytes.chunks_mut(3).enumerate() {
        if pictures::in_hole(pixel) {
            value.copy_from_slice(&[255, 0, 255]);
        }
    }
    write_png(&desk.path("marked.png"), SIDE, SIDE, 3, &bytes, false);
    desk.run(&[
        "fill",
        "marked.png",
        "--hole",
        "colour:#ff00ff",
        "-o",
        "out2.png",
    ])
    .ok();
    let (filled, _) = read_png(&desk.path("out2.png"));
    pictures::assert_filled(&bytes, &filled, 3, "magenta");
    let said = desk
        .run(&[
            "fill",
            "a.png",
            "--hole",
            "colour:#00ff00",
            "-o",
            "out3.png",
        ])
        .ok()
        .out;
    assert!(said.contains("nothing to fill"), "{said}");
}
