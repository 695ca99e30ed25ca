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

/// Puts a wheel with one library into the index. What is ONNX Runtime by its name is one, as far as it is asked.
fn publish(desk: &Desk, wheel: &str, library: &str) {
    let bytes = match library.starts_with("libonnxruntime.so") {
        true => stand_in(desk, "1.31.1"),
        false => library.as_bytes().to_vec(),
    };
    desk.write(
        &format!("index/{wheel}-py3-none-any.whl"),
        &zipped(library, &bytes),
    );
}

fn zipped(library: &str, bytes: &[u8]) -> Vec<u8> {
    let mut wheel = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut wheel);
    zip.start_file(format!("package/{library}"), SimpleFileOptions::default())
        .unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap();
    wheel.into_inner()
}

/// A library that says of itself that it is an ONNX Runtime of this version.
fn stand_in(desk: &Desk, version: &str) -> Vec<u8> {
    let source = format!(
        "static const char *version(void) {{ return \"{version}\"; }}
        static void *api(unsigned version);
        static struct {{ void *api; void *version; }} base = {{ (void *)api, (void *)version }};
        static void *api(unsigned version) {{ return &base; }}
        void *OrtGetApiBase(void) {{ return &base; }}"
    );
    desk.write("home/stand-in.c", source.as_bytes());
    let library = desk.path("home/stand-in.so");
    let made = std::process::Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(desk.path("home/stand-in.c"))
        .status();
    assert!(made.expect("a C compiler").success());
    std::fs::read(library).unwrap()
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

/// A wheel that is at hand is looked at before it takes the place of what works.
#[test]
fn what_is_no_runtime_replaces_none() {
    let desk = desk(&[CPU]);
    runtime(&desk, &["install"]).ok();
    let library = format!("{FOLDER}/libonnxruntime.so");
    let before = desk.bytes(&library);
    let unchanged = || {
        assert!(desk.bytes(&library) == before, "the runtime was replaced");
        let list = runtime(&desk, &["list"]).ok().out;
        assert!(list.contains("for the processor, 1.31.1"), "{list}");
        let left = desk.path("home/data/reweave").read_dir().unwrap().count();
        assert_eq!(left, 1, "something is left lying about");
    };
    for (wheel, library, bytes, words) in [
        // Another package altogether.
        (
            "numpy-2.0",
            "libother.so",
            b"text".to_vec(),
            "no ONNX Runtime",
        ),
        // The right name round something else.
        (
            "onnxruntime-1.31.1",
            "libonnxruntime.so.1",
            b"text".to_vec(),
            "cannot be used",
        ),
        (
            "onnxruntime-1.20.0",
            "libonnxruntime.so.1",
            stand_in(&desk, "1.20.0"),
            "it is version 1.20.0",
        ),
        (
            "onnxruntime_ep_webgpu-0.4.0",
            "libother.so",
            b"text".to_vec(),
            "providers_webgpu",
        ),
    ] {
        let name = format!("{wheel}-py3-none-any.whl");
        desk.write(&name, &zipped(library, &bytes));
        runtime(&desk, &["install", "--from", &name]).fails(1, &[&name, words, "stays"]);
        unchanged();
    }
    let name = "onnxruntime-1.32.0-py3-none-any.whl";
    desk.write(
        name,
        &zipped("libonnxruntime.so.1", &stand_in(&desk, "1.32.0")),
    );
    let ended = runtime(&desk, &["install", "--from", name]).ok();
    assert!(ended.err.contains("MB on the disk"), "{}", ended.err);
    let list = runtime(&desk, &["list"]).ok().out;
    assert!(list.contains("for the processor, 1.32.0"), "{list}");
}

/// What was fetched for one package outlives the installation of another.
#[test]
fn an_interrupted_download_waits_for_its_own_package() {
    let gpu = ("onnxruntime_gpu-1.31.1", "libonnxruntime.so.1.31.1");
    let desk = desk(&[CPU, gpu]);
    let downloads = desk.path("home/data/reweave/.reweave-downloads");
    runtime(&desk, &["install", "--cuda"]).fails(1, &["pip could not fetch nvidia-cuda-runtime"]);
    let waiting = downloads.join("onnxruntime-gpu--1.31.1");
    assert!(waiting.is_dir(), "nothing waits in {}", downloads.display());
    runtime(&desk, &["install"]).ok();
    assert!(waiting.is_dir(), "another installation threw it away");
    assert!(!downloads.join("onnxruntime--1.31.1").exists());
}

#[test]
fn what_this_system_cannot_have_is_refused() {
    let desk = desk(&[]);
    runtime(&desk, &["install", "--directml"]).fails(1, &["--directml", "a part of Windows"]);
    assert!(!desk.exists("home/data/reweave"));
}
