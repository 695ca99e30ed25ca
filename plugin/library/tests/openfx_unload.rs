//! Hosts load and unload plug-ins as they like, and the threads that a fill has started live on.

#[path = "../../cli/tests/common/onnx.rs"]
#[allow(dead_code, reason = "the command's tests use more of it")]
mod onnx;
mod openfx_host;
mod support;

use openfx_host::frame::{Depth, Frame, Layout};
use openfx_host::scene::*;
use openfx_host::{Host, Quirks};
use reweave_openfx_sys::names::*;
use std::path::Path;
use std::process::Command;
use support::{is_installed, library, model};

const ROUNDS: usize = 100;

/// Set in a process that a test has started for itself alone.
const ALONE: &str = "REWEAVE_TEST_ALONE";

/// Runs `body` in a process of its own, in which nothing else has loaded the library, and what goes wrong ends that
/// process: `test`, which calls this, is started there once more.
fn alone(test: &str, body: impl FnOnce()) {
    if std::env::var_os(ALONE).is_some() {
        return body();
    }
    let answer = Command::new(std::env::current_exe().unwrap())
        .args(["--include-ignored", "--exact", test])
        .env(ALONE, "1")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&answer.stdout);
    assert!(
        answer.status.success() && text.contains("1 passed"),
        "{}\n{text}{}",
        answer.status,
        String::from_utf8_lossy(&answer.stderr)
    );
}

/// The library, opened once more.
fn opened() -> libloading::Library {
    // SAFETY: the library runs nothing when opened.
    unsafe { libloading::Library::new(library()) }.unwrap()
}

/// Whether the code of the library is in memory; `None` where nobody says.
fn is_mapped() -> Option<bool> {
    let maps = std::fs::read_to_string("/proc/self/maps").ok()?;
    Some(maps.contains(library().to_str().unwrap()))
}

#[test]
fn loading_and_unloading_is_harmless() {
    alone(
        "loading_and_unloading_is_harmless",
        loads_renders_and_unloads,
    );
}

fn loads_renders_and_unloads() {
    if let Some(model) = model() {
        renders_again_and_again(&model);
    }
}

/// The same under valgrind, by a network that does nothing, so that it ends today: nobody touches what was given back, and
/// nothing is lost.
#[test]
fn loading_and_unloading_is_harmless_to_the_byte() {
    const TEST: &str = "loading_and_unloading_is_harmless_to_the_byte";
    let folder = tempfile::tempdir().unwrap();
    if std::env::var_os(ALONE).is_some() {
        let nodes = [onnx::node("Identity", &["picture"], "filled", &[])];
        let model = folder.path().join("nothing.onnx");
        std::fs::write(&model, onnx::model(&nodes)).unwrap();
        return renders_again_and_again(&model);
    }
    if !is_installed("valgrind") {
        eprintln!("SKIPPED: no valgrind");
        return;
    }
    let answer = Command::new("valgrind")
        .args([
            "--error-exitcode=9",
            "--leak-check=full",
            "--errors-for-leak-kinds=definite",
        ])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", TEST, "--test-threads=1"])
        .env(ALONE, "1")
        .env("RAYON_NUM_THREADS", "2")
        // Without ONNX Runtime: valgrind sees only our own code.
        .env("HOME", folder.path())
        .env_remove("XDG_DATA_HOME")
        .env_remove("REWEAVE_ONNXRUNTIME")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&answer.stdout);
    assert!(
        answer.status.success() && text.contains("1 passed"),
        "{}\n{text}{}",
        answer.status,
        String::from_utf8_lossy(&answer.stderr)
    );
}

/// A host that loads the library, renders a frame and unloads it, again and again.
fn renders_again_and_again(model: &Path) {
    for round in 0..ROUNDS {
        let library = opened();
        let host = Host::of(&library, Quirks::default(), kOfxImageEffectContextFilter);
        // A picture that is in no cache.
        let mut before = source(Layout::new(Depth::Float, 4, WIDTH, HEIGHT));
        before.put(0, 0, 0, round as f32 / ROUNDS as f32);
        let after = instance(&host, model)
            .put(SOURCE, 0, &before)
            .render(0, Frame::new(before.layout))
            .unwrap();
        assert!(only_the_hole_changed(&before, &after) > 200);
        assert_eq!(host.mistakes(), Vec::<String>::new());
        host.unload();
        library.close().unwrap();
    }
}

#[test]
fn what_may_have_threads_stays() {
    alone("what_may_have_threads_stays", loads_and_unloads);
}

fn loads_and_unloads() {
    let library = opened();
    Host::of(&library, Quirks::default(), kOfxImageEffectContextFilter).unload();
    library.close().unwrap();
    assert_ne!(is_mapped(), Some(false));
}

/// Hosts look at all that is installed, and want to be rid of what they do not use.
#[test]
fn what_was_only_looked_at_goes() {
    alone("what_was_only_looked_at_goes", looks_and_closes);
}

fn looks_and_closes() {
    let library = opened();
    // SAFETY: the type of the standard.
    let count = unsafe {
        library
            .get::<unsafe extern "C" fn() -> std::ffi::c_int>(b"OfxGetNumberOfPlugins\0")
            .unwrap()()
    };
    assert_eq!(count, 1);
    assert_ne!(is_mapped(), Some(false));
    library.close().unwrap();
    assert_ne!(is_mapped(), Some(true));
}
