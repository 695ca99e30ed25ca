//! A C program on the shared library, alone and under valgrind.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use support::{
    compiler, guided_model, is_installed, library, model, repository, run, unguided_model,
};

fn compile(folder: &Path) -> Option<PathBuf> {
    if !is_installed(compiler().get_program().to_str().unwrap()) {
        eprintln!("SKIPPED: no C compiler");
        return None;
    }
    let program = folder.join("fill");
    let library = library();
    run(compiler()
        .args([
            "-std=c99",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-pedantic",
            "-g",
            "-I",
        ])
        .arg(repository("ffi/include"))
        .arg(repository("plugin/library/tests/c").join("fill.c"))
        .arg(&library)
        .arg("-lm")
        .arg("-o")
        .arg(&program)
        .arg(format!(
            "-Wl,-rpath,{}",
            library.parent().unwrap().display()
        )));
    Some(program)
}

/// The program, in a home without ONNX Runtime: the built-in runtime answers, and valgrind sees only our own code.
fn prepare<'a>(command: &'a mut Command, home: &Path) -> &'a mut Command {
    command
        .env("HOME", home)
        .env_remove("XDG_DATA_HOME")
        .env_remove("REWEAVE_ONNXRUNTIME");
    if let (Some(model), Some(unguided)) = (model(), unguided_model()) {
        command.arg(model).arg(unguided).arg(guided_model(home));
    }
    command
}

#[test]
#[cfg(unix)]
fn a_c_program_fills_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = compile(folder.path()) else {
        return;
    };
    print!(
        "{}",
        run(prepare(&mut Command::new(program), folder.path()))
    );
}

#[test]
#[cfg(unix)]
fn and_valgrind_finds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = compile(folder.path()) else {
        return;
    };
    if !is_installed("valgrind") {
        eprintln!("SKIPPED: no valgrind");
        return;
    }
    // Only what is lost counts as a leak: sessions and thread pools live until the process ends, on purpose.
    let valgrind = [
        "--error-exitcode=9",
        "--leak-check=full",
        "--errors-for-leak-kinds=definite,indirect",
    ];
    let mut command = Command::new("valgrind");
    let text =
        run(prepare(command.args(valgrind).arg(program), folder.path())
            .env("RAYON_NUM_THREADS", "1"));
    assert!(text.contains("ERROR SUMMARY: 0 errors"), "{text}");
}
