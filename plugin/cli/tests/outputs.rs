//! Where results go, and what is never written over.

mod common;

use std::path::Path;
use std::time::{Duration, SystemTime};

use common::Desk;
use common::pictures::{mask, picture};

/// A picture and its mask.
fn desk() -> Desk {
    let desk = Desk::new();
    picture(&desk.path("a.png"));
    mask(&desk.path("mask.png"));
    std::fs::create_dir(desk.path("sub")).unwrap();
    desk
}

fn fill_over(desk: &Desk, output: &str) -> common::Ended {
    desk.run(&[
        "fill",
        "a.png",
        "--mask",
        "mask.png",
        "-o",
        output,
        "--overwrite",
    ])
}

#[test]
fn the_mask_is_never_written_over_however_it_is_spelled() {
    let desk = desk();
    let before = desk.bytes("mask.png");
    let mut outputs = vec!["mask.png".to_owned(), "sub/../mask.png".to_owned()];
    outputs.push(desk.path("mask.png").to_str().unwrap().to_owned());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("mask.png", desk.path("link.png")).unwrap();
        std::os::unix::fs::symlink(".", desk.path("again")).unwrap();
        outputs.extend(["link.png".to_owned(), "again/mask.png".to_owned()]);
    }
    for output in outputs {
        fill_over(&desk, &output).fails(2, &["is the mask"]);
        assert_eq!(desk.bytes("mask.png"), before, "{output}");
    }
}

#[test]
fn two_results_never_fall_on_one_file() {
    let desk = desk();
    picture(&desk.path("sub/a.png"));
    let words = [
        "fill",
        "a.png",
        "sub/a.png",
        "--mask",
        "mask.png",
        "-o",
        "out/",
    ];
    desk.run(&words).fails(2, &["would both go to"]);
}

#[cfg(unix)]
#[test]
fn links_stay_links() {
    let desk = desk();
    let link = |target: &str, name: &str| {
        std::os::unix::fs::symlink(target, desk.path(name)).unwrap();
    };
    // Also one to a file that is not there yet.
    link("sub/new.png", "dangling.png");
    fill_over(&desk, "dangling.png").ok();
    assert!(desk.path("dangling.png").is_symlink() && desk.exists("sub/new.png"));
    // The result is there now.
    assert!(
        desk.fill("a.png", "dangling.png")
            .ok()
            .out
            .contains("already there")
    );
    link("round.png", "round.png");
    fill_over(&desk, "round.png").fails(1, &["round.png", "link"]);
    assert!(desk.path("round.png").is_symlink());
}

#[cfg(unix)]
#[test]
fn only_plain_files_are_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let desk = desk();
    let made = std::process::Command::new("mkfifo")
        .arg(desk.path("fifo.png"))
        .status();
    assert!(made.unwrap().success());
    fill_over(&desk, "fifo.png").fails(1, &["fifo.png", "is a pipe or a device", "name a file"]);
    let metadata = desk.path("fifo.png").symlink_metadata().unwrap();
    assert!(metadata.file_type().is_fifo());
    for output in ["/dev/null", "/dev/stdout"] {
        fill_over(&desk, output).fails(1, &[output, "or - for standard output"]);
        desk.fill("a.png", output).fails(1, &[output]);
    }
    // Also where the shell has sent it into a file.
    let sent = std::fs::File::create(desk.path("sent.png")).unwrap();
    let ended = desk
        .command()
        .args(["fill", "a.png", "--mask", "mask.png", "-o", "/dev/stdout"])
        .stdout(sent)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(said.contains("or - for standard output"), "{said}");
    assert!(!ended.status.success() && desk.bytes("sent.png").is_empty());
}

#[test]
fn other_formats_are_named() {
    desk()
        .fill("a.png", "x.gif")
        .fails(1, &["x.gif", ".gif file", ".png, .jpg"]);
    desk().fill("a.png", "x").fails(1, &["has no extension"]);
}

#[test]
fn what_a_killed_run_left_is_cleared() {
    let desk = desk();
    let left = |name: &str, hours: u64| {
        desk.write(name, b"half a picture");
        let file = std::fs::File::options().write(true).open(desk.path(name));
        let then = SystemTime::now() - Duration::from_secs(hours * 3600);
        file.unwrap().set_modified(then).unwrap();
    };
    left("out/.reweave-a1b2c3.tmp", 30);
    left("out/.reweave-d4e5f6.tmp", 0);
    left("out/mine.tmp", 30);
    desk.fill("a.png", "out/").ok();
    let there = |name: &str| desk.exists(Path::new("out").join(name).to_str().unwrap());
    assert!(!there(".reweave-a1b2c3.tmp"));
    // Somebody may be writing it; and not everything is ours.
    assert!(there(".reweave-d4e5f6.tmp") && there("mine.tmp") && there("a.png"));
}
