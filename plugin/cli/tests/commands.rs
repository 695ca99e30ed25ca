//! The commands beside `fill`.

mod common;

use common::Desk;

#[test]
fn help_names_every_setting_with_unit_and_range() {
    let desk = Desk::new();
    let help = desk.run(&["fill", "--help"]).ok().out;
    for setting in reweave::settings::TABLE {
        assert!(
            help.contains(&format!("--{}", setting.id.replace('_', "-"))),
            "{}",
            setting.id
        );
    }
    assert!(
        help.contains("0 to 1000 pixels]") && help.contains("reweave fill photo.jpg"),
        "{help}"
    );
    assert!(
        help.lines().all(|line| line.chars().count() <= 100),
        "{help}"
    );
    let short = desk.run(&["fill", "-h"]).ok().out;
    assert!(short.len() < help.len());
    assert!(desk.run(&["--help"]).ok().out.contains("fill"));
    desk.run(&[] as &[&str]).fails(2, &["fill", "models"]);
}

#[test]
fn completions_and_manual_are_made() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            desk.run(&["completions", shell])
                .ok()
                .out
                .contains("--colour-correction")
                || shell == "fish",
            "{shell}"
        );
    }
    assert!(desk.run(&["man"]).ok().out.contains(".TH reweave"));
    desk.run(&["man", "--output", "pages"]).ok();
    let page = String::from_utf8(desk.bytes("pages/reweave-fill.1")).unwrap();
    assert!(page.contains("colour\\-correction"), "{page}");
}

#[test]
fn devices_are_listed() {
    let desk = Desk::new();
    assert!(desk.run(&["devices"]).ok().out.contains("built-in"));
    let lines = desk.run(&["devices", "--json"]).ok().json();
    assert!(
        lines
            .iter()
            .any(|line| line["runtime"] == "built-in" && line["available"] == true)
    );
    assert!(
        lines
            .iter()
            .any(|line| line["available"] == false && line["why_not"].is_string())
    );
}

#[test]
fn models_are_listed_checked_and_added() {
    let desk = Desk::new();
    assert!(desk.run(&["models", "list"]).ok().out.contains("gated"));
    let lines = desk.run(&["models", "list", "--json"]).ok().json();
    let gated = lines.iter().find(|line| line["name"] == "gated").unwrap();
    assert_eq!(gated["card"]["output"]["name"], "filled");
    assert!(
        desk.run(&["models", "check", "gated"])
            .ok()
            .out
            .contains("ok")
    );

    // Somebody's own model, with a card that does not fit, and without one.
    let zoo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo");
    std::fs::copy(zoo.join("gated.onnx"), desk.path("mine.onnx")).unwrap();
    desk.run(&["models", "add", "mine.onnx", "--write-card"])
        .ok();
    let card = String::from_utf8(desk.bytes("mine.json")).unwrap();
    desk.write(
        "other.json",
        card.replace("\"picture\",", "\"image\",").as_bytes(),
    );
    desk.run(&["models", "add", "mine.onnx", "--card", "other.json"])
        .fails(1, &["does not fit", "image"]);
    std::fs::remove_file(desk.path("mine.json")).unwrap();
    desk.run(&["models", "add", "mine.onnx"]).ok();
    desk.run(&["models", "add", "mine.onnx"])
        .fails(1, &["mine.onnx", "--overwrite"]);
    desk.write("text.onnx", b"no model");
    desk.run(&["models", "add", "text.onnx"])
        .fails(1, &["text.onnx"]);
    assert!(desk.run(&["models", "list"]).ok().out.contains("mine.onnx"));
    let folder = desk.path("home/data/reweave/models");
    let names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    // A damaged file is found out.
    let path = desk.path("home/data/reweave/models/mine.onnx");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let ended = desk.run(&["models", "check", "mine"]);
    assert_eq!(ended.status, 1);
    assert!(ended.out.contains("SHA-256"), "{}", ended.out);
}

#[test]
fn the_runtime_comes_from_a_wheel() {
    let desk = Desk::new();
    desk.write("no.whl", b"no zip");
    desk.run(&["runtime", "install", "--from", "no.whl"])
        .fails(1, &["no.whl"]);
    // Without pip: what to do instead.
    let output = desk
        .command()
        .args(["runtime", "install"])
        .env("PATH", desk.path("home"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && said.contains("pip") && said.contains("--from WHEEL"),
        "{said}"
    );
    assert_eq!(desk.names(), ["no.whl"]);
}

/// LaMa's public exports come without a card, and differ in what white is in what they give back.
#[test]
fn exports_of_lama_are_recognised() {
    for (name, white, range) in [("small", 1.0, "0..1"), ("large", 255.0, "0..255")] {
        let desk = Desk::new();
        desk.write(&format!("{name}.onnx"), &common::onnx::lama(512, white));
        desk.run(&["models", "add", &format!("{name}.onnx")]).ok();
        let lines = desk.run(&["models", "list", "--json"]).ok().json();
        let card = &lines.iter().find(|line| line["name"] == name).unwrap()["card"];
        assert_eq!(card["inputs"]["picture"]["range"], "0..1");
        assert_eq!(card["inputs"]["hole"]["meaning"], "one-is-hole");
        assert_eq!(card["output"]["range"], range);
        assert_eq!(card["size"]["fixed"], serde_json::json!([512, 512]));

        common::pictures::picture(&desk.path("a.png"));
        common::pictures::mask(&desk.path("mask.png"));
        let words = ["fill", "a.png", "--mask", "mask.png", "-o", "out.png"];
        let more = ["--model", name, "--texture", "off"];
        desk.run(&[&words[..], &more].concat()).ok();
        let (filled, _) = common::pictures::read_png(&desk.path("out.png"));
        let middle = 22 * common::pictures::SIDE + 24;
        for value in &filled[middle * 3..][..3] {
            assert!((126..=129).contains(value), "{value} in the hole");
        }
    }
}

/// The bundle of a package is neither replaced nor taken out: its files would be missing from the package.
#[cfg(target_os = "linux")]
#[test]
fn the_bundle_of_a_package_is_left_alone() {
    let desk = Desk::new();
    let folder = format!(
        "OFX/Reweave.ofx.bundle/Contents/{}",
        reweave::installation::architecture()
    );
    desk.write("lib/reweave/libreweave_plugin.so", b"of the package");
    std::fs::create_dir_all(desk.path(&folder)).unwrap();
    let library = desk.path(format!("{folder}/Reweave.ofx"));
    std::os::unix::fs::symlink("../../../../lib/reweave/libreweave_plugin.so", &library).unwrap();
    let words = ["install", "openfx", "--folder", "OFX"];
    desk.run(&words)
        .fails(1, &["belongs to the package", "apt remove", "--folder"]);
    desk.run(&[&words[..], &["--uninstall"]].concat())
        .fails(1, &["belongs to the package", "dnf remove"]);
    assert_eq!(std::fs::read(&library).unwrap(), b"of the package");
    assert_eq!(desk.names(), ["OFX", "lib"]);
}

#[cfg(unix)]
#[test]
fn models_are_plain_files_with_plain_names() {
    let desk = Desk::new();
    let zoo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo");
    let model = zoo.join("gated.onnx");
    let model = model.to_str().unwrap();
    for words in [
        &["models", "add", "/dev/zero"][..],
        &["models", "add", "/dev/zero", "--write-card"],
        &["models", "add", model, "--card", "/dev/zero"],
    ] {
        desk.run(words).fails(1, &["/dev/zero", "is not a file"]);
    }
    for name in ["..", ".", ".hidden", "../x", "a/b", ""] {
        desk.run(&["models", "add", model, "--name", name])
            .fails(1, &["name must be made of"]);
    }
    assert!(!desk.exists("home/data/reweave/models"));
}

/// Libraries that are no ONNX Runtime, one of them in its clothes: the fill succeeds, and a note says why not with it.
#[cfg(target_os = "linux")]
#[test]
fn a_runtime_that_is_none_is_told_in_a_note() {
    let desk = Desk::new();
    common::pictures::picture(&desk.path("a.png"));
    common::pictures::mask(&desk.path("mask.png"));
    desk.write("text.so", b"no library");
    desk.write("none.c", b"void *OrtGetApiBase(void) { return 0; }");
    desk.write(
        "empty.c",
        b"static void *api(unsigned v) { return 0; } static const char *version(void) { return \"1.99.0\"; }
        static struct { void *a; void *b; } base = { (void *)api, (void *)version };
        void *OrtGetApiBase(void) { return &base; }",
    );
    for name in ["none", "empty"] {
        let made = std::process::Command::new("cc")
            .args(["-shared", "-fPIC", "-o"])
            .arg(desk.path(format!("{name}.so")))
            .arg(desk.path(format!("{name}.c")))
            .status();
        assert!(made.expect("a C compiler").success());
    }
    for library in ["text.so", "none.so", "empty.so"] {
        let ended = desk
            .run(&[
                "fill",
                "a.png",
                "--mask",
                "mask.png",
                "-o",
                "out.png",
                "--overwrite",
                "--onnxruntime",
                library,
            ])
            .ok();
        assert!(ended.out.contains(library), "{}", ended.out);
        assert_eq!(ended.err, "");
        let ended = desk.run(&["devices", "--onnxruntime", library]);
        assert_eq!(ended.err, "");
    }
}
