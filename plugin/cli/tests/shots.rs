//! Shots: what the hole of a frame hides is taken from the frames that show it.

mod common;

use common::{Desk, pictures};

const SIZE: (usize, usize) = (160, 120);
/// Pixels by which the camera moves from frame to frame.
const PAN: usize = 9;

fn in_hole(x: usize, y: usize) -> bool {
    (70..86).contains(&x) && (50..62).contains(&y)
}

/// Chance that is the same each time, 0 to 1.
fn chance(x: i64, y: i64) -> f32 {
    let mut mixed = (x * 7919 + y * 104_729) as u32;
    for _ in 0..3 {
        mixed = (mixed ^ mixed >> 15).wrapping_mul(0x2c1b_3c6d);
    }
    (mixed >> 8) as f32 / (1 << 24) as f32
}

/// Chance at every so many pixels, and between them smooth.
fn noise(x: usize, y: usize, every: usize) -> f32 {
    let (left, top) = ((x / every) as i64, (y / every) as i64);
    let share = |at: usize| (at % every) as f32 / every as f32;
    let between = |a: f32, b: f32, share: f32| a + (b - a) * share;
    let row = |y| between(chance(left, y), chance(left + 1, y), share(x));
    between(row(top), row(top + 1), share(y))
}

/// A wall with detail of several sizes, of which each frame shows more on the right.
fn scene(frame: usize, x: usize, y: usize) -> [u8; 3] {
    let x = x + frame * PAN;
    let value = 0.5 * noise(x, y, 29) + 0.3 * noise(x, y, 11) + 0.2 * noise(x, y, 5);
    [value, value * 0.8, 1.0 - value].map(|value| (value * 255.0) as u8)
}

fn pixels<T>(make: impl Fn(usize, usize) -> T) -> Vec<T> {
    let all = (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (x, y)));
    all.map(|(x, y)| make(x, y)).collect()
}

/// Frames 0 to 5 of a pan in which something green hangs before the lens, with a mask for each.
fn pan() -> Desk {
    let desk = Desk::new();
    let write = |name: String, channels: usize, bytes: &[u8]| {
        pictures::write_png(&desk.path(name), SIZE.0, SIZE.1, channels, bytes, false);
    };
    for frame in 0..6 {
        let seen = |x, y| match in_hole(x, y) {
            true => [0, 255, 0],
            false => scene(frame, x, y),
        };
        write(format!("shot.{frame:04}.png"), 3, &pixels(seen).concat());
        let mask = pixels(|x, y| if in_hole(x, y) { 255 } else { 0 });
        write(format!("matte.{frame:04}.png"), 1, &mask);
    }
    desk
}

const FILL: [&str; 6] = [
    "fill",
    "shot.%04d.png",
    "--mask",
    "matte.%04d.png",
    "-o",
    "clean.%04d.png",
];

fn words<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&FILL[..], more].concat()
}

/// Mean difference to the scene in the hole, in 8-bit steps; asserts that all else is the scene itself.
fn error(desk: &Desk, frame: usize) -> f64 {
    let bytes = pictures::read_png(&desk.path(format!("clean.{frame:04}.png"))).0;
    let (mut sum, mut count) = (0, 0);
    for y in 0..SIZE.1 {
        for x in 0..SIZE.0 {
            let at = (y * SIZE.0 + x) * 3;
            let truth = scene(frame, x, y);
            if in_hole(x, y) {
                let differences = (0..3).map(|c| bytes[at + c].abs_diff(truth[c]));
                sum += differences.map(usize::from).sum::<usize>();
                count += 3;
            } else {
                assert_eq!(bytes[at..at + 3], truth, "{x} {y} of frame {frame}");
            }
        }
    }
    sum as f64 / f64::from(count)
}

#[test]
fn neighbours_show_what_is_hidden() {
    let desk = pan();
    let lines = desk
        .run(&words(&[
            "--frames-before",
            "2",
            "--frames-after",
            "3",
            "--json",
        ]))
        .ok()
        .json();
    for line in lines.iter().filter(|line| line["event"] == "filled") {
        // The hole is 16 wide, the camera moves 9 a frame, and a margin round each hole is not trusted.
        assert_eq!(line["pixels_of_other_frames"], 16 * 12, "{line}");
        assert_eq!(line["pixels"], 0);
    }
    for frame in 0..6 {
        let error = error(&desk, frame);
        assert!(error < 2.0, "frame {frame} is off by {error}");
    }
}

#[test]
fn frames_that_are_not_filled_are_source_frames_too() {
    let desk = pan();
    desk.run(&words(&["--frames", "2", "--frames-after", "3"]))
        .ok();
    assert!(desk.exists("clean.0002.png") && !desk.exists("clean.0003.png"));
    assert!(error(&desk, 2) < 2.0);
    // Alone, it has to be predicted.
    desk.run(&words(&["--frames", "2", "--overwrite"])).ok();
    assert!(error(&desk, 2) > 2.0);
}

#[test]
fn the_fill_of_the_held_frame_is_used_in_all() {
    let desk = Desk::new();
    let mask = pixels(|x, y| if in_hole(x, y) { 255 } else { 0 });
    pictures::write_png(&desk.path("matte.png"), SIZE.0, SIZE.1, 1, &mask, false);
    // A sign beside the hole turns in the second frame, and stays as bright: alone, each frame is filled otherwise.
    let is_sign = |x: usize, y: usize| (62..70).contains(&x) && (50..62).contains(&y);
    for frame in 1..=3 {
        let bytes = pixels(|x, y| match is_sign(x, y) {
            true if frame == 2 => [if x % 4 < 2 { 255 } else { 0 }; 3],
            true => [if y % 4 < 2 { 255 } else { 0 }; 3],
            false => scene(0, x, y),
        });
        let path = desk.path(format!("shot.{frame:04}.png"));
        pictures::write_png(&path, SIZE.0, SIZE.1, 3, &bytes.concat(), false);
    }
    let fills = |more: &[&str]| {
        let words = [
            "fill",
            "shot.%04d.png",
            "--mask",
            "matte.png",
            "-o",
            "clean.%04d.png",
            "--overwrite",
        ];
        desk.run(&[&words, more].concat()).ok();
        [1, 2, 3].map(|frame| {
            let bytes = pictures::read_png(&desk.path(format!("clean.{frame:04}.png"))).0;
            let at = |x: usize, y: usize| (y * SIZE.0 + x) * 3;
            let hole = (50..62).flat_map(|y| bytes[at(70, y)..at(86, y)].to_vec());
            hole.collect::<Vec<u8>>()
        })
    };
    let apart = |a: &[u8], b: &[u8]| {
        let sum: usize = a
            .iter()
            .zip(b)
            .map(|(a, b)| usize::from(a.abs_diff(*b)))
            .sum();
        sum as f64 / a.len() as f64
    };
    let alone = fills(&[]);
    assert!(
        apart(&alone[0], &alone[1]) > 1.0,
        "the sign changes nothing"
    );
    let held = fills(&["--hold", "2"]);
    assert_eq!(held[1], alone[1]);
    // Light is evened out, and there is next to nothing of that here.
    for frame in [0, 2] {
        assert!(apart(&held[frame], &held[1]) < apart(&alone[frame], &alone[1]) / 2.0);
    }
    assert_eq!(held[0], held[2]);
}

#[test]
fn a_damaged_neighbour_is_passed_over_with_a_warning() {
    let desk = pan();
    let jpeg = |name: &str, frame: usize| {
        let bytes = pixels(|x, y| scene(frame, x, y)).concat();
        let mut file = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut file, 95);
        let size = SIZE;
        encoder
            .encode(
                &bytes,
                size.0 as u16,
                size.1 as u16,
                jpeg_encoder::ColorType::Rgb,
            )
            .unwrap();
        desk.write(name, &file);
        file
    };
    jpeg("film.0002.jpg", 2);
    let mut cut = jpeg("film.0003.jpg", 3);
    cut.truncate(cut.len() / 2);
    cut.extend([0xff, 0xd9]);
    desk.write("film.0003.jpg", &cut);
    let ended = desk
        .run(&[
            "fill",
            "film.%04d.jpg",
            "--frames",
            "2",
            "--frames-after",
            "1",
            "--mask",
            "matte.0002.png",
            "-o",
            "film-filled.png",
            "--json",
        ])
        .ok();
    let lines = ended.json();
    let filled = lines.iter().find(|line| line["event"] == "filled").unwrap();
    assert_eq!(filled["pixels_of_other_frames"], 0);
    assert!(
        filled["notes"].to_string().contains("film.0003.jpg"),
        "{filled}"
    );
}

#[test]
fn what_does_not_add_up_is_said_before_anything_is_done() {
    let desk = pan();
    let fails = |words: &[&str], said: &str| {
        desk.run(words).fails(2, &[said]);
        assert!(!desk.exists("clean.0000.png"));
    };
    fails(
        &[
            "fill",
            "shot.0001.png",
            "--mask",
            "matte.0001.png",
            "-o",
            "a.png",
            "--hold",
            "1",
        ],
        "pattern",
    );
    fails(
        &[
            "fill",
            "shot.%04d.png",
            "--mask",
            "matte.%04d.png",
            "-o",
            "shot.%04d.png",
            "--overwrite",
            "--frames-after",
            "1",
        ],
        "over itself",
    );
    fails(&words(&["--hold", "1", "--frames-after", "1"]), "--hold");
    fails(&words(&["--hold", "9999"]), "shot.9999.png");
    fails(&words(&["--frames-before", "101"]), "100");
}

#[test]
fn a_source_frame_that_cannot_be_used_is_named() {
    let desk = pan();
    let grey = pixels(|x, y| scene(3, x, y)[0]);
    pictures::write_png(&desk.path("shot.0003.png"), SIZE.0, SIZE.1, 1, &grey, false);
    desk.run(&words(&["--frames", "2", "--frames-after", "3"]))
        .fails(1, &["shot.0003.png", "alike"]);
    std::fs::remove_file(desk.path("matte.0001.png")).unwrap();
    desk.run(&words(&["--frames", "2", "--frames-before", "1"]))
        .fails(1, &["matte.0001.png"]);
}
