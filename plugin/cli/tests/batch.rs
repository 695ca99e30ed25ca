//! Many pictures at once.

mod common;

use common::Desk;
use common::pictures::{self, mask, picture};

/// Pictures in `in/`, their masks in `masks/`.
fn desk(names: &[&str]) -> Desk {
    let desk = Desk::new();
    for name in names {
        picture(&desk.path(format!("in/{name}.png")));
        mask(&desk.path(format!("masks/{name}.png")));
    }
    desk
}

#[test]
fn a_folder_with_a_folder_of_masks() {
    let desk = desk(&["a", "b"]);
    let said = desk
        .run(&["fill", "in", "--mask", "masks", "-o", "out"])
        .ok()
        .out;
    assert!(desk.exists("out/a.png") && desk.exists("out/b.png"));
    assert!(said.contains("2 filled"), "{said}");
}

#[test]
fn what_is_there_is_skipped_until_it_is_overwritten() {
    let desk = desk(&["a", "b"]);
    desk.write("out/a.png", b"mine");
    let said = desk
        .run(&["fill", "in", "--mask", "masks", "-o", "out/"])
        .ok()
        .out;
    assert_eq!(desk.bytes("out/a.png"), b"mine");
    assert!(
        said.contains("1 filled, 1 skipped") && said.contains("--overwrite"),
        "{said}"
    );
    desk.run(&["fill", "in", "--mask", "masks", "-o", "out/", "--overwrite"])
        .ok();
    assert!(desk.bytes("out/a.png").len() > 100);
}

#[test]
fn one_bad_picture_does_not_stop_the_rest() {
    let desk = desk(&["a", "b", "c"]);
    desk.write("in/b.png", b"\x89PNG\r\n\x1a\nbroken");
    let ended = desk
        .run(&["fill", "in", "--mask", "masks", "-o", "out"])
        .fails(1, &["b.png", "failed"]);
    assert!(desk.exists("out/a.png") && desk.exists("out/c.png") && !desk.exists("out/b.png"));
    assert!(ended.out.contains("2 filled, 1 failed"), "{}", ended.out);
    // The last thing said names it.
    assert!(
        ended
            .err
            .trim_end()
            .lines()
            .last()
            .unwrap()
            .contains("b.png"),
        "{}",
        ended.err
    );
}

#[test]
fn frames_with_a_matte_each() {
    let desk = Desk::new();
    for frame in 1001..=1003 {
        picture(&desk.path(format!("shot.{frame}.png")));
        mask(&desk.path(format!("matte.{frame}.png")));
    }
    let words = [
        "fill",
        "shot.%04d.png",
        "--frames",
        "1001-1004",
        "--mask",
        "matte.%04d.png",
        "-o",
        "clean.%04d.png",
    ];
    let ended = desk.run(&words).fails(1, &["shot.1004.png"]);
    assert!(ended.out.contains("3 filled, 1 failed"), "{}", ended.out);
    assert!(desk.exists("clean.1001.png") && desk.exists("clean.1003.png"));
    // Without --frames: those that are there.
    let words = [
        "fill",
        "shot.####.png",
        "--mask",
        "matte.####.png",
        "-o",
        "again/",
    ];
    desk.run(&words).ok();
    assert!(desk.exists("again/shot.1002.png"));
}

#[test]
fn masks_and_results_beside_the_pictures() {
    let desk = Desk::new();
    for name in ["a", "b"] {
        picture(&desk.path(format!("{name}.png")));
        mask(&desk.path(format!("{name}_mask.png")));
    }
    let words = [
        "fill",
        "*.png",
        "--mask",
        "{stem}_mask.png",
        "-o",
        "{stem}_filled.png",
    ];
    desk.run(&words).ok();
    assert_eq!(
        desk.names(),
        [
            "a.png",
            "a_filled.png",
            "a_mask.png",
            "b.png",
            "b_filled.png",
            "b_mask.png"
        ]
    );
    let said = desk.run(&words).ok().out;
    assert!(said.contains("0 filled, 2 skipped"), "{said}");
}

#[test]
fn folders_below_are_mirrored() {
    let desk = Desk::new();
    picture(&desk.path("in/a.png"));
    picture(&desk.path("in/deep/er/b.png"));
    mask(&desk.path("mask.png"));
    desk.run(&[
        "fill",
        "in",
        "--mask",
        "mask.png",
        "-o",
        "out",
        "--recursive",
    ])
    .ok();
    assert!(desk.exists("out/a.png") && desk.exists("out/deep/er/b.png"));
}

#[test]
fn json_lines_tell_the_whole_story() {
    let desk = desk(&["a", "b", "c", "d"]);
    desk.write("out/b.png", b"mine");
    desk.write("in/c.png", b"nothing");
    pictures::flat_mask(&desk.path("masks/d.png"), pictures::SIDE, pictures::SIDE, 0);
    let ended = desk.run(&["fill", "in", "--mask", "masks", "-o", "out", "--json"]);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    let lines = ended.json();
    let events: Vec<&str> = lines
        .iter()
        .map(|line| line["event"].as_str().unwrap())
        .filter(|e| *e != "progress")
        .collect();
    let begin = "begin";
    assert_eq!(
        events,
        [
            begin,
            "filled",
            begin,
            "skipped",
            begin,
            "failed",
            begin,
            "unchanged",
            "end"
        ]
    );
    let filled = lines.iter().find(|line| line["event"] == "filled").unwrap();
    assert_eq!(filled["pixels"], 144);
    assert_eq!(filled["answered_by"]["runtime"], "built-in");
    assert!(filled["seconds"]["total"].as_f64().unwrap() > 0.0);
    let failed = lines.iter().find(|line| line["event"] == "failed").unwrap();
    assert!(failed["error"].as_str().unwrap().contains("c.png"));
    let end = lines.last().unwrap();
    assert_eq!(
        (&end["filled"], &end["skipped"], &end["unchanged"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert_eq!(end["failed"].as_array().unwrap().len(), 1);
}

/// The fields of every event, each named and typed as programs read them: a field that is renamed, or gone, shows here.
#[test]
fn the_shape_of_json_lines() {
    fn shape(value: &serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Object(fields) => {
                let fields = fields.iter().map(|(name, of)| {
                    let event = name == "event";
                    (name.clone(), if event { of.clone() } else { shape(of) })
                });
                fields.collect()
            }
            serde_json::Value::Array(list) => list.iter().take(1).map(shape).collect(),
            serde_json::Value::String(_) => "text".into(),
            serde_json::Value::Number(_) => "number".into(),
            serde_json::Value::Bool(_) => "yes or no".into(),
            serde_json::Value::Null => "nothing".into(),
        }
    }
    let desk = desk(&["a", "b", "c", "d"]);
    desk.write("out/b.png", b"mine");
    desk.write("in/c.png", b"nothing");
    pictures::flat_mask(&desk.path("masks/d.png"), pictures::SIDE, pictures::SIDE, 0);
    let ended = desk.run(&["fill", "in", "--mask", "masks", "-o", "out", "--json"]);
    let lines = ended.json();
    // Progress comes by the clock.
    let told = lines.iter().filter(|line| line["event"] != "progress");
    let shapes: Vec<String> = told.map(|line| shape(line).to_string()).collect();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("reweave-fill-json", shapes.join("\n"));
    });
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let desk = desk(&["a"]);
    for name in ["1.png", "2.png"] {
        desk.run(&[
            "fill",
            "in/a.png",
            "--mask",
            "masks/a.png",
            "-o",
            name,
            "--seed",
            "7",
        ])
        .ok();
    }
    assert_eq!(desk.bytes("1.png"), desk.bytes("2.png"));
}

#[test]
fn command_lines_that_do_not_add_up() {
    let desk = desk(&["a", "b"]);
    let no = |words: &[&str], why: &[&str]| {
        desk.run(words).fails(2, why);
    };
    no(&["fill", "in", "-o", "out"], &["--mask"]);
    no(&["fill", "in", "--mask", "masks"], &["--output"]);
    no(
        &["fill", "in", "--mask", "masks", "-o", "one.png"],
        &["one.png", "{stem}"],
    );
    no(
        &["fill", "*.gif", "--mask", "masks", "-o", "out"],
        &["*.gif"],
    );
    no(
        &[
            "fill", "in", "--mask", "masks", "-o", "out", "--frames", "9-1",
        ],
        &["9-1"],
    );
    no(
        &["fill", "in", "--mask", "masks", "-o", "out", "--grow", "-3"],
        &["--grow", "0 to 1000"],
    );
    no(
        &[
            "fill", "in", "--mask", "masks", "-o", "out", "--area", "left",
        ],
        &["sides"],
    );
    no(
        &[
            "fill", "in", "--mask", "masks", "-o", "out", "--model", "nonesuch",
        ],
        &["nonesuch", "gated"],
    );
    no(
        &["fill", "in", "--hole", "colour:#12345", "-o", "out"],
        &["#ff00ff"],
    );
    no(
        &[
            "fill",
            "in/a.png",
            "--mask",
            "masks/a.png",
            "-o",
            "masks/a.png",
            "--overwrite",
        ],
        &["is the mask"],
    );
    assert!(!desk.exists("out"));
}

/// A TIFF in tiles whose planes lie apart. A decoder that breaks down on it must not take the batch with it.
fn planar_tiles() -> Vec<u8> {
    const SIDE: u32 = pictures::SIDE as u32;
    const TILE: u32 = 16;
    let tiles = 3 * SIDE.div_ceil(TILE).pow(2);
    let entries: [(u16, u16, u32, u32); 11] = [
        (256, 4, 1, SIDE),
        (257, 4, 1, SIDE),
        (258, 3, 3, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 2),
        (277, 3, 1, 3),
        (284, 3, 1, 2),
        (322, 4, 1, TILE),
        (323, 4, 1, TILE),
        (324, 4, tiles, 24),
        (325, 4, tiles, 24 + 4 * tiles),
    ];
    let bits = 8;
    let pixels = 24 + 8 * tiles;
    let directory = pixels + tiles * TILE * TILE;
    let mut bytes = b"II*\0".to_vec();
    bytes.extend(directory.to_le_bytes());
    bytes.extend([8, 0, 8, 0, 8, 0].iter().chain(&[0; 10]));
    bytes.extend((0..tiles).flat_map(|tile| (pixels + tile * TILE * TILE).to_le_bytes()));
    bytes.extend((0..tiles).flat_map(|_| (TILE * TILE).to_le_bytes()));
    bytes.extend((0..tiles * TILE * TILE).map(|at| (at % 251) as u8));
    bytes.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        let value = if tag == 258 { bits } else { value };
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    bytes
}

#[test]
fn a_picture_on_which_a_decoder_breaks_down_does_not_stop_the_rest() {
    let desk = desk(&["a", "b", "c"]);
    std::fs::remove_file(desk.path("in/b.png")).unwrap();
    desk.write("in/b.tif", &planar_tiles());
    let ended = desk.run(&["fill", "in", "--mask", "masks", "-o", "out", "--json"]);
    assert!(desk.exists("out/a.png") && desk.exists("out/c.png"));
    assert_eq!(ended.err, "");
    let lines = ended.json();
    let told = |event: &str| lines.iter().filter(|line| line["event"] == event).count();
    assert_eq!((told("begin"), told("end")), (3, 1));
    assert_eq!(told("filled") + told("failed"), 3);
    assert_eq!(ended.status, i32::from(told("failed") > 0));
}

#[test]
fn a_folder_whose_masks_match_nothing_is_told() {
    let desk = desk(&["a", "b"]);
    // Pictures that lie in the folder of masks are not their own masks.
    for words in [
        ["fill", "in", "--mask", "in", "-o", "out"],
        ["fill", "in", "--mask", ".", "-o", "out"],
    ] {
        let ended = desk.run(&words).fails(1, &["a", ".png", "cannot be read"]);
        assert!(ended.out.contains("2 failed"), "{}", ended.out);
    }
    desk.run(&["fill", "in", "--mask", "in/{stem}.png", "-o", "out"])
        .fails(1, &["nothing is left to fill", "in"]);
    assert!(!desk.exists("out"));
}
