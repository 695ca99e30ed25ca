//! Ctrl-C stops a fill cleanly.
#![cfg(unix)]

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::Desk;
use common::pictures::{flat_mask, write_png};

#[test]
fn ctrl_c_leaves_nothing_half_written() {
    let desk = Desk::new();
    // Large enough that the network runs for a while.
    let bytes: Vec<u8> = (0..1200 * 1200 * 3)
        .map(|at| (at / 3 % 253) as u8)
        .collect();
    write_png(&desk.path("a.png"), 1200, 1200, 3, &bytes, false);
    let hole = |at: usize| at % 1200 % 400 < 150 && at / 1200 % 400 < 150;
    let mask: Vec<u8> = (0..1200 * 1200)
        .map(|at| if hole(at) { 255 } else { 0 })
        .collect();
    write_png(&desk.path("mask.png"), 1200, 1200, 1, &mask, false);
    let words = [
        "fill", "a.png", "--mask", "mask.png", "-o", "out.png", "--passes", "4", "--json",
    ];
    let mut child = desk
        .command()
        .args(words)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // Wait until it is at work.
    lines
        .find(|line| line.as_ref().unwrap().contains("progress"))
        .unwrap()
        .unwrap();
    let asked = Instant::now();
    assert!(
        Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status()
            .unwrap()
            .success()
    );
    let rest: Vec<String> = lines.map(Result::unwrap).collect();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130), "{rest:?}");
    assert!(asked.elapsed() < Duration::from_secs(60));
    assert!(
        rest.iter().any(|line| line.contains("\"interrupted\"")),
        "{rest:?}"
    );
    assert_eq!(desk.names(), ["a.png", "mask.png"]);
}

#[test]
fn a_result_that_was_there_survives() {
    let desk = Desk::new();
    let bytes = vec![90; 900 * 900 * 3];
    write_png(&desk.path("a.png"), 900, 900, 3, &bytes, false);
    flat_mask(&desk.path("mask.png"), 900, 900, 255);
    desk.write("out.png", b"mine");
    let words = [
        "fill",
        "a.png",
        "--mask",
        "mask.png",
        "-o",
        "out.png",
        "--overwrite",
        "--json",
        "--passes",
        "4",
    ];
    let mut child = desk
        .command()
        .args(words)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines
        .find(|line| line.as_ref().unwrap().contains("begin"))
        .unwrap()
        .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert!(
        Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status()
            .unwrap()
            .success()
    );
    lines.for_each(drop);
    assert_ne!(child.wait().unwrap().code(), Some(0));
    assert_eq!(desk.bytes("out.png"), b"mine");
    assert_eq!(desk.names(), ["a.png", "mask.png", "out.png"]);
}
