//! `reweave masks`: sets of masks, the same for everybody, and what they are like.

mod common;

use common::Desk;

/// The pixels of a mask, and its bits a pixel.
fn read(desk: &Desk, name: &str) -> (u32, u32, png::BitDepth) {
    let decoder = png::Decoder::new(std::io::Cursor::new(desk.bytes(name)));
    let reader = decoder.read_info().unwrap();
    let info = reader.info();
    (info.width, info.height, info.bit_depth)
}

/// A picture of which one half is opaque.
fn cutout() -> Vec<u8> {
    let mut cutout = Vec::new();
    let mut encoder = png::Encoder::new(&mut cutout, 1, 2);
    encoder.set_color(png::ColorType::GrayscaleAlpha);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[9, 255, 9, 0]).unwrap();
    writer.finish().unwrap();
    cutout
}

#[test]
fn a_set_is_made_looked_at_and_made_larger() {
    let desk = Desk::new();
    let make = |count: &str| {
        let words = ["masks", "make", "set", "--size", "96x64", "--count", count];
        desk.run(&words).ok().out
    };
    assert!(make("3").starts_with("set: 3 masks made in "));
    assert_eq!(read(&desk, "set/00002.png"), (96, 64, png::BitDepth::One));
    let first = desk.bytes("set/00000.png");
    assert!(make("5").contains("2 masks made"), "3 were there");
    assert_eq!(desk.bytes("set/00000.png"), first);

    let table = desk
        .run(&["masks", "stats", "set", "--border-width", "9"])
        .ok()
        .out;
    assert!(
        table
            .lines()
            .any(|line| line.trim_start().starts_with("all       5")),
        "{table}"
    );
    let words = ["masks", "stats", "set", "--json", "--chart", "chart.svg"];
    let rows = desk.run(&words).ok().json();
    assert_eq!(rows.last().unwrap()["masks"], 5);
    assert!(
        String::from_utf8(desk.bytes("chart.svg"))
            .unwrap()
            .contains("5 masks")
    );

    let words = [
        "masks",
        "preview",
        "set",
        "-o",
        "sheet.png",
        "--columns",
        "2",
        "--side",
        "48",
    ];
    assert!(desk.run(&words).ok().out.contains("5 masks"));
    assert_eq!(read(&desk, "sheet.png"), (108, 112, png::BitDepth::Eight));
}

#[test]
fn masks_have_the_share_of_hole_and_the_border_that_were_asked_for() {
    let desk = Desk::new();
    let words =
        "masks make set --size 128 -n 8 --kind lama --ratio 20-30 --border free --border-width 10";
    desk.run(&words.split(' ').collect::<Vec<_>>()).ok();
    let rows = desk
        .run(&["masks", "stats", "set", "--json", "--border-width", "10"])
        .ok()
        .json();
    let row = rows.iter().find(|row| row["percent"][0] == 20).unwrap();
    assert_eq!((&row["masks"], &row["touching"]), (&8.into(), &0.into()));
}

/// Twelve folders, each with masks of its bin.
#[test]
fn the_protocol_of_partial_convolutions_is_one_command() {
    let desk = Desk::new();
    let words = "masks make test --protocol liu2018 --per-bin 1";
    desk.run(&words.split(' ').collect::<Vec<_>>()).ok();
    for side in ["border", "no-border"] {
        for bin in ["01-10", "10-20", "20-30", "30-40", "40-50", "50-60"] {
            let folder = format!("test/{side}/{bin}");
            assert_eq!(read(&desk, &format!("{folder}/00000.png")).0, 512);
            let rows = desk.run(&["masks", "stats", &folder, "--json"]).ok().json();
            let low: u8 = bin[..2].parse().unwrap();
            let row = rows.iter().find(|row| row["percent"][0] == low).unwrap();
            assert_eq!(row["masks"], 1, "{folder}");
            assert_eq!(row["touching"], u8::from(side == "border"), "{folder}");
        }
    }
}

#[test]
fn a_recipes_kinds_are_taken_over_and_a_sets_own_description_too() {
    let desk = Desk::new();
    desk.write(
        "recipe.toml",
        b"name = \"mine\"\n[[masks]]\nodds = 1.0\nboxes = { count = [1, 1], side = [8, 8] }\n",
    );
    let make = |kinds: &str, set: &str| {
        let words = [
            "masks", "make", set, "--kinds", kinds, "--size", "32", "-n", "2",
        ];
        desk.run(&words)
    };
    make("recipe.toml", "a").ok();
    make("a/masks.toml", "b").ok();
    assert_eq!(desk.bytes("a/00001.png"), desk.bytes("b/00001.png"));
    let rows = desk.run(&["masks", "stats", "a", "--json"]).ok().json();
    assert_eq!(rows.last().unwrap()["mean_percent"], 6.25);
}

/// The commands of docs/masks.md, in their order, with small counts.
#[test]
fn the_manual_is_true() {
    let desk = Desk::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let recipe = "trainer/runs/gated/recipe.toml";
    desk.write(recipe, &std::fs::read(root.join(recipe)).unwrap());
    desk.write("CUTOUTS/one.png", &cutout());
    let manual = std::fs::read_to_string(root.join("docs/masks.md")).unwrap();
    let mut commands = 0;
    for line in manual
        .lines()
        .filter(|line| line.starts_with("reweave masks "))
    {
        let mut words: Vec<&str> = line.split_whitespace().skip(1).collect();
        if words[1] == "make" {
            if let Some(count) = words.iter().position(|word| *word == "--count") {
                words.drain(count..count + 2);
            }
            let count = if words.contains(&"--protocol") {
                "--per-bin"
            } else {
                "--count"
            };
            words.extend([count, "2"]);
        }
        desk.run(&words).ok();
        commands += 1;
    }
    assert_eq!(commands, 7, "commands in docs/masks.md");
}

#[test]
fn what_cannot_be_made_is_said() {
    let desk = Desk::new();
    let run = |words: &str| desk.run(&words.split(' ').collect::<Vec<_>>());
    run("masks make set --ratio 30-20").fails(2, &["range", "10-20"]);
    run("masks make set --size 0").fails(2, &["640x360"]);
    run("masks make set --kinds missing.toml").fails(2, &["missing.toml", "cannot be read"]);
    desk.write(
        "odd.toml",
        b"[[masks]]\nodds = 1.0\nstroke = { count = [1, 1] }\n",
    );
    run("masks make set --kinds odd.toml").fails(2, &["odd.toml", "stroke"]);
    run("masks make set --silhouettes nowhere").fails(2, &["nowhere"]);
    run("masks make set --size 32 -n 1 --ratio 95-99 --border free").fails(1, &["95 to 99 %"]);
    assert!(!desk.exists("set/00000.png"));
    assert!(!desk.exists("set/masks.toml"));
    run("masks make set --size 32 -n 1").ok();
    run("masks make set --size 48 -n 1").fails(1, &["masks.toml", "other masks"]);
    run("masks make new -n 0").fails(2, &["--count"]);
    run("masks make new --ratio 27-27.000002").fails(2, &["range", "10-20"]);
    for words in ["--size 64", "--border-width 9"] {
        run(&format!("masks make new --protocol liu2018 {words}")).fails(2, &["--protocol"]);
    }
    desk.write(
        "wide.toml",
        b"[[masks]]\nodds = 1.0\nstrokes = { count = [1, 1], points = [2, 2], width = [4.0, inf] }\n",
    );
    run("masks make new --kinds wide.toml").fails(2, &["strokes.width"]);
    assert!(!desk.exists("new"));
    desk.write("empty/notes.txt", b"");
    run("masks stats empty").fails(1, &["empty", "no mask"]);
    desk.write("bad/a.png", b"no picture");
    run("masks stats bad").fails(1, &["a.png"]);
    run("masks preview bad -o sheet.png").fails(1, &["a.png"]);
}

/// Pictures that are no set's, a description that cannot be read, results of before.
#[test]
fn what_is_there_is_not_written_over() {
    let desk = Desk::new();
    let run = |words: &str| desk.run(&words.split(' ').collect::<Vec<_>>());
    desk.write("photos/00000.png", b"mine");
    run("masks make photos --size 32 -n 2").fails(1, &["photos", "no masks.toml"]);
    assert_eq!(desk.bytes("photos/00000.png"), b"mine");
    assert!(!desk.exists("photos/masks.toml"));
    desk.write("odd/masks.toml", b"\xff");
    run("masks make odd --size 32 -n 2").fails(1, &["masks.toml", "cannot be read"]);
    assert_eq!(desk.bytes("odd/masks.toml"), b"\xff");

    run("masks make set --size 32 -n 2").ok();
    for (words, file) in [
        ("masks preview set -o sheet.png", "sheet.png"),
        ("masks stats set --chart chart.svg", "chart.svg"),
    ] {
        desk.write(file, b"mine");
        run(words).fails(1, &[file, "--overwrite"]);
        assert_eq!(desk.bytes(file), b"mine");
        run(&format!("{words} --overwrite")).ok();
        assert_ne!(desk.bytes(file), b"mine");
    }
}

/// The folder of silhouettes is looked for from the file that names it, and a set's description says where that is.
#[test]
fn a_sets_description_finds_its_silhouettes_again() {
    let desk = Desk::new();
    desk.write("CUTOUTS/one.png", &cutout());
    let run = |words: &str| desk.run(&words.split(' ').collect::<Vec<_>>());
    run("masks make a --silhouettes CUTOUTS --size 64 -n 2").ok();
    run("masks make b --kinds a/masks.toml --size 64 -n 2").ok();
    assert_eq!(desk.bytes("a/00001.png"), desk.bytes("b/00001.png"));
    assert_eq!(desk.bytes("a/masks.toml"), desk.bytes("b/masks.toml"));
}
