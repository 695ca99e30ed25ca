//! The programs in `examples/` that are not Rust: they build, they run, and they fill the same.
#![cfg(unix)]

mod support;

use std::path::Path;
use std::process::Command;
use support::{compiler, is_installed, library, repository, run};

const WIDTH: usize = 48;
const HEIGHT: usize = 40;

fn is_hole(x: usize, y: usize) -> bool {
    (18..28).contains(&x) && (14..22).contains(&y)
}

/// Writes `photo.ppm` and `mask.pgm` to `folder`, and gives the photo's pixels, in RGB.
fn write_pictures(folder: &Path) -> Vec<u8> {
    let (mut photo, mut mask) = (Vec::new(), Vec::new());
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            photo.extend([(4 * x) as u8, (5 * y) as u8, (x + y) as u8]);
            mask.push(if is_hole(x, y) { 255 } else { 0 });
        }
    }
    let write = |name: &str, kind: &str, pixels: &[u8]| {
        let head = format!("{kind}\n{WIDTH} {HEIGHT}\n255\n");
        std::fs::write(folder.join(name), [head.as_bytes(), pixels].concat()).unwrap();
    };
    write("photo.ppm", "P6", &photo);
    write("mask.pgm", "P5", &mask);
    photo
}

/// Runs an example in `folder`, in a home without ONNX Runtime, and gives the pixels that it wrote.
fn result_of(command: &mut Command, folder: &Path) -> Vec<u8> {
    command
        .args(["photo.ppm", "mask.pgm", "result.ppm"])
        .current_dir(folder)
        .env("HOME", folder)
        .env("REWEAVE_MODELS", repository("models/zoo"))
        .env_remove("XDG_DATA_HOME")
        .env_remove("REWEAVE_ONNXRUNTIME");
    run(command);
    let result = std::fs::read(folder.join("result.ppm")).unwrap();
    let pixels = result.strip_prefix(format!("P6\n{WIDTH} {HEIGHT}\n255\n").as_bytes());
    pixels.unwrap().to_vec()
}

/// The hole was filled with something else than what lay there, and nothing else was touched.
fn assert_filled(before: &[u8], after: &[u8]) {
    assert_eq!(before.len(), after.len());
    let mut changed = 0;
    for (at, (before, after)) in before.chunks(3).zip(after.chunks(3)).enumerate() {
        let (x, y) = (at % WIDTH, at / WIDTH);
        if is_hole(x, y) {
            changed += usize::from(before != after);
        } else {
            assert_eq!(before, after, "({x}, {y}) is not hole");
        }
    }
    assert!(changed > 40, "only {changed} of 80 pixels changed");
}

fn fill_in_c(folder: &Path) -> Option<Vec<u8>> {
    if !is_installed(compiler().get_program().to_str().unwrap()) {
        eprintln!("SKIPPED: no C compiler");
        return None;
    }
    let library = library();
    let program = folder.join("fill");
    run(compiler()
        .args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-I"])
        .arg(repository("ffi/include"))
        .arg(repository("plugin/library/examples/fill.c"))
        .arg(&library)
        .arg("-o")
        .arg(&program)
        .arg(format!(
            "-Wl,-rpath,{}",
            library.parent().unwrap().display()
        )));
    Some(result_of(&mut Command::new(program), folder))
}

fn fill_in_python(folder: &Path) -> Option<Vec<u8>> {
    let python = std::env::var("REWEAVE_TEST_PYTHON").unwrap_or_else(|_| "python3".into());
    if !is_installed(&python) {
        eprintln!("SKIPPED: no Python");
        return None;
    }
    let mut command = Command::new(python);
    command
        .arg(repository("plugin/library/examples/fill.py"))
        .arg(library());
    Some(result_of(&mut command, folder))
}

#[test]
fn c_and_python_fill_the_hole_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let photo = write_pictures(folder.path());
    let in_c = fill_in_c(folder.path());
    let in_python = fill_in_python(folder.path());
    for filled in in_c.iter().chain(&in_python) {
        assert_filled(&photo, filled);
    }
    if let (Some(in_c), Some(in_python)) = (in_c, in_python) {
        assert!(in_c == in_python, "C and Python fill differently");
    }
}

#[test]
fn the_manual_shows_the_example() {
    let manual = std::fs::read_to_string(repository("docs/c-abi.md")).unwrap();
    let example = std::fs::read_to_string(repository("plugin/library/examples/fill.c")).unwrap();
    let shown = manual.split("```c\n").nth(1).unwrap();
    let shown = shown.split("```").next().unwrap();
    assert!(
        example.contains(shown),
        "docs/c-abi.md shows other code than examples/fill.c"
    );
}
