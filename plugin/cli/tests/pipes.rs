//! Reweave in a pipe: pictures from standard input and to standard output, and messages that nobody takes.

mod common;

use std::io::Write;
use std::process::{Output, Stdio};

use common::Desk;
use common::pictures::{flat_mask, mask, picture};

/// A picture, its mask, and the result in a file.
fn desk() -> Desk {
    let desk = Desk::new();
    picture(&desk.path("a.png"));
    mask(&desk.path("mask.png"));
    desk.fill("a.png", "expected.png").ok();
    desk
}

fn run(desk: &Desk, words: &[&str], input: &[u8]) -> Output {
    let mut child = desk
        .command()
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that needs none of it may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_picture_goes_through() {
    let desk = desk();
    let words = ["fill", "-", "--mask", "mask.png", "-o", "-"];
    let through = run(&desk, &words, &desk.bytes("a.png"));
    assert!(through.status.success(), "{}", said(&through));
    assert!(through.stdout == desk.bytes("expected.png"));
    assert!(said(&through).contains("pixels filled"));
    // Either end alone; the mask, too.
    let words = ["fill", "-", "--mask", "mask.png", "-o", "in.png", "-q"];
    assert!(run(&desk, &words, &desk.bytes("a.png")).status.success());
    assert_eq!(desk.bytes("in.png"), desk.bytes("expected.png"));
    let words = ["fill", "a.png", "--mask", "-", "-o", "-", "--quiet"];
    let through = run(&desk, &words, &desk.bytes("mask.png"));
    assert!(through.stdout == desk.bytes("expected.png"));
    assert_eq!(said(&through), "");
    assert_eq!(
        desk.names(),
        ["a.png", "expected.png", "in.png", "mask.png"]
    );
}

#[test]
fn an_empty_hole_gives_the_bytes_back() {
    let desk = desk();
    let side = common::pictures::SIDE;
    flat_mask(&desk.path("none.png"), side, side, 0);
    let words = ["fill", "-", "--mask", "none.png", "-o", "-"];
    let through = run(&desk, &words, &desk.bytes("a.png"));
    assert!(through.stdout == desk.bytes("a.png"));
}

#[test]
fn what_cannot_go_through_is_told() {
    let desk = desk();
    let picture = desk.bytes("a.png");
    let no = |words: &[&str], input: &[u8], status: i32, why: &str| {
        let through = run(&desk, words, input);
        assert_eq!(through.status.code(), Some(status), "{}", said(&through));
        assert!(said(&through).contains(why), "{}", said(&through));
        assert!(through.stdout.is_empty());
    };
    let through = ["fill", "-", "--mask", "mask.png", "-o", "-"];
    no(&through, b"", 1, "standard input: is empty");
    no(
        &through,
        b"no picture, and long",
        1,
        "standard input: is not a PNG",
    );
    no(&through, &picture[..100], 1, "standard input: is damaged");
    // What does not end is not waited for.
    let endless = [picture.as_slice(), &vec![0; 2 << 20]].concat();
    let limited = [&through[..], &["--max-memory", "1MiB"]].concat();
    no(&limited, &endless, 1, "raise --max-memory");
    no(
        &["fill", "-", "--mask", "-", "-o", "-"],
        &picture,
        2,
        "cannot be the mask or the sketch too",
    );
    no(
        &["fill", "-", "--mask", "mask.png", "-o", "-", "--json"],
        &picture,
        2,
        "--json",
    );
    no(
        &[
            "fill",
            "a.png",
            "expected.png",
            "--mask",
            "mask.png",
            "-o",
            "-",
        ],
        b"",
        2,
        "cannot all go to -",
    );
}

#[cfg(target_os = "linux")]
#[test]
fn messages_that_nobody_takes_stop_nothing() {
    let desk = desk();
    let full = || {
        std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    // A reader that is gone.
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        writer
    };
    let words = |output| {
        [
            "fill",
            "a.png",
            "missing.png",
            "--mask",
            "mask.png",
            "-o",
            output,
        ]
    };
    for (output, err) in [
        ("full/", Stdio::from(full())),
        ("closed/", Stdio::from(closed())),
    ] {
        let status = desk
            .command()
            .args(words(output))
            .stdout(full())
            .stderr(err)
            .status()
            .unwrap();
        // A picture is missing, which is the status of an error and not of a panic (101).
        assert_eq!(status.code(), Some(1), "{output}");
        let result = desk.path(output).join("a.png");
        assert_eq!(std::fs::read(result).unwrap(), desk.bytes("expected.png"));
    }
    for words in [&["doctor"][..], &["models", "check"], &["install", "gimp"]] {
        let status = desk
            .command()
            .args(words)
            .stdout(closed())
            .stderr(full())
            .status()
            .unwrap();
        assert!(matches!(status.code(), Some(0 | 1)), "{words:?}: {status}");
    }
}
