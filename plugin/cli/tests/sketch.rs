//! `--sketch`: lines that a fill follows.

mod common;

use common::Desk;
use common::pictures::{SIDE, mask, picture, read_png, write_png};

/// A picture, its mask, and a drawing with lines across the hole.
fn desk() -> Desk {
    let desk = Desk::new();
    picture(&desk.path("in/a.png"));
    mask(&desk.path("a_mask.png"));
    draw(&desk, "lines.png", SIDE, |pixel| pixel / SIDE / 2 == 11);
    draw(&desk, "blank.png", SIDE, |_| false);
    draw(&desk, "small.png", SIDE - 1, |_| true);
    desk
}

/// Black lines on white.
fn draw(desk: &Desk, name: &str, side: usize, is_line: impl Fn(usize) -> bool) {
    let ink = |pixel| if is_line(pixel) { 0 } else { 255 };
    let bytes: Vec<u8> = (0..side * side).map(ink).collect();
    write_png(&desk.path(name), side, side, 1, &bytes, false);
}

/// The pixels of a fill.
fn filled(desk: &Desk, more: &[&str]) -> Vec<u8> {
    let fill = ["fill", "in/a.png", "--mask", "a_mask.png", "-o", "out.png"];
    desk.run(&[&fill[..], &["--overwrite"], more].concat()).ok();
    read_png(&desk.path("out.png")).0
}

#[test]
fn a_sheet_on_which_nobody_has_drawn_is_no_sketch() {
    let desk = desk();
    assert_eq!(
        filled(&desk, &[]),
        filled(&desk, &["--sketch", "blank.png"])
    );
}

/// A roof line steps down somewhere behind the hole: only who draws it knows where.
#[test]
fn a_fill_goes_along_the_lines() {
    let desk = Desk::new();
    let (side, high, low) = (192, 60, 130);
    let inside = |at: usize| (48..144).contains(&(at % side)) && (31..160).contains(&(at / side));
    let mut picture = Vec::new();
    for at in 0..side * side {
        let line = if at % side < side / 2 { high } else { low };
        let grain = (at * 7919 % 13) as u8;
        let sky = [205, 190, 160].map(|tone: u8| tone + grain);
        let roof = [70, 90, 60].map(|tone: u8| tone + grain);
        picture.extend(if at / side < line { sky } else { roof });
    }
    write_png(&desk.path("roof.png"), side, side, 3, &picture, false);
    let mask: Vec<u8> = (0..side * side)
        .map(|at| if inside(at) { 255 } else { 0 })
        .collect();
    write_png(&desk.path("hole.png"), side, side, 1, &mask, false);

    // The mean tone between both places where the line may step down.
    let tone = |step: usize| {
        draw(&desk, "line.png", side, |at| {
            let (x, y) = (at % side, at / side);
            let along = |line: usize| y.abs_diff(line) < 2;
            let across = x.abs_diff(step) < 2 && (high..low).contains(&y);
            (40..step).contains(&x) && along(high)
                || across
                || (step..152).contains(&x) && along(low)
        });
        let fill = ["fill", "roof.png", "--mask", "hole.png", "-o", "out.png"];
        let sketch = ["--overwrite", "--sketch", "line.png"];
        desk.run(&[&fill[..], &sketch].concat()).ok();
        let filled = read_png(&desk.path("out.png")).0;
        let between = (0..side * side)
            .filter(|at| (70..122).contains(&(at % side)) && (66..124).contains(&(at / side)));
        let tones: Vec<f64> = between.map(|at| f64::from(filled[3 * at + 1])).collect();
        tones.iter().sum::<f64>() / tones.len() as f64
    };
    let (sky, roof) = (tone(64), tone(128));
    assert!(sky > 170.0 && roof < 120.0, "{sky} and {roof}");
}

#[test]
fn a_sketch_that_cannot_be_followed_is_an_error_that_says_why() {
    let desk = desk();
    let fill = ["fill", "in/a.png", "--mask", "a_mask.png", "-o", "out.png"];
    for (more, said) in [
        (&["--sketch", "small.png"][..], "picture's size"),
        (&["--sketch", "none.png"], "none.png"),
        (
            &["--sketch", "lines.png", "--model", "partial"],
            "takes no sketch",
        ),
    ] {
        desk.run(&[&fill[..], more].concat()).fails(1, &[said]);
        assert!(!desk.exists("out.png"), "{more:?}");
    }
    // Nor is it written over.
    let onto = ["fill", "in/a.png", "--mask", "a_mask.png"];
    let onto = [&onto[..], &["--sketch", "lines.png", "-o", "lines.png"]].concat();
    desk.run(&onto).fails(2, &["lines.png"]);
}
