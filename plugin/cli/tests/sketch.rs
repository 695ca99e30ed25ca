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
