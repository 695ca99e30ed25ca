//! What happens where ONNX Runtime is missing or broken. A process loads it once only, so each case is a process.

mod common;

use std::path::Path;
use std::process::Command;

use reweave::{Device, Model, devices};

/// Says in a child process which runtime answered; does nothing when it is run as a test like others.
#[test]
fn child() {
    if std::env::var_os("REWEAVE_TEST_CHILD").is_none() {
        return;
    }
    let model = Model::open(common::zoo("partial"), Device::Auto).unwrap();
    println!("answered: {}", model.answered_by());
    for why in &model.answered_by().why_not_better {
        println!("why: {why}");
    }
    for way in devices::list() {
        println!("way: {} {}: {:?}", way.runtime, way.provider, way.status);
    }
}

fn told_by_child(onnxruntime: Option<&Path>, data: &Path) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["child", "--exact", "--nocapture"])
        .env("REWEAVE_TEST_CHILD", "1");
    command
        .env_remove("REWEAVE_ONNXRUNTIME")
        // Each of these would keep ONNX Runtime from reporting, too.
        .env_remove("ORT_DISABLE_TELEMETRY")
        .env_remove("CI")
        .env_remove("XDG_CACHE_HOME")
        .env("XDG_DATA_HOME", data)
        .env("HOME", data)
        .env("LOCALAPPDATA", data);
    if let Some(path) = onnxruntime {
        command.env("REWEAVE_ONNXRUNTIME", path);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text
}

#[test]
fn without_onnxruntime_the_built_in_runtime_answers_and_says_where_it_was_looked_for() {
    let data = tempfile::tempdir().unwrap();
    let text = told_by_child(None, data.path());
    assert!(text.contains("answered: built-in"), "{text}");
    assert!(text.contains("why: ONNX Runtime: not found"), "{text}");
    assert!(
        text.contains(data.path().to_str().unwrap()) && text.contains("reweave runtime install"),
        "{text}"
    );
    assert!(text.contains("way: built-in CPU: Ok"), "{text}");
}

#[test]
fn a_broken_library_is_named_and_the_next_one_is_tried() {
    let data = tempfile::tempdir().unwrap();
    let broken = data.path().join("libonnxruntime.so");
    std::fs::write(&broken, "no library at all").unwrap();
    let text = told_by_child(Some(&broken), data.path());
    assert!(
        text.contains("answered: built-in") && text.contains(broken.to_str().unwrap()),
        "{text}"
    );

    let text = told_by_child(Some(&data.path().join("nowhere.so")), data.path());
    assert!(
        text.contains("answered: built-in") && text.contains("there is no such file"),
        "{text}"
    );

    let Some(good) = common::cached("onnxruntime-1.31.1/libonnxruntime.so") else {
        return;
    };
    let folder = data.path().join(if cfg!(target_os = "macos") {
        "Library/Application Support/reweave/onnxruntime"
    } else {
        "reweave/onnxruntime"
    });
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(good, folder.join("libonnxruntime.so.1.31.1")).unwrap();
    let text = told_by_child(Some(&broken), data.path());
    assert!(
        text.contains("answered: ONNX Runtime 1.31.1 (CPU)"),
        "{text}"
    );
    assert!(
        text.contains("why: CUDA: "),
        "a processor is second best, and that is told: {text}"
    );
}

/// ONNX Runtime would keep an identifier of the machine in the user's cache, and send it.
#[test]
fn nothing_is_reported_to_the_makers_of_onnxruntime() {
    let Some(library) = common::cached("onnxruntime-1.31.1/libonnxruntime.so") else {
        return;
    };
    let data = tempfile::tempdir().unwrap();
    let text = told_by_child(Some(&library), data.path());
    assert!(text.contains("answered: ONNX Runtime"), "{text}");
    let left: Vec<_> = std::fs::read_dir(data.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}
