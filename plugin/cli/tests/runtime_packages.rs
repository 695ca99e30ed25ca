//! `reweave runtime`: what is fetched, listed and removed, with a pip that fetches from a folder.
#![cfg(target_os = "linux")]

mod common;

use common::{Desk, Ended};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use zip::write::SimpleFileOptions;

/// Downloads by copying from `index/`, unless the file is there already; keeps what it copied in `copied`.
const PIP: &str = r#"#!/bin/sh -e
before=
for word; do
    [ "$before" = --dest ] && folder=$word
    before=$word
done
[ "$before" = --version ] && exit 0
name=$(echo "$before" | sed 's/[=~].*//; s/-/_/g')
mkdir -p "$folder"
ls "$folder/$name"-*.whl >/dev/null 2>&1 && exit 0
cp "index/$name"-*.whl "$folder"
echo "$name" >>copied
"#;

/// A desk with that pip, and an index of the wheels with these names and the library in each.
fn desk(wheels: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    desk.write("bin/python3", PIP.as_bytes());
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(desk.path("bin/python3"), executable).unwrap();
    for (wheel, library) in wheels {
        publish(&desk, wheel, library);
    }
    desk
}

fn publish(desk: &Desk, wheel: &str, library: &str) {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut bytes);
    zip.start_file(format!("package/{library}"), SimpleFileOptions::default())
        .unwrap();
    zip.write_all(library.as_bytes()).unwrap();
    zip.finish().unwrap();
    desk.write(&format!("index/{wheel}-py3-none-any.whl"), bytes.get_ref());
}

fn runtime(desk: &Desk, words: &[&str]) -> Ended {
    let path = format!("{}:/usr/bin:/bin", desk.path("bin").display());
    let mut command = desk.command();
    let output = command
        .arg("runtime")
        .args(words)
        .env("PATH", path)
        .output()
        .unwrap();
    Ended {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

const FOLDER: &str = "home/data/reweave/onnxruntime";
const CPU: (&str, &str) = ("onnxruntime-1.31.1", "libonnxruntime.so.1.31.1");
const WEBGPU: (&str, &str) = (
    "onnxruntime_ep_webgpu-0.4.0",
    "libonnxruntime_providers_webgpu.so",
);

#[test]
fn packages_are_fetched_listed_and_removed() {
    let desk = desk(&[CPU, WEBGPU]);
    let there = |file: &str| desk.exists(&format!("{FOLDER}/{file}"));
    let listed = || runtime(&desk, &["list"]).ok().out;
    assert!(listed().contains("nothing"));

    // An addition brings along what it is added to.
    let ended = runtime(&desk, &["install", "--webgpu"]).ok();
    assert!(ended.err.contains("MB to download"), "{}", ended.err);
    assert!(there("libonnxruntime.so") && there("libonnxruntime_providers_webgpu.so"));
    let list = listed();
    assert!(
        list.contains("cpu") && list.contains("1.31.1") && list.contains("0.4.0"),
        "{list}"
    );

    // A new runtime keeps the addition.
    runtime(&desk, &["install"]).ok();
    assert!(there("libonnxruntime_providers_webgpu.so"));

    runtime(&desk, &["remove", "webgpu"]).ok();
    assert!(there("libonnxruntime.so") && !there("libonnxruntime_providers_webgpu.so"));
    runtime(&desk, &["remove", "webgpu"]).fails(1, &["webgpu is not in", "runtime list"]);
    runtime(&desk, &["remove"]).ok();
    let left = desk.path("home/data/reweave").read_dir().unwrap().count();
    assert_eq!(left, 0, "nothing is left lying about");
}

/// The line breaks between two wheels: nothing is installed, and the first is not fetched again.
#[test]
fn what_was_fetched_before_an_interruption_is_not_fetched_again() {
    let gpu = ("onnxruntime_gpu-1.31.1", "libonnxruntime.so.1.31.1");
    let desk = desk(&[CPU, gpu]);
    runtime(&desk, &["install"]).ok();
    runtime(&desk, &["install", "--cuda"]).fails(1, &["pip could not fetch nvidia-cuda-runtime"]);
    assert!(
        runtime(&desk, &["list"])
            .ok()
            .out
            .contains("for the processor, 1.31.1")
    );

    for name in [
        "cuda_runtime",
        "nvjitlink",
        "cublas",
        "cuda_nvrtc",
        "cufft",
        "curand",
        "cudnn_cu13",
    ] {
        publish(
            &desk,
            &format!("nvidia_{name}-13.0"),
            &format!("lib{name}.so.13"),
        );
    }
    runtime(&desk, &["install", "--cuda"]).ok();
    assert!(desk.exists(&format!("{FOLDER}/cuda/libcudnn_cu13.so.13")));
    let copied = String::from_utf8(desk.bytes("copied")).unwrap();
    let fetched = copied
        .lines()
        .filter(|name| *name == "onnxruntime_gpu")
        .count();
    assert_eq!(fetched, 1, "{copied}");
    let list = runtime(&desk, &["list"]).ok().out;
    assert!(list.contains("with CUDA 13 and cuDNN 9, 1.31.1"), "{list}");
}

#[test]
fn what_this_system_cannot_have_is_refused() {
    let desk = desk(&[]);
    runtime(&desk, &["install", "--directml"]).fails(1, &["--directml", "a part of Windows"]);
    assert!(!desk.exists("home/data/reweave"));
}
